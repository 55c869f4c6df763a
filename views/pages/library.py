"""Library: its articles, each with its claims marked in its text; add files and build again."""

import streamlit as st

from answer.opened import OpenLibrary
from graph.store import stored_claims
from graph.telling import count
from views import state
from views.adding import add_files
from views.articles import article_data, claims_data
from views.components.mounting import mount
from views.opened import calm, generation_name, library_folder, opened
from views.words import table

# The list opens a page at a time; articles beyond these are found by a word of their title.
MOST_SHOWN = 1_000


def main() -> None:
    """The page: one article, or all of them and the way to add more."""
    folder = library_folder()
    if not generation_name(folder):
        st.title("Library", anchor=False)
        st.write("No library yet. Add a few articles and build one: Kinetrace reads them on this computer.")
    elif state.read("a"):
        page()
        return
    else:
        left, right = st.columns([2, 1], gap="large")
        with left:
            page()
        with right:
            add_files(folder)
        return
    add_files(folder)


@st.fragment
@calm()
def page() -> None:
    """Only this is run again at a click."""
    library = opened()
    if state.read("a"):
        show_article(library)
    else:
        st.title("Library", anchor=False)
        show_articles(library)


def show_articles(library: OpenLibrary) -> None:
    """What is in the library, and its articles to open."""
    counts = library.manifest.counts
    st.caption(" · ".join(count(number, name.removesuffix("s")) for name, number in counts.items() if number))
    asked = state.read("find")
    st.text_input("Find an article", placeholder="a word of its title", **state.bind("find", asked, str.strip))
    claims = dict(library.db.execute("SELECT article, count(*) FROM claims GROUP BY article"))
    found = [article for article in library.articles if asked.lower() in article.title.lower()]
    entries = [
        {
            "title": article.title,
            "meta": " · ".join(filter(None, (f"{len(article.text.split()):,} words", article.author, article.date))),
            "chips": [[count(claims.get(article.id, 0), "claim"), "asserted" if claims.get(article.id) else ""]],
            "actions": [{"label": "Read", "title": f"Read {article.title}", "id": article.id, "kind": "article"}],
            "style": "row listed",
        }
        for article in found[:MOST_SHOWN]
    ]
    more = f"{len(found) - MOST_SHOWN} more; find them by a word of their title." if len(found) > MOST_SHOWN else ""
    quiet = more or ("" if found else "No article has that in its title.")
    rows = [
        (article.title, article.author, article.date, len(article.text.split()), claims.get(article.id, 0))
        for article in found
    ]
    data = {
        "groups": [{"title": "", "entries": entries}],
        "quiet": quiet,
        "csv": table(("title", "author", "date", "words", "claims"), rows),
        "name": "kinetrace-articles",
    }
    picked = mount("reading", data, key="articles")
    if picked:
        state.write(a=picked["id"], find=None)
        st.rerun()


def no_article(library: OpenLibrary) -> None:
    """The address names an article that isn't here, as after a rebuild."""
    st.title("No such article", anchor=False)
    st.write(f"This library holds {count(len(library.articles), 'article')}, but none of that name any more.")
    if st.button("All articles", icon=":material/arrow_back:"):
        state.write(a=None, claim=None, at=None)
        st.rerun()


def show_article(library: OpenLibrary) -> None:
    """An article with every claim marked, and the list of them."""
    if all(article.id != state.read("a") for article in library.articles):
        no_article(library)
        return
    article = library.article(state.read("a"))
    claims = tuple(stored_claims(library.db, article.id))
    if st.button("All articles", icon=":material/arrow_back:", type="tertiary"):
        state.write(a=None, claim=None, at=None)
        st.rerun()
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        mount("reading", article_data(article, claims, state.read("claim"), state.read("at")), key="article")
    with right:
        picked = mount("reading", claims_data(claims), key="claims")
    if picked and picked["kind"] == "claim":
        state.write(claim=picked["id"], at=None)
        st.rerun(scope="fragment")
    if picked:
        st.switch_page("views/pages/explore.py", query_params={"c": picked["id"].split(">")[1], "pick": picked["id"]})


main()
