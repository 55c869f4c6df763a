"""Plain text of different makes: headings that only looks tell, lists, wrapped lines; words kept letter for letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.articles import Article
from corpus.passages import split_sentences
from corpus.plain import article_from_text


def outline(text: str) -> list[tuple[str, str]]:
    article = article_from_text(text, id="any")
    return [(f"{block.kind[0]}{block.level or ''}", article.text[block.start : block.end]) for block in article.blocks]


BLOG = """Why My Shins Hurt [And What Helped]

I ran on roads for years, and my shins got sore.

Why do shins hurt?

The bone takes up shock. It's worse when the calves are tired.

sore shins

Is it the shoes? Perhaps, but mostly it is sudden mileage.

3 Ways to Calm Sore Shins

1) Softer ground –

Grass spares the bone.

2) Shorter steps -

A short step lands softer.

Shorter steps

Count them for a minute.

3- Rest

Rest lets the bone catch up.

All shins differ:

What helps one runner may not help you."""


def test_blog_with_implied_headings() -> None:
    assert outline(BLOG) == [
        ("h1", "Why My Shins Hurt [And What Helped]"),
        ("p", "I ran on roads for years, and my shins got sore."),
        ("h2", "Why do shins hurt?"),
        ("p", "The bone takes up shock. It's worse when the calves are tired."),
        ("p", "sore shins"),
        ("p", "Is it the shoes? Perhaps, but mostly it is sudden mileage."),
        ("h2", "3 Ways to Calm Sore Shins"),
        ("h3", "Softer ground"),
        ("p", "Grass spares the bone."),
        ("h3", "Shorter steps"),
        ("p", "A short step lands softer."),
        ("h3", "Shorter steps"),
        ("p", "Count them for a minute."),
        ("h3", "Rest"),
        ("p", "Rest lets the bone catch up."),
        ("h2", "All shins differ:"),
        ("p", "What helps one runner may not help you."),
    ]
    assert article_from_text(BLOG, id="any").text == BLOG


WRAPPED = """COMING BACK
===========

When you rest for more than a few weeks your calves lose
strength, so the first runs load the tendon more. Dr.
Ruiz calls it the trap of
Tuesday.

WHAT TO DO

  * Walk first, which wakes
    up the feet.
  * Add a minute.

1. Walk.
2. Run, but only after approx.
   two weeks.

Pain that stays means that you went too far.
"""


def test_hard_wrapped_text_with_lists() -> None:
    assert outline(WRAPPED) == [
        ("h1", "COMING BACK"),
        (
            "p",
            "When you rest for more than a few weeks your calves lose strength, so the first runs load the tendon more."
            " Dr. Ruiz calls it the trap of Tuesday.",
        ),
        ("h2", "WHAT TO DO"),
        ("i1", "Walk first, which wakes up the feet."),
        ("i1", "Add a minute."),
        ("i1", "Walk."),
        ("i1", "Run, but only after approx. two weeks."),
        ("p", "Pain that stays means that you went too far."),
    ]


RAGGED = """My coach always told me that hips
matter. I laughed until I went
to see Doctor Ana
Torres in Lisbon. She said that
my left hip dropped at every step,
which loaded the
lower back.

