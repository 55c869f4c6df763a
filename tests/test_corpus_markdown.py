"""Markdown: rendered text, headings, lists, tables, and front matter with errors that name the line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.articles import Article
from corpus.errors import ArticleError
from corpus.markdown import article_from_markdown

PATH = Path("hips.md")


def read(text: str) -> Article:
    return article_from_markdown(text, id="hips", source="hips.md", path=PATH)


def outline(text: str) -> list[tuple[str, str]]:
    article = read(text)
    return [(f"{block.kind[0]}{block.level or ''}", article.text[block.start : block.end]) for block in article.blocks]


def test_inline_markup_goes_and_words_stay() -> None:
    assert outline(
        "# Tight *hips*\n\nThey **tilt** the [pelvis](http://a.b), `often` &amp; far\\*, it's ![alt](a.png)said."
    ) == [
        ("h1", "Tight hips"),
        ("p", "They tilt the pelvis, often & far*, it's said."),
    ]


def test_lists_nest_and_tables_give_their_cells() -> None:
    text = "Do:\n\n- Bridge\n  - slowly\n\n  Hold it.\n- Plank\n\n1. One\n2. Two\n\n"
    text += "| Drill | Sets |\n|---|---|\n| Skip | 3 |\n"
    assert outline(text) == [
        ("p", "Do:"),
        ("i1", "Bridge"),
        ("i2", "slowly"),
        ("p", "Hold it."),
        ("i1", "Plank"),
        ("i1", "One"),
        ("i1", "Two"),
        ("i1", "Drill"),
        ("i1", "Sets"),
        ("i1", "Skip"),
        ("i1", "3"),
    ]


def test_wrapped_paragraph_is_one_and_meant_lines_are_many() -> None:
    wrapped = "Tight hip flexors pull the pelvis down,\nand the lower back arches to keep you up, which\nhurts.\n"
    assert outline(wrapped) == [("p", wrapped.replace("\n", " ").strip())]
    assert outline("# Hips\n\nThey tilt. \nWhat helps?\nTry these:\nBridges\nPlanks\n") == [
        ("h1", "Hips"),
        ("p", "They tilt."),
        ("h2", "What helps?"),
        ("p", "Try these:"),
        ("i1", "Bridges"),
        ("i1", "Planks"),
    ]


def test_questions_are_no_headings_where_the_author_set_some() -> None:
    kinds = [kind for kind, _ in outline("# Hips\n\n## Why\n\nWhat helps?\n\nBridges help, and so do planks.\n")]
    assert kinds == ["h1", "h2", "p", "p"]


def test_bold_line_is_a_heading_and_bold_sentence_is_not() -> None:
    assert outline("Text first.\n\n**Why it hurts**\n\n**Rest.** Then run.\n\n**Never run on.**\n") == [
        ("p", "Text first."),
        ("h3", "Why it hurts"),
        ("p", "Rest. Then run."),
        ("p", "Never run on."),
    ]


def test_html_in_markdown_is_read_or_dropped() -> None:
    text = "<div><p>Hips <b>tilt</b>.</p><script>bad()</script></div>\n\n<!-- note -->\n\nA line.<br>Next <i>one</i>.\n"
    assert outline(text) == [("p", "Hips tilt."), ("p", "A line."), ("p", "Next one.")]


def test_code_is_nobodys_prose() -> None:
    assert outline("Before.\n\n```\nx causes y\n```\n\n    y causes z\n\nAfter.\n") == [
        ("p", "Before."),
        ("p", "After."),
    ]


FRONT = """---
title: "Hips: a tour"
url: https://a.b/hips
author: [Ann Lee, "Bo"]
date: 2024-05-31
licence: CC BY 4.0
tags: {a: 1}
---
Hips tilt.
"""


def test_front_matter_fills_the_fields() -> None:
    article = read(FRONT)
    assert (article.title, article.url, article.author) == ("Hips: a tour", "https://a.b/hips", "Ann Lee, Bo")
    assert (article.date, article.licence) == ("2024-05-31", "CC BY 4.0")
    assert article.text == "Hips: a tour\n\nHips tilt."
    assert article.blocks[0].kind == "heading"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-05-31", "2024-05-31"),
        ("2024-05-31 10:00:00 +0200", "2024-05-31"),
        ("2024-05-31T10:00:00Z", "2024-05-31"),
        ("May 31, 2024", "2024-05-31"),
        ("31 May 2024", "2024-05-31"),
        ("2024-05", "2024-05"),
        ("", ""),
    ],
)
def test_dates_become_iso(written: str, iso: str) -> None:
    assert read(f"---\ndate: {written}\n---\nHips tilt.\n").date == iso


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: Hips: a tour", 2),
        ("title: Hips\nauthor: [Ann", 3),
        ("title: Hips\nurl: {a: b}", 3),
        ("title: Hips\n\ndate: 2024-13-45", 4),
        ("title: Hips\ndate: last spring", 3),
        ("title: Hips\n\tauthor: Ann", 3),
    ],
)
def test_broken_front_matter_names_file_and_line(front: str, line: int) -> None:
    with pytest.raises(ArticleError, match=rf"hips\.md, line {line}: .+; write"):
        read(f"---\n{front}\n---\nHips tilt.\n")


def test_unclosed_front_matter_is_refused_and_a_rule_is_none() -> None:
    with pytest.raises(ArticleError, match=r"hips\.md, line 1: .*never closed"):
        read("---\ntitle: Hips\n\nHips tilt.\n")
    assert outline("---\n\nHips tilt.\n") == [("p", "Hips tilt.")]
    assert outline("---\nHips tilt.\n\n---\n\nMore.\n")[0] == ("p", "Hips tilt.")


def test_deeply_nested_yaml_is_an_article_error() -> None:
    with pytest.raises(ArticleError, match="line"):
        read("---\ntitle: " + "[" * 5000 + "\n---\nHips.\n")


@given(st.text(alphabet=st.sampled_from("ab#*-_[]()<>!`|>1. \n\t&\\:\"'"), max_size=120))
def test_any_markdown_gives_ordered_blocks(text: str) -> None:
    try:
        article = read(text)
    except ArticleError:
        return
    last = 0
    for block in article.blocks:
        assert last <= block.start < block.end <= len(article.text)
        assert article.text[block.start : block.end].strip()
        last = block.end
