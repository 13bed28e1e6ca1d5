"""Every term that is used is declared, and every own term is used."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from filiera.build import build
from filiera.facts.dataset import Dataset
from filiera.store import MemoryStore
from filiera.vocabulary import FIL, ORG, RDF, concept
from tests.ontology.sources import ONTOLOGY
from tests.ontology.terms import (
    CONCEPT,
    DATA,
    declared,
    in_python,
    in_sparql,
    in_turtle,
    used,
)

TERMS = declared()
USED = list(used())


def undeclared(iri: str) -> bool:
    """Whether an IRI lies in a namespace of terms without being one of them."""
    if iri.startswith(DATA):
        return False
    for namespace, names in TERMS.items():
        if iri.startswith(namespace) and iri != namespace:
            return iri.removeprefix(namespace) not in names
    return False


def test_every_term_that_is_used_is_declared() -> None:
    assert {(iri, place) for iri, place in USED if undeclared(iri)} == set()


def test_every_own_term_is_used() -> None:
    uses = {iri.removeprefix(FIL.base) for iri, place in USED if place != "filiera.ttl"}
    assert TERMS[FIL.base] - uses == set()


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    built = MemoryStore()
    build(Dataset.find(), built)
    return built


def test_the_graph_uses_declared_terms_only(store: MemoryStore) -> None:
    terms = {quad.predicate.value for quad in store.quads()}
    for quad in store.quads():
        match quad.object:
            case NamedNode(value=iri) if quad.predicate.value == RDF.type or CONCEPT in iri:
                terms.add(iri)
            case Literal(datatype=datatype):
                terms.add(datatype.value)
    assert {iri for iri in terms if undeclared(iri)} == set()


def test_the_graph_knows_the_vocabulary_of_every_property(store: MemoryStore) -> None:
    properties = {quad.predicate.value for quad in store.quads()}
    assert {iri for iri in properties if not iri.startswith(tuple(TERMS))} == set()


@pytest.mark.parametrize(
    "iri",
    [FIL.nonsense, ORG.president, "http://www.w3.org/2004/02/skos/core#label"],
)
def test_a_term_that_does_not_exist_is_noticed(iri: str) -> None:
    assert undeclared(iri)


def test_terms_are_found_in_python() -> None:
    code = '''
"""The docstring names fil:nothing."""
class A:
    """Nor here: ``fil:nothing``."""
one = (FIL.memberOf, FIL["from"], FIL.base, OTHER.thing, concept("status", "existing"))
query = f"SELECT * {{ ?a fil:feeds/fil:stageOf ?b . ?b <{ORG.member}> ?c }}"
'''
    assert in_python(code) == {
        FIL.memberOf,
        FIL["from"],
        FIL.feeds,
        FIL.stageOf,
        ORG.member,
        concept("status", "existing"),
    }


def test_terms_are_found_in_sparql() -> None:
    query = """#+ title: fil:nothing
PREFIX relation: <https://w3id.org/filiera/concept/relation/>
# fil:nothing
SELECT ?label WHERE {
  ?tie fil:relation relation:supplies ; a <https://w3id.org/filiera/ontology#Tie> .
  ?tie concept:relation\\/supplies "fil:nothing" .
}"""
    assert in_sparql(query) == {
        FIL.relation,
        FIL.Tie,
        concept("relation", "supplies"),
    }


def test_terms_are_found_in_turtle() -> None:
    found = in_turtle(ONTOLOGY / "filiera.ttl")
    assert {FIL.Fact, ORG.Membership, RDF.type} <= found
    # Declared there and nowhere used there.
    assert FIL.memberOf not in found
