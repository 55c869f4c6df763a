"""Lines of plain text: which line breaks the author meant, and which only kept the lines short."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

Marker = Literal["bullet", "number", "hash", ""]

BULLET = re.compile(r"(?:[•●▪◦‣○■□▶►➢✓✔]\s*|[-*+–—·]\s+)(?=\S)")
# "1) ", "2- ", "(3) ", "4.Stand", "#5 ", "Step 6: ", "a) "; not "10 -15 secs", not "1.5 km", not "2020 was".
NUMBER = re.compile(
    r"(?:\(\d{1,2}\)\s*|\d{1,2}(?:\s?[)\]:]|\.|\s?[-–—](?=\s))\s*|#\d{1,2}[.):]?\s+|[a-hA-H]\)\s+"
    r"|(?:step|tip|way|reason|exercise|rule|mistake|sign|stretch|drill|day|week|phase|stage)\s\d{1,2}\s?[.):\-–—]\s*)"
    r"(?=[\"'“‘(\[*]*[^\W\d_])",
    re.IGNORECASE,
)
HASH = re.compile(r"#{1,6}\s+(?=\S)")
UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*\Z")
ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*\Z")
WIDEST_WRAP = 120  # longer lines weren't broken to fit a width
NARROW = 0.7
# A line that ends so is not at its end; "in", "on" and "up" may be ("Pull your stomach in").
HANGING = frozenset({"a", "an", "the", "and", "or", "but", "of", "with", "from", "into", "your", "their", "its", "my"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line as its author meant it, perhaps of several physical ones: `text[start:end]` is trimmed.

    Args:
        start, end: offsets into the text, the marker left out.
        indent: columns before the marker or the first word.
        gap: whether a blank line or the text's beginning stands before it.
        marker: what stands before the first word.
        depth: of a hash heading its number of hashes, of an underlined line 1 or 2, else 0.
        wrapped: number of physical lines.
    """

    start: int
    end: int
    indent: int
    gap: bool
    marker: Marker
    depth: int
    wrapped: int = 1


@dataclass(frozen=True, slots=True)
class _Physical:
    start: int
    end: int
    indent: int
    gap: bool
    marker: Marker
    marker_end: int


def unwrap(text: str, *, hashes: bool = True, width: int | None = None) -> tuple[str, tuple[Line, ...]]:
    """The text with a space for every line break that only kept lines short, and its lines as they were meant.

    Nothing else in the text changes; without such line breaks every character keeps its place.

    Args:
        text: with line feeds for line ends.
        hashes: whether "## " makes a heading.
        width: of the wrapped lines around it, 0 for text that isn't wrapped; found from the text when None.
    """
    limit = wrap_width(text) if width is None else width
    lines: list[Line] = []
    breaks: list[tuple[int, int]] = []
    before: _Physical | None = None
    for current in _physical_lines(text, hashes):
        underline = UNDERLINE.match(text, current.start, current.end)
        if underline and before is not None and not current.gap:
            lines[-1] = _underlined(lines[-1], underline.group(1))
            before = None
        elif not any(character.isalnum() for character in text[current.start : current.end]):
            before = None
        elif before is not None and not current.gap and _goes_on(text, before, current, lines[-1], limit):
            breaks.append((before.end, current.start))
            lines[-1] = replace(lines[-1], end=current.end, wrapped=lines[-1].wrapped + 1)
            before = current
        else:
            lines.append(_line(text, current, gap=current.gap or before is None))
            before = current
    return _join(text, lines, breaks)


def _join(text: str, lines: list[Line], breaks: list[tuple[int, int]]) -> tuple[str, tuple[Line, ...]]:
    """The text and its lines with each break, the white space around it included, made one space."""
    if not breaks:
        return text, tuple(lines)
    parts: list[str] = []
    ends: list[int] = []
    cuts: list[int] = [0]
    last = 0
    for start, end in breaks:
        parts.append(text[last:start])
        ends.append(end)
        cuts.append(cuts[-1] + end - start - 1)
        last = end

    def moved(offset: int) -> int:
        return offset - cuts[bisect_right(ends, offset)]

    joined = " ".join([*parts, text[last:]])
    return joined, tuple(replace(line, start=moved(line.start), end=moved(line.end)) for line in lines)


def wrap_width(text: str) -> int:
    """The width that the text's lines were broken to fit, 0 when its line breaks were meant."""
    lines = _physical_lines(text, hashes=True)
    breaks = [
        (before, after)
        for before, after in pairwise(lines)
        if not after.gap and not after.marker and before.marker != "hash"
    ]
    if not breaks:
        return 0
    lengths = sorted(before.end - before.start + before.indent for before, _ in breaks)
    widest = lengths[(len(lengths) - 1) * 95 // 100]
    going_on = sum(text[after.start].islower() for _, after in breaks)
    # In running text more than half of the words are in small letters wherever a line breaks; in meant lines few are.
    wrapped = widest <= WIDEST_WRAP and going_on >= 0.4 * len(breaks)
    return widest if wrapped else 0


def _physical_lines(text: str, hashes: bool) -> list[_Physical]:
    lines = []
    offset = 0
    gap = True
    for raw in text.split("\n"):
        trimmed = raw.strip()
        if not trimmed:
            gap = True
        else:
            start = offset + len(raw) - len(raw.lstrip())
            marker, marker_end = _marker(text, start, start + len(trimmed), hashes)
            indent = len(raw[: start - offset].expandtabs(4))
            lines.append(_Physical(start, start + len(trimmed), indent, gap, marker, marker_end))
            gap = False
        offset += len(raw) + 1
    return lines


def _marker(text: str, start: int, end: int, hashes: bool) -> tuple[Marker, int]:
    kinds: Sequence[tuple[Marker, re.Pattern[str]]] = (("bullet", BULLET), ("number", NUMBER), ("hash", HASH))
    for kind, pattern in kinds:
        found = pattern.match(text, start, end)
        if found and (kind != "hash" or hashes):
            return kind, found.end()
    return "", start


def _line(text: str, line: _Physical, *, gap: bool) -> Line:
    depth = text[line.start : line.marker_end].count("#") if line.marker == "hash" else 0
    return Line(line.marker_end, line.end, line.indent, gap, line.marker, depth)


def _underlined(line: Line, underline: str) -> Line:
    return replace(line, marker="hash", depth=1 if underline[0] == "=" else 2)


def _goes_on(text: str, before: _Physical, current: _Physical, line: Line, width: int) -> bool:
    """Whether a line break only kept the line short."""
    if line.marker == "hash" or current.marker in ("hash", "bullet"):
        return False
    ending = text[before.start : before.end]
    if current.marker == "number":
        return width > 0 and line.marker != "number" and not ENDS.search(ending)
    if text[current.start].islower() or ending[-1] in ",([–—&/" or ending.split()[-1].lower() in HANGING:
        return True
    if not width:
        return False
    length = before.end - before.start + before.indent
    first_word = len(text[current.start : current.end].split(maxsplit=1)[0])
    would_fit = length + 1 + first_word <= width
    could_be_heading = line.gap and line.wrapped == 1 and length < NARROW * width
    return not would_fit or not (ENDS.search(ending) or could_be_heading)
