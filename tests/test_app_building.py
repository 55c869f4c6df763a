"""Adding articles from the page: built and found, stopped without a trace, and no library at all."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.app_browser import build_small, go, guarded_page, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def test_an_article_is_added_built_and_found(page: "Page", address: str, small_library: Path) -> None:
    go(page, address, "library")
    text = b"# Knees\n\nA low cadence causes knee pain. Downhill running causes sore knees."
    files = [
        {"name": "../../Knees & more.md", "mimeType": "text/markdown", "buffer": text},
        {"name": "not really.html", "mimeType": "text/html", "buffer": b"%PDF-1.7 nothing"},
    ]
    page.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type] # playwright's own TypedDict
    page.get_by_text("not really.html").wait_for()
    page.get_by_role("button", name="Add and build").click()
    page.get_by_text("Built. The pages show the new library now.").wait_for(timeout=180_000)
    page.get_by_role("button", name="Read Knees").wait_for()
    assert [each.name for each in (small_library / "articles").iterdir()] == ["knees-more.md"]


def test_a_stopped_build_leaves_the_old_library_and_nothing_else(browser: "Browser", tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    library = build_small(tmp_path / "articles", tmp_path / "library")
    before = (library / "CURRENT").read_text(), sorted(each.name for each in (library / "generations").iterdir())
    # Many new sentences: the build must still be at work when Stop is pressed.
    text = "# Knees\n\n" + "\n\n".join(f"A low cadence of {n} steps causes knee pain number {n}." for n in range(2_000))
    file = {"name": "knees.md", "mimeType": "text/markdown", "buffer": text.encode()}
    with (
        serving(library, tmp_path / "app.log") as address,
        guarded_page(browser, address, "a_stopped_build_leaves_the_old_library") as page,
    ):
        go(page, address, "library")
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type] # playwright's own TypedDict
        page.get_by_text("knees.md").wait_for()
        page.get_by_role("button", name="Add and build").click()
        page.get_by_text(re.compile("Reading claims")).wait_for(timeout=60_000)
        page.get_by_role("button", name="Stop").click()
        page.get_by_text("Stopped. The library is as it was.").wait_for()
        now = (library / "CURRENT").read_text(), sorted(each.name for each in (library / "generations").iterdir())
        assert now == before
        page.get_by_role("button", name="Read Running and the back").wait_for()
        assert page.get_by_role("button", name="Read Knees").count() == 0
        go(page, address, "explore?c=lower-back/pain")
        page.get_by_role("heading", name="What leads to lower back pain?").wait_for()


def test_without_a_library_the_page_says_what_to_do(browser: "Browser", tmp_path: Path) -> None:
    with (
        serving(tmp_path / "none", tmp_path / "app.log") as address,
        guarded_page(browser, address, "no-library") as page,
    ):
        for path in ("", "explore", "ask?q=x", "gaps"):
            go(page, address, path)
            page.get_by_text("kinetrace build").wait_for()
        go(page, address, "library")
        page.get_by_role("button", name="Add and build").wait_for()
