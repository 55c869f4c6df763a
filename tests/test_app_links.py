"""Every view is a link: what is set stands in the address, back restores it, the link copies, the view is saved."""

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.app_browser import PAIN, arrow, card, click, explore, go, params, settle

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def test_a_card_left_out_is_gone_and_the_address_says_so(page: "Page", address: str) -> None:
    explore(page, address)
    click(card(page, "tight hamstrings"))
    page.get_by_role("button", name="Leave it out").click()
    card(page, "tight hamstrings").wait_for(state="detached")
    assert "avoid=hamstrings/tightness" in params(page)
    page.reload()
    card(page, "lower back pain").wait_for()
    assert card(page, "tight hamstrings").count() == 0


def test_the_drawing_is_saved_as_seen(page: "Page", address: str, tmp_path: Path) -> None:
    explore(page, address)
    card(page, "lower back pain").wait_for()
    for kind, told in (("SVG", "lower back pain"), ("CSV", "cause,effect,sign")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=re.compile(f"Save .*({kind}|table)")).first.click()
        path = tmp_path / kind
        saved.value.save_as(path)
        assert told in path.read_text(encoding="utf-8")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save this drawing as PNG").first.click()
    saved.value.save_as(tmp_path / "PNG")
    assert (tmp_path / "PNG").read_bytes().startswith(b"\x89PNG")


def slide(page: "Page", name: str, key: str) -> None:
    """Move a slider of Refine to one of its ends, as a keyboard does."""
    page.get_by_role("slider", name=name).press(key)
    settle(page)


def cards(page: "Page") -> "Locator":
    return page.locator(".chain .card")


def test_sliders_change_the_cards_and_stand_in_the_address(page: "Page", address: str) -> None:
    explore(page, address)
    card(page, "lower back pain").wait_for()
    everything = cards(page).count()
    assert everything > 6
    page.get_by_role("button", name="Refine").click()
    slide(page, "Steps from it", "Home")
    expect_cards(page, fewer_than=everything)
    assert "depth=1" in params(page)
    assert card(page, "overstriding").count() == 0
    slide(page, "Steps from it", "End")
    card(page, "overstriding").wait_for()
    slide(page, "Cards, at most", "Home")
    page.wait_for_function("location.search.includes('most=5')")
    expect_cards(page, fewer_than=6)
    page.get_by_text(re.compile("left out")).wait_for()
    slide(page, "Belief of an arrow, at least", "End")
    page.wait_for_function("location.search.includes('belief=0.95')")
    settle(page)
    told = page.locator(".chain .stage .arrow").evaluate_all("nodes => nodes.map(each => each.ariaLabel)")
    assert all(float(re.findall(r"belief ([\d.]+)", each)[0]) >= 0.95 for each in told)
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Back to the usual").click()
    cards(page).nth(everything - 1).wait_for()
    settle(page)
    assert cards(page).count() == everything
    assert params(page) == "c=lower-back/pain"
    page.go_back()
    page.wait_for_function("location.search.includes('most=5&belief=0.95')")


def expect_cards(page: "Page", fewer_than: int) -> None:
    page.wait_for_function(
        "most => { const hosts = [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')];"
        " const found = hosts.flatMap(host => [...host.shadowRoot.querySelectorAll('.chain .card')]).length;"
        " return found > 0 && found < most; }",
        arg=fewer_than,
    )


def test_kinds_and_signs_are_switched_off_and_back_brings_them_again(page: "Page", address: str) -> None:
    explore(page, address)
    page.get_by_role("button", name="Refine").click()
    page.get_by_role("button", name="Habit", exact=True).click()
    card(page, "overstriding").wait_for(state="detached")
    assert "hide=habit" in params(page)
    page.get_by_role("radio", name="lowers it").click()
    page.wait_for_function("location.search.includes('sign=down')")
    page.go_back()
    page.go_back()
    card(page, "overstriding").wait_for()
    assert "hide" not in params(page) and "sign" not in params(page)


def test_steps_in_quick_succession_leave_the_page_whole(page: "Page", address: str) -> None:
    explore(page, address)
    page.get_by_role("button", name="Refine").click()
    for _ in range(3):
        page.get_by_role("button", name="Habit", exact=True).click()
        page.wait_for_function("location.search.includes('hide=habit')")
        page.get_by_role("radio", name="lowers it").click()
        page.wait_for_function("location.search.includes('sign=down')")
        page.go_back()
        page.go_back()
        card(page, "overstriding").wait_for()
        page.get_by_role("button", name="Habit", exact=True, pressed=True).wait_for()
        settle(page)
    assert page.get_by_text("Connection error").count() == 0
    card(page, "overstriding").wait_for()


