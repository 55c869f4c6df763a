"""Which files under the given paths are articles, and the id of each."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx"})
NOT_ARTICLES = frozenset({"readme"})
LONGEST_PART = 100


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read and the id that its article gets."""

    path: Path
    id: str


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files to read, in order, and the paths that can't be looked into, each with the reason."""

    files: tuple[SourceFile, ...]
    refused: tuple[tuple[Path, str], ...]


def find_files(paths: Sequence[Path]) -> FoundFiles:
    """The files that are articles under the given files and folders.

    In the order given, folders recursively in sorted order; each file once. Ids are unique: of two files that would
    share one, the later gets its suffix added ("back-pain", "back-pain-txt"), and then a number.

    Args:
        paths: files and folders; a file named here is taken whatever it is called.
    """
    files: list[SourceFile] = []
    refused: list[tuple[Path, str]] = []
    seen: set[tuple[int, int]] = set()
    ids: set[str] = set()
    for given in paths:
        for path, root, reason in _under(given):
            if reason:
                refused.append((path, reason))
                continue
            identity = _identity(path)
            if identity in seen:
                continue
            if identity:
                seen.add(identity)
            files.append(SourceFile(path, _free_id(path, root, ids)))
    return FoundFiles(tuple(files), tuple(refused))


def _identity(path: Path) -> tuple[int, int] | None:
    """What is the same for two names of one file; None where the file can't be looked at: reading it will say why."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def article_id(path: Path, root: Path | None = None) -> str:
    """The id of the article in a file: its path below `root` without the suffix, in safe characters.

    Letters of any script, digits, "_", "-" and "." stay; nothing of it can climb out of a folder.
    """
    relative = path.name
    if root is not None and path.is_relative_to(root) and path != root:
        relative = path.relative_to(root).as_posix()
    folders, _, name = relative.rpartition("/")
    stem = name[: -len(path.suffix)] if path.suffix.lower() in SUFFIXES else name
    parts = [*folders.split("/"), stem] if folders else [stem]
    return "/".join(_slug(part) for part in parts)


def _slug(part: str) -> str:
    known = "".join(character if character.isprintable() else "-" for character in unicodedata.normalize("NFC", part))
    slug = re.sub(r"[^\w.]+", "-", known.encode("utf-8", "replace").decode("utf-8").lower())
    return re.sub(r"\.{2,}", ".", slug).strip("-.")[:LONGEST_PART] or "article"


def _free_id(path: Path, root: Path | None, ids: set[str]) -> str:
    wanted = article_id(path, root)
    candidates = _candidates(wanted, path.suffix.lstrip(".").lower())
    free = next(candidate for candidate in candidates if candidate not in ids)
    ids.add(free)
    return free


def _candidates(wanted: str, suffix: str) -> Iterator[str]:
    yield wanted
    if suffix:
        yield f"{wanted}-{_slug(suffix)}"
    number = 2
    while True:
        yield f"{wanted}-{number}"
        number += 1


def _under(given: Path) -> Iterator[tuple[Path, Path | None, str]]:
    """Path, root and reason of refusal ("" for none) of each article at or below a given path."""
    try:
        is_folder = stat.S_ISDIR(given.stat().st_mode)
    except FileNotFoundError:
        yield given, None, f"{given}: no such file or folder; check the name"
    except (OSError, ValueError) as error:
        yield given, None, f"{given}: can't be opened: {_why(error)}"
    else:
        if is_folder:
            yield from _walk(given, given, frozenset())
        else:
            yield given, None, ""


def _walk(folder: Path, root: Path, above: frozenset[str]) -> Iterator[tuple[Path, Path | None, str]]:
    real = os.path.realpath(folder)
    if real in above:
        yield folder, root, f"{folder}: a link back to a folder above it; remove the link"
        return
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, root, f"{folder}: the folder can't be listed: {_why(error)}"
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            yield from _walk(path, root, above | {real})
        elif path.suffix.lower() in SUFFIXES and path.name.split(".")[0].lower() not in NOT_ARTICLES:
            yield path, root, ""


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _why(error: Exception) -> str:
    return (error.strerror or "") if isinstance(error, OSError) and error.strerror else str(error)
