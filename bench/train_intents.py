"""Trains the reader of intents that stands behind the patterns: answer/intents.npz.

    python bench/train_intents.py

A linear model over runs of words, trained on the ways to ask of training/intents.txt and on the half of
gold/questions.jsonl that is not held out. Prints how well it does on ways to ask that it was not trained on.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from answer.intents import THING, WEIGHTS, masked, runs, words_of
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

HERE = Path(__file__).resolve().parent
STRENGTH = 1.0
PARTS = 5


def main() -> None:
    """Writes the weights and prints the share that is told rightly, five parts held out in turn."""
    examples = [*_written(), *_asked()]
    labels = np.array([intent for intent, _ in examples])
    order = np.random.default_rng(5).permutation(len(examples))
    right: Counter[str] = Counter()
    for part in range(PARTS):
        held = order[part::PARTS]
        kept = np.setdiff1d(order, held)
        known = _known([examples[row][1] for row in kept])
        names, model = _fit([examples[row] for row in kept], known)
        told = model.predict(_table([examples[row][1] for row in held], known, names))
        right.update(labels[held][told == labels[held]].tolist())
    for intent, count in Counter(labels.tolist()).items():
        print(f"{intent:12}{right[intent] / count:6.3f} of {count}")
    print(f"{'all':12}{right.total() / len(examples):6.3f} of {len(examples)}")
    known = _known([words for _, words in examples])
    names, model = _fit(examples, known)
    np.savez_compressed(
        WEIGHTS,
        intents=np.array(model.classes_.tolist()),
        known=np.array(sorted(known)),
        runs=np.array(names),
        weights=model.coef_.T.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )


def _written() -> list[tuple[str, list[str]]]:
    lines = (HERE / "training" / "intents.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("|", 1) for line in lines if line and not line.startswith("#"))
    return [(intent, words_of(text)) for intent, text in pairs]


def _asked() -> list[tuple[str, list[str]]]:
    linker = Linker(load_vocabulary())
    lines = (HERE / "gold" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [entry for entry in map(json.loads, lines) if not entry["held"]]
    return [
        (entry["intent"], words_of(masked(entry["question"], linker.mentions(entry["question"])))) for entry in asked
    ]


def _known(texts: Sequence[Sequence[str]]) -> frozenset[str]:
    return frozenset(word for text in texts for word in text if word != THING)


def _fit(examples: Sequence[tuple[str, list[str]]], known: frozenset[str]) -> tuple[list[str], LogisticRegression]:
    names = sorted({run for _, words in examples for run in runs(words, known)})
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    return names, model.fit(_table([words for _, words in examples], known, names), [intent for intent, _ in examples])


def _table(texts: Sequence[Sequence[str]], known: frozenset[str], names: Sequence[str]) -> np.ndarray:
    columns = {run: column for column, run in enumerate(names)}
    table = np.zeros((len(texts), len(names)), dtype=np.float32)
    for row, words in enumerate(texts):
        table[row, [columns[run] for run in runs(words, known) if run in columns]] = 1
    return table


if __name__ == "__main__":
    main()
