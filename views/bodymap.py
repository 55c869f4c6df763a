"""What the body map shows of a picture: regions with their part in the chain, numbered cards, arrows between."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.assembly import CausalGraph, Relation
from graph.concepts import Certainty, Concept
from graph.vocabulary import State, Vocabulary
from views.figure import load_figure
from views.layout import Layout
from views.picture import Picture, cue_of, relation_id
from views.words import kind_of

MOST_CARDS = 9
MOST_ARROWS = 7
CLOSE_UP = (300, 690)
"""Heights on the figure between which a region is well inside the close-up."""
REGION_WORDS = {"it-band": "IT band", "feet": "Feet", "core": "Core"}


Region = str


def region_of(concept: Concept, vocabulary: Vocabulary) -> Region:
    """The drawn region of a condition's structure, "" where it has none."""
    structure = vocabulary.structures.get(concept.structure) if concept.kind == "condition" else None
    return structure.region if structure and structure.region in load_figure().regions else ""


def region_name(region: Region) -> str:
    """A region as a heading: "hip-flexors" is "Hip flexors"."""
    return REGION_WORDS.get(region, region.replace("-", " ").capitalize())


def body_map(graph: CausalGraph, vocabulary: Vocabulary, picture: Picture, layout: Layout) -> dict[str, object]:
    """The data of the body component for a picture."""
    column = {placed.card.id: (placed.column, placed.top) for placed in layout.cards}
    by_region: dict[Region, list[Concept]] = defaultdict(list)
    elsewhere: list[str] = []
    for id in picture.nearness:
        concept = graph.concepts[id]
        region = region_of(concept, vocabulary)
        if region:
            by_region[region].append(concept)
        elif concept.kind != "remedy":
            elsewhere.append(concept.name)
    nearest = sorted(by_region, key=lambda region: -max(picture.nearness[c.id] for c in by_region[region]))[:MOST_CARDS]
    ordered = sorted(nearest, key=lambda region: min(column[concept.id] for concept in by_region[region]))
    where = {concept.id: region for region in ordered for concept in by_region[region]}
    arrows = _arrows(picture.relations, where)
    roles = _roles(ordered, arrows, where.get(picture.focus, ""), picture.why)
    cards = [_card(number, region, by_region[region], roles, vocabulary) for number, region in enumerate(ordered, 1)]
    return {
        "cards": cards,
        "regions": [{"region": card["region"], "label": card["label"], "role": card["role"]} for card in cards],
        "arrows": [_arrow(graph, relation, ends) for ends, relation in arrows.items()],
        "view": _view(ordered),
        "label": "Body map of this chain",
        "name": "kinetrace-body",
        "note": _note(elsewhere, len(by_region) - len(ordered)),
    }


def _card(
    number: int, region: Region, concepts: Iterable[Concept], roles: Mapping[Region, str], vocabulary: Vocabulary
) -> dict[str, object]:
    concepts = list(concepts)
    said = list(dict.fromkeys(_state_words(concept, vocabulary.states) for concept in concepts))
    note = ", ".join(said[:3]) + ("…" if len(said) > 3 else "")
    names = ", ".join(concept.name for concept in concepts)
    return {
        "number": number,
        "region": region,
        "title": region_name(region),
        "note": note,
        "role": roles[region],
        "label": f"{number}. {region_name(region)}: {names}",
    }


def _state_words(concept: Concept, states: Mapping[str, State]) -> str:
    state = states.get(concept.state)
    if state is None:
        return concept.name
    return state.adjectives[0] if state.adjectives else state.name


def _arrows(relations: Iterable[Relation], where: Mapping[str, Region]) -> dict[tuple[Region, Region], Relation]:
    """The best believed relation between each two regions, the best believed ones of all."""
    best: dict[tuple[Region, Region], Relation] = {}
    for relation in sorted(relations, key=lambda relation: (-relation.belief, relation.key)):
        ends = where.get(relation.cause, ""), where.get(relation.effect, "")
        if all(ends) and ends[0] != ends[1]:
            best.setdefault(ends, relation)
    return dict(list(best.items())[:MOST_ARROWS])


def _arrow(graph: CausalGraph, relation: Relation, ends: tuple[Region, Region]) -> dict[str, object]:
    cause, effect = (graph.concepts[id].name for id in relation.key)
    verb = cue_of(relation)
    return {
        "id": relation_id(relation.key),
        "from": ends[0],
        "to": ends[1],
        "sign": relation.sign,
        "belief": relation.belief,
        "hedged": relation.certainty is not Certainty.ASSERTED,
        "verb": verb,
        "label": f"{cause} → {effect}" + (f": “{verb}”" if verb else ""),
    }


def _roles(
    regions: Iterable[Region], arrows: Iterable[tuple[Region, Region]], focus: Region, why: bool
) -> dict[Region, str]:
    reached, left = {end for _, end in arrows}, {start for start, _ in arrows}
    roles = {}
    for region in regions:
        if region == focus:
            roles[region] = "target" if why else "start"
        elif why:
            roles[region] = "between" if region in reached else "start"
        else:
            roles[region] = "between" if region in left else "target"
    return roles


def _view(regions: Iterable[Region]) -> str:
    """The side that shows most of the regions; the close-up where they all lie between the shoulders and the knees."""
    figure = load_figure()
    seen = {view: {shape.region for shape in figure.shapes if shape.view == view} for view in ("front", "back")}
    regions = set(regions)
    if len(regions & seen["front"]) > len(regions & seen["back"]):
        return "front"
    upper, lower = CLOSE_UP
    near = all(region in figure.anchors and upper < figure.anchors[region][1] < lower for region in regions)
    return "close" if near and regions else "back"


def _note(elsewhere: list[str], left_out: int) -> str:
    words = []
    if elsewhere:
        more = f" and {len(elsewhere) - 3} more" if len(elsewhere) > 3 else ""
        words.append(f"Not on the body: {', '.join(elsewhere[:3])}{more}.")
    if left_out:
        words.append(f"{left_out} more regions left out.")
    return " ".join(words)


def pain_regions(graph: CausalGraph, vocabulary: Vocabulary) -> dict[Region, str]:
    """For each region that the articles speak of, the symptom there that most relations reach: its concept id."""
    best: dict[Region, tuple[int, str]] = {}
    for concept in graph.concepts.values():
        region = region_of(concept, vocabulary)
        if region and kind_of(concept) == "symptom":
            reached = len(graph.causes_of(concept.id))
            if reached:
                best[region] = max(best.get(region, (0, "")), (reached, concept.id))
    return {region: id for region, (_, id) in best.items()}
