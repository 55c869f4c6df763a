"""Ways: the chains that lead from, to and between concepts of a library, as answers tell them."""

from collections.abc import Iterable, Sequence

from answer.citing import is_said
from answer.opened import OpenLibrary
from graph.chains import Chain, trace
from graph.concepts import Sign

CHAINS = 6
DIRECT = 8
# Longer chains connect nearly everything; they are worth tracing, but no answer to "does A cause B".
MOST_LINKS = 3


def between(
    library: OpenLibrary, causes: Sequence[str], effects: Sequence[str], max_links: int = MOST_LINKS
) -> tuple[Chain, ...]:
    """The best believed chains from any of some concepts to any of others, best first."""
    from_ids = [id for id in causes if id not in effects]
    if not from_ids:
        return ()
    found = trace(library.graph, causes=from_ids, effects=effects, k=CHAINS, max_links=max_links, overlap=0.7)
    return tuple(filter(is_said, found))


def adjacent(
    library: OpenLibrary,
    *,
    causes: Sequence[str] = (),
    effects: Sequence[str] = (),
    sign: Sign | None = None,
    most: int = DIRECT,
) -> tuple[Chain, ...]:
    """The links that end (or begin) at some concepts, best believed first: what an article says outright."""
    graph = library.graph
    relations = [relation for id in effects for relation in graph.causes_of(id) if relation.cause not in effects]
    relations += [relation for id in causes for relation in graph.effects_of(id) if relation.effect not in causes]
    chains = [Chain((relation,), (sign or relation.sign,)) for relation in relations]
    return tuple(sorted(filter(is_said, chains), key=lambda chain: -chain.belief)[:most])


def foremost(chains: Iterable[Chain], library: OpenLibrary) -> tuple[Chain, ...]:
    """The chains that an answer tells: through things that people know before phrases that one sentence used."""
    graph = library.graph

    def loose(chain: Chain) -> int:
        return sum(graph.concepts[id].kind == "open" for id in chain.concepts)

    return tuple(sorted(distinct(chains), key=loose)[:CHAINS])


def leading(
    library: OpenLibrary,
    *,
    causes: Sequence[str] | None = None,
    effects: Sequence[str] | None = None,
    sign: Sign | None = None,
) -> tuple[Chain, ...]:
    """The best believed chains from some concepts on, or up to some, whichever are given; best first."""
    chains = trace(library.graph, causes=causes, effects=effects, k=CHAINS, max_links=4, overlap=0.5, sign=sign)
    return tuple(filter(is_said, chains))


def distinct(chains: Iterable[Chain]) -> tuple[Chain, ...]:
    """The chains, each way over the same concepts once, in the order given."""
    return tuple({chain.concepts: chain for chain in reversed(list(chains))}.values())[::-1]
