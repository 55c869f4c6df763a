"""The built-in tables are sound, and a broken entry is refused with its file, line and mend."""

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import VocabularyError
from graph.entries import read_entries
from graph.lexicon import content_words
from graph.vocabulary import DATA, REGIONS, Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def test_the_tables_are_as_wide_as_promised(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.structures) >= 70
    assert sum(bool(state.opposite) for state in vocabulary.states.values()) >= 14
    assert len(vocabulary.conditions) >= 40
    assert len(vocabulary.behaviours) >= 60
    assert len(vocabulary.remedies) >= 90
    assert len(vocabulary.red_flags) >= 10


def test_neighbours_are_written_from_both_sides() -> None:
    entries = read_entries(DATA / "structures.toml", (DATA / "structures.toml").read_bytes(), "structures")
    one_sided = [
        (id, neighbour)
        for id, entry in entries.items()
        for neighbour in entry.words("neighbours")
        if id not in entries[neighbour].words("neighbours")
    ]
    assert one_sided == []
    assert [id for id, entry in entries.items() if id in entry.words("neighbours")] == []


def test_every_structure_hangs_together_on_the_kinetic_chain(vocabulary: Vocabulary) -> None:
    reached, waiting = set(), ["foot"]
    while waiting:
        each = waiting.pop()
        if each not in reached:
            reached.add(each)
            waiting += vocabulary.structures[each].neighbours
    moving = {id for id, structure in vocabulary.structures.items() if structure.region != "whole-body"}
    assert moving - reached == set()


def test_parts_lead_up_to_a_whole_without_a_circle(vocabulary: Vocabulary) -> None:
    for structure in vocabulary.structures.values():
        seen = {structure.id}
        while structure.part_of:
            structure = vocabulary.structures[structure.part_of]
            assert structure.id not in seen
            seen.add(structure.id)


def test_every_region_of_the_body_map_has_a_structure(vocabulary: Vocabulary) -> None:
    assert set(REGIONS) == {structure.region for structure in vocabulary.structures.values()}


def test_uberon_ids_are_there_and_not_obsolete(vocabulary: Vocabulary, shared: Path) -> None:
    with gzip.open(shared / "data" / "vocabulary" / "uberon-musculoskeletal.obo.gz", "rt") as lines:
        terms = lines.read().split("[Term]")[1:]
    living = {
        match[1] for term in terms if "is_obsolete: true" not in term and (match := re.search(r"id: (\S+)", term))
    }
    named = {structure.id: structure.uberon for structure in vocabulary.structures.values() if structure.uberon}
    assert {id: uberon for id, uberon in named.items() if uberon not in living} == {}
    assert len(named) >= 50


def test_no_two_structures_share_a_name(vocabulary: Vocabulary) -> None:
    names = Counter(
        words
        for structure in vocabulary.structures.values()
        for words in {content_words(name) for name in (structure.name, structure.singular, *structure.aliases)}
    )
    assert [" ".join(words) for words, count in names.items() if count > 1] == []


def test_no_two_concepts_share_a_name(vocabulary: Vocabulary) -> None:
    names = Counter(
        words
        for table in (vocabulary.behaviours, vocabulary.remedies, vocabulary.outcomes, vocabulary.conditions)
        for entry in table.values()
        for words in {content_words(name) for name in (entry.name, *entry.aliases, *getattr(entry, "opposites", ()))}
    )
    assert [" ".join(words) for words, count in names.items() if count > 1] == []


def test_what_a_remedy_addresses_is_a_state_or_a_concept(vocabulary: Vocabulary) -> None:
    known = {*vocabulary.states, *vocabulary.behaviours, *vocabulary.conditions, *vocabulary.outcomes}
    assert {id for remedy in vocabulary.remedies.values() for id in remedy.addresses} - known == set()


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    extra = tmp_path / "more.toml"
    extra.write_text('[remedies.hopping]\nname = "hopping drills"\nworks_on = "foot"\n')
    assert load_vocabulary().version == load_vocabulary().version
    assert load_vocabulary(extra).version != load_vocabulary().version


def test_an_extra_file_adds_and_overrides(tmp_path: Path) -> None:
    extra = tmp_path / "more.toml"
    extra.write_text(
        '[structures.tail]\nname = "tail"\nregion = "pelvis"\nview = "back"\nneighbours = "tailbone"\n\n'
        '[behaviours.smoking]\nname = "smoking a pipe"\naliases = "pipe"\n'
    )
    vocabulary = load_vocabulary(extra)
    assert vocabulary.structures["tail"].neighbours == ("tailbone",)
    assert "tail" in vocabulary.structures["tailbone"].neighbours
    assert vocabulary.behaviours["smoking"].aliases == ("pipe",)
    assert len(vocabulary.remedies) == len(load_vocabulary().remedies)


@pytest.mark.parametrize(
    ("text", "line", "parts"),
    [
        (
            '# mine\n\n[structures.tail]\nname = "tail"\nview = "back"\nregion = "rear"\n',
            3,
            ["[tail]", "'rear'", "pelvis"],
        ),
        ('[remedies.hopping]\nname = "hopping"\nworks_on = "wings"\n', 1, ["[hopping]", "'wings'", "structure"]),
        ('[behaviours.hopping]\naliases = "hop"\n', 1, ["[hopping]", "'name' is missing", 'name = "..."']),
        ('[outcomes.joy]\nname = "joy"\naliass = "fun"\n', 1, ["[joy]", "'aliass'", "aliases"]),
        ("[outcomes.joy]\nname = 3\n", 1, ["[joy]", "3", "text"]),
        ('[outcomes.joy]\nname = "joy"\ngood = "yes"\n', 1, ["[joy]", "'good'", "true"]),
        ('[states.wet]\nname = "wetness"\nsay = "wet"\n', 1, ["[wet]", "{structure}"]),
        ('[outcomes."Big Joy"]\nname = "joy"\n', 1, ["Big Joy", "small letters"]),
    ],
)
def test_a_broken_entry_is_refused_with_its_place_and_mend(
    tmp_path: Path, text: str, line: int, parts: list[str]
) -> None:
    extra = tmp_path / "broken.toml"
    extra.write_text(text)
    with pytest.raises(VocabularyError) as refused:
        load_vocabulary(extra)
    message = str(refused.value)
    assert message.startswith(f"{extra}, line {line}, ")
    assert [part for part in parts if part not in message] == []


@pytest.mark.parametrize(
    ("text", "part"), [("[remedies\n", "not readable as TOML"), ("[pets.cat]\nname = 'cat'\n", "no table 'pets'")]
)
def test_a_file_that_is_no_vocabulary_is_refused(tmp_path: Path, text: str, part: str) -> None:
    extra = tmp_path / "broken.toml"
    extra.write_text(text)
    with pytest.raises(VocabularyError, match=part) as refused:
        load_vocabulary(extra)
    assert str(extra) in str(refused.value)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"nowhere\.toml"):
        load_vocabulary(tmp_path / "nowhere.toml")
