from pathlib import Path

from answer.opened import open_library
from graph.concepts import Certainty
from views.examples import example_chains
from views.wishes import connected


def test_the_first_example_is_a_chain_whose_links_authors_say_outright(sample_library: Path) -> None:
    library = open_library(sample_library)
    name = library.generation.path.name
    first = example_chains(name, library, connected(name, library))[0]
    assert len(first.relations) > 1
    for relation in first.relations:
        said = {claim.rule.partition("/")[0] for claim in relation.claims if claim.certainty is Certainty.ASSERTED}
        assert said & {"verb", "noun", "adjective", "list"}
