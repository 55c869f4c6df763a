"""Files that come in through the browser: looked at before they are believed, kept under names that do no harm."""

import io
import re
import unicodedata
import zipfile
from pathlib import Path

from corpus.errors import ArticleError

SUFFIXES = ("md", "txt", "html", "htm", "docx")
MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000
LETTERS = 80


def safe_name(name: str) -> str:
    """A file name of plain letters, digits and hyphens with the suffix that it came with.

    Raises:
        ArticleError: no suffix that Kinetrace reads.
    """
    stem, _, suffix = name.replace("\\", "/").rsplit("/", 1)[-1].rpartition(".")
    if suffix.lower() not in SUFFIXES:
        raise ArticleError(f"{name!r}: not a file that Kinetrace reads; send {', '.join(SUFFIXES)}.")
    flat = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return f"{re.sub(r'[^a-z0-9]+', '-', flat).strip('-')[:LETTERS] or 'article'}.{suffix.lower()}"


def check(name: str, content: bytes) -> None:
    """Whether the content is what the name says.

    Raises:
        ArticleError: too large, empty, or of another kind; the message names the file and the mend.
    """
    suffix = name.rsplit(".", 1)[-1].lower()
    if not content.strip():
        raise ArticleError(f"{name!r}: empty; send a file with text in it.")
    if len(content) > MOST_BYTES:
        raise ArticleError(f"{name!r}: {len(content):,} bytes; the limit is {MOST_BYTES:,}. Split it.")
    if suffix == "docx":
        _check_docx(name, content)
    elif b"\0" in content[:4096] or content.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8")):
        raise ArticleError(f"{name!r}: not text, though its name says {suffix}; save it as text and send it again.")
    elif suffix in ("html", "htm") and not re.search(
        rb"<\s*(!doctype|html|head|body|article|p|h1|div)\b", content, re.I
    ):
        raise ArticleError(f"{name!r}: no HTML in it; rename it to .txt or .md.")


def _check_docx(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    except zipfile.BadZipFile:
        raise ArticleError(f"{name!r}: no Word document, though its name says so; save it as .docx again.") from None
    if "word/document.xml" not in sizes:
        raise ArticleError(f"{name!r}: no Word document inside; save it as .docx again.")
    if sum(sizes.values()) > MOST_UNPACKED:
        raise ArticleError(f"{name!r}: unpacks to more than {MOST_UNPACKED:,} bytes; send the text alone.")


def keep(name: str, content: bytes, folder: Path) -> Path:
    """Where the file was put; a file of the same name and another content is not overwritten.

    Raises:
        ArticleError: as `check` and `safe_name`.
    """
    safe = safe_name(name)
    check(name, content)
    folder.mkdir(parents=True, exist_ok=True)
    stem, _, suffix = safe.rpartition(".")
    for number in range(1, 1000):
        path = folder / (safe if number == 1 else f"{stem}-{number}.{suffix}")
        if not path.exists():
            path.write_bytes(content)
            return path
        if path.read_bytes() == content:
            return path
    raise ArticleError(f"{name!r}: a thousand files have that name; rename it.")
