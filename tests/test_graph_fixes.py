import itertools
import math
import random

import pytest

from corpus.errors import ConceptError, QueryError
from graph.assembly import CausalGraph
from graph.concepts import Concept, ConceptKind
from graph.fixes import best_sets, fix_sentence, rank_fixes, what_if
from graph.levels import levels
from tests import made_graphs

KINDS: dict[str, ConceptKind] = {"b": "behaviour", "r": "remedy"}


def make_graph(signed: dict[tuple[str, str], float], **kinds: ConceptKind) -> CausalGraph:
    """Kinds by first letter where not given: b behaviour, r remedy, else a pain."""
    names = {name for pair in signed for name in pair}
    kinds = {name: KINDS.get(name[0], "condition") for name in names} | kinds
    concepts = [Concept(name, kinds[name], name.replace("_", " "), "", "pain") for name in names]
    return made_graphs.make_graph(signed, concepts)


BACK = {
    ("b_sitting", "tight"): 0.8,
    ("tight", "tilt"): 0.9,
    ("tilt", "pain"): 0.7,
    ("pain", "tight"): 0.3,
    ("shoes", "pain"): 0.2,
    ("r_stretch", "tight"): -0.8,
    ("r_insoles", "shoes"): -0.9,
    ("r_massage", "pain"): -0.1,
}


def test_fixes_are_ranked_by_their_drop_at_the_target() -> None:
    graph = make_graph(BACK)
    fixes = rank_fixes(graph, "pain")
    assert [(fix.concept, fix.action) for fix in fixes] == [
        ("r_stretch", "start"),
        ("b_sitting", "stop"),
        ("r_massage", "start"),
        ("r_insoles", "start"),
    ]
    base = levels(graph).values["pain"]
    for fix in fixes:
        present, absent = ([fix.concept], []) if fix.action == "start" else ([], [fix.concept])
        assert fix.before == pytest.approx(base, abs=1e-5)
        assert fix.after == pytest.approx(levels(graph, present=present, absent=absent).values["pain"], abs=1e-5)


def test_a_fix_names_the_links_chains_and_loops_it_breaks() -> None:
    graph = make_graph(BACK)
    stretch, sitting, massage, insoles = rank_fixes(graph, "pain")
    assert [relation.key for relation in stretch.acts_by] == [("r_stretch", "tight")]
    assert stretch.support == 0.8
    assert [chain.concepts for chain in stretch.chains] == [("b_sitting", "tight", "tilt", "pain")]
    assert [loop.concepts for loop in stretch.loops] == [("pain", "tight", "tilt")]
    assert [relation.key for relation in stretch.breaks] == [("tight", "tilt")]
    # the chains to pain: 0.8 * 0.9 * 0.7 = 0.504 through tight, 0.2 from shoes
    assert stretch.share == pytest.approx(0.504 / 0.704)
    assert insoles.share == pytest.approx(0.2 / 0.704)
    assert [relation.key for relation in sitting.breaks] == [("b_sitting", "tight")]
    assert (massage.breaks, massage.chains, massage.share) == ((), (), 0.0)
    assert fix_sentence(stretch, "pain", graph.concepts).startswith("Start r stretch: pain from ")
    assert fix_sentence(stretch, "pain", graph.concepts).endswith("breaks 1 chain and 1 loop")


def test_what_helps_is_started_and_what_harms_is_stopped() -> None:
    graph = make_graph({("b_bracing", "pain"): -0.5, ("b_slouching", "pain"): 0.6, ("r_rest", "stiff"): 0.9})
    assert {fix.concept: fix.action for fix in rank_fixes(graph, "pain")} == {
        "b_bracing": "start",
        "b_slouching": "stop",
    }


def test_nobody_is_told_to_start_what_is_blamed_or_known_for_a_fault() -> None:
    signed = {
        ("b_running", "stress"): -0.8,
        ("b_running", "injury"): 0.6,
        ("stress", "pain"): 0.9,
        ("injury", "pain"): 0.1,
    }
    assert ("b_running", "start") not in {(fix.concept, fix.action) for fix in rank_fixes(make_graph(signed), "pain")}
    # the vocabulary knows overstriding for a fault, whatever a sentence was taken to say
    graph = make_graph({("overstriding", "pain"): -0.9}, overstriding="behaviour")
    assert rank_fixes(graph, "pain") == ()
    # and running for a good thing, whatever it is blamed for
    assert rank_fixes(make_graph({("running", "pain"): 0.9}, running="behaviour"), "pain") == ()


