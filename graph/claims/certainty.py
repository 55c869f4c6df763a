"""How sure a sentence is of its claim: modals, reporting verbs, negation, rejection, questions."""

from typing import TYPE_CHECKING

from graph.claims.cues import word_list
from graph.claims.reporting import reported_certainty
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Token

_HEDGING_MODALS = frozenset({"may", "might", "could", "can", "would", "ca"})
_HEDGING_WORDS = word_list("hedging_words")
_HEDGING_VERBS = word_list("hedging_verbs")
_PASSIVE_HEDGES = frozenset({"consider", "say", "claim", "expect", "hope", "indicate", "imply"})
_QUESTIONING = word_list("questioning")
_REJECTING_WORDS = word_list("rejecting_words")
_REJECTING_VERBS = word_list("rejecting_verbs")
_NEGATIVE_DETERMINERS = frozenset({"no", "neither", "little"})
_UP_THROUGH = frozenset(
    {
        "xcomp",
        "ccomp",
        "acl",
        "pcomp",
        "pobj",
        "prep",
        "attr",
        "acomp",
        "oprd",
        "dobj",
        "conj",
        "nsubj",
        "nsubjpass",
        "csubj",
        "appos",
        "relcl",
        "agent",
    }
)
_CLAUSE_EDGES = frozenset({"relcl", "advcl"})


def certainty_of(trigger: "Token", *, correlated: bool = False, question: bool = False) -> Certainty:
    """The certainty with which the sentence says what its trigger token says.

    Args:
        trigger: the token of the cue that carries the claim: verb, noun or connective.
        correlated: the cue itself says only that two things go together.
        question: the sentence is a question.
    """
    governors = _governors(trigger)
    reported = reported_certainty(governors)
    if reported is not None:
        return reported
    if sum(_negations(token, trigger) for token in governors) % 2:
        return Certainty.DENIED
    if question or any(_questions(token, trigger) for token in governors):
        return Certainty.SPECULATIVE
    if correlated or any(_compares_groups(token) for token in governors):
        return Certainty.CORRELATED
    if any(_hedges(token, trigger) for token in governors):
        return Certainty.HEDGED
    return Certainty.ASSERTED


def _compares_groups(verb: "Token") -> bool:
    """Whether people who have a thing are compared to others: "people with flat feet report more pain than others"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or not any(c.dep_ == "prep" and c.lower_ in ("with", "without") for c in subject.children):
        return False
    people = subject.lemma_.lower() in word_list("people") | word_list("persons")
    return people and any(token.lower_ == "than" for token in verb.subtree)


def _governors(trigger: "Token") -> list["Token"]:
    """The trigger and the tokens above it whose modals and negations reach down to it."""
    chain = [trigger]
    token = trigger
    while token.dep_ in _UP_THROUGH and len(chain) < 8:
        head = token.head
        if token.dep_ in ("relcl", "nsubj", "nsubjpass", "dobj") and token.pos_ not in ("NOUN", "ADJ", "PROPN"):
            break
        if token.dep_ == "relcl" or (token.dep_ == "acl" and token.tag_ in ("VBG", "VBN")):
            break
        if token.dep_ == "conj" and not _shares_modals(token):
            break
        if token.dep_ == "ccomp" and head.i > token.i and not any(c.dep_ == "mark" for c in token.children):
            break
        if token.dep_ in ("nsubj", "nsubjpass", "csubj") and head.lemma_ not in ("be", "remain", "have"):
            break
        if token.dep_ == "dobj" and token.pos_ != "NOUN":
            break
        if token.dep_ in ("ccomp", "conj") and any(t.text in (":", ";") for t in token.doc[head.i : token.i]):
            break  # "Standing isn't the answer: it can hurt the back."
        chain.append(head)
        token = head
    return chain


def _shares_modals(token: "Token") -> bool:
    if any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in token.children):
        return False
    joint = [c.lower_ for c in token.head.children if c.dep_ == "cc"]
    return "but" not in joint


def _negations(token: "Token", trigger: "Token") -> int:
    count = 0
    for child in token.children:
        if (child.dep_ == "neg" and not _is_not_only(child)) or (
            child.dep_ in ("det", "preconj") and child.lower_ in _NEGATIVE_DETERMINERS
        ):
            count += 1
        elif child.dep_ in ("nsubj", "nsubjpass", "attr", "dobj", "acomp") and child.i != trigger.i:
            count += _negating_argument(child, token, trigger)
    if token.lower_ == "without" or (token.lemma_ in _REJECTING_VERBS and token.i != trigger.i):
        count += 1
    if token.lower_ in _REJECTING_WORDS and token.i != trigger.i:
        count += 1
    if any(c.lower_ in ("rather", "instead") and c.dep_ in ("cc", "advmod") and c.i < token.i for c in token.children):
        count += any(d.lower_ == "than" for d in token.children)
    return count


def _negating_argument(child: "Token", token: "Token", trigger: "Token") -> int:
    inside = any(anc.i == child.i for anc in trigger.ancestors)
    if inside:
        return 0
    if child.lower_ in ("nothing", "none", "nobody", "neither"):
        return 1
    if child.dep_ in ("attr", "acomp") and child.lower_ in _REJECTING_WORDS:
        return 1
    if (child.dep_ in ("nsubj", "nsubjpass") and token.i == trigger.i) or child.lemma_ in (
        "evidence",
        "proof",
        "doubt",
    ):
        return sum(c.dep_ in ("det", "preconj", "cc") and c.lower_ in ("no", "neither") for c in child.children)
    return 0


def _is_not_only(neg: "Token") -> bool:
    after = neg.doc[neg.i + 1 : neg.i + 3]
    return any(t.lower_ in ("only", "just", "merely") for t in after)


def _questions(token: "Token", trigger: "Token") -> bool:
    for child in token.children:
        if child.dep_ == "mark" and child.lower_ in ("whether", "if") and child.i < trigger.i:
            return True
        if child.dep_ == "acomp" and child.lower_ in ("unclear", "unknown", "uncertain"):
            return True
        if child.dep_ == "acomp" and child.lower_ == "hard" and any(c.dep_ == "xcomp" for c in child.children):
            return True  # "it is hard to say", not "it is hard on the knees"
    return token.lemma_ in _QUESTIONING and token.i != trigger.i


def _hedges(token: "Token", trigger: "Token") -> bool:
    for child in token.children:
        if child.dep_ == "aux" and child.lower_ in _HEDGING_MODALS:
            return True
        if child.dep_ in ("advmod", "amod", "acomp") and child.lower_ in _HEDGING_WORDS and child.i != trigger.i:
            return True
    if token.i == trigger.i or token.lemma_ not in _HEDGING_VERBS:
        return token.lower_ in ("likely", "possible") and token.i != trigger.i
    return token.lemma_ not in _PASSIVE_HEDGES or any(c.dep_ == "auxpass" for c in token.children)
