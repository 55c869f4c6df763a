"""Filters: which passages a search may find."""

import sqlite3
from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from corpus.errors import QueryError
from embeddings.querying import Rows
from graph.concepts import Certainty


@dataclass(frozen=True, slots=True)
class Filters:
    """What a passage must fulfil; "" asks for nothing.

    Args:
        article: id of its article.
        section: words that its heading holds.
        source: words that its article's file or address holds.
        after, before: first and last date of its article, ISO 8601; an article without a date fulfils neither.
        concept: id of a concept that it names.
        structure: id of a body part that a concept in it is about.
        certainty: of a claim that it makes: asserted, hedged, correlated, speculative, denied.
    """

    article: str = ""
    section: str = ""
    source: str = ""
    after: str = ""
    before: str = ""
    concept: str = ""
    structure: str = ""
    certainty: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


_CONDITIONS = {
    "article": "p.article = :article",
    "section": "instr(lower(p.section), lower(:section)) > 0",
    "source": "(instr(lower(a.source), lower(:source)) > 0 OR instr(lower(a.url), lower(:source)) > 0)",
    "after": "a.date <> '' AND substr(a.date, 1, length(:after)) >= :after",
    "before": "a.date <> '' AND substr(a.date, 1, length(:before)) <= :before",
    "concept": "EXISTS (SELECT 1 FROM mentions x WHERE x.concept = :concept"
    ' AND x.article = p.article AND x.start >= p.start AND x.start < p."end")',
    "structure": "EXISTS (SELECT 1 FROM mentions x JOIN concepts c ON c.id = x.concept WHERE c.structure = :structure"
    ' AND x.article = p.article AND x.start >= p.start AND x.start < p."end")',
    "certainty": "EXISTS (SELECT 1 FROM claims x WHERE x.certainty = :certainty"
    ' AND x.article = p.article AND x.start >= p.start AND x.start < p."end")',
}


def passages_that(db: sqlite3.Connection, filters: Filters) -> Rows | None:
    """The rows of the passages that fulfil all filters, ascending; None where nothing is asked.

    Raises:
        QueryError: a date that is none, or no such certainty.
    """
    if not filters:
        return None
    _check(filters)
    wanted = {each.name: getattr(filters, each.name) for each in fields(filters) if getattr(filters, each.name)}
    # The conditions are the constants above; what a user wrote is bound, never spliced.
    query = (
        "SELECT p.row FROM passages p JOIN articles a ON a.id = p.article WHERE "  # noqa: S608
        + " AND ".join(f"({_CONDITIONS[name]})" for name in wanted)
        + " ORDER BY p.row"
    )
    return np.array([row for (row,) in db.execute(query, wanted)], dtype=np.int64)


def _check(filters: Filters) -> None:
    for name in ("after", "before"):
        value = getattr(filters, name)
        if value and not _is_date(value):
            raise QueryError(f"{name}: {value!r} is no date; write it as 2024-05-31, 2024-05 or 2024")
    if filters.certainty and filters.certainty not in tuple(Certainty):
        raise QueryError(f"certainty: {filters.certainty!r} is none; choose one of {', '.join(Certainty)}")


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value + "2000-01-01"[len(value) :])
    except ValueError:
        return False
    return True
