"""The library on disk: generations beside each other, one of them live, switched atomically.

    LIBRARY/
      CURRENT            name of the live generation
      generations/NAME/  immutable once CURRENT names it
      .lock              held while one process builds; freed when it dies

A generation is written beside the live one and goes live by replacing CURRENT, a single rename. Killed at any instant,
what CURRENT named before is whole; what was half written is dropped by the next build.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import LibraryError
from corpus.manifest import MANIFEST_NAME, REBUILD, SCHEMA_VERSION, Manifest, manifest_from_json, manifest_to_json

__all__ = [
    "SCHEMA_VERSION",
    "Generation",
    "Manifest",
    "live_generation",
    "new_generation",
    "open_database",
    "open_generation",
    "publish",
    "verify_files",
]

CURRENT_NAME = "CURRENT"
GENERATIONS_NAME = "generations"
LOCK_NAME = ".lock"
DATABASE_NAME = "library.db"
NAME = re.compile(r"(\d{6,})-[0-9TZ]+")
MAPPED_BYTES = 2**31
SQLITE_LEFTOVERS = ("-wal", "-journal")


@dataclass(frozen=True, slots=True)
class Generation:
    """One finished state of a library: its folder and what is in it."""

    path: Path
    manifest: Manifest


def open_generation(library: Path) -> Generation:
    """The live generation of a library.

    Raises:
        LibraryError: there is no library, it is broken, or another version wrote it; the message says how to mend it.
    """
    name = _current_name(library)
    try:
        return _read_generation(library / GENERATIONS_NAME / name)
    except LibraryError:
        # Two builds may have gone live since CURRENT was read: then it names another one now.
        if _current_name(library) == name:
            raise
        return _read_generation(library / GENERATIONS_NAME / _current_name(library))


def live_generation(library: Path) -> Generation | None:
    """The live generation, None where there is none that this version can read."""
    try:
        return open_generation(library)
    except LibraryError:
        return None


def open_database(generation: Generation) -> sqlite3.Connection:
    """A read-only connection to a generation's library.db, usable from several threads.

    The file never changes once it is live, so SQLite is told so and takes no locks.

    Raises:
        LibraryError: the file is missing or no database.
    """
    path = generation.path / DATABASE_NAME
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise LibraryError(f"{path}: can't be opened: {error}; {REBUILD}") from None
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        # Read in place rather than page by page: halves the time of a long row.
        db.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    except sqlite3.Error as error:
        db.close()
        raise LibraryError(f"{path}: broken: {error}; {REBUILD}") from None
    return db


@contextmanager
def new_generation(library: Path) -> Iterator[Path]:
    """An empty folder for a new generation; it goes live by `publish` inside the block, or is dropped at its end.

    Raises:
        LibraryError: another build is at work, or the folder can't be written.
    """
    try:
        (library / GENERATIONS_NAME).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"{library}: no library can be made there: {error.strerror}; choose another folder"
        ) from None
    with _lock(library):
        _drop_dead(library)
        generation = _make_folder(library)
        try:
            yield generation
        finally:
            if _live_name(library) != generation.name:
                shutil.rmtree(generation, ignore_errors=True)


def publish(library: Path, generation: Path, manifest: Manifest) -> None:
    """Make a generation that `new_generation` gave the live one, and drop all older ones but the one before.

    Its files are hashed, flushed to the disk with their folders, and verified; then CURRENT is replaced in one step.

    Args:
        library: the library's folder.
        generation: the folder from `new_generation`, inside its block.
        manifest: `files` is filled in here.

    Raises:
        LibraryError: the folder is none of this library's, holds a database that isn't closed, or fails verification.
    """
    if generation.parent.resolve() != (library / GENERATIONS_NAME).resolve() or not NAME.fullmatch(generation.name):
        raise LibraryError(f"{generation}: no new generation of {library}; take the folder that new_generation gives")
    _refuse_open_databases(generation)
    hashed = replace(manifest, files={_name_in(generation, path): _sha256(path) for path in _files_of(generation)})
    _write_durably(generation / MANIFEST_NAME, manifest_to_json(hashed))
    _sync_tree(generation)
    problems = verify_files(_read_generation(generation))
    if problems:
        raise LibraryError(f"{generation}: not published: {'; '.join(problems)}; check the disk and build again")
    before = _live_name(library)
    _write_durably(library / CURRENT_NAME, generation.name + "\n")
    _drop_all_but(library, {generation.name, before})


def verify_files(generation: Generation) -> tuple[str, ...]:
    """What is wrong with a generation's files, () when each has the content that the manifest names."""
    expected = generation.manifest.files
    present = {_name_in(generation.path, path): path for path in _files_of(generation.path)}
    problems = [f"{name}: missing" for name in sorted(expected.keys() - present.keys())]
    problems += [f"{name}: not named in {MANIFEST_NAME}" for name in sorted(present.keys() - expected.keys())]
    for name in sorted(expected.keys() & present.keys()):
        problems += _content_problems(name, present[name], expected[name])
    return tuple(problems)


