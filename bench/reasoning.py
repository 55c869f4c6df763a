"""Speed and memory of reasoning at scale, beside networkx in the same run.

python bench/reasoning.py            # 100,000 concepts, 1,000,000 relations
python bench/reasoning.py --small    # a tenth of it
"""

import argparse
import itertools
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from graph.assembly import CausalGraph, Relation, assemble
from graph.centrality import bottlenecks, bridges, hubs
from graph.chains import trace
from graph.concepts import Certainty, Claim, Concept, ConceptKind, Phrase, Sign
from graph.contradictions import contradictions
from graph.fixes import best_sets, rank_fixes
from graph.levels import build_network, levels, sensitivity
from graph.loops import find_loops
from graph.store import load_graph, write_graph
from graph.trees import cause_tree, follow_tree
from graph.verdicts import judge
from graph.zoom import zoom

Result = TypeVar("Result")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="10,000 concepts and 100,000 relations")
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--networkx-queries", type=int, default=3)
    options = parser.parse_args()
    concepts, relations = (10_000, 100_000) if options.small else (100_000, 1_000_000)
    before = memory_mb()
    graph = timed("make the graph", lambda: scale_free_graph(concepts, relations))
    timed("its arrays", lambda: graph.adjacency)
    print(f"{'memory of the graph':40} {memory_mb() - before:10.0f} MB")
    chains(graph, options.queries, options.networkx_queries)
    reasoning(graph if options.small else scale_free_graph(10_000, 100_000))
    loading()
    print(f"{'peak memory of this process':40} {memory_mb():10.0f} MB")


def chains(graph: CausalGraph, queries: int, networkx_queries: int) -> None:
    """Best 10 chains between random pairs: ours, then networkx on the first of the same pairs."""
    pairs = connected_pairs(graph, queries)
    times: dict[str, list[float]] = {}
    last = pairs[-1][1]
    for what, ask in {
        "8 links": lambda cause, effect: trace(graph, causes=[cause], effects=[effect]),
        "any number of links": lambda cause, effect: trace(graph, causes=[cause], effects=[effect], max_links=None),
        "8 links, one effect": lambda cause, _: trace(graph, causes=[cause], effects=[last]),
        "8 links, lowering only": lambda cause, effect: trace(graph, causes=[cause], effects=[effect], sign=-1),
        "8 links, to an effect": lambda _, effect: trace(graph, effects=[effect]),
    }.items():
        graph.adjacency.memory.clear()
        times[what] = [seconds(partial(ask, *pair)) for pair in pairs]
        report(f"best 10 chains, {what}", times[what])
    theirs = networkx_times(graph, pairs[:networkx_queries])
    report("networkx shortest_simple_paths, 10", theirs)
    ours = times["any number of links"][:networkx_queries]
    print(f"{'networkx / ours, same questions':40} {statistics.median(theirs) / statistics.median(ours):10.0f} times")


def reasoning(graph: CausalGraph) -> None:
    """Levels, fixes, trees, loops and centrality on 100,000 relations."""
    print(f"\n{len(graph.concepts):,} concepts, {len(graph.relations):,} relations")
    timed("arrays for levels", lambda: build_network(graph))
    found = timed("levels to the fixed point", lambda: levels(graph))
    took = seconds(lambda: levels(graph))
    print(f"{'one iteration of levels':40} {took / found.iterations * 1000:10.1f} ms, {found.iterations} iterations")
    target = max(graph.concepts, key=lambda concept: len(graph.causes_of(concept)))
    timed("cause tree", lambda: cause_tree(graph, target))
    timed("what follows", lambda: follow_tree(graph, target))
    timed("sensitivity", lambda: sensitivity(graph, target))
    timed("verdict", lambda: judge(graph, "c1", target))
    timed("fixes", lambda: rank_fixes(graph, target))
    timed("sets of fixes", lambda: best_sets(graph, target))
    loops = timed("loops, given 2 s", lambda: find_loops(graph))
    print(f"{'':40} {len(loops.loops)} loops; {loops.left_out}")
    timed("hubs", lambda: hubs(graph))
    timed("bottlenecks", lambda: bottlenecks(graph, target))
    timed("bridges", lambda: bridges(graph))
    timed("overview", lambda: zoom(graph))


def loading() -> None:
    """A library of 100,000 claims, written and loaded."""
    print("\n100,000 claims, 5 sentences to an article")
    random = np.random.default_rng(7)
    ends = random.integers(0, 5_000, (100_000, 2))
    concepts = {f"c{number}": Concept(f"c{number}", "open", f"concept {number}") for number in range(5_000)}
    claims = [_claim(number, f"c{cause}", f"c{effect}") for number, (cause, effect) in enumerate(ends.tolist())]
    graph = timed("assemble", lambda: assemble(claims, concepts))
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "library.db")
        timed("write", lambda: write_graph(db, concepts.values(), [], claims, graph.relations.values()))
        loaded = timed("load", lambda: load_graph(db))
        timed("first chains", lambda: trace(loaded, effects=["c1"]))
        timed(
            "claims of 1,000 relations", lambda: [r.claims for r in itertools.islice(loaded.relations.values(), 1000)]
        )
        timed("contradictions", lambda: contradictions(loaded))
        timed("only asserted claims", lambda: loaded.restricted(asserted_only=True))
        db.close()


