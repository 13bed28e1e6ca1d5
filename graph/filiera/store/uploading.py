"""Loading a built graph into a store on a server: in pieces, resumable, visible at once.

Pieces go to staging graphs. A graph of the server's own (`LOADING`) holds who loads what and
which pieces have arrived, so that a load which was broken off goes on where it stopped. When
all quads are there and counted, the staging graphs take the place of the old ones.

Many quads for a store that holds nothing go straight to their places: there is nothing to
exchange, and an exchange in one transaction would need the server's memory for all of them.
Until the mark is set, such a store has no graph for those who read through Filiera.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, serialize

from filiera.errors import StoreError
from filiera.store.bookkeeping import HIDDEN, LOADING, MARK, STAGING, hidden_condition
from filiera.store.embedded import FORMAT, DiskStore, Mark, MemoryStore
from filiera.store.remote import CHANGING, RemoteStore, read_store_mark
from filiera.texts import Text

__all__ = ["Progress", "loads_straight", "upload"]

_STRAIGHT = "straight"
"""How the books call a load without an exchange."""

Progress = Callable[[int, int], None]
"""Told how many quads have arrived, and how many there are."""

_LINES = 2000
"""Triples in one INSERT DATA: Virtuoso's compiler has no memory for 5000."""
_GRAPH_LINES = 20_000
"""Triples in one request of the Graph Store protocol."""
_MANY = 1_000_000
"""Quads above which a store that holds nothing gets them without an exchange."""
_AT_ONCE = 20
"""Graphs that one request exchanges where the server cannot exchange all at once."""
_QUIET_SECONDS = 10.0
"""How long a load from another machine may stand still before it counts as broken off."""


@dataclass(frozen=True)
class _Piece:
    """Triples in N-Triples by the graph they belong in (``None`` is the default graph)."""

    triples: tuple[tuple[str | None, bytes], ...]
    count: int

    @property
    def digest(self) -> str:
        hashed = hashlib.sha256()
        for graph, text in self.triples:
            hashed.update(f"<{graph or ''}>\n".encode() + text)
        return hashed.hexdigest()[:32]


def upload(
    local: MemoryStore,
    remote: RemoteStore,
    mark: Mark,
    *,
    force: bool = False,
    progress: Progress = lambda done, total: None,
) -> None:
    """Put the quads of a local store in place of those of a remote one.

    Readers see the old graph until they see the new one. ``force`` takes over from another
    filiera that seems to be loading.

    Raises StoreError when another filiera is loading, when the server cannot be written, or
    when it does not hold what it was sent.
    """
    load = _Load(local, remote, mark)
    load.begin(force)
    load.send(progress)
    load.finish()
    remote.mark = mark


