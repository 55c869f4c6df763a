"""Sentences by linguistic case, each with the claims it must give: cause, effect, sign as written, certainty."""

import pytest

from corpus.reading import article_from_text
from graph.claims import read_claims
from graph.concepts import Claim
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

Expected = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(load_vocabulary())


def claims_of(text: str, linker: Linker) -> list[Claim]:
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    return list(claims)


def told(claims: list[Claim]) -> list[Expected]:
    return [(c.cause.text, c.effect.text, "+" if c.said > 0 else "-", c.certainty.value) for c in claims]


ACTIVE_AND_PASSIVE = {
    "Weak glutes cause hip pain.": [("Weak glutes", "hip pain", "+", "asserted")],
    "Hip pain is caused by weak glutes.": [("weak glutes", "Hip pain", "+", "asserted")],
    "The knee pain caused by weak glutes went away.": [("weak glutes", "knee pain", "+", "asserted")],
    "Knee pain results from weak glutes.": [("weak glutes", "Knee pain", "+", "asserted")],
    "Weak glutes, which many desk workers have, lead to hip pain.": [("Weak glutes", "hip pain", "+", "asserted")],
    "Overstriding is a habit that increases the load on the knee.": [
        ("Overstriding", "load on the knee", "+", "asserted")
    ],
    "By strengthening your glutes you can prevent knee pain.": [
        ("strengthening your glutes", "knee pain", "-", "hedged")
    ],
}

NOUNS_AND_CONNECTIVES = {
    "The main reason for heel pain is tight calves.": [("tight calves", "heel pain", "+", "asserted")],
    "The main reason for heel pain is due to tight calves.": [("tight calves", "heel pain", "+", "asserted")],
    "Heel pain is due to tight calves.": [("tight calves", "Heel pain", "+", "asserted")],
    "Heel pain can be a direct result of tight calves.": [("tight calves", "Heel pain", "+", "hedged")],
    "The knee hurts because the hips are weak.": [("hips are weak", "knee hurts", "+", "asserted")],
    "The hips are stiff, so the lower back bends more.": [("hips are stiff", "lower back bends more", "+", "asserted")],
    "If your glutes are weak, the pelvis will drop.": [("glutes are weak", "pelvis will drop", "+", "asserted")],
}

LISTS_AND_CHAINS = {
    "Desk work leads to tight hamstrings/groin/hips.": [
        ("Desk work", "tight hamstrings", "+", "asserted"),
        ("Desk work", "groin", "+", "asserted"),
        ("Desk work", "hips", "+", "asserted"),
    ],
    "Overstriding causes both knee pain and shin pain.": [
        ("Overstriding", "knee pain", "+", "asserted"),
        ("Overstriding", "shin pain", "+", "asserted"),
    ],
    "Weak glutes lead to an unstable pelvis, causing lower back pain.": [
        ("Weak glutes", "unstable pelvis", "+", "asserted"),
        ("unstable pelvis", "lower back pain", "+", "asserted"),
    ],
    "Overstriding leads to problems such as knee pain and shin splints.": [
        ("Overstriding", "knee pain", "+", "asserted"),
        ("Overstriding", "shin splints", "+", "asserted"),
    ],
}

DEEDS_AND_CLAUSES = {
    "Regular walks can help you sleep better, manage stress and lower your risk of back pain.": [
        ("Regular walks", "sleep better", "+", "hedged"),
        ("Regular walks", "stress", "-", "hedged"),
        ("Regular walks", "risk of back pain", "-", "hedged"),
    ],
    "A slouch causes back pain by loading the discs.": [
        ("slouch", "back pain", "+", "asserted"),
        ("loading the discs", "back pain", "+", "asserted"),
        ("slouch", "loading the discs", "+", "asserted"),
    ],
    "A stiff ankle causes more strain on the knee during long runs on hard ground in old shoes.": [
        ("stiff ankle", "more strain on the knee", "+", "asserted"),
    ],
}

RELIEF = {
    "Gentle walking eases back pain.": [("Gentle walking", "back pain", "-", "asserted")],
    "Yoga improves back pain.": [("Yoga", "back pain", "-", "asserted")],
    "Yoga improves posture.": [("Yoga", "posture", "+", "asserted")],
    "Ice is used to treat swelling.": [("Ice", "swelling", "-", "asserted")],
    "Strong calves prevent heel pain by absorbing shock.": [
        ("Strong calves", "heel pain", "-", "asserted"),
        ("Strong calves", "shock", "-", "asserted"),
        ("absorbing shock", "heel pain", "-", "asserted"),
    ],
}

MORE_AND_LESS = {
    "Hills make knee pain worse.": [("Hills", "knee pain", "+", "asserted")],
    "Fatigue makes injury more likely.": [("Fatigue", "injury", "+", "asserted")],
    "Strong calves make shin pain less likely.": [("Strong calves", "shin pain", "-", "asserted")],
    "A stiff upper back makes it harder to breathe.": [("stiff upper back", "breathe", "-", "asserted")],
    "Sitting makes the hips stiff.": [("Sitting", "hips stiff", "+", "asserted")],
}

