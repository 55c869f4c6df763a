"""Tokens of English text in one normal form, so that spelling and number don't hide a word."""

import re
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_IRREGULAR = {
    "feet": "foot",
    "calves": "calf",
    "vertebrae": "vertebra",
    "fasciae": "fascia",
    "people": "person",
    "teeth": "tooth",
    "halves": "half",
    "knives": "knife",
    "series": "series",
    "biceps": "biceps",
    "triceps": "triceps",
    "quadriceps": "quadriceps",
    "achilles": "achilles",
    "diabetes": "diabetes",
    "always": "always",
    "has": "has",
    "does": "does",
    "was": "was",
    "yes": "yes",
    "less": "less",
    "as": "as",
    "axes": "axis",
    "exacerbates": "exacerbate",
    "aches": "ache",
    "headaches": "headache",
    "backaches": "backache",
    "stomachaches": "stomachache",
    "knees": "knee",
    "shoes": "shoe",
    "toes": "toe",
    "gas": "gas",
    "minus": "minus",
    "plus": "plus",
    "its": "its",
    "his": "his",
    "this": "this",
    "ours": "ours",
}
_BRITISH = (
    (re.compile(r"^(.{3,})is(e|ed|er|ing|ation|es|ations)$"), r"\1iz\2"),
    (re.compile(r"^(tum|col|hum|fav|behavi|harb|lab|vig|rig|od|vap|neighb)our"), r"\1or"),
    (re.compile(r"^(.*)(travel|label|model|level|fuel|cancel)l(ed|ing|er)$"), r"\1\2\3"),
    (re.compile(r"^(.+)aemi(a|c)$"), r"\1emi\2"),
    (re.compile(r"^oedema"), "edema"),
    (re.compile(r"^(ortho|p)aed"), r"\1ed"),
    (re.compile(r"^(.*)centre"), r"\1center"),
    (re.compile(r"^(.*)metre"), r"\1meter"),
    (re.compile(r"^(.*)fibre"), r"\1fiber"),
    (re.compile(r"^practis"), "practic"),
    (re.compile(r"^tyre"), "tire"),
    (re.compile(r"^programme"), "program"),
    (re.compile(r"^grey$"), "gray"),
)
_MAYBE_BRITISH = re.compile("...is[eai]|our|ll|aem|oed|aed|tre|fibre|^practis|^tyre|^grey|^programme")
_NOT_BRITISH = frozenset(
    _WORD.findall("""exercise exercised exercising exercises rise raise raised raising raises arise precise concise
    wise likewise otherwise noise poise praise promise promised compromise compromised compromising
    surprise advise advised revise supervise supervised disguise devise expertise demise premise
    comprise franchise enterprise paradise merchandise treatise bruise bruised bruising cruise
    cruising improvise televise exercising anise chise""")
)


class Token(NamedTuple):
    """A word of a text: `text[start:end]`, and its normal form."""

    normal: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a text in order, hyphens and slashes parting them."""
    return [Token(normal(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def normal_words(phrase: str) -> tuple[str, ...]:
    """The normal forms of a phrase's words."""
    return tuple(normal(word) for word in _WORD.findall(phrase))


@lru_cache(maxsize=65_536)
def normal(word: str) -> str:
    """One word in lower case, singular, American spelling, without a possessive ending."""
    low = word.lower().replace("’", "'")
    if low.endswith("'s"):
        low = low[:-2]
    return _american(_singular(low.rstrip("'")))


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def _american(word: str) -> str:
    if not _MAYBE_BRITISH.search(word) or word in _NOT_BRITISH:
        return word
    for pattern, spelling in _BRITISH:
        changed = pattern.sub(spelling, word)
        if changed != word:
            return changed
    return word


def word_set(text: str) -> frozenset[str]:
    """The normal forms of the words of a text, as a set."""
    return frozenset(normal_words(text))


def verb_forms(verb: str) -> tuple[str, ...]:
    """A regular verb and its -ed and -ing forms ("tighten", "tightened", "tightening"); -s is taken off elsewhere."""
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return (verb, verb + "d", verb[:-1] + "ing")
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb):
        return (verb, verb + verb[-1] + "ed", verb + verb[-1] + "ing")
    if re.search(r"[^aeiou]y$", verb):
        return (verb, verb[:-1] + "ied", verb + "ing")
    return (verb, verb + "ed", verb + "ing")
