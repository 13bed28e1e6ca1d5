"""What differs between the outputs that a notebook keeps and those of a run."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import numpy as np
from nbformat import NotebookNode
from PIL import Image

__all__ = ["differences"]

PIXELS_OFF = 6
"""So many pixels of a picture may differ: the edge of a curve may be smoothed otherwise on
another processor. One digit that changes in a label moves more of them."""

LEVELS_OFF = 32
"""A pixel differs when one of its channels is off by more than this, of 255."""


def differences(stored: NotebookNode, fresh: NotebookNode) -> list[str]:
    """One sentence for each output that is not what a run gives; both notebooks normalised."""
    found = []
    for kept, made in zip_longest(_code(stored), _code(fresh)):
        assert kept is not None, "a run adds no cell"
        assert made is not None, "a run loses no cell"
        where = f"[{kept.execution_count}] {kept.source.splitlines()[0]!r}"
        if len(kept.outputs) != len(made.outputs):
            found.append(f"{where}: {len(kept.outputs)} outputs kept, {len(made.outputs)} made")
            continue
        for old, new in zip(kept.outputs, made.outputs, strict=True):
            found += [f"{where}: {said}" for said in _outputs_differ(old, new)]
    return found


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _outputs_differ(old: NotebookNode, new: NotebookNode) -> Iterator[str]:
    for key in sorted({*old, *new} - {"data"}):
        if old.get(key) != new.get(key):
            yield f"{key}: {_texts_differ(old.get(key), new.get(key))}"
    one, other = old.get("data", {}), new.get("data", {})
    if set(one) != set(other):
        yield f"{sorted(one)} kept, {sorted(other)} made"
        return
    for kind in sorted(kind for kind in one if one[kind] != other[kind]):
        if kind == "image/png":
            yield from _pictures_differ(one[kind], other[kind])
        else:
            yield f"{kind}: {_texts_differ(one[kind], other[kind])}"


def _texts_differ(old: Any, new: Any) -> str:
    """The first place where two texts part, with a little around it."""
    kept, made = str(old), str(new)
    pairs = enumerate(zip(kept, made, strict=False))
    parting = next((place for place, (one, other) in pairs if one != other), 0)
    near = max(0, parting - 30)
    return f"{kept[near : near + 80]!r} kept, {made[near : near + 80]!r} made"


def _pictures_differ(old: str, new: str) -> Iterator[str]:
    kept, made = _pixels(old), _pixels(new)
    if kept.shape != made.shape:
        sizes = [f"{width} × {height} pixels" for height, width, _ in (kept.shape, made.shape)]
        yield f"picture: {sizes[0]} kept, {sizes[1]} made"
        return
    off = int((np.abs(kept - made).max(axis=2) > LEVELS_OFF).sum())
    if off > PIXELS_OFF:
        yield f"picture: {off} pixels differ"


def _pixels(encoded: str) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Pixels of a PNG: rows × columns × red, green, blue on white."""
    with Image.open(io.BytesIO(base64.b64decode(encoded))) as picture:
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture.convert("RGBA"))
    return np.asarray(white.convert("RGB"), dtype=np.int16)
