"""The access log: what a line holds, and what it does not."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from filiera.errors import OutputError
from filiera.server.access import AccessLog, Visit, opened_log
from filiera.server.lanes import Turn


def _visit(path: str = "/sparql") -> Visit:
    turn = Turn(client="192.0.2.7", lane="heavy", job={"kind": "sparql", "query": "ASK { }"})
    return Visit("POST", path, 503, 7, turn=turn)


def test_what_was_asked_is_written_on_demand_only() -> None:
    for contents in (False, True):
        stream = io.BytesIO()
        AccessLog(stream, contents=contents).write(_visit())
        assert ("ASK" in stream.getvalue().decode()) is contents
        assert "192.0.2.7" not in stream.getvalue().decode()
        line = json.loads(stream.getvalue().decode())
        assert (line["status"], line["lane"], line["limit"]) == (503, "heavy", None)
    assert json.loads(line["asked"]) == {"kind": "sparql", "query": "ASK { }"}


def test_a_line_is_one_line_whatever_the_path_holds() -> None:
    stream = io.BytesIO()
    AccessLog(stream).write(_visit('/id/\r\n{"status": 200}\x1b[2J\u2028' + "x" * 9000))
    assert stream.getvalue().decode().count("\n") == 1
    assert len(stream.getvalue().decode()) < 2500
    assert "\x1b" not in stream.getvalue().decode()
    assert "\u2028" not in stream.getvalue().decode()


def test_a_full_disk_stops_nobody() -> None:
    with opened_log("/dev/full") as log:
        log.write(_visit())
        log.write(_visit())


def test_a_file_is_added_to(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "access.jsonl"
    for _ in range(2):
        with opened_log(str(file)) as log:
            log.write(_visit())
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2
    with opened_log("-") as log:
        log.write(_visit())
    assert json.loads(capfd.readouterr().err)["path"] == "/sparql"
    with opened_log(None) as log:
        log.write(_visit())
    with pytest.raises(OutputError, match="--access-log"), opened_log(str(tmp_path)):
        pass
