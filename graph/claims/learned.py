"""Learned ties: pairs of words that the tagger holds for cause and effect where no rule proposes them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from graph.claims.arguments import SUBJECTS, child_of
from graph.claims.cues import SignWord
from graph.claims.objects import deed_on_part
from graph.claims.proposals import Proposal, propose
from graph.claims.runs import is_clause
from graph.claims.shapes import Pairs
from graph.claims.spans import Piece, pieces_of
from graph.claims.tagger import Verdicts
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Span = tuple[int, int]
# What a cue ties with less than this is too doubtful to stand for others.
_CERTAIN_ENOUGH = 0.15
# What the tagger finds itself outdoes such a cue from here on.
_CLEAR = 0.7
_CLAUSES = ("this", "that", "which")
_TYING = frozenset({"VERB", "AUX", "ADP", "SCONJ", "CCONJ", "ADV"})


def learned_proposals(
    doc: "Doc", pairs: Pairs, verdicts: Verdicts, taken: Sequence[Proposal], *, floor: float, question: bool
) -> Iterator[Proposal]:
    """Proposals of the likeliest pairs, likeliest first, each with its probability.

    Args:
        pairs, verdicts: of the tagger.
        taken: what the rules say; a pair over the same phrases, in either direction, says nothing new.
        floor: the least probability.
        question: the text is a question.
    """
    held = [pair for proposal in taken for pair in _spans(proposal)]
    firm = [pair for proposal in taken if not is_doubtful(proposal) for pair in _spans(proposal)]
    pointed = _pointed_at(taken)
    for row in np.argsort(-verdicts.claim, kind="stable"):
        probability = float(verdicts.claim[row])
        if probability < floor:
            return
        cause, effect = doc[int(pairs.cause[row])], doc[int(pairs.effect[row])]
        if _is_own_deed(cause, effect) or _is_cue(cause, taken) or _is_cue(effect, taken):
            continue
        deed = _deed(cause, effect)
        raises = deed is not None or verdicts.raises[row] >= 0.5
        sign: SignWord = "+" if raises else "-"
        rule = "learned/raises" if raises else "learned/lowers"
        trigger = _trigger(cause, effect, doc[int(pairs.joint[row])])
        cue = _cue(trigger, cause, effect)
        proposal = propose(
            _pieces(cause, effect),
            _pieces(effect, cause) if deed is None else [deed],
            cue=(cue.i, cue.i + 1),
            trigger=trigger,
            sign=sign,
            rule=rule,
            question=question,
        )
        if proposal is None:
            continue
        own, before = _spans(proposal), firm if probability >= _CLEAR else held
        if any(_meet(one[1], effect) for one in own for effect in pointed):
            continue
        if not any(_same(one, other) for one in own for other in before):
            held += own
            firm += own
            yield Proposal(
                proposal.causes,
                proposal.effects,
                proposal.cue_start,
                proposal.cue_end,
                sign,  # the network has read what is said of the cue
                _told_certainty(proposal),
                rule,
                proposal.trigger,
                (probability,) * len(own),
            )


def _pointed_at(taken: Sequence[Proposal]) -> list[Span]:
    """The effects of what "this" points at; of "A pushes B, and this deepens C" what "this" is, is found later."""
    pointing = [p for p in taken if not is_doubtful(p) and any(cause.refers in _CLAUSES for cause in p.causes)]
    return [(effect.start, effect.end) for proposal in pointing for effect in proposal.effects]


def _told_certainty(proposal: Proposal) -> Certainty:
    # The tagger holds nothing that is denied for a claim: what is denied beside it is another thing.
    return Certainty.ASSERTED if proposal.certainty is Certainty.DENIED else proposal.certainty


def is_doubtful(proposal: Proposal) -> bool:
    """Whether a cue ties the phrases and the tagger holds next to nothing of it."""
    return max(proposal.probabilities, default=1.0) < _CERTAIN_ENOUGH


def without_outdone(proposals: Sequence[Proposal], learned: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals of cues without doubtful ones where the tagger clearly reads another cause, or the reverse.

    Of "Build mileage gradually, poor sleep slows down recovery" the mileage slows down nothing.
    """
    clear = [(each, _spans(each)) for each in learned if max(each.probabilities) >= _CLEAR]
    return tuple(
        proposal
        for proposal in proposals
        if not is_doubtful(proposal)
        or not any(_outdoes(each, own, proposal, pair) for each, own in clear for pair in _spans(proposal))
    )


def _outdoes(one: Proposal, own: Sequence[tuple[Span, Span]], other: Proposal, pair: tuple[Span, Span]) -> bool:
    of_one_word = one.trigger == other.trigger and any(_meet(mine[1], pair[1]) for mine in own)
    return of_one_word or any(_same(mine, pair) for mine in own)


