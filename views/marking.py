"""Article text cut at its marks for the reading view; the pieces joined again are the text, letter for letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.articles import Article, Block
from graph.concepts import Claim

Segment = list[str]
"""[text], [text, role] or [text, role, name]."""


MOST_BLOCKS = 3
OMITTED: dict[str, object] = {"kind": "omitted", "segments": [["…"]]}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an article's text and what it is: "quote", "cause", "cue", "effect" or "word"."""

    start: int
    end: int
    role: str
    name: str = ""


def marks_of(claim: Claim, name: str = "") -> tuple[Mark, ...]:
    """The quote, the cause, the cue and the effect of a claim."""
    return (
        Mark(claim.start, claim.end, "quote", name),
        Mark(claim.cause.start, claim.cause.end, "cause", name),
        Mark(claim.effect.start, claim.effect.end, "effect", name),
        Mark(claim.cue.start, claim.cue.end, "cue", name),
    )


def cut(text: str, start: int, marks: Iterable[Mark]) -> list[Segment]:
    """The segments of `text`, which begins at offset `start` of its article; where marks overlap the shortest wins."""
    end = start + len(text)
    inside = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    inside.sort(key=lambda mark: mark.end - mark.start)
    bounds = sorted({start, end, *(min(max(at, start), end) for mark in inside for at in (mark.start, mark.end))})
    segments: list[Segment] = []
    for left, right in pairwise(bounds):
        piece = text[left - start : right - start]
        mark = next((mark for mark in inside if mark.start <= left and right <= mark.end), None)
        tail = [mark.role, mark.name] if mark else []
        if segments and segments[-1][1:] == tail:
            segments[-1][0] += piece
        else:
            segments.append([piece, *tail])
    return segments


def blocks_at(article: Article, start: int, end: int) -> tuple[Block, ...]:
    """The headings, paragraphs and items that a stretch of text lies in."""
    return tuple(block for block in article.blocks if block.start < end and block.end > start)


def claim_blocks(article: Article, claim: Claim) -> list[dict[str, object]]:
    """The paragraphs of a claim, marked; of a long list only what says cause, words and effect, the rest as "…"."""
    blocks = blocks_at(article, claim.start, claim.end)
    if len(blocks) <= MOST_BLOCKS:
        return marked_blocks(article, blocks, marks_of(claim))
    phrases = (claim.cause, claim.cue, claim.effect)
    shown: list[dict[str, object]] = []
    for block in blocks:
        if any(phrase.start < block.end and phrase.end > block.start for phrase in phrases):
            shown += marked_blocks(article, [block], marks_of(claim))
        elif not shown or shown[-1] != OMITTED:
            shown.append(OMITTED)
    return shown


def marked_blocks(article: Article, blocks: Sequence[Block], marks: Sequence[Mark]) -> list[dict[str, object]]:
    """Blocks for the reading view, each with its kind and its segments."""
    return [
        {"kind": block.kind, "segments": cut(article.text[block.start : block.end], block.start, marks)}
        for block in blocks
    ]
