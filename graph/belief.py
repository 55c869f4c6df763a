"""Belief: how sure the library is that its articles support a relation, and how it came to that.

Every constant of the model stands in `BeliefModel`; what is fitted on labelled data is read from
`data/reliability.toml`. It weighs what articles claim, not what bodies do.
"""

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus.errors import KinetraceError
from graph.concepts import Certainty, Claim, Sign
from graph.quoting import claim_excerpt

if TYPE_CHECKING:
    from graph.assembly import Relation

RELIABILITY_FILE = Path(__file__).parent / "data" / "reliability.toml"

# What a rule is worth before it was measured. Source: 73.6 % of Eidos' 1,728 judged extractions and 73.7 % of
# INDRA's readers' were right, so a rule that nobody judged is taken to be like the average rule of those.
PRIOR_RELIABILITY = 0.73
# How many judged claims that prior is worth: a rule with ten judgements is half itself, half the prior.
PRIOR_WEIGHT = 10.0

# How much of a claim stands behind its author's wording. Chosen, not fitted: between the numbers that readers give
# to such words (Kent 1964, Words of Estimative Probability: "probable" 0.75, "chances about even" 0.5).
CERTAINTY_FACTORS: Mapping[Certainty, float] = {
    Certainty.ASSERTED: 1.0,
    Certainty.HEDGED: 0.65,
    Certainty.CORRELATED: 0.4,
    Certainty.SPECULATIVE: 0.2,
    Certainty.DENIED: 1.0,
}

StepKind = Literal["claim", "article", "articles", "denials", "sign", "belief"]


@dataclass(frozen=True, slots=True)
class BeliefModel:
    """What turns claims into belief.

    Args:
        reliability: rule name -> share of its claims that are right, 0..1, as fitted; the name may be of a whole
            family ("verb" for "verb/remove").
        default_reliability: the same for a rule that has no entry, nor its family.
        certainty: certainty -> factor 0..1.
        systematic: error that no repetition inside one article takes away. Source: INDRA's, 0.05 for a reader.
        repetition: weight of the n-th best claim of an article is this to the power n - 1, so that
            an article that repeats itself for ever counts at most as 1 / (1 - repetition) claims.
        source: where the numbers come from, for people.
    """

    reliability: Mapping[str, float] = field(default_factory=dict)
    default_reliability: float = PRIOR_RELIABILITY
    certainty: Mapping[Certainty, float] = field(default_factory=lambda: CERTAINTY_FACTORS)
    systematic: float = 0.05
    repetition: float = 0.3
    source: str = "default prior"

    def reliability_of(self, rule: str) -> float:
        """Share of a rule's claims that are right: its own, else its family's, else the default."""
        if rule in self.reliability:
            return self.reliability[rule]
        return self.reliability.get(rule.partition("/")[0], self.default_reliability)

    def strength(self, claim: Claim) -> float:
        """What a claim alone is worth, 0..1: reliability of its rule times the factor of its certainty."""
        return min(self.reliability_of(claim.rule) * self.certainty[claim.certainty], 1 - self.systematic)

    def combine(self, strengths: Iterable[float]) -> float:
        """What one article's claims for one relation are worth together, 0..1.

        Source: INDRA's 1 - (syst + rand**n), with diminishing exponents in place of n.
        """
        ceiling = 1 - self.systematic
        wrong, weight = 1.0, 1.0
        for strength in sorted(strengths, reverse=True):
            wrong *= max(0.0, 1 - strength / ceiling) ** weight
            weight *= self.repetition
        return ceiling * (1 - wrong)


