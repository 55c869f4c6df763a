"""A "cause" that the parser takes for a noun, between the words to both sides of it: "colds and flu cause fever"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.claims.cues import Cue
from graph.claims.proposals import Proposal, propose
from graph.claims.spans import Piece

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_IN_PHRASE = frozenset({"NOUN", "PROPN", "ADJ"})


def flat_proposals(token: "Token", cue: Cue, question: bool) -> Iterator[Proposal]:
    """The words to both sides of a "cause" that the parser takes for a noun: "colds and flu cause fever"."""
    if 0 < token.i < len(token.doc) - 1 and token.nbor(-1).pos_ in ("NOUN", "PROPN"):
        cause, effect = _nouns_before(token), _nouns_after(token)
        if cause and effect and not any(c.dep_ in ("det", "amod") for c in token.children):
            proposal = propose(
                cause, effect, cue=(token.i, token.i + 1), trigger=token, sign="+", rule=cue.rule, question=question
            )
            if proposal is not None:
                yield proposal


def _is_flat(token: "Token") -> bool:
    return token.pos_ in _IN_PHRASE or token.lower_ in ("and", "or", ",", "of")


def _nouns_before(token: "Token") -> list[Piece]:
    start = token.i
    while start > 0 and _is_flat(token.doc[start - 1]):
        start -= 1
    return _split_flat(token.doc, start, token.i)


def _nouns_after(token: "Token") -> list[Piece]:
    doc, end = token.doc, token.i + 1
    while end < len(doc) and (_is_flat(doc[end]) or doc[end].lower_ == "the"):
        end += 1
    return _split_flat(doc, token.i + 1, end)


def _split_flat(doc: "Doc", start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    first = start
    for i in range(start, end + 1):
        if i == end or doc[i].lower_ in ("and", "or", ","):
            if i > first and doc[i - 1].pos_ in ("NOUN", "PROPN"):
                words = doc[first:i]
                pieces.append(Piece(words.start_char, words.end_char, words.text, i - 1))
            first = i + 1
    return pieces
