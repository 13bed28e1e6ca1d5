"""Descriptions as text: the formats in which the data of a thing comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import rdflib
from pyoxigraph import Quad, RdfFormat, Triple, serialize
from rdflib.plugins.serializers.jsonld import from_rdf
from rdflib.plugins.shared.jsonld.context import Context

from filiera.facts.dataset import Dataset
from filiera.views.addresses import CONTEXT_ADDRESS
from filiera.views.rdf_context import context
from filiera.vocabulary import EDTF, PREFIXES

__all__ = ["FORMATS", "DataFormat", "written"]


_from_rdf: Callable[[rdflib.Graph, dict[str, Any]], dict[str, Any]] = from_rdf


@dataclass(frozen=True)
class DataFormat:
    """A format: how it is called, its media type, and pyoxigraph's writer of it, if any."""

    label: str
    media_type: str
    writer: RdfFormat | None = None


FORMATS: dict[str, DataFormat] = {
    "ttl": DataFormat("Turtle", "text/turtle", RdfFormat.TURTLE),
    "jsonld": DataFormat("JSON-LD", "application/ld+json"),
    "nt": DataFormat("N-Triples", "application/n-triples", RdfFormat.N_TRIPLES),
    "rdf": DataFormat("RDF/XML", "application/rdf+xml", RdfFormat.RDF_XML),
    "trig": DataFormat("TriG", "application/trig", RdfFormat.TRIG),
}
"""Formats by the ending of an address, the preferred one first."""


def written(quads: Sequence[Quad], ending: str, dataset: Dataset) -> bytes:
    """Quads in the format of an ending, subjects in the order in which they come.

    TriG keeps the graphs. In the other formats each triple stands once, whoever states it.
    The same quads give the same bytes.
    """
    writer, prefixes = FORMATS[ending].writer, _used(quads, dataset)
    if writer == RdfFormat.TRIG:
        ordered = sorted(quads, key=lambda quad: str(quad.graph_name))
        return _in_prefix_order(_text(serialize(ordered, format=writer, prefixes=prefixes)))
    triples = list(dict.fromkeys(quad.triple for quad in quads))
    if writer is None:
        return _json_ld(triples)
    return _in_prefix_order(_text(serialize(triples, format=writer, prefixes=prefixes)))


def _used(quads: Sequence[Quad], dataset: Dataset) -> dict[str, str]:
    """The prefixes that some IRI in the quads begins with."""
    known = {
        **PREFIXES,
        "id": dataset.id_base,
        "graph": dataset.graph_base,
        "edtf": EDTF.removesuffix("EDTF"),
    }
    iris = {
        getattr(getattr(term, "datatype", term), "value", "")
        for quad in quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
    }
    return {name: base for name, base in known.items() if any(i.startswith(base) for i in iris)}


def _in_prefix_order(text: bytes) -> bytes:
    """Turtle or TriG with its prefixes, which the writer puts in any order, by name."""
    lines = text.split(b"\n")
    count = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix")), 0)
    return b"\n".join([*sorted(lines[:count]), *lines[count:]])


def _json_ld(triples: Sequence[Triple]) -> bytes:
    """A document that names the published context and does not repeat it."""
    text = _text(serialize(triples, format=RdfFormat.N_TRIPLES))
    compact = _from_rdf(rdflib.Graph().parse(data=text, format="nt"), context())
    context_of_these = Context(context())
    nodes = compact.get("@graph") or [{k: v for k, v in compact.items() if k != "@context"}]
    places = {
        context_of_these.shrink_iri(getattr(triple.subject, "value", "")): number
        for number, triple in enumerate(reversed(triples))
    }
    ordered = sorted(nodes, key=lambda node: -places.get(str(node["id"]), 0))
    document = {"@context": CONTEXT_ADDRESS, "@graph": [_in_order(node) for node in ordered]}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _in_order(node: dict[str, Any]) -> dict[str, Any]:
    """A node with its id and types ahead, its other properties and their values by name."""
    ordered = sorted(node, key=lambda key: (key != "id", key != "type", key))
    return {key: _sorted(node[key]) for key in ordered}


def _sorted(value: Any) -> Any:
    return sorted(value, key=json.dumps) if isinstance(value, list) else value


def _text(found: bytes | None) -> bytes:
    assert found is not None  # nothing to write it to was given
    return found
