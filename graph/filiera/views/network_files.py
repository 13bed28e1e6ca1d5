"""The network as a file for programs that draw and measure networks (Gephi, yEd, Cytoscape)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import networkx

__all__ = ["plain_network", "write_gexf", "write_graphml"]

_TAKEN = {"id": "slug", "start": "start_date", "end": "end_date", "type": "type_name"}
"""Attributes whose names mean something else in GEXF, and what they are called instead."""

Scalar = str | int | float | bool


def plain_network(network: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """The same network, sorted, with text and numbers for attributes.

    Lists become texts joined by ``; `` and what is unknown is left out. No node or edge is
    dropped; each edge gets a key of its own in the whole network: that of the fact, with the
    ids of its ends added where several edges share it.
    """
    import networkx

    plain: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in sorted(network.nodes):
        plain.add_node(node, **_scalars(network.nodes[node]))
    edges = sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    taken: set[str] = set()
    for source, target, key, attributes in edges:
        unique = key if key not in taken else f"{key}?from={source}&to={target}"
        taken.add(unique)
        plain.add_edge(source, target, key=unique, **_scalars(attributes))
    return plain


def write_graphml(network: networkx.MultiDiGraph[str], output: BinaryIO) -> None:
    """Write GraphML 1.0; the id of an edge is the IRI of its fact."""
    import networkx

    networkx.write_graphml_xml(plain_network(network), output, named_key_ids=True)


def write_gexf(network: networkx.MultiDiGraph[str], output: BinaryIO, day: str = "") -> None:
    """Write GEXF 1.2; the id of an edge is the IRI of its fact, ``day`` that of the data."""
    from networkx.readwrite.gexf import GEXFWriter

    plain = plain_network(network)
    for _, _, key, attributes in plain.edges(keys=True, data=True):
        attributes["id"] = key
    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(plain)
    for meta in writer.xml.findall("meta"):
        # The day of the data, not that of the writing: equal networks give equal bytes.
        meta.attrib.pop("lastmodifieddate", None)
        if day:
            meta.set("lastmodifieddate", day)
    writer.write(output)


def _scalars(attributes: Mapping[str, Any]) -> dict[str, Scalar]:
    named = {_TAKEN.get(name, name): _scalar(value) for name, value in attributes.items()}
    return {name: named[name] for name in sorted(named) if named[name] != ""}


def _scalar(value: Any) -> Scalar:
    if isinstance(value, bool | int | float | str):
        return value
    return "; ".join(str(part) for part in value or ())
