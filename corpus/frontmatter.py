"""The front matter of a Markdown file: title, url, author, date, licence; a broken one is an error with its line."""

import re
from datetime import date, datetime
from pathlib import Path

from corpus.composing import Metadata
from corpus.errors import ArticleError

FENCE = "---"
ENTRY = re.compile(r"[A-Za-z_][\w-]*\s*:(?:\s|$)")
MEND = 'write it as `key: "value"`, one a line, between two lines of ---'
DATE_FORMATS = ("%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%d.%m.%Y")
LONGEST = 1000


def split_front_matter(text: str, path: Path) -> tuple[Metadata, str]:
    """What the front matter says, and the text below it; the whole text where there is none.

    Args:
        text: of the file, with line feeds for line ends.
        path: named in errors.

    Raises:
        ArticleError: it isn't closed, isn't YAML, or a field is no text; the message names the line.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return Metadata(), text
    last = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in (FENCE, "...")), None)
    if last is None:
        if len(lines) > 1 and ENTRY.match(lines[1]):
            raise ArticleError(f"{path}, line 1: the front matter is opened with --- but never closed; {MEND}")
        return Metadata(), text
    if not any(ENTRY.match(line) for line in lines[1:last]) and any(line.strip() for line in lines[1:last]):
        return Metadata(), text  # a rule above and below a paragraph
    return _metadata(_fields(lines[1:last], path), path), "\n".join(lines[last + 1 :])


def _fields(lines: list[str], path: Path) -> dict[str, tuple[str, int]]:
    """Each field's text and the line it stands on."""
    import yaml

    try:
        node = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line, len(lines) - 1) if mark else 0
        raise _broken(path, line, f"{error.problem or 'not YAML'} in {lines[line].strip()!r}") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise _broken(path, 0, f"not YAML ({type(error).__name__})") from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _broken(path, node.start_mark.line, "no `key: value` entries")
    return {
        key.value.lower(): (_scalar_text(value, path), key.start_mark.line)
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode) and key.value.lower() in _NAMES
    }


_NAMES = frozenset({"title", "url", "link", "author", "authors", "date", "licence", "license"})


def _scalar_text(node: object, path: Path) -> str:
    """The text of a scalar, or of a list of scalars with commas."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        value = "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)
        return " ".join(value.split())[:LONGEST]
    if isinstance(node, yaml.SequenceNode) and all(isinstance(part, yaml.ScalarNode) for part in node.value):
        return ", ".join(" ".join(str(part.value).split()) for part in node.value)[:LONGEST]
    line = node.start_mark.line if isinstance(node, yaml.Node) else 0
    raise _broken(path, line, "a field that is no text")


def _metadata(fields: dict[str, tuple[str, int]], path: Path) -> Metadata:
    def text(*names: str) -> str:
        return next((fields[name][0] for name in names if name in fields), "")

    when, line = fields.get("date", ("", 0))
    iso = iso_date(when)
    if when and not iso:
        raise ArticleError(f"{path}, line {line + 2}: {when!r} is no date; write it as year-month-day: 2024-05-31")
    return Metadata(
        title=text("title"),
        url=text("url", "link"),
        author=text("author", "authors"),
        date=iso,
        licence=text("licence", "license"),
    )


def iso_date(when: str) -> str:
    """A day as ISO 8601, "" where it can't be read; a year or a year and month stay as they are."""
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", when):
        return when
    try:
        return datetime.fromisoformat(when).date().isoformat()
    except ValueError:
        pass
    leading = re.match(r"\d{4}-\d{1,2}-\d{1,2}(?=\D|$)", when)
    if leading:
        year, month, day = map(int, leading.group().split("-"))
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return ""
    return next((iso for form in DATE_FORMATS if (iso := _parsed(when, form))), "")


def _parsed(when: str, form: str) -> str:
    try:
        return datetime.strptime(when, form).date().isoformat()
    except ValueError:
        return ""


def _broken(path: Path, line: int, problem: str) -> ArticleError:
    """An error for the 0-based `line` below the opening fence."""
    return ArticleError(f"{path}, line {line + 2}: broken front matter: {problem}; {MEND}")
