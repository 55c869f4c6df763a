"""Retrieval quality on labelled sets: Kinetrace beside bm25s, dense MiniLM, their rank fusion and txtai's hybrid.

    python bench/search_quality.py [--sets scifact liveqa] [--cache DIR] [--pool N]

nDCG@10 and recall@100 on the development half of each set, all systems on the same documents, queries and vectors.
Encoding the documents takes some 25 minutes on two cores the first time; vectors are then kept in the cache folder,
part by part. With --pool only the relevant documents and the N that each query's words find best are ranked, by all
systems alike: a quicker look at half of SciFact and a tenth of LiveQA, which flatters dense search: what only vectors
mistake for relevant is left out.
"""

import argparse
import gzip
import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.passages import Passage
from corpus.store import create_tables
from embeddings.encoder import export_query_encoder, load_encoder
from embeddings.index import build_index
from embeddings.lexical import FullText, write_full_text
from embeddings.querying import QueryEncoder, load_query_encoder
from embeddings.search import Searcher

SHARED = Path(os.environ.get("KINETRACE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
# Tokens of a document that are encoded: longer windows and further ones were tried on liveqa and found less.
WINDOWS = {"scifact": 256, "liveqa": 128}
DEPTH = 100
PART = 512
RANK_CONSTANT = 60

Rankings = list[list[int]]


@dataclass(frozen=True)
class Labelled:
    """A set: documents as passages, queries, and for each query document -> grade; all by row."""

    name: str
    documents: Sequence[Passage]
    queries: Sequence[str]
    relevant: Sequence[Mapping[int, int]]
    vectors: np.ndarray
    query_vectors: np.ndarray


def main() -> None:
    """Prints a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", default=list(WINDOWS), choices=list(WINDOWS))
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "kt-cache")
    parser.add_argument("--pool", type=int, default=0, metavar="N", help="rank the N best of each query by words only")
    options = parser.parse_args()
    options.cache.mkdir(exist_ok=True)
    encoder = _encoder(options.cache)
    best: list[float] = []
    ours: list[float] = []
    for name in options.sets:
        labelled = _load(name, encoder, options.cache, options.pool)
        scores = {system: _scores(rank(labelled, encoder), labelled) for system, rank in SYSTEMS.items()}
        print(f"\n{name}: {len(labelled.documents)} documents, {len(labelled.queries)} queries")
        print(f"{'':28}nDCG@10  recall@100")
        for system, (ndcg, recall) in scores.items():
            print(f"{system:28}{ndcg:7.4f}  {recall:10.4f}")
        ours.append(scores["Kinetrace"][0])
        best.append(max(ndcg for system, (ndcg, _) in scores.items() if system != "Kinetrace"))
    gain = 100 * (sum(ours) - sum(best)) / len(ours)
    print(f"\nKinetrace over the best of the others, mean of the sets: {gain:+.1f} points of nDCG@10")


def _encoder(cache: Path) -> QueryEncoder:
    if not (cache / "encoder.onnx").is_file():
        export_query_encoder(load_encoder(), cache)
    return load_query_encoder(cache)


def _load(name: str, encoder: QueryEncoder, cache: Path, pool: int) -> Labelled:
    folder = SHARED / "data" / "search" / name
    documents = [json.loads(line) for line in gzip.decompress((folder / "corpus.jsonl.gz").read_bytes()).splitlines()]
    queries = [json.loads(line) for line in gzip.decompress((folder / "queries.jsonl.gz").read_bytes()).splitlines()]
    passages = [Passage(d["id"], d["id"], d["title"], "", 0, len(d["text"]), d["text"]) for d in documents]
    if pool:
        passages = _pooled(passages, queries, pool)
    rows = {passage.id: row for row, passage in enumerate(passages)}
    window = WINDOWS[name]
    path = cache / f"{name}-{pool}-{window - 2}.npy"
    if not path.is_file():
        encoder.tokenizer.enable_truncation(window)
        np.save(path, _encoded([f"{passage.title}. {passage.text}"[:8000] for passage in passages], encoder, path))
        encoder.tokenizer.enable_truncation(256)
    return Labelled(
        name,
        passages,
        [query["text"] for query in queries],
        [{rows[id]: grade for id, grade in query["relevant"].items() if id in rows} for query in queries],
        np.load(path),
        encoder.encode([query["text"] for query in queries]),
    )


def _pooled(passages: Sequence[Passage], queries: Sequence[Mapping[str, Any]], count: int) -> list[Passage]:
    with closing(sqlite3.connect(":memory:")) as db:
        create_tables(db)
        write_full_text(db, passages)
        words = FullText(db)
        found = {int(row) for query in queries for row in words.search(query["text"], count)[0]}
    relevant = {id for query in queries for id in query["relevant"]}
    return [passage for row, passage in enumerate(passages) if row in found or passage.id in relevant]


def _encoded(texts: Sequence[str], encoder: QueryEncoder, path: Path) -> np.ndarray:
    """Vectors of all texts; each part is kept as soon as it is done, so that a stopped run is taken up again."""
    parts = []
    for first in range(0, len(texts), PART):
        part = path.with_suffix(f".{first}.npy")
        if not part.is_file():
            np.save(part, encoder.encode(texts[first : first + PART]))
            print(f"encoded {min(first + PART, len(texts))} of {len(texts)}", flush=True)
        parts.append(part)
    vectors = np.concatenate([np.load(part) for part in parts])
    for part in parts:
        part.unlink()
    return vectors


def _scores(rankings: Rankings, labelled: Labelled) -> tuple[float, float]:
    pairs = [(ranking, grades) for ranking, grades in zip(rankings, labelled.relevant, strict=True) if grades]
    ndcg = [_ndcg(ranking[:10], grades) for ranking, grades in pairs]
    recall = [len(set(ranking[:DEPTH]) & set(grades)) / len(grades) for ranking, grades in pairs]
    return float(np.mean(ndcg)), float(np.mean(recall))


def _ndcg(ranking: Sequence[int], grades: Mapping[int, int]) -> float:
    gain = sum(grades.get(row, 0) / np.log2(place + 2) for place, row in enumerate(ranking))
    best = sum(grade / np.log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:10]))
    return float(gain / best)


def rank_bm25s(labelled: Labelled, _: QueryEncoder) -> Rankings:
    """Ranks by bm25s with its stopwords and Snowball stems."""
    import bm25s
    from Stemmer import Stemmer  # type: ignore[import-not-found]  # PyStemmer carries no types

    stemmer = Stemmer("english")
    texts = [f"{passage.title} {passage.text}" for passage in labelled.documents]
    index = bm25s.BM25()
    index.index(bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
    words = bm25s.tokenize(list(labelled.queries), stopwords="en", stemmer=stemmer, show_progress=False)
    found, _scores_of = index.retrieve(words, k=DEPTH, show_progress=False)
    return [[int(row) for row in rows] for rows in found]


def rank_dense(labelled: Labelled, _: QueryEncoder) -> Rankings:
    """Ranks by the cosine alone, exactly."""
    order = np.argsort(-(labelled.query_vectors @ labelled.vectors.T), axis=1, kind="stable")[:, :DEPTH]
    return [[int(row) for row in rows] for rows in order]


def rank_fused(labelled: Labelled, encoder: QueryEncoder) -> Rankings:
    """Reciprocal rank fusion of bm25s and dense."""
    rankings = []
    for pair in zip(rank_bm25s(labelled, encoder), rank_dense(labelled, encoder), strict=True):
        points: dict[int, float] = {}
        for ranking in pair:
            for place, row in enumerate(ranking, 1):
                points[row] = points.get(row, 0.0) + 1 / (RANK_CONSTANT + place)
        rankings.append(sorted(points, key=lambda row: (-points[row], row))[:DEPTH])
    return rankings


def rank_txtai(labelled: Labelled, _: QueryEncoder) -> Rankings:
    """Ranks by txtai's hybrid index, with its defaults and the same vectors."""
    from txtai import Embeddings

    texts = [f"{passage.title}. {passage.text}" for passage in labelled.documents]
    vectors = dict(zip(texts, labelled.vectors, strict=True))
    vectors.update(zip(labelled.queries, labelled.query_vectors, strict=True))
    index = Embeddings(
        method="external", transform=lambda batch: np.array([vectors[text] for text in batch]), hybrid=True
    )
    index.index([(row, text, None) for row, text in enumerate(texts)])
    return [[int(row) for row, _score in index.search(query, DEPTH)] for query in labelled.queries]


def rank_kinetrace(labelled: Labelled, encoder: QueryEncoder) -> Rankings:
    """Ranks by the candidates and strengths of the search that people use."""
    db = _database(labelled)
    searcher = Searcher(db, build_index(labelled.vectors), encoder, FullText(db))
    rankings = []
    for query in labelled.queries:
        candidates = searcher.candidates(query)
        order = np.lexsort((candidates.rows, -candidates.strengths))[:DEPTH]
        rankings.append([int(row) for row in candidates.rows[order]])
    return rankings


def _database(labelled: Labelled) -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", check_same_thread=False)
    create_tables(db)
    write_full_text(db, labelled.documents)
    return db


SYSTEMS: Mapping[str, Callable[[Labelled, QueryEncoder], Rankings]] = {
    "bm25s": rank_bm25s,
    "dense MiniLM": rank_dense,
    "rank fusion of both": rank_fused,
    "txtai hybrid": rank_txtai,
    "Kinetrace": rank_kinetrace,
}


if __name__ == "__main__":
    main()
