"""Drawings and tables as the chain view takes them."""

from collections.abc import Collection

from graph.assembly import CausalGraph, Relation
from graph.chains import Chain
from graph.concepts import Certainty
from graph.telling import count, verb
from views.layout import Layout, PlacedArrow, PlacedCard
from views.picture import Picture, cue_of
from views.words import CERTAINTY_WORDS, KIND_WORDS, table


def chain_data(graph: CausalGraph, layout: Layout, relations: Collection[Relation], focus: str) -> dict[str, object]:
    """The data of the chain view."""
    names = {placed.card.id: placed.card.name for placed in layout.cards}
    return {
        "cards": [_card(placed, focus) for placed in layout.cards],
        "arrows": [_arrow(placed, names) for placed in layout.arrows],
        "columns": layout.columns,
        "height": layout.height,
        "csv": relations_table(graph, relations),
        "empty": "Nothing to draw.",
        "note": "",
    }


def _card(placed: PlacedCard, focus: str) -> dict[str, object]:
    card = placed.card
    return {
        "id": card.id,
        "kind": card.kind,
        "kindWord": KIND_WORDS[card.kind],
        "column": placed.column,
        "top": round(placed.top, 1),
        "height": placed.height,
        "lines": placed.lines,
        "label": f"{KIND_WORDS[card.kind]}: {card.name}",
        "focus": card.id == focus,
    }


def _arrow(placed: PlacedArrow, names: dict[str, str]) -> dict[str, object]:
    arrow = placed.arrow
    told = f"{names[arrow.cause]} {verb(names[arrow.cause], arrow.sign, names[arrow.effect])} {names[arrow.effect]}"
    said = f", “{arrow.verb}”" if arrow.verb else ""
    hedged = ", hedged" if arrow.hedged else ""
    return {
        "id": arrow.id,
        "cause": arrow.cause,
        "effect": arrow.effect,
        "sign": arrow.sign,
        "belief": round(arrow.belief, 3),
        "hedged": arrow.hedged,
        "verb": arrow.verb,
        "label": f"{told}{said}{hedged}, belief {arrow.belief:.2f}, {count(arrow.claims, 'claim')}",
        "way": [[column, round(y, 1)] for column, y in placed.way],
        "backwards": placed.backwards,
    }


def relations_table(graph: CausalGraph, relations: Collection[Relation]) -> str:
    """What a drawing shows, as CSV."""
    header = ("cause", "effect", "sign", "belief", "certainty", "words", "claims", "articles")
    return table(
        header,
        (
            (
                graph.concepts[relation.cause].name,
                graph.concepts[relation.effect].name,
                "raises" if relation.sign > 0 else "lowers",
                round(relation.belief, 3),
                relation.certainty.value,
                cue_of(relation),
                relation.claim_count,
                relation.article_count,
            )
            for relation in relations
        ),
    )


def left_out(picture: Picture) -> str:
    """What a picture doesn't show, in words; "" where it shows everything."""
    parts = []
    if picture.cards_left_out:
        parts.append(f"{count(picture.cards_left_out, 'weaker concept')} left out")
    if picture.arrows_left_out:
        parts.append(f"{count(picture.arrows_left_out, 'weaker arrow')} left out")
    shown = count(len(picture.nearness), "concept")
    return f"{shown} shown" + (", " + ", ".join(parts) if parts else "")


def sentence_segments(graph: CausalGraph, chain: Chain) -> list[list[str]]:
    """A chain as a sentence for the reading view: names set strong, verbs in the colour of their sign."""
    segments: list[list[str]] = []
    for i, (relation, sign) in enumerate(zip(chain.relations, chain.signs, strict=True)):
        cause, effect = graph.concepts[relation.cause].name, graph.concepts[relation.effect].name
        word = verb(cause, sign, effect)
        if i == 0:
            segments.append([cause[:1].upper() + cause[1:], "strong"])
        segments += [[" " if i == 0 else ", which "], [word, "raises" if sign > 0 else "lowers"], [" "]]
        segments.append([effect, "strong"])
    return [*segments, ["."]]


def chain_id(chain: Chain) -> str:
    """The name of a chain in an address: "a>b>c"."""
    return ">".join(chain.concepts)


def hedges_of(chain: Chain) -> list[list[str]]:
    """Chips for the least certain link of a chain."""
    worst = max((relation.certainty for relation in chain.relations), key=list(Certainty).index)
    return [] if worst is Certainty.ASSERTED else [[f"{CERTAINTY_WORDS[worst]} somewhere", worst.value]]
