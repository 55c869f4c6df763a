"""Takes the pictures of the app for the documentation: `python docs/take_screenshots.py [LIBRARY [CONCEPT]]`.

Every page in light and dark, at the width of a desk, a tablet and a phone, against a library that is built already.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "screenshots"
OTHERS = ROOT / "artefacts" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SIZES = {"desk": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}
SCHEMES = ("light", "dark")
# The whole set would be 5 MB in the repository: the tablet and the dark phone are for looking at only.
KEPT = {("desk", "light"), ("desk", "dark"), ("phone", "light")}
PATIENCE = 90_000
QUESTION = "what leads to lower back pain?"


def serve(library: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The app, ready to answer."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env=os.environ | {"KINETRACE_LIBRARY": str(library)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310 - our own server
                return process, address
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the app did not start")


def pages(concept: str) -> dict[str, str]:
    """File name -> path of each view."""
    about = f"?c={quote(concept)}" if concept else ""
    return {
        "start": "",
        "overview": "overview",
        "explore": f"explore{about}",
        "walk": "walk",
        "fixes": f"fixes{about}",
        "ask": f"ask?q={quote(QUESTION)}",
        "gaps": "gaps",
        "library": "library",
    }


def shoot(page: Page, path: Path) -> None:
    """A picture in 256 colours: a third of the bytes, and nobody sees it."""
    page.screenshot(path=str(path))
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def take(browser: Browser, address: str, concept: str) -> None:
    """All pictures; on the desk in light also Explore with its strongest arrow opened."""
    for scheme in SCHEMES:
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_default_timeout(PATIENCE)
            folder = TARGET if (size, scheme) in KEPT else OTHERS
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            for name, path in pages(concept).items():
                page.goto(f"{address}/{path}")
                page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
                # On a busy machine the grey bars of what is still to come stand longer than that.
                page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
                page.wait_for_timeout(900)
                shoot(page, folder / f"{name}-{size}-{scheme}.png")
                if name == "explore" and size == "desk" and page.locator(".chain .stage .arrow").count():
                    page.locator(".chain .stage .arrow").last.dispatch_event("click")
                    page.locator(".reading .scroll h2").first.wait_for()
                    page.wait_for_timeout(500)
                    shoot(page, folder / f"arrow-{size}-{scheme}.png")
            page.close()


def main() -> None:
    """Serve, take the pictures, stop."""
    library = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / ".kinetrace" / "sample-library"
    concept = sys.argv[2] if len(sys.argv) > 2 else ""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        raise SystemExit("no Chromium here: apt-get install chromium")
    for folder in (TARGET, OTHERS):
        folder.mkdir(parents=True, exist_ok=True)
    process, address = serve(library)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            take(browser, address, concept)
            browser.close()
    finally:
        process.terminate()


if __name__ == "__main__":
    main()
