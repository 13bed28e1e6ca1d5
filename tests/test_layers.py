"""An import goes down only: docs/decisions/0009-the-layers.md."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import filiera

PACKAGE = Path(filiera.__file__).parent

FROM_THE_GROUND = (
    "garbage",
    "vocabulary", "version", "resources", "languages", "texts", "errors", "iris", "reasons",
    "facts", "workbook", "store", "build", "labels", "network", "answers", "results", "ecosystem",
    "opening",
    "offered",
    "views", "server", "cli", "jupyter", "__init__",
)  # fmt: skip
UPWARD = {("ecosystem", "views"), ("errors", "facts")}


def imports() -> Iterator[tuple[str, str, str]]:
    """(layer, layer that it imports, file) of every import within the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        layer = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: imports are absolute"
                names = [node.module or ""]
            for name in names:
                if name.split(".")[0] == "filiera":
                    yield layer, [*name.split("."), "__init__"][1], str(path)


def test_every_module_has_its_layer() -> None:
    there = {path.stem for path in PACKAGE.glob("*.py")}
    there |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert there == set(FROM_THE_GROUND)


def test_imports_go_down_only() -> None:
    found = set(imports())
    upward = {
        (layer, other)
        for layer, other, _ in found
        if layer != other and FROM_THE_GROUND.index(other) > FROM_THE_GROUND.index(layer)
    }
    assert upward == UPWARD, [row for row in found if row[:2] in upward - UPWARD]
    assert len(found) > 200
