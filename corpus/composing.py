"""Drafts, what the readers of each format hand over, and the article made of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.articles import Article, Block, BlockKind

# A zero byte ends a text in SQLite, and half a surrogate pair can't be written as UTF-8.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
BETWEEN_DRAFTS = "\n\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before its section is known; `start` and `end` count in the draft's text."""

    kind: BlockKind
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A stretch of plain text and the blocks in it, in order and disjoint.

    What lies between the pieces (bullets, numbers of steps, blank lines) stays in the text and in no block.
    """

    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the front matter or the page's head says about an article; "" where it says nothing."""

    title: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    licence: str = ""


def draft(kind: BlockKind, level: int, text: str) -> Draft:
    """A draft that is one block; empty when the text is only white space."""
    trimmed = text.strip()
    return Draft(trimmed, (Piece(kind, level, 0, len(trimmed)),) if trimmed else ())


def compose(
    drafts: Iterable[Draft],
    *,
    id: str,
    source: str,
    fallback_title: str = "",
    metadata: Metadata | None = None,
) -> Article:
    """The article made of drafts, a blank line between each two.

    Args:
        drafts: in reading order; those without pieces are left out.
        id: the article's id.
        source: the file it came from.
        fallback_title: the title where neither metadata nor a heading gives one.
        metadata: what the author said about the article.
    """
    text, pieces = join_drafts(drafts)
    blocks = govern(pieces)
    facts = metadata or Metadata()
    first_heading = next((text[block.start : block.end] for block in blocks if block.kind == "heading"), "")
    title = facts.title or first_heading or fallback_title
    return Article(
        id=id,
        title=storable(" ".join(title.split())),
        text=storable(text),
        blocks=blocks,
        source=storable(source),
        url=storable(facts.url),
        author=storable(facts.author),
        date=facts.date,
        licence=storable(facts.licence),
    )


def storable(text: str) -> str:
    """The text with the sign for an unknown character in place of each that can't be stored."""
    return UNSTORABLE.sub("\ufffd", text)


def join_drafts(drafts: Iterable[Draft]) -> tuple[str, tuple[Piece, ...]]:
    """One text and its pieces, shifted to where they stand in it."""
    texts: list[str] = []
    pieces: list[Piece] = []
    offset = 0
    for part in drafts:
        if not part.pieces:
            continue
        pieces.extend(Piece(piece.kind, piece.level, piece.start + offset, piece.end + offset) for piece in part.pieces)
        texts.append(part.text)
        offset += len(part.text) + len(BETWEEN_DRAFTS)
    return BETWEEN_DRAFTS.join(texts), tuple(pieces)


def govern(pieces: Iterable[Piece]) -> tuple[Block, ...]:
    """Blocks of an article: each piece with the heading that governs it."""
    blocks: list[Block] = []
    section = -1
    for index, piece in enumerate(pieces):
        if piece.kind == "heading":
            section = index
        blocks.append(Block(piece.kind, piece.level, piece.start, piece.end, section))
    return tuple(blocks)
