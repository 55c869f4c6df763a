"""Mentions: every concept that a text names, where, and which of its poles."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.composing import Found, compose
from graph.concepts import Concept, Sign
from graph.items import Item, itemise
from graph.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named in a text by `text[start:end]`; pole -1 when those words name its opposite."""

    concept: Concept
    pole: Sign
    start: int
    end: int


def find_mentions(text: str, lexicon: Lexicon, mend: Callable[[str], str]) -> tuple[Mention, ...]:
    """The concepts that a running text names, in order, not overlapping.

    Args:
        mend: gives the vocabulary's spelling of a word that it doesn't have, or the word itself.
    """
    items = itemise(text, lexicon, mend)
    if not any(item.atom for item in items):
        return ()
    mentions: list[Mention] = []
    for found in compose(items, lexicon):
        mention = Mention(found.concept, found.pole, items[found.first].start, items[found.last].end)
        if _worth_naming(found, items) and (not mentions or mention.start >= mentions[-1].end):
            mentions.append(mention)
    return tuple(mentions)


def _worth_naming(found: Found, items: list[Item]) -> bool:
    """A lone adjective or verb ("strong", "hurt") names no concept in running text, nor does a bound noun."""
    atom = items[min(found.owns)].atom
    return len(found.owns) > 1 or atom is None or atom.kind != "state" or ("noun" in atom.role and not atom.bound)
