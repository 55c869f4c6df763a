"""What a heading says of the list or the smaller headings below it: "Why does it hurt?" - "Stiff hips"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.articles import Article, Block
from graph.claims.cues import SignWord
from graph.claims.topics import Topic, topic_of, trouble
from graph.claims.units import Found, Placed
from graph.concepts import Certainty
from graph.linking import Linker, Mention

_CAUSES = re.compile(
    r"\b(why|(?:common |main |possible |likely )?(?:causes|reasons|culprits|triggers|risk factors)|"
    r"what(?:'s| is)? (?:causes|causing|raises|increases|triggers|aggravates|brings|makes|leads|behind)|"
    r"who (?:gets|is at risk|suffers)|"
    r"where (?:it|they|the pain) comes? from)\b",
    re.IGNORECASE,
)
_MENDING = (
    r"(?:\w+ )?(?:calm|ease|relieve|reduce|prevent|avoid|fix|stop|treat|beat|manage|cure|loosen|soothe|help|improve)"
)
_REMEDIES = re.compile(
    rf"\b(ways? to {_MENDING}|how (?:to|do (?:you|i|we)|can (?:you|i|we)) {_MENDING}|"
    r"what (?:(?:has |have )?(?:helped|worked)|helps|works|can help|to do|you can do|i prescribe|to try)|"
    r"what (?:can|could) (?:you|i|we|runners) do|"
    r"(?:exercises|stretches|remedies|treatments?|tips|solutions|fixes) (?:for|to)|treatment|prevention|remedies)\b",
    re.IGNORECASE,
)
_DENYING = re.compile(
    r"\b(?:not|no|never|less|myths?|should|bother|matters?|stop|when to|see a|avoid doing)\b|n['’]t\b",
    re.IGNORECASE,
)
_AVOIDING = re.compile(r"\W*(?:avoid|skip|quit)\b", re.IGNORECASE)
_LED = re.compile(r"\b(risk factors|causes|reasons|culprits|triggers)\b[^.?!]*:\s*$", re.IGNORECASE)
_DOUBTING = re.compile(r"\b(?:maybe|perhaps|possibly|probably|sometimes|may|might|could)\b|\?", re.IGNORECASE)
_POINTING = re.compile(r"\b(?:it|this|that|them|these|they)\b", re.IGNORECASE)
_LEAD = re.compile(r"[^.!?:;\n–—(]+")
_MAX_LEAD = 9
# "Five reasons for tight calves" - "1. You sit too much"
_NUMBERED = re.compile(r"\s*\d{1,2}[.):]\s+")
# "Weak hips. When the muscles ...": a paragraph that begins with a heading of its own.
_RUN_IN = re.compile(r"[^\W\d_][^.!?:;\n]{2,40}[.:] +[A-Z]")
_MAX_OPEN = 8
# What asks for a list of causes or remedies and nothing else, so that each item is one, whatever it is.
_PLAIN = re.compile(
    r"\b(?:causes|reasons|culprits|triggers|risk factors|who (?:gets|is at risk)|treatments?|remedies|ways? to)\b",
    re.IGNORECASE,
)
_BETTER = re.compile(r"\b(?:improve|help|strengthen)\b", re.IGNORECASE)
_NAMING = re.compile(
    r"(?!(?:it|this|that|these|you|i|we|they|he|she|what|when|why|how|if|the bottom line)\b)[^\W\d_]", re.IGNORECASE
)
_FAR = 2500
# A heading reaches further back for what "it" is than a sentence does.
_FAR_BACK = 6000


@dataclass(frozen=True, slots=True)
class _Asking:
    """A heading that asks for causes ("+") or remedies ("-", "better") of something; plain: for nothing else."""

    block: Block
    sign: SignWord
    cue: tuple[int, int]
    topic: Placed
    concept: str
    plain: bool


def listed_claims(article: Article, linker: Linker, title: Topic | None = None) -> Iterator[Found]:
    """The claims that an article makes by listing causes or remedies under a heading that asks for them.

    Args:
        title: what the article is about, where that is known already.
    """
    title = title or topic_of(article, linker)
    seen: set[tuple[str, str, int]] = set()
    asking: _Asking | None = None
    for number, block in enumerate(article.blocks):
        if block.kind == "heading" and (asking is None or block.level <= asking.block.level or _asks(article, block)):
            asking = _asking(article, block, linker, title)
        elif block.kind == "paragraph" and (led := _led_by(article, block, linker, title)) is not None:
            asking = led
        elif asking is not None and block.start - asking.block.start <= _FAR and _may_answer(article, number, asking):
            for mention, found in _answer(article, block, asking, linker):
                pair = (mention.concept.id, asking.concept, mention.pole)
                if pair not in seen:
                    seen.add(pair)
                    yield found


def _asks(article: Article, block: Block) -> bool:
    text = article.text[block.start : block.end]
    return bool(_CAUSES.search(text) or _REMEDIES.search(text))


def _asking(article: Article, block: Block, linker: Linker, title: Topic) -> _Asking | None:
    text = article.text[block.start : block.end]
    match = _CAUSES.search(text)
    causes = match is not None
    match = match or _REMEDIES.search(text)
    denied = _DENYING.search(text)
    if match is None or (denied is not None and block.level > 1):
        return None
    behind = trouble(linker, text[match.end() :])
    own = behind or trouble(linker, text[: match.start()])
    topic = own or title.named
    if topic is None:
        return None
    if own is not None:
        offset = match.end() if behind is not None else 0
        start, end = offset + own.start, offset + own.end
        place = Placed(block.start + start, block.start + end, text[start:end])
    else:
        pointing = _POINTING.search(text, match.end())
        start, end = pointing.span() if pointing else match.span()
        unnamed = Placed(block.start + start, block.start + end, article.title[topic.start : topic.end])
        place = title.before(block.start, _FAR_BACK) or unnamed
    cue = (block.start + match.start(), block.start + match.end())
    sign: SignWord = "+" if causes else "better" if _BETTER.search(match[0]) else "-"
    return _Asking(block, sign, cue, place, topic.concept.id, _PLAIN.search(match[0]) is not None)


def _led_by(article: Article, block: Block, linker: Linker, title: Topic) -> _Asking | None:
    """What a paragraph asks that ends in "these are the risk factors:"."""
    text = article.text[block.start : block.end]
    match = next(iter(_LED.finditer(text)), None)
    if match is None:
        return None
    start, end = block.start + match.start(1), block.start + match.end(1)
    heading = article.blocks[block.section] if block.section >= 0 else None
    named = trouble(linker, article.heading_of(block))
    if heading is not None and named is not None:
        there = heading.start + named.start, heading.start + named.end
        place = Placed(*there, article.text[slice(*there)])
        return _Asking(block, "+", (start, end), place, named.concept.id, plain=True)
    if title.named is None:
        return None
    unnamed = Placed(start, end, article.title[title.named.start : title.named.end])
    place = title.before(start, _FAR_BACK) or unnamed
    return _Asking(block, "+", (start, end), place, title.named.concept.id, plain=True)


def _may_answer(article: Article, number: int, asking: _Asking) -> bool:
    """Whether a block is a smaller heading right below the asking one, or an item in its own part."""
    block = article.blocks[number]
    above = article.blocks[block.section] if block.section >= 0 else None
    if asking.block.kind == "paragraph":
        return block.kind == "item" and block.section == asking.block.section
    if block.kind == "heading":
        below = block.level == asking.block.level + 1
        return below and (asking.block.level > 1 or _NUMBERED.match(article.text, block.start, block.end) is not None)
    below = above is not None and above.start == asking.block.start and asking.block.level > 1
    return below and (block.kind == "item" or _RUN_IN.match(article.text, block.start, block.end) is not None)


def _answer(article: Article, block: Block, asking: _Asking, linker: Linker) -> Iterator[tuple[Mention, Found]]:
    number = _NUMBERED.match(article.text, block.start, block.end)
    first = block.start if number is None else number.end()
    text = article.text[first : block.end]
    lead = _lead(text)
    if not lead or _DENYING.search(lead) or _AVOIDING.match(lead):
        return
    doubtful = _DOUBTING.search(text[: len(lead) + 20]) is not None
    # A paragraph may begin with anything; only what the vocabulary knows is an answer there.
    plain = asking.plain and block.kind != "paragraph"
    for mention in _named(lead, asking, linker, plain=plain)[:2]:
        start, end = first + mention.start, first + mention.end
        yield (
            mention,
            Found(
                cause=Placed(start, end, article.text[start:end]),
                effect=asking.topic,
                cue_start=asking.cue[0],
                cue_end=asking.cue[1],
                start=min(asking.block.start, asking.topic.start),
                end=first + len(lead),
                sign=asking.sign,
                certainty=Certainty.HEDGED if doubtful else Certainty.ASSERTED,
                rule="list/causes" if asking.sign == "+" else "list/remedies",
            ),
        )


def _lead(text: str) -> str:
    """What an item names before it explains: all up to its first stop, or to a comma where that is long."""
    lead = _LEAD.match(text)
    whole = lead[0] if lead is not None else ""
    return next((part for part in (whole, whole.partition(",")[0]) if 0 < len(part.split()) <= _MAX_LEAD), "")


def _named(lead: str, asking: _Asking, linker: Linker, *, plain: bool) -> list[Mention]:
    """The concepts that an item names; where it names none, the item itself is one that no vocabulary has."""
    named = linker.mentions(lead)
    answering = [m for m in named if m.concept.id != asking.concept and _answers(m, asking.sign)]
    phrase = lead.strip(" \t-–—*•,")
    apart = any(m.concept.state or m.concept.kind != "condition" for m in named)
    if answering or apart or not plain or len(phrase.split()) > _MAX_OPEN or not _NAMING.match(phrase):
        return answering
    link = linker.link(phrase)
    start = lead.index(phrase)
    return [] if link.concept.id == asking.concept else [Mention(link.concept, link.pole, start, start + len(phrase))]


def _answers(mention: Mention, sign: SignWord) -> bool:
    names_state = mention.concept.kind == "behaviour" or bool(mention.concept.state)
    if sign == "+":
        return names_state
    return mention.concept.kind == "remedy" or (names_state and mention.pole == -1)
