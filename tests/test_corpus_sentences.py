"""Sentences: where they end in text as the web writes it, and offsets that hold for any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import split_sentences
from corpus.plain import article_from_text
from corpus.sentences import sentence_spans

# Each row is a block as its sentences: joined with one space, it must come apart again at the same places.
JOINED = [
    ["Tight calves pull on the heel.", "That hurts."],
    ["Some foods help e.g oats, rice and so on.", "Others don't."],
    ["Stretch the big ones, i.e. the calves and quads, first."],
    ["It spreads to hips, groin etc... and then the back gives in."],
    ["It spreads to hips, groin etc...", "Then the back gives in."],
    ["Train at the end of the range .... i.e when they are tired!", "Not before."],
    ["Ask Dr. Moss or Mrs. Lind at St. Mary's.", "They know."],
    ["Runners vs. walkers: approx. 3 times the load.", "More on hills."],
    ["See Fig. 2 and No. 1 in the list.", "It is on p. 12."],
    ["The L4-L5 disc bears 1.5 times the weight.", "At 2.5 km/h it is less."],
    ["Does it hurt?!", "Then rest!?", "Yes."],
    ["“Does it hurt?” asked the coach.", "“Not yet.”", "So we went on."],
    ["He said “rest.”", "We ran."],
    ["We ran (slowly.)", "It hurt (a lot!) on the hill.", "Then it stopped."],
    ["The warm-up (any kind, really!) helps you move."],
    ["Read www.example.org/a.Html or mail to coach@example.org.", "Thanks."],
    ["In the U.S. Army they march.", "In the U.S. they run too."],
    ["We start at 6 a.m. and finish late.", "We start at 6 a.m.", "Nobody likes it."],
    ["J. Smith wrote it with John F. Kerr.", "Take vitamin C.", "It helps."],
    ["1. Stand tall and look ahead.", "Then lean."],
    ["It was 2010.", "The shoes were thin."],
    ["Rest is over … and the knee swells.", "Ice helps."],
    ["Wait…", "Then go."],
    ["The study (Lee et al. 2019) found nothing.", "We agree."],
    ["Yes!", "No?", "Perhaps."],
    ["膝が痛い。", "休む。"],
]


@pytest.mark.parametrize("sentences", JOINED, ids=lambda sentences: sentences[0][:30])
def test_block_comes_apart_at_its_sentences(sentences: list[str]) -> None:
    block = " ".join(sentences)
    assert [block[start:end] for start, end in sentence_spans(block, 0, len(block))] == sentences


@pytest.mark.parametrize(
    ("block", "sentences"),
    [
        ("Hips get stiff.Then the back hurts.", ["Hips get stiff.", "Then the back hurts."]),
        ("It hurts!Rest now?Or later.", ["It hurts!", "Rest now?", "Or later."]),
        ("Run 5 km.A rest day follows.", ["Run 5 km.", "A rest day follows."]),
        ("Short\u00a0steps help.\u00a0Long ones\u00a0don't.", ["Short\u00a0steps help.", "Long ones\u00a0don't."]),
        ("  Short steps.   Long rests.\n", ["Short steps.", "Long rests."]),
        ("Short steps\nLong rests", ["Short steps", "Long rests"]),
        ("Short steps\nare best", ["Short steps\nare best"]),
        ("Try node.Js or file.Txt today.", ["Try node.Js or file.Txt today."]),
        ("... and so on", ["... and so on"]),
        ("?!", ["?!"]),
        ("It aches. . .", ["It aches. . ."]),
    ],
)
def test_unusual_spacing(block: str, sentences: list[str]) -> None:
    assert [block[start:end] for start, end in sentence_spans(block, 0, len(block))] == sentences


WEB_TEXT = st.text(alphabet=st.sampled_from("aB1 .,!?…\"”)(\n\u00a0•-—'eigtc/@:。é\u0301\u200b"), max_size=80)


@given(st.one_of(st.text(max_size=80), WEB_TEXT), st.integers(0, 5), st.integers(0, 5))
def test_spans_are_ordered_disjoint_trimmed_and_cover_all(text: str, before: int, after: int) -> None:
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - after)
    spans = sentence_spans(text, start, end)
    last = start
    for begin, finish in spans:
        assert last <= begin < finish <= end
        assert not text[last:begin].strip()
        assert text[begin:finish] == text[begin:finish].strip()
        last = finish
    assert not text[last:end].strip()


@given(st.one_of(st.text(max_size=200), WEB_TEXT))
def test_sentences_of_an_article_cover_its_blocks(text: str) -> None:
    article = article_from_text(text, id="any")
    covered = {index for one in split_sentences(article) for index in range(one.start, one.end)}
    for number, block in enumerate(article.blocks):
        for index in range(block.start, block.end):
            assert index in covered or article.text[index].isspace(), (number, index)
    for sentence in split_sentences(article):
        block = article.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end


@pytest.mark.parametrize("part", ["a. ", ". ", "a.A", "(a. ", "!", "http://a.B", "A. ", "\n"])
def test_time_grows_with_length_only(part: str) -> None:
    block = part * (200_000 // len(part)) + "a"
    begun = time.perf_counter()
    sentence_spans(block, 0, len(block))
    assert time.perf_counter() - begun < 5  # quadratic work would take minutes
