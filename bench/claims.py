"""Measure the reader of claims on the labelled sets, and fit the reliability of its rules.

usage: python -m bench.claims [--shared ../shared] [--sets pubmedcausal,cnc,...] [--rules] [--fit] [--speed]

Prints for each set precision, recall and F1 of claims with the scorer's own functions, the share of reversed claims
and F1 of saying which texts hold one, beside two regular expressions; then the accuracy of signs, macro-F1 of
strength, and F1 of finding negation and speculation. --fit writes `graph/data/reliability.toml`.
"""

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.labelled import SETS, Labelled, Pair, Scorer, figures, load_scorer, load_set, read_rows, text_article
from graph.claims import read_claims
from graph.concepts import Certainty, Claim
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

RELIABILITY = Path("graph/data/reliability.toml")
# Right to wrong among claims of running articles that were read by hand.
ODDS_BY_HAND = (52 + 68) / (16 + 7)
FORWARD = re.compile(r"(.*?)\b(?:causes?|caused|leads? to|led to|results? in|resulted in|increases?|reduces?)\b(.*)")
BACKWARD = re.compile(r"(.*?)\b(?:caused by|due to|because(?: of)?|results? from|resulted from)\b(.*)")


def read_set(labelled: Labelled, linker: Linker) -> list[tuple[Claim, ...]]:
    """The claims of each text of a set."""
    return [claims for _, claims in read_claims(labelled.articles, linker=linker)]


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


def judgements(labelled: Labelled, claims: Sequence[tuple[Claim, ...]], scorer: Scorer) -> dict[str, Counter[bool]]:
    """How often the claims of each rule are right and wrong."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for gold, own in zip(labelled.gold, claims, strict=True):
        for claim in own:
            if claim.denied:
                continue
            cause, effect = scorer.words(claim.cause.text), scorer.words(claim.effect.text)
            right = any(min(scorer.f1(set(c), cause), scorer.f1(set(e), effect)) >= 0.5 for c, e in gold)
            counts[claim.rule][right] += 1
    return counts


def sign_accuracy(shared: Path, linker: Linker, scorer: Scorer) -> tuple[int, int]:
    """Of the claims found between a food and its disease, how many have the right sign."""
    right = found = 0
    for i, row in enumerate(read_rows(shared, "help_or_harm")):
        if row["raises"] == row["lowers"]:
            continue
        [(_, claims)] = read_claims([text_article(str(row["text"]), f"food-{i}")], linker=linker)
        for claim in claims:
            if claim.denied or not _names(claim, row, scorer):
                continue
            found += 1
            right += (claim.sign > 0) == bool(row["raises"])
            break
    return right, found


def _names(claim: Claim, row: dict[str, object], scorer: Scorer) -> bool:
    cause, effect = scorer.words(str(row["cause"])), scorer.words(str(row["effect"]))
    return bool(cause & scorer.words(claim.cause.text)) and bool(effect & scorer.words(claim.effect.text))


def strength(shared: Path, linker: Linker) -> str:
    """Macro-F1 of none, direct, conditional and correlational."""
    told: list[str] = []
    gold: list[str] = []
    rows = read_rows(shared, "strength")
    articles = [text_article(str(row["text"]).strip('"'), f"strength-{i}") for i, row in enumerate(rows)]
    for row, (_, claims) in zip(rows, read_claims(articles, linker=linker), strict=True):
        gold.append(str(row["label"]))
        told.append(_strength(claims))
    return macro_f1(gold, told)


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


def write_reliability(counts: dict[str, Counter[bool]], sets: Sequence[str]) -> None:
    """Right and wrong of each rule and of each family of rules, for `graph/belief.py`."""
    families: dict[str, Counter[bool]] = defaultdict(Counter)
    for rule, count in counts.items():
        families[rule.partition("/")[0]].update(count)
    lines = [
        "# How often the claims of each rule are right on the labelled sets; from `python -m bench.claims --fit`.",
        "",
        "[fit]",
        f'source = "python -m bench.claims --fit on {", ".join(sets)}"',
        "",
        "[model]",
        "# The labelled sets count their style of annotation as error (one pair marked where a text says several).",
        "# Claims of running articles read by hand: 52 of 68 right on six sample articles, 68 of 75 on one other.",
        f"odds = {ODDS_BY_HAND * sum(c[False] for c in counts.values()) / sum(c[True] for c in counts.values()):.2f}",
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
    parser.add_argument("--speed", action="store_true", help="only the speed")
    arguments = parser.parse_args()
    scorer, linker = load_scorer(arguments.shared), Linker(load_vocabulary())
    sets = [load_set(arguments.shared, name, scorer) for name in arguments.sets.split(",")]
    if arguments.speed:
        print(speed(sets, linker))
        return
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for labelled in sets:
        baseline = [two_regexes(article.text, scorer) for article in labelled.articles]
        print(f"{labelled.name:14s} two regexes  {figures(labelled, baseline, scorer)}")
        claims = read_set(labelled, linker)
        found = [pairs_of(own, scorer) for own in claims]
        print(f"{'':14s} kinetrace    {figures(labelled, found, scorer)}", flush=True)
        for rule, count in judgements(labelled, claims, scorer).items():
            counts[rule].update(count)
    right, found_signs = sign_accuracy(arguments.shared, linker, scorer)
    print(f"signs (help_or_harm)  {right}/{found_signs} = {right / max(1, found_signs):.3f}")
    print(f"strength macro-F1     {strength(arguments.shared, linker)}")
    if arguments.rules:
        for rule, count in sorted(counts.items(), key=lambda item: -item[1].total()):
            print(f"  {rule:30s} right {count[True]:5d}  wrong {count[False]:5d}")
    if arguments.fit:
        write_reliability(counts, arguments.sets.split(","))


if __name__ == "__main__":
    main()
