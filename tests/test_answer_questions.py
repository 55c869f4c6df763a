from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.opened import open_library
from answer.patterns import patterns
from answer.questions import Intent, read_question
from embeddings.querying import QueryEncoder
from graph.linking import Linker
from graph.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def encoder(sample_library: Path) -> QueryEncoder:
    return open_library(sample_library).encoder


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(load_vocabulary())


ASKED = {
    Intent.WHY: [
        "why does my knee hurt?",
        "waht causes heel pain",
        "what's behind my tight calves?",
        "my hip hurts after long runs, why",
        "how did I get shin splints",
        "explain why glutes get weak",
        "where does hip pain come from?",
        "pelvis tips forward when I run, cause?",
        "fingers go numb on long runs, what's that from?",
        "what underlies overtraining?",
    ],
    Intent.LEADS_TO: [
        "what does overstriding lead to?",
        "what happens if my core is weak",
        "what if i never stretch",
        "consequences of weak hips",
        "what comes of running in old shoes",
        "if my glutes are weak, what happens",
        "what becomes of a runner who never sleeps enough?",
    ],
    Intent.EASE: [
        "how do I ease tight hip flexors?",
        "what helps with a stiff neck",
        "tight calves what to do",
        "is foam rolling good for knee pain?",
        "how can I make my hips stronger",
        "how do i get rid of shin splints",
        "any exercises for weak glutes",
        "how do I get over a calf strain",
        "how would you prevent a hamstring strain in a sprinter?",
        "how does one go about correcting a forward head?",
        "what would calm down an irritated sciatic nerve?",
        "which programme works best for Achilles tendinopathy?",
    ],
    Intent.DOES_CAUSE: [
        "does overstriding cause knee pain?",
        "can tight hip flexors give me a sore back",
        "overstriding causes shin splints?",
        "is my back pain due to weak abs",
        "do strong glutes protect the knees?",
        "does sitting switch off the glutes",
        "can you get shin splints from hard surfaces",
        "ibuprofen any good for a sore back?",
        "does carrying extra pounds put you at risk of heel pain?",
        "I heard that stretching prevents injuries, is that right?",
    ],
    Intent.CONNECT: [
        "how are weak feet and shin splints related?",
        "what is the connection between the pelvis and the hamstrings",
        "what has breathing to do with neck pain?",
        "how does sitting lead to back pain",
    ],
    Intent.DISAGREE: [
        "what do the articles disagree on?",
        "conflicting advice on stretching",
        "do authors agree about cadence?",
    ],
    Intent.SEARCH: [
        "cadence drills",
        "marathon taper",
        "",
        "when to replace running shoes",
        "which muscles make up the core",
        "'; DROP TABLE passages; --",
        "🏃",
    ],
}


@pytest.mark.parametrize(
    ("intent", "text"), [(intent, text) for intent, texts in ASKED.items() for text in texts], ids=str
)
def test_intents(linker: Linker, encoder: QueryEncoder, intent: Intent, text: str) -> None:
    assert read_question(text, linker, encoder).intent == intent


@pytest.mark.parametrize(
    ("text", "cause", "effect", "sign"),
    [
        ("does overstriding cause knee pain?", "overstriding", "knee/pain", 1),
        ("is my knee pain due to overstriding?", "overstriding", "knee/pain", 1),
        ("does overstriding prevent knee pain", "overstriding", "knee/pain", -1),
        ("can you get knee pain from overstriding", "overstriding", "knee/pain", 1),
    ],
)
def test_sides(linker: Linker, text: str, cause: str, effect: str, sign: int) -> None:
    question = read_question(text, linker)
    assert question.cause is not None
    assert question.effect is not None
    assert [concept.id for concept in question.cause.concepts] == [cause]
    assert [concept.id for concept in question.effect.concepts] == [effect]
    assert question.sign == sign


def test_words_that_nothing_covers_are_noticed(linker: Linker) -> None:
    question = read_question("does chocolate cause knee pain?", linker)
    assert question.cause is not None
    assert question.cause.concepts == ()
    assert question.cause.unknown == ("chocolate",)


def test_the_opposite_pole_is_noticed(linker: Linker) -> None:
    question = read_question("do strong glutes prevent knee pain?", linker)
    assert question.cause is not None
    assert (question.cause.concepts[0].id, question.cause.pole) == ("glutes/weakness", -1)


def test_running_counts_only_where_nothing_else_is_named(linker: Linker) -> None:
    assert [each.id for each in read_question("why does my knee hurt when running", linker).concepts] == ["knee/pain"]
    assert [each.id for each in read_question("what does running do", linker).concepts] == ["running"]


def test_every_pattern_has_an_intent() -> None:
    assert {pattern.intent for pattern in patterns()} <= {intent.value for intent in Intent}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("does slouching cause backache", ["slouching", "back/pain"]),
        ("why is my shin pain back again", ["shin/pain"]),
        ("can stress give me a tight neck", ["mental-stress", "neck/tightness"]),
        ("my calves are killing me, what helps", ["calves/pain"]),
        ("why do we get injured so often", ["any/injury"]),
        ("which exercises help a weak core", ["core/weakness"]),
        ("will running ruin my knees", ["knee/injury", "running"]),
    ],
)
def test_plain_words_name_concepts(linker: Linker, text: str, ids: list[str]) -> None:
    assert [each.id for each in read_question(text, linker).concepts] == ids


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("My heel stings when I get out of bed, then it wears off. What causes that?", Intent.WHY),
        ("I tore a calf in May. Is swimming good for a torn calf?", Intent.EASE),
        ("My coach says cadence causes everything. How do I ease tight calves?", Intent.EASE),
    ],
)
def test_the_sentence_that_asks_tells_what_is_asked(linker: Linker, text: str, intent: Intent) -> None:
    assert read_question(text, linker).intent == intent


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=200), st.lists(st.sampled_from(["why", "does", "how", "is", "what", "cause"])).map(" ".join)
    )
)
def test_any_text_is_read(linker: Linker, text: str) -> None:
    question = read_question(text, linker)
    assert question.text == text


def test_a_pasted_page_is_read_in_time(linker: Linker) -> None:
    assert read_question("how do i get to " * 5000, linker).intent in Intent


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("what makes my hip flexors so stiff", "hip-flexors/tightness"),
        ("how come my back aches after lunch", "back/pain"),
        ("i keep straining the same hamstring, why", "hamstrings/stress"),
        ("my heel is always a bit sore, why", "heel/pain"),
    ],
)
def test_a_body_part_and_its_state_are_one_though_parted(linker: Linker, text: str, concept: str) -> None:
    assert concept in [each.id for each in read_question(text, linker).concepts]
