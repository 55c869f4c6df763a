"""Full-text search in library.db: BM25F over title, section and text, the best k exactly and without reading all.

Each stem has one row with the passages that contain it and what each of them is worth for it, so that a query reads a
few rows of SQLite and adds them up. SQLite's own FTS5 scores every passage with any of the words before it can sort
them: over 100,000 passages 36 ms a query where this takes less than 1 (bench/search_speed.py --fts5).
"""

import math
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, repeat

import numpy as np
import numpy.typing as npt

from corpus.passages import Passage
from embeddings.querying import Rows
from embeddings.words import query_stems, stems

Relevances = npt.NDArray[np.float32]

# Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, section 3.6 (BM25F).
SATURATION = 1.8
FIELD_WEIGHTS = (0.7, 0.7, 1.0)
LENGTH_SHARES = (0.3, 0.3, 0.75)
# Stems whose postings stay in memory, six bytes a passage that has them; people ask about few thousand things.
KEPT_STEMS = 2048
# From so many passages of each of its rarest stems a query guesses how relevant its best are.
SAMPLE, GUESSING = 4_000, 3
_STEPS = 65_535
_TABLES = """
CREATE TABLE full_text (stem TEXT PRIMARY KEY, passages INTEGER NOT NULL, postings BLOB NOT NULL)
    STRICT, WITHOUT ROWID;
CREATE TABLE full_text_size (passages INTEGER NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a stem occurs.

    Args:
        rows: of the passages, ascending, (n,) int32.
        steps: what the stem adds to the relevance of each of them, of 65,535, (n,) uint16.
        rarity: how telling the stem is (inverse document frequency).
    """

    rows: npt.NDArray[np.int32]
    steps: npt.NDArray[np.uint16]
    rarity: float

    def relevances(self) -> Relevances:
        """What the stem adds to the relevance of each passage, (n,) float32."""
        return self.steps * np.float32(self.rarity / _STEPS)


