"""Proposal: what a rule finds in one parsed text, before its phrases are linked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.claims.certainty import certainty_of
from graph.claims.cues import SignWord
from graph.claims.hollow import announces, names_something
from graph.claims.spans import UNNAMED, Piece, merge, pieces_of, pointer
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Token


_INVERSE = frozenset({"inverse", "inversely", "negatively"})
_HELPFUL = frozenset({"beneficial", "protective", "therapeutic", "favorable", "favourable", "preventive", "healing"})
_HARMFUL = frozenset({"adverse", "harmful", "detrimental", "deleterious", "damaging", "negative", "unfavorable"})
_HANGING = frozenset(["relcl", "acl", "advcl", "ccomp", "xcomp", "conj", "prep", "pcomp", "parataxis", "agent", "dep"])


@dataclass(frozen=True, slots=True)
class Proposal:
    """Causes and effects that one cue ties together.

    Args:
        causes, effects: every cause goes with every effect.
        cue_start, cue_end: half-open character offsets of the cue's words in the parsed text.
        sign: what the cue does to the effect.
        certainty: in the author's words.
        rule: name of the cue entry.
        trigger: index of the token that carries the cue.
        probabilities: how likely each pair is a claim, cause by cause; () where nobody judged.
        holds: how likely the text holds a claim of this kind at all; 1 where nobody judged.
    """

    causes: tuple[Piece, ...]
    effects: tuple[Piece, ...]
    cue_start: int
    cue_end: int
    sign: SignWord
    certainty: Certainty
    rule: str
    trigger: int
    probabilities: tuple[float, ...] = ()
    holds: float = 1.0

    def probability(self, cause: int, effect: int) -> float:
        """How likely the pair of this cause and this effect is a claim; 1 where nobody judged."""
        return self.probabilities[cause * len(self.effects) + effect] if self.probabilities else 1.0


def propose(
    cause: "Token | list[Piece]",
    effect: "Token | list[Piece]",
    *,
    cue: tuple[int, int],
    trigger: "Token",
    sign: SignWord,
    rule: str,
    correlated: bool = False,
    question: bool = False,
) -> Proposal | None:
    """The proposal that two arguments make, None when either has no words or they are the same words.

    Args:
        cause, effect: the token that heads the phrase, or its pieces.
        cue: half-open token indices of the cue's words.
        trigger: the token whose modals and negations count.
        sign, rule, correlated: of the cue.
        question: the sentence is a question.
    """
    causes = _pieces(cause, effect, trigger)
    effects = _pieces(effect, cause, trigger)
    words = trigger.doc[cue[0] : cue[1]]
    causes = [c for c in causes if not any(c.start < e.end and e.start < c.end for e in effects if not e.refers)]
    named, effects = ([p for p in side if names_something(p, trigger.doc)] for side in (causes, effects))
    causes = named or ([] if isinstance(cause, list) or not announces(cause) else pointer(cause, UNNAMED))
    if not causes or not effects:
        return None
    return Proposal(
        causes=tuple(causes),
        effects=tuple(effects),
        cue_start=words.start_char,
        cue_end=words.end_char,
        sign=_turned(sign, trigger),
        certainty=certainty_of(trigger, correlated=correlated, question=question),
        rule=rule,
        trigger=trigger.i,
    )


def _turned(sign: SignWord, trigger: "Token") -> SignWord:
    """The sign with what is said of the cue itself: "an inverse association", "a beneficial effect"."""
    if sign != "+":
        return sign
    said = {child.lower_ for child in trigger.children if child.dep_ in ("amod", "advmod", "compound")}
    said |= {token.lower_ for token in trigger.doc[max(0, trigger.i - 2) : trigger.i] if token.pos_ == "ADJ"}
    if said & _INVERSE:
        return "-"
    if trigger.pos_ == "NOUN":
        if said & _HELPFUL:
            return "better"
        if said & _HARMFUL:
            return "worse"
    return sign


def _pieces(argument: "Token | list[Piece]", other: "Token | list[Piece]", trigger: "Token") -> list[Piece]:
    if isinstance(argument, list):
        return argument
    # What the cue itself governs is not part of the phrase it hangs on: "stress | caused by running".
    skip = {trigger.i}
    token = trigger
    while token.head.i != token.i and token.head.i != argument.i:
        token = token.head
        modal = token.dep_ == "xcomp" and token.head.lemma_ == "have"  # "the muscles have to work harder, which ..."
        if argument.is_ancestor(token) and token.dep_ in _HANGING and not modal:
            skip.add(token.i)
    if not isinstance(other, list) and argument.is_ancestor(other):
        skip.add(other.i)
    return list(merge([pieces_of(argument, skip=skip - {argument.i})]))
