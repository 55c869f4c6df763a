"""What a paragraph gives as the fix of the fault in its heading: "1. You overstride" - "Fix it: take shorter steps"."""

import re
from collections.abc import Iterator

from corpus.articles import Article, Block
from graph.claims.topics import Topic, trouble
from graph.claims.units import Found, Placed
from graph.concepts import Certainty
from graph.linking import Linker

_FIX = re.compile(
    r"\W*(?P<cue>(?:the |a |my |your |quick |easy |how to )*(?:fix|solution|remedy|cure|correction|antidote)"
    r"(?: (?:it|this|that))?|what to do(?: (?:about it|instead))?|(?:do|try) this(?: instead)?|what helps)"
    r"\s*[:.–—-]+[\s*_]*(?=[A-Z\"“])",
    re.IGNORECASE,
)
# What is done stands before what else is done, how long and what for.
_PHRASE = re.compile(
    r"(?:(?:before|when|if|after|once|while|every time)\b[^,.]*,\s*)?[\"“]?(?P<done>.+?)"
    r"(?:[,.;:!?(](?=\W|$)|[.\"”]+$| (?:and|so|to|until|while|because|for|when|before|after) |$)",
    re.IGNORECASE,
)
_FAULT = re.compile(
    r"\W*(?:\d{1,2}[.):]\s*)?(?:(?:you are|you're|you\u2019re|your|you)\s+)?(?P<fault>[^.!?:(]+)", re.IGNORECASE
)
_LONGEST = 9
_LONGEST_FAULT = 5


def fixes(article: Article, linker: Linker, title: Topic) -> Iterator[Found]:
    """The claims that the fixes of an article make.

    Args:
        title: what the article is about, for fixes below no heading of their own.
    """
    for block in article.blocks:
        fix = _FIX.match(article.text, block.start, block.end) if block.kind != "heading" else None
        if fix is None:
            continue
        fault, done = _fault(article, block, linker, title), _PHRASE.match(article.text, fix.end(), block.end)
        if fault is None or done is None or not 0 < len(done["done"].split()) <= _LONGEST:
            continue
        yield Found(
            cause=Placed(*done.span("done"), done["done"]),
            effect=fault,
            cue_start=fix.start("cue"),
            cue_end=fix.end("cue"),
            start=min(block.start, fault.start),
            end=max(done.end("done"), fault.end),
            sign="-",
            certainty=Certainty.ASSERTED,
            rule="list/remedies",
        )


def _fault(article: Article, block: Block, linker: Linker, title: Topic) -> Placed | None:
    """The fault that the heading names; where there is none but the title, what the article is about."""
    heading = article.blocks[block.section] if block.section >= 0 else None
    if heading is None or heading.level == 1:
        return title.before(block.start)
    text = article.text[heading.start : heading.end]
    named = trouble(linker, text)
    if named is not None:
        return Placed(heading.start + named.start, heading.start + named.end, text[named.start : named.end])
    fault = _FAULT.match(text)
    if fault is None or len(fault["fault"].split()) > _LONGEST_FAULT:
        return None
    start, words = heading.start + fault.start("fault"), fault["fault"].rstrip()
    return Placed(start, start + len(words), words)
