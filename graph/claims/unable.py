"""What a weak part cannot do: "weak glutes can't hold the pelvis level" denies nothing, the pelvis is not level."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.claims.arguments import SUBJECTS, child_of, condition_of
from graph.claims.cues import word_list
from graph.claims.proposals import Proposal, propose
from graph.claims.spans import Piece, verb_phrase_piece
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ABLE = ("can", "ca", "could", "will", "wo", "cannot", "do", "does")
# "Weak glutes can't cause hip pain" does deny it.
_BRINGING = frozenset(
    ["cause", "lead", "result", "explain", "mean", "hurt", "harm", "damage", "increase", "trigger", "create", "need"]
)
_POINTING = ("it", "they")


def with_inabilities(doc: "Doc", proposals: Sequence[Proposal], *, question: bool) -> tuple[Proposal, ...]:
    """The proposals; what a failing part is said not to do is what it brings about, not a claim denied."""
    unable = [] if question else list(_unable(doc))
    verbs = {proposal.trigger for proposal in unable}
    denied = (p for p in proposals if p.trigger not in verbs or p.certainty is not Certainty.DENIED)
    return (*denied, *unable)


def _unable(doc: "Doc") -> Iterator[Proposal]:
    for verb in doc:
        denial = child_of(verb, "neg") if verb.pos_ == "VERB" and verb.lemma_ not in _BRINGING else None
        able = next((c for c in verb.lefts if c.dep_ == "aux" and c.lower_ in _ABLE), None)
        does = child_of(verb, "dobj", "xcomp", "ccomp", "prep", "advmod")
        failing = _failing(verb) if denial is not None and able is not None and does is not None else None
        piece = verb_phrase_piece(verb) if failing is not None else None
        if denial is None or able is None or failing is None or piece is None or able.i > denial.i:
            continue
        words = doc.text[able.idx : piece.end]
        proposal = propose(
            failing,
            [Piece(able.idx, piece.end, words, verb.i)],
            cue=(able.i, denial.i + 1),
            trigger=verb,
            sign="+",
            rule="verb/cannot",
        )
        if proposal is not None:
            yield replace(proposal, certainty=Certainty.ASSERTED)


def _failing(verb: "Token") -> "Token | None":
    """The subject where it is a part that fails, or of "they" the condition that they are in."""
    subject, words = child_of(verb, *SUBJECTS), word_list("failing")
    if subject is None or subject.i > verb.i:
        return None
    if subject.lower_ in _POINTING:
        clause = condition_of(verb)
        return clause if clause is not None and any(t.lower_ in words for t in clause.children) else None
    return subject if any(c.dep_ in ("amod", "compound") and c.lower_ in words for c in subject.children) else None
