"""The command that builds the page, as a module."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

__all__ = ["load_build"]

TOOLS = Path(__file__).parents[1] / "tools" / "browser"


def load_build(place: Path = TOOLS) -> ModuleType:
    """``build.py`` of a folder; it works on the checkout that this folder lies in."""
    spec = importlib.util.spec_from_file_location("page_build", place / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
