"""Each hygiene query finds nothing in the ontology and what it should in its fixture."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from tests.ontology.sources import HERE, ONTOLOGY, load, published

CHECKS = sorted((HERE / "hygiene").glob("*.rq"))


def found(query: Path, store: pyoxigraph.Store) -> set[str]:
    solutions = store.query(query.read_text(encoding="utf-8"))
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return {str(row["term"].value) for row in solutions}


@pytest.fixture(scope="module")
def ontology() -> pyoxigraph.Store:
    return load(*published())


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_the_ontology_passes(check: Path, ontology: pyoxigraph.Store) -> None:
    assert found(check, ontology) == set()


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_the_check_reports_exactly_what_is_wrong(check: Path) -> None:
    """In a fixture the last part of an IRI begins with ``wrong`` where it must be reported."""
    fixture = load(check.with_suffix(".ttl"))
    named = {
        term.value
        for quad in fixture
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, pyoxigraph.NamedNode)
    }
    wrong = {
        iri for iri in named if iri.rpartition("/")[2].rpartition("#")[2].lower()[:5] == "wrong"
    }
    assert wrong
    assert found(check, fixture) == wrong


def test_every_fixture_has_its_check() -> None:
    assert {path.stem for path in (HERE / "hygiene").glob("*.ttl")} == {c.stem for c in CHECKS}


@pytest.mark.parametrize(
    "path",
    sorted(ONTOLOGY.rglob("*.ttl")),
    ids=lambda path: path.relative_to(ONTOLOGY).as_posix(),
)
def test_the_file_parses(path: Path) -> None:
    assert len(load(path)) > 0
