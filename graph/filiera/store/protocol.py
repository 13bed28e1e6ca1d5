"""What Filiera needs of a store of quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Protocol, TypeAlias

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

__all__ = ["Solutions", "Store"]

Solutions: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples
"""What a query gives: rows for SELECT, a truth value for ASK, triples for the others."""


class Store(Protocol):
    """A store of quads that answers SPARQL 1.1."""

    far: bool
    """Whether each question takes a request, so that few large ones are better than many."""

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Solutions:
        """Answer a query over the default graph, with ``GRAPH`` over the named ones.

        With ``default_graphs`` or ``named_graphs`` (IRIs) the query sees those graphs of the
        store and no others, as the SPARQL 1.1 Protocol says; relative IRIs start from ``base``.
        The prefixes of ``filiera.vocabulary`` need not be declared.

        Raises QueryError when the text is malformed, changes something or calls a SERVICE, and
        StoreError when the store cannot be reached.
        """

    def update(self, sparql: str) -> None:
        """Run a SPARQL 1.1 Update."""

    def load(self, chunks: Iterable[bytes]) -> None:
        """Add quads from N-Quads text that comes in pieces of whole lines."""

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Quads of the default graph that fit the pattern; ``None`` fits everything."""

    def graph_quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Quads of one named graph, or of all graphs and the default one."""

    def about(
        self, subjects: Iterable[str], predicates: Sequence[str] = (), *, named: bool = False
    ) -> Iterator[Quad]:
        """Quads of some subjects (IRIs), with some predicates or all, at one go.

        Of the default graph, or of all named graphs if ``named``.
        """

    def keep(self) -> None:
        """Fetch at one go what the store would fetch piece by piece, if it keeps anything."""

    def dump(self, output: BinaryIO) -> None:
        """Write all quads as sorted N-Quads: equal stores give equal bytes."""

    def __len__(self) -> int:
        """Number of quads, the default graph included."""

    def close(self) -> None:
        """Let go of files and memory."""
