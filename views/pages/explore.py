"""Explore: what leads to a concept, or what follows from it; every arrow opens to its sentences."""

import streamlit as st

from answer.opened import OpenLibrary
from graph.chains import Chain
from views import panels, state
from views.bodymap import region_of
from views.components.mounting import mount, mount_body
from views.drawing import chain_id, hedges_of, sentence_segments
from views.exploring import Explored, explored
from views.opened import calm, opened
from views.picture import Picture, Wish, relation_of
from views.wishes import controls


def pick_from(key: str) -> None:
    """Put what was clicked in a component into the address."""
    picked = st.session_state[key].picked or {}
    id, kind = picked.get("id", ""), picked.get("kind", "")
    if kind == "walk":
        return
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
    show_chains(library, wish, found)


def show_drawing(library: OpenLibrary, wish: Wish, found: Explored) -> None:
    """The chain view, or why there is nothing to draw."""
    if len(found.picture.nearness) == 1:
        panels.nothing_found(library, wish)
        return
    pick = state.read("pick")
    picked = mount(
        "chain",
        found.chain_view,
        key="chain",
        picked=card_of(library, pick, found.picture),
        on_picked=lambda: pick_from("chain"),
    )
    walk(picked)


def walk(picked: dict[str, str]) -> None:
    """Go to the chain that was clicked, if one was."""
    if picked.get("kind") == "walk":
        st.switch_page("views/pages/walk.py", query_params={"chain": picked["id"]})


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
    if relation_of(library.graph, pick) is None and pick not in library.graph.concepts:
        pick = ""
    in_body = state.choice("panel", ("body", "claims"), "claims") == "body" or not pick
    if pick:
        panels.switch()
    if not in_body and panels.show_pick(library, wish, pick):
        return
    concept = library.graph.concepts.get(pick)
    shown = region_of(concept, library.linker.vocabulary) if concept else pick
    mount_body(found.body, key="body", picked=shown, on_picked=lambda: pick_from("body"))


def show_chains(library: OpenLibrary, wish: Wish, found: Explored) -> None:
    """The best chains as sentences: those that raise what they end in, then those that lower it."""
    names = ("What raises it", "What lowers it") if wish.why else ("What it raises", "What it lowers")
    groups = [
        {"title": name, "entries": [chain_entry(library, rank, chain) for rank, chain in enumerate(chains, 1)]}
        for name, chains in zip(names, found.chains, strict=True)
        if chains
    ]
    if groups:
        walk(mount("reading", {"title": "The best believed chains", "groups": groups}, key="chains"))


def chain_entry(library: OpenLibrary, rank: int, chain: Chain) -> dict[str, object]:
    """One chain as a sentence that opens as a walk."""
    return {
        "rank": rank,
        "title": f"belief {chain.belief:.2f}",
        "style": "row",
        "chips": hedges_of(chain),
        "blocks": [{"kind": "sentence", "segments": sentence_segments(library.graph, chain)}],
        "actions": [
            {
                "label": "Walk this chain",
                "id": chain_id(chain),
                "kind": "walk",
                "title": f"Walk chain: {library.graph.concepts[chain.concepts[0]].name}, {chain.belief:.2f}",
            }
        ],
    }


@st.fragment
@calm()
def page() -> None:
    """Only this is run again at a click."""
    main()


page()
