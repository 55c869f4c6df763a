"""Markdown to an article, by markdown-it-py's CommonMark parser: blocks as rendered, inline markup gone.

markdown-it-py: CommonMark to the letter, plain Python, and rich (which the command line needs) brings it anyway.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.articles import Article
from corpus.composing import compose
from corpus.errors import ArticleError
from corpus.frontmatter import split_front_matter
from corpus.leaves import Leaf, drafts_of, paragraph_or_heading
from corpus.plain import normal_line_ends

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

UNCLOSED = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
MOST_UNCLOSED = 500


def article_from_markdown(
    text: str,
    *,
    id: str,
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
    _refuse_unclosed(body, path)
    drafts = drafts_of(_leaves(body), metadata.title)
    return compose(drafts, id=id, source=source, fallback_title=path.stem, metadata=metadata)


def _refuse_unclosed(body: str, path: Path) -> None:
    """For each comment that is opened and never closed the parser reads on to the end: thousands would take hours."""
    for opening, closing in UNCLOSED:
        unclosed = body.count(opening, body.rfind(closing) + 1)
        if unclosed > MOST_UNCLOSED:
            raise ArticleError(f"{path}: broken: {unclosed:,} times {opening} without {closing}; close or delete them")


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _leaves(body: str) -> Iterator[Leaf]:
    """The blocks of text in reading order; code blocks are nobody's prose."""
    depth = 0
    begins_item = False
    opened: list[Token] = []
    for token in _parser().parse(body):
        if token.type in ("list_item_open", "list_item_close"):
            depth += token.nesting
            begins_item = token.nesting == 1
        elif token.type == "html_block":
            yield from _html_leaves(token.content)
        elif token.type == "inline" and (text := _rendered(token)):
            yield _leaf(opened[-1], token, text, depth if begins_item else 0)
            begins_item = False
        if token.nesting == 1:
            opened.append(token)
        elif token.nesting == -1:
            opened.pop()


def _leaf(container: "Token", token: "Token", text: str, item_level: int) -> Leaf:
    if container.type == "heading_open":
        return Leaf("heading", int(container.tag[1:]), text)
    if item_level or container.type in ("td_open", "th_open"):
        return Leaf("item", max(item_level, 1), text)
    return paragraph_or_heading(text, bold=_is_bold(token))


def _is_bold(token: "Token") -> bool:
    """Whether one pair of strong marks encloses all of a paragraph."""
    children = [child for child in token.children or [] if child.type != "text" or child.content.strip()]
    if len(children) < 3 or children[0].type != "strong_open" or children[-1].type != "strong_close":
        return False
    return all(child.type != "strong_close" for child in children[1:-1])


def _rendered(token: "Token") -> str:
    """The plain text of inline Markdown: markup gone, a line break is a line feed."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or child.content.lower().startswith("<br"):
            parts.append("\n")
    return "".join(parts).strip()


def _html_leaves(content: str) -> Iterator[Leaf]:
    from corpus.web import fragment_leaves

    yield from fragment_leaves(content)
