"""Measure the reader of claims on the labelled sets, and fit the reliability of its rules.

usage: python -m bench.claims [--shared ../shared] [--sets pubmedcausal,...] [--rules] [--fit] [--speed] [--held [F]]

Prints for each set precision, recall and F1 of claims with the scorer's own functions, the share of reversed claims
and F1 of saying which texts hold one, beside two regular expressions; then the accuracy of signs, macro-F1 of
strength. --held reads only the texts that the package's network never saw (bench/gold/held.txt): what it was trained
on flatters it. --held F reads those of the networks below folder F (from `python -m bench.train_claims --keep F`),
each with its own network. --fit writes `graph/data/reliability.toml`.
"""

import argparse
import math
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.labelled import (
    HELD,
    PACKAGE,
    SETS,
    Labelled,
    Pair,
    Scorer,
    figures,
    load_scorer,
    load_set,
    read_rows,
    text_article,
)
from bench.whole import MATCHING, compared_articles
from corpus.articles import Article
from graph.claims import read_claims
from graph.concepts import Certainty, Claim
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

RELIABILITY = PACKAGE / "reliability.toml"
FORWARD = re.compile(r"(.*?)\b(?:causes?|caused|leads? to|led to|results? in|resulted in|increases?|reduces?)\b(.*)")
BACKWARD = re.compile(r"(.*?)\b(?:caused by|due to|because(?: of)?|results? from|resulted from)\b(.*)")


@dataclass(frozen=True, slots=True)
class Fold:
    """A network below the folder of `--held`, and the ids of the texts that it never saw."""

    weights: Path
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim's text, the rule that found it, where its cue stands, and whether it is right."""

    text: str
    rule: str
    cue: tuple[int, int]
    right: bool


def load_folds(folder: Path | None) -> tuple[Fold, ...]:
    """The folds that `bench.train_claims --keep` wrote; of a file of names, the package's own network."""
    if folder is not None and folder.is_file():
        return (Fold(PACKAGE, frozenset(folder.read_text().split())),)
    places = sorted(folder.iterdir()) if folder is not None else ()
    return tuple(Fold(place, frozenset((place / "texts.txt").read_text().split())) for place in places)


def read_texts(
    articles: Sequence[Article], linker: Linker, folds: Sequence[Fold]
) -> tuple[list[int], list[tuple[Claim, ...]]]:
    """Which texts were read, and the claims of each: all by the package's network, or each fold's by its own."""
    if not folds:
        return list(range(len(articles))), [claims for _, claims in read_claims(articles, linker=linker)]
    places, claims = [], []
    for fold in folds:
        own = [i for i, article in enumerate(articles) if article.id in fold.texts]
        places += own
        read = read_claims((articles[i] for i in own), linker=linker, weights=fold.weights)
        claims += [found for _, found in read]
    return places, claims


def some_of(labelled: Labelled, places: Sequence[int]) -> Labelled:
    """The set with these texts only."""
    return Labelled(
        labelled.name,
        tuple(labelled.articles[i] for i in places),
        tuple(labelled.gold[i] for i in places),
        tuple(labelled.rows[i] for i in places),
    )


def pairs_of(claims: Iterable[Claim], scorer: Scorer) -> list[Pair]:
    """What the scorer compares of the claims: content words of causes and effects, denied ones left out, once each."""
    found: list[Pair] = []
    for claim in claims:
        pair = (scorer.words(claim.cause.text), scorer.words(claim.effect.text))
        if not claim.denied and pair not in found:
            found.append(pair)
    return found


def two_regexes(text: str, scorer: Scorer) -> list[Pair]:
    """The baseline: the words to both sides of the first cue, as far as the next comma or full stop."""
    for pattern, swapped in ((BACKWARD, True), (FORWARD, False)):
        match = pattern.match(text)
        if match is not None:
            before = re.split(r"[,.;]", match.group(1))[-1]
            after = re.split(r"[,.;]", match.group(2))[0]
            sides = scorer.words(before), scorer.words(after)
            return [(sides[1], sides[0]) if swapped else sides]
    return []


