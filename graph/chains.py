"""Chains: the best believed ways from causes to effects, told as sentences and as JSON."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf, log, prod

from corpus.errors import ConceptError, QueryError
from graph.adjacency import Adjacency, reverse
from graph.assembly import CausalGraph, Relation
from graph.concepts import Claim, Concept, ConceptKind, Sign
from graph.costs import Quest
from graph.farends import far_ends
from graph.pathsearch import Path, PathSearch
from graph.telling import tell

MOST_VIA = 4


@dataclass(frozen=True, slots=True)
class Chain:
    """A path of relations from a cause to an effect.

    Invariants: each relation begins where the one before ended; no concept comes twice.

    Args:
        relations: from the first cause to the last effect, at least one.
        signs: the sign that each relation is taken with: its better supported one unless a sign was asked for.
    """

    relations: tuple[Relation, ...]
    signs: tuple[Sign, ...]

    @property
    def concepts(self) -> tuple[str, ...]:
        """Concept ids from the first cause to the last effect."""
        return (self.relations[0].cause, *(relation.effect for relation in self.relations))

    @property
    def sign(self) -> Sign:
        """Product of the signs: whether the first cause raises or lowers the last effect."""
        return 1 if prod(self.signs) > 0 else -1

    @property
    def belief(self) -> float:
        """Product of the beliefs in each relation with its sign, 0..1."""
        return prod(relation.belief_of(sign) for relation, sign in zip(self.relations, self.signs, strict=True))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim behind it, link by link."""
        return tuple(claim for relation in self.relations for claim in relation.claims)


@dataclass(frozen=True, slots=True)
class Terms:
    """What chains must keep to.

    Args:
        k: how many chains.
        max_links: most relations of a chain, None for any number.
        via: concept ids that it must meet, in any order, at most four.
        avoid: concept ids that it must not meet.
        sign: product of its signs, None where it doesn't matter.
        min_belief: least belief of a chain, 0..1.
        kinds: kinds of concept that it may meet between its ends (and begin or end at, where an end is open).
        overlap: largest share of a chain's links that it may have in common with a better one in the answer, 0..1.
    """

    k: int = 10
    max_links: int | None = 8
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    sign: Sign | None = None
    min_belief: float = 0.0
    kinds: frozenset[ConceptKind] | None = None
    overlap: float = 1.0


@dataclass(frozen=True, slots=True)
class Traced:
    """Chains, and whether the search saw to the end that there are no better ones."""

    chains: tuple[Chain, ...]
    complete: bool


def trace(
    graph: CausalGraph,
    *,
    causes: Collection[str] | None = None,
    effects: Collection[str] | None = None,
    k: int = 10,
    max_links: int | None = 8,
    via: Collection[str] = (),
    avoid: Collection[str] = (),
    sign: Sign | None = None,
    min_belief: float = 0.0,
    asserted_only: bool = False,
    articles: Collection[str] | None = None,
    kinds: Collection[ConceptKind] | None = None,
    overlap: float = 1.0,
) -> tuple[Chain, ...]:
    """The k best believed chains from any of the causes to any of the effects, best first.

    A chain's inner concepts are in neither set. Without causes: the best chain of each of the k concepts that begin
    the furthest-reaching ones (see `open_chains`); without effects likewise towards the far ends.

    Raises:
        ConceptError: a concept that the graph doesn't have.
        QueryError: a bound out of its range, or neither causes nor effects.
    """
    terms = Terms(
        k=k,
        max_links=max_links,
        via=tuple(via),
        avoid=tuple(avoid),
        sign=sign,
        min_belief=min_belief,
        kinds=None if kinds is None else frozenset(kinds),
        overlap=overlap,
    )
    kept = graph.restricted(asserted_only=asserted_only, articles=articles)
    return trace_terms(kept, causes, effects, terms).chains


def trace_terms(
    graph: CausalGraph, causes: Collection[str] | None, effects: Collection[str] | None, terms: Terms
) -> Traced:
    """The same as `trace`, with the terms in one piece and word on whether the search was complete."""
    _check(graph, causes, effects, terms)
    if causes is not None and effects is not None:
        return _between(graph, causes, effects, terms)
    return open_chains(graph, causes, effects, terms)


def open_chains(
    graph: CausalGraph, causes: Collection[str] | None, effects: Collection[str] | None, terms: Terms
) -> Traced:
    """The best chains with one end open, each from (or to) another far end.

    Every concept that reaches the target has a best chain to it. A far end is a concept whose best chain is part of
    no other concept's best chain, so none given is a mere stretch of a longer one. The k best believed of those
    chains are given.
    """
    backwards = causes is not None
    adjacency = graph.remember("backwards", lambda: reverse(graph.adjacency)) if backwards else graph.adjacency
    known = [adjacency.index[name] for name in (causes if causes is not None else effects) or ()]
    quest = _quest(graph, terms, (), known)
    search = PathSearch(adjacency, quest)
    # a sign or a must-pass concept can leave a far end without a loopless chain: then the next one is tried
    paths = (path for end in far_ends(adjacency, quest) if (path := next(search.paths([end]), None)))
    chains = (_chain(graph, adjacency, path, backwards) for path in paths)
    found = tuple(_spread(chains, terms))
    return Traced(tuple(sorted(found, key=_rank)), search.complete)


def routes(chains: Iterable[Chain], concepts: Mapping[str, Concept]) -> dict[tuple[str, ...], tuple[Chain, ...]]:
    """Chains by the structures that they run through ("posture", "pelvis", "hamstrings"), best route first."""
    groups: dict[tuple[str, ...], list[Chain]] = {}
    for chain in chains:
        groups.setdefault(route(chain, concepts), []).append(chain)
    return {key: tuple(group) for key, group in sorted(groups.items(), key=lambda item: _rank(item[1][0]))}


