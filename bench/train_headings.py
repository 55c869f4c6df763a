"""Train what tells causes from remedies among headings, and write `graph/data/headings.npz`.

usage: python -m bench.train_headings [--write]

A linear model over runs of words and the tagger's layers (`graph/claims/asking.py`), trained on the headings and
lead-ins of bench/gold/headings.jsonl. Prints how many it tells rightly of an author whose headings it has not seen,
each of the authors in turn; --write trains on all. Train it again when the tagger has new weights.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from graph.claims.asking import KINDS, LIKELY, WEIGHTS, runs_of, standing
from graph.claims.tagger import Floats, load_tagger

GOLD = Path("bench/gold/headings.jsonl")
STRENGTH = 2.0
LEAST = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as one reads it: what it asks, its author, its runs of words, (384,) of the layers."""

    asks: str
    author: str
    runs: frozenset[str]
    gist: Floats


def headings() -> list[Heading]:
    """All that is written down."""
    tagger, rows = load_tagger(), map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    return [
        Heading(row["asks"], row["author"], frozenset(runs_of(row["text"])), tagger.gist(row["text"])) for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model with the runs that it knows and the mean and spread of what the layers tell."""

    model: LogisticRegression
    names: tuple[str, ...]
    mean: Floats
    spread: Floats

    def table(self, known: Sequence[Heading]) -> Floats:
        """(n, runs + 384): which runs stand in each heading, and how the layers' numbers stand."""
        columns = {name: column for column, name in enumerate(self.names)}
        words = np.zeros((len(known), len(columns)), np.float32)
        for row, each in enumerate(known):
            words[row, [columns[run] for run in each.runs if run in columns]] = 1
        return np.hstack([words, standing(np.array([each.gist for each in known]), self.mean, self.spread)])


def fitted(known: Sequence[Heading]) -> Fitted:
    """A model of some headings; what stands in one heading only tells nothing."""
    counts = Counter(run for each in known for run in each.runs)
    gists = np.array([each.gist for each in known])
    names = tuple(sorted(run for run, count in counts.items() if count >= LEAST))
    empty = Fitted(LogisticRegression(C=STRENGTH, max_iter=500), names, gists.mean(axis=0), gists.std(axis=0) + 1e-3)
    empty.model.fit(empty.table(known), [each.asks for each in known])
    return empty


def main() -> None:
    """Print how well it does on unseen authors; with --write train on all of them."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    known = headings()
    right, told, all_of = Counter[str](), Counter[str](), Counter(each.asks for each in known)
    for author in sorted({each.author for each in known}):
        model = fitted([each for each in known if each.author != author])
        unseen = [each for each in known if each.author == author]
        likely = model.model.predict_proba(model.table(unseen))
        for each, row in zip(unseen, likely, strict=True):
            best = str(model.model.classes_[row.argmax()]) if row.max() >= LIKELY else "other"
            told[best] += 1
            right[best] += best == each.asks
    for kind in KINDS:
        print(f"{kind:9} precision {right[kind] / told[kind]:.3f} recall {right[kind] / all_of[kind]:.3f}")
    print(f"{'all':9} {right.total() / len(known):.3f} of {len(known)}")
    if write:
        whole = fitted(known)
        order = [list(whole.model.classes_).index(kind) for kind in KINDS]
        weights = whole.model.coef_[order].T.astype(np.float16)
        with Path(str(WEIGHTS)).open("wb") as file:
            np.savez_compressed(
                file,
                names=np.array(whole.names),
                runs=weights[: len(whole.names)],
                told=weights[len(whole.names) :],
                mean=whole.mean.astype(np.float32),
                spread=whole.spread.astype(np.float32),
                bias=whole.model.intercept_[order].astype(np.float32),
            )


if __name__ == "__main__":
    main()