def test_a_link_with_every_setting_shows_them_all(page: "Page", address: str) -> None:
    settings = "&depth=2&belief=0.10&most=9&hide=outcome&sign=up&side=front&avoid=gluteals/weakness"
    explore(page, address, settings + "&pick=" + quote("hamstrings/tightness>lower-back/pain") + "&panel=body")
    page.get_by_role("button", name=re.compile("^Refine · ")).click()
    for name, value in (("Steps from it", "2"), ("Belief of an arrow, at least", "0.1"), ("Cards, at most", "9")):
        assert page.get_by_role("slider", name=name).input_value() == value
    assert page.get_by_role("button", name="Outcome", exact=True).get_attribute("aria-pressed") == "false"
    assert page.get_by_role("radio", name="raises it").get_attribute("aria-checked") == "true"
    assert page.get_by_role("button", name="Front of the body").get_attribute("aria-pressed") == "true"
    assert "picked" in (arrow(page, "tight hamstrings raise lower back pain").get_attribute("class") or "")


def test_the_side_of_the_body_is_in_the_address_and_back_turns_it(page: "Page", address: str) -> None:
    explore(page, address)

    def side() -> str | None:
        return page.locator(".body .tool[aria-pressed=true]").get_attribute("data-view")

    assert side() == "close"
    page.get_by_role("button", name="Front of the body").click()
    page.wait_for_function("location.search.includes('side=front')")
    settle(page)
    assert side() == "front"
    page.reload()
    page.locator(".body svg").wait_for()
    assert side() == "front"
    page.go_back()
    page.locator(".body .tool[data-view=close][aria-pressed=true]").wait_for()
    assert "side" not in params(page)


def test_turning_the_body_on_the_start_page_stays_there(page: "Page", address: str) -> None:
    go(page, address, "")
    page.get_by_role("button", name="Front of the body").click()
    page.wait_for_function("location.search.includes('side=front')")
    settle(page)
    assert page.locator(".body .tool[aria-pressed=true]").get_attribute("data-view") == "front"


@pytest.mark.parametrize(
    "path",
    [
        "overview",
        f"explore?c={quote(PAIN)}",
        "walk",
        "walk?print=1",
        f"fixes?c={quote(PAIN)}",
        "gaps",
        "library",
        "library?a=running",
    ],
)
def test_the_link_is_copied(page: "Page", address: str, path: str) -> None:
    go(page, address, path)
    page.get_by_role("button", name="Copy a link to this view").first.click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize("path", ["overview", "explore?c=sitting&way=next", "walk"])
def test_each_drawing_is_saved_as_svg_png_and_table(page: "Page", address: str, path: str, tmp_path: Path) -> None:
    go(page, address, path)
    name = (page.locator(".chain .card .name").first.text_content() or "").split()[0]
    starts = {"SVG": b"<svg", "PNG": b"\x89PNG", "table": b"cause,effect"}
    for kind, start in starts.items():
        with page.expect_download() as saved:
            page.get_by_role("button", name=re.compile(f"^Save .*{kind}")).first.click()
        saved.value.save_as(tmp_path / kind)
        assert (tmp_path / kind).read_bytes().startswith(start)
    assert name in (tmp_path / "SVG").read_text(encoding="utf-8")


def test_the_body_is_saved_as_it_is_turned(page: "Page", address: str, tmp_path: Path) -> None:
    explore(page, address, "&side=front")
    with page.expect_download() as saved:
        page.locator(".body").get_by_role("button", name="Save this drawing as SVG").click()
    saved.value.save_as(tmp_path / "body.svg")
    assert "Lower back" in (tmp_path / "body.svg").read_text(encoding="utf-8")


def test_back_undoes_steps_filters_and_articles(page: "Page", address: str) -> None:
    go(page, address, "walk?chain=" + quote("sitting>hip-flexors/tightness>pelvis/instability>lower-back/pain"))
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Step 2 of 3").wait_for()
    page.go_back()
    page.get_by_text("Step 1 of 3").wait_for()
    go(page, address, "gaps")
    page.locator(".st-key-q_kind button").first.click()
    page.wait_for_function("location.search.includes('kind=')")
    page.go_back()
    page.locator(".st-key-q_kind button[aria-pressed=true]").wait_for(state="detached")
    go(page, address, "library")
    page.get_by_role("button", name="Read Running and the back").click()
    page.get_by_role("region", name="Text of Running and the back").wait_for()
    page.go_back()
    page.get_by_role("button", name="Read Running and the back").wait_for()


def test_the_sentence_above_the_drawing_opens_as_a_walk(page: "Page", address: str) -> None:
    explore(page, address)
    page.get_by_role("heading", name="What leads to lower back pain?").wait_for()
    page.get_by_role("button", name="Walk this chain step by step").click()
    page.wait_for_url("**/walk?**")
    page.get_by_text(re.compile("Step 1 of")).wait_for()
    assert params(page).endswith(PAIN)
