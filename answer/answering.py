"""Answers: what the articles say to a question, in sentences that each rest on numbered quotes.

Nothing is invented: a sentence is a template over claims, relations and chains, or the articles are quoted.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from answer.citing import is_asked, is_said, opposing, supporting
from answer.drafting import Answer, Draft, Kind, asked_too, dont_say, near_questions
from answer.easing import say_fixes, say_lowering
from answer.meaning import Meant, direct_relations, in_library, is_bare, is_told_by_name, meanings, meant_by, spoken_of
from answer.opened import OpenLibrary
from answer.questions import Intent, Question, read_question
from answer.sides import Side
from answer.ways import CHAINS, adjacent, between, distinct, foremost, leading
from answer.wording import denial_words, listed, number_word, relation_words, sentence
from embeddings.search import LEAST_SIMILARITY
from graph.assembly import Relation
from graph.chains import Chain
from graph.concepts import Claim, Sign
from graph.contradictions import contradiction_sentence, contradictions
from graph.telling import is_plural

LEAST_BELIEF = 0.05
NEAR_MISSES = 3
MANY = 1000
ONE_WAY_AND_OTHER: tuple[Sign, Sign] = (1, -1)


def ask(library: OpenLibrary, question: str) -> Answer:
    """What the articles of a library say to a question.

    Args:
        library: to answer from.
        question: in anybody's words; what is no question is searched for.
    """
    asked = read_question(question, library.linker, library.encoder)
    draft = Draft(asked, library)
    return _ANSWERS[asked.intent](draft)


def _answer_why(draft: Draft) -> Answer:
    cause, targets = _cause_and_targets(draft.question, draft.library, last=False)
    return _first_told(targets, draft, lambda target: _why(draft, cause, target))


def _why(draft: Draft, cause: Meant | None, target: Meant) -> Answer | None:
    library = draft.library
    first = between(library, cause.ids, target.ids) if cause and cause.ids else ()
    near = adjacent(library, effects=target.ids, sign=1)
    raising = (chain for chain in (*first, *near, *leading(library, effects=target.ids, sign=1)) if chain.sign == 1)
    chains = foremost(raising, library)
    if not chains:
        return None
    draft.say_chains(chains)
    direct = {chain.concepts[0] for chain in adjacent(library, effects=target.ids, sign=1, most=MANY)}
    articles = number_word(len({claim.article for chain in chains for claim in chain.claims}), "article")
    causes = (
        f"{number_word(len(direct), 'direct cause')} of {target.names}"
        if direct
        else f"no direct cause of {target.names}"
    )
    headline = f"The articles name {causes}; the best supported ways there, from {articles}:"
    return draft.finish("chains", _of(target, headline), chains=chains)


def _answer_leads_to(draft: Draft) -> Answer:
    effect, sources = _cause_and_targets(draft.question, draft.library, last=True)
    return _first_told(sources, draft, lambda source: _leads_to(draft, source, effect))


def _leads_to(draft: Draft, source: Meant, effect: Meant | None) -> Answer | None:
    library = draft.library
    first = between(library, source.ids, effect.ids) if effect and effect.ids else ()
    near = adjacent(library, causes=source.ids)
    chains = foremost((*first, *near, *leading(library, causes=source.ids)), library)
    if not chains:
        return None
    draft.say_chains(chains)
    ends = listed(list(dict.fromkeys(library.graph.concepts[chain.concepts[-1]].name for chain in chains)))
    headline = f"What the articles say {source.names} {'act' if is_plural(source.names) else 'acts'} on: {ends}."
    return draft.finish("chains", _of(source, headline), chains=chains)


def _answer_ease(draft: Draft) -> Answer:
    question = draft.question
    remedies = [concept for concept in question.concepts if concept.kind == "remedy"]
    troubles = [concept for concept in question.concepts if concept.kind != "remedy"]
    if question.cause and question.effect:
        return _answer_does_cause(draft)
    side = Side(question.text, tuple(troubles or remedies), 1, question.whole.unknown, question.whole.aside)
    return _first_told(meanings(side, draft.library), draft, lambda target: _ease(draft, target), side)


def _ease(draft: Draft, target: Meant) -> Answer | None:
    fixes = say_fixes(draft, target.ids)
    lowering = say_lowering(draft, target.ids) if not fixes else False
    if not fixes and not lowering:
        return None
    headline = f"What the articles hold against {target.names}, what they say outright first:"
    return draft.finish("fixes", _of(target, headline), fixes=fixes)


def _first_told(
    meanings: Sequence[Meant], draft: Draft, tell: Callable[[Meant], Answer | None], side: Side | None = None
) -> Answer:
    """The answer on the first meaning that the articles tell something of.

    Args:
        side: what is asked about, where that is not the whole question.
    """
    for meant in meanings:
        if meant.ids and _is_spoken_of(meant, side or draft.question.whole, draft) and (answer := tell(meant)):
            return answer
    return dont_say(draft, meanings[0])


def _of(meant: Meant, headline: str) -> str:
    """A headline that says so where the articles tell of something under another name than the question's."""
    return f"No claim on {meant.instead_of} answers this. {headline}" if meant.instead_of else headline


