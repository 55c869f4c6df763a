"""Cache: what was costly to make from a text, kept by the text's hash and its producer's version (cache.db)."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.errors import LibraryError

WAIT_SECONDS = 30.0
TABLE = """
CREATE TABLE IF NOT EXISTS kept (
    producer TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (producer, key)
) STRICT, WITHOUT ROWID
"""


def content_key(*parts: str) -> str:
    """A hash of texts; ("ab", "c") and ("a", "bc") differ."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


class Cache:
    """A file of values by key and producer; close it, or use it as a context manager.

    A file that is no database is put away as cache.db.broken and a new one begun: nothing in a cache is worth an error.

    Args:
        path: of cache.db.

    Raises:
        LibraryError: the file can't be made.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._db = _open(path)
        except (OSError, sqlite3.OperationalError) as error:
            raise LibraryError(f"{path}: can't be opened: {error}; check permissions and space") from None
        except sqlite3.DatabaseError:
            path.replace(path.with_name(path.name + ".broken"))
            self._db = _open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def get_many(self, keys: Iterable[str], producer: str) -> Mapping[str, bytes]:
        """The values that are kept, by key; keys that aren't are left out.

        Args:
            keys: made by `content_key`.
            producer: model or extractor with its version.
        """
        wanted = json.dumps(list(dict.fromkeys(keys)))
        query = "SELECT key, value FROM kept WHERE producer = ? AND key IN (SELECT value FROM json_each(?))"
        return dict(self._db.execute(query, (producer, wanted)).fetchall())

    def put_many(self, values: Mapping[str, bytes], producer: str) -> None:
        """Keep values by key, in one transaction; what was kept under a key is replaced."""
        with self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)",
                ((producer, key, value) for key, value in values.items()),
            )

    def keep_only(self, producers: Iterable[str]) -> None:
        """Drop what other producers than these left: models and extractors that are no longer in use."""
        kept = json.dumps(list(producers))
        with self._db:
            self._db.execute("DELETE FROM kept WHERE producer NOT IN (SELECT value FROM json_each(?))", (kept,))


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=WAIT_SECONDS, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute(TABLE)
        with closing(db.execute("SELECT producer, key, value FROM kept LIMIT 1")) as probe:
            probe.fetchone()
    except sqlite3.Error:
        db.close()
        raise
    return db
