"""Reasons: "B because A", "B because of A", "due to A, B", "the hips get stiff from A"."""

from typing import TYPE_CHECKING

from graph.claims.arguments import PERSONS, SUBJECTS, child_of, is_passive
from graph.claims.cues import Cue, word_list
from graph.claims.frames import is_advice, is_order, says_no_cause
from graph.claims.objects import told_by
from graph.claims.runs import is_clause

if TYPE_CHECKING:
    from spacy.tokens import Token

_POINTING = ("it", "they", "this", "that", "these")


def first_adjective(token: "Token") -> "Token":
    """The first of joined adjectives."""
    while token.dep_ == "conj" and token.pos_ == "ADJ":
        token = token.head
    return token


def reason_given(token: "Token", cue: Cue) -> "tuple[Token, Token] | None":
    """Cause and effect of "B because (of) A"; the copula's "B is due to A" is the adjective's."""
    if cue.words == ("from",):
        return _becoming_from(token)
    if len(cue.words) == 1:
        return _reason_clause(token, cue)
    last = token.doc[token.i + len(cue.words) - 1]
    cause = child_of(last, "pobj") or child_of(token, "pobj") or child_of(last, "pcomp")
    if cause is None:
        return None
    governor = _governor(token, token.i + len(cue.words))
    if governor is None or governor.i == cause.i or cause.is_ancestor(governor):
        return None
    if cue.words == ("due", "to") and (governor.lemma_ == "be" or not is_clause(governor)):
        return None
    if governor.lemma_ == "be" and child_of(governor, "attr", "acomp", "expl") is None:
        subject = child_of(governor, *SUBJECTS)
        return None if subject is None else (cause, subject)
    return cause, governor


def _becoming_from(token: "Token") -> "tuple[Token, Token] | None":
    """Cause and effect of "the hips get short and tight from sitting"; "far from home" is a place."""
    cause, said = child_of(token, "pobj", "pcomp"), first_adjective(token.head)
    verb = said.head if said.dep_ == "acomp" else said
    becomes = verb.lemma_ in ("become", "get", "grow", "go", "turn", "feel") and child_of(verb, "acomp") is not None
    if token.dep_ != "prep" or cause is None or not becomes or child_of(verb, *SUBJECTS) is None:
        return None
    return cause, verb


def _governor(token: "Token", end: int) -> "Token | None":
    inside = range(token.i, end)
    for part in token.doc[token.i : end]:
        if part.head.i not in inside:
            head = part.head
            return head if head.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") else None
    return None


def _reason_clause(token: "Token", cue: Cue) -> "tuple[Token, Token] | None":
    clause = token.head
    subject = child_of(clause, *SUBJECTS)
    if token.dep_ != "mark" or clause.dep_ != "advcl" or subject is None:
        return None
    if token.i and token.nbor(-1).lower_ == "not":
        return None  # "they feel tight because the pelvis tips, not because they are short"
    main = clause.head.head if clause.head.dep_ == "acomp" else clause.head
    if main.i == clause.i or not (is_clause(main) or main.pos_ in ("ADJ", "NOUN")):
        return None
    main = _last_joined(main, token)
    if (cue.words[0] == "as" and (_compares(token) or says_also(token))) or is_order(main) or _is_writers_doing(main):
        return None
    if _is_verdict(main):
        return None
    advised = is_advice(main) or _is_valued(main)
    if (cue.words[0] in ("as", "since") and _is_time(token, clause)) or (cue.words[0] != "because" and advised):
        return None
    if advised and subject.lower_ in _POINTING:
        return None  # "rest is not advised because it weakens the calf" says why not, and is read at "weakens"
    return clause, _brought_about(main) or main


def _brought_about(main: "Token") -> "Token | None":
    """What a clause says to come of something: of "new shoes can lead to sore calves, because ..." the sore calves."""
    told = None if is_passive(main) or says_no_cause(main) else told_by(main, "+")
    brought = told[1] if told is not None else None
    return None if brought is None or isinstance(brought, list) or brought.pos_ == "PRON" else brought


def _is_valued(clause: "Token") -> bool:
    """Whether a clause says that a thing is advised, or worth it: "rest is not recommended", "warming up matters"."""
    said = child_of(clause, "acomp", "attr")
    words = {clause.lemma_, said.lemma_ if said is not None else ""}
    return bool(words & word_list("valuing"))


def _is_verdict(main: "Token") -> bool:
    """Whether a clause only judges a thing: "planks help too", "rows are our favourite", "tight hips are to blame"."""
    said = child_of(main, "acomp", "attr", "xcomp")
    judged = main.lemma_ == "be" and said is not None and said.lemma_.lower() in word_list("verdicts")
    return judged or (main.lemma_ == "help" and child_of(main, "dobj", "xcomp", "ccomp") is None)


def _last_joined(main: "Token", token: "Token") -> "Token":
    # "rest is rarely needed and can slow recovery, since ...": the reason is of what stands before it.
    while True:
        later = [c for c in main.rights if c.dep_ == "conj" and is_clause(c) and c.i < token.i]
        if not later or main.i > token.i:
            return main
        main = later[-1]


def _compares(token: "Token") -> bool:
    # "as active as the pain allows"
    return any(t.lower_ in ("as", "so", "same", "such") for t in token.doc[max(0, token.i - 4) : token.i])


def _is_writers_doing(clause: "Token") -> bool:
    # "I ask about sleep because ...": why somebody does something, not what brings it about.
    subject = child_of(clause, *SUBJECTS)
    return subject is not None and subject.lower_ in ("i", "we") and clause.lemma_ not in word_list("undergoing")


def _is_time(token: "Token", clause: "Token") -> bool:
    # "as you run", "since 2010": while and ever since, not because.
    before = token.doc[token.i - 1].lower_ if token.i else ""
    if before in ("just", "such", "well", "same", "much", "soon", "long", "far", "ever", "even"):
        return True
    subject = child_of(clause, *SUBJECTS)
    if subject is not None and subject.lower_ in PERSONS and clause.lemma_ not in ("be", "have", "lack", "need"):
        return True
    return token.lower_ == "since" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in clause.head.children)


def says_also(token: "Token") -> bool:
    """Whether a connective only says the same of another thing."""
    # "heat helps; so does a pillow", "sitting tightens them, as does cycling"
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ in word_list("auxiliaries")
