"""Levels: how present each concept is when the articles' claims are let run, by noisy-or to the fixed point.

A level is no probability that a body has something: it weighs claims. Formula, for a concept `v`:

    raised(v) = 1 - (1 - prior(v)) * product over relations that raise v of (1 - 0.5 * belief * level(cause))
    level(v)  = raised(v) * product over relations that lower v of (1 - belief * level(cause))

Source: noisy-or, Pearl 1988, Probabilistic Reasoning in Intelligent Systems, 4.3.2; the lowering factor is its dual.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from corpus.errors import ConceptError, QueryError
from graph.adjacency import Floats, Ints
from graph.assembly import CausalGraph, Relation
from graph.concepts import ConceptKind

# How present a concept is of itself, for reasons that no article names. Chosen: whether somebody does a thing is not
# known, nobody takes a remedy until told to, the rest seldom comes from nothing.
PRIORS: Mapping[ConceptKind, float] = {
    "behaviour": 0.3,
    "remedy": 0.0,
    "condition": 0.05,
    "outcome": 0.05,
    "open": 0.05,
}
# How often a cause that is there brings its effect. Chosen: articles say "can lead to" and seldom how often; with 1
# levels of what has many causes are all near 1. What lowers counts whole: a remedy is asked what it could do.
TRANSMISSION = 0.5
TOLERANCE = 1e-6
MOST_ITERATIONS = 200
# From here on each step goes half way only, which settles levels that lowering relations make swing.
DAMPED_AFTER = 50


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels at the fixed point.

    Args:
        values: concept id -> level, 0..1.
        iterations: how many it took.
        change: largest change of any level in the last one.
        converged: whether that is below the tolerance; where not, the levels still swing and are not to be trusted.
    """

    values: Mapping[str, float]
    iterations: int
    change: float
    converged: bool


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Relations as arrays for level computation, sorted by effect.

    Args:
        ids: concept ids, (n,).
        index: concept id -> number.
        causes, effects: of each weighted relation, (m,) int64.
        weights: belief times TRANSMISSION of what raises, belief of what lowers, (m,) float64, below 1.
        raising: whether it raises, (m,) bool. A disputed relation is there once for each sign.
        priors: (n,) float64.
    """

    ids: tuple[str, ...]
    index: Mapping[str, int]
    causes: Ints
    effects: Ints
    weights: Floats
    raising: npt.NDArray[np.bool_]
    priors: Floats


@dataclass(frozen=True, slots=True)
class Influence:
    """What one relation does to a target's level.

    Args:
        relation: the relation.
        slope: change of the target's level for a unit of its belief.
        level_without: the target's level were the relation not there, 0..1.
    """

    relation: Relation
    slope: float
    level_without: float


def levels(
    graph: CausalGraph,
    *,
    present: Collection[str] = (),
    absent: Collection[str] = (),
    tolerance: float = TOLERANCE,
    most_iterations: int = MOST_ITERATIONS,
) -> Levels:
    """The level of every concept, with some held present (1) or absent (0).

    What is held present acts on what follows from it, not on what it follows from: this is asking "what if", not
    reasoning back from a symptom.

    Raises:
        ConceptError: a concept that the graph doesn't have.
        QueryError: a concept both present and absent.
    """
    network = build_network(graph)
    held = hold(network, present, absent)
    values, iterations, change = solve(network, held[:, None], tolerance, most_iterations)
    return Levels(
        dict(zip(network.ids, values[:, 0].tolist(), strict=True)), iterations, change, bool(change <= tolerance)
    )


def sensitivity(
    graph: CausalGraph, target: str, *, k: int = 10, present: Collection[str] = (), absent: Collection[str] = ()
) -> tuple[Influence, ...]:
    """The k relations whose belief moves the target's level most, by slope at the fixed point.

    Raises:
        ConceptError: a concept that the graph doesn't have.
    """
    network = build_network(graph)
    held = hold(network, present, absent)
    goal = number_of(network, target)
    values, _, _ = solve(network, held[:, None])
    by_weight = pulls(network, held, values[:, 0], goal)[1] * values[network.causes, 0]
    slopes = by_weight * np.where(network.raising, TRANSMISSION, 1.0)
    ranked = np.argsort(-np.abs(slopes), kind="stable")[:k]
    ends = [(network.ids[network.causes[e]], network.ids[network.effects[e]]) for e in ranked]
    return tuple(
        Influence(graph.relations[pair], float(slopes[edge]), _level_without(network, held, int(edge), goal))
        for edge, pair in zip(ranked, ends, strict=True)
        if slopes[edge] != 0
    )


def build_network(graph: CausalGraph) -> Network:
    """The arrays of a graph for level computation; kept for the next call."""
    return graph.remember("network", lambda: _make_network(graph))


def _make_network(graph: CausalGraph) -> Network:
    adjacency = graph.adjacency
    plus, minus = np.exp(-adjacency.plus), np.exp(-adjacency.minus)
    up, down = np.flatnonzero(plus > 0), np.flatnonzero(minus > 0)
    edges = np.concatenate([up, down])
    raising = np.arange(len(edges)) < len(up)
    weights = np.concatenate([TRANSMISSION * plus[up], minus[down]])
    order = np.argsort(adjacency.effects[edges], kind="stable")
    return Network(
        ids=adjacency.ids,
        index=adjacency.index,
        causes=adjacency.causes[edges][order],
        effects=adjacency.effects[edges][order],
        weights=weights[order],
        raising=raising[order],
        priors=np.array([PRIORS[graph.concepts[name].kind] for name in adjacency.ids]),
    )


def narrow(network: Network, keep: npt.NDArray[np.bool_]) -> Network:
    """The same concepts with only some of the relations; keep is (m,) bool."""
    return replace(
        network,
        causes=network.causes[keep],
        effects=network.effects[keep],
        weights=network.weights[keep],
        raising=network.raising[keep],
    )


def number_of(network: Network, concept: str) -> int:
    """A concept's number.

    Raises:
        ConceptError: the graph doesn't have it.
    """
    if concept not in network.index:
        raise ConceptError(f"No concept {concept!r} in this library; see the list of concepts for what it has.")
    return network.index[concept]


def hold(network: Network, present: Collection[str], absent: Collection[str]) -> Floats:
    """What is held: 1 present, 0 absent, NaN free. (n,) float64.

    Raises:
        ConceptError: a concept that the graph doesn't have.
        QueryError: a concept both present and absent.
    """
    both = sorted(set(present) & set(absent))
    if both:
        raise QueryError(f"{both[0]} can't be both present and absent; choose one.")
    held = np.full(len(network.ids), np.nan)
    for names, level in ((present, 1.0), (absent, 0.0)):
        for name in names:
            held[number_of(network, name)] = level
    return held


def solve(
    network: Network,
    held: Floats,
    tolerance: float = TOLERANCE,
    most_iterations: int = MOST_ITERATIONS,
    begin: Floats | None = None,
) -> tuple[Floats, int, float]:
    """Levels at the fixed point for several scenarios at once.

    Without lowering relations there is just one fixed point above 0 and the iteration climbs to it: the map is
    monotone and strictly subhomogeneous wherever priors are above 0.

    Args:
        network: the relations.
        held: 1 present, 0 absent, NaN free, (n, scenarios) float64.
        tolerance: largest change at which it stops.
        most_iterations: when it stops in any case.
        begin: levels near the answer, (n, 1) or (n, scenarios); the priors where not given.

    Returns:
        Levels (n, scenarios), iterations, and the largest change in the last one.
    """
    free = np.isnan(held)
    values = np.where(free, network.priors[:, None] if begin is None else begin, held)
    sums = _Sums(network)
    change, iteration = np.inf, 0
    while change > tolerance and iteration < most_iterations:
        iteration += 1
        new = np.where(free, sums.step(values), values)
        change = float(np.abs(new - values).max(initial=0.0))
        values = new if iteration <= DAMPED_AFTER else (values + new) / 2
    return values, iteration, change


def load(network: Network, values: Floats, goal: int) -> Floats:
    """-log(1 - level) of a concept in each scenario, exact also where the level itself is 1 but for rounding.

    Args:
        network: the relations.
        values: levels, (n, scenarios); the concept's own is not looked at.
        goal: number of the concept.
    """
    spared = np.full(values.shape[1], np.log1p(-network.priors[goal]))
    kept = np.zeros(values.shape[1])
    for side, total in ((network.raising, spared), (~network.raising, kept)):
        edges = np.flatnonzero(side & (network.effects == goal))
        total += np.log1p(-network.weights[edges, None] * values[network.causes[edges]]).sum(axis=0)
    # 1 - level = 1 - (1 - spared) * kept = spared * kept + (1 - kept), in logarithms
    with np.errstate(divide="ignore"):
        loads: Floats = -np.logaddexp(spared + kept, np.log(-np.expm1(kept)))
    return loads


class _Sums:
    """One iteration, with the sums over relations of each effect laid out once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._sides = []
        for side in (network.raising, ~network.raising):
            edges = np.flatnonzero(side)
            targets, first = np.unique(network.effects[edges], return_index=True)
            self._sides.append((network.causes[edges], network.weights[edges], targets, first))

    def step(self, values: Floats) -> Floats:
        """Levels after one more iteration. (n, scenarios)."""
        spared, kept = (self._product(values, *side) for side in self._sides)
        return (1 - (1 - self._network.priors[:, None]) * spared) * kept

    def products(self, values: Floats) -> tuple[Floats, Floats]:
        """For each concept the products over raising and over lowering relations of (1 - belief x level)."""
        spared, kept = (self._product(values, *side) for side in self._sides)
        return spared, kept

    def _product(self, values: Floats, causes: Ints, weights: Floats, targets: Ints, first: Ints) -> Floats:
        product = np.ones_like(values)
        if len(targets):
            product[targets] = np.multiply.reduceat(1 - weights[:, None] * values[causes], first, axis=0)
        return product


