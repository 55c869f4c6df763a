"""Search: lexical and dense candidates, fused, lifted by shared concepts; each hit says why it is there."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, TypedDict

import numpy as np

from corpus.passages import Passage
from corpus.store import stored_passages
from embeddings.index import VectorIndex
from embeddings.lexical import FullText, Relevances
from embeddings.querying import QueryEncoder, Rows, Vectors
from embeddings.words import find_words, query_stems

CANDIDATES = 150
# Below this a passage that shares no word is about something else: nonsense and emoji find nothing.
LEAST_SIMILARITY = 0.25
LEXICAL_SHARE = 0.27
# How many candidates are judged by their neighbours too, how many neighbours each has, and how much these count.
SETTLED = 30
NEIGHBOURS = 6
NEIGHBOURS_SHARE = 0.2
CONCEPT_LIFT = 0.05
REPEAT_DROP = 0.04
# Candidates that are read from the library and judged by their concepts and articles too.
READ = 50
SAME_TEXT = 0.995
MOST_COPIES = 16


class ConceptSource(Protocol):
    """What the search needs to know of concepts; given by what sits above graph and embeddings."""

    def named(self, text: str) -> Mapping[str, str]:
        """The ids of the concepts that a text names, each with the name that people use for it."""

    def of_passages(self, rows: Rows) -> Sequence[Collection[str]]:
        """The ids of the concepts that each of some passages mentions."""


@dataclass(frozen=True, slots=True)
class MatchedWord:
    """A word of a passage that the query has too: `passage.text[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage was found.

    Args:
        words: of the passage that the query has too, in order.
        similarity: cosine of query and passage, -1 to 1.
        concepts: names of the concepts that both name.
    """

    words: tuple[MatchedWord, ...]
    similarity: float
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Args:
        rank: from 1.
        passage: what was found.
        similarity: cosine of query and passage, -1 to 1.
        why: what speaks for it.
        row: the passage's row in the library.
    """

    rank: int
    passage: Passage
    similarity: float
    why: Why
    row: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that words or vectors speak for, by row.

    Args:
        rows: ascending, (n,) int64.
        similarities: cosines with the query, (n,) float32.
        strengths: what words and vectors together say, (n,) float32; larger is better.
    """

    rows: Rows
    similarities: Relevances
    strengths: Relevances


@dataclass(frozen=True, slots=True)
class Searcher:
    """Searches the passages of one library.

    Args:
        db: its library.db.
        index: vectors of the passages.
        encoder: of queries.
        full_text: of the passages.
        concepts: what knows concepts; without it words and vectors alone decide.
    """

    db: sqlite3.Connection
    index: VectorIndex
    encoder: QueryEncoder
    full_text: FullText
    concepts: ConceptSource | None = field(default=None)

    def search(self, query: str, k: int = 10, *, rows: Rows | None = None) -> tuple[Hit, ...]:
        """The k passages that answer a query best, best first; none for an empty query.

        Args:
            query: any text; none of its characters means anything but itself.
            k: at most so many.
            rows: only these passages, ascending rows; all where None.
        """
        if k < 1 or not query.strip() or not self.index.size:
            return ()
        candidates = _foremost(self.candidates(query, max(CANDIDATES, 2 * k), rows=rows), max(READ, 3 * k))
        named = self.concepts.named(query) if self.concepts else {}
        shared = self._shared_concepts(candidates.rows, named)
        strengths = candidates.strengths + CONCEPT_LIFT * _lifts(shared, len(named))
        passages = stored_passages(self.db, candidates.rows.tolist())
        chosen = _spread(passages, strengths, k)
        wanted = frozenset(query_stems(query))
        return tuple(
            Hit(
                rank,
                passages[place],
                similarity := round(float(candidates.similarities[place]), 4),
                Why(matched_words(passages[place].text, wanted), similarity, tuple(named[id] for id in shared[place])),
                int(candidates.rows[place]),
            )
            for rank, place in enumerate(chosen, 1)
        )

    def candidates(self, query: str, count: int = CANDIDATES, *, rows: Rows | None = None) -> Candidates:
        """What is worth ranking: the best by words and the best by vectors, each judged by both.

        Args:
            query: any text.
            count: how many of each side.
            rows: only these passages, ascending rows; all where None.
        """
        # The encoder computes outside of Python's lock: words are looked up meanwhile.
        encoding = _beside().submit(self.encoder.encode, [query])
        with self.full_text.scored(query) as scored:
            by_words, _ = scored.best(count, rows)
            vector = encoding.result()
            similarities, near = self.index.search(vector, count, rows)
            near, similarities = near[near >= 0], similarities[near >= 0]
            found = np.union1d(by_words, near)
            relevances = scored.relevances[found]
        similarities = self._similarities(vector[0], found, near, similarities)
        about = (relevances > 0) | (similarities >= LEAST_SIMILARITY)
        found, similarities = found[about], similarities[about]
        strengths = fuse(similarities, relevances[about])
        best = np.argsort(-strengths, kind="stable")[:SETTLED]
        strengths[best] = settle(strengths[best], self.index.vectors(found[best]))
        return Candidates(found, similarities, strengths)

    def _similarities(self, vector: Vectors, rows: Rows, near: Rows, known: Vectors) -> Relevances:
        """The cosines of some rows with a query, (n,) float32; those of the nearest are known already."""
        similarities = np.full(len(rows), -2, dtype=np.float32)
        similarities[np.searchsorted(rows, near)] = known
        others = similarities < -1.5
        similarities[others] = self.index.similarities(vector, rows[others])
        return similarities

    def more_like(self, row: int, k: int = 5) -> tuple[Hit, ...]:
        """The k passages nearest in meaning to a passage, itself and its copies left out, best first."""
        vector = self.index.vectors(np.array([row]))
        similarities, near = self.index.search(vector, k + MOST_COPIES)
        others = [
            (int(other), float(similarity))
            for other, similarity in zip(near[0], similarities[0], strict=True)
            if other not in (row, -1) and similarity < SAME_TEXT
        ][:k]
        passages = stored_passages(self.db, [row, *(other for other, _ in others)])
        wanted = frozenset(query_stems(passages[0].text))
        return tuple(
            Hit(rank, passage, round(similarity, 4), Why(matched_words(passage.text, wanted), similarity, ()), other)
            for rank, (passage, (other, similarity)) in enumerate(zip(passages[1:], others, strict=True), 1)
        )

    def near_duplicates(self, least: float = 0.95) -> tuple[tuple[int, int, float], ...]:
        """Pairs of passages that say the same: both rows, the lesser first, and their cosine; nearest first.

        Args:
            least: the smallest cosine of a pair.
        """
        pairs: list[tuple[int, int, float]] = []
        for first in range(0, self.index.size, 1024):
            rows = np.arange(first, min(first + 1024, self.index.size))
            similarities, near = self.index.search(self.index.vectors(rows), MOST_COPIES)
            places, ranks = np.nonzero((similarities >= least) & (near > rows[:, None]))
            pairs += [
                (int(rows[place]), int(near[place, rank]), float(similarities[place, rank]))
                for place, rank in zip(places, ranks, strict=True)
            ]
        return tuple(sorted(pairs, key=lambda pair: (-pair[2], pair[:2])))

    def _shared_concepts(self, rows: Rows, named: Mapping[str, str]) -> list[list[str]]:
        if not named or self.concepts is None:
            return [[] for _ in rows]
        return [[id for id in named if id in mentioned] for mentioned in self.concepts.of_passages(rows)]


@cache
def _beside() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2, "encoding")


def _foremost(candidates: Candidates, count: int) -> Candidates:
    best = np.sort(np.lexsort((candidates.rows, -candidates.strengths))[:count])
    return Candidates(candidates.rows[best], candidates.similarities[best], candidates.strengths[best])


def matched_words(text: str, wanted: Collection[str]) -> tuple[MatchedWord, ...]:
    """The words of a text whose stems are wanted, in order."""
    return tuple(MatchedWord(text[start:end], start, end) for start, end in find_words(text, wanted))


def fuse(similarities: Relevances, relevances: Relevances) -> Relevances:
    """One strength of the cosines and the BM25F relevances of a query's candidates, all (n,) float32.

    Relevance is taken as a share of the best one, the cosine as it is: it means the same for every query, so that a
    query whose words are rare but beside the point is not carried by them. Of the fusions tried (reciprocal ranks,
    standard scores, both scaled to 0..1) this one ranks best, see bench/search_quality.py.
    """
    greatest = float(relevances.max(initial=0.0))
    words = relevances / greatest if greatest > 0 else relevances
    result: Relevances = (1 - LEXICAL_SHARE) * similarities + LEXICAL_SHARE * words
    return result


def settle(strengths: Relevances, vectors: Vectors) -> Relevances:
    """Strengths of a query's best candidates, each of which lends some to those that say nearly the same, (n,) float32.

    Passages on one thing answer the same questions: one that shares few words with the query is carried by neighbours
    that share more, and one that stands alone among the best is doubted. None falls below the least: what is among the
    best stays before what is not.

    Args:
        strengths: of the best candidates, (n,) float32.
        vectors: theirs, unit rows, (n, dim) float32.

    Source: Diaz, Regularizing ad hoc retrieval scores, 2005.
    """
    if len(strengths) <= NEIGHBOURS:
        return strengths
    nearness = vectors @ vectors.T
    np.fill_diagonal(nearness, -1)
    near = np.argpartition(-nearness, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    shares = np.maximum(np.take_along_axis(nearness, near, axis=1), 0)
    around = (shares * strengths[near]).sum(axis=1) / np.maximum(shares.sum(axis=1), 1e-9)
    settled: Relevances = np.maximum((1 - NEIGHBOURS_SHARE) * strengths + NEIGHBOURS_SHARE * around, strengths.min())
    return settled


def _lifts(shared: Sequence[Sequence[str]], named: int) -> Relevances:
    return np.array([len(ids) / max(named, 1) for ids in shared], dtype=np.float32)


def _spread(passages: Sequence[Passage], strengths: Relevances, k: int) -> list[int]:
    """Places of the best k, where each further passage of an article must be a little better than the one before."""
    articles = np.array([passage.article for passage in passages])
    left = strengths.copy()
    chosen: list[int] = []
    for _ in range(min(k, len(passages))):
        best = int(left.argmax())
        chosen.append(best)
        left[articles == articles[best]] -= REPEAT_DROP
        left[best] = -np.inf
    return chosen


class HitJson(TypedDict):
    """A hit as JSON."""

    rank: int
    id: str
    article: str
    section: str
    start: int
    end: int
    text: str
    similarity: float
    why: dict[str, object]


def hits_json(hits: Iterable[Hit]) -> list[HitJson]:
    """Hits as plain values for JSON; offsets of words count in the passage's text."""
    return [
        {
            "rank": hit.rank,
            "id": hit.passage.id,
            "article": hit.passage.article,
            "section": hit.passage.section,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "text": hit.passage.text,
            "similarity": hit.similarity,
            "why": {
                "words": [{"text": word.text, "start": word.start, "end": word.end} for word in hit.why.words],
                "similarity": hit.why.similarity,
                "concepts": list(hit.why.concepts),
            },
        }
        for hit in hits
    ]
