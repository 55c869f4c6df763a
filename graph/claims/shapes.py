"""What the tagger is told of a parse: which words may head a phrase, and how two words hang together."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from graph.claims.proposals import Proposal
from graph.claims.runs import is_clause
from graph.claims.spans import Piece
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABELS = 256
FAR = 40
_RULES = 512
_FAMILIES = 64
_DEEP = 7
_LENGTHS = (0, 8, 16, 30, 45, 80, 120)
_COUNTS = (0, 1, 2, 3, 5, 9, 17)
_SIGNS = ("+", "-", "better", "worse", "state")
_CERTAINTIES = tuple(Certainty)
_NAMING = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
Ints = npt.NDArray[np.int64]

# The columns of a pair, each with its own stretch of rows in one table; those from `rule` on are 0 for a pair that
# no rule proposes.
_WIDTHS = {
    "distance": 2 * FAR + 1,
    "path": _DEEP * _DEEP,
    "rule": _RULES + 1,
    "family": _FAMILIES + 1,
    "sign": len(_SIGNS) + 1,
    "certainty": len(_CERTAINTIES) + 1,
    "refers": 5,
    "cause_length": len(_LENGTHS) + 1,
    "effect_length": len(_LENGTHS) + 1,
    "causes": len(_COUNTS) + 1,
    "effects": len(_COUNTS) + 1,
    "ties": len(_COUNTS) + 1,
    "trigger": 2 * LABELS + 1,
}
COLUMNS = len(_WIDTHS)
ROWS = sum(_WIDTHS.values())
_FIRST = np.cumsum([0, *_WIDTHS.values()][:-1])


@dataclass(frozen=True, slots=True)
class Tie:
    """One cause and one effect of a proposal."""

    proposal: Proposal
    cause: Piece
    effect: Piece


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of words of one parse.

    Args:
        cause, effect: (p,) token indices of the two words.
        joint: (p,) token index of the word that ties them: the trigger, or where their paths in the parse meet.
        columns: (p, COLUMNS) rows of the table of pair features.
    """

    cause: Ints
    effect: Ints
    joint: Ints
    columns: Ints


def ties_of(proposals: Sequence[Proposal]) -> list[Tie]:
    """Each pair of each proposal, cause by cause."""
    return [Tie(p, cause, effect) for p in proposals for cause in p.causes for effect in p.effects]


def labels_of(doc: "Doc") -> Ints:
    """For each token the numbers of its tag and of its dependency label, (n, 2)."""
    found = [[_bucket(t.tag_, LABELS), LABELS + _bucket(t.dep_, LABELS)] for t in doc]
    return np.array(found, np.int64).reshape(len(doc), 2)


def heads_of(doc: "Doc") -> list[int]:
    """The tokens that may head a phrase which names a cause or an effect."""
    return [t.i for t in doc if (t.pos_ in _NAMING and any(map(str.isalpha, t.text))) or is_clause(t)]


def free_pairs(doc: "Doc") -> Pairs:
    """Every ordered pair of words that may head phrases, near enough to each other."""
    heads = np.array(heads_of(doc), np.int64)
    rows, columns = np.meshgrid(heads, heads, indexing="ij")
    near = (rows != columns) & (abs(rows - columns) <= FAR)
    cause, effect = rows[near], columns[near]
    joint, path = _meetings(doc, cause, effect)
    told = np.zeros((len(cause), COLUMNS), np.int64)
    told[:, 0], told[:, 1] = _distance(cause, effect), path
    return Pairs(cause, effect, joint, told + _FIRST)


def tied_pairs(doc: "Doc", ties: Sequence[Tie]) -> Pairs:
    """The pairs of the ties, with what their rule says."""
    cause = np.array([tie.cause.head for tie in ties], np.int64)
    effect = np.array([tie.effect.head for tie in ties], np.int64)
    joint = np.array([tie.proposal.trigger for tie in ties], np.int64)
    told = np.zeros((len(ties), COLUMNS), np.int64)
    told[:, 0], told[:, 1] = _distance(cause, effect), _meetings(doc, cause, effect)[1]
    for row, tie in enumerate(ties):
        told[row, 2:] = _said(doc, tie, len(ties))
    return Pairs(cause, effect, joint, told + _FIRST)


def _said(doc: "Doc", tie: Tie, ties: int) -> list[int]:
    proposal, cause, effect = tie.proposal, tie.cause, tie.effect
    trigger = doc[proposal.trigger]
    return [
        1 + _bucket(proposal.rule, _RULES),
        1 + _bucket(proposal.rule.split("/")[0], _FAMILIES),
        1 + _SIGNS.index(proposal.sign),
        1 + _CERTAINTIES.index(proposal.certainty),
        1 + 2 * bool(cause.refers) + bool(effect.refers),
        _step(cause.end - cause.start, _LENGTHS),
        _step(effect.end - effect.start, _LENGTHS),
        _step(len(proposal.causes), _COUNTS),
        _step(len(proposal.effects), _COUNTS),
        _step(ties, _COUNTS),
        1 + _bucket(f"{trigger.tag_}/{trigger.dep_}", 2 * LABELS),
    ]


def _step(number: int, steps: tuple[int, ...]) -> int:
    return sum(number >= step for step in steps)


def _bucket(name: str, buckets: int) -> int:
    return zlib.crc32(name.encode()) % buckets


def _distance(cause: Ints, effect: Ints) -> Ints:
    steps: Ints = np.clip(effect - cause, -FAR, FAR) + FAR
    return steps


def _meetings(doc: "Doc", cause: Ints, effect: Ints) -> tuple[Ints, Ints]:
    """Where the paths of each pair to the root meet, and a number for how far up and down the path goes."""
    if not len(cause):
        return cause, cause
    above = _above(doc)
    depth = above.sum(axis=1)
    both = above[cause] & above[effect]
    joint = np.where(both.any(axis=1), np.where(both, depth, 0).argmax(axis=1), cause)
    up = np.clip(depth[cause] - depth[joint], 0, _DEEP - 1)
    down = np.clip(depth[effect] - depth[joint], 0, _DEEP - 1)
    return joint, up * _DEEP + down


def _above(doc: "Doc") -> npt.NDArray[np.bool_]:
    """Which tokens stand on each token's way to its root, itself among them, (n, n)."""
    tokens = np.arange(len(doc))
    heads = np.array([token.head.i for token in doc], np.int64)
    above = np.eye(len(doc), dtype=np.bool_)
    at = heads
    while not above[tokens, at].all():
        above[tokens, at] = True
        at = heads[at]
    return above
