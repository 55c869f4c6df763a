"""How quick the app is in Chromium, side by side with a bare Streamlit page on the same warm machine, in one run.

    python bench/app.py [LIBRARY] [--runs 15]

First paint: from navigation to the first card (Explore) or the text (bare page). Click: from the mouse to the panel
that answers it (an arrow's claims) or to the text that a bare button changes. Memory: resident set of the app's server
before and with N open sessions.
"""

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BARE = """import streamlit as st
st.title("Bare")
if "n" not in st.session_state:
    st.session_state.n = 0
if st.button("Count"):
    st.session_state.n += 1
st.write(f"count {st.session_state.n}")
"""
# Asked at every frame: Playwright's own waiting looks up to half a second apart, which is most of what is measured.
BARE_PAINTED = "() => [...document.querySelectorAll('.stMarkdown p')].some(each => each.textContent === 'count 0')"
EXPLORE_PAINTED = """() => {
  const roots = [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')].map(host => host.shadowRoot);
  return ['.chain .card', '.body svg'].every(named => roots.some(root => root?.querySelector(named)));
}"""
SESSIONS = 5
MOST_PAINT, MOST_CLICK = 0.7, 0.3


def serve(script: Path, library: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A Streamlit server for a script, ready to answer."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    environment = os.environ | {"KINETRACE_LIBRARY": str(library)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310 - our own server
                return process, address
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{script}: the server did not start")


def resident(process: subprocess.Popen[bytes]) -> float:
    """Resident set of a process in MB."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def timed(act: Callable[[], object]) -> float:
    """Seconds that an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def paint_bare(page: Page, address: str) -> None:
    """Open the bare page and wait for its text."""
    page.goto(address)
    page.wait_for_function(BARE_PAINTED, polling="raf")


def paint_explore(page: Page, address: str) -> None:
    """Open Explore and wait for its cards and its body map."""
    page.goto(address)
    page.wait_for_function(EXPLORE_PAINTED, polling="raf")


def click_bare(page: Page, count: int) -> None:
    """Press the bare button and wait for what it changes."""
    page.get_by_role("button", name="Count").click()
    told = (
        "count => [...document.querySelectorAll('.stMarkdown p')].some(each => each.textContent === `count ${count}`)"
    )
    page.wait_for_function(told, arg=count, polling="raf")


def click_arrow(page: Page, number: int) -> None:
    """Press an arrow and wait for its claims, told by the cause and effect that the panel names."""
    arrow = page.locator(".chain .stage .arrow").nth(number)
    before = page.locator(".reading .scroll h2").first
    old = before.inner_text() if before.count() else ""
    arrow.dispatch_event("click")
    page.wait_for_function(
        "old => [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')].some(host => {"
        " const head = host.shadowRoot?.querySelector('.scroll h2'); return head && head.textContent !== old; })",
        arg=old,
    )


def p95(values: Sequence[float]) -> float:
    """95th percentile, by rank."""
    return sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]


def row(name: str, values: Sequence[float]) -> None:
    """One line of the table."""
    print(f"{name:38} {statistics.median(values):7.3f} {p95(values):7.3f} {max(values):7.3f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", nargs="?", type=Path, default=ROOT / ".kinetrace" / "sample-library")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--concept", default="")
    arguments = parser.parse_args()
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        raise SystemExit("no Chromium here: apt-get install chromium")
    if not arguments.library.is_dir():
        raise SystemExit(
            f"no library at {arguments.library}: kinetrace build corpus/sample --output {arguments.library}"
        )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = Path(folder) / "bare.py"
        script.write_text(BARE, encoding="utf-8")
        bare_server, bare = serve(script, arguments.library)
        app_server, app = serve(ROOT / "app.py", arguments.library)
        explore = f"{app}/explore" + (f"?c={quote(arguments.concept)}" if arguments.concept else "")
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        try:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.set_default_timeout(60_000)
            paint_bare(page, bare)
            paint_explore(page, explore)
            paints = [
                (timed(lambda: paint_bare(page, bare)), timed(lambda: paint_explore(page, explore)))
                for _ in range(arguments.runs)
            ]
            arrows = page.locator(".chain .stage .arrow").count()
            if arrows < 2:
                raise SystemExit("this concept has fewer than two arrows; name another with --concept")
            clicks = [timed(lambda i=i: click_arrow(page, i % arrows)) for i in range(2 * arguments.runs)]  # type: ignore[misc] # mypy and default arguments of lambdas
            paint_bare(page, bare)
            presses = [timed(lambda i=i: click_bare(page, i + 1)) for i in range(2 * arguments.runs)]  # type: ignore[misc] # the same
            before = resident(app_server)
            for _ in range(SESSIONS):
                paint_explore(browser.new_context().new_page(), explore)
            after = resident(app_server)
        finally:
            browser.close()
            bare_server.terminate()
            app_server.terminate()
    print(f"{'seconds':38} {'median':>7} {'p95':>7} {'max':>7}")
    row("first paint, bare page", [one for one, _ in paints])
    row("first paint, Explore", [other for _, other in paints])
    row("button of the bare page", presses)
    row("arrow of Explore to its claims", clicks)
    late = statistics.median(other for _, other in paints) - statistics.median(one for one, _ in paints)
    slow = p95(clicks) - p95(presses)
    print(
        f"Explore after the bare page: {late:.3f} s (at most {MOST_PAINT}) {'ok' if late <= MOST_PAINT else 'TOO SLOW'}"
    )
    verdict = "ok" if slow <= MOST_CLICK else "TOO SLOW"
    print(f"click after a bare widget, p95: {slow:.3f} s (at most {MOST_CLICK}) {verdict}")
    print(f"server memory: {before:.0f} MB, {(after - before) / SESSIONS:.1f} MB more for each session")


if __name__ == "__main__":
    main()
