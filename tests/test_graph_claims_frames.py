"""What says no cause although its words could, and what says one although the small parser trips over it."""

import pytest

from corpus.reading import article_from_text
from graph.claims import read_claims
from graph.concepts import Claim
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

Tie = tuple[str, str, str]


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(load_vocabulary())


def claims_of(text: str, linker: Linker) -> list[Claim]:
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    return list(claims)


NO_CAUSE = {
    "let as an idiom": "Tense the shoulders and then let go.",
    "let know": "Your calf lets you know when it is tired.",
    "let as an order": "Let the knee bend and lift the heel.",
    "make with a noun": "Those hips make a straight line.",
    "make sense": "A slower build makes sense.",
    "a person is the object": "The stairs are killing me.",
    "an order": "Lower your heel.",
    "an order with a share": "Increase the distance by ten per cent.",
    "stop doing": "If the shin hurts, stop running.",
    "from a place": "The nerve comes down from the spine.",
    "good for you": "Swimming is good for you.",
    "nobody in particular": "Some would correct any limp.",
    "comparison": "Stay as mobile as the ankle allows.",
    "studies make nothing": "Two studies have made runners stronger.",
}

TRIPPING = {
    "A loose hip causes lower back pain.": [("loose hip", "lower back pain", "+")],
    "Heel striking causes lower back pain.": [("Heel striking", "lower back pain", "+")],
    "A narrower stance lowers the stress on the shin.": [("narrower stance", "stress on the shin", "-")],
    "Regular hopping exercises increase bone density.": [("Regular hopping exercises", "bone density", "+")],
    "A stiff psoas tilts the pelvis forward.": [("stiff psoas", "tilts the pelvis forward", "+")],
    "Calf strength improves running economy.": [("Calf strength", "running economy", "+")],
    "If the abductors are weak, the pelvis drops.": [("abductors are weak", "pelvis drops", "+")],
    "Landing with a straight leg increases strain in the thigh.": [
        ("Landing with a straight leg", "strain in the thigh", "+")
    ],
}


@pytest.mark.parametrize("text", NO_CAUSE.values(), ids=NO_CAUSE)
def test_no_cause_is_read(text: str, linker: Linker) -> None:
    assert [(c.cause.text, c.effect.text, c.rule) for c in claims_of(text, linker)] == []


@pytest.mark.parametrize(("text", "ties"), TRIPPING.items())
def test_clauses_whose_verb_looks_like_a_noun(text: str, ties: list[Tie], linker: Linker) -> None:
    assert [(c.cause.text, c.effect.text, "+" if c.said > 0 else "-") for c in claims_of(text, linker)] == ties


STATES_IN_VERBS = {
    "Pain inhibits the gluteal muscles.": ("any/pain", "glutes/inactivity", 1),
    "Overstriding strains the hamstrings.": ("overstriding", "hamstrings/strain", 1),
    "A strong core supports the spine.": ("core/weakness", "spine/instability", 1),
    "Bridges wake up the glutes.": ("glute-bridge", "glutes/inactivity", -1),
    "When the hips are weak, the hamstrings take over.": ("hips/weakness", "hamstrings/overuse", 1),
    "When you sit for hours, your glutes switch off.": ("sitting", "glutes/inactivity", 1),
    "A tight piriformis may press on the sciatic nerve.": ("piriformis/tightness", "sciatic-nerve/stress", 1),
}


@pytest.mark.parametrize(("text", "tie"), STATES_IN_VERBS.items())
def test_a_state_in_the_verb_is_kept(text: str, tie: tuple[str, str, int], linker: Linker) -> None:
    assert [(c.cause_concept, c.effect_concept, c.sign) for c in claims_of(text, linker)] == [tie]


SEVERAL = {
    "Slumping causes a flat, stiff lower back.": ["lower-back/misalignment", "lower-back/tightness"],
    "Long steps increase the load on the ankle and the shin.": ["ankle/stress", "shin/stress"],
    "Poor balance leads to pain and stiffness in the ankle.": ["ankle/pain", "ankle/tightness"],
}


@pytest.mark.parametrize(("text", "effects"), SEVERAL.items())
def test_two_conditions_in_one_phrase_are_two_effects(text: str, effects: list[str], linker: Linker) -> None:
    assert [c.effect_concept for c in claims_of(text, linker)] == effects


def test_a_last_step_comes_of_what_stands_before_it(linker: Linker) -> None:
    text = "Slouching results in tight calves and stiff ankles, ultimately a weak foot. This leads to heel pain."
    ties = {(c.cause_concept, c.effect_concept) for c in claims_of(text, linker)}
    assert ("ankle/tightness", "foot/weakness") in ties
    assert ("foot/weakness", "heel/pain") in ties
    assert ("ankle/tightness", "heel/pain") not in ties


def test_what_eases_pain_is_what_helps_on(linker: Linker) -> None:
    claims = claims_of("Bridges can ease back pain which helps improve mobility.", linker)
    assert {c.cause_concept for c in claims} == {"glute-bridge"}


REPORTED = {
    "I used to tell people that a slumped position damages the spine.": "denied",
    "There is little proof that flat feet cause knee pain.": "denied",
    "The evidence that tight calves cause heel pain is weak.": "denied",
    "I had read that sitting causes back pain.": "speculative",
    "There is a theory that tight hips cause back pain.": "speculative",
    "Doctors say that sitting causes back pain.": "asserted",
}


@pytest.mark.parametrize(("text", "certainty"), REPORTED.items())
def test_a_report_lends_its_certainty(text: str, certainty: str, linker: Linker) -> None:
    assert [c.certainty.value for c in claims_of(text, linker)] == [certainty]


def test_a_trouble_said_once_behind_several_places_is_each_ones(linker: Linker) -> None:
    claims = claims_of("Slumping can cause neck, shoulder and back pain.", linker)
    assert [c.effect_concept for c in claims] == ["neck/pain", "shoulders/pain", "back/pain"]
    claims = claims_of("Slumping causes tight hips and knee pain.", linker)
    assert [c.effect_concept for c in claims] == ["hips/tightness", "knee/pain"]
