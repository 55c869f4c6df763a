"""What a heading or a lead-in asks of the list below it: causes, remedies, signs, effects, what is of no use.

"Why does it hurt?", "The usual suspects:", "What finally worked for me". Words alone don't tell, so a linear model
reads their runs and what the tagger's layers make of them. `bench/train_headings.py` trains it.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal, get_args

import numpy as np

from graph.claims.tagger import Floats, Tagger
from graph.words import tokens_of

Kind = Literal["causes", "remedies", "signs", "effects", "useless", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WEIGHTS = files("graph").joinpath("data", "headings.npz")
# What is less likely than this asks for nothing; `bench/train_headings.py` prints how often the rest is right.
LIKELY = 0.5
DENYING = re.compile(
    r"\b(?:not|no(?! more than)|never|less|myths?|should|bother|matters?|stop|when to|see a|avoid doing)\b|n['’]t\b",
    re.IGNORECASE,
)
# Words that by themselves often ask for one kind; they weigh in with the others.
_MENDING = (
    r"(?:\w+ )?(?:calm|ease|relieve|reduce|prevent|avoid|fix|stop|treat|beat|manage|cure|loosen|soothe|help|improve|"
    r"settle|correct|release|heal|mend|get rid)"
)
_OFTEN: dict[str, re.Pattern[str]] = {
    "causes": re.compile(
        r"\b(?:why|(?:common |main |possible |likely )?(?:causes|reasons|culprits|triggers|risk factors)|"
        r"what(?:'s| is)? (?:causes|causing|raises|increases|triggers|aggravates|brings|makes|leads|behind)|"
        r"who (?:gets|is at risk|suffers)|where (?:it|they|the pain) comes? from)\b",
        re.IGNORECASE,
    ),
    "remedies": re.compile(
        rf"^\W*to (?:lower|cut|protect|{_MENDING})\b|"
        rf"\b(?:ways? to {_MENDING}|how (?:to|do (?:you|i|we)|can (?:you|i|we)) {_MENDING}|"
        r"what (?:really |finally |actually )?(?:(?:has |have )?(?:helped|worked)|helps|works|calms|eases|settles|"
        r"soothes|relieves|fixes|loosens|cures|stops|prevents|protects|can help|to do|you can do|i prescribe|to try)|"
        r"what (?:can|could) (?:you|i|we|runners) do|"
        r"(?:exercises|stretches|remedies|treatments?|tips|solutions|fixes) (?:for|to)|treatment|prevention|"
        r"remedies)\b",
        re.IGNORECASE,
    ),
    "signs": re.compile(r"\b(?:symptoms?|signs?|feels? like|how (?:do|can) (?:i|you) (?:know|tell))\b", re.IGNORECASE),
    "effects": re.compile(r"\b(?:benefits?|consequences|complications|side effects|what happens)\b", re.IGNORECASE),
    "useless": DENYING,
}
# "Do tight hamstrings cause back pain?" asks for yes or no.
_YES_OR_NO = re.compile(r"(?:do|does|did|is|are|was|can|could|should|will|would|has|have)\b", re.IGNORECASE)
_NUMBER = re.compile(r"^\W*\d{1,2}\s*[.):–-]\s+")


@dataclass(frozen=True, slots=True)
class _Model:
    """Weights of the runs of words (r, 6) and of what the layers tell (384, 6); their mean and spread; bias (6,)."""

    rows: dict[str, int]
    runs: Floats
    told: Floats
    mean: Floats
    spread: Floats
    bias: Floats


def asks(text: str, tagger: Tagger) -> Kind:
    """What a heading, or a sentence that ends in a colon, asks of what stands below it; "other": nothing likely."""
    text = _NUMBER.sub("", text)
    model = _model()
    rows = [model.rows[run] for run in runs_of(text) if run in model.rows]
    values = model.runs[rows].sum(axis=0) + standing(tagger.gist(text), model.mean, model.spread) @ model.told
    powers = np.exp(values + model.bias - (values + model.bias).max())
    best = int(powers.argmax())
    return KINDS[best] if powers[best] >= LIKELY * powers.sum() else "other"


def runs_of(text: str) -> set[str]:
    """The words of a heading and every two that stand side by side; marks for its ends and what it often asks."""
    last = text.rstrip()[-1:]
    words = ["^", *(token.normal for token in tokens_of(text)), last if last in ("?", ":") else "$"]
    often = {f"<{kind}>" for kind, pattern in _OFTEN.items() if pattern.search(text)}
    polar = {"<yes or no>"} if _YES_OR_NO.match(text) else set[str]()
    return {*often, *polar, *words, *(f"{one} {other}" for one, other in pairwise(words))}


def standing(gist: Floats, mean: Floats, spread: Floats) -> Floats:
    """What the layers tell, (..., 384), each number by how it stands among those of other headings."""
    standard: Floats = (gist - mean) / spread / np.float32(np.sqrt(gist.shape[-1]))
    return standard


@cache
def _model() -> _Model:
    with WEIGHTS.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        found = {name: arrays[name] for name in arrays.files}
    names = found.pop("names").tolist()
    return _Model({run: row for row, run in enumerate(names)}, **{k: v.astype(np.float32) for k, v in found.items()})
