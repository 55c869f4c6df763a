"""Examples that every library can give of itself."""

import streamlit as st

from answer.opened import OpenLibrary
from graph.chains import Chain, trace
from graph.concepts import ConceptKind
from views.words import kind_of


@st.cache_resource(max_entries=2, show_spinner=False)
def longest_chain(generation: str, _library: OpenLibrary, ids: tuple[str, ...]) -> Chain | None:  # noqa: ARG001 - part of the key
    """A chain worth showing: the longest of the best believed ones to the symptoms with most causes."""
    graph = _library.graph
    symptoms = [id for id in ids if kind_of(graph.concepts[id]) == "symptom" and graph.causes_of(id)][:5]
    kinds: tuple[ConceptKind, ...] = ("condition", "behaviour", "outcome", "remedy")
    chains = [chain for id in symptoms for chain in trace(graph, effects=[id], k=8, max_links=3, kinds=kinds, sign=1)]
    return max(chains, key=lambda chain: (len(chain.relations), chain.belief), default=None)
