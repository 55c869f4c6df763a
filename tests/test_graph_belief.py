from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ConceptError, KinetraceError
from graph.assembly import assemble
from graph.belief import BeliefModel, explain, load_belief_model, weigh
from graph.chains import trace
from graph.concepts import Certainty, Claim, Concept, Phrase, Sign

CONCEPTS = {name: Concept(name, "open", name) for name in ("sitting", "pain", "rest")}
MODEL = BeliefModel(reliability={"due to": 0.9, "weak": 0.4}, default_reliability=0.7, systematic=0.05, repetition=0.5)


def make_claim(
    article: str = "a",
    start: int = 0,
    rule: str = "due to",
    certainty: Certainty = Certainty.ASSERTED,
    sign: Sign = 1,
    cause: str = "sitting",
    effect: str = "pain",
) -> Claim:
    quote = f"{effect} due to {cause}"
    return Claim(
        key=f"{article}-{start}-{rule}-{certainty}-{sign}-{cause}-{effect}",
        article=article,
        quote=quote,
        start=start,
        end=start + len(quote),
        cause=Phrase(cause, start + len(effect) + 8, start + len(quote)),
        effect=Phrase(effect, start, start + len(effect)),
        cue=Phrase("due to", start + len(effect) + 1, start + len(effect) + 7),
        cause_concept=cause,
        effect_concept=effect,
        sign=sign,
        said=sign,
        certainty=certainty,
        rule=rule,
    )


def belief(*claims: Claim, sign: Sign = 1) -> float:
    return weigh(claims, sign, MODEL).belief


def test_one_claim_is_worth_its_rule_and_its_certainty() -> None:
    assert belief(make_claim()) == pytest.approx(0.9)
    assert belief(make_claim(rule="new rule")) == pytest.approx(0.7)
    assert belief(make_claim(rule="weak", certainty=Certainty.HEDGED)) == pytest.approx(0.4 * 0.65)
    assert belief(make_claim(certainty=Certainty.CORRELATED)) == pytest.approx(0.9 * 0.4)


def test_a_rule_without_numbers_of_its_own_has_its_familys() -> None:
    model = BeliefModel(reliability={"verb": 0.8, "verb/cause": 0.95}, default_reliability=0.6)
    assert [model.reliability_of(rule) for rule in ("verb/cause", "verb/help", "noun/help")] == [0.95, 0.8, 0.6]


def test_articles_are_independent_but_repetition_is_not_new_evidence() -> None:
    # two articles: 1 - 0.6 * 0.6; one article twice: 0.95 * (1 - (1 - 0.4 / 0.95) ** 1.5)
    two_articles = belief(make_claim("a", rule="weak"), make_claim("b", rule="weak"))
    one_article = belief(make_claim("a", 0, "weak"), make_claim("a", 50, "weak"))
    assert two_articles == pytest.approx(0.64)
    assert one_article == pytest.approx(0.95 * (1 - (0.55 / 0.95) ** 1.5))
    assert 0.4 < one_article < two_articles


def test_an_article_that_repeats_itself_for_ever_stays_below_two_articles() -> None:
    article = belief(*(make_claim("a", 50 * place, "weak") for place in range(1000)))
    assert article < 0.95 * (1 - (0.55 / 0.95) ** 2) + 1e-9 < 0.64


def test_two_rules_on_one_sentence_count_once() -> None:
    assert belief(make_claim(rule="due to"), make_claim(rule="weak")) == pytest.approx(0.9)


def test_denials_count_against_and_only_against_their_sign() -> None:
    claims = [make_claim("a"), make_claim("b", rule="weak", certainty=Certainty.DENIED)]
    assert belief(*claims) == pytest.approx(0.9 * (1 - 0.4))
    lowers = make_claim("c", rule="weak", sign=-1)
    assert belief(*claims, lowers, sign=-1) == pytest.approx(0.4)


