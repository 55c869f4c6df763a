"""Wording: relations and chains as sentences that are as sure as their sources and no surer."""

from collections.abc import Mapping, Sequence

from answer.citing import supporting
from graph.assembly import Relation
from graph.chains import Chain
from graph.concepts import Certainty, Concept, Sign
from graph.telling import base_verb, is_plural, verb

Concepts = Mapping[str, Concept]


def relation_words(relation: Relation, sign: Sign, concepts: Concepts) -> str:
    """A relation as a clause: "tight hips may raise back pain"."""
    cause, effect = concepts[relation.cause].name, concepts[relation.effect].name
    return f"{cause} {how_sure(relation, sign, cause, effect)} {effect}"


def chain_words(chain: Chain, concepts: Concepts) -> str:
    """A chain as a sentence: "Tight hips may raise pelvis tilt, which raises back pain."."""
    first, *rest = _links(chain, concepts)
    name = concepts[chain.concepts[0]].name
    return sentence(", which ".join([f"{name} {first}", *rest]))


def fix_words(chain: Chain, concepts: Concepts) -> str:
    """What a chain begins with, and how it acts: "calf raises, which lower shin splints."."""
    return f"{', which '.join([concepts[chain.concepts[0]].name, *_links(chain, concepts)])}."


def _links(chain: Chain, concepts: Concepts) -> list[str]:
    names = [concepts[id].name for id in chain.concepts]
    taken = zip(chain.relations, chain.signs, names, names[1:], strict=False)
    return [f"{how_sure(relation, sign, name, following)} {following}" for relation, sign, name, following in taken]


def denial_words(relation: Relation, sign: Sign, concepts: Concepts) -> str:
    """A denied relation as a clause: "it is denied that stretching lowers injury"."""
    cause, effect = concepts[relation.cause].name, concepts[relation.effect].name
    return f"it is denied that {cause} {verb(cause, sign, effect)} {effect}"


def how_sure(relation: Relation, sign: Sign, subject: str, after: str) -> str:
    """The verb of a relation between the names of its two concepts, with the hedge of its best source."""
    claims = supporting(relation, sign)
    certainty = claims[0].certainty if claims else relation.certainty
    if certainty is Certainty.ASSERTED:
        return verb(subject, sign, after)
    if certainty is Certainty.CORRELATED:
        return f"{'go' if is_plural(subject) else 'goes'} with {'more' if sign == 1 else 'less'}"
    return f"{'may' if certainty is Certainty.HEDGED else 'might'} {base_verb(sign, after)}"


def sentence(words: str) -> str:
    """Words with a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def listed(names: Sequence[str], conjunction: str = "and") -> str:
    """Names in a list: "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def number_word(count: int, noun: str) -> str:
    """A count with its noun: "3 articles"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
