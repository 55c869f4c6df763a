"""Walk a chain: step by step from its first cause to its last effect, each step in the words of an article."""

from itertools import pairwise

import streamlit as st

from answer.opened import OpenLibrary
from corpus.errors import QueryError
from graph.chains import Chain
from graph.concepts import Claim
from graph.telling import count
from views import panels, state
from views.components.mounting import mount
from views.drawing import chain_data, relations_table, sentence_segments
from views.evidence import claim_entry, relation_reading
from views.examples import example_chain
from views.marking import marked_blocks, marks_of
from views.opened import calm, opened
from views.picture import best_claim, draw_chain, relation_id
from views.wishes import connected
from views.words import plain, web_address


def chain_of(library: OpenLibrary, text: str) -> Chain:
    """The chain that "a>b>c" names.

    Raises:
        QueryError: the library has no such chain.
    """
    ids = [part for part in text.split(">") if part]
    relations = [library.graph.relations.get(pair) for pair in pairwise(ids)]
    found = tuple(relation for relation in relations if relation is not None)
    if not found or len(found) < len(relations):
        raise QueryError(f"This library has no chain {text!r}. Pick one on the Explore page.")
    return Chain(found, tuple(relation.sign for relation in found))


def choose(library: OpenLibrary) -> Chain | None:
    """The chain of the address, else one worth walking."""
    asked = state.read("chain")
    if asked:
        return chain_of(library, asked)
    name = library.generation.path.name
    return example_chain(name, library, connected(name, library))


def pick_step(chain: Chain, key: str) -> None:
    """The step of the arrow (or of the card's first arrow) that was clicked."""
    id = (st.session_state[key].picked or {}).get("id", "")
    for i, relation in enumerate(chain.relations):
        if id == relation_id(relation.key) or id == relation.cause or (id == relation.effect == chain.concepts[-1]):
            state.write(step=str(i + 1))
            return


def main() -> None:
    """The page."""
    library = opened()
    try:
        chain = choose(library)
    except QueryError as error:
        no_chain(plain(str(error)))
        return
    if chain is None:
        no_chain("Pick a chain on the *Explore* page: it opens here step by step.")
        return
    if state.read("print"):
        whole(library, chain)
        return
    graph = library.graph
    step = int(state.number("step", 1, 1, len(chain.relations)))
    relation = chain.relations[step - 1]
    data = chain_data(graph, draw_chain(graph, chain), chain.relations, chain.concepts[-1])
    label = f"Chain from {graph.concepts[chain.concepts[0]].name} to {graph.concepts[chain.concepts[-1]].name}"
    mount(
        "chain",
        data | {"label": label, "title": label, "lead": {"segments": sentence_segments(graph, chain)}},
        key="walk",
        picked=relation_id(relation.key),
        on_picked=lambda: pick_step(chain, "walk"),
    )
    buttons(step, len(chain.relations), chain)
    claim = best_claim(relation)
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        article_at(library, claim)
    with right:
        articles = {id: library.article(id) for id in relation.articles}
        data = relation_reading(graph, relation, articles) | {"tall": 520}
        panels.open_article(mount("reading", data, key="step claims"))


def no_chain(why: str) -> None:
    """Nothing to walk: why, and where chains are."""
    st.title("Walk a chain", anchor=False)
    st.write(why)
    st.page_link("views/pages/explore.py", label="Go to Explore", icon=":material/account_tree:")


def buttons(step: int, last: int, chain: Chain) -> None:
    """Back, next and the print view."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Back", icon=":material/arrow_back:", disabled=step == 1):
            state.write(step=str(step - 1))
            st.rerun(scope="fragment")
        st.markdown(f"Step **{step}** of {last}")
        if st.button(
            "Next", icon=":material/arrow_forward:", icon_position="right", type="primary", disabled=step == last
        ):
            state.write(step=str(step + 1))
            st.rerun(scope="fragment")
        if st.button("Print view", icon=":material/print:", type="tertiary"):
            state.write(chain=">".join(chain.concepts), print="1")
            st.rerun(scope="fragment")


def article_at(library: OpenLibrary, claim: Claim) -> None:
    """The article that the claim comes from, scrolled to it."""
    article = library.article(claim.article)
    entry = {"style": "plain", "blocks": marked_blocks(article, article.blocks, marks_of(claim, claim.key))}
    data = {
        "title": article.title,
        "key": True,
        "groups": [{"title": "", "entries": [entry | {"url": web_address(article.url)}]}],
        "tall": 520,
        "now": claim.key,
        "label": f"Article: {article.title}",
    }
    mount("reading", data, key="article")


def whole(library: OpenLibrary, chain: Chain) -> None:
    """Every step with its best claim on one sheet."""
    graph = library.graph
    if st.button("Back to the walk", icon=":material/arrow_back:"):
        state.write(print=None)
        st.rerun(scope="fragment")
    groups = []
    for number, relation in enumerate(chain.relations, 1):
        claim = best_claim(relation)
        entry = claim_entry(claim, library.article(claim.article)) | {"actions": []}
        names = [graph.concepts[id].name for id in relation.key]
        more = f" · {count(relation.claim_count, 'claim')}, belief {relation.belief:.2f}"
        groups.append({"title": f"{number}. {names[0]} → {names[1]}{more}", "entries": [entry]})
    first, last = (graph.concepts[chain.concepts[at]].name for at in (0, -1))
    data = {
        "title": f"From {first} to {last}",
        "lead": sentence_segments(graph, chain),
        "key": True,
        "groups": groups,
        "csv": relations_table(graph, chain.relations),
        "name": "kinetrace-chain",
        "print": True,
    }
    mount("reading", data, key="sheet")


@st.fragment
@calm()
def page() -> None:
    """Only this is run again at a step."""
    main()


page()
