"""Far ends: where the best chains to a target begin, so that none given is a mere part of another."""

from collections.abc import Iterator
from math import inf

import numpy as np
import numpy.typing as npt

from graph.adjacency import Adjacency, Floats, Ints
from graph.costs import Quest, arrival, costs_to_go, edge_totals


def far_ends(adjacency: Adjacency, quest: Quest) -> Iterator[int]:
    """Concepts whose best chain to the targets is part of no other concept's best chain, best first."""
    last = costs_to_go(adjacency, quest)[-1]
    totals = [edge_totals(adjacency, quest, last, state) for state in range(len(last))]
    best = np.full_like(last, inf)
    for state, costs in enumerate(totals):
        np.minimum.at(best[state], adjacency.causes, costs)
    best[:, np.array(sorted(quest.targets | quest.barred), np.int64)] = inf
    ends = np.where(_passed(adjacency, quest, last, totals, best), inf, best[0])
    found = np.flatnonzero(np.isfinite(ends) & (ends <= quest.cutoff))
    yield from found[np.argsort(ends[found], kind="stable")].tolist()


def _passed(
    adjacency: Adjacency, quest: Quest, last: Floats, totals: list[Floats], best: Floats
) -> npt.NDArray[np.bool_]:
    """Whether a concept, met in the state in which chains begin, is an inner one of some best chain. (n,) bool."""
    choices = np.array([_choices(adjacency, costs, best[state]) for state, costs in enumerate(totals)])
    passed = np.zeros(best.shape, np.bool_)
    states, nodes = np.zeros(best.shape[1], np.int64), np.arange(best.shape[1])
    while len(nodes):
        edges = choices[states, nodes]
        alive = edges >= 0
        edges, states = edges[alive], states[alive]
        heads = adjacency.effects[edges]
        states = _next_states(adjacency, quest, last, edges, states)
        new = np.unique(states[~passed[states, heads]] * best.shape[1] + heads[~passed[states, heads]])
        states, nodes = np.divmod(new, best.shape[1])
        passed[states, nodes] = True
    begun: npt.NDArray[np.bool_] = passed[0]
    return begun


def _choices(adjacency: Adjacency, costs: Floats, best: Floats) -> Ints:
    """The relation with which each concept's best chain begins, -1 where it has none. (n,)."""
    edges = np.flatnonzero((costs == best[adjacency.causes]) & np.isfinite(costs))[::-1]
    choices = np.full(len(best), -1, np.int64)
    choices[adjacency.causes[edges]] = edges
    return choices


def _next_states(adjacency: Adjacency, quest: Quest, last: Floats, edges: Ints, states: Ints) -> Ints:
    heads = adjacency.effects[edges]
    following = states.copy()
    if quest.sign is not None:
        arrivals = np.array([arrival(quest, last, state) for state in range(len(last))])
        flipped = states ^ (1 << len(quest.via))
        minus = adjacency.minus[edges] + arrivals[flipped, heads]
        following = np.where(minus < adjacency.plus[edges] + arrivals[states, heads], flipped, states)
    for place, node in enumerate(quest.via):
        following[heads == node] |= 1 << place
    return following
