"""The graph on disk: tables concepts, mentions, claims and relations in library.db.

Relations are read whole, for chains need nothing else; the claims behind one are read when somebody looks at it.
"""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.assembly import CausalGraph, Pair, Relation, sort_claims
from graph.belief import BeliefModel, default_model
from graph.concepts import Certainty, Claim, Concept, Phrase, Sign

KEPT_IN_MEMORY = 20_000

_TABLES = """
CREATE TABLE concepts (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, structure TEXT NOT NULL, state TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE mentions (
    article TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, concept TEXT NOT NULL, pole INTEGER NOT NULL
);
CREATE TABLE claims (
    key TEXT NOT NULL, article TEXT NOT NULL, quote TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    cause_text TEXT NOT NULL, cause_start INTEGER NOT NULL, cause_end INTEGER NOT NULL,
    effect_text TEXT NOT NULL, effect_start INTEGER NOT NULL, effect_end INTEGER NOT NULL,
    cue_text TEXT NOT NULL, cue_start INTEGER NOT NULL, cue_end INTEGER NOT NULL,
    cause_concept TEXT NOT NULL, effect_concept TEXT NOT NULL,
    sign INTEGER NOT NULL, said INTEGER NOT NULL, certainty TEXT NOT NULL, rule TEXT NOT NULL
);
CREATE TABLE relations (
    cause TEXT NOT NULL, effect TEXT NOT NULL, sign INTEGER NOT NULL, belief REAL NOT NULL,
    belief_for_plus REAL NOT NULL, belief_for_minus REAL NOT NULL, certainty TEXT NOT NULL,
    article_count INTEGER NOT NULL, claim_count INTEGER NOT NULL,
    denial_count INTEGER NOT NULL, PRIMARY KEY (cause, effect)
) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX mentions_by_article ON mentions (article, start);
CREATE INDEX mentions_by_concept ON mentions (concept, article);
CREATE INDEX claims_by_pair ON claims (cause_concept, effect_concept);
CREATE INDEX claims_by_article ON claims (article, start);
CREATE INDEX claims_by_key ON claims (key);
"""
_CLAIM = """SELECT key, article, quote, start, "end", cause_text, cause_start, cause_end,
    effect_text, effect_start, effect_end, cue_text, cue_start, cue_end,
    cause_concept, effect_concept, sign, said, certainty, rule FROM claims"""
_CERTAINTIES = {certainty.value: certainty for certainty in Certainty}

ClaimRow = tuple[str, str, str, int, int, str, int, int, str, int, int, str, int, int, str, str, Sign, Sign, str, str]
RelationRow = tuple[str, str, Sign, float, float, float, str, int, int, int]


@dataclass(frozen=True, slots=True)
class StoredMention:
    """Where an article names a concept: `article.text[start:end]`.

    Args:
        article: article id.
        start, end: half-open character offsets into the article's text.
        concept: concept id.
        pole: -1 where the words name the opposite pole of the concept.
    """

    article: str
    start: int
    end: int
    concept: str
    pole: Sign


