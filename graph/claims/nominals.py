"""Nominal cues: "A is a cause of B", "the reason for B is A", "the effect of A on B", "B is due to A"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.claims.arguments import SUBJECTS, child_of, lift, object_of_preposition, subject_of
from graph.claims.cues import Cue, cues_by_first_word, word_list
from graph.claims.proposals import Proposal, propose
from graph.claims.runs import is_clause
from graph.claims.spans import TOPIC, Piece, clause_pieces, noun_pieces, pointer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HAVE = word_list("have")
_LISTING = frozenset({"include", "be", "become", "remain", "comprise"})
# Nouns that, said of nothing, are said of what the heading or the article is about: "Treatment may include rest".
_WITHOUT_OBJECT = frozenset({"cause", "reason", "factor", "culprit", "treatment", "remedy", "cure"})
_SIGNS = frozenset({"symptom", "sign"})


def nominal_proposals(doc: "Doc", *, question: bool) -> Iterator[Proposal]:
    """What the nouns and adjectives among the cues of a parsed text say."""
    nouns, influences = cues_by_first_word("noun"), cues_by_first_word("influence")
    links, adjectives = cues_by_first_word("link"), cues_by_first_word("adjective")
    for token in doc:
        lemma = token.lemma_.lower()
        if token.pos_ in ("NOUN", "PROPN"):
            yield from _by_noun(token, nouns.get(lemma, ()), question)
            for cue in influences.get(lemma, ()):
                found = _influence(token, cue)
                if found is not None:
                    yield from _proposed(token, cue, *found, question)
                    break
            for cue in links.get(lemma, ()):
                found = _tie(token)
                if found is not None:
                    yield from _proposed(token, cue, *found, question)
                    break
        elif token.lower_ in adjectives and token.pos_ in ("ADJ", "ADP", "NOUN", "SCONJ", "ADV"):
            for cue in adjectives[token.lower_]:
                found = _adjective(token, cue)
                if found is not None:
                    yield from _proposed(token, cue, *found, question)
                    break


def _by_noun(token: "Token", cues: tuple[Cue, ...], question: bool) -> Iterator[Proposal]:
    for governed in (True, False):
        for cue in cues:
            found = _noun(token, cue, governed)
            if found is not None:
                yield from _proposed(token, cue, *found, question)
                return


def _proposed(
    token: "Token", cue: Cue, cause: "Token | list[Piece]", effect: "Token | list[Piece]", question: bool
) -> Iterator[Proposal]:
    proposal = propose(
        cause,
        effect,
        cue=_cue_span(token, cue),
        trigger=token,
        sign=cue.sign,
        rule=cue.rule,
        correlated=cue.correlated,
        question=question,
    )
    if proposal is not None:
        yield proposal


def _cue_span(token: "Token", cue: Cue) -> tuple[int, int]:
    if len(cue.words) > 1:
        for after in token.doc[token.i + 1 : token.i + 3]:
            if after.lower_ == cue.words[-1]:
                return token.i, after.i + 1
    return token.i, token.i + 1


def _noun(noun: "Token", cue: Cue, with_object: bool) -> "tuple[Token | list[Piece], Token | list[Piece]] | None":
    governed = _governed(noun, cue)
    if (governed is not None) != with_object or (noun.dep_ == "pobj" and noun.head.lower_ == "as" and cue.reversed):
        return None
    equated = _equated(noun)
    if equated is None:
        return None
    if governed is None:
        if noun.lemma_ in _SIGNS and noun.dep_ == "nsubj" and noun.head.lemma_ == "include" and equated.i != noun.i:
            return pointer(noun, TOPIC), equated
        if cue.reversed or noun.lemma_ not in _WITHOUT_OBJECT:
            return None
        return (equated, pointer(noun, TOPIC)) if equated.i != noun.i else None
    if governed.i == equated.i:
        return None
    named = _told_in_list(noun) or equated
    return (governed, named) if cue.reversed else (named, governed)


def _told_in_list(noun: "Token") -> list[Piece]:
    """What stands behind a noun's colon, where it is several things: "signs of it: stiffness, a sore lump, a limp"."""
    members = [c for c in noun.rights if c.dep_ == "appos"]
    colon = any(c.text == ":" and c.i < members[0].i for c in noun.rights) if members else False
    return [piece for member in members for piece in noun_pieces(member)] if colon and len(members) > 1 else []


def _governed(noun: "Token", cue: Cue) -> "Token | None":
    """What stands behind the noun's preposition, before it ("back pain causes") or in its possessive."""
    preposition = cue.words[-1]
    target = object_of_preposition(noun, (preposition,))
    if target is not None:
        return target
    if preposition in ("of", "for") and noun.lemma_ in ("cause", "remedy", "treatment", "cure"):
        return child_of(noun, "poss") if (p := child_of(noun, "poss")) is None or p.tag_ != "PRP$" else None
    return None


