"""What holds of every claim of every text: offsets, keys, order, sameness over processes."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.articles import Article
from corpus.reading import article_from_text
from graph.claims import claim_json, read_claims
from graph.concepts import Claim
from graph.linking import Linker
from graph.vocabulary import load_vocabulary

LINKER = Linker(load_vocabulary())
SENTENCE = "Weak glutes cause an unstable pelvis."
PIECES = (
    "Weak glutes", "the pelvis", "causes", "leads to", "because", "due to", "is", "this", "which", "not", "may", ",",
    ".", "?", "\n\n", "- ", "pain", "hamstrings/groin", "etc.", "so", "if", "and", "by",
    "lower back", "…", "’", "→", "🏃",
)  # fmt: skip


def claims_of(*articles: Article, processes: int = 1) -> list[tuple[Claim, ...]]:
    return [claims for _, claims in read_claims(articles, linker=LINKER, processes=processes)]


def assert_sound(article: Article, claims: tuple[Claim, ...]) -> None:
    for claim in claims:
        assert article.text[claim.start : claim.end] == claim.quote
        for phrase in (claim.cause, claim.effect, claim.cue):
            assert article.text[phrase.start : phrase.end] == phrase.text
            assert claim.start <= phrase.start < phrase.end <= claim.end
        assert claim.cause.end <= claim.effect.start or claim.effect.end <= claim.cause.start


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=30))
def test_offsets_hold_on_any_text(words: list[str]) -> None:
    try:
        article = article_from_text(" ".join(words), id="any")
    except ValueError:
        return
    [claims] = claims_of(article)
    assert_sound(article, claims)


def test_keys_survive_edits_elsewhere() -> None:
    short = article_from_text(SENTENCE, id="a")
    long = article_from_text(f"An opening paragraph without a claim.\n\n{SENTENCE}\n\nAnd an end.", id="a")
    [[one], [other]] = claims_of(short), claims_of(long)
    assert ([c.key for c in one], one[0].start) == ([c.key for c in other], 0)
    assert other[0].start > 0


def test_keys_differ_between_articles() -> None:
    first, second = claims_of(article_from_text(SENTENCE, id="a"), article_from_text(SENTENCE, id="b"))
    assert first[0].key != second[0].key


def test_a_lead_in_goes_with_each_of_its_items() -> None:
    text = "Lower back pain is caused by:\n\n- weak glutes\n- tight hip flexors\n"
    [claims] = claims_of(article_from_text(text, id="list"))
    assert [(c.cause.text, c.effect.text) for c in claims] == [
        ("weak glutes", "Lower back pain"),
        ("tight hip flexors", "Lower back pain"),
    ]


def test_processes_give_what_one_process_gives() -> None:
    articles = [article_from_text(f"{SENTENCE} Version {n} is here.", id=f"a{n}") for n in range(3)]
    assert claims_of(*articles, processes=2) == claims_of(*articles)


def test_progress_counts_articles() -> None:
    seen: list[int] = []
    articles = [article_from_text(SENTENCE, id=f"a{n}") for n in range(3)]
    list(read_claims(articles, linker=LINKER, on_progress=seen.append))
    assert seen == [1, 2, 3]


def test_json_says_what_the_claim_says() -> None:
    [[claim]] = claims_of(article_from_text("Strong glutes do not reduce back pain.", id="a"))
    told = claim_json(claim)
    assert told["quote"] == claim.quote
    assert told["cause"] == {"text": "Strong glutes", "start": 0, "end": 13, "concept": claim.cause_concept}
    assert (told["sign"], told["denied"], told["cue"]) == ("+", True, "reduce")
    assert (told["cue_start"], told["cue_end"]) == (claim.cue.start, claim.cue.end)


@pytest.mark.parametrize("name", ["why-runners-get-lower-back-pain.txt"])
def test_the_running_article(shared: Path, name: str) -> None:
    from corpus.reading import read_article

    article = read_article(shared / "corpus" / name)
    [claims] = claims_of(article)
    assert_sound(article, claims)
    links = {(c.cause_concept, c.effect_concept) for c in claims if c.sign > 0 and not c.denied}
    assert len(claims) >= 45
    for link in (
        ("core/inactivity", "leading-with-chest"),
        ("muscles/imbalance", "hamstrings/tightness"),
        ("muscles/imbalance", "glutes/tightness"),
        ("pelvis/instability", "lower-back/pain"),
    ):
        assert link in links
    assert replace(claims[0], key="") != claims[0]
