"""Units of an article: its sentences, lead-ins joined with items, and names joined with what is said of them."""

import re
from collections.abc import Iterator

from corpus.articles import Article
from corpus.passages import Sentence, split_sentences
from graph.claims.elided import LONGEST, MARK, name_above, opening_name, said_of_name
from graph.claims.units import Unit

_LEAD_END = re.compile(r"[:–-]\s*$")

# A sentence that only what stands below it completes: "Regular exercise may:"
HANGING = re.compile(r"\b(?:can|may|might|could|will|should|helps?(?: (?:you|to))?)\s*:\W*$", re.IGNORECASE)
# A paragraph that completes it as an item would, where the bullets are lost: "Improve your sleep. Exercise can ..."
_SHORT = re.compile(
    r"(?!(?:the|a|an|it|this|that|these|they|you|we|i|if|when|but|and|so|for|in)\b)\w[^.!?:]{2,70}[.]?$", re.I
)


def units_of(article: Article) -> tuple[Unit, ...]:
    """What is parsed of an article, in order."""
    return tuple(_units(article))


def _units(article: Article) -> Iterator[Unit]:
    lead: Sentence | None = None
    name: tuple[int, int] | None = None
    last = -1
    for sentence in split_sentences(article):
        block = article.blocks[sentence.block]
        text = article.text[sentence.start : sentence.end][:LONGEST]
        yield _plain(sentence, text, heading=block.kind == "heading")
        first, last = sentence.block != last, sentence.block
        if first:
            name = name_above(article, sentence.block) if block.kind == "paragraph" else None
        if name is not None and block.kind != "heading" and (said := said_of_name(article, name, sentence)) is not None:
            yield said
        if first:
            name = opening_name(article, sentence) or name
        if block.kind == "item" and lead is not None:
            if first:
                yield _joined(article, lead, sentence)
        elif block.kind == "paragraph":
            hanging = lead is not None and HANGING.search(article.text, lead.start, lead.end) is not None
            if lead is not None and hanging and first and _SHORT.match(text):
                yield _joined(article, lead, sentence)
            elif first or not hanging or _LEAD_END.search(text):
                lead = sentence if _LEAD_END.search(text) else None
        elif block.kind == "heading":
            lead = None


def _plain(sentence: Sentence, text: str, *, heading: bool) -> Unit:
    mark = MARK.match(text)
    cut = mark.end() if mark is not None and mark.end() < len(text) else 0
    return Unit(
        text=text[cut:],
        places=((0, sentence.start + cut, len(text) - cut),),
        start=sentence.start,
        end=sentence.end,
        block=sentence.block,
        heading=heading,
        question=text.rstrip("!\"')” ").endswith("?"),
    )


def _joined(article: Article, lead: Sentence, item: Sentence) -> Unit:
    """The lead-in without its colon, then the item without its bullet."""
    first = _LEAD_END.sub("", article.text[lead.start : lead.end]).rstrip()
    second = article.text[item.start : item.end][:LONGEST]
    mark = MARK.match(second)
    cut = mark.end() if mark is not None and mark.end() < len(second) else 0
    # "Tight calves can" - "Cause heel pain": the parser knows a verb in mid-sentence by its small letter.
    text = f"{first} {second[cut : cut + 1].lower()}{second[cut + 1 :]}"
    return Unit(
        text=text,
        places=((0, lead.start, len(first)), (len(first) + 1, item.start + cut, len(second) - cut)),
        start=lead.start,
        end=item.end,
        block=item.block,
        composed=True,
    )
