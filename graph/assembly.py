"""Assembly: all the claims with one cause and one effect become a relation, all relations a CausalGraph."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from corpus.errors import ConceptError
from graph.belief import BeliefModel, default_model, weigh
from graph.concepts import Certainty, Claim, Concept, Sign

if TYPE_CHECKING:
    import networkx as nx

    from graph.adjacency import Adjacency

Kept = TypeVar("Kept")
Pair = tuple[str, str]
Evidence = Mapping[Pair, tuple[Claim, ...]]
# Graphs of fewer claims that a graph keeps for the next call.
MOST_RESTRICTED = 8
_ORDER = {certainty: rank for rank, certainty in enumerate(Certainty)}


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge: all the claims with one cause and one effect.

    Args:
        cause, effect: concept ids; never the same.
        sign: the better supported one; + where both are supported alike.
        belief: that its articles support it with that sign, 0..1; 0 where every claim is a denial.
        belief_for_plus, belief_for_minus: the same for each sign.
        certainty: of the best claim for its sign: HEDGED where no article asserts it.
        article_count, claim_count: how many articles and claims are behind it, denials included.
        evidence: where its claims are; a library's are read on demand.
        denial_count: how many of its claims are denials.
    """

    cause: str
    effect: str
    sign: Sign
    belief: float
    belief_for_plus: float
    belief_for_minus: float
    certainty: Certainty
    article_count: int
    claim_count: int
    evidence: Evidence = field(repr=False, compare=False)
    denial_count: int = 0

    @property
    def key(self) -> Pair:
        """Cause and effect."""
        return self.cause, self.effect

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Its claims, asserted first, denied last."""
        return self.evidence[self.cause, self.effect]

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles behind it, in order of their first claim here."""
        return tuple(dict.fromkeys(claim.article for claim in self.claims))

    @property
    def disputed(self) -> bool:
        """Whether its claims disagree on the sign."""
        return min(self.belief_for_plus, self.belief_for_minus) > 0

    def belief_of(self, sign: Sign) -> float:
        """Belief in one sign, 0..1."""
        return self.belief_for_plus if sign == 1 else self.belief_for_minus


