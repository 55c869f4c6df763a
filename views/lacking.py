"""What editors see beside the gaps: questions that found nothing, and passages that say the same."""

import streamlit as st

from answer.opened import OpenLibrary
from corpus.passages import Passage
from corpus.workspace import (
    WORKSPACE_NAME,
    search_log_is_on,
    searches_without_result,
    switch_search_log,
)
from graph.telling import count
from views.answers import open_action
from views.components.mounting import mount
from views.words import table

LEAST = 0.85
MOST_PAIRS = 40
MOST_ROWS = 500


def unanswered(library: OpenLibrary) -> None:
    """The questions that found nothing when they were last asked, and the switch of the log."""
    on = search_log_is_on(library.path)
    kept = st.toggle("Keep a list of questions", value=on, key="search log")
    if kept != on:
        switch_search_log(library.path, kept)
    st.caption(
        f"Questions and how much they found are kept in {library.path / WORKSPACE_NAME} on this machine, without a "
        "name or an address. Nothing is sent anywhere."
    )
    asked = searches_without_result(library.path)
    if not asked:
        st.success("No question is on record that found nothing.")
        return
    entries = [
        {
            "title": each.query,
            "meta": f"{count(each.times, 'time')}, last on {each.last[:10]}",
            "style": "row listed",
            "actions": [
                {"label": "Ask it again", "id": each.query, "kind": "ask", "title": f"Ask again: {each.query}"}
            ],
        }
        for each in asked
    ]
    data = {
        "title": "Questions that the articles don’t answer",
        "groups": [{"title": "", "entries": entries}],
        "csv": table(("question", "times", "last"), ((each.query, each.times, each.last) for each in asked)),
        "name": "kinetrace-questions",
    }
    picked = mount("reading", data, key="unanswered")
    if picked:
        st.switch_page("views/pages/ask.py", query_params={"q": picked["id"]})


@st.cache_resource(max_entries=2, show_spinner="Comparing passages …")
def pairs_of(generation: str, _library: OpenLibrary) -> tuple[tuple[Passage, Passage, float], ...]:  # noqa: ARG001 - part of the key
    """Pairs of passages that say nearly the same, nearest first."""
    return _library.near_duplicates(LEAST)


def said_twice(library: OpenLibrary) -> None:
    """Passages that say nearly the same, side by side."""
    pairs = pairs_of(library.generation.path.name, library)
    if not pairs:
        st.success("No two passages say nearly the same.")
        return
    groups = [
        {"title": f"{cosine:.0%} alike", "entries": [_said(library, one), _said(library, other)]}
        for one, other, cosine in pairs[:MOST_PAIRS]
    ]
    left = len(pairs) - MOST_PAIRS
    quiet = f"{left} more pairs: kinetrace duplicates -k {len(pairs)} --least {LEAST}" if left > 0 else ""
    rows = (
        (round(cosine, 3), title(library, one), one.text, title(library, other), other.text)
        for one, other, cosine in pairs[:MOST_ROWS]
    )
    data = {
        "title": f"{count(len(pairs), 'pair')} of passages that say nearly the same",
        "groups": groups,
        "quiet": quiet,
        "csv": table(("alike", "article", "passage", "other article", "other passage"), rows),
        "name": "kinetrace-said-twice",
    }
    picked = mount("reading", data, key="twice")
    if picked:
        article, _, place = picked["id"].partition("#")
        st.switch_page("views/pages/library.py", query_params={"a": article, "at": place})


def title(library: OpenLibrary, passage: Passage) -> str:
    """The title of the article that a passage stands in."""
    return library.article(passage.article).title


def _said(library: OpenLibrary, passage: Passage) -> dict[str, object]:
    return {
        "title": title(library, passage),
        "style": "half",
        "meta": passage.section,
        "blocks": [{"kind": "", "segments": [[passage.text]]}],
        "actions": [open_action(passage.article, passage.start, passage.end, passage.title)],
    }