def route(chain: Chain, concepts: Mapping[str, Concept]) -> tuple[str, ...]:
    """The structures that a chain runs through, in order; neighbours in the same one count once."""
    structures: list[str] = []
    for concept in chain.concepts:
        structure = concepts[concept].structure
        if structure and structures[-1:] != [structure]:
            structures.append(structure)
    return tuple(structures)


def chain_sentence(chain: Chain, concepts: Mapping[str, Concept]) -> str:
    """A chain told as a sentence: "tight hip flexors raise pelvis tilt, which raises lower back pain"."""
    return tell([concepts[concept].name for concept in chain.concepts], chain.signs)


def chains_json(chains: Sequence[Chain]) -> dict[str, object]:
    """Chains as the command line prints them with --format json."""
    return {"chains": [_chain_json(chain) for chain in chains]}


def _chain_json(chain: Chain) -> dict[str, object]:
    return {
        "concepts": list(chain.concepts),
        "sign": "+" if chain.sign == 1 else "-",
        "belief": chain.belief,
        "links": [_link_json(relation, sign) for relation, sign in zip(chain.relations, chain.signs, strict=True)],
    }


def _link_json(relation: Relation, sign: Sign) -> dict[str, object]:
    return {
        "cause": relation.cause,
        "effect": relation.effect,
        "sign": "+" if sign == 1 else "-",
        "belief": relation.belief_of(sign),
        "claims": [
            {
                "quote": claim.quote,
                "article": claim.article,
                "start": claim.start,
                "end": claim.end,
                "certainty": claim.certainty.value,
            }
            for claim in relation.claims
        ],
    }


def _between(graph: CausalGraph, causes: Collection[str], effects: Collection[str], terms: Terms) -> Traced:
    adjacency = graph.adjacency
    sources = sorted({adjacency.index[cause] for cause in causes})
    quest = _quest(graph, terms, sources, [adjacency.index[effect] for effect in effects])
    search = PathSearch(adjacency, quest)
    chains = (_chain(graph, adjacency, path, False) for path in search.paths())
    found = tuple(_spread(chains, terms))
    return Traced(tuple(sorted(found, key=_rank)), search.complete)


def _quest(graph: CausalGraph, terms: Terms, sources: Sequence[int], targets: Sequence[int]) -> Quest:
    index = graph.adjacency.index
    via = tuple(sorted({index[name] for name in terms.via}))
    asked = {*sources, *targets, *via}
    # A chain through "pain" of no body part would tie a sore knee to whatever makes a neck ache.
    barred = {index[name] for name in graph.unplaced} - asked | {index[name] for name in terms.avoid}
    if terms.kinds is not None:
        barred |= {index[c.id] for c in graph.concepts.values() if c.kind not in terms.kinds} - asked
    return Quest(
        sources=tuple(source for source in sources if source not in barred),
        targets=frozenset(targets),
        via=via,
        barred=frozenset(barred),
        sign=terms.sign,
        max_links=terms.max_links,
        # a hair wider than the bound, lest a chain of exactly that belief is lost to rounding
        cutoff=-log(terms.min_belief) + 1e-9 if terms.min_belief > 0 else inf,
    )


def _spread(chains: Iterable[Chain], terms: Terms) -> Iterator[Chain]:
    """The first k chains, or the first k that differ enough among the best 50 k."""
    if terms.overlap >= 1:
        yield from islice(chains, terms.k)
        return
    kept: list[frozenset[tuple[str, str]]] = []
    for chain in islice(chains, 50 * terms.k):
        links = frozenset(relation.key for relation in chain.relations)
        if all(len(links & other) <= terms.overlap * min(len(links), len(other)) for other in kept):
            kept.append(links)
            yield chain
        if len(kept) == terms.k:
            return


def _chain(graph: CausalGraph, adjacency: Adjacency, path: Path, backwards: bool) -> Chain:
    ids = adjacency.ids
    pairs = zip(path.nodes, path.nodes[1:], strict=False)
    keys = [(ids[v], ids[u]) if backwards else (ids[u], ids[v]) for u, v in pairs]
    signs: list[Sign] = [1 if sign > 0 else -1 for _, sign in path.links]
    if backwards:
        keys.reverse()
        signs.reverse()
    return Chain(tuple(graph.relations[key] for key in keys), tuple(signs))


def _rank(chain: Chain) -> tuple[float, int, tuple[str, ...]]:
    return -round(chain.belief, 12), len(chain.relations), chain.concepts


def _check(graph: CausalGraph, causes: Collection[str] | None, effects: Collection[str] | None, terms: Terms) -> None:
    if causes is None and effects is None:
        raise QueryError("A trace needs a cause, an effect or both; name at least one.")
    if terms.k < 1:
        raise QueryError(f"Asked for {terms.k} chains; ask for 1 or more.")
    if terms.max_links is not None and terms.max_links < 1:
        raise QueryError(f"A chain of at most {terms.max_links} links is none; allow 1 or more.")
    if not 0 <= terms.min_belief <= 1 or not 0 <= terms.overlap <= 1:
        raise QueryError(f"min_belief {terms.min_belief} and overlap {terms.overlap} must be between 0 and 1.")
    if len(set(terms.via)) > MOST_VIA:
        raise QueryError(f"{len(set(terms.via))} concepts to pass through; name at most {MOST_VIA}.")
    for name in (*(causes or ()), *(effects or ()), *terms.via, *terms.avoid):
        if name not in graph.concepts:
            raise ConceptError(f"No concept {name!r} in this library; see the list of concepts for what it has.")
