"""Questions: what a person asks for, and about which concepts."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rapidfuzz.distance import OSA

from answer.intents import likely_intent, masked
from answer.patterns import ASKING_WORDS, lowering_words, patterns
from answer.sides import Side, side_of, telling
from embeddings.querying import QueryEncoder
from embeddings.words import STOPWORDS
from graph.concepts import Concept, Sign
from graph.linking import Linker


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
        """Every concept that it names; running too where it is a side of its own."""
        sides = [side for side in (self.cause, self.effect) if side]
        running = [concept for side in sides for concept in side.concepts if concept.id == "running"]
        return tuple(dict.fromkeys((*self.whole.concepts, *running)))


def read_question(text: str, linker: Linker, encoder: QueryEncoder | None = None) -> Question:
    """What a text asks for; a text that is no question is a search.

    Args:
        text: as typed.
        linker: finds the concepts that it names.
        encoder: reads ways to ask that no pattern knows; without it their words alone decide.
    """
    asked = _mend(" ".join(text.split())[:600])
    whole = side_of(asked, linker)
    asking = _asking(asked)
    for pattern in patterns():
        match = pattern.expression.search(asking)
        if match is None:
            continue
        parts = match.groupdict()
        cause, effect = (side_of(parts[key], linker) if parts.get(key) else None for key in ("cause", "effect"))
        if pattern.intent == Intent.DOES_CAUSE and parts["cause"].lower() in _PRONOUNS:
            continue
        return Question(text, Intent(pattern.intent), whole, cause, effect, pattern.sign)
    by_verb = _yes_or_no(text, asked, whole, linker) if asking == asked else None
    return by_verb or _likely(text, asked, whole, linker, encoder)


def _asking(asked: str) -> str:
    """The sentence that asks: "I've had gout for years. What brings that on?" tells first, then asks."""
    sentences = re.split(r"(?<=[.!?;:]) ", asked)
    asking = [each for each in sentences if _ASKS.match(each)]
    return _mend(asking[-1]) if asking and len(sentences) > 1 else asked


def _yes_or_no(text: str, asked: str, whole: Side, linker: Linker) -> Question | None:
    """A yes-or-no question whose verb no pattern knows: it asks whether what it names first acts on what follows."""
    start = _YES_OR_NO.match(asked)
    if start is None or (start["being"] and len(whole.concepts) < 2):
        return None
    mentions = telling(linker.mentions(asked))
    if not mentions:
        return None
    cut = mentions[0].end if len(mentions) > 1 else mentions[0].start
    if not start.end() < cut < len(asked):
        return None
    sides = side_of(asked[start.end() : cut], linker), _acted_on(asked[cut:], linker)
    return Question(text, Intent.DOES_CAUSE, whole, *sides, _asked_sign(asked))


def _likely(text: str, asked: str, whole: Side, linker: Linker, encoder: QueryEncoder | None) -> Question:
    """A question that no pattern knows, read by its likeliest intent; a search where that is in doubt."""
    every = linker.mentions(asked)
    mentions = telling(every)
    name, probability = likely_intent(masked(asked, mentions), encoder)
    intent = Intent(name)
    says_nothing = all(word in STOPWORDS for word in re.findall(r"[^\W\d_]+", asked.lower()))
    if probability < _SURE or intent == Intent.SEARCH or says_nothing:
        return Question(text, Intent.SEARCH, whole)
    if intent not in (Intent.DOES_CAUSE, Intent.CONNECT):
        return Question(text, intent, whole)
    if len(every) < 2:
        return Question(text, intent, whole)
    cut = (mentions if len(mentions) > 1 else every)[0].end
    sides = side_of(asked[:cut], linker), _acted_on(asked[cut:], linker)
    return Question(text, intent, whole, *sides, _asked_sign(asked))


def _acted_on(words: str, linker: Linker) -> Side:
    """What is acted on: "runner's knee" of "does it help runner's knee", since the question's sign has the help."""
    verb = lowering_words().search(words)
    bare = side_of(words[verb.end() :], linker) if verb else None
    return bare if bare and bare.concepts else side_of(words, linker)


def _asked_sign(asked: str) -> Sign:
    """-1 where a question has words for easing, preventing or mending something."""
    return -1 if lowering_words().search(asked) else 1


_ASKS = re.compile(
    rf"(?:(?:and|but|so|ok|well),? )*(?:{'|'.join(sorted(ASKING_WORDS))}|what's|whats|any)\b", re.IGNORECASE
)
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
# What people say of pain, of tired legs and of a hip that drops, in plain words.
_HURTS = r"killing (?:me|us)|agony|in agony|murder|in bits|in pieces|shot"
_HARD = "concrete|stone|wood|rock|iron"
_GIVING_WAY = "back|knee|hip|calf|neck|shoulder"
_SAYINGS = tuple(
    (re.compile(saying, re.IGNORECASE), meant)
    for saying, meant in (
        (rf"\b(?:is|are|am)(?: (?:absolutely|really|just))? (?:{_HURTS})\b", "hurts"),
        (r"\b(?:gives?|giving) me (?:grief|hell|gyp|jip|stick|trouble)\b", "hurts"),
        (r"\b(?:keeps? )?(?:playing|acting|plays|acts|flaring|flares) up\b", "hurts"),
        (r"(?<=s )kill(?= (?:for|when|after|on|during|in|at|every|all|if|while)\b|$)", "hurt"),
        (rf"\b({_GIVING_WAY})(?:'s| is| has| have)? (?:just )?(?:gone|went)(?: again| out)?\b", r"\1 hurts"),
        (rf"\bturn(?:ed|s|ing)? (my|your|her|his|the) (\w+) (?:in)?to (?:{_HARD})\b", r"makes \1 \2 tight"),
        (r"\b(legs?|calves|quads|thighs) (?:like|are|feel like|made of) lead\b", r"heavy \1"),
        (r"\b(hips?|pelvis) (?:sinks?|dips?|sags?|sinking|dipping|sagging)\b", r"\1 drops"),
    )
)
_PRONOUNS = ("i", "we", "you", "it", "this", "that", "they", "there", "one", "anything", "something")


def _mend(text: str) -> str:
    """Straightens quotes and the spelling of the word that asks: "waht's", "y do"."""
    plain = text.replace("’", "'").strip(" ?!.")
    for saying, meant in _SAYINGS:
        plain = saying.sub(meant, plain)
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
