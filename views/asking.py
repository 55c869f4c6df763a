"""The question box: what is typed is completed from the library's concepts and from questions asked before."""

from collections.abc import Callable

import streamlit as st

from answer.opened import OpenLibrary
from answer.suggesting import Suggester
from graph.concepts import Concept
from views.components.mounting import mount
from views.opened import calm
from views.wishes import connected
from views.words import kind_of

MOST_ASKED_OF = 150


@st.fragment
@calm()
def question_box(
    library: OpenLibrary, *, label: str, placeholder: str, value: str, key: str, go: Callable[[str], None]
) -> None:
    """A box that suggests while somebody types; only the box is run again at a keystroke.

    Args:
        library: whose concepts are suggested.
        label, placeholder: over the box, and in it while it is empty.
        value: what stands in it.
        key: of the element on the page.
        go: what to do with what was asked.
    """
    told = getattr(st.session_state.get(key), "picked", None) or {}
    typed = told["id"] if told.get("kind") == "typed" else ""
    names = suggester(library.generation.path.name, library).suggest(typed)
    data = {"label": label, "placeholder": placeholder, "button": "Ask", "value": value, "typed": typed, "names": names}
    picked = mount("box", data, key=key)
    if picked.get("kind") == "ask" and picked["id"].strip():
        go(picked["id"].strip())


# Questions that were asked meanwhile are suggested within a minute.
@st.cache_resource(max_entries=2, ttl=60, show_spinner=False)
def suggester(generation: str, _library: OpenLibrary) -> Suggester:
    """Completes concepts, questions asked before and questions that the library can answer."""
    return _library.suggester(questions(generation, _library))


@st.cache_resource(max_entries=2, show_spinner=False)
def questions(generation: str, _library: OpenLibrary) -> tuple[str, ...]:
    """Questions on the concepts with most relations."""
    graph = _library.graph
    asked = []
    for concept in _named(generation, _library)[:MOST_ASKED_OF]:
        id, name = concept.id, concept.name
        asked += [f"What leads to {name}?"] if graph.causes_of(id) else []
        asked += [f"What helps against {name}?"] if kind_of(concept) == "symptom" else []
        asked += [f"What does {name} lead to?"] if graph.effects_of(id) else []
    return tuple(asked)


def _named(generation: str, library: OpenLibrary) -> list[Concept]:
    """Concepts that a question can be about: what an article made up and bare body parts make none."""
    concepts = [library.graph.concepts[id] for id in connected(generation, library)]
    return [concept for concept in concepts if concept.state or concept.kind in ("behaviour", "remedy", "outcome")]
