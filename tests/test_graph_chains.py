import itertools
import math
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ConceptError, QueryError
from graph.chains import Chain, chain_sentence, chains_json, route, routes, trace
from graph.concepts import Concept, Sign
from tests.made_graphs import make_graph

ROOT = Path(__file__).parents[1]
Beliefs = dict[tuple[str, str], tuple[float, float]]


def random_beliefs(random_: random.Random, size: int) -> Beliefs:
    names = "abcdefghij"[:size]
    density = random_.uniform(0.15, 0.7)
    beliefs: Beliefs = {}
    for pair in itertools.permutations(names, 2):
        if random_.random() < density:
            plus, minus = random_.uniform(0.05, 1), random_.uniform(0.05, 1)
            beliefs[pair] = random_.choice([(plus, 0.0), (0.0, minus), (plus, minus)])
    return beliefs


def every_path(beliefs: Beliefs, cause: str, effects: set[str], max_links: int) -> Iterator[tuple[str, ...]]:
    stack: list[tuple[str, ...]] = [(cause,)]
    while stack:
        path = stack.pop()
        for before, after in beliefs:
            if before == path[-1] and after not in path:
                if after in effects:
                    yield (*path, after)
                elif len(path) < max_links:
                    stack.append((*path, after))


def best_with_sign(beliefs: Beliefs, path: tuple[str, ...], sign: Sign | None) -> float:
    """Best product of beliefs along a path over every choice of signs whose product is `sign`."""
    links = list(itertools.pairwise(path))
    if sign is None:
        return math.prod(max(beliefs[link]) for link in links)
    return max(
        math.prod(beliefs[link][side] for link, side in zip(links, choice, strict=True))
        for choice in itertools.product((0, 1), repeat=len(links))
        if (-1) ** sum(choice) == sign
    )


@pytest.mark.parametrize("seed", range(10))
def test_trace_equals_brute_force(seed: int) -> None:
    random_ = random.Random(seed)  # noqa: S311 -- a seed, not a secret
    for _ in range(100):
        beliefs = random_beliefs(random_, random_.randint(3, 7))
        graph = make_graph(beliefs)
        names = sorted(graph.concepts)
        if len(names) < 3:
            continue
        cause = random_.choice(names)
        effects = set(random_.sample([name for name in names if name != cause], random_.choice([1, 1, 2])))
        inner = [name for name in names if name != cause and name not in effects]
        via = random_.sample(inner, min(len(inner), random_.choice([0, 0, 0, 1, 2])))
        avoid = [name for name in random_.sample(inner, min(len(inner), random_.choice([0, 0, 1]))) if name not in via]
        sign: Sign | None = random_.choice([None, None, 1, -1])
        max_links = random_.choice([1, 2, 3, 4, 6, None])
        min_belief = random_.choice([0.0, 0.0, 0.1, 0.4])
        k = random_.choice([1, 3, 10, 1000])

        expected = {}
        for path in every_path(beliefs, cause, effects, max_links or 99):
            belief = best_with_sign(beliefs, path, sign)
            if set(via) <= set(path) and not set(avoid) & set(path) and belief > 0 and belief >= min_belief:
                expected[path] = belief
        best = sorted(expected, key=lambda path: -expected[path])[:k]

        chains = trace(
            graph,
            causes=[cause],
            effects=effects,
            k=k,
            max_links=max_links,
            via=via,
            avoid=avoid,
            sign=sign,
            min_belief=min_belief,
        )
        assert [chain.concepts for chain in chains] == best
        for chain in chains:
            assert chain.belief == pytest.approx(expected[chain.concepts], rel=1e-9)
            assert sign is None or chain.sign == sign


def test_trace_equals_networkx() -> None:
    import networkx as nx

    random_ = random.Random(7)  # noqa: S311 -- a seed, not a secret
    for _ in range(1000):
        beliefs = random_beliefs(random_, random_.randint(2, 8))
        graph = make_graph(beliefs)
        if not beliefs:
            continue
        cause, effect = random_.sample(sorted(graph.concepts), 2)
        oracle: nx.DiGraph[str] = nx.DiGraph()
        for (before, after), both in beliefs.items():
            oracle.add_edge(before, after, cost=-math.log(max(both)))
        expected: list[list[str]] = []
        if nx.has_path(oracle, cause, effect):
            expected = list(itertools.islice(nx.shortest_simple_paths(oracle, cause, effect, weight="cost"), 10))
        chains = trace(graph, causes=[cause], effects=[effect], k=10, max_links=None)
        assert [list(chain.concepts) for chain in chains] == expected


def test_dead_end_through_the_start_is_not_taken_for_a_way() -> None:
    # the cheapest way on from x leads back through a, which a loopless chain has used already
    graph = make_graph(
        {
            ("a", "x"): (0.9, 0),
            ("x", "a"): (0.99, 0),
            ("a", "t"): (0.5, 0),
            ("x", "y"): (0.2, 0),
            ("y", "t"): (0.9, 0),
        }
    )
    chains = trace(graph, causes=["a"], effects=["t"])
    assert [chain.concepts for chain in chains] == [("a", "t"), ("a", "x", "y", "t")]
    assert chains[1].belief == pytest.approx(0.9 * 0.2 * 0.9)


