"""Linking: from an author's or a reader's phrase to the concept that it names."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import ConceptError
from graph.composing import Found, compose, is_trouble
from graph.concepts import Concept, Sign
from graph.items import Item, itemise
from graph.lexicon import compile_lexicon
from graph.mentions import Mention, find_mentions
from graph.merging import MERGE_AT, merge_open
from graph.spelling import Speller
from graph.vocabulary import Vocabulary
from graph.words import word_set

__all__ = ["MERGE_AT", "NEAR_ENOUGH", "Link", "Linker", "Mention", "choose", "merge_open", "open_concept"]

MODALS = frozenset((modal,) for modal in ("can", "could", "may", "might", "will", "would", "should", "must"))
LONGEST_NAME = 10  # words of an open concept
NEAR_ENOUGH = 0.7
"""Least cosine at which a name stands for a concept: no open phrase of the gold list reaches it."""
HEDGES = word_set("may might can could possibly perhaps probably likely often sometimes usually potentially")


@dataclass(frozen=True, slots=True)
class Link:
    """The concept that a phrase names; pole -1 for its opposite; `known` unless it had to be made as open."""

    concept: Concept
    pole: Sign
    known: bool


class Linker:
    """Links phrases and texts to the concepts of a vocabulary. Build once, use for many; holds no model."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._lexicon = compile_lexicon(vocabulary)
        self._mend = Speller(self._lexicon.words).mend

    def link(self, phrase: str) -> Link:
        """The concept that the head of a noun phrase or clause names; an open one where the vocabulary has none."""
        items = itemise(phrase, self._lexicon, self._mend)
        found = choose(items, compose(items, self._lexicon))
        if found is None:
            return Link(*open_concept(phrase, items), known=False)
        return Link(found.concept, found.pole, known=True)

    def opened(self, phrase: str) -> Link:
        """The phrase as an open concept of its own where it says more than the concept that it names."""
        items = itemise(phrase, self._lexicon, self._mend)
        return Link(*open_concept(phrase, items), known=False)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every concept named in a text, in order; of several that share words, the longest."""
        return find_mentions(text, self._lexicon, self._mend)

    def concept(self, id: str) -> Concept | None:
        """The concept of an id of the vocabulary ("hamstrings/tightness", "overstriding"); None for no such id."""
        structure, _, state = id.partition("/")
        named = self._lexicon.concepts.get(id)
        if named is not None:
            return named
        structures, states = self.vocabulary.structures, self.vocabulary.states
        if state in states and (structure in structures or structure == "any"):
            return self._lexicon.condition(structure if structure != "any" else "", state)
        return self._lexicon.condition(structure, "") if structure in structures and not state else None

    def resolve(
        self,
        name: str,
        *,
        nearest: Callable[[str], Sequence[tuple[str, float]]] | None = None,
        among: Collection[str] | None = None,
    ) -> Concept:
        """The concept that a person means by a name.

        Args:
            name: a concept id, or words ("tight hammies", "my back hurts when I run").
            nearest: gives (concept id, cosine) of the concepts nearest in meaning, best first.
            among: ids of the concepts that there are, where only those may be meant.

        Raises:
            ConceptError: no such concept, or several; its candidates are ids, best first.
        """
        name = name.strip()
        exact = self.concept(name) or _open_of(name, among)
        if exact is not None and (among is None or exact.id in among):
            return exact
        link = self.link(name)
        concept = exact or (link.concept if link.known else self._only_one_named(name))
        if concept is None:
            return self._nearest(name, link, nearest, among)
        if among is None:
            if concept.id.startswith("any/"):
                raise _ambiguous(name, [f"{each}/{concept.state}" for each in self.vocabulary.structures])
            return concept
        return self._present(name, concept, among)

    def broader(self, concept: Concept) -> tuple[Concept, ...]:
        """The conditions that a condition is a case of, nearest first; () for any other concept.

        "plantar-fascia/fasciitis" is a "plantar-fascia/inflammation", which is a "foot/inflammation".
        """
        if not (concept.structure and concept.state and concept.kind == "condition"):
            return ()
        found = (
            self._lexicon.condition(structure, state)
            for structure in self.wholes(concept.structure)
            for state in self._kinds(concept.state)
        )
        return tuple(each for each in found if each.id != concept.id)

    def wholes(self, structure: str) -> tuple[str, ...]:
        """The id of a body part and of all that it is a part of, nearest first."""
        structures = self.vocabulary.structures
        return _climbed(structure, lambda id: structures[id].part_of if id in structures else "")

    def _kinds(self, state: str) -> tuple[str, ...]:
        """The id of a state and of all that it is a kind of, nearest first."""
        return _climbed(state, lambda id: self.vocabulary.states[id].broader)

    def are_akin(self, one: Concept, other: Concept) -> bool:
        """Whether people mean one condition by the other's name: IT band pain and IT band syndrome, which is one.

        A disease with a name of its own is no mere pain: only what the vocabulary says goes by its name does.
        """
        if one.structure in ("", "any") or one.structure != other.structure or not (one.state and other.state):
            return False
        return any(
            second.state in self._also_called(first) and not self._is_disease(second)
            for first, second in ((one, other), (other, one))
        )

    def _is_disease(self, concept: Concept) -> bool:
        return concept.id in self.vocabulary.conditions and concept.id != f"{concept.structure}/{concept.state}"

    def _also_called(self, concept: Concept) -> set[str]:
        """The ids of the states that a condition is one of, and that go by its name."""
        table = self.vocabulary.states
        own = self.vocabulary.conditions[concept.id] if self._is_disease(concept) else table[concept.state]
        return {*own.akin, *self._kinds(concept.state)}

    def is_good(self, concept: Concept) -> bool:
        """Whether more of a habit or an outcome is better: "walking", "sleep", not "sitting"."""
        return concept.id in self._lexicon.good

    def _only_one_named(self, name: str) -> Concept | None:
        """The concept of a whole sentence that names one and no other ("why does my back hurt so much")."""
        named = {mention.concept for mention in self.mentions(name) if "/" in mention.concept.id}
        return named.pop() if len(named) == 1 else None

    def _present(self, name: str, concept: Concept, among: Collection[str]) -> Concept:
        """The concept itself where it is there or nothing near it is; else the one narrower concept that is."""
        bare = concept.id.startswith("any/")
        if concept.id in among and not bare:
            return concept
        narrower = [id for id in sorted(among) if self._is_narrower(id, concept)]
        if len(narrower) == 1:
            narrow = self.concept(narrower[0])
            return narrow or concept
        if narrower:
            raise _ambiguous(name, narrower)
        return concept

    def _is_narrower(self, id: str, concept: Concept) -> bool:
        other = self.concept(id)
        if other is None or other.kind != "condition" or concept.kind != "condition":
            return False
        if not concept.structure:
            return other.state == concept.state
        if not concept.state:
            return other.structure == concept.structure
        return any(each.id == concept.id for each in self.broader(other))

    def _nearest(
        self,
        name: str,
        link: Link,
        nearest: Callable[[str], Sequence[tuple[str, float]]] | None,
        among: Collection[str] | None,
    ) -> Concept:
        if among is not None and link.concept.id in among:
            return link.concept
        near = [(id, cosine) for id, cosine in (nearest(name) if nearest else ()) if among is None or id in among]
        if near and near[0][1] >= NEAR_ENOUGH:
            return self.concept(near[0][0]) or _open_of(near[0][0], among) or link.concept
        ids = tuple(id for id, _ in near[:8]) or tuple(mention.concept.id for mention in self.mentions(name)[:8])
        hint = f"the nearest are {', '.join(ids)}" if ids else "name a body part and what is wrong with it, or a habit"
        raise ConceptError(f"there is no concept '{name}'; {hint}", ids)


def _climbed(id: str, above: Callable[[str], str]) -> tuple[str, ...]:
    """An id and those above it, as far as there are any; each once, whatever a vocabulary says of itself."""
    found: dict[str, None] = {}
    while id and id not in found:
        found[id] = None
        id = above(id)
    return tuple(found)


def _open_of(id: str, among: Collection[str] | None) -> Concept | None:
    if id.startswith("open/") and (among is None or id in among):
        return Concept(id, "open", id.removeprefix("open/").replace("-", " "))
    return None


def _ambiguous(name: str, ids: Sequence[str]) -> ConceptError:
    """Several concepts have the name; those of the body parts that hurt most often come first."""
    ranked = sorted(ids, key=lambda id: _USUAL.index(part) if (part := id.split("/")[0]) in _USUAL else len(_USUAL))
    shown = tuple(ranked[:8])
    return ConceptError(f"'{name}' can be several concepts; say which: {', '.join(shown)}", shown)


_USUAL = ("lower-back", "back", "knee", "hips", "shin", "achilles", "heel", "neck")


def choose(items: Sequence[Item], found: Sequence[Found]) -> Found | None:
    """The mention that the head of the phrase belongs to, None where the head is a word that nothing covers."""
    covered = {place: each for each in found for place in range(each.first, each.last + 1)}
    core = _core(items, covered)
    chosen = covered.get(core[-1]) if core else None
    if chosen is None or _means_another_thing(items, chosen, core, covered):
        return None
    return chosen


def _core(items: Sequence[Item], covered: Mapping[int, Found]) -> list[int]:
    """Places of the words that carry the head noun phrase or the subject of a clause; the last one is the head."""
    core: list[int] = []
    for place, item in enumerate(items):
        if _is_bare_trouble(place, items, covered):
            continue
        named = covered.get(core[-1]) if core else None
        if named is not None and _begins_predicate(place, items, named, covered):
            break
        if item.words in MODALS and core and named is None:
            break
        if item.fresh and named is None and any(each in covered for each in core):
            return core[:-1]  # the word before is the verb of a clause: "weak glutes [tip] the pelvis"
        if place in covered or _is_content(item):
            core.append(place)
        elif core and item.filler in ("preposition", "stop", "and"):
            break
    return core


def _is_content(item: Item) -> bool:
    if item.atom is not None:
        return item.atom.kind != "head"
    return item.filler == "word" and item.words[0] not in HEDGES


def _is_bare_trouble(place: int, items: Sequence[Item], covered: Mapping[int, Found]) -> bool:
    """Whether "issues", "problems" only lead to what the phrase is about."""
    bare = is_trouble(items[place]) and place in covered and covered[place].concept.structure == ""
    return bare and sum(item.atom is not None or item.filler == "word" for item in items) > 1


def _begins_predicate(place: int, items: Sequence[Item], named: Found, covered: Mapping[int, Found]) -> bool:
    """As in "tight calves [increase] the pull", "knee problems [can] last", "tightness [creeping] down"."""
    item = items[place]
    if covered.get(place) is named or (named.concept.state == "" and named.concept.kind == "condition"):
        return False
    if item.filler == "copula" or (item.atom is not None and item.atom.kind == "head"):
        return True
    after = items[place + 1] if place + 1 < len(items) else None
    if item.atom is not None and item.atom.kind == "state":
        return item.atom.role == "verb" or (after is not None and after.fresh)
    creeping = item.filler == "word" and item.words[0].endswith("ing")
    return creeping and after is not None and after.filler == "preposition"


def _means_another_thing(
    items: Sequence[Item], chosen: Found, core: Sequence[int], covered: Mapping[int, Found]
) -> bool:
    """Whether unknown words make a lone structure or state another thing: "tooth pain", "race-day nerves"."""
    atom = items[min(chosen.owns)].atom
    if len(chosen.owns) > 1 or atom is None or atom.kind == "concept" or (atom.alone and "noun" in atom.role):
        return False
    if atom.bound:
        return True
    others = [items[place].words[-1] for place in core if place not in covered]
    if _is_of_another(items[chosen.last + 1 : chosen.last + 3]):
        return True
    if atom.kind == "state" and "noun" in atom.role:
        return any(not other.endswith(_ADJECTIVE_ENDINGS) for other in others)
    return bool(others)


def _is_of_another(after: Sequence[Item]) -> bool:
    """Whether "of the lungs", "in the mouth" follows, or an object ("control [the amount]")."""
    if not after:
        return False
    if after[0].fresh and after[0].filler in ("word", ""):
        return True
    of = after[0].words[-1:] in (("of",), ("in",), ("to",)) and after[0].atom is None
    return of and len(after) > 1 and after[1].filler == "word" and after[1].words[0] not in _CIRCUMSTANCES


_CIRCUMSTANCES = word_set(
    "term trial study race season training practice life youth adulthood old young adult child children winter summer "
    "addition general particular response place women men"
)
_ADJECTIVE_ENDINGS = (
    "ing",
    "ed",
    "al",
    "ive",
    "ful",
    "ous",
    "ic",
    "able",
    "ible",
    "less",
    "ish",
    "y",
    "est",
    "ent",
    "ant",
)


def open_concept(phrase: str, items: Sequence[Item]) -> tuple[Concept, Sign]:
    """An open concept named by the phrase's own words, quantities folded into the pole."""
    words: list[str] = []
    kept: list[Item] = []
    pole: Sign = 1
    for item in items:
        if words and (item.filler == "stop" or item.words in MODALS or len(words) >= LONGEST_NAME):
            break
        if item.atom is not None and item.atom.kind == "head" and item.atom.id in ("up", "down", "plain"):
            pole = -pole if item.atom.id == "down" else pole
        elif words or item.filler not in ("copula", "preposition", "stop", "and"):
            words += [word for word in item.words if word not in HEDGES]
            kept += [item] if item.words else []
    slug = re.sub(r"[\W_]+", "-", " ".join(words).lower()).strip("-")
    if not slug:
        name = " ".join(phrase.split()) or "unnamed"
        return Concept(f"open/{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-') or 'unnamed'}", "open", name), pole
    return Concept(f"open/{slug}", "open", _said(phrase[kept[0].start : kept[-1].end])), pole


def _said(text: str) -> str:
    """The words as written, on one line, without the capital of a sentence's beginning."""
    text = " ".join(text.split())
    return text[0].lower() + text[1:] if text[1:2].islower() else text
