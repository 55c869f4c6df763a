"""Where cards and arrows of the chain view stand: layers from left to right, the same at every run.

Columns come from longest paths, order from barycentres (Sugiyama, Tagawa and Toda 1981), and an arrow that
passes columns gets a way-point in each, which takes room like a small card: so no arrow runs through a card.
Units are CSS pixels; x is left to the browser, which knows its width.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.concepts import Sign

CARD_GAP = 16.0
LANE = 12.0
LINE_HEIGHT = 18.0
CHROME = 32.0
"""Height of a card without its lines of text: padding and the word that names its kind."""
LINE_LETTERS = 17
PORT = 13.0
PORT_MARGIN = 12.0
MAX_LINES = 3
SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Card:
    """A concept to draw; `weight` orders cards that nothing else orders (heaviest on top)."""

    id: str
    name: str
    kind: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """A relation to draw, from `cause` to `effect`."""

    id: str
    cause: str
    effect: str
    sign: Sign
    belief: float
    hedged: bool
    verb: str
    claims: int = 1


@dataclass(frozen=True, slots=True)
class PlacedCard:
    """A card with its column, the y of its upper edge, its height and its lines of text."""

    card: Card
    column: int
    top: float
    height: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedArrow:
    """An arrow with its way: (column, y) where it leaves the left card, passes columns, and meets the right card.

    `backwards`: the cause stands right of the effect, as in a loop; the way still runs left to right.
    """

    arrow: Arrow
    way: tuple[tuple[int, float], ...]
    backwards: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing: cards, arrows, how many columns and how high."""

    cards: tuple[PlacedCard, ...]
    arrows: tuple[PlacedArrow, ...]
    columns: int
    height: float


def wrap(name: str, letters: int = LINE_LETTERS, lines: int = MAX_LINES) -> tuple[str, ...]:
    """A name in at most `lines` lines of about `letters` letters; what doesn't fit ends in an ellipsis."""
    rows: list[str] = []
    for word in name.split():
        if rows and len(rows[-1]) + 1 + len(word) <= letters:
            rows[-1] += " " + word
        else:
            rows.append(word)
    rows = [row if len(row) <= letters + 1 else row[:letters] + "…" for row in rows]
    if len(rows) <= lines:
        return tuple(rows) or ("",)
    return (*rows[: lines - 1], rows[lines - 1][: letters - 1].rstrip() + "…")


def lay_out(cards: Sequence[Card], arrows: Sequence[Arrow], *, focus: str = "", to_right: bool = True) -> Layout:
    """The drawing of cards and arrows.

    Args:
        cards: what to draw; ids are unique.
        arrows: between those cards; others are ignored, as are arrows from a card to itself.
        focus: the card that stands at the far end of what leads to it (`to_right`) or of what follows from it.
        to_right: whether cards stand as near to their effects as they can, else to their causes.
    """
    known = {card.id for card in cards}
    drawn = [
        arrow for arrow in arrows if arrow.cause in known and arrow.effect in known and arrow.cause != arrow.effect
    ]
    ways = _forward(drawn, focus if to_right else "", focus if not to_right else "")
    columns = _columns([card.id for card in cards], sorted(set(ways.values())), to_right)
    chains = {arrow.id: _chain(arrow.id, ways[arrow.id], columns) for arrow in drawn}
    rows = _order(_rows(cards, chains, columns), list(chains.values()))
    heights = _heights(cards, chains.values())
    middles = _middles(rows, list(chains.values()), heights)
    placed = tuple(
        PlacedCard(card, columns[card.id], middles[card.id] - heights[card.id] / 2, heights[card.id], wrap(card.name))
        for card in sorted(cards, key=lambda card: (columns[card.id], middles[card.id]))
    )
    ports = _ports(chains, middles, heights)
    placed_arrows = tuple(
        PlacedArrow(arrow, _way(arrow.id, chains[arrow.id], columns, middles, ports), ways[arrow.id][0] != arrow.cause)
        for arrow in drawn
    )
    bottom = max((card.top + card.height for card in placed), default=0.0)
    lanes = max((y + LANE for arrow in placed_arrows for _, y in arrow.way), default=0.0)
    return Layout(placed, placed_arrows, max(columns.values(), default=-1) + 1, max(bottom, lanes))


