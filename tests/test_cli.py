"""The command line: what a person types, what it prints, and the exit code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli import main
from cli.parser import _parser

ROOT = Path(__file__).resolve().parent.parent
TEXT = "Tight hip flexors can cause lower back pain.\nIt rained all day.\nStrong glutes reduce knee pain.\n"


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_claims_of_lines_name_their_line_and_exact_offsets() -> None:
    command = [sys.executable, "-m", "cli", "claims", "-", "--lines", "--format", "jsonl"]
    done = subprocess.run(command, input=TEXT, capture_output=True, text=True, cwd=ROOT, check=True)
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert [claim["line"] for claim in claims] == [0, 2]
    lines = TEXT.splitlines()
    for claim in claims:
        line = lines[claim["line"]]
        assert line[claim["start"] : claim["end"]] == claim["quote"]
        for phrase in (claim["cause"], claim["effect"]):
            assert line[phrase["start"] : phrase["end"]] == phrase["text"]
        assert line[claim["cue_start"] : claim["cue_end"]] == claim["cue"]
    back, knee = claims
    assert (back["cause"]["concept"], back["effect"]["concept"]) == ("hip-flexors/tightness", "lower-back/pain")
    assert (back["sign"], back["certainty"], back["denied"]) == ("+", "hedged", False)
    # Strong glutes are the other pole of weak ones: what strength lowers, weakness raises.
    assert (knee["cause"]["concept"], knee["effect"]["concept"], knee["sign"]) == ("glutes/weakness", "knee/pain", "+")


def test_trace_gives_chains_whose_quotes_stand_in_the_articles(
    sample_library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from answer.opened import open_library

    words = ("--to", "lower back pain", "--library", str(sample_library), "--format", "json")
    code, out, _ = run("trace", *words, capsys=capsys)
    chains = json.loads(out)["chains"]
    assert code == 0
    assert chains
    library = open_library(sample_library)
    for chain in chains:
        assert chain["concepts"][-1] == "lower-back/pain"
        assert [link["cause"] for link in chain["links"]] == chain["concepts"][:-1]
        assert [link["effect"] for link in chain["links"]] == chain["concepts"][1:]
        for claim in (claim for link in chain["links"] for claim in link["claims"]):
            assert library.article(claim["article"]).text[claim["start"] : claim["end"]] == claim["quote"]


def test_search_finds_the_passage_on_desk_posture(sample_library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("hip gets stiff from sitting at a desk all day", "--library", str(sample_library), "--format", "json")
    code, out, _ = run("search", *words, capsys=capsys)
    hits = json.loads(out)
    assert code == 0
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    assert {"desk-posture-and-running", "hip-flexors"} & {hit["article"] for hit in hits[:3]}
    assert all(
        set(hit) == {"rank", "id", "article", "section", "start", "end", "text", "similarity", "why"} for hit in hits
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("trace",), "nothing to trace"),
        (("trace", "sitting"), "trace where to"),
        (("trace", "--to", "zzyzx qwfp"), "no concept"),
        (("search", "back", "--after", "yesterday"), "2024-05-31"),
        (("search", "back", "--certainty", "sure"), "choose one of"),
        (("search",), "either words to search for or --like ID"),
        (("search", "back", "--like", "shin-pain#3"), "either words to search for or --like ID"),
        (("search", "--like", "no#0"), "no passage 'no#0'"),
        (("fixes", "pain"), "say which"),
        (("build", "no-such-folder", "-o", "{tmp}"), "no article to read"),
        (("claims", "article.md", "--lines"), "standard input"),
        (("info", "--library", "{tmp}"), "kinetrace build"),
    ],
)
def test_bad_input_is_one_clear_line(
    arguments: tuple[str, ...],
    says: str,
    sample_library: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = [word.format(tmp=tmp_path / "none") for word in arguments]
    if named[0] in {"trace", "search", "fixes"}:
        named += ["--library", str(sample_library)]
    code, out, err = run(*named, capsys=capsys)
    assert code == 2
    assert says in err
    assert any(line.startswith("kinetrace: ") for line in err.splitlines())
    assert "Traceback" not in err
    assert not out


@pytest.mark.parametrize(
    "arguments",
    [
        ("why", "lower back pain"),
        ("why", "lower back pain", "--fishbone"),
        ("loops",),
        ("fixes", "lower back pain"),
        ("whatif", "lower back pain", "--present", "sitting"),
        ("contradictions",),
        ("gaps", "-k", "5"),
        ("duplicates", "--least", "0.5"),
        ("searches",),
        ("info",),
        ("verify",),
        ("trace", "--from", "sitting"),
    ],
)
def test_every_report_prints_as_words_and_as_json(
    arguments: tuple[str, ...], sample_library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(*arguments, "--library", str(sample_library), capsys=capsys)
    assert code == 0
    assert out.strip()
    if "--fishbone" not in arguments:
        code, out, _ = run(*arguments, "--library", str(sample_library), "--format", "json", capsys=capsys)
        assert code == 0
        assert json.loads(out)


def test_escape_sequences_of_an_article_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "hostile.txt"
    article.write_text("Tight calves \x1b[31mcause heel pain\x1b[0m. Tight calves cause heel pain.\n", encoding="utf-8")
    code, out, _ = run("claims", str(article), capsys=capsys)
    assert code == 0
    assert "heel" in out
    assert "\x1b" not in out


def test_a_query_process_imports_neither_torch_nor_spacy(sample_library: Path) -> None:
    code = (
        "import sys\nfrom cli import main\n"
        f"main(['search', 'sore back', '--library', {str(sample_library)!r}])\n"
        "print([name for name in ('torch', 'spacy', 'transformers', 'streamlit', 'pandas') if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_more_like_a_hit_gives_other_passages(sample_library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--library", str(sample_library), "--format", "json")
    _, out, _ = run("search", "sore heel in the morning", "-k", "1", *options, capsys=capsys)
    (hit,) = json.loads(out)
    code, out, _ = run("search", "--like", hit["id"], "-k", "4", *options, capsys=capsys)
    alike = json.loads(out)
    assert code == 0
    assert len(alike) == 4
    assert hit["id"] not in {each["id"] for each in alike}


def test_what_found_nothing_is_on_record_until_the_log_is_off(
    sample_library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = tmp_path / "library"
    shutil.copytree(sample_library, library, ignore=shutil.ignore_patterns("workspace.db*"))
    options = ("--library", str(library))
    run("ask", "does yodelling cure gout?", *options, capsys=capsys)
    run("search", "sore back", *options, capsys=capsys)
    _, out, _ = run("searches", "--off", *options, capsys=capsys)
    assert "does yodelling cure gout?" in out
    assert "sore back" not in out
    assert "off" in out
    run("ask", "does whistling cure gout?", *options, capsys=capsys)
    _, out, _ = run("searches", *options, "--format", "json", capsys=capsys)
    assert [each["query"] for each in json.loads(out)["unanswered"]] == ["does yodelling cure gout?"]


@pytest.mark.parametrize("query", ["🏃", "' OR 1=1; --", "the of and", "back " * 2000])
def test_odd_queries_are_answered_in_words(
    query: str, sample_library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("search", "ask"):
        code, out, err = run(command, query, "--library", str(sample_library), capsys=capsys)
        assert code in (0, 1)
        assert out.strip()
        assert not err


def test_every_command_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (commands,) = (action.choices for action in _parser()._actions if hasattr(action, "choices") and action.choices)
    missing = [name for name in commands if f"kinetrace {name}" not in readme]
    assert not missing
