import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ConceptError, QueryError
from graph.loops import find_loops, loop_sentence
from graph.verdicts import judge, verdict_sentence
from tests.made_graphs import make_graph

pairs = st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda pair: pair[0] != pair[1])
numbers = st.one_of(st.floats(0.05, 1), st.floats(-1, -0.05))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(pairs, numbers, min_size=1), st.integers(2, 6), st.sampled_from([0.0, 0.1, 0.3]))
def test_loops_equal_networkx(signed: dict[tuple[str, str], float], max_links: int, min_belief: float) -> None:
    import networkx as nx

    graph = make_graph(signed)
    oracle: nx.DiGraph[str] = nx.DiGraph(list(signed))
    expected = {}
    for cycle in nx.simple_cycles(oracle, length_bound=max_links):
        start = cycle.index(min(cycle))
        nodes = (*cycle[start:], *cycle[:start])
        numbers = [signed[nodes[place - 1], nodes[place]] for place in range(len(nodes))]
        if abs(math.prod(numbers)) >= min_belief:
            expected[nodes] = math.prod(numbers)
    found = find_loops(graph, max_links=max_links, min_belief=min_belief, k=10_000, seconds=30)
    assert {loop.concepts for loop in found.loops} == set(expected)
    assert (found.floor, found.left_out) == (0.0, "")
    for loop in found.loops:
        assert loop.belief == pytest.approx(abs(expected[loop.concepts]))
        assert loop.reinforcing == (expected[loop.concepts] > 0)
    assert [loop.belief for loop in found.loops] == sorted((loop.belief for loop in found.loops), reverse=True)
    for name in graph.concepts:
        through = find_loops(graph, max_links=max_links, min_belief=min_belief, k=10_000, through=name, seconds=30)
        assert {loop.concepts for loop in through.loops} == {nodes for nodes in expected if name in nodes}


def test_more_loops_than_asked_for_are_named() -> None:
    graph = make_graph({("a", "b"): 0.9, ("b", "a"): 0.9, ("b", "c"): 0.8, ("c", "b"): 0.8})
    found = find_loops(graph, k=1)
    assert [loop.concepts for loop in found.loops] == [("a", "b")]
    # one was found in the round that looks at belief 0.7 and more: what lies below is not known
    assert found.floor == 0.7
    assert "below 0.7" in found.left_out
    assert [loop.concepts for loop in find_loops(graph, k=2).loops] == [("a", "b"), ("b", "c")]
    assert find_loops(graph, k=3).floor == 0.0
    # three loops of 0.81 and more are found in that round, of which two were asked for
    many = find_loops(make_graph(dict.fromkeys(itertools.permutations("abc", 2), 0.9)), max_links=2, k=2)
    assert len(many.loops) == 2
    assert many.floor == pytest.approx(0.81)
    assert "more loops" in many.left_out


def test_no_time_leaves_out_everything_and_says_so() -> None:
    graph = make_graph({("a", "b"): 0.9, ("b", "a"): 0.9})
    found = find_loops(graph, seconds=-1)
    assert (found.loops, found.floor) == ((), 1.0)
    assert "time ran out" in found.left_out


def test_time_runs_out_on_a_dense_knot_with_the_best_loops_found() -> None:
    names = [f"c{number:02}" for number in range(25)]
    signed = {(one, two): 0.3 for one in names for two in names if one != two}
    signed |= {("c00", "c01"): 0.9, ("c01", "c00"): 0.9}
    found = find_loops(make_graph(signed), max_links=20, k=10**9, seconds=0.5)
    assert found.loops[0].concepts == ("c00", "c01")
    assert found.floor > 0
    assert all(loop.belief >= found.floor for loop in found.loops)
    assert "more seconds" in found.left_out


def test_a_loop_is_told_as_a_sentence() -> None:
    graph = make_graph({("unstable pelvis", "imbalance"): 0.8, ("imbalance", "unstable pelvis"): 0.7})
    (loop,) = find_loops(graph).loops
    assert loop_sentence(loop, graph.concepts) == (
        "imbalance raises unstable pelvis, which raises imbalance: so it feeds itself"
    )
    graph = make_graph({("pain", "rest"): 0.8, ("rest", "pain"): -0.7})
    (loop,) = find_loops(graph).loops
    assert loop_sentence(loop, graph.concepts) == "pain raises rest, which lowers pain: so it holds itself back"
    assert not loop.reinforcing


def test_loops_refuse_what_is_no_loop() -> None:
    graph = make_graph({("a", "b"): 0.9})
    with pytest.raises(QueryError, match="2 relations"):
        find_loops(graph, max_links=1)
    with pytest.raises(ConceptError, match="'z'"):
        find_loops(graph, through="z")


@pytest.mark.parametrize(
    ("signed", "word", "raises", "lowers"),
    [
        ({("a", "b"): 0.9}, "raises", 0.9, 0.0),
        ({("a", "b"): -0.9}, "lowers", 0.0, 0.9),
        ({("a", "b"): -0.9, ("a", "c"): 0.5, ("c", "b"): 0.5}, "depends", 0.25, 0.9),
        ({("a", "c"): -0.5, ("c", "b"): -0.5}, "raises", 0.25, 0.0),
        ({("b", "a"): 0.9}, "unconnected", 0.0, 0.0),
    ],
)
def test_verdict_never_guesses(signed: dict[tuple[str, str], float], word: str, raises: float, lowers: float) -> None:
    graph = make_graph(signed)
    verdict = judge(graph, "a", "b")
    assert verdict.word == word
    assert verdict.belief_raises == pytest.approx(raises)
    assert verdict.belief_lowers == pytest.approx(lowers)
    assert all(chain.sign == 1 for chain in verdict.raising)
    assert all(chain.sign == -1 for chain in verdict.lowering)
    sentence = verdict_sentence(verdict, graph.concepts)
    assert "a" in sentence
    assert ("both" in sentence) == (word == "depends")
