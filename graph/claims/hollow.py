"""Phrases that name nothing: "me", "5 per cent", "a difference", "several trials"; no concept is made of them."""

from typing import TYPE_CHECKING

from graph.claims.cues import word_list
from graph.claims.runs import is_clause
from graph.claims.spans import Piece

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMELESS = word_list("nameless")
_NAMELESS_CLAUSES = word_list("nameless_clauses")
_DEPICTING = ("compound", "amod", "poss", "acl", "prep", "relcl", "nmod")
_MEASURES = frozenset(
    {
        "per cent",
        "cent",
        "percent",
        "%",
        "per",
        "degree",
        "time",
        "minute",
        "second",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "km",
    }
)
_COUNTING = frozenset({"NUM", "SYM", "ADP", "PART", "ADV", "DET", "PUNCT", "CCONJ"})


def names_something(piece: Piece, doc: "Doc") -> bool:
    """Whether the words of a phrase name a thing or a happening by themselves, or point at one that does."""
    if piece.refers:
        return True
    head = doc[piece.head]
    if (
        head.i > 0
        and head.nbor(-1).lower_ in ("that", "which")
        and head.nbor(-1).idx == piece.start
        and piece.end == head.idx + len(head)
    ):
        return False  # "adhesions [that forms]", which the parser cut from its noun
    if is_clause(head):
        return not _is_bare_clause(head, piece)
    if _is_nameless(head, piece):
        return False
    words = doc.char_span(piece.start, piece.end, alignment_mode="expand")
    if words is not None and words.text.lower() in ("a", "an", "the"):
        return False  # of "a rolled up towel", which the parser takes apart
    if words is not None and words[-1].lower_ == "off":
        return True  # "time off", "two weeks off"
    return words is None or any(t.pos_ not in _COUNTING and t.lemma_.lower() not in _MEASURES for t in words)


def announces(head: "Token") -> bool:
    """Whether a word only announces things that are named elsewhere: "many things", "several factors"."""
    return head.tag_ == "NNS" and head.lemma_.lower() in word_list("announcing")


def _is_nameless(head: "Token", piece: Piece) -> bool:
    if head.lemma_.lower() in word_list("always_nameless"):
        return not any(c.dep_ == "compound" for c in head.children)
    if head.lower_ == "rest" and any(c.lower_ == "the" for c in head.children):
        return True
    if head.lemma_.lower() not in _NAMELESS and head.lower_ not in _NAMELESS:
        return False
    # "runners" is nobody in particular, "the study" proves nothing by itself, "the effect of heat" is a thing.
    told = [c for c in head.children if c.dep_ in _DEPICTING and piece.start <= c.idx < piece.end]
    telling = [c for c in told if any(_tells(t) for t in (c, *c.lefts))]
    return head.pos_ in ("PRON", "DET", "ADJ", "ADV", "NUM") or not telling


def _tells(word: "Token") -> bool:
    return word.lower_ not in word_list("vague") and word.lemma_.lower() not in _NAMELESS


def _is_bare_clause(verb: "Token", piece: Piece) -> bool:
    # "acts", "go", "is": a verb of no matter by itself.
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.idx >= piece.start), None)
    if subject is not None and _is_nameless(subject, piece) and subject.lower_ not in word_list("persons"):
        return True
    words = [t for t in verb.subtree if piece.start <= t.idx < piece.end]
    if verb.lemma_ in ("do", "be", "happen") and all(t.pos_ in ("PRON", "AUX", "PART") or t.i == verb.i for t in words):
        return True
    whole = piece.start <= verb.idx  # of "they're weak" the state stands alone
    return verb.lemma_ in _NAMELESS_CLAUSES and whole and piece.end - piece.start <= len(verb) + 1
