"""Linked data over real HTTP: from the address of an IRI to its page and its data."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote, urlsplit

import httpx
import pytest
import rdflib
from pyoxigraph import NamedNode

import filiera
from filiera.facts.dataset import Dataset
from filiera.server.limits import Limits
from filiera.server.linked_jobs import described
from filiera.server.links import links_of
from filiera.views.addresses import path_of
from filiera.views.card_template import card_policy
from filiera.views.ontology_page import ontology_policy
from filiera.views.rdf_context import context
from filiera.views.rdf_formats import FORMATS
from filiera.vocabulary import BASE, RDF

from .conftest import RunningServer

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
IRIS = "https://w3id.org/filiera/"
PARSERS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "trig": "trig"}


def lead(server: RunningServer, path: str, accept: str) -> httpx.Response:
    return server.client.get(path, headers={"accept": accept, "accept-language": "en"})


@pytest.mark.parametrize(
    ("accept", "goal"),
    [
        (BROWSER, "/page/id/manz-italy"),
        ("*/*", "/page/id/manz-italy"),
        ("text/turtle", "/rdf/id/manz-italy.ttl"),
        ("application/ld+json", "/rdf/id/manz-italy.jsonld"),
        ("application/json", "/rdf/id/manz-italy.jsonld"),
        ("application/n-triples", "/rdf/id/manz-italy.nt"),
        ("application/rdf+xml", "/rdf/id/manz-italy.rdf"),
        ("application/trig", "/rdf/id/manz-italy.trig"),
        ("text/html;q=0.5, text/turtle;q=0.9", "/rdf/id/manz-italy.ttl"),
        ("image/png, application/*;q=0.1", "/rdf/id/manz-italy.jsonld"),
    ],
)
def test_an_iri_leads_to_what_is_asked_for(server: RunningServer, accept: str, goal: str) -> None:
    answer = lead(server, "/id/manz-italy", accept)
    assert answer.status_code == 303
    assert answer.headers["location"] == goal
    assert "Accept" in answer.headers["vary"].split(", ")
    assert f'<{IRIS}id/manz-italy>; rel="canonical"' in answer.headers["link"]
    assert '</rdf/id/manz-italy.nt>; rel="describedby"' in answer.headers["link"]


@pytest.mark.parametrize(
    ("path", "page", "turtle"),
    [
        ("/graph/seed-2020-07", "/page/graph/seed-2020-07", "/rdf/graph/seed-2020-07.ttl"),
        ("/graph/derived", "/page/graph/derived", "/rdf/graph/derived.ttl"),
        ("/id/place%2Fmodena", "/page/id/place/modena", "/rdf/id/place/modena.ttl"),
        ("/ontology", "/page/ontology", "/rdf/ontology.ttl"),
        ("/ontology/0.1.0", "/page/ontology", "/rdf/ontology.ttl"),
        ("/shapes", "/page/ontology#shapes", "/rdf/shapes.ttl"),
        ("/concept/kind", "/page/ontology#concept/kind", "/rdf/concept/kind.ttl"),
        (
            "/concept/kind/company",
            "/page/ontology#concept/kind/company",
            "/rdf/concept/kind/company.ttl",
        ),
    ],
)
def test_sources_terms_and_concepts_have_addresses_too(
    server: RunningServer, path: str, page: str, turtle: str
) -> None:
    assert lead(server, path, BROWSER).headers["location"] == page
    assert lead(server, path, "text/turtle").headers["location"] == turtle
    kept = lead(server, f"{path}?lang=it", BROWSER).headers["location"]
    assert kept == page.replace("#", "?lang=it#") if "#" in page else f"{page}?lang=it"


def test_where_no_format_fits_the_ones_on_offer_are_told(server: RunningServer) -> None:
    answer = lead(server, "/id/manz-italy", "image/png, text/turtle;q=0")
    assert answer.status_code == 406
    assert "text/html, text/turtle, application/ld+json" in answer.text
    assert "Accept" in answer.headers["vary"]


def test_what_is_not_there_is_told_in_the_way_that_is_asked_for(server: RunningServer) -> None:
    page = lead(server, "/id/manz-itali", BROWSER)
    assert page.status_code == 404
    assert "<h1>Nothing at this address</h1>" in page.text
    assert 'href="/page/id/manz-italy"' in page.text
    for answer in (
        lead(server, "/id/manz-itali", "text/turtle"),
        server.client.get("/rdf/id/manz-itali.ttl?lang=en"),
    ):
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert f"Nothing is said of <{IRIS}id/manz-itali> here." in answer.text
        assert "  /id/manz-italy  Manz Italy" in answer.text
    italian = server.client.get("/rdf/id/manz-itali.ttl?lang=it").text
    assert italian.startswith(
        f"Di <{IRIS}id/manz-itali> qui non si dice nulla.\nI nomi più vicini:"
    )
    wrong = server.client.get("/rdf/id/manz-italy.doc?lang=en")
    assert (wrong.status_code, wrong.text) == (
        404,
        "Data ends in .ttl, .jsonld, .nt, .rdf, .trig.\n",
    )


def test_what_is_no_concept_is_told_in_the_other_language_too(server: RunningServer) -> None:
    page = lead(server, "/concept/kind/no-such-kind", BROWSER).text
    assert 'href="/concept/kind/no-such-kind?lang=it"' in page
    other = lead(server, "/concept/kind/no-such-kind?lang=it", BROWSER)
    assert other.status_code == 404
    assert "Nulla a questo indirizzo" in other.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/%ff", "/id/%00", "/id/", "/graph/", "/concept/", "/concept/kind/x", "/ontology/9.9",
        "/id/a%20b%22%3E%7D%20UNION%20%7B", "/id/" + "x" * 4000, "/id/caff%C3%A8",
    ],
)  # fmt: skip
def test_odd_addresses_are_not_found_and_harm_nothing(server: RunningServer, path: str) -> None:
    for accept in (BROWSER, "text/turtle"):
        answer = lead(server, path, accept)
        assert answer.status_code == 404
        assert "<script" not in answer.text
    assert server.client.get(f"/rdf{path}.ttl").status_code == 404


def test_data_is_kept_by_whoever_has_it_and_open_to_all(server: RunningServer) -> None:
    first = server.client.get("/rdf/id/sacmi.ttl")
    assert first.headers["content-type"] == "text/turtle; charset=utf-8"
    assert first.headers["access-control-allow-origin"] == "*"
    tag = first.headers["etag"]
    again = server.client.get("/rdf/id/sacmi.ttl", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["access-control-allow-origin"] == "*"
    head = server.client.head("/rdf/id/sacmi.ttl")
    assert (head.headers["etag"], head.content) == (tag, b"")
    assert head.headers["content-length"] == first.headers["content-length"]
    assert server.client.head("/id/sacmi", headers={"accept": "text/turtle"}).status_code == 303
    other = server.client.get("/rdf/id/sacmi.nt", headers={"if-none-match": tag})
    assert other.status_code == 200


def test_links_tell_of_the_thing_and_of_the_other_formats(server: RunningServer) -> None:
    for path, here in (("/rdf/id/sacmi.ttl", "ttl"), ("/page/id/sacmi", "html")):
        found = httpx.Response(200, headers=server.client.get(path).headers)
        relations = {
            (kind, rel)
            for _, rel, kind in re.findall(
                r'<([^>]*)>; rel="(\w+)"(?:; type="([^"]*)")?', found.headers["link"]
            )
        }
        assert ("", "canonical") in relations
        others = {form.media_type for ending, form in FORMATS.items() if ending != here}
        assert {kind for kind, rel in relations if rel == "alternate"} == (
            others | ({"text/html"} if here != "html" else set())
        )
        assert (("text/turtle", "describedby") in relations) == (here == "html")
        assert (("", "describes") in relations) == (here == "ttl")
    assert "%C3%A8" in links_of(Dataset.find(), f"{IRIS}id/caffè")


def test_the_context_is_published_for_all(server: RunningServer) -> None:
    answer = server.client.get("/context.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "max-age=86400" in answer.headers["cache-control"]
    assert answer.json() == {"@context": context()}
    tag = {"if-none-match": answer.headers["etag"]}
    assert server.client.get("/context.jsonld", headers=tag).status_code == 304


def served_graph(server: RunningServer, path: str, ending: str) -> set[tuple[str, ...]]:
    """Triples that rdflib reads at an address; it fetches the context from there, too."""
    address = f"{server.address.rstrip('/')}/rdf/{path}.{ending}"
    found: rdflib.Graph = rdflib.Graph()
    if ending == "jsonld":
        found.parse(address, format="json-ld")
    elif ending == "trig":
        named = rdflib.Dataset()
        named.parse(data=server.client.get(address).content, format="trig")
        for subject, predicate, value, _ in named.quads():
            found.add((subject, predicate, value))
    else:
        found.parse(data=server.client.get(address).content, format=PARSERS[ending])
    return {tuple(term.n3() for term in triple) for triple in found}


@pytest.mark.parametrize("path", ["id/manz-italy", "concept/status", "graph/seed-2020-07"])
def test_readers_find_the_same_in_every_format(server: RunningServer, path: str) -> None:
    expected = served_graph(server, path, "nt")
    assert len(expected) > 50
    for ending in FORMATS.keys() - {"nt"}:
        assert served_graph(server, path, ending) == expected, ending


def samples(ecosystem: filiera.Ecosystem) -> list[str]:
    """IRIs of ours: of each class one, and the last of each kind of address."""
    found: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for quad in ecosystem.store.graph_quads():
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, NamedNode) and term.value.startswith(BASE):
                iri = term.value
                kinds["/".join(iri.removeprefix(BASE).split("#")[0].split("/")[:2])] = iri
        if quad.predicate.value == RDF.type and str(quad.subject).startswith(f"<{BASE}"):
            found.setdefault(str(quad.object), str(quad.subject).strip("<>"))
    spaces = {iri for kind, iri in kinds.items() if kind.startswith("id/") and "/" in kind[3:]}
    concepts = [iri for kind, iri in kinds.items() if kind.startswith("concept/")]
    assert len(found) > 30
    assert len(concepts) > 20
    return sorted({*found.values(), *spaces, *concepts[::7], kinds["ontology"]})


def test_every_iri_of_ours_resolves(server: RunningServer, ecosystem: filiera.Ecosystem) -> None:
    """One of every class, one of every kind of address: to a page and to data that names it."""
    iris = samples(ecosystem)
    assert len(iris) > 35
    for number, iri in enumerate(iris):
        path = path_of(ecosystem.dataset, iri)
        if number % 3 == 0:  # the pages have tests of their own
            page = lead(server, f"/{path}", BROWSER)
            assert page.status_code == 303, iri
            assert server.client.get(page.headers["location"]).status_code == 200, iri
        ending = list(FORMATS)[number % len(FORMATS)]
        data = lead(server, f"/{path}", FORMATS[ending].media_type)
        assert data.headers["location"].endswith(f".{ending}"), iri
        found = server.client.get(data.headers["location"])
        assert found.status_code == 200, iri
        assert found.headers["content-type"].startswith(FORMATS[ending].media_type), iri
        assert iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1] in found.text, iri


def test_former_ids_lead_to_the_present_ones(server: RunningServer) -> None:
    former, present = "id/place/villafranca", "id/place/villafranca-di-verona"
    for path, goal in (
        (f"/{former}", f"/{present}"),
        (f"/{former}?lang=it", f"/{present}?lang=it"),
        (f"/page/{former}", f"/page/{present}"),
        (f"/page/{former}?lang=it", f"/page/{present}?lang=it"),
        *((f"/rdf/{former}.{ending}", f"/rdf/{present}.{ending}") for ending in FORMATS),
        (
            "/id/seat/sovema-group--villafranca",
            "/id/seat/sovema-group--villafranca-di-verona",
        ),
    ):
        answer = server.client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (301, goal)
        assert server.client.get(goal, follow_redirects=True).status_code == 200
    told = server.client.get(f"/rdf/{present}.nt").text
    assert f"<{IRIS}{former}> <http://purl.org/dc/terms/isReplacedBy> <{IRIS}{present}>" in told


LINK = re.compile(r'(?:href|src)="([^"]+)"')


@pytest.mark.parametrize(
    "path",
    ["/page/ontology?lang=it", "/page/id/bercella?lang=en", "/page/graph/fama-about", "/page/id/x"],
)
def test_no_link_of_a_page_is_broken_or_takes_a_detour(server: RunningServer, path: str) -> None:
    html = server.client.get(path).text
    own = f"{urlsplit(path).path}"
    anchors = {own: set(re.findall(r'\bid="([^"]+)"', html))}
    links = sorted({link.replace("&amp;", "&") for link in LINK.findall(html)})
    few = 40  # of very many of one kind some will do
    for number, link in enumerate(links):
        if len(links) > 4 * few and not link.startswith("#") and number % (len(links) // few):
            continue
        parts = urlsplit(link)
        if parts.scheme or parts.path == "/":
            continue
        target = parts.path or own
        if target not in anchors:
            answer = server.client.get(f"{parts.path}?{parts.query}")
            assert answer.status_code == 200 or own == "/page/id/x", (link, answer.status_code)
            anchors[target] = set(re.findall(r'\bid="([^"]+)"', answer.text))
        if parts.fragment and target != "/":
            assert unquote(parts.fragment) in anchors[target], link


def test_the_ontology_has_a_page_in_both_languages(server: RunningServer) -> None:
    for lang, title in (("it", "Ontologia di Filiera"), ("en", "Filiera ontology")):
        answer = server.client.get(f"/page/ontology?lang={lang}")
        assert f"<h1>{title}</h1>" in answer.text
        assert answer.headers["content-language"] == lang
        assert answer.headers["content-security-policy"] == ontology_policy()
        assert re.search(rf'href="/page/id/[a-z-]+\?lang={lang}"', answer.text)
    tag = answer.headers["etag"]
    known = server.client.get("/page/ontology?lang=en", headers={"if-none-match": tag})
    assert known.status_code == 304
    assert ontology_policy() != card_policy()


def test_a_page_tells_search_engines_what_it_is_of(server: RunningServer) -> None:
    html = server.client.get("/page/id/bercella?lang=it").text
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    told = json.loads(block)
    assert told["@id"] == f"{IRIS}id/bercella"
    assert "Organization" in told["@type"]
    assert told["name"] == "Bercella"
    assert told["url"] == "https://bercella.it"
    assert told["foundingDate"] == "1996"
    assert told["address"]["addressLocality"] == "Varano de' Melegari"
    assert told["address"]["addressCountry"] == "Italia"
    assert told["memberOf"]["@id"] == f"{IRIS}id/clust-er-mech"


def test_data_that_is_too_large_says_so(ecosystem: filiera.Ecosystem) -> None:
    job = {"path": "id/sacmi", "ending": "ttl", "lang": "en"}
    answer = described(ecosystem, job, Limits(result_mb=0))
    assert answer.status == 503
    assert "raise the setting FILIERA_RESULT_MB" in answer.body.decode()
    assert described(ecosystem, job, Limits()).status == 200
