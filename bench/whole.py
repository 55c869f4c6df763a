"""Measure the reader on whole articles that were annotated by hand: `python -m bench.whole [FILE ...] [--show]`.

A file has one JSON object an article: its path and its claims, each with the character offsets of cause and effect,
sign and certainty. Without a file: bench/gold/whole_articles.jsonl, eight articles of the sample library, and
bench/gold/whole_blogs.jsonl, 54 blogs whose authors marked what they claim. A found claim is right when both its
phrases match those of an annotated one by the measure of ../shared/data/score_claims.py; denied claims count apart.
The second pair of figures counts it as right already when cause shares a word with cause and effect with effect:
annotators cut "tight hamstrings and stiff glutes" as they like. --show lists what is missed and what is found besides.
--reader FILE puts another annotator's marks of the same articles in the place of what Kinetrace finds: how far two
readers agree says how much of a figure is the reader's.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from bench.labelled import Scorer, load_scorer
from corpus.articles import Article
from corpus.reading import read_article
from graph.claims import read_claims
from graph.concepts import Claim
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

GOLD = Path("bench/gold/whole_articles.jsonl")
BLOGS = Path("bench/gold/whole_blogs.jsonl")
# F1 of content words from which two phrases are the same, by ../shared/data/score_claims.py; and any word in common.
MATCHING, TOUCHING = 0.5, 0.01


@dataclass(frozen=True, slots=True)
class Annotated:
    """One claim that a reader marked: content words and text of its phrases, its sign (1 or -1), its certainty."""

    cause: frozenset[str]
    effect: frozenset[str]
    text: tuple[str, str]
    sign: int
    certainty: str


T = TypeVar("T")


@dataclass(frozen=True)
class Compared(Generic[T]):
    """Pairs of annotated and found claims that are the same, and what is left of both."""

    same: list[tuple[Annotated, T]]
    missed: list[Annotated]
    besides: list[T]
    reversed: int


def load_annotated(path: Path, scorer: Scorer) -> list[tuple[Article, list[Annotated]]]:
    """The articles of a file with their annotated claims."""
    loaded = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = read_article(Path(row["article"]))
        loaded.append((article, [_annotated(article, claim, scorer) for claim in row["claims"]]))
    return loaded


def _annotated(article: Article, claim: dict[str, list[int] | str], scorer: Scorer) -> Annotated:
    cause, effect = (article.text[int(claim[side][0]) : int(claim[side][1])] for side in ("cause", "effect"))
    return Annotated(
        frozenset(scorer.words(cause)),
        frozenset(scorer.words(effect)),
        (cause, effect),
        1 if claim["sign"] == "+" else -1,
        str(claim["certainty"]),
    )


def compare(
    gold: Sequence[Annotated], claims: Sequence[Claim], scorer: Scorer, least: float = MATCHING
) -> Compared[Claim]:
    """Each annotated claim with at most one found claim, best first.

    Args:
        least: F1 of the content words that both phrases must reach.
    """

    def words(claim: Claim) -> tuple[set[str], set[str]]:
        return scorer.words(claim.cause.text), scorer.words(claim.effect.text)

    return _compared(gold, claims, words, scorer, least)


def compare_readers(
    gold: Sequence[Annotated], marked: Sequence[Annotated], scorer: Scorer, least: float = MATCHING
) -> Compared[Annotated]:
    """The same for what another annotator marked."""
    return _compared(gold, marked, lambda each: (set(each.cause), set(each.effect)), scorer, least)


def _compared(
    gold: Sequence[Annotated],
    claims: Sequence[T],
    words_of: Callable[[T], tuple[set[str], set[str]]],
    scorer: Scorer,
    least: float,
) -> Compared[T]:
    words = [words_of(claim) for claim in claims]
    fits = sorted(
        (
            (min(scorer.f1(set(g.cause), cause), scorer.f1(set(g.effect), effect)), -i, -j)
            for i, g in enumerate(gold)
            for j, (cause, effect) in enumerate(words)
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for fit, i, j in fits:
        if fit >= least and -i not in taken and -j not in taken.values():
            taken[-i] = -j
    turned = sum(
        any(min(scorer.f1(set(g.cause), effect), scorer.f1(set(g.effect), cause)) >= MATCHING for g in gold)
        for j, (cause, effect) in enumerate(words)
        if j not in taken.values()
    )
    return Compared(
        [(gold[i], claims[j]) for i, j in taken.items()],
        [each for i, each in enumerate(gold) if i not in taken],
        [each for j, each in enumerate(claims) if j not in taken.values()],
        turned,
    )


def compared_articles(linker: Linker, scorer: Scorer) -> Iterator[Compared[Claim]]:
    """Each annotated article of the sample and of the blogs with every claim found there that says something."""
    loaded = [*load_annotated(GOLD, scorer), *load_annotated(BLOGS, scorer)]
    for (_, gold), (_, claims) in zip(loaded, read_claims((a for a, _ in loaded), linker=linker), strict=True):
        yield compare(gold, [claim for claim in claims if not claim.denied], scorer)


def main() -> None:
    """Print precision, recall, signs and certainty of each article and of all."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, default=[GOLD, BLOGS])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--reader", type=Path, help="another annotator's marks of the one file named")
    parser.add_argument("--weights", type=Path, help="folder with the tagger's files, to try others than the package's")
    options = parser.parse_args()
    scorer, linker = load_scorer(options.shared), Linker(load_vocabulary())
    if options.reader:
        _report_agreement(load_annotated(options.files[0], scorer), load_annotated(options.reader, scorer), scorer)
        return
    for path in options.files:
        loaded = load_annotated(path, scorer)
        total: Counter[str] = Counter()
        for (article, gold), (_, claims) in zip(
            loaded, read_claims((a for a, _ in loaded), linker=linker, weights=options.weights), strict=True
        ):
            marked = [each for each in gold if each.certainty != "denied"]
            told = _once([each for each in claims if not each.denied], scorer)
            found = compare(marked, told, scorer)
            counted = _counted(found, lambda claim: (claim.said, claim.certainty.value))
            counted["touching"] = len(compare(marked, told, scorer, TOUCHING).same)
            total += counted
            print(f"{article.id[:38]:38s} {_figures(counted)}")
            if options.show:
                _show(found)
        print(f"{path.name:38s} {_figures(total)}", flush=True)


