"""Articles and passages in SQLite, the cache, and the editors' workspace: what goes in comes out."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.articles import Article
from corpus.cache import Cache, content_key
from corpus.errors import LibraryError, QueryError
from corpus.passages import split_passages
from corpus.plain import article_from_text
from corpus.store import (
    iterate_articles,
    passages_of_article,
    read_stored_article,
    stored_articles,
    stored_passages,
    write_articles,
)
from corpus.workspace import log_search, search_log_is_on, searches_without_result, switch_search_log


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        yield connection


def articles(*texts: str) -> list[Article]:
    return [article_from_text(text, id=f"a{index}", source=f"a{index}.txt") for index, text in enumerate(texts)]


@given(st.lists(st.text(max_size=60), max_size=4))
def test_articles_and_passages_come_back_equal(texts: list[str]) -> None:
    written = articles(*texts)
    passages = [passage for article in written for passage in split_passages(article)]
    with closing(sqlite3.connect(":memory:")) as db:
        write_articles(db, written, passages)
        assert list(stored_articles(db)) == written
        assert [read_stored_article(db, article.id) for article in written] == written
        assert list(stored_passages(db)) == passages
        rows = list(range(len(passages)))[::-1]
        assert list(stored_passages(db, rows)) == passages[::-1]
        assert [passage for article in written for _, passage in passages_of_article(db, article.id)] == passages


def test_passages_get_rows_from_zero_and_go_on(db: sqlite3.Connection) -> None:
    first, second = articles("Hips tilt. Often.", "Knees ache.")
    write_articles(db, [first], split_passages(first))
    write_articles(db, [second], split_passages(second))
    assert [row for (row,) in db.execute("SELECT row FROM passages ORDER BY row")] == [0, 1]
    assert [one.article for one in stored_passages(db, [1, 0, 1])] == ["a1", "a0", "a1"]


def test_article_without_blocks_among_others(db: sqlite3.Connection) -> None:
    written = articles("", "Hips tilt.", "", "Knees ache.", "")
    write_articles(db, written, [])
    assert list(iterate_articles(db)) == written


def test_same_id_twice_is_refused_and_nothing_of_the_batch_stays(db: sqlite3.Connection) -> None:
    (article,) = articles("Hips tilt.")
    with pytest.raises(LibraryError, match="id of its own"):
        write_articles(db, [article, article], [])
    assert stored_articles(db) == ()


def test_passage_without_its_article_is_refused(db: sqlite3.Connection) -> None:
    (article,) = articles("Hips tilt.")
    with pytest.raises(LibraryError):
        write_articles(db, [], split_passages(article))


def test_what_is_not_there_is_named(db: sqlite3.Connection) -> None:
    write_articles(db, [], [])
    with pytest.raises(QueryError, match=r"no article .*DROP"):
        read_stored_article(db, "x'; DROP TABLE articles; --")
    with pytest.raises(LibraryError, match="no passage in row 3"):
        stored_passages(db, [3])


def test_more_passages_than_sqlite_takes_variables(db: sqlite3.Connection) -> None:
    written = articles(*(f"Hips tilt {count} times." for count in range(1200)))
    passages = [passage for article in written for passage in split_passages(article)]
    write_articles(db, written, passages)
    assert list(stored_passages(db, list(range(1200)) * 40)) == passages * 40


def test_cache_keeps_values_by_key_and_producer(tmp_path: Path) -> None:
    first, second = content_key("hips"), content_key("knees")
    with Cache(tmp_path / "new" / "cache.db") as cache:
        cache.put_many({first: b"1", second: b"\x00\xff"}, "model 1")
        cache.put_many({first: b"2"}, "model 2")
        cache.put_many({second: b"3"}, "model 1")
    with Cache(tmp_path / "new" / "cache.db") as cache:
        assert cache.get_many([first, second, first], "model 1") == {first: b"1", second: b"3"}
        assert cache.get_many([first, second], "model 2") == {first: b"2"}
        assert cache.get_many([first], "model 3") == {}
        cache.keep_only(["model 2"])
        assert cache.get_many([first], "model 1") == {}
        assert cache.get_many([first], "model 2") == {first: b"2"}


def test_cache_takes_many_keys_at_once(tmp_path: Path) -> None:
    values = {content_key(str(count)): str(count).encode() for count in range(50_000)}
    with Cache(tmp_path / "cache.db") as cache:
        cache.put_many(values, "m")
        assert cache.get_many(values, "m") == values


def test_broken_cache_is_put_away(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(b"no database at all, whatever its name may say" * 200)
    with Cache(path) as cache:
        cache.put_many({"k": b"v"}, "m")
        assert cache.get_many(["k"], "m") == {"k": b"v"}
    assert (tmp_path / "cache.db.broken").exists()


def test_cache_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "cache.db").mkdir()
    with pytest.raises(LibraryError, match=r"cache\.db"):
        Cache(tmp_path / "cache.db")
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match=r"cache\.db"):
        Cache(tmp_path / "file" / "cache.db")


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_keys_differ_when_parts_differ(one: list[str], other: list[str]) -> None:
    assert (content_key(*one) == content_key(*other)) == (one == other)


def test_searches_are_logged_until_the_log_is_switched_off(tmp_path: Path) -> None:
    log_search(tmp_path, "sore hips", 3)
    log_search(tmp_path, "sore'); DROP TABLE searches; --", 0)
    log_search(tmp_path, "half \ud800", 0)
    assert search_log_is_on(tmp_path)
    switch_search_log(tmp_path, False)
    log_search(tmp_path, "secret", 0)
    assert not search_log_is_on(tmp_path)
    switch_search_log(tmp_path, True)
    log_search(tmp_path, "sore knees", 0)
    found = searches_without_result(tmp_path)
    assert [one.query for one in found] == ["sore knees", "half ?", "sore'); DROP TABLE searches; --"]
    assert all(one.last.endswith("+00:00") and one.times == 1 for one in found)
    assert len(searches_without_result(tmp_path, limit=1)) == 1


def test_a_question_that_was_answered_since_is_not_open_any_more(tmp_path: Path) -> None:
    for query, results in (("old", 0), ("often", 0), ("often", 0), ("old", 4)):
        log_search(tmp_path, query, results)
    assert [(one.query, one.times) for one in searches_without_result(tmp_path)] == [("often", 2)]


def test_many_threads_log_at_once(tmp_path: Path) -> None:
    threads = [threading.Thread(target=log_search, args=(tmp_path, f"q{count}", 0)) for count in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.query for one in searches_without_result(tmp_path)} == {f"q{count}" for count in range(8)}


def test_a_folder_that_cannot_be_written_keeps_no_log_and_stops_no_search(tmp_path: Path) -> None:
    assert not log_search(tmp_path / "none", "hips", 0)
    assert searches_without_result(tmp_path / "none") == ()
    assert not (tmp_path / "none").exists()


def test_switching_the_log_of_a_missing_folder_is_a_library_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"workspace\.db"):
        switch_search_log(tmp_path / "none", False)
