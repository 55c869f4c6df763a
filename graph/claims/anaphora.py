"""What "this", "which", "it" and "these exercises" point at, in the sentence, before it or above it."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import TYPE_CHECKING

from graph.claims.answered import answered
from graph.claims.arguments import child_of
from graph.claims.changes import CHANGE_RULE
from graph.claims.context import (
    SAME_THING,
    Context,
    about,
    move_on,
    outcome_of,
    placed,
    remember_item,
    spoken_of,
    stopped,
)
from graph.claims.cues import word_list
from graph.claims.ellipsis import said_again
from graph.claims.following import following
from graph.claims.frames import is_order
from graph.claims.headings import HANGING
from graph.claims.included import included
from graph.claims.proposals import Proposal
from graph.claims.runs import is_clause
from graph.claims.spans import ALL_OF_THEM, TOPIC, TREATED, UNNAMED, Piece, clause_pieces, noun_pieces, pieces_of
from graph.claims.units import Found, Placed, Unit
from graph.concepts import Certainty

if TYPE_CHECKING:
    from spacy.tokens import Doc

_REMEDY_NOUNS = word_list("remedy_nouns")
_RESULT = re.compile(
    r"(?:and |so )?(?:(?:what(?:'s| is) )?the (?:\w+ )?(?:results?|upshot|outcome|consequences?)|"
    r"what happens(?: then| next)?) ?\?",
    re.IGNORECASE,
)
_FAR = 1200
_ABOUT_IT = re.compile(r"(it|they) (?=(?:is|are|gets?|becomes?|feels?|stays?|remains?|has|have|tires?|fails?)\b)", re.I)
_BEING = ("be", "get", "become", "feel", "stay", "remain")
_BE = re.compile(r"^(?:(?:is|are|was|were|gets?|becomes?|feels?|stays?|remains?)\b|['’](?:re|s))\s*", re.IGNORECASE)
# Of "smoking increases your risk" what the article is about.
_BARE_RISK = re.compile(r"(?:(?:the|your|their|a person's) )?(?:risks?|chances?|odds)", re.IGNORECASE)
_ASIDE = re.compile(r"^it (?=\w)|, (?:and |but )?not .*$")


def resolved(unit: Unit, doc: "Doc", proposals: Sequence[Proposal], context: Context) -> Iterator[Found]:
    """The claims of one unit with their pronouns replaced by what they point at; moves the context on.

    What a question asks is kept back until the next unit, which may answer it or leave it open.
    """
    if unit.composed:
        told = tuple(_resolved(unit, doc, proposals, context))
        remember_item(unit, told, context)
        yield from _named(told)
        return
    yield from answered(unit, context.question, context.asked)
    context.asked = ()
    before = () if unit.block != context.block or context.ordered else context.effects or context.clause
    start = context.start
    again = (*said_again(unit, context.told), *included(unit, doc, context))
    told = (*again, *_resolved(unit, doc, proposals, context))
    if again and not context.causes:
        context.causes, context.effects = _sides(again)
        context.outcome = context.effects
    told = told or tuple(following(unit, doc, before, start))
    context.told = told
    told = _named(told)
    if unit.question:
        context.question, context.asked = unit.text, told
    else:
        yield from told


def _named(told: Sequence[Found]) -> tuple[Found, ...]:
    """The claims whose cause and effect are named, not only announced: "many things cause back pain"."""
    return tuple(found for found in told if found.cause.reading and found.effect.reading)


def _sides(told: Sequence[Found]) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """The causes and the effects of some claims, each once."""
    causes, effects = {f.cause.start: f.cause for f in told}, {f.effect.start: f.effect for f in told}
    return tuple(causes.values()), tuple(effects.values())


def _resolved(unit: Unit, doc: "Doc", proposals: Sequence[Proposal], context: Context) -> Iterator[Found]:
    if context.result is not None and not unit.composed:
        yield from _resulting(unit, doc, *context.result, context.start)
        context.result = None
    if _RESULT.fullmatch(unit.text) and context.start >= 0:
        context.result = context.effects or context.clause, (unit.start, unit.end)
        return
    earlier: list[tuple[Proposal, tuple[Placed, ...], tuple[Placed, ...]]] = []
    for proposal in proposals:
        if unit.heading and proposal.rule.startswith(("condition/", "outcome/", "verb/flare-with")):
            continue  # "Why your hips ache when you run" tells when, not why
        if unit.composed and _orders(unit, doc, proposal):
            continue
        causes = [_place(piece, unit, proposal, earlier, context, doc) for piece in proposal.causes]
        effects = [_place(piece, unit, proposal, earlier, context, doc) for piece in proposal.effects]
        if any(causes) and any(effects):
            earlier.append((proposal, tuple(chain(*causes)), tuple(chain(*effects))))
            yield from _combined(unit, proposal, causes, effects, context)
    move_on(unit, doc, earlier, context)


def _orders(unit: Unit, doc: "Doc", proposal: Proposal) -> bool:
    """Whether an item only tells what to do: "relax your shoulders" below "It is important to sit properly:"."""
    first = unit.places[-1][0]
    said = any(token.dep_ == "ROOT" and is_clause(token) and token.idx < first for token in doc)
    brought = proposal.cue_start == first or any(effect.start == first for effect in proposal.effects)
    deed = brought and any(t.idx == first and t.pos_ == "VERB" for t in doc)
    return deed and said and HANGING.search(f"{unit.text[:first].rstrip()}:") is None


def _combined(
    unit: Unit,
    proposal: Proposal,
    causes: Sequence[Sequence[Placed]],
    effects: Sequence[Sequence[Placed]],
    context: Context,
) -> Iterator[Found]:
    cue = unit.in_article(proposal.cue_start, proposal.cue_end)
    if cue is None:
        return
    for (i, cause), (j, effect) in product(_numbered(causes), _numbered(effects)):
        spans = (cause.start, cause.end, effect.start, effect.end)
        if spans in context.seen or (cause.start < effect.end and effect.start < cause.end):
            continue
        if unit.composed and _same_stretch(unit, cause, effect):
            continue
        context.seen.add(spans)
        yield Found(
            cause=cause,
            effect=effect,
            cue_start=cue[0],
            cue_end=cue[1],
            start=_quote_start(unit, min(cause.start, effect.start), context),
            end=max(unit.end, cause.end, effect.end),
            sign=proposal.sign,
            certainty=proposal.certainty,
            rule=proposal.rule,
            probability=proposal.probability(i, j),
            holds=proposal.holds,
        )


def _resulting(unit: Unit, doc: "Doc", causes: Sequence[Placed], cue: tuple[int, int], first: int) -> Iterator[Found]:
    """What "The result?" is answered with: "Sore feet and shin splints." comes of what stood before the question."""
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    for cause, effect in product(causes, placed(pieces_of(root), unit) if root is not None else ()):
        yield Found(
            cause=cause,
            effect=effect,
            cue_start=cue[0],
            cue_end=cue[1],
            start=min(first, cause.start),
            end=unit.end,
            sign="+",
            certainty=Certainty.ASSERTED,
            rule="outcome/result",
        )


def _numbered(places: Sequence[Sequence[Placed]]) -> list[tuple[int, Placed]]:
    return [(number, place) for number, several in enumerate(places) for place in several]


def _quote_start(unit: Unit, first: int, context: Context) -> int:
    if first >= unit.start:
        return unit.start
    return context.start if 0 <= context.start <= first else first


def _same_stretch(unit: Unit, cause: Placed, effect: Placed) -> bool:
    return any(
        there <= cause.start and cause.end <= there + length and there <= effect.start and effect.end <= there + length
        for _, there, length in unit.places
    )


# "Exercises can also help", "weak hips play a part": where no title or heading says in what, what was told of last.
_OF_WHAT_AILS = ("remedy/helps", "verb/blame-for")


def _place(
    piece: Piece,
    unit: Unit,
    proposal: Proposal,
    earlier: Sequence[tuple[Proposal, tuple[Placed, ...], tuple[Placed, ...]]],
    context: Context,
    doc: "Doc",
) -> tuple[Placed, ...]:
    if piece.refers == UNNAMED:
        span = unit.in_article(piece.start, piece.end)
        return () if span is None else (Placed(*span, ""),)
    if not piece.refers:
        span = unit.in_article(piece.start, piece.end)
        if span is not None and piece in proposal.effects and _BARE_RISK.fullmatch(piece.reading):
            return about(unit, context) or (Placed(*span, piece.reading),)
        return () if span is None else (Placed(*span, _ASIDE.sub("", _named_in_full(piece, context, doc))),)
    if piece.refers == TOPIC:
        return about(unit, context) or (context.ailing if proposal.rule in _OF_WHAT_AILS else ())
    if piece.refers == TREATED:
        return context.treated
    if piece.refers in ("these", "they", ALL_OF_THEM) and _stands_below(unit, context):
        return context.items  # "It comes from: - injuries - tight shoes. These can also lead to ..."
    if piece.refers in (ALL_OF_THEM, "both") and ((several := _several(unit, context)) or piece.refers == ALL_OF_THEM):
        return several
    noun = piece.refers.split()[-1]
    if noun in ("motion", "movement") and not context.heading:
        return ()
    if noun in _REMEDY_NOUNS:
        return _opening(unit, context) or tuple(p for p in context.heading if unit.start - p.start <= _FAR)
    if piece in proposal.causes and piece.refers in SAME_THING and context.avoided and not earlier:
        return context.avoided  # "Don't hold the rails. It takes weight off your legs."
    if piece in proposal.causes and context.ordered and not earlier and (opening := _opening(unit, context)):
        return opening  # "Chin tucks. Glide your head back. These strengthen the neck."
    before = [e for e in earlier if e[0].trigger < piece.head and e[0].trigger != proposal.trigger]
    again = [e for e in before if any(p.refers == piece.refers for p in e[0].causes)]
    if again and piece in proposal.causes and piece.refers in SAME_THING:
        return again[-1][1]  # "they may ease the pain but they have been linked to ruptures"
    if (
        piece in proposal.effects
        and piece.start >= proposal.cue_start
        and (named := _named_before(piece, doc, proposal))
    ):
        return placed(named, unit)
    caused = piece.refers in SAME_THING and piece in proposal.effects and bool(before)
    same = (piece.refers in SAME_THING and not caused) or noun == "motion"
    if piece.refers in SAME_THING and proposal.rule == CHANGE_RULE and not before and not context.causes:
        return about(unit, context) or context.subject  # "Sitting makes it worse": what the article is about
    if before:
        last = before[-1][0]
        thing = last.rule.startswith(("loose/verb", "learned/")) and doc[last.effects[-1].head].pos_ == "NOUN"
        if not same and thing and (clause := _clause_before(piece, doc, unit)):
            return clause  # "Strong thighs take some of the shock, and this means less pain": no shock means it
        effects = before[-1][2]
        return _mentioned(before[-1][1], effects, effects if same else outcome_of(last, effects, unit), first=same)
    inside = _clause_before(piece, doc, unit)
    if inside:
        return inside
    if context.start < 0 or _opens_again(doc, piece):
        return ()
    if not context.causes:
        lead = _opening(unit, context) if piece in proposal.causes else ()
        subject = context.subject if piece.refers != "it" or not context.several else ()
        if piece.refers == "they" and not (subject and context.several) and not lead and context.others:
            return context.others  # "See your doctor about balance problems. They can be a sign of a stroke."
        if piece.refers == "them" and piece in proposal.effects:
            return subject if context.several else ()  # things, not what the sentence before tells: "you'd fall over"
        return ((subject or lead or context.clause) if same else context.clause) or lead
    if same and piece in proposal.effects and piece.start > proposal.cue_start:
        return context.effects  # "Desk work brings back pain. Walking makes it better"
    return _mentioned(context.causes, context.effects, context.effects if same else context.outcome, first=same)


def _stands_below(unit: Unit, context: Context) -> bool:
    """Whether a unit is the first below a list of several things."""
    return unit.block == context.listed + 1 != context.block and len(context.items) > 1


def _several(unit: Unit, context: Context) -> tuple[Placed, ...]:
    """What "all of these" or "both" are: the things of the sentence before that are several."""
    causes, effects = _sides(context.told) if context.told else ((), ())
    sides = (effects, causes, context.subject, _opening(unit, context), context.clause)
    return next((side for side in sides if len(side) > 1), ())


def _opening(unit: Unit, context: Context) -> tuple[Placed, ...]:
    """What the unit's own block opens with instead of a sentence."""
    return context.lead if unit.block == context.block else ()


