"""Overview: about twenty body parts and kinds of things; one opens into its conditions."""

import streamlit as st

from answer.opened import OpenLibrary
from graph.telling import count
from graph.zoom import Overview
from views import panels, state
from views.components.mounting import mount
from views.evidence import relation_reading
from views.opened import calm, opened
from views.overview import KIND_NAMES, look_over
from views.words import plain

TALL = 620
MOST_RELATIONS = 12


@st.cache_resource(max_entries=50, show_spinner=False)
def looked_over(
    generation: str,  # noqa: ARG001 - part of the key
    open_groups: tuple[str, ...],
    _library: OpenLibrary,
) -> tuple[Overview, dict[str, object]]:
    """The overview and its drawing."""
    return look_over(_library.graph, open_groups)


def main() -> None:
    """The page."""
    library = opened()
    st.title("How it hangs together", anchor=False)
    groups = state.read_list("open")
    overview, data = looked_over(library.generation.path.name, groups, library)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            "Click a card to open it into its concepts, an arrow to see what is behind it; "
            "a number on an arrow says how many relations it stands for."
        )
        if groups and st.button("Close all", icon=":material/unfold_less:"):
            state.write(open=None, pick=None)
            st.rerun(scope="fragment")
    pick = state.read("pick")
    link = next((each for each in overview.links if f"{each.cause}>{each.effect}" == pick), None)
    left, right = st.columns([2.3, 1], gap="medium") if link else (st.container(), None)
    with left:
        picked = mount("chain", data | {"roomy": True}, key="overview", picked=pick)
    if picked:
        follow(library, overview, picked)
    if link and right:
        with right:
            names = {group.id: KIND_NAMES.get(group.id, group.name) for group in overview.groups}
            title = f"{names[link.cause]} → {names[link.effect]}"
            st.header(plain(title), anchor=False)
            show_link(library, [relation.key for relation in link.relations])


def follow(library: OpenLibrary, overview: Overview, picked: dict[str, str]) -> None:
    """Open a group, go to a concept, or show a link."""
    id, groups = picked["id"], state.read_list("open")
    group = next((each for each in overview.groups if each.id == id), None)
    if picked["kind"] == "arrow" or not id:
        state.write(pick=id)
    elif group is not None and group.grouping != "concept":
        state.write(open=state.LIST.join(dict.fromkeys((*groups, id))), pick=None)
    else:
        way = "why" if library.graph.causes_of(id) else "next"
        st.switch_page("views/pages/explore.py", query_params={"c": id, "way": way})
    st.rerun(scope="fragment")


def show_link(library: OpenLibrary, pairs: list[tuple[str, str]]) -> None:
    """The relations behind a link; the chosen one with its claims."""
    graph = library.graph
    shown = pairs[:MOST_RELATIONS]
    names = {
        f"{cause}>{effect}": f"{graph.concepts[cause].name} → {graph.concepts[effect].name}" for cause, effect in shown
    }
    chosen = state.choice("relation", tuple(names), next(iter(names)))
    if len(names) > 1:
        st.selectbox(
            f"{count(len(pairs), 'relation')}, best believed first",
            list(names),
            format_func=names.__getitem__,
            **state.bind("relation", chosen, lambda name: name),
        )
    cause, _, effect = chosen.partition(">")
    relation = graph.relations[cause, effect]
    articles = {id: library.article(id) for id in relation.articles}
    panels.open_article(mount("reading", relation_reading(graph, relation, articles) | {"tall": TALL}, key="behind"))


@st.fragment
@calm()
def page() -> None:
    """Only this is run again at a click."""
    main()


page()
