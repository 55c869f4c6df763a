"""Claims said again of another: "poor sleep slows recovery, and so does smoking", "A doesn't, but B might"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.claims.cues import word_list
from graph.claims.proposals import Proposal
from graph.claims.runs import trimmed
from graph.claims.spans import Piece
from graph.claims.units import Found, Placed, Unit
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AUXILIARIES = word_list("auxiliaries") | {"may", "might", "should"}
_HEDGING = ("may", "might", "could", "can")
_NOT = ("not", "n't")
_ALSO = ("too", "also", "likewise")
_AGAIN = re.compile(
    r"(?:and |but )?so (?P<auxiliary>does|do|did|can|could|may|might|will|is|are|has|have) "
    r"(?:a |an |the |your )?(?P<cause>[^\W\d_][^.,;:!?()]{2,50}?)(?:, [^.,]{3,30})?[.!]*$",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"(?:and |but )?(?:a |an |the |your )?(?P<cause>[^\W\d_][^.,;:!?()]{2,50}?) "
    r"(?P<auxiliary>does|do|did|can do|could do|may do|might do|will do|has|have) "
    r"(?:(?:much |exactly |just )?the same(?: thing)?|(?:it|this|that)(?= too| as well))"
    r"(?: too| as well| to \w+)?[.!]*$",
    re.IGNORECASE,
)
_BEING = ("is", "are", "was", "were", "has", "have", "had")
_ENDING = ("if", "when", "because", "but")
_JOINING = ("and", "but", "though", "although", "while", "whereas")
# "walking does more than rows will", "what stretching does"
_COMPARING = ("than", "as", "what", "that", "which", "who")
_LONGEST = 8


def said_again(unit: Unit, told: Sequence[Found]) -> Iterator[Found]:
    """Of "So does stress.", "Stress does it too." the claims of the sentence before, with stress for their cause."""
    again = _AGAIN.match(unit.text) or _SAME.match(unit.text)
    span = unit.in_article(*again.span("cause")) if again is not None else None
    if again is None or span is None or not told or told[-1].end > unit.start:
        return
    cause = Placed(*span, again["cause"])
    hedged = again["auxiliary"].lower().split()[0] in _HEDGING
    certainty = Certainty.HEDGED if hedged else told[-1].certainty
    seen: set[int] = set()
    for found in told:
        if found.cue_start == told[-1].cue_start and found.effect.start not in seen:
            seen.add(found.effect.start)
            yield replace(found, cause=cause, end=unit.end, certainty=certainty)


def with_echoes(doc: "Doc", proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals, and behind them what the text says again of others without saying it in full."""
    found = tuple(_echoes(doc, proposals))
    echoes, said = tuple(echo for echo, _ in found), [piece for _, piece in found]
    plain = (p for p in proposals if not p.rule.startswith(("learned/", "loose/")) or not _meets(p, said))
    return (*plain, *echoes)


def _echoes(doc: "Doc", proposals: Sequence[Proposal]) -> Iterator[tuple[Proposal, Piece]]:
    """What is said again, each with the words that are new in it."""
    for token in doc[1:]:
        denied = token.lower_ in ("nor", "neither") or any(t.lower_ in _NOT for t in doc[token.i + 1 : token.i + 2])
        words = _words(doc, token)
        piece = None if words is None else _piece(doc, *words)
        before = [] if piece is None else [p for p in proposals if _stands_before(p, piece)]
        if piece is None or not before:
            continue
        told = max(proposal.cue_end for proposal in before)
        for source in [p for p in before if p.cue_end == told]:
            yield _said_of(source, piece, _certainty(source, token, denied=denied)), piece


def _meets(proposal: Proposal, said: Sequence[Piece]) -> bool:
    sides = (*proposal.causes, *proposal.effects)
    return any(one.start < other.end and other.start < one.end for one in sides for other in said)


def _stands_before(proposal: Proposal, piece: Piece) -> bool:
    sides = (*proposal.causes, proposal.effects[0])
    return proposal.cue_end <= piece.start and all(p.end <= piece.start or piece.end <= p.start for p in sides)


def _words(doc: "Doc", token: "Token") -> tuple[int, int] | None:
    """Where what it is said of stands: behind "so does", before "does the same" or before a "might" left alone."""
    if token.lower_ in ("so", "as", "nor", "neither"):
        first = token.i + 2
        if first >= len(doc) or token.nbor(1).lower_ not in _AUXILIARIES:
            return None
        return first, next((t.i for t in doc[first:] if t.is_punct or t.lower_ in _ENDING), len(doc))
    doing = [t.lower_ for t in doc[token.i + 1 : token.i + 4]]
    same = token.lower_ in ("do", "does", "did", "has", "have", "had") and "same" in doing
    if token.lower_ not in _AUXILIARIES or not (same or _is_left_alone(token)):
        return None
    end = token.i - 1 if doc[token.i - 1].lower_ in _AUXILIARIES else token.i
    joint = next((t for t in reversed(doc[:end]) if t.is_punct or t.lower_ in (*_JOINING, *_COMPARING)), None)
    return None if joint is None or joint.lower_ in _COMPARING else (joint.i + 1, end)


def _is_left_alone(token: "Token") -> bool:
    """Whether an auxiliary has no verb behind it: "but sudden changes might"."""
    after = [t for t in token.doc[token.i + 1 : token.i + 4] if t.lower_ not in (*_NOT, *_ALSO)]
    return token.lower_ not in _BEING and (not after or after[0].is_punct)


def _piece(doc: "Doc", start: int, end: int) -> Piece | None:
    """The words as one piece, where they name something."""
    span = trimmed(doc, start, end) if start < end <= start + _LONGEST else None
    if span is None or any(t.pos_ in ("PRON", "AUX") for t in doc[span[0] : span[1]]):
        return None
    words = doc[span[0] : span[1]]
    return Piece(words.start_char, words.end_char, words.text, words.root.i)


def _certainty(source: Proposal, token: "Token", *, denied: bool) -> Certainty:
    if denied:
        return Certainty.DENIED
    auxiliary = token.nbor(1) if token.lower_ in ("so", "as") else token
    if auxiliary.lower_ in _HEDGING:
        return Certainty.HEDGED
    alone = token.lower_ not in ("so", "as", "same")
    return Certainty.ASSERTED if alone and source.certainty is Certainty.DENIED else source.certainty


def _said_of(source: Proposal, piece: Piece, certainty: Certainty) -> Proposal:
    """The claim with another cause; with another effect where what is caused stands before the cue."""
    # The tagger holds nothing that is denied for a claim.
    likely = 1.0 if source.certainty is Certainty.DENIED else max(source.probabilities, default=1.0)
    passive = source.effects[0].start < source.cue_start < source.causes[0].start
    effects = tuple(effect for effect in source.effects if effect.end <= piece.start or piece.end <= effect.start)
    causes, effects = (source.causes, (piece,)) if passive else ((piece,), effects)
    probabilities = (likely,) * (len(causes) * len(effects))
    return replace(source, causes=causes, effects=effects, probabilities=probabilities, certainty=certainty)
