"""The notebooks run from the first cell to the last on what they make themselves, and are stored without outputs."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def read(path: Path) -> nbformat.NotebookNode:
    stored: nbformat.NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # untyped library
    return stored


def test_is_stored_without_outputs(notebook: Path) -> None:
    stored = read(notebook)
    nbformat.validate(stored)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert [cell for cell in code if cell.outputs or cell.execution_count is not None] == []


# nbclient closes its sockets after pytest has looked; jupyter_client warns of the event loop that it makes itself.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_runs_and_shows_something_in_every_result_cell(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    stored = read(notebook)
    NotebookClient(
        stored, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    printing = [cell for cell in stored.cells if cell.cell_type == "code" and "print(" in cell.source]
    assert printing
    assert [cell.source for cell in printing if not any(out.output_type == "stream" for out in cell.outputs)] == []
