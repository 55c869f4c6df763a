"""The sample library: what its articles promise their readers, and what the rest of the project counts on."""

import json
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from corpus.articles import Article
from corpus.reading import read_articles
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "bench" / "gold"


@pytest.fixture(scope="module")
def articles() -> tuple[Article, ...]:
    reading = read_articles([ROOT / "corpus" / "sample"])
    assert reading.refused == ()
    return reading.articles


def test_articles_are_of_a_readable_length(articles: tuple[Article, ...]) -> None:
    assert len(articles) >= 18
    lengths = {article.id: len(article.text.split()) for article in articles}
    assert {name: words for name, words in lengths.items() if not 500 <= words <= 1200} == {}


def test_front_matter_is_read_and_none_of_it_left_in_the_text(articles: tuple[Article, ...]) -> None:
    for article in articles:
        assert article.url.startswith("https://kinetrace.example/")
        assert article.licence == "MIT"
        assert article.author
        assert date.fromisoformat(article.date) <= date(2026, 1, 1)
        assert article.text.startswith(article.title)
        assert "licence:" not in article.text
    assert len({article.url for article in articles}) == len({article.title for article in articles}) == len(articles)


def test_articles_have_sections_and_lists(articles: tuple[Article, ...]) -> None:
    for article in articles:
        kinds = [block.kind for block in article.blocks]
        assert kinds.count("heading") >= 4, article.id
    assert sum("item" in [block.kind for block in article.blocks] for article in articles) >= 18


def _rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def test_gold_questions_name_concepts_of_the_vocabulary() -> None:
    linker = Linker(load_vocabulary())
    rows = _rows("questions.jsonl")
    named = {id for row in rows for id in cast(list[str], row["concepts"])}
    assert {id for id in named if linker.concept(id) is None} == set()


def test_gold_questions_are_enough_half_held_and_none_twice() -> None:
    rows = _rows("questions.jsonl")
    assert len(rows) == len({row["question"] for row in rows}) >= 120
    assert sum(row["held"] is True for row in rows) * 2 == len(rows)
    assert sum(row["expects"] == "dont-say" for row in rows) == 30
    intents = {"why", "leads-to", "ease", "does-cause", "connect", "disagree", "search"}
    assert {row["intent"] for row in rows} == intents


def test_gold_red_flags_are_balanced_and_half_held() -> None:
    rows = _rows("red_flags.jsonl")
    counted = {(flag, held): 0 for flag in (True, False) for held in (True, False)}
    for row in rows:
        counted[row["red_flag"] is True, row["held"] is True] += 1
    assert set(counted.values()) == {30}
    assert len({row["question"] for row in rows}) == 120
