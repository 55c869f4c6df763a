"""What a heading or a lead-in asks of the list below it, and about what: "Why does it hurt?", "What helps:"."""

import re
from dataclasses import dataclass, replace

from corpus.articles import Article, Block
from graph.claims.asking import Kind, asks
from graph.claims.cues import SignWord
from graph.claims.headings import HANGING
from graph.claims.tagger import Tagger
from graph.claims.topics import Topic, trouble
from graph.claims.units import Placed
from graph.linking import Linker, Mention

# "The risk factors for", "How to settle", "What makes": the linker would take them into the name of the trouble.
_OPENERS = (
    re.compile(
        r".*\b(?:factors|causes?|reasons?|culprits?|triggers?|symptoms?|signs?|treatments?|remed(?:y|ies)|exercises?|"
        r"stretches|tips|fix(?:es)?|cures?|solutions?|benefits?|effects?)\b(?: (?:for|of|behind|to \w+))?",
        re.IGNORECASE,
    ),
    re.compile(
        r"\W*(?:treating|fixing|easing|relieving|preventing|managing|beating|curing|healing|avoiding|stopping)\b",
        re.IGNORECASE,
    ),
    re.compile(r".*?\b(?:ways?|how) (?:to|do|does|can)(?: (?:you|i|we))? (?:get rid of|\w+)", re.IGNORECASE),
    re.compile(
        r".*?\b(?:what(?:'s)? \w+|(?:more|less) likely to (?:get|develop|have|suffer from)|why)\b", re.IGNORECASE
    ),
)
# What no vocabulary has: "Why have my arches dropped?", "What causes bonking?"
_NAMED = re.compile(
    r".*?(?:\bwhy (?:do|does|did|have|has|is|are)(?:n't)? (?:my|your|our|his|her|their)|"
    r"\b(?:what (?:causes|caused|triggers)|(?:causes|reasons|symptoms|signs) (?:of|for|behind)))\s+(?:the\s+|a\s+)?"
    r"(?P<named>[^\W\d_][^?:.!(,\n]*)",
    re.IGNORECASE,
)
_LONGEST_NAMED = 5
# What to do for what is no trouble: "How to keep your gut calm", "Six ways to run taller".
_AIM = re.compile(
    r".*?\b(?:ways|how|tips|steps|exercises|stretches|drills) to (?P<named>[^\W\d_][^?:.!(,\n]*)", re.IGNORECASE
)
_LONGEST_AIM = 6
# "How can I improve my posture when sitting?" asks of the posture.
_AT_TIMES = re.compile(r" (?:when|while|before|after|during|without)\b.*", re.IGNORECASE | re.DOTALL)
_POINTING = re.compile(r"\b(?:it|this|that|them|these|they)\b", re.IGNORECASE)
_WHERE = re.compile(
    r"\b(?:in|on|at|around|along|near|under|over)(?: (?:the|your|these|one of))*\s*:\W*$", re.IGNORECASE
)
_RUNS_ON = re.compile(r"\b(?:by|from|due to)\s*:\W*$", re.IGNORECASE)
# What to see a doctor for are no signs of what the article is about.
_ALARM = re.compile(r"\b(?:warning signs?|red flags?|when to (?:see|seek|call|worry|get)|straight away|urgent)", re.I)
_BETTER = re.compile(r"\b(?:improve|help|strengthen)\b", re.IGNORECASE)
_LONGEST_QUESTION = 90
_FAR_BACK = 6000  # a heading reaches further back for what "it" is than a sentence does


@dataclass(frozen=True, slots=True)
class Asked:
    """A heading or lead-in that asks for a list.

    Args:
        block: it.
        kind: what it asks for.
        sign: of what is listed on what it is about, or the other way round for signs and effects.
        cue: of its words, those that ask.
        topic, concept: what it is about.
        general: it neither names nor points at anything, so that it is about what the article is about.
    """

    block: Block
    kind: Kind
    sign: SignWord
    cue: tuple[int, int]
    topic: Placed
    concept: str
    general: bool


def asked_from(
    article: Article, number: int, before: Asked | None, linker: Linker, tagger: Tagger, title: Topic
) -> Asked | None:
    """What is asked from a block on: by the block itself, or still what was asked before it.

    Args:
        before: what was asked so far; None for nothing.
        tagger: reads what a heading asks.
        title: what the article is about.
    """
    if not _may_ask(article, number):
        return before
    block = article.blocks[number]
    start = _question_start(article, block)
    if _ALARM.search(article.text, start, block.end) or _is_completed(article, block, start):
        return None
    kind = asks(article.text[start : block.end], tagger)
    if kind == "other" and before is not None and not _ends(block, before.block):
        return before
    asked = _asked_by(article, block, start, kind, linker, title)
    said_again = before is not None and (kind, block.section) == (before.kind, before.block.section)
    again = said_again and block.kind == "paragraph" and kind in ("causes", "remedies")
    return before if again and (asked is None or asked.general) else asked


def _is_completed(article: Article, block: Block, start: int) -> bool:
    """Whether the items go on with the lead-in's own sentence: "Slouching can:" - "Wear away at your spine"."""
    return block.kind == "paragraph" and HANGING.search(article.text, start, block.end) is not None


