"""Best-first search of loopless paths in an adjacency, exact for any mix of bounds.

Yen's method with two changes. Costs to go are computed once per target, one array for each number of links left
(Bellman's recursion, in numpy), so that the search inside knows what each step must still cost and seldom strays; and
a deviation is only worked out when its lower bound comes up. A sign or must-pass concepts make the state
(concept, sign so far, must-pass concepts met); then the best walk may meet a concept twice: it is not given out but
split like any other, which keeps the search exact.

Source: Yen 1971; A* with exact reverse costs inside it as in Martins and Pascoal 2003; postponed deviations as in
Kurz and Mutzel 2016.
"""

import heapq
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from graph.adjacency import Adjacency, Floats, Ints
from graph.costs import Quest, costs_to_go

MAX_LABELS = 1_000_000


class Step(NamedTuple):
    """A link out of a concept and the least that a path through it must still cost."""

    total: float
    cost: float
    edge: int
    sign: int
    head: int
    state: int


class Path(NamedTuple):
    """A path: its cost, its concepts, its links as (relation number, sign)."""

    cost: float
    nodes: tuple[int, ...]
    links: tuple[tuple[int, int], ...]


class _Start(NamedTuple):
    """All paths that begin with these links and whose next link is not among those ruled out."""

    nodes: tuple[int, ...]
    links: tuple[tuple[int, int], ...]
    state: int
    cost: float
    ruled_out: frozenset[tuple[int, int]]


class _Label(NamedTuple):
    cost: float
    node: int
    state: int
    links: int
    parent: "_Label | None"
    step: Step | None


