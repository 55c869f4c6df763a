"""Fixes: what to start or stop, ranked by the drop that it brings at a target, and what each breaks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import expm1
from typing import Literal

import numpy as np

from corpus.errors import QueryError
from graph.adjacency import Floats
from graph.assembly import CausalGraph, Relation
from graph.chains import Chain, Terms, trace, trace_terms
from graph.concepts import Claim, Concept
from graph.levels import Levels, Network, build_network, hold, levels, load, narrow, number_of, pulls, solve
from graph.loops import Loop, find_loops
from graph.telling import count
from graph.vocabulary import load_vocabulary

Action = Literal["start", "stop"]
Move = tuple[int, float]

# Chains to the target that a fix's share is measured on: the best of each far end.
CHAINS_LOOKED_AT = 50
LOOP_SECONDS = 1.0
# Moves are solved exactly as long as moves x relations stay below this, and these many in any case; of more only the
# most promising are. It keeps the answer within seconds on 100,000 relations.
MOST_WORK = 5_000_000
LEAST_TRIED = 40
# Belief from which a harm that is told of a behaviour counts.
BLAMED_FROM = 0.3
LEAST_MOVE = 1e-4
# Share of the target's load that a fix must at least take away to be one.
LEAST_RELIEF = 1e-3


@dataclass(frozen=True, slots=True)
class Fix:
    """A remedy or behaviour to start, or a behaviour to stop.

    Args:
        concept: its id.
        action: what to do with it.
        before, after: level of the target without and with it, 0..1.
        relief: share of the target's load that it takes away, 0..1; the load is -log(1 - level), to which causes add
            up, so it tells fixes apart also where many causes bring the level near 1.
        share: of the belief of the chains to the target, how much lies on chains that it breaks, 0..1.
        support: belief in the relation by which it acts that is believed most, 0..1.
        acts_by: its own relations on the way to the target, most believed first.
        breaks: links of chains that it weakens: those that leave what it lowers, or leave the behaviour that stops.
        chains: the chains to the target that it breaks, most believed first.
        loops: reinforcing loops that it breaks.
    """

    concept: str
    action: Action
    before: float
    after: float
    relief: float
    share: float
    support: float
    acts_by: tuple[Relation, ...]
    breaks: tuple[Relation, ...]
    chains: tuple[Chain, ...]
    loops: tuple[Loop, ...]

    @property
    def drop(self) -> float:
        """How much lower the target's level is with it."""
        return self.before - self.after

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Claims that say how it acts."""
        return tuple(claim for relation in self.acts_by for claim in relation.claims)


@dataclass(frozen=True, slots=True)
class FixSet:
    """Several fixes together: (concept id, action) each, and what they bring as in `Fix`."""

    moves: tuple[tuple[str, Action], ...]
    before: float
    after: float
    relief: float

    @property
    def drop(self) -> float:
        """How much lower the target's level is with all of them."""
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class Change:
    """A concept's level before and after something was set."""

    concept: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What follows when concepts are set present or absent.

    Args:
        before, after: levels with nothing set and with everything set.
        changes: concepts whose level moved, greatest move first; those that were set are not among them.
        chains: best chains to the target that avoid what is absent, from what is present where anything is.
        fixes: what to do about the target in this state; () without a target.
    """

    before: Levels
    after: Levels
    changes: tuple[Change, ...]
    chains: tuple[Chain, ...]
    fixes: tuple[Fix, ...]


def rank_fixes(
    graph: CausalGraph,
    target: str,
    *,
    k: int = 10,
    present: Collection[str] = (),
    absent: Collection[str] = (),
    max_links: int = 8,
) -> tuple[Fix, ...]:
    """The k remedies and changeable behaviours that lower the target's level most.

    Raises:
        ConceptError: a concept that the graph doesn't have.
        QueryError: k below 1, or a concept both present and absent.
    """
    if k < 1:
        raise QueryError(f"Asked for {k} fixes; ask for 1 or more.")
    network, goal, held = _scene(graph, target, present, absent)
    before, moves, after = _try_moves(graph, network, held, goal)
    best = sorted(zip(moves, after.tolist(), strict=True), key=lambda each: (each[1], network.ids[each[0][0]]))
    worth = [(move, load) for move, load in best if load < before * (1 - LEAST_RELIEF)][:k]
    if not worth:
        return ()
    terms = Terms(k=CHAINS_LOOKED_AT, max_links=max_links, avoid=tuple(set(absent) - {target}), sign=1)
    chains = trace_terms(graph, None, [target], terms).chains
    loops = [loop for loop in find_loops(graph, seconds=LOOP_SECONDS).loops if loop.reinforcing]
    ways = _Ways(graph, target, chains, loops, _ancestors(graph, target))
    return tuple(
        ways.fix(network.ids[number], "start" if value else "stop", before, load) for (number, value), load in worth
    )


def best_sets(
    graph: CausalGraph,
    target: str,
    *,
    size: int = 5,
    present: Collection[str] = (),
    absent: Collection[str] = (),
) -> tuple[FixSet, ...]:
    """The best sets of 1 to `size` fixes, by greedy choice: each adds the fix that lowers the target most then.

    Where the drop is submodular (every further fix brings less than it would have brought alone) such a set reaches at
    least 1 - 1/e = 63 % of the best one's drop. Source: Nemhauser, Wolsey and Fisher 1978. Fixes that act on different
    causes of one effect are not of that kind under noisy-or, so there it holds by experience, not by proof.

    Raises:
        ConceptError: a concept that the graph doesn't have.
    """
    network, goal, held = _scene(graph, target, present, absent)
    start: float | None = None
    chosen: list[tuple[str, Action]] = []
    sets: list[FixSet] = []
    while len(chosen) < size:
        before, moves, after = _try_moves(graph, network, held, goal)
        start = before if start is None else start
        if not moves or after.min() >= before * (1 - LEAST_RELIEF):
            break
        number, value = moves[int(after.argmin())]
        held[number] = value
        chosen.append((network.ids[number], "start" if value else "stop"))
        least = float(after.min())
        sets.append(FixSet(tuple(chosen), _level(start), _level(least), 1 - least / start))
    return tuple(sets)


def what_if(
    graph: CausalGraph,
    *,
    present: Collection[str] = (),
    absent: Collection[str] = (),
    target: str | None = None,
    k: int = 10,
) -> WhatIf:
    """How levels, chains and fixes change when concepts are set present or absent.

    Raises:
        ConceptError: a concept that the graph doesn't have.
        QueryError: a concept both present and absent.
    """
    before, after = levels(graph), levels(graph, present=present, absent=absent)
    moved = [
        Change(name, before.values[name], level)
        for name, level in after.values.items()
        if name not in present and name not in absent and abs(level - before.values[name]) > LEAST_MOVE
    ]
    moved.sort(key=lambda change: (-abs(change.after - change.before), change.concept))
    if target is None:
        return WhatIf(before, after, tuple(moved), (), ())
    causes = [name for name in present if name != target] or None
    chains = trace(graph, causes=causes, effects=[target], k=k, avoid=absent)
    return WhatIf(before, after, tuple(moved), chains, rank_fixes(graph, target, k=k, present=present, absent=absent))


def fix_sentence(fix: Fix, target: str, concepts: Mapping[str, Concept]) -> str:
    """A fix told as a sentence."""
    what = f"{fix.action} {concepts[fix.concept].name}".capitalize()
    breaks = [count(len(each), noun) for each, noun in ((fix.chains, "chain"), (fix.loops, "loop")) if each]
    told = (
        f"{what}: {concepts[target].name} from {fix.before:.2f} to {fix.after:.2f}, {fix.relief:.0%} of its load less"
    )
    return told + (f"; breaks {' and '.join(breaks)}" if breaks else "")


class _Ways:
    """What leads to a target, to see what a fix breaks of it."""

    def __init__(
        self, graph: CausalGraph, target: str, chains: Sequence[Chain], loops: Sequence[Loop], above: Collection[str]
    ) -> None:
        self._graph, self._target, self._chains, self._loops, self._above = graph, target, chains, loops, above
        self._total = sum(chain.belief for chain in chains)

    def fix(self, concept: str, action: Action, before: float, after: float) -> Fix:
        own = [r for r in self._graph.effects_of(concept) if r.belief > 0 and r.effect in self._above]
        # what starts acts by what it lowers; a behaviour that stops acted by what it raised
        acting = [r for r in own if (r.sign < 0) == (action == "start")] or own
        weakened = {concept} if action == "stop" else self._lowered(own)
        chains = [chain for chain in self._chains if weakened.intersection(chain.concepts[:-1])]
        loops = [loop for loop in self._loops if weakened.intersection(loop.concepts)]
        ways = [way.relations for way in chains] + [way.relations for way in loops]
        broken = dict.fromkeys(relation for way in ways for relation in way if relation.cause in weakened)
        return Fix(
            concept=concept,
            action=action,
            before=_level(before),
            after=_level(after),
            relief=1 - after / before,
            share=sum(chain.belief for chain in chains) / self._total if self._total else 0.0,
            support=max((relation.belief for relation in acting), default=0.0),
            acts_by=tuple(acting),
            breaks=tuple(broken),
            chains=tuple(chains),
            loops=tuple(loops),
        )

    def _lowered(self, own: Iterable[Relation]) -> set[str]:
        """What something lowers, at once or by raising what lowers it, short of the target."""
        lowered: set[str] = set()
        for relation in own:
            following = self._graph.effects_of(relation.effect)
            lowered |= {relation.effect} if relation.sign < 0 else {r.effect for r in following if r.sign < 0}
        return lowered - {self._target}


def _scene(
    graph: CausalGraph, target: str, present: Collection[str], absent: Collection[str]
) -> tuple[Network, int, Floats]:
    """The relations that reach the target, its number, and what is held; the target itself is left free."""
    network = build_network(graph)
    goal, held = number_of(network, target), hold(network, present, absent)
    held[goal] = np.nan
    above = np.zeros(len(network.ids), np.bool_)
    above[[network.index[name] for name in _ancestors(graph, target)]] = True
    return narrow(network, above[network.effects]), goal, held


def _try_moves(graph: CausalGraph, network: Network, held: Floats, goal: int) -> tuple[float, list[Move], Floats]:
    """The target's load as things are, the moves worth a try, and its load after each."""
    values, _, _ = solve(network, held[:, None])
    moves = _promising(network, held, goal, values[:, 0], list(_moves(graph, network, held, goal)))
    scenarios = np.repeat(held[:, None], len(moves), axis=1)
    for column, (number, value) in enumerate(moves):
        scenarios[number, column] = value
    after = load(network, solve(network, scenarios, begin=values)[0], goal)
    return float(load(network, values, goal)[0]), moves, after


