"""Alignments name terms that exist on both sides, and are never part of the graph."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import rdflib

from filiera.facts.concepts import ontology_files
from filiera.vocabulary import ID
from tests.ontology.sources import ROOT, turtle_files
from tests.ontology.terms import CONCEPT, FIL, declared

ALIGNMENTS = turtle_files("alignments")
TERMS = declared()
PATTERNS = {
    "http://www.wikidata.org/entity/": re.compile(r"Q[1-9][0-9]*"),
    "http://data.europa.eu/nuts/code/": re.compile(r"IT([A-Z]([0-9][0-9A-Z]?)?)?"),
}


def known_places() -> set[str]:
    path = ROOT / "graph" / "facts" / "clust-er-mech" / "places.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["id"] for row in csv.DictReader(rows)}


def unknown(iri: str) -> bool:
    """Whether an IRI is of no vocabulary that is known here, or not among its terms."""
    if iri.startswith(ID["place/"]):
        return iri.removeprefix(ID["place/"]) not in known_places()
    for namespace, pattern in PATTERNS.items():
        if iri.startswith(namespace):
            return pattern.fullmatch(iri.removeprefix(namespace)) is None
    return not any(
        iri.removeprefix(namespace) in names
        for namespace, names in TERMS.items()
        if iri.startswith(namespace)
    )


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_both_sides_exist(path: Path) -> None:
    graph = rdflib.Graph().parse(path)
    assert {str(term) for triple in graph for term in triple if unknown(str(term))} == set()


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda path: path.stem)
def test_an_alignment_leads_out_of_the_house(path: Path) -> None:
    own = (FIL, CONCEPT)
    targets = {str(value) for value in rdflib.Graph().parse(path).objects()}
    assert {iri for iri in targets if iri.startswith(own)} == set()


@pytest.mark.parametrize(
    "iri",
    [
        FIL + "Nonsense",
        CONCEPT + "kind/nonsense",
        ID["place/atlantis"],
        "https://w3id.org/italia/onto/COV/Nonsense",
        "http://www.wikidata.org/entity/P31",
        "http://data.europa.eu/nuts/code/ITH555",
        "https://example.org/",
    ],
)
def test_a_term_that_does_not_exist_is_noticed(iri: str) -> None:
    assert unknown(iri)


def test_alignments_are_not_loaded() -> None:
    assert not set(ontology_files()) & set(ALIGNMENTS)
    assert any(path.name == "filiera.ttl" for path in ontology_files())