def _report_agreement(
    first: Sequence[tuple[Article, list[Annotated]]], second: Sequence[tuple[Article, list[Annotated]]], scorer: Scorer
) -> None:
    total: Counter[str] = Counter()
    for (_, gold), (_, marked) in zip(first, second, strict=True):
        own, other = ([each for each in claims if each.certainty != "denied"] for claims in (gold, marked))
        found = compare_readers(own, other, scorer)
        total += _counted(found, lambda marked: (marked.sign, marked.certainty))
        total["touching"] += len(compare_readers(own, other, scorer, TOUCHING).same)
    print(f"{'the other annotator':38s} {_figures(total)}")


def _once(claims: Sequence[Claim], scorer: Scorer) -> list[Claim]:
    """One claim for each pair of content words, as the scorer counts them."""
    kept: dict[tuple[frozenset[str], frozenset[str]], Claim] = {}
    for claim in claims:
        kept.setdefault((frozenset(scorer.words(claim.cause.text)), frozenset(scorer.words(claim.effect.text))), claim)
    return list(kept.values())


def _counted(found: Compared[T], told: Callable[[T], tuple[int, str]]) -> Counter[str]:
    """Counts of what is the same; `told` gives the sign and the certainty of what was found."""
    pairs = [(gold, *told(claim)) for gold, claim in found.same]
    return Counter(
        same=len(found.same),
        missed=len(found.missed),
        besides=len(found.besides),
        reversed=found.reversed,
        signs=sum(gold.sign == sign for gold, sign, _ in pairs),
        certain=sum(gold.certainty == certainty for gold, _, certainty in pairs),
    )


def _figures(counted: Counter[str]) -> str:
    same, found = counted["same"], counted["same"] + counted["besides"]
    return (
        f"P {same / max(1, found):.3f} R {same / max(1, same + counted['missed']):.3f} "
        f"({same} of {same + counted['missed']}, {counted['besides']} besides) "
        f"sharing a word P {counted['touching'] / max(1, found):.3f} "
        f"R {counted['touching'] / max(1, same + counted['missed']):.3f} "
        f"reversed {counted['reversed']} signs {counted['signs'] / max(1, same):.2f} "
        f"certainty {counted['certain'] / max(1, same):.2f}"
    )


def _show(found: Compared[Claim]) -> None:
    for gold in found.missed:
        print(f"    - {gold.text[0]!r} => {gold.text[1]!r} {gold.sign:+d}")
    for claim in found.besides:
        print(f"    + {claim.cause.text!r} => {claim.effect.text!r} {claim.said:+d} [{claim.rule}]")


if __name__ == "__main__":
    main()
