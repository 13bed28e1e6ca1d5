"""Which address of the server tells of an IRI, and which IRI an address is of.

What is ``https://w3id.org/filiera/id/manz-italy`` in the graph has the addresses

- ``/id/manz-italy``: the IRI's own; it leads to one of the others by what is asked for;
- ``/page/id/manz-italy``: its page;
- ``/rdf/id/manz-italy.ttl``: its data, in the format that the ending names.

``id`` and ``graph`` follow the base of the data set; the ontology and its concepts, and the
graphs of Filiera's own, have one base for all data sets.
"""

from __future__ import annotations

from urllib.parse import quote

from filiera.facts.dataset import Dataset
from filiera.vocabulary import BASE, CONCEPT, FIL, GRAPH, RESERVED_GRAPHS

__all__ = [
    "CONTEXT_ADDRESS",
    "ONTOLOGY_IRI",
    "SHAPES_IRI",
    "data_address",
    "iri_at",
    "own_address",
    "page_address",
    "path_of",
]

ONTOLOGY_IRI = FIL.base.removesuffix("#")
SHAPES_IRI = BASE + "shapes"
CONTEXT_ADDRESS = "/context.jsonld"
"""Address of the JSON-LD context."""


def iri_at(dataset: Dataset, path: str) -> str:
    """IRI that has a path on the server (``id/manz-italy``), whatever may be said of it.

    >>> iri_at(Dataset.find(), "concept/kind/company")
    'https://w3id.org/filiera/concept/kind/company'
    """
    space, _, rest = path.partition("/")
    if space == "id":
        return dataset.id_base + rest
    if space == "graph" and GRAPH.base + rest not in RESERVED_GRAPHS:
        return dataset.graph_base + rest
    return BASE + path


def path_of(dataset: Dataset, iri: str) -> str:
    """Path on the server of the document that tells of an IRI; empty where there is none.

    >>> path_of(Dataset.find(), "https://w3id.org/filiera/ontology#memberOf")
    'ontology'
    """
    document = iri.partition("#")[0]
    if document == ONTOLOGY_IRI or document.startswith(f"{ONTOLOGY_IRI}/"):
        return "ontology"
    if document == SHAPES_IRI:
        return "shapes"
    for space, base in (
        ("id", dataset.id_base),
        ("graph", dataset.graph_base),
        ("graph", GRAPH.base),
        ("concept", CONCEPT.base),
    ):
        if document.startswith(base):
            return f"{space}/{document[len(base) :]}"
    return ""


def own_address(dataset: Dataset, iri: str) -> str:
    """The address of an IRI itself; empty where this server has none."""
    path = path_of(dataset, iri)
    return f"/{quote(path)}" if path else ""


def page_address(dataset: Dataset, iri: str, suffix: str = "") -> str:
    """Address of the page that tells of an IRI, with a query ``suffix``; empty for others.

    >>> page_address(Dataset.find(), "https://w3id.org/filiera/concept/kind/company", "?lang=it")
    '/page/ontology?lang=it#concept/kind/company'
    """
    path = path_of(dataset, iri)
    if not path:
        return ""
    space = path.partition("/")[0]
    if space in ("ontology", "concept", "shapes"):  # one page for all of them
        anchor = iri.partition("#")[2] if space == "ontology" else path
        return f"/page/ontology{suffix}{f'#{quote(anchor)}' if anchor else ''}"
    return f"/page/{quote(path)}{suffix}"


def data_address(dataset: Dataset, iri: str, ending: str) -> str:
    """Address of the data of an IRI in the format that an ending names; empty for others.

    >>> data_address(Dataset.find(), "https://w3id.org/filiera/id/place/modena", "ttl")
    '/rdf/id/place/modena.ttl'
    """
    path = path_of(dataset, iri)
    return f"/rdf/{quote(path)}.{ending}" if path else ""
