"""Search & ask: an answer with its citations, and the passages that fit."""

import streamlit as st

from answer.answering import ask
from answer.drafting import Answer
from answer.filters import Filters
from answer.opened import OpenLibrary
from embeddings.search import Hit
from graph.concepts import Certainty
from views import state
from views.answers import answer_data, passages_data, warning_data
from views.components.mounting import mount
from views.opened import calm, opened
from views.wishes import connected
from views.words import CERTAINTY_WORDS, kind_of

PASSAGES = 10
HEALTH_NOTE = "This is what the articles say, not a diagnosis."


@st.cache_resource(max_entries=200, show_spinner="Reading …")
def answered(generation: str, question: str, _library: OpenLibrary) -> Answer:  # noqa: ARG001 - part of the key
    """The answer to a question."""
    return ask(_library, question)


@st.cache_resource(max_entries=200, show_spinner="Searching …")
def searched(
    generation: str,  # noqa: ARG001 - part of the key
    question: str,
    filters: Filters,
    _library: OpenLibrary,
) -> tuple[Hit, ...]:
    """The passages that fit best."""
    return _library.search(question, PASSAGES, filters)


def main() -> None:
    """The page."""
    library = opened()
    st.title("Search & ask", anchor=False)
    left, right = st.columns([2.6, 0.6], vertical_alignment="bottom")
    with left:
        question = box(library)
    with right:
        filters = choose_filters(library)
    if not question:
        empty(library)
        return
    generation = library.generation.path.name
    answer = answered(generation, question, library)
    if answer.warnings:
        mount("reading", warning_data(answer), key="warnings")
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        follow(mount("reading", answer_data(library, answer), key="answer"))
        st.caption(HEALTH_NOTE)
    with right:
        hits = searched(generation, question, filters, library)
        follow(mount("reading", passages_data(library, hits), key="passages"))


def box(library: OpenLibrary) -> str:
    """The question; what the library can answer is suggested while typing."""
    question = state.read("q")
    options = suggestions(library.generation.path.name, library)
    st.selectbox(
        "Ask, or type what to look for",
        options if not question or question in options else (question, *options),
        placeholder="does sitting cause back pain?",
        accept_new_options=True,
        **state.bind("q", question or None, lambda asked: asked),
    )
    return question


@st.cache_resource(max_entries=2, show_spinner=False)
def suggestions(generation: str, _library: OpenLibrary) -> tuple[str, ...]:
    """Questions on the concepts with most relations."""
    graph = _library.graph
    asked = []
    for id in connected(generation, _library)[:150]:
        name = graph.concepts[id].name
        asked += [f"What leads to {name}?"] if graph.causes_of(id) else []
        asked += [f"What helps against {name}?"] if kind_of(graph.concepts[id]) == "symptom" else []
        asked += [f"What does {name} lead to?"] if graph.effects_of(id) else []
    return tuple(asked)


def choose_filters(library: OpenLibrary) -> Filters:
    """Which passages may be found."""
    titles = {article.id: article.title for article in library.articles}
    article = state.choice("in", ("", *titles), "")
    certainty = state.choice("sure", ("", *CERTAINTY_WORDS), "")
    section = state.read("section")
    number = sum(map(bool, (article, certainty, section)))
    with st.popover(f"Filters · {number} set" if number else "Filters", icon=":material/filter_list:"):
        st.caption("They hold for the passages.")
        st.selectbox(
            "Article",
            ["", *titles],
            format_func=lambda id: titles.get(id, "All articles"),
            **state.bind("in", article, lambda id: id),
        )
        st.selectbox(
            "With a claim that is",
            ["", *(each.value for each in Certainty)],
            format_func=lambda value: CERTAINTY_WORDS[Certainty(value)] if value else "anything",
            **state.bind("sure", certainty, lambda value: value),
        )
        st.text_input("Section heading holds", **state.bind("section", section, str.strip))
    return Filters(article=article, certainty=certainty, section=section)


def empty(library: OpenLibrary) -> None:
    """Before the first question: three to try."""
    st.write("Ask in your own words. The answer is made of the articles’ sentences, each with its quote.")
    with st.container(horizontal=True):
        for question in suggestions(library.generation.path.name, library)[:3]:
            if st.button(question):
                state.write(q=question)
                st.rerun(scope="fragment")


def follow(picked: dict[str, str]) -> None:
    """Open a quote in its article, or ask a suggested question."""
    if not picked:
        return
    if picked["kind"] == "ask":
        state.write(q=picked["id"])
        st.rerun(scope="fragment")
    article, _, place = picked["id"].partition("#")
    st.switch_page("views/pages/library.py", query_params={"a": article, "at": place})


@st.fragment
@calm()
def page() -> None:
    """Only this is run again at a question."""
    main()


page()