def test_sign_takes_the_less_believed_side_of_a_disputed_relation() -> None:
    graph = make_graph({("rest", "pain"): (0.3, 0.8)})
    (lowers,) = trace(graph, causes=["rest"], effects=["pain"])
    (raises,) = trace(graph, causes=["rest"], effects=["pain"], sign=1)
    assert (lowers.sign, lowers.belief) == (-1, 0.8)
    assert (raises.sign, raises.belief) == (1, 0.3)
    assert raises.signs == (1,)


def test_two_minuses_make_a_plus() -> None:
    graph = make_graph({("sitting", "activity"): (0, 0.5), ("activity", "pain"): (0, 0.5)})
    assert [chain.sign for chain in trace(graph, causes=["sitting"], effects=["pain"])] == [1]
    assert trace(graph, causes=["sitting"], effects=["pain"], sign=-1) == ()


def test_chains_between_sets_keep_their_inner_concepts_outside_both() -> None:
    graph = make_graph({("a", "b"): (0.9, 0), ("b", "c"): (0.8, 0), ("c", "d"): (0.7, 0)})
    chains = trace(graph, causes=["a", "b"], effects=["c", "d"])
    assert [chain.concepts for chain in chains] == [("b", "c")]


def test_chains_to_an_effect_begin_at_far_ends() -> None:
    graph = make_graph(
        {
            ("sitting", "hips"): (0.9, 0),
            ("hips", "pelvis"): (0.8, 0),
            ("pelvis", "pain"): (0.7, 0),
            ("shoes", "pain"): (0.3, 0),
            ("pain", "rest"): (0.9, 0),
        }
    )
    chains = trace(graph, effects=["pain"])
    assert [chain.concepts for chain in chains] == [("sitting", "hips", "pelvis", "pain"), ("shoes", "pain")]
    assert [chain.concepts for chain in trace(graph, effects=["pain"], max_links=2)] == [
        ("hips", "pelvis", "pain"),
        ("shoes", "pain"),
    ]


def test_chains_from_a_cause_end_at_far_ends() -> None:
    graph = make_graph({("a", "b"): (0.9, 0), ("b", "c"): (0.5, 0), ("b", "d"): (0, 0.6), ("x", "b"): (0.9, 0)})
    chains = trace(graph, causes=["a"])
    assert [chain.concepts for chain in chains] == [("a", "b", "d"), ("a", "b", "c")]
    assert [chain.sign for chain in chains] == [-1, 1]


def test_open_chains_with_a_sign_give_only_that_sign() -> None:
    graph = make_graph({("run", "weak"): (0, 0.9), ("weak", "pain"): (0.9, 0), ("sit", "run"): (0, 0.9)})
    assert [chain.concepts for chain in trace(graph, effects=["pain"], sign=1)] == [("sit", "run", "weak", "pain")]
    assert [chain.concepts for chain in trace(graph, effects=["pain"], sign=-1)] == [("run", "weak", "pain")]


def test_a_loop_alone_still_has_an_open_chain() -> None:
    graph = make_graph({("a", "b"): (0.9, 0), ("b", "a"): (0.8, 0)})
    assert [chain.concepts for chain in trace(graph, effects=["a"])] == [("b", "a")]


def test_kinds_bar_inner_concepts_but_not_the_ends_asked_for() -> None:
    graph = make_graph({("a", "stretch"): (0.9, 0), ("stretch", "b"): (0.9, 0), ("a", "b"): (0.1, 0)}, stretch="remedy")
    assert len(trace(graph, causes=["a"], effects=["b"])) == 2
    assert [c.concepts for c in trace(graph, causes=["a"], effects=["b"], kinds=["open"])] == [("a", "b")]
    assert [c.concepts for c in trace(graph, causes=["stretch"], effects=["b"], kinds=["open"])] == [("stretch", "b")]


def test_overlap_leaves_out_small_variants() -> None:
    graph = make_graph(
        {
            ("a", "b"): (0.9, 0),
            ("b", "c"): (0.9, 0),
            ("c", "t"): (0.9, 0),
            ("c", "d"): (0.9, 0),
            ("d", "t"): (0.9, 0),
            ("a", "z"): (0.2, 0),
            ("z", "t"): (0.2, 0),
        }
    )
    chains = trace(graph, causes=["a"], effects=["t"], k=2, overlap=0.5)
    assert [chain.concepts for chain in chains] == [("a", "b", "c", "t"), ("a", "z", "t")]