def _heights(cards: Sequence[Card], chains: Iterable[tuple[str, ...]]) -> dict[str, float]:
    """Room for the name, and for every arrow on the busier side."""
    chains = list(chains)
    leaving, meeting = Counter(chain[0] for chain in chains), Counter(chain[-1] for chain in chains)
    return {
        card.id: max(
            CHROME + LINE_HEIGHT * len(wrap(card.name)),
            PORT * (max(leaving[card.id], meeting[card.id]) - 1) + 2 * PORT_MARGIN,
        )
        for card in cards
    }


def count_columns(arrows: Sequence[Arrow], *, focus: str = "", to_right: bool = True) -> int:
    """How many columns a drawing of these arrows takes."""
    ways = _forward(arrows, focus if to_right else "", focus if not to_right else "")
    ids = sorted({id for way in ways.values() for id in way})
    return max(_columns(ids, sorted(set(ways.values())), to_right).values(), default=-1) + 1


def _forward(arrows: Sequence[Arrow], last: str, first: str) -> dict[str, tuple[str, str]]:
    """(left, right) of each arrow: turned round where it would close a loop, strongest arrows first."""
    after: dict[str, set[str]] = defaultdict(set)
    ways: dict[str, tuple[str, str]] = {}
    for arrow in sorted(arrows, key=lambda arrow: (-arrow.belief, arrow.id)):
        left, right = arrow.cause, arrow.effect
        if left == last or right == first or _reaches(after, right, left):
            left, right = right, left
        after[left].add(right)
        ways[arrow.id] = left, right
    return ways


