"""The vocabulary: what Kinetrace knows by name, read from the TOML tables in `graph/data`.

A table is a file of entries, one `[id]` header each. Lists of words are written as one string parted by ";".
An extra file (`--vocabulary FILE`) has the same entries one level down: `[structures.tail]`, `[remedies.hopping]`;
an entry of the same id replaces the built-in one.
"""

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar, cast

from corpus.errors import VocabularyError
from graph.entries import Entry, read_entries

DATA = Path(__file__).parent / "data"
REGIONS = (
    "head", "neck", "shoulders", "chest", "arms", "upper-back", "lower-back", "abdominals", "core", "pelvis", "hips",
    "hip-flexors", "glutes", "groin", "hamstrings", "quadriceps", "it-band", "knees", "shins", "calves", "achilles",
    "ankles", "feet", "whole-body",
)  # fmt: skip
View = Literal["front", "back", "both"]
VIEWS: tuple[View, ...] = ("front", "back", "both")


@dataclass(frozen=True, slots=True)
class Structure:
    """A body part.

    Args:
        id, name, aliases: how it is called here and by people.
        region: id of the region on the body map, one of `REGIONS`.
        view: the side of the body map that shows it.
        neighbours: ids of the next structures along the kinetic chain, both ways.
        part_of: id of the structure that it belongs to, "" for none.
        uberon: "UBERON:0001105", "" where there is none.
        singular: as it stands before a noun: "hamstring" in "hamstring stretching".
        generic: it yields to a more particular structure beside it ("muscle imbalances along the kinetic chain").
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    region: str
    view: View
    neighbours: tuple[str, ...]
    part_of: str
    uberon: str
    singular: str
    generic: bool


@dataclass(frozen=True, slots=True)
class State:
    """An axis that a structure can be on: its first pole (what hurts or hinders) and the opposite one.

    Args:
        id: names the first pole, as in the concept id "hamstrings/tightness".
        name: of the first pole; `opposite` of the other one, "" where there is none.
        say: how a condition is called: "tight {structure}".
        adjectives, nouns, verbs: words of the first pole; verbs in their base form.
        opposite_adjectives, opposite_nouns, opposite_verbs: words of the other pole.
        broader: id of a wider state: a fracture is an injury; "" for none.
        structure: the structure that is meant where none is named, "" for none.
        bound: those of its words that say it only of a structure: "arch", "movement".
        akin: ids of the states that people call by its name, or it by theirs: "knee trouble" for knee pain.
    """

    id: str
    name: str
    opposite: str
    say: str
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    opposite_adjectives: tuple[str, ...]
    opposite_nouns: tuple[str, ...]
    opposite_verbs: tuple[str, ...]
    broader: str
    structure: str
    bound: tuple[str, ...] = ()
    akin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """A condition that has a name of its own: id "plantar-fascia/fasciitis", narrower than its structure x state.

    `akin`: ids of states of its structure that people call by its name, or it by theirs: shin pain, shin splints.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    structure: str
    state: str
    akin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What people do, or how they do it.

    Args:
        aliases: names of it; `opposites`: names of its opposite ("short steps" for overstriding).
        good: whether more of it is the better pole ("poor hydration" is less of it, "poor posture" is more).
        loads: ids of structures that it loads.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    opposites: tuple[str, ...]
    good: bool
    loads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What people do to mend something.

    Args:
        works_on: ids of structures; addresses: ids of states or concepts that it is generally held to lower.
        composes: words that make a remedy of their own with a structure beside them ("stretch" + hamstrings).
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    works_on: tuple[str, ...]
    addresses: tuple[str, ...]
    composes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What people want, or want to be rid of, that is no state of a structure; fields as in `Behaviour`."""

    id: str
    name: str
    aliases: tuple[str, ...]
    opposites: tuple[str, ...]
    good: bool


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A sign that wants a professional at once or soon: how people put it, and the advice."""

    id: str
    name: str
    phrases: tuple[str, ...]
    advice: str
    urgent: bool


