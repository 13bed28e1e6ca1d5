"""What the server says of itself and of its data set, as RDF.

At the endpoint: a SPARQL 1.1 Service Description. At ``/.well-known/void``: VoID and DCAT. Both
name the server as it was asked for, and give the counts that ``graph:meta`` holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)

from filiera.facts.dataset import Dataset
from filiera.languages import LANGUAGES
from filiera.server.formats import GRAPH_FORMATS, RESULT_FORMATS, ResultBuffer, written_graph
from filiera.server.limits import Limits
from filiera.server.messages import Reply
from filiera.store import Store
from filiera.vocabulary import (
    DCAT,
    DCTERMS,
    FOAF,
    META,
    PREFIXES,
    RDF,
    RDFS,
    SKOS,
    VOID,
    Namespace,
)

__all__ = ["describe_dataset", "describe_service"]

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_LANGUAGES = {"it": f"{_LANGUAGE}ITA", "en": f"{_LANGUAGE}ENG"}
_PREFIXES = {**PREFIXES, "sd": SD.base, "formats": "http://www.w3.org/ns/formats/"}
_RESULTS = tuple(dict.fromkeys(RESULT_FORMATS.values()))
_GRAPHS = tuple(dict.fromkeys(GRAPH_FORMATS.values()))
_JSON_LD = "http://www.w3.org/ns/formats/JSON-LD"
"""As the list of W3C names it; the engine has another address for it."""
_IANA = "https://www.iana.org/assignments/media-types/"
_TOTALS = (VOID.triples, VOID.distinctSubjects, VOID.properties)
_NAMED_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_PROPERTIES = "SELECT DISTINCT ?p { ?s ?p ?o } ORDER BY ?p"
_EXAMPLE = "SELECT (MIN(?s) AS ?example) { ?s a org:Organization }"
_PROTOCOL = "http://www.w3.org/TR/sparql11-protocol/"

_Object: TypeAlias = NamedNode | BlankNode | Literal | str


def describe_service(
    store: Store,
    dataset: Dataset,
    limits: Limits,
    address: str,
    accept: str | None,
    *,
    writable: bool,
) -> Reply:
    """The service description of the endpoint of the server at ``address``."""
    triples = _service(store, dataset, address, writable=writable)
    return written_graph(triples, accept, ResultBuffer(limits.result_mb * 2**20), _PREFIXES)


def describe_dataset(
    store: Store, dataset: Dataset, limits: Limits, address: str, accept: str | None
) -> Reply:
    """VoID and DCAT of the data set, as the server at ``address`` has it."""
    triples = _dataset(store, dataset, address)
    return written_graph(triples, accept, ResultBuffer(limits.result_mb * 2**20), _PREFIXES)


def _service(store: Store, dataset: Dataset, address: str, *, writable: bool) -> Iterator[Triple]:
    service, whole = NamedNode(f"{address}/sparql"), BlankNode("dataset")
    default = BlankNode("default-graph")
    yield _triple(service, RDF.type, SD.Service)
    yield _triple(service, SD.endpoint, service)
    yield _triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    if writable:
        yield _triple(service, SD.supportedLanguage, SD.SPARQL11Update)
    yield _triple(service, SD.feature, SD.UnionDefaultGraph)
    for results in _RESULTS:
        yield _triple(service, SD.resultFormat, results.iri)
    for written in _GRAPHS:
        yield _triple(service, SD.resultFormat, _name(written))
    for read in _GRAPHS if writable else ():
        yield _triple(service, SD.inputFormat, _name(read))
    for lang in LANGUAGES:
        title = dataset.title.get(lang) or dataset.title.get("")
        if title:
            yield _triple(service, RDFS.label, Literal(f"SPARQL: {title}", language=lang))
    yield _triple(service, RDFS.seeAlso, NamedNode(f"{address}/.well-known/void"))
    yield _triple(service, SD.defaultDataset, whole)
    yield _triple(service, SD.availableGraphs, whole)
    yield _triple(whole, RDF.type, SD.Dataset)
    yield _triple(whole, RDF.type, SD.GraphCollection)
    yield _triple(whole, SD.defaultGraph, default)
    yield _triple(default, RDF.type, SD.Graph)
    yield _triple(default, RDF.type, VOID.Dataset)
    yield from _totals(store, dataset, default)
    for number, (graph, triples) in enumerate(_named_graphs(store)):
        named, content = BlankNode(f"named-{number}"), BlankNode(f"graph-{number}")
        yield _triple(whole, SD.namedGraph, named)
        yield _triple(named, RDF.type, SD.NamedGraph)
        yield _triple(named, SD.name, graph)
        yield _triple(named, SD.graph, content)
        yield _triple(content, RDF.type, SD.Graph)
        yield _triple(content, VOID.triples, triples)


def _dataset(store: Store, dataset: Dataset, address: str) -> Iterator[Triple]:
    whole, service = NamedNode(dataset.iri), NamedNode(f"{address}/sparql")
    document = NamedNode(f"{address}/.well-known/void")
    yield _triple(document, RDF.type, VOID.DatasetDescription)
    yield _triple(document, FOAF.primaryTopic, whole)
    yield from _said(store, dataset)
    for kind in (VOID.Dataset, DCAT.Dataset):
        yield _triple(whole, RDF.type, kind)
    yield _triple(whole, VOID.sparqlEndpoint, service)
    yield _triple(whole, DCAT.landingPage, NamedNode(f"{address}/"))
    yield _triple(whole, FOAF.homepage, NamedNode(f"{address}/"))
    for lang in LANGUAGES:
        yield _triple(whole, DCTERMS.language, NamedNode(_LANGUAGES[lang]))
    used = [solution["p"] for solution in _rows(store, _PROPERTIES)]
    for prefix, namespace in PREFIXES.items():
        if any(term.value.startswith(namespace) for term in used) and prefix != "void":
            yield _triple(whole, VOID.vocabulary, NamedNode(namespace))
    for solution in _rows(store, _EXAMPLE):
        if isinstance(solution["example"], NamedNode):
            yield _triple(whole, VOID.exampleResource, solution["example"])
    yield _triple(service, RDF.type, DCAT.DataService)
    yield _triple(service, DCAT.endpointURL, service)
    yield _triple(service, DCAT.endpointDescription, service)
    yield _triple(service, DCAT.servesDataset, whole)
    yield _triple(service, DCTERMS.conformsTo, _PROTOCOL)
    for lang, text in dataset.title.items():
        yield _triple(service, DCTERMS.title, Literal(f"SPARQL: {text}", language=lang or None))
    if dataset.licence:
        yield _triple(service, DCTERMS.license, NamedNode(dataset.licence))
    yield from _distributions(dataset, address, whole, service)


def _distributions(
    dataset: Dataset, address: str, whole: NamedNode, service: NamedNode
) -> Iterator[Triple]:
    content = NamedNode(f"{address}/graphs?default")
    yield _triple(whole, VOID.dataDump, content)
    for syntax in _GRAPHS:
        name = syntax.name
        part = NamedNode(f"{dataset.iri}/distribution/{syntax.file_extension}")
        yield _triple(whole, DCAT.distribution, part)
        yield _triple(part, RDF.type, DCAT.Distribution)
        for lang, text in dataset.title.items():
            yield _triple(part, DCTERMS.title, Literal(f"{text} ({name})", language=lang or None))
        if dataset.licence:
            yield _triple(part, DCTERMS.license, NamedNode(dataset.licence))
        yield _triple(part, DCAT.mediaType, _IANA + syntax.media_type)
        yield _triple(part, DCTERMS["format"], _name(syntax))
        yield _triple(part, DCAT.accessURL, content)
        yield _triple(part, DCAT.accessService, service)


def _said(store: Store, dataset: Dataset) -> Iterator[Triple]:
    """What ``graph:meta`` says of the data set, of its publisher and of its parts."""
    found = store.query(f"""
        CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{META}> {{
          {{ VALUES ?s {{ <{dataset.iri}> }} ?s ?p ?o }}
          UNION {{ <{dataset.iri}> <{VOID.classPartition}>|<{VOID.subset}> ?s . ?s ?p ?o
                   FILTER(STRSTARTS(STR(?p), "{VOID.base}") || ?p = <{RDF.type}>
                          || ?p = <{DCTERMS.title}>) }}
          UNION {{ <{dataset.iri}> <{DCTERMS.publisher}> ?s . ?s ?p ?o }}
        }} }}""")
    assert isinstance(found, QueryTriples)
    for triple in found:
        yield triple
        if triple.predicate.value == SKOS.prefLabel:  # what readers of DCAT look for
            yield Triple(triple.subject, NamedNode(FOAF.name), triple.object)


def _totals(store: Store, dataset: Dataset, about: BlankNode) -> Iterator[Triple]:
    for term in _TOTALS:
        for quad in store.quads(NamedNode(dataset.iri), NamedNode(term)):
            yield Triple(about, quad.predicate, quad.object)


def _named_graphs(store: Store) -> Iterator[tuple[NamedNode, Literal]]:
    for solution in _rows(store, _NAMED_GRAPHS):
        yield solution["g"], solution["n"]


def _rows(store: Store, query: str) -> QuerySolutions:
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return found


def _name(syntax: RdfFormat) -> str:
    return _JSON_LD if syntax == RdfFormat.JSON_LD else syntax.iri


def _triple(subject: NamedNode | BlankNode, predicate: str, about: _Object) -> Triple:
    value = NamedNode(about) if isinstance(about, str) else about
    return Triple(subject, NamedNode(predicate), value)
