"""Whose word a claim is: what people used to say, theories, thin evidence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.claims.cues import word_list
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Token


def reported_certainty(governors: Sequence["Token"]) -> Certainty | None:
    """The certainty that a report above the cue leaves its claim; None where nobody is reported.

    Args:
        governors: the cue's token and those above it, nearest first.
    """
    for token in governors[1:]:
        if token.lemma_ in word_list("telling"):
            if _is_past_habit(token):
                return Certainty.DENIED
            if _is_hearsay(token):
                return Certainty.SPECULATIVE
        if token.lemma_ in word_list("notions") and token.pos_ == "NOUN":
            return Certainty.SPECULATIVE
        if token.lemma_ in word_list("proofs") and _is_thin(token):
            return Certainty.DENIED
    return None


def _is_past_habit(telling: "Token") -> bool:
    # "I used to tell people that ..."
    head = telling.head
    return (
        telling.dep_ == "xcomp"
        and head.lower_ == "used"
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in telling.children)
    )


def _is_hearsay(telling: "Token") -> bool:
    # "I had read that ...", "for years we were told that ..."
    own = {c.lower_ for c in telling.children if c.dep_ in ("aux", "auxpass")}
    first = any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in ("i", "we") for c in telling.children)
    return first and bool(own & {"had", "were", "was", "been"})


def _is_thin(proof: "Token") -> bool:
    if any(c.lower_ in word_list("thin") for c in proof.children if c.dep_ in ("amod", "det", "advmod")):
        return True
    said = [c for t in proof.ancestors if t.lemma_ == "be" and t.i > proof.i for c in t.children if c.dep_ == "acomp"]
    return any(c.lower_ in word_list("thin") for c in said)