def _level(load_of_target: float) -> float:
    return -expm1(-load_of_target)


def _promising(network: Network, held: Floats, goal: int, values: Floats, moves: list[Move]) -> list[Move]:
    """All moves, or of many those that lower the target most by its slope where things stand."""
    tried = max(LEAST_TRIED, MOST_WORK // max(1, len(network.causes)))
    if len(moves) <= tried:
        return moves
    pull, _ = pulls(network, held, values, goal)
    return sorted(moves, key=lambda move: (pull[move[0]] * (move[1] - values[move[0]]), move))[:tried]


def _moves(graph: CausalGraph, network: Network, held: Floats, goal: int) -> Iterable[Move]:
    """Remedies to start, behaviours to start or stop, among what reaches the target and is not settled yet."""
    for name in sorted(_ancestors(graph, network.ids[goal])):
        number, kind = network.index[name], graph.concepts[name].kind
        if number == goal:
            continue
        # what somebody said they don't do is still theirs to start; what they do is theirs to stop
        if held[number] != 1 and (kind == "remedy" or (kind == "behaviour" and not _blamed(graph, name))):
            yield number, 1.0
        if kind == "behaviour" and held[number] != 0 and name not in _habits(good=True):
            yield number, 0.0


def _blamed(graph: CausalGraph, behaviour: str) -> bool:
    """Whether a behaviour is known for a fault or said to raise a condition: nobody is told to start what harms."""
    return behaviour in _habits(good=False) or any(
        relation.belief_for_plus >= BLAMED_FROM and graph.concepts[relation.effect].state
        for relation in graph.effects_of(behaviour)
    )


@cache
def _habits(*, good: bool) -> frozenset[str]:
    """Behaviours that the vocabulary knows as good ones (running) or as faults (overstriding)."""
    return frozenset(behaviour.id for behaviour in load_vocabulary().behaviours.values() if behaviour.good == good)


def _ancestors(graph: CausalGraph, target: str) -> frozenset[str]:
    """The target and every concept from which a chain reaches it."""
    found, waiting = {target}, [target]
    while waiting:
        for relation in graph.causes_of(waiting.pop()):
            if relation.belief > 0 and relation.cause not in found:
                found.add(relation.cause)
                waiting.append(relation.cause)
    return frozenset(found)
