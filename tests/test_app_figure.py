"""The body map's figure: every region of the vocabulary is drawn, and drawn inside the body."""

import math
import re
import tomllib

import pytest

from graph.vocabulary import REGIONS, load_vocabulary
from views.figure import SOURCE, Knot, across, load_figure, mirror, read_knots, smooth_path

Polygon = list[tuple[float, float]]


def inside(point: tuple[float, float], polygon: Polygon) -> bool:
    x, y = point
    found = False
    for (x1, y1), (x2, y2) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            found = not found
    return found


def distance(point: tuple[float, float], polygon: Polygon) -> float:
    """To the nearest edge."""
    best = math.inf
    for start, end in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        length = math.dist(start, end) or 1.0
        along = sum((p - s) * (e - s) for p, s, e in zip(point, start, end, strict=True)) / length**2
        share = min(1.0, max(0.0, along))
        near = (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
        best = min(best, math.dist(point, near))
    return best


def outlines() -> list[Polygon]:
    """Contours as polygons of their knots."""
    found = []
    for entry in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["contour"]:
        knots = read_knots(entry["points"])
        halves = (knots, mirror(knots)) if entry.get("side") else (across(knots),)
        found += [[(knot.x, knot.y) for knot in half] for half in halves]
    return found


def test_every_region_of_the_vocabulary_is_drawn() -> None:
    assert set(REGIONS) - load_figure().regions == {"whole-body"}
    vocabulary = load_vocabulary()
    assert {structure.region for structure in vocabulary.structures.values()} <= load_figure().regions | {"whole-body"}


def test_every_muscle_lies_on_the_body() -> None:
    bodies = outlines()
    for entry in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["part"]:
        for knot in read_knots(entry["points"]):
            at = (knot.x, knot.y)
            # Curves bulge over the straight lines between knots by up to 3 units.
            assert any(inside(at, body) or distance(at, body) <= 3 for body in bodies), (entry["region"], knot)


def test_left_and_right_mirror_each_other() -> None:
    shapes = load_figure().shapes
    for shape in shapes:
        x, y = shape.centre
        assert any(
            other.region == shape.region and other.view == shape.view and other.centre == pytest.approx((-x, y))
            for other in shapes
        )


def test_a_path_passes_its_knots_and_closes() -> None:
    path = smooth_path((Knot(0, 0, True), Knot(10, 0, False), Knot(10, 10, False)))
    assert path.startswith("M0 0") and path.endswith("Z")
    assert list(re.findall(r" (\S+ \S+?)(?=C|Z)", path)) == ["10 0", "10 10", "0 0"]


def test_corners_and_points_are_read() -> None:
    assert read_knots("1,2 3.5,-4!") == (Knot(1, 2, False), Knot(3.5, -4, True))
    assert across((Knot(0, 0, True), Knot(5, 3, False), Knot(0, 6, True))) == (
        Knot(0, 0, True),
        Knot(5, 3, False),
        Knot(0, 6, True),
        Knot(-5, 3, False),
    )
