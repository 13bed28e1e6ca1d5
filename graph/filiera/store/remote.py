"""A store that lies on a SPARQL 1.1 server, asked by the standard protocols."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, BinaryIO, cast

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse_query_results,
)
from pyoxigraph import Store as Oxigraph

from filiera.errors import StoreError
from filiera.store.bookkeeping import HIDDEN, MARK, hidden_condition, without_books
from filiera.store.embedded import FORMAT, Mark
from filiera.store.http import RESULTS, TRIPLES, Server
from filiera.store.malformed import checked
from filiera.store.protocol import Solutions
from filiera.texts import Text
from filiera.vocabulary import PREFIXES

__all__ = ["CHANGING", "RemoteStore", "StoreMark", "read_store_mark", "triples_of"]

CHANGING = "changing"
"""State of a store whose graphs are being exchanged where the server cannot do it at once."""

_SUBJECTS = 500
"""Subjects about which one request asks."""
_LINES = 4000
"""Lines of N-Quads that one request adds."""
_PREFIXED = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_TRIPLE = re.compile(
    rb"(?:<[^>]*>|_:\S+) <[^>]*> "
    rb'(?:<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?)'
)


@dataclass(frozen=True)
class StoreMark:
    """What a store on a server says of itself: its mark, and whether it is being changed."""

    mark: Mark
    state: str = ""
    dialect: str = ""


class RemoteStore:
    """Quads on a server that is trusted with every query.

    Queries go out as they are, with the prefixes declared and the graphs in which the store
    keeps its books left out.
    """

    far = True
    dialect = "standard"
    default_graph: str | None = None
    """Name of the graph that stands for the default graph; ``None`` where the server has one."""

    def __init__(self, server: Server, mark: Mark | None = None) -> None:
        self.server = server
        self.mark = mark or Mark()

    # Asking -----------------------------------------------------------------------------------

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Solutions:
        """Answer a query; see `Store`. What the server finds wrong with it is a QueryError."""
        checked(sparql, base)
        text = (f"BASE <{base}>\n" if base else "") + _PREFIXED + without_books(sparql)
        graphs = {"default_graphs": default_graphs, "named_graphs": named_graphs}
        with self.server.query(text, f"{RESULTS}, {TRIPLES};q=0.9", **graphs) as answer:
            kind = answer.headers.get("content-type", "").partition(";")[0].strip()
            if "json" in kind:
                return _parsed(answer.read(), self.server.name)
            return triples_of(answer.read(), kind, self.server.name)

    def rows(self, select: str) -> Iterator[tuple[Any, ...]]:
        """Rows of a query of our own, read as they come; every variable is bound."""
        with self.server.query(select, RESULTS) as answer:
            found = _parsed(cast("IO[bytes]", _Pieces(answer.iter_bytes())), self.server.name)
            assert isinstance(found, QuerySolutions)
            for row in found:
                yield tuple(row)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Quads of the default graph that fit the pattern."""
        terms = (subject, predicate, object)
        open_ones = [name for name, term in zip("spo", terms, strict=True) if term is None]
        pattern = " ".join(str(term or f"?{name}") for name, term in zip("spo", terms, strict=True))
        if not open_ones:
            with self.server.query(f"ASK {{ {pattern} }}", RESULTS) as answer:
                if bool(_parsed(answer.read(), self.server.name)):
                    yield Quad(*cast("tuple[Any, Any, Any]", terms))
            return
        names = " ".join(f"?{name}" for name in open_ones)
        for row in self.rows(f"SELECT {names} {{ {pattern} }}"):
            found = iter(row)
            s, p, o = (next(found) if term is None else term for term in terms)
            yield Quad(s, p, o)

    def graph_quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Quads of one named graph, or of all graphs; by one request, or two."""
        if graph is not None:
            for s, p, o in self.rows(f"SELECT ?s ?p ?o {{ GRAPH {graph} {{ ?s ?p ?o }} }}"):
                yield Quad(s, p, o, graph)
            return
        yield from self.quads()
        condition = hidden_condition("?g")
        for s, p, o, g in self.rows(
            f"SELECT ?s ?p ?o ?g {{ GRAPH ?g {{ ?s ?p ?o }} {condition} }}"
        ):
            yield Quad(s, p, o, g)

    def about(
        self, subjects: Iterable[str], predicates: Sequence[str] = (), *, named: bool = False
    ) -> Iterator[Quad]:
        """Quads of some subjects, with some predicates or all; some hundred subjects a request."""
        # A filter, for Oxigraph makes all pairs of two lists of VALUES before it looks any up.
        chosen = f"FILTER(?p IN ({_listed(predicates, ', ')}))" if predicates else ""
        waiting = iter(dict.fromkeys(subjects))
        while part := list(islice(waiting, _SUBJECTS)):
            given = f"VALUES ?s {{ {_listed(part)} }}"
            if named:
                condition = hidden_condition("?g")
                triples = f"GRAPH ?g {{ ?s ?p ?o }} {chosen} {condition}"
                select = f"SELECT ?s ?p ?o ?g {{ {given} {triples} }}"
                for s, p, o, g in self.rows(select):
                    yield Quad(s, p, o, g)
            else:
                for s, p, o in self.rows(f"SELECT ?s ?p ?o {{ {given} ?s ?p ?o {chosen} }}"):
                    yield Quad(s, p, o)

    def keep(self) -> None:
        """Do nothing: all questions go to the server."""

    def dump(self, output: BinaryIO) -> None:
        """Write all quads as N-Quads, sorted by line."""
        local = Oxigraph()
        local.bulk_extend(self.graph_quads())
        text = local.dump(format=RdfFormat.N_QUADS)
        assert text is not None
        lines = sorted(line for line in text.split(b"\n") if line)
        output.write(b"\n".join(lines) + b"\n")

    def __len__(self) -> int:
        return self.count("{ ?s ?p ?o }") + self.count(
            f"{{ GRAPH ?g {{ ?s ?p ?o }} {hidden_condition('?g')} }}"
        )

    def count(self, group: str) -> int:
        """Number of solutions of a group of patterns."""
        ((number,),) = self.rows(f"SELECT (COUNT(*) AS ?n) {group}")
        return int(number.value)

    # Changing ---------------------------------------------------------------------------------

    def update(self, sparql: str) -> None:
        """Run an update on the server."""
        self.server.update(_PREFIXED + sparql)

    def load(self, chunks: Iterable[bytes]) -> None:
        """Add N-Quads, some thousand a request. What was added before an error stays."""
        lines: list[bytes] = []
        for chunk in chunks:
            lines += [line for line in chunk.split(b"\n") if line]
            while len(lines) >= _LINES:
                self.server.update(self.insertion(lines[:_LINES]), again=True)
                del lines[:_LINES]
        if lines:
            self.server.update(self.insertion(lines), again=True)

    def insertion(self, lines: Iterable[bytes]) -> str:
        """INSERT DATA that adds lines of N-Quads; those of the default graph where it lies."""
        graphs: dict[bytes, list[bytes]] = {}
        for line in lines:
            triple = _TRIPLE.match(line)
            if triple is None:
                raise StoreError(
                    Text(
                        f"ciò che si deve caricare non è N-Quads ben formato: {line[:200]!r}",
                        f"what is to be loaded is not well-formed N-Quads: {line[:200]!r}",
                    )
                )
            name = line[triple.end() :].rstrip(b" .\r").strip()
            graphs.setdefault(name, []).append(triple[0])
        parts = [
            _block(name.decode() or (self.default_graph and f"<{self.default_graph}>"), triples)
            for name, triples in graphs.items()
        ]
        return f"INSERT DATA {{\n{''.join(parts)}}}"

    def close(self) -> None:
        """Let go of the connections."""
        self.server.close()


def _listed(iris: Iterable[str], between: str = " ") -> str:
    return between.join(str(NamedNode(iri)) for iri in iris)


def _block(graph: str | None, triples: list[bytes]) -> str:
    text = b" .\n".join(triples).decode()
    return f"GRAPH {graph} {{\n{text} .\n}}\n" if graph else f"{text} .\n"


def read_store_mark(server: Server) -> StoreMark | None:
    """What a store says of itself; ``None`` where it bears no mark.

    Raises StoreError for one that was made by a newer Filiera.
    """
    found: dict[str, str] = {}
    select = f"SELECT ?p ?o {{ GRAPH <{MARK}> {{ <{MARK}> ?p ?o }} }}"
    for predicate, value in RemoteStore(server).rows(select):
        found[predicate.value.removeprefix(HIDDEN)] = value.value
    if not found:
        return None
    made = int(found.get("format", FORMAT))
    if made > FORMAT:
        raise StoreError(
            Text(
                f"l'archivio in {server.name} ha il formato {made}, più recente di quello che"
                " questa"
                f" Filiera conosce ({FORMAT}); aggiorna Filiera, o indica un altro archivio",
                f"the store at {server.name} has format {made}, newer than this Filiera knows"
                f" ({FORMAT}); update Filiera, or name another store",
            )
        )
    mark = Mark(found.get("dataset", ""), found.get("digest", ""), int(found.get("refused", 0)))
    return StoreMark(mark, found.get("state", ""), found.get("dialect", ""))


def _parsed(text: bytes | IO[bytes], name: str) -> QuerySolutions | QueryBoolean:
    try:
        return parse_query_results(text, format=QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise StoreError(
            Text(
                f"la risposta di {name} non è un risultato SPARQL ({error}); è un server SPARQL?",
                f"the answer of {name} is no SPARQL result ({error}); is it a SPARQL server?",
            )
        ) from error


def triples_of(text: bytes, kind: str, name: str) -> Solutions:
    """Triples that a server sent, as those of a query."""
    local = Oxigraph()
    try:
        local.bulk_load(input=text, format=RdfFormat.from_media_type(kind) or RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise StoreError(
            Text(
                f"la risposta di {name} non è un risultato SPARQL né un grafo ({kind}); è"
                " l'indirizzo di un server SPARQL?",
                f"the answer of {name} is neither a SPARQL result nor a graph ({kind}); is it the"
                " address of a SPARQL server?",
            )
        ) from error
    return local.query("CONSTRUCT WHERE { ?s ?p ?o }")


class _Pieces:
    """A file over pieces of bytes."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size``; none at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        if size < 0:
            size = len(self._rest)
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken
