"""Centrality that means something: hubs, bottlenecks and bridges, each with a sentence on what it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import ConceptError
from graph.assembly import CausalGraph, Relation
from graph.concepts import Claim
from graph.telling import count, listing, tell

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Hub:
    """A concept that much of the articles turns on: its relations, and the sum of their beliefs as its weight."""

    concept: str
    weight: float
    causes: tuple[Relation, ...]
    effects: tuple[Relation, ...]
    sentence: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims behind all its relations."""
        return tuple(claim for relation in (*self.causes, *self.effects) for claim in relation.claims)


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A concept that others can't get round on the way to a target.

    Args:
        concept: its id.
        behind: ids of the concepts all of whose chains to the target pass here.
        share: of all concepts that reach the target, how many those are, 0..1.
        relations: those that leave it towards the target, which all of that hangs on.
        sentence: what it says.
    """

    concept: str
    behind: tuple[str, ...]
    share: float
    relations: tuple[Relation, ...]
    sentence: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that all of that hangs on."""
        return tuple(claim for relation in self.relations for claim in relation.claims)


@dataclass(frozen=True, slots=True)
class Bridge:
    """Relations (one, or one each way) without which two parts of the graph would be unconnected.

    Args:
        relations: between the two concepts.
        near, far: how many concepts lie on the side of the first and of the second concept.
        sentence: what it says.
    """

    relations: tuple[Relation, ...]
    near: int
    far: int
    sentence: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that all hangs on."""
        return tuple(claim for relation in self.relations for claim in relation.claims)


def hubs(graph: CausalGraph, k: int = 10) -> tuple[Hub, ...]:
    """The k concepts with the greatest sum of beliefs over their relations."""
    weights: dict[str, float] = {}
    for relation in graph.relations.values():
        for end in relation.key:
            weights[end] = weights.get(end, 0.0) + relation.belief
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:k]
    return tuple(_hub(graph, concept, weight) for concept, weight in best if weight > 0)


def bottlenecks(graph: CausalGraph, target: str, k: int = 10) -> tuple[Bottleneck, ...]:
    """The k concepts that most others must pass on the way to the target.

    Source: dominators, Lengauer and Tarjan 1979; computed by networkx on the graph read backwards from the target.

    Raises:
        ConceptError: the target is no concept of the graph.
    """
    import networkx as nx

    if target not in graph.concepts:
        raise ConceptError(f"No concept {target!r} in this library; see the list of concepts for what it has.")
    backwards: nx.DiGraph[str] = nx.DiGraph()
    backwards.add_node(target)
    backwards.add_edges_from((relation.effect, relation.cause) for relation in _believed(graph))
    above = nx.immediate_dominators(backwards, target)
    behind: dict[str, list[str]] = {}
    for concept in above:
        step = above[concept] if concept != target else None
        while step is not None and step != target:
            behind.setdefault(step, []).append(concept)
            step = above[step]
    ranked = sorted(behind.items(), key=lambda item: (-len(item[1]), item[0]))[:k]
    reaching = frozenset(above) | {target}
    return tuple(_bottleneck(graph, target, concept, sorted(others), reaching) for concept, others in ranked)


def bridges(graph: CausalGraph, k: int = 10) -> tuple[Bridge, ...]:
    """The k connections that hold the largest parts of the graph together; those to a single concept are left out."""
    import networkx as nx

    face: nx.Graph[str] = nx.Graph()
    face.add_edges_from(relation.key for relation in _believed(graph))
    found = []
    for part in nx.connected_components(face):
        found += [(min(near, len(part) - near), near, len(part), one, two) for one, two, near in _cuts(face, min(part))]
    found = sorted((each for each in found if each[0] > 1), key=lambda each: (-each[0], each[3:]))[:k]
    return tuple(_bridge(graph, one, two, near, whole - near) for _, near, whole, one, two in found)


def _cuts(face: "nx.Graph[str]", root: str) -> Iterable[tuple[str, str, int]]:
    """Bridges as (one end, other end, how many concepts lie on the first end's side).

    Source: low points of a depth-first search, Tarjan 1974.
    """
    order: dict[str, int] = {root: 0}
    low: dict[str, int] = {root: 0}
    size: dict[str, int] = {root: 1}
    stack = [(root, "", iter(sorted(face[root])))]
    while stack:
        node, parent, ways = stack[-1]
        for other in ways:
            if other not in order:
                order[other] = low[other] = len(order)
                size[other] = 1
                stack.append((other, node, iter(sorted(face[other]))))
                break
            if other != parent:
                low[node] = min(low[node], order[other])
        else:
            stack.pop()
            if parent:
                low[parent] = min(low[parent], low[node])
                size[parent] += size[node]
                if low[node] > order[parent]:
                    yield node, parent, size[node]


def _hub(graph: CausalGraph, concept: str, weight: float) -> Hub:
    causes = tuple(r for r in graph.causes_of(concept) if r.belief > 0)
    effects = tuple(r for r in graph.effects_of(concept) if r.belief > 0)
    name = graph.concepts[concept].name
    does = f"has {count(len(causes), 'cause')} and {count(len(effects), 'effect')}"
    if len(causes) > 2 * len(effects):
        meaning = "many things come together in it, so it is where the articles end rather than where they begin"
    elif len(effects) > 2 * len(causes):
        meaning = "much follows from it and little is said of what brings it about"
    else:
        meaning = "what the articles say passes through it both ways"
    return Hub(concept, weight, causes, effects, f"{name.capitalize()} {does}: {meaning}.")


def _bottleneck(
    graph: CausalGraph, target: str, concept: str, behind: list[str], reaching: frozenset[str]
) -> Bottleneck:
    name, goal = graph.concepts[concept].name, graph.concepts[target].name
    some = listing([graph.concepts[other].name for other in behind[:3]] + (["others"] if len(behind) > 3 else []))
    sentence = (
        f"By what the articles say, {some} can reach {goal} only through {name}: "
        f"{len(behind)} of the {count(len(reaching) - 1, 'concept')} that lead there."
    )
    onward = tuple(r for r in graph.effects_of(concept) if r.belief > 0 and r.effect in reaching)
    return Bottleneck(concept, tuple(behind), len(behind) / (len(reaching) - 1), onward, sentence)


def _bridge(graph: CausalGraph, one: str, two: str, near: int, far: int) -> Bridge:
    pairs = [(one, two), (two, one)]
    relations = tuple(r for pair in pairs if (r := graph.relations.get(pair)) is not None and r.belief > 0)
    told = listing([tell([graph.concepts[r.cause].name, graph.concepts[r.effect].name], [r.sign]) for r in relations])
    articles = len({article for relation in relations for article in relation.articles})
    behind = f", said by {count(articles, 'article')}" if articles else ""
    sentence = f"Only this joins {count(near, 'concept')} to {count(far, 'other')}: {told}{behind}."
    return Bridge(relations, near, far, sentence)


def _believed(graph: CausalGraph) -> Iterable[Relation]:
    return (relation for relation in graph.relations.values() if relation.belief > 0)