class FullText:
    """Searches the full text of one library; may be shared among threads.

    Args:
        db: where `write_full_text` wrote; a connection that threads may share, if threads share this.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        (self.size,) = db.execute("SELECT passages FROM full_text_size").fetchone()
        self._postings = lru_cache(KEPT_STEMS)(self._read_postings)
        self._spare: list[Relevances] = []

    def search(self, query: str, k: int, allowed: Rows | None = None) -> tuple[Rows, Relevances]:
        """The k most relevant passages, as `Scored.best`."""
        with self.scored(query) as scored:
            return scored.best(k, allowed)

    @contextmanager
    def scored(self, query: str) -> Iterator["Scored"]:
        """How relevant each passage is to a query, for as long as the block lasts.

        Args:
            query: any text; none of its characters means anything but itself.
        """
        terms = [postings for postings in map(self._postings, query_stems(query)) if postings is not None]
        relevances = self._zeros()
        for postings in terms:
            np.add.at(relevances, postings.rows.astype(np.intp), postings.relevances())
        try:
            yield Scored(terms, relevances)
        finally:
            self._spare.append(relevances)

    def _read_postings(self, word: str) -> Postings | None:
        found = self._db.execute("SELECT passages, postings FROM full_text WHERE stem = ?", (word,)).fetchone()
        if found is None:
            return None
        count, packed = found
        rows = np.frombuffer(packed, dtype="<i4", count=count)
        steps = np.frombuffer(packed, dtype="<u2", offset=rows.nbytes)
        return Postings(rows, steps, math.log(1 + (self.size - count + 0.5) / (count + 0.5)))

    def _zeros(self) -> Relevances:
        # Used again: to be given four megabytes anew costs more than all the adding up.
        try:
            zeros = self._spare.pop()
        except IndexError:
            return np.zeros(self.size, dtype=np.float32)
        zeros.fill(0)
        return zeros


@dataclass(frozen=True, slots=True)
class Scored:
    """What a query's words say of every passage.

    Args:
        terms: the query's stems that passages have.
        relevances: BM25F of each passage, (n,) float32; 0 where it shares no word.
    """

    terms: Sequence[Postings]
    relevances: Relevances

    def best(self, k: int, allowed: Rows | None = None) -> tuple[Rows, Relevances]:
        """The k most relevant passages, best first: their rows, (m,) int64, and relevances, (m,) float32.

        Args:
            k: at most so many; fewer where fewer passages have any of the words.
            allowed: only these rows, ascending; all where None.
        """
        rows = np.flatnonzero(self.relevances >= self._reached(k)) if allowed is None else allowed
        return _best(rows, self.relevances[rows], k)

    def _reached(self, k: int) -> np.float32:
        """A relevance that at least k passages reach, near to that of the k-th: what is below can't be among the best.

        It is the k-th of some passages of one stem, and so not above the k-th of all.
        """
        reached = np.finfo(np.float32).tiny
        for postings in sorted(self.terms, key=lambda postings: -postings.rarity)[:GUESSING]:
            some = self.relevances[postings.rows[:: len(postings.rows) // SAMPLE + 1]]
            if len(some) >= k:
                reached = max(reached, np.partition(some, len(some) - k)[len(some) - k])
        return reached


def _best(rows: Rows, relevances: Relevances, k: int) -> tuple[Rows, Relevances]:
    """The k most relevant of some rows, those without relevance left out."""
    least = np.partition(relevances, len(rows) - k)[len(rows) - k] if len(rows) > k else 0
    among = (relevances > 0) & (relevances >= least)
    rows, relevances = rows[among], relevances[among]
    order = np.lexsort((rows, -relevances))[:k]
    return rows[order], relevances[order]


def write_full_text(
    db: sqlite3.Connection, passages: Iterable[Passage], on_progress: Callable[[int], None] | None = None
) -> None:
    """Makes and fills the tables of the full text; the first passage has row 0.

    Args:
        db: a writable connection.
        passages: all of the library, in the order of their rows.
        on_progress: called with the number done, every thousand.
    """
    collected = _Collected()
    for row, passage in enumerate(passages):
        collected.add(passage)
        if on_progress and (row + 1) % 1000 == 0:
            on_progress(row + 1)
    db.executescript(_TABLES)
    with db:
        db.execute("INSERT INTO full_text_size VALUES (?)", (collected.size,))
        db.executemany("INSERT INTO full_text VALUES (?, ?, ?)", collected.table())


class _Collected:
    """How often each stem stands in each field of each passage, column by column."""

    def __init__(self) -> None:
        self.size = 0
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._stems = array("i")
        self._rows = array("i")
        self._counts = (array("H"), array("H"), array("H"))
        self._lengths = (array("i"), array("i"), array("i"))
        self._headings: dict[str, Counter[str]] = {}

    def add(self, passage: Passage) -> None:
        counts = (self._heading(passage.title), self._heading(passage.section), Counter(stems(passage.text)))
        words = list(dict.fromkeys((*counts[2], *counts[0], *counts[1])))
        # map over bound methods: the loops of a million passages run in C.
        self._stems.extend(map(self._numbers.__getitem__, words))
        self._rows.extend([self.size] * len(words))
        for column, lengths, field in zip(self._counts, self._lengths, counts, strict=True):
            length = field.total()
            often = field if length <= _STEPS else {word: min(times, _STEPS) for word, times in field.items()}
            column.extend(map(often.get, words, repeat(0)))
            lengths.append(length)
        self.size += 1

    def _heading(self, text: str) -> Counter[str]:
        if text not in self._headings:
            self._headings[text] = Counter(stems(text))
        return self._headings[text]

    def table(self) -> Iterable[tuple[str, int, bytes]]:
        """The rows of the table: stem, passages, packed postings."""
        numbers = np.frombuffer(self._stems, dtype=np.int32)
        order = np.argsort(numbers, kind="stable")
        rows = np.frombuffer(self._rows, dtype=np.int32)[order].astype("<i4")
        shares = self._shares()[order].astype("<u2")
        bounds = np.searchsorted(numbers[order], np.arange(len(self._numbers) + 1))
        for word, number in sorted(self._numbers.items()):
            first, last = bounds[number], bounds[number + 1]
            yield word, int(last - first), rows[first:last].tobytes() + shares[first:last].tobytes()

    def _shares(self) -> npt.NDArray[np.uint16]:
        rows = np.frombuffer(self._rows, dtype=np.int32)
        frequency = np.zeros(len(rows), dtype=np.float32)
        for column, lengths, weight, share in zip(
            self._counts, self._lengths, FIELD_WEIGHTS, LENGTH_SHARES, strict=True
        ):
            length = np.frombuffer(lengths, dtype=np.int32).astype(np.float32)
            relative = length / max(float(length.mean()), 1e-9) if len(length) else length
            counts = np.frombuffer(column, dtype=np.uint16)
            frequency += weight * counts / (1 - share + share * relative)[rows]
        shares: npt.NDArray[np.uint16] = np.ceil(frequency / (frequency + SATURATION) * _STEPS).astype(np.uint16)
        return shares
