"""Requests to a SPARQL server: the SPARQL 1.1 Protocol and the Graph Store HTTP Protocol."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx

from filiera.errors import QueryError, StoreError
from filiera.store.addresses import Addresses
from filiera.texts import Text
from filiera.version import __version__

__all__ = ["RESULTS", "TRIPLES", "Server"]

RESULTS = "application/sparql-results+json"
TRIPLES = "application/n-triples"

_FORM = "application/x-www-form-urlencoded"
_UPDATE = "application/sparql-update"
_TRIES = 4
_FIRST_PAUSE = 0.1
"""Seconds before the second try; each further pause is three times as long."""
_LONGEST_PAUSE = 5.0
_CONNECT_SECONDS = 10
_BUSY = (429, 502, 503, 504)
_ROLLED_BACK = re.compile(r"\b(?:SR171|SR172|40001)\b|deadlock", re.IGNORECASE)
"""How servers say that a request lost against another transaction and may come again."""
_SAID = 300


class Server:
    """One SPARQL server.

    Reads are tried again with growing pauses when the server is busy, gave way to another
    transaction or the connection breaks, and so are writes of which the caller says that doing
    them twice is doing them once.
    Certificates are verified. Answers that come in pieces are given on as they come.
    """

    def __init__(self, addresses: Addresses) -> None:
        self.addresses = addresses
        self.requests = 0
        """How many requests were sent."""
        self.software = ""
        """What the server calls itself, once it has answered."""
        self._client: httpx.Client | None = None
        self._process = 0

    @property
    def name(self) -> str:
        """Address for messages: it holds no secrets."""
        return self.addresses.query

    @contextmanager
    def query(
        self,
        sparql: str,
        accept: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Iterator[httpx.Response]:
        """Ask a query; the body of the answer is still to be read.

        Raises QueryError where the server says that the query is at fault, else StoreError.
        """
        form = {
            "query": sparql,
            "default-graph-uri": list(default_graphs),
            "named-graph-uri": list(named_graphs),
        }
        answer = self._sent(
            "POST", self.addresses.query, again=True, data=form, headers={"Accept": accept}
        )
        try:
            if answer.status_code == 400:
                raise QueryError(
                    Text(
                        f"{self.name} rifiuta la query: {_words(answer)}",
                        f"{self.name} refuses the query: {_words(answer)}",
                    )
                )
            self._expect_success(answer, self.addresses.query)
            yield answer
        except httpx.HTTPError as error:
            raise self._unreachable(self.addresses.query, error) from error
        finally:
            answer.close()

    def update(self, sparql: str, *, again: bool = False, patient: bool = False) -> None:
        """Run an update; ``again`` says that it may be sent twice.

        ``patient`` waits for as long as it takes: the server does it whether we wait or not.
        """
        waiting = {"timeout": httpx.Timeout(None, connect=_CONNECT_SECONDS)} if patient else {}
        self._write(
            "POST",
            self.addresses.update,
            again=again,
            **waiting,
            content=sparql.encode(),
            headers={"Content-Type": _UPDATE},
        )

    def add_to_graph(self, graph: str | None, triples: bytes) -> None:
        """Add N-Triples to a graph, or to the default one, by the Graph Store protocol."""
        parameter = "graph-uri" if "sparql-graph-crud" in self.addresses.graphs else "graph"
        self._write(
            "POST",
            self.addresses.graphs,
            again=True,
            params={parameter: graph} if graph else {"default": ""},
            content=triples,
            headers={"Content-Type": TRIPLES},
        )

    def close(self) -> None:
        """Let go of the connections."""
        if self._client is not None and self._process == os.getpid():
            self._client.close()
        self._client = None

    def _write(self, method: str, address: str, *, again: bool, **content: Any) -> None:
        answer = self._sent(method, address, again=again, **content)
        try:
            self._expect_success(answer, address)
            answer.read()
        except httpx.HTTPError as error:
            raise self._unreachable(address, error) from error
        finally:
            answer.close()

    def _sent(self, method: str, address: str, *, again: bool, **content: Any) -> httpx.Response:
        """The answer of the first try that succeeds, or of the last one; its body is unread."""
        pause = _FIRST_PAUSE
        for left in reversed(range(_TRIES)):
            self.requests += 1
            try:
                request = self._connection().build_request(method, address, **content)
                answer = self._connection().send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure: httpx.HTTPError = error  # nothing has reached the server
            except httpx.HTTPError as error:
                if not again or isinstance(error, httpx.ReadTimeout):
                    raise self._unreachable(address, error) from error
                failure = error
            else:
                self.software = answer.headers.get("server", "")
                busy = answer.status_code in _BUSY or _rolled_back(answer)
                if not busy or not left or not (again or _undone(answer)):
                    return answer
                asked = answer.headers.get("retry-after", "")
                answer.close()
                time.sleep(min(_LONGEST_PAUSE, max(pause, float(asked) if asked.isdigit() else 0)))
                pause *= 3
                continue
            if not left:
                raise self._unreachable(address, failure) from failure
            time.sleep(pause)
            pause *= 3
        raise AssertionError("the last try answers or raises")

    def _connection(self) -> httpx.Client:
        """Connections of this process: those of a parent are not shared with its forks."""
        if self._client is None or self._process != os.getpid():
            seconds = self.addresses.seconds
            self._process = os.getpid()
            self._client = httpx.Client(
                auth=_Credentials(self.addresses),
                timeout=httpx.Timeout(seconds, connect=min(seconds, _CONNECT_SECONDS)),
                headers={"User-Agent": f"Filiera/{__version__}"},
            )
        return self._client

    def _expect_success(self, answer: httpx.Response, address: str) -> None:
        if answer.is_success:
            return
        status = answer.status_code
        mend = _MEND.get(status, _LOOK)
        if _LOG_LIMIT in _words(answer):
            mend = _RAISE_LOG_LIMIT
        if answer.is_redirect:
            there = answer.headers.get("location", "")
            mend = Text(
                f"indica l'indirizzo a cui porta, {there}", f"name the address it leads to, {there}"
            )
        raise StoreError(
            Text(
                f"{address} risponde {status}: {_words(answer)}; {mend.it}",
                f"{address} answers {status}: {_words(answer)}; {mend.en}",
            )
        )

    def _unreachable(self, address: str, error: httpx.HTTPError) -> StoreError:
        if isinstance(error, httpx.TimeoutException) and not isinstance(
            error, httpx.ConnectTimeout
        ):
            return StoreError(
                Text(
                    f"{address} non ha risposto entro {self.addresses.seconds} secondi; chiedi"
                    " di meno,"
                    " o alza l'impostazione FILIERA_STORE_SECONDS",
                    f"{address} did not answer within {self.addresses.seconds} seconds; ask for"
                    " less,"
                    " or raise the setting FILIERA_STORE_SECONDS",
                )
            )
        host = urlsplit(address).netloc
        return StoreError(
            Text(
                f"il server in {address} non si raggiunge ({str(error) or type(error).__name__});"
                f" è in funzione, e {host} è il suo indirizzo?",
                f"the server at {address} cannot be reached ({str(error) or type(error).__name__});"
                f" is it running, and is {host} its address?",
            )
        )


_ADDRESS = Text(
    "indica l'indirizzo giusto con --store, FILIERA_STORE_UPDATE o FILIERA_STORE_GRAPHS",
    "name the right address with --store, FILIERA_STORE_UPDATE or FILIERA_STORE_GRAPHS",
)
_MEND = {
    401: Text(
        "metti nome e password in FILIERA_STORE_USER e FILIERA_STORE_PASSWORD, o un token in"
        " FILIERA_STORE_TOKEN",
        "name user and password in FILIERA_STORE_USER and FILIERA_STORE_PASSWORD, or a token in"
        " FILIERA_STORE_TOKEN",
    ),
    403: Text(
        "dai a questo utente il diritto di farlo, o indicane un altro in FILIERA_STORE_USER",
        "give this user the right to do so, or name another one in FILIERA_STORE_USER",
    ),
    404: _ADDRESS,
    405: _ADDRESS,
}
_LOG_LIMIT = "SR325"
"""How Virtuoso says that a graph is too large to be exchanged in one transaction."""
_RAISE_LOG_LIMIT = Text(
    "alza TransactionAfterImageLimit nel virtuoso.ini del server, e avvialo di nuovo",
    "raise TransactionAfterImageLimit in the virtuoso.ini of the server, and start it again",
)
_LOOK = Text("guarda il registro del server", "see the server's log")
"""What helps when a server answers with a status."""


class _Credentials(httpx.Auth):
    """A token, or user and password in the way that the server asks for when it refuses."""

    def __init__(self, addresses: Addresses) -> None:
        self._token = addresses.token
        self._user, self._password = addresses.user, addresses.password
        self._digest = httpx.DigestAuth(addresses.user, addresses.password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request
            return
        if self._chosen is None:
            answer = yield request
            if answer.status_code != 401 or not self._user:
                return
            asked = answer.headers.get("www-authenticate", "").lower()
            if "digest" in asked:
                self._chosen = self._digest
            else:
                self._chosen = httpx.BasicAuth(self._user, self._password)
        yield from self._chosen.auth_flow(request)


def _undone(answer: httpx.Response) -> bool:
    """Whether the server says that it has not even begun."""
    return answer.status_code in (429, 503)


def _rolled_back(answer: httpx.Response) -> bool:
    """Whether the server gave the request up for the sake of another transaction."""
    return answer.status_code == 500 and bool(_ROLLED_BACK.search(_words(answer)))


def _words(answer: httpx.Response) -> str:
    """The first words of what the server says, on one line."""
    try:
        text = " ".join(answer.read().decode("utf-8", "replace").split())
    except httpx.HTTPError:
        text = ""
    return text[:_SAID] or answer.reason_phrase or "nothing more"
