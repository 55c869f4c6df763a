"""The controls of Explore: they read the address and write it."""

import streamlit as st

from answer.opened import OpenLibrary
from corpus.errors import ConceptError
from graph.concepts import Sign
from views import state
from views.picture import MOST_CARDS, Wish
from views.words import KIND_WORDS, kind_of, plain

REFINED = ("depth", "belief", "most", "hide", "via", "avoid", "sign")
"""The settings of Refine in the address."""
USUAL_CARDS = 16
MOST_NEAR = 6
MOST_OFFERED = 300
"""Concepts to pass through or leave out in the lists of Refine; any other is clicked in the drawing."""
DIRECTIONS = {"why": "What leads to it", "next": "What follows from it"}
SIGNS: dict[str, tuple[str, Sign | None]] = {"": ("both", None), "up": ("raises it", 1), "down": ("lowers it", -1)}


@st.cache_resource(max_entries=4, show_spinner=False)
def connected(generation: str, _library: OpenLibrary) -> tuple[str, ...]:  # noqa: ARG001 - part of the key
    """Ids of the concepts that have relations, symptoms with many causes first."""
    graph = _library.graph
    degree = {id: len(graph.causes_of(id)) + len(graph.effects_of(id)) for id in graph.concepts}
    # A symptom whose causes have causes themselves makes a better drawing than one with many loose ones.
    behind = {id: sum(1 + degree[each.cause] for each in graph.causes_of(id)) for id in graph.concepts}

    def rank(id: str) -> tuple[bool, bool, int, int, str]:
        concept = graph.concepts[id]
        return (
            concept.kind == "open",
            kind_of(concept) != "symptom" or not concept.structure,
            -behind[id],
            -degree[id],
            concept.name,
        )

    return tuple(sorted((id for id in graph.concepts if degree[id]), key=rank))


def controls(library: OpenLibrary) -> Wish | None:
    """The row of controls, and the wish that they make; None while there is nothing to show."""
    name, way, more = st.columns([2, 1.35, 0.6], vertical_alignment="bottom")
    with name:
        focus = choose_focus(library)
    if focus is None:
        return None
    with way:
        choose_way()
    with more:
        return refine(library, focus)


def choose_way() -> None:
    """What leads to the focus, or what follows from it."""
    direction = state.choice("way", tuple(DIRECTIONS), "why")
    bound = state.bind("way", direction, lambda way: way or direction)
    st.segmented_control(
        "Show", list(DIRECTIONS), format_func=DIRECTIONS.__getitem__, label_visibility="collapsed", **bound
    )


def choose_focus(library: OpenLibrary) -> str | None:
    """The concept that the view is about: picked from the list or typed in one's own words."""
    ids = connected(library.generation.path.name, library)
    if not ids:
        st.info(
            "No article of this library claims that something causes something. Add articles on the *Library* page."
        )
        return None
    concepts = library.graph.concepts
    asked = state.read("c") or ids[0]
    focus, near = (asked, ()) if asked in concepts else _resolved(library, asked)
    st.session_state["q_c"] = focus

    def changed() -> None:
        state.write(c=st.session_state["q_c"], pick=None, via=None, avoid=None, side=None)

    options = ids if focus is None or focus in ids else (focus, *ids)
    st.selectbox(
        "A symptom, a habit, a muscle – pick one or type it your way",
        options,
        index=None if focus is None else 0,
        placeholder="lower back pain, sitting, weak glutes …",
        format_func=lambda id: concepts[id].name if id in concepts else id,
        accept_new_options=True,
        key="q_c",
        on_change=changed,
    )
    if focus is None:
        _unknown(library, asked, near)
    return focus


def _resolved(library: OpenLibrary, name: str) -> tuple[str | None, tuple[str, ...]]:
    """The concept of a name; or none, and the nearest that have relations."""
    try:
        return library.resolve(name).id, ()
    except ConceptError as error:
        known = connected(library.generation.path.name, library)
        near = [id for id in error.candidates if id in known and library.graph.concepts[id].kind != "open"]
        return None, tuple(near[:MOST_NEAR])


def _unknown(library: OpenLibrary, asked: str, near: tuple[str, ...]) -> None:
    """A name that no concept has: what is near, or what to do instead."""
    st.header(f"The articles don’t speak of “{plain(asked)}”", anchor=False)
    if near:
        st.write("Did you mean one of these?")
        with st.container(horizontal=True):
            for id in near:
                if st.button(plain(library.graph.concepts[id].name), key=f"candidate {id}"):
                    state.write(c=id, pick=None)
                    st.rerun()
    st.page_link(
        "views/pages/ask.py",
        label="Look for it in the text of the articles",
        icon=":material/manage_search:",
        query_params={"q": asked},
    )


def refine(library: OpenLibrary, focus: str) -> Wish:
    """What to show around the focus, set in a popover that says how many settings differ from the usual."""
    concepts = library.graph.concepts
    depth = int(state.number("depth", 3, 1, 6))
    belief = state.number("belief", 0.0, 0.0, 0.95)
    most = int(state.number("most", USUAL_CARDS, 5, MOST_CARDS))
    hidden = tuple(kind for kind in state.read_list("hide") if kind in KIND_WORDS)
    via, avoid = (tuple(id for id in state.read_list(name) if id in concepts) for name in ("via", "avoid"))
    sign = state.choice("sign", tuple(SIGNS), "")
    changed = sum((depth != 3, belief > 0, most != USUAL_CARDS, bool(hidden), bool(via), bool(avoid), bool(sign)))
    with st.popover(f"Refine · {changed} set" if changed else "Refine", icon=":material/tune:"):
        st.slider("Steps from it", 1, 6, **state.bind("depth", depth, str))
        st.slider(
            "Belief of an arrow, at least", 0.0, 0.95, step=0.05, **state.bind("belief", belief, lambda v: f"{v:.2f}")
        )
        st.slider("Cards, at most", 5, MOST_CARDS, **state.bind("most", most, str))
        shown = [kind for kind in KIND_WORDS if kind not in hidden]
        st.pills(
            "Kinds shown",
            list(KIND_WORDS),
            selection_mode="multi",
            wrap=True,
            format_func=KIND_WORDS.__getitem__,
            **state.bind("hide", shown, lambda on: state.LIST.join(kind for kind in KIND_WORDS if kind not in on)),
        )
        st.segmented_control(
            "Only what", list(SIGNS), format_func=lambda id: SIGNS[id][0], **state.bind("sign", sign, lambda id: id)
        )
        ids = [id for id in connected(library.generation.path.name, library) if id != focus][:MOST_OFFERED]
        for name, label, chosen in (("via", "Only ways through", via), ("avoid", "Leave out", avoid)):
            st.multiselect(
                label,
                [*chosen, *(id for id in ids if id not in chosen)],
                placeholder="any" if name == "via" else "none",
                format_func=lambda id: concepts[id].name,
                **state.bind(name, list(chosen), state.LIST.join),
            )
        if changed and st.button("Back to the usual"):
            state.write(**dict.fromkeys(REFINED))
            st.rerun(scope="fragment")
    why = state.choice("way", tuple(DIRECTIONS), "why") == "why"
    return Wish(focus, why, depth, belief, frozenset(hidden), via, avoid, SIGNS[sign][1], most)
