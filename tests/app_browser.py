"""The app in real Chromium, for the browser tests: servers, pages that may ask only the app, small articles.

Every page leaves a screenshot in artefacts/.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import pytest

from build import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).resolve().parent.parent
ARTEFACTS = ROOT / "artefacts"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAIN = "lower-back/pain"

ARTICLES = {
    "sitting.md": """---
title: What sitting does
url: https://kinetrace.example/sitting
author: A. Writer
---
# What sitting does

Sitting causes tight hip flexors. Tight hip flexors lead to an unstable pelvis.

An unstable pelvis leads to lower back pain. It is not the whole story.

Sitting causes weak glutes. Weak glutes may cause lower back pain.

## What helps

Hip flexor stretching eases tight hip flexors.
""",
    "running.md": """---
title: Running and the back
---
# Running and the back

Overstriding causes tight hamstrings. Tight hamstrings cause lower back pain.

An unstable pelvis leads to lower back pain, as everybody knows.

Strong glutes reduce lower back pain.
""",
    "hostile.md": """---
title: '<img src=x onerror="window.hacked=1"> ![t](https://evil.example/a.png) **bold**'
url: "javascript:window.hacked=1"
author: '<script>window.hacked=1</script>'
---
# <script>window.hacked=1</script>

<img src=x onerror="window.hacked=1"> Overstriding causes tight hamstrings. ![x](https://evil.example/b.png)

The <script>window.hacked=1</script> habit causes lower back pain. [click](javascript:window.hacked=1) me.

Tight hamstrings cause lower back pain <iframe src="https://evil.example"></iframe> at night.
""",
    # Plain text keeps what Markdown drops: here markup reaches the quotes.
    "hostile.txt": """Notes on <img src=x onerror=window.hacked=1> and backs

A soft<img/src=x/onerror=window.hacked=1> sofa causes lower back pain. <b onmouseover=window.hacked=1>Oh.</b>

[Velvet](javascript:window.hacked=1) seats: velvet causes lower back pain. ![moon](https://evil.example/c.png)
""",
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def chromium() -> str:
    """The browser; without it the tests are skipped, under CI they fail."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found:
        return found
    told = "no Chromium here: `apt-get install chromium` (or `make chromium`) to run the browser tests"
    if os.environ.get("CI") == "true":
        pytest.fail(told)
    pytest.skip(told)


@contextmanager
def serving(library: Path, log: Path) -> Iterator[str]:
    """The address of the app for a library, ready to answer; stopped afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"KINETRACE_LIBRARY": str(library)}, stdout=out, stderr=out
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, log)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, log: Path) -> None:
    """Until the server answers."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the app did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small(tmp_path_factory.mktemp("articles"), tmp_path_factory.mktemp("app") / "library")


def build_small(folder: Path, library: Path) -> Path:
    """A library of the articles above."""
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    build([folder], library)
    return library


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(browser: "Browser", small_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert browser.is_connected()
    with serving(small_library, tmp_path_factory.mktemp("log") / "app.log") as found:
        yield found


@pytest.fixture
def page(browser: "Browser", address: str, request: pytest.FixtureRequest) -> Iterator["Page"]:
    with guarded_page(browser, address, request.node.name) as opened:
        yield opened


@contextmanager
def guarded_page(browser: "Browser", address: str, name: str) -> Iterator["Page"]:
    """A page of 1440 x 900 that may ask only the app for anything; leaves a screenshot.

    All pages share one context: what it has fetched of Streamlit's own scripts is not fetched again for each test.
    """
    context = browser.contexts[0] if browser.contexts else browser.new_context(accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.set_viewport_size({"width": 1440, "height": 900})
    asked: list[str] = []
    problems: list[str] = []
    opened.on("request", lambda each: asked.append(each.url))
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    ARTEFACTS.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", name.removeprefix("test_")).strip("-")
    opened.screenshot(path=str(ARTEFACTS / f"{name}.png"))
    assert opened.locator("[data-testid=stException]").count() == 0
    assert opened.evaluate("window.hacked") is None
    opened.evaluate("localStorage.clear(), sessionStorage.clear()")
    context.clear_cookies()
    opened.close()
    ours = urlsplit(address).netloc
    assert [url for url in asked if urlsplit(url).netloc not in (ours, "") or url.startswith("javascript:")] == []
    assert problems == []


# What a reader sees, as text that is the same only while nothing moves: every element's place, in components too.
STANDS = """
() => {
  const seen = [];
  const look = (root) => root.querySelectorAll("*").forEach((node) => {
    if (node.tagName === "rect" || node.shadowRoot || node.dataset?.testid) {
      const box = node.getBoundingClientRect();
      seen.push(Math.round(box.x), Math.round(box.y), Math.round(box.width), Math.round(box.height));
      seen.push(getComputedStyle(node).opacity);
    }
    if (node.shadowRoot) look(node.shadowRoot);
  });
  look(document);
  return seen.join();
}
"""


def settle(page: "Page") -> None:
    """Wait until the script has run and nothing moves any more, however slow the machine."""
    done = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    before, still = "", 0
    for _ in range(200):
        done.wait_for()
        now = page.evaluate(STANDS)
        still = still + 1 if now == before else 0
        if still == 2:
            return
        before = now
        page.wait_for_timeout(100)
    raise AssertionError("the page never came to rest")


def go(page: "Page", address: str, path: str) -> None:
    page.goto(f"{address}/{path}")
    page.wait_for_selector("[data-testid=stMainBlockContainer]")
    settle(page)


def explore(page: "Page", address: str, more: str = "") -> None:
    go(page, address, f"explore?c={quote(PAIN)}{more}")


def card(page: "Page", name: str) -> "Locator":
    return page.get_by_role("group", name=re.compile("^What ")).get_by_role(
        "button", name=re.compile(rf"^\w+: {name}$")
    )


def arrow(page: "Page", told: str) -> "Locator":
    return page.get_by_role("group", name=re.compile("^What ")).get_by_role("button", name=re.compile(told))


def click(found: "Locator") -> None:
    """Ribbons are thin: the event goes to the middle of their verb."""
    found.first.dispatch_event("click")


def params(page: "Page") -> str:
    return unquote(urlsplit(page.url).query)
