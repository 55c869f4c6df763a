"""Markdown to an article, by markdown-it-py's CommonMark parser: blocks as rendered, inline markup gone.

markdown-it-py: CommonMark to the letter, plain Python, and rich (which the command line needs) brings it anyway.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.articles import Article
from corpus.composing import Draft, Metadata, compose, draft
from corpus.frontmatter import split_front_matter
from corpus.lines import wrap_width
from corpus.plain import MOST_HEADING_WORDS, lay_out, normal_line_ends

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Containers whose text isn't prose of the author.
SKIPPED = frozenset({"fence", "code_block", "hr"})


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A rendered block of text: `kind` heading, paragraph, item or cell; soft breaks are line feeds in its text."""

    kind: str
    level: int
    text: str


def article_from_markdown(
    text: str,
    *,
    id: str,  # noqa: A002 -- the name of the field that it fills
    source: str,
    path: Path,
) -> Article:
    """The article that a Markdown text is.

    Args:
        text: of the whole file, front matter and all.
        id: the article's id.
        source: the file as the user named it.
        path: named in errors.

    Raises:
        ArticleError: the front matter is broken.
    """
    metadata, body = split_front_matter(normal_line_ends(text), path)
    return compose(_drafts(body, metadata), id=id, source=source, fallback_title=path.stem, metadata=metadata)


def _drafts(body: str, metadata: Metadata) -> list[Draft]:
    leaves = list(_leaves(body))
    headings = sum(leaf.kind == "heading" for leaf in leaves)
    width = wrap_width("\n\n".join(leaf.text for leaf in leaves if leaf.kind == "paragraph"))
    drafts: list[Draft] = []
    if metadata.title and not any(leaf.kind == "heading" and leaf.level == 1 for leaf in leaves):
        drafts.append(draft("heading", 1, metadata.title))
    level = 1
    run: list[str] = []
    for leaf in leaves:
        if leaf.kind == "paragraph" and headings <= 1:
            run.append(leaf.text)
            continue
        drafts.extend(_paragraphs(run, width, implied=True, level=level))
        run = []
        level = leaf.level if leaf.kind == "heading" else level
        drafts.extend(_draft(leaf, width, level))
    drafts.extend(_paragraphs(run, width, implied=True, level=level))
    return drafts


def _draft(leaf: _Leaf, width: int, level: int) -> list[Draft]:
    if leaf.kind == "heading":
        return [draft("heading", leaf.level, " ".join(leaf.text.split("\n")))]
    if leaf.kind == "item":
        return [draft("item", leaf.level, leaf.text.replace("\n", " "))]
    return _paragraphs([leaf.text], width, implied=False, level=level)


def _paragraphs(texts: list[str], width: int, *, implied: bool, level: int) -> list[Draft]:
    """Paragraphs whose line breaks may be meant, as in text that was pasted from a page: each line is then a block."""
    if not texts:
        return []
    return [lay_out("\n\n".join(texts), hashes=False, width=width, implied=implied, level=level)]


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _leaves(body: str) -> Iterator[_Leaf]:
    """The blocks of text in reading order."""
    depth = 0
    opened: list[Token] = []
    first_in_item = False
    for token in _parser().parse(body):
        if token.type == "list_item_open":
            depth += 1
            first_in_item = True
        elif token.type == "list_item_close":
            depth -= 1
            first_in_item = False
        elif token.type == "html_block":
            yield from _html_leaves(token.content)
        elif token.type == "inline":
            text = rendered(token)
            if text.strip():
                yield _leaf(opened[-1] if opened else token, token, text, depth if first_in_item else 0, depth)
                first_in_item = False
        if token.nesting == 1:
            opened.append(token)
        elif token.nesting == -1 and opened:
            opened.pop()


def _leaf(container: "Token", token: "Token", text: str, item_level: int, depth: int) -> _Leaf:
    if container.type == "heading_open":
        return _Leaf("heading", int(container.tag[1:]), text)
    if item_level:
        return _Leaf("item", min(item_level, 6), text)
    if container.type in ("td_open", "th_open"):
        return _Leaf("item", 1, text)
    if depth == 0 and _all_strong(token) and len(text.split()) <= MOST_HEADING_WORDS and text[-1] not in ".,;":
        return _Leaf("heading", 3, text)
    return _Leaf("paragraph", 0, text)


def _all_strong(token: "Token") -> bool:
    """Whether a paragraph is all in bold letters ("**Why it hurts**"): a heading by another name."""
    children = [child for child in token.children or [] if child.type != "text" or child.content.strip()]
    if len(children) < 3 or children[0].type != "strong_open" or children[-1].type != "strong_close":
        return False
    return all(child.type != "strong_close" for child in children[1:-1])


def rendered(token: "Token") -> str:
    """The plain text of inline Markdown: markup gone, a soft line break is a line feed."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or child.content.lower().startswith("<br"):
            parts.append("\n")
    return "".join(parts).strip()


def _html_leaves(content: str) -> Iterator[_Leaf]:
    from corpus.web import fragment_text

    for text in fragment_text(content):
        yield _Leaf("paragraph", 0, text)
