"""Questions: what a person asks for, and about which concepts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from rapidfuzz.distance import OSA

from answer.patterns import ASKING_WORDS, patterns
from embeddings.words import STOPWORDS, stem
from graph.concepts import Concept, Sign
from graph.linking import Linker
from graph.mentions import Mention


class Intent(StrEnum):
    """What a question asks for."""

    WHY = "why"
    LEADS_TO = "leads-to"
    EASE = "ease"
    DOES_CAUSE = "does-cause"
    CONNECT = "connect"
    DISAGREE = "disagree"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question.

    Args:
        words: as asked.
        concepts: that those words name.
        pole: of the last of them: -1 where the words name its opposite ("strong glutes").
        unknown: telling words of it that belong to no concept.
    """

    words: str
    concepts: tuple[Concept, ...]
    pole: Sign
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Args:
        text: as typed.
        intent: what it asks for.
        whole: the question as one side.
        cause, effect: the two sides, where the question has them.
        sign: +1 where it asks whether the cause raises the effect, -1 whether it lowers it.
    """

    text: str
    intent: Intent
    whole: Side
    cause: Side | None = None
    effect: Side | None = None
    sign: Sign = 1

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """Every concept that it names."""
        return self.whole.concepts


def read_question(text: str, linker: Linker) -> Question:
    """What a text asks for; a text that is no question is a search."""
    asked = _mend(" ".join(text.split())[:600])
    whole = _side(asked, linker)
    for pattern in patterns():
        match = pattern.expression.search(asked)
        if match is None:
            continue
        parts = match.groupdict()
        cause, effect = (_side(parts[key], linker) if parts.get(key) else None for key in ("cause", "effect"))
        if pattern.intent == Intent.DOES_CAUSE and parts["cause"].lower() in _PRONOUNS:
            continue
        return Question(text, Intent(pattern.intent), whole, cause, effect, pattern.sign)
    return _yes_or_no(text, asked, whole, linker) or Question(text, Intent.SEARCH, whole)


def _yes_or_no(text: str, asked: str, whole: Side, linker: Linker) -> Question | None:
    """A yes-or-no question whose verb no pattern knows: it asks whether what it names first acts on what follows."""
    start = _YES_OR_NO.match(asked)
    if start is None or (start["being"] and len(whole.concepts) < 2):
        return None
    mentions = _telling(linker.mentions(asked))
    if not mentions:
        return None
    cut = mentions[0].end if len(mentions) > 1 else mentions[0].start
    if not start.end() < cut < len(asked):
        return None
    cause, effect = _side(asked[start.end() : cut], linker), _side(asked[cut:], linker)
    return Question(text, Intent.DOES_CAUSE, whole, cause, effect)


_YES_OR_NO = re.compile(
    r"(?:do|does|did|can|could|will|would|may|might|(?P<being>is|are))\s+"
    r"(?!(?:i|we|you|it|there|this|that|they|anyone|somebody|someone)\b)",
    re.IGNORECASE,
)
_SHORT = {
    "y": "why",
    "whats": "what's",
    "hows": "how is",
    "wheres": "where is",
    "wat": "what",
    "wot": "what",
    "hw": "how",
}
_PRONOUNS = ("i", "we", "you", "it", "this", "that", "they", "there", "one", "anything", "something")


def _mend(text: str) -> str:
    """Straightens quotes and the spelling of the word that asks: "waht's", "y do"."""
    plain = text.replace("’", "'").strip(" ?!.")
    first, _, rest = plain.partition(" ")
    word = first.lower()
    if word in _SHORT:
        word = _SHORT[word]
    elif len(word) > 2 and word not in ASKING_WORDS:
        near = [other for other in ASKING_WORDS if len(other) > 2 and OSA.distance(word, other) == 1]
        word = near[0] if near and word not in STOPWORDS and (word[0] == near[0][0]) else first
    return f"{word} {rest}".strip()


def _side(words: str, linker: Linker) -> Side:
    mentions = _whole(_telling(linker.mentions(words)), words, linker)
    covered = [(mention.start, mention.end) for mention in mentions]
    unknown = tuple(
        match[0].lower()
        for match in re.finditer(r"[^\W\d_]{3,}", words)
        if not any(start <= match.start() < end for start, end in covered) and not _is_plain(match[0].lower())
    )
    concepts = tuple(dict.fromkeys(mention.concept for mention in mentions))
    return Side(words, concepts, mentions[-1].pole if mentions else 1, unknown)


def _whole(mentions: Sequence[Mention], words: str, linker: Linker) -> Sequence[Mention]:
    """Mentions where a body part and its state, parted by the question, are one: "what makes my hips so stiff"."""
    return [_completed(mention, words, linker) or mention for mention in mentions]


def _completed(mention: Mention, words: str, linker: Linker) -> Mention | None:
    if mention.concept.id.startswith("any/"):
        said = (words[: mention.start].split()[-1:]) + words[mention.start : mention.end].split()
        phrases = [" ".join(said[first:]) for first in range(len(said) - 1)]
    elif mention.concept.id in linker.vocabulary.structures:
        part = words[mention.start : mention.end]
        phrases = [f"{word} {part}" for word in words[mention.end :].split()[:4] if word.lower() not in STOPWORDS]
    else:
        return None
    for phrase in phrases:
        link = linker.link(phrase)
        if link.known and link.concept.state and link.concept.structure not in ("", "any"):
            return replace(mention, concept=link.concept, pole=link.pole)
    return None


def _telling(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Running is what everything here is about: it counts only where nothing else is named."""
    others = [mention for mention in mentions if mention.concept.id != "running"]
    return others or mentions


def _is_plain(word: str) -> bool:
    return word in STOPWORDS or stem(word) in _plain_stems()


@cache
def _plain_stems() -> frozenset[str]:
    words = (
        "run runner running jog jogger train training cause reason lead result make give get put problem trouble issue"
        " pain hurt sore help ease fix prevent stop treat relief relieve best way good bad worse better thing happen"
        " long short time day week year often always never really actually much lot body people person beginner easy"
        " fast slow hard too cold hot new old start starting stay keep right left side feel feeling feels go going"
        " article articles say says author authors think want need try bring brings behind link connect relate relation"
        " affect effect influence increase reduce raise lower load stress risk wonder question dont doesnt cant im ive"
        " exercise workout session race racing mile miles first last every today yesterday morning night"
    )
    return frozenset(stem(word) for word in words.split())
