"""The words of the command line."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, TypeAlias

EPILOG: Final = """\
examples:
  kinetrace build my-articles/                       read a folder of articles into ./library
  kinetrace trace --to "lower back pain"             what leads there, best chains first
  kinetrace search "sore back after long runs"       passages, and why each is there
  kinetrace claims article.txt                       what one article claims, with its quotes

Kinetrace reports what articles claim; it gives no diagnosis.
"""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A command and its options: what `run` gives is the exit code."""

    run: Callable[[argparse.Namespace], int]
    options: argparse.Namespace


def parse(arguments: Sequence[str]) -> Chosen:
    """The command that the arguments name.

    Raises:
        SystemExit: code 2 with a usage line where they name none, 0 for --help.
    """
    options = _parser().parse_args(arguments)
    module, _, function = options.command.partition(":")
    # Imported only now: a search must not wait for what a build needs.
    return Chosen(getattr(import_module(module), function), options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kinetrace",
        description="Traces what articles on running, posture and pain claim causes what.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (_build, _claims, _trace, _why, _search, _ask, _explain, _contradictions, _loops, _fixes, _whatif):
        add(commands)
    for add in (_gaps, _duplicates, _searches, _info, _verify, _app):
        add(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(
    commands: _Commands, name: str, function: str, text: str, example: str, *, reads_library: bool = True
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=function)
    if reads_library:
        parser.add_argument("--library", metavar="DIR", help="the library (default ./library, else the sample)")
        _format(parser, "table", "json")
    return parser


def _format(parser: argparse.ArgumentParser, *formats: str) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"default: {formats[0]}")


def _build(commands: _Commands) -> None:
    parser = _command(
        commands,
        "build",
        "cli.building:build_library",
        "read articles into a library",
        "kinetrace build my-articles/ extra.docx --output library",
        reads_library=False,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="article or folder (.txt .md .html .docx)")
    parser.add_argument("--sample", action="store_true", help="the sample articles that come with Kinetrace")
    parser.add_argument("-o", "--output", "--library", metavar="DIR", help="the library (default ./library)")
    parser.add_argument("--vocabulary", metavar="FILE", help="TOML that adds to or overrides the vocabulary")
    parser.add_argument("--model", default="", metavar="NAME", help="a sentence-transformers model, by name or path")
    parser.add_argument("--max-bytes", type=int, default=20_000_000, metavar="N", help="refuse larger files (20 MB)")
    _format(parser, "table", "json")


def _claims(commands: _Commands) -> None:
    parser = _command(
        commands,
        "claims",
        "cli.building:print_claims",
        "print what articles claim, with quotes",
        "kinetrace claims article.txt --format jsonl",
        reads_library=False,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="article or folder; - is standard input")
    parser.add_argument("--lines", action="store_true", help="each line of standard input is a text of its own")
    parser.add_argument("--vocabulary", metavar="FILE", help="TOML that adds to or overrides the vocabulary")
    _format(parser, "table", "jsonl")


def _graph_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-k", type=int, default=5, metavar="N", help="how many chains (default 5)")
    parser.add_argument("--max-links", type=int, default=8, metavar="N", help="longest chain (default 8 links)")
    parser.add_argument("--via", action="append", default=[], metavar="CONCEPT", help="must pass (may be repeated)")
    parser.add_argument("--avoid", action="append", default=[], metavar="CONCEPT", help="must not pass")
    parser.add_argument("--sign", choices=("+", "-"), help="only chains that raise (+) or lower (-) the effect")
    parser.add_argument("--min-belief", type=float, default=0.0, metavar="B", help="least belief of a chain, 0 to 1")
    parser.add_argument("--asserted", action="store_true", help="only what some article asserts outright")
    parser.add_argument("--article", action="append", default=[], metavar="ID", help="only claims of this article")
    parser.add_argument("--diverse", action="store_true", help="chains that are not small variants of one another")


def _trace(commands: _Commands) -> None:
    parser = _command(
        commands,
        "trace",
        "cli.tracing:print_chains",
        "follow chains of claims from a cause to an effect",
        'kinetrace trace "running posture" "lower back pain"',
    )
    parser.add_argument("cause", nargs="?", help="where the chain begins, as people write it")
    parser.add_argument("effect", nargs="?", help="where it ends")
    parser.add_argument("--to", metavar="EFFECT", help="what leads there")
    parser.add_argument("--from", dest="start", metavar="CAUSE", help="what follows from it")
    _graph_options(parser)


def _why(commands: _Commands) -> None:
    parser = _command(
        commands, "why", "cli.tracing:print_causes", "the tree of what leads to an effect", 'kinetrace why "knee pain"'
    )
    parser.add_argument("effect")
    parser.add_argument("--depth", type=int, default=3, metavar="N", help="links back from the effect (default 3)")
    parser.add_argument("--fishbone", action="store_true", help="grouped by structure and behaviour")


def _search(commands: _Commands) -> None:
    parser = _command(
        commands,
        "search",
        "cli.searching:print_hits",
        "find passages in plain words",
        'kinetrace search "can bad running posture give me a sore back"',
    )
    parser.add_argument("query", nargs="?", default="")
    parser.add_argument("--like", default="", metavar="ID", help="instead of a query: passages like this one")
    parser.add_argument("-k", type=int, default=5, metavar="N", help="how many passages (default 5)")
    for name, text in (
        ("article", "only this article (id)"),
        ("section", "only sections whose heading holds this"),
        ("source", "only articles whose source holds this"),
        ("after", "only articles dated on or after (YYYY-MM-DD)"),
        ("before", "only articles dated on or before (YYYY-MM-DD)"),
        ("concept", "only passages that name this concept"),
        ("structure", "only passages on this body part"),
        ("certainty", "only passages with a claim of this certainty"),
    ):
        parser.add_argument(f"--{name}", default="", help=text)


def _ask(commands: _Commands) -> None:
    parser = _command(
        commands, "ask", "cli.searching:print_answer", "answer a question from chains and quotes",
        'kinetrace ask "why does my lower back hurt when I run?"',
    )  # fmt: skip
    parser.add_argument("question")


def _explain(commands: _Commands) -> None:
    parser = _command(
        commands, "explain", "cli.tracing:print_explanation", "how a relation's belief came about, step by step",
        'kinetrace explain "tight hamstrings" "lower back pain"',
    )  # fmt: skip
    parser.add_argument("cause")
    parser.add_argument("effect")


def _contradictions(commands: _Commands) -> None:
    _command(
        commands, "contradictions", "cli.reporting:print_contradictions", "claims that disagree, side by side",
        "kinetrace contradictions",
    )  # fmt: skip


def _loops(commands: _Commands) -> None:
    parser = _command(
        commands, "loops", "cli.reporting:print_loops", "vicious circles and balancing loops", "kinetrace loops"
    )
    parser.add_argument("--max-links", type=int, default=6, metavar="N", help="longest loop (default 6 links)")
    parser.add_argument("-k", type=int, default=10, metavar="N", help="how many loops (default 10)")


def _fixes(commands: _Commands) -> None:
    parser = _command(
        commands, "fixes", "cli.reporting:print_fixes", "what to change first: fixes ranked by the chains they break",
        'kinetrace fixes "lower back pain"',
    )  # fmt: skip
    parser.add_argument("effect")
    parser.add_argument("-k", type=int, default=10, metavar="N", help="how many fixes (default 10)")


def _whatif(commands: _Commands) -> None:
    parser = _command(
        commands, "whatif", "cli.reporting:print_what_if", "levels when some concepts are present or absent",
        'kinetrace whatif "lower back pain" --present sitting --absent "weak core"',
    )  # fmt: skip
    parser.add_argument("effect")
    parser.add_argument("--present", action="append", default=[], metavar="CONCEPT", help="is so (may be repeated)")
    parser.add_argument("--absent", action="append", default=[], metavar="CONCEPT", help="is not so")


def _gaps(commands: _Commands) -> None:
    parser = _command(commands, "gaps", "cli.reporting:print_gaps", "what the articles lack", "kinetrace gaps -k 20")
    parser.add_argument("-k", type=int, default=20, metavar="N", help="how many gaps (default 20)")
    parser.add_argument("--article", default="", metavar="ID", help="only gaps of this article")


def _duplicates(commands: _Commands) -> None:
    parser = _command(
        commands, "duplicates", "cli.searching:print_duplicates", "passages that say nearly the same, side by side",
        "kinetrace duplicates --least 0.85",
    )  # fmt: skip
    parser.add_argument("--least", type=float, default=0.9, metavar="COS", help="smallest similarity (default 0.9)")
    parser.add_argument("-k", type=int, default=20, metavar="N", help="how many pairs (default 20)")


def _searches(commands: _Commands) -> None:
    parser = _command(
        commands, "searches", "cli.searching:print_searches", "questions that found nothing, and the search log",
        "kinetrace searches",
    )  # fmt: skip
    parser.add_argument("-k", type=int, default=20, metavar="N", help="how many (default 20)")
    switch = parser.add_mutually_exclusive_group()
    switch.add_argument("--off", action="store_true", help="write no more searches down")
    switch.add_argument("--on", action="store_true", help="write them down again, on this machine only")


def _info(commands: _Commands) -> None:
    _command(commands, "info", "cli.building:print_info", "what is in the library", "kinetrace info")


def _verify(commands: _Commands) -> None:
    _command(
        commands, "verify", "cli.building:print_problems", "check the library: checksums, offsets, counts",
        "kinetrace verify --library library",
    )  # fmt: skip


def _app(commands: _Commands) -> None:
    parser = _command(
        commands, "app", "cli.serving:serve", "open the app in the browser", "kinetrace app", reads_library=False
    )
    parser.add_argument("--library", metavar="DIR", help="the library (default ./library, else the sample)")
    parser.add_argument("--port", type=int, default=8501, metavar="N", help="default 8501")
