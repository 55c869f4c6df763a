"""Red flags: signs in a question that want a professional before anything else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.querying import QueryEncoder
from embeddings.words import stem
from graph.vocabulary import RedFlag, Vocabulary

Floats = npt.NDArray[np.float32]

# Words that people put in or leave out of a complaint without changing it.
_FILLER_WORDS = (
    "a an the my your his her our their this that these those i ive im its it is are was were am been be being have"
    " has had really very so just also now still suddenly badly quite always often of to and"
)
_FILLERS = frozenset(_FILLER_WORDS.split())
_SKIPPED = 2
_CLAUSE = re.compile(r"[.;:!?()\n]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEGATIONS = frozenset(("no", "not", "without", "never", "dont", "didnt", "isnt", "wasnt", "havent", "hasnt", "doesnt"))


_WEIGHTS = Path(__file__).parent / "red_flags.npz"
_NONE = "-"
# Probability from which the meaning of a text alone is a red flag: rather one warning too many. And below which even
# the words of one ("a fall marathon", "on steroid injections") are none.
BY_MEANING = 0.25
BY_WORDS = 0.15


@dataclass(frozen=True, slots=True)
class Warned:
    """A red flag that a text names, and its words there: `text[start:end]`, the whole text where the meaning did it."""

    flag: RedFlag
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Weights:
    """A linear model on sentence vectors: `weights` (flags, dim), `bias` (flags,), written for one encoder."""

    model_id: str
    flags: tuple[str, ...]
    weights: Floats
    bias: Floats


def find_red_flags(text: str, vocabulary: Vocabulary, encoder: QueryEncoder | None = None) -> tuple[Warned, ...]:
    """The red flags that a text names, urgent ones first, each once.

    Args:
        text: a question or complaint as typed.
        vocabulary: knows the flags and how people put them.
        encoder: reads meanings that no phrase of the vocabulary covers; without it words alone decide.
    """
    by_words = _by_words(text, vocabulary)
    chances = _chances(text, encoder)
    if not chances:
        return by_words
    danger = 1 - chances[_NONE]
    found = {each.flag.id: each for each in by_words if danger > BY_WORDS}
    likeliest = max((id for id in chances if id in vocabulary.red_flags), key=lambda id: chances[id], default="")
    if not found and danger > BY_MEANING and likeliest:
        found[likeliest] = Warned(vocabulary.red_flags[likeliest], 0, len(text))
    return tuple(sorted(found.values(), key=lambda each: not each.flag.urgent))


def _chances(text: str, encoder: QueryEncoder | None) -> dict[str, float]:
    """The probability of each flag and of none; {} where there is no model for the encoder."""
    model = _weights()
    if encoder is None or encoder.model_id != model.model_id:
        return {}
    values = model.weights @ encoder.encode([text])[0] + model.bias
    powers = np.exp(values - values.max())
    return dict(zip(model.flags, (powers / powers.sum()).tolist(), strict=True))


@cache
def _weights() -> _Weights:
    with np.load(_WEIGHTS, allow_pickle=False) as file:
        return _Weights(str(file["model"]), tuple(file["flags"].tolist()), file["weights"], file["bias"])


def _by_words(text: str, vocabulary: Vocabulary) -> tuple[Warned, ...]:
    found: dict[str, Warned] = {}
    for offset, clause in _clauses(text):
        words = _words(clause, offset)
        for flag in vocabulary.red_flags.values():
            if flag.id not in found and (place := _first_match(words, _compiled(flag.phrases))):
                found[flag.id] = Warned(flag, *place)
    return tuple(sorted(found.values(), key=lambda each: not each.flag.urgent))


def _clauses(text: str) -> list[tuple[int, str]]:
    starts = [0, *(match.end() for match in _CLAUSE.finditer(text))]
    ends = [*(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    return [(start, text[start:end]) for start, end in zip(starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class _Token:
    stem: str
    start: int
    end: int


def _words(text: str, offset: int = 0) -> list[_Token]:
    tokens = [_Token(_normal(match[0]), offset + match.start(), offset + match.end()) for match in _WORD.finditer(text)]
    return [token for token in tokens if token.stem not in _FILLERS]


@lru_cache(maxsize=50_000)
def _normal(word: str) -> str:
    plain = word.lower().replace("’", "").replace("'", "")
    if plain in ("cannot", "couldnt", "cant"):
        return "cant"
    return plain if plain in _FILLERS or plain in _NEGATIONS else stem(plain)


@lru_cache(maxsize=256)
def _compiled(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    compiled = (tuple(token.stem for token in _words(phrase)) for phrase in phrases)
    return tuple(phrase for phrase in compiled if phrase)


def _first_match(words: Sequence[_Token], phrases: Sequence[tuple[str, ...]]) -> tuple[int, int] | None:
    for first, token in enumerate(words):
        for phrase in phrases:
            if phrase[0] != token.stem:
                continue
            last = _match_from(words, first, phrase)
            if last is not None and not _denied(words, first, phrase):
                return words[first].start, words[last].end
    return None


def _match_from(words: Sequence[_Token], first: int, phrase: Sequence[str]) -> int | None:
    """The last word of the phrase when its words stand from here on in order, with at most two others between."""
    place, skipped = first, 0
    for wanted in phrase[1:]:
        place += 1
        while place < len(words) and words[place].stem != wanted:
            place, skipped = place + 1, skipped + 1
            if skipped > _SKIPPED:
                return None
        if place >= len(words):
            return None
    return place


def _denied(words: Sequence[_Token], first: int, phrase: Sequence[str]) -> bool:
    """Whether the word before says that it is not so ("no fever"), unless the phrase itself begins so."""
    return first > 0 and words[first - 1].stem in _NEGATIONS and phrase[0] not in _NEGATIONS
