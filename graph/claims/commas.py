"""Commas that web text leaves out: "When you sit all day | the hip flexors shorten"."""

from typing import TYPE_CHECKING

from graph.claims.cues import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPENING = ("if", "when", "whenever", "once", "as", "because", "while", "since", "after", "until")
_FINITE = ("VBZ", "VBP", "VBD", "MD")
_IN_PHRASE = ("JJ", "NN", "NNS", "NNP", "VBN", "CD", "RB")
_SUBJECTS = ("it", "they", "you")
_RELATIVE = ("WDT", "WP", "WRB", "WP$")
_STOPS = (",", ";", ":", "-", "(", "and", "or", "but", "so", "then", "that", "whether", "than")
_SOONEST, _LATEST = 3, 18


def missing_comma(doc: "Doc") -> int | None:
    """Where a sentence that opens with a side clause goes on with the main one, where no comma says so.

    Returns:
        The character offset of the main clause's first word; None where nothing is missing or it is not clear.
    """
    if len(doc) <= _SOONEST or doc[0].lower_ not in _OPENING or not doc[0].is_title:
        return None
    verb = next((t for t in doc[2:_LATEST] if t.tag_ in _FINITE), None)
    if verb is None or verb.lemma_ in word_list("holding_clause") or any(t.tag_ in _RELATIVE for t in doc[1 : verb.i]):
        return None
    for token in doc[verb.i + 1 : min(_LATEST, len(doc) - 1)]:
        if token.lower_ in ("and", "or") and token.nbor(1).tag_ in _FINITE:
            continue  # "if it tightens or goes into spasm"
        if token.lower_ in _STOPS or token.tag_ in _RELATIVE or token.lemma_ in word_list("holding_clause"):
            return None
        if _opens_clause(token) and doc.text[token.idx - 1] == " ":
            return token.idx
    return None


def _opens_clause(token: "Token") -> bool:
    """Whether a subject with its verb begins here: "the hip flexors shorten", "it can"."""
    doc, before = token.doc, token.nbor(-1)
    if token.lower_ in _SUBJECTS:
        plain = before.tag_ not in ("IN", "TO", "DT") and before.tag_ not in _FINITE
        # "the work you do": unless the clause that opens the sentence is all that the parser finds.
        named = before.pos_ == "NOUN" and token.lower_ == "you" and before.lemma_ not in word_list("times")
        named = named and not (doc[0].head.dep_ == "ROOT" and token.i + 1 < len(doc) and token.nbor(1).tag_ == "MD")
        return plain and not named and token.i + 1 < len(doc) and token.nbor(1).tag_ in _FINITE
    if token.tag_ not in ("DT", "PRP$") or before.tag_ in ("IN", "DT", "PRP$", "TO"):
        return False
    alone = word_list("without_object") | word_list("own_motions")
    return _runs_on(token) and (before.tag_ not in _FINITE or before.lemma_ in alone)


def _runs_on(token: "Token") -> bool:
    """Whether a determiner opens a noun phrase with a finite verb right behind it."""
    words = token.doc[token.i + 1 : token.i + 7]
    length = next((n for n, t in enumerate(words) if t.tag_ not in _IN_PHRASE), len(words))
    if length == 0 or length == len(words) or words[length - 1].pos_ not in ("NOUN", "PROPN"):
        return False
    # "the foot lands": the parser may take the verb for a plural.
    last = words[length - 1]
    moves = length > 1 and last.tag_ == "NNS" and last.lemma_ in word_list("own_motions")
    return words[length].tag_ in _FINITE or (moves and words[length].pos_ in ("ADV", "ADP", "DET"))