def _answer_does_cause(draft: Draft) -> Answer:
    library, question = draft.library, draft.question
    if question.cause is None or question.effect is None:
        return dont_say(draft, meant_by(question.whole, library))
    sides = [_with_state(side, question, library) for side in (question.cause, question.effect)]
    if any(is_bare(side, library) for side in sides):
        return _answer_connect(draft)
    causes, effects = (meanings(side, library) for side in sides)
    for cause, effect in product(causes, effects):
        both_akin = cause.instead_of and effect.instead_of
        if cause.ids and effect.ids and not both_akin and (answer := _said_between(draft, cause, effect)):
            return answer
    cause, effect = causes[0], effects[0]
    return _near_miss(draft, cause, effect) if cause.ids else dont_say(draft, cause)


def _said_between(draft: Draft, cause: Meant, effect: Meant) -> Answer | None:
    """What the articles say of two things: outright, else by chains, else under a heading that asks the same."""
    library = draft.library
    sign: Sign = 1 if draft.question.sign * cause.pole * effect.pole == 1 else -1
    strange = (*cause.strange, *effect.strange)
    direct = direct_relations(library, cause.ids, effect.ids)
    says, against = _both_sides(direct, sign)
    if (says or against) and spoken_of(strange, (claim for relation in direct for claim in relation.claims)):
        return _verdict(draft, direct, sign, says, against, about=(cause, effect))
    chains = tuple(chain for chain in between(library, cause.ids, effect.ids) if chain.belief >= LEAST_BELIEF)
    if chains and spoken_of(strange, (claim for chain in chains for claim in chain.claims)):
        return _verdict_of_chains(draft, chains, sign, about=(cause, effect))
    asked = [claim for relation in direct for claim in relation.claims if is_asked(claim)]
    return asked_too(draft, asked) if asked and not strange else None


def _with_state(side: Side, question: Question, library: OpenLibrary) -> Side:
    """A side with the state that stands in the question's verb: "put stress on the knee" is stress on the knee."""
    if not is_bare(side, library):
        return side
    structures = {concept.structure for concept in side.concepts}
    told = tuple(each for each in question.concepts if each.state and each.structure in structures)
    return replace(side, concepts=told) if told else side


def _both_sides(direct: Sequence[Relation], sign: Sign) -> tuple[list[Claim], list[Claim]]:
    says = [claim for relation in direct for claim in supporting(relation, sign) if not is_asked(claim)]
    against = [claim for relation in direct for claim in opposing(relation, sign) if not is_asked(claim)]
    return says, against


