"""trace, why and explain: follow the arrows, each open to its sentences."""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.libraries import chosen_library
from cli.output import bold, claim_excerpt, faint, print_json, printable
from corpus.errors import QueryError
from graph.telling import count

if TYPE_CHECKING:
    from answer.opened import OpenLibrary
    from graph.assembly import Relation
    from graph.belief import Step
    from graph.chains import Chain
    from graph.concepts import Claim, Concept, Sign
    from graph.trees import Branch, Tree

# Quotes of one link on the screen; the rest are counted, --format json has them all.
QUOTES = 2


def opened(options: Namespace) -> "OpenLibrary":
    """The library that the options name, with its graph."""
    from answer.opened import open_library

    return open_library(chosen_library(options.library))


def print_chains(options: Namespace) -> int:
    """The best chains; 1 where there is none."""
    from graph.chains import chains_json, trace

    library = opened(options)
    cause, effect = _ends(options, library)
    sign: Sign | None = {"+": 1, "-": -1, None: None}[options.sign]
    chains = trace(
        library.graph,
        causes=None if cause is None else [cause.id],
        effects=None if effect is None else [effect.id],
        k=options.k,
        max_links=options.max_links,
        via=[library.resolve(name).id for name in options.via],
        avoid=[library.resolve(name).id for name in options.avoid],
        sign=sign,
        min_belief=options.min_belief,
        asserted_only=options.asserted,
        articles=options.article or None,
        overlap=0.5 if options.diverse else 1.0,
    )
    if options.format == "json":
        print_json(chains_json(chains))
    elif chains:
        if cause is not None and effect is not None:
            print(_verdict(cause, effect, library))
            print()
        for number, chain in enumerate(chains, 1):
            _print_chain(number, chain, library)
    else:
        print(_no_chain(cause, effect, library))
    return 0 if chains else 1


def _verdict(cause: "Concept", effect: "Concept", library: "OpenLibrary") -> str:
    from graph.verdicts import judge, verdict_sentence

    return verdict_sentence(judge(library.graph, cause.id, effect.id, k=1), library.graph.concepts)


def _ends(options: Namespace, library: "OpenLibrary") -> "tuple[Concept | None, Concept | None]":
    cause, effect = options.cause or options.start, options.effect or options.to
    if (options.cause and options.start) or (options.effect and options.to):
        raise QueryError("one end is named twice; give a cause and an effect, or --from CAUSE, or --to EFFECT")
    if not cause and not effect:
        raise QueryError('nothing to trace: kinetrace trace CAUSE EFFECT, or --to "lower back pain", or --from CAUSE')
    if options.cause and not effect:
        raise QueryError(f'trace where to? kinetrace trace --from "{cause}" or kinetrace trace --to "{cause}"')
    return library.resolve(cause) if cause else None, library.resolve(effect) if effect else None


def _print_chain(number: int, chain: "Chain", library: "OpenLibrary") -> None:
    from graph.chains import chain_sentence

    print(f"{bold(f'{number}. {chain_sentence(chain, library.graph.concepts)}')}")
    print(faint(f"   belief {chain.belief:.2f}, {count(len(chain.relations), 'link')}"))
    for relation, sign in zip(chain.relations, chain.signs, strict=True):
        print(f"   {_relation_line(relation, sign, library)}")
        _print_quotes([claim for claim in relation.claims if claim.sign == sign] or relation.claims)
    print()


def _relation_line(relation: "Relation", sign: "Sign", library: "OpenLibrary") -> str:
    concepts = library.graph.concepts
    arrow = "-->" if sign == 1 else "--|"
    return f"{concepts[relation.cause].name} {arrow} {concepts[relation.effect].name}  ({relation.belief_of(sign):.2f})"


def _print_quotes(claims: "Sequence[Claim]") -> None:
    # Two rules, or two effects of one sentence, quote it once.
    chosen = list({claim.quote: claim for claim in reversed(claims)}.values())[::-1]
    for claim in chosen[:QUOTES]:
        print(f'     "{claim_excerpt(claim)}"')
        print(faint(f"       {claim.article}, {claim.start}-{claim.end}, {claim.certainty.value}"))
    if len(chosen) > QUOTES:
        print(faint(f"       and {count(len(chosen) - QUOTES, 'more quote')}"))