def _claim(number: int, cause: str, effect: str) -> Claim:
    """A made-up claim: one in ten lowers, every certainty in turn."""
    quote = f"Sentence {number}: {cause} leads to {effect}, say those who looked into it."
    at = quote.index(cause)
    said, done, cue = (Phrase(text, at, at + len(text)) for text in (cause, effect, "leads to"))
    certainty = list(Certainty)[number % 5]
    sign: Sign = -1 if number % 10 == 0 else 1
    article = f"article-{number // 5}"
    return Claim(
        key=f"k{number}",
        article=article,
        quote=quote,
        start=0,
        end=len(quote),
        cause=said,
        effect=done,
        cue=cue,
        cause_concept=cause,
        effect_concept=effect,
        sign=sign,
        said=sign,
        certainty=certainty,
        rule="leads to",
    )


def networkx_times(graph: CausalGraph, pairs: list[tuple[str, str]]) -> list[float]:
    """Seconds for the same question to networkx; and that the answers agree."""
    import networkx as nx

    face: nx.DiGraph[str] = nx.DiGraph()
    costs = graph.adjacency.cost.tolist()
    ids = graph.adjacency.ids
    ends = zip(graph.adjacency.causes.tolist(), graph.adjacency.effects.tolist(), costs, strict=True)
    face.add_weighted_edges_from(((ids[u], ids[v], cost) for u, v, cost in ends), weight="cost")
    times = []
    for cause, effect in pairs:
        start = time.perf_counter()
        expected = list(itertools.islice(nx.shortest_simple_paths(face, cause, effect, weight="cost"), 10))
        times.append(time.perf_counter() - start)
        found = trace(graph, causes=[cause], effects=[effect], max_links=None)
        if [list(chain.concepts) for chain in found] != expected:
            raise SystemExit(f"networkx found other chains from {cause} to {effect}")
    return times


def scale_free_graph(concepts: int, relations: int) -> CausalGraph:
    """A graph in which few concepts have most of the relations (exponents 0.6 and 0.4 of rank), seeded."""
    random = np.random.default_rng(5)
    ranks = np.arange(1, concepts + 1, dtype=np.float64)
    causes = random.permutation(concepts)[random.choice(concepts, 2 * relations, p=_shares(ranks**-0.4))]
    effects = random.permutation(concepts)[random.choice(concepts, 2 * relations, p=_shares(ranks**-0.6))]
    keys = np.unique((causes * concepts + effects)[causes != effects])
    keys = random.permutation(keys)[:relations]
    beliefs = random.uniform(0.1, 0.99, len(keys))
    signs = random.choice([1, -1], len(keys), p=[0.7, 0.3])
    ids = [f"c{number}" for number in range(concepts)]
    evidence: dict[tuple[str, str], tuple[()]] = {}
    made = {}
    for key, belief, sign in zip(keys.tolist(), beliefs.tolist(), signs.tolist(), strict=True):
        pair = ids[key // concepts], ids[key % concepts]
        plus, minus = (belief, 0.0) if sign == 1 else (0.0, belief)
        made[pair] = Relation(*pair, sign, belief, plus, minus, Certainty.ASSERTED, 1, 1, evidence)
    return CausalGraph({name: Concept(name, _kind(place), name) for place, name in enumerate(ids)}, made)


def _kind(place: int) -> ConceptKind:
    """One concept in a hundred a behaviour, two remedies, so that there is something to fix with."""
    special: dict[int, ConceptKind] = {0: "behaviour", 1: "remedy", 2: "remedy"}
    return special.get(place % 100, "open")


def connected_pairs(graph: CausalGraph, count: int) -> list[tuple[str, str]]:
    """Random pairs with a chain between them."""
    random = np.random.default_rng(6)
    ids = graph.adjacency.ids
    pairs: list[tuple[str, str]] = []
    while len(pairs) < count:
        cause, effect = (ids[number] for number in random.choice(len(ids), 2, replace=False))
        if trace(graph, causes=[cause], effects=[effect], k=1):
            pairs.append((cause, effect))
    return pairs


def _shares(weights: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
    shares: np.typing.NDArray[np.float64] = weights / weights.sum()
    return shares


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def timed(what: str, work: Callable[[], Result]) -> Result:
    """What the call gives, its wall-clock seconds printed."""
    start = time.perf_counter()
    result = work()
    print(f"{what:40} {time.perf_counter() - start:10.2f} s")
    return result


def report(what: str, times: list[float]) -> None:
    """Median and worst in milliseconds."""
    print(
        f"{what:40} {statistics.median(times) * 1000:10.1f} ms p50 {max(times) * 1000:10.1f} ms worst of {len(times)}"
    )


def memory_mb() -> float:
    """Most memory held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
