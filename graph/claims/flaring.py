"""What a trouble flares up with and what it eases with: "the pain comes on after sitting", "it settles with rest"."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from graph.claims.arguments import PERSONS, SUBJECTS, child_of
from graph.claims.cues import SignWord, word_list
from graph.claims.proposals import Proposal, propose
from graph.claims.runs import is_clause
from graph.claims.spans import Piece, clause_pieces, each_does, noun_pieces, pointer, verb_phrase_piece

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TROUBLES, _TIMES = word_list("troubles"), word_list("times")
_FLARING, _EASING, _HURTING = word_list("flaring"), word_list("easing"), word_list("hurting")
# Verbs that say it only with their particle: "comes on", "goes away".
_WITH_PARTICLE = {"come": ("on", "back"), "kick": ("in",), "set": ("in",), "show": ("up",), "build": ("up",)}
_AWAY = {"go": ("away",), "calm": ("down",), "let": ("up",), "wear": ("off",), "clear": ("up",), "die": ("down",)}
_STATES: dict[str, SignWord] = {
    **dict.fromkeys(("worse", "sharper", "stronger", "worst", "sore", "tender", "painful", "sorest", "bad"), "+"),
    **dict.fromkeys(("better", "easier", "milder", "best"), "-"),
}
_SAID = ("acomp", "advmod", "attr", "conj")
_BECOMING = ("be", "get", "feel", "become", "grow", "seem")
_AFTER = ("after", "during", "with", "following", "upon")
_WHEN = ("when", "whenever", "once", "after", "if", "while", "as")
_HAVING = word_list("undergoing")
_RAISING = ("start", "begin", "tend", "seem", "continue", "use")
_POINTING = ("it", "they", "this")


def flaring_proposals(doc: "Doc", *, question: bool) -> Iterator[Proposal]:
    """What a parsed text says of when a trouble comes and when it goes."""
    for verb in doc:
        told = list(_told(verb)) if verb.pos_ in ("VERB", "AUX") else []
        trouble = _trouble(verb) if told else []
        for sign, place in told if trouble else ():
            proposal = propose(
                _occasion(place),
                trouble,
                cue=(verb.i, verb.i + 1),
                trigger=verb,
                sign=sign,
                rule="verb/flare-with" if sign == "+" else "verb/ease-with",
                question=question,
            )
            if proposal is not None:
                yield proposal


def _told(verb: "Token") -> "Iterator[tuple[SignWord, Token]]":
    """Whether a verb says that its subject comes or goes, with each word that opens what it comes or goes with."""
    states = _states(verb) if verb.lemma_ in _BECOMING else []
    for state in states:
        # "better with walking" may hang on what stands before it
        above = state.head if state.dep_ == "conj" and state.head.i != verb.i else verb
        end = next((other.i for other in states if other.i > state.i), len(verb.doc))
        for place in chain(_places(state), _places(above)):
            if state.i < place.i < end:
                yield _STATES[state.lower_], place
    if states:
        return
    sign = None if _is_condition(verb) else _sign(verb)
    if sign is not None:
        yield from ((sign, place) for place in _places(verb))


def _is_condition(verb: "Token") -> bool:
    # "see a doctor if you have pain after a fall"
    return any(
        c.dep_ in ("mark", "advmod") and c.lower_ in ("if", "unless", "when") and c.i < verb.i for c in verb.lefts
    )


def _states(verb: "Token") -> "list[Token]":
    """The words that say how a trouble is: "worse", and "better" joined to it."""
    told = [t for t in verb.subtree if t.i > verb.i and t.lower_ in _STATES and t.dep_ in _SAID]
    return told if told and told[0].head.i == verb.i else []


def _sign(verb: "Token") -> SignWord | None:
    word, after = verb.lemma_, {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod", "prep")}
    if "as" in after:
        return None  # "it shows up as a dull ache"
    if word in _FLARING or word in _HURTING or after & set(_WITH_PARTICLE.get(word, ())):
        return "+"
    if word in _HAVING and child_of(verb, "dobj") is not None:
        return "+"
    return "-" if word in _EASING or after & set(_AWAY.get(word, ())) else None


def _trouble(verb: "Token") -> list[Piece]:
    """What comes or goes: "the pain", "your knee hurts", of "the ache that eases" the ache."""
    raised = verb.dep_ == "xcomp" and verb.head.lemma_ in _RAISING
    subject = child_of(verb.head if raised else verb, *SUBJECTS)
    if subject is None or subject.i > verb.i:
        return []
    if verb.lemma_ in _HAVING and subject.lower_ in word_list("persons"):
        had = child_of(verb, "dobj")
        return noun_pieces(had) if had is not None and had.lemma_ in _TROUBLES else []
    if subject.lower_ in ("that", "which") and verb.dep_ == "relcl":
        subject = verb.head
    if subject.lemma_.lower() in _TROUBLES:
        return noun_pieces(subject, frozenset({verb.i}))
    if subject.lower_ in _POINTING:
        return pointer(subject, subject.lower_)
    if verb.lemma_ in _HURTING and subject.pos_ in ("NOUN", "PROPN"):
        return each_does(noun_pieces(subject), Piece(verb.idx, verb.idx + len(verb), verb.text, verb.i))
    return []


def _places(word: "Token") -> "Iterator[Token]":
    """The words below a verb that open what it happens with, and those that "and" joins to them."""
    for child in word.children:
        if child.i > word.i and (child.dep_ in ("prep", "advcl", "xcomp") or child.tag_ == "VBG"):
            yield child
            yield from (c for c in child.children if c.dep_ == "conj" and c.pos_ in ("ADP", "SCONJ"))


def _occasion(place: "Token") -> list[Piece]:
    """What it happens with: "after sitting", "when you sit", "going downstairs"."""
    if place.dep_ in ("prep", "conj"):
        return _named(place) if place.lower_ in _AFTER else []
    marks = {c.i for c in (*place.lefts, *(a for c in place.lefts for a in c.lefts)) if c.lower_ in _WHEN}
    bare = place.tag_ == "VBG" and child_of(place, "mark", *SUBJECTS) is None
    if not is_clause(place) or not (marks or bare) or any(c.tag_ == "MD" for c in place.lefts):
        return []
    subject = child_of(place, *SUBJECTS)
    gerund = subject is None and place.tag_ == "VBG" and not any(c.dep_ == "aux" for c in place.lefts)
    if gerund or (subject is not None and subject.lower_ not in PERSONS):
        return clause_pieces(place, frozenset(marks))
    return _deed(place, marks)


def _deed(verb: "Token", skip: Iterable[int] = ()) -> list[Piece]:
    piece = verb_phrase_piece(verb, skip)
    return [] if piece is None else [piece]


def _named(preposition: "Token") -> list[Piece]:
    """What stands under a preposition, unless it only tells the time: "after a few minutes"."""
    inner = child_of(preposition, "pobj", "pcomp")
    if inner is None:
        return []
    if is_clause(inner):
        return _deed(inner)
    told = any(c.dep_ == "prep" and c.lower_ in ("of", "at") for c in inner.children)
    return noun_pieces(inner) if told or inner.lemma_.lower() not in _TIMES else []
