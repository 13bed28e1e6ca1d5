"""A store on a server that is trusted with single patterns only; the rest is answered here.

Servers differ in what they make of SPARQL beyond single patterns: in what the default graph is
and which graphs ``GRAPH ?g`` sees, in paths, sub-selects, MINUS, in how many rows they send.
Here a query is read for the patterns of quads that can bear on its answer; these quads are
fetched with queries so simple that all servers agree on them, kept, and asked by the embedded
engine. So the answers are the same, at the price of fetching.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    parse_query_results,
)
from pyoxigraph import Store as Oxigraph

from filiera.errors import StoreError
from filiera.store.bookkeeping import MERGE, hidden_condition
from filiera.store.embedded import Mark, about, asked
from filiera.store.http import RESULTS, Server
from filiera.store.malformed import checked
from filiera.store.protocol import Solutions
from filiera.store.remote import CHANGING, RemoteStore, read_store_mark
from filiera.store.wanted import EVERYTHING, Wanted, wanted
from filiera.texts import Text
from filiera.vocabulary import PREFIXES, XSD

__all__ = ["PatternStore"]

_PAGE = 10_000
"""Rows that are asked for at first: as many as a Virtuoso sends in its usual configuration."""
_NAMES = 300
"""Names that are asked about at once."""
_SMALL = 1000
"""Rows below which an answer is whole: no server cuts off fewer."""
_FRESH_SECONDS = 1.0
"""How long what was last read of the mark counts as true."""
_PATIENCE_SECONDS = 60.0
"""How long to wait for a store that is being changed."""
_PREFIXED = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_BOOLEANS = {"1": "true", "0": "false"}


class PatternStore(RemoteStore):
    """Quads on a server that answers single patterns; kept here once they were needed.

    What is kept is let go of as soon as the store is marked anew. The default graph is a named
    one on the server, since not all servers have another.
    """

    dialect = "patterns"
    default_graph = MERGE

    def __init__(self, server: Server, mark: Mark | None = None) -> None:
        super().__init__(server, mark)
        self._kept = Oxigraph()
        self._known: set[Wanted] = set()
        self._seen = self.mark.digest
        self._seen_at = float("-inf")

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Solutions:
        """Answer a query here, over what it needs of the server."""
        checked(sparql, base)
        declared = (f"BASE <{base}>\n" if base else "") + _PREFIXED
        whole = self._known.issuperset(EVERYTHING)  # then reading the query tells nothing new
        needs = EVERYTHING if whole else wanted(sparql, declared)
        if default_graphs or named_graphs:  # what it calls the default graph is a named one
            needs = frozenset(one._replace(named=True, graph=None) for one in needs)
        return asked(self._with(needs), sparql, default_graphs, named_graphs, base)

    def quads(
        self,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        object: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Quads of the default graph that fit the pattern."""
        terms = (term and term.value for term in (subject, predicate, object))
        kept = self._with([Wanted(False, *terms)])
        return kept.quads_for_pattern(subject, predicate, object, DefaultGraph())

    def graph_quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Quads of one named graph, or of all graphs."""
        needs = EVERYTHING if graph is None else [Wanted(True, graph=graph.value)]
        return self._with(needs).quads_for_pattern(None, None, None, graph)

    def about(
        self, subjects: Iterable[str], predicates: Sequence[str] = (), *, named: bool = False
    ) -> Iterator[Quad]:
        """Quads of some subjects, with some predicates or all."""
        asked_for = list(dict.fromkeys(subjects))
        needs = [Wanted(named, one, term) for one in asked_for for term in predicates or (None,)]
        return about(self._with(needs), asked_for, predicates, named=named)

    def keep(self) -> None:
        """Fetch the whole store."""
        self._with(EVERYTHING)

    def dump(self, output: BinaryIO) -> None:
        """Write all quads as N-Quads, sorted by line."""
        text = self._with(EVERYTHING).dump(format=RdfFormat.N_QUADS)
        assert text is not None
        output.write(b"\n".join(sorted(line for line in text.split(b"\n") if line)) + b"\n")

    def __len__(self) -> int:
        return self.count(f"{{ GRAPH <{MERGE}> {{ ?s ?p ?o }} }}") + self.count(
            f"{{ GRAPH ?g {{ ?s ?p ?o }} {hidden_condition('?g')} }}"
        )

    # Fetching ---------------------------------------------------------------------------------

    def _with(self, needs: Iterable[Wanted]) -> Oxigraph:
        """What is kept, with all quads that fit the patterns, and all of one state of the store."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        if time.monotonic() - self._seen_at > _FRESH_SECONDS:
            self._look(deadline)
        needs = list(needs)
        missing = [one for one in needs if self._known.isdisjoint(one.covering())]
        while missing:
            seen = self._seen
            self._fetch(missing)
            self._look(deadline)
            if self._seen == seen:
                self._known.update(missing)
                break
            missing = needs  # the store was changed meanwhile
        return self._kept

    def _look(self, deadline: float) -> None:
        """Read the mark; let go of what is kept if it has changed."""
        while True:
            found = read_store_mark(self.server)
            if found is None or found.state != CHANGING:
                break
            if time.monotonic() > deadline:
                raise StoreError(
                    Text(
                        f"i grafi dell'archivio in {self.server.name} vengono scambiati e non"
                        " ci sono"
                        " tutti; se nessun filiera build è in corso, uno è stato interrotto:"
                        " avvialo"
                        " di nuovo",
                        f"the graphs of the store at {self.server.name} are being exchanged and not"
                        " all of them are there; if no filiera build is running, one was broken"
                        " off:"
                        " start it again",
                    )
                )
            time.sleep(0.2)
        self._seen_at = time.monotonic()
        digest = found.mark.digest if found else ""
        if digest != self._seen:
            self._kept, self._known = Oxigraph(), set()
            self._seen = digest

    def _fetch(self, missing: Iterable[Wanted]) -> None:
        """Fetch what fits some patterns; those of one form by one query."""
        forms: dict[tuple[bool, str | None, tuple[bool, ...]], list[Wanted]] = defaultdict(list)
        for one in missing:
            given = tuple(term is not None for term in one[1:4])
            forms[one.named, one.graph, given].append(one)
        for (named, graph, _), some in forms.items():
            for first in range(0, len(some), _NAMES):
                self._fetch_alike(named, graph, some[first : first + _NAMES])

    def _fetch_alike(self, named: bool, graph: str | None, alike: Sequence[Wanted]) -> None:
        """Fetch what fits some patterns of one form."""
        places = (("s", "subject"), ("p", "predicate"), ("o", "object"))
        conditions = "".join(
            _one_of(name, {getattr(one, term) for one in alike}) for name, term in places
        )
        target = f"<{graph or (None if named else MERGE)}>"
        if named and graph is None:
            group = f"{{ GRAPH ?g {{ ?s ?p ?o }} {conditions} {hidden_condition('?g')} }}"
            found = self._pages("?s ?p ?o ?g", group)
            self._kept.extend(Quad(s, p, o, g) for s, p, o, g in found)
        else:
            group = f"{{ GRAPH {target} {{ ?s ?p ?o }} {conditions} }}"
            into = NamedNode(graph) if graph else DefaultGraph()
            triples = self._pages("?s ?p ?o", group)
            self._kept.extend(Quad(s, p, o, into) for s, p, o in triples)

    def _pages(self, names: str, group: str) -> set[tuple[Any, ...]]:
        """All rows of a query whose rows differ, however few the server sends at once.

        Raises StoreError when the rows that came are not as many as the server counts.
        """
        rows = self._page(names, f"{group} LIMIT {_PAGE}")
        if len(rows) < _SMALL:
            return rows
        count = self.count(group)
        most = self.server.addresses.rows
        if count > most:
            raise StoreError(
                Text(
                    f"per questo si dovrebbero prendere {count} righe da {self.server.name}, più di"
                    f" {most}; chiedi di meno, alza l'impostazione FILIERA_STORE_ROWS, o usa un"
                    " server del dialetto standard",
                    f"{count} rows would have to be fetched from {self.server.name} for this, more"
                    f" than {most}; ask for less, raise the setting FILIERA_STORE_ROWS, or use a"
                    " server of the dialect standard",
                )
            )
        offset = 0
        # From the start again, all at once: the server sends as many as it sends at most.
        while len(rows) < count and offset < count:
            page = self._page(names, f"{group} LIMIT {count} OFFSET {offset}")
            if not page:
                break
            offset += len(page)
            rows |= page
        if len(rows) != count:
            raise StoreError(
                Text(
                    f"{self.server.name} conta {count} righe e ne manda {len(rows)}: taglia ciò che"
                    " manda, o nel frattempo è cambiato; riprova, o alza i suoi limiti",
                    f"{self.server.name} counts {count} rows and sends {len(rows)}: it cuts off"
                    " what"
                    " it sends, or was changed meanwhile; try again, or raise its limits",
                )
            )
        return rows

    def _page(self, names: str, group: str) -> set[tuple[Any, ...]]:
        with self.server.query(f"SELECT {names} {group}", RESULTS) as answer:
            if "x-sql-state" in answer.headers:
                raise StoreError(
                    Text(
                        f"{self.server.name} ha interrotto al proprio limite di tempo"
                        f" ({answer.headers.get('x-sql-message', 'partial answer')}); alza quel"
                        " limite",
                        f"{self.server.name} broke off after its own time limit"
                        f" ({answer.headers.get('x-sql-message', 'partial answer')}); raise"
                        " that limit",
                    )
                )
            text = answer.read()
        try:
            found = parse_query_results(text, format=QueryResultsFormat.JSON)
            return {tuple(map(_as_written, row)) for row in found}  # type: ignore[union-attr]
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                Text(
                    f"la risposta di {self.server.name} non è un risultato SPARQL ({error})",
                    f"the answer of {self.server.name} is no SPARQL result ({error})",
                )
            ) from error


def _one_of(name: str, iris: set[str | None]) -> str:
    """FILTER for the IRIs that a term may be; none for those that may be anything."""
    listed = ", ".join(str(NamedNode(iri)) for iri in sorted(filter(None, iris)))
    return f"FILTER(?{name} IN ({listed})) " if listed else ""


def _as_written(term: Any) -> Any:
    """A term as it was loaded: Virtuoso keeps truth values as numbers."""
    if isinstance(term, Literal) and term.datatype.value == XSD.boolean:
        return Literal(_BOOLEANS.get(term.value, term.value), datatype=term.datatype)
    return term
