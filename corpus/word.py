"""DOCX to an article."""

from pathlib import Path

from corpus.articles import Article
from corpus.errors import ArticleError


def article_from_docx(
    data: bytes,
    *,
    id: str,  # noqa: A002 -- the name of the field that it fills
    source: str,
    path: Path,
) -> Article:
    """The article that a Word file holds."""
    raise ArticleError(f"{path}: DOCX isn't read yet ({id}, {source}, {len(data)})")