def _named_in_full(piece: Piece, context: Context, doc: "Doc") -> str:
    """A clause about "it" or "they" with the subject of the sentence before, which they mean."""
    pronoun = _ABOUT_IT.match(piece.reading)
    left_out = child_of(doc[piece.head], "nsubj") if doc[piece.head].lemma_ in _BEING else None
    meant = pronoun[1].lower() if pronoun is not None else left_out.lower_ if left_out is not None else ""
    named = context.subject[0] if len(context.subject) == 1 else None
    if meant not in ("it", "they") or named is None or context.several != (meant == "they"):
        return piece.reading
    if pronoun is None:  # "when they're tight": the clause has lost its subject
        return f"{named.reading} is {_BE.sub('', piece.reading)}"
    return f"{named.reading} {piece.reading[pronoun.end() :]}"


def _named_before(piece: Piece, doc: "Doc", proposal: Proposal) -> list[Piece]:
    """What "them" or "it" is as an object: the nearest thing of its number told of in a clause before its own."""
    if piece.refers not in ("them", "it") or proposal.rule == CHANGE_RULE:
        return []
    own = {t.i for t in doc[proposal.trigger].subtree}
    for token in reversed(doc[: min(own)]):
        several = token.tag_ in ("NNS", "NNPS") or child_of(token, "conj") is not None
        if token.dep_ in ("dobj", "pobj") and token.pos_ == "NOUN" and several == (piece.refers == "them"):
            return noun_pieces(token)
    return []


