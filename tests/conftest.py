"""Fixtures that every test shares."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development texts and labelled sets; the test is skipped where it is absent."""
    folder = Path(os.environ.get("KINETRACE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"development data is absent: {folder} (set KINETRACE_SHARED to its folder)")
    return folder
