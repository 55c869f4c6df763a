"""Context: what the sentences so far leave for the next to point at."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.claims.arguments import child_of, object_of_preposition
from graph.claims.cues import word_list
from graph.claims.frames import is_order
from graph.claims.proposals import Proposal
from graph.claims.remedies import TREATMENTS
from graph.claims.runs import is_clause
from graph.claims.spans import Piece, clause_pieces, noun_pieces, pieces_of, verb_phrase_piece
from graph.claims.units import Found, Placed, Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SAME_THING = frozenset({"it", "they", "them"})
_LONGEST_LEAD = 8
# What stands between a cue and its effect where they are one phrase, in characters.
_FAR = 30
# The parser finds a verb in names of exercises: "Chin tucks.", "Wall angels."
_SHORTEST_SENTENCE = 2
_FAULTS = word_list("faults")
_SAYING = ("say", "add", "explain", "tell", "warn", "note", "reckon", "argue", "think", "believe", "suggest", "know")
_AVOIDING = ("avoid", "stop", "skip", "quit")
_ASKS_WHY = re.compile(
    r"(?:why (?:do|does|did)\b.*?\b(?:get|have|suffer from|develop|experience)|what (?:causes|is causing)|"
    r"(?:causes|reasons?) (?:of|for|behind))\s+(.*?)[?:.!]*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Context:
    """What the sentences so far leave for a pronoun to point at.

    Args:
        effects, causes: of the last claim of the sentence before.
        outcome: what that claim leaves: its effects, less of them where it lowers them.
        clause: of the sentence before, where it makes no claim.
        subject, several: of the sentence before, and whether it is in the plural.
        others: the last thing in the plural that the sentence before names behind its verb.
        heading: the heading above, without its number.
        topic: the effect that the heading above asks about ("why do runners get back pain?").
        ailing: what the last claim of the block tells the cause or the cure of.
        treated: what the sentence before tells the treatment of.
        lead: what the block opens with instead of a sentence: "Glute bridges. Slow ones. They wake up the glutes."
        ordered: whether the sentence before tells the reader what to do.
        avoided: what the sentence before tells the reader not to do.
        block: the block that was read last.
        result: what stood before "The result?", and where that question stands.
        told: the claims of the sentence before.
        items: what the items of the list above name, of those that are claims with their lead-in.
        listed: the block of the last of them.
        question, asked: the sentence before, and what it asks, until the next says whether it is so.
        start: where the sentence before begins in the article.
        about: the words before a place that name what the whole article is about.
    """

    about: Callable[[int], Placed | None] = lambda _: None
    effects: tuple[Placed, ...] = ()
    causes: tuple[Placed, ...] = ()
    outcome: tuple[Placed, ...] = ()
    clause: tuple[Placed, ...] = ()
    subject: tuple[Placed, ...] = ()
    several: bool = False
    others: tuple[Placed, ...] = ()
    heading: tuple[Placed, ...] = ()
    topic: tuple[Placed, ...] = ()
    ailing: tuple[Placed, ...] = ()
    treated: tuple[Placed, ...] = ()
    lead: tuple[Placed, ...] = ()
    ordered: bool = False
    avoided: tuple[Placed, ...] = ()
    block: int = -1
    result: tuple[tuple[Placed, ...], tuple[int, int]] | None = None
    question: str = ""
    asked: tuple[Found, ...] = ()
    told: tuple[Found, ...] = ()
    items: tuple[Placed, ...] = ()
    listed: int = -1
    start: int = -1
    seen: set[tuple[int, int, int, int]] = field(default_factory=set)


def remember_item(unit: Unit, told: Sequence[Found], context: Context) -> None:
    """Keep what an item of a list names, until another list begins."""
    first = unit.places[-1][1]
    named = {side.start: side for found in told for side in (found.cause, found.effect) if side.start >= first}
    if context.listed not in (unit.block - 1, unit.block):
        context.items = ()
    context.items, context.listed = (*context.items, *named.values()), unit.block


def placed(pieces: Sequence[Piece], unit: Unit) -> tuple[Placed, ...]:
    """The pieces of a unit's parse that name something, at their places in the article."""
    spans = [(unit.in_article(p.start, p.end), p) for p in pieces if not p.refers]
    return tuple(Placed(*span, p.reading) for span, p in spans if span is not None)


def move_on(
    unit: Unit,
    doc: "Doc",
    made: Sequence[tuple[Proposal, tuple[Placed, ...], tuple[Placed, ...]]],
    context: Context,
) -> None:
    """Let a unit leave in the context what the next may point at.

    Args:
        made: the proposals that became claims, each with its causes and its effects.
    """
    if unit.composed:
        return
    if unit.block != context.block:
        context.block, context.lead, context.ailing = unit.block, () if unit.heading else _lead(doc, unit), ()
    context.start = unit.start
    context.causes = made[0][1] if made else ()
    context.effects = made[-1][2] if made else ()
    context.outcome = outcome_of(made[-1][0], context.effects, unit) if made else ()
    context.ailing = context.effects or context.ailing
    root = _main_verb(doc)
    context.clause = placed(clause_pieces(root), unit) if root is not None else ()
    context.ordered = root is not None and _is_told_to(root)
    context.avoided = placed(_avoided(root), unit) if root is not None else ()
    if root is None or not _goes_on(root, context):
        subject = spoken_of(root) if root is not None else None
        context.subject = placed(noun_pieces(subject), unit) if subject is not None else ()
        context.several = len(context.subject) > 1 or (subject is not None and subject.tag_ in ("NNS", "NNPS"))
    context.others = placed(_others(root), unit) if root is not None else ()
    context.treated = _treated(root, unit, context) if root is not None else ()
    if unit.heading:
        context.start = -1
        context.heading = (Placed(unit.places[0][1], unit.places[0][1] + unit.places[0][2], unit.text),)
        context.topic = _topic(unit)


