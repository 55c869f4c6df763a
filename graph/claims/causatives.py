"""Causatives: what a cause makes its object do, "makes the hips stiff", "causes the knees to collapse and the hips to
drop", "pulls the pelvis forward".
"""

from typing import TYPE_CHECKING

from graph.claims.cues import cues_by_first_word, word_list
from graph.claims.runs import is_clause
from graph.claims.spans import Piece, clause_pieces, each_does, noun_pieces, verb_phrase_piece

if TYPE_CHECKING:
    from spacy.tokens import Token

_TAKES_CLAUSE = word_list("takes_clause")
_DIRECTIONS = word_list("directions")
_INTO = ("into", "in", "to", "out", "off", "toward", "towards")
_LONGEST_PHRASE, _LONGEST_DEED = 6, 7


def caused_pieces(verb: "Token", target: "Token | None") -> list[Piece] | None:
    """What the object of a causative becomes or does; None where the verb says nothing of the kind.

    Args:
        verb: the cue.
        target: its object, where the parser gives it one.
    """
    if verb.lemma_ not in _TAKES_CLAUSE:
        return None
    deeds = _deeds_in_turn(verb)
    if len(deeds) > 1:
        return deeds
    complement = _complement(verb, target)
    if complement is None:
        return None
    if verb.lemma_ == "help":
        piece = None if cues_by_first_word("verb").get(complement.lemma_) else verb_phrase_piece(complement)
        return [] if piece is None else [piece]
    if target is not None and target.i < complement.i:
        return _done_by_object(target, complement)
    if is_clause(complement) or complement.dep_ == "ccomp":
        return clause_pieces(complement)
    return noun_pieces(complement)


def _complement(verb: "Token", target: "Token | None") -> "Token | None":
    for child in verb.rights:
        if child.dep_ in ("ccomp", "xcomp", "oprd"):
            return child
        # "causes the hamstrings to become stiff": the parser may take it for a purpose.
        if child.dep_ == "advcl" and target is not None and target.right_edge.i + 1 == child.left_edge.i:
            return child if child.left_edge.lower_ == "to" else None
    return None


def _done_by_object(target: "Token", complement: "Token") -> list[Piece]:
    first, last = noun_pieces(target), verb_phrase_piece(complement)
    if target.tag_ == "PRP" and last is not None:
        return [last]
    if not first or last is None:
        return first
    return each_does(first, last)


def _deeds_in_turn(verb: "Token") -> list[Piece]:
    """Each of "the ankles to roll in, the knees to collapse and the hips to drop", which the parser takes apart."""
    doc, pieces, start = verb.doc, list[Piece](), verb.i + 1
    for token in doc[start:]:
        last = token.i + 1 == len(doc)
        if not last and not (token.is_punct or token.dep_ == "cc" or token.lower_ in ("and", "or")):
            continue
        piece = _deed(verb, start, token.i + (last and not token.is_punct))
        if piece is None and (pieces or token.i > start + _LONGEST_PHRASE + _LONGEST_DEED):
            break
        if piece is not None:
            pieces.append(piece)
        if piece is not None or token.i == start:
            start = token.i + 1
    return pieces


def _deed(verb: "Token", start: int, end: int) -> Piece | None:
    """The piece of words of the form "the knees to collapse"; None for other words."""
    doc = verb.doc
    to = next((i for i in range(start + 1, end - 1) if doc[i].lower_ == "to"), -1)
    if to < 0 or to - start > _LONGEST_PHRASE or end - to > _LONGEST_DEED or doc[to + 1].pos_ not in ("VERB", "NOUN"):
        return None
    while start < to and (doc[start].pos_ in ("DET", "PRON") or doc[start].is_punct):
        start += 1
    named = doc[start:to]
    if not len(named) or named[-1].pos_ not in ("NOUN", "PROPN", "X") or any(t.pos_ in ("VERB", "ADP") for t in named):
        return None
    whole = doc[start:end]
    return Piece(whole.start_char, whole.end_char, f"{named.text} {doc[to + 1 : end].text}", to + 1)


def state_pieces(verb: "Token", target: "Token") -> list[Piece]:
    """What is done to each member of the object: "tightens the hips and calves", "tilts the pelvis backward"."""
    pieces = noun_pieces(target)
    if not pieces:
        return []
    first, beyond = pieces[0], _direction(verb, target) if len(pieces) == 1 else None
    end = max(first.end, verb.idx + len(verb))
    if beyond is not None:
        stop = beyond[-1].idx + len(beyond[-1])
        return [Piece(verb.idx, stop, f"{verb.text} {first.reading} {verb.doc.text[beyond[0].idx : stop]}", verb.i)]
    whole = Piece(verb.idx, end, f"{verb.text} {first.reading}", verb.i, first.refers)
    return [whole, *(with_state(piece, verb) for piece in pieces[1:])]


def with_state(piece: Piece, verb: "Token") -> Piece:
    """The piece read with the verb before it."""
    return Piece(piece.start, piece.end, f"{verb.text} {piece.reading}", piece.head, piece.refers)


def _direction(verb: "Token", target: "Token") -> "list[Token] | None":
    # "pulls the pelvis forward", "pulls the pelvis into a tilt": where to is what happens.
    doc, place = verb.doc, target.right_edge.i + 1
    if place >= len(doc) or doc[place].head.i not in (verb.i, target.i):
        return None
    if doc[place].lower_ in _DIRECTIONS and doc[place].dep_ in ("advmod", "prt", "prep"):
        return [doc[place]]
    inner = [c for c in doc[place].rights if c.dep_ == "pobj"]
    if doc[place].lower_ not in _INTO or not inner or inner[0].right_edge.i - place > _LONGEST_PHRASE:
        return None
    return list(doc[place : inner[0].right_edge.i + 1])
