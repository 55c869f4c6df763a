"""Fixes: what to do first, ranked by how much of the articles' case against you it takes away."""

import streamlit as st

from answer.opened import OpenLibrary
from graph.fixes import Fix, rank_fixes
from graph.telling import count, listing
from views.components.mounting import mount
from views.marking import claim_blocks
from views.opened import calm, opened
from views.picture import best_claim
from views.switches import switches
from views.wishes import choose_focus
from views.words import plain, table

MOST = 10
LEAST_MOVE = 0.005
ABOUT = (
    "The bar is how far the level of the target falls when the articles’ claims are taken at their belief. It weighs "
    "claims, not bodies: what the articles don’t mention counts nothing."
)


@st.cache_resource(max_entries=100, show_spinner="Trying every remedy …")
def ranked(
    generation: str,  # noqa: ARG001 - part of the key
    target: str,
    present: tuple[str, ...],
    absent: tuple[str, ...],
    _library: OpenLibrary,
) -> tuple[Fix, ...]:
    """The fixes for a target in a state."""
    return rank_fixes(_library.graph, target, k=MOST, present=present, absent=absent)


def main() -> None:
    """The page."""
    library = opened()
    st.title("What to do first", anchor=False)
    left, right = st.columns([1, 1.9], gap="large")
    with left:
        target = choose_focus(library)
        if target is None:
            return
        present, absent = switches(library, target)
        st.caption(ABOUT)
    with right:
        fixes = ranked(library.generation.path.name, target, present, absent, library)
        show(library, target, fixes, present, absent)


def show(
    library: OpenLibrary, target: str, fixes: tuple[Fix, ...], present: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    """The ranked cards, or what it means that there are none."""
    graph = library.graph
    name = graph.concepts[target].name
    if not fixes:
        with st.container(border=True):
            st.header("The articles name no fix", anchor=False)
            st.write(f"Nothing in this library is said to lower **{plain(name)}** or what leads to it.")
            st.page_link("views/pages/explore.py", label="See what leads to it", query_params={"c": target})
        return
    data = {
        "title": f"Against {name}: {count(len(fixes), 'thing')} to try, most telling first",
        "lead": changed(library, target, present, absent, fixes[0].before),
        "groups": [{"title": "", "entries": [entry(library, rank, fix) for rank, fix in enumerate(fixes, 1)]}],
        "csv": fixes_table(library, fixes),
        "name": f"kinetrace-fixes-{target.replace('/', '-')}",
    }
    picked = mount("reading", data, key="fixes")
    if picked and picked["kind"] == "walk":
        st.switch_page("views/pages/walk.py", query_params={"chain": picked["id"]})
    if picked:
        st.switch_page("views/pages/explore.py", query_params={"c": target, "pick": picked["id"]})


def changed(
    library: OpenLibrary, target: str, present: tuple[str, ...], absent: tuple[str, ...], level: float
) -> list[list[str]]:
    """What the answers to the what-if switches change, as a sentence."""
    if not (present or absent):
        return [["Say beside what holds for you, and the order changes."]]
    names = library.graph.concepts
    usual = ranked(library.generation.path.name, target, (), (), library)
    before = usual[0].before if usual else level
    told = [f"with {names[id].name}" for id in present] + [f"without {names[id].name}" for id in absent]
    moved = "rises" if level > before + LEAST_MOVE else "falls" if level < before - LEAST_MOVE else ""
    first = f"{listing(told)[:1].upper()}{listing(told)[1:]} the level of "
    if not moved:
        return [[first], [names[target].name, "strong"], [f" stays at {level:.2f}."]]
    role = "raises" if moved == "rises" else "lowers"
    return [[first], [names[target].name, "strong"], [" "], [moved, role], [f" from {before:.2f} to {level:.2f}."]]


def fixes_table(library: OpenLibrary, fixes: tuple[Fix, ...]) -> str:
    """The ranked fixes, as CSV."""
    names = library.graph.concepts
    rows = (
        (rank, fix.action, names[fix.concept].name, round(fix.before, 3), round(fix.after, 3), len(fix.breaks))
        for rank, fix in enumerate(fixes, 1)
    )
    return table(("rank", "action", "what", "level before", "level after", "links broken"), rows)


def entry(library: OpenLibrary, rank: int, fix: Fix) -> dict[str, object]:
    """One fix: what it does, the words of an article, what it breaks."""
    graph = library.graph
    concept = graph.concepts[fix.concept]
    does = [
        f"{'raises' if relation.sign > 0 else 'lowers'} {graph.concepts[relation.effect].name}"
        for relation in fix.acts_by[:3]
    ]
    segments: list[list[str]] = [[f"It {listing(does)}." if does else "It takes a cause away."]]
    blocks: list[dict[str, object]] = [{"kind": "", "segments": segments}]
    if fix.acts_by:
        claim = best_claim(fix.acts_by[0])
        article = library.article(claim.article)
        blocks += claim_blocks(article, claim)
    breaks = [
        f"{graph.concepts[each.cause].name} → {graph.concepts[each.effect].name}, belief {each.belief:.2f}"
        for each in fix.breaks[:8]
    ]
    actions = [{"label": "See it in the drawing", "id": fix.concept, "kind": "explore"}]
    return {
        "rank": rank,
        "title": (concept.name if fix.action == "start" else f"stop: {concept.name}").capitalize(),
        "meta": f"breaks {fix.share:.0%} of the chains’ belief" if fix.share else "",
        "chips": [[f"level {fix.before:.2f} → {fix.after:.2f}", "asserted"]],
        "share": fix.drop / fix.before if fix.before else 0.0,
        "blocks": blocks,
        "fold": "In the words of an article",
        "steps": breaks,
        "stepsTitle": f"Breaks {count(len(fix.breaks), 'link')}",
        "actions": actions,
    }


@st.fragment
@calm()
def page() -> None:
    """Only this is run again when a switch is turned."""
    main()


page()
