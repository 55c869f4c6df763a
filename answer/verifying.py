"""Verify: whether a library is what its build wrote and what its articles say."""

from collections.abc import Iterator
from pathlib import Path

from answer.opened import OpenLibrary, open_library
from corpus.articles import Article
from corpus.library import verify_files
from corpus.store import stored_passages
from graph.store import stored_claims, stored_mentions


def verify(path: Path) -> tuple[str, ...]:
    """What is wrong with a library, () when checksums, offsets and counts are all as they should be.

    Raises:
        LibraryError: there is no library there that could be opened.
    """
    library = open_library(path)
    # Content is looked at only where the files are whole: a broken database would answer nonsense.
    return verify_files(library.generation) or (*_offset_problems(library), *_count_problems(library))


def _offset_problems(library: OpenLibrary) -> Iterator[str]:
    articles = {article.id: article for article in library.articles}
    for passage in stored_passages(library.db):
        if _slice(articles, passage.article, passage.start, passage.end) != passage.text:
            yield f"passage {passage.id}: its text is not what stands at {passage.start}-{passage.end}"
    for claim in stored_claims(library.db):
        for name, text, start, end in (
            ("quote", claim.quote, claim.start, claim.end),
            ("cause", claim.cause.text, claim.cause.start, claim.cause.end),
            ("effect", claim.effect.text, claim.effect.start, claim.effect.end),
            ("cue", claim.cue.text, claim.cue.start, claim.cue.end),
        ):
            if _slice(articles, claim.article, start, end) != text:
                yield f"claim {claim.key}: its {name} is not what stands at {start}-{end} in {claim.article}"
    for mention in stored_mentions(library.db):
        if not _slice(articles, mention.article, mention.start, mention.end):
            yield f"mention of {mention.concept}: nothing stands at {mention.start}-{mention.end} in {mention.article}"


def _slice(articles: dict[str, Article], id: str, start: int, end: int) -> str:
    return articles[id].text[start:end] if id in articles else ""


def _count_problems(library: OpenLibrary) -> Iterator[str]:
    counts = library.manifest.counts
    for table in ("articles", "passages", "claims", "concepts", "relations"):
        # The table's name is one of the five above, never a user's word.
        (found,) = library.db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        if found != counts.get(table):
            yield f"library.db holds {found} {table}, the manifest says {counts.get(table)}"
    if library.searcher.index.size != counts.get("passages"):
        yield f"passages.faiss holds {library.searcher.index.size} vectors for {counts.get('passages')} passages"
