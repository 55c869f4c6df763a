"""What a question asks for where no pattern fits: a linear model over its words and its meaning, the things it names
masked.

Words alone know only ways to ask that the training had; the sentence vector knows "what drives" for a way to ask what
causes. `python bench/answers.py` prints how many questions of authors that it never saw are read rightly.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.querying import QueryEncoder
from embeddings.words import stem
from graph.mentions import Mention

WEIGHTS = Path(__file__).parent / "intents.npz"
# Stands for whatever concept or unknown thing is named: how one asks does not depend on it.
THING = "x"
LONGEST_RUN = 2
# What the encoder is shown in place of it, and how much its vector, of length 1, counts beside a run of words.
SHOWN = "thing"
MEANING = 3.0
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


@dataclass(frozen=True, slots=True)
class _Model:
    """Weights of runs of words (runs, intents), of the vector (dim, intents), bias (intents,).

    `known` words stand in the questions of the training, `asking` ones in its ways to ask, which name no thing; the
    vector is that of the encoder `model_id`.
    """

    model_id: str
    intents: tuple[str, ...]
    known: frozenset[str]
    asking: frozenset[str]
    rows: dict[str, int]
    weights: npt.NDArray[np.float32]
    meaning: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]


def masked(text: str, mentions: Sequence[Mention]) -> str:
    """A text whose mentions of concepts are each replaced by `THING`."""
    parts, last = [], 0
    for mention in mentions:
        parts += [text[last : mention.start], THING]
        last = mention.end
    return "".join([*parts, text[last:]])


def words_of(text: str) -> list[str]:
    """The stems of the words of a masked text."""
    return [stem(word) for word in _WORD.findall(text.lower().replace("’", "'"))]


def runs(words: Sequence[str], known: frozenset[str]) -> set[str]:
    """The runs of one and two words of a question; things and words that are not known are one `THING`."""
    plain: list[str] = ["^"]
    for word in words:
        kept = word if word in known else THING
        if not (kept == THING and plain[-1] == THING):
            plain.append(kept)
    plain.append("$")
    return {
        " ".join(plain[first : first + length])
        for length in range(1, LONGEST_RUN + 1)
        for first in range(len(plain) - length + 1)
    }


def shown(text: str) -> str:
    """A masked text as the encoder is shown it."""
    return re.sub(rf"\b{THING}\b", SHOWN, text)


def asking_stems() -> frozenset[str]:
    """Stems of words that people ask with, whatever they ask about: "exactly", "please", "consequences"."""
    return _model().asking


def likely_intent(text: str, encoder: QueryEncoder | None = None) -> tuple[str, float]:
    """The likeliest intent of a masked text and its probability.

    Args:
        text: with what it names masked.
        encoder: reads its meaning; without the one that the model was written for, words alone decide.
    """
    model = _model()
    rows = [model.rows[run] for run in runs(words_of(text), model.known) if run in model.rows]
    values = model.weights[rows].sum(axis=0) + model.bias
    if encoder is not None and encoder.model_id == model.model_id:
        values = values + MEANING * encoder.encode([shown(text)])[0] @ model.meaning
    powers = np.exp(values - values.max())
    best = int(powers.argmax())
    return model.intents[best], float(powers[best] / powers.sum())


@cache
def _model() -> _Model:
    with np.load(WEIGHTS, allow_pickle=False) as file:
        rows = {run: row for row, run in enumerate(file["runs"].tolist())}
        return _Model(
            str(file["model"]),
            tuple(file["intents"].tolist()),
            frozenset(file["known"].tolist()),
            frozenset(file["asking"].tolist()),
            rows,
            file["weights"],
            file["meaning"],
            file["bias"],
        )
