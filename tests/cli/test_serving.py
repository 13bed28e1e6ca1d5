"""``filiera serve``: the address it prints, and how it ends."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_program import PROGRAM, environment
from tests.small_cluster import FOLDER


def test_serve_prints_its_address_and_ends_quietly(tmp_path: Path) -> None:
    log = tmp_path / "access.jsonl"
    with subprocess.Popen(
        [*PROGRAM, "serve", "--port", "0", "--data", str(FOLDER), "--access-log", str(log)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        address = server.stdout.readline().strip()
        try:
            assert address.startswith("http://127.0.0.1:")
            with urllib.request.urlopen(address, timeout=10) as page:
                assert page.status == 200
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
        assert server.stderr.read() == "Ctrl-C stops it\n"
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["path"] == "/"


def test_an_access_log_that_cannot_be_written_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("serve", "--port", 0, "--data", FOLDER, "--access-log", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"filiera: The access log {tmp_path} cannot be written")


def test_a_port_in_use_is_told(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run("serve", "--port", port, "--data", FOLDER)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(
        f"filiera: Port {port} on 127.0.0.1 is already in use by another program."
    )
    assert ran.err.count("\n") == 1


def test_a_port_out_of_range_is_refused(run: Run) -> None:
    ran = run("serve", "--port", "65536")
    assert ran.code == 2
    assert "--port" in ran.err
