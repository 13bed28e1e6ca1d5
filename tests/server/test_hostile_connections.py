"""Clients that send what is no HTTP, too much of it, or too slowly, and those that never listen."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import time

import pytest

from .conftest import RunningServer

HEAD = b"Host: localhost\r\n"
SECURITY = (b"content-security-policy:", b"referrer-policy: no-referrer", b"nosniff")


@pytest.fixture(autouse=True)
def _unharmed(unharmed: None) -> None:
    """Every test here leaves the server as it was."""


def _connect(
    server: RunningServer, *, source: str = "127.0.0.1", buffer: int | None = None
) -> socket.socket:
    host, port = server.address.removeprefix("http://").rstrip("/").split(":")
    connection = socket.socket()
    if buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    connection.bind((source, 0))
    connection.settimeout(30)
    connection.connect((host, int(port)))
    return connection


def _until_closed(connection: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    received = b""
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(2**16):
            received += part
    return received


def _answers(received: bytes) -> list[int]:
    return [
        int(part.split(b" ", 1)[0])
        for part in received.split(b"HTTP/1.1 ")[1:]
        if part[:1].isdigit()
    ]


MALFORMED = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 4\r\n"
    b"Content-Length: 5\r\n\r\nASK{}",
    "a length and chunks": b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 4\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\n" + HEAD + b"\r\n",
    "chunks and a length": b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n"
    b"Content-Length: 50\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a signed length": b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: +4\r\n\r\nASK{",
    "a list of lengths": b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 4, 5\r\n\r\nASK{",
    "an endless length": b"POST /sparql HTTP/1.1\r\n"
    + HEAD
    + b"Content-Length: "
    + b"9" * 5000
    + b"\r\n\r\nASK{",
    "chunks by another name": b"POST /sparql HTTP/1.1\r\n"
    + HEAD
    + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks twice": b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n"
    b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "a blank before the colon": b"POST /sparql HTTP/1.1\r\n"
    + HEAD
    + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a chunk without size": b"POST /sparql HTTP/1.1\r\n"
    + HEAD
    + b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a NUL in a header": b"GET /health HTTP/1.1\r\n" + HEAD + b"X: a\x00b\r\n\r\n",
    "a NUL in the address": b"GET /hea\x00lth HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a bare return in a header": b"GET /health HTTP/1.1\r\n" + HEAD + b"X: a\rY: b\r\n\r\n",
    "no host": b"GET /health HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /health HTTP/1.1\r\n" + HEAD + HEAD + b"\r\n",
    "no version": b"GET /health\r\n\r\n",
}


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=MALFORMED)
def test_what_can_be_read_in_two_ways_is_refused_once(
    strict_server: RunningServer, request_: bytes
) -> None:
    with _connect(strict_server) as connection:
        connection.sendall(request_)
        received = _until_closed(connection)
    assert _answers(received) in ([400], [413])
    assert all(header in received for header in SECURITY)


def test_requests_in_a_row_are_answered_in_their_order(strict_server: RunningServer) -> None:
    hidden = b"GET /sparql HTTP/1.1\r\n" + HEAD + b"\r\n"
    with _connect(strict_server) as connection:
        connection.sendall(
            b"GET /health HTTP/1.1\r\n" + HEAD + b"\r\n"
            b"POST /health HTTP/1.1\r\n"
            + HEAD
            + f"Content-Length: {len(hidden)}\r\n\r\n".encode()
            + hidden
            + b"GET /no-such-page HTTP/1.1\r\n"
            + HEAD
            + b"\r\nGET /health HTTP/1.1\r\n"
            + HEAD
            + b"Connection: close\r\n\r\n"
        )
        assert _answers(_until_closed(connection)) == [200, 405, 404, 200]


@pytest.mark.parametrize("host", [b"evil.example", b"127.0.0.1.evil.example", b"localhost.", b""])
def test_other_names_of_this_machine_are_refused(strict_server: RunningServer, host: bytes) -> None:
    with _connect(strict_server) as connection:
        connection.sendall(
            b"GET /health HTTP/1.1\r\nConnection: close\r\nHost: " + host + b"\r\n\r\n"
        )
        received = _until_closed(connection)
    assert _answers(received) == [400]
    assert all(header in received for header in SECURITY)


def test_a_flood_of_headers_is_refused(strict_server: RunningServer) -> None:
    for flood in (b"X: y\r\n" * 5_000, b"X-%s: y\r\n" % (b"a" * 20_000)):
        with _connect(strict_server) as connection:
            connection.sendall(
                b"GET /health HTTP/1.1\r\nConnection: close\r\n" + HEAD + flood + b"\r\n"
            )
            received = _until_closed(connection)
        assert _answers(received) == [431]
        assert b"FILIERA_HEADER_KB" in received
    with _connect(strict_server) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(b"GET /health HTTP/1.1\r\n" + b"X: y\r\n" * 100_000)
        assert _answers(_until_closed(connection)) in (
            [431],
            [],
        )  # closed while it sent


def test_many_parameters_are_refused(strict_server: RunningServer) -> None:
    many = "&".join(f"p{number}=1" for number in range(30))
    for answer in (
        strict_server.client.get(f"/ask/members-at?{many}"),
        strict_server.client.get(f"/sparql?{many}"),
        strict_server.client.post(
            "/sparql",
            content=many.encode(),
            headers={"content-type": "application/x-www-form-urlencoded"},
        ),
    ):
        assert answer.status_code == 400
        assert "FILIERA_PARAMETERS" in answer.text


def test_fifty_slow_senders_are_dropped(strict_server: RunningServer) -> None:
    head = b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Type: application/sparql-query\r\n"
    slow_head = head + b"X-Slow: " + b"x" * 500
    slow_body = b"Content-Length: 500\r\n\r\n" + b"#" * 500
    with contextlib.ExitStack() as stack:
        senders = [stack.enter_context(_connect(strict_server)) for _ in range(50)]
        for sender in senders[25:]:
            sender.sendall(head + slow_body[:30])
        begun = time.monotonic()
        for sent in range(500):
            for number, sender in enumerate(senders):
                with contextlib.suppress(ConnectionError):
                    sender.sendall((slow_body if number >= 25 else slow_head)[sent : sent + 1])
            time.sleep(0.1)
            if sent == 3:
                assert strict_server.ask("ASK { ?s ?p ?o }").status_code == 200
            if time.monotonic() - begun > 2:  # the limit is one second
                break
        for sender in senders:
            received = _until_closed(sender)  # which would wait for longer than the test may take
            assert _answers(received) in ([408], [])  # a reset may overtake the answer
    assert time.monotonic() - begun < 20


def test_a_client_that_says_nothing_is_told_why_it_is_dropped(
    strict_server: RunningServer,
) -> None:
    for beginning in (b"", b"GET /hea", b"POST /sparql HTTP/1.1\r\n" + HEAD):
        with _connect(strict_server) as connection:
            connection.sendall(beginning)
            received = _until_closed(connection)
        assert _answers(received) == [408]
        assert b"FILIERA_RECEIVE_SECONDS" in received
        assert all(header in received for header in SECURITY)


def test_clients_that_never_take_their_answers_are_dropped(strict_server: RunningServer) -> None:
    page = strict_server.client.get("/").text
    asset = "/" + re.findall(r"data/[\w.-]+\.json", page)[0]
    assert len(strict_server.client.get(asset).content) > 100_000
    asking = b"GET " + asset.encode() + b" HTTP/1.1\r\n" + HEAD + b"\r\n"
    with _connect(strict_server, buffer=4096) as deaf:
        deaf.sendall(asking * 100)
        received = _until_closed_slowly(deaf)
    assert 0 < received < 20 * 2**20
    assert "send_seconds" in [line["limit"] for line in _logged(strict_server)]


def _until_closed_slowly(connection: socket.socket) -> int:
    """Take 100 bytes now and then, until the server has closed; what came in all."""
    received = 0
    deadline = time.monotonic() + 20
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(100):
            assert time.monotonic() < deadline
            received += len(part)
            time.sleep(0.1)
    return received


def test_who_has_most_connections_gives_one_up(strict_server: RunningServer) -> None:
    with contextlib.ExitStack() as stack:
        greedy = [stack.enter_context(_connect(strict_server)) for _ in range(300)]
        with _connect(strict_server, source="127.0.0.2") as other:
            other.sendall(b"GET /health HTTP/1.1\r\nConnection: close\r\n" + HEAD + b"\r\n")
            assert _answers(_until_closed(other)) == [200]
        told = [_until_closed(connection) for connection in greedy]
    refused = [text for text in told if b"FILIERA_CONNECTIONS" in text]
    assert len(refused) >= 60
    assert {tuple(_answers(text)) for text in told} <= {(503,), (408,)}


def _logged(server: RunningServer, at_least: int = 0) -> list[dict[str, object]]:
    """The lines of the access log, as soon as there are so many."""
    assert server.log is not None
    deadline = time.monotonic() + 10
    while len(lines := server.log.read_text(encoding="utf-8").splitlines()) < at_least:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return [json.loads(line) for line in lines]


def test_the_access_log_tells_of_each_request_and_not_what_was_asked(
    strict_server: RunningServer,
) -> None:
    before = len(_logged(strict_server))
    strict_server.ask("ASK { ?secret ?p ?o }")
    strict_server.client.get("/ask/members-at?at=2020-12-31")
    strict_server.client.get("/no-such-page?secret=1")
    strict_server.ask("SELECT * { ?secret ?b ?c . ?d ?e ?f }")
    strict_server.client.head("/health")
    lines = _logged(strict_server, before + 5)[before:]
    assert [(line["method"], line["path"], line["status"]) for line in lines[:4]] == [
        ("POST", "/sparql", 200),
        ("GET", "/ask/members-at", 200),
        ("GET", "/no-such-page", 404),
        ("POST", "/sparql", 503),
    ]
    assert lines[0]["lane"] in ("quick", "heavy")
    assert [line["limit"] for line in lines[:4]] == [None, None, None, "result_mb"]
    assert lines[4]["bytes"] == 0
    assert set(lines[0]) == {
        "time",
        "method",
        "path",
        "status",
        "bytes",
        "seconds",
        "lane",
        "limit",
    }
    assert strict_server.log is not None
    assert "secret" not in strict_server.log.read_text(encoding="utf-8")
