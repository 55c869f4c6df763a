import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answer.filters import Filters
from answer.opened import OpenLibrary, open_library
from build import build
from corpus.errors import QueryError
from embeddings.search import hits_json, settle

ARTICLES = {
    "desk.md": "---\ntitle: The desk and the back\ndate: 2023-04-01\n---\n\n# The desk and the back\n\n"
    "## Why it hurts\n\n"
    "Sitting all day shortens the hip flexors. Short hip flexors may cause lower back pain.\n\n"
    "## What to do\n\nGet up every half hour and stretch the front of the hip.\n",
    "cadence.md": "---\ntitle: Quicker steps\ndate: 2024-09-30\n---\n\n# Quicker steps\n\n"
    "Overstriding puts stress on the knee.\n\n"
    "A quicker cadence shortens the stride.\n",
    "copy.md": "# A copy\n\nSitting all day shortens the hip flexors. Short hip flexors may cause lower back pain!\n",
    "bread.md": "# Baking\n\nKnead the dough for ten minutes and let it rise in a warm place.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> OpenLibrary:
    folder = tmp_path_factory.mktemp("search")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    build([folder], folder / "library")
    return open_library(folder / "library")


def articles_of(library: OpenLibrary, query: str, filters: Filters | None = None) -> list[str]:
    return [hit.passage.article for hit in library.search(query, 5, filters)]


def test_other_words_find_the_passage(library: OpenLibrary) -> None:
    assert articles_of(library, "dull ache above the tailbone from my office chair")[0] in ("desk", "copy")
    assert articles_of(library, "are my strides too long")[0] == "cadence"


def test_each_hit_says_why(library: OpenLibrary) -> None:
    hits = library.search("does sitting give me lower back pain")
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    best = hits[0]
    text = best.passage.text
    assert {text[word.start : word.end] for word in best.why.words} >= {"Sitting", "back", "pain"}
    assert all(text[word.start : word.end] == word.text for word in best.why.words)
    assert best.why.concepts
    assert -1 <= best.similarity <= 1


def test_hits_stand_in_their_articles(library: OpenLibrary) -> None:
    for hit in hits_json(library.search("hip flexors")):
        assert library.article(hit["article"]).text[hit["start"] : hit["end"]] == hit["text"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(article="cadence"), {"cadence"}),
        (Filters(section="WHY it"), {"desk"}),
        (Filters(source="copy.md"), {"copy"}),
        (Filters(after="2024"), {"cadence"}),
        (Filters(before="2023-12-31"), {"desk"}),
        (Filters(after="2023-04-01", before="2023-04"), {"desk"}),
        (Filters(concept="overstriding"), {"cadence"}),
        (Filters(structure="knee"), {"cadence"}),
        (Filters(certainty="hedged", article="desk"), {"desk"}),
        (Filters(article="no ' such"), set()),
    ],
)
def test_filters(library: OpenLibrary, filters: Filters, expected: set[str]) -> None:
    assert set(articles_of(library, "sitting, back pain, stride and stress on the knee", filters)) == expected


@pytest.mark.parametrize(
    "filters", [Filters(after="last year"), Filters(before="2024-13-01"), Filters(certainty="sure")]
)
def test_filters_that_mean_nothing_are_refused(library: OpenLibrary, filters: Filters) -> None:
    with pytest.raises(QueryError):
        library.search("back pain", filters=filters)


@pytest.mark.parametrize("query", ["", " \n", "the of and", "🏃🏃", "%%%", "a"])
def test_queries_that_say_nothing_find_nothing(library: OpenLibrary, query: str) -> None:
    assert library.search(query) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=100), st.integers(0, 30))
def test_no_query_breaks_the_search(library: OpenLibrary, query: str, k: int) -> None:
    hits = library.search(query, k)
    assert len(hits) <= k
    assert len({hit.row for hit in hits}) == len(hits)


def test_a_pasted_page_is_a_query(library: OpenLibrary) -> None:
    assert articles_of(library, "my lower back hurts from sitting " * 400)[0] in ("desk", "copy")


def test_copies_are_known_and_left_out_of_what_is_alike(library: OpenLibrary) -> None:
    hits = {hit.passage.article: hit.row for hit in library.search("sitting shortens the hip flexors", 2)}
    assert set(hits) == {"desk", "copy"}
    pairs = library.searcher.near_duplicates(0.8)
    assert tuple(sorted(hits.values())) in [pair[:2] for pair in pairs]
    assert "desk" in {passage.article for one, other, _ in library.near_duplicates(0.8) for passage in (one, other)}
    alike = library.searcher.more_like(hits["desk"], 3)
    assert hits["desk"] not in [hit.row for hit in alike]


def test_one_article_does_not_crowd_out_the_others(sample_library: Path) -> None:
    hits = open_library(sample_library).search("running", 10)
    assert len({hit.passage.article for hit in hits}) >= 4


def test_the_posture_passage_answers_the_sore_back(shared: Path, tmp_path: Path) -> None:
    # The rest of the corpus speaks of other things; reading it takes most of a minute.
    rivals = ("posture", "back", "spin", "neck", "ergonomics", "exercise", "sports", "sciatica", "scoliosis")
    found = (path for path in (shared / "corpus").rglob("*") if any(word in path.stem for word in rivals))
    build(sorted(found), tmp_path / "library")
    hits = open_library(tmp_path / "library").search("can bad running posture give me a sore back")[:3]
    texts = [hit.passage.text for hit in hits if hit.passage.article == "why-runners-get-lower-back-pain"]
    assert any("posture" in text for text in texts)


def test_a_query_needs_no_torch_and_no_spacy(library: OpenLibrary) -> None:
    script = (
        "import sys; from pathlib import Path; from answer.opened import open_library; "
        f"assert open_library(Path({str(library.path)!r})).search('sore back'); "
        "print([name for name in ('torch', 'spacy', 'pandas', 'networkx', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "[]"


def test_neighbours_lend_strength_and_loners_lose_some() -> None:
    alike = np.tile(np.array([[1, 0]], np.float32), (8, 1))
    vectors = np.vstack((alike, [[0, 1]])).astype(np.float32)
    strengths = np.array([0.5, *[0.9] * 7, 0.6], np.float32)
    settled = settle(strengths, vectors)
    assert settled[0] == pytest.approx(0.8 * 0.5 + 0.2 * 0.9)
    assert settled[8] == pytest.approx(max(0.8 * 0.6, 0.5))
    assert settle(strengths[:3], vectors[:3]).tolist() == strengths[:3].tolist()


@given(st.integers(1, 60))
def test_settling_lets_nothing_fall_behind_the_least(count: int) -> None:
    rng = np.random.default_rng(count)
    vectors = rng.normal(size=(count, 8)).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    strengths = rng.random(count).astype(np.float32)
    settled = settle(strengths, vectors)
    assert strengths.min() <= settled.min() <= settled.max() <= strengths.max() + 1e-6
