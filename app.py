"""The Kinetrace app: page configuration and navigation; its pages are in views/pages."""

import streamlit as st

from views.components.mounting import frame
from views.opened import calm

st.set_page_config(page_title="Kinetrace", page_icon="🏃", layout="wide", initial_sidebar_state="collapsed")

PAGES = [
    st.Page("views/pages/start.py", title="Start", icon=":material/search:", default=True),
    st.Page("views/pages/overview.py", title="Overview", icon=":material/hub:"),
    st.Page("views/pages/explore.py", title="Explore", icon=":material/account_tree:"),
    st.Page("views/pages/walk.py", title="Walk a chain", icon=":material/footprint:"),
    st.Page("views/pages/fixes.py", title="Fixes", icon=":material/healing:"),
    st.Page("views/pages/ask.py", title="Search & ask", icon=":material/manage_search:"),
    st.Page("views/pages/gaps.py", title="Gaps", icon=":material/rule:"),
    st.Page("views/pages/library.py", title="Library", icon=":material/library_books:"),
]

frame()
with calm():
    st.navigation(PAGES, position="top").run()
