"""The claims behind an arrow, as the reading view shows them: grouped by phrases, each quote in its paragraph."""

from collections.abc import Sequence

from corpus.articles import Article
from graph.assembly import CausalGraph, Relation
from graph.belief import BeliefModel, explain
from graph.concepts import Certainty, Claim, Sign
from graph.telling import count, verb
from views.marking import blocks_at, claim_blocks
from views.words import CERTAINTY_WORDS, web_address

MOST_CLAIMS = 30
MOST_STEPS = 12
_ORDER = {certainty: rank for rank, certainty in enumerate(Certainty)}


def group_claims(claims: Sequence[Claim]) -> dict[tuple[str, str], list[Claim]]:
    """Claims by the author's cause and effect phrase; asserted before hedged, denied last, groups likewise."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: (_ORDER[claim.certainty], claim.article, claim.start)):
        phrases = _flat(claim.cause.text), _flat(claim.effect.text)
        groups.setdefault(phrases, []).append(claim)
    return groups


def _flat(text: str) -> str:
    return " ".join(text.split()).lower()


def claim_entry(claim: Claim, article: Article, sign: Sign | None = None) -> dict[str, object]:
    """One claim in its paragraph, with the article it comes from; said to speak against a relation of another sign."""
    blocks = blocks_at(article, claim.start, claim.end)
    against = [] if sign in (None, claim.sign) or claim.denied else [[f"says it {verb('', claim.sign)}", "denied"]]
    return {
        "title": article.title,
        "meta": article.heading_of(blocks[0]) if blocks else "",
        "chips": [[CERTAINTY_WORDS[claim.certainty], claim.certainty.value], *against],
        "blocks": claim_blocks(article, claim),
        "url": web_address(article.url),
        "style": claim.certainty.value,
        "actions": [{"label": "Read in the article", "id": f"{article.id}#{claim.key}", "kind": "article"}],
    }


def relation_reading(graph: CausalGraph, relation: Relation, articles: dict[str, Article]) -> dict[str, object]:
    """The side panel of an arrow.

    Args:
        graph: names the concepts and weighs the claims.
        relation: what was clicked.
        articles: those that its claims come from, by id.
    """
    cause, effect = (graph.concepts[id].name for id in relation.key)
    groups = group_claims(relation.claims)
    shown: list[dict[str, object]] = [{"title": "", "entries": [_belief_entry(graph, relation)]}]
    left = MOST_CLAIMS
    for (said_cause, said_effect), claims in groups.items():
        entries = [claim_entry(claim, articles[claim.article], relation.sign) for claim in claims[: max(0, left)]]
        left -= len(claims)
        if entries:
            shown.append({"title": f"“{said_cause}” → “{said_effect}”", "entries": entries})
    return {
        "title": f"{cause[:1].upper()}{cause[1:]} {verb(cause, relation.sign, effect)} {effect}",
        "lead": None,
        "key": True,
        "groups": shown,
        "quiet": f"{-left} more claims are left out here; the CSV has the numbers." if left < 0 else "",
        "label": "Claims behind the arrow",
    }


def _belief_entry(graph: CausalGraph, relation: Relation) -> dict[str, object]:
    told = f"Belief {relation.belief:.2f}"
    basis = f"{count(relation.claim_count, 'claim')} in {count(relation.article_count, 'article')}"
    chips = [["the articles disagree", "denied"]] if relation.disputed else []
    return {
        "title": told,
        "meta": basis,
        "chips": chips,
        "share": relation.belief,
        "steps": steps_told(relation, graph.model),
        "stepsTitle": "How sure, step by step",
        "style": "plain",
    }


def steps_told(relation: Relation, model: BeliefModel | None) -> list[str]:
    """How the belief comes about, in lines; of many sentences the first, and what they come to together."""
    # What an article with one sentence comes to is what that sentence comes to.
    steps = [step for step in explain(relation, model) if step.kind != "article" or len(step.claims) > 1]
    said = [step.text for step in steps if step.kind in ("claim", "article")]
    sums = [step.text for step in steps if step.kind not in ("claim", "article")]
    left = len(said) - MOST_STEPS
    return [*said[:MOST_STEPS], *([f"… and {count(left, 'more step')} like these"] if left > 0 else []), *sums]
