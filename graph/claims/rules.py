"""All the rules over one parse."""

from typing import TYPE_CHECKING

from graph.claims.connectives import connective_proposals
from graph.claims.nominals import nominal_proposals
from graph.claims.proposals import Proposal
from graph.claims.verbs import verbal_proposals

if TYPE_CHECKING:
    from spacy.tokens import Doc


def proposals_of(doc: "Doc", *, question: bool = False) -> tuple[Proposal, ...]:
    """What the cues of a parsed text say, in the order of their cues; of two with the same phrases the first."""
    found = [
        *verbal_proposals(doc, question=question),
        *nominal_proposals(doc, question=question),
        *connective_proposals(doc, question=question),
    ]
    return tuple(sorted(found, key=lambda proposal: (proposal.cue_start, proposal.cue_end)))
