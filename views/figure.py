"""The body map's figure: shapes drawn as points, turned into smooth SVG paths, each with its region."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

View = Literal["front", "back"]
Point = tuple[float, float]
SOURCE = Path(__file__).with_name("components") / "figure.toml"


@dataclass(frozen=True, slots=True)
class Knot:
    """A point of a curve; `corner`: the curve may turn sharply there."""

    x: float
    y: float
    corner: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """One closed shape of the figure.

    Args:
        view: which side of the body it is seen from.
        region: what a structure of the vocabulary points at.
        path: SVG path data.
        centre: mean of its knots; where a leader line or an arrow may touch it.
        over: a bone or joint that lies over the muscles.
        quiet: shown only where the chain names it.
    """

    view: View
    region: str
    path: str
    centre: Point
    over: bool
    quiet: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """Outline paths (the same in both views), the shapes of both views, and where lines touch each region."""

    outline: tuple[str, ...]
    shapes: tuple[Shape, ...]
    anchors: Mapping[str, Point]

    @property
    def regions(self) -> frozenset[str]:
        """Every region that is drawn."""
        return frozenset(shape.region for shape in self.shapes)


def read_knots(text: str) -> tuple[Knot, ...]:
    """The knots of "x,y x,y! ..."."""
    knots = []
    for word in text.split():
        x, y = word.rstrip("!").split(",")
        knots.append(Knot(float(x), float(y), word.endswith("!")))
    return tuple(knots)


def mirror(knots: tuple[Knot, ...]) -> tuple[Knot, ...]:
    """The same curve on the other side of the midline."""
    return tuple(Knot(-knot.x, knot.y, knot.corner) for knot in knots)


def across(knots: tuple[Knot, ...]) -> tuple[Knot, ...]:
    """A half outline closed with its mirror image; both ends lie on the midline."""
    return knots + tuple(reversed(mirror(knots)))[1:-1]


def smooth_path(knots: tuple[Knot, ...], tension: float = 0.17) -> str:
    """SVG data of the closed cardinal spline through the knots; no tangent at corners.

    Source: Catmull and Rom, A class of local interpolating splines, 1974 (tension 1/6 is theirs).
    """
    parts = [f"M{knots[0].x:g} {knots[0].y:g}"]
    count = len(knots)
    for i in range(count):
        before, start, end, after = (knots[(i + step) % count] for step in (-1, 0, 1, 2))
        # A long neighbour must not throw a short piece out of its way.
        reach = math.dist((start.x, start.y), (end.x, end.y))
        one = _handle(start, before, end, reach, tension)
        two = _handle(end, after, start, reach, tension)
        parts.append(f"C{one[0]:.1f} {one[1]:.1f} {two[0]:.1f} {two[1]:.1f} {end.x:g} {end.y:g}")
    return "".join(parts) + "Z"


def _handle(at: Knot, away: Knot, towards: Knot, reach: float, tension: float) -> Point:
    if at.corner:
        return at.x + (towards.x - at.x) * tension, at.y + (towards.y - at.y) * tension
    dx, dy = towards.x - away.x, towards.y - away.y
    length = math.hypot(dx, dy) or 1.0
    step = min(length * tension, reach * 0.38)
    return at.x + dx / length * step, at.y + dy / length * step


def capsule(start: Point, end: Point, radius: float) -> tuple[Knot, ...]:
    """A finger: eight knots around a line."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    turns = (-0.5, -0.25, 0.0, 0.25, 0.5)
    round_end = [(end, turn) for turn in turns] + [(start, 1 - turn) for turn in reversed((-0.5, 0.0, 0.5))]
    return tuple(
        Knot(
            at[0] + radius * math.cos(angle + turn * math.pi), at[1] + radius * math.sin(angle + turn * math.pi), False
        )
        for at, turn in round_end
    )


def _centre(knots: tuple[Knot, ...]) -> Point:
    return sum(knot.x for knot in knots) / len(knots), sum(knot.y for knot in knots) / len(knots)


@cache
def load_figure() -> Figure:
    """The figure as drawn in figure.toml, both halves."""
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    outline: list[str] = []
    for entry in source["contour"]:
        knots = read_knots(entry["points"])
        halves = (knots, mirror(knots)) if entry.get("side") else (across(knots),)
        outline += [smooth_path(half) for half in halves]
    for entry in source["finger"]:
        knots = capsule(tuple(entry["from"]), tuple(entry["to"]), entry["radius"])
        outline += [smooth_path(knots), smooth_path(mirror(knots))]
    shapes = []
    for entry in source["part"]:
        knots = read_knots(entry["points"])
        shapes += [_shape(entry, half) for half in (knots, mirror(knots))]
    shapes += [_shape(entry, across(read_knots(entry["points"]))) for entry in source["middle"]]
    anchors = {region: (float(x), float(y)) for region, (x, y) in source["anchors"].items()}
    return Figure(tuple(outline), tuple(shapes), anchors)


def _shape(entry: Mapping[str, Any], knots: tuple[Knot, ...]) -> Shape:
    flags = bool(entry.get("over")), bool(entry.get("quiet"))
    return Shape(entry["view"], entry["region"], smooth_path(knots), _centre(knots), *flags)