def test_a_relation_takes_the_better_supported_sign() -> None:
    claims = [make_claim("a", rule="weak"), make_claim("b", sign=-1, certainty=Certainty.HEDGED)]
    relation = assemble(claims, CONCEPTS, MODEL).relations["sitting", "pain"]
    assert relation.sign == -1
    assert relation.belief == relation.belief_for_minus == pytest.approx(0.9 * 0.65)
    assert relation.belief_for_plus == pytest.approx(0.4)
    assert relation.certainty is Certainty.HEDGED
    assert relation.disputed


def test_a_relation_that_is_only_denied_has_no_belief_but_its_claims() -> None:
    denial = make_claim(certainty=Certainty.DENIED, sign=-1)
    relation = assemble([denial], CONCEPTS, MODEL).relations["sitting", "pain"]
    assert (relation.belief, relation.sign, relation.certainty) == (0.0, -1, Certainty.DENIED)
    assert relation.claims == (denial,)


def test_claims_stand_asserted_first_and_denied_last() -> None:
    order = [Certainty.DENIED, Certainty.HEDGED, Certainty.ASSERTED, Certainty.SPECULATIVE, Certainty.CORRELATED]
    claims = [make_claim(str(place), certainty=certainty) for place, certainty in enumerate(order)]
    relation = assemble(claims, CONCEPTS, MODEL).relations["sitting", "pain"]
    assert [claim.certainty for claim in relation.claims] == list(Certainty)
    assert relation.articles == ("2", "1", "4", "3", "0")


def test_a_claim_about_itself_makes_no_relation() -> None:
    assert not assemble([make_claim(cause="pain")], CONCEPTS, MODEL).relations


def test_a_claim_about_an_unknown_concept_is_refused_by_name() -> None:
    with pytest.raises(ConceptError, match="'gravity'"):
        assemble([make_claim(cause="gravity")], CONCEPTS, MODEL)


def test_restricting_leaves_only_those_claims() -> None:
    claims = [make_claim("a"), make_claim("b", certainty=Certainty.HEDGED), make_claim("b", cause="rest", sign=-1)]
    graph = assemble(claims, CONCEPTS, MODEL)
    assert graph.restricted(asserted_only=True).relations["sitting", "pain"].belief == pytest.approx(0.9)
    assert set(graph.restricted(articles=["a"]).relations) == {("sitting", "pain")}
    assert graph.restricted(articles=["b"]).relations["sitting", "pain"].belief == pytest.approx(0.9 * 0.65)
    assert graph.restricted() is graph


def test_chains_can_be_traced_through_some_claims_only() -> None:
    claims = [
        make_claim("a", cause="rest", effect="sitting"),
        make_claim("b", certainty=Certainty.HEDGED),
        make_claim("c", rule="weak", cause="rest"),
    ]
    graph = assemble(claims, CONCEPTS, MODEL)

    def found(asserted_only: bool = False, articles: list[str] | None = None) -> list[tuple[str, ...]]:
        chains = trace(graph, causes=["rest"], effects=["pain"], asserted_only=asserted_only, articles=articles)
        return [chain.concepts for chain in chains]

    assert found() == [("rest", "sitting", "pain"), ("rest", "pain")]
    assert found(asserted_only=True) == [("rest", "pain")]
    assert found(articles=["a", "b"]) == [("rest", "sitting", "pain")]
    assert found(articles=["a"]) == []


def test_multigraph_has_an_edge_for_each_claim() -> None:
    claims = [make_claim("a"), make_claim("b"), make_claim("b", cause="rest", sign=-1)]
    face = assemble(claims, CONCEPTS, MODEL).multigraph()
    assert sorted(face.edges(keys=True)) == sorted((c.cause_concept, c.effect_concept, c.key) for c in claims)


