"""A claim as JSON, for the command line."""

from graph.concepts import Claim, Phrase


def claim_json(claim: Claim) -> dict[str, object]:
    """The claim with plain values; "sign" stands between the concepts, "said" between the phrases as written."""
    return {
        "key": claim.key,
        "article": claim.article,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "cause": _phrase(claim.cause, claim.cause_concept),
        "effect": _phrase(claim.effect, claim.effect_concept),
        "sign": "+" if claim.sign > 0 else "-",
        "said": "+" if claim.said > 0 else "-",
        "certainty": claim.certainty.value,
        "denied": claim.denied,
        "cue": claim.cue.text,
        "cue_start": claim.cue.start,
        "cue_end": claim.cue.end,
        "rule": claim.rule,
    }


def _phrase(phrase: Phrase, concept: str) -> dict[str, object]:
    return {"text": phrase.text, "start": phrase.start, "end": phrase.end, "concept": concept}
