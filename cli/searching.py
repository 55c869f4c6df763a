"""search and ask: passages and answers in plain words."""

from argparse import Namespace
from typing import TYPE_CHECKING

from answer.opened import open_library
from cli.libraries import chosen_library
from cli.output import bold, faint, highlighted, print_json, printable

if TYPE_CHECKING:
    from answer.drafting import Answer
    from embeddings.search import Hit


def print_hits(options: Namespace) -> int:
    """The passages that answer a query best; 1 where there is none."""
    from answer.filters import Filters
    from embeddings.search import hits_json

    library = open_library(chosen_library(options.library))
    concept = library.resolve(options.concept).id if options.concept else ""
    structure = library.resolve(options.structure).structure if options.structure else ""
    plain = {name: getattr(options, name) for name in ("article", "section", "source", "after", "before", "certainty")}
    hits = library.search(options.query, options.k, Filters(**plain, concept=concept, structure=structure))
    if options.format == "json":
        print_json([dict(hit) for hit in hits_json(hits)])
        return 0 if hits else 1
    for hit in hits:
        _print_hit(hit)
    if not hits:
        print("no passage found: ask in a few plain words, such as: sore back after long runs")
    return 0 if hits else 1


def _print_hit(hit: "Hit") -> None:
    passage = hit.passage
    print(f"{hit.rank}. {bold(printable(passage.title))}  {faint(printable(passage.section))}")
    print(f"   {highlighted(printable(passage.text), [(word.start, word.end) for word in hit.why.words])}")
    words = ", ".join(dict.fromkeys(word.text.lower() for word in hit.why.words)) or "none"
    concepts = f"; concepts: {', '.join(hit.why.concepts)}" if hit.why.concepts else ""
    where = f"{passage.article}, {passage.start}-{passage.end}"
    print(faint(f"   {where}; words: {words}; similarity {hit.similarity:.2f}{concepts}"))
    print()


def print_answer(options: Namespace) -> int:
    """What the articles say to a question; 1 where they don't say."""
    from answer.answering import ask

    library = open_library(chosen_library(options.library))
    answer = ask(library, options.question)
    if options.format == "json":
        print_json(_answer_json(answer))
        return int(answer.kind == "dont-say")
    for warning in answer.warnings:
        print(bold(f"! {warning.name}: {warning.advice}"))
        print()
    print(bold(printable(answer.headline)))
    for statement in answer.statements:
        print(f"  {printable(statement.text)} {faint(''.join(f'[{number}]' for number in statement.citations))}")
    print()
    for cited in answer.citations:
        certainty = f", {cited.certainty.value}" if cited.certainty else ""
        print(f'[{cited.number}] "{printable(cited.quote)}"')
        print(faint(f"    {cited.article}, {cited.start}-{cited.end}{certainty}"))
    for hit in () if answer.citations else answer.hits:
        _print_hit(hit)
    for question in answer.suggestions:
        print(f"the articles do answer: {printable(question)}")
    print(faint("This is what the articles say, no diagnosis."))
    return int(answer.kind == "dont-say")


def _answer_json(answer: "Answer") -> dict[str, object]:
    return {
        "intent": answer.question.intent.value,
        "kind": answer.kind,
        "warnings": [{"red_flag": each.id, "advice": each.advice} for each in answer.warnings],
        "headline": answer.headline,
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
