"""Comparatives in pairs: "the longer you sit, the tighter your hip flexors get"."""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from graph.claims.cues import word_list
from graph.claims.proposals import Proposal, propose
from graph.claims.spans import Piece

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_MORE = ("more", "greater", "higher", "bigger", "larger", "faster", "quicker")
_LESS = ("less", "lower", "smaller", "fewer", "lesser", "slower")
_MUCH = ("more", "longer", "further", "farther", "harder")
_BECOMING = ("get", "become", "be", "grow")
_LONGEST = 12


def comparative_proposals(doc: "Doc", *, question: bool) -> Iterator[Proposal]:
    """What the pairs of comparatives of a parsed text say: the first brings the second."""
    opened = [token.i for token in doc[:-2] if token.lower_ == "the" and token.nbor(1).tag_ in ("JJR", "RBR")]
    for first, second in pairwise(opened):
        end = next((t.i for t in doc[second:] if t.text in (",", ".", ";", "!", "?", ":")), len(doc))
        if doc[second - 1].text != "," or not 1 < second - first <= _LONGEST or not 2 < end - second <= _LONGEST:
            continue
        cause, effect = _grows(doc[first + 1 : second - 1]), _changes(doc[second + 1 : end])
        trigger = doc[second + 1]
        proposal = propose(
            cause,
            effect,
            cue=(second, second + 2),
            trigger=trigger,
            sign="-" if trigger.lower_ in _LESS else "+",
            rule="condition/the-more",
            question=question,
        )
        if proposal is not None:
            yield proposal


def _grows(words: "Span") -> list[Piece]:
    """Of "longer you sit" that one sits longer; of "weaker the hips are" the weaker hips."""
    does, rest = len(words) > 1 and words[1].lower_ in word_list("persons"), _rest(words)
    if does and words[0].lower_ in _MUCH:
        return [_piece(words, rest)]
    return [_piece(words, f"{rest} {words[0].text}" if does else f"{words[0].text} {rest}")]


def _changes(words: "Span") -> list[Piece]:
    """Of "tighter your hip flexors get" the tighter hip flexors; of "higher your risk" the risk."""
    rest = _rest(words)
    return [_piece(words, rest if words[0].lower_ in (*_MORE, *_LESS) else f"{words[0].text} {rest}")]


def _rest(words: "Span") -> str:
    """What stands behind the comparative, without a person at its head and "get" at its end."""
    rest = [token for token in words[1:] if not _opens(token)]
    if rest and rest[0].lower_ in word_list("persons"):
        rest = rest[1:]
    if rest and rest[-1].lemma_ in _BECOMING:
        rest = rest[:-1]
    return " ".join(token.text for token in rest)


def _opens(token: "Token") -> bool:
    return token.pos_ == "DET" or token.tag_ == "PRP$"


def _piece(words: "Span", reading: str) -> Piece:
    return Piece(words.start_char, words.end_char, reading.strip(), words.root.i)
