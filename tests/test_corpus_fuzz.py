"""Any bytes in any file: an article or an ArticleError, within seconds; never another exception, never a hang."""

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.errors import ArticleError
from corpus.passages import split_passages, split_sentences
from corpus.reading import read_article

SUFFIXES = (".txt", ".md", ".html", ".docx")
TAGS = "<p> </p> <ul> <li> <h2> <table><tr><td> <br> <b> <!-- --> <![CDATA[ <html> <body> <svg> <a&#32;href='"
ENTITIES = "&#0; &amp &#xD800; é \u202e \ufeff \u2028"
MARKS = ["# ", "- ", "1. ", "> ", "```\n", "|a|\n|-|\n", "---\n", "title: x\n", "[a](b)", "**", "\\"]
SPACES = ["\n", "\n\n", "\t", " ", "Hips tilt. ", "x" * 300]
PARTS = [*TAGS.split(" "), *ENTITIES.split(" "), *MARKS, *SPACES]
MARKUP = st.lists(st.sampled_from(PARTS), max_size=40).map(lambda parts: "".join(parts).encode())
HEADS = st.sampled_from(
    [b"", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"<!doctype html>", b"---\n", b"<?xml"]
)
BYTES = st.one_of(
    st.binary(max_size=300), MARKUP, st.tuples(HEADS, st.one_of(st.binary(max_size=100), MARKUP)).map(b"".join)
)


def document() -> bytes:
    written = docx.Document()
    written.add_heading("Hips", 1)
    written.add_paragraph("They tilt.", style="List Bullet")
    file = io.BytesIO()
    written.save(file)
    return file.getvalue()


DOCUMENT = document()


def read_whole(path: Path) -> None:
    try:
        article = read_article(path)
    except ArticleError as error:
        assert str(error).startswith(str(path))
        return
    for stored in (article.text, article.title, article.source, article.url, article.author, article.licence):
        assert stored.encode("utf-8").decode("utf-8") == stored
        assert "\0" not in stored
    last = 0
    for block in article.blocks:
        assert last <= block.start < block.end <= len(article.text)
        last = block.end
    for sentence in split_sentences(article):
        assert article.text[sentence.start : sentence.end].strip()
    for passage in split_passages(article):
        assert article.text[passage.start : passage.end] == passage.text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@settings(max_examples=300, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(BYTES, st.sampled_from(SUFFIXES))
@example(b"\xff\xfe\x00\x00\x00\xd8", ".txt")
@example(b"\xff\xfeH\x00\x00\x00i\x00", ".txt")
@example(b"---\na: &a [*a]\ntitle: *a\n---\nHips", ".md")
@example(b"---\n? [a]\n: b\ntitle: x\n---\nHips", ".md")
@example(b'---\ntitle: "a\\ud800"\nauthor: "\\0"\n---\nHips', ".md")
@example(b"<html><body>&#xD800; &#0; Hips</body></html>", ".html")
def test_any_bytes(folder: Path, content: bytes, suffix: str) -> None:
    path = folder / f"any{suffix}"
    path.write_bytes(content)
    read_whole(path)


@settings(max_examples=150, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(DOCUMENT) - 1), st.binary(min_size=1, max_size=8), st.booleans())
def test_damaged_docx(folder: Path, place: int, noise: bytes, cut: bool) -> None:
    path = folder / "damaged.docx"
    path.write_bytes(DOCUMENT[:place] if cut else DOCUMENT[:place] + noise + DOCUMENT[place + len(noise) :])
    read_whole(path)


XML_PARTS = [
    *(
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>Hips</w:t>",
        "<w:br/>",
        "<w:sdt/>",
        "<w:tbl/>",
        "<w:tbl><w:tr/></w:tbl>",
    ),
    *("<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:p><w:r><w:t>tilt</w:t></w:r></w:p>"),
    '<w:p><w:pPr><w:pStyle w:val="nosuch"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>',
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>',
]
XML = st.lists(st.sampled_from(XML_PARTS), max_size=8).map("".join)


@settings(max_examples=150, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(XML)
def test_strange_docx_body(folder: Path, body: str) -> None:
    path = folder / "strange.docx"
    with zipfile.ZipFile(io.BytesIO(DOCUMENT)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                start, _, rest = content.decode().partition("<w:body>")
                content = f"{start}<w:body>{body}{rest[rest.index('<w:sectPr') :]}".encode()
            new.writestr(name, content)
    read_whole(path)


LONG_PARTS = ["a", "a b. ", "- a\n", "> ", "[", "![", "`", "*a ", "<div>", "<b>", "&", "1) a\n\n", "a:\n", "a|b\n"]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("part", [*LONG_PARTS, "<!--", "- a\n\n", "<?", "<!A"])
def test_time_stays_bounded(tmp_path: Path, part: str, suffix: str) -> None:
    path = tmp_path / f"long{suffix}"
    path.write_text("Hips tilt.\n\n" + part * (40_000 // len(part)))
    begun = time.process_time()
    read_whole(path)
    assert time.process_time() - begun < 8
