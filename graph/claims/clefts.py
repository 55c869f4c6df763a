"""Clefts: "that is why B", "that is because A", "the result is B", "A is what makes B", "as a result, B"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.claims.arguments import SUBJECTS, child_of
from graph.claims.frames import is_advice
from graph.claims.proposals import Proposal, propose
from graph.claims.runs import is_clause
from graph.claims.spans import Piece, clause_pieces, each_does, noun_pieces, pointer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_POINTING = ("this", "that", "which", "it")
_RESULTS = ("result", "upshot", "consequence", "outcome")
_THEREFORE = ("consequently", "therefore")
_WHY = ("why", "how")


def cleft_proposals(doc: "Doc", *, question: bool) -> Iterator[Proposal]:
    """What the clefts of a parsed text say of what "this" and "that" point at."""
    for token in doc:
        found = None
        if token.lower_ in _WHY and not question:
            found = _why(token)
        elif token.lower_ == "because" and token.dep_ == "mark":
            found = _because(token)
        elif token.lower_ in _RESULTS and token.dep_ == "nsubj":
            found = _result(token)
        elif token.lower_ in ("as", *_THEREFORE) and not question:
            found = _therefore(token)
        if found is not None:
            yield found


def _why(token: "Token") -> Proposal | None:
    """Of "that is why the back aches" that what "that" points at makes the back ache."""
    clause = token.head
    be = clause.head
    subject = child_of(be, *SUBJECTS) if be.lemma_ == "be" and clause.i != be.i else None
    if subject is None or subject.lower_ not in _POINTING or not be.i < token.i <= clause.i:
        return None
    own = child_of(clause, *SUBJECTS)
    if own is None or own.i > clause.i:
        return None
    effect = _said_to_come(clause) or (
        clause_pieces(clause, frozenset({token.i})) if is_clause(clause) else _deed(own, clause)
    )
    return propose(
        pointer(subject, subject.lower_),
        effect,
        cue=(token.i, token.i + 1),
        trigger=be,
        sign="+",
        rule="outcome/why",
    )


def _said_to_come(clause: "Token") -> "Token | None":
    # "that is why stairs tend to bring on the ache": what comes is the ache.
    verb = child_of(clause, "xcomp") or clause
    caused = child_of(verb, "dobj", "pobj")
    return caused if verb.lemma_ in ("cause", "bring", "trigger", "provoke", "produce", "create") else None


def _deed(subject: "Token", deed: "Token") -> list[Piece]:
    # "your back aches", where the parser takes "aches" for a noun
    pieces = noun_pieces(subject)
    return each_does(pieces, Piece(deed.idx, deed.idx + len(deed), deed.text, deed.i)) if pieces else []


def _because(token: "Token") -> Proposal | None:
    """Of "that is because the hips are stiff" that stiff hips bring about what "that" points at."""
    clause = token.head
    be = clause.head
    subject = child_of(be, *SUBJECTS) if be.lemma_ == "be" and clause.dep_ == "advcl" else None
    if subject is None or subject.lower_ not in _POINTING or child_of(be, "attr", "acomp") is not None:
        return None
    return propose(
        clause_pieces(clause, frozenset({token.i})),
        pointer(subject, subject.lower_),
        cue=(token.i, token.i + 1),
        trigger=token,
        sign="+",
        rule="reason/because",
    )


def _result(noun: "Token") -> Proposal | None:
    """Of "and the result is a sore back" that what stands before brings a sore back."""
    be = noun.head
    told = child_of(be, "attr", "ccomp") if be.lemma_ == "be" else None
    if told is None or told.i < be.i or any(c.dep_ in ("prep", "acl", "relcl") for c in noun.rights):
        return None
    return propose(
        pointer(noun, "this"),
        told,
        cue=(noun.i, noun.i + 1),
        trigger=be,
        sign="+",
        rule="outcome/result",
    )


def _therefore(token: "Token") -> Proposal | None:
    """Of "As a result, the pelvis tips" that what stands before tips it; a "so" inside a sentence is a connective's."""
    doc, length = token.doc, 1 if token.lower_ in _THEREFORE else 3
    words = doc[token.i : token.i + length]
    if length == 3 and (len(words) < 3 or words.text.lower() not in ("as a result", "as a consequence")):
        return None
    clause = next((t for t in token.ancestors if is_clause(t)), None)
    after = doc[token.i + length].lower_ if token.i + length < len(doc) else "."
    ends = token.i == 0 or (length == 3 and after in (".", "!") and child_of(doc[token.i], "pobj") is not None)
    if clause is None or not ends or clause.dep_ != "ROOT" or is_advice(clause):
        return None
    subject = child_of(clause, *SUBJECTS)
    if subject is None or subject.lower_ in ("i", "we", "there", *_POINTING):
        return None
    return propose(
        pointer(token, "this"),
        clause_pieces(clause, frozenset({token.i})),
        cue=(token.i, token.i + length),
        trigger=clause,
        sign="+",
        rule="outcome/therefore",
    )


def cleft_doer(verb: "Token") -> "Token | None":
    """Who does what "what" does as the verb's subject: "sitting" in "sitting is what tightens the hips"."""
    be = verb.head
    if be.lemma_ != "be" or be.i == verb.i:
        return None
    if verb.dep_ in ("ccomp", "attr", "advcl") and verb.i > be.i:
        return _named(child_of(be, "nsubj", "csubj"))
    if verb.dep_ in ("csubj", "nsubj") and verb.i < be.i:
        return _named(child_of(be, "attr", "xcomp", "ccomp"))
    return None


def _named(token: "Token | None") -> "Token | None":
    return None if token is None or (token.pos_ == "PRON" and token.lower_ not in _POINTING) else token


def only_doer(verb: "Token") -> "Token | None":
    """Who does it in "all that sitting does is tighten the hips": "sitting"; None elsewhere."""
    be = verb.head
    whole = child_of(be, "nsubj") if be.lemma_ == "be" and verb.tag_ == "VB" else None
    if whole is None or whole.lower_ not in ("all", "thing"):
        return None
    does = child_of(whole, "relcl", "acl")
    return child_of(does, "nsubj") if does is not None and does.lemma_ == "do" else None