CERTAINTY = {
    "Weak glutes may cause hip pain.": [("Weak glutes", "hip pain", "+", "hedged")],
    "It is thought that weak glutes cause hip pain.": [("weak glutes", "hip pain", "+", "hedged")],
    "Weak glutes do not cause hip pain.": [("Weak glutes", "hip pain", "+", "denied")],
    "It is a myth that running causes arthritis.": [("running", "arthritis", "+", "denied")],
    "There is no evidence that running causes arthritis.": [("running", "arthritis", "+", "denied")],
    "Running doesn't fail to cause arthritis.": [("Running", "arthritis", "+", "asserted")],
    "Do weak glutes cause hip pain?": [("weak glutes", "hip pain", "+", "speculative")],
    "Poor sleep is associated with back pain.": [("Poor sleep", "back pain", "+", "correlated")],
    "Overuse not only causes shin splints but also delays healing.": [
        ("Overuse", "shin splints", "+", "asserted"),
        ("Overuse", "healing", "-", "asserted"),
    ],
}

REACHING_BACK = {
    "The pelvis drops at every step. This leads to knee pain.": "pelvis drops at every step",
    "The main cause of hip pain is weak glutes. This leads to knee pain.": "weak glutes",
    "Weak glutes cause an unstable pelvis. This leads to knee pain.": "unstable pelvis",
}

# Below the title "Sore Knees": what helps there, and against what.
HELPING = {
    "Ice and rest can help.": [("Ice", "Sore Knees"), ("rest", "Sore Knees")],
    "Massage is also useful.": [("Massage", "Sore Knees")],
    "Treatment begins with resting the leg.": [("resting the leg", "Sore Knees")],
    "Treatment for shin pain depends on its cause. It may include hot packs, exercise and surgery.": [
        ("hot packs", "shin pain"),
        ("exercise", "shin pain"),
        ("surgery", "shin pain"),
    ],
    "Doctors can help.": [],
    "My coach helped me.": [],
    "It can help to keep a diary.": [],
    "The kit includes a ball. It may include a band.": [],
}

NO_CLAIM = (
    "She ran to the shop to buy bread.",
    "We ran for an hour before dinner.",
    "The knee is larger than the ankle.",
    "Runners wear shoes such as trainers and spikes.",
    "Last year I ran three races, and my sister ran two.",
    "See your doctor if you have back pain.",
    "As you run, look ahead.",
    "The hamstrings are a group of three muscles at the back of the thigh.",
    "So I will show you one exercise here.",
)

ALL = {
    **ACTIVE_AND_PASSIVE,
    **NOUNS_AND_CONNECTIVES,
    **LISTS_AND_CHAINS,
    **DEEDS_AND_CLAUSES,
    **RELIEF,
    **MORE_AND_LESS,
    **CERTAINTY,
}


@pytest.mark.parametrize("text", ALL)
def test_sentence_gives_its_claims(text: str, linker: Linker) -> None:
    assert sorted(told(claims_of(text, linker))) == sorted(ALL[text])


@pytest.mark.parametrize("text", NO_CLAIM)
def test_sentence_gives_nothing(text: str, linker: Linker) -> None:
    assert told(claims_of(text, linker)) == []


@pytest.mark.parametrize("text", REACHING_BACK)
def test_pronoun_points_at_the_sentence_before(text: str, linker: Linker) -> None:
    last = claims_of(text, linker)[-1]
    assert (last.cause.text, last.effect.text) == (REACHING_BACK[text], "knee pain")
    assert last.quote == text


@pytest.mark.parametrize("text", HELPING)
def test_what_helps_is_against_what_the_article_is_about(text: str, linker: Linker) -> None:
    [(_, claims)] = read_claims([article_from_text(f"Sore Knees\n\n{text}", id="t", title="Sore Knees")], linker=linker)
    assert [(c.cause.text, c.effect.text) for c in claims] == HELPING[text]
    assert all(c.said == -1 for c in claims)


def test_it_behind_a_verb_is_what_was_told_last(linker: Linker) -> None:
    last = claims_of("Desk work brings on back pain. Walking makes it better.", linker)[-1]
    assert (last.cause.text, last.effect.text, last.said) == ("Walking", "back pain", -1)


def test_strong_glutes_that_reduce_pain_fold_to_weak_glutes_that_raise_it(linker: Linker) -> None:
    [claim] = claims_of("Strong glutes reduce low back pain.", linker)
    assert (claim.cause_concept, claim.effect_concept) == ("glutes/weakness", "lower-back/pain")
    assert (claim.said, claim.sign) == (-1, 1)


def test_cause_and_effect_of_one_concept_are_no_claim(linker: Linker) -> None:
    assert claims_of("Tight hamstrings cause hamstring tightness.", linker) == []
