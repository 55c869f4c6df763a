"""contradictions, loops, fixes, whatif and gaps: what the graph as a whole tells."""

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cli.output import bold, claim_excerpt, faint, print_json, printable
from cli.tracing import opened
from graph.telling import count

if TYPE_CHECKING:
    from graph.concepts import Claim
    from graph.contradictions import Contradiction
    from graph.fixes import Fix
    from graph.loops import Loop

QUOTES = 2
ABOUT_LEVELS = "Levels weigh what the articles claim, not bodies; this is no diagnosis."


def print_contradictions(options: Namespace) -> int:
    """Claims that disagree, side by side."""
    from graph.contradictions import contradiction_sentence, contradictions

    library = opened(options)
    found = contradictions(library.graph)
    if options.format == "json":
        print_json([_contradiction_json(each) for each in found])
        return 0
    for each in found:
        print(bold(contradiction_sentence(each, library.graph.concepts)))
        _print_claims("says", each.says)
        _print_claims("against", each.against)
        print()
    if not found:
        print("no contradiction: no two claims of this library disagree")
    return 0


def _contradiction_json(each: "Contradiction") -> dict[str, object]:
    return {
        "kind": each.kind,
        "subject": each.subject,
        "objects": list(each.objects),
        "weight": each.weight,
        "says": _claims_json(each.says),
        "against": _claims_json(each.against),
    }


def print_loops(options: Namespace) -> int:
    """Loops, most believed first."""
    from graph.loops import find_loops, loop_sentence

    library = opened(options)
    found = find_loops(library.graph, max_links=options.max_links, k=options.k)
    if options.format == "json":
        print_json({"loops": [_loop_json(loop) for loop in found.loops], "left_out": found.left_out})
        return 0
    for number, loop in enumerate(found.loops, 1):
        kind = "reinforcing" if loop.reinforcing else "balancing"
        print(f"{bold(f'{number}. {loop_sentence(loop, library.graph.concepts)}')}")
        print(faint(f"   {kind}, belief {loop.belief:.2f}"))
        _print_claims("quote", [relation.claims[0] for relation in loop.relations], limit=len(loop.relations))
    print(found.left_out or f"{count(len(found.loops), 'loop')} of at most {options.max_links} links")
    return 0


def _loop_json(loop: "Loop") -> dict[str, object]:
    kind = "reinforcing" if loop.reinforcing else "balancing"
    return {"concepts": list(loop.concepts), "kind": kind, "belief": loop.belief, "claims": _claims_json(loop.claims)}


def print_fixes(options: Namespace) -> int:
    """Fixes, greatest drop first; 1 where the articles name none."""
    from graph.fixes import best_sets, fix_sentence, rank_fixes

    library = opened(options)
    effect = library.resolve(options.effect)
    fixes = rank_fixes(library.graph, effect.id, k=options.k)
    sets = best_sets(library.graph, effect.id) if fixes else ()
    if options.format == "json":
        together = [{"fixes": [list(move) for move in each.moves], "drop": each.drop} for each in sets]
        print_json({"effect": effect.id, "fixes": [_fix_json(fix) for fix in fixes], "together": together})
        return 0 if fixes else 1
    for number, fix in enumerate(fixes, 1):
        print(bold(f"{number}. {fix_sentence(fix, effect.id, library.graph.concepts)}"))
        _print_claims("says", fix.claims)
    if not fixes:
        print(f"no fix: the articles name nothing that lowers {effect.name} or what leads there")
        return 1
    for each in sets:
        names = " + ".join(f"{action} {library.graph.concepts[concept].name}" for concept, action in each.moves)
        print(f"best {len(each.moves)}: {names}  {faint(f'{effect.name} {each.before:.2f} to {each.after:.2f}')}")
    print(faint(ABOUT_LEVELS))
    return 0


