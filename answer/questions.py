"""Questions: what a person asks for, and about which concepts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from rapidfuzz.distance import OSA

from answer.intents import likely_intent, masked
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
    return _yes_or_no(text, asked, whole, linker) or _likely(text, asked, whole, linker)


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


def _likely(text: str, asked: str, whole: Side, linker: Linker) -> Question:
    """A question that no pattern knows, read by its likeliest intent; a search where that is in doubt."""
    mentions = _telling(linker.mentions(asked))
    name, probability = likely_intent(masked(asked, mentions))
    intent = Intent(name)
    if probability < _SURE or intent == Intent.SEARCH:
        return Question(text, Intent.SEARCH, whole)
    if intent not in (Intent.DOES_CAUSE, Intent.CONNECT):
        return Question(text, intent, whole)
    if len(mentions) < 2:
        return Question(text, Intent.SEARCH, whole)
    cut = mentions[0].end
    return Question(text, intent, whole, _side(asked[:cut], linker), _side(asked[cut:], linker))


# Probability from which a likely intent is taken for what is asked.
_SURE = 0.3
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
    return f"{word} {_unswapped(rest)}".strip()


def _unswapped(text: str) -> str:
    """Puts right two letters that changed places in a short word ("pian"); in longer ones the linker does."""
    return re.sub(r"\b[^\W\d_]{4}\b", lambda match: _swapped().get(match[0].lower(), match[0]), text)


_SWAPPED_IN = "pain sore ache hurt knee calf hips foot feet core back neck shin heel band legs toes arch disc"


@cache
def _swapped() -> dict[str, str]:
    words = _SWAPPED_IN.split()
    slips = {word[:at] + word[at + 1] + word[at] + word[at + 2 :]: word for word in words for at in range(3)}
    return {slip: word for slip, word in slips.items() if slip not in words and slip not in STOPWORDS}


def _side(words: str, linker: Linker) -> Side:
    mentions = _whole(_telling(linker.mentions(words)), words, linker)
    covered = [(mention.start, mention.end) for mention in mentions]
    concepts = tuple(dict.fromkeys(mention.concept for mention in mentions))
    # "why are my hamstrings always so tight": the state stands apart, and is known none the less
    named = {stem(word) for concept in concepts for word in concept.name.split()}
    unknown = tuple(
        match[0].lower()
        for match in re.finditer(r"[^\W\d_]{3,}", words)
        if not any(start <= match.start() < end for start, end in covered)
        and not _is_plain(match[0].lower())
        and stem(match[0]) not in named
    )
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
        " disagree contradict differ agree opinion evidence true myth sudden eventually afterwards actually anyway"
    )
    return frozenset(stem(word) for word in words.split())
