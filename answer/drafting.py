"""Drafts: an answer in the making, and what is said where the articles don't say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from answer.citing import Citation, Notes, Statement
from answer.meaning import Meant, in_library, is_part, is_told_by_name
from answer.opened import OpenLibrary
from answer.questions import Intent, Question
from answer.red_flags import find_red_flags
from answer.wording import chain_words, listed
from embeddings.search import Hit
from embeddings.words import stem, stems
from graph.chains import Chain
from graph.concepts import Claim
from graph.contradictions import Contradiction
from graph.fixes import Fix
from graph.telling import is_plural
from graph.vocabulary import RedFlag

Kind = Literal["chains", "fixes", "contradictions", "passages", "yes", "no", "mixed", "dont-say"]
# Kinds that are made of claims: where a question says more than these speak of, it is told.
_OF_CLAIMS: frozenset[Kind] = frozenset(["chains", "fixes", "yes", "no", "mixed"])
PASSAGES = 5
SUGGESTIONS = 4
LOOKED_AT = 20
# Cosine from which a passage is taken to be on what was asked.
SPEAKS_OF = 0.45


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say to a question.

    Args:
        question: as it was read.
        kind: what it consists of; "dont-say" where the articles don't say.
        warnings: red flags that the question names: their advice comes before everything else.
        headline: the answer in one sentence.
        statements: sentences with the numbers of their citations.
        citations: numbered verbatim quotes.
        chains, fixes, contradictions, hits: what the sentences were made of, for those who want to look closer.
        suggestions: near questions that have an answer.
        left_out: telling words of the question that play no part in the answer.
    """

    question: Question
    kind: Kind
    headline: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[RedFlag, ...] = ()
    chains: tuple[Chain, ...] = ()
    fixes: tuple[Fix, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    hits: tuple[Hit, ...] = ()
    suggestions: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """An answer in the making."""

    question: Question
    library: OpenLibrary
    notes: Notes = field(default_factory=Notes)
    statements: list[Statement] = field(default_factory=list)

    def say(self, text: str, citations: Iterable[int] = ()) -> None:
        """Adds a sentence."""
        self.statements.append(Statement(text, tuple(citations)))

    def say_chains(self, chains: Sequence[Chain]) -> None:
        """Adds a sentence for each chain."""
        for chain in chains:
            taken = list(zip(chain.relations, chain.signs, strict=True))
            self.say(chain_words(chain, self.library.graph.concepts), self.notes.relations(taken))

    def finish(self, kind: Kind, headline: str, **parts: tuple[object, ...]) -> Answer:
        """The answer, with passages to read on."""
        hits = self.library.search(self.question.text, PASSAGES)
        found = find_red_flags(self.question.text, self.library.linker.vocabulary, self.library.encoder)
        warnings = tuple(each.flag for each in found)
        answer = Answer(
            self.question,
            kind,
            headline,
            tuple(self.statements),
            tuple(self.notes.citations),
            warnings,
            hits=hits,
            left_out=self._left_out() if kind in _OF_CLAIMS else (),
        )
        return _with(answer, parts)

    def _left_out(self) -> tuple[str, ...]:
        quoted = {each for citation in self.notes.citations for each in stems(citation.quote)}
        return tuple(dict.fromkeys(word for word in self.question.whole.unknown if stem(word) not in quoted))


def _with(answer: Answer, parts: dict[str, tuple[object, ...]]) -> Answer:
    return replace(answer, **parts)  # type: ignore[arg-type]  # each caller names fields of Answer


def dont_say(draft: Draft, *about: Meant) -> Answer:
    """That the articles don't say; where they make no claim but speak of just this, what they say."""
    hits = _speaking(draft, about)
    if hits:
        draft.say("In their own words:", [draft.notes.passage(hit.passage) for hit in hits])
        names = listed(list(dict.fromkeys(each.names for each in about)))
        headline = f"I read no claim in the articles that answers this; what they say of {names}:"
        return draft.finish("passages", headline, suggestions=near_questions(draft))
    return _not_said(draft, about)


def _speaking(draft: Draft, about: Sequence[Meant]) -> list[Hit]:
    """Passages that name every concept of the question and have its other telling words; () if one can't be known."""
    question = draft.question
    sides = [side for side in (question.cause, question.effect) if side]
    one_sided = question.intent in (Intent.DOES_CAUSE, Intent.CONNECT) and not all(side.concepts for side in sides)
    if one_sided or not question.concepts or not all(each.known for each in about):
        return []
    one_thing = question.intent not in (Intent.DOES_CAUSE, Intent.CONNECT) and is_told_by_name(question.whole)
    strange = set() if one_thing else {stem(word) for word in question.whole.unknown}
    easing = question.intent == Intent.EASE and not any(concept.kind == "remedy" for concept in question.concepts)
    # An encoder knows few lay words: "ITBS" is nothing to it.
    asked = f"{question.text} {' '.join(concept.name for concept in question.concepts)}"
    hits = [hit for hit in draft.library.search(asked, LOOKED_AT) if hit.similarity >= SPEAKS_OF]
    mentioned = draft.library.concepts.of_passages(np.array([hit.row for hit in hits], dtype=np.int64))
    naming = {hit.row for hit, ids in zip(hits, mentioned, strict=True) if _names_all(ids, draft)}
    found = [
        hit
        for hit in hits
        if strange <= set(stems(hit.passage.text)) and (hit.row in naming or (easing and _names_remedy(hit, draft)))
    ]
    if easing:
        # what names both the trouble and a remedy is what was asked for
        found.sort(key=lambda hit: not (_names_remedy(hit, draft) and hit.row in naming))
    return found[:PASSAGES]


def _names_all(ids: Iterable[str], draft: Draft) -> bool:
    """Whether concepts named by a passage are all those of the question, or conditions that go by their names."""
    linker, named = draft.library.linker, set(ids)
    concepts = [concept for id in named if (concept := draft.library.graph.concepts.get(id) or linker.concept(id))]
    return all(
        wanted.id in named
        or any(linker.are_akin(wanted, each) or is_part(each, wanted, draft.library) for each in concepts)
        for wanted in draft.question.concepts
    )


def _names_remedy(hit: Hit, draft: Draft) -> bool:
    """Whether a passage names a remedy that works on the body part that a question asks help for."""
    parts = {concept.structure for concept in draft.question.concepts} - {"", "any"}
    mentions = draft.library.linker.mentions(f"{hit.passage.section}. {hit.passage.text}")
    return any(mention.concept.kind == "remedy" and mention.concept.structure in parts for mention in mentions)


def asked_too(draft: Draft, asked: Sequence[Claim]) -> Answer | None:
    """What an article says under a heading that asks the same; None where nothing stands there."""
    headings = {(claim.article, claim.quote) for claim in asked}
    hits = [
        hit
        for hit in draft.library.search(draft.question.text, LOOKED_AT)
        if any(
            hit.passage.article == article and quote in f"{hit.passage.section}\n{hit.passage.text}"
            for article, quote in headings
        )
    ][:PASSAGES]
    if not hits:
        return None
    passages = sorted((hit.passage for hit in hits), key=lambda passage: (passage.article, passage.start))
    draft.say("In its own words:", [draft.notes.passage(passage) for passage in passages])
    return draft.finish("passages", "An article asks just this; what it says there:")


def _not_said(draft: Draft, about: Sequence[Meant]) -> Answer:
    whole = draft.question.whole
    names = [concept.name for concept in whole.concepts] or [each.names for each in about if each.ids]
    things = [*whole.unknown, *names]
    on = f": {listed(list(dict.fromkeys(things)))}" if things else ""
    headline = f"The articles don't say anything on this{on}."
    return draft.finish("dont-say", headline, suggestions=near_questions(draft))


def near_questions(draft: Draft) -> tuple[str, ...]:
    """Questions on the nearest concepts that do have an answer."""
    library = draft.library
    near = [id for concept in draft.question.concepts for id in in_library(concept, library)]
    near += [id for id, _ in library.nearest_concepts(draft.question.text)]
    questions = []
    for id in dict.fromkeys(near):
        concept = library.graph.concepts[id]
        name = concept.name
        # a phrase that one sentence used, or a bare body part, makes no question that anybody would ask
        if concept.kind == "open" or (concept.kind == "condition" and not concept.state):
            continue
        if any(relation.belief > 0 and relation.sign == 1 for relation in library.graph.causes_of(id)):
            questions.append(f"What leads to {name}?")
        elif any(relation.belief > 0 for relation in library.graph.effects_of(id)):
            questions.append(f"What {'do' if is_plural(name) else 'does'} {name} lead to?")
    return tuple(questions[:SUGGESTIONS])
