"""search and ask: passages and answers in plain words."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from answer.opened import OpenLibrary, open_library
from cli.libraries import chosen_library
from cli.output import bold, excerpt, faint, highlighted, print_json, printable
from corpus.errors import QueryError
from corpus.workspace import (
    WORKSPACE_NAME,
    log_search,
    search_log_is_on,
    searches_without_result,
    switch_search_log,
)
from graph.telling import count

# Cosine from which a passage is worth showing though the articles don't say.
NEAR = 0.5
MOST_NEAR = 3

if TYPE_CHECKING:
    from answer.drafting import Answer
    from embeddings.search import Hit


def print_hits(options: Namespace) -> int:
    """The passages that answer a query best; 1 where there is none."""
    from embeddings.search import hits_json

    library = open_library(chosen_library(options.library))
    if bool(options.query) == bool(options.like):
        raise QueryError("give either words to search for or --like ID; `kinetrace search --help` has an example")
    hits = library.more_like(options.like, options.k) if options.like else _searched(library, options)
    if options.format == "json":
        print_json([dict(hit) for hit in hits_json(hits)])
        return 0 if hits else 1
    for hit in hits:
        _print_hit(hit)
    if not hits:
        print("no passage found: ask in a few plain words, such as: sore back after long runs")
    return 0 if hits else 1


def _searched(library: OpenLibrary, options: Namespace) -> "tuple[Hit, ...]":
    from answer.filters import Filters

    concept = library.resolve(options.concept).id if options.concept else ""
    structure = library.resolve(options.structure).structure if options.structure else ""
    plain = {name: getattr(options, name) for name in ("article", "section", "source", "after", "before", "certainty")}
    hits = library.search(options.query, options.k, Filters(**plain, concept=concept, structure=structure))
    log_search(library.path, options.query, len(hits))
    return hits


def _print_hit(hit: "Hit") -> None:
    passage = hit.passage
    print(f"{hit.rank}. {bold(printable(passage.title))}  {faint(printable(passage.section))}")
    print(f"   {highlighted(printable(passage.text), [(word.start, word.end) for word in hit.why.words])}")
    words = ", ".join(dict.fromkeys(word.text.lower() for word in hit.why.words)) or "none"
    concepts = f"; concepts: {', '.join(hit.why.concepts)}" if hit.why.concepts else ""
    where = f"{passage.id}, {passage.start}-{passage.end}"
    print(faint(f"   {where}; words: {words}; similarity {hit.similarity:.2f}{concepts}"))
    print()


def print_answer(options: Namespace) -> int:
    """What the articles say to a question; 1 where they don't say."""
    from answer.answering import ask

    library = open_library(chosen_library(options.library))
    answer = ask(library, options.question)
    log_search(library.path, options.question, 0 if answer.kind == "dont-say" else len(answer.hits))
    if options.format == "json":
        print_json(_answer_json(answer))
        return int(answer.kind == "dont-say")
    for warning in answer.warnings:
        print(bold(f"! {warning.name}: {warning.advice}"))
        print()
    print(bold(printable(answer.headline)))
    if answer.left_out:
        print(faint(f"not looked at, of what you ask: {printable(', '.join(answer.left_out))}"))
    for statement in answer.statements:
        print(f"  {printable(statement.text)} {faint(''.join(f'[{number}]' for number in statement.citations))}")
    print()
    for cited in answer.citations:
        certainty = f", {cited.certainty.value}" if cited.certainty else ""
        print(f'[{cited.number}] "{excerpt(cited.quote, cited.marks) if cited.marks else printable(cited.quote)}"')
        print(faint(f"    {cited.article}, {cited.start}-{cited.end}{certainty}"))
    _print_passages(answer)
    for question in answer.suggestions:
        print(f"the articles do answer: {printable(question)}")
    print(faint("This is what the articles say, no diagnosis."))
    return int(answer.kind == "dont-say")


def _print_passages(answer: "Answer") -> None:
    """The passages of an answer that quotes nothing; where the articles don't say, only those near the question."""
    hits = () if answer.citations else answer.hits
    if answer.kind == "dont-say":
        hits = tuple(hit for hit in hits if hit.similarity >= NEAR)[:MOST_NEAR]
        if hits:
            print("The passages nearest to the question:")
    for hit in hits:
        _print_hit(hit)


def print_duplicates(options: Namespace) -> int:
    """Pairs of passages that say nearly the same, nearest first."""
    library = open_library(chosen_library(options.library))
    pairs = library.near_duplicates(options.least)
    if options.format == "json":
        print_json([{"similarity": cosine, "passages": [asdict(one), asdict(other)]} for one, other, cosine in pairs])
        return 0
    for one, other, cosine in pairs[: options.k]:
        print(bold(f"similarity {cosine:.2f}"))
        for passage in (one, other):
            print(f'   "{printable(passage.text)}"')
            print(faint(f"     {passage.id}, {passage.start}-{passage.end}"))
    print(f"{count(min(len(pairs), options.k), 'pair')} of {len(pairs):,} at a similarity of {options.least} or more")
    return 0


def print_searches(options: Namespace) -> int:
    """Questions that found nothing when they were last asked; switches the log."""
    library = open_library(chosen_library(options.library))
    if options.on or options.off:
        switch_search_log(library.path, options.on)
    unanswered = searches_without_result(library.path, options.k)
    if options.format == "json":
        print_json({"log": search_log_is_on(library.path), "unanswered": [asdict(each) for each in unanswered]})
        return 0
    for each in unanswered:
        asked = f"{count(each.times, 'time')}, last on {each.last[:10]}"
        print(f"{printable(each.query)}  {faint(asked)}")
    if not unanswered:
        print("no question is on record that found nothing")
    told = "on: searches are kept in" if search_log_is_on(library.path) else "off: no search is written to"
    print(faint(f"The log is {told} {library.path / WORKSPACE_NAME}; nothing leaves this machine."))
    return 0


def _answer_json(answer: "Answer") -> dict[str, object]:
    return {
        "intent": answer.question.intent.value,
        "kind": answer.kind,
        "warnings": [{"red_flag": each.id, "advice": each.advice} for each in answer.warnings],
        "headline": answer.headline,
        "left_out": list(answer.left_out),
        "statements": [{"text": each.text, "citations": list(each.citations)} for each in answer.statements],
        "citations": [
            {
                "number": cited.number,
                "quote": cited.quote,
                "article": cited.article,
                "start": cited.start,
                "end": cited.end,
                "certainty": cited.certainty.value if cited.certainty else None,
            }
            for cited in answer.citations
        ],
        "suggestions": list(answer.suggestions),
    }
