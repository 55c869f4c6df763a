"""DOCX: styles to headings and lists, tables, tracked changes, and files that are none."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.articles import Article
from corpus.errors import ArticleError
from corpus.word import article_from_docx


def read(data: bytes) -> Article:
    return article_from_docx(data, id="hips", source="hips.docx", path=Path("hips.docx"))


def saved(document: "docx.document.Document") -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def outline(article: Article) -> list[tuple[str, str]]:
    return [(f"{block.kind[0]}{block.level or ''}", article.text[block.start : block.end]) for block in article.blocks]


def test_styles_lists_tables_and_bold_lines() -> None:
    document = docx.Document()
    document.core_properties.author = "Ann Lee"
    document.add_heading("Hips", 0)
    document.add_paragraph("They tilt. See Dr. Moss.")
    document.add_heading("What helps", 2)
    document.add_paragraph("Bridges", style="List Bullet")
    document.add_paragraph("slowly", style="List Bullet 2")
    document.add_paragraph("Count", style="List Number")
    document.add_paragraph().add_run("Why it works").bold = True
    paragraph = document.add_paragraph("Short steps ")
    paragraph.add_run("spare").italic = True
    paragraph.add_run(" the knee.")
    table = document.add_table(2, 2)
    for place, words in (((0, 0), "Drill"), ((0, 1), "Sets"), ((1, 0), "Skip"), ((1, 1), "3")):
        table.cell(*place).text = words
    article = read(saved(document))
    assert outline(article) == [
        ("h1", "Hips"),
        ("p", "They tilt. See Dr. Moss."),
        ("h2", "What helps"),
        ("i1", "Bridges"),
        ("i2", "slowly"),
        ("i1", "Count"),
        ("h3", "Why it works"),
        ("p", "Short steps spare the knee."),
        ("i1", "Drill"),
        ("i1", "Sets"),
        ("i1", "Skip"),
        ("i1", "3"),
    ]
    assert (article.title, article.author) == ("Hips", "Ann Lee")


def test_merged_cell_is_read_once() -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Drills"
    assert outline(read(saved(document))) == [("i1", "Drills")]


def test_tracked_insertion_is_text_and_deletion_is_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Hips ")
    ins = f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>tilt</w:t></w:r></w:ins>'
    gone = f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText>turn</w:delText></w:r></w:del>'
    for xml in (ins, gone):
        paragraph._p.append(parse_xml(xml))
    assert outline(read(saved(document))) == [("p", "Hips tilt")]


def zipped(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(a_xml="<a/>"), "no DOCX"),
        (zipped(word__document_xml="<a/>"), "broken DOCX"),
        (b"PK\x03\x04 and then nothing", "broken"),
        (saved(docx.Document())[:-200], "broken"),
    ],
)
def test_what_is_no_docx_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError, match=rf"hips\.docx: .*{reason}"):
        read(data)


def test_encrypted_members_are_refused_as_password_protected() -> None:
    data = bytearray(zipped(word__document_xml="<a/>"))
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    with pytest.raises(ArticleError, match="password-protected"):
        read(bytes(data))


def test_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.word.MOST_UNPACKED", 1000)
    with pytest.raises(ArticleError, match="too large: it unpacks to"):
        read(zipped(word__document_xml="a" * 2000))
