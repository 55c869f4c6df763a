"""A build: files in, a library out, nothing lost on the way."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from answer.opened import open_library
from answer.verifying import verify
from build import BuildCancelledError, Progress, Settings, build
from corpus.errors import LibraryError, VocabularyError
from graph.store import stored_claims

ROOT = Path(__file__).resolve().parent.parent
DESK = "# Desk days\n\nLong hours of sitting cause tight hip flexors. Tight hip flexors lead to lower back pain.\n"
HILLS = "# Hills\n\nSteep downhill running causes sore quads.\n\n- Short steps\n- A soft landing\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "desk.md").write_text(DESK, encoding="utf-8")
    (folder / "hills.md").write_text(HILLS, encoding="utf-8")
    return folder


def test_a_library_holds_what_its_articles_say(articles: Path, tmp_path: Path) -> None:
    report = build([articles], tmp_path / "library")
    library = open_library(tmp_path / "library")
    assert report.changed
    assert not report.refused
    assert [article.id for article in library.articles] == ["desk", "hills"]
    found = {(claim.cause_concept, claim.effect_concept, claim.sign) for claim in stored_claims(library.db)}
    assert ("sitting", "hip-flexors/tightness", 1) in found
    assert ("hip-flexors/tightness", "lower-back/pain", 1) in found
    assert verify(tmp_path / "library") == ()


def test_a_second_build_of_the_same_articles_changes_nothing(articles: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    build([articles], library)
    before = (library / "CURRENT").read_text(encoding="utf-8")
    assert not build([articles], library).changed
    assert (library / "CURRENT").read_text(encoding="utf-8") == before


def test_one_changed_article_costs_one_article(articles: Path, tmp_path: Path) -> None:
    build([articles], tmp_path / "library")
    (articles / "hills.md").write_text(HILLS + "\nFatigue makes the hips drop.\n", encoding="utf-8")
    first: dict[str, Progress] = {}

    def note(step: Progress) -> None:
        first.setdefault(step.stage, step)

    build([articles], tmp_path / "library", on_progress=note)
    # What a stage has done before it begins came out of the cache: the claims of one of two articles.
    assert (first["reading claims"].done, first["reading claims"].total) == (1, 2)
    assert first["encoding passages"].done >= 1


def test_a_rebuild_from_the_cache_equals_a_build_from_nothing(articles: Path, tmp_path: Path) -> None:
    build([articles / "desk.md"], tmp_path / "grown")
    build([articles], tmp_path / "grown")
    build([articles], tmp_path / "fresh")
    dumps = []
    for name in ("grown", "fresh"):
        with sqlite3.connect(open_library(tmp_path / name).generation.path / "library.db") as db:
            dumps.append([line for line in db.iterdump() if "articles" not in line])
        db.close()
    assert dumps[0] == dumps[1]


def test_what_cannot_be_read_is_left_out_by_name(articles: Path, tmp_path: Path) -> None:
    (articles / "empty.md").write_text("", encoding="utf-8")
    (articles / "noise.txt").write_bytes(bytes(range(256)) * 20)
    report = build([articles], tmp_path / "library")
    assert {Path(one.path).name for one in report.refused} == {"empty.md", "noise.txt"}
    assert report.manifest.counts["articles"] == 2


def test_a_build_that_fails_or_is_cancelled_leaves_the_library_as_it_was(articles: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    build([articles], library)
    before = (library / "CURRENT").read_text(encoding="utf-8")
    broken = tmp_path / "broken.toml"
    broken.write_text("[structures.tail]\nname = 3\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"broken\.toml"):
        build([articles], library, settings=Settings(vocabulary=broken))
    with pytest.raises(LibraryError, match="no article"):
        build([tmp_path / "nowhere"], library)
    (articles / "more.md").write_text("# More\n\nCold weather makes calves stiff.\n", encoding="utf-8")
    with pytest.raises(BuildCancelledError):
        build([articles], library, cancelled=lambda: True)
    assert (library / "CURRENT").read_text(encoding="utf-8") == before
    assert verify(library) == ()


def test_a_damaged_library_is_found_out_and_built_again(articles: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    build([articles], library)
    damaged = open_library(library).generation.path / "passages.faiss"
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    assert any("passages.faiss" in problem for problem in verify(library))
    assert build([articles], library).changed
    assert verify(library) == ()


@pytest.mark.parametrize("seconds", [0.7, 2.0, 3.2, 4.5])
def test_a_build_killed_at_any_moment_loses_nothing(seconds: float, articles: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    build([articles], library)
    before = [claim.key for claim in stored_claims(open_library(library).db)]
    (articles / "more.md").write_text("# More\n\nCold weather causes stiff calves.\n", encoding="utf-8")
    command = [sys.executable, "-m", "cli", "build", str(articles), "-o", str(library)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    claims = [claim.key for claim in stored_claims(open_library(library).db)]
    assert set(before) <= set(claims)
    build([articles], library)
    assert verify(library) == ()
    assert open_library(library).manifest.counts["articles"] == 3


def test_the_sample_library_is_sound(sample_library: Path) -> None:
    assert verify(sample_library) == ()
    counts = open_library(sample_library).manifest.counts
    assert counts["articles"] >= 18
    assert os.environ.get("HF_HUB_OFFLINE", "1") == "1"
