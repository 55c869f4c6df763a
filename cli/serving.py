"""app: serve the pages on this machine."""

import os
import subprocess
import sys
from argparse import Namespace

from cli.libraries import ROOT, chosen_library
from cli.output import note
from corpus.errors import LibraryError


def serve(options: Namespace) -> int:
    """Run Streamlit until it is stopped; its exit code."""
    environment = dict(os.environ)
    try:
        environment["KINETRACE_LIBRARY"] = str(chosen_library(options.library).resolve())
    except LibraryError as missing:
        note(f"{missing}; the app opens empty")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(options.port)]
    # From the checkout, for there are the theme and the pages.
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603  # our own words
