import pytest

from graph.telling import tell


@pytest.mark.parametrize(
    ("names", "signs", "told"),
    [
        (["tight hips", "pelvis tilt", "back pain"], [1, 1], "tight hips raise pelvis tilt, which raises back pain"),
        (["back pain", "sleep"], [-1], "back pain lowers sleep"),
        (["glute bridges", "lower back pain"], [-1], "glute bridges reduce lower back pain"),
        (["yoga", "lower back pain", "sleep"], [-1, -1], "yoga reduces lower back pain, which lowers sleep"),
    ],
)
def test_a_chain_is_told_in_plain_words(names: list[str], signs: list[int], told: str) -> None:
    assert tell(names, signs) == told  # type: ignore[arg-type]  # signs of a table are plain numbers
