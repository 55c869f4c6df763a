"""Explore: what leads to a concept, or what follows from it; every arrow opens to its sentences."""

from dataclasses import dataclass

import streamlit as st

from answer.opened import OpenLibrary
from graph.chains import MOST_VIA, Chain, trace
from views import panels, state
from views.bodymap import body_map, region_of
from views.components.mounting import mount
from views.drawing import chain_data, hedges_of, left_out, sentence_segments
from views.opened import calm, opened
from views.picture import Picture, Wish, draw, take_picture
from views.wishes import controls

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


def pick_from(key: str) -> None:
    """Put what was clicked in a component into the address."""
    picked = st.session_state[key].picked or {}
    id, kind = picked.get("id", ""), picked.get("kind", "")
    state.write(pick=f"region:{id}" if id and kind == "region" else id or None)


def main() -> None:
    """The page."""
    library = opened()
    wish = controls(library)
    if wish is None:
        return
    found = explored(library.generation.path.name, wish, library)
    left, right = st.columns([1.95, 1], gap="medium")
    with left:
        show_drawing(library, wish, found)
    with right:
        show_panel(library, wish, found)
    show_chains(library, found)


def show_drawing(library: OpenLibrary, wish: Wish, found: Explored) -> None:
    """The chain view, or why there is nothing to draw."""
    if len(found.picture.nearness) == 1:
        panels.nothing_found(library, wish)
        return
    pick = state.read("pick")
    mount(
        "chain",
        found.chain_view,
        key="chain",
        picked=card_of(library, pick, found.picture),
        on_picked=lambda: pick_from("chain"),
    )


def card_of(library: OpenLibrary, pick: str, picture: Picture) -> str:
    """What the chain view marks for a pick: the nearest card of a region that was clicked on the body."""
    if not pick.startswith("region:"):
        return pick
    cards = sorted(picture.nearness, key=lambda id: -picture.nearness[id])
    vocabulary = library.linker.vocabulary
    region = pick.removeprefix("region:")
    return next((id for id in cards if region_of(library.graph.concepts[id], vocabulary) == region), "")


def show_panel(library: OpenLibrary, wish: Wish, found: Explored) -> None:
    """The body map; or what was clicked: the claims of an arrow, the neighbours of a card."""
    pick = card_of(library, state.read("pick"), found.picture)
    in_body = state.choice("panel", ("body", "claims"), "claims") == "body" or not pick
    if pick:
        panels.switch()
    if not in_body and panels.show_pick(library, wish, pick):
        return
    concept = library.graph.concepts.get(pick)
    shown = region_of(concept, library.linker.vocabulary) if concept else pick
    mount("body", found.body, key="body", picked=shown, on_picked=lambda: pick_from("body"))


def show_chains(library: OpenLibrary, found: Explored) -> None:
    """The best chains as sentences."""
    if not found.chains:
        return
    entries = [
        {
            "rank": rank,
            "title": f"belief {chain.belief:.2f}",
            "style": "row",
            "chips": hedges_of(chain),
            "blocks": [{"kind": "sentence", "segments": sentence_segments(library.graph, chain)}],
            "actions": [
                {
                    "label": "Walk this chain",
                    "id": ">".join(chain.concepts),
                    "kind": "walk",
                    "title": f"Walk chain {rank}",
                }
            ],
        }
        for rank, chain in enumerate(found.chains, 1)
    ]
    data = {"title": "The best believed chains", "groups": [{"title": "", "entries": entries}]}
    picked = mount("reading", data, key="chains")
    if picked:
        st.switch_page("views/pages/walk.py", query_params={"chain": picked["id"]})


@st.fragment
@calm()
def page() -> None:
    """Only this is run again at a click."""
    main()


page()
