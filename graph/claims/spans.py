"""Phrases: the words of a parse that name a cause or an effect, one piece for each member of a list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.claims.cues import word_list
from graph.claims.members import counted_in, examples_of, renames, shared_head, told_of
from graph.claims.places import with_place
from graph.claims.runs import (
    LIST_MARKS,
    NOT_IN_CLAUSE,
    NOT_IN_NOUN,
    TRIMMED_LEFT,
    allowed_of,
    has_subject,
    is_clause,
    run_around,
    trimmed,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSE_OPENERS = frozenset({"WDT", "WP", "WRB", "CC", "IN", "TO"})
_SENTENCE_ADVERBS = word_list("sentence_adverbs")
_GENERIC = word_list("generic")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM", "DET", "ADV"})
_POINTERS = word_list("pointers")
_EMPTY_NOUNS = word_list("empty_nouns")
_WAYS = ("way", "tip", "step")
_DRILLS = ("exercise", "stretch", "drill")
_PRACTISING = ("practice", "practise", "do", "perform", "try", "repeat", "hold")
_LONG_PHRASE = 8
_CAUSING = ("causing", "leading", "resulting")
_STEPS = ("ultimately", "eventually", "finally", "then", "later")
_HOLLOW_NOUNS = word_list("hollow_nouns")
_VAGUE = word_list("vague")
_MAX_LIST = 12
# What a piece may refer to besides what a pronoun does: the trouble that the article or its heading is about, and what
# the sentence before tells the treatment of.
TOPIC = "topic"
TREATED = "treated"
# ... or everything that the sentence before tells of: "all of these".
ALL_OF_THEM = "all"
# ... or only announces what the next sentence counts up.
UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a parsed text that name one thing.

    Args:
        start, end: half-open character offsets into the parsed text.
        reading: the words with what the sentence says only once for the whole list: in "tight hamstrings/groin"
            the second piece has the words "groin" and the reading "tight groin".
        head: index of the token that carries it.
        refers: the pronoun in lower case where the words only point elsewhere ("this", "these exercises"), else "".
    """

    start: int
    end: int
    reading: str
    head: int
    refers: str = ""


def pointer(token: "Token", refers: str) -> list[Piece]:
    """One piece at a token's place that only points elsewhere."""
    return [Piece(token.idx, token.idx + len(token), "", token.i, refers)]


def pieces_of(token: "Token", *, skip: Iterable[int] = ()) -> list[Piece]:
    """The pieces that a token's phrase is made of; what the indices in `skip` head is left out."""
    left_out = frozenset(skip)
    if is_clause(token):
        return clause_pieces(token, left_out)
    return noun_pieces(token, left_out)


def noun_pieces(head: "Token", skip: frozenset[int] = frozenset()) -> list[Piece]:
    """One piece for each member of a coordinated noun phrase, with what the members share."""
    if head.lower_ in LIST_MARKS or head.lower_.startswith("etc"):
        return []
    examples = (examples_of(head) if head.lemma_.lower() in _GENERIC else []) or counted_in(head)
    if examples:
        return [piece for example in examples for piece in noun_pieces(example, skip)][:_MAX_LIST]
    members = [head, *_conjuncts(head, skip)]
    members += _members_given_to_verb(members[-1], skip)
    spread = _spread_over_preposition(head, skip) if len(members) == 1 else []
    if spread:
        return spread
    shared = _shared_modifiers(head)
    said_last = shared_head(members)
    tail = _shared_tail(members) or said_last
    pieces = [
        piece
        for place, member in enumerate(members[:_MAX_LIST])
        if (piece := _noun_piece(member, skip, shared if place else "", "" if _reaches(member, tail) else tail))
    ]
    if not said_last or tail != said_last:
        return pieces
    # "neck, shoulder and back pain": no member is named without the pain.
    return [replace(piece, end=max(piece.end, pieces[-1].end)) for piece in pieces]


def clause_pieces(verb: "Token", skip: frozenset[int] = frozenset()) -> list[Piece]:
    """The clause as one piece; "there are adhesions" is its noun, "you have pain" its object."""
    if _only_points(verb):
        return [Piece(verb.idx, verb.idx + len(verb), verb.text, verb.i, "this exercise")]
    inner = _content_of_empty_clause(verb)
    if inner is not None:
        return pieces_of(inner, skip=skip)
    several = _several_subjects(verb, skip) or _several_deeds(verb, skip)
    if several:
        return several
    complements = [c for c in verb.children if c.dep_ == "acomp"]
    adjectives = [j for c in complements for j in _conjuncts(c, skip) if j.pos_ in ("ADJ", "VERB")]
    piece = _clause_piece(verb, _without_person(verb, skip) | {a.i for a in adjectives})
    if piece is None:
        return []
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    named = (
        trimmed(verb.doc, *run_around(subject, allowed_of(subject, NOT_IN_NOUN, skip))) if subject is not None else None
    )
    if not adjectives or named is None:
        return [piece]
    subject_text = verb.doc[named[0] : named[1]].text
    return [piece, *(Piece(a.idx, a.idx + len(a), f"{subject_text} {a.text}", a.i) for a in adjectives)]


