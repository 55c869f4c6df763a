"""Plain text to an article: headings and lists that only their looks tell.

The text is kept letter for letter; bullets and numbers of steps stay in it, outside the blocks.
"""

import re
from itertools import pairwise

from corpus.articles import Article
from corpus.composing import Draft, Metadata, Piece, compose
from corpus.lines import ENDS, Line, unwrap

QUESTION = re.compile(
    r"(?:why|what|what's|how|when|who|where|which|can|should|does|do|is|are|will|could)\b[^.!?]*\?[\"'”’)\]]*\Z",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"(?:the\s|top\s|my\s)*(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s(?:\w+\s){0,3}?"
    r"(?:ways?|tips?|steps?|reasons?|exercises?|causes?|stretches|signs?|symptoms|mistakes?|things|drills|rules|types?|"
    r"factors|habits|strategies|remedies|moves|questions|myths|facts)\b",
    re.IGNORECASE,
)
ABOUT_AUTHOR = re.compile(r"(?:by|written by|posted|published|updated|photo|image|source|author)\b", re.IGNORECASE)
MOST_HEADING_WORDS = 12
MOST_HEADING_CHARACTERS = 90
MOST_CAPTION_WORDS = 8
MOST_QUESTION_WORDS = 16
FEW_WORDS = 3
LONGEST_ITEM = 220
TRAILING = " \t\u00a0-–—:"


def article_from_text(
    text: str,
    *,
    id: str,
    title: str = "",
    source: str = "",
) -> Article:
    """The article that a plain text is.

    Args:
        text: any text; every character keeps its place, but a line end of two becomes one.
        id: the article's id.
        title: where given, the article's title; else its first heading, else its id.
        source: the file it came from.
    """
    drafts = [lay_out(normal_line_ends(text))]
    return compose(drafts, id=id, source=source, fallback_title=id, metadata=Metadata(title=title))


