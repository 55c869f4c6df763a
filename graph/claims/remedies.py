"""Remedies and causes that name no trouble: "ice can help", "treatment involves rest", "hard roads are to blame"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.claims.arguments import PERSONS, child_of, object_of_preposition, subject_of
from graph.claims.cues import word_list
from graph.claims.frames import is_order
from graph.claims.proposals import Proposal, propose
from graph.claims.spans import TOPIC, TREATED, Piece, pointer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

TREATMENTS = word_list("treatments")
_HELPERS = word_list("helpers")
_HELPFUL = frozenset({"helpful", "useful", "effective", "beneficial"})
_MADE_UP = ("include", "involve", "comprise", "consist", "begin", "start")
_ADVISING = ("recommend", "prescribe", "advise", "suggest")
_POINTING = frozenset({"it", "they", "these", "this"})
_TOWARDS = ("for", "in", "of", "with", "by", "towards")
_OF = ("of", "with", "by")
_OBJECTS = ("dobj", "xcomp", "ccomp", "advcl", "prt", "oprd")


def remedy_proposals(doc: "Doc", *, question: bool) -> Iterator[Proposal]:
    """What a parsed text says to help or to be to blame, without saying against or for what."""
    for token in doc:
        found = None
        if token.lemma_ == "help" and token.pos_ == "VERB":
            found = _helping(token, token, question)
        elif token.lower_ in _HELPFUL and token.dep_ == "acomp" and token.head.lemma_ in ("be", "prove"):
            found = _helping(token.head, token, question)
        elif token.lemma_ in _MADE_UP and token.pos_ == "VERB":
            found = _made_up(token, question)
        elif token.lower_ == "for" and token.i == 0 and token.dep_ == "prep" and not question:
            found = _tried(token)
        elif token.lemma_ in _ADVISING and token.pos_ == "VERB":
            found = _advised(token, question)
        elif token.lemma_ in ("blame", "part", "role", "contribute") and not question:
            found = _blamed(token)
        if found is not None:
            yield found


def _helping(verb: "Token", cue: "Token", question: bool) -> Proposal | None:
    """What is against the topic: "rest and ice can help", "massage is useful"."""
    objects = [child for child in (*verb.children, *cue.children) if child.dep_ in _OBJECTS and child.i > verb.i]
    if any(child.lower_ not in PERSONS and child.lemma_ != "lot" for child in objects):
        return None
    if object_of_preposition(cue, ("with", "for", "to", "in", "against")) is not None:
        return None
    subject = subject_of(verb)
    if subject is None or subject.i > verb.i or subject.lower_ in PERSONS or subject.lemma_.lower() in _HELPERS:
        return None
    return _proposal(subject, pointer(cue, TOPIC), cue, question)


def _blamed(word: "Token") -> Proposal | None:
    """What brings the topic: "hard roads are to blame", "weak hips get the blame", "worn shoes may contribute"."""
    verb = word if word.lemma_ == "contribute" else word.head
    blaming = word.lemma_ == "blame" and verb.lemma_ in ("be", "get", "take")
    if not blaming and not (word.lemma_ != "blame" and verb.lemma_ in ("play", "contribute")):
        return None
    towards = (*_TOWARDS, "to") if word is verb else _TOWARDS
    if any(object_of_preposition(token, towards) is not None for token in (word, verb)):
        return None
    cause = child_of(verb, "nsubj")
    if cause is None or cause.i > verb.i or cause.lower_ in PERSONS:
        return None
    topic = pointer(word, TOPIC)
    return propose(cause, topic, cue=(word.i, word.i + 1), trigger=verb, sign="+", rule="verb/blame-for")


def _tried(opening: "Token") -> Proposal | None:
    """What is good for what a sentence opens with: "for a stiff back, try a walk", "for cramps, massage works"."""
    verb, target = opening.head, child_of(opening, "pobj")
    if target is None or target.lower_ in PERSONS or target.lemma_.lower() in word_list("times") | word_list("people"):
        return None
    part = None
    if is_order(verb) and verb.lemma_ in word_list("trying"):
        part = child_of(verb, "dobj") or object_of_preposition(verb, ("with", "for"))
    elif verb.lemma_ in ("work", "help"):
        part = child_of(verb, "nsubj")
    if part is None or part.i < opening.right_edge.i or part.lower_ in PERSONS:
        return None
    span = verb.i, verb.i + 1
    return propose(part, target, cue=span, trigger=opening, sign="better", rule="remedy/helps")


def _advised(verb: "Token", question: bool) -> Proposal | None:
    """What is advised for what: "doctors may recommend surgery for a torn meniscus"."""
    part = child_of(verb, "dobj", "nsubjpass")
    if part is None or part.lower_ in PERSONS:
        return None
    target = object_of_preposition(part, ("for", "against")) or object_of_preposition(verb, ("for", "against"))
    if target is None or target.lower_ in PERSONS or target.lemma_.lower() in word_list("times") | word_list("people"):
        return None
    return _proposal(part, target, verb, question)


def _made_up(verb: "Token", question: bool) -> Proposal | None:
    """Parts of the treatment that the subject names: "treatment begins with rest", "it may include surgery"."""
    own = child_of(verb, "nsubj")
    subject = own or (subject_of(verb) if verb.dep_ == "conj" else None)
    if subject is None:
        return None
    part = object_of_preposition(verb, _OF) or child_of(verb, "dobj", "xcomp")
    if part is None or part.i < verb.i or part.lower_ in PERSONS:
        return None
    if subject.lower_ in _POINTING:
        return _proposal(part, pointer(subject, TREATED), verb, question)
    named = subject is own and verb.lemma_ in ("include", "comprise")  # "the treatment includes": a noun's cue
    if subject.lemma_.lower() not in TREATMENTS or named:
        return None
    return _proposal(part, object_of_preposition(subject, ("for", "of")) or pointer(subject, TOPIC), verb, question)


def _proposal(cause: "Token", effect: "Token | list[Piece]", cue: "Token", question: bool) -> Proposal | None:
    span = cue.i, cue.i + 1
    return propose(cause, effect, cue=span, trigger=cue, sign="-", rule="remedy/helps", question=question)
