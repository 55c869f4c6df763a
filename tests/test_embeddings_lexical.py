import math
import sqlite3
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.passages import Passage
from embeddings.lexical import FIELD_WEIGHTS, LENGTH_SHARES, SATURATION, FullText, write_full_text
from embeddings.search import matched_words
from embeddings.words import find_words, query_stems, stem, stems

WORDS = [
    "hip",
    "hips",
    "back",
    "pain",
    "weak",
    "glute",
    "tight",
    "calf",
    "desk",
    "stride",
    "the",
    "of",
    "cadence",
    "knee",
]


def passage(title: str, section: str, text: str) -> Passage:
    return Passage("a#0", "a", title, section, 0, len(text), text)


def full_text(passages: Sequence[Passage]) -> FullText:
    db = sqlite3.connect(":memory:")
    write_full_text(db, passages)
    return FullText(db)


def relevance(query: str, place: int, passages: Sequence[Passage]) -> float:
    """BM25F written down straight from the paper, slow and without any index."""
    fields = [[stems(each.title), stems(each.section), stems(each.text)] for each in passages]
    means = [sum(len(each[field]) for each in fields) / len(fields) for field in range(3)]
    total = 0.0
    for word in query_stems(query):
        having = sum(any(word in field for field in each) for each in fields)
        if not having:
            continue
        frequency = sum(
            weight * Counter(words)[word] / (1 - share + share * len(words) / mean if mean else 1)
            for words, weight, share, mean in zip(fields[place], FIELD_WEIGHTS, LENGTH_SHARES, means, strict=True)
        )
        rarity = math.log(1 + (len(passages) - having + 0.5) / (having + 0.5))
        total += rarity * frequency / (frequency + SATURATION)
    return total


texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
collections_of_passages = st.lists(st.builds(passage, texts, texts, texts), min_size=1, max_size=25)


@settings(max_examples=150, deadline=None)
@given(passages=collections_of_passages, query=texts, k=st.integers(1, 8))
def test_the_best_are_found_as_by_scoring_all(passages: list[Passage], query: str, k: int) -> None:
    expected = sorted((relevance(query, place, passages) for place in range(len(passages))), reverse=True)
    expected = [each for each in expected if each > 0][:k]
    rows, relevances = full_text(passages).search(query, k)
    assert relevances.tolist() == pytest.approx(expected, abs=1e-3)
    for row, found in zip(rows.tolist(), relevances.tolist(), strict=True):
        assert found == pytest.approx(relevance(query, row, passages), abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(passages=collections_of_passages, query=texts, data=st.data())
def test_only_allowed_rows_are_found_and_judged(passages: list[Passage], query: str, data: st.DataObject) -> None:
    allowed = np.array(sorted(data.draw(st.sets(st.integers(0, len(passages) - 1)))), dtype=np.int64)
    index = full_text(passages)
    rows, relevances = index.search(query, 100, allowed)
    assert set(rows.tolist()) <= set(allowed.tolist())
    with index.scored(query) as scored:
        judged = scored.relevances[allowed]
    assert sorted(relevances.tolist()) == pytest.approx(sorted(each for each in judged.tolist() if each > 0))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_query_is_syntax(query: str) -> None:
    index = full_text([passage("", "", "tight hips"), passage("", "", query)])
    rows, _ = index.search(query, 5)
    assert set(rows.tolist()) <= {0, 1}
    if query_stems(query):
        assert 1 in rows.tolist()


@pytest.mark.parametrize("query", ["", "  ", "the of and", "🏃", "...", "zzyzx"])
def test_queries_without_a_telling_word_find_nothing(query: str) -> None:
    assert len(full_text([passage("the", "of", "and the of a runner")]).search(query, 5)[0]) == 0


@pytest.mark.parametrize(
    "query",
    ["\"hips\" OR text MATCH 'x'", "hips'; DROP TABLE full_text; --", "hips NEAR/2 back", "title:hips*", "-hips"],
)
def test_operators_and_sql_are_words(query: str) -> None:
    index = full_text([passage("", "", "tight hips"), passage("", "", "an easy day")])
    assert index.search(query, 5)[0].tolist()[0] == 0
    assert index.search("hips", 5)[0].tolist() == [0]


def test_words_are_found_in_other_forms() -> None:
    index = full_text([passage("", "", "Runners’ hamstrings tightened."), passage("", "", "Café am Fluß")])
    assert index.search("hamstring", 5)[0].tolist() == [0]
    assert index.search("the runner's tightening", 5)[0].tolist() == [0]
    assert index.search("cafe", 5)[0].tolist() == [1]


def test_words_stand_where_they_are_said_to_stand() -> None:
    text = "Don’t over-stride, İstanbul’s runners!"
    assert [text[start:end] for start, end in find_words(text, set(stems(text)))] == [
        "Don’t",
        "over",
        "stride",
        "İstanbul’s",
        "runners",
    ]


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(st.text(max_size=60), texts), data=st.data())
def test_words_of_wanted_stems_are_found_among_all_words(text: str, data: st.DataObject) -> None:
    known = stems(text)
    wanted = data.draw(st.sets(st.sampled_from(known or ["hip"])))
    found = matched_words(text, wanted)
    assert [stem(word.text) for word in found] == [each for each in known if each in wanted]
    assert all(text[word.start : word.end] == word.text for word in found)


def test_headings_count() -> None:
    index = full_text([passage("Heel pain", "", "It is worst at dawn."), passage("", "", "It is worst at dusk.")])
    assert index.search("heel", 5)[0].tolist() == [0]


def test_a_passage_that_repeats_one_word_without_end_is_stored() -> None:
    index = full_text([passage("", "", "run " * 70_000), passage("", "", "run a mile")])
    assert set(index.search("run", 5)[0].tolist()) == {0, 1}