def _without_person(verb: "Token", skip: frozenset[int]) -> frozenset[int]:
    # "you should strengthen your glutes" is what is done, whoever does it.
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ not in word_list("persons"):
        return skip
    negated = any(c.dep_ == "neg" for c in verb.children)
    modals = set() if negated else {c.i for c in verb.children if c.dep_ == "aux" and c.i > subject.i}
    return skip | {subject.i} | modals


def verb_phrase_piece(verb: "Token", skip: Iterable[int] = ()) -> Piece | None:
    """The verb with its objects, without its subject: "stabilise the pelvis"."""
    subjects = {c.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "expl")}
    return _clause_piece(verb, frozenset(skip) | subjects)


def _only_points(verb: "Token") -> bool:
    # "practise this daily", "doing the above exercises": the heading says what.
    target = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if target is None or verb.lemma_ not in _PRACTISING:
        return False
    return target.lower_ in _POINTERS or (
        target.lemma_ in _DRILLS and all(c.lower_ in _VAGUE or c.dep_ == "det" for c in target.children)
    )


def _several_subjects(verb: "Token", skip: frozenset[int]) -> list[Piece]:
    # "muscles, glutes and hamstrings to become stiff" is three things that become stiff.
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.i > verb.i or verb.pos_ == "AUX" or not _conjuncts(subject, skip):
        return []
    more = {"dobj", "prep", "neg", "ccomp", "xcomp", "attr", "conj", "advcl"}
    if verb.lemma_ == "have":  # "the back and the hamstrings have to work harder"
        more -= {"xcomp", "advcl"}
    if any(c.dep_ in more and c.i not in skip for c in verb.children):
        return []
    predicate = verb_phrase_piece(verb, skip)
    return [] if predicate is None else each_does(noun_pieces(subject, skip), predicate)


def each_does(doers: list[Piece], deed: Piece) -> list[Piece]:
    """Each doer with what all of them do: the last one's words go on to the deed, the others only read so."""
    whole = [Piece(p.start, p.end, f"{p.reading} {deed.reading}".strip(), p.head, p.refers) for p in doers]
    return [*whole[:-1], Piece(whole[-1].start, deed.end, whole[-1].reading, deed.head)] if whole else []


def _several_deeds(verb: "Token", skip: frozenset[int]) -> list[Piece]:
    # "deal with stress, manage anxiety and sleep better" is three things that are done.
    deeds = [verb, *_deeds_joined(verb, skip)]
    if len(deeds) == 1 or any(_does(c) for c in verb.children):
        return []
    others = {deed.i for deed in deeds}
    found = [_clause_piece(d, _without_person(d, skip | (others - {d.i}))) for d in deeds[:_MAX_LIST]]
    pieces = [piece for piece in found if piece is not None]
    denied = any(c.dep_ == "neg" for c in verb.children) and any(c.lower_ == "or" for c in verb.children)
    if not denied:
        return pieces
    # "not warming up or stretching enough": neither is done
    return [*pieces[:1], *(replace(p, start=pieces[0].start, reading=f"not {p.reading}") for p in pieces[1:])]


def _does(child: "Token") -> bool:
    return child.dep_ in ("nsubj", "nsubjpass", "expl") and child.lower_ not in word_list("persons")


def _deeds_joined(verb: "Token", skip: frozenset[int]) -> list["Token"]:
    found: list[Token] = []
    for child in verb.rights:
        if child.dep_ == "conj" and child.i not in skip and child.tag_ == verb.tag_ and not has_subject(child):
            found += [child, *_deeds_joined(child, skip)]
    return found


