"""Gaps: what the articles lack, each with its place, its severity and what to do about it.

A gap is about articles, not about bodies: that they name no remedy doesn't mean that there is none.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from corpus.articles import Article
from graph.assembly import CausalGraph, Relation
from graph.concepts import Certainty, Concept
from graph.instructions import exercises, explains_how
from graph.store import StoredMention
from graph.survey import Evidence, Survey, take_survey
from graph.telling import is_plural, listing, verb
from graph.vocabulary import Vocabulary

GapKind = Literal[
    "cause-without-remedy",
    "remedy-without-mechanism",
    "exercise-without-instructions",
    "only-hedged",
    "only-one-article",
    "mentioned-only",
]
GAP_KINDS: tuple[GapKind, ...] = get_args(GapKind)

# How much a reader misses, from most to least: chosen by what an editor would mend first, not measured.
WEIGHTS: Mapping[GapKind, float] = {
    "cause-without-remedy": 1.0,
    "exercise-without-instructions": 0.8,
    "remedy-without-mechanism": 0.7,
    "only-one-article": 0.6,
    "only-hedged": 0.5,
    "mentioned-only": 0.5,
}
# Below this a gap isn't worth an editor's minute: a concept that one article names once in passing.
LEAST_SEVERITY = 0.25
# States that are what people want to be rid of; a remedy that only lowers these doesn't say how it does so.
COMPLAINTS = frozenset({"pain", "injury", "inflammation", "swelling"})
WHOLE_BODY = "whole-body"
# Habits by the vocabulary's reckoning that nobody can or should mend.
GIVEN = frozenset({"ageing", "pregnancy"})


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the articles lack.

    Args:
        kind: what sort of thing is missing.
        severity: 0..1: weight of the kind, times n / (n + 1) of the n articles that name the subject,
            times what the kind itself adds (the belief that a cause does harm, ...); see docs/gaps.md.
        subject: concept id.
        title: one sentence that says what is missing.
        evidence: the sentences that show it, those of different articles first; at most five.
        suggestion: what an editor could do.
    """

    kind: GapKind
    severity: float
    subject: str
    title: str
    evidence: tuple[Evidence, ...]
    suggestion: str

    @property
    def key(self) -> str:
        """Stable name over rebuilds, for what an editor dismissed."""
        return f"{self.kind}|{self.subject}"


def find_gaps(
    articles: Iterable[Article], graph: CausalGraph, mentions: Iterable[StoredMention], vocabulary: Vocabulary
) -> tuple[Gap, ...]:
    """What the articles lack, gravest first; each kind and subject at most once."""
    survey = take_survey(articles, graph, mentions, vocabulary)
    gaps = (gap for find in _FINDERS for gap in find(survey) if gap.severity >= LEAST_SEVERITY)
    return tuple(sorted(gaps, key=lambda gap: (-gap.severity, gap.key)))


def gaps_json(gaps: Iterable[Gap]) -> str:
    """Gaps as a JSON list, for scripts: every field and the key."""
    return json.dumps([{"key": gap.key, **asdict(gap)} for gap in gaps], ensure_ascii=False, indent=2)


def causes_without_remedy(survey: Survey) -> Iterator[Gap]:
    """A condition or habit that the articles blame, with nothing that they say lowers it."""
    for concept in survey.graph.concepts.values():
        harms = survey.harms(concept.id) if concept.kind in ("condition", "behaviour") else ()
        if not harms or survey.badness(concept.id) <= 0 or concept.id in GIVEN or _is_lowered(survey, concept.id):
            continue
        upstream, nearby = _remedies_upstream(survey, concept), _remedies_nearby(survey, concept)
        belief = _noisy_or(relation.belief for relation in harms)
        said = _and_more([_turned(survey, relation) for relation in harms])
        yield Gap(
            kind="cause-without-remedy",
            # A remedy for what brings it on, or a usual one in the same article, is most of the answer.
            severity=_severity(
                survey, "cause-without-remedy", concept.id, belief * (0.5 if upstream or nearby else 1.0)
            ),
            subject=concept.id,
            title=f"The articles blame {concept.name} for {said}, but none says what to do about {_it(concept)}.",
            evidence=survey.claim_evidence(harms),
            suggestion=_remedy_suggestion(survey, concept, upstream, nearby),
        )


def remedies_without_mechanism(survey: Survey) -> Iterator[Gap]:
    """A remedy with no claim on what it changes, or only that it eases a complaint."""
    for concept in _of_kind(survey, "remedy"):
        effects = survey.effects(concept.id)
        if not (effects or _is_advised(survey, concept)):
            continue
        if any(_says_how(survey.graph.concepts[relation.effect]) for relation in effects):
            continue
        if effects:
            eased = _and_more([survey.name(relation.effect) for relation in effects])
            work = _agreeing(concept, "work", "works")
            title = f"The articles say that {concept.name} {work} against {eased}, but not how."
        else:
            title = (
                f"The articles advise {concept.name} without a word on what {_agreeing(concept, 'they do', 'it does')}."
            )
        yield Gap(
            kind="remedy-without-mechanism",
            severity=_severity(survey, "remedy-without-mechanism", concept.id, 0.75 if effects else 1.0),
            subject=concept.id,
            title=title,
            evidence=survey.claim_evidence(effects) or survey.mention_evidence(survey.mentions[concept.id]),
            suggestion=f"Say which muscle, joint or habit {concept.name} {_agreeing(concept, 'change', 'changes')}"
            f"{_works_on(survey, concept)}, and what follows from that.",
        )


