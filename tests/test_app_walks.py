"""The ten most usual walks through the app, as people go them in Chromium; each leaves a screenshot."""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.app_browser import PAIN, arrow, card, click, explore, go, params, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_symptom_typed_on_the_start_page_opens_its_causes(page: "Page", address: str) -> None:
    go(page, address, "")
    box = page.get_by_role("combobox", name=re.compile("What hurts"))
    box.fill("lower back pain")
    page.wait_for_timeout(400)
    box.press("Enter")
    page.wait_for_url("**/explore?**")
    card(page, "lower back pain").wait_for()
    card(page, "tight hamstrings").wait_for()
    assert f"c={PAIN}" in params(page)


def test_a_question_typed_on_the_start_page_is_answered(page: "Page", address: str) -> None:
    go(page, address, "")
    box = page.get_by_role("combobox", name=re.compile("What hurts"))
    box.fill("does sitting cause weak glutes?")
    page.wait_for_timeout(400)
    box.press("Enter")
    page.wait_for_url("**/ask?**")
    page.get_by_text("Where it says so").wait_for()
    assert page.get_by_text("What sitting does").first.is_visible()


def test_pointing_at_the_body_opens_the_pain_there(page: "Page", address: str) -> None:
    go(page, address, "")
    page.get_by_role("button", name="Lower back: lower back pain").click()
    page.wait_for_url("**/explore?**")
    card(page, "lower back pain").wait_for()


def test_an_arrow_opens_to_its_sentence_and_back_closes_it(page: "Page", address: str) -> None:
    explore(page, address)
    click(arrow(page, "tight hamstrings raise lower back pain"))
    page.get_by_role("heading", name="Tight hamstrings raise lower back pain").wait_for()
    assert page.locator("mark.cause", has_text=re.compile("^Tight hamstrings$")).count() >= 2
    assert page.get_by_text(re.compile(r"claims? in 2 articles")).is_visible()
    page.get_by_text("How sure, step by step").click()
    assert page.locator("ol.steps li").count() >= 2
    assert "pick=hamstrings/tightness>lower-back/pain" in params(page)
    page.go_back()
    page.get_by_role("group", name="Body map of this chain").wait_for()
    assert "pick=" not in params(page)


def test_what_follows_turns_the_drawing_round(page: "Page", address: str) -> None:
    go(page, address, "explore?c=sitting&way=next")
    card(page, "prolonged sitting").wait_for()
    left = card(page, "prolonged sitting").bounding_box()
    right = card(page, "lower back pain").bounding_box()
    assert left and right and left["x"] < right["x"]


def test_the_overview_opens_a_body_part_and_then_a_concept(page: "Page", address: str) -> None:
    go(page, address, "overview")
    drawing = page.get_by_role("group", name="What the whole library says")
    drawing.get_by_role("button", name=re.compile("^habits: ")).dispatch_event("click")
    drawing.get_by_role("button", name="Habit: overstriding").wait_for()
    assert "open=behaviour" in params(page)
    settle(page)
    drawing.get_by_role("button", name="Habit: overstriding").dispatch_event("click")
    page.wait_for_url("**/explore?**")
    card(page, "overstriding").wait_for()


def test_a_chain_is_walked_step_by_step_through_the_article(page: "Page", address: str) -> None:
    chain = "sitting>hip-flexors/tightness>pelvis/instability>lower-back/pain"
    go(page, address, f"walk?chain={quote(chain)}")
    page.get_by_text("Step 1 of 3").wait_for()
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Step 2 of 3").wait_for()
    now = page.locator("mark.now.cause", has_text=re.compile("^Tight hip flexors$"))
    now.wait_for()
    assert now.is_visible()
    page.get_by_role("button", name="Print view").click()
    page.get_by_role("heading", name="From prolonged sitting to lower back pain").wait_for()
    assert page.locator("article.entry").count() == 3


def test_fixes_are_ranked_and_a_switch_is_kept_in_the_address(page: "Page", address: str) -> None:
    go(page, address, f"fixes?c={quote(PAIN)}")
    page.get_by_role("heading", name=re.compile("Against lower back pain")).wait_for()
    page.get_by_role("radio", name="Yes").or_(page.get_by_role("button", name="Yes")).first.click()
    page.wait_for_function("location.search.includes('is=')")
    settle(page)
    page.get_by_role("heading", name=re.compile("Against lower back pain")).wait_for()


def test_a_red_flag_comes_before_the_answer(page: "Page", address: str) -> None:
    go(page, address, "ask?q=" + quote("my back hurts and I lost control of my bladder"))
    warning = page.get_by_role("alert").filter(has_text="bladder")
    warning.wait_for()
    answer = page.get_by_role("heading").nth(1)
    above, below = warning.bounding_box(), answer.bounding_box()
    assert above and below and above["y"] < below["y"]


def test_a_citation_opens_at_its_place_in_the_article(page: "Page", address: str) -> None:
    go(page, address, "ask?q=" + quote("What leads to lower back pain?"))
    page.get_by_role("button", name=re.compile("^Read in ")).first.click()
    page.wait_for_url("**/library?**")
    page.locator("mark.now").first.wait_for()
    assert page.locator("mark.now").first.is_visible()


def test_a_gap_opens_at_its_paragraph(page: "Page", address: str) -> None:
    go(page, address, "gaps")
    page.get_by_role("button", name="Open the paragraph").first.click()
    page.wait_for_url("**/library?**")
    page.locator("mark.now").first.wait_for()
