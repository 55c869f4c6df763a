"""Fixtures that every test shares."""

import fcntl
import os
from pathlib import Path

import pytest

from build import build
from tests.app_browser import address, browser, page, small_library

__all__ = ["address", "browser", "page", "sample_library", "shared", "small_library"]

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "corpus" / "sample"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development texts and labelled sets; the test is skipped where it is absent."""
    folder = Path(os.environ.get("KINETRACE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"development data is absent: {folder} (set KINETRACE_SHARED to its folder)")
    return folder


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library, built once for all test processes; never write to it."""
    base = tmp_path_factory.getbasetemp()
    library = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample-library"
    with library.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # The second process finds it up to date.
        build([SAMPLE], library)
    return library
