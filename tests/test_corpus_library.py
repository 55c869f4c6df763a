"""The library on disk: switched in one step, whole after kill -9 at any point, verified, one build at a time."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import library as disk
from corpus.errors import LibraryError
from corpus.library import (
    Manifest,
    live_generation,
    new_generation,
    open_database,
    open_generation,
    publish,
    verify_files,
)
from corpus.manifest import manifest_from_json, manifest_to_json

ROOT = Path(__file__).resolve().parent.parent


def build(library: Path, word: str = "hips") -> None:
    with new_generation(library) as generation:
        with closing(sqlite3.connect(generation / "library.db")) as db, db:
            db.execute("CREATE TABLE words (word TEXT)")
            db.execute("INSERT INTO words VALUES (?)", (word,))
        (generation / "deep").mkdir()
        (generation / "deep" / "passages.faiss").write_bytes(word.encode())
        publish(library, generation, Manifest(created="2026-01-01T00:00:00Z", counts={"articles": 1}))


def word_of(library: Path) -> str:
    with closing(open_database(open_generation(library))) as db:
        return str(db.execute("SELECT word FROM words").fetchone()[0])


def names(library: Path) -> list[str]:
    return sorted(path.name for path in (library / "generations").iterdir())


def test_build_goes_live_and_names_every_file(tmp_path: Path) -> None:
    build(tmp_path / "lib")
    generation = open_generation(tmp_path / "lib")
    assert sorted(generation.manifest.files) == ["deep/passages.faiss", "library.db"]
    assert generation.manifest.counts == {"articles": 1}
    assert verify_files(generation) == ()
    assert word_of(tmp_path / "lib") == "hips"


def test_only_the_live_generation_and_the_one_before_stay(tmp_path: Path) -> None:
    for count in range(1, 5):
        build(tmp_path, str(count))
        assert word_of(tmp_path) == str(count)
    assert [name.split("-")[0] for name in names(tmp_path)] == ["000003", "000004"]


def test_reader_of_the_old_generation_keeps_reading(tmp_path: Path) -> None:
    build(tmp_path, "old")
    with closing(open_database(open_generation(tmp_path))) as db:
        for word in ("new", "newer", "newest"):
            build(tmp_path, word)
        assert db.execute("SELECT word FROM words").fetchone() == ("old",)


def test_failed_build_leaves_nothing(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(ZeroDivisionError), new_generation(tmp_path) as generation:
        (generation / "half.db").write_text("half")
        _ = 1 // 0
    assert len(names(tmp_path)) == 1
    assert word_of(tmp_path) == "hips"


def test_build_that_publishes_nothing_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path)
    with new_generation(tmp_path):
        pass
    assert len(names(tmp_path)) == 1


def test_second_build_at_once_is_refused_and_works_later(tmp_path: Path) -> None:
    with new_generation(tmp_path), pytest.raises(LibraryError, match="another build is at work"):
        build(tmp_path)
    build(tmp_path)
    assert word_of(tmp_path) == "hips"


# Kill a real build at each of its steps: the step's name, where it is killed, and whether the new word may be live.
STEPS = [
    ("_make_folder", "after", False),
    ("_refuse_open_databases", "before", False),
    ("_write_durably", "before", False),
    ("_sync_tree", "before", False),
    ("verify_files", "before", False),
    ("verify_files", "after", False),
    ("_drop_all_but", "before", True),
    ("_drop_all_but", "after", True),
]
KILLED = """
import os, signal, sys
from pathlib import Path
from corpus import library
sys.path.insert(0, "tests")
from test_corpus_library import build
step, moment, folder = sys.argv[1:]
real = getattr(library, step)
def killed(*arguments):
    if moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(library, step, killed)