@dataclass(frozen=True, slots=True)
class SignBelief:
    """Belief that a relation holds with one sign: `support * (1 - denial)`.

    Args:
        support: 1 - product over articles of (1 - what the article's claims are worth).
        denial: the same of the claims that deny it.
    """

    support: float
    denial: float

    @property
    def belief(self) -> float:
        """Source: INDRA's belief of positive and negated evidence, p+ (1 - p-)."""
        return self.support * (1 - self.denial)


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way from quotes to a belief.

    Args:
        kind: what the step does.
        text: the step told in one line.
        value: what it comes to, 0..1.
        sign: the sign it speaks for.
        claims: the claims it stands on.
    """

    kind: StepKind
    text: str
    value: float
    sign: Sign
    claims: tuple[Claim, ...] = ()


def weigh(claims: Iterable[Claim], sign: Sign, model: BeliefModel) -> SignBelief:
    """Belief that claims of one cause and one effect support it with this sign."""
    said: list[Claim] = []
    denied: list[Claim] = []
    for claim in claims:
        if claim.sign == sign:
            (denied if claim.denied else said).append(claim)
    return SignBelief(support=_across_articles(said, model), denial=_across_articles(denied, model))


def explain(relation: "Relation", model: BeliefModel | None = None) -> tuple[Step, ...]:
    """How a relation's belief comes about, step by step, the better supported sign first."""
    model = model or default_model()
    other: Sign = -1 if relation.sign == 1 else 1
    steps = _explain_sign(relation.claims, relation.sign, model)
    against = _explain_sign(relation.claims, other, model)
    steps += against
    if against:
        steps.append(Step("sign", _sign_text(relation), relation.belief, relation.sign))
    return tuple(steps)


@cache
def default_model() -> BeliefModel:
    """The model fitted in data/reliability.toml, or the prior where there is no such file."""
    return load_belief_model(RELIABILITY_FILE) if RELIABILITY_FILE.exists() else BeliefModel()