def _content_of_empty_clause(verb: "Token") -> "Token | None":
    # "there will be lots of adhesions", "you will have issues with posture": the noun is what happens.
    children = {c.dep_: c for c in verb.children}
    if "neg" in children:
        return None
    on = next((c for c in verb.children if c.lower_ == "on"), None)
    if on is not None and verb.lemma_ in ("work", "focus", "concentrate"):
        return next((c for c in on.children if c.dep_ in ("pobj", "pcomp")), None)
    if verb.lemma_ == "be" and "expl" in children:
        return children.get("attr")
    subject = children.get("nsubj")
    if verb.lemma_ in ("end", "wind") and subject is not None and subject.lower_ in word_list("persons"):
        below = next((t for t in verb.subtree if t.lower_ == "with" and t.dep_ == "prep"), None)
        return next((c for c in below.children if c.dep_ == "pobj"), None) if below is not None else None
    if verb.lemma_ == "be" and subject is not None and subject.lemma_ in _EMPTY_NOUNS and "ccomp" in children:
        return children["ccomp"] if children["ccomp"].i > verb.i else None
    if subject is None or subject.lower_ not in ("you", "we", "i", "people", "runners", "they"):
        return None
    return children.get("dobj") if verb.lemma_ in word_list("undergoing") else None


def _conjuncts(head: "Token", skip: frozenset[int]) -> list["Token"]:
    found: list[Token] = []
    for child in head.children:
        if child.dep_ == "conj" and child.i not in skip and child.i > head.i and _can_join(child):
            if renames(child):
                continue
            found += [child, *_conjuncts(child, skip)]
        elif child.lower_ in LIST_MARKS or child.lower_.startswith("etc"):
            found += _conjuncts(child, skip)
        elif child.dep_ == "appos" and (found or any(c.lower_ in _STEPS for c in child.children)):
            found += [child, *_conjuncts(child, skip)]
    return found


def _members_given_to_verb(last: "Token", skip: frozenset[int]) -> list["Token"]:
    # "a habit that results in pain, cramps and tears": the parser may join "cramps" to the main verb.
    doc, comma = last.doc, last.right_edge.i + 1
    if comma + 1 >= len(doc) or doc[comma].text != ",":
        return []
    for token in doc[comma + 1 : comma + 5]:
        if token.dep_ == "conj" and token.pos_ == "NOUN" and is_clause(token.head) and token.head.i < last.i:
            return [] if token.i in skip else [token, *_conjuncts(token, skip)]
    return []


def _can_join(conjunct: "Token") -> bool:
    return (
        conjunct.lower_ not in LIST_MARKS
        and not conjunct.lower_.startswith("etc")
        and (not is_clause(conjunct) or conjunct.tag_ == "VBG")
    )


def _spread_over_preposition(head: "Token", skip: frozenset[int]) -> list[Piece]:
    # "tightness of surrounding muscles, glutes and hamstrings" is three tightnesses.
    end = _short_run(head, skip)[1] if head.dep_ == "dobj" else len(head.doc)
    given = [head.doc[end]] if with_place(head, end) > end else []  # to the verb, by the parser
    preps = [c for c in (*head.rights, *given) if c.dep_ == "prep" and c.lower_ in ("of", "in", "on", "with", "for")]
    if len(preps) != 1 or preps[0].i in skip:
        return []
    first = next((c for c in preps[0].children if c.dep_ == "pobj"), None)
    others = _conjuncts(first, skip) if first is not None else []
    if first is None or not others:
        return []
    lead = _noun_piece(head, skip | {o.i for o in others}, "", "")
    if lead is None:
        return []
    core = head.doc[run_around(head, allowed_of(head, NOT_IN_NOUN | {"prep"}, skip))[0] : preps[0].i + 1]
    stem = " ".join(t.text for t in core if t.tag_ not in TRIMMED_LEFT)
    pieces = [_noun_piece(o, skip, "", "") for o in others[: _MAX_LIST - 1]]
    return [lead, *(replace(p, reading=f"{stem} {p.reading}") for p in pieces if p is not None)]


def _shared_modifiers(head: "Token") -> str:
    # "tight hamstrings/groin/hips": the adjective is said once.
    words = [c.text for c in head.children if c.dep_ == "amod" and c.i < head.i and c.pos_ in ("ADJ", "VERB")]
    return " ".join(words)


def _shared_tail(members: list["Token"]) -> str:
    # "tightness and pain in the hips": the place is said once, behind the last; the parser may give it to the first.
    if len(members) < 2:
        return ""
    last = members[-1]
    first = [c for c in members[0].children if c.dep_ == "prep"]
    preps = [c for c in (*last.children, *first) if c.dep_ == "prep" and c.lower_ in ("in", "of", "on", "around")]
    if not preps or any(c.i < last.i for c in first):
        return ""
    run = run_around(preps[0], allowed_of(preps[0], NOT_IN_NOUN, frozenset()))
    return last.doc[run[0] : run[1]].text


def _reaches(member: "Token", tail: str) -> bool:
    """Whether a member's own phrase holds the shared tail."""
    return any(c.dep_ == "prep" and c.i == member.i + 1 for c in member.rights) or not tail


