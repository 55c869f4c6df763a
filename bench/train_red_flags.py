"""Trains the red-flag reader's weights: answer/red_flags.npz.

    python bench/train_red_flags.py

Two linear models on sentence vectors, one of whole texts and one of runs of their words, and how both count together.
Trained on the complaints of training/red_flags.txt, on training/red_flags.jsonl (questions that name a sign in the
middle of something else, with the words that name it, and as many that only come near one), on the phrases of the
vocabulary, everyday names of concepts and ordinary questions of the development lists. The lists of red flags in
bench/gold are not looked at.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from answer.red_flags import features, find_red_flags, runs_of
from embeddings.encoder import load_encoder
from graph.vocabulary import Vocabulary, load_vocabulary

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "answer" / "red_flags.npz"
NONE = "-"
RUN_STRENGTH, WHOLE_STRENGTH = 30.0, 10.0
# How much a text counts: short complaints are few and plain; a phrase of the vocabulary is hardly a complaint.
COMPLAINT, PHRASE = 4.0, 0.5
FOLDS = 4
ORDINARY = ("questions", "questions_more")
EVERYDAY = (
    "{} pain",
    "sore {}",
    "my {} hurts",
    "why does my {} hurt when I run?",
    "stiff {} in the morning",
    "tight {} after a long run",
    "dull ache in the {}",
    "tired {} all week",
    "what helps against {} pain?",
)

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Told:
    """A text, the flag that it names or none, the half-open characters that name it, and how much it counts.

    Only what people would type as it is (`asked`) tells how both models count together.
    """

    text: str
    flag: str
    sign: tuple[int, int] | None
    weight: float = 1.0
    asked: bool = True


def main() -> None:
    """Writes the weights and prints how well the model knows its own examples, a quarter held out in turn."""
    told = [*_complaints(), *_stories(), *_ordinary(), *_from_vocabulary(load_vocabulary())]
    encoder = load_encoder()
    texts = sorted({text for each in told for text, _ in _runs(each)})
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    asked = np.array([each.asked for each in told])
    fold = np.where(asked, np.random.default_rng(0).integers(0, FOLDS, len(told)), -1)
    known = np.zeros((len(told), 3))
    for part in range(FOLDS):
        whole, run = _models([each for each, own in zip(told, fold, strict=True) if own != part], vectors)
        for place in np.flatnonzero(fold == part):
            known[place] = _features(told[place], whole, run, vectors)
    flagged = np.array([each.flag != NONE for each in told])
    mix = LogisticRegression(C=1.0).fit(known[asked], flagged[asked])
    warned = mix.predict(known[asked])
    hit = int((warned & flagged[asked]).sum())
    print(
        f"{asked.sum()} texts, held out in turn: recall {hit / flagged[asked].sum():.3f}, "
        f"precision {hit / warned.sum():.3f} at even odds"
    )
    whole, run = _models(told, vectors)
    np.savez(
        OUTPUT,
        model=np.array(encoder.model_id),
        flags=np.array(whole.classes_.tolist()),
        whole_weights=whole.coef_.astype(np.float32),
        whole_bias=whole.intercept_.astype(np.float32),
        run_weights=run.coef_.astype(np.float32),
        run_bias=run.intercept_.astype(np.float32),
        mix=mix.coef_[0].astype(np.float32),
        mix_bias=mix.intercept_[0].astype(np.float32),
    )


def _models(told: list[Told], vectors: dict[str, Floats]) -> tuple[LogisticRegression, LogisticRegression]:
    """The models of whole texts and of runs; both know the same flags."""
    weights = [each.weight for each in told]
    whole = LogisticRegression(C=WHOLE_STRENGTH, max_iter=400).fit(
        np.array([vectors[each.text] for each in told]), [each.flag for each in told], sample_weight=weights
    )
    runs = [(text, flag, each.weight) for each in told for text, flag in _runs(each) if flag is not None]
    run = LogisticRegression(C=RUN_STRENGTH, max_iter=400).fit(
        np.array([vectors[text] for text, _, _ in runs]),
        [flag for _, flag, _ in runs],
        sample_weight=[weight for _, _, weight in runs],
    )
    return whole, run


def _runs(told: Told) -> list[tuple[str, str | None]]:
    """The runs of a text with the flag that each names; None where a run has a part of the sign and can't be told."""
    spans = runs_of(told.text)
    if told.sign is None:
        return [(told.text[start:end], NONE) for start, end in spans]
    first, last = told.sign
    runs: list[tuple[str, str | None]] = [(told.text[first:last], told.flag)]
    for start, end in spans:
        shared = max(0, min(end, last) - max(start, first))
        named = (shared >= 0.9 * (last - first) and end - start < len(told.text)) or shared > 0.95 * (end - start)
        runs.append((told.text[start:end], told.flag if named else NONE if not shared else None))
    return runs


def _features(told: Told, whole: LogisticRegression, run: LogisticRegression, vectors: dict[str, Floats]) -> Floats:
    rows = np.array([vectors[told.text[start:end]] for start, end in runs_of(told.text)])
    none = list(whole.classes_).index(NONE)
    return features(1 - whole.predict_proba(rows[:1])[:, none], 1 - run.predict_proba(rows)[:, none])


def _complaints() -> list[Told]:
    lines = (HERE / "training" / "red_flags.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("|", 1) for line in lines if line and not line.startswith("#"))
    return [Told(text, flag, None if flag == NONE else (0, len(text)), COMPLAINT) for flag, text in pairs]


def _stories() -> list[Told]:
    rows = (json.loads(line) for line in (HERE / "training" / "red_flags.jsonl").read_text().splitlines())
    return [Told(row["question"], row["flag"], _place(row["question"], row["sign"])) for row in rows]


def _place(text: str, sign: str) -> tuple[int, int] | None:
    start = text.find(sign)
    return (start, start + len(sign)) if sign else None


def _ordinary() -> list[Told]:
    files = (HERE / "gold" / f"{name}.jsonl" for name in ORDINARY)
    rows = (json.loads(line) for file in files for line in file.read_text().splitlines())
    return [Told(row["question"], NONE, None) for row in rows if not row["held"]]


def _from_vocabulary(vocabulary: Vocabulary) -> list[Told]:
    flagged = [
        Told(phrase, flag.id, (0, len(phrase)), PHRASE, asked=False)
        for flag in vocabulary.red_flags.values()
        for phrase in flag.phrases
    ]
    names = [
        name
        for table in (vocabulary.behaviours, vocabulary.remedies, vocabulary.outcomes, vocabulary.structures)
        for entry in table.values()
        for name in (entry.name, *entry.aliases[:2])
    ]
    asked = [f"{ask} {name}" for ask, name in zip(("what helps", "why") * len(names), names, strict=False)]
    plain = [*names, *asked, *_everyday(vocabulary)]
    return flagged + [Told(text, NONE, None, PHRASE, asked=False) for text in plain]


def _everyday(vocabulary: Vocabulary) -> list[str]:
    """Complaints about each body part that everybody has: what most people type, and no red flag."""
    parts = [name for entry in vocabulary.structures.values() for name in (entry.name, *entry.aliases[:2])]
    texts = [form.format(part) for part in parts for form in EVERYDAY]
    return [text for text in texts if not find_red_flags(text, vocabulary)]


if __name__ == "__main__":
    main()
