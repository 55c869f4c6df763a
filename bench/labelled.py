"""The labelled sets of ../shared/data/claims as articles with their gold claims, and the scorer's own measure."""

import gzip
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from corpus.articles import Article
from corpus.reading import article_from_text

# The tagger's files, and the names of the labelled texts that its network never saw.
PACKAGE = Path("graph/data")
HELD = Path("bench/gold/held.txt")
Pair = tuple[set[str], set[str]]
SETS = ("pubmedcausal", "cnc", "because", "semeval2010t8", "sciclaim")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A set: one article a text, the gold pairs of content words of each, and the rows as they stand."""

    name: str
    articles: tuple[Article, ...]
    gold: tuple[tuple[tuple[frozenset[str], frozenset[str]], ...], ...]
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


def figures(labelled: Labelled, found: Sequence[list[Pair]], scorer: Scorer) -> str:
    """Precision, recall, F1, share of reversed claims, F1 of texts with a claim."""
    gold = [[(set(c), set(e)) for c, e in pairs] for pairs in labelled.gold]
    count, wanted = sum(map(len, found)), sum(map(len, gold))
    hit = sum(scorer.matched(g, f, False) for g, f in zip(gold, found, strict=True))
    either = sum(scorer.matched(g, f, True) for g, f in zip(gold, found, strict=True))
    precision, recall = hit / max(1, count), hit / max(1, wanted)
    line = f"P {precision:.3f} R {recall:.3f} F1 {2 * hit / max(1, count + wanted):.3f}  "
    line += f"reversed {(either - hit) / max(1, count):.3f}"
    if not all(gold):
        told = sum(bool(g) and bool(f) for g, f in zip(gold, found, strict=True))
        line += f"  texts {2 * told / (sum(map(bool, gold)) + sum(map(bool, found))):.3f}"
    return line
