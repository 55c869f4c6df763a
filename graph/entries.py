"""Entries of a TOML table that know their file and line, so that a broken one can be found and mended."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import VocabularyError

_ID = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")


@dataclass(slots=True)
class Entry:
    """One `[id]` of a table with its fields as written; remembers which fields were asked for."""

    path: Path
    line: int
    id: str
    fields: dict[str, object]
    asked: set[str] = field(default_factory=set)

    def error(self, problem: str, mend: str) -> VocabularyError:
        """The error that names this entry's place, what is wrong with it and how to mend it."""
        return VocabularyError(f"{self.path}, line {self.line}, [{self.id}]: {problem}; {mend}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text field; without a default it must be there and not empty."""
        self.asked.add(key)
        value = self.fields.get(key, default)
        if value is None or (default is None and value == ""):
            raise self.error(f"'{key}' is missing", f'add {key} = "..."')
        if not isinstance(value, str):
            raise self.error(f"'{key}' is {value!r}, not a text", f'write {key} = "..."')
        return value.strip()

    def words(self, key: str) -> tuple[str, ...]:
        """The parts of a text field between semicolons, or of a list of texts; () where it isn't there."""
        self.asked.add(key)
        value = self.fields.get(key, "")
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(";") if part.strip())
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return tuple(part.strip() for part in value if part.strip())
        raise self.error(f"'{key}' is {value!r}, not a text", f'write {key} = "one; another"')

    def flag(self, key: str, default: bool) -> bool:
        """A true or false field."""
        self.asked.add(key)
        value = self.fields.get(key, default)
        if not isinstance(value, bool):
            raise self.error(f"'{key}' is {value!r}", f"write {key} = true or {key} = false")
        return value

    def choice(self, key: str, options: Collection[str], default: str | None = None) -> str:
        """A text field out of a closed set."""
        value = self.text(key, default)
        if value not in options:
            raise self.error(f"'{key}' is '{value}'", f"choose one of {', '.join(sorted(options))}")
        return value

    def refuse_unknown(self) -> None:
        """Raises VocabularyError for a field that nothing asked for: most often a misspelled name."""
        unknown = sorted(set(self.fields) - self.asked)
        if unknown:
            raise self.error(f"there is no field '{unknown[0]}'", f"use {', '.join(sorted(self.asked))}")


def read_entries(path: Path, content: bytes, table: str, *, nested: bool = False) -> dict[str, Entry]:
    """The entries of a table by id, in order; `nested` reads those under `[table.id]`.

    Raises:
        VocabularyError: not TOML, or an entry without a proper id or header.
    """
    try:
        text = content.decode()
        parsed = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: not readable as TOML: {error}") from error
    found = parsed.get(table) if nested else parsed
    if not isinstance(found, dict):
        raise VocabularyError(f"{path}: '{table}' is no table; write its entries as [{table}.some-id]")
    lines = _header_lines(text)
    return {id: _entry(path, lines, table if nested else "", id, fields) for id, fields in found.items()}


def _entry(path: Path, lines: dict[str, int], table: str, id: str, fields: object) -> Entry:
    line = lines.get(f"{table}.{id}" if table else id, 1)
    entry = Entry(path, line, id, fields if isinstance(fields, dict) else {})
    if not isinstance(fields, dict):
        raise entry.error(
            "is no entry but a bare value", f"write it under a header [{table + '.' if table else ''}{id}]"
        )
    if not _ID.fullmatch(id):
        raise entry.error("is no proper id", "use small letters and digits parted by hyphens")
    return entry


def _header_lines(text: str) -> dict[str, int]:
    """Line numbers of the `[a.b]` headers; tomllib keeps none."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("[") and "]" in line:
            found.setdefault(line[1 : line.index("]")].replace('"', "").replace("'", "").strip(), number)
    return found