@dataclass(frozen=True, eq=False)
class CausalGraph:
    """Concepts and the relations between them.

    Args:
        concepts: id -> concept.
        relations: (cause id, effect id) -> relation.
        model: what its beliefs were computed with.
    """

    concepts: Mapping[str, Concept]
    relations: Mapping[Pair, Relation]
    model: BeliefModel = field(default_factory=default_model, repr=False)

    @cached_property
    def adjacency(self) -> "Adjacency":
        """The relations as arrays, built once."""
        from graph.adjacency import build_adjacency

        return build_adjacency(self.concepts, self.relations)

    @cached_property
    def unplaced(self) -> frozenset[str]:
        """Ids of conditions of no body part ("pain", "stress"): two articles that name one mean different things."""
        return frozenset(id for id in self.concepts if id.startswith("any/"))

    @cached_property
    def _by_cause(self) -> dict[str, tuple[Relation, ...]]:
        return _grouped((relation.cause, relation) for relation in self.relations.values())

    @cached_property
    def _by_effect(self) -> dict[str, tuple[Relation, ...]]:
        return _grouped((relation.effect, relation) for relation in self.relations.values())

    @cached_property
    def _restricted(self) -> dict[tuple[bool, frozenset[str] | None], "CausalGraph"]:
        return {}

    def remember(self, key: str, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, made once for this graph and kept as long as it lives."""
        kept: dict[str, Kept] = self._remembered  # type: ignore[assignment]  # each key has one type of its own
        if key not in kept:
            kept[key] = make()
        return kept[key]

    @cached_property
    def _remembered(self) -> dict[str, object]:
        return {}

    def effects_of(self, concept: str) -> tuple[Relation, ...]:
        """Relations that leave a concept, most believed first."""
        return self._by_cause.get(concept, ())

    def causes_of(self, concept: str) -> tuple[Relation, ...]:
        """Relations that reach a concept, most believed first."""
        return self._by_effect.get(concept, ())

    def claims(self) -> Iterable[Claim]:
        """Every claim behind a relation."""
        for relation in self.relations.values():
            yield from relation.claims

    def restricted(self, *, asserted_only: bool = False, articles: Collection[str] | None = None) -> "CausalGraph":
        """The graph that only asserted claims (and denials), or only these articles, make; kept for the next call."""
        if not asserted_only and articles is None:
            return self
        key = (asserted_only, None if articles is None else frozenset(articles))
        found = self._restricted.get(key)
        if found is None:
            wanted = (Certainty.ASSERTED, Certainty.DENIED) if asserted_only else tuple(Certainty)
            kept = (c for c in self.claims() if c.certainty in wanted and (key[1] is None or c.article in key[1]))
            found = assemble(kept, self.concepts, self.model)
            if len(self._restricted) >= MOST_RESTRICTED:
                self._restricted.clear()
            self._restricted[key] = found
        return found

    def multigraph(self) -> "nx.MultiDiGraph[str]":
        """The networkx face: an edge for each claim, its key the claim's, with belief and sign of the relation."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for concept in self.concepts.values():
            graph.add_node(concept.id, name=concept.name, kind=concept.kind, structure=concept.structure)
        for relation in self.relations.values():
            for claim in relation.claims:
                graph.add_edge(
                    relation.cause,
                    relation.effect,
                    key=claim.key,
                    sign=claim.sign,
                    certainty=claim.certainty.value,
                    article=claim.article,
                    quote=claim.quote,
                    belief=relation.belief,
                )
        return graph


def assemble(claims: Iterable[Claim], concepts: Mapping[str, Concept], model: BeliefModel | None = None) -> CausalGraph:
    """The graph that claims make.

    A claim whose phrases link to one and the same concept makes no relation: it says nothing about what causes what.

    Raises:
        ConceptError: a claim names a concept that `concepts` lacks.
    """
    model = model or default_model()
    groups: dict[Pair, list[Claim]] = defaultdict(list)
    for claim in claims:
        for concept in (claim.cause_concept, claim.effect_concept):
            if concept not in concepts:
                raise ConceptError(f"Claim {claim.key} of {claim.article} names {concept!r}, which is no concept here.")
        if claim.cause_concept != claim.effect_concept:
            groups[claim.cause_concept, claim.effect_concept].append(claim)
    evidence = {pair: sort_claims(groups[pair]) for pair in sorted(groups)}
    return CausalGraph(concepts, {pair: relate(pair, evidence, model) for pair in evidence}, model)


def relate(pair: Pair, evidence: Evidence, model: BeliefModel) -> Relation:
    """The relation of one cause and one effect."""
    claims = evidence[pair]
    plus, minus = weigh(claims, 1, model), weigh(claims, -1, model)
    sign: Sign = 1 if (plus.belief, plus.support, plus.denial) >= (minus.belief, minus.support, minus.denial) else -1
    return Relation(
        cause=pair[0],
        effect=pair[1],
        sign=sign,
        belief=max(plus.belief, minus.belief),
        belief_for_plus=plus.belief,
        belief_for_minus=minus.belief,
        certainty=next(claim.certainty for claim in claims if claim.sign == sign),
        article_count=len({claim.article for claim in claims}),
        claim_count=len(claims),
        evidence=evidence,
        denial_count=sum(claim.denied for claim in claims),
    )


def sort_claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims asserted first, denied last, then by article and place."""
    return tuple(sorted(claims, key=lambda c: (_ORDER[c.certainty], c.article, c.start, c.end, c.key)))


def _grouped(pairs: Iterable[tuple[str, Relation]]) -> dict[str, tuple[Relation, ...]]:
    groups: dict[str, list[Relation]] = defaultdict(list)
    for concept, relation in pairs:
        groups[concept].append(relation)
    return {concept: tuple(sorted(group, key=lambda r: (-r.belief, r.key))) for concept, group in groups.items()}
