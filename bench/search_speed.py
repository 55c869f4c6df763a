"""Speed and memory of search over many passages, beside txtai on the same passages where asked.

    python bench/search_speed.py [--passages 1000000] [--queries 200] [--fts5] [--txtai]

Words are drawn from the real word statistics of the development sets, by topic; vectors are drawn around the topics,
with the spectrum of real sentence vectors. Everything is made from one seed. The real encoder encodes each query; what
it gives is then replaced by the query's drawn vector, so that time is real and nearness has something to find.
"""

import argparse
import gzip
import json
import os
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np

from corpus.articles import Article
from corpus.library import MAPPED_BYTES
from corpus.passages import Passage
from corpus.store import write_articles
from embeddings.cells import CellRows, nearest_rows, rows_path
from embeddings.encoder import export_query_encoder, load_encoder
from embeddings.index import VectorIndex, build_index, load_index
from embeddings.lexical import FullText, write_full_text
from embeddings.querying import QueryEncoder, load_query_encoder
from embeddings.search import Searcher

SHARED = Path(os.environ.get("KINETRACE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
TOPICS = 4000
WORDS_A_PASSAGE = 55
WORDS_A_TOPIC = 60
WORDS_A_QUERY = 7
PASSAGES_AN_ARTICLE = 12
DIM = 384
# A wide search looks into one cell of so many and measures so many rows.
WIDE = 8
WIDE_MEASURED = 4000

A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True)
class Made:
    """A made collection: passages by row, their unit vectors, and queries with vectors of their own."""

    passages: Sequence[Passage]
    vectors: np.ndarray
    queries: Sequence[str]
    query_vectors: np.ndarray


class Stand:
    """The real encoder, whose result is replaced by the vector that was made for the query."""

    def __init__(self, encoder: QueryEncoder, made: Made) -> None:
        self._encoder = encoder
        self._vectors = dict(zip(made.queries, made.query_vectors, strict=True))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """The made vectors, after encoding in earnest."""
        self._encoder.encode(texts)
        return np.stack([self._vectors[text] for text in texts])


def main() -> None:
    """Prints build times, memory, latencies and recall."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--fts5", action="store_true", help="measure SQLite's own full-text search for the words")
    parser.add_argument("--txtai", action="store_true", help="measure txtai on the same passages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kinetrace-speed-") as name:
        folder = Path(name)
        # As many again to warm up with: what is measured was never asked before.
        made = _timed("making passages and vectors", lambda: _make(options.passages, 2 * options.queries))
        exact = _timed("exact neighbours of the queries", lambda: nearest_rows(made.query_vectors, made.vectors, 10))
        export_query_encoder(load_encoder(), folder)
        _build(folder, made)
        # In a process of its own, as a server has it: this one holds millions of passages.
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            asked = replace(made, passages=(), vectors=made.vectors[:0])
            whole = alone.submit(_report, folder, asked, exact).result()
        _report_library_encoding(made.queries, whole)
        if options.fts5:
            _report_fts5(folder, made)
        if options.txtai:
            _report_txtai(made, load_query_encoder(folder), exact)


def _timed(what: str, work: Callable[[], T]) -> T:
    start = time.perf_counter()
    result = work()
    print(f"{what:36}{time.perf_counter() - start:9.1f} s   peak {_peak_memory():6.0f} MB", flush=True)
    return result


def _peak_memory() -> float:
    # Not getrusage: a new process begins with the peak of the one that started it.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _word_statistics() -> tuple[list[str], np.ndarray]:
    """Words of the development sets and how often they come, most frequent first."""
    counts: Counter[str] = Counter()
    for name in ("scifact", "liveqa"):
        packed = (SHARED / "data" / "search" / name / "corpus.jsonl.gz").read_bytes()
        for line in gzip.decompress(packed).splitlines()[:6000]:
            counts.update(word for word in json.loads(line)["text"].split() if word.isalpha())
    words, frequencies = zip(*counts.most_common(40_000), strict=True)
    return list(words), np.array(frequencies, dtype=np.float64) / sum(frequencies)


def _make(count: int, queries: int) -> Made:
    rng = np.random.default_rng(11)
    words, frequencies = _word_statistics()
    # A topic has words of its own, rarer ones; a third of a passage is made of them.
    own = rng.choice(np.arange(300, len(words)), size=(TOPICS, WORDS_A_TOPIC), p=_scaled(frequencies[300:] ** 0.7))
    sizes = _scaled(rng.lognormal(sigma=1.0, size=TOPICS))
    articles = count // PASSAGES_AN_ARTICLE + 1
    topics = np.repeat(rng.choice(TOPICS, size=articles, p=sizes), PASSAGES_AN_ARTICLE)[:count]
    passages = list(_passages(rng, words, frequencies, own, topics))
    spread = (np.arange(DIM) + 1.0) ** -0.4
    centers = rng.normal(size=(TOPICS, DIM)) * spread
    asked = rng.choice(count, size=queries, replace=False)
    return Made(
        passages,
        _vectors(rng, centers, spread, topics),
        [" ".join(words[word] for word in rng.choice(own[topics[row]], WORDS_A_QUERY)) for row in asked],
        _vectors(rng, centers, spread, topics[asked]),
    )


def _scaled(values: np.ndarray) -> np.ndarray:
    scaled: np.ndarray = values / values.sum()
    return scaled


def _passages(
    rng: np.random.Generator, words: Sequence[str], frequencies: np.ndarray, own: np.ndarray, topics: np.ndarray
) -> Iterator[Passage]:
    ladder = np.cumsum(frequencies)
    for first in range(0, len(topics), 20_000):
        part = topics[first : first + 20_000]
        drawn = np.minimum(np.searchsorted(ladder, rng.random((len(part), WORDS_A_PASSAGE))), len(words) - 1)
        special = own[part[:, None], rng.integers(0, WORDS_A_TOPIC, drawn.shape)]
        chosen = np.where(rng.random(drawn.shape) < 1 / 3, special, drawn)
        for row, numbers in enumerate(chosen.tolist(), first):
            text = " ".join([words[number] for number in numbers])
            article = row // PASSAGES_AN_ARTICLE
            title = " ".join(words[number] for number in own[topics[row], :4].tolist())
            yield Passage(f"{article}#{row}", str(article), title, "", 0, len(text), text)


def _vectors(rng: np.random.Generator, centers: np.ndarray, spread: np.ndarray, topics: np.ndarray) -> np.ndarray:
    vectors = np.empty((len(topics), DIM), dtype=np.float32)
    for first in range(0, len(topics), 50_000):
        part = topics[first : first + 50_000]
        rows = centers[part] + 0.8 * rng.normal(size=(len(part), DIM)) * spread
        vectors[first : first + 50_000] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return vectors


def _build(folder: Path, made: Made) -> None:
    with closing(sqlite3.connect(folder / "library.db")) as db:
        ids = dict.fromkeys(passage.article for passage in made.passages)
        articles = (Article(id, id, "", (), "") for id in ids)
        _timed("writing passages", lambda: write_articles(db, articles, made.passages))
        _timed("writing the full text", lambda: write_full_text(db, made.passages))
    index = _timed("building the vector index", lambda: build_index(made.vectors))
    index.save(folder / "passages.faiss")
    files = (folder / "passages.faiss", rows_path(folder / "passages.faiss"))
    size = sum(file.stat().st_size for file in files if file.exists()) / 2**20
    each = 1_000_000 / len(made.passages)
    print(f"vector index {index.kind}, {size:.0f} MB, {size * each:.0f} MB for a million passages")
    print(f"library.db {(folder / 'library.db').stat().st_size / 2**20:.0f} MB")


def _report(folder: Path, made: Made, exact: np.ndarray) -> float:
    """Prints what the searching process measures; the median of the whole query, in ms."""
    encoder = load_query_encoder(folder)
    db = sqlite3.connect(f"file:{folder / 'library.db'}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    db.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    index, full_text = load_index(folder / "passages.faiss"), FullText(db)
    # The stand has the encoder's one method that the searcher uses.
    searcher = Searcher(db, index, Stand(encoder, made), full_text)  # type: ignore[arg-type]
    half = len(made.queries) // 2
    for query in made.queries[:half]:
        searcher.search(query)
    asked = made.queries[half:]
    whole = _times(searcher.search, asked)
    encode = _times(lambda query: encoder.encode([query]), asked)
    # one that has not kept what the whole queries looked up
    fresh = FullText(db)
    words = _times(lambda query: fresh.search(query, 150), asked)
    vectors = _times(lambda row: index.search(made.query_vectors[row : row + 1], 150), range(half))
    print(f"{'':36}{'p50':>9}{'p99':>9}  ms")
    for name, times in (("encoding", encode), ("words", words), ("vectors", vectors), ("whole query", whole)):
        print(f"{name:36}{np.percentile(times, 50):9.2f}{np.percentile(times, 99):9.2f}")
    ratio = np.percentile(whole, 50) / np.percentile(encode, 50)
    tail = np.percentile(whole, 99) / np.percentile(whole, 50)
    print(f"whole query {ratio:.2f} times encoding (p50); p99 {tail:.2f} times p50")
    print(f"{1000 / np.mean(whole):.0f} queries a second, {_told_recall(index, made, exact)}")
    print(f"memory of the searching process {_peak_memory():.0f} MB", flush=True)
    if isinstance(index.rows, CellRows):
        # As exact as peers that take their time: what it costs to miss one neighbour in a thousand at most.
        probes = max(index.rows.probes, index.rows.index.nlist // WIDE)
        wide = replace(index, rows=replace(index.rows, probes=probes, measured=WIDE_MEASURED))
        times = _times(replace(searcher, index=wide, full_text=FullText(db)).search, asked)
        print(f"{'whole query, wide':36}{np.percentile(times, 50):9.2f}{np.percentile(times, 99):9.2f}")
        print(f"wide: {1000 / np.mean(times):.0f} queries a second, {_told_recall(wide, made, exact)}", flush=True)
    return float(np.percentile(whole, 50))


def _report_library_encoding(queries: Sequence[str], whole: float) -> None:
    """What sentence-transformers itself takes for the same queries: ours encodes by the same weights, only quicker."""
    encoder, half = load_encoder(), len(queries) // 2
    _times(lambda query: encoder.encode([query]), queries[:half])
    times = _times(lambda query: encoder.encode([query]), queries[half:])
    print(f"{'sentence-transformers: encoding':36}{np.percentile(times, 50):9.2f}{np.percentile(times, 99):9.2f}")
    print(
        f"whole query {whole / np.percentile(times, 50):.2f} times what sentence-transformers takes to encode it (p50)"
    )


def _told_recall(index: VectorIndex, made: Made, exact: np.ndarray) -> str:
    found = index.search(made.query_vectors, 150)[1]
    return f"recall@10 of the vector side {_recall(found[:, :10], exact):.4f}"


def _times(work: Callable[[A], object], inputs: Iterable[A]) -> np.ndarray:
    times = []
    for each in inputs:
        start = time.perf_counter()
        work(each)
        times.append(1000 * (time.perf_counter() - start))
    return np.array(times)


def _recall(found: np.ndarray, exact: np.ndarray) -> float:
    return float(np.mean([len(set(a) & set(b)) / len(b) for a, b in zip(found, exact, strict=True)]))


def _report_fts5(folder: Path, made: Made) -> None:
    with closing(sqlite3.connect(folder / "fts5.db")) as db:
        db.execute("CREATE VIRTUAL TABLE words USING fts5(title, text, content='', tokenize='porter unicode61')")
        rows = ((row, passage.title, passage.text) for row, passage in enumerate(made.passages))
        insert = "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)"
        _timed("FTS5: writing", lambda: db.executemany(insert, rows))
        find = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 150"
        asked = [" OR ".join(f'"{word}"' for word in query.split()) for query in made.queries]
        times = _times(lambda query: db.execute(find, (query,)).fetchall(), asked)
        print(f"{'FTS5: words':36}{np.percentile(times, 50):9.2f}{np.percentile(times, 99):9.2f}")


def _report_txtai(made: Made, encoder: QueryEncoder, exact: np.ndarray) -> None:
    from txtai import Embeddings

    vectors = iter(made.vectors)
    stand = Stand(encoder, made)
    known = set(made.queries)

    def transform(texts: Sequence[str]) -> np.ndarray:
        return np.stack([stand.encode([text])[0] if text in known else next(vectors) for text in texts])

    index = Embeddings(method="external", transform=transform, hybrid=True)
    rows = ((row, passage.text, None) for row, passage in enumerate(made.passages))
    _timed("txtai: building", lambda: index.index(rows))
    half = len(made.queries) // 2
    for query in made.queries[:half]:
        index.search(query, 10)
    times = _times(lambda query: index.search(query, 10), made.queries[half:])
    print(f"{'txtai: whole query':36}{np.percentile(times, 50):9.2f}{np.percentile(times, 99):9.2f}")
    print(f"txtai: {1000 / np.mean(times):.0f} queries a second")
    near = index.ann.search(made.query_vectors, 10)
    found = np.array([[row for row, _ in each] for each in near])
    print(f"txtai: recall@10 of the vector side {_recall(found, exact):.4f}")


if __name__ == "__main__":
    main()
