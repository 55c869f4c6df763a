"""What of a parsed text is likely a claim: the rules' proposals that the tagger believes, and what it finds itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph.claims.learned import learned_proposals, without_jumps
from graph.claims.proposals import Proposal
from graph.claims.rules import proposals_of, verified
from graph.claims.shapes import Tie
from graph.claims.tagger import Floats, Tagger

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Chosen on held folds: `python -m bench.train_claims` prints precision and recall for floors about these.
LOOSE_FLOOR = 0.35
LEARNED_FLOOR = 0.4


def judged_proposals(doc: "Doc", tagger: Tagger, *, question: bool = False) -> tuple[Proposal, ...]:
    """The proposals of the rules that are likely enough, then those that only the tagger makes.

    Args:
        question: the text is a question.
    """
    proposals = proposals_of(doc, question=question, loose=True)
    read = tagger.read(doc)

    def judge(_: "Doc", ties: Sequence[Tie]) -> Floats:
        return tagger.tied(doc, read, ties).claim

    likely = tuple(verified(doc, proposals, judge, _floor))
    pairs, verdicts = tagger.free(doc, read)
    learned = learned_proposals(doc, pairs, verdicts, likely, floor=LEARNED_FLOOR, question=question)
    return without_jumps((*likely, *learned))


def _floor(rule: str) -> float:
    return LOOSE_FLOOR if rule.startswith("loose/") else 0.0
