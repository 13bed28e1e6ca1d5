"""rdflib's SPARQLStore: the endpoint as an rdflib graph."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Literal as OneOf

import pytest
from rdflib import RDF, SKOS, Dataset, Graph, Literal, Namespace, URIRef, Variable
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.term import Node

import filiera
from filiera.vocabulary import FIL, ID, ORG, PREFIXES
from tests.clients.wanted import (
    COUNT,
    DESCRIBE_FORLI,
    EVERYTHING,
    FORLI,
    FORLI_NAMES,
    MALFORMED,
    PLACE,
    PLACE_VALUES,
    SOURCE,
    SOURCE_TRIPLES,
    THERE_IS,
)

Method = OneOf["GET", "POST", "POST_FORM"]
METHODS: list[Method] = ["GET", "POST", "POST_FORM"]
NAMES = {Literal("Forlì", "it"), Literal("Forlì", "en")}
SCHEMA = Namespace(PREFIXES["schema"])


def _graph(endpoint: str, method: Method = "GET", form: str = "xml") -> Graph:
    return Graph(SPARQLStore(endpoint, method=method, returnFormat=form))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("form", ["xml", "json", "tsv", "csv"])
def test_select_in_every_format_and_every_way(endpoint: str, method: Method, form: str) -> None:
    (row,) = _graph(endpoint, method, form).query(PLACE).bindings
    found = {name: row[Variable(name)] for name in PLACE_VALUES}
    if form == "csv":  # which has no types
        assert {name: str(term) for name, term in found.items()} == PLACE_VALUES
    else:
        assert found == {
            "label": Literal("Forlì", "it"),
            "code": Literal("040012"),
            "latitude": Literal(Decimal("44.22177")),
            "kind": URIRef(PLACE_VALUES["kind"]),
        }


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("form", ["xml", "json"])
def test_ask(endpoint: str, method: Method, form: str) -> None:
    graph = _graph(endpoint, method, form)
    assert graph.query(THERE_IS % FORLI).askAnswer is True
    assert graph.query(THERE_IS % "http://example.org/nowhere").askAnswer is False


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("form", ["xml", "turtle"])
def test_construct_and_describe(endpoint: str, method: Method, form: str) -> None:
    graph = _graph(endpoint, method, form)
    constructed = graph.query(FORLI_NAMES).graph
    assert constructed is not None
    assert set(constructed) == {(URIRef(FORLI), SKOS.prefLabel, name) for name in NAMES}
    described = graph.query(DESCRIBE_FORLI).graph
    assert described is not None
    assert set(described.objects(URIRef(FORLI), SKOS.prefLabel)) == NAMES


def test_it_reads_as_a_graph(endpoint: str, ecosystem: filiera.Ecosystem) -> None:
    graph = _graph(endpoint)
    known = ecosystem.rdf.default_graph
    forli = URIRef(FORLI)
    assert graph.value(forli, SCHEMA.latitude) == Literal(Decimal("44.22177"))
    assert (forli, RDF.type, SCHEMA.Place) in graph
    assert (forli, RDF.type, URIRef(ORG.Organization)) not in graph
    assert len(graph) == len(known)
    firms = set(graph.subjects(RDF.type, URIRef(ORG.Organization)))
    assert firms == set(known.subjects(RDF.type, URIRef(ORG.Organization)))
    landi = f"{ID.base}landi-renzo"
    triples = ecosystem.query(f"CONSTRUCT WHERE {{ <{landi}> ?p ?o }}")
    assert isinstance(triples, list)
    ours = Graph().parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    assert set(graph.triples((URIRef(landi), None, None))) == set(ours)


def test_bindings_and_prefixes_of_the_caller(endpoint: str) -> None:
    found = _graph(endpoint).query(
        "SELECT ?place WHERE { ?place names:prefLabel ?name }",
        initNs={"names": SKOS},
        initBindings={"name": Literal("Forlì", "it")},
    )
    assert list(found) == [(URIRef(FORLI),)]


def test_named_graphs(endpoint: str, ecosystem: filiera.Ecosystem) -> None:
    store = SPARQLStore(endpoint)
    names: set[Node] = {URIRef(str(context)) for context in store.contexts()}
    assert names == {context.identifier for context in ecosystem.rdf.graphs()} - {
        DATASET_DEFAULT_GRAPH_ID
    }
    assert URIRef(SOURCE) in names
    of_source = Graph(store, identifier=URIRef(SOURCE))
    assert len(of_source) == SOURCE_TRIPLES == len(list(of_source))
    counted = Dataset(store, default_union=True).query(COUNT)
    assert list(counted) == [(Literal(len(Graph(store))),)]


def test_a_large_result_comes_whole(endpoint: str) -> None:
    graph = _graph(endpoint, form="json")
    assert len(set(graph.query(EVERYTHING))) == len(graph) > 20_000


def test_many_at_once(endpoint: str) -> None:
    def name(number: int) -> set[Node]:
        graph = _graph(endpoint, METHODS[number % 3])
        return set(graph.objects(URIRef(FORLI), SKOS.prefLabel))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(name, range(24))) == [NAMES] * 24


def test_a_malformed_query_is_the_client_s_own_error(endpoint: str) -> None:
    with pytest.raises(ValueError, match="formulating either the URI or your SPARQL query"):
        _graph(endpoint).query(MALFORMED)
    refused: object = SPARQLStore(endpoint, method="POST").query(MALFORMED)
    assert refused == (400, "HTTP Error 400: Bad Request", None)


def test_it_is_read_only(endpoint: str) -> None:
    graph = _graph(endpoint)
    with pytest.raises(TypeError, match="read only"):
        graph.add((URIRef(FORLI), RDF.type, URIRef(FIL.Figure)))
