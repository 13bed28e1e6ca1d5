"""The SPARQL page as the server sends it, and what it offers to whoever writes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import filiera
from filiera.ecosystem import Ecosystem
from filiera.server.editor_terms import editor_terms
from filiera.server.jobs import Jobs, editor_job
from filiera.server.limits import Limits
from filiera.store import MemoryStore
from filiera.vocabulary import FIL, ID, ORG, PREFIXES, SKOS
from tests.server.conftest import RunningServer
from tests.small_cluster import small_dataset, small_store


@pytest.fixture(scope="module")
def terms(ecosystem: filiera.Ecosystem) -> dict[str, Any]:
    """What the page gets for the real data, as it gets it."""
    assert isinstance(ecosystem.store, MemoryStore)
    reply = Jobs(ecosystem, ecosystem.store, Limits())(editor_job())
    content: dict[str, Any] = json.loads(reply.body)
    return content


def test_the_page_comes_in_the_language_of_the_visitor_with_its_policy(
    server: RunningServer,
) -> None:
    italian = server.client.get("/editor", headers={"accept-language": "it"})
    english = server.client.get("/editor?lang=en", headers={"accept-language": "it"})
    assert '<h1 data-say="title">Interrogare in SPARQL</h1>' in italian.text
    assert '<h1 data-say="title">Query in SPARQL</h1>' in english.text
    policy = english.headers["content-security-policy"]
    assert "script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    again = server.client.get("/editor?lang=en", headers={"if-none-match": english.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_its_parts_are_kept_for_good(server: RunningServer) -> None:
    parts = re.findall(r'"(assets/[^"]+)"', server.client.get("/editor").text)
    # What each may weigh, compressed (docs/decisions/0018-the-sparql-page.md).
    limits = {"editor_network": 42_000, "editor.js": 172_000, "editor.css": 8_000}
    assert len(parts) == len(limits)
    for part in parts:
        reply = server.client.get(f"/{part}", headers={"accept-encoding": "gzip"})
        name = re.sub(r"assets/(?:(editor_network).*|(editor)-\w+(\.\w+))", r"\1\2\3", part)
        assert int(reply.headers["content-length"]) < limits[name]
        assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
        media_type = "text/css" if part.endswith("css") else "text/javascript"
        assert reply.headers["content-type"].startswith(media_type)


def test_what_it_offers_is_asked_for_once(server: RunningServer) -> None:
    reply = server.client.get("/editor/terms.json")
    assert reply.json()["prefixes"] == PREFIXES
    tag = {"if-none-match": reply.headers["etag"]}
    assert server.client.get("/editor/terms.json", headers=tag).status_code == 304


def test_terms_of_our_own_come_with_their_words_and_reused_ones_too(terms: dict[str, Any]) -> None:
    by_iri = {(term["kind"], term["iri"]): term for term in terms["terms"]}
    member = by_iri["property", FIL.memberOf]
    assert member["label"] == {"it": "aderisce a", "en": "member of"}
    assert member["definition"]["en"].startswith("The body to which an organisation belongs")
    assert member["count"] > 100
    assert by_iri["class", ORG.Organization]["label"]["it"] == "organizzazione"
    assert by_iri["property", SKOS.prefLabel]["count"] > 2000
    own = [term for term in terms["terms"] if term["iri"].startswith(FIL.memberOf[:-8])]
    assert len(own) > 90
    assert all({"it", "en"} == set(term["label"]) == set(term["definition"]) for term in own)


def test_every_question_is_an_example_that_can_be_asked(
    terms: dict[str, Any], ecosystem: filiera.Ecosystem
) -> None:
    assert [example["name"] for example in terms["examples"]] == [
        question.name for question in ecosystem.questions()
    ]
    for example in terms["examples"]:
        for lang in ("it", "en"):
            text = example["sparql"][lang]
            assert text.startswith(f"# {example['title'][lang]}\n")
            assert "#+" not in text
            ecosystem.store.query(text)
    (members,) = [one for one in terms["examples"] if one["name"] == "members-at"]
    assert f"VALUES ?body {{ <{ID['clust-er-mech']}> }}" in members["sparql"]["en"]


def test_an_example_of_another_data_set_is_offered_as_it_is_written() -> None:
    content = editor_terms(Ecosystem(small_store(), small_dataset(), lang="en"))
    for example in content["examples"]:
        small_store().query(example["sparql"]["it"])
    assert content["pages"] == {
        small_dataset().id_base: "page/id/",
        small_dataset().graph_base: "page/graph/",
        "https://w3id.org/filiera/concept/": "page/ontology#concept/",
        "https://w3id.org/filiera/ontology#": "page/ontology#",
    }
