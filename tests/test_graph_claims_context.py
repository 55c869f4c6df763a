"""What a sentence says with the help of those before it, of its heading or of the name that opens its paragraph."""

from pathlib import Path

import pytest

from corpus.reading import article_from_text, read_article
from graph.claims import read_claims
from graph.linking import Linker
from graph.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(load_vocabulary())


def test_what_opens_a_paragraph_is_what_it_goes_on_about(linker: Linker) -> None:
    text = "Glute bridges. Slow ones. They wake up the glutes.\n\nSleep on your side. It can ease lower back pain."
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert [(claim.cause.text, claim.effect.text, claim.said) for claim in claims] == [
        ("Glute bridges", "glutes", 1),
        ("Sleep on your side", "lower back pain", -1),
    ]


def test_what_is_to_blame_for_nothing_named_is_to_blame_for_the_topic(linker: Linker) -> None:
    text = "Shin splints in beginners\n\nShin splints are common. People say that hard surfaces are to blame."
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert [(claim.cause_concept, claim.effect_concept) for claim in claims] == [("hard-surfaces", "shin/splints")]


@pytest.mark.parametrize(
    ("title", "sentence", "effect"),
    [
        ("Heel pain in the morning", "Soft insoles ease the pain.", "heel/pain"),
        ("Shin splints", "Rest reduces soreness.", "shin/splints"),
        ("Heel pain in the morning", "Soft insoles ease the pain in the knee.", "knee/pain"),
        ("Heel pain in the morning", "Running on it may lead to a stress fracture.", "any/stress-fracture"),
        ("How to train", "Soft insoles ease the pain.", "any/pain"),
        ("Shin splints", "Shin splints cause a dull ache.", "any/pain"),
    ],
)
def test_pain_of_no_named_part_is_what_the_title_names(title: str, sentence: str, effect: str, linker: Linker) -> None:
    [(_, claims)] = read_claims([article_from_text(f"{title}\n\n{sentence}", id="t")], linker=linker)
    assert [claim.effect_concept for claim in claims] == [effect]


def test_what_is_acted_on_as_them_is_a_thing_and_no_clause(linker: Linker) -> None:
    text = "The hamstrings are long: they'd snap. Cycling tightens them."
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert not [claim for claim in claims if "snap" in claim.effect.text]


def test_a_word_with_a_prefix_is_one_phrase(linker: Linker) -> None:
    text = "Anti-inflammatories can help with knee pain. Poor sleep leads to re-injury."
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert [(claim.cause.text, claim.effect.text) for claim in claims] == [
        ("Anti-inflammatories", "knee pain"),
        ("Poor sleep", "re-injury"),
    ]


def test_a_sentence_without_a_subject_is_about_the_name_before_it(linker: Linker, tmp_path: Path) -> None:
    text = (
        "# Drills\n\n1. Dead bug, 8 per side. Builds a strong core.\n"
        "2. **Wall angels.** Great for a stiff upper back. Harder than they look!\n"
        "3. **Chin tucks.** Glide your head straight back. These strengthen the neck.\n\n"
        "### Half-kneeling stretch\n\nLoosens the front of the hip.\n\n"
        "### Split squat\n\nA long step; lower the back knee and press up. Good for stiff hips.\n"
    )
    (tmp_path / "t.md").write_text(text, encoding="utf-8")
    [(_, claims)] = read_claims([read_article(tmp_path / "t.md")], linker=linker)
    assert [(claim.cause.text, claim.effect_concept, claim.sign) for claim in claims] == [
        ("Dead bug", "core/weakness", -1),
        ("Wall angels", "upper-back/tightness", -1),
        ("Chin tucks", "neck/weakness", -1),
        ("Half-kneeling stretch", "hips/tightness", -1),
        ("Split squat", "hips/tightness", -1),
    ]


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("Don't hold the rails. It takes weight off your legs.", [("hold the rails", "weight off your legs")]),
        ("Stop slouching. It puts strain on the neck.", [("slouching", "strain on the neck")]),
        (
            "Chin tucks. Glide your head back. The chin should stay level. This strengthens the neck.",
            [("Chin tucks", "strengthens the neck")],
        ),
        (
            "Pregnancy tips the pelvis forward. High heels do it too.",
            [("Pregnancy", "tips the pelvis forward"), ("High heels", "tips the pelvis forward")],
        ),
        (
            "Sitting makes the hip flexors tight. Driving does the same thing.",
            [("Sitting", "hip flexors tight"), ("Driving", "hip flexors tight")],
        ),
        ("The hip flexors work overtime. They tighten up.", [("hip flexors work overtime", "tighten up")]),
        (
            "Heels arch the lower back. Then the knee starts to hurt.",
            [("Heels", "arch the lower back"), ("arch the lower back", "knee starts to hurt")],
        ),
    ],
)
def test_a_sentence_reaches_back_to_the_one_before_it(
    text: str, relations: list[tuple[str, str]], linker: Linker
) -> None:
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert [(claim.cause.text, claim.effect.text) for claim in claims] == relations


def test_what_follows_is_claimed_only_of_a_change_that_is_known(linker: Linker) -> None:
    text = "Sciatica is a symptom. It happens in the morning.\n\nYour load moves. It gets nice."
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert not claims


def test_who_says_it_brings_nothing_about(linker: Linker) -> None:
    text = '"Tight hands tense the shoulders," says coach Quill. It drains energy.'
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert claims
    assert not any("Quill" in claim.cause.text for claim in claims)


def test_an_exclamation_is_no_name(linker: Linker) -> None:
    text = "Yes! Helps with knee pain.\n\nWhat else? Eases back pain."
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert not claims


@pytest.mark.parametrize(
    ("answer", "certainty"),
    [
        ("Yes, it does.", "asserted"),
        ("It might.", "hedged"),
        ("Not at all.", "denied"),
        ("It doesn't.", "denied"),
        ("Nobody has looked.", "speculative"),
        ("", "speculative"),
    ],
)
def test_a_question_is_claimed_as_it_is_answered(answer: str, certainty: str, linker: Linker) -> None:
    text = f"Does bad posture cause neck pain? {answer}"
    [(_, [claim])] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert (claim.cause_concept, claim.effect_concept, claim.certainty) == ("poor-posture", "neck/pain", certainty)
    assert claim.quote == text.strip() if certainty != "speculative" else claim.quote == text.partition("?")[0] + "?"
