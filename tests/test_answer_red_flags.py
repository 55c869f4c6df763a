from pathlib import Path

import pytest

from answer.opened import open_library
from answer.red_flags import find_red_flags, runs_of
from embeddings.querying import QueryEncoder
from graph.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def encoder(sample_library: Path) -> QueryEncoder:
    return open_library(sample_library).encoder


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("My groin is numb and my back hurts", "saddle-numbness"),
        ("i can't control my bladder any more", "bladder-bowel"),
        ("chest pain on every hill", "chest-pain"),
        ("I really can't put any weight on it", "cannot-bear-weight"),
    ],
)
def test_words_name_a_flag_where_they_stand(vocabulary: Vocabulary, text: str, flag: str) -> None:
    found = {each.flag.id: text[each.start : each.end] for each in find_red_flags(text, vocabulary)}
    assert flag in found
    assert found[flag].strip()


@pytest.mark.parametrize("text", ["no fever, just a sore calf", "aches but without chest pain", "how to stretch", ""])
def test_what_is_denied_or_harmless_is_no_flag(vocabulary: Vocabulary, text: str) -> None:
    assert find_red_flags(text, vocabulary) == ()


@pytest.mark.parametrize(
    "text",
    [
        "all feeling down below has gone since I lifted that crate",
        "I nearly blacked out at the top of the climb and my heart went wild",
        "my shin is so tender on one spot of the bone that I limp",
    ],
)
def test_meaning_names_a_flag_too(vocabulary: Vocabulary, encoder: QueryEncoder, text: str) -> None:
    assert find_red_flags(text, vocabulary, encoder)


@pytest.mark.parametrize(
    "text",
    [
        "autumn races",
        "shoes for wide feet",
        "my watch lost its signal",
        "calf raises",
        "sore back",
        "how do stress fractures happen",
        "what happens if i rest completely",
        "is sitting all day bad for my back?",
        "back pain",
        "neck pain",
        "my knee hurts",
        "stiff hips in the morning",
    ],
)
def test_everyday_questions_are_no_flags(vocabulary: Vocabulary, encoder: QueryEncoder, text: str) -> None:
    assert find_red_flags(text, vocabulary, encoder) == ()


@pytest.mark.parametrize(
    "text",
    [
        "what helps lower back pain now that i can't feel my groin and wet myself",
        "my back has been sore since the race, is stretching good for it when my crotch has gone numb",
        "which exercises ease a stiff back, my leg is getting weaker every day by the way",
    ],
)
def test_a_flag_in_the_middle_of_a_longer_question_is_seen(
    vocabulary: Vocabulary, encoder: QueryEncoder, text: str
) -> None:
    assert find_red_flags(text, vocabulary, encoder)


@pytest.mark.parametrize(
    "text",
    [
        "what helps a sore back when i train for a fall marathon and sit at a desk all day",
        "my knee is stiff in the morning, is cycling good for it and how long should i ride",
    ],
)
def test_a_long_everyday_question_is_no_flag(vocabulary: Vocabulary, encoder: QueryEncoder, text: str) -> None:
    assert find_red_flags(text, vocabulary, encoder) == ()


def test_meaning_marks_the_words_that_name_the_flag(vocabulary: Vocabulary, encoder: QueryEncoder) -> None:
    text = (
        "been doing my hip stretches every evening like the article says but since sunday there is no feeling at all"
        " where i sit on the saddle, which shoes would you take for a trail half"
    )
    [warned] = find_red_flags(text, vocabulary, encoder)
    assert warned.flag.id == "saddle-numbness"
    assert "feeling" in text[warned.start : warned.end]
    assert len(text[warned.start : warned.end].split()) < 12


def test_a_pasted_page_is_judged_in_time(vocabulary: Vocabulary, encoder: QueryEncoder) -> None:
    page = "Run easy and keep your steps short. " * 600
    assert find_red_flags(page, vocabulary, encoder) == ()
    assert len(runs_of(page)) < 120


def test_urgent_flags_come_first(vocabulary: Vocabulary) -> None:
    found = find_red_flags("pain wakes me every night, and since today I have chest pain", vocabulary)
    assert [each.flag.urgent for each in found] == [True, False]
