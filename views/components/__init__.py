"""Kinetrace's own page components: chain view, body map and reading view.

Each is JavaScript and CSS of this folder, handed to Streamlit as text; nothing is fetched, and what comes from
articles reaches the page as text nodes only.
"""
