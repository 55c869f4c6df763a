"""The verifier: how likely a tie that the grammar proposes is a claim, learned from labelled text.

A small network over what is known of the tie: rule, lemmas, dependency labels and tags at trigger, cause and effect,
the parser's own token states, static word vectors. `bench/train_claims.py` trains it and writes the weights.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from graph.claims.proposals import Proposal
from graph.claims.spans import Piece
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

BUCKETS = 8192
STATE = 96
LIMIT = 5.0
LONG = 45
_SIGNS = ("+", "-", "better", "worse", "state")
_CERTAINTIES = tuple(Certainty)
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tie:
    """One cause and one effect of a proposal."""

    proposal: Proposal
    cause: Piece
    effect: Piece


def ties_of(proposals: Sequence[Proposal]) -> list[Tie]:
    """Each pair of each proposal, cause by cause."""
    return [Tie(p, cause, effect) for p in proposals for cause in p.causes for effect in p.effects]


@dataclass(frozen=True, slots=True)
class Features:
    """What the network sees of some ties.

    Args:
        dense: (n, d) float32.
        buckets: for each tie the hashed names of its discrete features, each below `BUCKETS`.
    """

    dense: Floats
    buckets: list[list[int]]


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Static vectors of whole words: rows float16, one for each word."""

    rows: npt.NDArray[np.float16]
    index: dict[str, int]

    def of(self, word: str) -> Floats:
        """The vector of a lower-case word, of its longest known beginning, or zeros."""
        for end in range(len(word), max(3, len(word) - 5), -1):
            row = self.index.get(word[:end])
            if row is not None:
                vector: Floats = self.rows[row].astype(np.float32)
                return vector
        return np.zeros(self.rows.shape[1], np.float32)


class Verifier:
    """Judges ties; the weights come from `graph/data/verifier.npz`."""

    def __init__(self, arrays: dict[str, npt.NDArray[np.generic]]) -> None:
        self._arrays = {name: array.astype(np.float32) for name, array in arrays.items() if name[0] == "w"}
        self._vectors = word_vectors(arrays)

    def judge(self, doc: "Doc", ties: Sequence[Tie]) -> Floats:
        """P(the tie is a claim) of each tie, (n,) float32."""
        if not ties:
            return np.zeros(0, np.float32)
        judged: Floats = forward(self._arrays, features_of(doc, ties, self._vectors))
        return judged


