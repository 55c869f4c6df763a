"""What search needs to know of concepts: which a question names, which a passage mentions."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from embeddings.querying import Rows
from graph.linking import Linker

MENTIONED = """
    SELECT passages.row, mentions.concept FROM passages JOIN mentions
    ON mentions.article = passages.article AND mentions.start >= passages.start AND mentions.start < passages."end"
    WHERE passages.row IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class LibraryConcepts:
    """The concepts of one library.

    Args:
        db: its library.db.
        linker: by the vocabulary that it was built with.
    """

    db: Connection
    linker: Linker

    def named(self, text: str) -> Mapping[str, str]:
        """The ids of the concepts that a text names, each with its name."""
        return {mention.concept.id: mention.concept.name for mention in self.linker.mentions(text)}

    def of_passages(self, rows: Rows) -> Sequence[Collection[str]]:
        """The ids of the concepts that each of some passages mentions."""
        found: dict[int, set[str]] = {int(row): set() for row in rows}
        for row, concept in self.db.execute(MENTIONED, (json.dumps(list(found)),)):
            found[row].add(concept)
        return [found[int(row)] for row in rows]
