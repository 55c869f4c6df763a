"""Files to articles: what kind a file is, what is refused and why; a pure function over batches of files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.articles import Article
from corpus.errors import ArticleError
from corpus.files import SourceFile, article_id, find_files
from corpus.plain import article_from_text
from corpus.sniffing import Format, read_source

__all__ = [
    "MAX_BYTES",
    "Reading",
    "Refused",
    "article_from_text",
    "read_article",
    "read_articles",
    "read_files",
]

MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was left out, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read and what was refused, both in the order of the files."""

    articles: tuple[Article, ...]
    refused: tuple[Refused, ...]


def read_article(path: Path, *, root: Path | None = None, max_bytes: int = MAX_BYTES) -> Article:
    """The article that a file holds.

    Args:
        path: plain text, Markdown, HTML or DOCX; told by content first, by suffix second.
        root: the folder that the article's id counts from; the file's own folder when None.
        max_bytes: a larger file is refused.

    Raises:
        ArticleError: the file is missing, empty, binary, encrypted, too large, or in an encoding that can't be told.
    """
    return _read(SourceFile(path, article_id(path, root)), max_bytes)


def read_articles(
    paths: Sequence[Path],
    *,
    max_bytes: int = MAX_BYTES,
    on_progress: Callable[[int, int], None] | None = None,
) -> Reading:
    """All articles under files and folders; what can't be read is refused one by one.

    Folders are read recursively in sorted order. Hidden files, files of other types and files named README are no
    articles and are passed over without a word; a file that is named itself is always read or refused.

    Args:
        paths: files and folders.
        max_bytes: a larger file is refused.
        on_progress: called with the number of files done and of all.
    """
    found = find_files(paths)
    articles: list[Article] = []
    refused = [Refused(str(path), reason) for path, reason in found.refused]
    for done, file in enumerate(found.files, 1):
        one = read_files([file], max_bytes=max_bytes)
        articles.extend(one.articles)
        refused.extend(one.refused)
        if on_progress is not None:
            on_progress(done, len(found.files))
    return Reading(tuple(articles), tuple(refused))


def read_files(files: Sequence[SourceFile], *, max_bytes: int = MAX_BYTES) -> Reading:
    """The articles of a batch of files that `find_files` named; depends on nothing but the files."""
    articles: list[Article] = []
    refused: list[Refused] = []
    for file in files:
        try:
            articles.append(_read(file, max_bytes))
        except ArticleError as error:
            refused.append(Refused(str(file.path), str(error)))
    return Reading(tuple(articles), tuple(refused))


def _read(file: SourceFile, max_bytes: int) -> Article:
    source = read_source(file.path, max_bytes)
    article = _parse(source.format, source.text, source.data, file)
    if not any(character.isalnum() for character in article.text):
        raise ArticleError(f"{file.path}: empty: no text in it; delete it or write in it")
    return article


def _parse(kind: Format, text: str, data: bytes, file: SourceFile) -> Article:
    name = str(file.path)
    if kind == "markdown":
        from corpus.markdown import article_from_markdown

        return article_from_markdown(text, id=file.id, source=name, path=file.path)
    if kind == "html":
        from corpus.web import article_from_html

        return article_from_html(text, id=file.id, source=name, path=file.path)
    if kind == "docx":
        from corpus.word import article_from_docx

        return article_from_docx(data, id=file.id, source=name, path=file.path)
    return article_from_text(text, id=file.id, source=name)
