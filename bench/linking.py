"""Quality and speed of linking phrases to concepts: `python bench/linking.py [--errors]`.

bench/gold/phrases.jsonl: phrases with the ids that are right for them ("open" for none) and the pole. Half of them is
held: nothing was tuned on it, and `--errors` shows none of it. bench/gold/paraphrases.jsonl: pairs of open phrases that
mean the same or not, on which the merging threshold was chosen, half of them held too.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import numpy.typing as npt

from embeddings.encoder import load_encoder
from graph.linking import Linker
from graph.merging import MERGE_AT, merge_open
from graph.vocabulary import load_vocabulary

GOLD = Path(__file__).parent / "gold"
THRESHOLDS = (0.7, 0.75, 0.8, 0.85, 0.9)


class Phrase(NamedTuple):
    """A phrase with the concept ids that are right for it."""

    phrase: str
    concepts: list[str]
    pole: int
    held: bool


class Pair(NamedTuple):
    """Two open phrases, and whether they mean the same."""

    one: str
    other: str
    same: bool
    held: bool


def main() -> None:
    """Print accuracy, merging and speed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--errors", action="store_true", help="list the wrong ones of the half that may be tuned on")
    started = time.process_time()
    vocabulary = load_vocabulary()
    loaded = time.process_time()
    linker = Linker(vocabulary)
    built = time.process_time()
    print(f"load vocabulary {1e3 * (loaded - started):.0f} ms, build linker {1e3 * (built - loaded):.0f} ms (CPU)")
    phrases = [Phrase(**json.loads(line)) for line in (GOLD / "phrases.jsonl").read_text().splitlines()]
    print_accuracy(linker, phrases, errors=options.parse_args().errors)
    print_merging([Pair(**json.loads(line)) for line in (GOLD / "paraphrases.jsonl").read_text().splitlines()])
    print_speed(linker, phrases)


def print_accuracy(linker: Linker, phrases: list[Phrase], *, errors: bool) -> None:
    """Share of phrases whose concept and pole are right, of each half; for open ones the kind is what counts."""
    for held in (False, True):
        half = [phrase for phrase in phrases if phrase.held == held]
        wrong = [phrase for phrase in half if not is_right(linker, phrase)]
        opened = [phrase for phrase in half if phrase.concepts == ["open"]]
        missed = sum(phrase.concepts == ["open"] for phrase in wrong)
        print(
            f"{'held' if held else 'tuned'} half: accuracy {1 - len(wrong) / len(half):.3f} of {len(half)}"
            f" ({len(opened)} open, {missed} of them linked wrongly)"
        )
        for phrase in wrong if errors and not held else ():
            found = linker.link(phrase.phrase)
            print(f"  {phrase.phrase}: {phrase.concepts} {phrase.pole:+d}, found {found.concept.id} {found.pole:+d}")


def is_right(linker: Linker, phrase: Phrase) -> bool:
    """Whether the phrase links to one of its concepts, with its pole."""
    link = linker.link(phrase.phrase)
    if phrase.concepts == ["open"]:
        return link.concept.kind == "open"
    return link.concept.id in phrase.concepts and link.pole == phrase.pole


def print_merging(pairs: list[Pair]) -> None:
    """Per threshold and half: paraphrases merged, and the share of merges that are wrong."""
    encoder = load_encoder()
    vectors = encoder.encode([text for pair in pairs for text in (pair.one, pair.other)]).reshape(len(pairs), 2, -1)
    for held in (False, True):
        half = [place for place, pair in enumerate(pairs) if pair.held == held]
        same = sum(pairs[place].same for place in half)
        for threshold in THRESHOLDS:
            merged = [place for place in half if merges(pairs[place], vectors[place], threshold)]
            wrong = sum(not pairs[place].same for place in merged)
            print(
                f"{'held' if held else 'tuned'} half, cosine >= {threshold:.2f}{'*' if threshold == MERGE_AT else ' '}:"
                f" {len(merged) - wrong} of {same} paraphrases merged, wrong merges {wrong} of {len(merged)} made"
                f" and of {len(half) - same} pairs that differ"
            )


def merges(pair: Pair, vectors: "npt.NDArray[np.float32]", threshold: float) -> bool:
    """Whether the two phrases become one concept."""
    return bool(merge_open((pair.one, pair.other), vectors, threshold))


def print_speed(linker: Linker, phrases: list[Phrase]) -> None:
    """CPU time of a link, and how much text `mentions` reads in a second."""
    for phrase in phrases:
        linker.link(phrase.phrase)
    started = time.process_time()
    for _ in range(5):
        for phrase in phrases:
            linker.link(phrase.phrase)
    print(f"link: {1e6 * (time.process_time() - started) / 5 / len(phrases):.0f} us a phrase (CPU)")
    articles = Path(__file__).parents[1] / "corpus" / "sample"
    text = "\n\n".join(path.read_text() for path in sorted(articles.glob("*.md")))
    linker.mentions(text)
    started = time.process_time()
    found = linker.mentions(text)
    rate = len(text.encode()) / 1024 / (time.process_time() - started)
    print(f"mentions: {rate:.0f} KB/s of the sample articles, {len(found):,} found in {len(text) // 1024} KB")


if __name__ == "__main__":
    main()