@cache
def load_verifier() -> Verifier:
    """The verifier whose weights the package carries."""
    with files("graph").joinpath("data/verifier.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return Verifier({name: arrays[name] for name in arrays.files})


def word_vectors(arrays: dict[str, npt.NDArray[np.generic]]) -> WordVectors:
    """The word vectors among the stored arrays: `vectors` (n, d) and `words`, UTF-8 bytes, one word a line."""
    words = arrays["words"].tobytes().decode("utf-8").split("\n")
    return WordVectors(arrays["vectors"].astype(np.float16), {word: row for row, word in enumerate(words)})


def forward(weights: dict[str, Floats], features: Features) -> Floats:
    """The network: summed bucket vectors beside the dense features, two hidden layers, a logistic."""
    table = weights["w_table"]
    summed = np.stack([table[row].sum(axis=0) for row in features.buckets])
    dense = np.clip((features.dense - weights["w_mean"]) / weights["w_scale"], -LIMIT, LIMIT)
    hidden = np.concatenate([dense, summed], axis=1)
    for layer in ("1", "2"):
        hidden = np.maximum(hidden @ weights[f"w_{layer}"] + weights[f"w_bias_{layer}"], 0)
    logits = (hidden @ weights["w_out"] + weights["w_bias_out"])[:, 0]
    probabilities: Floats = 1 / (1 + np.exp(-logits))
    return probabilities


def features_of(doc: "Doc", ties: Sequence[Tie], vectors: WordVectors) -> Features:
    """What the network sees of the ties of one parsed text."""
    sentence = np.mean([vectors.of(t.lower_) for t in doc if t.is_alpha and not t.is_stop] or [vectors.of("")], axis=0)
    states = (
        np.asarray(doc.tensor, dtype=np.float32)
        if len(doc.tensor) == len(doc)
        else np.zeros((len(doc), STATE), np.float32)
    )
    dense = [_dense(doc, tie, states, vectors, sentence, len(ties)) for tie in ties]
    buckets = [[zlib.crc32(name.encode()) % BUCKETS for name in _names(doc, tie)] for tie in ties]
    return Features(np.stack(dense), buckets)


def _dense(doc: "Doc", tie: Tie, states: Floats, vectors: WordVectors, sentence: Floats, ties: int) -> Floats:
    heads = (tie.proposal.trigger, tie.cause.head, tie.effect.head)
    numbers = _numbers(doc, tie, ties)
    parts = [states[i] for i in heads] + [vectors.of(doc[i].lemma_.lower()) for i in heads]
    return np.concatenate([*parts, sentence, np.asarray(numbers, np.float32)])


def _numbers(doc: "Doc", tie: Tie, ties: int) -> list[float]:
    proposal, cause, effect = tie.proposal, tie.cause, tie.effect
    gaps = (cause.head - proposal.trigger, effect.head - proposal.trigger, effect.head - cause.head)
    return [
        *(float(np.clip(gap, -20, 20)) / 10 for gap in gaps),
        *(float(gap > 0) for gap in gaps),
        min(cause.end - cause.start, 200) / 50,
        min(effect.end - effect.start, 200) / 50,
        min(len(doc), 100) / 25,
        min(ties, 20) / 5,
        float(bool(cause.refers)),
        float(bool(effect.refers)),
        float(len(proposal.causes)),
        float(len(proposal.effects)),
        float(proposal.causes.index(cause)),
        float(proposal.effects.index(effect)),
        float(cause.end - cause.start > LONG),
        float(effect.end - effect.start > LONG),
        *(float(proposal.sign == sign) for sign in _SIGNS),
        *(float(proposal.certainty is certainty) for certainty in _CERTAINTIES),
    ]


def _names(doc: "Doc", tie: Tie) -> Iterator[str]:
    proposal = tie.proposal
    trigger, cause, effect = doc[proposal.trigger], doc[tie.cause.head], doc[tie.effect.head]
    rule, lemma = proposal.rule, trigger.lemma_.lower()
    yield f"rule={rule}"
    yield f"frame={rule.split('/')[0]}"
    yield f"lemma={lemma}"
    yield f"trigger={trigger.tag_}/{trigger.dep_}"
    yield f"rule+dep={rule}/{trigger.tag_}/{trigger.dep_}"
    for name, token in (("cause", cause), ("effect", effect)):
        yield f"{name}={token.lemma_.lower()}"
        yield f"{name}.tag={token.tag_}"
        yield f"{name}.dep={token.dep_}"
        yield f"rule+{name}={rule}/{token.lemma_.lower()}"
        yield f"rule+{name}.tag={rule}/{token.tag_}"
        yield f"lemma+{name}={lemma}/{token.lemma_.lower()}"
        yield f"{name}.path={_path(trigger, token)}"
        yield f"rule+{name}.path={rule}/{_path(trigger, token)}"
        for child in token.children:
            if child.dep_ in ("prep", "amod", "det", "neg", "compound"):
                yield f"{name}.{child.dep_}={child.lemma_.lower()}"
    for child in trigger.children:
        if child.dep_ in ("aux", "auxpass", "neg", "mark", "prep", "prt", "agent", "advmod", "det", "amod"):
            yield f"child={child.dep_}/{child.lemma_.lower()}"
            yield f"rule+child={rule}/{child.dep_}/{child.lemma_.lower()}"
    yield f"head={trigger.head.lemma_.lower()}"
    yield f"rule+head={rule}/{trigger.head.lemma_.lower()}"


def _path(start: "Token", end: "Token") -> str:
    """The dependency labels from one token to another, up and down, at most six."""
    above = {start.i: 0, **{token.i: n + 1 for n, token in enumerate(start.ancestors)}}
    down: list[str] = []
    token = end
    while token.i not in above and len(down) < 6:
        down.append(token.dep_)
        token = token.head
    up = above.get(token.i)
    return f"{'^' * min(up, 6) if up is not None else '?'}{'>'.join(reversed(down))}"
