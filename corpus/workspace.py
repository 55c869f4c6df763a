"""The editors' workspace (workspace.db): what people did with a library; a build never touches it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import LibraryError

WORKSPACE_NAME = "workspace.db"
WAIT_SECONDS = 10.0
LONGEST_QUERY = 1000
SEARCH_LOG = "search-log"
TABLES = """
CREATE TABLE IF NOT EXISTS searches (time TEXT NOT NULL, query TEXT NOT NULL, results INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS searches_by_results ON searches (results, time);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A query that found nothing when it was last asked.

    Args:
        query: as it was typed.
        times: how often it found nothing.
        last: when it was last asked (UTC, ISO 8601).
    """

    query: str
    times: int
    last: str


def log_search(library: Path, query: str, results: int) -> bool:
    """Write a search down; False where the log is switched off or the folder can't be written.

    A search is worth more than its line in the log: a library on a read-only disk is searched all the same.
    """
    try:
        with _workspace(library) as db:
            if not _is_on(db, SEARCH_LOG):
                return False
            time = datetime.now(UTC).isoformat(timespec="milliseconds")
            shown = query[:LONGEST_QUERY].encode("utf-8", "replace").decode("utf-8")
            db.execute("INSERT INTO searches VALUES (?, ?, ?)", (time, shown, results))
            return True
    except LibraryError:
        return False


def searches_without_result(library: Path, limit: int = 100) -> tuple[Unanswered, ...]:
    """The queries that found nothing when they were last asked, newest first; () where nothing was written down."""
    if not (library / WORKSPACE_NAME).is_file():
        return ()
    with _workspace(library) as db:
        # Beside max() SQLite takes the other columns from the row that holds the greatest.
        rows = db.execute(
            "SELECT query, times, last FROM (SELECT query, count(*) FILTER (WHERE results = 0) AS times,"
            " max(time || printf('%012d', rowid)) AS newest, time AS last, results FROM searches GROUP BY query)"
            " WHERE results = 0 ORDER BY newest DESC LIMIT ?",
            (limit,),
        )
        return tuple(Unanswered(*row) for row in rows)


def recent_searches(library: Path, limit: int = 200) -> tuple[str, ...]:
    """The latest queries that found something, newest first, each once; () where nothing was ever written down."""
    if not (library / WORKSPACE_NAME).is_file():
        return ()
    with _workspace(library) as db:
        rows = db.execute(
            "SELECT query FROM searches WHERE results > 0 GROUP BY query ORDER BY max(time) DESC LIMIT ?", (limit,)
        )
        return tuple(query for (query,) in rows)


def switch_search_log(library: Path, on: bool) -> None:
    """Switch the search log on or off; what is written down already stays."""
    with _workspace(library) as db:
        db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (SEARCH_LOG, "on" if on else "off"))


def search_log_is_on(library: Path) -> bool:
    """Whether searches are written down; they are until somebody switches it off."""
    if not (library / WORKSPACE_NAME).is_file():
        return True
    with _workspace(library) as db:
        return _is_on(db, SEARCH_LOG)


def _is_on(db: sqlite3.Connection, name: str) -> bool:
    row = db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    return row is None or row[0] == "on"


@contextmanager
def _workspace(library: Path) -> Iterator[sqlite3.Connection]:
    """A connection for one transaction; the file and its tables are made at first use."""
    path = library / WORKSPACE_NAME
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(TABLES)
            with db:
                yield db
    except sqlite3.Error as error:
        raise LibraryError(f"{path}: {error}; check that its folder exists and can be written") from None
