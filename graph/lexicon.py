"""The vocabulary compiled for reading: each run of normal words that means something, and what it means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from graph.concepts import Concept, Sign
from graph.vocabulary import HeadKind, State, Structure, Vocabulary
from graph.words import normal, normal_words, verb_forms, word_set

AtomKind = Literal["structure", "state", "action", "concept", "head"]
Role = Literal["adjective", "noun", "verb", "noun or verb", ""]

DETERMINERS = word_set(
    """a an the my your his her their our its this these those some any both each every own such what whatever all
    certain various several another other"""
)


@dataclass(frozen=True, slots=True)
class Atom:
    """What a run of words means before it is composed: a structure, a state's pole, a whole concept, a head.

    Args:
        kind: "action" is a remedy that composes with a structure, "head" turns the pole of what it governs.
        id: of the structure, state, remedy or concept; the head's kind for a head.
        pole: -1 when the words name the opposite pole.
        role: a state's part of speech.
        alone: id and pole of the concept that a state's words name where no structure is near ("flexibility").
        bound: the words say the state only of a structure ("arch", "movement").
    """

    kind: AtomKind
    id: str
    pole: Sign = 1
    role: Role = ""
    alone: tuple[str, Sign] | None = None
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Args:
    entries: run of normal words -> what it means.
    lengths: first word -> how many words its runs have, longest first.
    concepts: id -> every concept with a name of its own.
    good: ids of the concepts of which more is better.
    words: every normal word that some entry uses.
    """

    vocabulary: Vocabulary
    entries: Mapping[tuple[str, ...], Atom]
    lengths: Mapping[str, tuple[int, ...]]
    concepts: Mapping[str, Concept]
    good: frozenset[str]
    words: frozenset[str]

    def condition(self, structure: str, state: str) -> Concept:
        """The condition of a structure in a state; either may be "": "hamstrings", "any/pain"."""
        structures, states = self.vocabulary.structures, self.vocabulary.states
        if not state:
            return Concept(structure, "condition", structures[structure].name, structure)
        state_entry = states[state]
        structure = structure or state_entry.structure
        if not structure:
            return Concept(f"any/{state}", "condition", state_entry.name, "", state)
        name = state_entry.say.format(structure=structures[structure].name, singular=structures[structure].singular)
        return Concept(f"{structure}/{state}", "condition", name, structure, state)

    def remedy_on(self, remedy: str, structure: str) -> Concept:
        """A remedy done to a structure: "hamstring-stretching"; the plain remedy where no structure is named."""
        if not structure or self.vocabulary.structures[structure].generic:
            return self.concepts[remedy]
        singular = self.vocabulary.structures[structure].singular
        id = f"{singular.replace(' ', '-')}-{remedy}"
        known = self.concepts.get(id)
        return known or Concept(id, "remedy", f"{singular} {self.vocabulary.remedies[remedy].name}", structure)


