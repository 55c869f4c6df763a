"""Citations: the numbered quotes that an answer's sentences rest on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.passages import Passage
from graph.assembly import Relation
from graph.chains import Chain
from graph.concepts import Certainty, Claim, Sign

# Quotes for one arrow: enough to judge it by, few enough to read.
QUOTES_A_RELATION = 2


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: `article.text[start:end] == quote`.

    Args:
        number: from 1, as the sentences of the answer name it.
        article: id.
        quote: verbatim.
        start, end: half-open characters in the article's text.
        certainty: of the claim in it, None for a passage.
        marks: half-open characters of the quote that say cause, effect and what joins them; () for a passage.
    """

    number: int
    article: str
    quote: str
    start: int
    end: int
    certainty: Certainty | None = None
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer and the numbers of the citations that it rests on."""

    text: str
    citations: tuple[int, ...] = ()


@dataclass(slots=True)
class Notes:
    """Numbers quotes in the order in which sentences need them; the same quote keeps its number."""

    citations: list[Citation] = field(default_factory=list)
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def claim(self, claim: Claim) -> int:
        """The number of a claim's quote."""
        phrases = (claim.cause, claim.cue, claim.effect)
        marks = tuple((phrase.start - claim.start, phrase.end - claim.start) for phrase in phrases)
        return self._number(claim.article, claim.quote, claim.start, claim.end, claim.certainty, marks)

    def passage(self, passage: Passage) -> int:
        """The number of a passage."""
        return self._number(passage.article, passage.text, passage.start, passage.end, None)

    def claims(self, claims: Iterable[Claim], most: int = QUOTES_A_RELATION) -> tuple[int, ...]:
        """The numbers of the first claims, one an article before a second of the same."""
        ordered = list(claims)
        firsts = list({claim.article: claim for claim in reversed(ordered)}.values())[::-1]
        chosen = (firsts + [claim for claim in ordered if claim not in firsts])[:most]
        return tuple(sorted({self.claim(claim) for claim in chosen}))

    def relations(self, taken: Sequence[tuple[Relation, Sign]]) -> tuple[int, ...]:
        """The numbers of the quotes behind relations, each taken with a sign."""
        numbers = [number for relation, sign in taken for number in self.claims(supporting(relation, sign))]
        return tuple(dict.fromkeys(numbers))

    def _number(
        self,
        article: str,
        quote: str,
        start: int,
        end: int,
        certainty: Certainty | None,
        marks: tuple[tuple[int, int], ...] = (),
    ) -> int:
        key = (article, start, end)
        if key not in self._numbers:
            self._numbers[key] = len(self.citations) + 1
            self.citations.append(Citation(self._numbers[key], article, quote, start, end, certainty, marks))
        return self._numbers[key]


def supporting(relation: Relation, sign: Sign) -> tuple[Claim, ...]:
    """The claims that say that a relation holds with a sign, asserted first."""
    return tuple(claim for claim in relation.claims if claim.sign == sign and not claim.denied)


def is_asked(claim: Claim) -> bool:
    """Whether an article only asks it ("Does a weak core cause back pain?"): a question says nothing either way."""
    return claim.certainty is Certainty.SPECULATIVE and claim.quote.rstrip().endswith("?")


def is_said(chain: Chain) -> bool:
    """Whether each link of a chain stands on a claim that says so, not on mere questions."""
    taken = zip(chain.relations, chain.signs, strict=True)
    return chain.belief > 0 and all(
        any(not is_asked(claim) for claim in supporting(relation, sign)) for relation, sign in taken
    )


def opposing(relation: Relation, sign: Sign) -> tuple[Claim, ...]:
    """The claims that say otherwise: the other sign, or that it is not so."""
    return tuple(claim for claim in relation.claims if claim.denied == (claim.sign == sign))
