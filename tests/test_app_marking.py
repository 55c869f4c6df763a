"""Article text cut at its marks: nothing is lost, nothing is added, the shortest mark wins."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.articles import Article, Block
from graph.concepts import Certainty, Claim, Phrase
from views.marking import Mark, blocks_at, claim_blocks, cut, marked_blocks

ROLES = ("quote", "cause", "cue", "effect", "word")
MARKS = st.lists(
    st.builds(Mark, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(ROLES), st.sampled_from(("", "k"))),
    max_size=8,
)


@given(st.text(max_size=50), st.integers(0, 10), MARKS)
def test_the_pieces_joined_are_the_text_letter_for_letter(text: str, start: int, marks: list[Mark]) -> None:
    segments = cut(text, start, marks)
    assert "".join(segment[0] for segment in segments) == text
    assert all(segment[0] for segment in segments)


@given(st.text(min_size=1, max_size=40), MARKS)
def test_every_letter_has_the_role_of_the_shortest_mark_over_it(text: str, marks: list[Mark]) -> None:
    at = 0
    for piece, *tail in cut(text, 0, marks):
        for offset in range(at, at + len(piece)):
            over = [mark for mark in marks if mark.start <= offset < mark.end]
            shortest = min((mark.end - mark.start for mark in over), default=0)
            allowed = {(mark.role, mark.name) for mark in over if mark.end - mark.start == shortest}
            assert tuple(tail) in allowed if over else tail == []
        at += len(piece)


def test_cause_cue_and_effect_lie_inside_the_quote() -> None:
    text = "Before. Sitting tightens hips. After."
    marks = [Mark(8, 30, "quote"), Mark(8, 15, "cause"), Mark(16, 24, "cue"), Mark(25, 29, "effect")]
    assert cut(text, 0, marks) == [
        ["Before. "],
        ["Sitting", "cause", ""],
        [" ", "quote", ""],
        ["tightens", "cue", ""],
        [" ", "quote", ""],
        ["hips", "effect", ""],
        [".", "quote", ""],
        [" After."],
    ]


def test_blocks_keep_their_offsets() -> None:
    text = "Why?\n\nSitting tightens hips.\n\n<script>alert(1)</script>"
    blocks = (Block("heading", 2, 0, 4, 0), Block("paragraph", 0, 6, 28, 0), Block("item", 1, 30, 55, 0))
    article = Article("a", "A", text, blocks, "a.md")
    assert blocks_at(article, 7, 8) == (blocks[1],)
    assert blocks_at(article, 4, 6) == ()
    shown = marked_blocks(article, blocks, [Mark(6, 13, "cause")])
    assert [block["segments"] for block in shown] == [
        [["Why?"]],
        [["Sitting", "cause", ""], [" tightens hips."]],
        [["<script>alert(1)</script>"]],
    ]


def test_of_a_claim_over_a_long_list_only_its_own_items_are_shown() -> None:
    rows = ["Ways to calm it", "Walk.", "Rest.", "Swim.", "Sleep."]
    text = "\n\n".join(rows)
    starts = [text.index(row) for row in rows]
    blocks = tuple(Block("item", 1, at, at + len(row), -1) for at, row in zip(starts, rows, strict=True))
    article = Article("a", "A", text, blocks, "a.md")
    cue, effect = Phrase("calm", 8, 12), Phrase("it", 13, 15)
    claim = Claim(
        key="k",
        article="a",
        quote=text[: starts[4]].rstrip(),
        start=0,
        end=starts[3] + 5,
        cause=Phrase("Swim", starts[3], starts[3] + 4),
        effect=effect,
        cue=cue,
        cause_concept="swimming",
        effect_concept="pain",
        sign=-1,
        said=-1,
        certainty=Certainty.ASSERTED,
        rule="test",
    )
    told = ["".join(segment[0] for segment in block["segments"]) for block in claim_blocks(article, claim)]  # type: ignore[attr-defined] # lists of lists
    assert told == ["Ways to calm it", "…", "Swim."]