def test_a_remedy_that_works_by_raising_what_lowers_is_found() -> None:
    graph = make_graph({("r_planks", "core"): 0.9, ("core", "tilt"): -0.8, ("tilt", "pain"): 0.9, ("b_x", "tilt"): 0.5})
    (fix,) = [fix for fix in rank_fixes(graph, "pain") if fix.concept == "r_planks"]
    assert fix.action == "start"
    assert [chain.concepts for chain in fix.chains] == [("b_x", "tilt", "pain")]
    assert [relation.key for relation in fix.breaks] == [("tilt", "pain")]


def test_what_is_done_already_is_not_advised() -> None:
    graph = make_graph(BACK)
    fixes = rank_fixes(graph, "pain", present=["r_stretch", "pain"], absent=["b_sitting"])
    assert [fix.concept for fix in fixes] == ["r_massage", "r_insoles"]


def test_sets_grow_by_what_helps_most_then() -> None:
    graph = make_graph(BACK)
    sets = best_sets(graph, "pain")
    assert [len(each.moves) for each in sets] == [1, 2, 3, 4]
    assert sets[0].moves == (("r_stretch", "start"),)
    assert sets[0].before == sets[3].before == pytest.approx(levels(graph).values["pain"], abs=1e-5)
    drops = [each.drop for each in sets]
    assert drops == sorted(drops)
    everything = levels(graph, present=["r_stretch", "r_massage", "r_insoles"], absent=["b_sitting"])
    assert sets[3].after == pytest.approx(everything.values["pain"], abs=1e-5)


def test_greedy_sets_come_near_the_best_of_all_sets() -> None:
    random_ = random.Random(3)  # noqa: S311 -- a seed, not a secret
    for _ in range(20):
        names = [*"cdefgt", "b_one", "b_two", "r_one", "r_two", "r_three"]
        signed: dict[tuple[str, str], float] = {}
        for cause, effect in itertools.permutations(names, 2):
            if effect[0] not in "br" and random_.random() < 0.3:
                signed[cause, effect] = random_.uniform(0.2, 0.9) * (-1 if cause[0] == "r" else 1)
        graph = make_graph(signed | {("c", "t"): 0.9})
        for each in best_sets(graph, "t", size=3):
            best = 0.0
            for movers in itertools.combinations([n for n in graph.concepts if n[0] in "br"], len(each.moves)):
                present = [name for name in movers if name[0] == "r"]
                absent = [name for name in movers if name[0] == "b"]
                best = max(best, each.before - levels(graph, present=present, absent=absent).values["t"])
            assert each.drop >= (1 - 1 / math.e) * best - 1e-4
            assert each.drop <= best + 1e-4


def test_fixes_are_told_apart_where_the_level_is_full() -> None:
    # forty causes of 0.9 each: the level is full, but one cause less is still one cause less
    signed = {(f"b_{number:02}", "pain"): 0.9 for number in range(40)} | {("b_00", "pain"): 0.99}
    signed |= {(f"c_{number:02}", f"b_{number:02}"): 0.9 for number in range(40)}
    graph = make_graph(signed)
    state = [f"c_{number:02}" for number in range(40)]
    fixes = rank_fixes(graph, "pain", present=state, k=50)
    assert len(fixes) == 40
    assert fixes[0].concept == "b_00"
    assert fixes[0].before > 0.99999
    # each behaviour is at 1 - 0.7 * (1 - 0.45) = 0.615
    loads = [-math.log(1 - 0.495 * 0.615), *[-math.log(1 - 0.45 * 0.615)] * 39]
    assert fixes[0].relief == pytest.approx(loads[0] / (sum(loads) - math.log(0.95)), abs=1e-5)


def test_what_if_shows_what_moves() -> None:
    graph = make_graph(BACK)
    found = what_if(graph, present=["b_sitting"], absent=["shoes"], target="pain")
    assert [change.concept for change in found.changes] == ["tight", "tilt", "pain"]
    assert all(change.after > change.before for change in found.changes)
    assert [chain.concepts for chain in found.chains] == [("b_sitting", "tight", "tilt", "pain")]
    assert "r_insoles" not in {fix.concept for fix in found.fixes}
    assert what_if(graph, present=["b_sitting"]).fixes == ()


def test_nothing_set_changes_nothing() -> None:
    graph = make_graph(BACK)
    assert what_if(graph, target="pain").changes == ()
    assert what_if(graph, target="pain").fixes == rank_fixes(graph, "pain")


def test_a_target_without_fixes_has_none_and_unknown_names_are_refused() -> None:
    graph = make_graph({("tight", "pain"): 0.5})
    assert rank_fixes(graph, "pain") == ()
    assert best_sets(graph, "pain") == ()
    with pytest.raises(ConceptError):
        rank_fixes(graph, "nothing")
    with pytest.raises(QueryError):
        rank_fixes(graph, "pain", k=0)
