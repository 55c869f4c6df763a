"""What stands beside the drawing: the claims of a clicked arrow, the neighbours of a clicked card."""

import streamlit as st

from answer.opened import OpenLibrary
from graph.concepts import Concept
from graph.telling import count
from views import state
from views.components.mounting import mount
from views.evidence import relation_reading
from views.picture import Wish, relation_of
from views.wishes import REFINED
from views.words import KIND_WORDS, kind_of, plain

TALL = 620
MOST_NEIGHBOURS = 6


def switch() -> None:
    """Body map or what was clicked."""
    words = {"claims": "What was clicked", "body": "Body map"}
    shown = state.choice("panel", tuple(words), "claims")
    bound = state.bind("panel", shown, lambda panel: "body" if panel == "body" else None)
    st.segmented_control("Panel", list(words), format_func=words.__getitem__, label_visibility="collapsed", **bound)


def show_pick(library: OpenLibrary, wish: Wish, pick: str) -> bool:
    """The panel of an arrow or a card; whether there was one to show."""
    relation = relation_of(library.graph, pick)
    if relation is not None:
        articles = {id: library.article(id) for id in relation.articles}
        data = relation_reading(library.graph, relation, articles) | {"tall": TALL}
        open_article(mount("reading", data, key="claims"))
        return True
    concept = library.graph.concepts.get(pick)
    if concept is None:
        return False
    show_card(library, wish, concept)
    return True


def open_article(picked: dict[str, str]) -> None:
    """Go to the claim in its article that was clicked, if one was."""
    if picked:
        article, _, claim = picked["id"].partition("#")
        st.switch_page("views/pages/library.py", query_params={"a": article, "claim": claim})


def show_card(library: OpenLibrary, wish: Wish, concept: Concept) -> None:
    """A concept: what to do with it in the drawing, what it does and what does it."""
    with st.container(border=True):
        st.caption(KIND_WORDS[kind_of(concept)])
        st.header(plain(concept.name), anchor=False)
        if concept.id != wish.focus:
            actions(wish, concept)
        neighbours(library, concept)


def actions(wish: Wish, concept: Concept) -> None:
    """Make it the focus, pass only through it, leave it out."""
    with st.container(horizontal=True):
        if st.button("Start from here", icon=":material/my_location:"):
            _go(c=concept.id, pick=None, via=None, avoid=None, side=None)
        if st.button("Only ways through it", icon=":material/alt_route:"):
            _go(via=state.LIST.join(dict.fromkeys((*wish.via, concept.id))))
        if st.button("Leave it out", icon=":material/block:"):
            _go(avoid=state.LIST.join(dict.fromkeys((*wish.avoid, concept.id))), pick=None)


def neighbours(library: OpenLibrary, concept: Concept) -> None:
    """The best believed causes and effects, each opening its arrow."""
    graph = library.graph
    for title, relations, other in (
        ("What leads to it", graph.causes_of(concept.id), "cause"),
        ("What follows from it", graph.effects_of(concept.id), "effect"),
    ):
        if not relations:
            continue
        st.markdown(f"**{title}** · {count(len(relations), 'relation')}")
        for relation in relations[:MOST_NEIGHBOURS]:
            name = graph.concepts[getattr(relation, other)].name
            sign = "raises" if relation.sign > 0 else "lowers"
            label = f"{plain(name)} · {sign} · {relation.belief:.2f}"
            if st.button(label, key=f"near {relation.cause}>{relation.effect}", type="tertiary"):
                _go(pick=f"{relation.cause}>{relation.effect}")


def nothing_found(library: OpenLibrary, wish: Wish) -> None:
    """An empty drawing: why, and what to do next."""
    name = plain(library.graph.concepts[wish.focus].name)
    other = len(library.graph.effects_of(wish.focus) if wish.why else library.graph.causes_of(wish.focus))
    with st.container(border=True):
        st.header("Nothing fits" if wish.narrowed else "The articles don’t say", anchor=False)
        st.write(f"Nothing here {'leads to' if wish.why else 'follows from'} **{name}** with these settings.")
        if other and st.button(f"Show what {'follows from' if wish.why else 'leads to'} it instead ({other})"):
            _go(way="next" if wish.why else "why", pick=None)
        if wish.narrowed and st.button("Back to the usual settings"):
            _go(**dict.fromkeys(REFINED))


def _go(**values: str | None) -> None:
    state.write(**values)
    st.rerun(scope="fragment")
