"""Sentences without a subject, read with the name that opens their block: "Wall angels." - "Great for the back."."""

import re
from functools import cache

from corpus.articles import Article, Block
from corpus.passages import Sentence
from graph.claims.cues import cues_by_first_word, word_list
from graph.claims.units import Unit

MARK = re.compile(r"^\s*(?:[-*•–·]|\d{1,2}\s*[.):–-])\s*")
LONGEST = 3000
_NAME = re.compile(r"[^\W\d_][^.!?:;,\n(–—]*")
_LONGEST_NAME = 6
_WITHOUT_SUBJECT = re.compile(
    r"(?:(?:also|often|usually|mostly|mainly|typically|commonly|sometimes|generally|probably|really)\s+)*"
    r"(?:(?P<being>(?:great|good|brilliant|perfect|ideal|excellent|fantastic|superb|useful|handy|best|bad|terrible)\s+"
    r"(?:for|at|to)\b|(?:caused|triggered|brought on|driven)\s+by\b|due to\b|linked (?:to|with)\b)|"
    r"(?:can|may|might|could|will)\s+(?:also\s+|really\s+)*[a-z]+|(?P<verb>[a-z]+s))(?P<after>\s+\w+)",
    re.IGNORECASE,
)
_NO_OBJECT = ("of", "in", "and", "or", "are", "is", "can", "may", "that", "which", "were", "was", "will", "by")
_NO_NAME = re.compile(
    r"(?:yes|no|ok|okay|well|so|and|but|or|why|how|what|when|honestly|sure|great|good|true|right|result|"
    r"the (?:result|good|bad))\b",
    re.IGNORECASE,
)


def name_above(article: Article, number: int) -> tuple[int, int] | None:
    """The name that the heading or the short paragraph right above a paragraph is."""
    above: Block | None = article.blocks[number - 1] if number else None
    if above is None or above.kind == "item":
        return None
    name = name_in(article, above.start, above.end)
    whole = name is not None and not article.text[name[1] : above.end].strip(" .:*_\n")
    return name if above.kind == "heading" or whole else None


def name_in(article: Article, start: int, end: int) -> tuple[int, int] | None:
    """What a short sentence or heading names before it says more: "Dead bug" of "2. Dead bug, 8 per side."."""
    mark = MARK.match(article.text, start, end)
    start = mark.end() if mark is not None else start
    named = _NAME.match(article.text, start, end)
    if named is None or len(named[0].split()) > _LONGEST_NAME or _NO_NAME.match(named[0]):
        return None
    if article.text[start:end].rstrip().endswith("?"):
        return None
    return start, start + len(named[0].rstrip())


def opening_name(article: Article, sentence: Sentence) -> tuple[int, int] | None:
    """The name that a block opens with: of an item what it says first, of a paragraph a sentence that is but a name."""
    name = name_in(article, sentence.start, sentence.end)
    whole = name is not None and not article.text[name[1] : sentence.end].strip(" .:!*_")
    return name if whole or article.blocks[sentence.block].kind == "item" else None


def said_of_name(article: Article, name: tuple[int, int], sentence: Sentence) -> Unit | None:
    """A sentence without a subject, read with the name that its block opens with."""
    text = article.text[sentence.start : sentence.end][:LONGEST]
    opened = _WITHOUT_SUBJECT.match(text)
    if opened is None or sentence.start < name[1] or text.rstrip().endswith("?"):
        return None
    verb, after = opened["verb"], opened["after"].strip().lower()
    if verb is not None and verb.lower() not in _third_persons():
        return None
    if verb is not None and (after in _NO_OBJECT or after in cues_by_first_word("verb")):
        return None  # "Causes of it", "Holds reduce the pain": a noun
    first = article.text[slice(*name)] + (" is " if opened["being"] is not None else " ")
    return Unit(
        text=f"{first}{text[:1].lower()}{text[1:]}",
        places=((0, name[0], name[1] - name[0]), (len(first), sentence.start, len(text))),
        start=name[0],
        end=sentence.end,
        block=sentence.block,
        composed=True,
    )


@cache
def _third_persons() -> frozenset[str]:
    """What the verbs among the cues look like behind "it": "eases", "stretches"."""
    return frozenset(_third_person(verb) for verb in (*cues_by_first_word("verb"), *word_list("takes_clause")))


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else f"{verb}s"
