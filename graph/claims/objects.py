"""What a cue's verb is done to: its object, the object of its preposition, both together, or a clause."""

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.claims.arguments import PERSONS, SUBJECTS, child_of, object_of_preposition
from graph.claims.causatives import caused_pieces, state_pieces
from graph.claims.cues import Cue, SignWord, cues_by_first_word, word_list
from graph.claims.frames import kept_from
from graph.claims.runs import has_subject, is_clause
from graph.claims.spans import Piece, clause_pieces, noun_pieces, verb_phrase_piece

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHIELDING = ("protect", "shield", "guard")


def object_of_cue(verb: "Token", cue: Cue) -> "tuple[Token | list[Piece], int] | None":
    """What the words of a cue bring about or change, and the end token of the cue; None where they have no object."""
    match cue.words:
        case (_,):
            return _direct_object(verb, cue)
        case (_, particle) if (prt := child_of(verb, "prt")) is not None and prt.lower_ == particle:
            target = child_of(verb, "dobj", "pobj") or child_of(prt, "pobj")
            if target is not None and cue.sign == "state":
                return state_pieces(verb, target), prt.i + 1
            return None if target is None else (target, prt.i + 1 if prt.i < target.i else verb.i + 1)
        case (_, preposition) if cue.spans:
            return _object_through(verb, preposition)
        case ("come", "from") if child_of(verb, "prep", "aux", "advcl") is not None and verb.nbor(1).lower_ == "to":
            return None
        case (_, preposition):
            target = object_of_preposition(verb, (preposition,))
            if target is not None and verb.lemma_ in _SHIELDING and (kept := child_of(verb, "dobj")) is not None:
                return _kept_from(kept, target), end_of_words(verb, cue)
            return None if target is None else (_clausal(target), end_of_words(verb, cue))
        case (_, noun, preposition):
            return _light_object(verb, noun, preposition)
    return None


def deed_on_part(target: "Token", skip: frozenset[int] = frozenset()) -> Piece | None:
    """What is done to a body part, where the object of a verb is nothing but one: "jam the tailbone forward".

    The part alone is no effect.

    Args:
        skip: tokens that hang on the verb and say nothing of what is done.
    """
    verb, part = target.head, target.lemma_.lower()
    parts = word_list("moving_parts") | word_list("done_to_parts")
    bare = part in parts and all(c.dep_ in ("det", "poss", "compound", "prep", "amod") for c in target.children)
    told = any(c.dep_ == "amod" and c.pos_ == "VERB" for c in target.children)
    if target.dep_ != "dobj" or verb.pos_ != "VERB" or not bare or told:
        return None
    piece = verb_phrase_piece(verb, {c.i for c in verb.children if c.dep_ == "conj"} | skip)
    return None if piece is None else replace(piece, head=target.i)


def _direct_object(verb: "Token", cue: Cue) -> "tuple[Token | list[Piece], int] | None":
    target = child_of(verb, "dobj") or _object_read_as_subject(verb)
    if verb.lemma_ in ("stop", "prevent") and target is None:
        return None
    asked = _how_far(verb) if target is None else None
    if asked is not None:
        return clause_pieces(asked), verb.i + 1
    if target is not None and (way := _way(target)) is not None:
        return [way], verb.i + 1
    caused = caused_pieces(verb, target)
    if caused is not None:
        return (caused, verb.i + 1) if caused else None
    if (
        target is None
        and verb.dep_ == "relcl"
        and child_of(verb, "nsubj") is not None
        and not _is_relative(child_of(verb, "nsubj"))
    ):
        return verb.head, verb.i + 1
    if target is None or target.lower_.endswith(("self", "selves")):
        return None
    if _is_relative(target):
        return (verb.head, verb.i + 1) if verb.dep_ == "relcl" else None
    if cue.sign == "state":
        return state_pieces(verb, target), verb.i + 1
    more = _members_read_as_verbs(verb)
    if more:
        return [*noun_pieces(target), *(p for member in more for p in noun_pieces(member))], verb.i + 1
    return target, verb.i + 1


def _way(target: "Token") -> Piece | None:
    """All of "the way you run" in "pain changes the way you run"."""
    clause = child_of(target, "relcl") if target.lower_ == "way" else None
    if clause is None or child_of(clause, *SUBJECTS) is None:
        return None
    words = target.doc[target.i : clause.right_edge.i + 1]
    return Piece(words.start_char, words.end_char, words.text, target.i)


def _how_far(verb: "Token") -> "Token | None":
    """The clause of "limits how far the ankle can bend"."""
    clause = child_of(verb, "ccomp")
    opened = clause is not None and clause.i > verb.i and verb.doc[verb.i + 1].lower_ == "how"
    return clause if opened else None


def _members_read_as_verbs(verb: "Token") -> list["Token"]:
    # "causes nosebleeds, coughing, wheezing": the parser joins "coughing" to the verb.
    if verb.tag_ not in ("VBZ", "VBP", "VBD", "VB", "VBN"):
        return []
    return [
        c for c in verb.children if c.dep_ == "conj" and c.tag_ == "VBG" and child_of(c, "dobj", "aux", "nsubj") is None
    ]


