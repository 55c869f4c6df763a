"""Verbal cues: "A causes B", "B is caused by A", "B caused by A", "..., causing B", "A, which leads to B"."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.claims.arguments import (
    PERSONS,
    SUBJECTS,
    child_of,
    condition_of,
    is_passive,
    means_of,
    object_of_preposition,
    subject_of,
)
from graph.claims.causatives import with_state
from graph.claims.changes import change_proposal
from graph.claims.clefts import cleft_doer, only_doer
from graph.claims.cues import Cue, cues_by_first_word, word_list
from graph.claims.flat import flat_proposals
from graph.claims.frames import says_no_cause
from graph.claims.objects import end_of_words, less_of, object_of_cue, told_by
from graph.claims.proposals import Proposal, propose
from graph.claims.runs import is_clause
from graph.claims.spans import Piece, noun_pieces, verb_phrase_piece

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_RELIEF = frozenset({"-", "better", "state"})
_NO_CLAIM_ABOVE = word_list("no_claim_above")
_PARTICLES = ("down", "up")
_ENSUING = frozenset(["thus", "thereby", "therefore", "consequently", "hence", "so"])
_STEPS = frozenset({"ultimately", "eventually", "finally"})


def verbal_proposals(doc: "Doc", *, question: bool) -> Iterator[Proposal]:
    """What the verbal cues of a parsed text say."""
    by_lemma = cues_by_first_word("verb")
    for token in doc:
        cues = by_lemma.get(token.lemma_.lower())
        if cues and (token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBN", "VBG")):
            for cue in cues:
                found = list(_match(token, cue, question))
                if found:
                    yield from found
                    break
        elif token.lower_ == "cause" and token.pos_ == "NOUN":
            yield from flat_proposals(token, by_lemma["cause"][0], question)


def _match(verb: "Token", cue: Cue, question: bool) -> Iterator[Proposal]:
    if _is_purposeless(verb, cue) or says_no_cause(verb):
        return
    change = change_proposal(verb, question=question)
    if change is not None:
        yield change
        return
    match = _arguments(verb, cue)
    if match is None:
        return
    first, second, end = match
    cause, effect = (second, first) if cue.reversed else (first, second)
    proposal = propose(
        cause,
        effect,
        cue=_cue_span(verb, end),
        trigger=verb,
        sign=cue.sign,
        rule=cue.rule,
        correlated=cue.correlated,
        question=question,
    )
    if proposal is not None:
        yield from _stepwise(proposal, verb)
        yield from _by_means(verb, cue, cause, effect, question)


def _by_means(
    verb: "Token", cue: Cue, cause: "Token | list[Piece]", effect: "Token | list[Piece]", question: bool
) -> Iterator[Proposal]:
    """Of "strong calves prevent heel pain by absorbing shock" that absorbing shock prevents it too."""
    means = means_of(verb)
    if means is None or means.tag_ != "VBG" or cue.reversed or is_passive(verb) or means is cause:
        return
    by = next((t for t in verb.doc[verb.i : means.i] if t.lower_ in ("by", "through", "via")), None)
    piece = verb_phrase_piece(means)
    if by is None or piece is None:
        return
    proposal = propose(
        [piece], effect, cue=(by.i, by.i + 1), trigger=by, sign=cue.sign, rule="means/by", question=question
    )
    if proposal is not None:
        yield proposal


def _stepwise(proposal: Proposal, verb: "Token") -> Iterator[Proposal]:
    """Tell "leads to tight hips and stiff knees, ultimately a limp": what comes last comes of what stands before it."""
    doc, last = verb.doc, proposal.effects[-1]
    step = next((t for t in doc[verb.i : last.head] if t.lower_ in _STEPS and last.start - t.idx - len(t) <= 5), None)
    before = tuple(e for e in proposal.effects if step is not None and e.start < step.idx)
    if step is None or not before or step.idx < before[-1].end:
        yield proposal
        return
    yield replace(proposal, effects=before)
    end = step.idx + len(step)
    yield replace(proposal, causes=before, effects=(last,), sign="+", cue_start=step.idx, cue_end=end, trigger=step.i)


def _is_purposeless(verb: "Token", cue: Cue) -> bool:
    # "he went out to cause trouble" is a purpose, not a cause; "stretch to prevent cramps" is a remedy.
    if verb.tag_ == "VB" and verb.dep_ == "advcl" and child_of(verb, "aux") is not None:
        return cue.sign not in _RELIEF and child_of(verb, "mark") is None and verb.head.lemma_ not in ("use", "help")
    return verb.dep_ == "xcomp" and verb.head.lemma_ in _NO_CLAIM_ABOVE


def _arguments(verb: "Token", cue: Cue) -> "tuple[Token | list[Piece], Token | list[Piece], int] | None":
    """Subject side, object side and the end token of the cue; None where the grammar does not fit."""
    passive = is_passive(verb)
    if len(cue.words) == 3 and cue.words[1] in _PARTICLES:
        return _put_down(verb, cue)
    if cue.passive_only:
        return _passive_only(verb, cue, passive)
    if passive:
        return _passive(verb, cue)
    found = object_of_cue(verb, cue)
    if found is None:
        return None
    effect, end = found
    cause = _doer(verb)
    return None if cause is None else (cause, effect, end)


def _put_down(verb: "Token", cue: Cue) -> "tuple[Token, Token, int] | None":
    """What is traced to what: "the pain comes down to tight calves", "she puts it down to tight calves"."""
    moved = next((t for t in verb.rights if t.lower_ == cue.words[1]), None)
    inner = None if moved is None else object_of_preposition(verb, cue.words[2:]) or child_of(moved, "pobj")
    if moved is not None and inner is None:
        below = child_of(moved, "prep")
        inner = child_of(below, "pobj", "pcomp") if below is not None and below.lower_ == cue.words[2] else None
    traced = child_of(verb, "dobj") if verb.lemma_ in ("put", "chalk") else subject_of(verb)
    if inner is None or traced is None or traced.lower_ in PERSONS:
        return None
    return traced, inner, verb.i + 1


def _passive_only(verb: "Token", cue: Cue, passive: bool) -> "tuple[Token, Token, int] | None":
    target = object_of_preposition(verb, cue.words[-1:])
    if target is None:
        return None
    told_of = passive or verb.dep_ in ("acl", "amod", "relcl") or verb.lemma_ == "blame"
    subject = subject_of(verb) if told_of else child_of(verb, "dobj")
    if subject is None:
        return None
    return subject, target, end_of_words(verb, cue)


def _passive(verb: "Token", cue: Cue) -> "tuple[Token | list[Piece], Token | list[Piece], int] | None":
    if len(cue.words) > 1 and cue.words[-1] not in ("on", "about", "off", "up", "out", "down"):
        return None
    if len(cue.words) > 1 and child_of(verb, "prt") is None:
        return None
    agent = object_of_preposition(verb, ("by", "through", "from") if cue.sign == "+" else ("by", "through", "with"))
    if agent is None:
        agent = means_of(verb)
    effect = subject_of(verb)
    if agent is None or effect is None or agent.i == effect.i:
        return None
    stray = _stray_members(agent)
    by = next((t for t in verb.doc[verb.i : agent.i] if t.lower_ in ("by", "through", "from", "with")), verb)
    pieces: Token | list[Piece] = effect
    others = [c for c in verb.lefts if c.dep_ == "nsubjpass" and c.i != effect.i and c.pos_ != "PRON"]
    if others and cue.sign != "state" and not is_clause(effect):
        # "numbness, trouble peeing or weakness can be caused by it": the parser may give the verb two subjects
        pieces = [piece for subject in (effect, *others) for piece in noun_pieces(subject, frozenset({verb.i}))]
    if cue.sign == "state" and not is_clause(effect):
        pieces = [with_state(piece, verb) for piece in noun_pieces(effect, frozenset({verb.i}))]
    causes: Token | list[Piece] = agent
    if stray:
        causes = [*noun_pieces(agent), *(p for member in stray for p in noun_pieces(member))]
    return causes, pieces, by.i + 1


def _stray_members(agent: "Token") -> list["Token"]:
    # "wounds caused by the blow and the fall are ...": "the fall" is read as a second subject of "are".
    doc, end = agent.doc, agent.right_edge.i + 1
    if end + 1 >= len(doc) or doc[end].lower_ not in (",", "and", "or"):
        return []
    verb = next((t for t in agent.ancestors if is_clause(t) and t.i > end), None)
    if verb is None:
        return []
    return [c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass") and c.i >= end and c.pos_ == "NOUN"]


def _doer(verb: "Token") -> "Token | list[Piece] | None":
    own = child_of(verb, *SUBJECTS)
    if own is not None and own.lower_ == "what":
        return cleft_doer(verb)
    if own is not None and own.lower_ == "which" and (brought := _brought_before(verb)):
        return brought
    if own is not None and own.lower_ in ("this", "that") and verb.dep_ == "conj":
        return own
    if own is None and _goes_on_from(verb) and (brought := _brought_before(verb)):
        return brought
    subject = only_doer(verb) or subject_of(verb)
    if subject is not None and subject.lower_ in ("what", "who", "there"):
        return None
    if verb.dep_ == "conj" and own is None and (condition := _condition_of_part(verb, subject)) is not None:
        return condition
    if subject is None or (subject.lower_ in PERSONS and subject.lower_ != "they"):
        return means_of(verb) or condition_of(verb)
    if subject.lower_ in ("it", "this", "that", "they"):
        return condition_of(verb) or (means_of(verb) if subject.lower_ == "they" else None) or subject
    return subject


def _condition_of_part(verb: "Token", subject: "Token | None") -> "Token | None":
    # "when the foot rolls in, the shin turns and drags the knee with it": the rolling foot drags it, not any shin
    bare = subject is not None and subject.lower_ in word_list("parts") and child_of(subject, "amod", "prep") is None
    return condition_of(verb) if bare else None


def _goes_on_from(verb: "Token") -> bool:
    # "jarring shakes the pelvis and thus results in tight hips": the shaken pelvis does
    return verb.dep_ == "conj" and any(c.lower_ in _ENSUING and c.i < verb.i for c in verb.children)


def _brought_before(verb: "Token") -> "Token | list[Piece] | None":
    """What the clause before brings about: of "arches tip the pelvis, which strains the back" the tipped pelvis.

    Of "taping lowers the load, which means less pain" it is less load.
    """
    earlier = verb.head
    if verb.lemma_ == "mean" and not is_clause(earlier):  # "the load on the knee, which means ...": no knee means it
        earlier = next((t for t in earlier.ancestors if is_clause(t)), earlier)
    if (
        verb.dep_ not in ("relcl", "advcl", "conj")
        or not is_clause(earlier)
        or earlier.i > verb.i
        or is_passive(earlier)
    ):
        return None
    told = None if says_no_cause(earlier) else told_by(earlier, "+", "-", "state")
    if told is None:
        return None
    cue, brought = told
    if cue.sign != "-":
        return brought
    lowered = child_of(earlier, "dobj")
    return None if lowered is None else less_of(earlier, lowered, frozenset({verb.i}))


def _cue_span(verb: "Token", end: int) -> tuple[int, int]:
    if end <= verb.i or end - verb.i > 8:
        return verb.i, verb.i + 1
    return verb.i, end
