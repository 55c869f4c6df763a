"""Trees: everything that leads to a concept, or follows from it, with shared parts merged and each share worked out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, inf, log
from typing import Literal

import numpy as np

from corpus.errors import ConceptError, QueryError
from graph.adjacency import Adjacency, reverse
from graph.assembly import CausalGraph, Relation
from graph.concepts import Claim, Concept, Sign
from graph.costs import Quest, costs_to_go

Ways = Mapping[int, list[tuple[int, float, Sign]]]


@dataclass(frozen=True, slots=True)
class Branch:
    """One concept of a tree.

    Args:
        concept: its id.
        links: fewest relations between it and the root of the tree.
        belief: of the best chain between it and the root, 0..1.
        share: of what reaches the root, how much passes here, 0..1; over the outermost concepts it adds up to 1.
        sign: +1 where every way in the tree raises, -1 where every way lowers, None where it depends.
        outermost: whether nothing in the tree lies beyond it: a root cause, or a last consequence.
        relations: from it towards the root (or, in a tree of what follows, from the root's side to it).
    """

    concept: str
    links: int
    belief: float
    share: float
    sign: Sign | None
    outermost: bool
    relations: tuple[Relation, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Claims behind its relations in the tree."""
        return tuple(claim for relation in self.relations for claim in relation.claims)


@dataclass(frozen=True, slots=True)
class Tree:
    """What leads to a concept, or what follows from it; each concept is there once.

    Args:
        root: id of the concept that it is about.
        branches: every other concept, best believed chain first.
        left_out: how many more concepts reach the root within its depth but were believed less.
    """

    root: str
    branches: tuple[Branch, ...]
    left_out: int

    @property
    def outermost(self) -> tuple[Branch, ...]:
        """Root causes (or last consequences), greatest share first."""
        return tuple(sorted((b for b in self.branches if b.outermost), key=lambda b: (-b.share, b.concept)))

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Every relation of the tree."""
        return tuple(relation for branch in self.branches for relation in branch.relations)


@dataclass(frozen=True, slots=True)
class Rib:
    """One bone of a fishbone: the branches of one structure, or of one kind of concept that has none.

    Args:
        name: structure id ("pelvis"), or kind ("behaviour").
        grouping: which of the two.
        share: sum of the shares of its outermost branches, 0..1.
        branches: greatest share first.
    """

    name: str
    grouping: Literal["structure", "kind"]
    share: float
    branches: tuple[Branch, ...]


def cause_tree(graph: CausalGraph, target: str, *, depth: int = 4, width: int = 60, min_belief: float = 0.0) -> Tree:
    """Everything that leads to the target within `depth` relations, the `width` best believed concepts of it.

    Of a loop's relations only those that lead towards the root are in the tree (the cause's best chain is believed less
    than the effect's), so that nothing turns in it; all others are. Shares: what reaches the target is 1; each concept
    hands what it has to its causes in proportion to their relations' beliefs.

    Raises:
        ConceptError: the target is no concept of the graph.
        QueryError: a bound out of its range.
    """
    return _tree(graph, graph.adjacency, target, depth, width, min_belief, backwards=False)


def follow_tree(graph: CausalGraph, cause: str, *, depth: int = 4, width: int = 60, min_belief: float = 0.0) -> Tree:
    """Everything that follows from the cause, in the same way as `cause_tree`.

    Raises:
        ConceptError: the cause is no concept of the graph.
        QueryError: a bound out of its range.
    """
    backwards = graph.remember("backwards", lambda: reverse(graph.adjacency))
    return _tree(graph, backwards, cause, depth, width, min_belief, backwards=True)


def fishbone(tree: Tree, concepts: Mapping[str, Concept]) -> tuple[Rib, ...]:
    """A tree as an Ishikawa diagram: branches by structure, those without one by kind; greatest share first."""
    groups: dict[tuple[str, Literal["structure", "kind"]], list[Branch]] = {}
    for branch in tree.branches:
        concept = concepts[branch.concept]
        key: tuple[str, Literal["structure", "kind"]] = (
            (concept.structure, "structure")
            if concept.structure and concept.kind == "condition"
            else (concept.kind, "kind")
        )
        groups.setdefault(key, []).append(branch)
    ribs = [
        Rib(
            name,
            grouping,
            sum(branch.share for branch in group if branch.outermost),
            tuple(sorted(group, key=lambda branch: (-branch.share, branch.concept))),
        )
        for (name, grouping), group in groups.items()
    ]
    return tuple(sorted(ribs, key=lambda rib: (-rib.share, rib.name)))


def _tree(
    graph: CausalGraph, adjacency: Adjacency, root: str, depth: int, width: int, min_belief: float, *, backwards: bool
) -> Tree:
    if root not in graph.concepts:
        raise ConceptError(f"No concept {root!r} in this library; see the list of concepts for what it has.")
    if depth < 1 or width < 1 or not 0 <= min_belief <= 1:
        raise QueryError(f"depth {depth}, width {width}, min_belief {min_belief}: ask for 1 or more, belief 0 to 1.")
    center = adjacency.index[root]
    unplaced = frozenset(adjacency.index[name] for name in graph.unplaced if name != root)
    quest = Quest((), frozenset([center]), barred=unplaced, max_links=depth + 1)
    layers = np.array(costs_to_go(adjacency, quest))[:, 0]
    cost = layers[-1]
    cutoff = -log(min_belief) + 1e-9 if min_belief > 0 else inf
    reached = np.flatnonzero(np.isfinite(cost) & (cost <= cutoff))
    order = [node for node in reached[np.argsort(cost[reached], kind="stable")].tolist() if node != center]
    kept, costs = order[:width], {node: float(cost[node]) for node in [center, *order[:width]]}
    inward = _without_loops({node: list(_inward(adjacency, node, costs)) for node in kept}, costs)
    kept = _outward(center, inward)
    shares = _shares(center, kept, inward)
    signs = _signs(center, kept, inward)
    inner = {head for ways in inward.values() for head, _, _ in ways}
    ids = adjacency.ids
    branches = tuple(
        Branch(
            concept=ids[node],
            links=int(np.isinf(layers[:, node]).sum()),
            belief=exp(-costs[node]),
            share=shares[node],
            sign=signs[node],
            outermost=node not in inner,
            relations=_relations(
                graph, ((ids[head], ids[node]) if backwards else (ids[node], ids[head]) for head, _, _ in inward[node])
            ),
        )
        for node in kept
    )
    return Tree(root, tuple(sorted(branches, key=lambda b: (-b.belief, b.concept))), len(order) - len(kept))


def _inward(adjacency: Adjacency, node: int, costs: Mapping[int, float]) -> Iterable[tuple[int, float, Sign]]:
    """Relations of a concept to others of the tree: (other concept, belief, sign)."""
    row = slice(int(adjacency.starts[node]), int(adjacency.starts[node + 1]))
    ways = zip(adjacency.effects[row].tolist(), adjacency.cost[row].tolist(), adjacency.sign[row].tolist(), strict=True)
    for head, cost, sign in ways:
        if head in costs and cost < inf:
            yield head, exp(-cost), 1 if sign > 0 else -1


def _without_loops(inward: Ways, costs: Mapping[int, float]) -> Ways:
    """The same relations but those that, inside a loop, lead away from the root."""
    nodes = {node: place for place, node in enumerate(costs)}
    reach = np.eye(len(nodes), dtype=np.bool_)
    for node, ways in inward.items():
        reach[nodes[node], [nodes[head] for head, _, _ in ways]] = True
    for _ in range(len(nodes).bit_length()):
        # as numbers, for which numpy has a fast product
        reach = reach.astype(np.float32) @ reach.astype(np.float32) > 0
    knotted = reach & reach.T
    return {
        node: [way for way in ways if not knotted[nodes[node], nodes[way[0]]] or costs[way[0]] < costs[node]]
        for node, ways in inward.items()
    }


def _outward(center: int, inward: Ways) -> list[int]:
    """Concepts in an order in which each comes after all that lie between it and the root."""
    done = {center}
    order: list[int] = []
    waiting = list(inward)
    while waiting:
        ready = [node for node in waiting if all(head in done for head, _, _ in inward[node])]
        order += ready
        done.update(ready)
        waiting = [node for node in waiting if node not in done]
    return order


def _shares(center: int, kept: Iterable[int], inward: Ways) -> dict[int, float]:
    """What passes each concept when 1 at the root is handed outward in proportion to belief."""
    handed: dict[int, float] = {}
    for ways in inward.values():
        for head, belief, _ in ways:
            handed[head] = handed.get(head, 0.0) + belief
    shares = {center: 1.0}
    for node in kept:
        shares[node] = sum(shares[head] * belief / handed[head] for head, belief, _ in inward[node])
    return shares


def _signs(center: int, kept: Iterable[int], inward: Ways) -> dict[int, Sign | None]:
    """The one sign that all ways from a concept to the root have, None where they differ."""
    both: dict[int, set[int]] = {center: {1}}
    for node in kept:
        both[node] = {sign * other for head, _, sign in inward[node] for other in both[head]}
    return {node: (1 if max(signs) > 0 else -1) if len(signs) == 1 else None for node, signs in both.items()}


def _relations(graph: CausalGraph, pairs: Iterable[tuple[str, str]]) -> tuple[Relation, ...]:
    return tuple(sorted((graph.relations[pair] for pair in pairs), key=lambda r: (-r.belief, r.key)))