def test_bounds_out_of_range_say_what_to_do() -> None:
    graph = make_graph({("a", "b"): (0.9, 0)})
    with pytest.raises(QueryError, match="at least one"):
        trace(graph)
    with pytest.raises(QueryError, match="allow 1 or more"):
        trace(graph, causes=["a"], max_links=0)
    with pytest.raises(ConceptError, match="'nowhere'"):
        trace(graph, causes=["nowhere"])
    with pytest.raises(QueryError, match="at most 4"):
        trace(make_graph(dict.fromkeys(itertools.permutations("abcdefg", 2), (0.5, 0))), causes=["a"], via="bcdef")


def test_sentence_follows_number_and_sign() -> None:
    concepts = {
        "hip-flexors/tightness": Concept("hip-flexors/tightness", "condition", "tight hip flexors", "hip-flexors"),
        "pelvis/tilt": Concept("pelvis/tilt", "condition", "pelvis tilt", "pelvis"),
        "lower-back/pain": Concept("lower-back/pain", "condition", "lower back pain", "lower-back"),
        "glute-bridge": Concept("glute-bridge", "remedy", "glute bridge", "glutes"),
    }
    graph = make_graph(
        {
            ("hip-flexors/tightness", "pelvis/tilt"): (0.9, 0),
            ("pelvis/tilt", "lower-back/pain"): (0.9, 0),
            ("glute-bridge", "hip-flexors/tightness"): (0, 0.9),
        },
        concepts.values(),
    )
    (chain,) = trace(graph, causes=["hip-flexors/tightness"], effects=["lower-back/pain"])
    assert chain_sentence(chain, concepts) == "tight hip flexors raise pelvis tilt, which raises lower back pain"
    (chain,) = trace(graph, causes=["glute-bridge"], effects=["lower-back/pain"])
    assert chain_sentence(chain, concepts) == (
        "glute bridge lowers tight hip flexors, which raise pelvis tilt, which raises lower back pain"
    )
    assert route(chain, concepts) == ("glutes", "hip-flexors", "pelvis", "lower-back")
    assert list(routes([chain], concepts)) == [("glutes", "hip-flexors", "pelvis", "lower-back")]


def test_json_has_links_and_signs() -> None:
    graph = make_graph({("a", "b"): (0.5, 0), ("b", "c"): (0, 0.5)})
    assert chains_json(trace(graph, causes=["a"], effects=["c"])) == {
        "chains": [
            {
                "concepts": ["a", "b", "c"],
                "sign": "-",
                "belief": 0.25,
                "links": [
                    {"cause": "a", "effect": "b", "sign": "+", "belief": 0.5, "claims": []},
                    {"cause": "b", "effect": "c", "sign": "-", "belief": 0.5, "claims": []},
                ],
            }
        ]
    }


belief = st.floats(0.01, 1.0)
pairs = st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(pairs, st.tuples(belief, belief), min_size=1), st.sampled_from([None, 1, -1]))
def test_chains_are_continuous_loopless_and_ranked(beliefs: Beliefs, sign: Sign | None) -> None:
    graph = make_graph(beliefs)
    cause, effect = next(iter(beliefs))
    groups: list[tuple[Chain, ...]] = [
        trace(graph, causes=[cause], effects=[effect], sign=sign),
        trace(graph, causes=[cause], sign=sign),
        trace(graph, effects=[effect], sign=sign),
    ]
    for chains in groups:
        # beliefs that differ by less than rounding are ranked by their concepts
        assert all(one.belief >= two.belief - 1e-9 for one, two in itertools.pairwise(chains))
        for chain in chains:
            assert len(set(chain.concepts)) == len(chain.concepts) == len(chain.relations) + 1
            assert all(one.effect == two.cause for one, two in itertools.pairwise(chain.relations))
            assert sign is None or chain.sign == sign
    assert groups == [
        trace(make_graph(beliefs), causes=[cause], effects=[effect], sign=sign),
        trace(make_graph(beliefs), causes=[cause], sign=sign),
        trace(make_graph(beliefs), effects=[effect], sign=sign),
    ]


def test_tracing_stays_light() -> None:
    """A query process must be quick: no networkx, scipy, torch or spaCy for chains."""
    code = (
        "import sys, graph.chains, graph.store, graph.verdicts, graph.trees, graph.belief;"
        "print([name for name in ('networkx', 'scipy', 'torch', 'spacy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_no_chain_runs_through_a_condition_of_no_body_part_unless_it_is_asked_for() -> None:
    # "pain" in an article on knees and "pain" in one on necks are not one thing.
    graph = make_graph({("desk", "any/pain"): (0.9, 0), ("any/pain", "knee"): (0.9, 0), ("hills", "knee"): (0.5, 0)})
    assert trace(graph, causes=["desk"], effects=["knee"]) == ()
    assert [chain.concepts for chain in trace(graph, effects=["knee"])] == [("hills", "knee")]
    assert trace(graph, causes=["desk"], effects=["knee"], via=["any/pain"])[0].concepts == ("desk", "any/pain", "knee")
    assert trace(graph, causes=["any/pain"], effects=["knee"])[0].concepts == ("any/pain", "knee")
