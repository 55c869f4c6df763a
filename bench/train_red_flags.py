"""Trains the red-flag reader's weights: answer/red_flags.npz.

    python bench/train_red_flags.py

A linear model on the sentence vector, trained on the complaints of training/red_flags.txt, the phrases of the
vocabulary and everyday names of concepts. The question lists of bench/gold are not looked at.
"""

from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from answer.red_flags import find_red_flags
from embeddings.encoder import load_encoder
from graph.vocabulary import Vocabulary, load_vocabulary

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "answer" / "red_flags.npz"
NONE = "-"
STRENGTH = 10.0
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


def main() -> None:
    """Writes the weights and prints how well the model knows its own examples, five parts held out in turn."""
    vocabulary = load_vocabulary()
    written = _written()
    listed = _from_vocabulary(vocabulary)
    encoder = load_encoder()
    written_vectors = encoder.encode([text for _, text in written])
    listed_vectors = encoder.encode([text for _, text in listed])
    wrong = 0
    for part in range(5):
        held = np.arange(len(written)) % 5 == part
        kept = [example for example, out in zip(written, held, strict=True) if not out]
        model = _fit(kept + listed, np.concatenate((written_vectors[~held], listed_vectors)))
        told = model.predict(written_vectors[held]) != NONE
        asked = np.array([flag != NONE for (flag, _), out in zip(written, held, strict=True) if out])
        wrong += int((told != asked).sum())
    print(f"{len(written)} complaints, {wrong} told wrongly when held out")
    model = _fit(written + listed, np.concatenate((written_vectors, listed_vectors)))
    np.savez(
        OUTPUT,
        model=np.array(encoder.model_id),
        flags=np.array(model.classes_.tolist()),
        weights=model.coef_.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )


def _written() -> list[tuple[str, str]]:
    lines = (HERE / "training" / "red_flags.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("|", 1) for line in lines if line and not line.startswith("#"))
    return [(flag, text) for flag, text in pairs]


def _from_vocabulary(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    flagged = [(flag.id, phrase) for flag in vocabulary.red_flags.values() for phrase in flag.phrases]
    plain = [
        (NONE, name)
        for table in (vocabulary.behaviours, vocabulary.remedies, vocabulary.outcomes, vocabulary.structures)
        for entry in table.values()
        for name in (entry.name, *entry.aliases[:2])
    ]
    asked = [(NONE, f"{ask} {name}") for ask, (_, name) in zip(("what helps", "why") * len(plain), plain, strict=False)]
    return flagged + plain + asked + [(NONE, text) for text in _everyday(vocabulary)]


def _everyday(vocabulary: Vocabulary) -> list[str]:
    """Complaints about each body part that everybody has: what most people type, and no red flag."""
    parts = [name for entry in vocabulary.structures.values() for name in (entry.name, *entry.aliases[:2])]
    texts = [form.format(part) for part in parts for form in EVERYDAY]
    return [text for text in texts if not find_red_flags(text, vocabulary)]


def _fit(examples: list[tuple[str, str]], vectors: np.ndarray) -> LogisticRegression:
    weights = np.array([3.0 if len(text.split()) > 3 else 1.0 for _, text in examples])
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    return model.fit(vectors, np.array([flag for flag, _ in examples]), sample_weight=weights)


if __name__ == "__main__":
    main()
