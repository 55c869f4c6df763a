"""DOCX to an article: heading styles, list styles and paragraphs, by python-docx.

python-docx: the one kept-up reader of the format in plain Python; its parser resolves no external entities.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.articles import Article
from corpus.composing import Metadata, compose
from corpus.errors import ArticleError
from corpus.leaves import Leaf, drafts_of, paragraph_or_heading

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BODY_NAME = "word/document.xml"
MOST_UNPACKED = 400_000_000  # a zip may unpack to a thousand times its size
HEADING_STYLE = re.compile(r"heading ?([1-9])\b", re.IGNORECASE)
LIST_STYLE = re.compile(r"list(?: ?(?:bullet|number|paragraph|continue))? ?([2-9])?\Z", re.IGNORECASE)
DRAWN = {"t": None, "tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
EMPTY_AUTHORS = frozenset({"python-docx"})


def article_from_docx(
    data: bytes,
    *,
    id: str,
    source: str,
    path: Path,
) -> Article:
    """The article that a Word file holds.

    Args:
        data: of the whole file.
        id: the article's id.
        source: the file as the user named it.
        path: named in errors.

    Raises:
        ArticleError: it is no DOCX, is password-protected or broken, or unpacks to too much.
    """
    _refuse_unsound(data, path)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        leaves = list(_leaves(document))
        metadata = _metadata(document)
    except Exception as error:  # the parsers raise whatever they like on broken files
        raise ArticleError(
            f"{path}: broken DOCX ({type(error).__name__}: {error}); open it and save it anew"
        ) from error
    return compose(drafts_of(leaves, metadata.title), id=id, source=source, fallback_title=path.stem, metadata=metadata)


def _refuse_unsound(data: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise ArticleError(f"{path}: broken: a zip archive that can't be opened ({error}); save it anew") from None
    if BODY_NAME not in {member.filename for member in members}:
        raise ArticleError(f"{path}: binary: a zip archive that is no DOCX; save it as DOCX or plain text")
    if any(member.flag_bits & 1 for member in members):
        raise ArticleError(f"{path}: password-protected; save it without a password")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        raise ArticleError(f"{path}: too large: it unpacks to {unpacked:,} bytes, the limit is {MOST_UNPACKED:,}")


def _leaves(document: "Document") -> Iterator[Leaf]:
    from docx.table import Table

    # Asking each paragraph for its style searches the styles anew.
    names = {style.style_id: style.name or "" for style in document.styles}
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _cells(block)
        else:
            yield from _paragraph(block, names.get(block._p.style or "", ""))


def _cells(table: "Table") -> Iterator[Leaf]:
    """The cells of a table, row by row; a merged cell once."""
    seen: set[object] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc in seen:
                continue
            seen.add(cell._tc)
            for paragraph in cell.paragraphs:
                text = _text(paragraph._p)
                if text:
                    yield Leaf("item", 1, text)


def _paragraph(paragraph: "Paragraph", style: str) -> Iterator[Leaf]:
    text = _text(paragraph._p)
    if not text:
        return
    heading = HEADING_STYLE.match(style)
    depth = _list_depth(paragraph, style)
    if style.lower() == "title":
        yield Leaf("heading", 1, text)
    elif heading:
        yield Leaf("heading", int(heading.group(1)), text)
    elif depth:
        yield Leaf("item", depth, text)
    else:
        yield paragraph_or_heading(text, bold=_is_bold(paragraph))


def _list_depth(paragraph: "Paragraph", style: str) -> int:
    """Depth of a list item by its numbering or its style's name, 0 for no item."""
    numbers = paragraph._p.xpath("./w:pPr/w:numPr/w:numId/@w:val")
    if numbers and numbers[0] != "0":
        levels = paragraph._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
        return 1 + (int(levels[0]) if levels else 0)
    named = LIST_STYLE.match(style)
    return int(named.group(1) or 1) if named else 0


def _is_bold(paragraph: "Paragraph") -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _text(element: "_Element") -> str:
    """What a paragraph shows: tracked insertions and links too, deletions and second drawings of a shape not."""
    return "".join(_drawn(element)).strip()


def _drawn(element: "_Element") -> Iterator[str]:
    for child in element:
        if not isinstance(child.tag, str) or child.tag in (FALLBACK, NAMESPACE + "del", NAMESPACE + "pPr"):
            continue
        name = child.tag.removeprefix(NAMESPACE)
        if child.tag != name and name in DRAWN:
            yield DRAWN[name] or child.text or ""
        else:
            yield from _drawn(child)
            if name == "p":
                yield "\n"


def _metadata(document: "Document") -> Metadata:
    properties = document.core_properties
    author = " ".join((properties.author or "").split())
    created = properties.created
    return Metadata(
        title=" ".join((properties.title or "").split()),
        author="" if author in EMPTY_AUTHORS else author,
        date=created.date().isoformat() if created is not None else "",
    )
