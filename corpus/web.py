"""HTML to an article: main text and metadata by trafilatura; headings and lists kept.

trafilatura: best of the open extractors in its own and in independent comparisons, kept up, and it gives a tree.
"""

from pathlib import Path

from corpus.articles import Article
from corpus.errors import ArticleError


def article_from_html(
    text: str,
    *,
    id: str,  # noqa: A002 -- the name of the field that it fills
    source: str,
    path: Path,
) -> Article:
    """The article that a page holds."""
    raise ArticleError(f"{path}: HTML isn't read yet ({id}, {source}, {len(text)})")


def fragment_text(content: str) -> list[str]:
    """The texts of a piece of HTML."""
    return [content]
