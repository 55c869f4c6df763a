"""One palette for pages, components and exports: every colour in a light and a dark tone.

The kinds stay apart for people with protanopia, deuteranopia and tritanopia (tests/test_app_palette.py simulates it),
and nothing is told by colour alone: kinds carry a word, signs an arrow head or a bar.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tone:
    """One colour on light and on dark ground."""

    light: str
    dark: str


GROUND = Tone("#fdfcfa", "#14171d")
CARD = Tone("#ffffff", "#1c2029")
SUNK = Tone("#f5f2ec", "#1a1e26")
INK = Tone("#1d2433", "#e9ebf0")
SOFT_INK = Tone("#565d6d", "#a9b0be")
LINE = Tone("#e2ddd3", "#323845")
ACCENT = Tone("#b4440a", "#ff9c5a")

RAISES = Tone("#c8500a", "#ff9248")
LOWERS = Tone("#1c5fae", "#6cb0ff")

KINDS = {
    "habit": Tone("#6d3fd0", "#ab86ee"),
    "condition": Tone("#8c6710", "#dd9a3c"),
    "symptom": Tone("#96143a", "#f08ba0"),
    "remedy": Tone("#1f9a58", "#45dd92"),
    "outcome": Tone("#0e6f99", "#93dff0"),
    "open": Tone("#5b6170", "#858da3"),
}

MARKS = {
    "cause": Tone("#e3d8fb", "#43317a"),
    "cue": Tone("#fbe3c8", "#6b4212"),
    "effect": Tone("#f9d5de", "#702640"),
    "word": Tone("#fdeeb5", "#54450f"),
}

BODY = {
    "outline": Tone("#a8a49b", "#5b6373"),
    "skin": Tone("#f3f0ea", "#232833"),
    "muscle": Tone("#dfdbd2", "#333a48"),
}


def css_variables() -> str:
    """A CSS rule that defines every colour for a component's shadow root, light and dark."""
    named = {
        "ground": GROUND,
        "card": CARD,
        "sunk": SUNK,
        "ink": INK,
        "soft-ink": SOFT_INK,
        "line": LINE,
        "accent": ACCENT,
        "raises": RAISES,
        "lowers": LOWERS,
        **{f"kind-{name}": tone for name, tone in KINDS.items()},
        **{f"mark-{name}": tone for name, tone in MARKS.items()},
        **{f"body-{name}": tone for name, tone in BODY.items()},
    }
    lines = "".join(f"--k-{name}: light-dark({tone.light}, {tone.dark});" for name, tone in named.items())
    return f":host, .kinetrace {{ {lines} }}\n"
