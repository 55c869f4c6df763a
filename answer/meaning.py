"""Meaning: the concepts of a library that one side of a question can mean."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from answer.opened import OpenLibrary
from answer.sides import Side
from answer.wording import listed
from embeddings.words import stem
from graph.assembly import Relation
from graph.concepts import Claim, Concept, Sign

# Cosine from which an open concept of the library is taken to be what a question's own words name.
SAME_MEANING = 0.75


@dataclass(frozen=True, slots=True)
class Meant:
    """What one side of a question means in a library.

    Args:
        names: as people say it.
        ids: of concepts that relations join, best first; () where the library has none.
        pole: -1 where the question names the opposite of those concepts.
        strange: telling words of the question that belong to none of them, and may be what it is about.
        known: whether the question named concepts that people know, be they in the library or not.
        instead_of: what the question names, where these stand for it because the articles tell of them only.
    """

    names: str
    ids: tuple[str, ...]
    pole: Sign
    strange: tuple[str, ...]
    known: bool = True
    instead_of: str = ""


def meant_by(side: Side, library: OpenLibrary) -> Meant:
    """The concepts of the library that a side names, with narrower ones; where it names none, an open one like it."""
    names = " and ".join(concept.name for concept in side.concepts) or side.words
    ids = [id for concept in side.concepts for id in in_library(concept, library)]
    if not side.concepts:
        ids = [id for id, cosine in library.nearest_concepts(side.words, 3) if cosine >= SAME_MEANING]
        ids = [id for id in ids if _joined(id, library)]
    unknown = side.unknown if side.concepts or not ids else ()
    strange = () if side.concepts and all(map(_is_specific, side.concepts)) else unknown
    return Meant(names, tuple(dict.fromkeys(ids)), side.pole, strange, bool(side.concepts))


def meanings(side: Side, library: OpenLibrary) -> tuple[Meant, ...]:
    """What a side can mean, best first: what it names, then what people also call so.

    "ITBS" is IT band syndrome, of which the articles may tell as IT band pain.
    """
    named = meant_by(side, library)
    akin = dict.fromkeys(id for concept in side.concepts for id in _akin(concept, library) if id not in named.ids)
    if not akin:
        return (named,)
    names = listed([library.graph.concepts[id].name for id in akin])
    return (named, replace(named, names=names, ids=tuple(akin), instead_of=named.names))


def is_told_by_name(side: Side) -> bool:
    """Whether a side is about what it names, whatever else it tells: such conditions, and habits that are no aside."""
    return bool(side.concepts) and all(
        _is_specific(each) or (each.kind == "behaviour" and each.id != "running" and each.id not in side.aside)
        for each in side.concepts
    )


def _is_specific(concept: Concept) -> bool:
    """Whether a concept alone tells what is asked about: a body part and what it is in.

    "Tight calves" are just that, whatever else a question tells of whom and when; but "the foot" of "a wart on my foot"
    is not what is asked about.
    """
    return bool(concept.state) and concept.structure not in ("", "any")


def in_library(concept: Concept, library: OpenLibrary) -> tuple[str, ...]:
    """Ids of the concepts with relations that a concept means: itself, and all that is a part or kind of it."""
    found = [concept.id] if _joined(concept.id, library) else []
    others = (other for other in library.graph.concepts.values() if other.id != concept.id)
    narrower = [other.id for other in others if is_part(other, concept, library) and _joined(other.id, library)]
    return (*found, *narrower)


def direct_relations(library: OpenLibrary, causes: Iterable[str], effects: Sequence[str]) -> list[Relation]:
    """The relations from any of some concepts to any of others."""
    pairs = ((cause, effect) for cause in causes for effect in effects)
    return [library.graph.relations[pair] for pair in pairs if pair in library.graph.relations]


def is_bare(side: Side, library: OpenLibrary) -> bool:
    """Whether a side names a body part and not what it is in: nothing there is to say yes or no to."""
    structures = library.linker.vocabulary.structures
    return bool(side.concepts) and all(concept.id in structures for concept in side.concepts)


def _akin(concept: Concept, library: OpenLibrary) -> tuple[str, ...]:
    """Ids of the conditions of the same body part that a condition is a case of, or that people call by its name."""
    if not concept.state:
        return ()
    wider = [each.id for each in library.linker.broader(concept) if each.structure == concept.structure]
    akin = [each.id for each in library.graph.concepts.values() if library.linker.are_akin(concept, each)]
    return tuple(id for id in dict.fromkeys((*wider, *akin)) if id != concept.id and _joined(id, library))


def _joined(id: str, library: OpenLibrary) -> bool:
    return bool(library.graph.causes_of(id) or library.graph.effects_of(id))


def is_part(other: Concept, concept: Concept, library: OpenLibrary) -> bool:
    """A sore lower back is a sore back; "the glutes" are all that the glutes can be; "pain" is any pain."""
    if concept.kind not in ("condition",) or other.kind != "condition":
        return False
    if concept.state and other.state != concept.state:
        return False
    if concept.structure in ("", "any"):
        return bool(concept.state)
    return concept.structure in library.linker.wholes(other.structure)


def spoken_of(strange: Collection[str], claims: Iterable[Claim]) -> bool:
    """Whether claims have the telling words of a question that no concept covers, all of them."""
    wanted = {stem(word) for word in strange}
    for claim in claims:
        if not wanted:
            break
        wanted -= {stem(word) for word in claim.quote.lower().replace("-", " ").split()}
    return not wanted
