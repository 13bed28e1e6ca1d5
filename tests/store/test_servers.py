"""Stores on servers: addresses, requests that fail, quads that are sent."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QueryBoolean
from pyoxigraph import Store as Oxigraph

import filiera
from filiera.errors import QueryError, StoreError, UsageError
from filiera.store import http
from filiera.store.addresses import SETTINGS, Addresses
from filiera.store.bookkeeping import HIDDEN
from filiera.store.connecting import connect
from filiera.store.http import Server
from filiera.store.patterns import PatternStore
from filiera.store.remote import RemoteStore

TRUE = b'{"head": {}, "boolean": true}'
EMPTY = b'{"head": {"vars": ["p", "o"]}, "results": {"bindings": []}}'

Answer = tuple[int, dict[str, str], bytes]


class Scripted(ThreadingHTTPServer):
    """A server on loopback that gives the answers it was told to, in their order."""

    def __init__(self, *answers: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        self.address = f"http://127.0.0.1:{self.server_port}/query"


class _Handler(BaseHTTPRequestHandler):
    server: Scripted
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.path, headers, body))
        status, more, text = self.server.answers.pop(0)
        if status == 0:  # break the connection
            self.close_connection = True
            self.connection.close()
            return
        self.send_response_only(status)
        said = {"Content-Type": http.RESULTS, "Content-Length": str(len(text)), **more}
        for name, value in said.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *values: object) -> None:
        """Keep quiet."""


Start = Callable[..., Scripted]


@pytest.fixture
def scripted() -> Iterator[Start]:
    """Starts scripted servers."""
    running: list[Scripted] = []

    def start(*answers: Answer) -> Scripted:
        running.append(Scripted(*answers))
        threading.Thread(target=running[-1].serve_forever, args=(0.01,), daemon=True).start()
        return running[-1]

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_FIRST_PAUSE", 0.001)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


def asked(address: str, **settings: str) -> bool:
    """Whether ASK is answered with yes by the server at an address."""
    store = RemoteStore(Server(Addresses.of(address, settings)))
    try:
        answer = store.query("ASK { ?s ?p ?o }")
        assert isinstance(answer, QueryBoolean)
        return bool(answer)
    finally:
        store.close()


# Addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("store", "query", "update", "graphs"),
    [
        ("http://h:7878", "/query", "/update", "/store"),
        ("http://h:7878/", "/query", "/update", "/store"),
        ("http://h:7878/query", "/query", "/update", "/store"),
        ("https://h/sparql", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("http://h/ds/sparql", "/ds/sparql", "/ds/update", ""),
        ("http://h/db/query", "/db/query", "/db/update", ""),
        (
            "http://h/repositories/one",
            "/repositories/one",
            "/repositories/one/statements",
            "/repositories/one/rdf-graphs/service",
        ),
        ("http://h/blazegraph/sparql", "/blazegraph/sparql", "/blazegraph/sparql", ""),
        ("http://h/anything", "/anything", "/anything", ""),
    ],
)
def test_addresses_follow_from_one(store: str, query: str, update: str, graphs: str) -> None:
    found = Addresses.of(store, {})
    base = store[: store.index("/", 8)] if "/" in store[8:] else store
    assert found.query == base + query
    assert found.update == base + update
    assert found.graphs == (base + graphs if graphs else "")


def test_settings_win_and_secrets_are_not_shown() -> None:
    found = Addresses.of(
        "http://h/query",
        {
            "FILIERA_STORE_UPDATE": "http://h/write",
            "FILIERA_STORE_GRAPHS": "none",
            "FILIERA_STORE_USER": "me",
            "FILIERA_STORE_PASSWORD": "open sesame",
            "FILIERA_STORE_TOKEN": "t0ken",
            "FILIERA_STORE_SECONDS": "5",
        },
    )
    assert (found.update, found.graphs, found.seconds) == ("http://h/write", "", 5)
    assert "sesame" not in repr(found)
    assert "t0ken" not in repr(found)


@pytest.mark.parametrize(
    ("store", "settings", "message"),
    [
        ("http://me:secret@h/query", {}, "must hold no password"),
        ("http:///query", {}, "is no address of a SPARQL server"),
        ("http://h/query?x=1", {}, "is no address of a SPARQL server"),
        ("http://h", {"FILIERA_STORE_DIALECT": "sql"}, "takes standard or patterns"),
        ("http://h", {"FILIERA_STORE_SECONDS": "-1"}, "takes a whole number above zero"),
    ],
)
def test_what_is_no_address_is_told(store: str, settings: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message) as told:
        Addresses.of(store, settings)
    assert "secret" not in told.value.message


# Requests -----------------------------------------------------------------------------------


def test_who_lost_against_another_transaction_asks_again(scripted: Start) -> None:
    lost = b"Virtuoso S1T00 Error SR171: Transaction timed out"
    server = scripted((500, {}, lost), (500, {}, b"Virtuoso 40001 Error SR172"), (200, {}, TRUE))
    assert asked(server.address)
    assert len(server.asked) == 3
    server = scripted((500, {}, b"Virtuoso 42000 Error SQ200"), (200, {}, TRUE))
    with pytest.raises(StoreError, match="42000 Error SQ200"):
        asked(server.address)
    assert len(server.asked) == 1


def test_a_busy_server_and_a_broken_connection_are_tried_again(scripted: Start) -> None:
    server = scripted((503, {}, b"later"), (0, {}, b""), (429, {}, b"slow"), (200, {}, TRUE))
    assert asked(server.address)
    assert len(server.asked) == 4


def test_patience_ends_with_what_the_server_said(scripted: Start) -> None:
    server = scripted(*[(503, {}, b"out of\nmemory")] * 4)
    with pytest.raises(StoreError, match=r"/query answers 503: out of memory; see the server's"):
        asked(server.address)
    assert server.answers == []


def test_a_graph_too_large_for_the_log_of_a_server_tells_what_to_raise(scripted: Start) -> None:
    words = b"Virtuoso 40005 Error SR325: Transaction aborted because it's log after image size"
    server = scripted((500, {}, words))
    remote = Server(Addresses.of(server.address, {}))
    with pytest.raises(StoreError, match=r"SR325.*; raise TransactionAfterImageLimit in the virt"):
        remote.update("COPY GRAPH <a:a> TO GRAPH <a:b>")
    remote.close()


def test_an_update_is_not_sent_twice_unless_that_does_no_harm(scripted: Start) -> None:
    server = scripted((0, {}, b""))
    remote = Server(Addresses.of(server.address, {}))
    with pytest.raises(StoreError, match="cannot be reached"):
        remote.update("DROP ALL")
    assert len(server.asked) == 1
    server.answers = [(0, {}, b""), (204, {}, b"")]
    remote.update("INSERT DATA { <a:s> <a:p> <a:o> }", again=True)
    assert len(server.asked) == 3
    assert server.asked[-1][0] == "/update"
    assert server.asked[-1][1]["content-type"] == "application/sparql-update"
    remote.close()


@pytest.mark.parametrize(
    ("challenge", "sent"),
    [
        ('Basic realm="x"', "Basic " + base64.b64encode(b"me:open sesame").decode()),
        ('Digest realm="x", nonce="n", algorithm=MD5, qop="auth"', 'Digest username="me"'),
    ],
)
def test_user_and_password_go_as_the_server_asks(
    scripted: Start, challenge: str, sent: str
) -> None:
    refused = (401, {"WWW-Authenticate": challenge}, b"who?")
    tries = [refused] if challenge.startswith("Basic") else [refused, refused]
    server = scripted(*tries, (200, {}, TRUE))
    assert asked(server.address, FILIERA_STORE_USER="me", FILIERA_STORE_PASSWORD="open sesame")
    assert "authorization" not in server.asked[0][1]
    assert server.asked[-1][1]["authorization"].startswith(sent)


def test_a_token_goes_along(scripted: Start) -> None:
    server = scripted((200, {}, TRUE))
    assert asked(server.address, FILIERA_STORE_TOKEN="t0ken")
    assert server.asked[0][1]["authorization"] == "Bearer t0ken"


def test_a_refusal_tells_how_to_be_let_in_and_no_secret(scripted: Start) -> None:
    refused = (401, {"WWW-Authenticate": "Basic"}, b"no")
    server = scripted(refused, refused)
    with pytest.raises(StoreError, match="answers 401: no; name user and password in") as told:
        asked(server.address, FILIERA_STORE_USER="me", FILIERA_STORE_PASSWORD="open sesame")
    assert "sesame" not in told.value.message


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((404, {}, b"nothing here"), "answers 404: nothing here; name the right address"),
        (
            (302, {"Location": "https://there/"}, b""),
            "name the address it leads to, https://there/",
        ),
        ((200, {"Content-Type": "text/html"}, b"<html>"), "is neither a SPARQL result nor a graph"),
        ((200, {}, b"{}x"), "is no SPARQL result"),
    ],
)
def test_what_is_no_sparql_server_is_told(scripted: Start, answer: Answer, message: str) -> None:
    server = scripted(answer)
    with pytest.raises(StoreError, match=message):
        asked(server.address)


def test_a_query_that_the_server_refuses_is_told(scripted: Start) -> None:
    server = scripted((400, {}, b"too long"))
    with pytest.raises(QueryError, match="refuses the query: too long"):
        asked(server.address)


def test_nobody_there_is_told(scripted: Start) -> None:
    address = scripted().address
    with pytest.raises(StoreError, match=r"cannot be reached .*is it running"):
        filiera.open_graph(store=address.replace("127.0.0.1", "127.0.0.2"))


def test_a_server_that_is_silent_is_told(scripted: Start) -> None:
    server = scripted()
    server.answers.append((200, {"Content-Length": "1000"}, b""))  # promises what never comes
    with pytest.raises(StoreError, match="did not answer within 1 seconds; ask for less, or raise"):
        asked(server.address, FILIERA_STORE_SECONDS="1")


def test_malformed_and_foreign_queries_are_not_sent(scripted: Start) -> None:
    server = scripted()
    for kind in (RemoteStore, PatternStore):
        store = kind(Server(Addresses.of(server.address, {})))
        with pytest.raises(QueryError, match="not well-formed SPARQL: error at 1:"):
            store.query("SELECT * {")
        with pytest.raises(QueryError, match="DROP would change the graph"):
            store.query("DROP ALL")
        with pytest.raises(QueryError, match="SERVICE is not allowed"):
            store.query("ASK { SERVICE <http://h/> { } }")
    assert server.asked == []


def test_an_unknown_server_is_asked_for_patterns(scripted: Start) -> None:
    for name, kind in (("Oxigraph/0.5", RemoteStore), ("Other/1", PatternStore)):
        server = scripted((200, {"Server": name}, EMPTY))
        store, marked = connect(server.address)
        assert type(store) is kind
        assert not marked
        store.close()


def test_rows_that_the_server_keeps_back_are_noticed(
    scripted: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filiera.store.patterns._SMALL", 1)
    count = (
        b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal",'
        b' "value": "3"}}]}}'
    )
    triple = (
        b'{"head": {"vars": ["s", "p", "o"]}, "results": {"bindings": [{"s": {"type": "uri",'
        b' "value": "a:s"}, "p": {"type": "uri", "value": "a:p"}, "o": {"type": "uri", "value":'
        b' "a:o"}}]}}'
    )
    pages: list[Answer] = [(200, {}, triple)] * 3
    server = scripted((200, {}, EMPTY), (200, {}, triple), (200, {}, count), *pages)
    store = PatternStore(Server(Addresses.of(server.address, {})))
    with pytest.raises(StoreError, match="counts 3 rows and sends 1: it cuts off"):
        list(store.quads())
    store.close()


# Quads, and what is documented --------------------------------------------------------------


def test_quads_go_where_they_belong() -> None:
    lines = [b'<a:s> <a:p> "x > \\"y\\" ."@en .', b"<a:s> <a:p> <a:o> <a:g> ."]
    server = Server(Addresses.of("http://h", {}))
    local = Oxigraph()
    local.update(RemoteStore(server).insertion(lines))
    assert len(local) == 2
    assert len(list(local.quads_for_pattern(None, None, None, NamedNode("a:g")))) == 1
    merged = PatternStore(server).insertion(lines)
    assert f"GRAPH <{HIDDEN}merge>" in merged
    with pytest.raises(StoreError, match="not well-formed N-Quads"):
        RemoteStore(server).insertion([b"this is none"])


def test_every_setting_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
    assert [name for name in SETTINGS if f"`{name}`" not in page] == []
    for number in (Addresses.seconds, Addresses.rows):
        assert f"({number})" in page
    for kind in (RemoteStore, PatternStore):
        assert f"`{kind.dialect}`" in page
