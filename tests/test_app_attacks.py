"""Hostile articles: whatever they hold is text; nothing runs, nothing is fetched from elsewhere."""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.app_browser import go

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_articles_show_their_claims_as_text_whatever_they_hold(page: "Page", address: str) -> None:
    go(page, address, "library")
    page.get_by_role("button", name=re.compile("Read <img src=x")).click()
    page.get_by_role("region", name="Claims of the article").wait_for()
    assert page.locator(".reading img, .reading script, .reading iframe, .reading b").count() == 0
    page.get_by_role("button", name="Show in the text").first.click()
    page.locator("mark.now").first.wait_for()
    assert page.locator("a[href^='javascript']").count() == 0


PATHS = [
    "",
    "overview?open=open",
    "explore?c=lower-back/pain&side=front",
    "explore?c=lower-back/pain&pick=open/velvet>lower-back/pain",
    "explore?c=<img src=x onerror=window.hacked=1>",
    "explore?c=lower-back/pain&via=<script>window.hacked=1</script>&side=<b>&hide=![x](https://evil.example/d.png)",
    "walk?chain=open/velvet>lower-back/pain",
    "walk?chain=open/velvet>lower-back/pain&print=1",
    "walk?chain=![x](https://evil.example/e.png)>[click](javascript:window.hacked=1)",
    "fixes?c=lower-back/pain&is=<img src=x onerror=window.hacked=1>",
    "ask?q=hamstrings",
    "ask?q=velvet cushions and soft sofas",
    "ask?q=<img src=x onerror=window.hacked=1> ![x](https://evil.example/f.png)",
    "gaps",
    "gaps?a=hostile",
    "library?a=hostile",
    "library?find=<img src=x onerror=window.hacked=1>",
    "library?a=![x](https://evil.example/g.png)",
]


@pytest.mark.parametrize("path", PATHS)
def test_hostile_words_run_nothing_and_fetch_nothing(page: "Page", address: str, path: str) -> None:
    route, _, query = path.partition("?")
    go(page, address, f"{route}?{quote(query, safe='=&')}" if query else route)
    page.wait_for_timeout(300)
    assert page.locator("img[src='x'], img[src*=evil], iframe[src*=evil], a[href^='javascript']").count() == 0
    assert page.locator(".reading :is(img, script, iframe), .chain :is(img, script)").count() == 0


def test_the_markup_of_a_quote_is_shown_as_it_was_written(page: "Page", address: str) -> None:
    go(page, address, "explore?c=lower-back/pain&pick=" + quote("open/velvet>lower-back/pain"))
    claims = page.get_by_role("region", name="Claims behind the arrow")
    claims.get_by_text("[Velvet](javascript:window.hacked=1)").or_(claims.get_by_text("Velvet")).first.wait_for()
    assert "](javascript:window.hacked=1)" in claims.inner_text()
