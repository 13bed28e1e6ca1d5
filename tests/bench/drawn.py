"""Pages of networks of any size, made from a seed: ours, and that of pyvis as it is.

What is measured is the drawing; so the page data is made straight away, without a graph behind it:
communities round their middles, hubs with very many ties, as layouts of real networks look.
"""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

from pyvis.network import Network

from filiera.views.page_template import render_page
from tests.bench.draws import very_low

__all__ = ["network_data", "write_ours", "write_pyvis"]

_IN_COMMUNITY = 120
"""Things of a community, about."""
_KINDS = (("company", "dot"), ("university", "square"), ("cluster", "diamond"))


def network_data(things: int, ties: int, seed: int = 7) -> dict[str, Any]:
    """Page data of so many things and ties; nothing is told of them but names and ties."""
    draw = random.Random(f"{seed}/{things}/{ties}")
    communities = max(1, things // _IN_COMMUNITY)
    across = math.ceil(math.sqrt(communities))
    degrees = [0] * things
    edges: list[dict[str, Any]] = []
    while len(edges) < ties:
        one = draw.randrange(things)
        near = draw.random() < 0.8
        size = len(range(one % communities, things, communities))
        other = one % communities + communities * very_low(draw, size)
        other = other if near else very_low(draw, things)
        if one != other:
            degrees[one] += 1
            degrees[other] += 1
            edges.append({"from": f"n{one}", "to": f"n{other}", "relation": len(edges) % 2})
    nodes = []
    for number in range(things):
        row, column = divmod(number % communities, across)
        rank = number // communities
        angle, far = rank * math.pi * (3 - math.sqrt(5)), 26 * math.sqrt(rank)
        nodes.append(
            {
                "id": f"n{number}",
                "label": f"Impresa inventata {number}",
                "kind": number % 3,
                "x": round(column * 700 + far * math.cos(angle)),
                "y": round(row * 420 + far * math.sin(angle)),
                "size": round(4 + 2.2 * math.sqrt(degrees[number]), 1),
                "community": number % communities,
                "groups": [],
            }
        )
    return {
        "title": f"{things} things",
        "subtitle": f"{ties} ties",
        "lang": "en",
        "focus": None,
        "counts": {"nodes": things, "edges": ties, "sources": 0, "facts": ties},
        "texts": [],
        "kinds": [
            {"id": name, "label": name, "shape": shape, "colour": colour, "count": 1}
            for colour, (name, shape) in enumerate(_KINDS, 1)
        ],
        "relations": [
            {
                "id": name,
                "label": name,
                "inverse": name,
                "symmetric": name == "partner-of",
                "group": "supply",
                "count": 1,
            }
            for name in ("supplies", "partner-of")
        ],
        "communities": [
            {"label": f"Comunità {number}", "count": _IN_COMMUNITY} for number in range(communities)
        ],
        "sources": [],
        "groupTitles": [],
        "nodes": nodes,
        "edges": edges,
    }


def write_ours(path: Path, things: int, ties: int) -> None:
    """Write our page of such a network as one file."""
    data = network_data(things, ties)
    path.write_text(render_page(_network(data), data, lang="en"), encoding="utf-8")


def write_pyvis(path: Path, things: int, ties: int) -> None:
    """Write the page that pyvis makes of the same, with positions given and physics off."""
    _write(path, network_data(things, ties))


def write_plainly(path: Path, network: Network) -> None:
    """Write the page that pyvis makes by itself of a network, with its positions."""
    _write(path, {"nodes": network.nodes, "edges": network.edges})


def _write(path: Path, data: dict[str, Any]) -> None:
    network = _network(data)
    network.toggle_physics(False)
    path.write_text(network.generate_html("page.html"), encoding="utf-8")


def _network(data: dict[str, Any]) -> Network:
    """The pyvis network; its own methods look every id up in a list, which takes minutes."""
    network = Network(height="100vh", directed=True, cdn_resources="in_line")
    network.node_ids = [node["id"] for node in data["nodes"]]
    network.nodes = [
        {key: node[key] for key in ("id", "label", "x", "y", "size")} | {"shape": "dot"}
        for node in data["nodes"]
    ]
    network.edges = [
        {"from": edge["from"], "to": edge["to"], "arrows": "to"} for edge in data["edges"]
    ]
    return network
