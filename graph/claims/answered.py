"""What a question asks and the sentence behind it answers: "Can tight hips cause back pain?" - "Yes, they can."."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.claims.units import Found, Unit
from graph.concepts import Certainty

_OPENING = r"[\W_]*(?:(?:well|honestly|actually|in short|short answer|the short answer(?: is)?|in a word)\W+)*"
_YES = re.compile(
    _OPENING + r"(?:(?P<plain>yes|yep|yeah|yup|absolutely|definitely|certainly|indeed|of course|for sure|"
    r"(?:it|they|this|that) (?:really |certainly |definitely |absolutely )?(?:does|do|is|are|will))|"
    r"(?:it|they|this|that) (?:certainly |definitely |absolutely )?(?:can|may|might|could)|"
    r"sometimes|often|usually|very often|quite often|possibly|probably|maybe|likely|in some cases|"
    r"to some (?:degree|extent))\b(?! not\b|n't\b|n\u2019t\b)",
    re.IGNORECASE,
)
_NO = re.compile(
    _OPENING + r"(?:no\b|nope\b|nah\b|not (?:really|at all|usually|necessarily|exactly|by itself|on its own|quite)\b|"
    r"(?:it|they|this|that) (?:does|do|is|are|can|will)(?: not|n't|n\u2019t|not)\b|unlikely\b|never\b|hardly\b)",
    re.IGNORECASE,
)
_MAY = re.compile(r"\W*(?:can|could|may|might)\b", re.IGNORECASE)


def answered(unit: Unit, question: str, asked: Sequence[Found]) -> Iterator[Found]:
    """The claims of a question with the certainty that the unit behind it gives them; as asked where it gives none."""
    certainty = _answer(unit.text)
    if certainty is Certainty.ASSERTED and _MAY.match(question):
        certainty = Certainty.HEDGED
    for found in asked:
        if certainty is None or found.certainty is not Certainty.SPECULATIVE:
            yield found
        else:
            yield replace(found, certainty=certainty, end=unit.end, holds=1.0)


def _answer(text: str) -> Certainty | None:
    if _NO.match(text):
        return Certainty.DENIED
    yes = _YES.match(text)
    if yes is None:
        return None
    return Certainty.ASSERTED if yes["plain"] else Certainty.HEDGED
