"""Reading of questions, honesty and red flags, measured on the gold lists.

    python bench/answers.py [--library DIR] [--show]

Half of each list is held out: its figures are printed, its single errors never are; `--show` prints those of the other.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from answer.answering import ask
from answer.opened import OpenLibrary, open_library
from answer.red_flags import find_red_flags

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "bench" / "gold"
SAMPLE = ROOT / ".kinetrace" / "sample-library"


@dataclass(frozen=True)
class Asked:
    """A labelled question: `accept` names concepts that do as well as one of `concepts`; `expects` see `_fits`."""

    question: str
    intent: str
    concepts: Sequence[str]
    accept: Mapping[str, Sequence[str]]
    expects: str
    held: bool


@dataclass(frozen=True)
class Complaint:
    """A labelled complaint: whether it names a red flag."""

    question: str
    red_flag: bool
    held: bool


def main() -> None:
    """Prints the figures of both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, default=SAMPLE)
    parser.add_argument("--show", action="store_true", help="print the errors of the half that is not held out")
    parser.add_argument(
        "--show-later", action="store_true", help="print the errors of the later lists: then they are spent"
    )
    options = parser.parse_args()
    library = open_library(options.library)
    questions, more, fresh_questions, later_questions = (
        [Asked(**json.loads(line)) for line in (GOLD / f"{name}.jsonl").read_text().splitlines()]
        for name in ("questions", "questions_more", "questions_fresh", "questions_later")
    )
    complaints, fresh, later = (
        [Complaint(**json.loads(line)) for line in (GOLD / f"{name}.jsonl").read_text().splitlines()]
        for name in ("red_flags", "red_flags_fresh", "red_flags_later")
    )
    stories = [story for name in ("red_flags_inside", "red_flags_mixed") for story in _stories(name)]
    for held in (False, True):
        print("\nheld out" if held else "\ndevelopment")
        _report_questions(library, [each for each in questions if each.held == held], options.show and not held)
        _report_red_flags(library, [each for each in complaints if each.held == held], options.show and not held)
    print("\nmore development, by four other authors")
    _report_questions(library, more, options.show)
    print("\nfresh: not trained on, but looked at once; red flags written before the last training")
    _report_questions(library, fresh_questions, options.show)
    _report_red_flags(library, fresh, False)
    print("\nlater: of two more authors, only counted")
    _report_questions(library, later_questions, options.show_later)
    _report_red_flags(library, later, options.show_later)
    _report_inside(library, [*complaints, *fresh, *later])
    print("\nlonger questions of two more authors, half with a sign in the middle, half with something near one")
    _report_red_flags(library, stories, options.show_later)
    _report_false_alarms(library, [*(each for each in questions if each.held), *fresh_questions, *later_questions])


def _stories(name: str) -> list[Complaint]:
    """Longer questions with the words of the flag that they name, if any."""
    rows = (json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text().splitlines())
    return [Complaint(row["question"], row["flag"] != "-", held=True) for row in rows]


def _report_false_alarms(library: OpenLibrary, ordinary: Sequence[Asked]) -> None:
    """How many ordinary questions get a warning; a handful of them name a sign indeed."""
    vocabulary, encoder = library.linker.vocabulary, library.encoder
    warned = sum(bool(find_red_flags(each.question, vocabulary, encoder)) for each in ordinary)
    print(f"ordinary questions with a warning: {warned} of {len(ordinary)}")


def _report_questions(library: OpenLibrary, questions: Sequence[Asked], show: bool) -> None:
    right = found = missed = extra = 0
    kinds: Counter[tuple[str, str]] = Counter()
    for asked in questions:
        answer = ask(library, asked.question)
        read = answer.question
        right += read.intent == asked.intent
        hit, over = _linked(asked, [concept.id for concept in read.concepts])
        found, missed, extra = found + hit, missed + len(asked.concepts) - hit, extra + over
        kinds[asked.expects, answer.kind] += 1
        if show and (read.intent != asked.intent or hit < len(asked.concepts) or answer.kind != asked.expects):
            ids = [concept.id for concept in read.concepts]
            print(f"  {asked.question!r}: {read.intent} {ids} {answer.kind}; expected {asked}")
    silent = sum(count for (expected, _), count in kinds.items() if expected == "dont-say")
    print(f"intent accuracy            {right / len(questions):.3f} of {len(questions)}")
    print(f"concepts linked            {found / (found + missed):.3f} of {found + missed}, {extra} more than asked for")
    print(f"lacking things not said    {kinds['dont-say', 'dont-say']} of {silent}")
    print(f"kind of answer as expected {sum(n for pair, n in kinds.items() if _fits(*pair)) / len(questions):.3f}")


def _fits(expected: str, kind: str) -> bool:
    """Whether an answer is of the kind expected: "answer" is anything but "dont-say", "any" whatever there is."""
    return expected in (kind, "any") or (expected == "answer" and kind != "dont-say")


def _linked(asked: Asked, ids: Sequence[str]) -> tuple[int, int]:
    left = list(ids)
    for concept in asked.concepts:
        match = next((id for id in left if id in (concept, *asked.accept.get(concept, ()))), None)
        if match is not None:
            left.remove(match)
    return len(ids) - len(left), len(left)


# How people put a complaint: inside a question that asks for something else. Nothing was trained on these.
LONGER = (
    "what helps lower back pain now that {}",
    "my back has been sore since the marathon, and what should i do about it, because {}",
    "is stretching good when {}",
)


def _report_inside(library: OpenLibrary, complaints: Sequence[Complaint]) -> None:
    """The same complaints inside longer questions."""
    inside = [
        Complaint(frame.format(each.question.rstrip("?")), each.red_flag, each.held)
        for each in complaints
        for frame in LONGER
    ]
    print("\ninside longer questions: all complaints of the three lists")
    _report_red_flags(library, inside, False)


def _report_red_flags(library: OpenLibrary, complaints: Sequence[Complaint], show: bool) -> None:
    right = false = missed = 0
    for complaint in complaints:
        warned = bool(find_red_flags(complaint.question, library.linker.vocabulary, library.encoder))
        right += warned and complaint.red_flag
        false += warned and not complaint.red_flag
        missed += complaint.red_flag and not warned
        if show and warned != complaint.red_flag:
            print(f"  red flag {'missed' if complaint.red_flag else 'seen'}: {complaint.question!r}")
    print(f"red flags                  recall {right / (right + missed):.3f}, precision {right / (right + false):.3f}")


if __name__ == "__main__":
    main()
