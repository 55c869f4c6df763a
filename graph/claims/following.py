"""What becomes of what the sentence before tells: "They tighten up." behind "The hip flexors do all the work."."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

from graph.claims.arguments import child_of
from graph.claims.certainty import certainty_of
from graph.claims.cues import word_list
from graph.claims.runs import is_clause
from graph.claims.spans import clause_pieces, verb_phrase_piece
from graph.claims.units import Found, Placed, Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FOLLOWING_RULE = "outcome/then"
_OPENING = re.compile(
    r"(?:and )?(?:then|so|now|soon|over time|in time|before long|after a while|eventually|next thing)\b,? ",
    re.IGNORECASE,
)
_SELF = ("it", "they")


def following(unit: Unit, doc: "Doc", causes: Sequence[Placed], start: int) -> Iterator[Found]:
    """The claims that what the sentence before tells makes what this one tells.

    Args:
        causes: the effects of the sentence before, or its clause where it claims nothing.
        start: where the quote begins.
    """
    root = next((token for token in doc if token.dep_ == "ROOT" and is_clause(token)), None)
    if root is None or unit.heading or unit.question or not _becomes(root):
        return
    subject = child_of(root, "nsubj", "nsubjpass")
    opening = _OPENING.match(unit.text)
    if subject is None or (opening is None and subject.lower_ not in _SELF):
        return
    if subject.lower_ in _SELF:
        piece = verb_phrase_piece(root)
        pieces = [] if piece is None else [piece]
    else:
        pieces = clause_pieces(root)
    cue = unit.in_article(root.idx, root.idx + len(root))
    for cause, effect in product(causes, pieces):
        span = unit.in_article(effect.start, effect.end)
        if span is None or cue is None:
            continue
        yield Found(
            cause=cause,
            effect=Placed(*span, effect.reading),
            cue_start=cue[0],
            cue_end=cue[1],
            start=min(start, cause.start),
            end=unit.end,
            sign="+",
            certainty=certainty_of(root),
            rule=FOLLOWING_RULE,
        )


def _becomes(root: "Token") -> bool:
    """Whether a clause tells of a change: "they get tired", "your back starts to hurt", "the hip tightens"."""
    told = child_of(root, "xcomp") if root.lemma_ in ("start", "begin") else root
    return told is not None and told.lemma_ in word_list("changing") and told.lemma_ not in word_list("unchanging")