def pulls(network: Network, held: Floats, values: Floats, goal: int) -> tuple[Floats, Floats]:
    """Derivatives of the goal's level at the fixed point, by the adjoint method.

    Returns:
        By each concept's level, (n,), and by each relation's (weight x level of its cause), (m,).
    """
    spared, kept = (product[:, 0] for product in _Sums(network).products(values[:, None]))
    left = 1 - network.weights * values[network.causes]
    heads = network.effects
    unraised = (1 - network.priors) * spared
    gain = np.where(network.raising, unraised[heads] * kept[heads], -(1 - unraised[heads]) * kept[heads]) / left
    gain = np.where(np.isnan(held)[heads], gain, 0.0)
    pull = np.zeros(len(values))
    for _ in range(MOST_ITERATIONS):
        passed = np.bincount(network.causes, pull[heads] * gain * network.weights, len(values))
        new: Floats = passed.astype(np.float64)
        new[goal] += 1.0
        settled = np.abs(new - pull).max() <= TOLERANCE * 1e-3
        pull = new
        if settled:
            break
    return pull, pull[heads] * gain


def _level_without(network: Network, held: Floats, edge: int, goal: int) -> float:
    weights = network.weights.copy()
    weights[edge] = 0.0
    lessened = replace(network, weights=weights)
    values, _, _ = solve(lessened, held[:, None])
    return float(values[goal, 0])