def write_graph(
    db: sqlite3.Connection,
    concepts: Iterable[Concept],
    mentions: Iterable[StoredMention],
    claims: Iterable[Claim],
    relations: Iterable[Relation],
) -> None:
    """Make and fill the graph's four tables in one transaction.

    Raises:
        sqlite3.Error: the tables are there already, or the disk is full.
    """
    db.executescript(_TABLES)
    with db:
        db.executemany(
            "INSERT INTO concepts VALUES (?, ?, ?, ?, ?)",
            ((c.id, c.kind, c.name, c.structure, c.state) for c in concepts),
        )
        db.executemany(
            "INSERT INTO mentions VALUES (?, ?, ?, ?, ?)",
            ((m.article, m.start, m.end, m.concept, m.pole) for m in mentions),
        )
        db.executemany(
            "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            map(_claim_row, claims),
        )
        db.executemany("INSERT INTO relations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_relation_row, relations))
    db.executescript(_INDEXES)


def load_graph(db: sqlite3.Connection, model: BeliefModel | None = None) -> CausalGraph:
    """The stored graph; the claims of a relation are read from the database when they are asked for."""
    concepts = {row[0]: Concept(*row) for row in db.execute("SELECT id, kind, name, structure, state FROM concepts")}
    evidence = StoredEvidence(db)
    rows: Iterable[RelationRow] = db.execute("SELECT * FROM relations ORDER BY cause, effect")
    relations = {
        (cause, effect): Relation(
            cause, effect, sign, belief, plus, minus, _CERTAINTIES[certainty], articles, claims, evidence, denials
        )
        for cause, effect, sign, belief, plus, minus, certainty, articles, claims, denials in rows
    }
    return CausalGraph(concepts, relations, model or default_model())


def stored_claims(db: sqlite3.Connection, article: str | None = None) -> Iterator[Claim]:
    """Every claim of the library, or of one article, in the articles' order."""
    if article is None:
        return map(_claim, db.execute(f"{_CLAIM} ORDER BY article, start, key"))
    return map(_claim, db.execute(f"{_CLAIM} WHERE article = ? ORDER BY start, key", (article,)))


def stored_claim(db: sqlite3.Connection, key: str) -> Claim | None:
    """The claim with this key, None where there is none."""
    row = db.execute(f"{_CLAIM} WHERE key = ?", (key,)).fetchone()
    return None if row is None else _claim(row)


def stored_mentions(
    db: sqlite3.Connection, *, article: str | None = None, concept: str | None = None
) -> tuple[StoredMention, ...]:
    """Mentions, of one article or of one concept where asked, by article and place."""
    rows = db.execute(
        'SELECT article, start, "end", concept, pole FROM mentions'
        " WHERE (?1 IS NULL OR article = ?1) AND (?2 IS NULL OR concept = ?2) ORDER BY article, start",
        (article, concept),
    )
    return tuple(StoredMention(*row) for row in rows)


class StoredEvidence(Mapping[Pair, tuple[Claim, ...]]):
    """The claims of each relation, read on demand; the last thousands stay in memory. Safe to share among threads."""

    def __init__(self, db: sqlite3.Connection) -> None:
        path = db.execute("PRAGMA database_list").fetchone()[2]
        self._path = Path(path) if path else None
        self._shared = db
        self._own = threading.local()
        self._lock = threading.Lock()
        self._kept: OrderedDict[Pair, tuple[Claim, ...]] = OrderedDict()

    def __getitem__(self, pair: Pair) -> tuple[Claim, ...]:
        """The claims of (cause, effect), asserted first."""
        with self._lock:
            if pair in self._kept:
                self._kept.move_to_end(pair)
                return self._kept[pair]
        rows = self._connection().execute(f"{_CLAIM} WHERE cause_concept = ? AND effect_concept = ?", pair).fetchall()
        if not rows:
            raise KeyError(pair)
        claims = sort_claims(map(_claim, rows))
        with self._lock:
            self._kept[pair] = claims
            while len(self._kept) > KEPT_IN_MEMORY:
                self._kept.popitem(last=False)
        return claims

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._connection().execute("SELECT cause, effect FROM relations ORDER BY cause, effect").fetchall())

    def __len__(self) -> int:
        return int(self._connection().execute("SELECT count(*) FROM relations").fetchone()[0])

    def _connection(self) -> sqlite3.Connection:
        """A connection of this thread: sqlite3 objects may not cross threads."""
        if self._path is None:
            return self._shared
        own: sqlite3.Connection | None = getattr(self._own, "db", None)
        if own is None:
            own = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)
            self._own.db = own
        return own


def _claim_row(claim: Claim) -> tuple[str | int, ...]:
    phrases = (claim.cause, claim.effect, claim.cue)
    return (
        claim.key,
        claim.article,
        claim.quote,
        claim.start,
        claim.end,
        *(value for phrase in phrases for value in (phrase.text, phrase.start, phrase.end)),
        claim.cause_concept,
        claim.effect_concept,
        claim.sign,
        claim.said,
        claim.certainty.value,
        claim.rule,
    )


def _claim(row: ClaimRow) -> Claim:
    return Claim(
        *row[:5],
        Phrase(*row[5:8]),
        Phrase(*row[8:11]),
        Phrase(*row[11:14]),
        *row[14:18],
        _CERTAINTIES[row[18]],
        row[19],
    )


def _relation_row(relation: Relation) -> tuple[str | int | float, ...]:
    return (
        relation.cause,
        relation.effect,
        relation.sign,
        relation.belief,
        relation.belief_for_plus,
        relation.belief_for_minus,
        relation.certainty.value,
        relation.article_count,
        relation.claim_count,
        relation.denial_count,
    )
