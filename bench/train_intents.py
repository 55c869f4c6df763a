"""Trains the reader of intents that stands behind the patterns: answer/intents.npz.

    python bench/train_intents.py

A linear model over runs of words and the sentence vector, trained on the ways to ask of training/intents.txt, on the
half of gold/questions.jsonl that is not held out, and on gold/questions_more.jsonl. Prints how well it does on
questions that it was not trained on, five parts held out in turn.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from answer.intents import MEANING, THING, WEIGHTS, masked, runs, shown, words_of
from embeddings.encoder import export_query_encoder, load_encoder
from embeddings.querying import QueryEncoder, load_query_encoder
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

HERE = Path(__file__).resolve().parent
STRENGTH = 1.0
PARTS = 5


def main() -> None:
    """Writes the weights and prints the share that is told rightly, five parts held out in turn."""
    examples = [*_written(), *_asked()]
    labels = np.array([intent for intent, _ in examples])
    words = [words_of(text) for _, text in examples]
    with tempfile.TemporaryDirectory() as folder:
        export_query_encoder(load_encoder(), Path(folder))
        encoder = load_query_encoder(Path(folder))
        vectors = _vectors([text for _, text in examples], encoder)
    order = np.random.default_rng(5).permutation(len(examples))
    right: Counter[str] = Counter()
    for part in range(PARTS):
        held = order[part::PARTS]
        kept = np.setdiff1d(order, held)
        known = _known([words[row] for row in kept])
        names, model = _fit([words[row] for row in kept], vectors[kept], labels[kept], known)
        told = model.predict(_table([words[row] for row in held], vectors[held], known, names))
        right.update(labels[held][told == labels[held]].tolist())
    for intent, count in Counter(labels.tolist()).items():
        print(f"{intent:12}{right[intent] / count:6.3f} of {count}")
    print(f"{'all':12}{right.total() / len(examples):6.3f} of {len(examples)}")
    known = _known(words)
    names, model = _fit(words, vectors, labels, known)
    weights = model.coef_.T.astype(np.float32)
    np.savez_compressed(
        WEIGHTS,
        model=np.array(encoder.model_id),
        intents=np.array(model.classes_.tolist()),
        known=np.array(sorted(known)),
        asking=np.array(sorted({word for _, text in _written() for word in words_of(text)} - {THING})),
        runs=np.array(names),
        weights=weights[: len(names)],
        meaning=weights[len(names) :],
        bias=model.intercept_.astype(np.float32),
    )


def _written() -> list[tuple[str, str]]:
    lines = (HERE / "training" / "intents.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("|", 1) for line in lines if line and not line.startswith("#"))
    return [(intent, text.replace("X", THING)) for intent, text in pairs]


def _asked() -> list[tuple[str, str]]:
    linker = Linker(load_vocabulary())
    files = ("questions.jsonl", "questions_more.jsonl")
    lines = [line for name in files for line in (HERE / "gold" / name).read_text(encoding="utf-8").splitlines()]
    asked = [entry for entry in map(json.loads, lines) if not entry["held"]]
    return [(entry["intent"], masked(entry["question"], linker.mentions(entry["question"]))) for entry in asked]


def _vectors(texts: Sequence[str], encoder: QueryEncoder) -> np.ndarray:
    return MEANING * encoder.encode([shown(text) for text in texts])


def _known(texts: Sequence[Sequence[str]]) -> frozenset[str]:
    return frozenset(word for text in texts for word in text if word != THING)


def _fit(
    words: Sequence[Sequence[str]], vectors: np.ndarray, labels: np.ndarray, known: frozenset[str]
) -> tuple[list[str], LogisticRegression]:
    names = sorted({run for text in words for run in runs(text, known)})
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    return names, model.fit(_table(words, vectors, known, names), labels)


def _table(
    texts: Sequence[Sequence[str]], vectors: np.ndarray, known: frozenset[str], names: Sequence[str]
) -> np.ndarray:
    columns = {run: column for column, run in enumerate(names)}
    table = np.zeros((len(texts), len(names)), dtype=np.float32)
    for row, words in enumerate(texts):
        table[row, [columns[run] for run in runs(words, known) if run in columns]] = 1
    return np.concatenate([table, vectors], axis=1)


if __name__ == "__main__":
    main()
