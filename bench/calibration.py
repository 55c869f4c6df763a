"""Draw how far beliefs mean what they say: `python -m bench.calibration [--held [FOLDER]] [--shared ../shared]`.

A claim is read on the labelled sets (with --held by networks that never saw the text, see bench/claims.py) and is
right or wrong by the scorer's measure. The texts are split in five; the reliability of the rules is fitted on four, and
on the fifth the belief in each claim is compared with how often claims of that belief are right: the calibration curve
and the expected calibration error (Naeini, Cooper and Hauskrecht 2015), ten bins of equal width. Then the same on the
whole articles that were annotated by hand, each article left out in turn when the factor on the odds is fitted.

The factor of an author's certainty ("may") is left out of the comparison: it discounts the author's word, while what is
compared here is whether the reader read it rightly.
"""

import argparse
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.claims import Judged, fitted_odds, judged_claims, load_folds, read_texts, some_of
from bench.labelled import HELD, SETS, load_scorer, load_set
from bench.whole import compared_articles
from graph.belief import BeliefModel, fitted_model
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

BINS = 10
FOLDS = 5


def model_of(judged: Sequence[Judged], odds: float = 1.0) -> BeliefModel:
    """The model that is fitted on some claims."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for each in judged:
        counts[each.rule][each.right] += 1
        counts[each.rule.partition("/")[0]][each.right] += 1
    return fitted_model({rule: (count[True], count[False]) for rule, count in counts.items()}, odds)


def cross_validated(judged: Sequence[Judged]) -> list[tuple[float, bool]]:
    """The belief in each claim from a model that saw nothing of its text, and whether it is right."""
    told = []
    for fold in range(FOLDS):
        model = model_of([each for each in judged if _fold(each) != fold])
        told += [(model.reliability_of(each.rule), each.right) for each in judged if _fold(each) == fold]
    return told


def left_out(judged: Sequence[Judged], labelled: Sequence[Judged]) -> list[tuple[float, bool]]:
    """The same on articles: rules from the labelled sets, the factor on the odds from all other articles."""
    told = []
    for article in sorted({each.text for each in judged}):
        others = Counter(each.right for each in judged if each.text != article)
        model = model_of(labelled, fitted_odds(others, Counter(each.right for each in labelled)))
        told += [(model.reliability_of(each.rule), each.right) for each in judged if each.text == article]
    return told


def _fold(judged: Judged) -> int:
    return zlib.crc32(judged.text.encode()) % FOLDS


def print_curve(name: str, told: Sequence[tuple[float, bool]]) -> None:
    """The calibration curve and its expected error."""
    beliefs, right = np.array([belief for belief, _ in told]), np.array([hit for _, hit in told])
    bins = np.minimum((beliefs * BINS).astype(int), BINS - 1)
    print(f"\n{name}: {len(told)} claims, {right.mean():.3f} right")
    error = 0.0
    for number in range(BINS):
        own = bins == number
        if own.any():
            believed, found = beliefs[own].mean(), right[own].mean()
            error += abs(believed - found) * own.mean()
            print(f"  believed {believed:.2f}  right {found:.2f}  {'#' * round(40 * found):40s} {own.sum()} claims")
    print(f"  expected calibration error {error:.3f}", flush=True)


def main() -> None:
    """Print both curves."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--held", type=Path, nargs="?", const=HELD)
    options = parser.parse_args()
    scorer, linker, folds = load_scorer(options.shared), Linker(load_vocabulary()), load_folds(options.held)
    labelled: list[Judged] = []
    for name in SETS:
        whole = load_set(options.shared, name, scorer)
        places, read = read_texts(whole.articles, linker, folds)
        for gold, claims in zip(some_of(whole, places).gold, read, strict=True):
            labelled += judged_claims(claims, gold, scorer)
    print_curve("labelled sets, five folds", cross_validated(labelled))
    articles: list[Judged] = []
    for found in compared_articles(linker, scorer):
        judged = [(claim, True) for _, claim in found.same] + [(claim, False) for claim in found.besides]
        articles += [Judged(c.article, c.rule, (c.cue.start, c.cue.end), right) for c, right in judged]
    print_curve("whole articles, each left out", left_out(articles, labelled))


if __name__ == "__main__":
    main()
