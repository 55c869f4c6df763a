"""Train the tagger of claims and write `graph/data/tagger.onnx` and `tagger.npz`.

usage: python -m bench.train_claims [--shared ../shared] [--write] [--folds N] [--keep FOLDER]

Trained at once on pairs of words that are cause and effect (the five labelled sets of ../shared/data/claims, the
foods of help_or_harm, our own paragraphs of running articles in bench/gold/articles_*.jsonl), on their signs, on
which texts hold a claim, and on the strength of conclusions; then some rounds more on our own paragraphs with a
share of the rest, because they are what the reader is for. What is written lies between the weights before and after
those rounds: it knows articles that neither saw better than both (Wortsman et al. 2022, "Robust fine-tuning of
zero-shot models"). Word vectors stay as they are, so the repository carries the layers only.

A fifth of the labelled texts is held back: the network that --write puts into the package never saw the texts that
`bench/gold/held.txt` names, and `python -m bench.claims --held` reads just those. What was held is judged at the end,
for some floors, by the scorer's measure. --folds N trains N of the five networks, each with another fifth held back,
and --keep writes them below a folder for `python -m bench.claims --held FOLDER`. Seed, sizes, rates and rounds are in
`Recipe` and the constants below; about an hour for one network on two free cores.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from tempfile import gettempdir

import numpy as np
import numpy.typing as npt

from bench.exporting import write
from bench.labelled import HELD, PACKAGE, Pair, Scorer, load_scorer
from bench.marked import Example, Text, examples_of, labelled_texts, own_texts
from bench.tagging import Judged, Net, Recipe, judge, train
from graph.claims.tagger import STRENGTHS

OWN = sorted(Path("bench/gold").glob("articles_*.jsonl"))
NAMES = frozenset(path.stem for path in OWN)
FIRST = Recipe(epochs=3, weights=dict.fromkeys(NAMES, 2.0))
# The second training: mostly our own paragraphs, small steps.
THEN = Recipe(epochs=2, body_rate=8e-5, head_rate=6e-4, weights=dict.fromkeys(NAMES, 2.0))
FIFTHS = 5
REPLAYED = 0.15
# How far the written weights go from those before the second training to those after it.
SETTLED = 0.75
FLOORS = (0.2, 0.3, 0.4, 0.5, 0.6)


def trained(examples: Sequence[Example]) -> Net:
    """A network trained on everything, then most of the way that some rounds more on our own paragraphs take it."""
    net = train(examples, FIRST)
    before = {name: weights.clone() for name, weights in net.state_dict().items()}
    after = settled(net, examples).state_dict()
    net.load_state_dict({name: (1 - SETTLED) * before[name] + SETTLED * after[name] for name in before})
    return net


def settled(net: Net, examples: Sequence[Example]) -> Net:
    """The network after the second training."""
    chance = np.random.default_rng(THEN.seed).uniform(size=len(examples))
    kept = [e for e, c in zip(examples, chance, strict=True) if e.name in NAMES or c < REPLAYED]
    return train(kept, THEN, net=net)


def fifth_of(texts: Sequence[Text]) -> npt.NDArray[np.int64]:
    """The fifth that each text is held back in; -1 for our own paragraphs, which every network sees."""
    fifths = np.full(len(texts), -1)
    labelled = [i for i, text in enumerate(texts) if text.name not in NAMES]
    fifths[labelled] = np.random.default_rng(FIRST.seed).permutation(len(labelled)) % FIFTHS
    return fifths


def judged_by_others(
    examples: Sequence[Example], texts: Sequence[Text], number: int, folder: Path, held_texts: Path
) -> dict[int, Judged]:
    """Train without one fifth, write the network and the names of the held texts, and judge the held examples."""
    fifths = fifth_of(texts)
    net = trained([e for e in examples if fifths[e.text] != number])
    folder.mkdir(parents=True, exist_ok=True)
    write(net, folder)
    names = [texts[int(i)].article.id for i in np.flatnonzero(fifths == number)]
    held_texts.write_text("\n".join(names) + "\n", encoding="utf-8")
    held = [i for i, e in enumerate(examples) if fifths[e.text] == number]
    return dict(zip(held, judge(net, [examples[i] for i in held]), strict=True))


def pairs_in(example: Example, judged: Judged, *, tied: float, free: float) -> list[Pair]:
    """The pairs of phrases that the reader would give, as content words: ties, then what the network finds itself."""
    found: list[Pair] = []
    for place in np.argsort(-judged.tied, kind="stable"):
        words = example.found[place]
        if words is not None and not example.denied[place] and judged.tied[place] >= tied:
            found.append((set(words[0]), set(words[1])))
    for place in np.argsort(-judged.free, kind="stable"):
        if judged.free[place] < free:
            break
        cause = set(example.free_words.get(int(example.free.cause[place]), ()))
        effect = set(example.free_words.get(int(example.free.effect[place]), ()))
        if not cause or not effect or cause <= effect or effect <= cause:
            continue
        if not any((cause & c and effect & e) or (cause & e and effect & c) for c, e in found):
            found.append((cause, effect))
    return found


def report(examples: Sequence[Example], texts: Sequence[Text], judged: dict[int, Judged], scorer: Scorer) -> None:
    """The scorer's figures of each set for some floors, then strength and signs."""
    by_text: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i in judged:
        by_text[examples[i].name][examples[i].text].append(i)
    for name, own in by_text.items():
        if not any(texts[t].complete for t in own):
            continue
        for tied, more in product(FLOORS, (0.0, 0.1)):
            rows = [
                [pair for i in own[t] for pair in pairs_in(examples[i], judged[i], tied=tied, free=tied + more)]
                for t in own
            ]
            gold = [[(set(g.cause), set(g.effect)) for g in texts[t].gold] for t in own]
            print(f"{name:14s} tied {tied:.2f} free {tied + more:.2f}  {_figures(gold, rows, scorer)}")
    _report_strength([(examples[i].strength, judged[i]) for i in judged if examples[i].strength >= 0])
    signs = [
        (judged[i].free_raises[place] >= 0.5, bool(examples[i].free_signs[place]))
        for i in judged
        for place in np.flatnonzero(examples[i].free_signs >= 0)
    ]
    print(f"signs of labelled pairs {sum(told == gold for told, gold in signs)}/{len(signs)}")