def exercises_without_instructions(survey: Survey) -> Iterator[Gap]:
    """An exercise that the articles name but nowhere explain."""
    for concept in _of_kind(survey, "remedy"):
        mentions = survey.mentions.get(concept.id, ())
        if concept.id not in exercises() or any(_explained(survey, each) for each in mentions):
            continue
        yield Gap(
            kind="exercise-without-instructions",
            severity=_severity(survey, "exercise-without-instructions", concept.id, 1.0),
            subject=concept.id,
            title=f"The articles name {concept.name}, but none says how to do {_it(concept)}.",
            evidence=survey.mention_evidence(mentions),
            suggestion=f"Add how {concept.name} {_agreeing(concept, 'are', 'is')} done: where to start from, "
            "the movement, how often; or link to an article that shows it.",
        )


def only_hedged(survey: Survey) -> Iterator[Gap]:
    """A cause of which no article states outright some of what it is said to raise or lower."""
    for concept in survey.graph.concepts.values():
        effects = survey.effects(concept.id) if _is_telling(survey, concept.id) else ()
        hedged = [relation for relation in effects if _is_hedged(survey, relation)]
        if not hedged:
            continue
        share = 0.5 + 0.5 * len(hedged) / len(effects)
        yield Gap(
            kind="only-hedged",
            severity=_severity(survey, "only-hedged", concept.id, share),
            subject=concept.id,
            title=f"No article commits itself on whether {concept.name} {_told(survey, concept, hedged)}.",
            evidence=survey.claim_evidence(hedged),
            suggestion="Look for a study and cite it, or say plainly that nobody knows.",
        )


def only_one_article(survey: Survey) -> Iterator[Gap]:
    """A concept that several articles name while one alone says what it does or comes from."""
    for concept in survey.graph.concepts.values():
        relations = survey.effects(concept.id) + survey.causes(concept.id)
        others = survey.articles_naming(concept.id)
        if len(relations) == 0 or len(others) < 3 or not _is_telling(survey, concept.id):
            continue
        sources = {claim.article for relation in relations for claim in relation.claims if not claim.denied}
        if len(sources) != 1:
            continue
        source = next(iter(sources))
        title = survey.articles[source].title if source in survey.articles else source
        silent = sorted(others - sources)
        yield Gap(
            kind="only-one-article",
            severity=_severity(survey, "only-one-article", concept.id, 1.0),
            subject=concept.id,
            title=f"{len(others)} articles name {concept.name}, but all claims about {_it(concept)} "
            f"come from “{title}”.",
            evidence=survey.claim_evidence(relations),
            suggestion=f"See whether {_and_more(silent)} can confirm or correct it.",
        )


def mentioned_only(survey: Survey) -> Iterator[Gap]:
    """A concept, no remedy, that articles name with no claim on what it leads to or comes from."""
    for id, mentions in survey.mentions.items():
        concept = survey.graph.concepts[id]
        if concept.kind == "remedy" or not _is_telling(survey, id) or len(survey.articles_naming(id)) < 2:
            continue
        if survey.graph.effects_of(id) or survey.graph.causes_of(id):
            continue
        yield Gap(
            kind="mentioned-only",
            severity=_severity(survey, "mentioned-only", id, 1.0),
            subject=id,
            title=f"{len(survey.articles_naming(id))} articles name {concept.name}, "
            f"but none says what brings {_it(concept)} on or what follows.",
            evidence=survey.mention_evidence(mentions),
            suggestion=f"Add a sentence on what {concept.name} leads to, or on where it comes from.",
        )


def _is_telling(survey: Survey, concept: str) -> bool:
    """Whether a concept is one that the vocabulary knows, and more than a bare body part or a pain anywhere."""
    known = survey.graph.concepts[concept]
    if known.kind == "condition":
        return bool(known.state) and not concept.startswith("any/")
    return known.kind != "open"


def _is_lowered(survey: Survey, concept: str) -> bool:
    return any(relation.sign == -1 for relation in survey.causes(concept))


def _of_kind(survey: Survey, kind: str) -> Iterator[Concept]:
    """Concepts of a kind that some article names."""
    return (c for c in survey.graph.concepts.values() if c.kind == kind and c.id in survey.mentions)


def _explained(survey: Survey, mention: StoredMention) -> bool:
    article = survey.articles.get(mention.article)
    return article is not None and explains_how(article, mention.start, mention.end)


