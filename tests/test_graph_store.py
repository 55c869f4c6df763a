import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.assembly import assemble
from graph.concepts import Certainty, Claim, Concept, Phrase, Sign
from graph.store import (
    StoredMention,
    load_graph,
    stored_claim,
    stored_claims,
    stored_mentions,
    write_graph,
)

CONCEPTS = {name: Concept(name, "behaviour", name.title()) for name in ("sitting", "pain", "rest")}


def make_claim(key: str, cause: str, effect: str, sign: Sign = 1, certainty: Certainty = Certainty.ASSERTED) -> Claim:
    quote = f"{cause} leads to {effect}"
    cue = Phrase("leads to", len(cause) + 1, len(cause) + 9)
    return Claim(
        key=key,
        article=f"article {key}",
        quote=quote,
        start=0,
        end=len(quote),
        cause=Phrase(cause, 0, len(cause)),
        effect=Phrase(effect, len(cause) + 10, len(quote)),
        cue=cue,
        cause_concept=cause,
        effect_concept=effect,
        sign=sign,
        said=sign,
        certainty=certainty,
        rule="leads to",
    )


names = st.sampled_from(sorted(CONCEPTS))
claims = st.builds(
    make_claim, st.text(min_size=1), names, names, st.sampled_from([1, -1]), st.sampled_from(list(Certainty))
)


@settings(max_examples=50, deadline=None)
@given(st.lists(claims, unique_by=lambda claim: claim.key))
def test_what_is_written_is_loaded(found: list[Claim]) -> None:
    graph = assemble(found, CONCEPTS)
    db = sqlite3.connect(":memory:")
    write_graph(db, CONCEPTS.values(), [], found, graph.relations.values())
    loaded = load_graph(db)
    assert loaded.concepts == graph.concepts
    assert loaded.relations == graph.relations
    assert {pair: loaded.relations[pair].claims for pair in loaded.relations} == {
        pair: relation.claims for pair, relation in graph.relations.items()
    }
    assert sorted(stored_claims(db), key=lambda claim: claim.key) == sorted(found, key=lambda claim: claim.key)
    db.close()


def test_a_loaded_graph_is_shared_among_threads(tmp_path: Path) -> None:
    found = [make_claim("1", "sitting", "pain"), make_claim("2", "rest", "pain", -1)]
    db = sqlite3.connect(tmp_path / "library.db")
    write_graph(db, CONCEPTS.values(), [], found, assemble(found, CONCEPTS).relations.values())
    graph = load_graph(db)
    quotes: list[str] = []

    def read() -> None:
        quotes.append(graph.relations["sitting", "pain"].claims[0].quote)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert quotes == ["sitting leads to pain"]
    db.close()


def test_claims_are_found_by_key_and_article() -> None:
    found = [make_claim("1", "sitting", "pain"), make_claim("2", "rest", "pain", -1)]
    db = sqlite3.connect(":memory:")
    write_graph(db, CONCEPTS.values(), [], found, assemble(found, CONCEPTS).relations.values())
    assert stored_claim(db, "2") == found[1]
    assert stored_claim(db, "3") is None
    assert list(stored_claims(db, "article 1")) == found[:1]
    db.close()


def test_mentions_are_found_by_article_and_concept() -> None:
    mentions = [StoredMention("b", 4, 9, "pain", 1), StoredMention("a", 0, 7, "sitting", -1)]
    db = sqlite3.connect(":memory:")
    write_graph(db, CONCEPTS.values(), mentions, [], [])
    assert stored_mentions(db) == (mentions[1], mentions[0])
    assert stored_mentions(db, article="b") == (mentions[0],)
    assert stored_mentions(db, concept="sitting") == (mentions[1],)
    assert stored_mentions(db, article="b", concept="sitting") == ()
    db.close()


def test_hostile_text_stays_text() -> None:
    quote = "pain'); DROP TABLE claims; --"
    hostile = make_claim(quote, "sitting", "pain")
    db = sqlite3.connect(":memory:")
    write_graph(db, CONCEPTS.values(), [], [hostile], [])
    assert list(stored_claims(db)) == [hostile]
    with pytest.raises(sqlite3.OperationalError):
        write_graph(db, [], [], [], [])
    db.close()
