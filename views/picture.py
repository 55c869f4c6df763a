"""Which concepts and relations a view shows: the best believed around a focus, few enough to read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.assembly import CausalGraph, Pair, Relation
from graph.chains import Chain
from graph.concepts import Certainty, Claim, Sign
from views.layout import Arrow, Card, Layout, count_columns, lay_out
from views.words import kind_of

MOST_CARDS = 40
_LITTLE = "is are was were be been get gets got have has had do does did to of by with and as in on for"
_NOTICING = "report reports reported show shows showed find finds found feel feels felt see sees saw suffer suffers"
# Words that a claim may hang on and that say nothing on an arrow.
SILENT = frozenset((*_LITTLE.split(), *_NOTICING.split(), "why", "how", "what", "which", "?"))
LEAST = 1e-9
"""A relation that is only denied has belief 0 and is not drawn."""
AS_WRITTEN = 0.5
FRONTIER = 2_000
"""Concepts looked at per step; the best believed ones where there are more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a view was asked to show.

    Args:
        focus: concept id.
        why: what leads to the focus, else what follows from it.
        depth: most relations between a card and the focus.
        belief: least belief of a relation.
        hidden: kinds (`views.words.KIND_WORDS`) that are neither shown nor passed.
        via: concepts that every way to the focus must meet; avoid: that none may.
        sign: whether only what raises (+1) or lowers (-1) the focus is shown, or all (None).
        most: most cards.
    """

    focus: str
    why: bool = True
    depth: int = 3
    belief: float = 0.0
    hidden: frozenset[str] = frozenset()
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    sign: Sign | None = None
    most: int = 16

    @property
    def narrowed(self) -> bool:
        """Whether it leaves out more than distance does."""
        return bool(self.belief or self.hidden or self.via or self.avoid or self.sign)


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown, and how much was left out; `nearness` is the belief of each concept's best way to the focus."""

    focus: str
    why: bool
    nearness: dict[str, float]
    relations: tuple[Relation, ...]
    cards_left_out: int
    arrows_left_out: int


State = tuple[str, int]
"""A concept and the sign of a way from it to the focus."""


@dataclass(frozen=True, slots=True)
class _Way:
    belief: float
    links: int
    pair: Pair | None
    nearer: State | None


def take_picture(graph: CausalGraph, wish: Wish) -> Picture:
    """The picture that answers a wish."""
    step = graph.causes_of if wish.why else graph.effects_of
    best = _best_ways(graph, wish, step)
    if wish.via:
        best = _meeting(graph, wish, best)
    worth = _worth(graph, best)
    ranked = sorted(best, key=lambda id: (-worth[id], best[id].links, id))
    shown = ranked[: min(wish.most, MOST_CARDS)]
    while len(shown) < len(ranked) and any(via not in shown for via in wish.via if via in best):
        shown.append(ranked[len(shown)])
    relations, dropped = _relations(graph, wish, set(shown), best)
    nearness = {id: best[id].belief for id in shown}
    return Picture(wish.focus, wish.why, nearness, relations, len(ranked) - len(shown), dropped)


def _worth(graph: CausalGraph, best: Mapping[str, _Way]) -> dict[str, float]:
    """What each card tells: the belief of its way, less where it is a phrase that the vocabulary doesn't know.

    Nothing is worth more than the card that it reaches the focus through, or it would stand in the drawing alone.
    """
    worth: dict[str, float] = {}
    for id in sorted(best, key=lambda id: (-best[id].belief, best[id].links, id)):
        way = best[id]
        own = way.belief * (AS_WRITTEN if graph.concepts[id].kind == "open" else 1.0)
        worth[id] = min(own, worth.get(way.nearer[0], own)) if way.nearer else own
    return worth


def _best_ways(graph: CausalGraph, wish: Wish, step: Callable[[str], tuple[Relation, ...]]) -> dict[str, _Way]:
    """The best believed way of at most `depth` links between each concept and the focus, for the wished sign."""
    states: dict[State, _Way] = {(wish.focus, 1): _Way(1.0, 0, None, None)}
    frontier = dict(states)
    for links in range(1, wish.depth + 1):
        found: dict[State, _Way] = {}
        for (at, sign), way in sorted(frontier.items(), key=lambda item: -item[1].belief)[:FRONTIER]:
            for relation in step(at):
                other = relation.cause if wish.why else relation.effect
                if relation.belief < max(wish.belief, LEAST) or not _allowed(graph, wish, other):
                    continue
                state, belief = (other, sign * relation.sign), way.belief * relation.belief
                known = max((ways[state].belief for ways in (states, found) if state in ways), default=-1.0)
                if belief > known:
                    found[state] = _Way(belief, links, relation.key, (at, sign))
        states |= found
        frontier = found
    return _of_sign(states, wish)


