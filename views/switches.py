"""What-if switches: what holds for the reader, what doesn't, what nobody knows."""

import streamlit as st

from answer.opened import OpenLibrary
from graph.concepts import Concept
from views import state
from views.words import kind_of, plain

SWITCHES = 8


def switches(library: OpenLibrary, target: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What holds for the reader: of the nearest causes, which are surely there and which surely not."""
    graph = library.graph
    near = list(graph.causes_of(target))
    near += [far for relation in near[:SWITCHES] for far in graph.causes_of(relation.cause)]
    causes = [graph.concepts[id] for id in dict.fromkeys(relation.cause for relation in near) if id != target]
    offered = [concept for concept in causes if kind_of(concept) in ("habit", "condition", "symptom")][:SWITCHES]
    if not offered:
        return (), ()
    st.markdown("**What holds for you?**")
    told = {name: tuple(id for id in state.read_list(name) if id in graph.concepts) for name in ("is", "isnt")}
    for concept in offered:
        now = "is" if concept.id in told["is"] else "isnt" if concept.id in told["isnt"] else ""
        switch(concept, now, told)
    if (told["is"] or told["isnt"]) and st.button("Forget my answers", icon=":material/undo:", type="tertiary"):
        state.write(**{"is": None, "isnt": None})
        st.rerun(scope="fragment")
    return told["is"], told["isnt"]


def switch(concept: Concept, now: str, told: dict[str, tuple[str, ...]]) -> None:
    """One line: it holds, it doesn't, or nobody knows."""
    words = {"is": "Yes", "": "Not sure", "isnt": "No"}
    key = f"if {concept.id}"
    st.session_state[key] = now

    def changed() -> None:
        answer = st.session_state[key] or ""
        for name in ("is", "isnt"):
            rest = [id for id in told[name] if id != concept.id]
            state.write(**{name: state.LIST.join([*rest, concept.id] if answer == name else rest)})

    st.segmented_control(
        plain(concept.name),
        list(words),
        format_func=words.__getitem__,
        key=key,
        on_change=changed,
        wrap=True,
    )
