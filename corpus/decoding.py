"""Bytes of a text file to text: UTF-8, UTF-16 and UTF-32 by their marks, Windows-1252, others by detection."""

import codecs
from pathlib import Path

from corpus.errors import ArticleError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What is no letter in Windows-1252 and yet common in prose: curly quotes, dashes, ellipsis, bullet, degree, fractions.
WESTERN_SIGNS = frozenset("‘’“”–—…•‚„‹›«»€£¢¥§©®™°±²³´·¹º½¼¾¿¡ª×÷\u00a0\u00ad")
MOST_FOREIGN = 0.15
MOST_CHAOS = 0.2
SAMPLE = 200_000


def decode(data: bytes, path: Path) -> str:
    """The text that the bytes of a file are.

    Args:
        data: the whole file.
        path: named in the error.

    Raises:
        ArticleError: no encoding is right for them; the nearest guess is named.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_unmarked(data, path, error.start)


def _decode_marked(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise ArticleError(
            f"{path}: begins with the mark of {name} but is not {name} (byte {error.start}); save it as UTF-8"
        ) from None


def _decode_unmarked(data: bytes, path: Path, position: int) -> str:
    western = _as_western(data)
    if western is not None:
        return western
    encoding, sure = _guess(data)
    if encoding and sure:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            sure = False
    guess = f"the nearest guess is {encoding}" if encoding else "no known encoding fits"
    raise ArticleError(
        f"{path}: not UTF-8 (byte {position} is 0x{data[position]:02x}) and its encoding can't be told: {guess}; "
        "save it as UTF-8"
    )


def _as_western(data: bytes) -> str | None:
    """Windows-1252 where that gives what Western prose is made of, None otherwise."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [character for character in text if ord(character) > 127]
    plausible = all(
        character in WESTERN_SIGNS or (character.isalpha() and "\u00c0" <= character <= "\u017e")
        for character in foreign
    )
    return text if plausible and len(foreign) <= MOST_FOREIGN * len(text) else None


def _guess(data: bytes) -> tuple[str, bool]:
    """The encoding that charset-normalizer holds for the likeliest, and whether it is sure."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        return "", False
    return best.encoding, best.chaos <= MOST_CHAOS and best.coherence > 0
