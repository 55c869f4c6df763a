"""Leaves: the blocks of text that Markdown, HTML and DOCX name themselves, and the drafts made of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from corpus.composing import Draft, draft
from corpus.lines import wrap_width
from corpus.plain import MOST_HEADING_WORDS, lay_out

LOWEST_HEADING = 6
BOLD_LEVEL = 3
BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block of plain text; line breaks inside it, soft or hard, are line feeds."""

    kind: Literal["heading", "paragraph", "item"]
    level: int
    text: str


def paragraph_or_heading(text: str, *, bold: bool) -> Leaf:
    """A paragraph; or, when it is short and all in bold letters ("**Why it hurts**"), a heading by another name."""
    if bold and len(text.split()) <= MOST_HEADING_WORDS and text[-1] not in ".,;":
        return Leaf("heading", BOLD_LEVEL, text)
    return Leaf("paragraph", 0, text)


def drafts_of(leaves: Iterable[Leaf], title: str) -> list[Draft]:
    """The drafts of an article.

    Headings and lists that only the looks of lines tell are found in paragraphs, as in plain text: everywhere when the
    document names no headings of its own below its title, otherwise lists only.

    Args:
        leaves: in reading order.
        title: from the metadata; set above the text when that has no heading of level 1.
    """
    given = [leaf for leaf in leaves if leaf.text.strip()]
    implied = sum(leaf.kind == "heading" for leaf in given) <= 1
    width = wrap_width("\n\n".join(leaf.text for leaf in given if leaf.kind == "paragraph"))
    drafts: list[Draft] = []
    if title and not any(leaf.kind == "heading" and leaf.level == 1 for leaf in given):
        drafts.append(draft("heading", 1, title))
    level = 1
    paragraphs: list[str] = []
    for leaf in given:
        if leaf.kind == "paragraph":
            paragraphs.append(leaf.text)
            continue
        drafts += _lay_out(paragraphs, width, implied, level)
        paragraphs = []
        level = leaf.level if leaf.kind == "heading" else level
        drafts.append(draft(leaf.kind, min(leaf.level, LOWEST_HEADING), " ".join(leaf.text.split("\n"))))
    return drafts + _lay_out(paragraphs, width, implied, level)


def _lay_out(paragraphs: list[str], width: int, implied: bool, level: int) -> list[Draft]:
    """Paragraphs whose line breaks may be meant, as in text pasted from a page: each line is then a block."""
    if not paragraphs:
        return []
    return [lay_out("\n\n".join(paragraphs), hashes=False, width=width, implied=implied, level=level)]
