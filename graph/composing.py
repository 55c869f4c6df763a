"""Composing: which structure a state belongs to, and which heads turn its pole, by the order of the items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.concepts import Concept, Sign
from graph.items import PREPOSITIONS, Item
from graph.lexicon import Atom, AtomKind, Lexicon, Role
from graph.words import word_set

TROUBLE = "trouble"
DENYING = word_set("not isn't aren't don't doesn't didn't can't cannot won't wasn't weren't haven't hasn't never")
COORDINATED = 6  # as many mentions may share the heads of the first of them


@dataclass(slots=True)
class Found:
    """A mention in the making.

    Args:
        first, last: its span, as places of items; grows leftwards over the heads that turn it.
        owns: places of the items that name it.
        turn: product of the heads' signs ("lack of", "not"); quality: the pole that "good" or "poor" asks for.
    """

    concept: Concept
    pole: Sign
    first: int
    last: int
    owns: frozenset[int]
    turn: Sign = 1
    quality: Sign | None = None


def compose(items: Sequence[Item], lexicon: Lexicon) -> list[Found]:
    """What the items name, in order of place, spans not overlapping."""
    found = [
        Found(lexicon.concepts[item.atom.id], item.atom.pole, place, place, frozenset((place,)))
        for place, item in enumerate(items)
        if item.atom is not None and item.atom.kind == "concept"
    ]
    found += _conditions(items, lexicon)
    found += _alone(items, frozenset(place for each in found for place in each.owns), lexicon)
    found.sort(key=lambda each: (each.first, each.last))
    for place, each in enumerate(found):
        _turn(items, found[max(0, place - COORDINATED) : place], each, lexicon)
    return found


def _conditions(items: Sequence[Item], lexicon: Lexicon) -> list[Found]:
    pairs = [
        (place, target, item.atom)
        for place, item in enumerate(items)
        if item.atom is not None and item.atom.kind in ("state", "action")
        for target in _targets(items, place, item.atom.role, lexicon)
    ]
    pairs = _without_spoiled(items, pairs)
    taken: set[int] = set()
    found = []
    for state, structure, atom in sorted(pairs, key=lambda pair: (abs(pair[0] - pair[1]), pair[0])):
        span = _free_span(state, structure, taken)
        if span is None:
            continue
        taken.update(range(span[0], span[1] + 1))
        id = _atom(items[structure]).id
        concept = lexicon.condition(id, atom.id) if atom.kind == "state" else lexicon.remedy_on(atom.id, id)
        found.append(Found(concept, atom.pole, *span, frozenset((state, structure))))
    return found


_Pair = tuple[int, int, Atom]


def _without_spoiled(items: Sequence[Item], pairs: Sequence[_Pair]) -> list[_Pair]:
    """As in "weak core stability", "restricted hip movement": a bad adjective turns the good noun, and is gone."""
    kept = []
    for state, structure, atom in pairs:
        if "noun" in atom.role and atom.pole == -1 and state > structure:
            spoiling = [pair for pair in pairs if pair[1] == structure and pair[0] < structure and pair[2].pole == 1]
            if spoiling and spoiling[0][2].role == "adjective":
                kept.append((state, structure, replace(atom, pole=1)))
                continue
        kept.append((state, structure, atom))
    turned = {
        structure for state, structure, atom in kept if "noun" in atom.role and _atom(items[state]).pole != atom.pole
    }
    return [pair for pair in kept if not (pair[1] in turned and pair[0] < pair[1] and pair[2].role == "adjective")]


def _free_span(state: int, structure: int, taken: set[int]) -> tuple[int, int] | None:
    """From state to structure; where a nearer pair has that, the state or the structure by itself; else None."""
    first, last = min(state, structure), max(state, structure)
    for span in ((first, last), (state, state), (structure, structure)):
        if taken.isdisjoint(range(span[0], span[1] + 1)):
            return span
    return None


def _alone(items: Sequence[Item], used: frozenset[int], lexicon: Lexicon) -> Iterable[Found]:
    for place, item in enumerate(items):
        if item.atom is None or place in used:
            continue
        own = frozenset((place,))
        if item.atom.alone is not None:
            yield Found(lexicon.concepts[item.atom.alone[0]], item.atom.alone[1], place, place, own)
        elif item.atom.kind == "structure":
            yield Found(lexicon.condition(item.atom.id, ""), 1, place, place, own)
        elif item.atom.kind == "state":
            yield Found(lexicon.condition("", item.atom.id), item.atom.pole, place, place, own)


def _targets(items: Sequence[Item], place: int, role: Role, lexicon: Lexicon) -> tuple[int, ...]:
    """Places of the structures that the state at `place` is said of."""
    if role in ("noun", "noun or verb"):
        if is_trouble(items[place]) and _names_something(_at(items, place - 1)):
            return ()
        return _of_noun(items, place, lexicon)
    if role == "verb":
        return _object_of(items, place) or _subject_of(items, place)
    return _described_by(items, place) or _subject_of(items, place)


def is_trouble(item: Item) -> bool:
    """Whether the item is "problem", "issue": it makes bad what it goes with, and has no matter of its own."""
    return item.atom is not None and item.atom.kind == "state" and item.atom.id == TROUBLE


def _names_something(item: Item) -> bool:
    return _kind(item) == "concept" or (_is_state(item, "noun") and not is_trouble(item))


def _of_noun(items: Sequence[Item], place: int, lexicon: Lexicon) -> tuple[int, ...]:
    """As in "hip and knee pain", "pain in the hip and knee"; "muscle imbalances along the chain" is the chain's."""
    before = () if _governs(items[place]) else _before_noun(items, place)
    after = _after_noun(items, place)
    structures = lexicon.vocabulary.structures
    if before and after and all(structures[_atom(items[each]).id].generic for each in before):
        return after
    return before or after or _brought_into(items, place)


