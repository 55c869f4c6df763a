"""HTML to an article: main text and metadata by trafilatura; headings and lists kept.

trafilatura: in its own and in others' comparisons the best of the open extractors, kept up, and it gives a tree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.articles import Article
from corpus.composing import Metadata, compose
from corpus.errors import ArticleError
from corpus.frontmatter import iso_date
from corpus.leaves import Leaf, drafts_of, paragraph_or_heading

if TYPE_CHECKING:
    from lxml.etree import _Element

SPACES = re.compile(r"[ \t\r\n\f]+")
BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"list", "ul", "ol", "dl"})
ITEMS = frozenset({"item", "li", "dt", "dd", "cell", "td", "th"})
BREAKS = frozenset({"lb", "br"})
BOLD = frozenset({"b", "strong"})
INLINE = frozenset(
    {"a", "abbr", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "hi", "i", "ins", "kbd", "mark", "q", "ref"}
    | {"s", "samp", "small", "span", "sub", "sup", "time", "u", "var", "wbr", "font", "label", "tt", *BOLD, *BREAKS}
)
# Parts of a page that aren't its text; trafilatura leaves them out, the walk through a whole page has to.
NO_TEXT = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "aside", "form", "title", "button", "select"}
    | {"svg", "iframe", "object", "textarea", "math", "video", "audio", "canvas", "graphic"}
)
DEEPEST = 200


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of inline text, what holds it, its depth in lists, and whether all of it is in bold letters."""

    text: str
    holder: str
    depth: int
    bold: bool


def article_from_html(
    text: str,
    *,
    id: str,
    source: str,
    path: Path,
) -> Article:
    """The article that a page holds.

    Args:
        text: of the whole file.
        id: the article's id.
        source: the file as the user named it.
        path: named in errors.

    Raises:
        ArticleError: the page has no text or can't be parsed.
    """
    try:
        leaves, metadata = _extract(text)
    except Exception as error:  # the parsers raise whatever they like on broken pages
        raise ArticleError(
            f"{path}: broken HTML ({type(error).__name__}: {error}); open it and save it anew"
        ) from error
    return compose(drafts_of(leaves, metadata.title), id=id, source=source, fallback_title=path.stem, metadata=metadata)


def fragment_leaves(content: str) -> list[Leaf]:
    """The blocks of a piece of HTML, as Markdown may hold one; none when there is no text in it."""
    from lxml import html
    from lxml.etree import LxmlError

    if "<" not in content or not re.sub(r"<[^>]*>", "", content).strip():
        return []
    try:
        root = html.fragment_fromstring(content, create_parent="div")
    except (LxmlError, ValueError, AssertionError):
        return []
    return list(_leaves(root))


def _extract(text: str) -> tuple[list[Leaf], Metadata]:
    import trafilatura
    from trafilatura.settings import Document

    found = trafilatura.bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        include_formatting=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(found, Document):
        return _whole_page(text), Metadata()
    leaves = list(_leaves(found.body)) if found.body is not None else []
    if len(leaves) <= 1:  # of a short page trafilatura makes one paragraph
        leaves = _whole_page(text)
    metadata = Metadata(
        title=_one_line(found.title),
        url=_one_line(found.url),
        author=_one_line(found.author),
        date=iso_date(_one_line(found.date)),
        licence=_one_line(found.license),
    )
    return leaves, metadata


def _whole_page(text: str) -> list[Leaf]:
    """The blocks of a page too short for trafilatura to judge."""
    from lxml import html

    page = html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    body = page.find("body")
    return list(_leaves(page if body is None else body))


def _one_line(value: object) -> str:
    return " ".join(str(value).split()) if value else ""


def _leaves(root: "_Element") -> Iterator[Leaf]:
    for run in _runs(root, "p", 0, 0):
        for part in BLANK_LINE.split(run.text):
            words = "\n".join(line.strip(" \t") for line in part.split("\n")).strip()
            if words:
                yield _leaf(run, words)


def _leaf(run: _Run, words: str) -> Leaf:
    if run.holder == "item":
        return Leaf("item", max(run.depth, 1), words)
    if run.holder in HEADINGS:
        return Leaf("heading", int(run.holder[1:]), words)
    return paragraph_or_heading(words, bold=run.bold)


def _runs(element: "_Element", holder: str, depth: int, level: int) -> Iterator[_Run]:
    """The runs of inline text in a block and in the blocks within it, in reading order.

    Args:
        element: a block.
        holder: what its first run is: "p", "item" or "h1" to "h6".
        depth: of the lists around it.
        level: of nesting, so that a hostile page can't exhaust the stack.
    """
    parts: list[tuple[str, bool]] = [(_collapsed(element.text), False)]
    for child in element:
        name = _name(child)
        if name in INLINE:
            parts.extend(_inline(child, False, level))
        elif name and name not in NO_TEXT:
            run = _run(parts, holder, depth)
            if run.text.strip():
                yield run
                holder = "p"
            parts = []
            if level < DEEPEST:
                yield from _runs(child, _holder(name, holder), depth + (name in LISTS), level + 1)
            holder = holder if name in LISTS else "p"
        parts.append((_collapsed(child.tail), False))
    yield _run(parts, holder, depth)


def _holder(name: str, around: str) -> str:
    """What the first run of a block is: a paragraph that begins an item is that item."""
    if name in HEADINGS:
        return name
    if name in ITEMS:
        return "item"
    return "p" if name in LISTS else around


def _run(parts: list[tuple[str, bool]], holder: str, depth: int) -> _Run:
    heavy = [bold for text, bold in parts if text.strip()]
    return _Run("".join(text for text, _ in parts), holder, depth, bool(heavy) and all(heavy))


def _inline(element: "_Element", bold: bool, level: int) -> Iterator[tuple[str, bool]]:
    name = _name(element)
    if name in BREAKS:
        yield "\n", True
        return
    heavy = bold or name in BOLD or (name == "hi" and "b" in (element.get("rend") or ""))
    yield _collapsed(element.text), heavy
    if level < DEEPEST:
        for child in element:
            if _name(child) and _name(child) not in NO_TEXT:
                yield from _inline(child, heavy, level + 1)
            yield _collapsed(child.tail), heavy


def _name(element: "_Element") -> str:
    """The element's name, trafilatura's "head" as h1 to h6; "" for comments and the like."""
    if not isinstance(element.tag, str):
        return ""
    name = element.tag.rpartition("}")[2].lower()
    if name != "head":
        return name
    rend = element.get("rend") or ""
    return rend if rend in HEADINGS else "h2"


def _collapsed(text: str | None) -> str:
    return SPACES.sub(" ", text) if text else ""
