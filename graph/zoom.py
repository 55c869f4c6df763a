"""Zoom: the same graph at the level of structures, for the body map and the overview."""

from collections.abc import Collection
from dataclasses import dataclass
from math import prod
from typing import Literal

from corpus.errors import QueryError
from graph.assembly import CausalGraph, Relation
from graph.concepts import Claim, Concept, Sign


@dataclass(frozen=True, slots=True)
class Group:
    """Concepts seen as one.

    Args:
        id: structure id ("pelvis"), kind ("behaviour"), or the concept's own id where its structure is expanded.
        name: as people say it.
        grouping: which of these.
        concepts: ids of what is in it.
        inside: relations among them, which no link shows.
    """

    id: str
    name: str
    grouping: Literal["structure", "kind", "concept"]
    concepts: tuple[str, ...]
    inside: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """All relations from one group to another.

    Args:
        cause, effect: group ids.
        belief: that at least one of the relations holds, if they are independent: 1 - product of (1 - belief).
        sign: the one sign that all relations have, None where they differ.
        relations: most believed first.
    """

    cause: str
    effect: str
    belief: float
    sign: Sign | None
    relations: tuple[Relation, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim behind it."""
        return tuple(claim for relation in self.relations for claim in relation.claims)


@dataclass(frozen=True, slots=True)
class Overview:
    """Groups by id, links most believed first."""

    groups: tuple[Group, ...]
    links: tuple[Link, ...]


def zoom(graph: CausalGraph, *, expand: Collection[str] = ()) -> Overview:
    """The graph with conditions grouped by structure and all other concepts by kind.

    Args:
        graph: what to look at.
        expand: ids of groups whose concepts are to be seen one by one.

    Raises:
        QueryError: `expand` names no group.
    """
    whole = {concept.id: _group_of(concept) for concept in graph.concepts.values()}
    unknown = sorted(set(expand) - set(whole.values()))
    if unknown:
        raise QueryError(f"No group {unknown[0]!r} to expand; there are {', '.join(sorted(set(whole.values())))}.")
    group_of = {concept: concept if group in expand else group for concept, group in whole.items()}
    between: dict[tuple[str, str], list[Relation]] = {}
    for relation in graph.relations.values():
        if relation.belief > 0:
            between.setdefault((group_of[relation.cause], group_of[relation.effect]), []).append(relation)
    members: dict[str, list[str]] = {}
    for concept, group in sorted(group_of.items()):
        members.setdefault(group, []).append(concept)
    groups = tuple(
        _group(graph, group, concepts, between.get((group, group), [])) for group, concepts in sorted(members.items())
    )
    links = [_link(cause, effect, found) for (cause, effect), found in between.items() if cause != effect]
    return Overview(groups, tuple(sorted(links, key=lambda link: (-link.belief, link.cause, link.effect))))


def _group_of(concept: Concept) -> str:
    return concept.structure if concept.kind == "condition" and concept.structure else concept.kind


def _group(graph: CausalGraph, id: str, concepts: list[str], inside: list[Relation]) -> Group:
    if id in graph.concepts and concepts == [id]:
        return Group(id, graph.concepts[id].name, "concept", (id,), tuple(inside))
    first = graph.concepts[concepts[0]]
    grouping: Literal["structure", "kind"] = "structure" if first.structure == id else "kind"
    return Group(id, id.replace("-", " "), grouping, tuple(concepts), _ranked(inside))


def _link(cause: str, effect: str, relations: list[Relation]) -> Link:
    signs = {relation.sign for relation in relations}
    belief = 1 - prod(1 - relation.belief for relation in relations)
    return Link(cause, effect, belief, signs.pop() if len(signs) == 1 else None, _ranked(relations))


def _ranked(relations: list[Relation]) -> tuple[Relation, ...]:
    return tuple(sorted(relations, key=lambda relation: (-relation.belief, relation.key)))
