"""Items: a text cut into runs of words that the lexicon knows and the filler words between them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from graph.lexicon import DETERMINERS, Atom, Lexicon
from graph.words import Token, tokens_of, word_set

Filler = Literal["preposition", "copula", "adverb", "generic", "and", "stop", "word", ""]


PREPOSITIONS = word_set(
    """of in on around at along across for within throughout through over into up down out to near behind under about
    inside between below above toward onto further against off beyond outside beneath per via among"""
)
COPULAS = word_set(
    """be is are was were been being am become became becoming get got getting feel felt feeling remain stay stayed grow
    grew seem look go went have has had can could may might will would should must do does did tend keep start begin
    began turn make made making not too very so quite really more"""
)
GENERIC = word_set(
    """muscle area region side part surrounding left right tissue zone group person runner athlete you they we i he she
    them me us him deep there here away alone together somewhere it one who's everyone body's day hour week night
    month year time morning today long prolonged problem issue trouble feeling sensation sense amount level degree
    kind type form sort lot deal itself themselves chronic constant general overall common main whole entire front
    rear inner outer upper lower middle doing perform performing using use taking take having wearing wear adding
    add include including trying try practicing practice maintaining maintain keeping development onset presence
    occurrence symptom case bout episode further additional extra client patient many most well correctly properly
    again fully late early soon twice once daily weekly often just even still also i've you're they're we're way
    thing factor running-related walking"""
)
COORDINATORS = word_set("and or plus nor etc")
STOPS = word_set(
    """that which who whom whose when while because if due after before during from by than with without so but since
    until unless although though where why how thus hence therefore then e.g i.e versus vs like despite"""
)
_HARD = re.compile(r"[.!?;:()\[\]\n\r–—|•]|\s-\s|\.\.\.")
_SOFT = re.compile(r"[,/&+]")


@dataclass(slots=True)
class Item:
    """A run of words (`first`..`last` tokens) with its atom, or one word that is a filler of some sort.

    `fresh` where a determiner stands before it: a noun phrase begins.
    """

    start: int
    end: int
    words: tuple[str, ...]
    atom: Atom | None
    filler: Filler
    fresh: bool = False


def itemise(text: str, lexicon: Lexicon, mend: Callable[[str], str]) -> list[Item]:
    """Runs of words that the lexicon knows (the longest at each place), and the words between them as fillers."""
    every = tokens_of(text)
    tokens = [token for token in every if token.normal not in DETERMINERS]
    fresh = {after.start for before, after in pairwise(every) if before.normal in DETERMINERS}
    words = [mend(token.normal) for token in tokens]
    items: list[Item] = []
    place = 0
    while place < len(tokens):
        gap = _gap(text, tokens, place)
        if gap:
            items.append(Item(tokens[place].start, tokens[place].start, (), None, gap))
        length, atom = _longest(words, place, lexicon, text, tokens)
        run = tuple(words[place : place + length])
        filler: Filler = "" if atom else _filler(run[0])
        items.append(
            Item(tokens[place].start, tokens[place + length - 1].end, run, atom, filler, tokens[place].start in fresh)
        )
        place += length
    return _joined(items, lexicon)


def _joined(items: list[Item], lexicon: Lexicon) -> list[Item]:
    """A particular structure takes in the generic one beside it: "hamstring muscles", "muscles around the hip"."""
    joined: list[Item] = []
    for item in items:
        joined.append(item)
        if item.atom is None or item.atom.kind != "structure":
            continue
        if len(joined) > 1 and _is_structure(joined[-2]) and _is_generic(item, lexicon):
            _merge(joined, 2, joined[-2])
        elif (
            len(joined) > 2
            and joined[-2].words[-1:]
            and joined[-2].words[-1] in _AT
            and _is_generic(joined[-3], lexicon)
        ):
            _merge(joined, 3, item)
    return joined


_AT = word_set("of in around along near at on behind across surrounding supporting")


def _is_structure(item: Item) -> bool:
    return item.atom is not None and item.atom.kind == "structure"


def _is_generic(item: Item, lexicon: Lexicon) -> bool:
    return item.atom is not None and _is_structure(item) and lexicon.vocabulary.structures[item.atom.id].generic


def _merge(items: list[Item], count: int, leader: Item) -> None:
    run = items[-count:]
    words = tuple(word for item in run for word in item.words)
    items[-count:] = [Item(run[0].start, run[-1].end, words, leader.atom, "", run[0].fresh)]


def _gap(text: str, tokens: Sequence[Token], place: int) -> Literal["", "and", "stop"]:
    if place == 0:
        return ""
    between = text[tokens[place - 1].end : tokens[place].start]
    if between in (" ", "-"):
        return ""
    if _HARD.search(between):
        return "stop"
    return "and" if _SOFT.search(between) else ""


def _longest(
    words: Sequence[str], place: int, lexicon: Lexicon, text: str, tokens: Sequence[Token]
) -> tuple[int, Atom | None]:
    for length in lexicon.lengths.get(words[place], ()):
        if place + length > len(words):
            continue
        atom = lexicon.entries.get(tuple(words[place : place + length]))
        if atom and not any(_gap(text, tokens, inside) for inside in range(place + 1, place + length)):
            return (length, atom) if words[place] != "even" or not _strengthens(words, place) else (1, None)
    return 1, None


def _strengthens(words: Sequence[str], place: int) -> bool:
    """Whether a word only makes the next one stronger: "even tighter", "even more", not "an even gait"."""
    after = words[place + 1] if place + 1 < len(words) else ""
    return after.endswith("er") or after in ("more", "less", "worse", "when", "if", "though", "the")


def _filler(word: str) -> Filler:
    if word in PREPOSITIONS:
        return "preposition"
    if word in COORDINATORS:
        return "and"
    if word in STOPS:
        return "stop"
    if word in COPULAS:
        return "copula"
    if word in GENERIC:
        return "generic"
    return "adverb" if word.endswith("ly") else "word"
