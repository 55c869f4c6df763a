"""What answers a heading in the list or the smaller headings below it: "Why does it hurt?" - "Stiff hips"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.articles import Article, Block
from graph.claims.asked import Asked, asked_from
from graph.claims.asking import DENYING, Kind
from graph.claims.tagger import Tagger
from graph.claims.topics import Topic, topic_of
from graph.claims.units import Found, Placed
from graph.concepts import Certainty
from graph.linking import Linker, Mention

_AVOIDING = re.compile(r"\W*(?:avoid|skip|quit)\b", re.IGNORECASE)
_DOUBTING = re.compile(r"\b(?:maybe|perhaps|possibly|probably|sometimes|may|might|could)\b|\?", re.IGNORECASE)
_LEAD = re.compile(r"(?:(?! - )[^.!?:;\n–—(])+")
# What an item names stands before what it says of it: "Wall sits, to build up the quads", "Hills, because ...".
_REASONED = re.compile(
    r",? (?:because|since|so that|so you|so the|which|unless|until|whenever|especially|before|"
    r"after|during|(?<!a )while|without)\b|"
    r", (?:to|if|when|as|but|more|most|less|often|usually|mostly|typically|common)\b"
)
_MAX_LEAD = 10
# "Unsupportive shoes can contribute as well" names the shoes; "What about shoes?" nothing.
_SAYING = re.compile(r" (?:can|may|might|could|will|is|are|was|were|has|have|often|also)\b.*", re.DOTALL)
_ASKED = re.compile(r"\W*(?:what|why|how|who|when|which|where|ready|need|want|do|does|is|are|can|got|have)\b", re.I)
# "Five reasons for tight calves" - "1. You sit too much"
_NUMBERED = re.compile(r"\s*\d{1,2}[.):]\s+")
# "Signs of piriformis syndrome" asks for a list of its own.
_ASKING_NOUN = re.compile(
    r"\W*(?:\w+ )?(?:symptoms?|signs?|causes|reasons|treatments?|remedies|exercises|stretches|effects) (?:of|for|to)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,2}\s*[.):–-]")
# "Weak hips. When the muscles ...": a paragraph that begins with a heading of its own.
_RUN_IN = re.compile(r"[^\W\d_][^.!?:;\n]{2,40}[.:!?] +[A-Z]")
_MAX_OPEN = 9
_SHORTEST_WAY = 3
_SHORTEST_SERIES, _LONGEST_OPENING = 3, 6
_BETWEEN = re.compile(r"\s*(?:[,/&]|\b(?:and|or)\b)\s*(?:(?:and|or)\b\s*)?")
_PARTING = re.compile(r"[,/&+;]|\b(?:and|or|plus|then)\b")
_LONGEST_MEMBER = 3
# Names of a part of the article, not of a remedy.
_GENERAL = re.compile(
    r"(?:the )?(?:exercises|stretches|drills|self[- ]?(?:help|care)|treatments?|remedies|medication|prevention|tips|"
    r"symptoms|signs|causes|risk factors|reasons|examples|summary|others?)(?: (?:you|that|to|for|at|and)\b.*)?",
    re.IGNORECASE,
)
# "Measure", "Give it six weeks": what to do with what, a reader knows from the text only.
_UNTOLD = re.compile(r"\w+|.*\b(?:it|them|this|that|one)\b.*", re.IGNORECASE)
_NAMING = re.compile(
    r"(?!(?:it|this|that|these|you|i|we|they|he|she|what|when|why|how|if|the bottom line)\b)[^\W\d_]", re.IGNORECASE
)
_FAR = 2500


def listed_claims(article: Article, linker: Linker, tagger: Tagger, title: Topic | None = None) -> Iterator[Found]:
    """The claims that an article makes by listing causes, remedies, signs or effects below what asks for them.

    Args:
        tagger: reads what a heading asks.
        title: what the article is about, where that is known already.
    """
    title = title or topic_of(article, linker)
    seen: set[tuple[str, str, str, int]] = set()
    asking: Asked | None = None
    parts: set[int] = set()
    for number, block in enumerate(article.blocks):
        near = asking is not None and block.start - asking.block.start <= _FAR
        answers = (
            _answer(article, block, asking, linker)
            if asking is not None and near and _may_answer(article, number, asking, parts)
            else []
        )
        if near and not answers and block.kind == "heading":
            parts.add(number)
        if not answers and (now := asked_from(article, number, asking, linker, tagger, title)) is not asking:
            asking, parts = now, set()
        for mention, found in answers:
            pair = (mention.concept.id, found.effect.reading, found.rule, mention.pole)
            if pair not in seen:
                seen.add(pair)
                yield found


def _may_answer(article: Article, number: int, asking: Asked, parts: set[int]) -> bool:
    """Whether a block is a smaller heading right below the asking one, or an item in its own part.

    Args:
        parts: numbers of the smaller headings that name no answer themselves: "Right now", "Over the next weeks".
    """
    block = article.blocks[number]
    if block.kind == "heading":
        if asking.general or _ASKING_NOUN.match(article.text, block.start, block.end):
            return False
        below = asking.block.kind == "heading" and block.level == asking.block.level + 1
        return below and (asking.block.level > 1 or _NUMBERED.match(article.text, block.start, block.end) is not None)
    if block.kind == "item" and asking.kind == "remedies" and asking.block.level > 1 and block.section in parts:
        return True
    if block.section != asking.block.section or (asking.block.kind == "heading" and asking.block.level == 1):
        return False
    return block.kind == "item" or _runs_in(article, block)


def _runs_in(article: Article, block: Block) -> bool:
    return block.kind == "paragraph" and _RUN_IN.match(article.text, block.start, block.end) is not None


def _answer(article: Article, block: Block, asking: Asked, linker: Linker) -> list[tuple[Mention, Found]]:
    mark = _NUMBERED.match(article.text, block.start, block.end)
    first = block.start if mark is None else mark.end()
    advised = asking.kind == "remedies" and not asking.general and _is_in_series(article, block)
    listed = block.kind == "item" or _is_numbered(article, block) or advised
    text = article.text[first : block.end]
    lead = _lead(text) if listed else _SAYING.sub("", _lead(text))
    if not listed and _ASKED.match(lead):
        return []
    if not lead or _AVOIDING.match(lead) or _GENERAL.fullmatch(lead.strip()) or _is_denied(lead, asking.kind, linker):
        return []
    doubtful = _DOUBTING.search(text[: len(lead) + 20]) is not None
    made, mentions = [], _apart(lead, _named(lead, asking, linker, listed=listed))
    for mention in mentions:
        start, end = _phrase_around(lead, mention) if len(mentions) == 1 and listed else (mention.start, mention.end)
        item = Placed(first + start, first + end, lead[mention.start : mention.end])
        cause, effect = (asking.topic, item) if asking.kind in ("signs", "effects") else (item, asking.topic)
        found = Found(
            cause=cause,
            effect=effect,
            cue_start=asking.cue[0],
            cue_end=asking.cue[1],
            start=min(asking.block.start, asking.topic.start),
            end=first + len(lead),
            sign=asking.sign,
            certainty=Certainty.HEDGED if doubtful else Certainty.ASSERTED,
            rule=f"list/{asking.kind}",
        )
        made.append((mention, found))
    return made


def _is_in_series(article: Article, block: Block) -> bool:
    """Whether a paragraph and most others of its section begin with a short order or name: "Run tall. It ..."."""
    if block.kind != "paragraph" or not _opens_shortly(article, block):
        return False
    own = [b for b in article.blocks if b.section == block.section and b.kind == "paragraph"]
    short = sum(_opens_shortly(article, b) for b in own)
    return short >= _SHORTEST_SERIES and short > 0.6 * len(own)


def _opens_shortly(article: Article, block: Block) -> bool:
    opening = _RUN_IN.match(article.text, block.start, block.end)
    return opening is not None and len(opening[0].split()) <= _LONGEST_OPENING


def _apart(lead: str, mentions: list[Mention]) -> list[Mention]:
    """The first two things that an item names; one where no "and" parts them: "looking down at your phone"."""
    if len(mentions) < 2:
        return mentions
    first, second = mentions[:2]
    return [first, second] if _PARTING.search(lead, first.end, second.start) else [first]


def _is_denied(lead: str, kind: Kind, linker: Linker) -> bool:
    # "Not enough sleep" is a cause, "no squats" no remedy.
    name = lead.partition(",")[0]
    return DENYING.search(name) is not None and not (kind == "causes" and linker.link(name).known)


def _is_numbered(article: Article, block: Block) -> bool:
    # Plain text keeps the numbers of its headings outside of them.
    line = article.text[article.text.rfind("\n", 0, block.start) + 1 : block.start]
    inside = _NUMBERED.match(article.text, block.start, block.end) is not None
    return inside or (block.kind == "heading" and _NUMBER.fullmatch(line.strip()) is not None)


def _lead(text: str) -> str:
    """What an item names before it explains: all up to its first stop, or to a comma where that is long."""
    lead = _LEAD.match(text)
    whole = _REASONED.split(lead[0], maxsplit=1)[0] if lead is not None else ""
    return next((part for part in (whole, whole.partition(",")[0]) if 0 < len(part.split()) <= _MAX_LEAD), "")


def _named(lead: str, asking: Asked, linker: Linker, *, listed: bool) -> list[Mention]:
    """The concepts that an item names; where it names none, the item of a list is one that no vocabulary has."""
    if asking.kind in ("signs", "effects"):
        return _result(lead, asking, linker, listed=listed)
    named = linker.mentions(lead)
    answering = [m for m in named if m.concept.id != asking.concept and _answers(m, asking.kind)]
    if not listed or any(_says_otherwise(m, asking.kind) for m in named if m not in answering):
        return answering
    return _each_of(lead, answering, linker) if answering else _whole(lead, asking, linker)


def _each_of(lead: str, answering: list[Mention], linker: Linker) -> list[Mention]:
    """All members of "age and hormones", where the vocabulary knows the first of them."""
    breaks = [(0, 0), *(match.span() for match in _BETWEEN.finditer(lead)), (len(lead), len(lead))]
    parts = [(one[1], other[0]) for one, other in pairwise(breaks) if one[1] < other[0]]
    joined = re.search(r"\b(?:and|or)\b", lead) is not None
    if not joined or any(len(lead[start:end].split()) > _LONGEST_MEMBER for start, end in parts):
        return answering
    found = list(answering)
    for start, end in parts:
        if start > answering[0].end and not any(m.start < end and start < m.end for m in answering):
            link = linker.link(lead[start:end])
            found.append(Mention(link.concept, link.pole, start, end))
    return sorted(found, key=lambda mention: mention.start)


def _result(lead: str, asking: Asked, linker: Linker, *, listed: bool) -> list[Mention]:
    """A sign, whatever it is; an effect where the vocabulary knows it with all that is said of it."""
    whole = _whole(lead, asking, linker)
    if asking.kind == "signs" and listed:
        return [each for each in whole if each.concept.kind != "remedy"]
    return [each for each in whole if each.concept.kind == "condition" and each.concept.state]


def _whole(lead: str, asking: Asked, linker: Linker) -> list[Mention]:
    """The item as one phrase that is a concept of its own, whether the vocabulary knows it or not."""
    start, end = _phrase(lead)
    phrase = lead[start:end]
    if not phrase or len(phrase.split()) > _MAX_OPEN or not _NAMING.match(phrase):
        return []
    link = linker.link(phrase)
    if asking.kind == "remedies" and not link.known and _UNTOLD.fullmatch(phrase):
        return []
    if link.concept.id == asking.concept:
        # below "how can I improve my posture?" to stand up tall is a way to it, though the vocabulary calls it the same
        link = linker.opened(phrase)
        if asking.kind != "remedies" or len(phrase.split()) < _SHORTEST_WAY:
            return []
    return [Mention(link.concept, link.pole, start, end)]


def _phrase(lead: str) -> tuple[int, int]:
    """Where the name in an item stands: up to a comma where no "and" or "or" says that it goes on."""
    head, _, rest = lead.partition(",")
    phrase = (lead if re.search(r"\b(?:and|or)\b", rest) else head).strip(" \t-–—*•,")
    start = lead.index(phrase)
    return start, start + len(phrase)


def _phrase_around(lead: str, mention: Mention) -> tuple[int, int]:
    """Where the only thing that an item names stands, with what else its name says: "working off a laptop"."""
    start, end = _phrase(lead)
    words = lead[start:end]
    alone = start <= mention.start and mention.end <= end and not re.search(r"\b(?:and|or|then)\b|/", words)
    return (start, end) if alone and len(words.split()) <= _MAX_OPEN else (mention.start, mention.end)


def _answers(mention: Mention, kind: Kind) -> bool:
    names_state = mention.concept.kind == "behaviour" or bool(mention.concept.state)
    if kind == "causes":
        return names_state
    return mention.concept.kind == "remedy" or (names_state and mention.pole == -1)


def _says_otherwise(mention: Mention, kind: Kind) -> bool:
    """Whether an item names what the list does not hold: a trouble among remedies, a remedy among causes."""
    if kind == "causes":
        return mention.concept.kind == "remedy" or bool(mention.concept.state)
    return bool(mention.concept.state)
