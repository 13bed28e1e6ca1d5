"""The example without fault, and how to put faults into it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pyoxigraph

from filiera.store import MemoryStore
from filiera.vocabulary import GRAPH, ID, PREFIXES, RDF, RDFS, SKOS
from tests.ontology.sources import HERE, load, published

PROLOGUE = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items()) + (
    f"PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>\nPREFIX place: <{ID['place/']}>\n"
)


class Fault(NamedTuple):
    """One property of one node of the valid example, given another value or none."""

    focus: str
    property: str
    value: str | None
    message: str
    """How the English message begins."""
    severity: str = "violation"
    kept: bool = False
    """Whether the value stands beside the old one instead of replacing it."""


@cache
def ontology() -> bytes:
    """What the shapes ask of the ontology and the schemes, which keeps each check quick."""
    asked = (RDF.type, RDFS.subClassOf, SKOS.inScheme)
    lines = (f"{quad.triple} .\n" for quad in load(*published()) if quad.predicate.value in asked)
    return "".join(lines).encode()


def valid_store() -> MemoryStore:
    """Store with the ontology, the schemes and the valid example, merged as a build does."""
    store = MemoryStore()
    store.load([ontology()])
    path = HERE / "shapes" / "valid.trig"
    for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TRIG):
        store.oxigraph.add(quad)
        store.oxigraph.add(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object))
    return store


def put(store: MemoryStore, fault: Fault) -> str:
    """Put a fault into the default graph and that of the source; the IRI of the node."""
    graph, found, name = fault.focus.partition("graph:")
    iri = GRAPH[name] if found else ID[graph]
    for opening, closing in (("", ""), ("GRAPH graph:source {", "}")):
        if not fault.kept:
            triple = f"<{iri}> {fault.property} ?value"
            store.update(f"{PROLOGUE} DELETE WHERE {{ {opening} {triple} {closing} }}")
        if fault.value is not None:
            triple = f"<{iri}> {fault.property} {fault.value}"
            store.update(f"{PROLOGUE} INSERT DATA {{ {opening} {triple} {closing} }}")
    return iri
