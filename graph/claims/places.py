"""Places that belong to a noun, whatever the parser hangs them on: "causes pain | behind the kneecap"."""

from typing import TYPE_CHECKING

from graph.claims.cues import word_list
from graph.claims.runs import NOT_IN_NOUN, allowed_of, run_around

if TYPE_CHECKING:
    from spacy.tokens import Token

_TAKING = ("remove", "relieve", "take", "release")
# "On the outer side of the kneecap".
_LONGEST = 8
_FELT = ("down", "along", "behind", "around", "between", "across", "under", "inside", "below", "above")
_TROUBLES = ("problem", "issue", "trouble", "difficulty")


def with_place(head: "Token", end: int) -> int:
    """The end of a noun phrase with its place: of "increases the load on the knee" the parser may give it to the verb.

    Args:
        head: of the phrase.
        end: index behind its last token, as the parser has it.
    """
    if head.dep_ not in ("dobj", "pobj") or end >= len(head.doc):
        return end
    place, verb = head.doc[end], head.head if head.dep_ == "dobj" else head.head.head
    if place.dep_ != "prep" or place.head.i != verb.i or not _places(place, head, verb):
        return end
    inner = next((c for c in place.children if c.dep_ == "pobj"), None)
    if inner is None or inner.i < place.i or inner.lower_ == "half" or inner.lemma_ in word_list("times"):
        return end
    stop = run_around(inner, allowed_of(inner, NOT_IN_NOUN, frozenset()))[1]
    return stop if stop - end <= _LONGEST else end


def _places(place: "Token", head: "Token", verb: "Token") -> bool:
    """Whether a preposition that the parser gave to the verb tells where what stands before it is."""
    if head.lemma_ in word_list("troubles") and place.lower_ in _FELT:
        return True  # "causes pain | behind the kneecap"
    if head.dep_ != "dobj":
        return False
    taken = place.lower_ == "from" and verb.lemma_ in _TAKING
    troubled = place.lower_ == "for" and head.lemma_ in _TROUBLES  # "cause problems for the pelvis"
    return place.lower_ in ("on", "of", "in") or taken or troubled
