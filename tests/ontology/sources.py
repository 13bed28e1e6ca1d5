"""The files of the ontology, as the tests read them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = ROOT / "ontology"
CORE = ONTOLOGY / "filiera.ttl"
HERE = Path(__file__).parent
VOCABULARIES = ROOT / "tests" / "vocabularies"


def turtle_files(*folders: str) -> list[Path]:
    """Turtle files in folders of the ontology, in order of name."""
    return sorted(path for folder in folders for path in (ONTOLOGY / folder).glob("*.ttl"))


def published() -> list[Path]:
    """What is loaded into the graph: the ontology and its schemes."""
    return [CORE, *turtle_files("schemes")]


def load(*paths: Path) -> pyoxigraph.Store:
    """Store with the triples of Turtle files in its default graph."""
    store = pyoxigraph.Store()
    for path in paths:
        store.load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    return store
