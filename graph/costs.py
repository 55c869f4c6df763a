"""Costs to go: the least that a path must still cost from each concept to a target, for every number of links left."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from threading import Lock

import numpy as np

from graph.adjacency import Adjacency, Floats, Ints, places_of

# Searches whose costs to go are kept with a graph; pages of an app share it among threads.
KEPT = 8
_KEEPING = Lock()


@dataclass(frozen=True, slots=True)
class Quest:
    """What is looked for.

    Args:
        sources, targets: numbers of the concepts where a path may begin and end; inner concepts are in neither.
        via: numbers of concepts that it must meet, at most four.
        barred: numbers of concepts that it must not meet.
        sign: product of its signs, None where it doesn't matter.
        max_links: most links, None for any number.
        cutoff: highest cost of a path.
    """

    sources: tuple[int, ...]
    targets: frozenset[int]
    via: tuple[int, ...] = ()
    barred: frozenset[int] = frozenset()
    sign: int | None = None
    max_links: int | None = None
    cutoff: float = inf


def costs_to_go(adjacency: Adjacency, quest: Quest) -> list[Floats]:
    """Costs to a target with at most 0, 1, 2 ... links, each (states, n); kept for the next search of these targets.

    Walks are counted, so they are lower bounds for paths. With any number of links allowed only the last is given.
    """
    key = (quest.targets, quest.via, quest.barred, quest.sign, quest.max_links)
    layers = adjacency.memory.get(key)
    if layers is None:
        layers = _layers(adjacency, quest)
        with _KEEPING:
            if len(adjacency.memory) >= KEPT:
                adjacency.memory.pop(next(iter(adjacency.memory)))
            adjacency.memory[key] = layers
    return layers


def _layers(adjacency: Adjacency, quest: Quest) -> list[Floats]:
    if quest.max_links is None:
        return [_least_to_go(adjacency, quest)]
    ends = _ends(quest, len(adjacency.ids))
    fixed = np.array(sorted(quest.targets | quest.barred), np.int64)
    layers = [ends]
    changed = np.flatnonzero(np.isfinite(ends).any(axis=0))
    while len(changed) and len(layers) < quest.max_links:
        new = _relaxed(adjacency, quest, layers[-1], changed)
        new[:, fixed] = ends[:, fixed]
        changed = np.flatnonzero((new < layers[-1]).any(axis=0))
        if len(changed):
            layers.append(new)
    return layers


def _least_to_go(adjacency: Adjacency, quest: Quest) -> Floats:
    """Costs to go with any number of links, (states, n).

    Source: delta-stepping, Meyer and Sanders 2003: concepts are taken in bands of cost, so that most are done once.
    """
    ends = _ends(quest, len(adjacency.ids))
    fixed = np.array(sorted(quest.targets | quest.barred), np.int64)
    finite = adjacency.cost[np.isfinite(adjacency.cost)]
    band = float(finite.mean()) / 3 if len(finite) else 0.0
    costs, edge = ends.copy(), 0.0
    pending = np.zeros(len(adjacency.ids), np.bool_)
    waiting = np.flatnonzero(np.isfinite(ends).any(axis=0))
    while len(waiting):
        least = costs[:, waiting].min(axis=0)
        if least.min() > edge:
            edge = float(least.min()) + band
        active = waiting[least <= edge]
        pending[waiting] = least > edge
        for state, causes, totals in _totals_into(adjacency, quest, costs, active):
            better = totals < costs[state, causes]
            np.minimum.at(costs[state], causes[better], totals[better])
            pending[causes[better]] = True
        costs[:, fixed] = ends[:, fixed]
        pending[fixed] = False
        waiting = np.flatnonzero(pending)
    return costs


def _relaxed(adjacency: Adjacency, quest: Quest, last: Floats, changed: Ints) -> Floats:
    """Costs to go with one more link, given where the costs to go changed with the link before."""
    new = last.copy()
    count = int((adjacency.into.starts[changed + 1] - adjacency.into.starts[changed]).sum())
    if count * 4 < len(adjacency.causes):
        for state, causes, totals in _totals_into(adjacency, quest, last, changed):
            np.minimum.at(new[state], causes, totals)
        return new
    rows = np.flatnonzero(np.diff(adjacency.starts))
    for state in range(len(last)):
        least = np.minimum.reduceat(edge_totals(adjacency, quest, last, state), adjacency.starts[rows])
        new[state, rows] = np.minimum(new[state, rows], least)
    return new


def _totals_into(adjacency: Adjacency, quest: Quest, to_go: Floats, heads: Ints) -> Iterator[tuple[int, Ints, Floats]]:
    """For each state: the causes of all relations into these concepts, and their costs with what is to go after."""
    into = adjacency.into
    places, counts = places_of(into.starts, heads)
    causes = into.causes[places]
    for state in range(len(to_go)):
        after = np.repeat(arrival(quest, to_go, state)[heads], counts)
        if quest.sign is None:
            yield state, causes, into.cost[places] + after
        else:
            flipped = np.repeat(arrival(quest, to_go, state ^ (1 << len(quest.via)))[heads], counts)
            yield state, causes, np.minimum(into.plus[places] + after, into.minus[places] + flipped)


def edge_totals(adjacency: Adjacency, quest: Quest, to_go: Floats, state: int) -> Floats:
    """For each relation: its cost and what is to go after it, when its cause is left in this state."""
    if quest.sign is None:
        totals: Floats = adjacency.cost + arrival(quest, to_go, state)[adjacency.effects]
        return totals
    plus = adjacency.plus + arrival(quest, to_go, state)[adjacency.effects]
    minus = adjacency.minus + arrival(quest, to_go, state ^ (1 << len(quest.via)))[adjacency.effects]
    least: Floats = np.minimum(plus, minus)
    return least


def arrival(quest: Quest, to_go: Floats, state: int) -> Floats:
    """Cost to go from each concept when it is entered in this state: a must-pass concept is then met."""
    costs: Floats = to_go[state]
    if quest.via:
        costs = costs.copy()
        for place, node in enumerate(quest.via):
            costs[node] = to_go[state | 1 << place, node]
    return costs


def _ends(quest: Quest, count: int) -> Floats:
    """Costs to go with no link: 0 at a target in a state that fulfils the quest."""
    masks = 1 << len(quest.via)
    ends = np.full((masks if quest.sign is None else 2 * masks, count), inf)
    wanted = masks - 1 + (masks if quest.sign == -1 else 0)
    ends[wanted, sorted(quest.targets - quest.barred)] = 0.0
    return ends
