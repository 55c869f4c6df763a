"""The verifier: its arithmetic by hand, its weights as shipped, and what it makes of plain sentences."""

import math
from pathlib import Path

import numpy as np
import pytest

import graph
from graph.claims.parsing import parse
from graph.claims.rules import proposals_of, verified
from graph.claims.verifier import Features, forward, load_verifier, ties_of

WEIGHTS = Path(graph.__file__).parent / "data/verifier.npz"


def test_the_weights_are_small_and_need_no_pickle() -> None:
    assert WEIGHTS.stat().st_size < 10_000_000
    with np.load(WEIGHTS, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "fu" for name in arrays.files)


def test_forward_by_hand() -> None:
    # dense (4 - 2) / 2 = 1; buckets 1 + 2 give 3; first layer 1 * 1 + 3 * 1 - 1 = 3; second 3 * 2 = 6; out 6 - 4 = 2.
    weights = {
        "w_mean": np.array([2.0]),
        "w_scale": np.array([2.0]),
        "w_table": np.array([[0.0], [1.0], [2.0]]),
        "w_1": np.array([[1.0], [1.0]]),
        "w_bias_1": np.array([-1.0]),
        "w_2": np.array([[2.0]]),
        "w_bias_2": np.array([0.0]),
        "w_out": np.array([[1.0]]),
        "w_bias_out": np.array([-4.0]),
    }
    told = forward(
        {k: v.astype(np.float32) for k, v in weights.items()}, Features(np.array([[4.0]], np.float32), [[1, 2]])
    )
    assert told == pytest.approx([1 / (1 + math.exp(-2))])


def test_one_probability_for_each_pair() -> None:
    doc = next(parse(["Rain and wind caused delays and damage."]))
    ties = ties_of(proposals_of(doc, loose=True))
    told = load_verifier().judge(doc, ties)
    assert told.shape == (len(ties),)
    assert ((told >= 0) & (told <= 1)).all()


def test_nothing_proposed_is_nothing_judged() -> None:
    doc = next(parse(["Hello."]))
    assert load_verifier().judge(doc, []).shape == (0,)


def test_a_cause_is_likelier_than_a_journey() -> None:
    texts = ("The flood was caused by a broken dam.", "The letter was carried by a young man.")
    judged = []
    for doc in parse(texts):
        ties = ties_of(proposals_of(doc, loose=True))
        judged.append(max(load_verifier().judge(doc, ties), default=0.0))
    assert judged[0] > 0.5 > judged[1]


def test_what_no_pair_carries_is_left_out() -> None:
    doc = next(parse(["Rain and wind caused delays."]))
    proposals = proposals_of(doc)
    [kept] = verified(doc, proposals, lambda _, ties: np.array([0.9, 0.1], np.float32)[: len(ties)], lambda _: 0.5)
    assert [doc.text[p.start : p.end] for p in kept.causes] == ["Rain"]
    assert kept.probability(0, 0) == pytest.approx(0.9)
