"""Gaps: what the articles lack, as a worklist for editors; each gap opens at its paragraph."""

from collections import Counter

import streamlit as st

from answer.opened import OpenLibrary
from graph.gaps import GAP_KINDS, Gap, GapKind, find_gaps
from graph.store import stored_mentions
from graph.survey import Evidence
from graph.telling import count
from views import state
from views.components.mounting import mount
from views.lacking import said_twice, unanswered
from views.marking import Mark, blocks_at, marked_blocks
from views.opened import calm, opened
from views.words import table

MOST_SHOWN = 60
KIND_NAMES: dict[GapKind, str] = {
    "cause-without-remedy": "Cause without a remedy",
    "remedy-without-mechanism": "Remedy without a reason",
    "exercise-without-instructions": "Exercise without instructions",
    "only-hedged": "Only hedged",
    "only-one-article": "Only one article says so",
    "mentioned-only": "Mentioned, never explained",
}


@st.cache_resource(max_entries=2, show_spinner="Looking for gaps …")
def gaps_of(generation: str, _library: OpenLibrary) -> tuple[Gap, ...]:  # noqa: ARG001 - part of the key
    """All gaps of a library, gravest first."""
    mentions = stored_mentions(_library.db)
    return find_gaps(_library.articles, _library.graph, mentions, _library.linker.vocabulary)


def main() -> None:
    """The page."""
    library = opened()
    st.title("What the articles lack", anchor=False)
    lists = {"": "Gaps", "asked": "Unanswered", "twice": "Said twice"}
    chosen = state.choice("list", tuple(lists), "")
    st.segmented_control(
        "List",
        list(lists),
        format_func=lists.__getitem__,
        label_visibility="collapsed",
        **state.bind("list", chosen, lambda id: id),
    )
    if chosen == "asked":
        unanswered(library)
    elif chosen == "twice":
        said_twice(library)
    else:
        worked(library)


def worked(library: OpenLibrary) -> None:
    """The gaps with their filters."""
    gaps = gaps_of(library.generation.path.name, library)
    if not gaps:
        st.success("No gap found: every cause has a remedy, every remedy a reason, every exercise its instructions.")
        return
    left, right = st.columns([1, 2.3], gap="large")
    with left:
        shown = filters(library, gaps)
    with right:
        show(library, shown)


def show(library: OpenLibrary, shown: list[Gap]) -> None:
    """The worklist, each gap with its paragraph."""
    picked = mount("reading", worklist(library, shown), key="gaps")
    if picked:
        article, _, place = picked["id"].partition("#")
        st.switch_page("views/pages/library.py", query_params={"a": article, "at": place})


def filters(library: OpenLibrary, gaps: tuple[Gap, ...]) -> list[Gap]:
    """The gaps of the kinds and the article that are asked for."""
    counts = Counter(gap.kind for gap in gaps)
    kinds = [kind for kind in GAP_KINDS if counts[kind]]
    on = [kind for kind in state.read_list("kind") if kind in kinds]
    st.pills(
        "Kinds",
        kinds,
        selection_mode="multi",
        format_func=lambda kind: f"{KIND_NAMES[kind]} · {counts[kind]}",
        label_visibility="collapsed",
        wrap=True,
        **state.bind("kind", on, state.LIST.join),
    )
    titles = {article.id: article.title for article in library.articles}
    article = state.choice("a", ("", *titles), "")
    st.selectbox(
        "Article",
        ["", *titles],
        format_func=lambda id: titles.get(id, "All articles"),
        **state.bind("a", article, lambda id: id),
    )
    return [
        gap
        for gap in gaps
        if (not on or gap.kind in on) and (not article or any(place.article == article for place in gap.evidence))
    ]


def worklist(library: OpenLibrary, gaps: list[Gap]) -> dict[str, object]:
    """The gaps grouped by the article that shows them first."""
    groups: dict[str, list[Gap]] = {}
    for gap in gaps[:MOST_SHOWN]:
        groups.setdefault(gap.evidence[0].article if gap.evidence else "", []).append(gap)
    articles = {id: library.article(id) for id in groups if id}
    rows = [(KIND_NAMES[gap.kind], round(gap.severity, 2), gap.title, gap.suggestion) for gap in gaps]
    left = len(gaps) - MOST_SHOWN
    grave = sum(gap.severity >= 0.5 for gap in gaps)
    return {
        "title": f"{count(len(gaps), 'gap')}, {grave} of them grave" if gaps else "No gap fits these filters",
        "groups": [
            {
                "title": articles[id].title if id else "No single article",
                "entries": [entry(library, gap) for gap in group],
            }
            for id, group in groups.items()
        ],
        "csv": table(("kind", "severity", "gap", "suggestion"), rows),
        "name": "kinetrace-gaps",
        "quiet": f"{left} more gaps are in the CSV; filter to see them here." if left > 0 else "",
    }


def entry(library: OpenLibrary, gap: Gap) -> dict[str, object]:
    """One gap with the paragraph that shows it."""
    blocks = shown_at(library, gap.evidence[0]) if gap.evidence else []
    grave = [["grave", "denied"]] if gap.severity >= 0.5 else []
    places = [
        {
            "label": "Open the paragraph" if i == 0 else f"Place {i + 1}",
            "id": f"{p.article}#{p.start}-{p.end}",
            "kind": "at",
        }
        for i, p in enumerate(gap.evidence)
    ]
    return {
        "title": gap.title,
        "chips": [[KIND_NAMES[gap.kind], ""], *grave],
        "blocks": [*blocks, {"kind": "", "segments": [["What to do: ", "strong"], [gap.suggestion]]}],
        "actions": places,
    }


def shown_at(library: OpenLibrary, place: Evidence) -> list[dict[str, object]]:
    """The paragraph of a place, the sentence marked."""
    article = library.article(place.article)
    blocks = blocks_at(article, place.start, place.end)
    return marked_blocks(article, blocks, [Mark(place.start, place.end, "word")])


@st.fragment
@calm()
def page() -> None:
    """Only this is run again when a filter changes."""
    main()


page()
