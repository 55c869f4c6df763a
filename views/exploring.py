"""All that Explore shows for one wish, kept for the next visitor with the same one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import streamlit as st

from answer.opened import OpenLibrary
from graph.chains import MOST_VIA, Chain, trace
from graph.concepts import ConceptKind, Sign
from views.bodymap import body_map
from views.drawing import chain_data, chain_id, left_out, sentence_segments
from views.picture import Picture, Wish, draw, take_picture
from views.words import kind_of

CHAINS: dict[Sign, int] = {1: 4, -1: 3}
"""How many chains that raise the target are told, and how many that lower it."""
KNOWN: tuple[ConceptKind, ...] = ("condition", "behaviour", "remedy", "outcome")


@dataclass(frozen=True)
class Explored:
    """All that the page shows for one wish; `chains` are those that raise the far end, then those that lower it."""

    picture: Picture
    chain_view: dict[str, object]
    body: dict[str, object]
    chains: tuple[tuple[Chain, ...], tuple[Chain, ...]]


@st.cache_resource(max_entries=200, show_spinner=False)
def explored(generation: str, wish: Wish, _library: OpenLibrary) -> Explored:  # noqa: ARG001 - part of the key
    """The drawing, the body map and the best chains for a wish; the same wish costs nothing the next time."""
    graph = _library.graph
    picture = take_picture(graph, wish)
    layout = draw(graph, picture)
    focus = graph.concepts[wish.focus].name
    view = chain_data(graph, layout, picture.relations, wish.focus)
    question = f"What {'leads to' if wish.why else 'follows from'} {focus}"
    rising, falling = (_chains(_library, wish, sign) for sign in (1, -1))
    view |= {
        "label": question,
        "title": f"{question}?",
        "lead": _lead(_library, [*rising, *falling]),
        "hint": "Click an arrow to read the sentences behind it, a card to see what is around it.",
        "note": left_out(picture),
        "roomy": True,
        "name": f"kinetrace-{wish.focus.replace('/', '-')}",
    }
    return Explored(picture, view, body_map(graph, _library.linker.vocabulary, picture, layout), (rising, falling))


def _chains(library: OpenLibrary, wish: Wish, sign: Sign) -> tuple[Chain, ...]:
    """The best chains that raise, or lower, what they end in."""
    if wish.sign not in (None, sign):
        return ()
    known = _traced(library, wish, sign, KNOWN)
    # Chains through phrases that no vocabulary knows say less: they only fill up.
    if len(known) < CHAINS[sign]:
        known = tuple(dict.fromkeys((*known, *_traced(library, wish, sign))))[: CHAINS[sign]]
    return known


def _traced(
    library: OpenLibrary, wish: Wish, sign: Sign, kinds: Collection[ConceptKind] | None = None
) -> tuple[Chain, ...]:
    causes, effects = (None, [wish.focus]) if wish.why else ([wish.focus], None)
    found = trace(
        library.graph,
        causes=causes,
        effects=effects,
        # What the wish hides falls out afterwards.
        k=CHAINS[sign] * (10 if wish.hidden or wish.belief else 1),
        max_links=wish.depth + 2,
        via=wish.via[:MOST_VIA],
        avoid=wish.avoid,
        sign=sign,
        kinds=kinds,
    )
    return tuple(chain for chain in found if _fits(library, wish, chain))[: CHAINS[sign]]


def _fits(library: OpenLibrary, wish: Wish, chain: Chain) -> bool:
    """Whether a chain has no hidden concept and no arrow that is believed too little."""
    inner = (id for id in chain.concepts if id != wish.focus)
    shown = all(kind_of(library.graph.concepts[id]) not in wish.hidden for id in inner)
    return shown and all(relation.belief >= wish.belief for relation in chain.relations)


def _lead(library: OpenLibrary, chains: Sequence[Chain]) -> dict[str, object] | None:
    """The best chain of more than one link and of known concepts, else the best, as a sentence."""
    if not chains:
        return None
    concepts = library.graph.concepts
    known = [chain for chain in chains if all(concepts[id].kind != "open" for id in chain.concepts)]
    chain = next((chain for chain in known if len(chain.relations) > 1), (known or chains)[0])
    told = [["One way: "], *sentence_segments(library.graph, chain)]
    return {"segments": [*told, [f" Belief {chain.belief:.2f}."]], "id": chain_id(chain)}
