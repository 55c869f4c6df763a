import pytest

from answer.intents import THING, likely_intent, masked, runs, words_of
from graph.linking import Linker
from graph.vocabulary import load_vocabulary


def test_what_is_named_is_masked() -> None:
    text = "something against tight hamstrings please"
    assert masked(text, Linker(load_vocabulary()).mentions(text)) == f"something against {THING} please"


def test_unknown_words_are_things_and_neighbouring_things_are_one() -> None:
    assert runs(["cure", "my", "bunion"], frozenset({"cure"})) == {"^", "cure", "x", "$", "^ cure", "cure x", "x $"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what lies behind x", "why"),
        ("what comes of x", "leads-to"),
        ("something against x please", "ease"),
        ("do x and x have anything to do with each other", "connect"),
        ("x progression", "search"),
    ],
)
def test_the_likeliest_intent(text: str, intent: str) -> None:
    name, probability = likely_intent(text)
    assert name == intent
    assert 0 < probability <= 1


def test_a_text_without_words_has_an_intent_too() -> None:
    assert words_of("🏃 123") == []
    assert 0 < likely_intent("")[1] <= 1
