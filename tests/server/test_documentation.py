"""docs/server.md and docs/limits.md say of every setting, address and format what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from starlette.routing import Route

import filiera
from filiera.server import Limits, create_app
from filiera.server.sparql import GRAPH_FORMATS, RESULT_FORMATS

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "server.md").read_text(encoding="utf-8")
LIMITS = (DOCS / "limits.md").read_text(encoding="utf-8")


def test_every_limit_stands_there_with_its_default_and_its_message() -> None:
    row = re.compile(r"^\| `(FILIERA_\w+)` \| (\d+) \| (.+?) \| (\d*) ?\| (.*?) ?\|$", re.MULTILINE)
    limits = Limits()
    assert row.findall(LIMITS) == [
        (
            Limits.setting(limit.name),
            str(limit.default),
            limit.metadata["help"],
            str(limit.metadata["status"]) if limits.message(limit.name) else "",
            limits.message(limit.name),
        )
        for limit in fields(Limits)
    ]


def test_every_address_stands_there() -> None:
    with filiera.open_graph() as ecosystem:
        app = create_app(ecosystem)
        app.state.server.close()
    paths = {route.path.split("{")[0] for route in app.routes if isinstance(route, Route)}
    documented = {
        re.split(r"members-at|(?<=/answers/)\w|manz-italy|seed-2020-07|\?", path)[0]
        for path in re.findall(r"^\| `(/[^`]*)`", TEXT, re.M)
    }
    assert documented == paths


def test_every_media_type_that_is_ours_stands_there() -> None:
    for media_type in (*RESULT_FORMATS, *GRAPH_FORMATS):
        general = media_type in ("application/json", "application/xml", "text/xml", "text/plain")
        assert general or f"`{media_type}`" in TEXT