def load_belief_model(path: Path) -> BeliefModel:
    """The model written down in a TOML file.

    `[rules.NAME]` has `right` and `wrong` counts, or a `reliability` as fitted; `[certainty]` and `[model]`
    (`default_reliability`, `systematic`, `repetition`, `odds`) override the defaults; `[fit] source` says where it
    comes from.

    Raises:
        KinetraceError: a number that is missing or not between 0 and 1.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KinetraceError(f"{path}: {error}. Restore the file or write it again with its fitting script.") from error
    settings = tables.get("model", {})
    odds = _positive(path, "model.odds", settings.get("odds", 1.0))
    default = _share(path, "model.default_reliability", settings.get("default_reliability", PRIOR_RELIABILITY))
    return BeliefModel(
        reliability={
            rule: _fitted(path, rule, entry, default, odds) for rule, entry in tables.get("rules", {}).items()
        },
        default_reliability=default,
        certainty=dict(CERTAINTY_FACTORS)
        | {
            Certainty(name): _share(path, f"certainty.{name}", value)
            for name, value in tables.get("certainty", {}).items()
        },
        systematic=_share(path, "model.systematic", settings.get("systematic", BeliefModel().systematic)),
        repetition=_share(path, "model.repetition", settings.get("repetition", BeliefModel().repetition)),
        source=str(tables.get("fit", {}).get("source", path.name)),
    )


def fitted_model(counts: Mapping[str, tuple[int, int]], odds: float = 1.0) -> BeliefModel:
    """The model that counts of right and wrong claims give.

    Args:
        counts: rule or family of rules -> how many of its claims were right and wrong.
        odds: the factor that carries them over to the articles at hand.
    """
    return BeliefModel({rule: _posterior(r, w, PRIOR_RELIABILITY, odds) for rule, (r, w) in counts.items()})


def _fitted(path: Path, rule: str, entry: object, default: float, odds: float) -> float:
    """Reliability of one entry.

    Source: posterior mean of a Beta prior worth PRIOR_WEIGHT judgements; the labelled counts come in at their
    worth for running articles, by one factor on the odds for all rules (an intercept in Platt's sense, 1999).
    """
    if isinstance(entry, int | float):
        return _share(path, f"rules.{rule}", entry)
    if not isinstance(entry, dict):
        raise KinetraceError(f"{path}: rules.{rule} is {entry!r}; give a number, or right and wrong counts.")
    if "reliability" in entry:
        return _share(path, f"rules.{rule}.reliability", entry["reliability"])
    if "right" not in entry or "wrong" not in entry:
        raise KinetraceError(f"{path}: rules.{rule} has neither reliability nor right and wrong counts; add them.")
    right, wrong = float(entry["right"]), float(entry["wrong"])
    if min(right, wrong) < 0:
        raise KinetraceError(f"{path}: rules.{rule} counts {right:g} right and {wrong:g} wrong; give counts from 0 up.")
    return _posterior(right, wrong, default, odds)


def _posterior(right: float, wrong: float, default: float, odds: float) -> float:
    total = right + wrong
    here = odds * right / (odds * right + wrong) if total else default
    return (total * here + PRIOR_WEIGHT * default) / (total + PRIOR_WEIGHT)


def _positive(path: Path, name: str, value: object) -> float:
    if not isinstance(value, int | float) or not value > 0:
        raise KinetraceError(f"{path}: {name} is {value!r}; give a number above 0.")
    return float(value)


def _share(path: Path, name: str, value: object) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise KinetraceError(f"{path}: {name} is {value!r}; give a number from 0 to 1.")
    return float(value)


def _by_article(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    articles: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        articles[claim.article].append(claim)
    return articles


def _best_of_quotes(claims: Sequence[Claim], model: BeliefModel) -> list[Claim]:
    """One claim a sentence, the strongest: two rules that fire on one sentence are one statement."""
    best: dict[tuple[int, int], Claim] = {}
    for claim in claims:
        place = (claim.start, claim.end)
        if place not in best or model.strength(claim) > model.strength(best[place]):
            best[place] = claim
    return sorted(best.values(), key=lambda claim: (-model.strength(claim), claim.start))


def _in_article(claims: Sequence[Claim], model: BeliefModel) -> float:
    return model.combine(model.strength(claim) for claim in _best_of_quotes(claims, model))


def _across_articles(claims: Sequence[Claim], model: BeliefModel) -> float:
    """Articles are taken as independent: 1 - product of (1 - each article's worth)."""
    # most relations have one claim: assembling a large library is this line
    if len(claims) < 2:
        return model.strength(claims[0]) if claims else 0.0
    return 1 - math.prod(1 - _in_article(group, model) for group in _by_article(claims).values())


def _explain_sign(claims: Sequence[Claim], sign: Sign, model: BeliefModel) -> list[Step]:
    mine = [claim for claim in claims if claim.sign == sign]
    said, denied = [c for c in mine if not c.denied], [c for c in mine if c.denied]
    if not mine:
        return []
    verb = "raises" if sign == 1 else "lowers"
    steps = _explain_side(said, sign, f"that it {verb}", model)
    support = _across_articles(said, model)
    if not denied:
        text = f"no claim denies that it {verb}: belief {support:.3f}"
        return [*steps, Step("belief", text, support, sign, tuple(said))]
    steps += _explain_side(denied, sign, f"denying that it {verb}", model)
    belief = weigh(mine, sign, model).belief
    denial = _across_articles(denied, model)
    text = f"support {support:.3f} x (1 - denials {denial:.3f}) = belief {belief:.3f} that it {verb}"
    return [*steps, Step("denials", text, belief, sign, tuple(denied))]


def _explain_side(claims: Sequence[Claim], sign: Sign, what: str, model: BeliefModel) -> list[Step]:
    steps: list[Step] = []
    groups = _by_article(claims)
    for article, group in groups.items():
        counted = _best_of_quotes(group, model)
        steps += [_claim_step(claim, sign, model) for claim in counted]
        worth = _in_article(group, model)
        text = f"{article}: {_count(len(counted), 'sentence')} {what}, together {worth:.3f}" + (
            " (the best counts whole, each further one less)" if len(counted) > 1 else ""
        )
        steps.append(Step("article", text, worth, sign, tuple(group)))
    if len(groups) > 1:
        worths = [_in_article(group, model) for group in groups.values()]
        total = _across_articles(claims, model)
        product = " x ".join(f"(1 - {worth:.3f})" for worth in worths)
        text = f"{len(groups)} articles {what}: 1 - {product} = {total:.3f}"
        steps.append(Step("articles", text, total, sign, tuple(claims)))
    return steps


def _claim_step(claim: Claim, sign: Sign, model: BeliefModel) -> Step:
    strength = model.strength(claim)
    text = (
        f"“{claim_excerpt(claim)}” ({claim.article}): rule {claim.rule} is right "
        f"{model.reliability_of(claim.rule):.2f} of the time, "
        f"{claim.certainty.value} x {model.certainty[claim.certainty]:.2f} = {strength:.3f}"
    )
    return Step("claim", text, strength, sign, (claim,))


def _sign_text(relation: "Relation") -> str:
    return (
        f"raises {relation.belief_for_plus:.3f}, lowers {relation.belief_for_minus:.3f}: taken as "
        f"{'raises' if relation.sign == 1 else 'lowers'}, belief {relation.belief:.3f}; the articles disagree"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
