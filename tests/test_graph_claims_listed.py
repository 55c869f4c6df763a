"""Lists and small headings below a heading that asks for causes or remedies."""

from pathlib import Path

import pytest

from corpus.reading import read_article
from graph.claims import read_claims
from graph.claims.asking import asks
from graph.claims.listed import listed_claims
from graph.claims.tagger import load_tagger
from graph.concepts import Claim
from graph.linking import Linker
from graph.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(load_vocabulary())


def ties(markdown: str, linker: Linker, folder: Path) -> list[tuple[str, str, str, str]]:
    path = folder / "t.md"
    path.write_text(markdown, encoding="utf-8")
    article = read_article(path)
    found = list(listed_claims(article, linker, load_tagger()))
    for one in found:
        assert one.start <= min(one.cause.start, one.effect.start, one.cue_start)
        assert one.end >= max(one.cause.end, one.effect.end, one.cue_end)
    return [(one.cause.reading, one.sign, one.effect.reading, one.certainty.value) for one in found]


def read(markdown: str, linker: Linker, folder: Path) -> list[Claim]:
    path = folder / "t.md"
    path.write_text(markdown, encoding="utf-8")
    [(_, claims)] = read_claims([read_article(path)], linker=linker)
    return list(claims)


def test_items_below_a_why_are_causes_of_what_it_names(linker: Linker, tmp_path: Path) -> None:
    text = "# Shins\n\n## Why do runners get shin splints?\n\n- Tight calves. They tug.\n- Overstriding, perhaps\n"
    assert ties(text, linker, tmp_path) == [
        ("Tight calves", "+", "shin splints", "asserted"),
        ("Overstriding", "+", "shin splints", "hedged"),
    ]


def test_a_heading_that_points_asks_about_the_title(linker: Linker, tmp_path: Path) -> None:
    text = "# Heel Pain\n\n## What to do about it\n\n### Calf raises\n\nSlow ones.\n\n### The week\n\nNow and then.\n"
    assert ties(text, linker, tmp_path) == [("Calf raises", "-", "Heel Pain", "asserted")]


def test_what_causes_a_trouble_is_no_part_of_its_name(linker: Linker, tmp_path: Path) -> None:
    text = "# Calf Cramps\n\nNobody knows what causes calf cramps.\n\n## Common causes\n\n- Overuse\n"
    assert ties(text, linker, tmp_path) == [("Overuse", "+", "calf cramps", "asserted")]


def test_smaller_headings_answer_a_bigger_one(linker: Linker, tmp_path: Path) -> None:
    text = "# Knees\n\n## What causes knee pain?\n\n### Weak glutes\n\nText.\n\n## Tight calves\n\nMore text.\n"
    assert ties(text, linker, tmp_path) == [("Weak glutes", "+", "knee pain", "asserted")]


def test_each_item_of_a_plain_list_of_causes_is_one(linker: Linker, tmp_path: Path) -> None:
    items = "- being tall, for reasons that nobody in any of these studies knows\n- a wide arch of the foot\n"
    assert ties(f"# Legs\n\n## Risk factors for shin splints\n\n{items}", linker, tmp_path) == [
        ("being tall", "+", "shin splints", "asserted"),
        ("a wide arch of the foot", "+", "shin splints", "asserted"),
    ]


@pytest.mark.parametrize(
    "heading", ["What does not help", "Why you should not worry", "Myths about treatment", "The week", "Why bother?"]
)
def test_other_headings_ask_for_nothing(heading: str, linker: Linker, tmp_path: Path) -> None:
    assert ties(f"# Knee Pain\n\n## {heading}\n\n- Squats\n- Weak glutes\n", linker, tmp_path) == []


def test_long_or_denying_items_are_no_answers(linker: Linker, tmp_path: Path) -> None:
    text = (
        "# Knee Pain\n\n## What helps\n\n- No squats\n"
        "- In the second week you may begin with squats and then go on to lunges on the stairs\n"
    )
    assert ties(text, linker, tmp_path) == []


def test_a_lead_in_that_names_risk_factors_asks_for_them(linker: Linker, tmp_path: Path) -> None:
    text = "# Legs\n\n## Who gets shin splints?\n\nThe main risk factors are these:\n\n- Tight calves\n- Weak hips\n"
    assert ties(text, linker, tmp_path) == [
        ("Tight calves", "+", "shin splints", "asserted"),
        ("Weak hips", "+", "shin splints", "asserted"),
    ]


def test_who_gets_it_asks_for_causes_of_what_the_article_is_about(linker: Linker, tmp_path: Path) -> None:
    text = "# Heel Pain\n\nHeel pain is common.\n\n## Who gets it?\n\n- Tight calves\n- Being over forty\n- You too\n"
    assert ties(text, linker, tmp_path) == [
        ("Tight calves", "+", "Heel pain", "asserted"),
        ("Being over forty", "+", "Heel pain", "asserted"),
    ]