def compile_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The vocabulary as runs of normal words; where two entries share a run, the first of the order below has it."""
    found: dict[tuple[str, ...], Atom] = {}
    for words, atom in _all_atoms(vocabulary):
        if words:
            found[words] = _joined(found[words], atom) if words in found else atom
    lengths: dict[str, set[int]] = {}
    for words in found:
        lengths.setdefault(words[0], set()).add(len(words))
    return Lexicon(
        vocabulary,
        found,
        {first: tuple(sorted(counts, reverse=True)) for first, counts in lengths.items()},
        _named_concepts(vocabulary),
        frozenset(
            entry.id for table in (vocabulary.behaviours, vocabulary.outcomes) for entry in table.values() if entry.good
        )
        | frozenset(vocabulary.remedies),
        frozenset(word for words in found for word in words),
    )


def _joined(first: Atom, second: Atom) -> Atom:
    """The earlier of two atoms with the same words, but a state that can stand alone as a named concept is both."""
    if first.kind == "concept" and second.kind in ("state", "action"):
        return replace(second, alone=(first.id, first.pole))
    same = first.kind == second.kind == "state" and first.id == second.id and first.pole == second.pole
    if same and {first.role, second.role} == {"noun", "verb"}:
        return replace(first, role="noun or verb")
    return first


def content_words(phrase: str) -> tuple[str, ...]:
    """The normal words of a phrase without its determiners."""
    return tuple(word for word in normal_words(phrase) if word not in DETERMINERS)


def _all_atoms(vocabulary: Vocabulary) -> Iterable[tuple[tuple[str, ...], Atom]]:
    yield from _head_atoms(vocabulary, "ignore")
    for behaviour in vocabulary.behaviours.values():
        yield from _named(behaviour.id, (behaviour.name, *behaviour.aliases), behaviour.opposites)
    for remedy in vocabulary.remedies.values():
        yield from _named(remedy.id, (remedy.name, *remedy.aliases))
    for condition in vocabulary.conditions.values():
        # "back pain" is put together of its words, and so is "knee, hip and back pain"; only "backache" is a name
        composed = condition.id == f"{condition.structure}/{condition.state}"
        yield from _named(condition.id, condition.aliases if composed else (condition.name, *condition.aliases))
    for outcome in vocabulary.outcomes.values():
        yield from _named(outcome.id, (outcome.name, *outcome.aliases), outcome.opposites)
    for structure in vocabulary.structures.values():
        yield from _structure_atoms(structure)
    for state in vocabulary.states.values():
        yield from _state_atoms(state)
    for remedy in vocabulary.remedies.values():
        for words in _runs(remedy.composes):
            yield words, Atom("action", remedy.id, 1, "noun")
    for kind in vocabulary.heads:
        yield from _head_atoms(vocabulary, kind)


def _named(id: str, names: Iterable[str], opposites: Iterable[str] = ()) -> Iterable[tuple[tuple[str, ...], Atom]]:
    for words in _runs(names):
        yield words, Atom("concept", id)
    for words in _runs(opposites):
        yield words, Atom("concept", id, -1)


def _structure_atoms(structure: Structure) -> Iterable[tuple[tuple[str, ...], Atom]]:
    for words in _runs((structure.name, *structure.aliases, structure.singular)):
        yield words, Atom("structure", structure.id)


def _state_atoms(state: State) -> Iterable[tuple[tuple[str, ...], Atom]]:
    roles: tuple[tuple[Role, Sign, tuple[str, ...]], ...] = (
        ("noun", 1, (state.name, *state.nouns)),
        ("adjective", 1, state.adjectives),
        ("verb", 1, tuple(f"~{verb}" for verb in state.verbs)),
        ("noun", -1, (state.opposite, *state.opposite_nouns)),
        ("adjective", -1, state.opposite_adjectives),
        ("verb", -1, tuple(f"~{verb}" for verb in state.opposite_verbs)),
    )
    bound = frozenset(map(content_words, state.bound))
    for role, pole, phrases in roles:
        for words in _runs(phrases):
            yield words, Atom("state", state.id, pole, role, bound=words in bound)


def _head_atoms(vocabulary: Vocabulary, kind: HeadKind) -> Iterable[tuple[tuple[str, ...], Atom]]:
    for words in _runs(vocabulary.heads[kind]):
        yield words, Atom("head", kind)


def _runs(phrases: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """The word runs of phrases; "~lead with chest" stands for each form of its verb."""
    for phrase in phrases:
        if not phrase.startswith("~"):
            yield content_words(phrase)
            continue
        verb, *rest = phrase[1:].split()
        for form in verb_forms(verb):
            yield (normal(form), *content_words(" ".join(rest)))


def _named_concepts(vocabulary: Vocabulary) -> dict[str, Concept]:
    found: dict[str, Concept] = {}
    for behaviour in vocabulary.behaviours.values():
        found[behaviour.id] = Concept(behaviour.id, "behaviour", behaviour.name, next(iter(behaviour.loads), ""))
    for remedy in vocabulary.remedies.values():
        found[remedy.id] = Concept(remedy.id, "remedy", remedy.name, next(iter(remedy.works_on), ""))
    for outcome in vocabulary.outcomes.values():
        found[outcome.id] = Concept(outcome.id, "outcome", outcome.name)
    for condition in vocabulary.conditions.values():
        found[condition.id] = Concept(condition.id, "condition", condition.name, condition.structure, condition.state)
    return found