def _near_miss(draft: Draft, cause: Meant, effect: Meant) -> Answer:
    """That the articles don't say it, and what they say of the same cause and the same body part."""
    library = draft.library
    about = (cause, effect) if effect.ids else (effect,)
    if cause.strange or effect.strange:
        return dont_say(draft, *about)
    concepts = library.graph.concepts
    meant = draft.question.effect.concepts if draft.question.effect else ()
    parts = {concept.structure for concept in (*meant, *(concepts[id] for id in effect.ids))} - {"", "any"}
    near = [
        relation
        for id in cause.ids
        for relation in library.graph.effects_of(id)
        if concepts[relation.effect].structure in parts and is_said(Chain((relation,), (relation.sign,)))
    ]
    for relation in sorted(near, key=lambda each: -each.belief)[:NEAR_MISSES]:
        words = relation_words(relation, relation.sign, concepts)
        draft.say(sentence(words), draft.notes.relations([(relation, relation.sign)]))
    if not near:
        return dont_say(draft, *about)
    headline = f"The articles don't say this of {cause.names} and {effect.names}; what comes nearest:"
    return draft.finish("dont-say", headline, suggestions=near_questions(draft))


def _verdict(
    draft: Draft,
    direct: Sequence[Relation],
    sign: Sign,
    says: Sequence[Claim],
    against: Sequence[Claim],
    about: Sequence[Meant],
) -> Answer:
    kind: Kind = "mixed" if says and against else "yes" if says else "no"
    for relation in direct:
        for way in ONE_WAY_AND_OTHER if sign == 1 else ONE_WAY_AND_OTHER[::-1]:
            claims = [claim for claim in supporting(relation, way) if not is_asked(claim)]
            if claims:
                words = relation_words(relation, way, draft.library.graph.concepts)
                draft.say(sentence(words), draft.notes.claims(claims))
            denials = [claim for claim in relation.claims if claim.denied and claim.sign == way]
            if denials:
                words = denial_words(relation, way, draft.library.graph.concepts)
                draft.say(sentence(words), draft.notes.claims(denials))
    return draft.finish(kind, _of_both(about, _headline(kind, says, against)))


def _of_both(about: Sequence[Meant], headline: str) -> str:
    """A headline that names the side that stands there under another name than the question's, if one does."""
    akin = next((meant for meant in about if meant.instead_of), None)
    return _of(akin, f"Of {akin.names}: {headline}") if akin else headline


def _headline(kind: Kind, says: Sequence[Claim], against: Sequence[Claim]) -> str:
    count = number_word(len({claim.article for claim in says or against}), "article")
    hedged = bool(says) and all(claim.certainty != "asserted" for claim in says)
    if kind == "mixed":
        others = number_word(len({claim.article for claim in against}), "article")
        return (
            f"It depends on whom you read: {count} say{'s' if count.startswith('1 ') else ''} so, {others} otherwise."
        )
    if kind == "yes":
        return f"{'Possibly' if hedged else 'Yes'}, by {count}."
    return f"No, by {count}."


def _verdict_of_chains(draft: Draft, chains: Sequence[Chain], sign: Sign, about: Sequence[Meant]) -> Answer:
    chosen = tuple(chains[:CHAINS])
    signs = {chain.sign for chain in chosen if chain.belief >= chosen[0].belief / 4}
    kind: Kind = "mixed" if len(signs) > 1 else "yes" if signs == {sign} else "no"
    draft.say_chains(chosen)
    headline = {
        "mixed": "It depends: no article says it outright, and what they say leads both ways.",
        "yes": "Yes, though no article says it outright: what they say leads there.",
        "no": "Rather the opposite, though no article says it outright.",
    }[kind]
    return draft.finish(kind, _of_both(about, headline), chains=chosen)


def _answer_connect(draft: Draft) -> Answer:
    library, question = draft.library, draft.question
    sides = _two_sides(question)
    if sides is None:
        return dont_say(draft, meant_by(question.whole, library))
    firsts, seconds = (meanings(side, library) for side in sides)
    for first, second in product(firsts, seconds):
        there = between(library, first.ids, second.ids, max_links=5)
        back = between(library, second.ids, first.ids, max_links=5)
        chains = distinct(tuple(sorted((*there, *back), key=lambda chain: -chain.belief)))[:CHAINS]
        if chains:
            draft.say_chains(chains)
            headline = f"{sentence(f'How the articles connect {first.names} with {second.names}')[:-1]}:"
            return draft.finish("chains", headline, chains=chains)
    first, second = firsts[0], seconds[0]
    unknown = [each for each in (first, second) if not each.ids]
    return dont_say(draft, *(unknown[:1] or (first, second)))


