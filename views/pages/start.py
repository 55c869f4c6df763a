"""Start: one box for a symptom, a habit or a question; the body to point at; what the library holds."""

import streamlit as st

from answer.opened import OpenLibrary
from corpus.errors import ConceptError
from graph.chains import Chain
from graph.telling import count
from views.asking import question_box
from views.bodymap import pain_regions, region_name
from views.components.mounting import mount, mount_body
from views.drawing import chain_data, chain_id, sentence_segments
from views.examples import example_chains
from views.opened import opened
from views.picture import draw_chain
from views.wishes import connected
from views.words import kind_of, plain

MOST_EXAMPLES = 4
EXPLORE, ASK = "views/pages/explore.py", "views/pages/ask.py"
QUESTION_WORDS = ("why", "what", "how", "does", "do", "can", "is", "are", "which", "when", "should", "will")
HEALTH_NOTE = (
    "Kinetrace shows what articles claim, not what is wrong with you. Pain that is severe, new after a fall, wakes you "
    "at night, or comes with numbness, fever or weakness belongs to a doctor."
)


def main() -> None:
    """The page."""
    library = opened()
    ids = connected(library.generation.path.name, library)
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        st.title("Trace a pain back to where it begins", anchor=False)
        st.markdown(
            "Kinetrace reads articles on running, posture and pain and draws **what they claim causes what**. "
            "Every arrow opens to its sentence."
        )
        question_box(
            library,
            label="What hurts, what do you do, or what would you like to know?",
            placeholder="lower back pain, sitting all day, why do my knees hurt?",
            value="",
            key="ask",
            go=lambda asked: go(library, asked),
        )
        chips(library, ids)
        examples(library, ids)
        st.caption(f"This library: {holdings(library)}.")
        st.caption(HEALTH_NOTE)
    with right:
        body(library)


def go(library: OpenLibrary, asked: str) -> None:
    """A concept opens in Explore, a question in Search & ask."""
    if asked.endswith("?") or asked.split()[0].lower() in QUESTION_WORDS:
        st.switch_page(ASK, query_params={"q": asked})
    try:
        focus = library.resolve(asked).id
    except ConceptError:
        st.switch_page(ASK, query_params={"q": asked})
    way = "why" if library.graph.causes_of(focus) else "next"
    st.switch_page(EXPLORE, query_params={"c": focus, "way": way})


def chips(library: OpenLibrary, ids: tuple[str, ...]) -> None:
    """Three examples from this library: a symptom, a habit, a question."""
    graph = library.graph
    symptom = next((id for id in ids if kind_of(graph.concepts[id]) == "symptom" and graph.causes_of(id)), None)
    habit = next((id for id in ids if kind_of(graph.concepts[id]) == "habit" and graph.effects_of(id)), None)
    with st.container(horizontal=True):
        if symptom and st.button(f"What leads to {plain(graph.concepts[symptom].name)}?"):
            st.switch_page(EXPLORE, query_params={"c": symptom})
        if habit and st.button(f"What follows from {plain(graph.concepts[habit].name)}?"):
            st.switch_page(EXPLORE, query_params={"c": habit, "way": "next"})
        if symptom and st.button(f"What helps against {plain(graph.concepts[symptom].name)}?"):
            st.switch_page("views/pages/fixes.py", query_params={"c": symptom})


def holdings(library: OpenLibrary) -> str:
    """What the library holds, in a line."""
    counts = library.manifest.counts
    return " · ".join(
        count(counts.get(name, 0), name.removesuffix("s")) for name in ("articles", "claims", "concepts", "relations")
    )


def body(library: OpenLibrary) -> None:
    """Point at where it hurts."""
    places = pain_regions(library.graph, library.linker.vocabulary)
    if not places:
        return
    regions = [
        {"region": region, "role": "", "label": f"{region_name(region)}: {library.graph.concepts[id].name}"}
        for region, id in places.items()
    ]
    data = {
        "regions": regions,
        "cards": [],
        "arrows": [],
        "view": "back",
        "label": "Body map: point at where it hurts",
        "note": "Tinted: the articles say where this pain may come from.",
    }
    st.header("Or point at where it hurts", anchor=False)
    picked = mount_body(data, key="point")
    if picked and picked["id"] in places:
        st.switch_page(EXPLORE, query_params={"c": places[picked["id"]]})


def examples(library: OpenLibrary, ids: tuple[str, ...]) -> None:
    """A few chains of this library, ready to click: the first drawn, the others as sentences."""
    chains = example_chains(library.generation.path.name, library, ids)[:MOST_EXAMPLES]
    if not chains:
        return
    graph, first = library.graph, chains[0]
    target = first.concepts[-1]
    st.header(f"For instance: {plain(graph.concepts[target].name)}", anchor=False)
    data = chain_data(graph, draw_chain(graph, first), first.relations, target)
    picked = mount("chain", data | {"label": "A chain of this library", "bare": True}, key="example")
    if picked:
        walk(chain_id(first))
    if chains[1:]:
        entries = [example(library, chain) for chain in chains[1:]]
        picked = mount("reading", {"groups": [{"title": "", "entries": entries}]}, key="examples")
        if picked:
            walk(picked["id"])


def example(library: OpenLibrary, chain: Chain) -> dict[str, object]:
    """A chain as a sentence that opens as a walk."""
    names = library.graph.concepts
    told = f"Walk chain: {names[chain.concepts[0]].name} to {names[chain.concepts[-1]].name}"
    return {
        "style": "row",
        "blocks": [{"kind": "sentence", "segments": sentence_segments(library.graph, chain)}],
        "actions": [{"label": "Walk it", "id": chain_id(chain), "kind": "walk", "title": told}],
    }


def walk(chain: str) -> None:
    """Go to a chain, step by step."""
    st.switch_page("views/pages/walk.py", query_params={"chain": chain})


main()
