"""HTML: the main text with its headings and lists, the page's metadata, and pages that are odd."""

from pathlib import Path

import pytest

from corpus.articles import Article
from corpus.errors import ArticleError
from corpus.passages import split_sentences
from corpus.web import article_from_html

PAGE = """<!doctype html><html lang="en"><head><title>Tight hips | Runsite</title>
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2023-04-05T10:00:00Z">
<link rel="canonical" href="https://example.org/hips"><script>var x="bad";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/b">Blog</a></li></ul></nav>
<header><h1>Tight hips and your stride</h1></header>
<article><p>Sitting all day shortens the <b>hip flexors</b>, and that&nbsp;tilts the pelvis forward.
<a href="/x">Many runners</a> feel it first in the low back.<br>It gets worse with speed.</p>
<h2>Why does it happen?</h2><p>Long hours in a chair keep the hips bent. Over weeks the muscles adapt and the glutes
switch off, which makes every step harder.</p>
<ul><li>Short strides<ul><li>on hills</li></ul></li><li>Sore lower back</li><li><p>Stiff <i>glutes</i></p></li></ul>
<h2>What helps</h2><ol><li>Stretch the hip flexors daily.</li><li>Wake up the glutes before a run.</li></ol>
<p>See a professional if pain stays longer than two weeks or wakes you at night.</p>
</article><footer>Copyright 2023 Runsite. All rights reserved.</footer></body></html>"""


def read(text: str) -> Article:
    return article_from_html(text, id="hips", source="hips.html", path=Path("hips.html"))


def outline(text: str) -> list[tuple[str, str]]:
    article = read(text)
    return [(f"{block.kind[0]}{block.level or ''}", article.text[block.start : block.end]) for block in article.blocks]


def test_main_text_with_headings_and_lists() -> None:
    assert outline(PAGE) == [
        ("h1", "Tight hips and your stride"),
        (
            "p",
            "Sitting all day shortens the hip flexors, and that\u00a0tilts the pelvis forward. Many runners feel it"
            " first in the low back.",
        ),
        ("p", "It gets worse with speed."),
        ("h2", "Why does it happen?"),
        (
            "p",
            "Long hours in a chair keep the hips bent. Over weeks the muscles adapt and the glutes switch off, which"
            " makes every step harder.",
        ),
        ("i1", "Short strides"),
        ("i2", "on hills"),
        ("i1", "Sore lower back"),
        ("i1", "Stiff glutes"),
        ("h2", "What helps"),
        ("i1", "Stretch the hip flexors daily."),
        ("i1", "Wake up the glutes before a run."),
        ("p", "See a professional if pain stays longer than two weeks or wakes you at night."),
    ]


def test_metadata_of_the_page() -> None:
    article = read(PAGE)
    assert article.title == "Tight hips and your stride"
    assert (article.url, article.author, article.date) == ("https://example.org/hips", "Ann Lee", "2023-04-05")


def test_page_too_short_for_the_extractor() -> None:
    assert outline("<html><body><nav>Home</nav><h1>Hips</h1><p>They tilt.</p><ul><li>Often</ul></body></html>") == [
        ("h1", "Hips"),
        ("p", "They tilt."),
        ("i1", "Often"),
    ]


def test_bold_paragraph_is_a_heading() -> None:
    filler = "<p>Runners who sit all day often have short hip flexors, and these tilt the pelvis at every step.</p>" * 3
    page = f"<html><body><article>{filler}<p><b>Why it hurts</b></p>{filler}</article></body></html>"
    assert ("h3", "Why it hurts") in outline(page)


def test_xml_declaration_and_comments_are_no_text() -> None:
    text = (
        '<?xml version="1.0" encoding="latin-1"?><!-- a --><html><body><p>Hips tilt.<!-- b --> Often.</p></body></html>'
    )
    assert outline(text) == [("p", "Hips tilt. Often.")]


@pytest.mark.parametrize("text", ["<div>" * 3000 + "Hips tilt." + "</div>" * 3000, "<ul><li>" * 500 + "Hips"])
def test_deep_nesting_is_read_or_refused(text: str) -> None:
    try:
        article = read(f"<html><body>{text}</body></html>")
    except ArticleError:
        return
    assert all(article.text[one.start : one.end] for one in split_sentences(article))