def test_explain_tells_each_step_with_its_quote() -> None:
    claims = [
        make_claim("a", 0),
        make_claim("a", 50, "weak"),
        make_claim("b", certainty=Certainty.HEDGED),
        make_claim("c", rule="weak", certainty=Certainty.DENIED),
    ]
    relation = assemble(claims, CONCEPTS, MODEL).relations["sitting", "pain"]
    steps = explain(relation, MODEL)
    kinds = ["claim", "claim", "article", "claim", "article", "articles", "claim", "article", "denials"]
    assert [step.kind for step in steps] == kinds
    assert "“pain due to sitting” (a): rule due to is right 0.90 of the time, asserted x 1.00 = 0.900" in steps[0].text
    article = 0.95 * (1 - (0.05 / 0.95) * (0.55 / 0.95) ** 0.5)
    support = 1 - (1 - article) * (1 - 0.585)
    assert [step.value for step in steps[2:6]] == pytest.approx([article, 0.585, 0.585, support])
    assert steps[-1].value == pytest.approx(relation.belief) == pytest.approx(support * 0.6)
    assert steps[-1].claims == (claims[3],)


def test_explain_shows_both_signs_where_articles_disagree() -> None:
    claims = [make_claim("a"), make_claim("b", rule="weak", sign=-1)]
    steps = explain(assemble(claims, CONCEPTS, MODEL).relations["sitting", "pain"], MODEL)
    assert {step.sign for step in steps} == {1, -1}
    assert steps[-1].kind == "sign"
    assert "raises 0.900, lowers 0.400" in steps[-1].text


def test_fitted_numbers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "reliability.toml"
    path.write_text(
        '[fit]\nsource = "by hand"\n[model]\ndefault_reliability = 0.6\nsystematic = 0.1\n[certainty]\nhedged = 0.5\n'
        '[rules."due to"]\nright = 94\nwrong = 6\n[rules.weak]\nreliability = 0.38\n'
    )
    model = load_belief_model(path)
    # the prior is worth ten judgements: (94 + 10 * 0.6) / 110
    assert model.reliability_of("due to") == pytest.approx(100 / 110)
    assert model.reliability_of("weak") == 0.38
    assert model.reliability_of("unseen") == 0.6
    assert (model.systematic, model.certainty[Certainty.HEDGED], model.source) == (0.1, 0.5, "by hand")
    assert model.certainty[Certainty.ASSERTED] == 1.0


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[model]\nsystematic = 2\n", "model.systematic is 2"),
        ("[rules.x]\nright = 3\n", "rules.x has neither"),
        ("[rules.x]\nright = -1\nwrong = 2\n", "-1 right"),
        ("[rules\n", "reliability.toml"),
    ],
)
def test_broken_numbers_are_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "reliability.toml"
    path.write_text(text)
    with pytest.raises(KinetraceError, match=named):
        load_belief_model(path)


claims_of_pair = st.builds(
    make_claim,
    st.sampled_from("abc"),
    st.integers(0, 5).map(lambda place: 50 * place),
    st.sampled_from(["due to", "weak", "new"]),
    st.sampled_from(list(Certainty)),
    st.sampled_from([1, -1]),
)


@given(st.lists(claims_of_pair, min_size=1), claims_of_pair)
def test_more_support_never_lowers_belief_and_denials_never_raise_it(claims: list[Claim], another: Claim) -> None:
    before, after = belief(*claims, sign=another.sign), belief(*claims, another, sign=another.sign)
    assert 0 <= before <= 1
    if another.denied:
        assert after <= before + 1e-12
    else:
        assert after >= before - 1e-12
    other: Sign = -1 if another.sign == 1 else 1
    assert belief(*claims, another, sign=other) == belief(*claims, sign=other)


@given(st.lists(claims_of_pair, min_size=1, unique_by=lambda claim: claim.key), st.randoms())
def test_the_order_of_claims_changes_nothing(claims: list[Claim], random: object) -> None:
    mixed = list(claims)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random, typed as an object
    assert assemble(mixed, CONCEPTS, MODEL).relations == assemble(claims, CONCEPTS, MODEL).relations


@given(st.lists(claims_of_pair, min_size=1))
def test_the_last_step_is_the_belief(claims: list[Claim]) -> None:
    relation = assemble(claims, CONCEPTS, MODEL).relations["sitting", "pain"]
    assert explain(relation, MODEL)[-1].value == pytest.approx(relation.belief)
