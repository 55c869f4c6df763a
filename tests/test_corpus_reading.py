"""Files and folders to articles: what is read, what is passed over, what is refused with file and reason."""

import os
import shutil
from pathlib import Path

import docx
import pytest

from corpus.errors import ArticleError
from corpus.files import article_id, find_files
from corpus.passages import split_passages, split_sentences
from corpus.reading import read_article, read_articles, read_files

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PROSE = "Tight hips tilt the pelvis. That strains the lower back."


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_folder_is_read_recursively_and_in_order(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", PROSE)
    write(tmp_path / "a" / "Deep Hips.MD", "# Hips\n\nThey tilt.\n")
    write(tmp_path / "a" / "page.html", f"<html><body><p>{PROSE}</p></body></html>")
    docx.Document().save(str(tmp_path / "empty.docx"))
    document = docx.Document()
    document.add_paragraph(PROSE)
    document.save(str(tmp_path / "c.docx"))
    for other in ("README.md", "a/readme.txt", ".hidden.md", ".git/x.md", "picture.png", "notes.csv", "a/style.css"):
        write(tmp_path / other, PROSE)
    done: list[tuple[int, int]] = []
    reading = read_articles([tmp_path], on_progress=lambda *step: done.append(step))
    assert [article.id for article in reading.articles] == ["a/deep-hips", "a/page", "b", "c"]
    assert [(Path(one.path).name, "empty" in one.reason) for one in reading.refused] == [("empty.docx", True)]
    assert done == [(count, 5) for count in range(1, 6)]


def test_file_named_itself_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("README.md", ".hidden.txt", "notes"):
        assert read_articles([write(tmp_path / name, PROSE)]).articles[0].text == PROSE


def test_reading_in_batches_is_the_same(tmp_path: Path) -> None:
    for number in range(7):
        write(tmp_path / f"{number}.txt", f"{PROSE} {number}")
    write(tmp_path / "8.txt", "")
    files = find_files([tmp_path]).files
    whole = read_articles([tmp_path])
    batches = [read_files(files[first : first + 3]) for first in range(0, len(files), 3)]
    assert tuple(article for batch in batches for article in batch.articles) == whole.articles
    assert tuple(one for batch in batches for one in batch.refused) == whole.refused


def test_each_file_is_read_once_however_often_it_is_named(tmp_path: Path) -> None:
    file = write(tmp_path / "hips.txt", PROSE)
    (tmp_path / "link.txt").symlink_to(file)
    assert len(read_articles([file, tmp_path, file]).articles) == 1


REFUSALS = [
    ("empty.txt", b"", "empty"),
    ("blank.md", b" \n\t\n", "empty"),
    ("mark.txt", b"\xef\xbb\xbf", "empty"),
    ("rule.md", b"---\n\n***\n", "empty"),
    ("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(50), "binary: a PNG picture"),
    ("print.txt", b"%PDF-1.7\n%abc", "binary: a PDF"),
    ("zero.txt", b"Hips\x00tilt", "binary: byte 4 is zero"),
    ("codes.txt", bytes(range(1, 9)) * 20, "binary"),
    ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
    ("old.doc.txt", OLE, "old Office document"),
    ("half.txt", b"\xff\xfeH\x00i\x00p", "UTF-16"),
    ("noise.txt", b"Hips \x81\x8d\x8f\x90\x9d tilt \x81\x81", "its encoding can't be told"),
    ("front.md", b"---\ntitle: a: b\n---\nHips.", "line 2"),
    ("page.html", b"<html><body><script>x</script></body></html>", "empty"),
]


@pytest.mark.parametrize(
    ("name", "content", "reason"), REFUSALS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_refused_with_file_and_reason_and_the_rest_is_read(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    file = write(tmp_path / name, content)
    write(tmp_path / "good.txt", PROSE)
    with pytest.raises(ArticleError) as caught:
        read_article(file)
    assert str(caught.value).startswith(str(file))
    assert reason in str(caught.value)
    reading = read_articles([tmp_path])
    assert [article.id for article in reading.articles] == ["good"]
    assert [(one.path, one.reason) for one in reading.refused] == [(str(file), str(caught.value))]


def test_size_limit_can_be_set(tmp_path: Path) -> None:
    file = write(tmp_path / "hips.txt", PROSE)
    assert read_article(file, max_bytes=len(PROSE)).text == PROSE
    with pytest.raises(ArticleError, match=rf"too large: {len(PROSE)} bytes, the limit is {len(PROSE) - 1}"):
        read_article(file, max_bytes=len(PROSE) - 1)


def test_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        read_article(tmp_path / "none.txt")
    assert "no such file" in read_articles([tmp_path / "none"]).refused[0].reason


def test_folder_and_pipe_are_no_articles(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path, tmp_path / "pipe.txt"):
        with pytest.raises(ArticleError, match="not a file"):
            read_article(path)
    assert "not a file" in read_articles([tmp_path]).refused[0].reason


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "in" / "hips.txt", PROSE)
    (tmp_path / "in" / "back").symlink_to(tmp_path)
    (tmp_path / "in" / "self.txt").symlink_to("self.txt")
    (tmp_path / "in" / "gone.txt").symlink_to("nothing.txt")
    reading = read_articles([tmp_path])
    assert [article.id for article in reading.articles] == ["in/hips"]
    assert {Path(one.path).name for one in reading.refused} == {"back", "self.txt", "gone.txt"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "hips.txt", PROSE)
    file.chmod(0)
    with pytest.raises(ArticleError, match="Permission denied"):
        read_article(file)


def test_content_is_stronger_than_the_name(tmp_path: Path) -> None:
    page = write(tmp_path / "page.txt", f"\n<!DOCTYPE html>\n<html><body><h1>Hips</h1><p>{PROSE}</p></body></html>")
    assert read_article(page).text == f"Hips\n\n{PROSE}"
    document = docx.Document()
    document.add_paragraph(PROSE)
    document.save(str(tmp_path / "word.docx"))
    shutil.copy(tmp_path / "word.docx", tmp_path / "word.txt")
    assert read_article(tmp_path / "word.txt").text == PROSE


FRENCH = "La posture — c’est « l’équilibre » du corps : déjà 45 % des coureurs ont mal au bas du dos."
RUSSIAN = "Слабые мышцы кора вызывают боль в пояснице, и бегун наклоняется вперед. Это частая причина травмы."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        ("It’s the hips…", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16"),
    ],
)
def test_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_article(write(tmp_path / "hips.txt", text.encode(encoding))).text == text


def test_declared_encoding_of_a_page_is_used(tmp_path: Path) -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{RUSSIAN}</p></body></html>'
    assert read_article(write(tmp_path / "p.html", page.encode("cp1251"))).text == RUSSIAN


def test_ids_are_safe_stable_and_unique(tmp_path: Path) -> None:
    for name in (
        "Back Pain.md",
        "back-pain.txt",
        "back-pain.html",
        "..weird..name.txt",
        "Rücken+Füße.txt",
        "v1.2 notes.txt",
    ):
        write(tmp_path / name, PROSE)
    ids = [file.id for file in find_files([tmp_path]).files]
    assert ids == ["back-pain", "rücken-füße", "back-pain-html", "back-pain-txt", "v1.2-notes"]
    assert [file.id for file in find_files([tmp_path]).files] == ids


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "a/../../b.md", "<b>x</b>.txt", "a\nb.txt", "'; drop--.txt", "///.md"]
)
def test_ids_hold_nothing_dangerous(name: str) -> None:
    made = article_id(Path("/root") / name, Path("/root"))
    assert not set(made) & set("<>'\"\n;& \\") and ".." not in made and not made.startswith("/")


def test_two_folders_with_the_same_names(tmp_path: Path) -> None:
    write(tmp_path / "one" / "hips.txt", PROSE)
    write(tmp_path / "two" / "hips.txt", PROSE)
    reading = read_articles([tmp_path / "one", tmp_path / "two"])
    assert [article.id for article in reading.articles] == ["hips", "hips-txt"]


def test_development_articles(shared: Path) -> None:
    reading = read_articles([shared / "corpus"])
    assert (len(reading.articles), reading.refused) == (51, ())
    for article in reading.articles:
        assert article.title and split_passages(article)
        for sentence in split_sentences(article):
            assert article.text[sentence.start : sentence.end].strip()
    runner = next(one for one in reading.articles if one.id == "why-runners-get-lower-back-pain")
    headings = [runner.text[block.start : block.end] for block in runner.blocks if block.kind == "heading"]
    assert len(headings) == 15
    raw = (shared / "corpus" / "why-runners-get-lower-back-pain.txt").read_text(encoding="utf-8")
    assert runner.text == raw
