"""Passages: every sentence in one, none across a heading, lists with what leads into them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.articles import Article
from corpus.composing import compose, draft
from corpus.passages import MOST_WORDS, split_passages, split_sentences

SENTENCE = "Short steps keep the knee under the hip and spare the shin."  # 12 words


def article(*blocks: tuple[str, str]) -> Article:
    kinds = {"h": ("heading", 2), "p": ("paragraph", 0), "i": ("item", 1)}
    return compose((draft(*kinds[kind], text) for kind, text in blocks), id="stride", source="stride.md")  # type: ignore[arg-type]  # kinds are literal


def test_passages_of_two_sections() -> None:
    found = split_passages(
        article(("p", "First."), ("h", "Stride"), ("p", "Second. Third."), ("h", "Rest"), ("p", "Last."))
    )
    assert [(one.section, one.text) for one in found] == [
        ("", "First."),
        ("Stride", "Second. Third."),
        ("Rest", "Last."),
    ]
    assert [one.id for one in found] == ["stride#0", "stride#1", "stride#2"]


def test_long_section_parts_at_paragraphs() -> None:
    paragraph = " ".join([SENTENCE] * 4)
    found = split_passages(article(("h", "Stride"), ("p", paragraph), ("p", paragraph), ("p", "The end.")))
    assert [one.text for one in found] == [paragraph, f"{paragraph}\n\nThe end."]


def test_list_stays_with_its_lead_in() -> None:
    paragraph = " ".join([SENTENCE] * 4) + " Try these:"
    items = ["Bridges with both feet on the floor", "Planks on the elbows, half a minute"]
    found = split_passages(article(("p", paragraph), *(("i", item) for item in items)))
    assert [one.text for one in found][1:] == ["\n\n".join(["Try these:", *items])]


def test_few_last_words_join_the_passage_before() -> None:
    paragraph = " ".join([SENTENCE] * 4)
    assert len(split_passages(article(("p", paragraph), ("p", "That is all.")))) == 1


def test_heading_alone_has_no_passage() -> None:
    assert split_passages(article(("h", "Stride"))) == ()


def test_one_endless_sentence_is_one_passage() -> None:
    endless = "step " * 500 + "end."
    assert [one.text for one in split_passages(article(("p", endless)))] == [endless]


BLOCKS = st.lists(
    st.tuples(
        st.sampled_from("hppppii"),
        st.lists(st.sampled_from(["Go.", "Try these:", SENTENCE, SENTENCE * 3, "no stop"]), min_size=1, max_size=9).map(
            " ".join
        ),
    ),
    max_size=15,
)


@given(BLOCKS)
def test_every_sentence_that_is_no_heading_stands_in_one_passage(blocks: list[tuple[str, str]]) -> None:
    whole = article(*blocks)
    passages = split_passages(whole)
    for passage in passages:
        assert whole.text[passage.start : passage.end] == passage.text
        assert passage.text.strip()
    for sentence in split_sentences(whole):
        holders = [one for one in passages if one.start <= sentence.start and sentence.end <= one.end]
        block = whole.blocks[sentence.block]
        assert len(holders) == (0 if block.kind == "heading" else 1)
        assert all(one.section == whole.heading_of(block) for one in holders)
    for earlier, later in pairwise(passages):
        assert earlier.end <= later.start


@given(st.integers(1, 60))
def test_passages_have_a_good_length(count: int) -> None:
    lengths = [len(one.text.split()) for one in split_passages(article(("p", " ".join([SENTENCE] * count))))]
    assert all(length <= MOST_WORDS + 12 for length in lengths)
    assert all(length >= 40 for length in lengths[:-1])
