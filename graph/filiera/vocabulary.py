"""Namespaces of the graph, in one place.

``FIL.memberOf`` is the IRI of the term as a string. Terms are not listed here a second
time: the tests look every use up in ``ontology/`` or in the vocabulary that is reused.
"""

from __future__ import annotations

__all__ = [
    "BASE",
    "CONCEPT",
    "DCAT",
    "DCTERMS",
    "DERIVED",
    "EDITORIAL",
    "EDTF",
    "FIL",
    "FOAF",
    "GRAPH",
    "ID",
    "META",
    "ONTOLOGY",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "RESERVED_GRAPHS",
    "SCHEMA",
    "SILENT_GRAPHS",
    "SKOS",
    "VOID",
    "WRITTEN",
    "XSD",
    "Namespace",
    "concept",
]

BASE = "https://w3id.org/filiera/"


class Namespace:
    """A namespace whose terms read as attributes or items.

    >>> FIL.memberOf
    'https://w3id.org/filiera/ontology#memberOf'
    >>> FIL["from"]
    'https://w3id.org/filiera/ontology#from'
    """

    def __init__(self, base: str) -> None:
        self.base = base

    def __getattr__(self, term: str) -> str:
        if term.startswith("__"):
            raise AttributeError(term)
        iri = self.base + term
        setattr(self, term, iri)  # terms are asked for millions of times
        return iri

    def __getitem__(self, term: str) -> str:
        return self.base + term

    def __repr__(self) -> str:
        return f"Namespace({self.base!r})"


FIL = Namespace(BASE + "ontology#")
ID = Namespace(BASE + "id/")
GRAPH = Namespace(BASE + "graph/")
CONCEPT = Namespace(BASE + "concept/")

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
ORG = Namespace("http://www.w3.org/ns/org#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
VOID = Namespace("http://rdfs.org/ns/void#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
"""Datatype of a date as it was said (Extended Date/Time Format, ISO 8601-2)."""

DERIVED = GRAPH.derived
EDITORIAL = GRAPH.editorial
META = GRAPH.meta
ONTOLOGY = GRAPH.ontology
WRITTEN = GRAPH.written
"""Graph of what was written to the default graph without naming a source."""
RESERVED_GRAPHS = (DERIVED, EDITORIAL, META, ONTOLOGY, WRITTEN)
SILENT_GRAPHS = (DERIVED, META, ONTOLOGY)
"""Graphs in which nobody states a fact: what rules conclude, descriptions, terms."""

PREFIXES: dict[str, str] = {
    "fil": FIL.base,
    "id": ID.base,
    "graph": GRAPH.base,
    "concept": CONCEPT.base,
    "dcat": DCAT.base,
    "dcterms": DCTERMS.base,
    "foaf": FOAF.base,
    "org": ORG.base,
    "owl": OWL.base,
    "prov": PROV.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "schema": SCHEMA.base,
    "skos": SKOS.base,
    "void": VOID.base,
    "xsd": XSD.base,
}


def concept(scheme: str, slug: str) -> str:
    """IRI of a concept.

    >>> concept("relation", "supplies")
    'https://w3id.org/filiera/concept/relation/supplies'
    """
    return f"{CONCEPT.base}{scheme}/{slug}"
