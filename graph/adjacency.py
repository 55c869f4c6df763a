"""Adjacency: a causal graph as arrays, for search over many relations."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from graph.assembly import Relation

Floats = npt.NDArray[np.float64]
LEAST_COST = 1e-12

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Incoming:
    """Relations by effect: those of effect `v` are `starts[v]:starts[v + 1]`; costs as in `Adjacency`."""

    starts: Ints
    causes: Ints
    cost: Floats
    plus: Floats
    minus: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """Relations in compressed rows: those of cause `u` are `starts[u]:starts[u + 1]`, sorted by effect.

    Costs are -log belief, infinite where the belief is 0.

    Args:
        ids: concept ids, (n,); a concept's number is its place here.
        index: concept id -> number.
        starts: row bounds, (n + 1,) int64.
        causes, effects: numbers of the concepts of each relation, (m,) int64.
        cost: of the better supported sign, (m,) float64.
        plus, minus: costs of each sign, (m,) float64.
        sign: the better supported sign, (m,) int8.
        into: causes and costs once more, sorted by effect, so that searches backward read them in one go.
        memory: what searches keep between calls, by key; never more than a few entries.
    """

    ids: tuple[str, ...]
    index: Mapping[str, int]
    starts: Ints
    causes: Ints
    effects: Ints
    cost: Floats
    plus: Floats
    minus: Floats
    sign: npt.NDArray[np.int8]
    into: "Incoming"
    memory: dict[object, list[Floats]] = field(default_factory=dict, repr=False)


def build_adjacency(ids: Collection[str], relations: Mapping[tuple[str, str], "Relation"]) -> Adjacency:
    """The arrays of a graph's relations."""
    names = tuple(ids)
    index = {name: number for number, name in enumerate(names)}
    count = len(relations)
    rows = relations.values()
    causes = np.fromiter((index[r.cause] for r in rows), np.int64, count)
    effects = np.fromiter((index[r.effect] for r in rows), np.int64, count)
    return _rows(
        names,
        index,
        causes,
        effects,
        _costs(np.fromiter((r.belief for r in rows), np.float64, count)),
        _costs(np.fromiter((r.belief_for_plus for r in rows), np.float64, count)),
        _costs(np.fromiter((r.belief_for_minus for r in rows), np.float64, count)),
        np.fromiter((r.sign for r in rows), np.int8, count),
    )


def reverse(adjacency: Adjacency) -> Adjacency:
    """The same relations read from effect to cause."""
    back = adjacency
    return _rows(back.ids, back.index, back.effects, back.causes, back.cost, back.plus, back.minus, back.sign)


def places_of(starts: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """All places of several rows, one row after the other, and how many each row has."""
    counts: Ints = starts[rows + 1] - starts[rows]
    before = np.cumsum(counts) - counts
    places: Ints = np.repeat(starts[rows] - before, counts) + np.arange(counts.sum())
    return places, counts


def _rows(
    ids: tuple[str, ...],
    index: Mapping[str, int],
    causes: Ints,
    effects: Ints,
    cost: Floats,
    plus: Floats,
    minus: Floats,
    sign: npt.NDArray[np.int8],
) -> Adjacency:
    order = np.argsort(causes * len(ids) + effects, kind="stable")
    back = np.argsort(effects * len(ids) + causes, kind="stable")
    bounds = np.arange(len(ids) + 1)
    return Adjacency(
        ids=ids,
        index=index,
        starts=np.searchsorted(causes[order], bounds),
        causes=causes[order],
        effects=effects[order],
        cost=cost[order],
        plus=plus[order],
        minus=minus[order],
        sign=sign[order],
        into=Incoming(np.searchsorted(effects[back], bounds), causes[back], cost[back], plus[back], minus[back]),
    )


def _costs(beliefs: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        # never 0: of two chains with the same belief the one with fewer links is better, and no loop is free
        return np.maximum(-np.log(np.clip(beliefs, 0.0, 1.0)), LEAST_COST)
