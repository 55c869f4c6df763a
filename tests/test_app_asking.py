"""Asking in Chromium: the question box, passages like another, and what editors see of what was asked."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from corpus.workspace import log_search, searches_without_result
from tests.app_browser import go, guarded_page, params, serving, settle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page


def question_box(page: "Page", address: str, path: str, name: str) -> "Locator":
    go(page, address, path)
    return page.get_by_role("combobox", name=re.compile(name))


def test_a_misspelled_beginning_is_completed_and_chosen_by_key(page: "Page", address: str) -> None:
    box = question_box(page, address, "", "What hurts")
    box.press_sequentially("tigt hamst", delay=20)
    option = page.get_by_role("option", name="tight hamstrings", exact=True)
    option.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    while option.get_attribute("aria-selected") != "true":
        box.press("ArrowDown")
    assert box.input_value() == "tight hamstrings"
    box.press("Enter")
    page.wait_for_url("**/explore?**")
    assert "c=hamstrings/tightness" in params(page)


def test_escape_closes_the_list_and_keeps_the_words(page: "Page", address: str) -> None:
    box = question_box(page, address, "ask", "Ask, or type")
    box.press_sequentially("lower ba", delay=20)
    page.get_by_role("option").first.wait_for()
    box.press("ArrowDown")
    box.press("ArrowUp")
    assert box.input_value() == "lower ba"
    box.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert box.input_value() == "lower ba"
    box.press("Enter")
    page.wait_for_url("**/ask?q=lower*")
    page.get_by_role("heading", name="Passages").wait_for()


def test_the_button_asks_and_back_brings_the_question_before_back(page: "Page", address: str) -> None:
    box = question_box(page, address, "ask?q=" + quote("does sitting cause weak glutes?"), "Ask, or type")
    box.fill("what leads to lower back pain?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/ask?q=what*")
    settle(page)
    page.go_back()
    settle(page)
    assert box.input_value() == "does sitting cause weak glutes?"


@pytest.mark.parametrize("asked", ["🏃", "'; DROP TABLE searches; --", "of the and", "back " * 2000])
def test_odd_questions_are_answered_in_words(page: "Page", address: str, asked: str) -> None:
    box = question_box(page, address, "ask", "Ask, or type")
    box.fill(asked)
    box.press("Enter")
    page.wait_for_function("location.search.includes('q=')")
    settle(page)
    page.get_by_text("not a diagnosis").first.wait_for()
    assert page.get_by_text("could not be drawn").count() == 0


def test_more_like_this_opens_others_and_leads_back(page: "Page", address: str) -> None:
    go(page, address, "ask?q=" + quote("sitting and tight hip flexors"))
    page.get_by_role("button", name=re.compile("^More passages like")).first.click()
    page.get_by_role("heading", name="Passages like it").wait_for()
    assert "like=" in params(page)
    page.get_by_role("button", name="Back to the passages").click()
    page.get_by_role("heading", name="Passages", exact=True).wait_for()
    assert "like=" not in params(page)


@pytest.fixture
def own_library(small_library: Path, tmp_path: Path) -> Path:
    shutil.copytree(small_library, tmp_path / "library", ignore=shutil.ignore_patterns("workspace.db*"))
    return tmp_path / "library"


@pytest.fixture
def own_page(
    browser: "Browser", own_library: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple["Page", str]]:
    with (
        serving(own_library, tmp_path / "app.log") as address,
        guarded_page(browser, address, request.node.name) as page,
    ):
        yield page, address


def test_editors_see_what_found_nothing_until_they_switch_the_list_off(
    own_page: tuple["Page", str], own_library: Path
) -> None:
    page, address = own_page
    log_search(own_library, "<img src=x onerror=window.hacked=1>", 0)
    go(page, address, "ask?q=" + quote("does yodelling cure gout?"))
    page.get_by_text("don't say").first.wait_for()
    go(page, address, "gaps?list=asked")
    page.get_by_text("does yodelling cure gout?").wait_for()
    page.get_by_text("<img src=x onerror=window.hacked=1>").wait_for()
    page.get_by_text("Keep a list of questions").click()
    settle(page)
    go(page, address, "ask?q=" + quote("does whistling cure gout?"))
    page.get_by_text("don't say").first.wait_for()
    assert {each.query for each in searches_without_result(own_library)} == {
        "does yodelling cure gout?",
        "<img src=x onerror=window.hacked=1>",
    }


def test_passages_that_say_the_same_stand_side_by_side(own_page: tuple["Page", str]) -> None:
    page, address = own_page
    go(page, address, "gaps?list=twice")
    page.get_by_role("heading", name="Said twice").or_(page.get_by_text("No two passages")).first.wait_for()
