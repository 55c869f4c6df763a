"""What a sentence counts up of the one before: "Many things cause back pain. These include weak glutes."."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.claims.arguments import child_of
from graph.claims.certainty import certainty_of
from graph.claims.context import Context, placed
from graph.claims.cues import word_list
from graph.claims.spans import Piece, pieces_of
from graph.claims.units import Found, Unit
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_POINTING = ("they", "these", "those", "this", "some")
_SUFFERING = ("have", "feel", "notice", "experience", "get", "develop", "see", "suffer")
_ALSO = ("also", "even")


def included(unit: Unit, doc: "Doc", context: Context) -> Iterator[Found]:
    """The claims of the sentence before about what this one counts up.

    Of "They include yoga and tai chi." with yoga and tai chi for their causes, of "You may also have a headache." with
    a headache for their effect.
    """
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    told = context.told if context.told and context.told[-1].end <= unit.start else ()
    if root is None or not told or unit.question or unit.heading:
        return
    subjects = {place.start for place in context.subject}
    last = [found for found in told if found.cue_start == told[-1].cue_start]
    last = [found for found in last if not found.cause.reading or found.cause.start in subjects]
    counted = placed(_counted(root), unit)
    for found in _once(last, "effect"):
        hedged = Certainty.HEDGED if found.certainty is Certainty.DENIED else found.certainty
        yield from (replace(found, cause=each, end=unit.end, certainty=hedged) for each in counted)
    suffered = placed(_suffered(root), unit)
    if suffered and all(found.sign in ("+", "worse") and found.cause.start < found.effect.start for found in last):
        certainty = certainty_of(root)
        for found in _once(last, "cause"):
            yield from (replace(found, effect=each, end=unit.end, sign="+", certainty=certainty) for each in suffered)


def _once(told: Sequence[Found], side: str) -> list[Found]:
    """One of the claims for each of their causes, or of their effects."""
    return list({getattr(found, side).start: found for found in told}.values())


def _counted(root: "Token") -> list[Piece]:
    subject, listed = child_of(root, "nsubj"), child_of(root, "dobj", "attr")
    if root.lemma_ not in ("include", "range") or subject is None or subject.lower_ not in _POINTING or listed is None:
        return []
    return pieces_of(listed)


def _suffered(root: "Token") -> list[Piece]:
    subject, felt = child_of(root, "nsubj"), child_of(root, "dobj")
    also = any(child.lower_ in _ALSO for child in root.children)
    someone = subject is not None and (subject.lower_ == "you" or subject.lower_ in word_list("persons"))
    may = any(child.lower_ in ("may", "might", "can", "could") for child in root.children)
    if root.lemma_ not in _SUFFERING or not (also and someone and may) or felt is None:
        return []
    return pieces_of(felt)
