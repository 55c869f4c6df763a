"""Runs: which words of a parse belong to a phrase, and where the phrase begins and ends."""

from typing import TYPE_CHECKING

from graph.claims.cues import cues_by_first_word, word_list
from graph.claims.members import EXAMPLE_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What is no part of a noun phrase, and of a clause, right below its head.
NOT_IN_NOUN = frozenset({"relcl", "parataxis", "appos", "cc", "conj", "advcl", "mark", "preconj", "ccomp", "csubj"})
NOT_IN_CLAUSE = frozenset({"mark", "advcl", "parataxis", "intj", "cc", "preconj"})
TRIMMED_LEFT = frozenset(
    {"DT", "PRP$", "PDT", "WP$", "CC", ",", ":", "``", "''", "HYPH", ".", "POS", "_SP", "-LRB-", "-RRB-"}
)
_TRIMMED_RIGHT = frozenset({",", ":", "``", "''", "HYPH", ".", "CC", "_SP", "-LRB-", "IN", "WDT"})
_KEPT_DETERMINERS = frozenset({"no", "any", "all", "both"})
LIST_MARKS = word_list("list_marks")
LONG_MODIFIER = 5


def is_clause(token: "Token") -> bool:
    """Whether the token heads a clause or a verb phrase, not a noun phrase."""
    return token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "compound") and not _is_listed_noun(token)


def _is_listed_noun(token: "Token") -> bool:
    # "heat, massage and exercise": the parser may take a bare member of a list of nouns for a verb.
    listed = token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN") and token.tag_ in ("VB", "VBP")
    return listed and all(child.dep_ in ("punct", "cc", "conj", "amod", "det", "compound") for child in token.children)


def has_subject(verb: "Token") -> bool:
    """Whether the verb has a subject of its own."""
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def allowed_of(head: "Token", cut: frozenset[str], skip: frozenset[int]) -> set[int]:
    """The words below a head, without what `cut` (dependency labels) and `skip` (indices) leave out."""
    inside = {head.i}
    waiting = [head]
    while waiting:
        for child in waiting.pop().children:
            if child.i in skip or _is_cut(child, head, cut):
                continue
            inside.add(child.i)
            waiting.append(child)
    return inside


def _is_cut(child: "Token", head: "Token", cut: frozenset[str]) -> bool:
    if child.lower_ in LIST_MARKS or _says_more(child):
        return True
    if child.dep_ in ("relcl", "parataxis", "advcl"):
        return True
    if child.dep_ == "acl" and child.head.i == head.i and child.right_edge.i - child.left_edge.i >= LONG_MODIFIER:
        return cut is NOT_IN_NOUN or cut == NOT_IN_NOUN
    if child.dep_ == "prep" and child.lower_ in EXAMPLE_WORDS and child.lower_ != "like":
        return True
    if cut is NOT_IN_CLAUSE and child.head.i == head.i and _is_another_clause(child, head):
        return True
    return child.dep_ in cut and child.head.i == head.i


def _is_another_clause(child: "Token", verb: "Token") -> bool:
    if child.dep_ == "prep" and child.right_edge.i < verb.i and child.doc[child.right_edge.i + 1].text == ",":
        return True  # "without rest, small tears build up"
    # "the muscles tire, the drop increases": a sentence of its own, which the parser hangs on the other's verb.
    if child.dep_ == "ccomp":
        return child.i < verb.i or child.doc[child.left_edge.i - 1].text == ","
    return child.dep_ == "conj" and is_clause(child) and has_subject(child)


def _says_more(child: "Token") -> bool:
    # "stress caused by running", "stiff, causing pain": what a cue says of the phrase is no part of it.
    if child.tag_ not in ("VBN", "VBG") or child.dep_ not in ("acl", "conj", "dep"):
        return False
    cues = cues_by_first_word("verb").get(child.lemma_)
    if cues is None or (child.dep_ == "conj" and child.head.pos_ == "NOUN" and child.tag_ == "VBN"):
        return False
    return child.tag_ == "VBG" or any(c.lower_ in ("by", "from", "to", "with") for c in child.children)


def run_around(head: "Token", allowed: set[int]) -> tuple[int, int]:
    """The longest run of allowed tokens around the head; punctuation inside it is bridged."""
    doc = head.doc
    start = end = head.i
    while start > 0 and (
        start - 1 in allowed or (doc[start - 1].is_punct and doc[start - 1].lower_ in "-'\"" and start - 2 in allowed)
    ):
        start -= 1
    while end + 1 < len(doc) and (
        end + 1 in allowed or (doc[end + 1].is_punct and doc[end + 1].lower_ in "-'\"" and end + 2 in allowed)
    ):
        end += 1
    aside = _aside(doc, end + 1)
    if aside in allowed:
        return start, run_around(doc[aside], allowed)[1]
    return start, end + 1


def _aside(doc: "Doc", start: int) -> int:
    """The token behind a short aside in brackets that begins here ("left side (flexors) and right side"), or -1."""
    if start >= len(doc) or doc[start].text != "(":
        return -1
    closing = next((t.i for t in doc[start : start + LONG_MODIFIER] if t.text == ")"), -2)
    return closing + 1


def trimmed(doc: "Doc", start: int, end: int) -> tuple[int, int] | None:
    """The run without articles, commas and the like at its ends; None where nothing is left."""
    while (
        start < end
        and doc[start].tag_ in TRIMMED_LEFT
        and doc[start].lower_ not in _KEPT_DETERMINERS
        and end - start > 1
    ):
        start += 1
    end = _before_unclosed(doc, start, end)
    while end - start > 1 and (doc[end - 1].tag_ in _TRIMMED_RIGHT or doc[end - 1].is_space):
        if _ends_verb(doc[end - 1]):
            break
        end -= 1
    if start >= end or not any(ch.isalnum() for ch in doc[start:end].text):
        return None
    return start, end


def _ends_verb(word: "Token") -> bool:
    # "the knee caves in": not the "in" of a place that was cut off.
    return word.head.pos_ == "VERB" and word.i == word.head.i + 1 and not word.n_rights and word.tag_ == "IN"


def _before_unclosed(doc: "Doc", start: int, end: int) -> int:
    """Where the run ends when a bracket opens in it and does not close: "muscles further down ( hips"."""
    opened = [token.i for token in doc[start:end] if token.text == "("]
    closed = sum(token.text == ")" for token in doc[start:end])
    return opened[closed] if len(opened) > closed and opened[closed] > start else end
