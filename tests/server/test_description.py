"""What the server says of itself and of its data, as RDF."""

from __future__ import annotations

import httpx
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, VOID, URIRef

from filiera.vocabulary import GRAPH, ID, ORG, SKOS

from .conftest import RunningServer

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = rdflib.Namespace("http://www.w3.org/ns/formats/")
DATASET = URIRef(f"{ID.base}dataset/clust-er-mech")
SYNTAXES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def _parsed(answer: httpx.Response) -> rdflib.Graph:
    assert answer.status_code == 200
    syntax = SYNTAXES[answer.headers["content-type"].split(";")[0]]
    return rdflib.Graph().parse(data=answer.text, format=syntax)


def _number(server: RunningServer, query: str) -> int:
    (row,) = server.ask(query).json()["results"]["bindings"]
    return int(row["n"]["value"])


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_it_comes_in_every_format_and_is_the_same_in_all(server: RunningServer, path: str) -> None:
    graphs = [
        _parsed(server.client.get(path, headers={"accept": media_type})) for media_type in SYNTAXES
    ]
    assert {len(graph) for graph in graphs} == {len(graphs[0])}
    plain = server.client.get(path)
    assert plain.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "Accept" in plain.headers["vary"]
    assert server.client.head(path).headers["content-type"] == plain.headers["content-type"]
    assert server.client.get(path, headers={"accept": "image/png"}).status_code == 406


def test_the_service_describes_itself(server: RunningServer) -> None:
    graph = _parsed(server.client.get("/sparql"))
    service = URIRef(f"{server.address}sparql")
    assert (service, RDF.type, SD.Service) in graph
    assert set(graph.objects(service, SD.endpoint)) == {service}
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(graph.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    names = ["SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV"]
    names += ["SPARQL_Results_TSV", "Turtle", "N-Triples", "RDF_XML", "JSON-LD"]
    assert set(graph.objects(service, SD.resultFormat)) == {FORMATS[name] for name in names}
    assert not set(graph.objects(service, SD.inputFormat))
    assert {label.language for label in graph.objects(service, RDFS.label)} == {"it", "en"}  # type: ignore[attr-defined]


def test_the_service_describes_its_graphs_with_their_counts(server: RunningServer) -> None:
    graph = _parsed(server.client.get("/sparql"))
    (dataset,) = graph.objects(URIRef(f"{server.address}sparql"), SD.defaultDataset)
    (default,) = graph.objects(dataset, SD.defaultGraph)
    (triples,) = graph.objects(default, VOID.triples)
    assert int(str(triples)) > 20_000
    counts = {}
    for named in graph.objects(dataset, SD.namedGraph):
        (name,), (content,) = graph.objects(named, SD.name), graph.objects(named, SD.graph)
        (number,) = graph.objects(content, VOID.triples)
        counts[str(name)] = int(str(number))
    assert len(counts) == _number(
        server, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g {?s ?p ?o} }"
    )
    for iri in (f"{GRAPH.base}seed-2020-07", GRAPH.derived):
        query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
        assert counts[iri] == _number(server, query) > 0


def test_a_writable_service_says_so(writable_server: RunningServer) -> None:
    graph = _parsed(writable_server.client.get("/sparql"))
    service = URIRef(f"{writable_server.address}sparql")
    languages = set(graph.objects(service, SD.supportedLanguage))
    assert languages == {SD.SPARQL11Query, SD.SPARQL11Update}
    assert FORMATS.Turtle in set(graph.objects(service, SD.inputFormat))


def test_a_browser_is_sent_to_a_page(server: RunningServer) -> None:
    for path, page in (("/sparql", "/editor"), ("/.well-known/void", "/")):
        answer = server.client.get(path, headers={"accept": BROWSER})
        assert answer.status_code == 303
        assert answer.headers["location"] == page
        assert "Accept" in answer.headers["vary"]


def test_the_data_set_is_described_for_catalogues(server: RunningServer) -> None:
    graph = _parsed(server.client.get("/.well-known/void"))
    address = server.address
    assert {VOID.Dataset, DCAT.Dataset} <= set(graph.objects(DATASET, RDF.type))
    for term in (DCTERMS.title, DCTERMS.description):
        texts = list(graph.objects(DATASET, term))
        assert sorted(text.language for text in texts) == ["en", "it"]  # type: ignore[attr-defined]
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert set(graph.objects(DATASET, DCTERMS.license)) == {licence}
    (publisher,) = graph.objects(DATASET, DCTERMS.publisher)
    assert [str(name) for name in graph.objects(publisher, FOAF.name)] == ["Filiera"]
    assert set(graph.objects(DATASET, VOID.sparqlEndpoint)) == {URIRef(f"{address}sparql")}
    assert len(set(graph.objects(DATASET, DCTERMS.modified))) == 1
    vocabularies = {str(iri) for iri in graph.objects(DATASET, VOID.vocabulary)}
    assert {ORG.base, SKOS.base} <= vocabularies
    (example,) = graph.objects(DATASET, VOID.exampleResource)
    assert str(example).startswith(ID.base)
    distributions = list(graph.objects(DATASET, DCAT.distribution))
    assert len(distributions) == len(SYNTAXES)
    found = set()
    for distribution in distributions:
        (media_type,) = graph.objects(distribution, DCAT.mediaType)
        (place,) = graph.objects(distribution, DCAT.accessURL)
        (service,) = graph.objects(distribution, DCAT.accessService)
        assert set(graph.objects(distribution, DCTERMS.license)) == {licence}
        assert set(graph.objects(service, DCAT.servesDataset)) == {DATASET}
        assert set(graph.objects(service, DCAT.endpointURL)) == {URIRef(f"{address}sparql")}
        accept = str(media_type).removeprefix("https://www.iana.org/assignments/media-types/")
        answer = httpx.head(str(place), headers={"accept": accept})
        assert answer.headers["content-type"].split(";")[0] == accept
        found.add(accept)
    assert found == set(SYNTAXES)


def test_the_data_set_is_counted(server: RunningServer) -> None:
    graph = _parsed(server.client.get("/.well-known/void"))
    (properties,) = graph.objects(DATASET, VOID.properties)
    assert int(str(properties)) > 80
    firms = [part for part in graph.objects(DATASET, VOID.classPartition)
             if (part, VOID["class"], URIRef(ORG.Organization)) in graph]  # fmt: skip
    (number,) = graph.objects(firms[0], VOID.entities)
    query = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a org:Organization }"
    assert int(str(number)) == _number(server, query)


def test_it_names_the_server_as_it_was_asked_for(server: RunningServer) -> None:
    port = server.client.base_url.port
    graph = _parsed(server.client.get("/sparql", headers={"host": f"localhost:{port}"}))
    service = URIRef(f"http://localhost:{port}/sparql")
    assert (service, RDF.type, SD.Service) in graph
    for host in ("evil.example", "localhost/x", 'localhost"><x'):
        assert server.client.get("/sparql", headers={"host": host}).status_code == 400
