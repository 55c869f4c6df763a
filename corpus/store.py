"""Articles, their blocks and passages in SQLite (library.db)."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from corpus.articles import Article, Block
from corpus.errors import LibraryError, QueryError
from corpus.passages import Passage

# A passage's row is its place in the build, 0 to n-1: the same in the vector index and in the full-text index.
TABLES = """
CREATE TABLE IF NOT EXISTS articles (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL,
    url TEXT NOT NULL, author TEXT NOT NULL, date TEXT NOT NULL, licence TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS blocks (
    article INTEGER NOT NULL REFERENCES articles(row), ordinal INTEGER NOT NULL, kind TEXT NOT NULL,
    level INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, section INTEGER NOT NULL,
    PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passages (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL REFERENCES articles(id),
    title TEXT NOT NULL, section TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS passages_of_article ON passages (article, start);
"""

BlockRow = tuple[int, int, str, int, int, int, int]


def create_tables(db: sqlite3.Connection) -> None:
    """Make the tables of articles, blocks and passages where they don't exist."""
    db.executescript(TABLES)


def write_articles(db: sqlite3.Connection, articles: Iterable[Article], passages: Iterable[Passage]) -> None:
    """Add articles and passages in one transaction; passages get the next rows in their order, the first of all 0.

    Args:
        db: a writable connection; the tables are made where missing.
        articles: with ids that aren't in yet.
        passages: of articles that are in or among `articles`.

    Raises:
        LibraryError: an id is in already, or a passage's article isn't.
    """
    create_tables(db)
    db.execute("PRAGMA foreign_keys = ON")
    first_article = _next_row(db, "SELECT coalesce(max(row), -1) + 1 FROM articles")
    first_passage = _next_row(db, "SELECT coalesce(max(row), -1) + 1 FROM passages")
    try:
        with db:
            for row, article in enumerate(articles, first_article):
                db.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (row, *_article_values(article)))
                db.executemany("INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?)", _block_rows(row, article.blocks))
            db.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                ((row, *_passage_values(passage)) for row, passage in enumerate(passages, first_passage)),
            )
    except sqlite3.IntegrityError as error:
        raise LibraryError(
            f"articles can't be stored: {error}; give each article and passage an id of its own"
        ) from None


def read_stored_article(db: sqlite3.Connection, article_id: str) -> Article:
    """The article of an id.

    Raises:
        QueryError: there is none.
    """
    found = db.execute("SELECT * FROM articles WHERE id = ?", (article_id,)).fetchone()
    if found is None:
        raise QueryError(f"no article {article_id!r} in this library; `kinetrace info` names them")
    row, *values = found
    blocks = db.execute("SELECT * FROM blocks WHERE article = ? ORDER BY ordinal", (row,))
    return _article(values, blocks)


def stored_articles(db: sqlite3.Connection) -> tuple[Article, ...]:
    """All articles in the order they were written."""
    return tuple(iterate_articles(db))


def iterate_articles(db: sqlite3.Connection) -> Iterator[Article]:
    """All articles one by one, in the order they were written."""
    blocks_by_article = groupby(
        db.execute("SELECT * FROM blocks ORDER BY article, ordinal"), key=lambda row: int(row[0])
    )
    waiting = next(blocks_by_article, None)
    for row, *values in db.execute("SELECT * FROM articles ORDER BY row"):
        blocks: Iterable[BlockRow] = ()
        if waiting is not None and waiting[0] == row:
            blocks = list(waiting[1])
            waiting = next(blocks_by_article, None)
        yield _article(values, blocks)


def passage_row(db: sqlite3.Connection, id: str) -> int:
    """The row of a passage.

    Raises:
        QueryError: no passage has this id.
    """
    found = db.execute("SELECT row FROM passages WHERE id = ?", (id,)).fetchone()
    if found is None:
        raise QueryError(f"no passage {id!r}; a search prints the id of each, such as shin-pain#3")
    return int(found[0])


def stored_passages(db: sqlite3.Connection, rows: Sequence[int] | None = None) -> tuple[Passage, ...]:
    """The passages of the given rows in their order, all of them when None.

    Raises:
        LibraryError: a row has no passage.
    """
    if rows is None:
        return tuple(Passage(*values) for _, *values in db.execute("SELECT * FROM passages ORDER BY row"))
    wanted = [int(row) for row in rows]
    query = "SELECT * FROM passages WHERE row IN (SELECT value FROM json_each(?))"
    found = {row: Passage(*values) for row, *values in db.execute(query, (json.dumps(wanted),))}
    missing = [row for row in wanted if row not in found]
    if missing:
        raise LibraryError(f"no passage in row {missing[0]}: index and library.db differ; build the library again")
    return tuple(found[row] for row in wanted)


def passages_of_article(db: sqlite3.Connection, article_id: str) -> tuple[tuple[int, Passage], ...]:
    """The rows and passages of one article in its order."""
    query = "SELECT * FROM passages WHERE article = ? ORDER BY start"
    return tuple((row, Passage(*values)) for row, *values in db.execute(query, (article_id,)))


def _next_row(db: sqlite3.Connection, query: str) -> int:
    (row,) = db.execute(query).fetchone()
    return int(row)


def _article_values(article: Article) -> tuple[str, ...]:
    return (
        article.id,
        article.title,
        article.text,
        article.source,
        article.url,
        article.author,
        article.date,
        article.licence,
    )


def _block_rows(row: int, blocks: Sequence[Block]) -> Iterator[BlockRow]:
    for ordinal, block in enumerate(blocks):
        yield row, ordinal, block.kind, block.level, block.start, block.end, block.section


def _passage_values(passage: Passage) -> tuple[str | int, ...]:
    return (
        passage.id,
        passage.article,
        passage.title,
        passage.section,
        passage.start,
        passage.end,
        passage.text,
    )


def _article(values: Sequence[str], blocks: Iterable[Sequence[object]]) -> Article:
    article_id, title, text, source, url, author, date, licence = values
    return Article(
        id=article_id,
        title=title,
        text=text,
        blocks=tuple(Block(*values[2:]) for values in blocks),  # type: ignore[arg-type]  # the table is STRICT
        source=source,
        url=url,
        author=author,
        date=date,
        licence=licence,
    )
