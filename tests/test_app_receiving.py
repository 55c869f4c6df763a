"""Files sent through the browser: names do no harm, contents are what the names say."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ArticleError
from views.receiving import MOST_BYTES, SUFFIXES, check, keep, safe_name


def word_file(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<w:document/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Back Pain.md", "back-pain.md"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\Knee.HTML", "knee.html"),
        ("Größe & Übung.txt", "groe-ubung.txt"),
        ("腰痛.txt", "article.txt"),
        ("<script>alert(1)</script>.md", "script.md"),
        ("...md", "article.md"),
    ],
)
def test_names_become_plain(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@given(st.text(max_size=60), st.sampled_from(SUFFIXES))
def test_no_name_leaves_its_folder(stem: str, suffix: str) -> None:
    name = safe_name(f"{stem}.{suffix}")
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert name.count(".") == 1 and not name.startswith((".", "-"))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"x" * (MOST_BYTES + 1), "limit"),
        ("a.md", b"%PDF-1.7", "not text"),
        ("a.txt", b"MZ\0\0\0", "not text"),
        ("a.html", b"just words", "no HTML"),
        ("a.docx", b"plain words", "no Word document"),
        ("a.docx", word_file("evil.exe"), "no Word document"),
    ],
)
def test_what_is_not_what_it_says_is_refused_by_name(name: str, content: bytes, told: str) -> None:
    with pytest.raises(ArticleError, match=told) as caught:
        check(name, content)
    assert repr(name) in str(caught.value)


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.md.exe", ".md.sh"])
def test_other_kinds_are_refused(name: str) -> None:
    with pytest.raises(ArticleError, match="not a file that Kinetrace reads"):
        safe_name(name)


def test_good_files_pass() -> None:
    check("a.md", "# Über Hüften".encode())
    check("a.html", b"<!doctype html><p>Hips")
    check("a.docx", word_file("word/document.xml"))


def test_a_file_of_the_same_name_is_kept_beside(tmp_path: Path) -> None:
    first = keep("Knee.md", b"one", tmp_path / "articles")
    second = keep("knee.md", b"two", tmp_path / "articles")
    again = keep("KNEE.md", b"one", tmp_path / "articles")
    assert [first.name, second.name, again.name] == ["knee.md", "knee-2.md", "knee.md"]
    assert first.read_bytes() == b"one"
