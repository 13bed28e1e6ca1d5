"""The whole graph as a file, in the format that the file's ending names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from filiera.ecosystem import Ecosystem
from filiera.errors import UsageError
from filiera.facts.dataset import Dataset
from filiera.texts import Text
from filiera.views.files import new_file
from filiera.vocabulary import PREFIXES, RDF

__all__ = ["ENDINGS", "Ending", "ending_of", "export", "prefixes_of", "serialized"]


@dataclass(frozen=True)
class Ending:
    """A format by the ending of its files: what it is, what it holds, and who writes it."""

    title: str
    holds: str
    write: Callable[[Ecosystem, BinaryIO], None]


def export(ecosystem: Ecosystem, path: Path, *, force: bool = False) -> None:
    """Write the graph to ``path``; the same graph always gives the same bytes.

    The format is that of the ending (``ENDINGS``). Raises UsageError for an ending that is
    not known, and OutputError when the file exists and ``force`` is false, or cannot be
    written; then nothing is left behind.
    """
    ending = ending_of(path)
    with new_file(path, force=force) as output:
        ending.write(ecosystem, output)


def ending_of(path: Path) -> Ending:
    """Format of a path; UsageError lists the endings that there are."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in ENDINGS:
        known = ", ".join(f".{name}" for name in ENDINGS)
        raise UsageError(
            Text(
                f"l'estensione di {path} non indica un formato; usa una di queste: {known}",
                f"the ending of {path} names no format; end it in one of: {known}",
            )
        )
    return ENDINGS[suffix]


def prefixes_of(dataset: Dataset) -> dict[str, str]:
    """Prefixes of the vocabularies and of the data set's own things and graphs."""
    return PREFIXES | {"id": dataset.id_base, "graph": dataset.graph_base}


def serialized(triples: Iterable[Triple], dataset: Dataset, kind: RdfFormat) -> bytes:
    """Triples as text in an RDF format, sorted, with prefixes."""
    text = serialize(sorted(set(triples), key=_order), format=kind, prefixes=prefixes_of(dataset))
    assert text is not None
    return text


def _merged(kind: RdfFormat) -> Callable[[Ecosystem, BinaryIO], None]:
    def write(ecosystem: Ecosystem, output: BinaryIO) -> None:
        triples = sorted((quad.triple for quad in ecosystem.store.quads()), key=_order)
        serialize(triples, output, kind, prefixes=prefixes_of(ecosystem.dataset))

    return write


def _all_graphs(ecosystem: Ecosystem, output: BinaryIO) -> None:
    quads = sorted(ecosystem.store.graph_quads(), key=_graph_order)
    serialize(quads, output, RdfFormat.TRIG, prefixes=prefixes_of(ecosystem.dataset))


def _lines(ecosystem: Ecosystem, output: BinaryIO) -> None:
    ecosystem.store.dump(output)


def _facts(ecosystem: Ecosystem, output: BinaryIO) -> None:
    from filiera.views.fact_table import fact_table

    output.write(fact_table(ecosystem).to_csv().encode())


def _tables(ecosystem: Ecosystem, output: BinaryIO) -> None:
    from filiera.views.fact_workbook import fact_workbook

    output.write(fact_workbook(ecosystem, ecosystem.lang))


def _graphml(ecosystem: Ecosystem, output: BinaryIO) -> None:
    from filiera.views.network_files import write_graphml

    write_graphml(ecosystem.network(), output)


def _gexf(ecosystem: Ecosystem, output: BinaryIO) -> None:
    from filiera.views.network_files import write_gexf

    write_gexf(ecosystem.network(), output, ecosystem.dataset.collected)


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    """Subject by subject, its classes first."""
    predicate = triple.predicate.value
    return str(triple.subject), predicate != RDF.type, predicate, str(triple.object)


def _graph_order(quad: Quad) -> tuple[str, str, bool, str, str]:
    return str(quad.graph_name), *_order(quad.triple)


_MERGE = "the default graph: what all sources say, merged"
_NAMED = "all graphs: the merge, and one graph for each source"
_NETWORK = "the network of organisations and projects"

ENDINGS: dict[str, Ending] = {
    "ttl": Ending("Turtle", _MERGE, _merged(RdfFormat.TURTLE)),
    "nt": Ending("N-Triples", _MERGE, _merged(RdfFormat.N_TRIPLES)),
    "jsonld": Ending("JSON-LD", _MERGE, _merged(RdfFormat.JSON_LD)),
    "rdf": Ending("RDF/XML", _MERGE, _merged(RdfFormat.RDF_XML)),
    "trig": Ending("TriG", _NAMED, _all_graphs),
    "nq": Ending("N-Quads", _NAMED, _lines),
    "csv": Ending("CSV", "every fact, one row for each source that states it", _facts),
    "xlsx": Ending("Excel", "the tables of facts, one sheet a table", _tables),
    "graphml": Ending("GraphML", _NETWORK, _graphml),
    "gexf": Ending("GEXF", _NETWORK, _gexf),
}
"""Format by ending, without the dot."""
