"""build, claims, info and verify: from files to a library, and what is in it."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from cli.libraries import SAMPLE_ARTICLES, SAMPLE_LIBRARY, chosen_library
from cli.output import Json, note, print_json, print_table, printable
from corpus.articles import Article
from corpus.errors import QueryError

if TYPE_CHECKING:
    from rich.progress import TaskID

    from build import Progress, Report
    from graph.concepts import Claim


def build_library(options: Namespace) -> int:
    """Build a library; 1 where a file was left out."""
    if not options.paths and not options.sample:
        raise QueryError("nothing to build: name articles or a folder (kinetrace build my-articles/), or --sample")
    from build import Settings, build

    paths = [Path(path) for path in options.paths] + ([SAMPLE_ARTICLES] if options.sample else [])
    library = Path(options.output) if options.output else SAMPLE_LIBRARY if options.sample else Path("library")
    vocabulary = Path(options.vocabulary) if options.vocabulary else None
    settings = Settings(model=options.model, vocabulary=vocabulary, max_bytes=options.max_bytes)
    with ProgressBars() as bars:
        report = build(paths, library, settings=settings, on_progress=bars.show)
    if options.format == "json":
        print_json(_report_json(report, library))
    else:
        print(_summary(report, library))
    for refused in report.refused:
        note(f"left out: {refused.path}: {refused.reason}")
    return 1 if report.refused else 0


class ProgressBars:
    """A bar for each stage on standard error; still where that is no terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Bars(*columns, console=Console(stderr=True))
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bars.stop()

    def show(self, progress: "Progress") -> None:
        """Move the bar of a stage; the first call makes it."""
        if progress.stage not in self._tasks:
            self._tasks[progress.stage] = self._bars.add_task(progress.stage, total=progress.total)
        self._bars.update(self._tasks[progress.stage], completed=progress.done, total=progress.total)


def _report_json(report: "Report", library: Path) -> dict[str, object]:
    return {
        "library": str(library),
        "changed": report.changed,
        "counts": dict(report.manifest.counts),
        "left_out": [{"path": one.path, "reason": one.reason} for one in report.refused],
    }


def _summary(report: "Report", library: Path) -> str:
    counts = report.manifest.counts
    built = "built" if report.changed else "up to date"
    what = ", ".join(f"{counts[name]:,} {name}" for name in ("articles", "passages", "claims", "concepts", "relations"))
    left = f"; {len(report.refused)} left out" if report.refused else ""
    return f"{library} {built}: {what}{left}"


def print_claims(options: Namespace) -> int:
    """Claims of files or of standard input; 1 where a file was left out."""
    from graph.claims import read_claims
    from graph.linking import Linker
    from graph.vocabulary import load_vocabulary

    articles, left_out = _articles_to_read(options)
    linker = Linker(load_vocabulary(Path(options.vocabulary) if options.vocabulary else None))
    claims = ((article, claim) for article, found in read_claims(articles, linker=linker) for claim in found)
    if options.format == "jsonl":
        for article, claim in claims:
            print(_claim_line(article, claim, lines=options.lines))
    else:
        rows = (
            (claim.article, claim.cause_concept, _arrow(claim), claim.effect_concept, claim.certainty, claim.quote)
            for _, claim in claims
        )
        cleaned = (tuple(printable(str(cell)) for cell in row) for row in rows)
        print_table(("article", "cause", "", "effect", "certainty", "quote"), cleaned)
    return 1 if left_out else 0


def _articles_to_read(options: Namespace) -> tuple[Iterator[Article], bool]:
    from corpus.reading import article_from_text, read_articles

    if options.paths == ["-"]:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper
        if options.lines:
            return (article_from_text(line.rstrip("\n"), id=f"line-{n}") for n, line in enumerate(sys.stdin)), False
        return iter([article_from_text(sys.stdin.read(), id="standard-input")]), False
    if options.lines:
        raise QueryError("--lines reads standard input: kinetrace claims - --lines")
    reading = read_articles([Path(path) for path in options.paths])
    for refused in reading.refused:
        note(f"left out: {refused.path}: {refused.reason}")
    return iter(reading.articles), bool(reading.refused)


def _claim_line(article: Article, claim: "Claim", *, lines: bool) -> str:
    from graph.claims import claim_json

    found = claim_json(claim)
    if lines:
        found = {"line": int(article.id.removeprefix("line-")), **found}
    return json.dumps(found, ensure_ascii=False)


def _arrow(claim: "Claim") -> str:
    if claim.denied:
        return "-/->"
    return "--->" if claim.sign == 1 else "---|"


def print_info(options: Namespace) -> int:
    """What is in the library."""
    from answer.opened import open_library

    library = open_library(chosen_library(options.library))
    manifest = library.manifest
    if options.format == "json":
        print_json(
            {
                "library": str(library.path),
                "generation": library.generation.path.name,
                "created": manifest.created,
                "sources": list(manifest.sources),
                "model": manifest.model_id,
                "index": manifest.index_kind,
                "counts": dict(manifest.counts),
                "articles": [{"id": each.id, "title": each.title, "source": each.source} for each in library.articles],
            }
        )
        return 0
    print(f"{library.path}, built {manifest.created} from {', '.join(manifest.sources)}")
    print(f"model {manifest.model_id}, index {manifest.index_kind}")
    print(", ".join(f"{count:,} {name}" for name, count in manifest.counts.items()))
    print()
    rows = ((each.id, printable(each.title), f"{len(each.text.split()):,}", each.date) for each in library.articles)
    print_table(("article", "title", "words", "date"), rows)
    return 0


def print_problems(options: Namespace) -> int:
    """Check the library; 1 where something is wrong with it."""
    from answer.verifying import verify

    library = chosen_library(options.library)
    problems = verify(library)
    if options.format == "json":
        problems_json: Json = {"library": str(library), "problems": list(problems)}
        print_json(problems_json)
    elif not problems:
        print(f"{library} is sound: checksums, offsets and counts are as they should be")
    for problem in problems if options.format == "table" else ():
        note(f"{library}: {problem}")
    return 1 if problems else 0
