"""Connectives between clauses: "B because A", "A, so B", "if A then B", "due to A, B"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from graph.claims.arguments import PERSONS, SUBJECTS, child_of, object_of_preposition
from graph.claims.certainty import certainty_of
from graph.claims.cues import Cue, cues_by_first_word, word_list
from graph.claims.frames import ADVICE_VERBS, ADVISING, is_advice, is_order
from graph.claims.objects import less_of, told_by
from graph.claims.proposals import Proposal, propose
from graph.claims.reasons import first_adjective, reason_given, says_also
from graph.claims.runs import is_clause
from graph.claims.spans import Piece, clause_pieces, noun_pieces, verb_phrase_piece
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ARROW = re.compile(r"\s*(?:[→➔➜⇒⟶]|[-=]>)\s*")
_HAPPENING = word_list("happening")
_CHANGING = word_list("changing")
# What comes upon a person: "you get shin pain", "you end up with shin pain".
_BEFALLING = word_list("undergoing") | {"risk", "lose"}
_ENDING = frozenset({"end", "wind", "come", "be"})


def connective_proposals(doc: "Doc", *, question: bool) -> Iterator[Proposal]:
    """What the connectives among the cues of a parsed text say."""
    reasons, outcomes, conditions = (cues_by_first_word(f) for f in ("reason", "outcome", "condition"))
    taken: set[int] = set()
    yield from _arrows(doc, question)
    for token in doc:
        word = token.lower_
        for cue in reasons.get(word, ()):
            if token.i in taken or not _words_match(token, cue):
                continue
            found = reason_given(token, cue)
            if found is not None:
                yield from _each_proposed(token, cue, *found, question)
                taken |= set(range(token.i, token.i + len(cue.words)))
                break
        for cue in outcomes.get(word, ()):
            if _words_match(token, cue):
                found = _outcome(token)
                if found is not None:
                    yield from _each_proposed(token, cue, *found, question)
                    break
        for cue in conditions.get(word, ()):
            found = _condition(token) if word != "without" else _absence(token)
            if found is not None:
                yield from _each_proposed(token, cue, *found, question)
        if token.dep_ == "cc" and token.lower_ == "and" and not question:
            yield from _order(token)


def _arrows(doc: "Doc", question: bool) -> Iterator[Proposal]:
    # "tight calves -> heel pain -> a limp"
    marks = [m.span() for m in _ARROW.finditer(doc.text)]
    edges = [0, *(edge for mark in marks for edge in mark), len(doc.text)]
    parts = [doc.char_span(a, b, alignment_mode="contract") for a, b in zip(edges[::2], edges[1::2], strict=True)]
    for (start, end), before, after in zip(marks, parts, parts[1:], strict=False):
        if before is None or after is None or not 0 < len(before) <= 12 or not 0 < len(after) <= 12:
            continue
        mark = doc.char_span(start, end, alignment_mode="expand")
        if mark is None:
            continue
        proposal = propose(
            [Piece(before.start_char, before.end_char, before.text, before.root.i)],
            [Piece(after.start_char, after.end_char, after.text, after.root.i)],
            cue=(mark.start, mark.end),
            trigger=before.root,
            sign="+",
            rule="outcome/arrow",
            question=question,
        )
        if proposal is not None:
            yield proposal


def _words_match(token: "Token", cue: Cue) -> bool:
    return tuple(t.lower_ for t in token.doc[token.i : token.i + len(cue.words)]) == cue.words


def _each_proposed(token: "Token", cue: Cue, cause: "Token", effect: "Token", question: bool) -> Iterator[Proposal]:
    """Also for what is joined to either: "if you sit all day, the hips get tight and the glutes get weak"."""
    for one, other in product(_joined(cause, effect, token), _joined(effect, cause, token)):
        if other.i == effect.i or cue.frame != "condition" or _says_what_happens(other):
            yield from _proposed(token, cue, one, other, question)


def _joined(clause: "Token", other: "Token", cue: "Token") -> "list[Token]":
    """A clause, and those with a subject of their own that "and" joins to it."""
    joined = [clause]
    for child in clause.rights if is_clause(clause) else ():
        subject = child_of(child, *SUBJECTS) if child.dep_ == "conj" and is_clause(child) else None
        apart = child.i == other.i or child.is_ancestor(other) or child.is_ancestor(cue) or cue.i > child.i > other.i
        also = all(c.lower_ in ("and", ",") for c in clause.rights if c.dep_ in ("cc", "punct") and c.i < child.i)
        if subject is not None and subject.pos_ in ("NOUN", "PROPN") and also and not apart:
            joined.append(child)
    return joined


def _proposed(token: "Token", cue: Cue, cause: "Token", effect: "Token", question: bool) -> Iterator[Proposal]:
    trigger = effect if cue.frame == "condition" and is_clause(effect) else token
    causes = _pieces(cause, token, effect, brings=True)
    if not causes and cue.frame == "condition" and (named := _named_by_it(cause, effect)) is not None:
        causes = _with_subject(cause, named)
    proposal = propose(
        causes,
        _pieces(effect, token, cause),
        cue=(token.i, token.i + len(cue.words)),
        trigger=trigger,
        sign=cue.sign,
        rule=cue.rule,
        question=question,
    )
    if proposal is not None and trigger is effect and proposal.certainty is Certainty.DENIED:
        # "if A, B never works": the effect is what does not happen; nobody denies the claim.
        proposal = replace(proposal, certainty=certainty_of(token, question=question))
    if proposal is not None and proposal.certainty is Certainty.ASSERTED and not is_clause(effect):
        # "new shoes can lead to sore calves, because the load moves": what the reason brings is no surer
        above = next((t for t in effect.ancestors if is_clause(t)), token)
        hedged = cue.frame == "reason" and certainty_of(above, question=question) is Certainty.HEDGED
        proposal = replace(proposal, certainty=Certainty.HEDGED) if hedged else proposal
    if proposal is not None:
        yield proposal


def _with_subject(clause: "Token", named: "Token") -> list[Piece]:
    """A clause about "it", read with what "it" is."""
    said, subject = verb_phrase_piece(clause), noun_pieces(named)
    if said is None or len(subject) != 1:
        return []
    return [replace(said, reading=f"{subject[0].reading} {said.reading}")]


def _pieces(argument: "Token", cue: "Token", other: "Token", *, brings: bool = False) -> list[Piece]:
    above = [t for t in cue.ancestors if argument.is_ancestor(t) and not _is_predicate(t)]
    skip = {cue.i} | {t.i for t in above}
    if argument.is_ancestor(other):
        skip |= {other.i} | {t.i for t in other.ancestors if argument.is_ancestor(t) and not _is_predicate(t)}
    skip.discard(argument.i)
    if is_clause(argument):
        subject = child_of(argument, *SUBJECTS)
        if argument.lemma_ in _HAPPENING and subject is not None and subject.pos_ in ("NOUN", "PROPN"):
            return noun_pieces(subject, frozenset(skip))
        if subject is not None and subject.lower_ in ("it", "this", "that", "which", "there"):
            said = child_of(argument, "dobj", "attr") or object_of_preposition(argument, ("to", "in"))
            told = argument.lemma_ in cues_by_first_word("verb") and said is not None
            if not told or said is None:
                return []
            return _left_by(argument, said, frozenset(skip)) if brings else noun_pieces(said, frozenset(skip))
        return clause_pieces(argument, frozenset(skip))
    return noun_pieces(argument, frozenset(skip))


def _left_by(verb: "Token", said: "Token", skip: frozenset[int]) -> list[Piece]:
    """What "this" does, as what comes of it: of "this takes the stretch off the calf, so ..." less stretch."""
    return less_of(verb, said, skip) if told_by(verb, "-") is not None else noun_pieces(said, skip)


def _is_predicate(token: "Token") -> bool:
    # "get short and tight from sitting": what the parser hangs the cue on belongs to the clause.
    return first_adjective(token).dep_ == "acomp"


def _outcome(token: "Token") -> "tuple[Token, Token] | None":
    """Cause and effect of "A, so B"; an advice is no effect."""
    found = _outcome_of(token)
    if found is None or is_advice(found[1]) or child_of(found[1], *SUBJECTS) is None or says_also(token):
        return None
    return found


def _outcome_of(token: "Token") -> "tuple[Token, Token] | None":
    effect = token.head
    if not is_clause(effect) or token.i > effect.i or token.dep_ not in ("cc", "advmod", "mark"):
        return _outcome_between_clauses(token)
    if effect.dep_ in ("conj", "advcl", "ccomp", "parataxis") and effect.head.i < token.i and is_clause(effect.head):
        return effect.head, effect
    earlier = [
        c for c in effect.children if c.dep_ in ("ccomp", "advcl", "parataxis") and c.i < token.i and is_clause(c)
    ]
    return (earlier[-1], effect) if earlier and token.i > 0 else None


def _outcome_between_clauses(token: "Token") -> "tuple[Token, Token] | None":
    if token.dep_ == "cc" and is_clause(token.head):
        for child in token.head.children:
            if (
                child.dep_ == "conj"
                and child.i > token.i
                and is_clause(child)
                and child_of(child, *SUBJECTS) is not None
            ):
                return token.head, child
    return None


def _order(token: "Token") -> Iterator[Proposal]:
    """What follows where an order is obeyed: "tear the ligament and the knee gives way"."""
    order = token.head
    effect = next((c for c in order.rights if c.dep_ == "conj" and c.i > token.i and is_clause(c)), None)
    if order.dep_ != "ROOT" or not is_order(order) or effect is None or order.left_edge.i > 1:
        return
    subject = child_of(effect, *SUBJECTS)
    if subject is None or subject.i < token.i or not _says_what_happens(effect):
        return
    proposal = propose(
        clause_pieces(order, frozenset({token.i, effect.i})),
        _pieces(effect, token, order),
        cue=(token.i, token.i + 1),
        trigger=effect,
        sign="+",
        rule="condition/order",
    )
    if proposal is not None:
        yield proposal


def _absence(token: "Token") -> "tuple[Token, Token] | None":
    """Cause and effect of "without A, B"."""
    main, lacking = token.head, child_of(token, "pobj")
    if token.dep_ != "prep" or lacking is None or not is_clause(main) or main.i < token.i:
        return None
    subject = child_of(main, *SUBJECTS)
    does = subject is not None and subject.lemma_.lower() in word_list("people") and not is_advice(main)
    return (lacking, main) if does or _says_what_happens(main) else None


def _condition(token: "Token") -> "tuple[Token, Token] | None":
    clause = token.head
    if token.dep_ not in ("mark", "advmod") or clause.dep_ != "advcl" or clause.i < token.i:
        return None
    main = clause.head
    subject = child_of(clause, *SUBJECTS)
    if subject is None or subject.lower_ in ("this", "that", "i", "we") or _is_circumstance(clause):
        return None
    if subject.lower_ == "it" and _named_by_it(clause, main) is None:
        return None
    if not is_clause(main) or not _says_what_happens(main):
        return None
    return clause, main


def _named_by_it(clause: "Token", main: "Token") -> "Token | None":
    """What "it" is in "the tendon hurts if it is overloaded": the subject of the main clause before it."""
    subject = child_of(main, *SUBJECTS) if is_clause(main) else None
    named = subject is not None and subject.i < clause.i and subject.pos_ in ("NOUN", "PROPN")
    return subject if named else None


def _is_circumstance(clause: "Token") -> bool:
    # "when runners were tested", "if you are curious"
    if clause.lemma_ in word_list("testing"):
        return True
    subject, said = child_of(clause, *SUBJECTS), child_of(clause, "acomp")
    person = subject is not None and subject.lower_ in PERSONS
    return person and said is not None and said.lower_ in word_list("moods")


def _equates(main: "Token") -> bool:
    # "endurance is your weak point" judges; "a limp is the result" tells.
    said = child_of(main, "attr", "ccomp")
    return (
        main.lemma_ == "be" and said is not None and said.lemma_ not in ("result", "consequence", "outcome", "effect")
    )


def _says_what_happens(main: "Token") -> bool:
    """Whether a main clause tells an outcome: not advice, not an order, not about the reader's choice."""
    subject = child_of(main, *SUBJECTS)
    if (
        subject is None
        or subject.lower_ in ("i", "we", "this", "that", "these")
        or (subject.lower_ == "there" and child_of(main, "attr") is None)
        or (main.tag_ == "VB" and main.dep_ == "ROOT" and child_of(main, "aux") is None)
        or _equates(main)
        or main.lemma_ in word_list("testing")
    ):
        return False
    auxiliaries = {c.lower_ for c in main.children if c.dep_ == "aux"}
    if auxiliaries & ADVISING or main.lemma_ in ADVICE_VERBS or main.lemma_ in ADVISING:
        return False
    told = child_of(main, "dobj") or object_of_preposition(main, ("to", "in"))
    if main.lemma_ in cues_by_first_word("verb") and told is not None and main.lemma_ not in ("take", "get", "come"):
        return False
    if subject.lower_ in PERSONS and subject.lower_ not in ("they", "it"):
        ended = main.lemma_ in ("end", "wind") and child_of(main, "xcomp") is not None
        return (
            main.lemma_ in _BEFALLING
            or ended
            or (object_of_preposition(main, ("with",)) is not None and main.lemma_ in _ENDING)
        )
    return (
        main.lemma_ in _CHANGING
        or main.lemma_ in ("stop", "fail", "struggle")
        or bool(auxiliaries & {"will", "may", "can", "could", "might", "would"})
    )