def without_repeats(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals without loose ties that only say again, about wider words, what a likely cue says.

    Of "Saffron has good effects on sleep" that it has effects is no claim of its own.
    """
    told = [
        pair
        for proposal in proposals
        if not proposal.rule.startswith("loose/") and not is_doubtful(proposal)
        for pair in _spans(proposal)
    ]
    return tuple(
        proposal
        for proposal in proposals
        if not proposal.rule.startswith("loose/") or not all(_told(pair, told) for pair in _spans(proposal))
    )


def _told(pair: tuple[Span, Span], told: Sequence[tuple[Span, Span]]) -> bool:
    return any(_same(pair, other) for other in told)


def without_jumps(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals in the order of the text, without learned ones that jump over a link.

    Of "A raises B, causing C" A and C are no claim; nor are B and C of "A eases B, which helps C", where the cues tie
    both to A.
    """
    links = [pair for proposal in proposals for pair in _spans(proposal)]
    cued = [pair for proposal in proposals if not proposal.rule.startswith("learned/") for pair in _spans(proposal)]
    ordered = sorted(proposals, key=lambda proposal: proposal.trigger)
    return tuple(
        proposal
        for proposal in ordered
        if not proposal.rule.startswith("learned/")
        or not any(_jumps(pair, links) or _comes_of_one(pair, cued) for pair in _spans(proposal))
    )


def _jumps(pair: tuple[Span, Span], links: Sequence[tuple[Span, Span]]) -> bool:
    cause, effect = pair
    onward = [there for here, there in links if _meet(here, cause) and not _meet(there, effect)]
    backward = [here for here, there in links if _meet(there, effect) and not _meet(here, cause)]
    return any(_meet(one, other) for one in onward for other in backward)


def _comes_of_one(pair: tuple[Span, Span], cued: Sequence[tuple[Span, Span]]) -> bool:
    sources = [here for here, there in cued if _meet(there, pair[0])]
    return any(_meet(here, one) and _meet(there, pair[1]) for here, there in cued for one in sources)


def _spans(proposal: Proposal) -> list[tuple[Span, Span]]:
    return [((c.start, c.end), (e.start, e.end)) for c in proposal.causes for e in proposal.effects]


def _trigger(cause: "Token", effect: "Token", joint: "Token") -> "Token":
    """The word that ties the two: where their paths meet, or below that the word that hangs the one on the other."""
    if joint.i not in (cause.i, effect.i):
        return joint
    token = effect if joint.i == cause.i else cause
    while token.head.i not in (joint.i, token.i):
        token = token.head
    return joint if token.i in (cause.i, effect.i) else token


def _is_cue(token: "Token", taken: Sequence[Proposal]) -> bool:
    # "overstriding is hard on the knees" says what is hard on them, not that it makes hard
    return token.pos_ == "ADJ" and any(p.cue_start <= token.idx < p.cue_end for p in taken)


def _is_own_deed(cause: "Token", effect: "Token") -> bool:
    """Whether the effect is what the cause does, or does it to: "tired legs slow down", "drop the hills"."""
    if cause.head.i == effect.i and cause.dep_ in SUBJECTS:
        return child_of(effect, "dobj", "xcomp", "ccomp", "nsubjpass", "acomp", "attr") is None
    done_to = _first_of_list(effect)
    return done_to.dep_ == "dobj" and _first_of_list(done_to.head).i == cause.i


def _first_of_list(token: "Token") -> "Token":
    while token.dep_ == "conj":
        token = token.head
    return token


def _cue(trigger: "Token", cause: "Token", effect: "Token") -> "Token":
    """The word to show for the tie: the trigger where it can tie, else a verb between the two."""
    if trigger.pos_ in _TYING:
        return trigger
    first, last = sorted((cause.i, effect.i))
    return next((token for token in trigger.doc[first + 1 : last] if token.pos_ == "VERB"), trigger)


def _pieces(token: "Token", other: "Token") -> list[Piece]:
    skip = {other.i}
    if token.is_ancestor(other):
        below = other
        while below.head.i != token.i:
            below = below.head
        skip.add(below.i)
    # "tightness of the calves and hamstrings": what is said once of a list is read from its beginning.
    first = _first_of_list(token)
    listed = pieces_of(_whole(first), skip=skip) if first.i != token.i and not is_clause(token) else []
    return [piece for piece in (*listed, *pieces_of(token, skip=skip)) if piece.head == token.i][:1]


def _deed(cause: "Token", effect: "Token") -> Piece | None:
    """What is done to the body part that the effect is, where the cause does it."""
    deed = deed_on_part(effect)
    inside = deed is not None and deed.start <= cause.idx < deed.end
    return None if inside or (effect.head.is_ancestor(cause) and cause.i > effect.head.i) else deed


def _whole(first: "Token") -> "Token":
    inside = first.dep_ == "pobj" and first.head.dep_ == "prep" and first.head.head.pos_ == "NOUN"
    return first.head.head if inside and first.head.lower_ in ("of", "in", "on") else first


def _same(one: tuple[Span, Span], other: tuple[Span, Span]) -> bool:
    (cause, effect), (held_cause, held_effect) = one, other
    return (_meet(cause, held_cause) and _meet(effect, held_effect)) or (
        _meet(cause, held_effect) and _meet(effect, held_cause)
    )


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
