"""How a server starts: its address, and what is told when that cannot be had."""

from __future__ import annotations

import errno
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from filiera.errors import UsageError
from filiera.server.serving import browser_address, listen

from .conftest import StartServer


def test_a_port_in_use_is_named_with_the_option_that_helps() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as refused:
            listen("127.0.0.1", port)
    assert f"Port {port} on 127.0.0.1 is already in use" in refused.value.message
    assert f"--port {port + 1}" in refused.value.message


def test_a_host_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match=r"no host 'no\.such\.host\.invalid'.*--host"):
        listen("no.such.host.invalid", 8000)
    with pytest.raises(UsageError, match=r"192\.0\.2\.1 is not an address of this"):
        listen("192.0.2.1", 8000)


def test_a_port_that_no_machine_has_is_refused() -> None:
    with pytest.raises(UsageError, match="Port 70000 is not between 0 and 65535"):
        listen("127.0.0.1", 70000)


@pytest.mark.parametrize(
    ("code", "reason"),
    [(errno.EACCES, "may not be used by this user"), (errno.EIO, "cannot be used")],
)
def test_other_reasons_are_told(monkeypatch: pytest.MonkeyPatch, code: int, reason: str) -> None:
    def refuse(*given: Any, **options: Any) -> socket.socket:
        raise OSError(code, "as the system says")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(UsageError, match=f"Port 80 on 127.0.0.1 {reason}.*--port 8001"):
        listen("127.0.0.1", 80)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("localhost", "http://localhost:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_the_address_is_one_that_a_browser_can_open(host: str, address: str) -> None:
    assert browser_address(host, 8000) == address


def test_the_browser_is_opened_at_the_address(start_server: StartServer, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" >{opened}.part && mv {opened}.part {opened}\n')
    browser.chmod(0o755)
    server = start_server(open_browser=True, BROWSER=str(browser))
    deadline = time.monotonic() + 10
    while not opened.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert opened.read_text() == server.address
    assert server.address.startswith("http://127.0.0.1:")
