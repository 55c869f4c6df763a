"""Mended parses: whatever the parser makes of a sentence, what comes out is a tree over the same words."""

from itertools import islice, product

import pytest
from spacy.tokens import Doc

from graph.claims.mending import mend
from graph.claims.parsing import load_pipeline

WORDS = ["It", "causes", "knee", "and", "back", "pain", "."]
POS = ["PRON", "VERB", "NOUN", "CCONJ", "NOUN", "NOUN", "PUNCT"]
TAGS = ["PRP", "VBZ", "NN", "CC", "NN", "NN", "."]
ROOT = 1


def is_tree(heads: list[int]) -> bool:
    """Whether every word leads to the verb."""
    for place in range(len(heads)):
        for _ in heads:
            place = heads[place]
        if place != ROOT:
            return False
    return True


TREES = [
    heads
    for knee, back, pain in product((1, 4, 5), (1, 2, 5), (1, 2, 4))
    if is_tree(heads := [1, 1, knee, 2, back, pain, 1])
]


@pytest.mark.parametrize("dep", ["conj", "appos"])
@pytest.mark.parametrize("heads", TREES, ids=str)
def test_places_that_share_a_trouble_stay_a_tree(heads: list[int], dep: str) -> None:
    deps = ["nsubj", "ROOT", "dobj", "cc", "conj", dep, "punct"]
    lemmas = [word.lower() for word in WORDS]
    doc = mend(Doc(load_pipeline().vocab, words=WORDS, heads=heads, deps=deps, pos=POS, tags=TAGS, lemmas=lemmas))
    for token in doc:
        above = list(islice(token.ancestors, len(WORDS) + 1))
        assert len(above) <= len(WORDS)
        assert token.i == ROOT or above[-1].i == ROOT


def test_a_preposition_at_the_root_stays_there() -> None:
    doc = Doc(
        load_pipeline().vocab,
        words=["Over", "years", "that", "stretches", "it"],
        heads=[0, 0, 3, 1, 3],
        deps=["ROOT", "pobj", "nsubj", "relcl", "dobj"],
        pos=["ADP", "NOUN", "PRON", "VERB", "PRON"],
        tags=["IN", "NNS", "WDT", "VBZ", "PRP"],
        lemmas=["over", "year", "that", "stretch", "it"],
    )
    assert [token.head.i for token in mend(doc)] == [0, 0, 3, 1, 3]
