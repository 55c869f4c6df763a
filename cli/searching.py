"""search and ask: passages and answers in plain words."""

from argparse import Namespace

from cli.libraries import chosen_library
from cli.output import bold, faint, highlighted, print_json, printable


def print_hits(options: Namespace) -> int:
    """The passages that answer a query best; 1 where there is none."""
    from answer.filters import Filters
    from answer.opened import open_library
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
        passage = hit.passage
        print(f"{hit.rank}. {bold(printable(passage.title))}  {faint(printable(passage.section))}")
        print(f"   {highlighted(printable(passage.text), [(word.start, word.end) for word in hit.why.words])}")
        words = ", ".join(dict.fromkeys(word.text.lower() for word in hit.why.words)) or "none"
        concepts = f"; concepts: {', '.join(hit.why.concepts)}" if hit.why.concepts else ""
        where = f"{passage.article}, {passage.start}-{passage.end}"
        print(faint(f"   {where}; words: {words}; similarity {hit.similarity:.2f}{concepts}"))
        print()
    if not hits:
        print("no passage found: ask in a few plain words, such as: sore back after long runs")
    return 0 if hits else 1
