"""Contradictions: where articles disagree, both sides with their quotes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.assembly import CausalGraph, Relation, sort_claims
from graph.belief import weigh
from graph.concepts import Claim, Concept, Sign
from graph.telling import is_plural, listing

ContradictionKind = Literal["sign", "denial", "advice"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides that don't go together.

    Args:
        kind: "sign" where one side says raises and the other lowers; "denial" where the other says that it is not
            so; "advice" where a remedy or behaviour is prescribed for one thing and blamed for another.
        subject: id of the cause, or of the remedy or behaviour.
        objects: ids of what it acts on: one effect, or all that it is prescribed or blamed for.
        says, against: the claims of each side, asserted first.
        belief_says, belief_against: how well each side is supported, 0..1.
    """

    kind: ContradictionKind
    subject: str
    objects: tuple[str, ...]
    says: tuple[Claim, ...]
    against: tuple[Claim, ...]
    belief_says: float
    belief_against: float

    @property
    def weight(self) -> float:
        """How serious it is: the support of the weaker side, 0..1."""
        return min(self.belief_says, self.belief_against)

    @property
    def within_one_article(self) -> bool:
        """Whether an article contradicts itself."""
        return bool({claim.article for claim in self.says} & {claim.article for claim in self.against})


def contradictions(graph: CausalGraph) -> tuple[Contradiction, ...]:
    """Every contradiction, those first whose weaker side is supported best."""
    found = [*_of_signs(graph), *_of_denials(graph), *_of_advice(graph)]
    return tuple(sorted(found, key=lambda each: (-each.weight, each.kind, each.subject, each.objects)))


def contradiction_sentence(contradiction: Contradiction, concepts: Mapping[str, Concept]) -> str:
    """A contradiction told as a sentence."""
    name = concepts[contradiction.subject].name
    subject = f"{name.capitalize()} {'are' if is_plural(name) else 'is'} said to"
    if contradiction.kind == "advice":
        helps = listing(_names(contradiction.says, concepts))
        harms = listing(_names(contradiction.against, concepts))
        return f"{subject} lower {helps} and to raise {harms}."
    effect = concepts[contradiction.objects[0]].name
    verb = "raise" if contradiction.says[0].sign == 1 else "lower"
    if contradiction.kind == "denial":
        return f"{subject} {verb} {effect}, and that is denied."
    return f"{subject} raise {effect}, and to lower {'them' if is_plural(effect) else 'it'}."


def _of_signs(graph: CausalGraph) -> Iterator[Contradiction]:
    for relation in graph.relations.values():
        if relation.disputed:
            yield Contradiction(
                "sign",
                relation.cause,
                (relation.effect,),
                _said(relation, 1),
                _said(relation, -1),
                relation.belief_for_plus,
                relation.belief_for_minus,
            )


def _of_denials(graph: CausalGraph) -> Iterator[Contradiction]:
    signs: tuple[Sign, Sign] = (1, -1)
    for relation in graph.relations.values():
        for sign in signs if relation.denial_count else ():
            said, denied = _said(relation, sign), _denied(relation, sign)
            if said and denied:
                sides = weigh(relation.claims, sign, graph.model)
                yield Contradiction(
                    "denial", relation.cause, (relation.effect,), said, denied, sides.support, sides.denial
                )


def _of_advice(graph: CausalGraph) -> Iterator[Contradiction]:
    """A remedy or behaviour that is prescribed for one condition and blamed for another."""
    for concept in graph.concepts.values():
        if concept.kind not in ("remedy", "behaviour"):
            continue
        # a condition without a state is a bare body part, which nobody can want more or less of
        on_conditions = [r for r in graph.effects_of(concept.id) if graph.concepts[r.effect].state]
        helps = [relation for relation in on_conditions if relation.belief_for_minus > 0]
        harms = [relation for relation in on_conditions if relation.belief_for_plus > 0]
        # one effect with both signs is a contradiction of signs and listed as such
        if helps and harms and {r.effect for r in helps} != {r.effect for r in harms}:
            yield Contradiction(
                "advice",
                concept.id,
                tuple(dict.fromkeys(relation.effect for relation in (*helps, *harms))),
                sort_claims(claim for relation in helps for claim in _said(relation, -1)),
                sort_claims(claim for relation in harms for claim in _said(relation, 1)),
                max(relation.belief_for_minus for relation in helps),
                max(relation.belief_for_plus for relation in harms),
            )


def _said(relation: Relation, sign: Sign) -> tuple[Claim, ...]:
    return tuple(claim for claim in relation.claims if claim.sign == sign and not claim.denied)


def _denied(relation: Relation, sign: Sign) -> tuple[Claim, ...]:
    return tuple(claim for claim in relation.claims if claim.sign == sign and claim.denied)


def _names(claims: Iterable[Claim], concepts: Mapping[str, Concept]) -> list[str]:
    return list(dict.fromkeys(concepts[claim.effect_concept].name for claim in claims))
