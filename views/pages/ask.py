"""Search & ask: an answer with its citations, and the passages that fit."""

from collections.abc import Mapping
from dataclasses import astuple
from datetime import date

import streamlit as st

from answer.answering import ask
from answer.drafting import Answer
from answer.filters import Filters
from answer.opened import OpenLibrary
from corpus.workspace import log_search
from embeddings.search import Hit
from graph.concepts import Certainty
from views import state
from views.answers import alike_data, answer_data, passages_data, warning_data
from views.asking import question_box, questions
from views.components.mounting import mount
from views.opened import calm, opened
from views.wishes import connected
from views.words import CERTAINTY_WORDS, plain

PASSAGES = 10
MOST_EXAMPLES = 5
EXAMPLES = {
    "Where it comes from": "What leads to",
    "What helps": "What helps against",
    "What follows": "What does",
}
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
    question = state.read("q").strip()
    left, right = st.columns([2.6, 0.6], vertical_alignment="bottom")
    with left:
        question_box(
            library,
            label="Ask, or type what to look for",
            placeholder="does sitting cause back pain?",
            value=question,
            key="question",
            go=ask_now,
        )
    with right:
        filters = choose_filters(library)
    if not question:
        empty(library)
        return
    generation = library.generation.path.name
    answer = answered(generation, question, library)
    note(library, question, answer)
    if answer.warnings:
        mount("reading", warning_data(answer), key="warnings")
    if not (answer.statements or answer.citations or answer.suggestions):
        st.caption(HEALTH_NOTE)
        left, _ = st.columns([1.15, 1], gap="large")
        with left:
            passages(library, question, filters)
        return
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        follow(mount("reading", answer_data(library, answer), key="answer"))
        st.caption(HEALTH_NOTE)
    with right:
        passages(library, question, filters)


def passages(library: OpenLibrary, question: str, filters: Filters) -> None:
    """The passages that fit the question, or those like one of them."""
    like = state.read("like")
    if like:
        data = alike_data(library, library.more_like(like, PASSAGES))
    else:
        data = passages_data(library, searched(library.generation.path.name, question, filters, library))
    follow(mount("reading", data, key="passages"))


def ask_now(question: str) -> None:
    """The question goes to the address; what was set for the one before it doesn't stay."""
    state.write(q=question, like=None)
    st.rerun()


def note(library: OpenLibrary, question: str, answer: Answer) -> None:
    """Write a question down once each time that it is asked."""
    if st.session_state.get("noted") != question:
        st.session_state["noted"] = question
        log_search(library.path, question, 0 if answer.kind == "dont-say" else len(answer.hits))


def choose_filters(library: OpenLibrary) -> Filters:
    """Which passages may be found."""
    chosen = filters_in_address(library)
    number = sum(map(bool, astuple(chosen)))
    with st.popover(f"Filters · {number} set" if number else "Filters", icon=":material/filter_list:"):
        st.caption("They hold for the passages.")
        left, right = st.columns(2)
        with left:
            pick("Article", "in", chosen.article, {article.id: article.title for article in library.articles}, "All")
            pick("That names", "names", chosen.concept, concepts(library), "any concept")
            st.text_input("Section heading holds", **state.bind("section", chosen.section, str.strip))
            date_input("Dated from", "after", chosen.after)
        with right:
            pick("With a claim that is", "sure", chosen.certainty, certainties(), "anything")
            pick("On the body part", "part", chosen.structure, structures(library), "any")
            st.text_input("Source holds", **state.bind("source", chosen.source, str.strip))
            date_input("until", "before", chosen.before)
        if number and st.button("Take all away"):
            state.write(**dict.fromkeys(("in", "sure", "names", "part", "section", "source", "after", "before")))
            st.rerun(scope="fragment")
    return chosen


def date_input(label: str, name: str, value: str) -> None:
    """A filter with a day."""
    day = date.fromisoformat(value) if value else None
    st.date_input(label, format="YYYY-MM-DD", **state.bind(name, day, lambda day: day.isoformat() if day else None))


def pick(label: str, name: str, value: str, options: Mapping[str, str], whatever: str) -> None:
    """A filter with a list to choose from."""
    st.selectbox(
        label,
        ["", *options],
        format_func=lambda id: options.get(id, whatever),
        **state.bind(name, value, lambda id: id),
    )


def filters_in_address(library: OpenLibrary) -> Filters:
    """The filters that the address names; what names nothing is left out."""
    articles = tuple(article.id for article in library.articles)
    return Filters(
        article=state.choice("in", articles, ""),
        certainty=state.choice("sure", tuple(certainties()), ""),
        concept=state.choice("names", tuple(concepts(library)), ""),
        structure=state.choice("part", tuple(structures(library)), ""),
        section=state.read("section"),
        source=state.read("source"),
        after=state.day("after"),
        before=state.day("before"),
    )


def certainties() -> Mapping[str, str]:
    """Kinds of claims by the address's words."""
    return {each.value: CERTAINTY_WORDS[each] for each in Certainty}


def concepts(library: OpenLibrary) -> Mapping[str, str]:
    """Names of the concepts that have relations, by id."""
    return {id: library.graph.concepts[id].name for id in connected(library.generation.path.name, library)}


def structures(library: OpenLibrary) -> Mapping[str, str]:
    """Names of the body parts that the articles speak of, by id."""
    named = {concept.structure for concept in library.graph.concepts.values()}
    known = library.linker.vocabulary.structures
    return {id: known[id].name for id in sorted(named & known.keys(), key=lambda id: known[id].name)}


def empty(library: OpenLibrary) -> None:
    """Before the first question: some of each kind to try."""
    st.write("Ask in your own words. The answer is made of the articles’ sentences, each with its quote.")
    asked = questions(library.generation.path.name, library)
    for place, (title, beginning) in zip(st.columns(3), EXAMPLES.items(), strict=True):
        with place:
            st.header(title, anchor=False)
            for question in [each for each in asked if each.startswith(beginning)][:MOST_EXAMPLES]:
                if st.button(plain(question), key=f"try {question}", type="tertiary"):
                    state.write(q=question)
                    st.rerun(scope="fragment")


def follow(picked: dict[str, str]) -> None:
    """Open a quote in its article, or ask a suggested question."""
    if not picked:
        return
    if picked["kind"] == "ask":
        ask_now(picked["id"])
    if picked["kind"] == "like":
        state.write(like=picked["id"])
        st.rerun(scope="fragment")
    article, _, place = picked["id"].partition("#")
    st.switch_page("views/pages/library.py", query_params={"a": article, "at": place})


@st.fragment
@calm()
def page() -> None:
    """Only this is run again at a question."""
    main()


page()