def _may_ask(article: Article, number: int) -> bool:
    """Whether a block is a heading, a short question or a lead-in to items."""
    block = article.blocks[number]
    text = article.text[block.start : block.end].rstrip("*_ ")
    if block.kind != "paragraph":
        return block.kind == "heading"
    followed = article.blocks[number + 1].kind if number + 1 < len(article.blocks) else ""
    return (text.endswith(":") and followed == "item") or (text.endswith("?") and len(text) <= _LONGEST_QUESTION)


def _ends(block: Block, asking: Block) -> bool:
    """Whether a block that asks for nothing itself ends what another asks."""
    return block.kind == "heading" and (asking.kind == "paragraph" or block.level <= asking.level)


def _question_start(article: Article, block: Block) -> int:
    """Where what asks begins: a heading as a whole, of a long paragraph its last sentence."""
    if block.kind != "paragraph":
        return block.start
    return max(block.start, article.text.rfind(". ", block.start, block.end) + 2)


def _asked_by(article: Article, block: Block, start: int, kind: Kind, linker: Linker, title: Topic) -> Asked | None:
    if kind in ("other", "useless") or (kind == "effects" and block.kind == "paragraph"):
        return None
    text = article.text[start : block.end]
    if block.kind == "paragraph" and (_RUNS_ON.search(text) or _WHERE.search(text)):
        return None  # "Pain is caused by:" is read with each item as one sentence; "it happens most often in the:"
    thing = _thing(linker, text) if kind == "effects" else None
    own = _behind(linker, text) or thing or _named_by(_NAMED, _LONGEST_NAMED, linker, text)
    aim = _named_by(_AIM, _LONGEST_AIM, linker, text) if own is None and kind == "remedies" else None
    own = own or aim
    over = None if own is not None else _heading_over(article, block)
    above = trouble(linker, article.text[over.start : over.end]) if over is not None else None
    pointing = _POINTING.search(text) is not None
    topic = own or above or _of_title(title, kind, linker, pointing=pointing)
    if topic is None:
        return None
    place, cue = _places(article, block, start, own, title, topic, over if above is not None else None)
    sign: SignWord = "+" if kind != "remedies" or aim is not None else "better" if _BETTER.search(text) else "-"
    general = own is None and above is None and not pointing
    return Asked(block, kind, sign, cue, place, topic.concept.id, general)


def _of_title(title: Topic, kind: Kind, linker: Linker, *, pointing: bool) -> Mention | None:
    """The trouble that the article is about; a deed in its title only where a heading asks what causes "it".

    "What goes wrong" in an article on mileage does not say what makes one run more.
    """
    named = title.named
    if named is None or kind == "effects":
        return None
    asked = pointing and kind == "causes" and not linker.is_good(named.concept)
    return named if named.concept.state or asked else None


def _behind(linker: Linker, text: str) -> Mention | None:
    """The trouble that a heading names, behind the words that ask or else anywhere."""
    said = _AT_TIMES.sub("", text)
    for opener in filter(None, (pattern.match(said) for pattern in _OPENERS)):
        found = trouble(linker, said[opener.end() :])
        if found is not None:
            return replace(found, start=found.start + opener.end(), end=found.end + opener.end())
    return trouble(linker, said)


def _named_by(pattern: re.Pattern[str], longest: int, linker: Linker, text: str) -> Mention | None:
    """What a pattern finds named in a heading, in at most so many words, whether the vocabulary knows it or not."""
    told = pattern.match(_AT_TIMES.sub("", text))
    if told is None or len(told["named"].split()) > longest or _POINTING.search(told["named"]):
        return None
    link, start = linker.link(told["named"]), told.start("named")
    return Mention(link.concept, link.pole, start, start + len(told["named"].rstrip()))


def _heading_over(article: Article, block: Block) -> Block | None:
    """The heading that a paragraph stands under, or a smaller heading: not the title."""
    level = block.level if block.kind == "heading" else 100
    before = (b for b in reversed(article.blocks) if b.kind == "heading" and b.start < block.start)
    return next((b for b in before if 1 < b.level < level), None) if level > 2 else None


def _places(
    article: Article,
    block: Block,
    start: int,
    own: Mention | None,
    title: Topic,
    topic: Mention,
    over: Block | None,
) -> tuple[Placed, tuple[int, int]]:
    """Where what is asked about stands, and of the words that ask the longer part beside it."""
    text = article.text[start : block.end]
    if own is not None:
        place = Placed(start + own.start, start + own.end, text[own.start : own.end])
        before, after = (start, place.start), (place.end, block.end)
        return place, _stripped(article.text, *max(before, after, key=lambda span: span[1] - span[0]))
    if over is not None:
        there = over.start + topic.start, over.start + topic.end
        return Placed(*there, article.text[slice(*there)]), (start, block.end)
    pointing = _POINTING.search(text)
    spot = (start + pointing.start(), start + pointing.end()) if pointing else (start, block.end)
    unnamed = Placed(*spot, article.title[topic.start : topic.end])
    return title.before(start, _FAR_BACK) or unnamed, (start, block.end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _thing(linker: Linker, text: str) -> Mention | None:
    """What is said to have effects, of the concepts that a heading names."""
    doing = ("behaviour", "remedy")
    return next((m for m in linker.mentions(text) if m.concept.state or m.concept.kind in doing), None)