def _no_chain(cause: "Concept | None", effect: "Concept | None", library: "OpenLibrary") -> str:
    """Says that there is none, and which concepts near to what was asked have chains."""
    graph = library.graph
    lines = [f"no chain {' '.join(_end_words(cause, effect))}: the articles don't say"]
    for concept, relations, words in (
        (cause, graph.effects_of, "leads somewhere"),
        (effect, graph.causes_of, "is reached"),
    ):
        if concept is not None and not relations(concept.id):
            near = [id for id, _ in library.nearest_concepts(concept.name, 40) if relations(id)][:5]
            named = ", ".join(graph.concepts[id].name for id in near)
            lines.append(f"nothing {words} {'from' if concept is cause else 'at'} {concept.name}; nearest: {named}")
    return "\n".join(lines)


def _end_words(cause: "Concept | None", effect: "Concept | None") -> list[str]:
    words = [f"from {cause.name}"] if cause else []
    return words + ([f"to {effect.name}"] if effect else [])


def print_causes(options: Namespace) -> int:
    """The tree of what leads to an effect; 1 where nothing does."""
    from graph.trees import cause_tree, fishbone

    library = opened(options)
    effect = library.resolve(options.effect)
    tree = cause_tree(library.graph, effect.id, depth=options.depth)
    if options.format == "json":
        print_json({"effect": effect.id, "left_out": tree.left_out, "causes": [_branch_json(b) for b in tree.branches]})
    elif not tree.branches:
        print(_no_chain(None, effect, library))
    elif options.fishbone:
        for rib in fishbone(tree, library.graph.concepts):
            print(f"{bold(rib.name)}  {rib.share:.0%}")
            for branch in rib.branches:
                print(f"  {library.graph.concepts[branch.concept].name}  {faint(f'{branch.share:.0%}')}")
    else:
        _print_tree(tree, library)
    return 0 if tree.branches else 1


def _print_tree(tree: "Tree", library: "OpenLibrary") -> None:
    """Each concept once, under the effect that its best believed relation leads to."""
    concepts = library.graph.concepts
    below: dict[str, list[tuple[Branch, Relation]]] = {}
    for branch in tree.branches:
        relation = max(branch.relations, key=lambda relation: relation.belief)
        below.setdefault(relation.effect, []).append((branch, relation))

    def show(concept: str, indent: str) -> None:
        for branch, relation in below.get(concept, ()):
            arrow = "-->" if relation.sign == 1 else "--|"
            facts = f"belief {branch.belief:.2f}, {branch.share:.0%} of what reaches {concepts[tree.root].name}"
            print(f"{indent}{arrow[::-1].replace('>', '<')} {concepts[branch.concept].name}  {faint(facts)}")
            show(branch.concept, indent + "    ")

    print(bold(concepts[tree.root].name))
    show(tree.root, "  ")
    if tree.left_out:
        print(faint(f"  and {count(tree.left_out, 'more concept')} believed less"))


def _branch_json(branch: "Branch") -> dict[str, object]:
    return {
        "concept": branch.concept,
        "links": branch.links,
        "belief": branch.belief,
        "share": branch.share,
        "sign": {1: "+", -1: "-", None: "depends"}[branch.sign],
        "root_cause": branch.outermost,
        "effects": [relation.effect for relation in branch.relations],
    }


def print_explanation(options: Namespace) -> int:
    """How the belief in one relation came about; 1 where no article speaks of it."""
    from graph.belief import explain

    library = opened(options)
    cause, effect = library.resolve(options.cause), library.resolve(options.effect)
    relation = library.graph.relations.get((cause.id, effect.id))
    if relation is None:
        print(f"no article says that {cause.name} leads straight to {effect.name}; try: kinetrace trace")
        return 1
    steps = explain(relation)
    if options.format == "json":
        print_json([_step_json(step) for step in steps])
        return 0
    print(bold(_relation_line(relation, relation.sign, library)))
    for step in steps:
        print(f"  {step.value:.3f}  {printable(step.text)}")
    return 0


def _step_json(step: "Step") -> dict[str, object]:
    quotes = [{"quote": claim.quote, "article": claim.article, "rule": claim.rule} for claim in step.claims]
    return {"kind": step.kind, "text": step.text, "value": step.value, "sign": step.sign, "claims": quotes}
