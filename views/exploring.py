"""All that Explore shows for one wish, kept for the next visitor with the same one."""

from dataclasses import dataclass

import streamlit as st

from answer.opened import OpenLibrary
from graph.chains import MOST_VIA, Chain, trace
from views.bodymap import body_map
from views.drawing import chain_data, left_out
from views.picture import Picture, Wish, draw, take_picture

CHAINS = 6


@dataclass(frozen=True)
class Explored:
    """All that the page shows for one wish."""

    picture: Picture
    chain_view: dict[str, object]
    body: dict[str, object]
    chains: tuple[Chain, ...]


@st.cache_resource(max_entries=200, show_spinner=False)
def explored(generation: str, wish: Wish, _library: OpenLibrary) -> Explored:  # noqa: ARG001 - part of the key
    """The drawing, the body map and the best chains for a wish; the same wish costs nothing the next time."""
    graph = _library.graph
    picture = take_picture(graph, wish)
    layout = draw(graph, picture)
    focus = graph.concepts[wish.focus].name
    view = chain_data(graph, layout, picture.relations, wish.focus)
    view |= {
        "label": f"What {'leads to' if wish.why else 'follows from'} {focus}",
        "note": left_out(picture),
        "roomy": True,
        "name": f"kinetrace-{wish.focus.replace('/', '-')}",
    }
    causes, effects = (None, [wish.focus]) if wish.why else ([wish.focus], None)
    chains = trace(
        graph,
        causes=causes,
        effects=effects,
        k=CHAINS,
        max_links=wish.depth + 2,
        via=wish.via[:MOST_VIA],
        avoid=wish.avoid,
        sign=wish.sign,
    )
    return Explored(picture, view, body_map(graph, _library.linker.vocabulary, picture, layout), chains)