def _of_sign(states: Mapping[State, _Way], wish: Wish) -> dict[str, _Way]:
    """The best way of each concept; of a wished sign only, with the concepts that those ways pass."""
    best: dict[str, _Way] = {}
    for (id, sign), way in sorted(states.items(), key=lambda item: -item[1].belief):
        if wish.sign in (None, sign) or way.nearer is None:
            best.setdefault(id, way)
    for way in list(best.values()):
        while way.nearer is not None:
            best.setdefault(way.nearer[0], states[way.nearer])
            way = states[way.nearer]
    return best


def _allowed(graph: CausalGraph, wish: Wish, id: str) -> bool:
    return id not in wish.avoid and id != wish.focus and kind_of(graph.concepts[id]) not in wish.hidden


def _meeting(graph: CausalGraph, wish: Wish, best: dict[str, _Way]) -> dict[str, _Way]:
    """Those concepts of `best` that lie on a way through every must-pass concept."""
    kept = set(best)
    for via in wish.via:
        if via in best:
            among = kept - {wish.focus}
            kept &= {wish.focus, via} | _reach(graph, via, among, False) | _reach(graph, via, among, True)
    return {id: way for id, way in best.items() if id in kept}


def _reach(graph: CausalGraph, start: str, among: Collection[str], forwards: bool) -> set[str]:
    seen, stack = {start}, [start]
    while stack:
        at = stack.pop()
        for relation in graph.effects_of(at) if forwards else graph.causes_of(at):
            other = relation.effect if forwards else relation.cause
            if other in among and other not in seen:
                seen.add(other)
                stack.append(other)
    return seen


def _relations(
    graph: CausalGraph, wish: Wish, shown: set[str], best: dict[str, _Way]
) -> tuple[tuple[Relation, ...], int]:
    """The relations of everybody's best way, then the best believed others that don't make the drawing too wide."""
    tree = {best[id].pair for id in shown} - {None}
    everything = [
        relation
        for id in sorted(shown)
        for relation in graph.effects_of(id)
        if relation.effect in shown and relation.belief >= max(wish.belief, LEAST)
    ]
    everything.sort(key=lambda relation: (relation.key not in tree, -relation.belief, relation.key))
    widest = wish.depth + 1
    kept: list[Relation] = []
    for relation in everything:
        if relation.key in tree or _width([*kept, relation], wish) <= widest:
            kept.append(relation)
    return tuple(kept), len(everything) - len(kept)


def _width(relations: Sequence[Relation], wish: Wish) -> int:
    return count_columns([_arrow(relation, "") for relation in relations], focus=wish.focus, to_right=wish.why)


def relation_id(pair: Pair) -> str:
    """A name for an arrow that is the same in every run."""
    return f"{pair[0]}>{pair[1]}"


def relation_of(graph: CausalGraph, id: str) -> Relation | None:
    """The relation of an arrow's name, None where the graph has none."""
    cause, _, effect = id.partition(">")
    return graph.relations.get((cause, effect))


def _arrow(relation: Relation, verb: str) -> Arrow:
    return Arrow(
        relation_id(relation.key),
        relation.cause,
        relation.effect,
        relation.sign,
        relation.belief,
        relation.certainty is not Certainty.ASSERTED,
        verb,
        relation.claim_count,
    )


def best_claim(relation: Relation) -> Claim:
    """The claim that speaks best for the relation's sign."""
    mine = (claim for claim in relation.claims if claim.sign == relation.sign and not claim.denied)
    return next(mine, relation.claims[0])


def cue_of(relation: Relation) -> str:
    """The author's own words for it, of the best claim for its sign.

    Where every author speaks of the opposite pole ("strong glutes reduce pain" for weak glutes), their verb would say
    the reverse of the arrow, and a heading ("Six ways to"), "why" or "is" says nothing on an arrow: then it is the
    plain word of the sign.
    """
    mine = (claim for claim in relation.claims if not claim.denied and not claim.rule.startswith("list/"))
    # "shortens the stride" is a phrase as a whole: its verb says nothing of overstriding.
    apart = (claim for claim in mine if not claim.effect.start <= claim.cue.start < claim.effect.end)
    straight = (claim for claim in apart if claim.sign == relation.sign == claim.said)
    words = (" ".join(claim.cue.text.split()).lower() for claim in straight)
    return next((each for each in words if each not in SILENT), "raises" if relation.sign > 0 else "lowers")


def draw(graph: CausalGraph, picture: Picture) -> Layout:
    """Where the cards and arrows of a picture stand."""
    cards = [
        Card(id, graph.concepts[id].name, kind_of(graph.concepts[id]), nearness)
        for id, nearness in picture.nearness.items()
    ]
    arrows = [_arrow(relation, cue_of(relation)) for relation in picture.relations]
    return lay_out(cards, arrows, focus=picture.focus, to_right=picture.why)


def draw_chain(graph: CausalGraph, chain: Chain) -> Layout:
    """One chain as a drawing."""
    cards = [Card(id, graph.concepts[id].name, kind_of(graph.concepts[id])) for id in chain.concepts]
    arrows = [_arrow(relation, cue_of(relation)) for relation in chain.relations]
    return lay_out(cards, arrows, focus=chain.concepts[-1])