def test_ways_to_improve_something_raise_it(linker: Linker, tmp_path: Path) -> None:
    text = "# Weak Glutes\n\n## Ways to improve weak glutes\n\n- Glute bridges\n"
    assert ties(text, linker, tmp_path) == [("Glute bridges", "better", "weak glutes", "asserted")]


def test_treatment_said_of_nothing_is_said_of_the_topic(linker: Linker, tmp_path: Path) -> None:
    text = "# Shin Splints\n\nShin splints are sore.\n\nTreatment may include rest and stretching.\n"
    claims = read(text, linker, tmp_path)
    assert [(c.cause.text, c.effect.text, c.sign) for c in claims if c.rule.startswith("noun/treatment")] == [
        ("rest", "Shin splints", -1),
        ("stretching", "Shin splints", -1),
    ]


def test_paragraphs_that_begin_with_a_heading_of_their_own_are_answers(linker: Linker, tmp_path: Path) -> None:
    text = (
        "# Runner's knee\n\n## Why it happens\n\nThe kneecap glides in a groove.\n\n"
        "**Weak hips.** The thigh turns inward.\n\n**Tight quads:** They press.\n\n**A word of warning.** Go slowly.\n"
    )
    assert ties(text, linker, tmp_path) == [
        ("Weak hips", "+", "Runner's knee", "asserted"),
        ("Tight quads", "+", "Runner's knee", "asserted"),
    ]


def test_signs_are_effects_of_the_trouble(linker: Linker, tmp_path: Path) -> None:
    text = "# Shin splints\n\n## How do you know you have shin splints?\n\n- a sore inner shin\n- lumps, at times\n"
    assert ties(text, linker, tmp_path) == [
        ("shin splints", "+", "a sore inner shin", "asserted"),
        ("shin splints", "+", "lumps", "asserted"),
    ]


def test_effects_are_those_that_the_vocabulary_knows(linker: Linker, tmp_path: Path) -> None:
    text = "# Desks\n\n## What sitting all day does to you\n\n- Tight hip flexors\n- Nothing good for the wallet\n"
    assert ties(text, linker, tmp_path) == [("sitting all day", "+", "Tight hip flexors", "asserted")]


def test_a_question_or_a_lead_in_may_stand_in_a_paragraph(linker: Linker, tmp_path: Path) -> None:
    text = (
        "# Sore knees\n\n## My spring\n\nSo what was to blame?\n\n1. Weak glutes. Of course.\n2. New hills\n\n"
        "It took a month. Here is what helped me get better:\n\n- Wall sits, because they build quads\n- Short steps\n"
    )
    assert ties(text, linker, tmp_path) == [
        ("Weak glutes", "+", "Sore knees", "asserted"),
        ("New hills", "+", "Sore knees", "asserted"),
        ("Wall sits", "-", "Sore knees", "asserted"),
        ("Short steps", "-", "Sore knees", "asserted"),
    ]


def test_what_stands_below_a_smaller_heading_that_answers_answers_nothing_else(linker: Linker, tmp_path: Path) -> None:
    text = "# Hips\n\n## How to loosen tight hips\n\n### 1. Leg swings\n\n- Ten each side\n\n### 2. Hill walks\n\nUp.\n"
    assert ties(text, linker, tmp_path) == [
        ("Leg swings", "-", "tight hips", "asserted"),
        ("Hill walks", "-", "tight hips", "asserted"),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Who ends up with a sore Achilles?", "causes"),
        ("The usual suspects", "causes"),
        ("Getting rid of a stiff neck", "remedies"),
        ("How a stress fracture feels", "signs"),
        ("What happens if you leave it alone?", "effects"),
        ("Things that do not help a sore heel", "useless"),
        ("Does kinesiology tape work?", "other"),
        ("The muscles of the calf", "other"),
        ("When to ring your doctor", "other"),
    ],
)
def test_a_heading_asks_for_one_kind_of_list(heading: str, kind: str) -> None:
    assert asks(heading, load_tagger()) == kind


def test_what_to_avoid_is_no_remedy(linker: Linker, tmp_path: Path) -> None:
    text = "# Heel pain\n\n## What can you do about it?\n\n- Calf raises\n- Avoid stretching the calf. It pulls.\n"
    assert ties(text, linker, tmp_path) == [("Calf raises", "-", "Heel pain", "asserted")]


def test_what_makes_it_worse_is_said_of_the_trouble_that_the_article_is_about(linker: Linker, tmp_path: Path) -> None:
    text = "# Hip pain in runners\n\nThe hip is a ball and a socket. Sitting makes it worse.\n"
    claims = read(text, linker, tmp_path)
    assert [(c.cause_concept, c.said, c.effect_concept) for c in claims] == [("sitting", 1, "hips/pain")]


def test_this_behind_a_colon_points_into_its_own_sentence(linker: Linker, tmp_path: Path) -> None:
    text = "Braces do not help much. If the knee locks, see a doctor: this can be a sign of a meniscus tear.\n"
    claims = read(text, linker, tmp_path)
    assert all("Braces" not in claim.effect.text for claim in claims)