def _noun_piece(head: "Token", skip: frozenset[int], shared: str, tail: str) -> Piece | None:
    start, end = _short_run(head, skip)
    placed = with_place(head, end)
    span = trimmed(head.doc, start, placed)
    if span is None or (_is_empty(head) and placed == end):
        return None
    while span[0] < head.i and head.doc[span[0]].tag_ == "RB" and head.doc[span[0]].lower_ in _SENTENCE_ADVERBS:
        span = (span[0] + 1, span[1])
    words = head.doc[span[0] : span[1]]
    own = any(c.dep_ in ("amod", "compound") for c in head.children)
    reading = " ".join(part for part in (shared if not own else "", words.text, told_of(head), tail) if part)
    refers = _pointing_words(head)
    return Piece(words.start_char, words.end_char, reading, head.i, refers)


def _short_run(head: "Token", skip: frozenset[int]) -> tuple[int, int]:
    """The run of a noun phrase; a long one loses its last prepositional phrases, not its "of"."""
    allowed = allowed_of(head, NOT_IN_NOUN, skip)
    start, end = run_around(head, allowed)
    preps = [i for i in sorted(allowed) if i > head.i and head.doc[i].dep_ == "prep" and head.doc[i].lower_ != "of"]
    while end - start > _LONG_PHRASE and preps:
        skip = skip | {preps.pop()}
        start, end = run_around(head, allowed_of(head, NOT_IN_NOUN, skip))
    return start, end


def _is_empty(head: "Token") -> bool:
    # "other factors", "4 ways", "the issue": a word that only holds a place.
    if head.lemma_.lower() not in _HOLLOW_NOUNS or _pointing_words(head):
        return False
    counted = counted_in(head)
    if counted:
        return _is_empty(counted[0])
    telling = ("compound", "amod", "poss", "acl", "prep") if head.lemma_ not in _WAYS else ("compound", "amod", "poss")
    return not any(c.dep_ in telling and c.lower_ not in _VAGUE and c.tag_ != "PRP$" for c in head.children)


def _clause_piece(verb: "Token", skip: frozenset[int]) -> Piece | None:
    allowed = allowed_of(verb, NOT_IN_CLAUSE, skip)
    start, end = run_around(verb, allowed)
    doc = verb.doc
    while start < verb.i and (
        doc[start].tag_ in _CLAUSE_OPENERS or doc[start].lower_ in _SENTENCE_ADVERBS or doc[start].is_punct
    ):
        start += 1
    if start == verb.i and doc[start].text.startswith("'") and start + 1 < end:
        start += 1  # "'re tight"
    # "to become stiff causing more stress": what it causes in turn is no part of it, whatever the parser hangs it on.
    end = next((i for i in range(verb.i + 1, end) if doc[i].lower_ in _CAUSING), end)
    span = trimmed(doc, start, end)
    if span is None:
        return None
    words = doc[span[0] : span[1]]
    # "the calves may cramp": how sure it is stands in the claim's certainty.
    modal = next((t for t in words[:-1] if t.tag_ == "MD" and t.nbor(1).dep_ != "neg"), None)
    reading = (
        words.text if modal is None else f"{doc[span[0] : modal.i].text} {doc[modal.i + 1 : span[1]].text}".strip()
    )
    return Piece(words.start_char, words.end_char, reading, verb.i)


def _pointing_words(head: "Token") -> str:
    if head.lower_ in ("all", "both", "each", "any", "either") and head.pos_ != "NOUN":
        of = next((c for c in head.children if c.lower_ == "of"), None)
        if of is not None and any(c.lower_ in ("these", "those", "them") for c in of.children):
            return ALL_OF_THEM
    if head.lower_ in _POINTERS and head.pos_ in ("PRON", "DET"):
        return head.lower_
    if head.lower_ in ("one", "ones") and [c.lower_ for c in head.children] in (["this"], ["these"]):
        return "this exercise"  # "This one relieves a stiff back."
    if head.lemma_.lower() not in _EMPTY_NOUNS:
        return ""
    determiner = next((c for c in head.children if c.dep_ == "det"), None)
    if determiner is None or determiner.lower_ not in ("this", "these", "those", "such", "that"):
        return ""
    described = any(c.dep_ in ("amod", "compound", "prep") and c.i < head.i for c in head.children)
    return "" if described else f"{determiner.lower_} {head.lower_}"


def merge(lists: Iterable[list[Piece]]) -> Iterator[Piece]:
    """All pieces once, in order."""
    seen: set[tuple[int, int]] = set()
    for pieces in lists:
        for piece in pieces:
            if (piece.start, piece.end) not in seen:
                seen.add((piece.start, piece.end))
                yield piece
