"""All the rules over one parse, and the tagger over what they propose and what they miss."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from graph.claims.clefts import cleft_proposals
from graph.claims.comparatives import comparative_proposals
from graph.claims.compensating import compensating_proposals
from graph.claims.connectives import connective_proposals
from graph.claims.flaring import flaring_proposals
from graph.claims.loose import loose_proposals
from graph.claims.nominals import nominal_proposals
from graph.claims.prone import prone_proposals
from graph.claims.proposals import Proposal
from graph.claims.remedies import remedy_proposals
from graph.claims.shapes import Tie, ties_of
from graph.claims.unable import with_inabilities
from graph.claims.verbs import verbal_proposals

if TYPE_CHECKING:
    from spacy.tokens import Doc

Judge = Callable[["Doc", Sequence[Tie]], npt.NDArray[np.float32]]


def proposals_of(doc: "Doc", *, question: bool = False, loose: bool = False) -> tuple[Proposal, ...]:
    """What the cues of a parsed text say, in the order of their cues.

    Args:
        question: the text is a question.
        loose: also what grammar without a cue may say; only for the tagger to judge.
    """
    found = [
        *verbal_proposals(doc, question=question),
        *nominal_proposals(doc, question=question),
        *connective_proposals(doc, question=question),
        *compensating_proposals(doc, question=question),
        *cleft_proposals(doc, question=question),
        *comparative_proposals(doc, question=question),
        *prone_proposals(doc, question=question),
        *remedy_proposals(doc, question=question),
        *flaring_proposals(doc, question=question),
        *(loose_proposals(doc, question=question) if loose else ()),
    ]
    told = with_inabilities(doc, found, question=question)
    return tuple(sorted(told, key=lambda p: (p.rule.startswith("loose/"), p.cue_start, p.cue_end)))


def verified(
    doc: "Doc", proposals: Iterable[Proposal], judge: Judge, floor: Callable[[str], float]
) -> Iterator[Proposal]:
    """The proposals without the causes and effects in no pair that the judge holds for likely enough.

    Args:
        floor: the least probability for a rule, by its name.
    """
    proposals = tuple(proposals)
    ties = ties_of(proposals)
    probabilities = judge(doc, ties)
    place = 0
    for proposal in proposals:
        shape = (len(proposal.causes), len(proposal.effects))
        matrix = probabilities[place : place + shape[0] * shape[1]].reshape(shape)
        place += shape[0] * shape[1]
        enough = matrix >= floor(proposal.rule)
        rows, columns = np.flatnonzero(enough.any(axis=1)), np.flatnonzero(enough.any(axis=0))
        if len(rows):
            yield replace(
                proposal,
                causes=tuple(proposal.causes[i] for i in rows),
                effects=tuple(proposal.effects[j] for j in columns),
                probabilities=tuple(float(p) for p in matrix[np.ix_(rows, columns)].ravel()),
            )
