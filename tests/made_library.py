"""Shelf: articles, claims and mentions put together in a test."""

from dataclasses import dataclass, field

from corpus.articles import Article, Block, BlockKind
from graph.assembly import assemble
from graph.concepts import Certainty, Claim, Concept, Phrase, Sign
from graph.gaps import Gap, GapKind, find_gaps
from graph.linking import Linker
from graph.store import StoredMention
from graph.vocabulary import Vocabulary

LEVELS: dict[BlockKind, int] = {"heading": 2, "item": 1, "paragraph": 0}


@dataclass
class Shelf:
    """A library put together in a test: texts are written out, claims named by their words, mentions linked."""

    vocabulary: Vocabulary
    linker: Linker
    articles: list[Article] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    concepts: dict[str, Concept] = field(default_factory=dict)

    def write(self, *lines: str) -> Article:
        """An article with a block for each line: "# " makes a heading, "- " an item."""
        text, blocks, section = "", [], -1
        for index, line in enumerate(lines):
            kind, body = _kind_of(line)
            section = index if kind == "heading" else section
            start = len(text)
            text += body + "\n\n"
            level = LEVELS[kind]
            blocks.append(Block(kind, level, start, start + len(body), section))
        article = Article(f"article-{len(self.articles)}", f"Title {len(self.articles)}", text, tuple(blocks), "made")
        self.articles.append(article)
        return article

    def claim(
        self,
        article: Article,
        quote: str,
        cause: str,
        effect: str,
        sign: Sign = 1,
        certainty: Certainty = Certainty.ASSERTED,
    ) -> None:
        start = article.text.index(quote)
        causing, affected = self.linker.link(cause).concept, self.linker.link(effect).concept
        self.concepts |= {causing.id: causing, affected.id: affected}
        self.claims.append(
            Claim(
                key=f"{article.id}:{start}:{causing.id}:{affected.id}",
                article=article.id,
                quote=quote,
                start=start,
                end=start + len(quote),
                cause=_phrase(article, start, cause),
                effect=_phrase(article, start, effect),
                cue=Phrase(quote[:1], start, start + 1),
                cause_concept=causing.id,
                effect_concept=affected.id,
                sign=sign,
                said=sign,
                certainty=certainty,
                rule="made",
            )
        )

    def gaps(self, kind: GapKind | None = None) -> tuple[Gap, ...]:
        mentions = []
        for article in self.articles:
            for mention in self.linker.mentions(article.text):
                self.concepts.setdefault(mention.concept.id, mention.concept)
                mentions.append(StoredMention(article.id, mention.start, mention.end, mention.concept.id, mention.pole))
        graph = assemble(self.claims, self.concepts)
        found = find_gaps(self.articles, graph, mentions, self.vocabulary)
        return tuple(gap for gap in found if kind in (None, gap.kind))

    def subjects(self, kind: GapKind) -> set[str]:
        return {gap.subject for gap in self.gaps(kind)}


def _kind_of(line: str) -> tuple[BlockKind, str]:
    if line.startswith("# "):
        return "heading", line[2:]
    return ("item", line[2:]) if line.startswith("- ") else ("paragraph", line)


def _phrase(article: Article, start: int, words: str) -> Phrase:
    place = article.text.index(words, start)
    return Phrase(words, place, place + len(words))
