"""`python -m cli` is `kinetrace`."""

from cli import run

run()
