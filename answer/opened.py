"""OpenLibrary: a built library with all its parts, each loaded when it is first asked for."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from corpus.articles import Article
from corpus.library import Generation, Manifest, open_database, open_generation
from corpus.passages import Passage
from corpus.store import passage_row, read_stored_article, stored_articles, stored_passages

if TYPE_CHECKING:
    from answer.concepts import LibraryConcepts
    from answer.filters import Filters
    from answer.suggesting import Suggester
    from embeddings.index import VectorIndex
    from embeddings.querying import QueryEncoder
    from embeddings.search import Hit, Searcher
    from graph.assembly import CausalGraph
    from graph.concepts import Concept
    from graph.linking import Linker

# How many concepts `nearest_concepts` gives: enough to choose from, few enough to read.
NEAREST = 8


@dataclass(frozen=True, eq=False)
class OpenLibrary:
    """One generation of a library, read-only; may be shared among threads.

    Args:
        path: the library's folder.
        generation: the live one when it was opened.
    """

    path: Path
    generation: Generation

    @property
    def manifest(self) -> Manifest:
        """What the library is made of and made with."""
        return self.generation.manifest

    @cached_property
    def db(self) -> Connection:
        """A read-only connection to library.db."""
        return open_database(self.generation)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Every article."""
        return stored_articles(self.db)

    def article(self, id: str) -> Article:
        """One article.

        Raises:
            QueryError: no article has this id.
        """
        return read_stored_article(self.db, id)

    @cached_property
    def linker(self) -> "Linker":
        """Links phrases to concepts, by the vocabulary that the library was built with."""
        from graph.linking import Linker
        from graph.vocabulary import load_vocabulary

        vocabulary = self.manifest.settings.get("vocabulary", "")
        return Linker(load_vocabulary(Path(vocabulary) if vocabulary else None))

    @cached_property
    def graph(self) -> "CausalGraph":
        """The concepts and relations."""
        from graph.store import load_graph

        return load_graph(self.db)

    @cached_property
    def encoder(self) -> "QueryEncoder":
        """Encodes questions as the passages were encoded."""
        from embeddings.querying import load_query_encoder

        return load_query_encoder(self.generation.path)

    @cached_property
    def concepts(self) -> "LibraryConcepts":
        """Knows which concepts a text names and a passage mentions."""
        from answer.concepts import LibraryConcepts

        return LibraryConcepts(self.db, self.linker)

    @cached_property
    def searcher(self) -> "Searcher":
        """Finds passages."""
        # The model loads outside of Python's lock: beside it there is time for all else.
        with ThreadPoolExecutor(1) as beside:
            beside.submit(lambda: self.encoder)
            from embeddings.index import load_index
            from embeddings.lexical import FullText
            from embeddings.search import Searcher

            index = load_index(self.generation.path / "passages.faiss", self.manifest.index_kind)
            concepts = self.concepts
        return Searcher(self.db, index, self.encoder, FullText(self.db), concepts)

    def search(self, query: str, k: int = 10, filters: "Filters | None" = None) -> "tuple[Hit, ...]":
        """The k passages that answer a query best, among those that fulfil the filters.

        Raises:
            QueryError: a filter that can't be read.
        """
        rows = None
        if filters:
            from answer.filters import passages_that

            rows = passages_that(self.db, filters)
        return self.searcher.search(query, k, rows=rows)

    def more_like(self, passage: str, k: int = 5) -> "tuple[Hit, ...]":
        """The k passages nearest in meaning to a passage, which is named by its id, best first.

        Raises:
            QueryError: no passage has this id.
        """
        return self.searcher.more_like(passage_row(self.db, passage), k)

    def near_duplicates(self, least: float = 0.9) -> tuple[tuple[Passage, Passage, float], ...]:
        """Pairs of passages that say nearly the same, with their cosine, nearest first.

        Passages of one section are left out: they share title and heading, and follow one another.

        Args:
            least: the smallest cosine of a pair.
        """
        pairs = self.searcher.near_duplicates(least)
        rows = sorted({row for first, second, _ in pairs for row in (first, second)})
        passages = dict(zip(rows, stored_passages(self.db, rows), strict=True))
        found = ((passages[first], passages[second], cosine) for first, second, cosine in pairs)
        return tuple(pair for pair in found if not _in_one_section(*pair[:2]))

    def suggester(self, questions: Iterable[str] = ()) -> "Suggester":
        """Completes concepts, past questions and the given ones while somebody types."""
        from answer.suggesting import make_suggester
        from corpus.workspace import recent_searches

        names = [name for (name,) in self.db.execute("SELECT name FROM concepts ORDER BY id")]
        return make_suggester(self.linker.vocabulary, names, (*recent_searches(self.path), *questions))

    @cached_property
    def _concept_index(self) -> "VectorIndex":
        from embeddings.index import load_index

        return load_index(self.generation.path / "concepts.faiss")

    @cached_property
    def _concept_ids(self) -> tuple[str, ...]:
        # The rows of concepts.faiss are the concepts in the order of their ids.
        return tuple(id for (id,) in self.db.execute("SELECT id FROM concepts ORDER BY id"))

    def nearest_concepts(self, text: str, k: int = NEAREST) -> Sequence[tuple[str, float]]:
        """Ids of the concepts whose names are nearest to a text, with their cosine, best first."""
        if not self._concept_ids:
            return ()
        similarities, rows = self._concept_index.search(self.encoder.encode([text]), k)
        return [(self._concept_ids[row], float(cosine)) for row, cosine in zip(rows[0], similarities[0], strict=True)]

    def resolve(self, name: str) -> "Concept":
        """The concept of this library that a person means by a name: by alias, then by embedding.

        Raises:
            ConceptError: no such concept here, or several; it carries the candidates.
        """
        found = self.linker.resolve(name, nearest=self.nearest_concepts, among=self.graph.concepts)
        return self.graph.concepts.get(found.id, found)


def _in_one_section(one: Passage, other: Passage) -> bool:
    return (one.article, one.section) == (other.article, other.section)


def open_library(path: Path) -> OpenLibrary:
    """The library in a folder.

    Raises:
        LibraryError: there is none, or it is broken, or another version wrote it.
    """
    return OpenLibrary(path, open_generation(path))
