"""Loose ties: grammar that often, not always, says cause and effect. Only the tagger makes claims of them.

"headaches from caffeine", "the riot broke out after the ruling", "the bridge collapsed, cutting off the village".
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.claims.arguments import PERSONS, SUBJECTS, child_of, subject_of
from graph.claims.cues import cues_by_first_word, word_list
from graph.claims.objects import deed_on_part
from graph.claims.proposals import Proposal, propose
from graph.claims.runs import is_clause
from graph.claims.spans import verb_phrase_piece

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUN_PREPOSITIONS = frozenset({"from", "after", "by", "over", "against", "for"})
_VERB_PREPOSITIONS = frozenset({"from", "after", "following", "over", "against", "for", "amid", "in", "by", "during"})
# What is done to a body part, said with its verb, so that no sign of the tagger's turns it.
DONE = "loose/done"
_CLAUSE_MARKS = frozenset({"after", "when", "as", "since", "once", "where", "while"})


def loose_proposals(doc: "Doc", *, question: bool) -> Iterator[Proposal]:
    """What the loose ties of a parsed text may say; many of them say nothing of the kind."""
    cues = cues_by_first_word("verb")
    for token in doc:
        found: Proposal | None = None
        if token.dep_ == "prep":
            found = _prepositional(token, question)
        elif token.dep_ == "advcl":
            found = _adverbial(token, question)
        if found is not None:
            yield found
        if token.pos_ == "VERB" and token.lemma_ not in cues:
            yield from _open_verb(token, question)
        if (done := _own_deed(token, question)) is not None:
            yield done
        if token.lower_ in ("induced", "related", "caused") and token.i > 1 and token.nbor(-1).text == "-":
            yield from _hyphenated(token, question)


def _prepositional(token: "Token", question: bool) -> Proposal | None:
    cause = child_of(token, "pobj", "pcomp")
    head, word = token.head, token.lower_
    if cause is None or head.i == token.i or cause.pos_ == "NUM" or cause.ent_type_ in ("DATE", "GPE"):
        return None
    if word == "from" and head.lemma_ in word_list("motions"):
        return None
    if head.pos_ == "NOUN" and word in _NOUN_PREPOSITIONS:
        return _tie(cause, head, token, f"loose/noun-{word}", question)
    if is_clause(head) and word in _VERB_PREPOSITIONS and head.i < token.i:
        target = head
        governed = child_of(head, "dobj")
        if governed is not None and word == "from" and governed.i < token.i:
            target = governed
            done = deed_on_part(governed, frozenset({token.i}))
            if done is not None:  # "strain the neck from sleeping badly": what is done to it
                span = token.i, token.i + 1
                return propose(cause, [done], cue=span, trigger=token, sign="+", rule=DONE, question=question)
        return _tie(cause, target, token, f"loose/verb-{word}", question)
    return None


def _adverbial(verb: "Token", question: bool) -> Proposal | None:
    main, mark = verb.head, child_of(verb, "mark", "advmod")
    if not is_clause(main):
        return None
    if verb.tag_ == "VBG" and mark is None and verb.i > main.i and verb.lemma_ not in cues_by_first_word("verb"):
        piece = verb_phrase_piece(verb)
        if piece is None:
            return None
        if verb.lemma_ in word_list("motives"):
            return propose(
                [piece], main, cue=(verb.i, verb.i + 1), trigger=verb, sign="+", rule="loose/motive", question=question
            )
        return propose(
            main, [piece], cue=(verb.i, verb.i + 1), trigger=verb, sign="+", rule="loose/participle", question=question
        )
    if verb.tag_ == "VB" and mark is None and (to := child_of(verb, "aux")) is not None and to.lower_ == "to":
        piece = verb_phrase_piece(verb)
        return (
            None
            if piece is None
            else propose(
                [piece], main, cue=(to.i, to.i + 1), trigger=verb, sign="+", rule="loose/purpose", question=question
            )
        )
    if mark is not None and mark.lower_ in _CLAUSE_MARKS and child_of(verb, *SUBJECTS) is not None:
        return _tie(verb, main, mark, f"loose/clause-{mark.lower_}", question)
    return None


def _open_verb(verb: "Token", question: bool) -> Iterator[Proposal]:
    target = child_of(verb, "dobj")
    subject = subject_of(verb)
    if target is None or subject is None or subject.lower_ in PERSONS or target.tag_ in ("WDT", "WP", "PRP"):
        return
    deed = deed_on_part(target)
    done, rule = (target, "loose/verb") if deed is None else ([deed], DONE)
    proposal = propose(subject, done, cue=(verb.i, verb.i + 1), trigger=verb, sign="+", rule=rule, question=question)
    if proposal is not None:
        yield proposal


def _own_deed(verb: "Token", question: bool) -> Proposal | None:
    """What a thing does because it is as it is: "tired muscles tear more easily", "a weak psoas tires early"."""
    subject = child_of(verb, "nsubj", "nsubjpass") if verb.pos_ == "VERB" else None
    if subject is None or subject.i > verb.i or subject.pos_ != "NOUN" or child_of(subject, "amod") is None:
        return None
    if verb.dep_ == "relcl" or child_of(verb, "dobj", "ccomp") is not None:
        return None
    piece = verb_phrase_piece(verb)
    if piece is None:
        return None
    return propose(
        subject, [piece], cue=(verb.i, verb.i + 1), trigger=verb, sign="+", rule="loose/deed", question=question
    )


def _hyphenated(token: "Token", question: bool) -> Iterator[Proposal]:
    # "exercise-induced cramps"
    cause, effect = token.nbor(-2), token.head
    if cause.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") and effect.pos_ in ("NOUN", "PROPN") and effect.i > token.i:
        proposal = propose(
            cause, effect, cue=(token.i, token.i + 1), trigger=token, sign="+", rule="loose/hyphen", question=question
        )
        if proposal is not None:
            yield proposal


def _tie(cause: "Token", effect: "Token", token: "Token", rule: str, question: bool) -> Proposal | None:
    return propose(cause, effect, cue=(token.i, token.i + 1), trigger=token, sign="+", rule=rule, question=question)