def _figures(gold: Sequence[list[Pair]], found: Sequence[list[Pair]], scorer: Scorer) -> str:
    once = [[pair for i, pair in enumerate(own) if pair not in own[:i]] for own in found]
    hit = sum(scorer.matched(g, f, False) for g, f in zip(gold, once, strict=True))
    either = sum(scorer.matched(g, f, True) for g, f in zip(gold, once, strict=True))
    count, wanted = sum(map(len, once)), sum(map(len, gold))
    texts = sum(bool(g) and bool(f) for g, f in zip(gold, once, strict=True))
    held = 2 * texts / max(1, sum(map(bool, gold)) + sum(map(bool, once)))
    return (
        f"P {hit / max(1, count):.3f} R {hit / max(1, wanted):.3f} F1 {2 * hit / max(1, count + wanted):.3f}  "
        f"reversed {(either - hit) / max(1, count):.3f}  texts {held:.3f}"
    )


def _report_strength(rows: Sequence[tuple[int, Judged]]) -> None:
    told, scores = [int(j.strength.argmax()) for _, j in rows], {}
    gold = [label for label, _ in rows]
    for number, name in enumerate(STRENGTHS):
        hit = sum(g == t == number for g, t in zip(gold, told, strict=True))
        scores[name] = 2 * hit / max(1, gold.count(number) + told.count(number))
    print(f"strength of sentences {np.mean(list(scores.values())):.3f}", {k: round(v, 3) for k, v in scores.items()})


def main() -> None:
    """Train, write where asked, and print the figures on what was held back."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--write", action="store_true", help="train the package's network")
    parser.add_argument("--folds", type=int, default=0, help="how many networks to train only to measure them")
    parser.add_argument("--keep", type=Path, default=Path(gettempdir()) / "kinetrace-folds")
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.shared)
    texts = [*labelled_texts(arguments.shared, scorer), *own_texts(OWN, scorer)]
    examples = examples_of(texts, scorer)
    print(f"{len(texts)} texts, {len(examples)} units, {sum(len(e.pieces) for e in examples)} word pieces", flush=True)
    judged: dict[int, Judged] = {}
    if arguments.write:
        judged = judged_by_others(examples, texts, 0, PACKAGE, HELD)
    for number in range(min(FIFTHS, arguments.folds)):
        folder = arguments.keep / str(number)
        judged |= judged_by_others(examples, texts, number, folder, folder / "texts.txt")
    if judged:
        report(examples, texts, judged, scorer)


if __name__ == "__main__":
    main()
