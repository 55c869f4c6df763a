"""What of a parsed text is likely a claim: the rules' proposals that the tagger believes, and what it finds itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.claims.ellipsis import with_echoes
from graph.claims.learned import learned_proposals, without_jumps, without_outdone, without_repeats
from graph.claims.loose import DONE
from graph.claims.proposals import Proposal
from graph.claims.rules import proposals_of, verified
from graph.claims.shapes import Pairs, ties_of
from graph.claims.tagger import STRENGTHS, Read, Tagger, Verdicts
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc

# What no cue ties is a claim when it is more likely one than not.
LIKELY = 0.5
# From here on the strength that the network reads in a text outweighs the words that the grammar knows for it.
CLEAR = 0.85
# What is said outright to cause is no mere going together, whatever the rest of the text sounds like.
_OUTRIGHT = frozenset(["verb/cause", "verb/lead-to", "verb/result-in", "verb/make", "noun/cause-of", "noun/reason-for"])
_CERTAINTIES = {"direct": Certainty.ASSERTED, "correlational": Certainty.CORRELATED}


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
    learned = tuple(learned_proposals(doc, pairs, verdicts, likely, floor=LIKELY, question=question))
    told = without_jumps((*without_outdone(likely, learned), *learned))
    sure = [replace(each, holds=_holding(each, read), certainty=_certainty(each, read)) for each in told]
    return with_echoes(doc, sure)


def _certainty(proposal: Proposal, read: Read) -> Certainty:
    told = proposal.certainty not in _CERTAINTIES.values() or proposal.rule in _OUTRIGHT
    if read.strength.max() < CLEAR or told:
        return proposal.certainty
    return _CERTAINTIES.get(STRENGTHS[int(read.strength.argmax())], proposal.certainty)


def _holding(proposal: Proposal, read: Read) -> float:
    """How likely the text holds such a claim; what goes together is what the strength of the text tells of."""
    if proposal.certainty is not Certainty.CORRELATED:
        return read.holds
    return max(read.holds, float(read.strength[STRENGTHS.index("correlational")]))


def _signed(proposals: Sequence[Proposal], pairs: Pairs, verdicts: Verdicts) -> Iterator[Proposal]:
    """The proposals; what no cue ties raises or lowers as the tagger says of the bare words ("absorbs shock")."""
    raises = dict(zip(zip(pairs.cause.tolist(), pairs.effect.tolist(), strict=True), verdicts.raises, strict=True))
    for proposal in proposals:
        told = [raises.get((cause.head, effect.head), 1.0) for cause in proposal.causes for effect in proposal.effects]
        lowers = proposal.rule.startswith("loose/") and proposal.rule != DONE and sum(told) < 0.5 * len(told)
        yield replace(proposal, sign="-") if lowers else proposal


def _floor(rule: str) -> float:
    return LIKELY if rule.startswith("loose/") else 0.0