def judged_claims(
    claims: Sequence[Claim], gold: Sequence[tuple[frozenset[str], frozenset[str]]], scorer: Scorer
) -> list[Judged]:
    """The claims of one text that say something, each right or wrong."""
    judged = []
    for claim in claims:
        if not claim.denied:
            cause, effect = scorer.words(claim.cause.text), scorer.words(claim.effect.text)
            right = any(min(scorer.f1(set(c), cause), scorer.f1(set(e), effect)) >= MATCHING for c, e in gold)
            judged.append(Judged(claim.article, claim.rule, (claim.cue.start, claim.cue.end), right))
    return judged


def list_members(judged: Iterable[Judged]) -> int:
    """How many wrong claims come from the cue of a right one: further members of a list that the set labels once."""
    cues: dict[tuple[str, tuple[int, int]], Counter[bool]] = defaultdict(Counter)
    for each in judged:
        cues[each.text, each.cue][each.right] += 1
    return sum(count[False] for count in cues.values() if count[True])


def sign_accuracy(shared: Path, linker: Linker, scorer: Scorer, folds: Sequence[Fold]) -> tuple[int, int]:
    """Of the claims found between a food and its disease, how many have the right sign."""
    rows = read_rows(shared, "help_or_harm")
    articles = [text_article(str(row["text"]), f"food-{i}") for i, row in enumerate(rows)]
    right = found = 0
    for i, claims in zip(*read_texts(articles, linker, folds), strict=True):
        row = rows[i]
        named = [claim for claim in claims if not claim.denied and _names(claim, row, scorer)]
        if named and row["raises"] != row["lowers"]:
            nearest = max(named, key=lambda claim: _fit(claim, row, scorer))
            # A claim's sign is between concepts: "bone loss" is the other pole of bone health.
            links = linker.link(str(row["cause"])), linker.link(str(row["effect"]))
            own = nearest.cause_concept, nearest.effect_concept
            poles = math.prod(link.pole for link, id in zip(links, own, strict=True) if link.concept.id == id)
            found += 1
            right += nearest.sign == (1 if row["raises"] else -1) * poles
    return right, found


def _fit(claim: Claim, row: dict[str, object], scorer: Scorer) -> float:
    return min(
        scorer.f1(scorer.words(str(row[side])), scorer.words(phrase.text))
        for side, phrase in (("cause", claim.cause), ("effect", claim.effect))
    )


def _names(claim: Claim, row: dict[str, object], scorer: Scorer) -> bool:
    cause, effect = scorer.words(str(row["cause"])), scorer.words(str(row["effect"]))
    return bool(cause & scorer.words(claim.cause.text)) and bool(effect & scorer.words(claim.effect.text))


def strength(shared: Path, linker: Linker, folds: Sequence[Fold]) -> str:
    """Macro-F1 of none, direct, conditional and correlational."""
    rows = read_rows(shared, "strength")
    articles = [text_article(str(row["text"]).strip('"'), f"strength-{i}") for i, row in enumerate(rows)]
    places, claims = read_texts(articles, linker, folds)
    return macro_f1([str(rows[i]["label"]) for i in places], [_strength(own) for own in claims])


def _strength(claims: Sequence[Claim]) -> str:
    kinds = {claim.certainty for claim in claims}
    if Certainty.ASSERTED in kinds or Certainty.DENIED in kinds:
        return "direct"
    if Certainty.CORRELATED in kinds:
        return "correlational"
    if Certainty.HEDGED in kinds:
        return "conditional"
    return "none"


def macro_f1(gold: Sequence[str], told: Sequence[str]) -> str:
    """The mean F1 of the labels, and each."""
    scores = {}
    for label in sorted(set(gold)):
        hit = sum(g == t == label for g, t in zip(gold, told, strict=True))
        scores[label] = 2 * hit / max(1, gold.count(label) + told.count(label))
    each = "  ".join(f"{label} {score:.3f}" for label, score in scores.items())
    return f"{sum(scores.values()) / len(scores):.3f}  ({each})"


def fitted_odds(articles: Counter[bool], labelled: Counter[bool]) -> float:
    """The one factor on the odds that carries reliabilities from the labelled sets over to articles."""
    return (articles[True] / max(1, articles[False])) * (labelled[False] / max(1, labelled[True]))


