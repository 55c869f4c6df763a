"""Survey: what the articles say and name, put so that asking what they lack is a question or two."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from corpus.articles import Article
from corpus.passages import Sentence, split_sentences
from graph.assembly import CausalGraph, Relation
from graph.concepts import Claim
from graph.store import StoredMention
from graph.vocabulary import Vocabulary

MOST_EVIDENCE = 5
# A quote over so many headings, paragraphs and items is no sentence to show.
MANY_BLOCKS = 3
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a gap shows: `article.text[start:end] == quote`, a sentence of that article."""

    article: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Survey:
    """Articles, graph, mentions and vocabulary, sorted for asking."""

    articles: Mapping[str, Article]
    graph: CausalGraph
    mentions: Mapping[str, tuple[StoredMention, ...]]
    vocabulary: Vocabulary

    @cached_property
    def _sentences(self) -> dict[str, tuple[Sentence, ...]]:
        return {}

    def name(self, concept: str) -> str:
        """A concept as people say it."""
        return self.graph.concepts[concept].name

    def articles_naming(self, concept: str) -> frozenset[str]:
        """Ids of the articles that name a concept."""
        return frozenset(mention.article for mention in self.mentions.get(concept, ()))

    def prominence(self, concept: str) -> float:
        """How much the library speaks of a concept: n / (n + 1) of the n articles that name it, at least 1/2."""
        count = max(1, len(self.articles_naming(concept)))
        return count / (count + 1)

    def badness(self, concept: str) -> int:
        """1 for what people want less of, -1 for what they want more of, 0 where the vocabulary doesn't know."""
        known = self.graph.concepts[concept]
        if known.kind == "condition":
            return 1 if known.state else 0
        entry = self.vocabulary.behaviours.get(concept) or self.vocabulary.outcomes.get(concept)
        if entry is None or known.kind not in ("behaviour", "outcome"):
            return 0
        return -1 if entry.good else 1

    def effects(self, concept: str) -> tuple[Relation, ...]:
        """What the articles say a concept raises or lowers; what they only deny isn't among it."""
        return tuple(relation for relation in self.graph.effects_of(concept) if relation.belief > 0)

    def causes(self, concept: str) -> tuple[Relation, ...]:
        """What the articles say raises or lowers a concept."""
        return tuple(relation for relation in self.graph.causes_of(concept) if relation.belief > 0)

    def harms(self, concept: str) -> tuple[Relation, ...]:
        """What is bad and raised, or good and lowered, by a concept."""
        return tuple(r for r in self.effects(concept) if r.sign * self.badness(r.effect) > 0)

    def mention_evidence(self, mentions: Iterable[StoredMention]) -> tuple[Evidence, ...]:
        """The sentences that mentions stand in."""
        known = [mention for mention in mentions if mention.article in self.articles]
        return _first_few(
            self._sentence_at(self.articles[mention.article], mention.start, mention.end)
            for mention in _by_turns(known, lambda mention: mention.article)
        )

    def claim_evidence(self, relations: Iterable[Relation]) -> tuple[Evidence, ...]:
        """The sentences of claims, denials left out."""
        claims = [claim for relation in relations for claim in relation.claims if not claim.denied]
        in_turn = _by_turns(claims, lambda claim: claim.article)
        return _first_few(map(self._claim_at, in_turn))

    def _claim_at(self, claim: Claim) -> Evidence:
        """A claim's quote; of one that runs from a heading down a list only the sentence that its cause stands in."""
        article = self.articles.get(claim.article)
        inside = [b for b in article.blocks if b.start < claim.end and claim.start < b.end] if article else []
        if article is None or len(inside) < MANY_BLOCKS:
            return Evidence(claim.article, claim.start, claim.end, claim.quote)
        return self._sentence_at(article, claim.cause.start, claim.cause.end)

    def stands_out(self, mention: StoredMention) -> bool:
        """Whether a mention is in a heading or a list item."""
        article = self.articles.get(mention.article)
        blocks = article.blocks if article else ()
        return any(b.start <= mention.start < b.end and b.kind != "paragraph" for b in blocks)

    def _sentence_at(self, article: Article, start: int, end: int) -> Evidence:
        if article.id not in self._sentences:
            self._sentences[article.id] = split_sentences(article)
        around = ((s.start, s.end) for s in self._sentences[article.id] if s.start <= start < s.end)
        start, end = next(around, (start, end))
        return Evidence(article.id, start, end, article.text[start:end])


def take_survey(
    articles: Iterable[Article], graph: CausalGraph, mentions: Iterable[StoredMention], vocabulary: Vocabulary
) -> Survey:
    """The survey of a library; mentions of concepts that its graph doesn't have are left out."""
    by_concept: dict[str, list[StoredMention]] = defaultdict(list)
    for mention in mentions:
        if mention.concept in graph.concepts:
            by_concept[mention.concept].append(mention)
    found = {concept: tuple(own) for concept, own in by_concept.items()}
    return Survey({article.id: article for article in articles}, graph, found, vocabulary)


def _by_turns(items: Iterable[_T], article_of: Callable[[_T], str]) -> Iterator[_T]:
    """The first item of each article, then the second of each, and so on."""
    groups: dict[str, list[_T]] = defaultdict(list)
    for item in items:
        groups[article_of(item)].append(item)
    for turn in range(max(map(len, groups.values()), default=0)):
        yield from (group[turn] for group in groups.values() if turn < len(group))


def _first_few(pieces: Iterator[Evidence]) -> tuple[Evidence, ...]:
    """The first pieces of evidence, each once; no more are looked up than are shown."""
    kept: dict[Evidence, None] = {}
    for piece in pieces:
        kept[piece] = None
        if len(kept) == MOST_EVIDENCE:
            break
    return tuple(kept)
