"""The notebook of the documentation runs from its first cell to its last, and is kept without outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


@pytest.fixture(scope="module")
def notebook() -> Any:
    nbformat = pytest.importorskip("nbformat", reason="needs nbclient (pip install 'mapgen[test]')")
    return nbformat.read(NOTEBOOK, as_version=4)


def test_the_notebook_is_kept_without_outputs(notebook: Any) -> None:
    nbformat = pytest.importorskip("nbformat", reason="needs nbclient (pip install 'mapgen[test]')")
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert cell.cell_type == "markdown" or (cell.outputs, cell.execution_count) == ([], None)


def test_the_notebook_runs(notebook: Any, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient", reason="needs nbclient (pip install 'mapgen[test]')")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    client = nbclient.NotebookClient(notebook, timeout=600, kernel_name="python3", resources={})
    client.execute(cwd=str(tmp_path))  # the error of a cell is the error of the test
    shown = {cell.source: "\n".join(map(str, cell.outputs)) for cell in notebook.cells if cell.cell_type == "code"}

    def output(part: str) -> str:
        return next(text for source, text in shown.items() if part in source)

    assert "text/html" in output("parsed.to_map()")
    assert "Khan Cheikhoun" in output("in_syria[")
    assert "F1" in output("print(evaluate(")
    assert "The Old Mill" in output("corrections=corrections")
    assert "Luleå" in output("archive.places(")
    assert "POINT" in output("read_parquet")
