"""Words that the small parser reads as something else, and what hangs on them, each with the relations it must give."""

from pathlib import Path

import pytest

from corpus.reading import article_from_text, read_article
from graph.claims import read_claims
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

SENTENCES = {
    "A pinched disc can press on the root and cause burning pain down the leg.": [
        "discs/pinching + leg/pain",
        "discs/pinching + open/root",
    ],
    "Falling, tripping or getting pushed can cause a sprain.": ["falls + any/sprain", "open/pushed + any/sprain"],
    "A tired trunk lets the knees collapse inwards.": ["core/fatigue + knee/collapse"],
    "Swelling in the joint makes the knee feel stiff and switches off the quads.": [
        "joints/swelling + knee/tightness",
        "joints/swelling + quadriceps/inactivity",
    ],
    "Slumping jams the joints together.": ["slouching + joints/restriction"],
    "Extra weight can cause problems for your pelvis and spine.": [
        "excess-weight + pelvis/trouble",
        "excess-weight + spine/trouble",
    ],
    "Lying down for weeks reduces the strength of the glutes and the deep abdominals.": [
        "open/lying-down-for-week + glutes/weakness",
        "open/lying-down-for-week + transverse-abdominis/weakness",
    ],
    "Your spine, or backbone, protects your spinal cord.": ["spine - spinal-cord/injury"],
    "Standing all day isn't the answer: long standing can itself trigger back pain.": ["standing-long + back/pain"],
    "Stiff shoes hurt the toes and make your calves ache.": ["wrong-shoes + calves/pain", "wrong-shoes + toes/pain"],
    "Desk work doesn't help, as it keeps the hip flexors in a short position.": [
        "sitting + open/hip-flexor-in-short-position"
    ],
    "Watch your sleep, poor sleep slows down tendon recovery and so does smoking.": [
        "sleep-lack + tendons/injury",
        "smoking + tendons/injury",
    ],
    "The hip flexors sit at the front of the hip. When they're tight, they tip the pelvis forward.": [
        "hip-flexors/tightness + pelvis/anterior-tilt"
    ],
}


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(load_vocabulary())


@pytest.mark.parametrize(("text", "relations"), SENTENCES.items())
def test_sentence_gives_its_relations(text: str, relations: list[str], linker: Linker) -> None:
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert not any(claim.denied for claim in claims)
    told = {f"{c.cause_concept} {'+' if c.sign > 0 else '-'} {c.effect_concept}" for c in claims}
    assert sorted(told) == relations


def test_what_stands_below_an_open_sentence_completes_it_with_bullets_or_without(
    linker: Linker, tmp_path: Path
) -> None:
    text = (
        "# Slouching\n\n## How can posture affect my health?\n\nSlouching over a desk can:\n\n"
        "- Decrease your flexibility\n- Weaken your back muscles\n\n## Why move more\n\nRegular walking may:\n\n"
        "Improve your sleep. A short one will do.\n\nReduce back pain.\n\nThe best time is your own choice.\n"
    )
    (tmp_path / "t.md").write_text(text, encoding="utf-8")
    [(_, claims)] = read_claims([read_article(tmp_path / "t.md")], linker=linker)
    told = [(c.cause.text, c.effect.text) for c in claims if c.certainty.value == "hedged"]
    assert sorted(told) == [
        ("Regular walking", "back pain"),
        ("Regular walking", "sleep"),
        ("Slouching over a desk", "Weaken your back muscles"),
        ("Slouching over a desk", "flexibility"),
    ]
    assert not any(claim.rule.startswith("list/") for claim in claims)
