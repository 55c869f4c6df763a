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
class LoggedSearch:
    """One search: when (UTC, ISO 8601), what for, and how many results it had."""

    time: str
    query: str
    results: int


def log_search(library: Path, query: str, results: int) -> None:
    """Write a search down, unless the log is switched off.

    Raises:
        LibraryError: the workspace can't be written.
    """
    with _workspace(library) as db:
        if _is_on(db, SEARCH_LOG):
            time = datetime.now(UTC).isoformat(timespec="milliseconds")
            shown = query[:LONGEST_QUERY].encode("utf-8", "replace").decode("utf-8")
            db.execute("INSERT INTO searches VALUES (?, ?, ?)", (time, shown, results))


def searches_without_result(library: Path, limit: int = 100) -> tuple[LoggedSearch, ...]:
    """The latest searches that found nothing, newest first."""
    with _workspace(library) as db:
        rows = db.execute("SELECT * FROM searches WHERE results = 0 ORDER BY time DESC, rowid DESC LIMIT ?", (limit,))
        return tuple(LoggedSearch(*row) for row in rows)


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
