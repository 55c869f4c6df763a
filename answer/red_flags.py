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
# The same for a part of a longer text, which asks for help with other things beside: "what helps my sore back now that
# I can't feel my groin?" as a whole is a question on sore backs. A part alone tells less, so it has to be plainer.
PART_BY_MEANING = 0.95
PART_BY_WORDS, AROUND_WORDS = 0.5, 0.3
_AROUND = 5
_SHORTEST_PART, _MOST_PARTS = 3, 12
_PARTING = re.compile(r"[.;:!?,()\n]+|\b(?:and|but|now that|since|when|because|after|while|so)\b", re.IGNORECASE)


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
    if encoder is None or encoder.model_id != _weights().model_id:
        return by_words
    parts = _parts(text)
    around = [_words_around(text, each) for each in by_words]
    whole, *others = _chances((text, *parts, *around), encoder)
    danger, by_part, by_words_around = 1 - whole[_NONE], others[: len(parts)], others[len(parts) :]
    named = [part for part, chances in zip(parts, by_part, strict=True) if 1 - chances[_NONE] > PART_BY_WORDS]
    found = {
        each.flag.id: each
        for each, near in zip(by_words, by_words_around, strict=True)
        if danger > BY_WORDS
        or 1 - near[_NONE] > AROUND_WORDS
        or any(text[each.start : each.end] in part for part in named)
    }
    plainest = min(by_part, key=lambda chances: chances[_NONE], default=whole)
    meant = whole if danger > BY_MEANING else plainest if 1 - plainest[_NONE] > PART_BY_MEANING else {}
    likeliest = max((id for id in meant if id in vocabulary.red_flags), key=lambda id: meant[id], default="")
    if not found and likeliest:
        found[likeliest] = Warned(vocabulary.red_flags[likeliest], 0, len(text))
    return tuple(sorted(found.values(), key=lambda each: not each.flag.urgent))


def _parts(text: str) -> list[str]:
    """The parts of a text that tells or asks several things; none of one that does not."""
    parts = [part.strip() for part in _PARTING.split(text) if len(part.split()) >= _SHORTEST_PART]
    return parts[:_MOST_PARTS] if len(parts) > 1 else []


def _words_around(text: str, warned: Warned) -> str:
    words = [match.span() for match in re.finditer(r"\S+", text)]
    inside = [place for place, (start, end) in enumerate(words) if start < warned.end and warned.start < end]
    first, last = max(0, inside[0] - _AROUND), min(len(words) - 1, inside[-1] + _AROUND)
    return text[words[first][0] : words[last][1]]


def _chances(texts: Sequence[str], encoder: QueryEncoder) -> list[dict[str, float]]:
    """The probability of each flag and of none, for each text."""
    model = _weights()
    values = encoder.encode(texts) @ model.weights.T + model.bias
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return [dict(zip(model.flags, row, strict=True)) for row in shares.tolist()]


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
