from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ConceptError, QueryError
from graph.levels import levels, sensitivity
from tests import made_graphs

Beliefs = dict[tuple[str, str], tuple[float, float]]
make_graph = partial(made_graphs.make_graph, kind="condition")


def test_noisy_or_by_hand() -> None:
    # half of each belief counts: sitting 0.3; tight 1 - 0.95 * (1 - 0.4 * 0.3) = 0.164;
    # pain 1 - 0.95 * (1 - 0.25 * 0.164) * (1 - 0.1 * 0.3)
    graph = make_graph(
        {("sitting", "tight"): (0.8, 0), ("tight", "pain"): (0.5, 0), ("sitting", "pain"): (0.2, 0)},
        sitting="behaviour",
    )
    found = levels(graph)
    assert found.converged
    assert found.values == pytest.approx({"sitting": 0.3, "tight": 0.164, "pain": 1 - 0.95 * 0.959 * 0.97}, abs=1e-6)


def test_remedies_lower_what_is_left() -> None:
    graph = make_graph(
        {("sitting", "tight"): (0.8, 0), ("stretch", "tight"): (0, 0.5)}, sitting="behaviour", stretch="remedy"
    )
    assert levels(graph).values["tight"] == pytest.approx(0.164, abs=1e-6)
    assert levels(graph, present=["stretch"]).values["tight"] == pytest.approx(0.082, abs=1e-6)
    # 1 - 0.95 * (1 - 0.4) = 0.43, halved: what lowers counts whole
    assert levels(graph, present=["stretch", "sitting"]).values["tight"] == pytest.approx(0.215, abs=1e-6)
    assert levels(graph, absent=["sitting"]).values["tight"] == pytest.approx(0.05, abs=1e-6)


def test_a_loop_settles_at_its_fixed_point() -> None:
    # x = 1 - 0.95 (1 - 0.25 x) for both: x = 0.05 + 0.2375 x, so x = 0.05 / 0.7625
    graph = make_graph({("a", "b"): (0.5, 0), ("b", "a"): (0.5, 0)})
    found = levels(graph)
    assert found.values == pytest.approx({"a": 0.05 / 0.7625, "b": 0.05 / 0.7625}, abs=1e-5)
    assert found.converged
    assert 1 < found.iterations < 50


def test_a_disputed_relation_pulls_both_ways() -> None:
    graph = make_graph({("rest", "pain"): (0.4, 0.5)}, rest="behaviour")
    # (1 - 0.95 * (1 - 0.2)) * (1 - 0.5)
    assert levels(graph, present=["rest"]).values["pain"] == pytest.approx(0.24 * 0.5, abs=1e-6)


def test_levels_that_swing_are_settled_by_going_half_way() -> None:
    # x and y lower each other wholly and eight present causes raise both: a plain iteration swings for thousands
    beliefs: Beliefs = {("x", "y"): (0, 1.0), ("y", "x"): (0, 1.0)}
    causes = [f"c{number}" for number in range(8)]
    beliefs |= {(cause, effect): (1.0, 0) for cause in causes for effect in "xy"}
    found = levels(make_graph(beliefs), present=causes)
    assert found.converged
    # x = r (1 - x) with r = 1 - 0.95 * 0.5 ** 8
    raised = 1 - 0.95 / 256
    assert found.values["x"] == pytest.approx(raised / (1 + raised), abs=1e-5)


def test_too_few_iterations_are_reported() -> None:
    graph = make_graph({("a", "b"): (0.9, 0), ("b", "a"): (0.9, 0)})
    found = levels(graph, most_iterations=2)
    assert (found.converged, found.iterations) == (False, 2)
    assert found.change > 1e-6


def test_contradictory_or_unknown_concepts_are_refused() -> None:
    graph = make_graph({("a", "b"): (0.9, 0)})
    with pytest.raises(QueryError, match="both present and absent"):
        levels(graph, present=["a"], absent=["a"])
    with pytest.raises(ConceptError, match="'z'"):
        levels(graph, present=["z"])


names = st.sampled_from("abcdef")
pairs = st.tuples(names, names).filter(lambda pair: pair[0] != pair[1])
sides = st.one_of(st.tuples(st.floats(0.05, 0.95), st.just(0.0)), st.tuples(st.just(0.0), st.floats(0.05, 0.95)))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(pairs, st.tuples(st.floats(0.05, 0.95), st.just(0.0)), min_size=1), names, names)
def test_more_of_a_cause_never_lowers_anything_where_all_relations_raise(beliefs: Beliefs, one: str, two: str) -> None:
    graph = make_graph(beliefs)
    present = [name for name in (one,) if name in graph.concepts]
    absent = [name for name in (two,) if name in graph.concepts and name not in present]
    base, up, down = levels(graph), levels(graph, present=present), levels(graph, absent=absent)
    for name in graph.concepts:
        assert 0 <= down.values[name] <= base.values[name] + 1e-5 <= up.values[name] + 2e-5 <= 1 + 2e-5


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(pairs, sides, min_size=1, max_size=12))
def test_slopes_equal_finite_differences(beliefs: Beliefs) -> None:
    graph = make_graph(beliefs)
    target = sorted(graph.concepts)[-1]
    if not levels(graph).converged:
        return
    for influence in sensitivity(graph, target, k=3):
        pair = influence.relation.key

        def level(belief: float, pair: tuple[str, str] = pair) -> float:
            plus, _ = beliefs[pair]
            changed = make_graph(beliefs | {pair: (belief, 0.0) if plus > 0 else (0.0, belief)})
            return levels(changed, tolerance=1e-12, most_iterations=2000).values[target]

        belief = influence.relation.belief
        assert influence.slope == pytest.approx((level(belief + 1e-4) - level(belief - 1e-4)) / 2e-4, abs=2e-3)
        assert influence.level_without == pytest.approx(level(0.0), abs=1e-4)


def test_sensitivity_names_the_relation_that_matters_most() -> None:
    graph = make_graph({("a", "t"): (0.9, 0), ("b", "t"): (0.1, 0), ("x", "y"): (0.9, 0)}, a="behaviour")
    first, second = sensitivity(graph, "t")
    assert (first.relation.key, second.relation.key) == (("a", "t"), ("b", "t"))
    # level(t) = 1 - 0.95 (1 - 0.45 * 0.3) (1 - 0.05 * 0.05); its slope by the first belief is 0.95 * 0.15 * 0.9975
    assert first.slope == pytest.approx(0.95 * 0.15 * 0.9975, abs=1e-5)
    assert first.level_without == pytest.approx(1 - 0.95 * 0.9975, abs=1e-6)
