"""The notebooks run from start to end, and show what the facts give today."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from nbformat import NotebookNode

import filiera
from tests.notebooks.comparing import differences
from tests.notebooks.running import CHECKOUT, NOTEBOOKS, SECONDS, execute, normalised, read

ORDER = ["1-tour", "2-sparql-from-zero", "3-network-analysis", "4-battery-chain"]

REFERENCES = (
    "https://doi.org/",
    "https://igraph.org",
    "https://networkx.org",
    "https://www.w3.org/TR/",
)
"""Where links lead that explain a method: they tell nothing of the ecosystem."""

notebooks = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def texts(notebook: NotebookNode) -> list[str]:
    """The text of the cells that are read, not run."""
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def links(notebook: NotebookNode) -> set[str]:
    """Where the links in those cells lead."""
    return set(re.findall(r"\]\(([^)]+)\)", "\n".join(texts(notebook))))


@notebooks
def test_a_notebook_runs_and_its_outputs_are_up_to_date(path: Path) -> None:
    stored = read(path)
    began = time.monotonic()
    fresh = execute(stored)
    assert time.monotonic() - began < SECONDS
    found = differences(stored, fresh)
    assert not found, "\n".join([f"renew them with: python -m tests.notebooks {path.stem}", *found])


def test_the_notebooks_are_those_a_newcomer_reads_in_order() -> None:
    assert [path.stem for path in NOTEBOOKS] == ORDER
    index = (CHECKOUT / "notebooks" / "README.md").read_text(encoding="utf-8")
    places = [index.index(f"({name}.ipynb)") for name in ORDER]
    assert places == sorted(places)


@notebooks
def test_what_is_stored_is_what_a_run_writes(path: Path) -> None:
    """Nothing that changes from run to run, and nothing of the machine that ran it."""
    stored = read(path)
    assert stored == normalised(stored)
    text = path.read_text(encoding="utf-8")
    assert len(text) < 1_000_000
    assert "<iframe" not in text
    assert not re.search(r"/(home|root|tmp|work|Users)/", text)


@notebooks
def test_a_notebook_warns_of_nothing_and_shows_figures(path: Path) -> None:
    outputs = [
        output for cell in read(path).cells if cell.cell_type == "code" for output in cell.outputs
    ]
    assert [output for output in outputs if output.get("name") == "stderr"] == []
    assert any("image/png" in output.get("data", {}) for output in outputs)


@notebooks
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    found = links(read(path))
    assert found
    for link in found:
        assert link.startswith("https://") or (path.parent / link).exists(), link


@notebooks
def test_every_page_that_the_text_cites_is_a_source_of_the_graph(
    path: Path, ecosystem: filiera.Ecosystem
) -> None:
    for link in links(read(path)):
        if link.startswith("https://") and not link.startswith(REFERENCES):
            cited = f"ASK {{ ?source a fil:Source ; schema:url <{link}> }}"
            assert ecosystem.query(cited), link


def test_the_solutions_of_the_exercises_give_rows(ecosystem: filiera.Ecosystem) -> None:
    text = "\n".join(texts(read(CHECKOUT / "notebooks" / "2-sparql-from-zero.ipynb")))
    solutions = re.findall(r"^```sparql\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    rows = [ecosystem.query(solution) for solution in solutions]
    assert [len(found) for found in rows if isinstance(found, filiera.Results)] == [
        3, 5, 2, 4, 36, 32,
    ]  # fmt: skip
    assert text.count("<details>") == text.count("</details>") == len(solutions)
