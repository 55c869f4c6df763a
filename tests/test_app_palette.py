"""The palette: apart for every kind of colour vision, readable on its ground, one in code and theme."""

import itertools
import tomllib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from views import palette

Vector = npt.NDArray[np.float64]

# Source: Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency,
# 2009, severity 1.0.
SIGHTS = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
TONES = ("light", "dark")


def linear(colour: str) -> Vector:
    """sRGB "#rrggbb" as linear light."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: Vector) -> Vector:
    """CIELAB of linear light."""
    x = XYZ @ np.clip(light, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def nearest(colours: Iterable[str], sight: str) -> float:
    """CIE76 distance of the two nearest colours as somebody with that sight sees them."""
    seen = [lab(SIGHTS[sight] @ linear(colour)) for colour in colours]
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    lights = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("tone", TONES)
def test_kinds_and_signs_stay_apart(sight: str, tone: str) -> None:
    assert nearest((getattr(each, tone) for each in palette.KINDS.values()), sight) >= 11
    assert nearest((getattr(palette.RAISES, tone), getattr(palette.LOWERS, tone)), sight) >= 60


@pytest.mark.parametrize("tone", TONES)
def test_text_reads_and_marks_show(tone: str) -> None:
    ground, card, sunk = (getattr(each, tone) for each in (palette.GROUND, palette.CARD, palette.SUNK))
    for ink in (palette.INK, palette.SOFT_INK, palette.ACCENT):
        assert all(contrast(getattr(ink, tone), under) >= 4.5 for under in (ground, card, sunk))
    for each in (*palette.KINDS.values(), palette.RAISES, palette.LOWERS):
        assert contrast(getattr(each, tone), card) >= 3
    for mark in palette.MARKS.values():
        assert contrast(getattr(palette.INK, tone), getattr(mark, tone)) >= 7


def test_theme_and_palette_are_one() -> None:
    theme = tomllib.loads(Path(".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    named = {
        "primaryColor": palette.ACCENT,
        "backgroundColor": palette.GROUND,
        "secondaryBackgroundColor": palette.SUNK,
        "textColor": palette.INK,
        "linkColor": palette.LOWERS,
        "borderColor": palette.LINE,
    }
    for tone in TONES:
        assert {name: theme[tone][name] for name in named} == {
            name: getattr(each, tone) for name, each in named.items()
        }
