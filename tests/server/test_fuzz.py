"""Whatever is asked, the application answers, and never with a fault of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.types import Message

import filiera
from filiera.server import Limits, create_app
from filiera.server.gate import Gate
from filiera.server.jobs import Jobs
from filiera.server.lanes import Turn
from filiera.server.limits import LimitReached
from filiera.server.messages import Job, Reply
from filiera.server.negotiation import best_media_type, preferred_language
from filiera.store import MemoryStore

MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.sampled_from(
    ["query", "update", "default-graph-uri", "named-graph-uri", "lang", "at", "body", "chain", "q",
     "type", "name", "top", "met", "since", "it", "en", "2020", "2020-13-45", "thing", "chain-x",
     "concept:kind", "ASK {}", "SELECT * { ?s ?p ?o } LIMIT 1", "http://a.example/", "", "\x00",
     "-1", "1e999", "٣", "a" * 300]
)  # fmt: skip
TEXTS = st.one_of(WORDS, st.text(max_size=30))
PAIRS = st.lists(st.tuples(TEXTS, TEXTS), max_size=6).map(
    lambda pairs: urlencode(pairs, errors="surrogatepass").encode()
)
QUERY_STRINGS = st.one_of(
    PAIRS, st.binary(max_size=60).map(lambda raw: quote_from_bytes(raw, "&=+%;").encode())
)
PATHS = st.one_of(
    st.sampled_from(["/sparql", "/ask", "/names", "/answers", "/health", "/.well-known/void"]),
    st.builds(
        "/{}/{}".format,
        st.sampled_from(["ask", "answers", "id", "graph", "data/card", "assets"]),
        st.one_of(
            st.sampled_from(["members-at", "gaps", "paths", "manz-italy"]),
            st.text(max_size=20),
        ),
    ),
)
RANGES = st.one_of(
    st.text(alphabet="*/;=q,.01 text/turtle,csv-json+xml", max_size=40),
    st.text(alphabet=st.characters(max_codepoint=255), max_size=20),
)
TYPES = st.sampled_from(
    [b"", b"application/x-www-form-urlencoded", b"application/sparql-query", b"text/plain",
     b"application/sparql-update", b";;", b"\xff"]
)  # fmt: skip


@pytest.fixture(scope="module")
def application() -> Iterator[Gate]:
    """The whole application, whose jobs are done in this process and so never at length."""
    limits = Limits(query_kb=1, parameters=10, body_mb=1)
    with filiera.open_graph() as ecosystem:
        app = create_app(ecosystem, limits=limits)
        server = app.state.server
        assert isinstance(ecosystem.store, MemoryStore)
        jobs = Jobs(ecosystem, ecosystem.store, limits)

        async def run(job: Job, turn: Turn | None = None, *, limited: bool = True) -> Reply:
            return jobs(job)

        server.workers.run = run
        yield Gate(app, limits)
        server.close()


def _answer(app: Gate, scope: dict[str, Any], body: bytes) -> tuple[int, dict[bytes, bytes]]:
    """Status and headers of an answer."""
    sent: list[Message] = []
    incoming = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if incoming:
            return incoming.pop()
        return await asyncio.Future()  # a client that stays

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await app(
            {"type": "http", "client": ("192.0.2.1", 1), "path_params": {}, **scope}, receive, send
        )

    asyncio.run(run())
    assert sent[-1].get("more_body", False) is False
    return sent[0]["status"], dict(sent[0]["headers"])


@MANY
@given(
    method=st.sampled_from(["GET", "POST", "HEAD", "OPTIONS", "PUT", "BREW"]),
    path=PATHS,
    query_string=QUERY_STRINGS,
    accept=RANGES,
    language=RANGES,
    content_type=TYPES,
    body=st.one_of(QUERY_STRINGS, st.binary(max_size=60), st.just(b"x" * 5000)),
)
def test_every_request_is_answered(
    application: Gate,
    method: str,
    path: str,
    query_string: bytes,
    accept: str,
    language: str,
    content_type: bytes,
    body: bytes,
) -> None:
    scope = {
        "method": method,
        "path": path,
        "raw_path": path.encode(errors="replace"),
        "root_path": "",
        "scheme": "http",
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "query_string": query_string,
        "headers": [
            (b"host", b"localhost"),
            (b"accept", accept.encode("latin-1", "ignore")),
            (b"accept-language", language.encode("latin-1", "ignore")),
            (b"content-type", content_type),
        ],
        "state": {},
    }
    status, headers = _answer(application, scope, body)
    assert 200 <= status < 500, (status, scope)
    assert headers[b"x-content-type-options"] == b"nosniff"


@given(RANGES, RANGES)
def test_every_wish_for_a_format_and_a_language_can_be_read(accept: str, language: str) -> None:
    offered = ["text/turtle", "text/csv", "application/json"]
    assert best_media_type(accept, offered) in (*offered, None)
    assert preferred_language(language, ["it", "en"]) in ("it", "en", None)


@given(st.sampled_from(list(Limits.__dataclass_fields__)), st.integers(1, 10**9))
def test_every_limit_tells_its_value_and_setting(name: str, value: int) -> None:
    limits = Limits.from_environment({Limits.setting(name): str(value)})
    assert getattr(limits, name) == value
    reached = limits.reached(name)
    assert isinstance(reached, LimitReached)
    if reached.message:
        assert str(value) in reached.message
        assert Limits.setting(name) in reached.message
