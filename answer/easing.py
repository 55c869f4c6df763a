"""Easing: what the articles hold against something, each with the way it acts."""

from collections.abc import Sequence

from answer.citing import is_said
from answer.drafting import Draft
from answer.wording import fix_words, relation_words, sentence
from graph.chains import Chain, trace
from graph.concepts import Sign
from graph.fixes import Fix, rank_fixes

FIXES = 6
LOOKED_AT = 12
TARGETS = 3
MOST_LINKS = 4


def say_fixes(draft: Draft, targets: Sequence[str]) -> tuple[Fix, ...]:
    """Says what to do and what to leave against some concepts; what an article says of them outright comes first.

    Returns:
        The fixes in the order in which they were said.
    """
    library = draft.library
    ways = [
        (fix, chain)
        for target in targets[:TARGETS]
        for fix in rank_fixes(library.graph, target, k=LOOKED_AT)
        if fix.acts_by and (chain := _way(draft, fix, targets))
    ]
    best: dict[str, tuple[Fix, Chain]] = {}
    for fix, chain in sorted(ways, key=lambda way: (len(way[1].relations), -way[0].drop)):
        best.setdefault(fix.concept, (fix, chain))
    chosen = list(best.values())[:FIXES]
    for fix, chain in chosen:
        lead = "To do" if fix.action == "start" else "To cut down"
        draft.say(
            f"{lead}: {fix_words(chain, library.graph.concepts)}",
            draft.notes.relations(list(zip(chain.relations, chain.signs, strict=True))),
        )
    return tuple(fix for fix, _ in chosen)


def say_lowering(draft: Draft, targets: Sequence[str]) -> bool:
    """Says what lowers the targets though it is nothing that people start or stop; whether there is such a thing."""
    graph = draft.library.graph
    lowering = [relation for id in targets for relation in graph.causes_of(id) if relation.belief_for_minus > 0]
    for relation in sorted(lowering, key=lambda each: -each.belief_for_minus)[:FIXES]:
        draft.say(sentence(relation_words(relation, -1, graph.concepts)), draft.notes.relations([(relation, -1)]))
    return bool(lowering)


def _way(draft: Draft, fix: Fix, targets: Sequence[str]) -> Chain | None:
    """The chain by which a fix reaches the targets.

    A way through pain or injury of no named part is none: what eases a sore shin says nothing of weak glutes.
    """
    graph = draft.library.graph
    sign: Sign = -1 if fix.action == "start" else 1
    avoid = [id for id in graph.concepts if id.startswith("any/") and id not in targets]
    causes = [fix.concept]
    if fix.concept in targets:
        return None
    found = trace(graph, causes=causes, effects=targets, k=1, max_links=MOST_LINKS, avoid=avoid, sign=sign)
    return found[0] if found and is_said(found[0]) else None