def _opens_again(doc: "Doc", piece: Piece) -> bool:
    # "If the knee swells, see a doctor: this may be a torn meniscus" points into its own sentence.
    return any(mark in doc.text[: piece.start] for mark in (": ", "; "))


def _mentioned(
    causes: tuple[Placed, ...], effects: tuple[Placed, ...], outcome: tuple[Placed, ...], *, first: bool
) -> tuple[Placed, ...]:
    """Of the two sides of a claim the one that was named first, or last: "B is due to A. This ..." means A.

    Args:
        outcome: what stands for the effects.
    """
    causes_first = causes[0].start < effects[0].start
    return causes if causes_first == first else outcome


def _clause_before(piece: Piece, doc: "Doc", unit: Unit) -> tuple[Placed, ...]:
    """The clause that the pronoun's own clause is joined to, where that stands before it."""
    verb = next((t for t in doc[piece.head].ancestors if is_clause(t)), None)
    while verb is not None and verb.dep_ in ("xcomp", "ccomp") and verb.head.i != verb.i and is_clause(verb.head):
        verb = verb.head
    if verb is not None and verb.dep_ == "advcl" and verb.head.i < verb.i and is_order(verb.head):
        # "avoid barefoot walking, as this hurts the heel", "bend your knees, because this spares the back"
        return placed(pieces_of(stopped(verb.head) or verb.head, skip={verb.i}), unit)
    if verb is not None and verb.dep_ == "advcl" and verb.head.i < verb.i and piece.refers in ("it", "they"):
        subject = spoken_of(verb.head)  # "rest is not advised, because it weakens the calf"
        several = subject is not None and (subject.tag_ == "NNS" or child_of(subject, "conj") is not None)
        agrees = subject is not None and several == (piece.refers == "they")
        return placed(noun_pieces(subject), unit) if subject is not None and agrees else ()
    if verb is None or verb.dep_ not in ("conj", "parataxis") or verb.head.i > piece.head or not is_clause(verb.head):
        return ()
    subject = child_of(verb.head, "nsubj", "nsubjpass")
    if piece.refers in SAME_THING and subject is not None and subject.lower_ == piece.refers:
        return ()  # "it won't fix the knee but it may ease the pain": what the first "it" is
    return placed(clause_pieces(verb.head, frozenset({verb.i})), unit)
