import pytest

from graph.assembly import assemble
from graph.belief import BeliefModel
from graph.concepts import Certainty, Claim, Concept, Phrase, Sign
from graph.contradictions import contradiction_sentence, contradictions

MODEL = BeliefModel(default_reliability=0.8)
CONCEPTS = {
    "stretching": Concept("stretching", "remedy", "stretching"),
    "sitting": Concept("sitting", "behaviour", "sitting"),
    "hamstrings/tightness": Concept("hamstrings/tightness", "condition", "tight hamstrings", "hamstrings", "tightness"),
    "back/pain": Concept("back/pain", "condition", "back pain", "back", "pain"),
}


def make_claim(
    article: str, cause: str, effect: str, sign: Sign = 1, certainty: Certainty = Certainty.ASSERTED
) -> Claim:
    quote = f"{cause} and {effect}"
    return Claim(
        key=f"{article}{cause}{effect}{sign}{certainty}",
        article=article,
        quote=quote,
        start=0,
        end=len(quote),
        cause=Phrase(cause, 0, len(cause)),
        effect=Phrase(effect, len(cause) + 5, len(quote)),
        cue=Phrase("and", len(cause) + 1, len(cause) + 4),
        cause_concept=cause,
        effect_concept=effect,
        sign=sign,
        said=sign,
        certainty=certainty,
        rule="rule",
    )


def test_raises_against_lowers() -> None:
    up, down = make_claim("a", "sitting", "back/pain"), make_claim("b", "sitting", "back/pain", -1, Certainty.HEDGED)
    (found,) = contradictions(assemble([up, down], CONCEPTS, MODEL))
    assert (found.kind, found.subject, found.objects) == ("sign", "sitting", ("back/pain",))
    assert (found.says, found.against) == ((up,), (down,))
    assert found.weight == pytest.approx(0.8 * 0.65)
    assert not found.within_one_article
    assert contradiction_sentence(found, CONCEPTS) == "Sitting is said to raise back pain, and to lower it."


def test_said_against_denied() -> None:
    said = make_claim("a", "sitting", "back/pain")
    denied = make_claim("a", "sitting", "back/pain", 1, Certainty.DENIED)
    (found,) = contradictions(assemble([said, denied], CONCEPTS, MODEL))
    assert (found.kind, found.says, found.against) == ("denial", (said,), (denied,))
    assert (found.belief_says, found.belief_against) == pytest.approx((0.8, 0.8))
    assert found.within_one_article
    assert contradiction_sentence(found, CONCEPTS) == "Sitting is said to raise back pain, and that is denied."


def test_a_denial_that_agrees_contradicts_nothing() -> None:
    # "sitting doesn't ease back pain" goes well with "sitting brings back pain"
    said = make_claim("a", "sitting", "back/pain")
    denied = make_claim("b", "sitting", "back/pain", -1, Certainty.DENIED)
    assert contradictions(assemble([said, denied], CONCEPTS, MODEL)) == ()


def test_prescribed_here_and_blamed_there() -> None:
    helps = make_claim("a", "stretching", "hamstrings/tightness", -1)
    harms = make_claim("b", "stretching", "back/pain", 1, Certainty.HEDGED)
    (found,) = contradictions(assemble([helps, harms], CONCEPTS, MODEL))
    assert (found.kind, found.subject) == ("advice", "stretching")
    assert found.objects == ("hamstrings/tightness", "back/pain")
    assert (found.says, found.against) == ((helps,), (harms,))
    assert contradiction_sentence(found, CONCEPTS) == (
        "Stretching is said to lower tight hamstrings and to raise back pain."
    )


def test_agreement_is_no_contradiction() -> None:
    claims = [make_claim(article, "stretching", "back/pain", -1) for article in "abc"]
    claims += [make_claim("a", "hamstrings/tightness", "back/pain"), make_claim("a", "back/pain", "stretching")]
    assert contradictions(assemble(claims, CONCEPTS, MODEL)) == ()


def test_the_better_supported_disagreement_comes_first() -> None:
    claims = [
        make_claim("a", "sitting", "back/pain", 1, Certainty.SPECULATIVE),
        make_claim("b", "sitting", "back/pain", -1),
        make_claim("a", "hamstrings/tightness", "back/pain", 1),
        make_claim("b", "hamstrings/tightness", "back/pain", -1),
    ]
    found = contradictions(assemble(claims, CONCEPTS, MODEL))
    assert [each.subject for each in found] == ["hamstrings/tightness", "sitting"]
