"""What a heading says of the list or the smaller headings below it: "Why does it hurt?" - "Stiff hips"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.articles import Article, Block
from graph.claims.asking import DENYING, Kind, asks
from graph.claims.cues import SignWord
from graph.claims.tagger import Tagger
from graph.claims.topics import Topic, topic_of, trouble
from graph.claims.units import Found, Placed
from graph.concepts import Certainty
from graph.linking import Linker, Mention

_AVOIDING = re.compile(r"\W*(?:avoid|skip|quit)\b", re.IGNORECASE)
_DOUBTING = re.compile(r"\b(?:maybe|perhaps|possibly|probably|sometimes|may|might|could)\b|\?", re.IGNORECASE)
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
    re.compile(r".*?\b(?:ways?|how) (?:to|do|does|can)(?: (?:you|i|we))? \w+", re.IGNORECASE),
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
# "How can I improve my posture when sitting?" asks of the posture.
_AT_TIMES = re.compile(r" (?:when|while|before|after|during|without)\b.*", re.IGNORECASE | re.DOTALL)
_POINTING = re.compile(r"\b(?:it|this|that|them|these|they)\b", re.IGNORECASE)
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
_RUNS_ON = re.compile(r"\b(?:by|from|due to)\s*:\W*$", re.IGNORECASE)
# What to see a doctor for are no signs of what the article is about.
_ALARM = re.compile(r"\b(?:warning signs?|red flags?|when to (?:see|seek|call|worry|get)|straight away|urgent)", re.I)
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
_MAX_OPEN = 8
_BETWEEN = re.compile(r"\s*(?:[,/&]|\b(?:and|or)\b)\s*(?:(?:and|or)\b\s*)?")
_PARTING = re.compile(r"[,/&+;]|\b(?:and|or|plus|then)\b")
_LONGEST_MEMBER = 3
_BETTER = re.compile(r"\b(?:improve|help|strengthen)\b", re.IGNORECASE)
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
_LONGEST_QUESTION = 90
_FAR = 2500
_FAR_BACK = 6000  # a heading reaches further back for what "it" is than a sentence does


@dataclass(frozen=True, slots=True)
class _Asking:
    """A heading or lead-in that asks for a list.

    Args:
        block: it.
        kind: what it asks for.
        sign: of what is listed on what it is about, or the other way round for signs and effects.
        cue: of its words, those that ask.
        topic, concept: what it is about.
    """

    block: Block
    kind: Kind
    sign: SignWord
    cue: tuple[int, int]
    topic: Placed
    concept: str


def listed_claims(article: Article, linker: Linker, tagger: Tagger, title: Topic | None = None) -> Iterator[Found]:
    """The claims that an article makes by listing causes, remedies, signs or effects below what asks for them.

    Args:
        tagger: reads what a heading asks.
        title: what the article is about, where that is known already.
    """
    title = title or topic_of(article, linker)
    seen: set[tuple[str, str, str, int]] = set()
    asking: _Asking | None = None
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
        if not answers and _may_ask(article, number):
            start = _question_start(article, block)
            kind = asks(article.text[start : block.end], tagger)
            if _ALARM.search(article.text, start, block.end):
                kind, asking = "other", None
            if kind != "other" or asking is None or _ends(block, asking.block):
                asking, parts = _asking(article, block, start, kind, linker, title), set()
        for mention, found in answers:
            pair = (mention.concept.id, found.effect.reading, found.rule, mention.pole)
            if pair not in seen:
                seen.add(pair)
                yield found


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


def _asking(article: Article, block: Block, start: int, kind: Kind, linker: Linker, title: Topic) -> _Asking | None:
    if kind in ("other", "useless") or (kind == "effects" and block.kind == "paragraph"):
        return None
    text = article.text[start : block.end]
    if block.kind == "paragraph" and _RUNS_ON.search(text):
        return None  # "Pain is caused by:" is read with each item as one sentence
    own = _behind(linker, text) or (_thing(linker, text) if kind == "effects" else None) or _named_topic(linker, text)
    over = None if own is not None else _heading_over(article, block)
    above = trouble(linker, article.text[over.start : over.end]) if over is not None else None
    topic = own or above or title.named
    if topic is None:
        return None
    place, cue = _places(article, block, start, own, title, topic, over if above is not None else None)
    sign: SignWord = "+" if kind != "remedies" else "better" if _BETTER.search(text) else "-"
    return _Asking(block, kind, sign, cue, place, topic.concept.id)


def _behind(linker: Linker, text: str) -> Mention | None:
    """The trouble that a heading names, behind the words that ask or else anywhere."""
    said = _AT_TIMES.sub("", text)
    for opener in filter(None, (pattern.match(said) for pattern in _OPENERS)):
        found = trouble(linker, said[opener.end() :])
        if found is not None:
            return replace(found, start=found.start + opener.end(), end=found.end + opener.end())
    return trouble(linker, said)


def _named_topic(linker: Linker, text: str) -> Mention | None:
    """What a heading asks the causes or signs of, where the vocabulary knows no such trouble."""
    named = _NAMED.match(_AT_TIMES.sub("", text))
    if named is None or len(named["named"].split()) > _LONGEST_NAMED or _POINTING.search(named["named"]):
        return None
    link = linker.link(named["named"])
    return Mention(link.concept, link.pole, named.start("named"), named.start("named") + len(named["named"].rstrip()))


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


def _may_answer(article: Article, number: int, asking: _Asking, parts: set[int]) -> bool:
    """Whether a block is a smaller heading right below the asking one, or an item in its own part.

    Args:
        parts: numbers of the smaller headings that name no answer themselves: "Right now", "Over the next weeks".
    """
    block = article.blocks[number]
    if block.kind == "heading":
        if _ASKING_NOUN.match(article.text, block.start, block.end):
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


def _answer(article: Article, block: Block, asking: _Asking, linker: Linker) -> list[tuple[Mention, Found]]:
    mark = _NUMBERED.match(article.text, block.start, block.end)
    first = block.start if mark is None else mark.end()
    listed = block.kind == "item" or _is_numbered(article, block)
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


def _named(lead: str, asking: _Asking, linker: Linker, *, listed: bool) -> list[Mention]:
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


def _result(lead: str, asking: _Asking, linker: Linker, *, listed: bool) -> list[Mention]:
    """A sign, whatever it is; an effect where the vocabulary knows it with all that is said of it."""
    whole = _whole(lead, asking, linker)
    if asking.kind == "signs" and listed:
        return [each for each in whole if each.concept.kind != "remedy"]
    return [each for each in whole if each.concept.kind == "condition" and each.concept.state]


def _whole(lead: str, asking: _Asking, linker: Linker) -> list[Mention]:
    """The item as one phrase that is a concept of its own, whether the vocabulary knows it or not."""
    start, end = _phrase(lead)
    phrase = lead[start:end]
    if not phrase or len(phrase.split()) > _MAX_OPEN or not _NAMING.match(phrase):
        return []
    link = linker.link(phrase)
    if asking.kind == "remedies" and not link.known and _UNTOLD.fullmatch(phrase):
        return []
    return [] if link.concept.id == asking.concept else [Mention(link.concept, link.pole, start, end)]


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
