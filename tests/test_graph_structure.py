"""Zoom, centrality and export."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ConceptError, QueryError
from graph.assembly import CausalGraph, assemble
from graph.centrality import bottlenecks, bridges, hubs
from graph.concepts import Certainty, Claim, Concept, Phrase
from graph.export import graph_graphml, graph_json, relations_csv
from graph.zoom import zoom
from tests.made_graphs import make_graph


def condition(id: str) -> Concept:
    structure, _, state = id.partition("/")
    return Concept(id, "condition", f"{structure} {state}", structure, state)


BODY = (
    condition("hips/tightness"),
    condition("hips/weakness"),
    condition("lower-back/pain"),
    Concept("sitting", "behaviour", "sitting"),
)
BODY_RELATIONS = {
    ("hips/tightness", "lower-back/pain"): 0.5,
    ("hips/weakness", "lower-back/pain"): 0.6,
    ("hips/tightness", "hips/weakness"): 0.7,
    ("sitting", "hips/tightness"): 0.8,
    ("lower-back/pain", "sitting"): -0.4,
}


def test_zoom_adds_up_relations_between_structures() -> None:
    overview = zoom(make_graph(BODY_RELATIONS, BODY))
    assert [(group.id, group.name, group.grouping) for group in overview.groups] == [
        ("behaviour", "behaviour", "kind"),
        ("hips", "hips", "structure"),
        ("lower-back", "lower back", "structure"),
    ]
    assert [relation.key for relation in overview.groups[1].inside] == [("hips/tightness", "hips/weakness")]
    links = {(link.cause, link.effect): link for link in overview.links}
    # hips to back: 1 - 0.5 * 0.4
    assert links["hips", "lower-back"].belief == pytest.approx(0.8)
    assert [r.belief for r in links["hips", "lower-back"].relations] == [0.6, 0.5]
    assert links["lower-back", "behaviour"].sign == -1
    assert len(links) == 3


def test_a_structure_opens_into_its_conditions() -> None:
    overview = zoom(make_graph(BODY_RELATIONS, BODY), expand=["hips"])
    assert {group.id for group in overview.groups} == {"behaviour", "hips/tightness", "hips/weakness", "lower-back"}
    assert ("hips/tightness", "hips/weakness") in {(link.cause, link.effect) for link in overview.links}
    with pytest.raises(QueryError, match="'knee'"):
        zoom(make_graph(BODY_RELATIONS, BODY), expand=["knee"])


def test_signs_that_differ_leave_a_link_without_sign() -> None:
    concepts = (condition("a/x"), condition("a/y"), condition("b/x"))
    overview = zoom(make_graph({("a/x", "b/x"): 0.5, ("a/y", "b/x"): -0.5}, concepts))
    assert overview.links[0].sign is None


names = st.sampled_from("abcdef")
pairs = st.tuples(names, names).filter(lambda pair: pair[0] != pair[1])


@given(st.dictionaries(pairs, st.floats(0.05, 1), min_size=1))
def test_zoomed_in_all_the_way_is_the_graph_itself(signed: dict[tuple[str, str], float]) -> None:
    overview = zoom(make_graph(signed), expand=["open"])
    assert {(link.cause, link.effect): link.belief for link in overview.links} == pytest.approx(signed)


def test_hubs_say_which_way_they_lean() -> None:
    signed = {(f"c{number}", "pain"): 0.5 for number in range(4)} | {("pain", "rest"): 0.5, ("sit", "c0"): 0.9}
    first = hubs(make_graph(signed), 1)[0]
    assert (first.concept, first.weight) == ("pain", 2.5)
    assert first.sentence == (
        "Pain has 4 causes and 1 effect: many things come together in it, so it is where the articles end rather than"
        " where they begin."
    )


def test_a_bottleneck_can_not_be_got_round() -> None:
    graph = make_graph(
        {
            ("sitting", "hips"): 0.9,
            ("hips", "pelvis"): 0.9,
            ("glutes", "pelvis"): 0.9,
            ("pelvis", "pain"): 0.9,
            ("shoes", "pain"): 0.9,
        }
    )
    first, second = bottlenecks(graph, "pain")
    assert (first.concept, first.behind, first.share) == ("pelvis", ("glutes", "hips", "sitting"), 0.6)
    assert first.sentence == (
        "By what the articles say, glutes, hips and sitting can reach pain only through pelvis: "
        "3 of the 5 concepts that lead there."
    )
    assert [relation.key for relation in first.relations] == [("pelvis", "pain")]
    assert (second.concept, second.behind) == ("hips", ("sitting",))
    assert bottlenecks(graph, "sitting") == ()
    with pytest.raises(ConceptError):
        bottlenecks(graph, "nothing")


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(pairs, st.floats(0.05, 1), min_size=1))
def test_taking_a_bottleneck_away_cuts_off_what_is_behind_it(signed: dict[tuple[str, str], float]) -> None:
    graph = make_graph(signed)
    target = sorted(graph.concepts)[0]

    def above(without: str | None) -> set[str]:
        found = {target}
        while True:
            more = {u for u, v in signed if v in found and u != without} - found
            if not more:
                return found - {target}
            found |= more

    expected = {c: above(None) - above(c) - {c} for c in above(None)}
    assert {b.concept: set(b.behind) for b in bottlenecks(graph, target, 100)} == {
        concept: behind for concept, behind in expected.items() if behind
    }


def test_a_bridge_joins_two_parts() -> None:
    triangle = {("a", "b"): 0.9, ("b", "c"): 0.9, ("c", "a"): 0.9}
    other = {("x", "y"): 0.9, ("y", "z"): 0.9, ("z", "x"): 0.9}
    graph = make_graph({**triangle, **other, ("c", "x"): 0.9, ("leaf", "a"): 0.9})
    (bridge,) = bridges(graph)
    assert [relation.key for relation in bridge.relations] == [("c", "x")]
    assert {bridge.near, bridge.far} == {3, 4}
    assert "c raises x" in bridge.sentence


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(pairs, st.floats(0.05, 1), min_size=1))
def test_bridges_equal_networkx(signed: dict[tuple[str, str], float]) -> None:
    import networkx as nx

    face: nx.Graph[str] = nx.Graph(list(signed))
    expected = {}
    for one, two in [(edge[0], edge[1]) for edge in nx.bridges(face)]:
        cut = face.copy()
        cut.remove_edge(one, two)
        sides = sorted((len(nx.node_connected_component(cut, one)), len(nx.node_connected_component(cut, two))))
        if sides[0] > 1:
            expected[frozenset((one, two))] = sides
    found = {frozenset(b.relations[0].key): sorted((b.near, b.far)) for b in bridges(make_graph(signed), 100)}
    assert found == expected


def hostile_graph() -> CausalGraph:
    quote = '=HYPERLINK("http://x") due to +sitting\x0b, "they" said'
    claim = Claim(
        key="k",
        article="@article",
        quote=quote,
        start=0,
        end=len(quote),
        cause=Phrase("sitting", 31, 38),
        effect=Phrase("x", 0, 1),
        cue=Phrase("due to", 23, 29),
        cause_concept="open/-sitting",
        effect_concept="open/<b>",
        sign=1,
        said=1,
        certainty=Certainty.ASSERTED,
        rule="due to",
    )
    concepts = {id: Concept(id, "open", id.removeprefix("open/")) for id in ("open/-sitting", "open/<b>")}
    return assemble([claim], concepts)


def test_no_cell_of_the_csv_is_a_formula() -> None:
    graph = hostile_graph()
    (line,) = csv.DictReader(io.StringIO(relations_csv(graph)))
    assert line["best quote"] == "'" + next(iter(graph.claims())).quote
    assert line["best quote's article"] == "'@article"
    assert line["cause name"] == "'-sitting"
    assert float(line["belief"]) == pytest.approx(next(iter(graph.relations.values())).belief, abs=1e-4)


def test_graphml_and_json_can_be_read_back() -> None:
    import networkx as nx

    graph = make_graph(BODY_RELATIONS, BODY)
    face = nx.parse_graphml(graph_graphml(graph))
    assert {(u, v): data["belief"] for u, v, data in face.edges(data=True)} == {
        pair: abs(number) for pair, number in BODY_RELATIONS.items()
    }
    assert face.nodes["hips/tightness"]["structure"] == "hips"
    hostile = nx.parse_graphml(graph_graphml(hostile_graph()))
    assert set(hostile.nodes) == {"open/-sitting", "open/<b>"}
    data = json.loads(graph_json(hostile_graph()))
    assert data["relations"][0]["claims"][0]["quote"] == next(iter(hostile_graph().claims())).quote
    assert {concept["id"] for concept in data["concepts"]} == {"open/-sitting", "open/<b>"}
