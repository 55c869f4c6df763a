"""Merging: which open concepts are paraphrases of one another, by cosine, unless their words contrast.

Sentence vectors put "wide toe box" and "narrow toe box" at cosine 0.93, nearer than most paraphrases, so no
threshold alone will do: a phrase never joins one that has a contrasting word, another number or a negation instead.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from graph.words import normal_words, word_set

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MERGE_AT = 0.85
"""Least cosine (all-MiniLM-L6-v2) of two paraphrases. Source: bench/linking.py, gold/paraphrases.jsonl."""

SHORTEST_WORD = 4  # vectors of bare abbreviations ("CF", "ME/CFS") say nothing

_CONTRASTS = Path(__file__).parent / "data" / "contrasts.txt"
_NUMBER = re.compile(r"\d+")
_NUMBER_WORDS = word_set(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred"
)
_NEGATIONS = word_set(
    "no not without never non isn't aren't don't doesn't can't cannot lack trouble difficulty problem"
)


def merge_open(
    phrases: Sequence[str], vectors: "npt.NDArray[np.float32]", threshold: float = MERGE_AT
) -> dict[str, str]:
    """The open concepts that are paraphrases of an earlier one, each with that one.

    Args:
        phrases: ids or names of open concepts; an earlier one is kept, later ones are merged into it.
        vectors: unit rows of the same phrases, (n, dim) float32.
        threshold: least cosine of two paraphrases.
    """
    merged: dict[str, str] = {}
    kept: list[int] = []
    words = [_words(phrase) for phrase in phrases]
    for place, phrase in enumerate(phrases):
        near = (vectors[kept] @ vectors[place]).tolist() if kept else []
        alike = [
            (cosine, other)
            for cosine, other in zip(near, kept, strict=True)
            if cosine >= threshold and not _contrast(words[place], words[other])
        ]
        if alike:
            merged[phrase] = phrases[max(alike)[1]]
        else:
            kept.append(place)
    return merged


def _words(phrase: str) -> frozenset[str]:
    return frozenset(normal_words(phrase.removeprefix("open/").replace("-", " ")))


def _contrast(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two phrases say contrasting words where they differ."""
    only_one, only_other = one - other, other - one
    if any(max(map(len, words), default=0) < SHORTEST_WORD for words in (one, other)):
        return True
    if _numbers(only_one) != _numbers(only_other) or bool(only_one & _NEGATIONS) != bool(only_other & _NEGATIONS):
        return True
    sides = _sides()
    for word in only_one:
        for line, side in sides.get(word, {}).items():
            if any(sides.get(each, {}).get(line, side) != side for each in only_other):
                return True
    return any(_negates(a, b) or _negates(b, a) for a in only_one for b in only_other)


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if _NUMBER.search(word)) | (words & _NUMBER_WORDS)


def _negates(one: str, other: str) -> bool:
    return len(one) > 3 and other in (
        f"un{one}",
        f"in{one}",
        f"im{one}",
        f"ir{one}",
        f"dis{one}",
        f"non{one}",
        f"anti{one}",
    )


@cache
def _sides() -> Mapping[str, Mapping[int, int]]:
    """Word -> number of the contrast -> number of its side in that."""
    found: dict[str, dict[int, int]] = {}
    lines = [line for line in _CONTRASTS.read_text().splitlines() if line and not line.startswith("#")]
    for number, line in enumerate(lines):
        for side, words in enumerate(line.split("|")):
            for word in word_set(words):
                found.setdefault(word, {})[number] = side
    return found
