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
# Probability from which a text is taken to name a red flag by its meaning: rather one warning too many. And below which
# even the words of one ("a fall marathon", "on steroid injections") are none.
BY_MEANING = 0.3
BY_WORDS = 0.1
# A sign stands in a few words of a question that asks for other things beside: "what helps my sore back now that I
# can't feel my groin?" as a whole is a question on sore backs. So runs of some words are judged too, each begun some
# words after the one before; of a very long text as many as this.
RUNS = ((5, 2), (9, 3))
_MOST_RUNS = 40
_FOREMOST = 3


@dataclass(frozen=True, slots=True)
class Warned:
    """A red flag that a text names, and its words there: `text[start:end]`."""

    flag: RedFlag
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Linear:
    """A linear model on sentence vectors: `weights` (flags, dim), `bias` (flags,)."""

    weights: Floats
    bias: Floats

    def chances(self, vectors: Floats) -> Floats:
        """The probability of each flag, (n, flags)."""
        values = vectors @ self.weights.T + self.bias
        powers = np.exp(values - values.max(axis=1, keepdims=True))
        chances: Floats = powers / powers.sum(axis=1, keepdims=True)
        return chances


@dataclass(frozen=True, slots=True)
class _Weights:
    """What judges whole texts, what judges runs of their words, and how both count; written for one encoder."""

    model_id: str
    flags: tuple[str, ...]
    whole: _Linear
    run: _Linear
    mix: Floats
    mix_bias: float


def find_red_flags(text: str, vocabulary: Vocabulary, encoder: QueryEncoder | None = None) -> tuple[Warned, ...]:
    """The red flags that a text names, urgent ones first, each once.

    Args:
        text: a question or complaint as typed.
        vocabulary: knows the flags and how people put them.
        encoder: reads meanings that no phrase of the vocabulary covers; without it words alone decide.
    """
    by_words = _by_words(text, vocabulary)
    if encoder is None or encoder.model_id != (model := _weights()).model_id:
        return by_words
    runs = runs_of(text)
    vectors = encoder.encode([text[start:end] for start, end in runs])
    none = model.flags.index(_NONE)
    whole, chances = model.whole.chances(vectors[:1]), model.run.chances(vectors)
    danger = _mixed(np.array([1 - whole[0, none]]), 1 - chances[:, none], model)
    if by_words and danger > BY_WORDS:
        return by_words
    known = [place for place, id in enumerate(model.flags) if id in vocabulary.red_flags]
    if danger <= BY_MEANING or not known:
        return ()
    run, flag = np.unravel_index(int(chances[:, known].argmax()), (len(runs), len(known)))
    return (Warned(vocabulary.red_flags[model.flags[known[int(flag)]]], *runs[int(run)]),)


def runs_of(text: str) -> list[tuple[int, int]]:
    """The whole text, then the runs of its words that are judged, as half-open characters."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    found = {(0, len(text)): None}
    for length, step in RUNS:
        step = max(step, len(words) // _MOST_RUNS)
        for last in range(length, len(words) + step, step) if len(words) > length else ():
            end = min(last, len(words))
            found[words[end - length][0], words[end - 1][1]] = None
    return list(found)


def features(whole: Floats, runs: Floats) -> Floats:
    """What is known of a text's danger, (3,): log odds of its worst run, of its worst three, and of the whole."""
    worst = np.sort(runs)[::-1][:_FOREMOST]
    chances = np.array([worst[0], worst.mean(), whole[0]])
    odds: Floats = np.log((chances + 1e-3) / (1 + 1e-3 - chances))
    return odds


def _mixed(whole: Floats, runs: Floats, model: _Weights) -> float:
    return float(1 / (1 + np.exp(-(features(whole, runs) @ model.mix + model.mix_bias))))


@cache
def _weights() -> _Weights:
    with np.load(_WEIGHTS, allow_pickle=False) as file:
        whole, run = (_Linear(file[f"{name}_weights"], file[f"{name}_bias"]) for name in ("whole", "run"))
        return _Weights(
            str(file["model"]), tuple(file["flags"].tolist()), whole, run, file["mix"], float(file["mix_bias"])
        )


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
