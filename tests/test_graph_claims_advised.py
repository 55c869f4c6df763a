"""What is advised, aimed at or told to do, and for what: "the aim of stretching is to ...", "exercises also help"."""

from pathlib import Path

import pytest

from corpus.reading import article_from_text, read_article
from graph.claims import read_claims
from graph.concepts import Certainty, Claim
from graph.linking import Linker
from graph.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(load_vocabulary())


def _told(claims: tuple[Claim, ...]) -> list[str]:
    return sorted(f"{c.cause.text} {'+' if c.said > 0 else '-'} {c.effect.text}" for c in claims if not c.denied)


def _listed(text: str, folder: Path, linker: Linker) -> list[str]:
    path = folder / "article.md"
    path.write_text(text, encoding="utf-8")
    [(_, claims)] = read_claims([read_article(path)], linker=linker)
    return _told(claims)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The aim of stretching is to loosen the hamstrings.", ["stretching + loosen the hamstrings"]),
        ("The purpose of a warm-up is to prevent injuries.", ["warm-up - injuries"]),
        (
            "There are exercises that you can do to strengthen the glutes.",
            ["exercises + strengthen the glutes"],
        ),
        ("Doctors often prescribe rest for a stress fracture.", ["rest - stress fracture"]),
        ("I recommend this shoe for beginners.", []),
        (
            "Falls are a common cause of neck pain. "
            "Treatment depends on the cause, but may include applying ice or taking pain relievers.",
            ["Falls + neck pain", "applying ice - neck pain", "taking pain relievers - neck pain"],
        ),
        (
            "Weak ankles can cause falls. Exercises also can help.",
            ["Exercises - falls", "Weak ankles + falls"],
        ),
    ],
)
def test_what_is_aimed_at_and_advised(text: str, told: list[str], linker: Linker) -> None:
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert _told(claims) == told


def test_what_an_item_tells_to_do_is_a_way_to_what_its_heading_asks(linker: Linker, tmp_path: Path) -> None:
    text = (
        "# Standing\n\n## How can I improve my posture?\n\n- Stand up straight and tall\n"
        "- Keep your head level\n- Pull your stomach in\n"
    )
    assert _listed(text, tmp_path, linker) == [
        "Keep your head level + posture",
        "Pull your stomach in + posture",
        "Stand up straight and tall + posture",
    ]


def test_a_list_of_places_gives_no_causes(linker: Linker, tmp_path: Path) -> None:
    text = (
        "# Muscle cramps\n\nYou can have a cramp in any muscle, but they happen most often in the:\n\n"
        "- Thighs\n- Feet\n- Area along your ribcage\n"
    )
    assert _listed(text, tmp_path, linker) == []


def test_groups_compared_go_together_only(linker: Linker) -> None:
    text = "Runners with weak hips get more knee pain than runners with strong ones."
    [(_, claims)] = read_claims([article_from_text(text, id="t")], linker=linker)
    assert [(claim.cause.text, claim.certainty) for claim in claims] == [("weak hips", Certainty.CORRELATED)]
