"""What the graph says of itself: VoID and DCAT with real counts, PROV of the build."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import QuerySolutions

from filiera.build import terms
from filiera.facts.dataset import Dataset
from filiera.facts.slugs import slugify
from filiera.store import Store
from filiera.version import __version__
from filiera.vocabulary import (
    DCAT,
    DCTERMS,
    DERIVED,
    EDITORIAL,
    FOAF,
    META,
    ONTOLOGY,
    PROV,
    RDF,
    SKOS,
    VOID,
    WRITTEN,
    XSD,
)

__all__ = ["COUNTED", "counts", "describe"]

_OWN_GRAPHS = {
    EDITORIAL: {"it": "A cura di Filiera", "en": "By Filiera itself"},
    DERIVED: {"it": "Concluso dalle regole", "en": "Concluded by rules"},
    META: {"it": "Descrizione dei grafi e delle fonti", "en": "Description of graphs and sources"},
    ONTOLOGY: {"it": "Ontologia e schemi", "en": "Ontology and schemes"},
    WRITTEN: {"it": "Scritto senza nominare una fonte", "en": "Written without naming a source"},
}
_GRAPHS = "SELECT ?graph (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
_CLASSES = "SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class"
_TOTALS = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties)
WHERE { ?s ?p ?o }
"""


COUNTED = (
    VOID.triples,
    VOID.distinctSubjects,
    VOID.properties,
    VOID.classPartition,
    VOID["class"],
    VOID.entities,
    VOID.subset,
)
"""Properties of what `counts` tells."""


def describe(dataset: Dataset, digest: str) -> Iterator[str]:
    """Lines of N-Quads for ``graph:meta`` and the default graph: what does not change.

    No clock is read, so that two builds of the same facts are the same.
    """
    for triple in _triples(dataset, digest):
        yield f"{triple} .\n{triple} <{META}> .\n"


def counts(store: Store, dataset: Dataset) -> Iterator[str]:
    """Lines of N-Quads, for the same graphs, that count what the store holds without them."""
    for triple in _counts(store, f"<{dataset.iri}>", dataset):
        yield f"{triple} .\n{triple} <{META}> .\n"


def _triples(dataset: Dataset, digest: str) -> Iterator[str]:
    whole, build = f"<{dataset.iri}>", f"<{dataset.id_base}build/{digest[:16]}>"
    tool = f"<{dataset.id_base}software/filiera-{__version__}>"
    for kind in (VOID.Dataset, DCAT.Dataset, PROV.Entity):
        yield f"{whole} <{RDF.type}> <{kind}>"
    for lang, text in dataset.title.items():
        yield f"{whole} <{DCTERMS.title}> {terms.literal(text, lang or None)}"
    for lang, text in dataset.description.items():
        yield f"{whole} <{DCTERMS.description}> {terms.literal(text, lang or None)}"
    if dataset.licence:
        yield f"{whole} <{DCTERMS.license}> <{dataset.licence}>"
    if dataset.collected:
        yield f'{whole} <{DCTERMS.modified}> "{dataset.collected}"^^<{XSD.date}>'
    if dataset.body:
        yield f"{whole} <{DCTERMS.subject}> <{dataset.id_base}{dataset.body}>"
    yield f"{whole} <{DCTERMS.identifier}> {terms.literal(dataset.id)}"
    yield f"{whole} <{VOID.uriSpace}> {terms.literal(dataset.id_base)}"
    yield f"{whole} <{PROV.wasGeneratedBy}> {build}"
    yield f"{build} <{RDF.type}> <{PROV.Activity}>"
    yield f"{build} <{PROV.wasAssociatedWith}> {tool}"
    yield f"{build} <{DCTERMS.identifier}> {terms.literal(digest)}"
    yield f"{tool} <{RDF.type}> <{PROV.SoftwareAgent}>"
    yield f"{tool} <{SKOS.prefLabel}> {terms.literal(f'Filiera {__version__}')}"
    if dataset.publisher:
        agent = f"<{dataset.id_base}publisher/{slugify(dataset.publisher)}>"
        yield f"{whole} <{DCTERMS.publisher}> {agent}"
        yield f"{agent} <{RDF.type}> <{FOAF.Agent}>"
        yield f"{agent} <{SKOS.prefLabel}> {terms.literal(dataset.publisher)}"
    for graph, titles in _OWN_GRAPHS.items():
        for lang, title in titles.items():
            yield f"<{graph}> <{DCTERMS.title}> {terms.literal(title, lang)}"


def _counts(store: Store, whole: str, dataset: Dataset) -> Iterator[str]:
    for name, value in _rows(store, _TOTALS)[0].items():
        term = {"subjects": VOID.distinctSubjects, "properties": VOID.properties}
        yield f"{whole} <{term.get(name, VOID.triples)}> {_integer(value)}"
    for row in _rows(store, _CLASSES):
        part = f"<{dataset.id_base}partition/{row['class'].rsplit('/', 1)[-1].replace('#', '-')}>"
        yield f"{whole} <{VOID.classPartition}> {part}"
        yield f"{part} <{RDF.type}> <{VOID.Dataset}>"
        yield f"{part} <{VOID['class']}> <{row['class']}>"
        yield f"{part} <{VOID.entities}> {_integer(row['n'])}"
    for row in _rows(store, _GRAPHS):
        yield f"{whole} <{VOID.subset}> <{row['graph']}>"
        yield f"<{row['graph']}> <{RDF.type}> <{VOID.Dataset}>"
        yield f"<{row['graph']}> <{VOID.triples}> {_integer(row['n'])}"


def _integer(value: str) -> str:
    return f'"{value}"^^<{XSD.integer}>'


def _rows(store: Store, query: str) -> list[dict[str, str]]:
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{name: solution[name].value for name in names} for solution in solutions]
