"""Sides: what one side of a question names, as people put it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from answer.intents import asking_stems
from embeddings.words import STOPWORDS, stem
from graph.concepts import Concept, Sign
from graph.linking import Linker
from graph.mentions import Mention


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question.

    Args:
        words: as asked.
        concepts: that those words name.
        pole: of the last of them: -1 where the words name its opposite ("strong glutes").
        unknown: telling words of it that belong to no concept.
        aside: ids of concepts that it names only as a circumstance: "on long runs", "after sitting".
    """

    words: str
    concepts: tuple[Concept, ...]
    pole: Sign
    unknown: tuple[str, ...]
    aside: frozenset[str] = frozenset()


def side_of(words: str, linker: Linker) -> Side:
    """The side of a question that some of its words, or all, make."""
    mentions = _named(words, linker)
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
    aside = frozenset(each.concept.id for each in mentions if _ASIDE.search(words[: each.start]))
    return Side(words, concepts, mentions[-1].pole if mentions else 1, unknown, aside)


_ASIDE = re.compile(
    r"\b(?:on|in|at|during|after|before|when|while|with|from|since|through|by) (?:\w+ ){0,2}$", re.IGNORECASE
)


def _named(words: str, linker: Linker) -> Sequence[Mention]:
    """What a side names: its mentions, a part and its state as one though parted, else what a lone adjective says."""
    found = [each for each in linker.mentions(words) if not _is_adverb(each, words)]
    mentions = telling([_of_the_mind(each, words, linker) for each in _joined(found, words, linker)])
    if any(mention.concept.state for mention in mentions):
        return _without_said_twice(mentions, linker)
    return sorted([*mentions, *_lone(mentions, words, linker)], key=lambda each: each.start)


def _without_said_twice(mentions: Sequence[Mention], linker: Linker) -> Sequence[Mention]:
    """The mentions without the bare parts whose trouble is named beside: "front knee pain around the kneecap"."""
    troubled = {mention.concept.structure for mention in mentions if mention.concept.state} - {"", "any"}
    around = {whole for part in troubled for whole in linker.wholes(part)}
    parts = linker.vocabulary.structures
    return [each for each in mentions if each.concept.id not in parts or each.concept.id not in around]


def _is_adverb(mention: Mention, words: str) -> bool:
    """Whether "back" is where somebody returns to and no body part: "it is back again", "go back to running"."""
    if words[mention.start : mention.end].lower() != "back":
        return False
    return bool(_COMING.search(words[: mention.start]) or _BACK_TO.match(words[mention.end :]))


_COMING = re.compile(
    r"\b(?:is|are|was|were|be|been|com(?:e|es|ing)|came|go(?:es|ing)?|went|get(?:s|ting)?|got|bounc\w+) $",
    re.IGNORECASE,
)
_BACK_TO = re.compile(r" (?:again|to|into|at|from|in the day)\b", re.IGNORECASE)


def _of_the_mind(mention: Mention, words: str, linker: Linker) -> Mention:
    """Bare "stress" that is not on anything is what weighs on the mind."""
    bare = mention.concept.id == "any/stress" and words[mention.start : mention.end].lower() == "stress"
    if not bare or re.match(r" (?:on|in|to|at|from|through)\b", words[mention.end :], re.IGNORECASE):
        return mention
    return replace(mention, concept=linker.link("mental stress").concept)


def _joined(mentions: Sequence[Mention], words: str, linker: Linker) -> list[Mention]:
    """Mentions where a body part and its state, parted by the question, are one: "what makes my hips so stiff"."""
    joined: list[Mention] = []
    ends = [*(mention.start for mention in mentions[1:]), len(words)]
    for mention, end in zip(mentions, ends, strict=False):
        before = joined[-1] if joined else None
        both = before and _both(before, mention, words, linker)
        if both:
            joined[-1] = both
        else:
            joined.append(_completed(mention, words[:end], linker) or mention)
    return joined


def _both(first: Mention, second: Mention, words: str, linker: Linker) -> Mention | None:
    """One mention of a state and the part that it is said of: "straining the same hamstring", "my heel is so sore"."""
    between = words[first.end : second.start]
    if len(between.split()) > _APART or re.search(r"[.,;:!?]|\b(?:and|or|from|with|when|after)\b", between):
        return None
    parts = linker.vocabulary.structures
    if first.concept.id.startswith("any/") and second.concept.id in parts:
        state, part = first, second
    elif second.concept.id.startswith("any/") and first.concept.id in parts and _IS.match(between):
        state, part = second, first
    else:
        return None
    link = linker.link(f"{words[part.start : part.end]} {state.concept.state}")
    if not (link.known and link.concept.state == state.concept.state and link.concept.structure == part.concept.id):
        return None
    return Mention(link.concept, state.pole, first.start, second.end)


# How many words may part a state from its part, and how far behind a part its state may stand.
_APART, _BEHIND = 3, 6
_IS = re.compile(r" (?:is|are|was|were|am|be|been|feels?|felt|gets?|got|so|always|really|very|in)\b", re.IGNORECASE)


def _completed(mention: Mention, words: str, linker: Linker) -> Mention | None:
    if mention.concept.id.startswith("any/"):
        said = (words[: mention.start].split()[-1:]) + words[mention.start : mention.end].split()
        phrases = [" ".join(said[first:]) for first in range(len(said) - 1)]
    elif mention.concept.id in linker.vocabulary.structures:
        part = words[mention.start : mention.end]
        behind = re.findall(r"[\w'-]+", words[mention.end :])[:_BEHIND]
        phrases = [f"{word} {part}" for word in behind if word.lower() not in STOPWORDS]
    else:
        return None
    for phrase in phrases:
        link = linker.link(phrase)
        opposite = link.pole == -1 and mention.concept.id in linker.vocabulary.structures  # "in the long term"
        if link.known and link.concept.state and link.concept.structure not in ("", "any") and not opposite:
            return replace(mention, concept=link.concept, pole=link.pole)
    return None


def _lone(mentions: Sequence[Mention], words: str, linker: Linker) -> list[Mention]:
    """The first adjective that says what anybody can be in: "why do runners get injured", "exhausted from training"."""
    for match in re.finditer(r"[^\W\d_]{4,}", words):
        start, end = match.span()
        if _is_plain(match[0].lower()) or any(each.start < end and start < each.end for each in mentions):
            continue
        link = linker.link(match[0])
        if link.known and link.concept.id.startswith("any/"):
            return [Mention(link.concept, link.pole, start, end)]
    return []


def telling(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Running, easy runs, exercises are what everything here is about: they count only where nothing else is named."""
    others = [mention for mention in mentions if (mention.concept.id, mention.pole) not in _GENERAL]
    return others or mentions


_GENERAL = {("running", 1), ("sedentary-life", -1), ("high-intensity", -1), ("kinetic-chain", 1)}


def _is_plain(word: str) -> bool:
    if word.endswith("ally"):  # "physiologically", "functionally": how something is asked, not what
        return True
    return word in STOPWORDS or stem(word) in _plain_stems() or stem(word) in asking_stems()


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
        " option suit approach protocol intervention method strategy suggest recommend remedy show shown silly"
        " since until monday tuesday wednesday thursday friday saturday sunday"
        " disagree contradict differ agree opinion evidence true myth sudden eventually afterwards actually anyway"
    )
    return frozenset(stem(word) for word in words.split())
