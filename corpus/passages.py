"""Passage and Sentence: stretches of an article's text with exact offsets."""

from dataclasses import dataclass

from corpus.articles import Article


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


def split_sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article in order; headings and items are sentences of their own."""
    raise NotImplementedError


def split_passages(article: Article) -> tuple[Passage, ...]:
    """The passages of an article in order; together they cover every sentence that is not a heading."""
    raise NotImplementedError
