"""Cues: the words that say cause and effect, read from `graph/data/cues.toml`."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Frame = Literal["verb", "noun", "influence", "link", "adjective", "reason", "outcome", "condition"]
SignWord = Literal["+", "-", "better", "worse", "state"]
FRAMES: tuple[Frame, ...] = ("verb", "noun", "influence", "link", "adjective", "reason", "outcome", "condition")


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the cue list.

    Args:
        frame: the grammar that it stands in.
        words: its lemmas in order: verb or noun, object noun, preposition.
        sign: what it does to the effect.
        reversed: its subject is the effect.
        correlated: it says only that two things go together.
        passive_only: it speaks of its passive subject ("is linked to").
        spans: the effect is the object together with the prepositional phrase.
        example, cause, effect: a sentence that must give this claim.
    """

    frame: Frame
    words: tuple[str, ...]
    sign: SignWord
    example: str
    cause: str
    effect: str
    reversed: bool = False
    correlated: bool = False
    passive_only: bool = False
    spans: bool = False

    @property
    def rule(self) -> str:
        """The name that claims and reliabilities carry."""
        return f"{self.frame}/{'-'.join(self.words)}"


@cache
def load_cues() -> tuple[Cue, ...]:
    """Every cue, in the order of the file."""
    table = tomllib.loads(files("graph").joinpath("data/cues.toml").read_text(encoding="utf-8"))
    return tuple(_cue(frame, entry) for frame in FRAMES for entry in table[frame])


def _cue(frame: Frame, entry: Mapping[str, str | bool]) -> Cue:
    return Cue(
        frame=frame,
        words=tuple(str(entry["words"]).split()),
        sign=cast(SignWord, entry["sign"]),
        example=str(entry["example"]),
        cause=str(entry["cause"]),
        effect=str(entry["effect"]),
        reversed=bool(entry.get("reversed", False)),
        correlated=bool(entry.get("correlated", False)),
        passive_only=bool(entry.get("passive_only", False)),
        spans=bool(entry.get("spans", False)),
    )


@cache
def cues_by_first_word(frame: Frame) -> Mapping[str, tuple[Cue, ...]]:
    """The cues of a frame under their first lemma, longest first."""
    found: dict[str, list[Cue]] = defaultdict(list)
    for cue in load_cues():
        if cue.frame == frame:
            found[cue.words[0]].append(cue)
    return {word: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for word, cues in found.items()}


@cache
def correlating() -> frozenset[str]:
    """The rules whose cues say only that two things go together."""
    return frozenset(cue.rule for cue in load_cues() if cue.correlated)


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of one list in `graph/data/claim_words.toml`."""
    table = tomllib.loads(files("graph").joinpath("data/claim_words.toml").read_text(encoding="utf-8"))
    return frozenset(str(table[name]).split())


@cache
def familiar_words() -> Mapping[str, str]:
    """A word that the parser knows for each that it does not, of the same grammar."""
    table = tomllib.loads(files("graph").joinpath("data/claim_words.toml").read_text(encoding="utf-8"))
    return {word: known for known, words in table["familiar"].items() for word in str(words).split()}


@cache
def verb_states() -> Mapping[str, str]:
    """The state that a cue's verb speaks of where its effect is a bare body part."""
    return {word: state for state, words in _table("verb_states").items() for word in words.split()}


@cache
def words_for_states() -> Mapping[str, str]:
    """What clauses say of a body part, as an alternation of expressions, by the state that they mean."""
    return {state: "|".join(each.strip() for each in words.split(",")) for state, words in _table("states").items()}


def _table(name: str) -> Mapping[str, str]:
    table = tomllib.loads(files("graph").joinpath("data/claim_words.toml").read_text(encoding="utf-8"))
    return {str(key): str(value) for key, value in table[name].items()}