def _fix_json(fix: "Fix") -> dict[str, object]:
    return {
        "concept": fix.concept,
        "action": fix.action,
        "drop": fix.drop,
        "before": fix.before,
        "after": fix.after,
        "share": fix.share,
        "support": fix.support,
        "chains": [list(chain.concepts) for chain in fix.chains],
        "loops": [list(loop.concepts) for loop in fix.loops],
        "claims": _claims_json(fix.claims),
    }


def print_what_if(options: Namespace) -> int:
    """What follows when concepts are set present or absent."""
    from graph.chains import chain_sentence, chains_json
    from graph.fixes import fix_sentence, what_if
    from graph.levels import sensitivity

    library = opened(options)
    concepts = library.graph.concepts
    effect = library.resolve(options.effect)
    present = [library.resolve(name).id for name in options.present]
    absent = [library.resolve(name).id for name in options.absent]
    found = what_if(library.graph, present=present, absent=absent, target=effect.id, k=5)
    before, after = found.before.values[effect.id], found.after.values[effect.id]
    if options.format == "json":
        print_json(
            {
                "effect": effect.id,
                "before": before,
                "after": after,
                "converged": found.after.converged,
                "changes": [{"concept": c.concept, "before": c.before, "after": c.after} for c in found.changes],
                "fixes": [_fix_json(fix) for fix in found.fixes],
                **chains_json(found.chains),
            }
        )
        return 0
    print(bold(f"{effect.name}: level {before:.2f} to {after:.2f}"))
    for change in found.changes[:10]:
        print(f"  {concepts[change.concept].name}  {change.before:.2f} to {change.after:.2f}")
    for chain in found.chains:
        print(f"  chain: {chain_sentence(chain, concepts)}  {faint(f'{chain.belief:.2f}')}")
    for fix in found.fixes:
        print(f"  fix: {fix_sentence(fix, effect.id, concepts)}")
    for moved in sensitivity(library.graph, effect.id, k=1, present=present, absent=absent):
        cause, met = (concepts[concept].name for concept in moved.relation.key)
        print(f"  the answer hangs most on: {cause} -> {met}; without it {moved.level_without:.2f}")
    print(faint(ABOUT_LEVELS))
    return 0


def print_gaps(options: Namespace) -> int:
    """What the articles lack, gravest first."""
    from graph.gaps import find_gaps, gaps_json
    from graph.store import stored_mentions

    library = opened(options)
    vocabulary = library.linker.vocabulary
    gaps = find_gaps(library.articles, library.graph, stored_mentions(library.db), vocabulary)
    if options.article:
        library.article(options.article)
        gaps = tuple(gap for gap in gaps if any(each.article == options.article for each in gap.evidence))
    if options.format == "json":
        print(gaps_json(gaps[: options.k]))
        return 0
    for number, gap in enumerate(gaps[: options.k], 1):
        print(f"{bold(f'{number}. {gap.title}')}  {faint(f'{gap.kind}, severity {gap.severity:.2f}')}")
        for each in gap.evidence[:QUOTES]:
            print(f'     "{printable(each.quote)}"')
            print(faint(f"       {each.article}, {each.start}-{each.end}"))
        print(f"   {gap.suggestion}")
    print(f"{count(min(len(gaps), options.k), 'gap')} of {len(gaps):,}")
    return 0


def _print_claims(label: str, claims: "Iterable[Claim]", *, limit: int = QUOTES) -> None:
    chosen = list({claim.quote: claim for claim in claims}.values())
    for claim in chosen[:limit]:
        print(f'   {label}: "{claim_excerpt(claim)}"')
        print(faint(f"     {claim.article}, {claim.start}-{claim.end}, {claim.certainty.value}"))
    if len(chosen) > limit:
        print(faint(f"     and {count(len(chosen) - limit, 'more quote')}"))


def _claims_json(claims: "Iterable[Claim]") -> list[dict[str, object]]:
    from graph.claims import claim_json

    return [claim_json(claim) for claim in claims]