def test_small_headings_that_name_nothing_leave_the_list_to_the_bigger_one(linker: Linker, tmp_path: Path) -> None:
    markdown = (
        "# My back\n\n## How to fix back pain\n\n### Right now\n\n- Short walks\n\n"
        "### Over the next weeks\n\n- Dead bugs\n"
    )
    assert ties(markdown, linker, tmp_path) == [
        ("Short walks", "-", "back pain", "asserted"),
        ("Dead bugs", "-", "back pain", "asserted"),
    ]


def test_a_heading_may_ask_of_what_no_vocabulary_has(linker: Linker, tmp_path: Path) -> None:
    markdown = "# Flat feet\n\n## Why have my arches dropped?\n\n- Pregnancy\n- Tight calves\n"
    assert ties(markdown, linker, tmp_path) == [
        ("Pregnancy", "+", "arches dropped", "asserted"),
        ("Tight calves", "+", "arches dropped", "asserted"),
    ]


def test_a_smaller_heading_may_ask_for_a_list_of_its_own(linker: Linker, tmp_path: Path) -> None:
    markdown = "# Sciatica\n\n## Which one do I have?\n\n### Signs of piriformis syndrome\n\n- Pain in the buttock\n"
    assert ties(markdown, linker, tmp_path) == [("piriformis syndrome", "+", "Pain in the buttock", "asserted")]


def test_a_fix_is_for_the_fault_in_its_heading(linker: Linker, tmp_path: Path) -> None:
    markdown = (
        "# Running form\n\n## 1. You heel strike\n\nThe foot lands far in front.\n\n"
        "**Fix it:** Take shorter steps, and count them.\n\n## 2. You're clenching everything\n\n"
        "The fix: Before you start, shake out your hands.\n\n## 3. Other things\n\nThe fix was easy.\n"
    )
    told = [c for c in read(markdown, linker, tmp_path) if c.rule == "list/remedies"]
    assert [(c.cause.text, c.effect.text, c.said) for c in told] == [
        ("Take shorter steps", "heel strike", -1),
        ("shake out your hands", "clenching everything", -1),
    ]
    assert all(c.quote.startswith(("1.", "2.")) or c.quote[0] in "YT" for c in told)


def test_a_question_in_a_paragraph_names_no_answer(linker: Linker, tmp_path: Path) -> None:
    markdown = "# Back pain\n\n## What causes back pain?\n\nWhat about old shoes? They are often blamed.\n"
    assert ties(markdown, linker, tmp_path) == []


def test_short_orders_that_open_most_paragraphs_are_remedies_of_what_the_heading_names(
    linker: Linker, tmp_path: Path
) -> None:
    text = (
        "# Stitches\n\n## How to get rid of shin splints\n\n"
        "Wait a week. Bone needs the time.\n\nRun tall. It is lighter.\n\nLook ahead. Your head is heavy.\n"
    )
    assert ties(text, linker, tmp_path) == [
        ("Wait a week", "-", "shin splints", "asserted"),
        ("Run tall", "-", "shin splints", "asserted"),
        ("Look ahead", "-", "shin splints", "asserted"),
    ]


def test_ways_to_do_something_that_is_no_trouble_are_ways_to_do_it(linker: Linker, tmp_path: Path) -> None:
    text = "# A calm gut\n\n## How to keep your gut calm\n\n- Breathe low\n- Time your coffee\n"
    assert ties(text, linker, tmp_path) == [
        ("Breathe low", "+", "keep your gut calm", "asserted"),
        ("Time your coffee", "+", "keep your gut calm", "asserted"),
    ]


def test_a_lead_in_that_names_nothing_leaves_the_list_to_its_heading(linker: Linker, tmp_path: Path) -> None:
    text = "# Desks\n\n## How to fix your back pain\n\nTry these instead:\n\n- Chin tucks\n"
    assert ties(text, linker, tmp_path) == [("Chin tucks", "-", "back pain", "asserted")]


def test_effects_and_small_headings_are_not_asked_of_the_title_alone(linker: Linker, tmp_path: Path) -> None:
    text = "# Forward Head Posture\n\n## What it does\n\nNeck pain. It is common.\n\nJaw trouble. Less so.\n"
    assert ties(text, linker, tmp_path) == []


def test_what_stands_below_an_open_sentence_completes_it_with_bullets_or_without(
    linker: Linker, tmp_path: Path
) -> None:
    text = (
        "# Slouching\n\n## How can posture affect my health?\n\nSlouching over a desk can:\n\n"
        "- Decrease your flexibility\n- Weaken your back muscles\n\n## Why move more\n\nRegular walking may:\n\n"
        "Improve your sleep. A short one will do.\n\nReduce back pain.\n\nThe best time is your own choice.\n"
    )
    claims = read(text, linker, tmp_path)
    told = [(c.cause.text, c.effect.text) for c in claims if c.certainty.value == "hedged"]
    assert sorted(told) == [
        ("Regular walking", "back pain"),
        ("Regular walking", "sleep"),
        ("Slouching over a desk", "Weaken your back muscles"),
        ("Slouching over a desk", "flexibility"),
    ]
    assert not any(claim.rule.startswith("list/") for claim in claims)
