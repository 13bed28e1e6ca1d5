"""Outputs that are out of date are noticed, however little has changed."""

from __future__ import annotations

import base64
import io
from copy import deepcopy
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from tests.notebooks.comparing import PIXELS_OFF, differences
from tests.notebooks.running import NOTEBOOKS, normalised, read


def figure(members: int = 103, width: float = 5) -> str:
    """A bar with its number, as a notebook keeps it."""
    drawn = Figure(figsize=(width, 3), dpi=72)
    axes = drawn.add_subplot()
    axes.bar_label(axes.bar(["July 2020"], [100]), labels=[str(members)])
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png")
    return base64.b64encode(buffer.getvalue()).decode()


def repainted(picture: str, pixels: int, level: int) -> str:
    """The same picture with some pixels of its upper edge in a grey."""
    with Image.open(io.BytesIO(base64.b64decode(picture))) as image:
        other = image.convert("RGB")
    for place in range(pixels):
        other.putpixel((place, 0), (level, level, level))
    buffer = io.BytesIO()
    other.save(buffer, format="png")
    return base64.b64encode(buffer.getvalue()).decode()


@pytest.fixture
def stored() -> NotebookNode:
    """A notebook with an output of every kind."""
    table = {"text/html": "<td>103</td>", "text/plain": "103"}
    cell = new_code_cell(
        "eco.ask('coverage')\nplt.show()",
        outputs=[
            new_output("stream", name="stdout", text="103 members\n"),
            new_output("execute_result", data=table, execution_count=1),
            new_output("display_data", data={"image/png": figure(), "text/plain": "<Figure>"}),
        ],
    )
    return normalised(new_notebook(cells=[new_markdown_cell("Members"), cell]))


def test_outputs_that_are_the_same_differ_in_nothing(stored: NotebookNode) -> None:
    assert differences(stored, deepcopy(stored)) == []


def test_a_number_that_changed_in_a_text_is_told(stored: NotebookNode) -> None:
    fresh = deepcopy(stored)
    fresh.cells[1].outputs[0].text = "104 members\n"
    assert differences(stored, fresh) == [
        "[1] \"eco.ask('coverage')\": text: '103 members\\n' kept, '104 members\\n' made"
    ]


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_a_number_that_changed_in_a_table_is_told(stored: NotebookNode, kind: str) -> None:
    fresh = deepcopy(stored)
    fresh.cells[1].outputs[1].data[kind] = stored.cells[1].outputs[1].data[kind].replace("3", "4")
    [said] = differences(stored, fresh)
    assert kind in said
    assert "103" in said
    assert "104" in said


def test_a_digit_that_changed_in_a_figure_is_told(stored: NotebookNode) -> None:
    fresh = deepcopy(stored)
    fresh.cells[1].outputs[2].data["image/png"] = figure(members=108)
    [said] = differences(stored, fresh)
    assert "pixels differ" in said


def test_a_figure_of_another_size_is_told(stored: NotebookNode) -> None:
    fresh = deepcopy(stored)
    fresh.cells[1].outputs[2].data["image/png"] = figure(width=6)
    [said] = differences(stored, fresh)
    assert said.endswith("picture: 360 × 216 pixels kept, 432 × 216 pixels made")


@pytest.mark.parametrize(
    ("pixels", "level", "noticed"),
    [(PIXELS_OFF, 0, False), (PIXELS_OFF + 1, 0, True), (200, 230, False)],
    ids=["a few", "too many", "faint"],
)
def test_an_edge_may_be_smoothed_otherwise(
    stored: NotebookNode, pixels: int, level: int, noticed: bool
) -> None:
    fresh = deepcopy(stored)
    fresh.cells[1].outputs[2].data["image/png"] = repainted(figure(), pixels, level)
    assert bool(differences(stored, fresh)) is noticed


def test_an_output_more_or_of_another_kind_is_told(stored: NotebookNode) -> None:
    fresh = deepcopy(stored)
    del fresh.cells[1].outputs[0]
    assert differences(stored, fresh) == ["[1] \"eco.ask('coverage')\": 3 outputs kept, 2 made"]
    fresh = deepcopy(stored)
    del fresh.cells[1].outputs[1].data["text/html"]
    [said] = differences(stored, fresh)
    assert said.endswith("['text/html', 'text/plain'] kept, ['text/plain'] made")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_digit_that_changed_in_any_output_of_a_real_notebook_is_told(path: Path) -> None:
    changed = 0
    for cell in read(path).cells:
        for number, output in enumerate(cell.get("outputs", [])):
            held = output if "text" in output else output.get("data", {})
            kind = "text" if "text" in output else "text/html"
            digit = next((sign for sign in held.get(kind, "") if sign.isdigit()), None)
            if digit is None:
                continue
            fresh = deepcopy(cell)
            target = fresh.outputs[number] if kind == "text" else fresh.outputs[number].data
            target[kind] = target[kind].replace(digit, str((int(digit) + 1) % 10), 1)
            told = differences(NotebookNode(cells=[cell]), NotebookNode(cells=[fresh]))
            assert len(told) == 1
            changed += 1
    assert changed >= 4
