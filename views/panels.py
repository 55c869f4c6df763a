"""What stands beside the drawing: the claims of a clicked arrow, the neighbours of a clicked card."""

import streamlit as st

from answer.opened import OpenLibrary
from graph.assembly import CausalGraph, Relation
from graph.concepts import Concept
from graph.telling import count
from views import state
from views.components.mounting import mount
from views.drawing import relations_table
from views.evidence import relation_reading
from views.picture import Wish, relation_id, relation_of
from views.wishes import REFINED
from views.words import KIND_WORDS, kind_of, plain

TALL = 620
MOST_NEIGHBOURS = 8
ACTIONS = (("Start from here", "start"), ("Only ways through it", "via"), ("Leave it out", "avoid"))


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
    """A concept: what to do with it in the drawing, what leads to it and what follows from it."""
    picked = mount("reading", card_data(library, wish, concept), key="card")
    if not picked:
        return
    kind, id = picked["kind"], picked["id"]
    if kind == "press":
        _go(pick=id)
    elif kind == "start":
        _go(c=id, pick=None, via=None, avoid=None, side=None)
    elif kind == "via":
        _go(via=state.LIST.join(dict.fromkeys((*wish.via, id))))
    elif kind == "avoid":
        _go(avoid=state.LIST.join(dict.fromkeys((*wish.avoid, id))), pick=None)
    elif kind == "fixes":
        st.switch_page("views/pages/fixes.py", query_params={"c": id})


def card_data(library: OpenLibrary, wish: Wish, concept: Concept) -> dict[str, object]:
    """The panel of a card, as the reading view takes it."""
    graph, id = library.graph, concept.id
    offered = [] if id == wish.focus else [*ACTIONS]
    if graph.causes_of(id) and kind_of(concept) in ("symptom", "condition"):
        offered.append(("What to do first", "fixes"))
    actions = [{"label": label, "id": id, "kind": kind} for label, kind in offered]
    groups: list[dict[str, object]] = [{"title": "", "entries": [{"style": "plain", "actions": actions}]}]
    relations: list[Relation] = []
    for title, found, end in (
        ("What leads to it", graph.causes_of(id), "cause"),
        ("What follows from it", graph.effects_of(id), "effect"),
    ):
        if found:
            entries = [_neighbour(graph, relation, end) for relation in found[:MOST_NEIGHBOURS]]
            more = f", the {MOST_NEIGHBOURS} best believed" if len(found) > MOST_NEIGHBOURS else ""
            groups.append({"title": f"{title} · {count(len(found), 'relation')}{more}", "entries": entries})
            relations += found
    return {
        "kind": kind_of(concept),
        "kindWord": KIND_WORDS[kind_of(concept)],
        "title": concept.name,
        "groups": groups,
        "tall": TALL,
        "label": f"About {concept.name}",
        "csv": relations_table(graph, relations),
        "name": f"kinetrace-{id.replace('/', '-')}",
    }


def _neighbour(graph: CausalGraph, relation: Relation, end: str) -> dict[str, object]:
    return {
        "title": graph.concepts[getattr(relation, end)].name,
        "sign": "raises" if relation.sign > 0 else "lowers",
        "meta": f"{relation.belief:.2f}",
        "press": relation_id(relation.key),
    }


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
