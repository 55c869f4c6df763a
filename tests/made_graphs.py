"""Graphs for tests: relations with given beliefs and no claims."""

from collections.abc import Iterable, Mapping

from graph.assembly import CausalGraph, Relation
from graph.concepts import Certainty, Concept, ConceptKind

Beliefs = Mapping[tuple[str, str], float | tuple[float, float]]


def make_graph(
    beliefs: Beliefs, concepts: Iterable[Concept] = (), *, kind: ConceptKind = "open", **kinds: ConceptKind
) -> CausalGraph:
    """A graph without claims.

    Args:
        beliefs: by cause and effect: the beliefs for plus and minus, or one number, negative where the cause lowers.
        concepts: those that need more than a name.
        kind, kinds: of all other concepts, and of single ones by their id.
    """
    known = {concept.id: concept for concept in concepts}
    names = {name for pair in beliefs for name in pair} - known.keys()
    known |= {name: Concept(name, kinds.get(name, kind), name) for name in sorted(names)}
    return CausalGraph(known, {pair: _relation(pair, belief) for pair, belief in beliefs.items()})


def _relation(pair: tuple[str, str], belief: float | tuple[float, float]) -> Relation:
    plus, minus = belief if isinstance(belief, tuple) else (max(belief, 0.0), max(-belief, 0.0))
    return Relation(
        *pair,
        sign=1 if plus >= minus else -1,
        belief=max(plus, minus),
        belief_for_plus=plus,
        belief_for_minus=minus,
        certainty=Certainty.ASSERTED,
        article_count=1,
        claim_count=1,
        evidence={pair: ()},
    )
