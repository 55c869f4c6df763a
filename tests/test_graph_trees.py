import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ConceptError, QueryError
from graph.concepts import Concept
from graph.trees import cause_tree, fishbone, follow_tree
from tests.made_graphs import make_graph


def test_shared_parts_are_there_once_and_shares_split_by_belief() -> None:
    # pain <- pelvis 0.8, pain <- shoes 0.2; pelvis <- hips 0.6, pelvis <- glutes 0.3; hips and glutes <- sitting
    graph = make_graph(
        {
            ("pelvis", "pain"): 0.8,
            ("shoes", "pain"): 0.2,
            ("hips", "pelvis"): 0.6,
            ("glutes", "pelvis"): 0.3,
            ("sitting", "hips"): 0.9,
            ("sitting", "glutes"): 0.5,
            ("pain", "sitting"): 0.9,
        }
    )
    tree = cause_tree(graph, "pain")
    shares = {branch.concept: branch.share for branch in tree.branches}
    assert shares == pytest.approx(
        {"pelvis": 0.8, "shoes": 0.2, "hips": 0.8 * 2 / 3, "glutes": 0.8 / 3, "sitting": 0.8}
    )
    assert [branch.concept for branch in tree.outermost] == ["sitting", "shoes"]
    sitting = tree.outermost[0]
    assert sitting.links == 3
    assert sitting.belief == pytest.approx(0.9 * 0.6 * 0.8)
    assert [relation.key for relation in sitting.relations] == [("sitting", "hips"), ("sitting", "glutes")]
    assert len(tree.relations) == 6


def test_depth_ends_the_tree() -> None:
    graph = make_graph({("a", "b"): 0.9, ("b", "c"): 0.9, ("c", "d"): 0.9})
    tree = cause_tree(graph, "d", depth=2)
    assert [(branch.concept, branch.outermost) for branch in tree.branches] == [("c", False), ("b", True)]


def test_sign_is_none_where_ways_differ() -> None:
    graph = make_graph({("run", "pain"): 0.5, ("run", "strength"): 0.9, ("strength", "pain"): -0.8})
    assert {branch.concept: branch.sign for branch in cause_tree(graph, "pain").branches} == {
        "strength": -1,
        "run": None,
    }


def test_what_follows_is_the_same_tree_read_forward() -> None:
    graph = make_graph({("a", "b"): 0.9, ("b", "c"): 0.5, ("b", "d"): 0.4, ("d", "a"): 0.9})
    tree = follow_tree(graph, "a")
    shares = {branch.concept: branch.share for branch in tree.branches}
    assert shares == pytest.approx({"b": 1.0, "c": 5 / 9, "d": 4 / 9})
    assert [branch.concept for branch in tree.outermost] == ["c", "d"]
    assert tree.outermost[0].relations[0].key == ("b", "c")


def test_width_keeps_the_best_believed_and_counts_the_rest() -> None:
    graph = make_graph({(f"c{number}", "pain"): number / 10 for number in range(1, 10)})
    tree = cause_tree(graph, "pain", width=2)
    assert [branch.concept for branch in tree.branches] == ["c9", "c8"]
    assert tree.left_out == 7
    assert len(cause_tree(graph, "pain", min_belief=0.5).branches) == 5


def test_fishbone_groups_conditions_by_structure_and_the_rest_by_kind() -> None:
    def condition(id: str) -> Concept:
        return Concept(id, "condition", id, id.split("/")[0], id.split("/")[1])

    concepts = (
        condition("hips/tightness"),
        condition("hips/weakness"),
        condition("back/pain"),
        Concept("sitting", "behaviour", "sitting"),
        Concept("stretch", "remedy", "stretch", "hips"),
    )
    graph = make_graph(
        {
            ("hips/tightness", "back/pain"): 0.6,
            ("hips/weakness", "back/pain"): 0.4,
            ("sitting", "hips/tightness"): 0.9,
            ("stretch", "hips/weakness"): -0.9,
        },
        concepts,
    )
    ribs = fishbone(cause_tree(graph, "back/pain"), graph.concepts)
    assert [(rib.name, rib.grouping, len(rib.branches)) for rib in ribs] == [
        ("behaviour", "kind", 1),
        ("remedy", "kind", 1),
        ("hips", "structure", 2),
    ]
    assert [rib.share for rib in ribs] == pytest.approx([0.6, 0.4, 0.0])


def test_bounds_and_names_are_checked() -> None:
    graph = make_graph({("a", "b"): 0.9})
    with pytest.raises(ConceptError):
        cause_tree(graph, "z")
    with pytest.raises(QueryError):
        cause_tree(graph, "b", depth=0)


pairs = st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(pairs, st.one_of(st.floats(0.05, 1), st.floats(-1, -0.05)), min_size=1), st.integers(1, 5))
def test_shares_of_the_outermost_add_up_to_one(signed: dict[tuple[str, str], float], depth: int) -> None:
    graph = make_graph(signed)
    for name in graph.concepts:
        for tree in (cause_tree(graph, name, depth=depth), follow_tree(graph, name, depth=depth)):
            assert len({branch.concept for branch in tree.branches}) == len(tree.branches)
            assert all(branch.links <= depth and branch.relations for branch in tree.branches)
            if tree.branches:
                assert sum(branch.share for branch in tree.outermost) == pytest.approx(1)
                ribs = fishbone(tree, graph.concepts)
                assert sum(rib.share for rib in ribs) == pytest.approx(1)
