"""What a view shows: the best believed around a focus, with what was asked to be kept out or passed through."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import pytest

from graph.assembly import CausalGraph, Relation
from graph.concepts import Certainty, Claim, Concept, Phrase, Sign
from views.bodymap import body_map, pain_regions
from views.drawing import chain_data, left_out
from views.overview import look_over
from views.picture import Wish, cue_of, draw, relation_id, relation_of, take_picture
from views.words import kind_of

Edge = tuple[str, str, Sign, float]


def claim(cause: str, effect: str, sign: Sign, said: Sign, cue: str) -> Claim:
    quote = f"{cause} {cue} {effect}."
    start = len(cause) + 1
    end = start + len(cue)
    return Claim(
        key=quote,
        article="a",
        quote=quote,
        start=0,
        end=len(quote),
        cause=Phrase(cause, 0, len(cause)),
        effect=Phrase(effect, end + 1, end + 1 + len(effect)),
        cue=Phrase(cue, start, end),
        cause_concept=cause,
        effect_concept=effect,
        sign=sign,
        said=said,
        certainty=Certainty.ASSERTED,
        rule="test",
    )


def relation(cause: str, effect: str, sign: Sign, belief: float, *claims: Claim) -> Relation:
    evidence = {(cause, effect): claims or (claim(cause, effect, sign, sign, "leads to"),)}
    plus, minus = (belief, 0.0) if sign > 0 else (0.0, belief)
    return Relation(cause, effect, sign, belief, plus, minus, Certainty.ASSERTED, 1, 1, evidence)


def concept(id: str) -> Concept:
    structure, _, state = id.partition("/")
    if state:
        return Concept(id, "condition", f"{state} of the {structure}", structure, state)
    return Concept(id, "remedy" if id.startswith("stretch") else "behaviour", id)


def graph(edges: Iterable[Edge]) -> CausalGraph:
    relations = {(cause, effect): relation(cause, effect, sign, belief) for cause, effect, sign, belief in edges}
    ids = {id for pair in relations for id in pair}
    return CausalGraph({id: concept(id) for id in ids}, relations)


PAIN = "lower-back/pain"
BODY = graph(
    [
        ("sitting", "hip-flexors/tightness", 1, 0.8),
        ("hip-flexors/tightness", "pelvis/instability", 1, 0.5),
        ("pelvis/instability", PAIN, 1, 0.9),
        ("hamstrings/tightness", PAIN, 1, 0.6),
        ("overstriding", "hamstrings/tightness", 1, 0.4),
        ("stretching", "hamstrings/tightness", -1, 0.7),
        (PAIN, "sitting", 1, 0.2),
        ("denied", PAIN, 1, 0.0),
    ]
)


def shown(wish: Wish, of: CausalGraph = BODY) -> set[str]:
    return set(take_picture(of, wish).nearness)


def test_depth_counts_the_links_to_the_focus() -> None:
    assert shown(Wish(PAIN, depth=1)) == {PAIN, "pelvis/instability", "hamstrings/tightness"}
    assert "sitting" not in shown(Wish(PAIN, depth=2))
    assert "sitting" in shown(Wish(PAIN, depth=3))


def test_what_follows_goes_the_other_way() -> None:
    assert shown(Wish("sitting", why=False, depth=2)) == {"sitting", "hip-flexors/tightness", "pelvis/instability"}


def test_a_relation_that_is_only_denied_is_not_drawn() -> None:
    assert "denied" not in shown(Wish(PAIN, depth=6))


def test_nearness_is_the_belief_of_the_best_way() -> None:
    nearness = take_picture(BODY, Wish(PAIN)).nearness
    assert nearness["sitting"] == pytest.approx(0.8 * 0.5 * 0.9)
    assert nearness["stretching"] == pytest.approx(0.7 * 0.6)


def test_weak_relations_hidden_kinds_and_what_is_avoided_stay_out_with_what_lies_behind() -> None:
    assert shown(Wish(PAIN, belief=0.55)) == {PAIN, "pelvis/instability", "hamstrings/tightness", "stretching"}
    assert "stretching" not in shown(Wish(PAIN, hidden=frozenset({"remedy"})))
    left = shown(Wish(PAIN, avoid=("pelvis/instability",)))
    assert left == {PAIN, "hamstrings/tightness", "overstriding", "stretching"}


def test_only_ways_through_a_concept() -> None:
    assert shown(Wish(PAIN, via=("hamstrings/tightness",))) == {
        PAIN,
        "hamstrings/tightness",
        "overstriding",
        "stretching",
    }


def test_only_what_lowers_it_with_the_ways_there() -> None:
    assert shown(Wish(PAIN, sign=-1)) == {PAIN, "hamstrings/tightness", "stretching"}
    assert "stretching" not in shown(Wish(PAIN, sign=1))


def test_few_cards_are_the_nearest_and_the_rest_is_counted() -> None:
    picture = take_picture(BODY, Wish(PAIN, most=3))
    assert set(picture.nearness) == {PAIN, "pelvis/instability", "hamstrings/tightness"}
    assert picture.cards_left_out == 4
    assert left_out(picture) == "3 concepts shown, 4 weaker concepts left out"


def test_every_card_keeps_its_way_to_the_focus_and_the_drawing_stays_narrow() -> None:
    ids = [f"c{i}" for i in range(20)]
    edges: list[Edge] = [(id, PAIN, 1, 0.9 - i / 100) for i, id in enumerate(ids)]
    edges += [(one, other, 1, 0.3) for one, other in pairwise(ids)]
    picture = take_picture(graph(edges), Wish(PAIN, depth=2, most=40))
    assert {(id, PAIN) for id in ids} <= {each.key for each in picture.relations}
    assert picture.arrows_left_out > 0
    assert draw(graph(edges), picture).columns <= 3


def test_an_arrow_is_found_again_by_its_name() -> None:
    name = relation_id(("hamstrings/tightness", PAIN))
    assert relation_of(BODY, name) is BODY.relations["hamstrings/tightness", PAIN]
    assert relation_of(BODY, "nobody>nothing") is None
    assert relation_of(BODY, "sitting") is None


def test_the_label_is_the_authors_verb_unless_it_says_the_reverse() -> None:
    straight = relation("a", "b", 1, 0.5, claim("a", "b", 1, -1, "eases"), claim("a", "b", 1, 1, "Leads\nto"))
    assert cue_of(straight) == "leads to"
    assert cue_of(relation("a", "b", 1, 0.5, claim("a", "b", 1, -1, "eases"))) == "raises"
    assert cue_of(relation("a", "b", -1, 0.5, claim("a", "b", -1, -1, "Why"))) == "lowers"
    assert cue_of(relation("a", "b", 1, 0.5, claim("a", "b", 1, 1, "report"))) == "raises"
    for silent in ("is", "gets", "?"):
        assert cue_of(relation("a", "b", 1, 0.5, claim("a", "b", 1, 1, silent))) == "raises"
    listed = replace(claim("a", "b", -1, -1, "Six ways to ease"), rule="list/remedies")
    assert cue_of(relation("a", "b", -1, 0.5, listed)) == "lowers"


def test_the_chain_view_gets_every_card_and_arrow_with_a_name_for_the_ear() -> None:
    picture = take_picture(BODY, Wish(PAIN))
    data = chain_data(BODY, draw(BODY, picture), picture.relations, PAIN)
    cards, arrows = data["cards"], data["arrows"]
    assert isinstance(cards, list) and isinstance(arrows, list)
    assert [card["id"] for card in cards if card["focus"]] == [PAIN]
    told = next(arrow["label"] for arrow in arrows if arrow["id"] == "stretching>hamstrings/tightness")
    assert told == "stretching lowers tightness of the hamstrings, “leads to”, belief 0.70, 1 claim"


def test_the_body_map_numbers_regions_from_cause_to_effect() -> None:
    from graph.vocabulary import load_vocabulary

    picture = take_picture(BODY, Wish(PAIN))
    data = body_map(BODY, load_vocabulary(), picture, draw(BODY, picture))
    cards = data["cards"]
    assert isinstance(cards, list)
    told = [(card["number"], card["title"], card["role"]) for card in cards]
    assert told[-1] == (4, "Lower back", "target")
    assert {(title, role) for _, title, role in told} == {
        ("Hip flexors", "start"),
        ("Hamstrings", "start"),
        ("Pelvis", "between"),
        ("Lower back", "target"),
    }
    arrows = data["arrows"]
    assert isinstance(arrows, list)
    assert {(arrow["from"], arrow["to"]) for arrow in arrows} == {
        ("hip-flexors", "pelvis"),
        ("pelvis", "lower-back"),
        ("hamstrings", "lower-back"),
    }
    assert data["note"] == "Not on the body: sitting, overstriding."


def test_the_body_offers_the_pain_with_most_causes() -> None:
    from graph.vocabulary import load_vocabulary

    assert pain_regions(BODY, load_vocabulary()) == {"lower-back": PAIN}
    assert kind_of(BODY.concepts[PAIN]) == "symptom"


def names(data: dict[str, object]) -> dict[str, str]:
    cards = data["cards"]
    assert isinstance(cards, list)
    return {card["id"]: card["kindWord"] for card in cards}


def test_the_overview_shows_body_parts_and_opens_one() -> None:
    _, closed = look_over(BODY, ())
    assert names(closed) == {
        "behaviour": "3 concepts",
        "remedy": "1 concept",
        "hip-flexors": "1 concept",
        "pelvis": "1 concept",
        "hamstrings": "1 concept",
        "lower-back": "1 concept",
    }
    overview, opened = look_over(BODY, ("behaviour", "no such group"))
    shown = names(opened)
    assert shown["sitting"] == shown["overstriding"] == "Habit"
    assert "behaviour" not in shown
    assert {"sitting", "overstriding"} <= {group.id for group in overview.groups if group.grouping == "concept"}


def test_an_opened_group_shows_each_of_its_concepts_before_other_links() -> None:
    habits: list[Edge] = [(f"habit-{i}", f"part-{i}/pain", 1, 0.5) for i in range(9)]
    crowd: list[Edge] = [(f"part-{i}/pain", f"part-{i + 1}/pain", 1, 0.9) for i in range(40)]
    _, drawing = look_over(graph([*habits, *crowd]), ("behaviour",))
    cards = drawing["cards"]
    assert isinstance(cards, list)
    assert {f"habit-{i}" for i in range(9)} <= {card["id"] for card in cards}


def test_a_phrase_as_written_gives_way_to_known_concepts_and_leaves_no_card_alone() -> None:
    edges: list[Edge] = [("mumble", PAIN, 1, 0.9), ("sitting", "mumble", 1, 0.9)]
    edges += [(f"habit-{i}", PAIN, 1, 0.6) for i in range(4)]
    plain = graph(edges)
    concepts = dict(plain.concepts) | {"mumble": Concept("mumble", "open", "mumble")}
    picture = take_picture(CausalGraph(concepts, dict(plain.relations)), Wish(PAIN, most=5))
    assert set(picture.nearness) == {PAIN, *(f"habit-{i}" for i in range(4))}
