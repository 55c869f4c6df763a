"""Phrases that name two things at once: "a flat, tight lower back", "the load on the knee and the shin"."""

import re

from graph.claims.units import Placed
from graph.linking import Link, Linker

_ADJECTIVES = re.compile(r"^((?:[\w-]+ ){0,2}?)([\w-]+)(?:,? and |, |/)([\w-]+) (.+)$")
_PLACES = re.compile(
    r"^(.*\b(?:on|in|of|around|at|to|through)(?: the| your| our| their)?) (.+?)"
    r"(?:,? and (?:on |in |to )?(?:the |your )?|/)(.+)$"
)


def parts_of(placed: Placed, linker: Linker) -> tuple[tuple[Placed, Link], ...]:
    """The phrase with its link; twice where it names two conditions of the vocabulary."""
    whole = linker.link(placed.reading)
    text = placed.reading
    if placed.end - placed.start != len(text):
        return ((placed, whole),)
    if (match := _ADJECTIVES.match(text)) is not None:
        first = Placed(placed.start, placed.end, f"{match[1]}{match[2]} {match[4]}")
        last = Placed(placed.start + match.start(3), placed.end, f"{match[3]} {match[4]}")
        if (found := _both(first, last, linker)) is not None:
            return found
    if (match := _PLACES.match(text)) is not None:
        first = Placed(placed.start, placed.start + match.end(2), f"{match[1]} {match[2]}")
        last = Placed(placed.start + match.start(3), placed.end, f"{match[1]} {match[3]}")
        if (found := _both(first, last, linker)) is not None:
            return found
    return ((placed, whole),)


def _both(first: Placed, last: Placed, linker: Linker) -> tuple[tuple[Placed, Link], ...] | None:
    links = linker.link(first.reading), linker.link(last.reading)
    conditions = all(link.known and link.concept.kind == "condition" and link.concept.state for link in links)
    if not conditions or links[0].concept.id == links[1].concept.id:
        return None
    return (first, links[0]), (last, links[1])
