"""The shape of the project: which package may import which, and that they are ours."""

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "graph", "embeddings", "answer", "cli", "views")
MODULES = ("app", "build")
ALLOWED = {
    "corpus": {"corpus"},
    "graph": {"corpus", "graph"},
    "embeddings": {"corpus", "embeddings"},
    "build": {"corpus", "graph", "embeddings"},
    "answer": {"corpus", "graph", "embeddings", "answer"},
    "cli": {"corpus", "graph", "embeddings", "answer", "build", "cli"},
    "views": {"corpus", "graph", "embeddings", "answer", "build", "cli", "views"},
    "app": {"corpus", "graph", "embeddings", "answer", "build", "cli", "views"},
}


def sources(name: str) -> list[Path]:
    return sorted((ROOT / name).rglob("*.py")) if (ROOT / name).is_dir() else [ROOT / f"{name}.py"]


def imported(source: Path) -> set[str]:
    """First names of everything that a file imports, wherever in the file it does so."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("name", [*PACKAGES, *MODULES])
def test_imports_go_one_way(name: str) -> None:
    ours = {*PACKAGES, *MODULES}
    for source in sources(name):
        forbidden = imported(source) & ours - ALLOWED[name]
        assert not forbidden, f"{source.relative_to(ROOT)} imports {sorted(forbidden)}"


@pytest.mark.parametrize("name", ["corpus", "graph", "embeddings", "answer", "cli", "build"])
def test_modules_come_from_this_checkout(name: str) -> None:
    # PyPI has other packages named corpus, embeddings and build.
    file = importlib.import_module(name).__file__
    assert file is not None
    assert Path(file).is_relative_to(ROOT)


def test_no_file_hides_a_module_of_the_standard_library() -> None:
    import sys

    for name in (*PACKAGES, *MODULES):
        assert name not in sys.stdlib_module_names


def test_nothing_is_pickled_and_no_html_is_unescaped() -> None:
    for name in (*PACKAGES, *MODULES):
        for source in sources(name):
            text = source.read_text(encoding="utf-8")
            assert not imported(source) & {"pickle", "cPickle", "dill", "joblib", "cloudpickle"}, source
            assert "unsafe_allow_html=True" not in text, source
            assert "allow_pickle=True" not in text, source
