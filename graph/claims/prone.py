"""Who is prone to it: "runners with weak hips are prone to knee pain", "people who stand all day are more likely to get
heel pain", "runners who overstride are at risk of shin splints".
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.claims.arguments import child_of, object_of_preposition
from graph.claims.cues import SignWord, word_list
from graph.claims.proposals import Proposal, propose
from graph.claims.spans import TOPIC, Piece, noun_pieces, pointer, verb_phrase_piece

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PRONE = ("prone", "susceptible", "vulnerable", "liable", "predisposed")
_BEFALLING = word_list("undergoing") | {"sustain", "end"}


def prone_proposals(doc: "Doc", *, question: bool) -> Iterator[Proposal]:
    """What a parsed text says of who is prone to what: what they are or do brings it."""
    for token in doc:
        effect: Token | list[Piece] | None = None
        if token.lower_ in _PRONE and token.dep_ == "acomp":
            effect = object_of_preposition(token, ("to",))
        elif token.lower_ == "likely" and token.dep_ == "acomp":
            effect = _likely(token)
        elif token.lower_ == "risk" and token.dep_ == "pobj" and token.head.lower_ == "at":
            effect = object_of_preposition(token, ("of", "for", "from")) or pointer(token, TOPIC)
        if effect is None:
            continue
        proposal = propose(
            _being(token),
            effect,
            cue=(token.i, token.i + 1),
            trigger=token,
            sign=_sign(token),
            rule="adjective/prone-to",
            question=question,
        )
        if proposal is not None:
            yield proposal


def _likely(token: "Token") -> "Token | None":
    """What befalls who is more or less likely to get it."""
    verb = child_of(token, "xcomp", "ccomp")
    compared = any(c.lower_ in ("more", "less", "most") for c in token.lefts)
    if verb is None or not compared or verb.lemma_ not in _BEFALLING:
        return None
    return child_of(verb, "dobj") or object_of_preposition(verb, ("from", "with"))


def _being(token: "Token") -> list[Piece]:
    """What the people are or do of whom it is said: their "with ...", their "who ...", their "...-ing"."""
    be = token.head if token.dep_ == "acomp" else token.head.head
    who = child_of(be, "nsubj")
    if who is None or who.lemma_.lower() not in word_list("people"):
        return []
    having = object_of_preposition(who, ("with",))
    if having is not None:
        return noun_pieces(having)
    doing = child_of(who, "relcl", "acl")
    piece = None if doing is None or doing.i > be.i else verb_phrase_piece(doing)
    return [] if piece is None else [piece]


def _sign(token: "Token") -> SignWord:
    less = any(c.lower_ in ("less", "lower", "reduced") for c in token.lefts)
    return "-" if less else "+"
