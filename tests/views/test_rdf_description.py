"""The data of a thing: what belongs to it, in the words of schema.org too, in every format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import rdflib
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

import filiera
from filiera.views.addresses import ONTOLOGY_IRI, SHAPES_IRI, data_address, iri_at, page_address
from filiera.views.rdf_context import context
from filiera.views.rdf_description import description
from filiera.views.rdf_formats import FORMATS, written
from filiera.views.structured_data import structured_data
from filiera.vocabulary import DCTERMS, FIL, GRAPH, ID, ORG, RDF, SCHEMA, SKOS
from tests.conftest import TABLES, MakeDataset

TODAY = date(2026, 11, 22)
PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml", "trig": "trig"}

SMALL = {
    "organisations": """\
id,name,kind,place,founded,website,activity_en,source
acme,Acme,company,bologna,1999,https://acme.example,Makes things,page-a
acme,ACME S.p.A.,,italia,2001,,,page-b
bolt,Bolt,university,,[1999..2001],,,page-a
cluster,Cluster,cluster,,2017-05,,,page-a
""",
    "names": """\
organisation,name,kind,source
acme,Acme Works S.p.A.,legal,page-a
acme,The Acme,variant,page-b
""",
    "memberships": TABLES["memberships"]
    .replace("start,as_of", "start,end,as_of")
    .replace("2020-07-31],,", "2020-07-31],,,")
    .replace("2020,,page-b", "2020,,,page-b")
    + "bolt,cluster,2018,2020-06,,page-a,\n",
}


@pytest.fixture
def small(make_dataset: MakeDataset) -> Iterator[filiera.Ecosystem]:
    with filiera.open_graph(make_dataset(**SMALL).folder, lang="en") as opened:
        yield opened


def quads_of(ecosystem: filiera.Ecosystem, iri: str) -> list[Quad]:
    return description(ecosystem.store, ecosystem.dataset, iri, TODAY)


def said(quads: list[Quad], subject: str, predicate: str) -> set[str]:
    node, name = NamedNode(subject), NamedNode(predicate)
    return {
        str(getattr(quad.object, "value", ""))
        for quad in quads
        if quad.subject == node and quad.predicate == name
    }


def test_a_thing_comes_with_its_facts_and_who_states_them(small: filiera.Ecosystem) -> None:
    quads = quads_of(small, ID.acme)
    member = ID["membership/acme--cluster"]
    assert said(quads, member, ORG.organization) == {ID.cluster}
    assert said(quads, member, DCTERMS.source) == {GRAPH["page-a"], GRAPH["page-b"]}
    assert said(quads, ID["tie/acme--supplies--bolt"], FIL.to) == {ID.bolt}
    assert said(quads, ID.acme, DCTERMS.source) == {
        GRAPH["page-a"], GRAPH["page-b"], GRAPH.editorial
    }  # fmt: skip
    assert said(quads, GRAPH["page-a"], DCTERMS.title) == {"Page A"}
    assert said(quads, GRAPH["page-a"], SCHEMA.url) == {"https://example.org/a"}
    assert said(quads, ID.bolt, FIL.partnerOf) == {ID.acme}
    assert said(quads, ID.bolt, SKOS.prefLabel) == {"Bolt"}
    of_bolt = said(quads, ID["membership/bolt--cluster"], ORG.member)
    assert of_bolt == set(), "a fact that is not about it"


def test_every_statement_about_it_is_there_in_its_graph(small: filiera.Ecosystem) -> None:
    node = NamedNode(ID.acme)
    quads = set(quads_of(small, ID.acme))
    stored = {
        quad
        for quad in small.store.graph_quads()
        if node in (quad.subject, quad.object) and quad.graph_name != DefaultGraph()
    }
    assert len(stored) >= 30
    assert stored <= quads


def test_the_order_is_that_of_reading_and_always_the_same(small: filiera.Ecosystem) -> None:
    quads = quads_of(small, ID.acme)
    assert quads == quads_of(small, ID.acme)
    assert len(quads) == len(set(quads))
    assert quads[0].subject == NamedNode(ID.acme)


def test_nothing_is_said_of_what_is_not_there(small: filiera.Ecosystem) -> None:
    assert quads_of(small, ID.nobody) == []


def test_an_organisation_is_told_in_the_words_of_schema_org(small: filiera.Ecosystem) -> None:
    quads = quads_of(small, ID.acme)

    def word(name: str) -> set[str]:
        return said(quads, ID.acme, SCHEMA[name])

    assert SCHEMA.Organization in said(quads, ID.acme, RDF.type)
    assert word("name") == {"Acme"}
    assert word("alternateName") == {"ACME S.p.A.", "Acme Works S.p.A.", "The Acme"}
    assert word("legalName") == {"Acme Works S.p.A."}
    assert word("url") == {"https://acme.example"}
    assert word("description") == {"Makes things"}
    assert word("foundingDate") == {"1999", "2001"}, "sources disagree"
    assert word("memberOf") == {ID.cluster}
    assert word("location") == {ID["place/bologna"]}, "Italy is said by the town"
    (address,) = word("address")
    assert said(quads, address, SCHEMA.addressLocality) == {"Bologna"}
    assert said(quads, address, SCHEMA.addressCountry) == {"Italia"}


def test_what_is_over_or_vague_is_not_told_as_if_it_held(small: filiera.Ecosystem) -> None:
    quads = quads_of(small, ID.bolt)
    assert said(quads, ID.bolt, FIL.memberOf) == {ID.cluster}
    assert said(quads, ID.bolt, SCHEMA.memberOf) == set()
    assert said(quads, ID.bolt, SCHEMA.foundingDate) == set()
    assert SCHEMA.CollegeOrUniversity in said(quads, ID.bolt, RDF.type)
    assert said(quads_of(small, ID.cluster), ID.cluster, SCHEMA.member) == {ID.acme}


def test_the_block_in_a_page_says_the_same(small: filiera.Ecosystem) -> None:
    told = json.loads(structured_data(small, ID.acme, "en", TODAY))
    assert told["@context"] == "https://schema.org"
    assert told["@type"] == ["Corporation", "Organization"]
    assert told["address"]["addressLocality"] == "Bologna"
    cluster = {"@type": "Organization", "@id": ID.cluster, "name": "Cluster"}
    assert told["memberOf"] == cluster
    assert told["foundingDate"] == ["1999", "2001"]
    assert structured_data(small, ID["membership/acme--cluster"], "en", TODAY) == ""


def test_of_what_a_crowd_points_to_a_page_tells_the_essentials(
    small: filiera.Ecosystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = json.loads(structured_data(small, ID.cluster, "en", TODAY))
    assert whole["member"]["@id"] == ID.acme
    monkeypatch.setattr("filiera.views.structured_data._CROWD", 2)
    told = json.loads(structured_data(small, ID.cluster, "en", TODAY))
    assert told["name"] == "Cluster"
    assert "member" not in told


def graph_of(text: bytes, ending: str) -> rdflib.Graph:
    if ending == "jsonld":
        text = json.dumps({**json.loads(text), "@context": context()}).encode()
    if ending != "trig":
        return rdflib.Graph().parse(data=text, format=PARSERS[ending])
    merged = rdflib.Graph()
    for subject, predicate, value, _ in rdflib.Dataset().parse(data=text, format="trig").quads():
        merged.add((subject, predicate, value))
    return merged


def canonical(graph: rdflib.Graph) -> Dataset:
    """Triples with their blank nodes named alike: equal for isomorphic graphs."""
    text = graph.serialize(format="nt")
    found = Dataset(parse(text, format=RdfFormat.N_TRIPLES))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found


@pytest.mark.parametrize(
    "path",
    [
        "id/manz-italy",
        "id/membership/arco-fuel-cells--clust-er-mech",
        "id/place/modena",
        "id/place/villafranca",
        "id/dataset/clust-er-mech",
        "graph/seed-2020-07",
        "concept/relation",
        "concept/kind/company",
        "ontology",
        "shapes",
    ],
)
def test_every_format_says_the_same(ecosystem: filiera.Ecosystem, path: str) -> None:
    quads = quads_of(ecosystem, iri_at(ecosystem.dataset, path))
    texts = {ending: written(quads, ending, ecosystem.dataset) for ending in FORMATS}
    expected = graph_of(texts["nt"], "nt")
    assert len(expected) == len({quad.triple for quad in quads}) > 0
    for ending in FORMATS.keys() - {"nt"}:
        assert canonical(graph_of(texts[ending], ending)) == canonical(expected), ending


def test_trig_keeps_who_says_what(small: filiera.Ecosystem) -> None:
    text = written(quads_of(small, ID.acme), "trig", small.dataset)
    named = rdflib.Dataset().parse(data=text, format="trig")
    node = rdflib.URIRef(ID["membership/acme--cluster"])
    graphs = {str(graph) for _, _, _, graph in named.quads((node, rdflib.RDF.type, None, None))}
    assert graphs == {GRAPH["page-a"], GRAPH["page-b"]}


def test_prefixes_are_declared_where_they_are_used(small: filiera.Ecosystem) -> None:
    turtle = written(quads_of(small, ID.acme), "ttl", small.dataset).decode()
    lines = turtle.splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes) == lines[: len(prefixes)]
    assert "@prefix org: <http://www.w3.org/ns/org#> ." in prefixes
    assert not any("dcat:" in line for line in prefixes)
    assert f"<{ID.base}" not in turtle.split("\n", len(prefixes))[-1]


def test_json_ld_names_the_context_and_begins_with_the_thing(small: filiera.Ecosystem) -> None:
    document = json.loads(written(quads_of(small, ID.acme), "jsonld", small.dataset))
    assert document["@context"] == "/context.jsonld"
    thing: dict[str, Any] = document["@graph"][0]
    assert thing["id"] == ID.acme
    assert thing["type"] == ["Corporation", "Organization", "org:Organization"]
    assert thing["name"] == "Acme"
    assert thing["foundingDate"] == ["1999", "2001"]
    assert thing["memberOf"] == thing["fil:memberOf"] == ID.cluster
    dates = next(n for n in document["@graph"] if n["id"] == ID["membership/acme--cluster"])
    assert dates["startEarliest"] == "2020-01-01"
    assert set(dates["dcterms:source"]) == {GRAPH["page-a"], GRAPH["page-b"]}


def test_the_context_has_a_word_for_every_term_of_ours(ecosystem: filiera.Ecosystem) -> None:
    meant = {
        value if isinstance(value, str) else value.get("@id")
        for value in context().values()
        if not isinstance(value, float)
    }
    ours = {
        quad.subject.value
        for quad in quads_of(ecosystem, ONTOLOGY_IRI)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(FIL.base)
    }
    assert len(ours) > 90
    assert {f"fil:{iri.removeprefix(FIL.base)}" for iri in ours} <= meant
    assert context()["memberOf"]["@id"] == "schema:memberOf"


def test_a_data_set_of_its_own_base_is_told_at_its_own_addresses(
    make_dataset: MakeDataset,
) -> None:
    folder = make_dataset().folder
    path = folder / "dataset.toml"
    path.write_text('base = "https://example.org/c/"\n' + path.read_text())
    ecosystem = filiera.open_graph(folder, lang="en")
    iri = iri_at(ecosystem.dataset, "id/acme")
    assert iri == "https://example.org/c/id/acme"
    assert page_address(ecosystem.dataset, iri) == "/page/id/acme"
    derived = iri_at(ecosystem.dataset, "graph/derived")
    assert derived == GRAPH.derived
    assert data_address(ecosystem.dataset, derived, "nt") == "/rdf/graph/derived.nt"
    assert data_address(ecosystem.dataset, ID.acme, "nt") == "", "a thing of another data set"
    assert data_address(ecosystem.dataset, SHAPES_IRI, "ttl") == "/rdf/shapes.ttl"
    turtle = written(quads_of(ecosystem, iri), "ttl", ecosystem.dataset).decode()
    assert "@prefix id: <https://example.org/c/id/> ." in turtle
