from pathlib import Path

import pytest

from answer.intents import THING, asking_stems, likely_intent, masked, runs, words_of
from answer.opened import open_library
from embeddings.querying import QueryEncoder
from graph.linking import Linker
from graph.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def encoder(sample_library: Path) -> QueryEncoder:
    return open_library(sample_library).encoder


def test_what_is_named_is_masked() -> None:
    text = "something against tight hamstrings please"
    assert masked(text, Linker(load_vocabulary()).mentions(text)) == f"something against {THING} please"


def test_unknown_words_are_things_and_neighbouring_things_are_one() -> None:
    assert runs(["cure", "my", "bunion"], frozenset({"cure"})) == {"^", "cure", "x", "$", "^ cure", "cure x", "x $"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what lies behind x", "why"),
        ("what underlies x in recruits", "why"),
        ("what comes of x", "leads-to"),
        ("something against x please", "ease"),
        ("is there stuff you can do at home about x", "ease"),
        ("do x and x have anything to do with each other", "connect"),
        ("x progression", "search"),
    ],
)
def test_the_likeliest_intent(encoder: QueryEncoder, text: str, intent: str) -> None:
    name, probability = likely_intent(text, encoder)
    assert name == intent
    assert 0 < probability <= 1


def test_without_an_encoder_words_alone_decide() -> None:
    assert likely_intent("what lies behind x")[0] == "why"


def test_ways_to_ask_name_no_thing() -> None:
    assert {"pleas", "exact", "consequ"} <= asking_stems()
    assert THING not in asking_stems()


def test_a_text_without_words_has_an_intent_too() -> None:
    assert words_of("🏃 123") == []
    assert 0 < likely_intent("")[1] <= 1