What did I do?
I did bridges every day
and it went.
"""


def test_text_broken_by_hand_at_any_width() -> None:
    assert outline(RAGGED) == [
        (
            "p",
            "My coach always told me that hips matter. I laughed until I went to see Doctor Ana Torres in Lisbon."
            " She said that my left hip dropped at every step, which loaded the lower back.",
        ),
        ("h2", "What did I do?"),
        ("p", "I did bridges every day and it went."),
    ]


PASTED = """Five Signs Your Shoes Are Done
Old shoes lose their bounce, and a flat sole sends more shock into the shin.
Sign 1: Your knees ache
Worn foam no longer soaks up the landing.
Sign 2: The heel leans
A tilted heel rolls the foot inward.
How long should shoes last?
Most last 500 to 800 km.Some die sooner.
Look for these:
Creases in the foam
A smooth outsole
Foam that you can press in
Holes
When in doubt, buy a new pair. Your shins will thank you."""


def test_text_pasted_from_a_page_line_by_line() -> None:
    assert outline(PASTED) == [
        ("h1", "Five Signs Your Shoes Are Done"),
        ("p", "Old shoes lose their bounce, and a flat sole sends more shock into the shin."),
        ("h2", "Your knees ache"),
        ("p", "Worn foam no longer soaks up the landing."),
        ("h2", "The heel leans"),
        ("p", "A tilted heel rolls the foot inward."),
        ("h2", "How long should shoes last?"),
        ("p", "Most last 500 to 800 km.Some die sooner."),
        ("p", "Look for these:"),
        ("i1", "Creases in the foam"),
        ("i1", "A smooth outsole"),
        ("i1", "Foam that you can press in"),
        ("i1", "Holes"),
        ("p", "When in doubt, buy a new pair. Your shins will thank you."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "• Lie down\n   – feel it\n   – hold it\n•Roll over",
            [("i1", "Lie down"), ("i2", "feel it"), ("i2", "hold it"), ("i1", "Roll over")],
        ),
        ("- one\n\n- two", [("i1", "one"), ("i1", "two")]),
        (
            "1. Warm up\n\n2. Run\n\n3. Walk\n\nThen rest for a day or two.",
            [("i1", "Warm up"), ("i1", "Run"), ("i1", "Walk"), ("p", "Then rest for a day or two.")],
        ),
        (
            "Hold it for 10 -15 secs.\n\n10 -15 secs are enough.",
            [("p", "Hold it for 10 -15 secs."), ("p", "10 -15 secs are enough.")],
        ),
        ("## Hips\n\nThey tilt.", [("h2", "Hips"), ("p", "They tilt.")]),
        ("Tight hips cause back pain", [("p", "Tight hips cause back pain")]),
        ("Why do hips hurt?", [("p", "Why do hips hurt?")]),
        ("1) Tight hips cause back pain", [("i1", "Tight hips cause back pain")]),
        (
            "So it helps?\n\nIt does.\n\nBy Ann Lee\n\nThe text goes on here.",
            [("h1", "So it helps?"), ("p", "It does."), ("p", "By Ann Lee"), ("p", "The text goes on here.")],
        ),
        (
            "A tip. Two.\n\nKEY POINTS\n\n* Stand tall",
            [("p", "A tip. Two."), ("h2", "KEY POINTS"), ("i1", "Stand tall")],
        ),
        ("It hurts.\n\nConclusion\n\nGo slow.", [("p", "It hurts."), ("h2", "Conclusion"), ("p", "Go slow.")]),
        (
            "Hips drop.\n\nlower back\n\nIt aches then.",
            [("p", "Hips drop."), ("p", "lower back"), ("p", "It aches then.")],
        ),
        ("First line.\n* * *\nSecond line.", [("p", "First line."), ("p", "Second line.")]),
        ("Hips\r\n\r\nThey tilt.\r\nOften.", [("h1", "Hips"), ("p", "They tilt."), ("p", "Often.")]),
    ],
)
def test_small_layouts(text: str, expected: list[tuple[str, str]]) -> None:
    assert outline(text) == expected


def test_one_line_keeps_every_offset() -> None:
    line = "  -  Tight\u00a0hips cause  back pain…\tReally! "
    article = article_from_text(line, id="any")
    assert article.text == line
    assert [article.text[one.start : one.end] for one in split_sentences(article)] == [
        "Tight\u00a0hips cause  back pain…",
        "Really!",
    ]


def test_title_is_given_or_found_or_the_id() -> None:
    assert article_from_text("A line. Another.", id="x/y", title="Hips").title == "Hips"
    assert article_from_text("Tight Hips\n\nThey tilt.", id="x/y").title == "Tight Hips"
    assert article_from_text("They tilt. They hurt.", id="x/y").title == "x/y"


def sound(article: Article) -> None:
    last = 0
    for index, block in enumerate(article.blocks):
        assert last <= block.start < block.end <= len(article.text)
        assert article.text[block.start : block.end].strip()
        assert -1 <= block.section <= index
        assert block.section < 0 or article.blocks[block.section].kind == "heading"
        assert (block.level == 0) == (block.kind == "paragraph")
        assert 0 <= block.level <= 6
        last = block.end


LAID_OUT = st.text(alphabet=st.sampled_from("aB1 .:?-=#*•\n\n\n\t)"), max_size=120)


@given(st.one_of(st.text(max_size=200), LAID_OUT))
def test_any_text_gives_sound_blocks_with_all_its_words(text: str) -> None:
    article = article_from_text(text, id="any")
    sound(article)
    storable = "".join("\ufffd" if one == "\0" or "\ud800" <= one <= "\udfff" else one for one in text)
    assert article.text.split() == storable.split() or not article.blocks
    in_blocks = {index for block in article.blocks for index in range(block.start, block.end)}
    outside = "".join(one for index, one in enumerate(article.text) if index not in in_blocks)
    # Markers may hold digits and a letter ("Step 3:", "a)"); no other word may be lost.
    assert all(len(word) <= 8 for word in outside.split() if word.isalpha())
