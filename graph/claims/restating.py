"""The state that stands in the verb: "inhibits the glutes" speaks of activity, "the hamstrings take over" of work."""

import re
from functools import cache

from graph.claims.cues import verb_states, word_list, words_for_states
from graph.linking import Link, Linker

_PULLED = re.compile(rf"\bpulled (?:{'|'.join(sorted(word_list('directions')))})$", re.IGNORECASE)
_DIRECTION = re.compile(rf" (?:{'|'.join(sorted(word_list('directions')))})$", re.IGNORECASE)

# "the thigh rolls in", "the heel lifts early": what a body part does itself is no foam rolling and no heel lift.
_OWN_MOTION = re.compile(
    r"^(?P<part>[\w' -]+?) (?:roll|turn|lift|swing|drop|rotate|fall|tip|drive|move)s?(?: \w+ly)? "
    r"(?P<way>(?:in|out|up|down|over)(?:wards?)?|back(?:wards?)?|forwards?|sideways|early|late|too|slowly)\b",
    re.IGNORECASE,
)
# "the knee starts to hurt" hurts
_STARTING = re.compile(r" (?:starts?|started|begins?|began|tends?|tended) to (?=\w)", re.IGNORECASE)
# What is squeezed works where it is a muscle.
_SQUEEZED = re.compile(r"squeez\w+ .*\b(?:nerves?|joints?|dis[ck]s?|lungs?|cartilage|fat pad|bursa)\b", re.IGNORECASE)
_ALIGNMENTS = re.compile(r"in|out|over|(?:in|out|for|back)wards?|sideways", re.IGNORECASE)


def restated(reading: str, link: Link, linker: Linker, *, rule: str = "") -> Link:
    """The link of a phrase, with the state that its words or its cue's verb give a bare body part.

    Args:
        reading: the phrase.
        link: what it links to by itself.
        rule: the name of the cue, for the effect of a claim; "" for a cause.
    """
    if _PULLED.search(reading) and (moved := linker.link(f"misaligned {_structure(reading, linker)}")).known:
        return moved  # "the kneecap is pulled sideways": no pulled muscle
    if _STARTING.search(reading):
        begun = _STARTING.sub(" ", reading)
        return restated(begun, linker.link(begun), linker, rule=rule)
    if _SQUEEZED.match(reading) and (pinched := linker.link(f"pinched {_structure(reading, linker)}")).known:
        return pinched
    if link.concept.kind == "remedy" and (moving := _OWN_MOTION.match(reading)) is not None:
        return _moved(moving["part"], moving["way"], linker) or link
    if link.concept.state or (link.known and link.concept.kind != "condition"):
        return link
    part = link.concept.name if link.known else _part(reading, linker)
    for state, pattern in _patterns():
        if part and pattern.search(reading):
            return _better(linker.link(f"{state} {part}"), link)
    bare = _DIRECTION.sub("", reading)
    if not link.known and bare != reading and (better := linker.link(bare)).known and better.concept.state:
        return better
    verb = rule.partition("/")[2]
    state, does = verb_states().get(verb, ""), reading[:3].lower() == verb[:3]
    return _better(linker.link(f"{state} {part}"), link) if state and part and (link.known or does) else link


def _moved(named: str, way: str, linker: Linker) -> Link | None:
    """The part that moves: misaligned where it goes in or out, else by itself; None where no part is named."""
    part = _structure(named, linker)
    state = "misaligned " if _ALIGNMENTS.fullmatch(way) else ""
    moved = linker.link(f"{state}{part}") if part else None
    return moved if moved is not None and moved.known else None


def _part(reading: str, linker: Linker) -> str:
    named = [m for m in linker.mentions(reading) if m.concept.structure and m.concept.kind == "condition"]
    return named[0].concept.name if named and not named[0].concept.state else ""


def _structure(reading: str, linker: Linker) -> str:
    named = [m.concept.structure for m in linker.mentions(reading) if m.concept.structure]
    return named[0].replace("-", " ") if named else ""


def _better(new: Link, old: Link) -> Link:
    return new if new.known and new.concept.state else old


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((state, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for state, words in words_for_states().items())
