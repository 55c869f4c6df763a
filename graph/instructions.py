"""Instructions: whether an article says how an exercise is done where it names it."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from corpus.articles import Article

# What tells a reader how to move: an order at the head of a sentence or clause, or where the body starts from.
_ORDERS = (
    "lie|stand|sit|kneel|squat|hang|lean|start|begin|get|go|come|place|put|rest|keep|hold|lift|raise|rise|lower|press|"
    "push|pull|squeeze|tuck|tilt|bend|straighten|extend|reach|rotate|turn|roll|shift|step|hop|jump|walk|swing|drop|"
    "draw|drive|cross|slide|let|breathe|inhale|exhale|return|repeat|open|point|move|hinge|grab|loop|tap|curl|shake|"
    "find|set|use|take|bring|stack|support|change|switch|try|imagine|pause|relax|stretch|brace|face|grip|hug|tighten"
)
_ORDER = re.compile(rf"(?:^|[.!?:;,]\s+|\b(?:and|then|or|now|gently|slowly|first)\s+)(?:{_ORDERS})\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\bon (?:your|the) (?:back|side|front|stomach|hands|forearms?|elbows?|edge|floor|hands and knees|all fours)\b"
    r"|\bon (?:all fours|hands and knees|a (?:step|mat|box|bench|chair)|one (?:leg|knee|foot))\b"
    r"|\b(?:knees?|legs?|arms?|elbows?|hips?|feet|foot|back|shoulders|heels?|hands?|fingertips|chest|ribs|shin)"
    r" (?:\w+ )?(?:bent|straight|flat|apart|up|down|together|in front|behind|forward|back|on|against|close|under|over)"
    r"\b",
    re.IGNORECASE,
)
# How much of it: with a way to move it is an instruction, alone ("20 heel raises") it is none.
_DOSE = re.compile(
    r"\b(?:\d+|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty|forty-five|sixty)"
    r"(?: (?:to|or) \w+)? (?:slow )?"
    r"(?:seconds?|minutes?|reps?|repetitions?|times|sets?|breaths|a side|each (?:side|way|leg))\b",
    re.IGNORECASE,
)
ENOUGH_SIGNS = 2
EXERCISES_FILE = Path(__file__).parent / "data" / "exercises.toml"


@cache
def exercises() -> frozenset[str]:
    """Ids of the remedies that a reader must be shown."""
    return frozenset(tomllib.loads(EXERCISES_FILE.read_text(encoding="utf-8"))["ids"])


def explains_how(article: Article, start: int, end: int) -> bool:
    """Whether the text around `article.text[start:end]`, the name of an exercise, says how to do it.

    It does with two signs, of which at least one is a way to move or to start from. A heading speaks for its
    section, a list item for itself, a paragraph for itself and the list right below it.
    """
    text = " ".join(_scope(article, start, end))
    ways = len(set(map(str.lower, _ORDER.findall(text)))) + len(_PLACE.findall(text))
    return ways >= 1 and ways + len(_DOSE.findall(text)) >= ENOUGH_SIGNS


def _scope(article: Article, start: int, end: int) -> Iterator[str]:
    """The blocks that could explain what is named at an offset; the name itself is left out, it can be an order."""
    place = next((i for i, block in enumerate(article.blocks) if block.start <= start < block.end), None)
    if place is None:
        return
    named = article.blocks[place]
    yield article.text[named.start : start]
    yield article.text[end : named.end]
    for below in article.blocks[place + 1 :]:
        if below.kind == "heading" or (named.kind != "heading" and below.kind != "item"):
            return
        if named.kind == "item":
            return
        yield article.text[below.start : below.end]