def _two_sides(question: Question) -> tuple[Side, Side] | None:
    if question.cause and question.effect and question.cause.concepts and question.effect.concepts:
        return question.cause, question.effect
    if len(question.concepts) < 2:
        return (question.cause, question.effect) if question.cause and question.effect else None
    one, other, *_ = (Side(concept.name, (concept,), 1, ()) for concept in question.concepts)
    return one, other


def _answer_disagree(draft: Draft) -> Answer:
    library = draft.library
    if not draft.question.concepts and draft.question.whole.unknown:
        return dont_say(draft, meant_by(draft.question.whole, library))
    about = {id for concept in draft.question.concepts for id in in_library(concept, library)}
    found = [
        each
        # two statements on one relation come before a remedy that helps here and harms there
        for each in sorted(contradictions(library.graph), key=lambda each: each.kind == "advice")
        if (not draft.question.concepts or each.subject in about or about.intersection(each.objects))
        and not all(map(is_asked, each.says))
        and not all(map(is_asked, each.against))
    ][:CHAINS]
    for each in found:
        sides = (*draft.notes.claims(each.says), *draft.notes.claims(each.against))
        draft.say(contradiction_sentence(each, library.graph.concepts), tuple(dict.fromkeys(sides)))
    names = listed([concept.name for concept in draft.question.concepts])
    on = f" on {names}" if names else ""
    outright = any(each.kind != "advice" for each in found)
    headline = (
        f"The articles disagree{on}:"
        if outright
        else f"No two statements contradict each other{on}, but some advice helps in one place and harms in another:"
        if found
        else f"I find no two statements that contradict each other{on}."
    )
    return draft.finish("contradictions", headline, contradictions=tuple(found))


def _answer_search(draft: Draft) -> Answer:
    answer = draft.finish("passages", "Passages that fit best:")
    far = all(hit.similarity < LEAST_SIMILARITY for hit in answer.hits)
    if far and not draft.question.concepts:
        return dont_say(draft, Meant(draft.question.text, (), 1, (), known=False))
    return answer


def _cause_and_targets(
    question: Question, library: OpenLibrary, *, last: bool
) -> tuple[Meant | None, tuple[Meant, ...]]:
    """What a question is about, and what else it names: "why does my back ache after sitting" is about the back."""
    concepts = question.concepts
    if len(concepts) < 2:
        return None, meanings(question.whole, library)
    bodily = [concept for concept in concepts if concept.kind in ("condition", "outcome")]
    main = concepts[0] if last else (bodily or list(concepts))[0]
    others = tuple(concept for concept in concepts if concept != main)
    other = meant_by(Side(question.text, others, 1, ()), library)
    # "stiff and sore": what the articles say of either
    same = [main, *(each for each in bodily if each != main and each.structure and each.structure == main.structure)]
    sides = (Side(question.text, (each,), 1, question.whole.unknown) for each in same)
    return other, tuple(meant for side in sides for meant in meanings(side, library))


def _is_spoken_of(meant: Meant, side: Side, draft: Draft) -> bool:
    """Whether what is asked about is all named, or else said in the claims on it."""
    if is_told_by_name(side):
        return True
    graph = draft.library.graph
    relations = (relation for id in meant.ids for relation in (*graph.causes_of(id), *graph.effects_of(id)))
    return spoken_of(meant.strange, (claim for relation in relations for claim in relation.claims))


_ANSWERS: dict[Intent, Callable[[Draft], Answer]] = {
    Intent.WHY: _answer_why,
    Intent.LEADS_TO: _answer_leads_to,
    Intent.EASE: _answer_ease,
    Intent.DOES_CAUSE: _answer_does_cause,
    Intent.CONNECT: _answer_connect,
    Intent.DISAGREE: _answer_disagree,
    Intent.SEARCH: _answer_search,
}
