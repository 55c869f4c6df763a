"""The chain view's layout: nothing lies on anything, and the same input stands in the same place."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from views.layout import Arrow, Card, Layout, count_columns, lay_out, wrap

NAMES = ["pain", "tight hamstrings", "an imbalance all along the kinetic chain", "sitting", "a", "stiff glutes", "run"]


def cards(*ids: str) -> list[Card]:
    return [Card(id, id, "condition") for id in ids]


def arrow(cause: str, effect: str, belief: float = 0.5) -> Arrow:
    return Arrow(f"{cause}>{effect}", cause, effect, 1, belief, False, "leads to")


@st.composite
def drawings(draw: st.DrawFn) -> tuple[list[Card], list[Arrow]]:
    count = draw(st.integers(1, 14))
    some = [Card(f"c{i}", draw(st.sampled_from(NAMES)), "condition", draw(st.floats(0, 1))) for i in range(count)]
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    pairs = draw(st.sets(ends, max_size=30))
    return some, [arrow(f"c{a}", f"c{b}", draw(st.floats(0.01, 1))) for a, b in sorted(pairs)]


def column_of(layout: Layout) -> dict[str, int]:
    return {placed.card.id: placed.column for placed in layout.cards}


@settings(max_examples=150, deadline=None)
@given(drawings(), st.booleans())
def test_no_arrow_runs_through_a_card_and_no_card_lies_on_another(
    drawing: tuple[list[Card], list[Arrow]], to_right: bool
) -> None:
    layout = lay_out(*drawing, focus="c0", to_right=to_right)
    by_column: dict[int, list[tuple[float, float]]] = {}
    for placed in layout.cards:
        by_column.setdefault(placed.column, []).append((placed.top, placed.top + placed.height))
    for spans in by_column.values():
        for (_, bottom), (top, _) in zip(sorted(spans), sorted(spans)[1:], strict=False):
            assert top >= bottom + 8
    for placed_arrow in layout.arrows:
        for column, y in placed_arrow.way[1:-1]:
            assert all(y <= top - 8 or y >= bottom + 8 for top, bottom in by_column[column])


@settings(max_examples=100, deadline=None)
@given(drawings(), st.booleans())
def test_every_way_goes_right_column_by_column_and_ends_at_its_cards(
    drawing: tuple[list[Card], list[Arrow]], to_right: bool
) -> None:
    layout = lay_out(*drawing, focus="c0", to_right=to_right)
    boxes = {placed.card.id: placed for placed in layout.cards}
    for placed in layout.arrows:
        left, right = placed.arrow.cause, placed.arrow.effect
        if placed.backwards:
            left, right = right, left
        assert [column for column, _ in placed.way] == list(range(boxes[left].column, boxes[right].column + 1))
        for box, (_, y) in ((boxes[left], placed.way[0]), (boxes[right], placed.way[-1])):
            assert box.top <= y <= box.top + box.height


@settings(max_examples=60, deadline=None)
@given(drawings(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(drawing: tuple[list[Card], list[Arrow]], random: object) -> None:
    some, arrows = drawing
    again = list(arrows)
    random.shuffle(again)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    once, twice = lay_out(some, arrows, focus="c0"), lay_out(some, again, focus="c0")
    assert column_of(once) == column_of(twice)
    assert lay_out(some, arrows, focus="c0") == once


def test_longest_paths_make_the_columns_and_the_focus_stands_last() -> None:
    arrows = [arrow("a", "b"), arrow("b", "pain"), arrow("a", "pain"), arrow("x", "pain")]
    assert column_of(lay_out(cards("a", "b", "x", "pain"), arrows, focus="pain")) == {"a": 0, "b": 1, "x": 1, "pain": 2}


def test_what_follows_stands_right_of_the_focus() -> None:
    arrows = [arrow("sit", "hips"), arrow("hips", "pain"), arrow("sit", "pain")]
    layout = lay_out(cards("pain", "hips", "sit"), arrows, focus="sit", to_right=False)
    assert column_of(layout) == {"sit": 0, "hips": 1, "pain": 2}


def test_the_weakest_arrow_of_a_loop_runs_backwards() -> None:
    arrows = [arrow("pain", "rest", 0.2), arrow("rest", "weak", 0.9), arrow("weak", "pain", 0.8)]
    layout = lay_out(cards("pain", "rest", "weak"), arrows, focus="pain")
    assert {placed.arrow.id: placed.backwards for placed in layout.arrows} == {
        "pain>rest": True,
        "rest>weak": False,
        "weak>pain": False,
    }


def test_arrows_to_unknown_cards_and_to_oneself_are_not_drawn() -> None:
    assert lay_out(cards("a"), [arrow("a", "a"), arrow("a", "b")]).arrows == ()


def test_an_empty_drawing_has_no_size() -> None:
    assert lay_out([], []) == Layout((), (), 0, 0.0)


def test_a_card_grows_with_the_arrows_that_meet_it() -> None:
    ids = [f"c{i}" for i in range(12)]
    layout = lay_out(cards(*ids, "pain"), [arrow(id, "pain") for id in ids], focus="pain")
    ends = sorted(placed.way[-1][1] for placed in layout.arrows)
    assert min(b - a for a, b in itertools.pairwise(ends)) >= 12


def test_columns_are_counted_without_drawing() -> None:
    assert count_columns([arrow("a", "b"), arrow("b", "c")]) == 3
    assert count_columns([]) == 0


def test_names_wrap_at_words_and_end_in_an_ellipsis() -> None:
    assert wrap("tight hamstrings") == ("tight hamstrings",)
    assert wrap("an imbalance all along the kinetic chain of a runner") == (
        "an imbalance all",
        "along the kinetic",
        "chain of a runner",
    )
    assert wrap("one two three four five six seven eight nine ten eleven twelve")[-1].endswith("…")
    assert wrap("pneumonoultramicroscopicsilicovolcanoconiosis") == ("pneumonoultramicr…",)
    assert wrap("") == ("",)
