"""The notebooks run from start to end, and show what the facts give today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """A shell of its own, as a kernel would have."""
    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def shown(result: Any) -> str:
    """What Jupyter shows of a value: its HTML, else its text."""
    as_html = getattr(result, "_repr_html_", None)
    return str(as_html()) if as_html else repr(result)


# IPython keeps its history in a database that only the end of the process closes.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_its_outputs_are_up_to_date(
    path: Path, shell: InteractiveShell
) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(code) >= 5
    for cell in code:
        run: Any = shell.run_cell
        ran = run("".join(cell["source"]), store_history=False)
        ran.raise_error()
        kept = [output["data"] for output in cell["outputs"] if "data" in output]
        assert len(kept) == (ran.result is not None)
        for data in kept:
            text = "".join(data.get("text/html", data["text/plain"]))
            assert text == shown(ran.result)


def test_there_is_a_tour() -> None:
    assert "tour" in {path.stem for path in NOTEBOOKS}
