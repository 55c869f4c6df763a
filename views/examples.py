"""Examples that every library can give of itself."""

import streamlit as st

from answer.opened import OpenLibrary
from graph.chains import Chain, trace
from graph.concepts import Certainty, Claim, ConceptKind
from views.words import kind_of

MOST_SYMPTOMS = 12
MOST_LINKS = 3
# A library that shows itself shows no link that may well be misread.
SURE = 0.6
OUTRIGHT = ("verb", "noun", "adjective", "list")


def example_chain(generation: str, library: OpenLibrary, ids: tuple[str, ...]) -> Chain | None:
    """A chain worth showing, None where the library has none."""
    return next(iter(example_chains(generation, library, ids)), None)


@st.cache_resource(max_entries=2, show_spinner=False)
def example_chains(generation: str, _library: OpenLibrary, ids: tuple[str, ...]) -> tuple[Chain, ...]:  # noqa: ARG001 - part of the key
    """Chains worth showing, one for a symptom, that begin at different causes; those of several links first."""
    graph = _library.graph
    symptoms = [id for id in ids if kind_of(graph.concepts[id]) == "symptom" and graph.causes_of(id)][:MOST_SYMPTOMS]
    kinds: tuple[ConceptKind, ...] = ("condition", "behaviour", "outcome", "remedy")
    shown: list[Chain] = []
    for id in symptoms:
        begun = {chain.concepts[0] for chain in shown}
        found = trace(graph, effects=[id], k=8, max_links=MOST_LINKS, kinds=kinds, sign=1)
        fresh = [chain for chain in found if chain.concepts[0] not in begun]
        best = max(fresh, key=_worth_showing, default=None)
        if best is not None:
            shown.append(best)
    # Of the symptoms with most causes the first stays first where it has a chain of several links, said outright.
    return tuple(sorted(shown, key=lambda chain: (len(chain.relations) == 1, not _is_said_outright(chain))))


def _worth_showing(chain: Chain) -> tuple[bool, bool, bool, float]:
    """What makes a good example, most telling first: links that are believed, that words say outright, and several."""
    sure = min(relation.belief for relation in chain.relations) >= SURE
    return sure, _is_said_outright(chain), len(chain.relations) > 1, chain.belief


def _is_said_outright(chain: Chain) -> bool:
    return all(any(map(_is_outright, relation.claims)) for relation in chain.relations)


def _is_outright(claim: Claim) -> bool:
    """Whether an author is sure of a claim, and words of cause and effect or a list say it, no mere "when"."""
    return claim.certainty is Certainty.ASSERTED and claim.rule.partition("/")[0] in OUTRIGHT
