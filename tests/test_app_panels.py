"""What stands beside and below the drawings: a card's panel, citations, what-ifs, the print view, dead ends."""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.app_browser import PAIN, card, click, explore, go, params, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_card_tells_its_neighbours_and_each_opens_its_arrow(page: "Page", address: str) -> None:
    explore(page, address)
    click(card(page, "tight hamstrings"))
    panel = page.get_by_role("region", name="About tight hamstrings")
    panel.get_by_role("heading", name=re.compile("What leads to it")).wait_for()
    panel.get_by_role("button", name=re.compile("overstriding")).click()
    page.get_by_role("heading", name="Overstriding raises tight hamstrings").wait_for()
    assert "pick=overstriding>hamstrings/tightness" in params(page)


def test_a_card_becomes_the_start_of_a_drawing_of_its_own(page: "Page", address: str) -> None:
    explore(page, address)
    click(card(page, "tight hamstrings"))
    page.get_by_role("button", name="Start from here").click()
    page.get_by_role("heading", name="What leads to tight hamstrings?").wait_for()
    assert "c=hamstrings/tightness" in params(page) and "pick=" not in params(page)


def test_the_number_of_a_citation_leads_to_its_quote(page: "Page", address: str) -> None:
    go(page, address, "ask?q=" + quote("What leads to lower back pain?"))
    number = page.get_by_role("button", name=re.compile(r"^Quote \d+$")).last
    rank = number.inner_text().strip("[]")
    number.click()
    entry = page.locator(f"article[data-rank='{rank}'].shown")
    entry.wait_for()
    box, view = entry.bounding_box(), page.viewport_size
    assert box and view and 0 <= box["y"] < view["height"]


def test_a_what_if_says_what_it_changes_and_is_taken_back(page: "Page", address: str) -> None:
    go(page, address, f"fixes?c={quote(PAIN)}&is=overstriding")
    page.get_by_text(re.compile(r"^With overstriding the level of lower back pain (rises|falls) from \d")).wait_for()
    page.get_by_role("button", name="Forget my answers").click()
    page.wait_for_function("!location.search.includes('is=')")
    settle(page)
    assert page.get_by_text("With overstriding").count() == 0


def test_a_name_that_no_concept_has_leads_on(page: "Page", address: str) -> None:
    explore(page, address)
    go(page, address, "explore?c=zebra")
    page.get_by_role("heading", name="The articles don’t speak of “zebra”").wait_for()
    page.get_by_role("link", name=re.compile("Look for it in the text")).click()
    page.wait_for_url("**/ask?q=zebra")


def test_an_article_that_is_gone_leads_back_to_the_others(page: "Page", address: str) -> None:
    go(page, address, "library?a=gone")
    page.get_by_role("heading", name="No such article").wait_for()
    page.get_by_role("button", name="All articles").click()
    page.get_by_role("button", name="Read What sitting does").wait_for()


def test_the_print_view_prints_the_sheet_without_what_is_only_to_click(page: "Page", address: str) -> None:
    chain = f"overstriding>hamstrings/tightness>{PAIN}"
    page.add_init_script("window.print = () => { window.printed = true; }")
    go(page, address, f"walk?chain={quote(chain)}&print=1")
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="From overstriding to lower back pain").is_visible()
    assert not page.get_by_role("button", name="Print this page").is_visible()
    assert not page.get_by_role("button", name="Back to the walk").is_visible()
    assert not page.get_by_role("link", name="Explore").first.is_visible()
