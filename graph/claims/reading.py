"""read_claims: from articles to their claims."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it carries no types

from corpus.articles import Article
from graph.claims.anaphora import resolved
from graph.claims.context import Context
from graph.claims.fixes import fixes
from graph.claims.headings import units_of
from graph.claims.judging import judged_proposals
from graph.claims.linked import link_claims
from graph.claims.listed import listed_claims
from graph.claims.parsing import parse
from graph.claims.tagger import Tagger, load_tagger
from graph.claims.topics import Topic, topic_of
from graph.claims.units import Found, Unit
from graph.concepts import Claim
from graph.linking import Linker

if TYPE_CHECKING:
    from spacy.tokens import Doc

BATCH = 32


def read_claims(
    articles: Iterable[Article],
    *,
    linker: Linker,
    processes: int = 1,
    weights: Path | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """Each article with its claims, in the order given.

    Args:
        articles: read lazily, some at a time.
        linker: names the concepts of the phrases.
        processes: how many processes parse; each loads its own parser, which pays above some thousand sentences.
        weights: folder with the tagger's files, without one those of the package.
        on_progress: called with the number of articles done so far.
    """
    for done, (article, claims) in enumerate(_read(articles, linker, processes, weights), start=1):
        if on_progress is not None:
            on_progress(done)
        yield article, claims


def _read(
    articles: Iterable[Article], linker: Linker, processes: int, weights: Path | None
) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    if processes <= 1:
        for batch in _batches(articles):
            yield from _read_batch(batch, linker, weights)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        batches = _batches(articles)
        waiting = [pool.submit(_read_batch, batch, linker, weights) for batch in islice(batches, 2 * processes)]
        while waiting:
            yield from waiting.pop(0).result()
            waiting += [pool.submit(_read_batch, batch, linker, weights) for batch in islice(batches, 1)]


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    pending = iter(articles)
    while batch := list(islice(pending, BATCH)):
        yield batch


def _read_batch(
    articles: Sequence[Article], linker: Linker, weights: Path | None
) -> list[tuple[Article, tuple[Claim, ...]]]:
    units = [(article, units_of(article)) for article in articles]
    docs = parse(unit.text for _, own in units for unit in own)
    tagger = load_tagger(weights)
    # Small matrices: threads of their own would spend more time waiting for each other than counting.
    with threadpool_limits(limits=1):
        return [(article, _claims(article, own, docs, linker, tagger)) for article, own in units]


def _claims(
    article: Article, units: Sequence[Unit], docs: Iterator["Doc"], linker: Linker, tagger: Tagger
) -> tuple[Claim, ...]:
    topic = topic_of(article, linker)
    told = _found(units, docs, topic, tagger)
    found = (*told, *listed_claims(article, linker, tagger, topic), *fixes(article, linker, topic))
    return link_claims(article, found, linker, topic)


def _found(units: Sequence[Unit], docs: Iterator["Doc"], topic: Topic, tagger: Tagger) -> Iterator[Found]:
    context = Context(about=topic.before)
    for unit in units:
        doc = next(docs)
        yield from resolved(unit, doc, judged_proposals(doc, tagger, question=unit.question), context)
    yield from context.asked
