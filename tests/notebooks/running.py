"""Runs a notebook from a clean kernel, and strips its outputs of what changes from run to run."""

from __future__ import annotations

import base64
import io
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import matplotlib
import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode
from PIL import Image

__all__ = ["FOLDER", "LIVE", "NOTEBOOKS", "execute", "normalised", "read", "write"]

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SECONDS = 60
"""A notebook may take so long, and so may each of its cells."""

LIVE = {
    "text/html": "<p><em>The map opens here when you run the cell. The stored notebook leaves it"
    " out: it is a page of its own, and large.</em></p>",
    "text/plain": "(the map opens here when you run the cell)",
}
"""What a stored notebook shows in the place of a page within the page."""

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
_FIGURE_SIZE = re.compile(r"<Figure size [^>]*>")


class _OwnKernel(AsyncKernelManager):
    """The kernel of this environment, whatever kernels the user has registered."""

    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[])


def read(path: Path) -> NotebookNode:
    """The notebook of a file."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook the same way every time."""
    nbformat.validate(notebook)
    path.write_text(nbformat.writes(notebook, version=4).rstrip("\n") + "\n", encoding="utf-8")


def execute(notebook: NotebookNode, folder: Path = FOLDER) -> NotebookNode:
    """A copy with fresh outputs, made by a kernel of its own that starts in ``folder``.

    The kernel imports the package of this checkout and reads no settings of the user.

    Raises nbclient.exceptions.CellExecutionError where a cell fails.
    """
    fresh = nbformat.from_dict(_without_outputs(notebook))
    with tempfile.TemporaryDirectory() as home:
        NotebookClient(
            fresh,
            kernel_name="python3",
            kernel_manager_class=_OwnKernel,
            timeout=SECONDS,
            # Kernels warn that their talk on the loopback address is not encrypted.
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(folder)}},
        ).execute(env=_environment(home))
    return normalised(fresh)


def _environment(home: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    paths = [str(CHECKOUT / "graph"), kept.get("PYTHONPATH", "")]
    settings = Path(matplotlib.get_data_path()) / "matplotlibrc"
    return kept | {
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "IPYTHONDIR": home,
        "MATPLOTLIBRC": str(settings),
    }


def _without_outputs(notebook: NotebookNode) -> dict[str, Any]:
    plain = normalised(notebook)
    for cell in plain.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    return dict(plain)


def normalised(notebook: NotebookNode) -> NotebookNode:
    """A copy whose cells are numbered from one, without times, addresses and large pages."""
    cells = []
    count = 0
    for cell in notebook.cells:
        kept = {key: cell[key] for key in ("id", "cell_type", "source")} | {"metadata": {}}
        if cell.cell_type == "code":
            count += 1
            kept["execution_count"] = count
            kept["outputs"] = [_output(output, count) for output in _joined(cell.outputs)]
        cells.append(kept)
    kept_alike = {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    alike: NotebookNode = nbformat.from_dict(kept_alike)
    return alike


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Streams that a kernel sent in several pieces, each in one."""
    joined: list[NotebookNode] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if last and output.output_type == "stream" and last.get("name") == output.name:
            last.text += output.text
        else:
            joined.append(nbformat.from_dict(output))
    return joined


def _output(output: NotebookNode, count: int) -> dict[str, Any]:
    kept = {key: value for key, value in output.items() if key != "transient"}
    if "execution_count" in kept:
        kept["execution_count"] = count
    if "text" in kept:
        kept["text"] = _ADDRESS.sub("0x…", kept["text"])
    if "data" in kept:
        live = "<iframe" in output.data.get("text/html", "")
        data = LIVE if live else output.data
        kept["data"] = {kind: _shown(kind, value) for kind, value in data.items()}
        kept["metadata"] = {}
    return kept


def _light(encoded: str) -> str:
    """A picture with at most as many colours as one byte names: a third of the size."""
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as picture:
        if picture.mode == "P":
            return encoded
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture.convert("RGBA"))
    light = io.BytesIO()
    white.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(light, "PNG", optimize=True)
    return base64.b64encode(light.getvalue()).decode() + "\n"


def _shown(kind: str, value: Any) -> Any:
    if kind == "image/png":
        return _light(value)
    if not isinstance(value, str) or kind.startswith("image/"):
        return value
    return _FIGURE_SIZE.sub("<Figure>", _ADDRESS.sub("0x…", value))
