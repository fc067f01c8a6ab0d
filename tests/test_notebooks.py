"""Every notebook runs from start to end, and is kept without outputs."""

import asyncio
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.factory import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def load(path: Path) -> Any:
    library: Any = nbformat  # its functions have no types
    notebook = library.read(path, as_version=4)
    library.validate(notebook)
    return notebook


def printed(notebook: Any) -> str:
    return "".join(
        output["text"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output["output_type"] == "stream" and output["name"] == "stdout"
    )


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    notebook = load(path)
    for cell in notebook.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.notebook
@pytest.mark.model
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_start_to_end(path: Path) -> None:
    from nbclient import NotebookClient

    notebook = load(path)
    client = NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}
    )
    asyncio.run(client.async_execute())
    errors = [
        output["text"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output["output_type"] == "stream" and output["name"] == "stderr"
    ]
    assert errors == []
    assert "2 articles," in printed(notebook)
    assert "srcdoc=" in notebook.cells[-1].outputs[-1]["data"]["text/html"]
