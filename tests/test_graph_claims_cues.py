"""Every cue of the list must find its own example: cause, effect and nothing else."""

import pytest
from spacy.tokens import Doc

from graph.claims.cues import Cue, load_cues
from graph.claims.parsing import parse
from graph.claims.rules import proposals_of


@pytest.fixture(scope="module")
def docs() -> dict[str, Doc]:
    cues = load_cues()
    return dict(zip((cue.rule for cue in cues), parse(cue.example for cue in cues), strict=True))


def test_every_rule_has_one_name() -> None:
    names = [cue.rule for cue in load_cues()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("cue", load_cues(), ids=lambda cue: cue.rule)
def test_cue_finds_its_example(cue: Cue, docs: dict[str, Doc]) -> None:
    found = [
        (cue_found.rule, cue.example[cause.start : cause.end], cue.example[effect.start : effect.end], cue_found.sign)
        for cue_found in proposals_of(docs[cue.rule])
        for cause in cue_found.causes
        for effect in cue_found.effects
    ]
    assert found == [(cue.rule, cue.cause, cue.effect, cue.sign)]