def _reaches(after: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen, stack = {start}, [start]
    while stack:
        at = stack.pop()
        if at == goal:
            return True
        fresh = after.get(at, set()) - seen
        seen |= fresh
        stack.extend(fresh)
    return False


def _columns(ids: Sequence[str], pairs: Sequence[tuple[str, str]], to_right: bool) -> dict[str, int]:
    """Column of each id: as long a way to the right end (or from the left end) as there is one."""
    towards: dict[str, list[str]] = defaultdict(list)
    for left, right in pairs:
        if to_right:
            towards[left].append(right)
        else:
            towards[right].append(left)
    depth: dict[str, int] = {}

    def measure(at: str) -> int:
        if at not in depth:
            depth[at] = 1 + max((measure(other) for other in towards[at]), default=-1)
        return depth[at]

    for id in ids:
        measure(id)
    deepest = max(depth.values(), default=0)
    return {id: deepest - depth[id] if to_right else depth[id] for id in ids}


def _chain(arrow: str, way: tuple[str, str], columns: Mapping[str, int]) -> tuple[str, ...]:
    """The left card, a way-point for each column between, the right card."""
    left, right = way
    between = range(columns[left] + 1, columns[right])
    return (left, *(f"{arrow}@{column}" for column in between), right)


def _rows(cards: Sequence[Card], chains: Mapping[str, tuple[str, ...]], columns: Mapping[str, int]) -> list[list[str]]:
    """Cards and way-points of each column, heaviest cards first."""
    rows: list[list[str]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for card in sorted(cards, key=lambda card: (-card.weight, card.id)):
        rows[columns[card.id]].append(card.id)
    for chain in chains.values():
        for step, point in enumerate(chain[1:-1], start=1):
            rows[columns[chain[0]] + step].append(point)
    return rows


def _links(chains: Sequence[tuple[str, ...]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Neighbours of each item on its left and on its right."""
    left: dict[str, list[str]] = defaultdict(list)
    right: dict[str, list[str]] = defaultdict(list)
    for chain in chains:
        for one, other in pairwise(chain):
            right[one].append(other)
            left[other].append(one)
    return left, right


def _order(rows: list[list[str]], chains: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """The rows in the order with the fewest crossings that sweeping there and back finds."""
    left, right = _links(chains)
    best, fewest = [list(row) for row in rows], _crossings(rows, right)
    for sweep in range(SWEEPS):
        leftward = sweep % 2 == 1
        order = range(len(rows) - 2, -1, -1) if leftward else range(1, len(rows))
        for column in order:
            side, near = (rows[column + 1], right) if leftward else (rows[column - 1], left)
            place = {item: i / max(1, len(side) - 1) for i, item in enumerate(side)}
            here = {item: i / max(1, len(rows[column]) - 1) for i, item in enumerate(rows[column])}
            rows[column].sort(key=lambda item: _mean([place[other] for other in near[item]], here[item]))
        crossings = _crossings(rows, right)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(rows: Sequence[Sequence[str]], right: Mapping[str, list[str]]) -> int:
    total = 0
    for row, following in pairwise(rows):
        place = {item: i for i, item in enumerate(following)}
        ends = [[place[other] for other in right.get(item, [])] for item in row]
        for i, one in enumerate(ends):
            total += sum(a > b for other in ends[i + 1 :] for a in one for b in other)
    return total


def _middles(
    rows: Sequence[Sequence[str]], chains: Sequence[tuple[str, ...]], heights: Mapping[str, float]
) -> dict[str, float]:
    """Y of the middle of each item: near its neighbours, in the row's order, without overlap."""
    left, right = _links(chains)
    high = {item: heights.get(item, LANE) for row in rows for item in row}
    tallest = max((sum(high[item] + CARD_GAP for item in row) for row in rows), default=0.0)
    at: dict[str, float] = {}
    for row in rows:
        y = (tallest - sum(high[item] + CARD_GAP for item in row)) / 2
        for item in row:
            at[item] = y + high[item] / 2
            y += high[item] + CARD_GAP
    for sweep in range(2 * SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wish = [_mean([at[other] for other in left[item] + right[item]], at[item]) for item in row]
            apart = [(high[one] + high[other]) / 2 + CARD_GAP for one, other in pairwise(row)]
            at.update(zip(row, _apart(wish, apart), strict=True))
    top = min((at[item] - high[item] / 2 for item in at), default=0.0)
    return {item: y - top for item, y in at.items()}


def _apart(wish: Sequence[float], apart: Sequence[float]) -> list[float]:
    """The places nearest to the wished ones (least squares) that keep the order and the distances.

    Source: pool adjacent violators, Ayer et al. 1955, on the wishes less the distances before them.
    """
    offsets = [0.0]
    for distance in apart:
        offsets.append(offsets[-1] + distance)
    pools: list[tuple[float, int]] = []
    for value, offset in zip(wish, offsets, strict=False):
        total, count = value - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more, others = pools.pop()
            total, count = total + more, count + others
        pools.append((total, count))
    flat = [total / count for total, count in pools for _ in range(count)]
    return [value + offset for value, offset in zip(flat, offsets, strict=False)]


def _ports(
    chains: Mapping[str, tuple[str, ...]], middles: Mapping[str, float], heights: Mapping[str, float]
) -> dict[tuple[str, str], float]:
    """Y where each arrow leaves or meets a card, spread along its side in the order of the other ends."""
    sides: dict[tuple[str, bool], list[tuple[float, str]]] = defaultdict(list)
    for arrow, chain in chains.items():
        sides[chain[0], True].append((middles[chain[1]], arrow))
        sides[chain[-1], False].append((middles[chain[-2]], arrow))
    ports: dict[tuple[str, str], float] = {}
    for (card, _), ends in sides.items():
        step = min(16.0, (heights[card] - 2 * PORT_MARGIN) / max(1, len(ends) - 1))
        for i, (_, arrow) in enumerate(sorted(ends)):
            ports[card, arrow] = middles[card] + (i - (len(ends) - 1) / 2) * step
    return ports


def _way(
    arrow: str,
    chain: tuple[str, ...],
    columns: Mapping[str, int],
    middles: Mapping[str, float],
    ports: Mapping[tuple[str, str], float],
) -> tuple[tuple[int, float], ...]:
    start = columns[chain[0]]
    between = [(start + i, middles[point]) for i, point in enumerate(chain[1:-1], start=1)]
    return ((start, ports[chain[0], arrow]), *between, (columns[chain[-1]], ports[chain[-1], arrow]))
