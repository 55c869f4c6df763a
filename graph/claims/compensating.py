"""What has to step in for another: "the glutes switch off and the hamstrings take over"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.claims.arguments import PERSONS, SUBJECTS, child_of
from graph.claims.cues import word_list
from graph.claims.proposals import Proposal, propose
from graph.claims.runs import is_clause
from graph.claims.spans import clause_pieces

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ALONE = ("compensate", "overcompensate", "overwork")
_WITH_PARTICLE = {"take": ("over", "on", "up"), "pick": ("up",), "make": ("up",), "step": ("in",), "kick": ("in",)}
_ENDING = {"end": ("up",), "wind": ("up",)}


def compensating_proposals(doc: "Doc", *, question: bool) -> Iterator[Proposal]:
    """Of two clauses that "and" or a comma joins the first brings the second about, where that has to work for it."""
    for verb in doc:
        first = verb.head
        if verb.dep_ not in ("conj", "parataxis") or not is_clause(verb) or not is_clause(first) or first.i > verb.i:
            continue
        subject = child_of(verb, *SUBJECTS)
        if subject is None or subject.pos_ not in ("NOUN", "PROPN") or not _steps_in(verb):
            continue
        if subject.lemma_.lower() in word_list("people") | PERSONS:
            continue
        joint = next(
            (t for t in doc[first.i : verb.i] if t.dep_ == "cc" and t.head.i == first.i), doc[subject.left_edge.i]
        )
        if joint.lower_ in ("but", "or", "so"):
            continue
        proposal = propose(
            clause_pieces(first, frozenset({verb.i})),
            clause_pieces(verb),
            cue=(joint.i, joint.i + 1),
            trigger=verb,
            sign="+",
            rule="outcome/and",
            question=question,
        )
        if proposal is not None:
            yield proposal


def _steps_in(verb: "Token") -> bool:
    after = {child.lower_ for child in verb.rights if child.dep_ in ("prt", "prep", "advmod")}
    if verb.lemma_ == "have":
        deed = child_of(verb, "xcomp")
        return deed is not None and child_of(verb, "dobj") is None and any(c.lower_ == "to" for c in deed.lefts)
    return verb.lemma_ in _ALONE or bool(after & set((_WITH_PARTICLE | _ENDING).get(verb.lemma_, ())))
