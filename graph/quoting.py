"""Quoting: of a long quote what stands around the words that matter."""

from collections.abc import Iterable
from typing import Final

from graph.concepts import Claim

LONG_QUOTE: Final = 320
MARGIN: Final = 50


def excerpt(quote: str, spans: Iterable[tuple[int, int]]) -> str:
    """A quote; of a long one only what stands around the spans, the rest as an ellipsis.

    Args:
        quote: verbatim.
        spans: half-open characters of it that must be seen.
    """
    if len(quote) <= LONG_QUOTE:
        return quote
    shown = sorted((_word_start(quote, start - MARGIN), _word_end(quote, end + MARGIN)) for start, end in spans)
    merged: list[tuple[int, int]] = []
    for start, end in shown:
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    parts = " … ".join(quote[start:end].strip() for start, end in merged)
    before = "… " if merged and merged[0][0] > 0 else ""
    return f"{before}{parts}{' …' if merged and merged[-1][1] < len(quote) else ''}"


def _word_start(text: str, at: int) -> int:
    return 0 if at <= 0 else text.rfind(" ", 0, at) + 1


def _word_end(text: str, at: int) -> int:
    found = text.find(" ", min(at, len(text)))
    return len(text) if found < 0 else found


def claim_excerpt(claim: Claim) -> str:
    """The quote of a claim, with its cause, cue and effect."""
    phrases = (claim.cause, claim.cue, claim.effect)
    return excerpt(claim.quote, [(phrase.start - claim.start, phrase.end - claim.start) for phrase in phrases])
