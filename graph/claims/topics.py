"""What an article is about, where it does not say it again: "Who gets it?", "Treatment may include rest"."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from corpus.articles import Article
from graph.claims.units import Placed
from graph.linking import Linker, Mention

# How far back the topic's own words may stand, in characters: about what a reader still has in mind, and what still
# makes a quote.
_FAR = 1500
# The linker reads "causes cramps" as more of them; what causes or relieves them is no part of their name.
_ACTING = re.compile(
    r"(?:(?:the|common|typical|classic|main|early|usual|possible|other|key|warning)\s+)*"
    r"(?:symptoms?|signs?|causes?|treatments?|management|prevention)\s+(?:of|for)\s+|"
    r"(?:(?:to|can|may|help|helps)\s+)*(?:causes?|triggers?|creates?|aggravates?|worsens?|develops?|relieves?|eases?|"
    r"reduces?|treats?|prevents?|avoids?|causing|triggering|preventing|easing|relieving|treating)\s+",
    re.IGNORECASE,
)


def trouble(linker: Linker, text: str) -> Mention | None:
    """What is wrong, of the concepts that a heading names."""
    named = [m for m in linker.mentions(text) if (m.concept.state or m.concept.kind == "behaviour") and m.pole == 1]
    faults = [m for m in named if m.concept.id not in ("running", "exercise")]
    found = next((m for m in named if m.concept.state), faults[0] if faults else None)
    return _bare(text, found) if found is not None else None


def _bare(text: str, mention: Mention) -> Mention:
    acting = _ACTING.match(text, mention.start, mention.end)
    return replace(mention, start=acting.end()) if acting is not None else mention


@dataclass(slots=True)
class Topic:
    """The trouble that an article's title names, and where the article names it again.

    Args:
        article, linker: to look it up with.
        named: what the title names; None for a title that names no trouble.
    """

    article: Article
    linker: Linker
    named: Mention | None
    _places: list[Placed] = field(default_factory=list)
    _read: int = 0

    def before(self, end: int, far: int = _FAR) -> Placed | None:
        """The last words for it that stand at most `far` characters before a place; None where there are none."""
        if self.named is None:
            return None
        self._read_to(end)
        number = bisect_left(self._places, end, key=lambda place: place.end)
        place = self._places[number - 1] if number else None
        return place if place is not None and end - place.start <= far else None

    def _read_to(self, end: int) -> None:
        for block in self.article.blocks[self._read :]:
            if block.start >= end:
                return
            self._read += 1
            text = self.article.text[block.start : block.end]
            for mention in self.linker.mentions(text):
                if self.named is not None and mention.concept.id == self.named.concept.id and mention.pole == 1:
                    named = _bare(text, mention)
                    start, stop = block.start + named.start, block.start + named.end
                    self._places.append(Placed(start, stop, text[named.start : named.end]))


def topic_of(article: Article, linker: Linker) -> Topic:
    """The topic of an article."""
    return Topic(article, linker, trouble(linker, article.title))
