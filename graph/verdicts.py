"""Verdicts: whether a cause raises or lowers an effect, or whether it depends."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.assembly import CausalGraph
from graph.chains import Chain, trace
from graph.concepts import Claim, Concept

Word = Literal["raises", "lowers", "depends", "unconnected"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the articles' chains say, both sides shown.

    Args:
        cause, effect: concept ids.
        word: "depends" as soon as chains of both signs reach the effect. Source: in PhysioMap's test the sign of the
            shortest path was wrong in 40.7 % of the cases where it declined to answer, so neither side is chosen.
        raising, lowering: the best chains of each sign, best first.
    """

    cause: str
    effect: str
    word: Word
    raising: tuple[Chain, ...]
    lowering: tuple[Chain, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim behind both sides' chains, each once."""
        return tuple(dict.fromkeys(claim for chain in (*self.raising, *self.lowering) for claim in chain.claims))

    @property
    def belief_raises(self) -> float:
        """Belief of the best chain that raises, 0 where there is none."""
        return self.raising[0].belief if self.raising else 0.0

    @property
    def belief_lowers(self) -> float:
        """Belief of the best chain that lowers, 0 where there is none."""
        return self.lowering[0].belief if self.lowering else 0.0


def judge(
    graph: CausalGraph,
    cause: str,
    effect: str,
    *,
    k: int = 5,
    max_links: int | None = 8,
    min_belief: float = 0.0,
    asserted_only: bool = False,
    articles: Collection[str] | None = None,
) -> Verdict:
    """Whether the cause raises or lowers the effect, by the best chains of both signs.

    Raises:
        ConceptError: a concept that the graph doesn't have.
    """
    kept = graph.restricted(asserted_only=asserted_only, articles=articles)
    raising, lowering = (
        trace(kept, causes=[cause], effects=[effect], k=k, max_links=max_links, min_belief=min_belief, sign=sign)
        for sign in (1, -1)
    )
    words: dict[tuple[bool, bool], Word] = {
        (True, True): "depends",
        (True, False): "raises",
        (False, True): "lowers",
        (False, False): "unconnected",
    }
    return Verdict(cause, effect, words[bool(raising), bool(lowering)], raising, lowering)


def verdict_sentence(verdict: Verdict, concepts: Mapping[str, Concept]) -> str:
    """A verdict told as a sentence, with the belief of each side's best chain."""
    cause, effect = concepts[verdict.cause].name, concepts[verdict.effect].name
    up, down = f"{verdict.belief_raises:.2f}", f"{verdict.belief_lowers:.2f}"
    sentences: dict[Word, str] = {
        "raises": f"The articles say that {cause} raises {effect} (best chain {up}), and none that it lowers it.",
        "lowers": f"The articles say that {cause} lowers {effect} (best chain {down}), and none that it raises it.",
        "depends": f"It depends: chains say both that {cause} raises {effect} ({up}) and that it lowers it ({down}).",
        "unconnected": f"The articles connect {cause} and {effect} by no chain.",
    }
    return sentences[verdict.word]
