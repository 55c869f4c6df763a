"""Gaps: each kind on articles made to have it and on articles made not to."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.articles import Article
from corpus.reading import read_articles
from graph.assembly import assemble
from graph.claims import read_claims
from graph.concepts import Certainty, Sign, open_named
from graph.gaps import GAP_KINDS, Gap, find_gaps, gaps_json
from graph.instructions import exercises
from graph.linking import Linker
from graph.store import StoredMention
from graph.vocabulary import Vocabulary, load_vocabulary
from tests.made_library import Shelf


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="module")
def linker(vocabulary: Vocabulary) -> Linker:
    return Linker(vocabulary)


@pytest.fixture
def shelf(vocabulary: Vocabulary, linker: Linker) -> Shelf:
    return Shelf(vocabulary, linker)


BLAME = "Overstriding strains the shins and brings shin pain."


def test_a_cause_that_nothing_eases_is_a_gap(shelf: Shelf) -> None:
    article = shelf.write(BLAME)
    shelf.claim(article, BLAME, "Overstriding", "shin pain")
    gap = next(gap for gap in shelf.gaps("cause-without-remedy") if gap.subject == "overstriding")
    assert gap.evidence[0].quote == BLAME
    assert "shin" in gap.title


def test_a_cause_that_something_eases_is_none(shelf: Shelf) -> None:
    cure = "A higher cadence cures overstriding."
    article = shelf.write(BLAME, cure)
    shelf.claim(article, BLAME, "Overstriding", "shin pain")
    shelf.claim(article, cure, "higher cadence", "overstriding", -1)
    assert "overstriding" not in shelf.subjects("cause-without-remedy")


def test_what_nobody_can_mend_is_no_gap(shelf: Shelf) -> None:
    article = shelf.write("Ageing causes knee pain.")
    shelf.claim(article, "Ageing causes knee pain.", "Ageing", "knee pain")
    assert "ageing" not in shelf.subjects("cause-without-remedy")


def test_a_denied_remedy_leaves_the_cause_without_one(shelf: Shelf) -> None:
    denial = "A higher cadence does not cure overstriding."
    article = shelf.write(BLAME, denial)
    shelf.claim(article, BLAME, "Overstriding", "shin pain")
    shelf.claim(article, denial, "higher cadence", "overstriding", -1, Certainty.DENIED)
    assert "overstriding" in shelf.subjects("cause-without-remedy")


def test_what_is_good_needs_no_remedy(shelf: Shelf) -> None:
    praise = "Strength training reduces lower back pain."
    article = shelf.write(praise)
    shelf.claim(article, praise, "Strength training", "lower back pain", -1)
    assert not shelf.gaps("cause-without-remedy")


def test_what_eases_a_good_thing_is_a_harm(shelf: Shelf) -> None:
    worse = "Overstriding lowers running economy."
    article = shelf.write(worse)
    shelf.claim(article, worse, "Overstriding", "running economy", -1)
    assert "overstriding" in shelf.subjects("cause-without-remedy")


def test_a_remedy_nearby_halves_the_trouble_and_is_suggested(vocabulary: Vocabulary, linker: Linker) -> None:
    blame = "Weak glutes cause knee pain."
    bare, near = Shelf(vocabulary, linker), Shelf(vocabulary, linker)
    for shelf, advice in ((bare, "Nobody knows more."), (near, "Do a glute bridge every day.")):
        for _ in range(2):
            shelf.claim(shelf.write(blame, advice), blame, "Weak glutes", "knee pain")
    without, having = (
        next(g for g in s.gaps("cause-without-remedy") if g.subject == "glutes/weakness") for s in (bare, near)
    )
    assert having.severity == pytest.approx(without.severity / 2, abs=1e-4)
    assert "glute bridge" not in without.suggestion.lower()
    assert "glute bridge" in having.suggestion.lower()


def test_a_remedy_for_what_brings_a_cause_on_is_suggested(shelf: Shelf) -> None:
    lines = ("Weak glutes lead to hip drop.", "Hip drop leads to knee pain.", "Glute bridges cure weak glutes.")
    for _ in range(2):
        article = shelf.write(*lines)
        shelf.claim(article, lines[0], "Weak glutes", "hip drop")
        shelf.claim(article, lines[1], "Hip drop", "knee pain")
        shelf.claim(article, lines[2], "Glute bridges", "weak glutes", -1)
    (gap,) = shelf.gaps("cause-without-remedy")
    assert gap.subject == "hips/drop"
    assert "glute bridges for what brings on hip drop" in gap.suggestion


def test_a_remedy_that_only_eases_pain_lacks_its_mechanism(shelf: Shelf) -> None:
    eases = "Glute bridges ease knee pain."
    article = shelf.write(eases)
    shelf.claim(article, eases, "Glute bridges", "knee pain", -1)
    (gap,) = shelf.gaps("remedy-without-mechanism")
    assert "but not how" in gap.title
    assert gap.evidence[0].quote == eases


def test_a_remedy_that_changes_a_muscle_has_its_mechanism(shelf: Shelf) -> None:
    eases, how = "Glute bridges ease knee pain.", "Glute bridges cure weak glutes."
    article = shelf.write(eases, how)
    shelf.claim(article, eases, "Glute bridges", "knee pain", -1)
    shelf.claim(article, how, "Glute bridges", "weak glutes", -1)
    assert not shelf.gaps("remedy-without-mechanism")


def test_a_remedy_without_a_claim_is_mere_advice(shelf: Shelf) -> None:
    shelf.write("# My week", "- Side planks on Monday.")
    (gap,) = shelf.gaps("remedy-without-mechanism")
    assert "side planks without a word on what they do." in gap.title
    assert gap.evidence[0].quote == "Side planks on Monday."


@pytest.mark.parametrize("line", ["Once I saw a man do side planks on a train.", "- See a doctor."])
def test_a_remedy_in_passing_or_for_the_whole_body_needs_no_mechanism(shelf: Shelf, line: str) -> None:
    shelf.write(line)
    assert not shelf.gaps("remedy-without-mechanism")


EXPLAINED = [
    ["# Glute bridge", "Lie on your back, knees bent, and lift your hips. Hold for three seconds."],
    ["# Ways", "- Glute bridge: on your back with bent legs, press through the heels. Twelve times."],
    ["For a glute bridge, lie down with your feet flat, then lift the hips until they are level."],
    ["Now the glute bridge:", "- Lie on your back.", "- Push the hips up."],
]
NAMED = [
    ["# Glute bridge", "A fine exercise that every coach loves. Your backside will thank you."],
    ["# Ways", "- Glute bridge", "- Dead bug. Lie on your back, arms up, and lower one leg."],
    ["We did twenty glute bridges before breakfast."],
    ["The glute bridge is dull.", "# Squat", "Stand tall, bend your knees, and sit back."],
]


@pytest.mark.parametrize("lines", EXPLAINED)
def test_an_exercise_that_is_explained_is_no_gap(shelf: Shelf, lines: list[str]) -> None:
    shelf.write(*lines)
    assert "glute-bridge" not in shelf.subjects("exercise-without-instructions")


@pytest.mark.parametrize("lines", NAMED)
def test_an_exercise_that_is_only_named_is_a_gap(shelf: Shelf, lines: list[str]) -> None:
    shelf.write(*lines)
    assert "glute-bridge" in shelf.subjects("exercise-without-instructions")


def test_one_explanation_serves_the_whole_library(shelf: Shelf) -> None:
    for lines in (NAMED[0], EXPLAINED[0], NAMED[2]):
        shelf.write(*lines)
    assert "glute-bridge" not in shelf.subjects("exercise-without-instructions")


def test_what_needs_no_showing_is_no_exercise(shelf: Shelf) -> None:
    shelf.write("Good sleep, ibuprofen and insoles are all you need.")
    assert not shelf.gaps("exercise-without-instructions")


HEDGED = "Weak glutes may cause knee pain."


@pytest.mark.parametrize("certainty", [Certainty.HEDGED, Certainty.CORRELATED, Certainty.SPECULATIVE])
def test_a_relation_that_nobody_asserts_is_a_gap(shelf: Shelf, certainty: Certainty) -> None:
    article = shelf.write(HEDGED)
    shelf.claim(article, HEDGED, "Weak glutes", "knee pain", certainty=certainty)
    (gap,) = shelf.gaps("only-hedged")
    assert gap.subject == "glutes/weakness"
    assert gap.title == "No article commits itself on whether weak glutes raise knee pain."
    assert gap.evidence[0].quote == HEDGED


def test_one_assertion_settles_a_hedge(shelf: Shelf) -> None:
    shelf.claim(shelf.write(HEDGED), HEDGED, "Weak glutes", "knee pain", certainty=Certainty.HEDGED)
    plain = "Weak glutes cause knee pain."
    shelf.claim(shelf.write(plain), plain, "Weak glutes", "knee pain")
    assert not shelf.gaps("only-hedged")


def test_hedges_about_one_cause_are_one_gap_graver_than_among_assertions(
    vocabulary: Vocabulary, linker: Linker
) -> None:
    lines = (
        "Overstriding may cause knee pain.",
        "Overstriding may lower performance.",
        "Overstriding causes shin pain.",
    )
    only, among = Shelf(vocabulary, linker), Shelf(vocabulary, linker)
    for shelf, certainty in ((only, Certainty.HEDGED), (among, Certainty.ASSERTED)):
        article = shelf.write(*lines)
        shelf.claim(article, lines[0], "Overstriding", "knee pain", certainty=Certainty.HEDGED)
        shelf.claim(article, lines[1], "Overstriding", "performance", -1, Certainty.HEDGED)
        shelf.claim(article, lines[2], "Overstriding", "shin pain", certainty=certainty)
        shelf.write("Overstriding again.")
    (all_hedged,), (two_of_three,) = only.gaps("only-hedged"), among.gaps("only-hedged")
    assert two_of_three.title.endswith("overstriding raises knee pain or lowers performance.")
    # Weight 0.5, two articles 2/3, and 1/2 + 1/2 x the hedged share of what it does: 3 of 3 against 2 of 3.
    assert all_hedged.severity == pytest.approx(1 / 3, abs=1e-4)
    assert two_of_three.severity == pytest.approx(1 / 3 * 5 / 6, abs=1e-4)


def _three_name_weak_glutes(shelf: Shelf) -> list[Article]:
    return [
        shelf.write("Weak glutes cause knee pain."),
        shelf.write("I used to have weak glutes as well."),
        shelf.write("Weak glutes are much talked about."),
    ]


def test_what_one_article_alone_speaks_to_is_a_gap(shelf: Shelf) -> None:
    first, *_ = _three_name_weak_glutes(shelf)
    shelf.claim(first, "Weak glutes cause knee pain.", "Weak glutes", "knee pain")
    (gap,) = shelf.gaps("only-one-article")
    assert gap.subject == "glutes/weakness"
    assert "Title 0" in gap.title
    assert "article-1 and article-2" in gap.suggestion


def test_what_two_articles_speak_to_is_none(shelf: Shelf) -> None:
    first, *_ = _three_name_weak_glutes(shelf)
    shelf.claim(first, "Weak glutes cause knee pain.", "Weak glutes", "knee pain")
    second = shelf.write("Weak glutes lead to hip pain.")
    shelf.claim(second, "Weak glutes lead to hip pain.", "Weak glutes", "hip pain")
    assert not shelf.gaps("only-one-article")


def test_a_lone_article_is_not_blamed_for_being_alone(shelf: Shelf) -> None:
    article = shelf.write(HEDGED)
    shelf.claim(article, HEDGED, "Weak glutes", "knee pain")
    assert not shelf.gaps("only-one-article")


def test_a_concept_in_no_claim_is_a_gap(shelf: Shelf) -> None:
    shelf.write("Tight calves are common.", "Tight calves again!")
    shelf.write("Tight calves? Not me.")
    (gap,) = shelf.gaps("mentioned-only")
    assert gap.subject == "calves/tightness"
    # A sentence of each article comes before a second one of the first.
    quotes = [piece.quote for piece in gap.evidence]
    assert quotes == ["Tight calves are common.", "Tight calves?", "Tight calves again!"]


def test_a_concept_in_a_claim_and_one_in_passing_are_none(shelf: Shelf) -> None:
    shelf.write("Tight calves again!")
    article = shelf.write("Tight calves cause heel pain.", "Stiff hips? Never heard of them.")
    shelf.claim(article, "Tight calves cause heel pain.", "Tight calves", "heel pain")
    assert not shelf.gaps("mentioned-only")


def test_more_articles_make_a_gap_graver(vocabulary: Vocabulary, linker: Linker) -> None:
    few, many = Shelf(vocabulary, linker), Shelf(vocabulary, linker)
    for shelf, copies in ((few, 2), (many, 4)):
        for _ in range(copies):
            shelf.write("Tight calves are common.")
    # Weight 0.5 times n / (n + 1): 2/3 of it for two articles, 4/5 of it for four.
    assert few.gaps("mentioned-only")[0].severity == pytest.approx(0.3333)
    assert many.gaps("mentioned-only")[0].severity == pytest.approx(0.4)


def test_every_exercise_is_a_remedy_of_the_vocabulary(vocabulary: Vocabulary) -> None:
    assert exercises() <= vocabulary.remedies.keys()


def test_an_empty_library_lacks_nothing_that_can_be_named(vocabulary: Vocabulary) -> None:
    assert find_gaps([], assemble([], {}), [], vocabulary) == ()


SENTENCES = (
    "Weak glutes cause knee pain.",
    "Overstriding may cause shin pain.",
    "Glute bridges ease knee pain.",
    "Tight calves are common.",
    "We did side planks.",
)
MADE: dict[str, tuple[str, str, Sign, Certainty]] = {
    SENTENCES[0]: ("Weak glutes", "knee pain", 1, Certainty.ASSERTED),
    SENTENCES[1]: ("Overstriding", "shin pain", 1, Certainty.HEDGED),
    SENTENCES[2]: ("Glute bridges", "knee pain", -1, Certainty.ASSERTED),
}


@pytest.fixture(scope="module")
def new_shelf(vocabulary: Vocabulary, linker: Linker) -> Callable[[], Shelf]:
    return lambda: Shelf(vocabulary, linker)


# No deadline: the first run of a process compiles what later ones reuse.
@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True), min_size=1, max_size=5))
def test_gaps_are_sorted_unique_and_quote_the_articles(
    new_shelf: Callable[[], Shelf], library: list[list[str]]
) -> None:
    shelf = new_shelf()
    for lines in library:
        article = shelf.write(*lines)
        for line in MADE.keys() & set(lines):
            cause, effect, sign, certainty = MADE[line]
            shelf.claim(article, line, cause, effect, sign, certainty)
    gaps = shelf.gaps()
    _assert_in_order(gaps)
    texts = {article.id: article.text for article in shelf.articles}
    for gap in gaps:
        assert 0 < gap.severity <= 1
        assert gap.evidence
        assert all(texts[piece.article][piece.start : piece.end] == piece.quote for piece in gap.evidence)


# The whole sample library as a build reads it: 21 articles, so ten gaps an article is what an editor can still sift.
MOST_GAPS = 210
FIRST_PAGE = 20


@pytest.fixture(scope="module")
def sample_gaps(vocabulary: Vocabulary, linker: Linker) -> tuple[tuple[Article, ...], tuple[Gap, ...]]:
    articles = read_articles([Path(__file__).resolve().parent.parent / "corpus" / "sample"]).articles
    claims = [claim for _, found in read_claims(articles, linker=linker) for claim in found]
    mentions = [
        StoredMention(article.id, found.start, found.end, found.concept.id, found.pole)
        for article in articles
        for found in linker.mentions(article.text)
    ]
    ids = {id for claim in claims for id in (claim.cause_concept, claim.effect_concept)}
    ids |= {mention.concept for mention in mentions}
    graph = assemble(claims, {id: linker.concept(id) or open_named(id) for id in ids})
    return articles, find_gaps(articles, graph, mentions, vocabulary)


def test_the_sample_library_has_gaps_that_an_editor_can_work_through(
    sample_gaps: tuple[tuple[Article, ...], tuple[Gap, ...]],
) -> None:
    articles, gaps = sample_gaps
    _assert_in_order(gaps)
    assert 20 <= len(gaps) <= MOST_GAPS
    first = gaps[:FIRST_PAGE]
    assert len({gap.kind for gap in first}) >= 2
    assert len({gap.subject for gap in first}) >= FIRST_PAGE - 4
    assert not any(gap.subject.startswith(("open/", "any/")) for gap in first if gap.kind != "cause-without-remedy")
    texts = {article.id: article.text for article in articles}
    assert all(texts[e.article][e.start : e.end] == e.quote for gap in gaps for e in gap.evidence)


def test_json_holds_every_field_and_the_key(shelf: Shelf) -> None:
    article = shelf.write(BLAME)
    shelf.claim(article, BLAME, "Overstriding", "shin pain")
    gaps = shelf.gaps()
    rows = json.loads(gaps_json(gaps))
    assert [row["key"] for row in rows] == [gap.key for gap in gaps]
    assert rows[0]["evidence"][0].keys() == {"article", "start", "end", "quote"}
    assert {row["kind"] for row in rows} <= set(GAP_KINDS)


def _assert_in_order(gaps: Iterable[Gap]) -> None:
    gaps = tuple(gaps)
    assert [gap.severity for gap in gaps] == sorted((gap.severity for gap in gaps), reverse=True)
    assert len({gap.key for gap in gaps}) == len(gaps)