def by_hand(linker: Linker, scorer: Scorer) -> Counter[bool]:
    """How many of the claims that are found in the annotated whole articles are right."""
    counts = Counter[bool]()
    for found in compared_articles(linker, scorer):
        counts.update({True: len(found.same), False: len(found.besides)})
    return counts


def write_reliability(counts: dict[str, Counter[bool]], articles: Counter[bool], source: str) -> None:
    """Right and wrong of each rule and of each family of rules, for `graph/belief.py`."""
    families: dict[str, Counter[bool]] = defaultdict(Counter)
    for rule, count in counts.items():
        families[rule.partition("/")[0]].update(count)
    all_labelled = sum(counts.values(), Counter[bool]())
    lines = [
        "# How often the claims of each rule are right on the labelled sets.",
        "",
        "[fit]",
        f'source = "{source}"',
        "",
        "[model]",
        "# The labelled sets mark their own kind of claims. Of those found in the whole articles of bench/gold/",
        f"# whole_articles.jsonl and whole_blogs.jsonl {articles[True]} of {articles.total()} are annotated ones.",
        f"odds = {fitted_odds(articles, all_labelled):.2f}",
        "",
        "[rules]",
    ]
    for rule, count in sorted({**families, **counts}.items()):
        lines.append(f'"{rule}" = {{right = {count[True]}, wrong = {count[False]}}}')
    RELIABILITY.write_text("\n".join(lines) + "\n", encoding="utf-8")


def speed(sets: Sequence[Labelled], linker: Linker) -> str:
    """Reading against the bare parse of the same sentences, in one process."""
    from graph.claims.headings import units_of
    from graph.claims.parsing import load_pipeline, straighten

    articles = [article for labelled in sets for article in labelled.articles[:150]]
    texts = [straighten(unit.text) for article in articles for unit in units_of(article)]
    pipeline = load_pipeline()
    bare = _seconds(lambda: list(pipeline.pipe(texts, batch_size=128)))
    whole = _seconds(lambda: list(read_claims(articles, linker=linker)))
    return f"{len(texts)} sentences: bare parse {bare:.2f} s, reading {whole:.2f} s, ratio {whole / bare:.2f}"


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the tables; write the fit where asked."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--rules", action="store_true", help="right and wrong of each rule")
    parser.add_argument("--fit", action="store_true", help=f"write {RELIABILITY}")
    parser.add_argument("--held", type=Path, nargs="?", const=HELD, help="only texts that the network never saw")
    parser.add_argument("--speed", action="store_true", help="only the speed")
    arguments = parser.parse_args()
    scorer, linker = load_scorer(arguments.shared), Linker(load_vocabulary())
    sets = [load_set(arguments.shared, name, scorer) for name in arguments.sets.split(",")]
    if arguments.speed:
        print(speed(sets, linker))
        return
    folds = load_folds(arguments.held)
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for whole in sets:
        places, claims = read_texts(whole.articles, linker, folds)
        labelled = some_of(whole, places)
        baseline = [two_regexes(article.text, scorer) for article in labelled.articles]
        print(f"{labelled.name:14s} two regexes  {figures(labelled, baseline, scorer)}")
        found = [pairs_of(own, scorer) for own in claims]
        print(f"{'':14s} kinetrace    {figures(labelled, found, scorer)}", flush=True)
        each_text = zip(claims, labelled.gold, strict=True)
        judged = [each for own, gold in each_text for each in judged_claims(own, gold, scorer)]
        print(f"{'':14s} {list_members(judged)} of the wrong are further members of a list whose other member is right")
        for each in judged:
            counts[each.rule][each.right] += 1
    right, found_signs = sign_accuracy(arguments.shared, linker, scorer, folds)
    print(f"signs (help_or_harm)  {right}/{found_signs} = {right / max(1, found_signs):.3f}")
    print(f"strength macro-F1     {strength(arguments.shared, linker, folds)}")
    if arguments.rules:
        for rule, count in sorted(counts.items(), key=lambda item: -item[1].total()):
            print(f"  {rule:30s} right {count[True]:5d}  wrong {count[False]:5d}")
    if arguments.fit:
        source = "python -m bench.claims --fit --held" if folds else "python -m bench.claims --fit"
        write_reliability(counts, by_hand(linker, scorer), f"{source}, on {arguments.sets}")


if __name__ == "__main__":
    main()
