"""Passage and Sentence: stretches of an article's text with exact offsets."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.articles import Article
from corpus.sentences import sentence_spans

# Words of a passage: search finds short ones by chance and long ones by their average. MiniLM reads 256 word pieces.
ENOUGH_WORDS = 40
MOST_WORDS = 90
FEW_WORDS = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one block: `article.text[start:end]` is what the author wrote, trimmed of white space.

    Args:
        start, end: half-open character offsets into the article's text.
        block: index into `article.blocks`.
    """

    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text: one to a few sentences in one section; what search returns.

    Invariant: `article.text[start:end] == text`.

    Args:
        id: `"{article id}#{ordinal}"`.
        article: the article's id.
        title: the article's title.
        section: the heading above it, "" before the first.
        start, end: half-open character offsets into the article's text.
        text: verbatim.
    """

    id: str
    article: str
    title: str
    section: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Counted:
    """A sentence with its number of words."""

    sentence: Sentence
    words: int


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article in order; none crosses the end of a block.

    They are disjoint and together cover every character of a block that isn't white space.
    """
    return tuple(
        Sentence(start, end, index)
        for index, block in enumerate(article.blocks)
        for start, end in sentence_spans(article.text, block.start, block.end)
    )


def split_passages(article: Article) -> tuple[Passage, ...]:
    """The passages of an article in order; every sentence that is not a heading stands in exactly one.

    Some 40 to 90 words each, never across a heading; a list stays with the sentence that leads into it.
    """
    groups = [group for section in _sections(article) for group in _gather(article, section)]
    return tuple(_passage(article, ordinal, group) for ordinal, group in enumerate(groups))


def _passage(article: Article, ordinal: int, group: list[_Counted]) -> Passage:
    first, last = group[0].sentence, group[-1].sentence
    return Passage(
        id=f"{article.id}#{ordinal}",
        article=article.id,
        title=article.title,
        section=article.heading_of(article.blocks[first.block]),
        start=first.start,
        end=last.end,
        text=article.text[first.start : last.end],
    )


def _sections(article: Article) -> Iterator[list[_Counted]]:
    """The sentences under each heading, headings left out."""
    body = (sentence for sentence in split_sentences(article) if article.blocks[sentence.block].kind != "heading")
    for _, sentences in groupby(body, key=lambda sentence: article.blocks[sentence.block].section):
        yield [_Counted(sentence, len(article.text[sentence.start : sentence.end].split())) for sentence in sentences]


def _gather(article: Article, sentences: list[_Counted]) -> list[list[_Counted]]:
    """Sentences of one section put together to passages; what is left over at the end joins the one before."""
    groups: list[list[_Counted]] = []
    open_group: list[_Counted] = []
    for sentence in sentences:
        kept, open_group = _make_room(article, open_group, sentence)
        if kept:
            groups.append(kept)
        open_group.append(sentence)
    if groups and _words(open_group) < FEW_WORDS:
        groups[-1].extend(open_group)
    elif open_group:
        groups.append(open_group)
    return groups


def _make_room(article: Article, group: list[_Counted], following: _Counted) -> tuple[list[_Counted], list[_Counted]]:
    """The part of a group that is a passage of its own before `following`, and the part that stays open."""
    words = _words(group)
    if not group or not _is_full(article, group, words, following):
        return [], group
    if _leads_in(article, group[-1], following):
        return group[:-1], group[-1:]
    return group, []


def _is_full(article: Article, group: list[_Counted], words: int, following: _Counted) -> bool:
    if words + following.words > MOST_WORDS:
        return True
    last = article.blocks[group[-1].sentence.block]
    leaves_paragraph = group[-1].sentence.block != following.sentence.block and last.kind == "paragraph"
    return leaves_paragraph and words >= ENOUGH_WORDS


def _leads_in(article: Article, last: _Counted, following: _Counted) -> bool:
    """Whether a sentence ("Try these:") stays with the list below it."""
    before = article.blocks[last.sentence.block]
    after = article.blocks[following.sentence.block]
    return before.kind == "paragraph" and after.kind == "item" and last.sentence.block + 1 == following.sentence.block


def _words(group: list[_Counted]) -> int:
    return sum(counted.words for counted in group)
