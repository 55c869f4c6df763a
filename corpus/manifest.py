"""Manifest: what a generation is made of and made with, beside its files as manifest.json."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TypeVar

from corpus.errors import LibraryError

MANIFEST_NAME = "manifest.json"
SCHEMA_VERSION = 1
T = TypeVar("T", str, int)
REBUILD = "build the library again: kinetrace build PATH... -o LIBRARY"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of and made with.

    Args:
        created: when, UTC, ISO 8601.
        settings: options of the build, by name.
        sources: the paths that were read, as the user named them.
        content: hash of all articles as they were read.
        model_id: the sentence encoder.
        model_sha256: of its weights.
        extractor_version: of the reader of claims.
        vocabulary_version: hash of the vocabulary's content.
        index_kind: of the vector index.
        counts: how many articles, passages, claims ...
        files: SHA-256 of each file of the generation, by its path in it; filled in by `publish`.
        schema_version: of the library's layout.
    """

    created: str
    settings: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    content: str = ""
    model_id: str = ""
    model_sha256: str = ""
    extractor_version: str = ""
    vocabulary_version: str = ""
    index_kind: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION


def manifest_to_json(manifest: Manifest) -> str:
    """The text of manifest.json."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def manifest_from_json(text: str, place: str) -> Manifest:
    """The manifest in the text of manifest.json.

    Args:
        text: of the file.
        place: named in errors.

    Raises:
        LibraryError: another schema version, no JSON, a field missing or of the wrong type.
    """
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LibraryError(f"{place}: broken: {error}; {REBUILD}") from None
    if not isinstance(values, dict):
        raise LibraryError(f"{place}: broken: not a JSON object; {REBUILD}")
    version = values.get("schema_version")
    if version != SCHEMA_VERSION or isinstance(version, bool):
        raise LibraryError(
            f"{place}: written with schema version {version!r}, this Kinetrace reads {SCHEMA_VERSION}; {REBUILD}"
        )
    return Manifest(
        created=_text(values, "created", place),
        settings=_mapping(values, "settings", str, place),
        sources=_texts(values, "sources", place),
        content=_text(values, "content", place),
        model_id=_text(values, "model_id", place),
        model_sha256=_text(values, "model_sha256", place),
        extractor_version=_text(values, "extractor_version", place),
        vocabulary_version=_text(values, "vocabulary_version", place),
        index_kind=_text(values, "index_kind", place),
        counts=_mapping(values, "counts", int, place),
        files=_mapping(values, "files", str, place),
    )


def _text(values: Mapping[str, object], name: str, place: str) -> str:
    value = values.get(name)
    if not isinstance(value, str):
        raise _wrong(name, "a text", value, place)
    return value


def _texts(values: Mapping[str, object], name: str, place: str) -> tuple[str, ...]:
    value = values.get(name)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _wrong(name, "a list of texts", value, place)
    return tuple(value)


def _mapping(values: Mapping[str, object], name: str, kind: type[T], place: str) -> Mapping[str, T]:
    value = values.get(name)
    if not isinstance(value, dict):
        raise _wrong(name, "an object", value, place)
    for key, one in value.items():
        if not isinstance(one, kind) or isinstance(one, bool):
            raise _wrong(f"{name}.{key}", kind.__name__, one, place)
    return value


def _wrong(name: str, expected: str, value: object, place: str) -> LibraryError:
    return LibraryError(f"{place}: broken: {name} should be {expected}, is {str(value)[:80]!r}; {REBUILD}")