class PathSearch:
    """One search; `complete` is False once it gave up for the number of labels."""

    def __init__(self, adjacency: Adjacency, quest: Quest, max_labels: int = MAX_LABELS) -> None:
        self.adjacency, self.quest = adjacency, quest
        self.complete = True
        self._labels = max_labels
        self._masks = 1 << len(quest.via)
        self._bit = {node: 1 << place for place, node in enumerate(quest.via)}
        self._sources = frozenset(quest.sources) - quest.targets
        self._rows: dict[tuple[int, int, int], list[Step]] = {}
        self._to_go = costs_to_go(adjacency, quest)
        self._ticks = itertools.count()

    def paths(self, sources: Sequence[int] | None = None) -> Iterator[Path]:
        """Loopless paths from the quest's sources, or from these, cheapest first."""
        heap: list[tuple[float, int, int, _Start, Path | None]] = []
        for source in dict.fromkeys(self.quest.sources if sources is None else sources):
            self._push(heap, _Start((source,), (), self._bit.get(source, 0), 0.0, frozenset()))
        given: set[tuple[int, ...]] = set()
        while heap:
            bound, _, _, start, path = heapq.heappop(heap)
            if bound > self.quest.cutoff:
                return
            if path is None:
                path = self._complete(start)
                if path is not None:
                    heapq.heappush(heap, (path.cost, len(path.links), next(self._ticks), start, path))
                continue
            loop = _first_repeat(path.nodes)
            for part in self._split(start, path, loop):
                self._push(heap, part)
            # the same concepts with other signs on the way are the same chain, less believed
            if loop == len(path.nodes) and path.nodes not in given:
                given.add(path.nodes)
                yield path

    def _push(self, heap: list[tuple[float, int, int, _Start, Path | None]], start: _Start) -> None:
        for step in self._row(start.nodes[-1], start.state, self._left(len(start.links))):
            if step.head not in start.nodes and (step.edge, step.sign) not in start.ruled_out:
                heapq.heappush(heap, (start.cost + step.total, len(start.links), next(self._ticks), start, None))
                return

    def _split(self, start: _Start, path: Path, loop: int) -> Iterator[_Start]:
        """The rest of a start's paths once `path` is taken: those that leave it at each of its concepts."""
        state, cost = start.state, start.cost
        for place in range(len(start.nodes) - 1, min(len(path.links), loop)):
            links = path.links[:place]
            ruled_out = start.ruled_out if place == len(start.nodes) - 1 else frozenset[tuple[int, int]]()
            yield _Start(path.nodes[: place + 1], links, state, cost, ruled_out | {path.links[place]})
            edge, sign = path.links[place]
            state = self._next_state(state, path.nodes[place + 1], sign)
            cost += self._cost(edge, sign)

    def _complete(self, start: _Start) -> Path | None:
        """The cheapest way on from a start to a target, by A* over the costs to go."""
        shut = self._sources.union(start.nodes)
        heap: list[tuple[float, int, int, _Label, int]] = []
        reached: dict[tuple[int, int], list[tuple[int, float]]] = {}
        root = _Label(start.cost, start.nodes[-1], start.state, len(start.links), None, None)
        self._offer(heap, root, 0)
        while heap:
            total, _, _, label, place = heapq.heappop(heap)
            if total > self.quest.cutoff:
                return None
            self._labels -= 1
            if self._labels < 0:
                self.complete = False
                return None
            self._offer(heap, label, place + 1)
            step = self._row(label.node, label.state, self._left(label.links))[place]
            if step.head in shut or (label is root and (step.edge, step.sign) in start.ruled_out):
                continue
            child = _Label(label.cost + step.cost, step.head, step.state, label.links + 1, label, step)
            if step.head in self.quest.targets:
                return _path_of(start, child)
            if not self._dominated(reached, child):
                self._offer(heap, child, 0)
        return None

    def _offer(self, heap: list[tuple[float, int, int, _Label, int]], label: _Label, place: int) -> None:
        """Only the next best step of a label waits, so that a hub costs no more than what is taken of it."""
        row = self._row(label.node, label.state, self._left(label.links))
        if place < len(row):
            heapq.heappush(heap, (label.cost + row[place].total, label.links, next(self._ticks), label, place))

    def _dominated(self, reached: dict[tuple[int, int], list[tuple[int, float]]], label: _Label) -> bool:
        """Whether the same state was reached as cheaply with no more links; the cost to go hangs on the links left."""
        links = 0 if self.quest.max_links is None else label.links
        others = reached.setdefault((label.node, label.state), [])
        if any(other <= links and cost <= label.cost for other, cost in others):
            return True
        others.append((links, label.cost))
        return False

    def _left(self, links: int) -> int:
        """Which layer holds the costs to go after one more link, -1 where no link is left."""
        if self.quest.max_links is None:
            return len(self._to_go) - 1
        return min(self.quest.max_links - links, len(self._to_go)) - 1

    def _row(self, node: int, state: int, layer: int) -> list[Step]:
        if layer < 0:
            return []
        key = (node, state, layer)
        if key not in self._rows:
            self._rows[key] = self._make_row(node, state, self._to_go[layer])
        return self._rows[key]

    def _make_row(self, node: int, state: int, to_go: Floats) -> list[Step]:
        """Steps out of a concept, cheapest total first."""
        graph = self.adjacency
        edges = slice(int(graph.starts[node]), int(graph.starts[node + 1]))
        heads = graph.effects[edges]
        if self.quest.sign is None:
            rows = [(graph.cost[edges], graph.sign[edges], self._states(state, heads, 1))]
        else:
            rows = [
                (graph.plus[edges], np.ones(len(heads), np.int8), self._states(state, heads, 1)),
                (graph.minus[edges], np.full(len(heads), -1, np.int8), self._states(state, heads, -1)),
            ]
        steps: list[Step] = []
        for costs, signs, states in rows:
            totals = costs + to_go[states, heads]
            keep = np.flatnonzero(np.isfinite(totals) & (totals <= self.quest.cutoff))
            columns = (totals[keep], costs[keep], keep + edges.start, signs[keep], heads[keep], states[keep])
            steps += map(Step._make, zip(*(column.tolist() for column in columns), strict=True))
        steps.sort()
        return steps

    def _states(self, state: int, heads: Ints, sign: int) -> Ints:
        states = np.full(len(heads), self._flip(state, sign), np.int64)
        for node, bit in self._bit.items():
            states[heads == node] |= bit
        return states

    def _flip(self, state: int, sign: int) -> int:
        return state ^ self._masks if sign < 0 and self.quest.sign is not None else state

    def _next_state(self, state: int, head: int, sign: int) -> int:
        return self._flip(state, sign) | self._bit.get(head, 0)

    def _cost(self, edge: int, sign: int) -> float:
        if self.quest.sign is None:
            return float(self.adjacency.cost[edge])
        return float((self.adjacency.plus if sign > 0 else self.adjacency.minus)[edge])


def _first_repeat(nodes: Sequence[int]) -> int:
    """Place of the first concept that was met before, the length where there is none."""
    met: set[int] = set()
    for place, node in enumerate(nodes):
        if node in met:
            return place
        met.add(node)
    return len(nodes)


def _path_of(start: _Start, label: _Label) -> Path:
    steps: list[Step] = []
    last: _Label | None = label
    while last is not None and last.step is not None:
        steps.append(last.step)
        last = last.parent
    steps.reverse()
    return Path(
        label.cost,
        start.nodes + tuple(step.head for step in steps),
        start.links + tuple((step.edge, step.sign) for step in steps),
    )
