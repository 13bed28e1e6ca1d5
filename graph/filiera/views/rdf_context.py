"""The JSON-LD context: compact names for what the graph says.

Own terms and those of schema.org bear their plain names (``worksAtStage``, ``foundingDate``), terms
of other vocabularies their prefix (``org:member``). Where both have a word, the plain name is that
of schema.org, so that whoever knows only its words reads it right, and ours has a prefix
(``fil:memberOf``). What holds an IRI or a typed value is declared here and not at each value. Own
names follow from the ontology: a new term needs nothing here.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from filiera.facts.concepts import ontology_files
from filiera.vocabulary import (
    DCTERMS,
    EDTF,
    FIL,
    FOAF,
    ORG,
    OWL,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SKOS,
    VOID,
    XSD,
)

__all__ = ["context", "context_document"]

_DATA_SPACES = ("id", "graph", "concept")
"""Prefixes that the context leaves out: IRIs of data are written in full."""

_SCHEMA_CLASSES = (
    "CollegeOrUniversity", "Consortium", "Corporation", "CreativeWork", "Date", "Event",
    "Organization", "Person", "Place", "PostalAddress", "Project", "ResearchOrganization",
)  # fmt: skip
_SCHEMA_TEXTS = (
    "addressCountry", "addressLocality", "addressRegion", "alternateName", "description",
    "inLanguage", "latitude", "legalName", "longitude", "name",
)  # fmt: skip
_SCHEMA_DATES = ("datePublished", "dissolutionDate", "foundingDate", "startDate")
_SCHEMA_IRIS = (
    "address", "containedInPlace", "eventAttendanceMode", "knowsAbout", "location", "member",
    "memberOf", "organizer", "parentOrganization", "publisher", "sameAs", "url",
)  # fmt: skip
_OTHER_IRIS = (
    DCTERMS.isPartOf, DCTERMS.isReplacedBy, DCTERMS.license, DCTERMS.publisher, DCTERMS.source,
    DCTERMS.subject, DCTERMS.type, FOAF.homepage, ORG.classification, ORG.member, ORG.organization,
    ORG.role, ORG.siteOf, ORG.subOrganizationOf, ORG.unitOf, PROV.wasAssociatedWith,
    PROV.wasGeneratedBy, RDFS.domain, RDFS.isDefinedBy, RDFS.range, RDFS.subClassOf,
    RDFS.subPropertyOf, SKOS.broader, SKOS.closeMatch, SKOS.exactMatch, SKOS.hasTopConcept,
    SKOS.inScheme, SKOS.topConceptOf, VOID["class"], VOID.classPartition, VOID.subset,
)  # fmt: skip
_UNTYPED = {XSD.string, RDF.langString, XSD.boolean}
"""Ranges that need no declaration: JSON says as much itself."""


@cache
def context() -> dict[str, Any]:
    """The context itself: what ``@context`` holds in the published document.

    >>> context()["foundingDate"]
    {'@id': 'schema:foundingDate', '@type': 'schema:Date'}
    """
    terms: dict[str, Any] = {"@version": 1.1}
    prefixes = {name: base for name, base in PREFIXES.items() if name not in _DATA_SPACES}
    terms.update(prefixes, edtf=EDTF.removesuffix("EDTF"), id="@id", type="@type")
    terms.update({name: f"schema:{name}" for name in (*_SCHEMA_CLASSES, *_SCHEMA_TEXTS)})
    for name in _SCHEMA_DATES:
        terms[name] = {"@id": f"schema:{name}", "@type": "schema:Date"}
    for name in _SCHEMA_IRIS:
        terms[name] = {"@id": f"schema:{name}", "@type": "@id"}
    for iri in _OTHER_IRIS:
        terms[_compact(iri)] = {"@id": _compact(iri), "@type": "@id"}
    for iri, kind in sorted(_own_terms().items()):
        name = iri.removeprefix(FIL.base)
        told = _compact(iri)
        terms[told if name in terms else name] = {"@id": told, "@type": kind} if kind else told
    return terms


@cache
def context_document() -> bytes:
    """The document that is published."""
    return json.dumps({"@context": context()}, ensure_ascii=False, indent=1).encode()


def _own_terms() -> dict[str, str]:
    """Terms of the ontology with what their values are: ``@id``, a datatype, or nothing."""
    quads: list[Quad] = list(parse(path=ontology_files()[0], format=RdfFormat.TURTLE))
    found: dict[str, str] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(FIL.base):
            kind, value = found.setdefault(quad.subject.value, ""), quad.object
            if quad.predicate.value == RDF.type and value == NamedNode(OWL.ObjectProperty):
                kind = "@id"
            elif quad.predicate.value == RDFS.range and isinstance(value, NamedNode):
                is_data = value.value == EDTF or value.value.startswith(XSD.base)
                kind = _compact(value.value) if is_data and value.value not in _UNTYPED else kind
            found[quad.subject.value] = kind
    return found


def _compact(iri: str) -> str:
    bases = {**PREFIXES, "edtf": EDTF.removesuffix("EDTF")}
    prefix = next(name for name, base in bases.items() if iri.startswith(base))
    return f"{prefix}:{iri.removeprefix(bases[prefix])}"
