"""Unit: a text that is parsed as one, and where its characters stand in the article; Found: a claim in phrases."""

from dataclasses import dataclass

from graph.claims.cues import SignWord
from graph.concepts import Certainty


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a lead-in with one of the items under it, as it goes to the parser.

    Args:
        text: what is parsed.
        places: (start in text, start in article, length) of each stretch of it that stands in the article.
        start, end: of the quote in the article's text.
        block: index of the block that it ends in.
        heading: it is a heading.
        question: it asks.
        composed: it joins a lead-in and an item, so only claims that use both are kept.
    """

    text: str
    places: tuple[tuple[int, int, int], ...]
    start: int
    end: int
    block: int
    heading: bool = False
    question: bool = False
    composed: bool = False

    def in_article(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a stretch of the unit's text stands in the article, None when it does not stand in one piece."""
        for here, there, length in self.places:
            if here <= start and end <= here + length:
                return there + start - here, there + end - here
        return None


@dataclass(frozen=True, slots=True)
class Placed:
    """A phrase at its place in the article, with what the linker reads for it."""

    start: int
    end: int
    reading: str


@dataclass(frozen=True, slots=True)
class Found:
    """A claim in phrases, before linking; offsets count in the article's text.

    Args:
        cause, effect: the phrases.
        cue_start, cue_end: of the words that tie them.
        start, end: of the quote.
        sign, certainty, rule: of the cue.
        probability: the tagger's, 1 where it was not asked.
        holds: how likely the text holds a claim of this kind at all, 1 where the tagger was not asked.
    """

    cause: Placed
    effect: Placed
    cue_start: int
    cue_end: int
    start: int
    end: int
    sign: SignWord
    certainty: Certainty
    rule: str
    probability: float = 1.0
    holds: float = 1.0
