"""Items: a text cut into runs of words that the lexicon knows and the filler words between them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.lexicon import DETERMINERS, Atom, Lexicon
from graph.words import Token, tokens_of, word_set

Filler = Literal["preposition", "copula", "adverb", "generic", "and", "stop", "word", ""]


PREPOSITIONS = word_set(
    """of in on around at along across for within throughout through over into up down out to near behind under about
    inside between below above toward onto further"""
)
COPULAS = word_set(
    """be is are was were been being am become became becoming get got getting feel felt feeling remain stay stayed grow
    grew seem look go went have has had can could may might will would should must do does did tend keep start begin
    began turn make made making not too very so quite really more"""
)
GENERIC = word_set(
    """muscle area region side part surrounding left right tissue zone group person runner athlete you they we i he she
    it one who's everyone body's day hour week night month year time morning today long prolonged problem issue trouble
    feeling sensation sense amount level degree kind type form sort lot deal itself themselves chronic constant general
    overall common main whole entire front rear inner outer upper lower middle doing perform performing using use taking
    take having wearing wear adding add include including trying try practicing practice maintaining maintain keeping
    development onset presence occurrence symptom case bout episode further additional extra client patient many most
    well correctly properly properly again fully i've you're they're we're way thing factor running-related
    walking"""
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
    """A run of words (`first`..`last` tokens) with its atom, or one word that is a filler of some sort."""

    start: int
    end: int
    words: tuple[str, ...]
    atom: Atom | None
    filler: Filler


def itemise(text: str, lexicon: Lexicon, mend: Callable[[str], str]) -> list[Item]:
    """Runs of words that the lexicon knows (the longest at each place), and the words between them as fillers."""
    tokens = [token for token in tokens_of(text) if token.normal not in DETERMINERS]
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
        items.append(Item(tokens[place].start, tokens[place + length - 1].end, run, atom, filler))
        place += length
    return _joined(items, lexicon)


def _joined(items: list[Item], lexicon: Lexicon) -> list[Item]:
    """A structure takes in the generic one right after it: "hamstring muscles"."""
    joined: list[Item] = []
    for item in items:
        before = joined[-1].atom if joined else None
        atom = item.atom
        if (
            atom is not None
            and before is not None
            and atom.kind == before.kind == "structure"
            and lexicon.vocabulary.structures[atom.id].generic
        ):
            first = joined.pop()
            item = Item(first.start, item.end, first.words + item.words, before, "")
        joined.append(item)
    return joined


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
    for run, atom in lexicon.entries.get(words[place], ()):
        length = len(run)
        if length == 1 or (
            tuple(words[place : place + length]) == run
            and not any(_gap(text, tokens, inside) for inside in range(place + 1, place + length))
        ):
            return length, atom
    return 1, None


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
