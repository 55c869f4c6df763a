"""Concept, Phrase and Claim: what a graph is made of."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

ConceptKind = Literal["condition", "behaviour", "remedy", "outcome", "open"]
Sign = Literal[1, -1]


class Certainty(StrEnum):
    """How sure a claim is, in its author's own words; the order is from most to least."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    CORRELATED = "correlated"
    SPECULATIVE = "speculative"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Concept:
    """A node: something that can cause or be caused.

    Args:
        id: "hamstrings/tightness" (condition: structure/state), "overstriding", "open/loud-neighbours".
        kind: what sort of thing it is.
        name: as people say it: "tight hamstrings", "overstriding".
        structure: vocabulary id of the body part, "" where there is none. A remedy names the first it works on.
        state: vocabulary id of the state's first pole, "" where there is none.
    """

    id: str
    kind: ConceptKind
    name: str
    structure: str = ""
    state: str = ""


def open_named(id: str) -> Concept:
    """The open concept of an id: its name is the words of the id ("open/loud-neighbours" -> "loud neighbours")."""
    return Concept(id, "open", id.removeprefix("open/").replace("-", " "))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of an article: `article.text[start:end] == text`; offsets are half-open characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that a cause raises (+1) or lowers (-1) an effect.

    Invariants: `article.text[start:end] == quote`; cause, effect and cue lie inside the quote.

    Args:
        key: stable name: a hash of article id, normalised quote, cause text and effect text. Survives rebuilds.
        article: id of the article.
        quote: the whole sentence, or the run of sentences when "This leads to" reaches back.
        start, end: of the quote in the article's text.
        cause, effect: the author's phrases.
        cue: the words that say cause and effect ("leads to", "due to").
        cause_concept, effect_concept: ids of the concepts that the phrases link to.
        sign: +1 when the cause concept raises the effect concept, after both poles are folded.
        said: the sign of the words as written, before folding: "strong glutes reduce pain" says -1
            and is `glutes/weakness` +1 `lower-back/pain`.
        certainty: in the author's words.
        rule: name of the cue entry or model that found it.
    """

    key: str
    article: str
    quote: str
    start: int
    end: int
    cause: Phrase
    effect: Phrase
    cue: Phrase
    cause_concept: str
    effect_concept: str
    sign: Sign
    said: Sign
    certainty: Certainty
    rule: str

    @property
    def denied(self) -> bool:
        """Whether the author says that it is not so."""
        return self.certainty is Certainty.DENIED