def _remedies_upstream(survey: Survey, concept: Concept) -> tuple[str, ...]:
    """Remedies that lower something that brings a concept on."""
    return tuple(
        relation.cause
        for raising in survey.causes(concept.id)
        if raising.sign == 1
        for relation in survey.causes(raising.cause)
        if relation.sign == -1 and survey.graph.concepts[relation.cause].kind == "remedy"
    )


def _remedies_nearby(survey: Survey, concept: Concept) -> tuple[str, ...]:
    """Remedies usual for a concept that an article which names it names too, without saying what for."""
    naming = survey.articles_naming(concept.id)
    return tuple(
        remedy.id
        for remedy in survey.vocabulary.remedies.values()
        if (concept.id in remedy.addresses or _suits(remedy.works_on, remedy.addresses, concept))
        and survey.articles_naming(remedy.id) & naming
    )


def _suits(works_on: tuple[str, ...], addresses: tuple[str, ...], concept: Concept) -> bool:
    return concept.kind == "condition" and concept.structure in works_on and concept.state in addresses


def _remedy_suggestion(survey: Survey, concept: Concept, upstream: tuple[str, ...], nearby: tuple[str, ...]) -> str:
    if upstream:
        names = _and_more([survey.name(remedy) for remedy in upstream])
        return f"The articles give {names} for what brings on {concept.name}: say whether that is the way to mend it."
    if nearby:
        names = _and_more([survey.vocabulary.remedies[remedy].name for remedy in nearby])
        return f"{names} stand in the same articles: say whether they help against {concept.name}."
    return f"Say what helps against {concept.name}, or that nothing is known to."


def _is_hedged(survey: Survey, relation: Relation) -> bool:
    """Whether no article states a relation outright that people would want to know of."""
    wanted = _is_telling(survey, relation.effect) and survey.badness(relation.effect) != 0
    return wanted and relation.certainty not in (Certainty.ASSERTED, Certainty.DENIED)


def _told(survey: Survey, cause: Concept, relations: list[Relation]) -> str:
    """What a cause is said to do: "raises knee pain and stress on knee or lowers performance"."""
    raised = [survey.name(relation.effect) for relation in relations if relation.sign == 1]
    lowered = [survey.name(relation.effect) for relation in relations if relation.sign == -1]
    told = [f"{verb(cause.name, 1)} {_and_more(raised)}"] if raised else []
    return " or ".join([*told, *([f"{verb(cause.name, -1)} {_and_more(lowered)}"] if lowered else [])])


def _agreeing(concept: Concept, plural: str, singular: str) -> str:
    """The word that agrees with a concept's name: glute bridges are, a warm-up is."""
    return plural if is_plural(concept.name) else singular


def _it(concept: Concept) -> str:
    """The pronoun for a concept's name, as an object."""
    return _agreeing(concept, "them", "it")


def _says_how(effect: Concept) -> bool:
    """Whether an effect of a remedy is a way in which it works, rather than what people hope for in the end."""
    return effect.kind != "outcome" and effect.state not in COMPLAINTS


def _turned(survey: Survey, harm: Relation) -> str:
    """What a cause brings, as words: "knee pain", "less running economy"."""
    return survey.name(harm.effect) if harm.sign == 1 else f"less {survey.name(harm.effect)}"


def _is_advised(survey: Survey, remedy: Concept) -> bool:
    """Whether articles put a remedy forward: in a heading or an item, or two of them anywhere.

    One that works on the whole body (seeing a doctor, cross-training) needs no muscle named.
    """
    entry = survey.vocabulary.remedies.get(remedy.id)
    if entry is not None and not set(entry.works_on) - {WHOLE_BODY}:
        return False
    return len(survey.articles_naming(remedy.id)) > 1 or any(map(survey.stands_out, survey.mentions[remedy.id]))


def _works_on(survey: Survey, concept: Concept) -> str:
    entry = survey.vocabulary.remedies.get(concept.id)
    names = [survey.vocabulary.structures[part].name for part in entry.works_on] if entry else []
    return f" ({_agreeing(concept, 'they usually work', 'it usually works')} on {_and_more(names)})" if names else ""


def _severity(survey: Survey, kind: GapKind, subject: str, share: float) -> float:
    return round(WEIGHTS[kind] * survey.prominence(subject) * share, 4)


def _noisy_or(beliefs: Iterable[float]) -> float:
    none = 1.0
    for belief in beliefs:
        none *= 1 - belief
    return 1 - none


def _and_more(names: list[str], most: int = 3) -> str:
    """Names in a sentence, the first few told and the others counted."""
    unique = list(dict.fromkeys(names))
    return listing(unique[:most] + ([f"{len(unique) - most} more"] if len(unique) > most else []))


Finder = Callable[[Survey], Iterator[Gap]]
_FINDERS: tuple[Finder, ...] = (
    causes_without_remedy,
    remedies_without_mechanism,
    exercises_without_instructions,
    only_hedged,
    only_one_article,
    mentioned_only,
)
