"""How results are printed: aligned tables for people, JSON for programs."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from graph import quoting

if TYPE_CHECKING:
    from graph.concepts import Claim

Json = dict[str, object] | list[dict[str, object]]


def print_json(value: Json) -> None:
    """One JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows under their columns, wrapped to the terminal; markup in an article's words stays as it is."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    # A pipe has no width: wrapped cells would split the quotes that a script looks for.
    Console(width=None if sys.stdout.isatty() else 400).print(table)


def bold(text: str) -> str:
    """The text, bold where standard output is a terminal."""
    return f"\x1b[1m{text}\x1b[0m" if sys.stdout.isatty() else text


def faint(text: str) -> str:
    """The text, faint where standard output is a terminal."""
    return f"\x1b[2m{text}\x1b[0m" if sys.stdout.isatty() else text


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with its half-open spans in bold."""
    out, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            out += [text[at:start], bold(text[start:end])]
            at = end
    return "".join([*out, text[at:]])


def printable(text: str) -> str:
    """An article's words with line breaks as spaces and control characters gone: no escape sequence gets through."""
    return "".join(character if character.isprintable() else " " for character in text)


def excerpt(quote: str, spans: Iterable[tuple[int, int]]) -> str:
    """A quote in one line; of a long one only what stands around the spans, the rest as an ellipsis.

    Args:
        quote: verbatim.
        spans: half-open characters of it that must be seen.
    """
    return printable(quoting.excerpt(quote, spans))


def claim_excerpt(claim: "Claim") -> str:
    """The quote of a claim in one line, with its cause, cue and effect."""
    return printable(quoting.claim_excerpt(claim))


def note(text: str) -> None:
    """One line on standard error, for what is not the result."""
    print(text, file=sys.stderr)
