"""What of a parsed text is likely a claim: the rules' proposals that the tagger believes, and what it finds itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.claims.learned import learned_proposals, without_jumps, without_repeats
from graph.claims.proposals import Proposal
from graph.claims.rules import proposals_of, verified
from graph.claims.shapes import Pairs, ties_of
from graph.claims.tagger import Tagger, Verdicts

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What is surely none; the floors of graph/claims/linked.py stand above these.
LOOSE_FLOOR = 0.3
LEARNED_FLOOR = 0.3


def judged_proposals(doc: "Doc", tagger: Tagger, *, question: bool = False) -> tuple[Proposal, ...]:
    """The proposals of the rules that are likely enough, then those that only the tagger makes.

    Args:
        question: the text is a question.
    """
    proposals = proposals_of(doc, question=question, loose=True)
    read = tagger.read(doc)
    judged = tagger.tied(doc, read, ties_of(proposals))
    pairs, verdicts = tagger.free(doc, read)
    likely = without_repeats(tuple(verified(doc, _signed(proposals, pairs, verdicts), lambda *_: judged.claim, _floor)))
    learned = learned_proposals(doc, pairs, verdicts, likely, floor=LEARNED_FLOOR, question=question)
    return without_jumps((*likely, *learned))


def _signed(proposals: Sequence[Proposal], pairs: Pairs, verdicts: Verdicts) -> Iterator[Proposal]:
    """The proposals; what no cue ties raises or lowers as the tagger says of the bare words ("absorbs shock")."""
    raises = dict(zip(zip(pairs.cause.tolist(), pairs.effect.tolist(), strict=True), verdicts.raises, strict=True))
    for proposal in proposals:
        told = [raises.get((cause.head, effect.head), 1.0) for cause in proposal.causes for effect in proposal.effects]
        lowers = proposal.rule.startswith("loose/") and sum(told) < 0.5 * len(told)
        yield replace(proposal, sign="-") if lowers else proposal


def _floor(rule: str) -> float:
    return LOOSE_FLOOR if rule.startswith("loose/") else 0.0
