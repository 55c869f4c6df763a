"""Full-text search in library.db: BM25F over title, section and text, the best k exactly and without reading all.

Each stem has one row with the passages that contain it and what each of them is worth for it, so that a query reads a
few rows of SQLite. SQLite's own FTS5 scores every passage with any of the words before it can sort them: over 100,000
passages 36 ms a query where this takes 1 (bench/search_speed.py --fts5).
"""

import math
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count, repeat

import numpy as np
import numpy.typing as npt

from corpus.passages import Passage
from embeddings.words import query_stems, stems

Rows = npt.NDArray[np.int64]
Relevances = npt.NDArray[np.float32]

# Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, section 3.6 (BM25F).
SATURATION = 1.8
FIELD_WEIGHTS = (0.7, 0.7, 1.0)
LENGTH_SHARES = (0.3, 0.3, 0.75)
MOST_KEPT_ROWS = 4_000_000
_STEPS = 65_535
_TABLES = """
CREATE TABLE full_text (stem TEXT PRIMARY KEY, passages INTEGER NOT NULL, most INTEGER NOT NULL, postings BLOB NOT NULL)
    STRICT, WITHOUT ROWID;
CREATE TABLE full_text_size (passages INTEGER NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a stem occurs.

    Args:
        rows: of the passages, ascending, (n,) int64.
        shares: what the stem adds to the relevance of each of them, (n,) float32.
        most: the greatest of the shares.
    """

    rows: Rows
    shares: Relevances
    most: float


class FullText:
    """Searches the full text of one library; may be shared among threads.

    Args:
        db: where `write_full_text` wrote; a connection that threads may share, if threads share this.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        (self.size,) = db.execute("SELECT passages FROM full_text_size").fetchone()
        self._kept: dict[str, Postings] = {}
        self._kept_rows = 0

    def search(self, query: str, k: int, allowed: Rows | None = None) -> tuple[Rows, Relevances]:
        """The k most relevant passages, best first: their rows, (m,) int64, and BM25F relevances, (m,) float32.

        Args:
            query: any text; none of its characters means anything but itself.
            k: at most so many; fewer where fewer passages have any of the words.
            allowed: only these rows, ascending; all where None.
        """
        terms = self._terms(query_stems(query))
        return _best(terms, k, self.size, allowed)

    def relevances(self, query: str, rows: Rows) -> Relevances:
        """The BM25F relevance of some passages to a query, (n,) float32; 0 where they share no word."""
        total = np.zeros(len(rows), dtype=np.float32)
        for weight, postings in self._terms(query_stems(query)):
            total += weight * _shares_of(postings, rows)
        return total

    def weight(self, word: str) -> float:
        """How telling a stem is (inverse document frequency); 0 where no passage has it."""
        postings = self._postings(word)
        return 0.0 if postings is None else _rarity(len(postings.rows), self.size)

    def _terms(self, words: Sequence[str]) -> list[tuple[float, Postings]]:
        found = [postings for postings in map(self._postings, words) if postings is not None]
        terms = [(_rarity(len(postings.rows), self.size), postings) for postings in found]
        return sorted(terms, key=lambda term: -term[0] * term[1].most)

    def _postings(self, word: str) -> Postings | None:
        kept = self._kept.get(word)
        if kept is not None:
            return kept
        found = self._db.execute("SELECT passages, most, postings FROM full_text WHERE stem = ?", (word,)).fetchone()
        if found is None:
            return None
        if self._kept_rows > MOST_KEPT_ROWS:
            self._kept.clear()
            self._kept_rows = 0
        postings = _unpack(*found)
        self._kept_rows += len(postings.rows)
        self._kept[word] = postings
        return postings


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
        db.executemany("INSERT INTO full_text VALUES (?, ?, ?, ?)", collected.table())


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

    def table(self) -> Iterable[tuple[str, int, int, bytes]]:
        """The rows of the table: stem, passages, greatest share, packed postings."""
        numbers = np.frombuffer(self._stems, dtype=np.int32)
        order = np.argsort(numbers, kind="stable")
        rows = np.frombuffer(self._rows, dtype=np.int32)[order].astype("<i4")
        shares = self._shares()[order].astype("<u2")
        bounds = np.searchsorted(numbers[order], np.arange(len(self._numbers) + 1))
        for word, number in sorted(self._numbers.items()):
            first, last = bounds[number], bounds[number + 1]
            part = shares[first:last]
            yield word, int(last - first), int(part.max()), rows[first:last].tobytes() + part.tobytes()

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


def _unpack(count: int, most: int, packed: bytes) -> Postings:
    rows = np.frombuffer(packed, dtype="<i4", count=count).astype(np.int64)
    shares = np.frombuffer(packed, dtype="<u2", offset=4 * count).astype(np.float32) / np.float32(_STEPS)
    return Postings(rows, shares, most / _STEPS)


def _rarity(passages: int, size: int) -> float:
    return math.log(1 + (size - passages + 0.5) / (passages + 0.5))


def _shares_of(postings: Postings, rows: Rows) -> Relevances:
    places = np.minimum(np.searchsorted(postings.rows, rows), len(postings.rows) - 1)
    result: Relevances = np.where(postings.rows[places] == rows, postings.shares[places], np.float32(0))
    return result


def _best(terms: Sequence[tuple[float, Postings]], k: int, size: int, allowed: Rows | None) -> tuple[Rows, Relevances]:
    """The exact best k.

    Once k passages have more than all the words still to come could give, no new passage can enter: from there on
    the frequent words are only looked up for the passages already found.

    Source: Turtle and Flood, Query evaluation: strategies and optimizations, 1995 (MaxScore).
    """
    total = np.zeros(size, dtype=np.float32)
    rest = sum(weight * postings.most for weight, postings in terms)
    found = np.empty(0, dtype=np.int64)
    open_to_new = True
    for weight, postings in terms:
        if open_to_new:
            rows, shares = _among(postings, allowed)
            new = rows[total[rows] == 0]
            total[rows] += np.float32(weight) * shares
            found = np.concatenate((found, new))
        else:
            total[found] += np.float32(weight) * _shares_of(postings, found)
        rest -= weight * postings.most
        if len(found) > k > 0:
            least = np.partition(total[found], len(found) - k)[len(found) - k]
            open_to_new = open_to_new and bool(least <= rest)
            if not open_to_new:
                found = found[total[found] + rest * 1.0001 >= least]
    order = np.lexsort((found, -total[found]))[:k]
    return found[order], total[found[order]]


def _among(postings: Postings, allowed: Rows | None) -> tuple[Rows, Relevances]:
    if allowed is None:
        return postings.rows, postings.shares
    shares = _shares_of(postings, allowed)
    return allowed[shares > 0], shares[shares > 0]
