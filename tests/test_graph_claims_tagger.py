"""The tagger: its weights as shipped, its arithmetic, and what it makes of plain sentences."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import graph
from graph.claims.judging import judged_proposals
from graph.claims.learned import learned_proposals
from graph.claims.parsing import parse
from graph.claims.rules import proposals_of, verified
from graph.claims.shapes import COLUMNS, ROWS, free_pairs, heads_of, tied_pairs, ties_of
from graph.claims.tagger import PARTS, Verdicts, load_tagger, word_pieces

DATA = Path(graph.__file__).parent / "data"


def test_the_weights_are_small_and_need_no_pickle() -> None:
    files = [DATA / "tagger.onnx", DATA / "tagger.npz"]
    assert sum(file.stat().st_size for file in files) < 10_000_000
    with np.load(files[1], allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind == "f" for name in arrays.files)
        assert arrays["columns"].shape == (ROWS, PARTS["cause"])


def test_each_word_has_its_first_piece() -> None:
    [doc] = parse(["Plyometrics strengthen tendons."])
    pieces, words = word_pieces(doc)
    assert words[0] == 1
    assert all(before < after for before, after in pairwise(words))
    assert words[-1] == len(pieces) - 2


def test_free_pairs_are_all_pairs_of_heads_in_both_orders() -> None:
    [doc] = parse(["Weak hips cause sore knees."])
    pairs = free_pairs(doc)
    heads = [doc[i].text for i in heads_of(doc)]
    assert {"hips", "knees", "cause"} <= set(heads)
    told = {
        (doc[int(c)].text, doc[int(e)].text): doc[int(j)].text
        for c, e, j in zip(pairs.cause, pairs.effect, pairs.joint, strict=True)
    }
    assert len(told) == len(heads) * (len(heads) - 1)
    assert told["hips", "knees"] == told["knees", "hips"] == "cause"
    assert told["Weak", "hips"] == "hips"


def test_columns_stay_in_their_table() -> None:
    [doc] = parse(["Rain and wind caused delays and damage because of the storm, which led to losses."])
    for pairs in (free_pairs(doc), tied_pairs(doc, ties_of(proposals_of(doc, loose=True)))):
        assert pairs.columns.shape == (len(pairs.cause), COLUMNS)
        assert pairs.columns.min() >= 0 and pairs.columns.max() < ROWS


def test_a_cause_is_likelier_than_a_journey() -> None:
    tagger, judged = load_tagger(), []
    for doc in parse(("The flood was caused by a broken dam.", "The letter was carried by a young man.")):
        ties = ties_of(proposals_of(doc, loose=True))
        judged.append(max(tagger.tied(doc, tagger.read(doc), ties).claim, default=0.0))
    assert judged[0] > 0.5 > judged[1]


def test_direction_is_seen() -> None:
    tagger = load_tagger()
    for text in ("The earthquake triggered a landslide.", "The landslide was triggered by an earthquake."):
        [doc] = parse([text])
        words = [token.text for token in doc]
        pairs, told = tagger.free(doc, tagger.read(doc))
        at = {(words[int(c)], words[int(e)]): p for c, e, p in zip(pairs.cause, pairs.effect, told.claim, strict=True)}
        assert at["earthquake", "landslide"] > 0.4 > at["landslide", "earthquake"]


def test_what_is_read_beside_a_text_changes_nothing() -> None:
    texts = ["Weak hips cause sore knees.", "Tea is served at four. " * 9, "Stiff ankles load the shins."]
    tagger = load_tagger()
    alone = [tagger.read(next(parse([text]))) for text in texts]
    joined = [tagger.read(doc) for doc in reversed(list(parse(reversed(texts))))]
    for one, other in zip(alone, joined, strict=True):
        assert one.states == pytest.approx(other.states, abs=1e-5)
        assert one.holds == pytest.approx(other.holds, abs=1e-5)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "!!!", "\u0000\u202e<script>alert(1)</script>", "a" * 3000, "pain " * 700, "\U0001f9b5 -> \U0001f525"],
)
def test_hostile_text_is_read(text: str) -> None:
    for doc in parse([text]):
        for proposal in judged_proposals(doc, load_tagger()):
            assert all(0 <= piece.start < piece.end <= len(doc.text) for piece in (*proposal.causes, *proposal.effects))


def test_what_no_pair_carries_is_left_out() -> None:
    doc = next(parse(["Rain and wind caused delays."]))
    proposals = proposals_of(doc)
    [kept] = verified(doc, proposals, lambda _, ties: np.array([0.9, 0.1], np.float32)[: len(ties)], lambda _: 0.5)
    assert [doc.text[p.start : p.end] for p in kept.causes] == ["Rain"]
    assert kept.probability(0, 0) == pytest.approx(0.9)


def test_a_learned_tie_has_phrases_cue_sign_and_probability() -> None:
    [doc] = parse(["With a heavy pack, the shoulders tire."])
    pairs = free_pairs(doc)
    wanted = [(doc[int(c)].text, doc[int(e)].text) for c, e in zip(pairs.cause, pairs.effect, strict=True)]
    claim = np.array([0.8 if pair == ("pack", "tire") else 0.1 for pair in wanted], np.float32)
    verdicts = Verdicts(claim, np.zeros_like(claim))
    [found] = learned_proposals(doc, pairs, verdicts, (), floor=0.5, question=False)
    assert found.rule == "learned/lowers" and found.sign == "-"
    assert [doc.text[p.start : p.end] for p in found.causes] == ["heavy pack"]
    assert doc.text[found.cue_start : found.cue_end] == "With"
    assert found.probability(0, 0) == pytest.approx(0.8)
    assert not list(learned_proposals(doc, pairs, verdicts, [found], floor=0.5, question=False))