def _brought_into(items: Sequence[Item], place: int) -> tuple[int, ...]:
    """As in "the pelvis into an unstable position", "muscles in spasm"."""
    at = _skip(items, place - 1, -1, ("generic", "adverb"))
    into = _at(items, at).words in (("into",), ("in",), ("under",))
    return _coordinated_before(items, at - 1) if into and _kind(_at(items, at - 1)) == "structure" else ()


def _before_noun(items: Sequence[Item], place: int) -> tuple[int, ...]:
    at = place - 1
    while at >= 0 and (_filler(items[at]) in ("generic", "and") or _kind(items[at]) in ("state", "action")):
        if _filler(items[at]) == "and" and _kind(_at(items, at - 1)) not in ("state", "action"):
            return ()
        if _kind(items[at]) == "state" and not _is_state(items[at], "noun"):
            return ()
        at -= 1
    return _coordinated_before(items, at) if _kind(_at(items, at)) == "structure" else ()


def _after_noun(items: Sequence[Item], place: int) -> tuple[int, ...]:
    at = place + 1
    last_word = items[place].words[-1]
    seen_preposition = (
        last_word.endswith("ing")
        or last_word in PREPOSITIONS
        or last_word in ("with", "from")
        or _atom(items[place]).role == "noun or verb"
    )
    while at < len(items):
        item = items[at]
        if _kind(item) == "structure":
            verb_like = at == place + 1 and item.fresh  # "strain your back", "massage the quads"
            return _coordinated_after(items, at) if (seen_preposition or verb_like) and not _led(items, at) else ()
        if _filler(item) == "preposition":
            seen_preposition = True
        elif _filler(item) == "and":
            if _kind(_at(items, at + 1)) not in ("state", "action") and not seen_preposition:
                return ()
        elif _kind(item) not in ("state", "head", "action") and _filler(item) not in ("generic", "adverb"):
            return ()
        at += 1
    return ()


def _described_by(items: Sequence[Item], place: int) -> tuple[int, ...]:
    """As in "tight, weak hip flexors": the structure that an adjective stands before."""
    at = place + 1
    while at < len(items):
        item = items[at]
        if _kind(item) == "structure":
            return _coordinated_after(items, at)
        if _filler(item) == "and":
            if _kind(_at(items, at + 1)) != "state":
                return ()
        elif not (_is_state(item, "adjective") or _filler(item) in ("generic", "adverb")):
            return ()
        at += 1
    return ()


def _object_of(items: Sequence[Item], place: int) -> tuple[int, ...]:
    """As in "strengthen the glutes", "tightening up of the abdominals"."""
    at = place + 1
    while at < len(items):
        item = items[at]
        if _kind(item) == "structure":
            return _coordinated_after(items, at)
        if _filler(item) == "and":
            if not _is_state(_at(items, at + 1), "verb"):
                return ()
        elif not (_kind(item) == "state" or _filler(item) in ("preposition", "generic", "adverb")):
            return ()
        at += 1
    return ()


def _subject_of(items: Sequence[Item], place: int) -> tuple[int, ...]:
    """As in "hamstrings become stiff", "muscles that are tight", "the pelvis into an unstable position"."""
    at = place - 1
    while at >= 0:
        item = items[at]
        if _kind(item) == "structure":
            return _coordinated_before(items, at)
        passes = (
            _filler(item) in ("copula", "adverb", "generic", "and", "preposition")
            or _kind(item) in ("state", "head")
            or item.words in (("that",), ("which",))
        )
        if not passes:
            return ()
        at -= 1
    return ()


