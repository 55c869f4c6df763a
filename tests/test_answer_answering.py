from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answer.answering import ask
from answer.drafting import Answer
from answer.opened import OpenLibrary, open_library
from build import build
from graph.concepts import Certainty

ARTICLES = {
    "strides.md": "# Strides\n\nOverstriding causes knee pain. Overstriding leads to tight hamstrings.\n\n"
    "A quicker cadence shortens the step.\n",
    "hips.md": "# Hips\n\nTight hip flexors may cause lower back pain. Sitting causes tight hip flexors.\n\n"
    "Stretching the hip flexors reduces tight hip flexors.\n",
    "rest.md": "# Rest\n\nStretching causes shin splints.\n",
    "asked.md": "# Asked\n\nDo weak glutes cause shin splints?\n\nOverstriding increases the load on the hips.\n",
    "other.md": "# Another view\n\nStretching does not cause shin splints.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> OpenLibrary:
    folder = tmp_path_factory.mktemp("asked")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    build([folder], folder / "library")
    return open_library(folder / "library")


def said(answer: Answer) -> str:
    return " ".join([answer.headline, *(statement.text for statement in answer.statements)]).lower()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("does overstriding cause knee pain?", "yes"),
        ("is knee pain caused by overstriding", "yes"),
        ("does overstriding prevent knee pain?", "no"),
        ("does stretching cause shin splints?", "mixed"),
        ("why do I get lower back pain?", "chains"),
        ("what does sitting lead to?", "chains"),
        ("how are sitting and lower back pain connected?", "chains"),
        ("how do I ease tight hip flexors?", "fixes"),
        ("where do the articles disagree?", "contradictions"),
        ("quicker cadence", "passages"),
        ("does chocolate cause knee pain?", "dont-say"),
        ("does overstriding cause asthma?", "dont-say"),
        ("why do my ears itch?", "dont-say"),
        ("how do I cure a hernia?", "dont-say"),
        ("what does a stroller lead to?", "dont-say"),
        ("", "dont-say"),
        ("the of and", "dont-say"),
    ],
)
def test_kinds_of_answer(library: OpenLibrary, question: str, kind: str) -> None:
    assert ask(library, question).kind == kind


def test_a_chain_of_claims_answers_where_no_article_says_it(library: OpenLibrary) -> None:
    answer = ask(library, "does sitting cause lower back pain?")
    assert answer.kind == "yes"
    assert "no article says it outright" in answer.headline
    assert {citation.article for citation in answer.citations} == {"hips"}


def test_hedges_stay_hedges(library: OpenLibrary) -> None:
    answer = ask(library, "do tight hip flexors cause lower back pain?")
    assert answer.headline.startswith("Possibly")
    assert "tight hip flexors may raise lower back pain" in said(answer)
    assert answer.citations[0].certainty is Certainty.HEDGED
    assert "overstriding raises knee pain" in said(ask(library, "does overstriding cause knee pain?"))


def test_both_sides_of_a_disagreement_are_quoted(library: OpenLibrary) -> None:
    for question in ("does stretching cause shin splints?", "do the articles disagree on stretching?"):
        answer = ask(library, question)
        assert {"rest", "other"} <= {citation.article for citation in answer.citations}


def test_a_question_that_an_article_asks_is_no_answer(library: OpenLibrary) -> None:
    answer = ask(library, "do weak glutes cause shin splints?")
    assert answer.kind not in ("yes", "no", "mixed")
    assert "weak glutes raise" not in said(answer)


def test_what_comes_nearest_is_told_but_not_as_a_yes(library: OpenLibrary) -> None:
    answer = ask(library, "does overstriding cause hip pain?")
    assert answer.kind == "dont-say"
    assert "overstriding raises stress on hips" in said(answer)


def test_a_fix_tells_the_way_to_what_was_asked_about(library: OpenLibrary) -> None:
    assert "to cut down: prolonged sitting, which raises tight hip flexors" in said(
        ask(library, "how do I ease tight hip flexors?")
    )


@pytest.mark.parametrize(
    ("question", "left_out"),
    [
        ("What helps against tight hip flexors when you carry a toddler to nursery?", {"toddler", "nursery"}),
        ("why do my hip flexors get so tight, asking as a plumber", {"plumber"}),
        ("what does overstriding lead to in a marching band", {"marching"}),
    ],
)
def test_whom_and_when_are_told_to_be_left_out_and_silence_no_answer(
    library: OpenLibrary, question: str, left_out: set[str]
) -> None:
    answer = ask(library, question)
    assert answer.kind in ("chains", "fixes")
    assert left_out <= set(answer.left_out)


def test_what_a_bare_body_part_may_have_is_not_left_out(library: OpenLibrary) -> None:
    assert ask(library, "how do I get rid of a wart on my hip flexors").kind == "dont-say"


def test_what_goes_by_another_name_is_answered_and_said_so(library: OpenLibrary) -> None:
    answer = ask(library, "what causes knee trouble?")
    assert answer.kind == "chains"
    assert answer.headline.startswith("No claim on knee trouble answers this.")
    assert "overstriding raises knee pain" in said(answer)
    assert ask(library, "does overstriding cause knee trouble?").kind == "yes"
    assert ask(library, "why do I have knee arthritis?").kind == "dont-say"


def test_a_remedy_asked_for_by_a_second_clause_is_asked_for_once(library: OpenLibrary) -> None:
    answer = ask(library, "hip flexor stretching, does it ease tight hip flexors?")
    assert answer.kind == "yes"
    assert "lowers tight hip flexors" in said(answer)


def test_no_disagreement_is_told_on_what_no_article_names(library: OpenLibrary) -> None:
    assert ask(library, "what do dentists disagree about regarding fluoride?").kind == "dont-say"


def test_a_habit_named_in_passing_is_not_what_is_asked_about(library: OpenLibrary) -> None:
    assert ask(library, "why do my nipples bleed after sitting").kind == "dont-say"


def test_a_part_and_its_state_said_apart_are_looked_for_together_in_passages(library: OpenLibrary) -> None:
    answer = ask(library, "what makes my hip flexors ever so slightly tight at night")
    assert "tight hip flexors" in answer.headline


def test_what_is_not_said_comes_with_questions_that_are_answered(library: OpenLibrary) -> None:
    answer = ask(library, "does overstriding cause asthma?")
    assert "don't say" in answer.headline
    assert answer.statements == ()
    assert answer.suggestions
    assert all(ask(library, question).kind == "chains" for question in answer.suggestions)


def test_a_red_flag_comes_first(library: OpenLibrary) -> None:
    answer = ask(library, "why is my groin numb since my back pain began?")
    assert answer.warnings[0].id == "saddle-numbness"
    assert ask(library, "why do I get lower back pain?").warnings == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from(["why", "does", "how", "overstriding", "sitting", "cause", "knee pain", "ease"])).map(
            " ".join
        ),
    )
)
def test_every_answer_stands_on_quotes_that_stand_in_the_articles(library: OpenLibrary, question: str) -> None:
    answer = ask(library, question)
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for citation in answer.citations:
        text = library.article(citation.article).text
        assert text[citation.start : citation.end] == citation.quote
    for statement in answer.statements:
        assert statement.citations
        assert set(statement.citations) <= set(numbers)


def test_the_sample_library_answers(sample_library: Path) -> None:
    library = open_library(sample_library)
    assert ask(library, "what leads to lower back pain?").kind == "chains"
    assert ask(library, "does altitude training cause nosebleeds?").kind == "dont-say"
