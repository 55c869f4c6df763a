"""The whole library in one drawing: body parts and kinds of things, the best connected of them."""

from collections import Counter
from collections.abc import Collection, Sequence

from graph.assembly import CausalGraph
from graph.concepts import Sign
from graph.telling import count
from graph.zoom import Group, Link, Overview, zoom
from views.drawing import chain_data
from views.layout import Arrow, Card, count_columns, lay_out
from views.words import kind_of

MOST_GROUPS = 20
MOST_LINKS = 24
BODY_LINKS = 14
"""At most so many of the links are kept free for those from one body part to another."""
MOST_OPENED = 12
"""At most so many concepts are drawn of what was opened."""
MOST_COLUMNS = 5
KIND_NAMES = {
    "behaviour": "habits",
    "condition": "conditions",
    "remedy": "remedies",
    "outcome": "outcomes",
    "open": "phrases as written",
}
CARD_KINDS = {"behaviour": "habit", "remedy": "remedy", "outcome": "outcome", "open": "open", "condition": "condition"}


def look_over(graph: CausalGraph, opened: Collection[str]) -> tuple[Overview, dict[str, object]]:
    """The overview with some groups opened into their concepts, and the data of its drawing."""
    known = {group.id for group in zoom(graph).groups}
    overview = zoom(graph, expand=[id for id in opened if id in known])
    weight: Counter[str] = Counter()
    for link in overview.links:
        weight[link.cause] += len(link.relations)
        weight[link.effect] += len(link.relations)
    ranked = [group for group in overview.groups if weight[group.id]]
    # Phrases that no vocabulary covers are the largest group of all and say the least: they come last.
    ranked.sort(key=lambda group: (group.id == "open", -weight[group.id], group.id))
    concepts = [group for group in ranked if opened and group.grouping == "concept"]
    groups = [group for group in ranked if group not in concepts]
    kept = {group.id: group for group in (*concepts[:MOST_OPENED], *groups[:MOST_GROUPS])}
    links = _links(overview, kept, {group.id for group in concepts})
    touched = {id for link in links for id in (link.cause, link.effect)}
    cards = [_card(graph, group, weight[id]) for id, group in kept.items() if id in touched]
    layout = lay_out(cards, [_arrow(link) for link in links])
    relations = [relation for link in links for relation in link.relations]
    data = chain_data(graph, layout, relations, "")
    for card in data["cards"] if isinstance(data["cards"], list) else []:
        group = kept[card["id"]]
        if group.grouping != "concept":
            card["kindWord"] = count(len(group.concepts), "concept")
            card["label"] = f"{KIND_NAMES.get(group.id, group.name)}: {count(len(group.concepts), 'concept')}; open it"
    shown = f"{len(cards)} of {len(ranked)} groups"
    left = len(overview.links) - len(links)
    note = f"{shown} shown" + (f", {count(left, 'weaker link')} left out" if left else "")
    own = {"note": note, "thicker": "relations", "label": "What the whole library says", "name": "kinetrace-overview"}
    return overview, data | own


def _links(overview: Overview, kept: Collection[str], opened: Collection[str]) -> list[Link]:
    """The best supported links that don't make the drawing too wide.

    Habits and remedies are the largest groups: by support alone their links would take every place. What was opened
    comes first: every concept of it has less support than a group, and it is what somebody asked to see.
    """
    body = {group.id for group in overview.groups if group.grouping == "structure"}
    candidates = [link for link in overview.links if link.cause in kept and link.effect in kept]
    candidates.sort(key=lambda link: (-len(link.relations), -link.belief, link.cause, link.effect))
    within = [link for link in candidates if link.cause in body and link.effect in body]
    links: list[Link] = []
    for offered, most in ((_of_opened(opened, candidates), MOST_LINKS), (within, BODY_LINKS), (candidates, MOST_LINKS)):
        for link in offered:
            if link in links or len(links) >= most:
                continue
            if count_columns([_arrow(each) for each in (*links, link)]) <= MOST_COLUMNS:
                links.append(link)
    return links


def _of_opened(concepts: Collection[str], candidates: Sequence[Link]) -> list[Link]:
    """The best link of each opened concept."""
    best: dict[str, Link] = {}
    for link in candidates:
        for id in (link.cause, link.effect):
            if id in concepts:
                best.setdefault(id, link)
    return list(dict.fromkeys(best.values()))


def _card(graph: CausalGraph, group: Group, weight: int) -> Card:
    if group.grouping == "concept":
        concept = graph.concepts[group.id]
        return Card(group.id, concept.name, kind_of(concept), weight)
    name = KIND_NAMES.get(group.id, group.name)
    kind = CARD_KINDS.get(group.id, "condition") if group.grouping == "kind" else "condition"
    return Card(group.id, name, kind, weight)


def _arrow(link: Link) -> Arrow:
    raising = sum(relation.sign > 0 for relation in link.relations)
    lowering = len(link.relations) - raising
    verb = str(len(link.relations)) if len(link.relations) > 1 else ""
    if raising and lowering:
        verb = f"↑ {raising}  ↓ {lowering}"
    # More relations, thicker: the belief that one of many holds is 1 nearly everywhere.
    share = 1 - 0.8 ** len(link.relations)
    sign: Sign = 1 if raising >= lowering else -1
    return Arrow(f"{link.cause}>{link.effect}", link.cause, link.effect, sign, share, False, verb)