def _coordinated_after(items: Sequence[Item], place: int) -> tuple[int, ...]:
    """The structure at `place` and those that "and", commas and slashes add to it, unless a state of their own."""
    places = [place]
    at = place + 1
    while True:
        at = _skip(items, at, 1, ("generic",))
        if _filler(_at(items, at)) != "and":
            break
        at = _skip(items, at, 1, ("and", "generic", "preposition"))
        if _kind(_at(items, at)) != "structure" or _led(items, at):
            break
        places.append(at)
        at += 1
    return tuple(places)


def _coordinated_before(items: Sequence[Item], place: int) -> tuple[int, ...]:
    places = [place]
    at = place - 1
    while _filler(_at(items, at)) == "and":
        at = _skip(items, at, -1, ("and", "generic"))
        if _kind(_at(items, at)) != "structure" or _is_state(_at(items, at - 1), "adjective"):
            break
        places.append(at)
        at -= 1
    return tuple(places)


def _led(items: Sequence[Item], place: int) -> bool:
    """Whether a state noun right after the structure at `place` has it: "hamstrings and [knee] pain"."""
    after = _at(items, _skip(items, place + 1, 1, ("generic",)))
    return (_is_state(after, "noun") and not _governs(after)) or _kind(after) == "action"


def _governs(item: Item) -> bool:
    """Whether the words ask for a structure to follow: "the calves [pull on] the pelvis"."""
    return item.words[-1] in PREPOSITIONS


def _turn(items: Sequence[Item], earlier: Sequence[Found], found: Found, lexicon: Lexicon) -> None:
    """Fold the heads before and after a mention into its pole: "lack of", "poor", "injury prevention"."""
    at = found.first - 1
    while at >= 0:
        item = items[at]
        if _kind(item) == "head":
            _apply(found, _atom(item).id, lexicon)
            found.first = at
        elif is_trouble(item) and _passes(items, at + 1, found.first):
            _apply(found, "bad", lexicon)
        elif _filler(item) not in ("preposition", "generic", "adverb", "copula"):
            break
        at -= 1
    if _filler(_at(items, at)) == "and":
        _inherit(earlier, found)
    for place in range(found.first + 1, found.last):
        # "the glutes are not strong", but "not only weak"
        if (
            place not in found.owns
            and DENYING.intersection(items[place].words)
            and "only" not in items[place + 1].words
        ):
            _apply(found, "down", lexicon)
        elif "less" in items[place].words and place + 1 in found.owns:
            _apply(found, "down", lexicon)  # "makes the tendons less stiff"
    _turn_after(items, found, lexicon)
    pole = found.quality if found.quality is not None else found.pole
    found.pole = 1 if pole * found.turn > 0 else -1


def _passes(items: Sequence[Item], start: int, end: int) -> bool:
    return all(_kind(item) == "head" or _filler(item) in ("preposition", "generic") for item in items[start:end])


def _turn_after(items: Sequence[Item], found: Found, lexicon: Lexicon) -> None:
    if is_trouble(_at(items, found.last)):
        return
    after = _skip(items, found.last + 1, 1, ("copula", "generic", "adverb"))
    item = _at(items, after)
    closes = _kind(_at(items, after + 1)) is None and _filler(_at(items, after + 1)) in ("stop", "and")
    if _kind(item) == "head" and (_atom(item).id == "down-after" or (_atom(item).id == "down" and closes)):
        _apply(found, "down", lexicon)
        found.last = after
    elif is_trouble(item) and after == found.last + 1 and after not in found.owns:
        _apply(found, "bad", lexicon)
        found.last = after


def _inherit(earlier: Sequence[Found], found: Found) -> None:
    """As in "less pain and stiffness": what stands in one coordination is turned by the heads of its first member."""
    for other in reversed(earlier):
        if other.owns & found.owns:
            found.turn = other.turn
            return


def _apply(found: Found, head: str, lexicon: Lexicon) -> None:
    if head == "down":
        found.turn = -1 if found.turn == 1 else 1
    elif head in ("good", "bad"):
        better: Sign = 1 if found.concept.id in lexicon.good or found.concept.kind == "remedy" else -1
        if found.quality is None:
            found.quality = better if head == "good" else (-1 if better == 1 else 1)


def _skip(items: Sequence[Item], at: int, step: int, fillers: tuple[str, ...]) -> int:
    while 0 <= at < len(items) and items[at].atom is None and items[at].filler in fillers:
        at += step
    return at


_NOTHING = Item(0, 0, (), None, "stop")


def _at(items: Sequence[Item], place: int) -> Item:
    return items[place] if 0 <= place < len(items) else _NOTHING


def _kind(item: Item) -> AtomKind | None:
    return item.atom.kind if item.atom else None


def _atom(item: Item) -> Atom:
    return item.atom or _NO_ATOM


_NO_ATOM = Atom("head", "plain")


def _filler(item: Item) -> str:
    return item.filler


def _is_state(item: Item, role: Role) -> bool:
    return item.atom is not None and item.atom.kind == "state" and role in item.atom.role
