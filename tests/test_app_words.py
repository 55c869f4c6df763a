"""Text from articles in labels, links and tables."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.concepts import Concept
from views.words import kind_of, plain, table, web_address


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("  https://example.org/  ", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//example.org/x", False),
        ("https://", False),
        ("file:///etc/passwd", False),
        ("http://[broken", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, kept: bool) -> None:
    assert web_address(url) == (url.strip() if kept else "")


@given(st.text(alphabet="ab `*_{}[]()<>#+-.!|~$:&@/\\\n", max_size=40))
def test_no_markup_survives_in_a_label(text: str) -> None:
    escaped = plain(text)
    kept = iter(escaped)
    for letter in kept:
        if letter == "\\":
            next(kept)
        else:
            assert letter not in "`*_{}[]()<>#+-.!|~$:&@/"


def test_an_image_in_a_title_is_not_fetched() -> None:
    assert plain("![x](https://evil.example/x.png)") == r"\!\[x\]\(https\:\/\/evil\.example\/x\.png\)"


def test_a_spreadsheet_takes_no_cell_for_a_formula() -> None:
    text = table(("cause", "belief"), [("=HYPERLINK(1)", 0.5), ("-1+1", -0.25), ("knee, pain", 1)])
    assert list(csv.reader(io.StringIO(text))) == [
        ["cause", "belief"],
        ["'=HYPERLINK(1)", "0.5"],
        ["'-1+1", "-0.25"],
        ["knee, pain", "1"],
    ]


@pytest.mark.parametrize(
    ("concept", "kind"),
    [
        (Concept("knee/pain", "condition", "knee pain", "knee", "pain"), "symptom"),
        (Concept("hips/tightness", "condition", "tight hips", "hips", "tightness"), "condition"),
        (Concept("sitting", "behaviour", "sitting"), "habit"),
        (Concept("open/x", "open", "x"), "open"),
    ],
)
def test_kinds_of_cards(concept: Concept, kind: str) -> None:
    assert kind_of(concept) == kind