class _Load:
    def __init__(self, local: MemoryStore, remote: RemoteStore, mark: Mark) -> None:
        self._local, self._remote, self._mark = local, remote, mark
        named = local.oxigraph.named_graphs()
        self._graphs = sorted(graph.value for graph in named if isinstance(graph, NamedNode))
        self._area = f"{STAGING}{hashlib.sha256(mark.digest.encode()).hexdigest()[:16]}/"
        places = {graph: str(number) for number, graph in enumerate(self._graphs, 1)}
        self._staged = {graph: self._area + number for graph, number in places.items()}
        self._staged_default = f"{self._area}0"
        self._straight = False
        """Whether pieces go to their places, not to staging graphs."""
        self._me = f"{socket.gethostname()} {os.getpid()} {secrets.token_hex(8)}"
        self._mine = f'<{LOADING}> <{HIDDEN}holder> "{self._me}"'

    # Who loads --------------------------------------------------------------------------------

    def begin(self, force: bool) -> None:
        """Take the store, and clear away what loads of other facts have left there."""
        for holder in self._books("holder"):
            if not force and not self._gone(holder):
                host, pid, *_ = [*holder.split(), "?"]
                raise StoreError(
                    Text(
                        f"un altro filiera (processo {pid} su {host}) sta caricando l'archivio in"
                        f" {self._remote.server.name}; aspetta che finisca, o dai --force se non è"
                        " più in funzione",
                        f"another filiera (process {pid} on {host}) is loading the store at"
                        f" {self._remote.server.name}; wait until it is done, or give --force if it"
                        " is no longer running",
                    )
                )
        self._update(
            f"DELETE WHERE {{ GRAPH <{LOADING}> {{ <{LOADING}> <{HIDDEN}holder> ?holder }} }}"
        )
        self._update(f"INSERT DATA {{ GRAPH <{LOADING}> {{ {self._mine} }} }}")
        if self._books("holder") != {self._me}:
            self._update(f"DELETE DATA {{ GRAPH <{LOADING}> {{ {self._mine} }} }}")
            raise StoreError(
                Text(
                    "un altro filiera ha cominciato a caricare l'archivio in"
                    f" {self._remote.server.name}"
                    " nello stesso momento; ricomincia quando ha finito",
                    f"another filiera has begun to load the store at {self._remote.server.name} at"
                    " the same moment; start again when it is done",
                )
            )
        self._refuse_union()
        self._choose_way()
        if self._books("area") - {self._area}:
            self._update(
                f"DELETE WHERE {{ GRAPH <{LOADING}> {{ <{LOADING}> <{HIDDEN}piece> ?piece }} }}"
            )
            self._update(
                f"DELETE WHERE {{ GRAPH <{LOADING}> {{ <{LOADING}> <{HIDDEN}area> ?area }} }}"
            )
        left = [name for name in self._staging() if not name.startswith(self._area)]
        self._in_parts([f"DROP SILENT GRAPH <{name}>" for name in left])
        way = f' ; <{HIDDEN}way> "{_STRAIGHT}"' if self._straight else ""
        self._update(
            f"INSERT DATA {{ GRAPH <{LOADING}>"
            f' {{ <{LOADING}> <{HIDDEN}area> "{self._area}"{way} }} }}'
        )

    def _choose_way(self) -> None:
        """Go on in the way that was begun; without an exchange where much comes into nothing."""
        begun, left = loads_straight(self._remote), self._books("area")
        if begun and left != {self._area}:
            # The books go last: they say that these graphs are nobody's.
            whole = self._remote.default_graph
            default = f"GRAPH <{whole}>" if whole else "DEFAULT"
            self._in_parts([f"DROP SILENT GRAPH <{name}>" for name in self._data_graphs()])
            self._update(f"DROP SILENT {default}")
            self._update(f"DROP SILENT GRAPH <{LOADING}>")
            self._update(f"INSERT DATA {{ GRAPH <{LOADING}> {{ {self._mine} }} }}")
            begun, left = False, set()
        empty = not (left or self._data_graphs() or read_store_mark(self._remote.server))
        self._straight = begun or (empty and len(self._local) > _MANY)

    def _gone(self, holder: str) -> bool:
        """Whether the filiera that held the store has ended."""
        host, pid, *_ = [*holder.split(), "", ""]
        if host == socket.gethostname() and pid.isdigit():
            try:
                os.kill(int(pid), 0)
            except ProcessLookupError:
                return True
            except PermissionError:
                return False
            return False
        before = self._books("piece")
        deadline = time.monotonic() + _QUIET_SECONDS
        while time.monotonic() < deadline:
            time.sleep(1)
            if self._books("piece") != before:
                return False
        return True

    def _refuse_union(self) -> None:
        """Raise StoreError where the default graph shows what is in the named ones."""
        if self._remote.default_graph is None and self._remote.count(f"{{ <{LOADING}> ?p ?o }}"):
            self._update(f"DROP SILENT GRAPH <{LOADING}>")
            raise StoreError(
                Text(
                    f"il grafo predefinito di {self._remote.server.name} è l'unione dei suoi"
                    " grafi con"
                    " nome; imposta FILIERA_STORE_DIALECT=patterns, che non ne vuole un altro",
                    f"the default graph of {self._remote.server.name} is the union of its named"
                    " graphs; set FILIERA_STORE_DIALECT=patterns, which does not need another one",
                )
            )

    # Pieces -----------------------------------------------------------------------------------

    def send(self, progress: Progress) -> None:
        """Send the pieces that have not arrived yet."""
        arrived = self._books("piece")
        done, total = 0, len(self._local)
        for piece in self._pieces():
            digest = piece.digest
            if digest not in arrived:
                self._send(piece, f'GRAPH <{LOADING}> {{ <{LOADING}> <{HIDDEN}piece> "{digest}" }}')
            done += piece.count
            progress(done, total)
        staged = f'{{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{self._area}")) }}'
        here = len(self._remote) if self._straight else self._remote.count(staged)
        if here != total:
            raise StoreError(
                Text(
                    f"a {self._remote.server.name} sono state mandate {total} quadruple e ne"
                    " contiene"
                    f" {here}; tiene l'RDF diversamente da come è scritto, o un altro filiera lo"
                    " carica",
                    f"{self._remote.server.name} was sent {total} quads and holds {here} of"
                    " them; it"
                    " keeps RDF otherwise than it was written, or another filiera is loading it",
                )
            )

    def _send(self, piece: _Piece, arrival: str) -> None:
        server = self._remote.server
        if len(piece.triples) == 1 and server.addresses.graphs and piece.count > _LINES:
            ((graph, text),) = piece.triples
            server.add_to_graph(self._place(graph), text)
            self._update(f"INSERT DATA {{ {arrival} }}")
            return
        blocks = "".join(
            f"GRAPH <{place}> {{\n{text.decode()}}}\n" if place else text.decode()
            for place, text in ((self._place(graph), text) for graph, text in piece.triples)
        )
        self._update(f"INSERT DATA {{\n{blocks}{arrival} }}")

    def _place(self, graph: str | None) -> str | None:
        """Graph to which triples are sent; ``None`` is the server's default graph."""
        if self._straight:
            return graph or self._remote.default_graph
        return self._staged_default if graph is None else self._staged[graph]

    def _pieces(self) -> Iterator[_Piece]:
        """The quads in pieces that are the same whenever the same facts are loaded."""
        whole = _GRAPH_LINES if self._remote.server.addresses.graphs else _LINES
        waiting: list[tuple[str | None, bytes]] = []
        count = 0
        for graph in (None, *self._graphs):
            lines = self._lines(graph)
            while taken := list(islice(lines, whole)):
                text = b"".join(taken)
                if len(taken) > _LINES:
                    yield _Piece(((graph, text),), len(taken))
                    continue
                if count + len(taken) > _LINES:
                    yield _Piece(tuple(waiting), count)
                    waiting, count = [], 0
                waiting.append((graph, text))
                count += len(taken)
        if waiting:
            yield _Piece(tuple(waiting), count)

    def _lines(self, graph: str | None) -> Iterator[bytes]:
        """Triples of a graph as lines; a store in memory gives them in no lasting order."""
        name = DefaultGraph() if graph is None else NamedNode(graph)
        triples = (
            quad.triple for quad in self._local.oxigraph.quads_for_pattern(None, None, None, name)
        )
        if isinstance(self._local, DiskStore):
            for triple in triples:
                yield f"{triple} .\n".encode()
            return
        text = serialize(triples, format=RdfFormat.N_TRIPLES)
        assert text is not None
        yield from sorted(text.splitlines(keepends=True))

    # Exchange ---------------------------------------------------------------------------------

    def finish(self) -> None:
        """Mark the store, once what was sent is in its place."""
        if not self._straight:
            self._exchange()
            return
        self._update(" ;\n".join([*self._marked(), f"DROP SILENT GRAPH <{LOADING}>"]))

    def _exchange(self) -> None:
        """Let the staging graphs take the place of the old ones, and mark the store."""
        gone = [
            f"DROP SILENT GRAPH <{name}>"
            for name in self._data_graphs()
            if name not in self._staged
        ]
        # The books go first: without them, whatever is left of the staging graphs is sent anew.
        tidied = [
            f"DROP SILENT GRAPH <{name}>"
            for name in (LOADING, self._staged_default, *self._staged.values())
        ]
        if self._remote.dialect == "standard":
            whole = [*self._differences(), *gone, *self._marked(), tidied.pop(0)]
            # One request is one transaction. Never sent twice, as it ends with the books.
            self._remote.server.update(" ;\n".join(whole), patient=True)
        else:
            # Whoever reads looks at the mark before and after: see PatternStore.
            self._in_parts(self._marked(CHANGING))
            self._in_parts([*self._copies(), *gone])
            self._in_parts(self._marked())
        self._in_parts(tidied)

    def _differences(self) -> list[str]:
        """Updates that take out what is no longer there and put in what is new.

        When little has changed, that is far less to write than whole graphs.
        """
        pairs = " ".join(f"(<{staged}> <{name}>)" for name, staged in self._staged.items())
        both = f"VALUES (?staged ?graph) {{ {pairs} }}"
        new, old = "GRAPH ?staged { ?s ?p ?o }", "GRAPH ?graph { ?s ?p ?o }"
        new_default = f"GRAPH <{self._staged_default}> {{ ?s ?p ?o }}"
        return [
            f"DELETE {{ {old} }} WHERE {{ {both} {old} FILTER NOT EXISTS {{ {new} }} }}",
            f"INSERT {{ {old} }} WHERE {{ {both} {new} FILTER NOT EXISTS {{ {old} }} }}",
            f"DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER NOT EXISTS {{ {new_default} }} }}",
            f"INSERT {{ ?s ?p ?o }} WHERE {{ {new_default} FILTER NOT EXISTS {{ ?s ?p ?o }} }}",
        ]

    def _copies(self) -> list[str]:
        """Updates that copy the staging graphs over the old ones; they may be done again."""
        return [
            f"COPY GRAPH <{self._staged_default}> TO GRAPH <{self._remote.default_graph}>",
            *(f"COPY GRAPH <{staged}> TO GRAPH <{name}>" for name, staged in self._staged.items()),
        ]

    def _marked(self, state: str = "") -> list[str]:
        """Updates that mark the store."""
        said = {
            "format": str(FORMAT),
            "dialect": self._remote.dialect,
            "dataset": self._mark.dataset,
            "digest": self._mark.digest,
            "refused": str(self._mark.refused),
            "state": state,
        }
        lines = " . ".join(f'<{MARK}> <{HIDDEN}{name}> "{text}"' for name, text in said.items())
        new = f"GRAPH <{MARK}> {{ {lines} }}"
        if not self._remote.count(f"{{ GRAPH <{MARK}> {{ ?s ?p ?o }} }}"):
            return [f"INSERT DATA {{ {new} }}"]
        return [
            f"DELETE {{ GRAPH <{MARK}> {{ ?s ?p ?o }} }} INSERT {{ {new} }}"
            f" WHERE {{ GRAPH <{MARK}> {{ ?s ?p ?o }} }}"
        ]

    # Books ------------------------------------------------------------------------------------

    def _books(self, what: str) -> set[str]:
        return _books(self._remote, what)

    def _data_graphs(self) -> list[str]:
        select = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {hidden_condition('?g')} }}"
        return [graph.value for (graph,) in self._remote.rows(select)]

    def _staging(self) -> list[str]:
        select = (
            "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o }"
            f' FILTER(STRSTARTS(STR(?g), "{STAGING}")) }}'
        )
        return [graph.value for (graph,) in self._remote.rows(select)]

    def _in_parts(self, updates: list[str]) -> None:
        for first in range(0, len(updates), _AT_ONCE):
            self._update(" ;\n".join(updates[first : first + _AT_ONCE]))

    def _update(self, text: str) -> None:
        # Whatever goes this way may be done twice.
        self._remote.server.update(text, again=True)


def loads_straight(remote: RemoteStore) -> bool:
    """Whether a load that goes on, or was broken off, puts quads where readers would see them."""
    return _STRAIGHT in _books(remote, "way")


def _books(remote: RemoteStore, what: str) -> set[str]:
    select = f"SELECT ?o {{ GRAPH <{LOADING}> {{ <{LOADING}> <{HIDDEN}{what}> ?o }} }}"
    return {value.value for (value,) in remote.rows(select)}
