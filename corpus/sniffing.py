"""The bytes of a file, whether they are an article's, and of which format: by content first, by suffix second."""

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.decoding import decode
from corpus.errors import ArticleError

Format = Literal["plain", "markdown", "html", "docx"]

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What encrypted Office files keep inside the OLE container, in its UTF-16 directory.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.{0,5000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
MEND = "save it as plain text, Markdown, HTML or DOCX"
MOST_CONTROLS = 0.005


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's content: its text, or its bytes where the format is DOCX."""

    format: Format
    text: str
    data: bytes


def read_source(path: Path, max_bytes: int) -> SourceText:
    """The content of a file and its format.

    Args:
        path: the file.
        max_bytes: a larger file is refused.

    Raises:
        ArticleError: it is missing, no regular file, unreadable, empty, too large, binary, encrypted, or in an
            encoding that can't be told.
    """
    data = _read_bytes(path, max_bytes)
    if not data.strip():
        raise ArticleError(f"{path}: empty: the file has no text; delete it or write in it")
    if data.startswith(ZIP):
        return SourceText("docx", "", data)
    _refuse_binary(data, path)
    text = decode(data, path)
    if not text.strip("\ufeff\x00 \t\r\n\f\v"):
        raise ArticleError(f"{path}: empty: the file has no text; delete it or write in it")
    return SourceText(_text_format(text, path), text, data)


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ArticleError(f"{path}: not a file that can be read as an article; name a file")
        if status.st_size > max_bytes:
            raise _too_large(path, status.st_size, max_bytes)
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:  # a pipe in its place can't hang us
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise ArticleError(f"{path}: no such file; check the name") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ArticleError(f"{path}: can't be opened: {why}; check its permissions") from None
    if len(data) > max_bytes:  # it grew, or its size isn't told, as under /proc
        raise _too_large(path, len(data), max_bytes)
    return data


def _too_large(path: Path, size: int, max_bytes: int) -> ArticleError:
    return ArticleError(f"{path}: too large: {size:,} bytes, the limit is {max_bytes:,}; split it or raise the limit")


def _refuse_binary(data: bytes, path: Path) -> None:
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise ArticleError(f"{path}: password-protected; save it without a password")
        raise ArticleError(f"{path}: an old Office document (.doc), or a password-protected one; save it as DOCX")
    for signature, name in SIGNATURES:
        if data.startswith(signature):
            raise ArticleError(f"{path}: binary: {name}; {MEND}")
    if data.startswith(WIDE_MARKS):
        return
    if b"\x00" in data:
        raise ArticleError(f"{path}: binary: byte {data.index(0)} is zero; {MEND}")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > MOST_CONTROLS * len(data) + 2:
        raise ArticleError(f"{path}: binary: {controls:,} of its {len(data):,} bytes are control codes; {MEND}")


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b\x1a\x08"))


def _text_format(text: str, path: Path) -> Format:
    if HTML_START.match(text[:20_000].lstrip("\ufeff")):
        return "html"
    suffix = path.suffix.lower()
    if suffix in HTML_SUFFIXES:
        return "html"
    return "markdown" if suffix in MARKDOWN_SUFFIXES else "plain"
