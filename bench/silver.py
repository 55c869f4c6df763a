"""Sentences of articles with the claims that the grammar alone finds there between concepts of the vocabulary."""

from pathlib import Path

import numpy as np

from bench.labelled import Scorer
from bench.marked import Gold, Text
from corpus.reading import read_article
from graph.claims.anaphora import Context, resolved
from graph.claims.headings import units_of
from graph.claims.linked import link_claims
from graph.claims.parsing import parse
from graph.claims.rules import proposals_of, verified
from graph.claims.units import Found
from graph.linking import Linker
from graph.vocabulary import load_vocabulary


def silver_texts(shared: Path, scorer: Scorer) -> list[Text]:
    """The articles of ../shared/corpus; what their grammar leaves open is unknown, not wrong."""
    folder, linker, texts = shared / "corpus", Linker(load_vocabulary()), []
    for path in [*sorted(folder.rglob("*.md")), *sorted(folder.glob("*.txt"))]:
        if path.name == "README.md":
            continue
        article = read_article(path)
        units, context, found = list(units_of(article)), Context(), list[Found]()
        for unit, doc in zip(units, parse(unit.text for unit in units), strict=True):
            proposals = proposals_of(doc, question=unit.question)
            # No verdict: where a cue ties known concepts, the grammar is trusted.
            likely = list(verified(doc, proposals, lambda _, ties: np.zeros(len(ties), np.float32), lambda _: 0.0))
            found += resolved(unit, doc, likely, context)
        gold = tuple(
            Gold(
                frozenset(scorer.words(claim.cause.text)),
                frozenset(scorer.words(claim.effect.text)),
                (claim.cause.start, claim.cause.end),
                (claim.effect.start, claim.effect.end),
                claim.said,
            )
            for claim in link_claims(article, found, linker)
            if not claim.denied
        )
        texts.append(Text("silver", article, gold, complete=False))
    return texts
