"""Loops: chains that return to where they began, most believed first, each told as a sentence."""

import heapq
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from math import inf, log, prod

from corpus.errors import ConceptError, QueryError
from graph.adjacency import Adjacency
from graph.assembly import CausalGraph, Relation
from graph.concepts import Claim, Concept, Sign
from graph.telling import tell

# Loops are looked for in rounds of ever less belief, so that what a time limit cuts off is what is believed least.
ROUNDS = (0.9, 0.7, 0.5, 0.35, 0.25, 0.15, 0.1, 0.03, 0.01, 0.001, 0.0)

# Concept -> (neighbour, cost) of each relation.
Ways = dict[int, list[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Loop:
    """Relations that return to where they began; no concept comes twice. It begins at its least concept id."""

    relations: tuple[Relation, ...]

    @property
    def concepts(self) -> tuple[str, ...]:
        """Concept ids, each once."""
        return tuple(relation.cause for relation in self.relations)

    @property
    def belief(self) -> float:
        """Product of the beliefs of its relations, 0..1."""
        return prod(relation.belief for relation in self.relations)

    @property
    def sign(self) -> Sign:
        """+1 where it feeds itself, -1 where it holds itself back."""
        return 1 if prod(relation.sign for relation in self.relations) > 0 else -1

    @property
    def reinforcing(self) -> bool:
        """Whether it is a vicious (or virtuous) circle."""
        return self.sign == 1

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim behind it, link by link."""
        return tuple(claim for relation in self.relations for claim in relation.claims)


@dataclass(frozen=True, slots=True)
class FoundLoops:
    """Loops, most believed first.

    Args:
        loops: every loop within the bounds that is believed more than `floor`.
        floor: belief at or below which loops may be missing; 0 where all within the bounds are here.
        left_out: what that means, in a sentence; "" where all are here.
    """

    loops: tuple[Loop, ...]
    floor: float
    left_out: str


def find_loops(
    graph: CausalGraph,
    *,
    max_links: int = 6,
    k: int = 100,
    min_belief: float = 0.0,
    through: str | None = None,
    seconds: float = 2.0,
) -> FoundLoops:
    """The k most believed simple loops of at most `max_links` relations, each relation with its better sign.

    Args:
        graph: where to look.
        max_links: most relations of a loop, 2 or more.
        k: how many.
        min_belief: least belief of a loop.
        through: a concept that it must meet.
        seconds: wall-clock time after which the search ends; what that leaves out is said.

    Raises:
        ConceptError: `through` is no concept of the graph.
        QueryError: a bound out of its range.
    """
    if max_links < 2 or k < 1:
        raise QueryError(f"max_links {max_links} and k {k}: a loop has 2 relations or more, ask for 1 loop or more.")
    if through is not None and through not in graph.concepts:
        raise ConceptError(f"No concept {through!r} in this library; see the list of concepts for what it has.")
    # loading it takes part of a second, once, and is not to count as time for looking
    import_module("scipy.sparse.csgraph")
    deadline = time.monotonic() + seconds
    floor = inf
    found: list[tuple[float, tuple[int, ...]]] = []
    for bound in (*(bound for bound in ROUNDS if bound > min_belief), min_belief):
        try:
            found = list(_loops_above(graph.adjacency, max_links, bound, through, deadline))
        except TimeoutError:
            break
        floor = bound
        if len(found) >= k:
            break
    found.sort()
    loops = tuple(_loop(graph, nodes) for _, nodes in found[:k])
    if len(found) > k:
        floor = loops[-1].belief
    return FoundLoops(loops, *_left_out(floor, min_belief, len(found) > k))


def loop_sentence(loop: Loop, concepts: Mapping[str, Concept]) -> str:
    """A loop told as a sentence."""
    names = [concepts[concept].name for concept in (*loop.concepts, loop.concepts[0])]
    round_ = "so it feeds itself" if loop.reinforcing else "so it holds itself back"
    return f"{tell(names, [relation.sign for relation in loop.relations])}: {round_}"


def _left_out(floor: float, min_belief: float, more: bool) -> tuple[float, str]:
    """Belief from which on all loops are there, and that in words."""
    if floor == inf:
        return 1.0, "The time ran out before the most believed loops were known; allow more seconds or fewer links."
    if more:
        return floor, f"There are more loops, of belief {floor:.3g} and less; ask for more to see them."
    if floor > min_belief:
        return floor, f"Loops of belief below {floor:.3g} were not looked for; allow more, or more seconds."
    return 0.0, ""


def _knots(adjacency: Adjacency, cutoff: float) -> list[Ways]:
    """Relations believed enough to be in a loop that is, by strongly connected component: a loop never leaves one."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    alive = np.isfinite(adjacency.cost) & (adjacency.cost <= cutoff)
    causes, effects, costs = adjacency.causes[alive], adjacency.effects[alive], adjacency.cost[alive]
    size = len(adjacency.ids)
    matrix = csr_matrix((np.ones(len(causes), np.int8), (causes, effects)), shape=(size, size))
    _, component = connected_components(matrix, connection="strong")
    inside = component[causes] == component[effects]
    knots: dict[int, Ways] = {}
    for cause, effect, cost in zip(
        causes[inside].tolist(), effects[inside].tolist(), costs[inside].tolist(), strict=True
    ):
        knots.setdefault(int(component[cause]), {}).setdefault(cause, []).append((effect, cost))
    return list(knots.values())


def _loops_above(
    adjacency: Adjacency,
    max_links: int,
    belief: float,
    through: str | None,
    deadline: float,
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Every loop believed at least so much, as (cost, concepts).

    Raises:
        TimeoutError: the deadline passed.
    """
    cutoff = -log(belief) + 1e-9 if belief > 0 else inf
    only = None if through is None else adjacency.index[through]
    for knot in _knots(adjacency, cutoff):
        if only is not None and only not in knot:
            continue
        into = _reversed(knot)
        # each loop is found once, from its least concept; with `through` only from there
        for first in [only] if only is not None else sorted(knot):
            if time.monotonic() > deadline:
                raise TimeoutError
            least = -1 if only is not None else first
            yield from _loops_from(knot, into, first, least, max_links, cutoff, deadline)


def _loops_from(
    knot: Ways,
    into: Ways,
    first: int,
    least: int,
    max_links: int,
    cutoff: float,
    deadline: float,
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Loops that begin at `first` and otherwise meet only concepts above `least`, by depth-first search."""
    cost_home, links_home = _home(into, first, least, max_links, cutoff)
    path, stack = [first], [(0.0, iter(knot[first]))]
    while stack:
        if time.monotonic() > deadline:
            raise TimeoutError
        spent, ways = stack[-1]
        for head, cost in ways:
            total = spent + cost
            if head == first and len(path) > 1 and total <= cutoff:
                yield total, tuple(path)
            elif (
                head in cost_home
                and head not in path
                and total + cost_home[head] <= cutoff
                and len(path) + links_home[head] <= max_links
            ):
                path.append(head)
                stack.append((total, iter(knot[head])))
                break
        else:
            stack.pop()
            path.pop()


def _home(into: Ways, first: int, least: int, max_links: int, cutoff: float) -> tuple[dict[int, float], dict[int, int]]:
    """Least cost and fewest links back to `first` from the concepts above `least` that can come home in the bounds."""
    if cutoff < inf:
        costs = _costs_home(into, first, cutoff, lambda tail: tail > least)
        links = _links_home(into, first, max_links, costs.__contains__)
    else:
        links = _links_home(into, first, max_links, lambda tail: tail > least)
        costs = _costs_home(into, first, cutoff, links.__contains__)
    return {node: cost for node, cost in costs.items() if node in links and node != first}, links


def _links_home(into: Ways, first: int, max_links: int, allowed: Callable[[int], bool]) -> dict[int, int]:
    links, ring = {first: 0}, [first]
    for depth in range(1, max_links):
        ring = [t for t in {tail for head in ring for tail, _ in into[head]} if t not in links and allowed(t)]
        links.update(dict.fromkeys(ring, depth))
    return links


def _costs_home(into: Ways, first: int, cutoff: float, allowed: Callable[[int], bool]) -> dict[int, float]:
    costs: dict[int, float] = {}
    heap = [(0.0, first)]
    while heap:
        cost, head = heapq.heappop(heap)
        if head in costs:
            continue
        costs[head] = cost
        for tail, step in into[head]:
            if tail not in costs and cost + step <= cutoff and allowed(tail):
                heapq.heappush(heap, (cost + step, tail))
    return costs


def _reversed(knot: Ways) -> Ways:
    into: Ways = {}
    for cause, ways in knot.items():
        for effect, cost in ways:
            into.setdefault(effect, []).append((cause, cost))
    return into


def _loop(graph: CausalGraph, nodes: tuple[int, ...]) -> Loop:
    ids = [graph.adjacency.ids[node] for node in nodes]
    start = ids.index(min(ids))
    ids = ids[start:] + ids[:start]
    return Loop(tuple(graph.relations[pair] for pair in zip(ids, [*ids[1:], ids[0]], strict=True)))
