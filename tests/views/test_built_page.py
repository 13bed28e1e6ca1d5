"""What is said where the page has not been built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from filiera.errors import MissingPart
from filiera.views import built_page


@pytest.fixture
def unbuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No built page, for a while."""
    parts = (built_page.script, built_page.style, built_page.outlines, built_page.editor)
    monkeypatch.setattr(built_page, "_BUILT", tmp_path)
    for part in parts:
        part.cache_clear()
    yield
    for part in parts:
        part.cache_clear()


@pytest.mark.usefixtures("unbuilt")
def test_a_page_that_is_not_built_is_told() -> None:
    for part, name in (
        (built_page.script, "app.js"),
        (built_page.style, "app.css"),
        (built_page.outlines, "outline.json"),
    ):
        with pytest.raises(MissingPart, match=rf"{name} is missing.*tools/browser/build\.py"):
            part()
    for name in built_page.EDITOR:
        with pytest.raises(MissingPart, match=rf"{name} is missing.*tools/browser/build\.py"):
            built_page.editor(name)


def test_another_content_has_another_name() -> None:
    names = {built_page.asset_name(text, ending) for text in ("a", "b") for ending in ("js", "css")}
    assert len(names) == 4