def _content_problems(name: str, path: Path, expected: str) -> list[str]:
    try:
        actual = _sha256(path)
    except OSError as error:
        return [f"{name}: can't be read: {error.strerror}"]
    return [] if actual == expected else [f"{name}: SHA-256 is {actual}, the manifest says {expected}"]


def _current_name(library: Path) -> str:
    """The name in CURRENT: a plain name, so that nothing in it leads out of the library."""
    if not library.is_dir():
        raise LibraryError(f"{library}: no library there; make one: kinetrace build PATH... -o {library}")
    current = library / CURRENT_NAME
    try:
        name = current.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise LibraryError(f"{library}: no library there yet; make one: kinetrace build PATH... -o {library}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{current}: can't be read: {error}; {REBUILD}") from None
    if not NAME.fullmatch(name):
        raise LibraryError(f"{current}: names no generation: {name[:80]!r}; {REBUILD}")
    return name


def _live_name(library: Path) -> str:
    """The name of the live generation, "" where there is none."""
    try:
        return _current_name(library)
    except LibraryError:
        return ""


def _read_generation(path: Path) -> Generation:
    file = path / MANIFEST_NAME
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LibraryError(f"{file}: missing; {REBUILD}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"{file}: can't be read: {error}; {REBUILD}") from None
    return Generation(path, manifest_from_json(text, str(file)))


@contextmanager
def _lock(library: Path) -> Iterator[None]:
    """Hold the library's lock; the system frees it when the process dies."""
    path = library / LOCK_NAME
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise LibraryError(f"{path}: can't be written: {error.strerror}; check the folder's permissions") from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LibraryError(f"{library}: another build is at work on it; wait until it ends") from None
        yield
    finally:
        os.close(descriptor)


def _make_folder(library: Path) -> Path:
    """A folder whose number is above all others, so that names sort by age whatever the clock says."""
    numbers = [int(found.group(1)) for path in _generation_folders(library) if (found := NAME.fullmatch(path.name))]
    name = f"{max(numbers, default=0) + 1:06d}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    folder = library / GENERATIONS_NAME / name
    try:
        folder.mkdir()
    except OSError as error:
        raise LibraryError(f"{folder}: can't be made: {error.strerror}; check permissions and space") from None
    return folder


def _generation_folders(library: Path) -> list[Path]:
    return sorted(path for path in (library / GENERATIONS_NAME).iterdir() if path.is_dir() and not path.is_symlink())


def _drop_dead(library: Path) -> None:
    """Drop what a build that died left behind: folders newer than the live one, or without a manifest."""
    live = _live_name(library)
    for path in _generation_folders(library):
        dead = not (path / MANIFEST_NAME).is_file() or _number(path.name) > _number(live)
        if path.name != live and dead:
            shutil.rmtree(path, ignore_errors=True)


def _number(name: str) -> int:
    found = NAME.fullmatch(name)
    return int(found.group(1)) if found else -1


def _drop_all_but(library: Path, kept: set[str]) -> None:
    for path in _generation_folders(library):
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _refuse_open_databases(generation: Path) -> None:
    """A live file is opened as one that never changes: what SQLite hasn't moved into it yet would be lost."""
    for path in _files_of(generation):
        if path.name.endswith(SQLITE_LEFTOVERS) and path.stat().st_size:
            raise LibraryError(f"{path}: its database isn't closed; commit and close it before publishing")


def _files_of(generation: Path) -> list[Path]:
    return sorted(
        path
        for path in generation.rglob("*")
        if path.is_file() and path.relative_to(generation).as_posix() != MANIFEST_NAME
    )


def _name_in(generation: Path, path: Path) -> str:
    return path.relative_to(generation).as_posix()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_durably(path: Path, text: str) -> None:
    """Replace a file in one step that survives a power cut: the old content or the new, never a part."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _sync(path.parent)


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)
    _sync(folder.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems can't flush a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
