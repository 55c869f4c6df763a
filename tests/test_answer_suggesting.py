import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.suggesting import Suggester, make_suggester
from graph.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return make_suggester(load_vocabulary(), ["tight hip flexors", "lower back pain"], ["why does my back hurt?"])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hamst", "hamstrings"),
        ("hamstirng", "hamstrings"),
        ("tigt hip fl", "tight hip flexors"),
        ("why does", "why does my back hurt?"),
        ("LOWER  ba", "lower back pain"),
        ("flexors", "tight hip flexors"),
    ],
)
def test_beginnings_and_misspellings_are_completed(suggester: Suggester, typed: str, expected: str) -> None:
    assert expected in suggester.suggest(typed)


def test_an_alias_leads_to_its_name(suggester: Suggester) -> None:
    assert "glutes" in suggester.suggest("buttocks", 3)


@pytest.mark.parametrize("typed", ["", "  ", "🏃", "x" * 10_000, "%' OR 1=1"])
def test_nothing_is_suggested_for_nothing_known(suggester: Suggester, typed: str) -> None:
    assert suggester.suggest(typed) == ()


@given(typed=st.text(max_size=60), k=st.integers(0, 10))
def test_suggestions_are_few_and_different(suggester: Suggester, typed: str, k: int) -> None:
    found = suggester.suggest(typed, k)
    assert len(found) == len(set(found)) <= k
