"""The state that stands in the verb: "inhibits the glutes" speaks of activity, "the hamstrings take over" of work."""

import re
from functools import cache

from graph.claims.cues import verb_states, word_list, words_for_states
from graph.linking import Link, Linker

_PULLED = re.compile(rf"\bpulled (?:{'|'.join(sorted(word_list('directions')))})$", re.IGNORECASE)
_DIRECTION = re.compile(rf" (?:{'|'.join(sorted(word_list('directions')))})$", re.IGNORECASE)


def restated(reading: str, link: Link, linker: Linker, *, rule: str = "") -> Link:
    """The link of a phrase, with the state that its words or its cue's verb give a bare body part.

    Args:
        reading: the phrase.
        link: what it links to by itself.
        rule: the name of the cue, for the effect of a claim; "" for a cause.
    """
    if _PULLED.search(reading) and (moved := linker.link(f"misaligned {_structure(reading, linker)}")).known:
        return moved  # "the kneecap is pulled sideways": no pulled muscle
    if link.concept.state or (link.known and link.concept.kind != "condition"):
        return link
    part = link.concept.name if link.known else _part(reading, linker)
    for state, pattern in _patterns():
        if part and pattern.search(reading):
            return _better(linker.link(f"{state} {part}"), link)
    bare = _DIRECTION.sub("", reading)
    if not link.known and bare != reading and (better := linker.link(bare)).known and better.concept.state:
        return better
    state = verb_states().get(rule.partition("/")[2], "")
    return _better(linker.link(f"{state} {part}"), link) if state and part and link.known else link


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
