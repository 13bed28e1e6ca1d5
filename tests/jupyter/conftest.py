"""A session of IPython with the extension loaded, and the graph in its variable ``eco``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

import filiera


@pytest.fixture
def shell(ecosystem: filiera.Ecosystem) -> Iterator[InteractiveShell]:
    """What a notebook runs in, without history on disk."""
    opened: Any = InteractiveShell.instance()
    opened.history_manager.enabled = False
    opened.reset(new_session=False)
    opened.user_ns["eco"] = ecosystem
    opened.run_line_magic("load_ext", "filiera")
    yield opened
    opened.run_line_magic("unload_ext", "filiera")
    opened.history_manager.end_session()
    InteractiveShell.clear_instance()