def outcome_of(proposal: Proposal, effects: tuple[Placed, ...], unit: Unit) -> tuple[Placed, ...]:
    """What a claim leaves behind: of "bridges raise the hips" raised hips, of "bridges ease the pain" less pain."""
    cue = unit.in_article(proposal.cue_start, proposal.cue_end)
    if proposal.sign != "-" or cue is None:
        return effects
    return tuple(
        Placed(cue[0] if 0 <= each.start - cue[0] <= _FAR else each.start, each.end, f"less {each.reading}")
        for each in effects
    )


def _goes_on(root: "Token", context: Context) -> bool:
    """Whether a sentence goes on about the subject of the one before: "They also tip the pelvis."."""
    subject = child_of(root, "nsubj", "nsubjpass")
    return bool(context.subject) and subject is not None and subject.lower_ == ("they" if context.several else "it")


def _others(root: "Token") -> list[Piece]:
    named = (t for t in reversed(root.doc[root.i + 1 :]) if t.dep_ in ("dobj", "pobj") and t.tag_ in ("NNS", "NNPS"))
    last = next(named, None)
    return [] if last is None else noun_pieces(last)


def _is_told_to(root: "Token") -> bool:
    """Whether a sentence tells the reader what to do: "glide your head back", "the top should be at eye level"."""
    advised = any(c.dep_ == "aux" and c.lower_ in ("should", "must") for c in root.children)
    return advised or is_order(root) or (root.tag_ == "VB" and child_of(root, "aux") is None)


def _avoided(order: "Token") -> list[Piece]:
    """What an order is not to do: of "don't hold the rails" to hold them, of "stop slouching" to slouch."""
    if order.tag_ not in ("VB", "VBP") or child_of(order, "nsubj", "nsubjpass", "csubj", "expl") is not None:
        return []
    if (denial := child_of(order, "neg")) is not None:
        deed = verb_phrase_piece(order, {denial.i})
        return [] if deed is None else [deed]
    kept = stopped(order)
    return [] if kept is None else pieces_of(kept)


def stopped(order: "Token") -> "Token | None":
    """What "avoid", "stop" and the like are told of: "avoid barefoot walking", "stop slouching"."""
    return child_of(order, "xcomp", "dobj") if order.lemma_ in _AVOIDING else None


def _lead(doc: "Doc", unit: Unit) -> tuple[Placed, ...]:
    """The words that a block opens with, where they are a name or an order: "Glute bridges.", "Sleep on your side."."""
    words = unit.text.rstrip(" .!:?")
    root = _main_verb(doc)
    told = root is not None and not is_order(root) and len(words.split()) > _SHORTEST_SENTENCE
    if unit.question or len(words.split()) > _LONGEST_LEAD or told:
        return ()
    named = next((token for token in doc if token.dep_ == "ROOT" and token.pos_ in ("NOUN", "PROPN")), None)
    span = unit.in_article(0, len(words))
    whole = () if span is None or not words else (Placed(*span, words),)
    return (placed(noun_pieces(named), unit) if named is not None and root is None else ()) or whole


def _topic(unit: Unit) -> tuple[Placed, ...]:
    """What a heading asks the causes of: "why do runners get back pain?"."""
    match = _ASKS_WHY.search(unit.text)
    if match is None or match.group(1).lower() in SAME_THING | {"this", "that"}:
        return ()
    span = unit.in_article(*match.span(1))
    return () if span is None else (Placed(*span, match.group(1)),)


def about(unit: Unit, context: Context) -> tuple[Placed, ...]:
    """The trouble that the heading above or the whole article is about."""
    return context.topic or tuple(filter(None, [context.about(unit.start)]))


def _treated(root: "Token", unit: Unit, context: Context) -> tuple[Placed, ...]:
    """What a sentence tells the treatment of: "Treatment for heel pain depends on its cause"."""
    subject = child_of(root, "nsubj", "nsubjpass")
    if subject is None or subject.lemma_.lower() not in TREATMENTS:
        return ()
    target = object_of_preposition(subject, ("for", "of"))
    return about(unit, context) if target is None else placed(noun_pieces(target), unit)


def _main_verb(doc: "Doc") -> "Token | None":
    root = next((t for t in doc if t.dep_ == "ROOT" and is_clause(t)), None)
    told = child_of(root, "ccomp") if root is not None and root.lemma_ in _SAYING else None
    if told is None:
        return root
    return told if is_clause(told) else None  # "Tension travels," says Quill.


def spoken_of(root: "Token") -> "Token | None":
    """What a sentence speaks of: its subject, or of "a common fault is overstriding" the fault itself."""
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    said = child_of(root, "attr", "xcomp", "ccomp") if root.lemma_ == "be" else root if root.tag_ == "VBG" else None
    if subject is not None and said is not None and subject.lemma_ in _FAULTS and child_of(subject, "prep") is None:
        return said
    return subject if subject is not None and subject.pos_ != "PRON" else None