def normal_line_ends(text: str) -> str:
    """The text with a line feed for every line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lay_out(text: str, *, hashes: bool = True, width: int | None = None, implied: bool = True, level: int = 0) -> Draft:
    """The blocks of a plain text.

    Args:
        text: with line feeds for line ends.
        hashes: whether "## " makes a heading.
        width: see `unwrap`.
        implied: whether headings may be told from their looks alone.
        level: of the heading above the text, 0 when it is a whole document and may begin with its title.
    """
    unwrapped, lines = unwrap(text, hashes=hashes, width=width)
    return Draft(unwrapped, tuple(_Layout(unwrapped, lines, implied, level).pieces()))


class _Layout:
    """Lines of one text on their way to blocks; each line is judged with its neighbours."""

    def __init__(self, text: str, lines: tuple[Line, ...], implied: bool, level: int) -> None:
        self.text = text
        self.lines = lines
        self.implied = implied
        self.level = level
        self.headings: dict[str, int] = {}
        self.unnumbered = False
        self.indents: list[int] = []

    def pieces(self) -> list[Piece]:
        items = self._items()
        pieces = []
        for index, line in enumerate(self.lines):
            level = 0 if index in items else self._heading_level(index, items)
            if level:
                piece = self._heading(line, level)
            elif index in items:
                piece = Piece("item", self._depth(line), line.start, line.end)
            else:
                piece = Piece("paragraph", 0, line.start, line.end)
            if index not in items:
                self.indents.clear()
            pieces.append(piece)
        return pieces

    def _words(self, index: int) -> str:
        line = self.lines[index]
        return self.text[line.start : line.end]

    # Items

    def _items(self) -> set[int]:
        found = {index for index, line in enumerate(self.lines) if line.marker == "bullet"}
        found |= {index for index, line in enumerate(self.lines) if line.marker == "number" and self._is_step(index)}
        return found | self._unmarked_items(found)

    def _is_step(self, index: int) -> bool:
        """A numbered line is an item unless it is short, unfinished and has paragraphs of its own below."""
        words = self._words(index)
        short = len(words) <= MOST_HEADING_CHARACTERS and len(words.split()) <= MOST_HEADING_WORDS
        unfinished = not ENDS.search(words) or words.endswith((":", "?"))
        has_body = index + 1 < len(self.lines) and not self.lines[index + 1].marker
        return not (self.implied and short and unfinished and has_body and self._stands_free(index))

    def _stands_free(self, index: int) -> bool:
        """Whether no numbered line stands right above or below, so that it is no item of a list."""
        neighbours = (index - 1, index + 1)
        return not any(
            0 <= neighbour < len(self.lines)
            and self.lines[neighbour].marker == "number"
            and not self.lines[max(index, neighbour)].gap
            for neighbour in neighbours
        ) and not self._ends_list(index)

    def _ends_list(self, index: int) -> bool:
        """The last of a list whose items stand apart: the numbered line above has no body of its own."""
        return index > 0 and self.lines[index - 1].marker == "number"

    def _unmarked_items(self, marked: set[int]) -> set[int]:
        """Lines of a stanza below a line that ends with a colon, and stanzas of unfinished lines."""
        found: set[int] = set()
        led = False
        for first, last in self._stanzas():
            if led and last - first >= 2:
                found |= set(range(first, self._end_of_list(first, last)))
            led = self._words(last - 1).endswith(":")
            lead = next((i for i in range(first, last - 1) if self._words(i).endswith(":")), None)
            if lead is not None:
                found |= set(range(lead + 1, self._end_of_list(lead + 1, last)))
            elif last - first >= 3 and self._mostly_unfinished(first, last):
                found |= set(range(first, last))
        return {index for index in found - marked if self._may_be_item(index)}

    def _stanzas(self) -> list[tuple[int, int]]:
        starts = [index for index, line in enumerate(self.lines) if line.gap or index == 0]
        return list(pairwise([*starts, len(self.lines)]))

    def _end_of_list(self, first: int, last: int) -> int:
        """Where a list ends that began at `first`: at a question, or at running text below unfinished items."""
        unfinished = not ENDS.search(self._words(first))
        for index in range(first, last):
            words = self._words(index)
            several = bool(re.search(r"[.!?]\s", words)) and index + 1 == last
            after_unfinished = index > first and not ENDS.search(self._words(index - 1))
            running = len(words) > LONGEST_ITEM or (several and after_unfinished)
            if QUESTION.match(words) or (unfinished and running and ENDS.search(words)):
                return index
        return last

    def _mostly_unfinished(self, first: int, last: int) -> bool:
        unfinished = sum(not ENDS.search(self._words(index)) for index in range(first, last))
        return unfinished > 0.6 * (last - first)

    def _may_be_item(self, index: int) -> bool:
        line = self.lines[index]
        return not line.marker and len(self._words(index)) <= LONGEST_ITEM * 2

    def _depth(self, line: Line) -> int:
        """Nesting of an item: how many smaller indents stand above it in its list."""
        while self.indents and self.indents[-1] > line.indent:
            self.indents.pop()
        if not self.indents or self.indents[-1] < line.indent:
            self.indents.append(line.indent)
        return min(len(self.indents), 6)

    # Headings

    def _heading(self, line: Line, level: int) -> Piece:
        end = line.end
        if line.marker == "number" or line.depth:
            end = line.start + len(self.text[line.start : end].rstrip(TRAILING + "#")) or line.end
        piece = Piece("heading", level, line.start, max(end, line.start + 1))
        self.headings.setdefault(_normal(self.text[piece.start : piece.end]), level)
        return piece

    def _heading_level(self, index: int, items: set[int]) -> int:
        """Level of the heading that a line is, 0 for none."""
        line = self.lines[index]
        if line.depth:
            return min(line.depth, 6)
        if not self.implied or line.wrapped > 2:
            return 0
        words = self._words(index)
        if index == 0 and not self.level:
            return 1 if self._is_title(index) else 0
        has_body = index + 1 < len(self.lines) and (line.marker == "number" or index + 1 not in items or line.gap)
        longest = MOST_QUESTION_WORDS if words.endswith("?") else MOST_HEADING_WORDS
        if not has_body or len(words) > MOST_HEADING_CHARACTERS or len(words.split()) > longest:
            return 0
        base = max(self.level, 1) + 1
        repeated = self.headings.get(_normal(words), 0)
        if line.marker == "number":
            return base + 1 if self.unnumbered else base
        if repeated:
            return repeated
        if not self._looks_like_heading(index, items):
            return 0
        self.unnumbered = True
        return base

    def _is_title(self, index: int) -> bool:
        words = self._words(index)
        short = len(words) <= 120 and len(words.split()) <= 18
        if not short or len(self.lines) < 2 or not (self.lines[1].gap or len(self._words(1)) > len(words)):
            return False
        starts = not words[0].islower() or (self.lines[1].gap and len(words.split()) <= MOST_CAPTION_WORDS)
        return starts and not words.endswith((".", ",", ";", ":"))

    def _looks_like_heading(self, index: int, items: set[int]) -> bool:
        words = self._words(index)
        if QUESTION.match(words):
            return True
        if not self.lines[index].gap and not self.lines[index + 1].gap:
            return False
        if COUNTED.match(words) and (not ENDS.search(words) or words.endswith(":")):
            return True
        if words.endswith(":"):
            return self._free_colon(index, items)
        return not ENDS.search(words) and words[-1] not in ",-–—" and self._is_headline(index, items)

    def _free_colon(self, index: int, items: set[int]) -> bool:
        """Whether a line that ends with a colon is a heading: above a list it leads in."""
        return index + 1 not in items and self.lines[index + 1].gap and len(self._words(index).split()) <= 6

    def _is_headline(self, index: int, items: set[int]) -> bool:
        """A short line on its own above running text: in title case, in capitals, or beginning with a capital."""
        words = self._words(index)
        following = self._words(index + 1)
        letters = [word for word in words.split() if word[:1].isalpha()]
        if not words[0].isupper() or not letters or ABOUT_AUTHOR.match(words):
            return False
        if not self.lines[index].gap:
            return False
        if index + 1 in items:
            return len(letters) <= MOST_CAPTION_WORDS
        outgrown = len(following) > len(words) or len(letters) <= FEW_WORDS
        return (
            outgrown
            and bool(ENDS.search(following))
            and len(letters) <= (MOST_HEADING_WORDS if _is_title_case(letters) else MOST_CAPTION_WORDS)
        )


def _is_title_case(words: list[str]) -> bool:
    long_words = [word for word in words if len(word) > 3]
    return sum(word[0].isupper() for word in long_words) >= 0.6 * len(long_words)


def _normal(words: str) -> str:
    return words.strip(TRAILING).casefold()
