"""What a sentence counts up of the one before: "They include ...", "All of these ...", "You may also have ..."."""

from pathlib import Path

import pytest

from corpus.reading import article_from_text, read_article
from graph.claims import read_claims
from graph.linking import Linker
from graph.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(load_vocabulary())


def _told(text: str, linker: Linker) -> list[str]:
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    return sorted(f"{c.cause.text} {'+' if c.said > 0 else '-'} {c.effect.text}" for c in claims if not c.denied)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Many things can cause back pain. These include poor posture, weak glutes and stress.",
            ["poor posture + back pain", "stress + back pain", "weak glutes + back pain"],
        ),
        (
            "Several factors can contribute to runner's knee. They include weak quads and a sudden jump in mileage.",
            ["sudden jump in mileage + runner's knee", "weak quads + runner's knee"],
        ),
        (
            "Gentle exercise helps to improve your posture. This includes yoga and tai chi.",
            ["Gentle exercise + posture", "tai chi + posture", "yoga + posture"],
        ),
        (
            "A slipped disc can cause back pain. You may also have tingling and weakness.",
            ["slipped disc + back pain", "slipped disc + tingling", "slipped disc + weakness"],
        ),
        (
            "Slouching rounds the back and pokes the head forward. All of these strain the neck.",
            [
                "Slouching + pokes the head forward",
                "Slouching + rounds the back",
                "pokes the head forward + strain the neck",
                "rounds the back + strain the neck",
            ],
        ),
        (
            "Poor sleep and stress are rarely talked about. Both have been linked with back pain.",
            ["Poor sleep + back pain", "stress + back pain"],
        ),
        (
            "Taping is cheap. It won't mend the tendon but it can relieve heel pain.",
            ["Taping - heel pain"],
        ),
        (
            "It is worth asking about stiff hips. They can lead to back pain.",
            ["stiff hips + back pain"],
        ),
        (
            "Heavy bags cause instability in the pelvis and thus result in tightness of the hips.",
            ["Heavy bags + instability in the pelvis", "instability in the pelvis + tightness of the hips"],
        ),
    ],
)
def test_what_is_counted_up_belongs_to_the_sentence_before(text: str, told: list[str], linker: Linker) -> None:
    assert _told(text, linker) == told


@pytest.mark.parametrize(
    "text",
    [
        "Many things can cause back pain. We see it every week.",
        "Many runners have sore knees. They include beginners.",
        "Treatment depends on the cause. It may include rest.",
    ],
)
def test_what_names_no_cause_gives_no_claim(text: str, linker: Linker) -> None:
    assert _told(text, linker) == []


def test_symptoms_and_risks_of_nothing_named_are_those_of_the_topic(linker: Linker) -> None:
    text = "# Bursitis\n\nThe joint swells. Symptoms include pain and stiffness. Kneeling increases your risk."
    assert _told(text, linker) == ["Bursitis + pain", "Bursitis + stiffness", "Kneeling + Bursitis"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Runner's knee causes pain behind the kneecap.", ["Runner's knee + pain behind the kneecap"]),
        (
            "Slouching increases pressure on the outer side of the kneecap.",
            ["Slouching + pressure on the outer side of the kneecap"],
        ),
        ("Ice can relieve pain in the first few days.", ["Ice - pain"]),
        (
            "Not warming up or stretching enough can lead to injuries.",
            ["Not warming up + injuries", "Not warming up or stretching enough + injuries"],
        ),
        ("A weak core leads to pain in most runners.", ["weak core + pain"]),
        ("There will be adhesions being formed causing stiff hips.", ["adhesions + stiff hips"]),
        (
            "Slouching causes neck, shoulder and back pain.",
            ["Slouching + back pain", "Slouching + neck, shoulder and back pain", "Slouching + shoulder and back pain"],
        ),
    ],
)
def test_a_trouble_is_named_with_its_place_and_a_place_with_its_trouble(
    text: str, told: list[str], linker: Linker
) -> None:
    assert _told(text, linker) == told


def test_these_below_a_list_are_its_items(linker: Linker, tmp_path: Path) -> None:
    path = tmp_path / "heel.md"
    path.write_text(
        "# Sore heels\n\nStress on the heel can come from:\n\n- Tight calves\n- Being overweight\n\n"
        "These can also lead to bursitis. Rest.\n\nThese tend to pass.\n",
        encoding="utf-8",
    )
    [(_, claims)] = read_claims([read_article(path)], linker=linker)
    told = {(claim.cause.text, claim.effect.text) for claim in claims}
    assert {("Tight calves", "bursitis"), ("Being overweight", "bursitis")} <= told


def test_an_order_below_a_sentence_is_no_effect_of_it(linker: Linker, tmp_path: Path) -> None:
    path = tmp_path / "sitting.md"
    path.write_text(
        "# Sitting\n\nIt is important to take frequent breaks:\n\n- Relax your shoulders\n- Pull in your stomach\n",
        encoding="utf-8",
    )
    [(_, claims)] = read_claims([read_article(path)], linker=linker)
    assert claims == ()