_T = TypeVar("_T")
HeadKind = Literal["up", "down", "good", "bad", "plain", "down-after", "ignore"]
HEAD_KINDS: tuple[HeadKind, ...] = ("up", "down", "good", "bad", "plain", "down-after", "ignore")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything known by name; ids to entries. `heads` are words that turn a pole; `version` hashes the content."""

    structures: Mapping[str, Structure]
    states: Mapping[str, State]
    conditions: Mapping[str, NamedCondition]
    behaviours: Mapping[str, Behaviour]
    remedies: Mapping[str, Remedy]
    outcomes: Mapping[str, Outcome]
    red_flags: Mapping[str, RedFlag]
    heads: Mapping[HeadKind, tuple[str, ...]]
    version: str


def load_vocabulary(extra: Path | None = None) -> Vocabulary:
    """The built-in vocabulary, with the entries of `extra` added or put in place of those of the same id.

    Raises:
        VocabularyError: an entry is broken: file, line, entry and mend.
    """
    digest = hashlib.sha256()
    tables: dict[str, dict[str, Entry]] = {}
    for table in _TABLES:
        text = (DATA / f"{table}.toml").read_bytes()
        digest.update(text)
        tables[table] = read_entries(DATA / f"{table}.toml", text, table)
    if extra is not None:
        digest.update(_add_extra(tables, extra))
    return _assemble(tables, digest.hexdigest()[:16])


_TABLES = ("structures", "states", "conditions", "behaviours", "remedies", "outcomes", "red_flags", "heads")


def _add_extra(tables: dict[str, dict[str, Entry]], extra: Path) -> bytes:
    try:
        text = extra.read_bytes()
    except OSError as error:
        raise VocabularyError(f"{extra}: can't be read ({error.strerror}); name a TOML file") from error
    for table in _tables_of(extra, text):
        if table not in _TABLES or table == "heads":
            known = ", ".join(name for name in _TABLES if name != "heads")
            raise VocabularyError(
                f"{extra}: there is no table '{table}'; name one of {known}, as in [remedies.hopping]"
            )
        tables[table] |= read_entries(extra, text, table, nested=True)
    return text


def _tables_of(path: Path, text: bytes) -> tuple[str, ...]:
    try:
        return tuple(tomllib.loads(text.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: not readable as TOML: {error}") from error


def _assemble(tables: Mapping[str, Mapping[str, Entry]], version: str) -> Vocabulary:
    anywhere = {id: entry for id, entry in tables["conditions"].items() if entry.text("structure", "-") == ""}
    vocabulary = Vocabulary(
        structures=_with_both_ways(_built(tables["structures"], _structure)),
        states=({**_built(tables["states"], _state), **_built(anywhere, _condition_state)}),
        conditions=_built({id: each for id, each in tables["conditions"].items() if id not in anywhere}, _condition),
        behaviours=_built(tables["behaviours"], _behaviour),
        remedies=_built(tables["remedies"], _remedy),
        outcomes=_built(tables["outcomes"], _outcome),
        red_flags=_built(tables["red_flags"], _red_flag),
        heads=_heads(tables["heads"]),
        version=version,
    )
    _check_references(vocabulary, tables)
    return vocabulary


def _built(entries: Mapping[str, Entry], build: Callable[[Entry], _T]) -> Mapping[str, _T]:
    built = {}
    for entry in entries.values():
        built[entry.id] = build(entry)
        entry.refuse_unknown()
    return built


def _structure(entry: Entry) -> Structure:
    name = entry.text("name")
    return Structure(
        id=entry.id,
        name=name,
        aliases=entry.words("aliases"),
        region=entry.choice("region", REGIONS),
        view=cast(View, entry.choice("view", VIEWS)),
        neighbours=entry.words("neighbours"),
        part_of=entry.text("part_of", ""),
        uberon=entry.text("uberon", ""),
        singular=entry.text("singular", name),
        generic=entry.flag("generic", False),
    )


def _state(entry: Entry) -> State:
    return State(
        id=entry.id,
        name=entry.text("name"),
        opposite=entry.text("opposite", ""),
        say=_template(entry),
        adjectives=entry.words("adjectives"),
        nouns=entry.words("nouns"),
        verbs=entry.words("verbs"),
        opposite_adjectives=entry.words("opposite_adjectives"),
        opposite_nouns=entry.words("opposite_nouns"),
        opposite_verbs=entry.words("opposite_verbs"),
        broader=entry.text("broader", ""),
        structure=entry.text("structure", ""),
        bound=entry.words("bound"),
        akin=entry.words("akin"),
    )


def _condition_state(entry: Entry) -> State:
    """A named condition of any structure ("arthritis"), as a state without another pole."""
    entry.text("structure", "")
    return State(
        id=entry.id,
        name=entry.text("name"),
        opposite="",
        say=_template(entry),
        adjectives=entry.words("adjectives"),
        nouns=entry.words("aliases"),
        verbs=(),
        opposite_adjectives=(),
        opposite_nouns=(),
        opposite_verbs=(),
        broader=entry.text("state"),
        structure="",
    )


def _template(entry: Entry) -> str:
    say = entry.text("say")
    if "{structure}" not in say and "{singular}" not in say:
        raise entry.error(f"'say' is '{say}'", 'put {structure} where the body part goes, as in "tight {structure}"')
    return say


def _condition(entry: Entry) -> NamedCondition:
    return NamedCondition(
        entry.id,
        entry.text("name"),
        entry.words("aliases"),
        entry.text("structure"),
        entry.text("state"),
        entry.words("akin"),
    )


def _behaviour(entry: Entry) -> Behaviour:
    return Behaviour(
        id=entry.id,
        name=entry.text("name"),
        aliases=entry.words("aliases"),
        opposites=entry.words("opposites"),
        good=entry.flag("good", False),
        loads=entry.words("loads"),
    )


def _remedy(entry: Entry) -> Remedy:
    return Remedy(
        id=entry.id,
        name=entry.text("name"),
        aliases=entry.words("aliases"),
        works_on=entry.words("works_on"),
        addresses=entry.words("addresses"),
        composes=entry.words("composes"),
    )


def _outcome(entry: Entry) -> Outcome:
    return Outcome(
        id=entry.id,
        name=entry.text("name"),
        aliases=entry.words("aliases"),
        opposites=entry.words("opposites"),
        good=entry.flag("good", True),
    )


def _red_flag(entry: Entry) -> RedFlag:
    return RedFlag(
        entry.id, entry.text("name"), entry.words("phrases"), entry.text("advice"), entry.flag("urgent", False)
    )


def _heads(entries: Mapping[str, Entry]) -> Mapping[HeadKind, tuple[str, ...]]:
    return {kind: entries[kind].words("words") for kind in HEAD_KINDS}


def _with_both_ways(structures: Mapping[str, Structure]) -> Mapping[str, Structure]:
    """Neighbours of each other: an extra entry names its neighbours, which then have it for one."""
    joined = {id: list(structure.neighbours) for id, structure in structures.items()}
    for id, structure in structures.items():
        for neighbour in structure.neighbours:
            if neighbour in joined and id not in joined[neighbour]:
                joined[neighbour].append(id)
    return {id: replace(each, neighbours=tuple(joined[id])) for id, each in structures.items()}


def _check_references(vocabulary: Vocabulary, tables: Mapping[str, Mapping[str, Entry]]) -> None:
    for table, key, known in (
        ("structures", "neighbours", vocabulary.structures),
        ("structures", "part_of", vocabulary.structures),
        ("states", "broader", vocabulary.states),
        ("states", "structure", vocabulary.structures),
        ("states", "akin", vocabulary.states),
        ("conditions", "structure", vocabulary.structures),
        ("conditions", "state", vocabulary.states),
        ("conditions", "akin", vocabulary.states),
        ("behaviours", "loads", vocabulary.structures),
        ("remedies", "works_on", vocabulary.structures),
    ):
        for entry in tables[table].values():
            for id in entry.words(key):
                if id not in known:
                    raise entry.error(f"'{key}' names '{id}', which is not there", f"use an id of {_kind_of(key)}")


def _kind_of(key: str) -> str:
    return "a state" if key in ("broader", "state", "akin") else "a structure"
