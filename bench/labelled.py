"""The labelled sets of ../shared/data/claims as articles with their gold claims, and the scorer's own measure."""

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from corpus.articles import Article
from corpus.reading import article_from_text

Words = frozenset[str]
Pair = tuple[Words, Words]
SETS = ("pubmedcausal", "cnc", "because", "semeval2010t8", "sciclaim")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A set: one article a text, the gold pairs of content words of each, and the rows as they stand."""

    name: str
    articles: tuple[Article, ...]
    gold: tuple[tuple[Pair, ...], ...]
    rows: tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True)
class Scorer:
    """The functions of score_claims.py."""

    words: Callable[[str], set[str]]
    f1: Callable[[set[str], set[str]], float]
    gold_pairs: Callable[[dict[str, object]], list[tuple[set[str], set[str]]]]
    matched: Callable[[object, object, bool], int]


def load_scorer(shared: Path) -> Scorer:
    """The scorer, from its file; its command line is cut off."""
    source = (shared / "data/score_claims.py").read_text(encoding="utf-8").rsplit("\nmain()", 1)[0]
    module = ModuleType("score_claims")
    exec(compile(source, "score_claims.py", "exec"), module.__dict__)  # noqa: S102  # the shared scorer, not input
    return Scorer(module.words, module.f1, module.gold_pairs, module.matched)


def read_rows(shared: Path, name: str) -> list[dict[str, object]]:
    """The rows of a set as they stand in its file."""
    with gzip.open(shared / f"data/claims/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_set(shared: Path, name: str, scorer: Scorer) -> Labelled:
    """A set with gold claims."""
    rows = read_rows(shared, name)
    return Labelled(
        name=name,
        articles=tuple(text_article(str(row["text"]), f"{name}-{i}") for i, row in enumerate(rows)),
        gold=tuple(tuple((frozenset(c), frozenset(e)) for c, e in scorer.gold_pairs(row)) for row in rows),
        rows=tuple(rows),
    )


def text_article(text: str, id: str) -> Article:
    """A text in one line as an article, the way `kinetrace claims - --lines` reads it."""
    return article_from_text(re.sub(r"\s", " ", text), id=id)