def _object_read_as_subject(verb: "Token") -> "Token | None":
    # "overstriding causes both knee and shin pain": behind the verb it is no subject.
    behind = [c for c in verb.rights if c.dep_ == "nsubj"]
    return behind[0] if behind and child_of(verb, "csubj", "nsubj") is not behind[0] else None


def _is_relative(token: "Token | None") -> bool:
    return token is not None and token.tag_ in ("WDT", "WP")


def _object_through(verb: "Token", preposition: str) -> "tuple[list[Piece], int] | None":
    target = child_of(verb, "dobj")
    if preposition == "from" and target is not None and target.lower_ in PERSONS and (deed := kept_from(verb)):
        piece = verb_phrase_piece(deed)
        return None if piece is None else ([piece], verb.i + 1)
    inner = object_of_preposition(verb, (preposition,)) or _beyond_direction(verb, preposition)
    if inner is None and target is not None and preposition in ("in", "into", "under"):
        inner = object_of_preposition(target, (preposition,))  # "places the hips in a short position"
    if target is None and inner is not None and verb.dep_ != "relcl":
        return None
    first = noun_pieces(target) if target is not None else []
    last = (
        noun_pieces(inner)
        if inner is not None and not is_clause(inner)
        else clause_pieces(inner)
        if inner is not None
        else []
    )
    if not first or not last or first[0].start > last[0].end:
        return None
    text = verb.doc.text[first[0].start : last[0].end]
    if inner is not None and inner.tag_ == "VBG" and preposition == "from":
        text = f"{first[0].reading} {last[0].reading}"  # "keeps the pelvis from tilting": what it does
    whole = Piece(first[0].start, last[0].end, text, first[0].head)
    if preposition != "off":
        return [whole], verb.i + 1
    # "takes the load off the hips and knees": the load on them is taken.
    on = [f"{first[0].reading} on {piece.reading}" for piece in last]
    others = [replace(piece, reading=reading) for piece, reading in zip(last[1:], on[1:], strict=True)]
    return [replace(whole, reading=on[0]), *others], verb.i + 1


def _beyond_direction(verb: "Token", preposition: str) -> "Token | None":
    # "brings the pelvis back to neutral", "sends a jolt up into the knee"
    ways = (c for c in verb.rights if c.dep_ in ("advmod", "prt") and c.lower_ in word_list("directions"))
    return next((t for way in ways if (t := object_of_preposition(way, (preposition,))) is not None), None)


def _kept_from(kept: "Token", harm: "Token") -> list[Piece]:
    """Of "protects the knee from injury" the injury of the knee."""
    parts = noun_pieces(kept) if kept.pos_ != "PRON" and kept.lower_ not in PERSONS else []
    harms = noun_pieces(harm)
    if len(parts) != 1:
        return harms
    return [replace(piece, reading=f"{parts[0].reading} {piece.reading}") for piece in harms]


def _light_object(verb: "Token", noun: str, preposition: str) -> "tuple[Token | list[Piece], int] | None":
    target = child_of(verb, "dobj")
    if target is None or target.lemma_.lower() != noun:
        return None
    inner = object_of_preposition(target, (preposition,)) or object_of_preposition(verb, (preposition,))
    if inner is None:
        return None
    if noun in ("rise", "care", "blame", "way", "stage", "wonder", "toll"):
        return inner, inner.left_edge.i
    lead = noun_pieces(target, frozenset(c.i for c in target.children if c.dep_ == "prep"))
    places = noun_pieces(inner)
    if not lead or not places:
        return None
    stem = f"{lead[0].reading} {preposition}"
    first = Piece(lead[0].start, places[0].end, f"{stem} {places[0].reading}", target.i)
    return [first, *(Piece(p.start, p.end, f"{stem} {p.reading}", p.head) for p in places[1:])], verb.i + 1


def _clausal(target: "Token") -> "Token | list[Piece]":
    if target.dep_ == "pcomp" and is_clause(target):
        if target.tag_ == "VBG" and has_subject(target):  # "leads to the knee collapsing"
            return clause_pieces(target)
        piece = verb_phrase_piece(target)
        return [piece] if piece is not None else []
    return target


def end_of_words(verb: "Token", cue: Cue) -> int:
    """The token behind the last word of a cue that begins with a verb."""
    for token in verb.doc[verb.i + 1 : verb.i + 8]:
        if token.lower_ == cue.words[-1]:
            return token.i + 1
    return verb.i + 1


def less_of(verb: "Token", told: "Token", skip: frozenset[int]) -> list[Piece]:
    """What a verb that lowers a thing leaves of it: of "lowers the load" less load, in all its words."""
    whole, pieces = verb_phrase_piece(verb, skip), noun_pieces(told, skip)
    if whole is None:
        return pieces
    return [replace(whole, reading=f"less {piece.reading}") for piece in pieces[:1]]


def told_by(verb: "Token", *signs: SignWord) -> "tuple[Cue, Token | list[Piece]] | None":
    """The first of a verb's cues with one of these signs that has an object, and that object."""
    for cue in cues_by_first_word("verb").get(verb.lemma_.lower(), ()):
        found = object_of_cue(verb, cue) if cue.sign in signs and not cue.reversed else None
        if found is not None:
            return cue, found[0]
    return None
