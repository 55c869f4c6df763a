"""Article: one document as its author wrote it, as plain text with its blocks."""

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list item of an article.

    Invariant: `0 <= start < end <= len(article.text)`, blocks in order and disjoint.

    Args:
        kind: what the block is.
        level: 1..6 for a heading (1 is the title's level), nesting depth from 1 for an item, 0 for a paragraph.
        start: character offset into the article's text.
        end: half-open end offset.
        section: index of the heading block that governs this one (a heading governs itself), -1 before the first.
    """

    kind: BlockKind
    level: int
    start: int
    end: int
    section: int


@dataclass(frozen=True, slots=True)
class Article:
    """One document as its author wrote it.

    Args:
        id: stable name inside a library, made from the path ("medlineplus/back-pain").
        title: as the author gave it, or the first heading, or the file's name.
        text: the article as stored, inline markup gone; every offset counts in it. Blocks of Markdown, HTML and DOCX
            stand between blank lines. Plain text stays letter for letter; its bullets, the numbers of its steps and
            its white space, non-breaking spaces too, lie between the blocks or inside them as they were.
        blocks: headings, paragraphs and list items, in order.
        source: the file it came from, as the user named it.
        url, author, date, licence: from the front matter or the page's metadata, "" where unknown; date is ISO 8601.
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    source: str
    url: str = ""
    author: str = ""
    date: str = ""
    licence: str = ""

    def heading_of(self, block: Block) -> str:
        """The heading that governs a block, "" before the first."""
        if block.section < 0:
            return ""
        heading = self.blocks[block.section]
        return self.text[heading.start : heading.end]