build(Path(folder), "new")
"""


@pytest.mark.parametrize(("step", "moment", "is_new"), STEPS)
def test_killed_build_leaves_a_whole_library(tmp_path: Path, step: str, moment: str, is_new: bool) -> None:
    build(tmp_path, "old")
    command = [sys.executable, "-c", KILLED, step, moment, str(tmp_path)]
    killed = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert word_of(tmp_path) == ("new" if is_new else "old")
    assert verify_files(open_generation(tmp_path)) == ()
    build(tmp_path, "next")
    assert word_of(tmp_path) == "next"
    assert len(names(tmp_path)) == 2


def test_killed_while_current_is_written(tmp_path: Path) -> None:
    build(tmp_path, "old")
    (tmp_path / "CURRENT.new").write_text("0000")
    assert word_of(tmp_path) == "old"
    build(tmp_path, "next")
    assert not (tmp_path / "CURRENT.new").exists()


def test_first_build_killed_leaves_no_library_and_the_next_succeeds(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, "_sync_tree", "before", str(tmp_path / "lib")]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
    with pytest.raises(LibraryError, match="no library there yet"):
        open_generation(tmp_path / "lib")
    build(tmp_path / "lib")
    assert len(names(tmp_path / "lib")) == 1


def flip_a_bit(generation: Path) -> None:
    file = generation / "deep" / "passages.faiss"
    data = bytearray(file.read_bytes())
    data[0] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (flip_a_bit, "deep/passages.faiss: SHA-256"),
        (lambda generation: (generation / "library.db").unlink(), "library.db: missing"),
        (lambda generation: (generation / "extra").write_text("x"), "extra: not named"),
    ],
)
def test_verify_finds_damage(tmp_path: Path, damage: Callable[[Path], object], found: str) -> None:
    build(tmp_path)
    generation = open_generation(tmp_path)
    damage(generation.path)
    problems = verify_files(generation)
    assert len(problems) == 1
    assert problems[0].startswith(found)


@pytest.mark.parametrize("name", ["../../etc", "/etc", "", "000001", "..", "000001-x/../..", "000001-1\n000002-2"])
def test_current_must_be_a_plain_name(tmp_path: Path, name: str) -> None:
    build(tmp_path)
    (tmp_path / "CURRENT").write_text(name)
    with pytest.raises(LibraryError, match="names no generation"):
        open_generation(tmp_path)


def test_missing_and_broken_libraries_say_how_to_mend_them(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"no library there; make one: kinetrace build"):
        open_generation(tmp_path / "none")
    assert live_generation(tmp_path / "none") is None
    build(tmp_path)
    generation = open_generation(tmp_path).path
    (generation / "manifest.json").write_text('{"schema_version": 99}')
    with pytest.raises(LibraryError, match=r"schema version 99, this Kinetrace reads 1; build the library again"):
        open_generation(tmp_path)
    (generation / "manifest.json").write_text("{")
    with pytest.raises(LibraryError, match="broken"):
        open_generation(tmp_path)
    (generation / "manifest.json").unlink()
    with pytest.raises(LibraryError, match="missing"):
        open_generation(tmp_path)
    build(tmp_path, "again")
    assert word_of(tmp_path) == "again"


def test_broken_database_is_a_library_error(tmp_path: Path) -> None:
    build(tmp_path)
    generation = open_generation(tmp_path)
    (generation.path / "library.db").write_bytes(b"not a database, but long enough to be read as one" * 100)
    with pytest.raises(LibraryError, match=r"library\.db: broken"):
        open_database(generation)
    (generation.path / "library.db").unlink()
    with pytest.raises(LibraryError, match=r"library\.db"):
        open_database(generation)


def test_database_is_read_only_and_serves_threads(tmp_path: Path) -> None:
    build(tmp_path / "a ?#%20 folder")
    with closing(open_database(open_generation(tmp_path / "a ?#%20 folder"))) as db:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            db.execute("INSERT INTO words VALUES ('x')")
        found: list[object] = []
        threads = [threading.Thread(target=lambda: found.extend(db.execute("SELECT * FROM words"))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [("hips",)] * 4


def test_open_database_is_not_published(tmp_path: Path) -> None:
    with new_generation(tmp_path) as generation, closing(sqlite3.connect(generation / "library.db")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE words (word TEXT)")
        db.commit()
        with pytest.raises(LibraryError, match="isn't closed"):
            publish(tmp_path, generation, Manifest(created=""))


def test_strange_folder_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "lib" / "generations").mkdir(parents=True)
    with pytest.raises(LibraryError, match="no new generation"):
        publish(tmp_path / "lib", tmp_path, Manifest(created=""))


def test_library_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lib").write_text("x")
    with pytest.raises(LibraryError, match="no library can be made there"), new_generation(tmp_path / "lib"):
        pass


TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
MANIFESTS = st.builds(
    Manifest,
    created=TEXTS,
    settings=st.dictionaries(TEXTS, TEXTS, max_size=3),
    sources=st.lists(TEXTS, max_size=3).map(tuple),
    model_id=TEXTS,
    model_sha256=TEXTS,
    extractor_version=TEXTS,
    vocabulary_version=TEXTS,
    index_kind=TEXTS,
    counts=st.dictionaries(TEXTS, st.integers(0), max_size=3),
    files=st.dictionaries(TEXTS, TEXTS, max_size=3),
)


@given(MANIFESTS)
def test_manifest_survives_json(manifest: Manifest) -> None:
    assert manifest_from_json(manifest_to_json(manifest), "m") == manifest


@pytest.mark.parametrize("name", sorted(asdict(Manifest(created=""))))
def test_manifest_with_a_field_of_the_wrong_type_is_refused(name: str) -> None:
    values = json.loads(manifest_to_json(Manifest(created="")))
    for wrong in (None, [1], 1.5, True, {"a": None}):
        with pytest.raises(LibraryError, match="place: "):
            manifest_from_json(json.dumps(values | {name: wrong}), "place")


@given(st.text(max_size=50))
def test_any_text_is_a_manifest_or_a_library_error(text: str) -> None:
    with pytest.raises(LibraryError):
        manifest_from_json(text, "place")


def test_clock_set_back_does_not_matter(tmp_path: Path) -> None:
    build(tmp_path)
    live = open_generation(tmp_path)
    later = live.path.with_name("000009-20990101T000000Z")
    live.path.rename(later)
    (tmp_path / "CURRENT").write_text(later.name)
    build(tmp_path, "next")
    assert word_of(tmp_path) == "next"
    assert names(tmp_path)[-1].startswith("000010-")


def test_module_offers_what_it_names() -> None:
    assert sorted(disk.__all__) == sorted(set(disk.__all__)) and all(hasattr(disk, name) for name in disk.__all__)
    assert replace(Manifest(created="a"), created="b").created == "b"
