"""The gate before the application, with applications that do what ours should not."""

from __future__ import annotations

import asyncio
import io
import json
import logging

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from filiera.server.access import AccessLog
from filiera.server.gate import SECURITY_HEADERS, UNSENT, Gate
from filiera.server.limits import Limits


async def _reader(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"{len(body)} bytes")(scope, receive, send)


async def _broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise LookupError("what is wrong")


async def _broken_in_the_middle(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise LookupError("what is wrong")


async def _large(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(bytes(1_000_000))(scope, receive, send)


class _Visit:
    """One request to an application behind a gate, and what came of it."""

    def __init__(self, app: object, *body: bytes, headers: dict[str, str] | None = None) -> None:
        self.sent: list[Message] = []
        self.unsent: list[int] = []
        self._body = [
            {"type": "http.request", "body": part, "more_body": number < len(body)}
            for number, part in enumerate(body, 1)
        ]
        self._scope: Scope = {
            "type": "http",
            "method": "POST",
            "path": "/x",
            "query_string": b"",
            "headers": [(k.encode(), v.encode()) for k, v in (headers or {}).items()],
        }
        log = io.BytesIO()
        gate = Gate(app, Limits(body_mb=1, header_kb=1), AccessLog(log))  # type: ignore[arg-type]
        asyncio.run(gate(self._scope, self._receive, self._send))
        self.line = json.loads(log.getvalue())
        self.headers = dict(self.sent[0]["headers"]) if self.sent else {}
        self.text = b"".join(message.get("body", b"") for message in self.sent).decode()

    async def _receive(self) -> Message:
        return self._body.pop(0) if self._body else {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)
        self.unsent.append(self._scope.get(UNSENT, 0))


def test_a_fault_of_ours_is_for_the_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        visit = _Visit(_broken)
    assert (visit.line["status"], visit.text) == (
        500,
        "The server failed here; its log says why.\n",
    )
    assert "LookupError: what is wrong" in caplog.text
    for name, value in SECURITY_HEADERS.items():
        assert visit.headers[name.encode()] == value.encode()


def test_an_answer_that_has_begun_is_not_begun_again(caplog: pytest.LogCaptureFixture) -> None:
    visit = _Visit(_broken_in_the_middle)
    assert [message["type"] for message in visit.sent] == ["http.response.start"]
    assert "LookupError" in caplog.text


@pytest.mark.parametrize("headers", [{}, {"content-length": str(2**20 + 1)}])
def test_a_body_is_bounded_whether_it_tells_its_length_or_not(headers: dict[str, str]) -> None:
    assert _Visit(_reader, bytes(2**19), bytes(2**19)).text == "1048576 bytes"
    visit = _Visit(_reader, bytes(2**19), bytes(2**19), b"x", headers=headers)
    assert (visit.line["status"], visit.line["limit"]) == (413, "body_mb")
    assert "longer than 1 MiB" in visit.text
    assert "FILIERA_BODY_MB" in visit.text


def test_a_client_that_leaves_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    visit = _Visit(_reader)
    assert (visit.line["status"], visit.sent) == (499, [])
    assert caplog.text == ""


def test_a_large_answer_goes_out_in_pieces() -> None:
    visit = _Visit(_large)
    sizes = [len(message.get("body", b"")) for message in visit.sent]
    assert sizes == [0, 262_144, 262_144, 262_144, 213_568]
    assert visit.unsent == [0, 737_856, 475_712, 213_568, 0]
    assert [message.get("more_body") for message in visit.sent[1:]] == [True, True, True, False]
    assert visit.line["bytes"] == 1_000_000


def test_long_headers_are_refused() -> None:
    visit = _Visit(_reader, b"", headers={"x": "y" * 1100})
    assert (visit.line["status"], visit.line["limit"]) == (431, "header_kb")