def _equated(noun: "Token") -> "Token | None":
    """What the sentence says that the noun is: its copula's other side, its apposition, its list."""
    head = noun.head
    if noun.dep_ == "attr" and head.lemma_ in _LISTING:
        subject = child_of(head, *SUBJECTS) or subject_of(head)
        if subject is not None and subject.dep_ != "expl" and subject.lower_ not in ("there", "what", "who"):
            lifted = lift(noun)
            return lifted if lifted.i != noun.i else subject
        return None
    if noun.dep_ in ("nsubj", "nsubjpass") and head.lemma_ in _LISTING:
        return _predicate(head)
    if (
        noun.dep_ == "pobj"
        and head.lower_ == "of"
        and head.head.dep_ in ("nsubj", "attr")
        and head.head.lemma_ in ("one", "some", "many", "most")
    ):
        return _equated(head.head)
    if noun.dep_ == "pobj" and head.lower_ == "as" and head.head.pos_ in ("VERB", "AUX"):
        return subject_of(head.head)
    if noun.dep_ == "appos":
        return head
    if noun.dep_ == "conj" and head.pos_ == "NOUN":
        return _equated(head)
    return child_of(noun, "appos")


def _predicate(copula: "Token") -> "Token | None":
    predicate = child_of(copula, "attr", "dobj", "ccomp", "csubj", "xcomp")
    if predicate is not None and predicate.i > copula.i:
        return predicate
    due = child_of(copula, "acomp", "prep")
    if due is not None and due.lower_ == "due":
        to = child_of(due, "pcomp", "prep")
        return child_of(due, "pobj") or (child_of(to, "pobj", "pcomp") if to is not None else None)
    if due is not None and due.pos_ == "NOUN":
        return due
    if due is not None and due.lower_ in ("due", "because"):
        return object_of_preposition(copula, ("due", "to", "because", "of")) or object_of_preposition(due, ("to", "of"))
    return None


def _influence(noun: "Token", cue: Cue) -> "tuple[Token | list[Piece], Token | list[Piece]] | None":
    preposition = cue.words[-1]
    target = object_of_preposition(noun, (preposition,))
    head = noun.head
    if target is None and noun.dep_ == "dobj":
        target = object_of_preposition(head, (preposition,))
    source = object_of_preposition(noun, ("of", "from", "by"))
    if target is None and source is not None:
        target = object_of_preposition(source, (preposition,))
    if target is None:
        return None
    if source is None and (poss := child_of(noun, "poss")) is not None and poss.tag_ != "PRP$":
        source = poss
    if source is None and noun.dep_ in ("dobj", "attr") and head.lemma_ in _HAVE:
        source = subject_of(head)
    if source is None and noun.dep_ == "pobj" and head.lower_ == "with":
        source = lift(head.head) if head.head.pos_ == "NOUN" else None
    if source is None and noun.dep_ in ("attr", "appos"):
        source = subject_of(head) if noun.dep_ == "attr" else head
    if source is None or source.i == target.i or source.lower_ in ("there", "what"):
        return None
    return source, _clausal(target)


def _tie(noun: "Token") -> "tuple[Token | list[Piece], Token | list[Piece]] | None":
    between = object_of_preposition(noun, ("between", "among", "amongst"))
    if between is not None:
        other = child_of(between, "conj")
        if other is None:
            return None
        first = [p for p in noun_pieces(between, frozenset({other.i})) if p.head == between.i]
        return first, [p for p in noun_pieces(other) if p.head != between.i]
    first_token = object_of_preposition(noun, ("of", "from"))
    second = object_of_preposition(noun, ("with", "to"))
    if first_token is None and noun.dep_ in ("dobj", "attr") and noun.head.lemma_ in _HAVE:
        first_token = subject_of(noun.head)
    if first_token is None or second is None or first_token.i == second.i:
        return None
    return first_token, second


def _adjective(adjective: "Token", cue: Cue) -> "tuple[Token | list[Piece], Token | list[Piece]] | None":
    target = object_of_preposition(adjective, cue.words[-1:])
    head = adjective.head
    if target is None and adjective.dep_ in ("prep", "acomp", "advmod", "pcomp", "amod", "attr"):
        after = [t for t in adjective.children if t.lower_ == cue.words[-1]]
        target = child_of(after[0], "pobj", "pcomp") if after else None
    if target is None and adjective.dep_ == "acomp":
        target = object_of_preposition(head, cue.words[-1:])
    if target is None or (target.dep_ == "pcomp" and target.lemma_ in cues_by_first_word("verb")):
        return None
    if adjective.dep_ in ("acomp", "prep", "advmod") and head.lemma_ in (
        "be",
        "become",
        "seem",
        "remain",
        "appear",
        "prove",
    ):
        subject = subject_of(head)
        # "The main reason for B is due to A" is one claim, and the noun makes it.
        if subject is not None and subject.lemma_ in ("reason", "cause"):
            return None
    elif adjective.dep_ in ("amod", "appos") or (
        adjective.dep_ in ("prep", "acl", "relcl") and head.pos_ in ("NOUN", "PROPN")
    ):
        subject = lift(head) if adjective.lower_ != "due" else head
    else:
        return None
    if subject is None or subject.i == target.i or subject.lower_ in ("there", "what"):
        return None
    return (target, subject) if cue.reversed else (subject, _clausal(target))


def _clausal(target: "Token") -> "Token | list[Piece]":
    return clause_pieces(target) if target.dep_ == "pcomp" and is_clause(target) else target
