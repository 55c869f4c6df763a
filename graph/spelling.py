"""Spelling: the vocabulary's word that a misspelled one stands for.

rapidfuzz: compiled, maintained, gives optimal string alignment (a swap of two letters is one slip) with a cutoff.
"""

from collections.abc import Collection
from functools import cached_property
from pathlib import Path

ORDINARY = Path(__file__).parent / "data" / "ordinary.txt"
SHORTEST = 5  # "hop" is no slip of "hip"
TWO_SLIPS = 8  # letters from which on two slips are forgiven


class Speller:
    """Mends misspelled words towards those that the vocabulary uses; remembers what it mended."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = frozenset(words)
        self._mended: dict[str, str] = {}

    def mend(self, word: str) -> str:
        """The word as the vocabulary spells it, or as it is when it is an ordinary word or like none."""
        if word in self._words or len(word) < SHORTEST:
            return word
        mended = self._mended.get(word)
        if mended is None:
            mended = self._mended[word] = self._nearest(word)
        return mended

    def _nearest(self, word: str) -> str:
        near = self._by_first_letter.get(word[0])
        if not near or not word.isalpha() or word in self._ordinary:
            return word
        from rapidfuzz.distance import OSA  # 20 ms to import: only where a word is in doubt
        from rapidfuzz.process import extractOne

        for spelling in (word, word + "s"):  # the normal form of "achiles" has lost an s that "achilles" keeps
            slips = 2 if len(spelling) >= TWO_SLIPS and spelling is word else 1
            found = extractOne(spelling, near, scorer=OSA.distance, score_cutoff=slips)
            if found:
                return found[0]
        return word

    @cached_property
    def _by_first_letter(self) -> dict[str, list[str]]:
        buckets: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= SHORTEST:
                buckets.setdefault(word[0], []).append(word)
        return buckets

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        """English words that lie within two slips of a vocabulary word, made by `bench/ordinary_words.py`."""
        return frozenset(ORDINARY.read_text().split())
