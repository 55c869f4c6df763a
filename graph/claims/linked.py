"""From phrases to concepts: a claim with its sign folded over both poles."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from corpus.articles import Article
from corpus.sentences import sentence_spans
from graph.claims.cues import correlating, word_list
from graph.claims.following import FOLLOWING_RULE
from graph.claims.parting import parts_of
from graph.claims.restating import restated
from graph.claims.topics import Topic
from graph.claims.units import Found, Placed
from graph.concepts import Certainty, Claim, Phrase, Sign
from graph.linking import Link, Linker

# The least probability of a claim, by how many of its two concepts the vocabulary knows: that its text holds any, and
# that the two are one, by what ties them. Chosen on held texts of the labelled sets (`python -m bench.claims --held`)
# and on whole articles (`python -m bench.whole`).
HOLDING_FLOORS = (0.15, 0.0, 0.0)
CUE_FLOORS = (0.4, 0.05, 0.0)
CORRELATED_FLOORS = (0.0, 0.0, 0.0)
# What no cue ties must be likelier where the vocabulary knows what is meant, for then a wrong claim joins a chain.
LEARNED_FLOORS = (0.65, 0.7, 0.7)
# "Leads to more surgery": what is mostly done to mend a thing comes of another only where that is plain.
DONE_FLOOR = 0.95
# When or in what case a thing happens need not be why, whatever the vocabulary knows.
CONDITION_FLOOR = 0.3
_BAD = re.compile(
    r"\b(pains?|painful|ach(?:e|es|ing)|sore\w*|injur\w+|disease\w*|disorder\w*|symptoms?|risks?|stiff\w*|tight\w*|"
    r"swelling|inflammation|cancer\w*|infection\w*|damage|stress|strain|fatigue|weak\w*|death|mortality|problems?|"
    r"issues?|imbalances?|cramps?|spasms?|depression|anxiety|diabetes|obesity|syndrome|dysfunction|instability|"
    r"impairment|deficien\w+|deficits?|loss|complications?|discomfort|tension|hurts?|itis|\w+itis|\w+osis|\w+pathy|"
    r"hypertension|adhesions?|worse|poor|bad|asthma|allerg\w+|an(?:a)?emia|fractures?|strokes?|tumou?rs?|gout|ulcers?|"
    r"lesions?|toxicity|bleeding|nausea|decline|degeneration|atrophy|failure|illness\w*|burden|relapse|distress)\b",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"\b(?:posture|form|technique|gait|balance|sleep|moods?|health|fitness|strength|flexibility|mobility|range|function|"
    r"performance|recovery|quality|alignment|stability|circulation|flow|breathing|economy|efficiency|confidence|"
    r"control|coordination|concentration|memory|life|healing|endurance|power|speed|muscles?|bones?|joints?)\b",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(
    r"(?:(?:your|my|our|their|his|her|the|a|overall|general|running|body|standing|sitting|desk|proper)\s+)*"
    r"(?:posture|form|technique|gait|style|mechanics|biomechanics|stride|body position|movement patterns?|alignment)"
    r"(?: (?:when|while|at|during|in|as|on)\b.*)?",
    re.IGNORECASE,
)
# "Can't hold the pelvis level" is the other pole of holding it level.
_UNABLE = re.compile(r"(?:ca|could|wo|do|does|can)\s?(?:n't|n’t|not)\s+(?=\w)", re.IGNORECASE)
# Not the lower back.
_LOWER_PART = r"(?! (?:back|leg|limb|bod|half|spine|abs?\b|abdom|extrem))"
_LESS = re.compile(
    rf"(?:(?:a|an|the|significantly|markedly)\s+)*(?:low (?=risk|level|rate|amount)|lower{_LOWER_PART}|"
    r"reduced|decreased|less|fewer|diminished|lowered|"
    r"(?:reduction|decrease|decline)s? (?:in|of)|absence of|lack of)\s+(?=\w)",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"(?: to)? (?:go(?:es)? (?:down|away)|settles?(?: down)?|subsides?|gets? better|improves?|calms? down|"
    r"clears?(?: up)?|wears? off|lets? up|eases?(?: off)?|fades?|disappears?)$",
    re.IGNORECASE,
)
_GROWN = re.compile(
    r"(?: to)? (?:go(?:es)? up|rises?|increases?|climbs?|grows?|builds? up|gets? worse|worsens?|"
    r"lasts?(?: longer)?|persists?|lingers?)$",
    re.IGNORECASE,
)
# What becomes of the state that a phrase names, and which way that turns it.
_TURNS: tuple[tuple[re.Pattern[str], Sign], ...] = ((_GONE, -1), (_GROWN, 1))
_REMEDY = re.compile(r"(?:the\s+)?(?:treatment|prevention|management|relief|control|therapy)\s+of\b", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


def link_claims(article: Article, found: Sequence[Found], linker: Linker, topic: Topic) -> tuple[Claim, ...]:
    """The claims of an article; what links cause and effect to one concept is left out.

    Args:
        topic: what the article is about: "it reduces pain" in an article on heel pain reduces that.
    """
    claims: dict[str, Claim] = {}
    for whole, (causing, cause_link), (caused, effect_link) in _sides(found, linker):
        one = replace(whole, cause=causing, effect=caused)
        cause = _turned(causing.reading, restated(causing.reading, cause_link, linker), linker)
        effect = _turned(caused.reading, restated(caused.reading, effect_link, linker, rule=one.rule), linker)
        if one.rule.startswith(("learned/", "loose/")) and _is_bare_part(effect) and _says_more(caused.reading, linker):
            effect = linker.opened(caused.reading)
        if one.rule.startswith("list/") and _is_done_to(one, cause, effect, linker):
            cause = linker.opened(causing.reading)
        effect = _on_topic(cause, effect, topic, linker)
        if cause.concept.id == effect.concept.id or not _is_likely(one, cause, effect):
            continue
        effect = _valued(one, caused.reading, effect)
        claim = _claim(article, one, cause, effect, linker)
        claims.setdefault(claim.key, claim)
    return tuple(claims.values())


def _on_topic(cause: Link, effect: Link, topic: Topic, linker: Linker) -> Link:
    """The effect; pain of no named part is the trouble that the article's title names, where that is pain of a part.

    "Shin splints mean a dull ache": the trouble does not bring itself about, so there it stays a sign of it.
    """
    about = topic.named.concept if topic.named is not None else None
    told_of = effect.concept.structure in ("", "any") and effect.concept.state
    if about is None or not about.structure or not told_of:
        return effect
    if cause.concept.id == about.id or linker.are_akin(cause.concept, about):
        return effect
    here = linker.concept(f"{about.structure}/{effect.concept.state}")
    return Link(about, effect.pole, True) if here is not None and linker.are_akin(here, about) else effect


def _sides(found: Sequence[Found], linker: Linker) -> Iterator[tuple[Found, tuple[Placed, Link], tuple[Placed, Link]]]:
    for one in found:
        for cause, effect in product(parts_of(one.cause, linker), parts_of(one.effect, linker)):
            yield one, cause, effect


def _turned(reading: str, link: Link, linker: Linker) -> Link:
    """The link; "a lower risk", which is open, has the opposite pole of "risk", "swelling goes down" of "swelling"."""
    unable = _UNABLE.match(reading)
    if unable is not None:
        rest = reading[unable.end() :]
        able = restated(rest, linker.link(rest), linker)
        return Link(able.concept, _folded(-1, able.pole), able.known)
    for pattern, turn in _TURNS:
        moved = pattern.search(reading)
        if moved is None:
            continue
        bare = linker.link(reading[: moved.start()])
        if bare.known and bare.concept.state:
            return Link(bare.concept, _folded(turn, bare.pole), bare.known)
    less = _LESS.match(reading)
    if link.known or less is None:
        return link
    bare = linker.link(reading[less.end() :])
    return Link(bare.concept, _folded(-1, bare.pole), bare.known)


def _is_likely(found: Found, cause: Link, effect: Link) -> bool:
    """Whether the tagger leaves the claim standing.

    It learned from news, abstracts and the web at large too. Where a cue ties two concepts of the vocabulary the
    grammar is trusted. The labelled sets ask for causes; that things go together is said as plainly, and is a claim of
    its own class.
    """
    family, known = found.rule.partition("/")[0], cause.known + effect.known
    if family == "list":
        return not _is_bare_part(cause)
    if found.rule == FOLLOWING_RULE:
        return effect.known and bool(effect.concept.state) and found.certainty is not Certainty.DENIED
    if found.certainty is Certainty.DENIED and known and family not in ("loose", "learned"):
        return True  # the tagger holds nothing that is denied for a claim
    if family == "condition" and found.probability < CONDITION_FLOOR:
        return False
    if found.holds < HOLDING_FLOORS[known]:
        return False
    if family in ("loose", "learned"):
        # "hip flexor stretch after sitting" tells when to do it, not what brings it about; "the knee" does not happen
        done = effect.concept.kind == "remedy" and found.probability < DONE_FLOOR
        happens = not done and not _is_bare_part(effect)
        return happens and found.probability >= LEARNED_FLOORS[known]
    together = found.certainty is Certainty.CORRELATED and (known or found.rule in correlating())
    floors = CORRELATED_FLOORS if together else CUE_FLOORS
    return found.probability >= floors[known]


def _is_done_to(item: Found, cause: Link, effect: Link, linker: Linker) -> bool:
    """Whether an item tells what to do with a body part, or for what its list is against: "keep your head level"."""
    if _is_bare_part(cause) and _says_more(item.cause.reading, linker):
        return True
    return item.rule == "list/remedies" and cause.concept.id == effect.concept.id


def _is_bare_part(link: Link) -> bool:
    return link.concept.kind == "condition" and bool(link.concept.structure) and not link.concept.state


def _says_more(reading: str, linker: Linker) -> bool:
    """Whether a phrase says what a body part does: "the toes hit the front", not "the left knee"."""
    named = [mention for mention in linker.mentions(reading) if mention.concept.structure]
    rest = reading[: named[0].start] + reading[named[0].end :] if len(named) == 1 else ""
    return any(word not in word_list("placing") for word in re.findall(r"[a-z]+", rest.lower()))


def _valued(found: Found, reading: str, effect: Link) -> Link:
    """The effect; "posture" alone, which as a cause is the fault, is what gets better or is harmed."""
    verb = found.rule.partition("/")[2]
    told_of = found.sign in ("better", "worse") or verb in word_list("enhancing") or verb in word_list("harming")
    if not told_of or effect.pole == -1 or effect.concept.kind != "behaviour" or not _NEUTRAL.fullmatch(reading):
        return effect
    return Link(effect.concept, -1, effect.known)


def _claim(article: Article, found: Found, cause: Link, effect: Link, linker: Linker) -> Claim:
    said = _said(found, effect, linker)
    start = _sentence_start(article, found.start)
    quote = article.text[start : found.end]
    cause_phrase, effect_phrase = _phrase(article, found.cause), _phrase(article, found.effect)
    return Claim(
        key=_key(article.id, quote, cause_phrase.text, effect_phrase.text),
        article=article.id,
        quote=quote,
        start=start,
        end=found.end,
        cause=cause_phrase,
        effect=effect_phrase,
        cue=Phrase(article.text[found.cue_start : found.cue_end], found.cue_start, found.cue_end),
        cause_concept=cause.concept.id,
        effect_concept=effect.concept.id,
        sign=_folded(said, _folded(cause.pole, effect.pole)),
        said=said,
        certainty=found.certainty,
        rule=found.rule,
    )


def _sentence_start(article: Article, place: int) -> int:
    """Where the sentence begins that a place stands in: a quote that reaches back to a title begins there."""
    number = bisect_right(article.blocks, place, key=lambda block: block.start) - 1
    if number < 0:
        return place
    block = article.blocks[number]
    spans = sentence_spans(article.text, block.start, block.end)
    return next((start for start, end in spans if start <= place < end), place)


def _phrase(article: Article, placed: Placed) -> Phrase:
    return Phrase(article.text[placed.start : placed.end], placed.start, placed.end)


def _said(found: Found, effect: Link, linker: Linker) -> Sign:
    """The sign as written; "improves pain" lowers it, "improves posture" raises it."""
    match found.sign:
        case "-" if found.rule.startswith(("learned/", "loose/")) and _LESS.match(found.effect.reading):
            return 1  # the tagger judges "a lower risk" as a whole: what lowers the risk brings a lower one
        case "-":
            return -1
        case "better" | "worse" if _REMEDY.match(found.effect.reading):
            return 1 if found.sign == "better" else -1
        case "better" | "worse":
            bad = _is_bad(found, effect, linker)
            return 1 if (found.sign == "worse") == bad else -1
        case _:
            return 1


def _is_bad(found: Found, effect: Link, linker: Linker) -> bool:
    """Whether there is better less of what gets better or worse: "improves the pain", not "improves the posture"."""
    if effect.concept.state or effect.concept.kind == "behaviour":
        return effect.pole == 1 and not linker.is_good(effect.concept)
    if effect.known:
        return False
    # What gets worse was mostly bad before: "makes the tilt worse".
    reading = found.effect.reading
    return _BAD.search(reading) is not None or (found.sign == "worse" and _GOOD.search(reading) is None)


def _folded(one: Sign, other: Sign) -> Sign:
    return 1 if one == other else -1


def _key(article: str, quote: str, cause: str, effect: str) -> str:
    """A stable name: the same words in the same article give the same key, wherever they stand."""
    parts = (article, *(_SPACES.sub(" ", part).strip().casefold() for part in (quote, cause, effect)))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
