"""Page data for the tests of the page: an invented ecosystem, the same in every run.

Three things are known by name and told in full; the rest is a crowd around twelve hubs.
"""

from __future__ import annotations

import math
from typing import Any

from pyvis.network import Network

PageData = dict[str, Any]

KINDS = [
    ("company", "Impresa", "Company", "dot", 1),
    ("university", "Università", "University", "square", 2),
    ("cluster", "Cluster", "Cluster", "hexagon", 3),
    ("public-authority", "Ente pubblico", "Public authority", "diamond", 4),
    ("project", "Progetto", "Project", "triangle", 5),
]

RELATIONS = [
    ("supplies", "fornisce", "supplies", "si rifornisce da", "is supplied by", False, "supply"),
    ("acquired", "ha acquisito", "acquired", "acquisita da", "acquired by", False, "ownership"),
    (
        "research-partner-of",
        "fa ricerca con",
        "does research with",
        "fa ricerca con",
        "does research with",
        True,
        "research",
    ),
    ("member-of", "è socio di", "is a member of", "ha tra i soci", "has as member", False,
     "membership"),
    ("takes-part-in", "partecipa a", "takes part in", "ha tra i partecipanti", "has as participant",
     False, "project"),
]  # fmt: skip

SOURCES = [
    {
        "id": "gazette-2020",
        "title": "Sedici nuovi soci",
        "publisher": "Gazzetta della meccatronica",
        "published": "2020-07-08",
        "url": "https://gazette.example/sedici",
        "language": "it",
    },
    {
        "id": "herald-2023",
        "title": "A year of hydrogen",
        "publisher": "Herald",
        "published": "2023-02",
        "url": "http://herald.example/hydrogen?year=2023&page=1",
        "language": "en",
    },
    {"id": "untitled", "publisher": "Annuario", "url": "https://www.yearbook.example/x"},
]

GROUP_TITLES = [
    {"it": "Numeri", "en": "Figures"},
    {"it": "Legami", "en": "Ties"},
    {"it": "Attività", "en": "Activity"},
]


class Texts:
    """The texts of a page, each once."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    def __call__(self, italian: str, english: str | None = None) -> int:
        text = italian if english is None else {"it": italian, "en": english}
        if text not in self.items:
            self.items.append(text)
        return self.items.index(text)


def invented_page(crowd: int = 440, *, ties: int = 700) -> PageData:
    """Page data of three told things, twelve hubs and a crowd; about `ties` ties."""
    text = Texts()
    nodes = _told(text)
    nodes += [_crowd_node(number) for number in range(crowd)]
    edges = [
        _edge("landi-renzo", 0, "acme", [0], text("nel 2019", "in 2019")),
        _edge("landi-renzo", 2, "universita-di-modena", [1], None),
        _edge("acme", 1, "landi-renzo", [0, 1], text("il 3 maggio 2021", "on 3 May 2021")),
        _edge("universita-di-modena", 4, "thing-4", [2], None),
    ]
    for number in range(12, crowd):
        edges.append(_edge(f"thing-{number}", number % 5, f"thing-{number % 12}", [number % 3]))
    for number in range(ties - len(edges)):
        one, other = (number * 7) % crowd, (number * 13 + 5) % crowd
        if one != other:
            edges.append(_edge(f"thing-{one}", number % 5, f"thing-{other}", [number % 3]))
    return {
        "title": {"it": "La meccatronica inventata", "en": "Invented mechatronics"},
        "subtitle": {"it": "Chi c'è, e chi lo dice", "en": "Who is here, and who says so"},
        "lang": "it",
        "focus": None,
        "counts": {
            "nodes": len(nodes),
            "edges": len(edges),
            "sources": len(SOURCES),
            "facts": sum(len(group["statements"]) for node in nodes for group in node["groups"]),
        },
        "texts": text.items,
        "kinds": [
            {
                "id": name,
                "label": {"it": italian, "en": english},
                "shape": shape,
                "colour": colour,
                "count": sum(node["kind"] == index for node in nodes),
            }
            for index, (name, italian, english, shape, colour) in enumerate(KINDS)
        ],
        "relations": [
            {
                "id": name,
                "label": {"it": italian, "en": english},
                "inverse": {"it": from_there, "en": inverse},
                "symmetric": symmetric,
                "group": group,
                "count": sum(edge["relation"] == index for edge in edges),
            }
            for index, (name, italian, english, from_there, inverse, symmetric, group) in enumerate(
                RELATIONS
            )
        ],
        "sources": SOURCES,
        "groupTitles": GROUP_TITLES,
        "nodes": nodes,
        "edges": edges,
    }


def pyvis_network(data: PageData) -> Network:
    """The pyvis network that belongs to page data."""
    network = Network(directed=True, cdn_resources="in_line")
    for node in data["nodes"]:
        network.add_node(node["id"], label=node["id"], x=node["x"], y=node["y"])
    for edge in data["edges"]:
        network.add_edge(edge["from"], edge["to"])
    return network


def _told(text: Texts) -> list[dict[str, Any]]:
    landi = {
        "id": "landi-renzo",
        "label": "Landi Renzo",
        "aliases": ["Landi Renzo S.p.A."],
        "kind": 0,
        "kindLabel": text("Grande impresa", "Large company"),
        "x": -1150.0,
        "y": -820.0,
        "size": 20.0,
        "member": True,
        "town": "Cavriago",
        "description": text("Mobilità a gas e idrogeno", "Gas and hydrogen mobility"),
        "website": "https://www.landirenzo.example/",
        "groups": [
            {
                "id": "figures",
                "title": 0,
                "statements": [
                    {
                        "text": text("1.200 addetti", "1,200 employees"),
                        "when": text("nel 2020", "in 2020"),
                        "sources": [0],
                        "disagrees": True,
                    },
                    {
                        "text": text("1.350 addetti", "1,350 employees"),
                        "when": text("nel 2020", "in 2020"),
                        "sources": [1],
                        "disagrees": True,
                    },
                    {
                        "text": text("300 milioni di euro di ricavi", "300 million euro revenue"),
                        "sources": [2],
                        "note": text("Dato del gruppo.", "Group figure."),
                        "inferred": text("Dal totale dell'annuario.", "From the yearbook's total."),
                    },
                ],
            },
            {
                "id": "ties",
                "title": 1,
                "statements": [
                    {
                        "text": text("fornisce {}", "supplies {}"),
                        "when": text("nel 2019", "in 2019"),
                        "sources": [0],
                        "other": "acme",
                    },
                    {
                        "text": text("fa ricerca con {}", "does research with {}"),
                        "sources": [1],
                        "other": "universita-di-modena",
                    },
                ],
            },
            {
                "id": "activity",
                "title": 2,
                "statements": [
                    {"text": text(f"attività {n}", f"activity {n}"), "sources": [n % 3]}
                    for n in range(12)
                ],
            },
        ],
    }
    university = {
        "id": "universita-di-modena",
        "label": {"it": "Università di Modena", "en": "University of Modena"},
        "aliases": ["UNIMORE"],
        "kind": 1,
        "x": -850.0,
        "y": -820.0,
        "size": 16.0,
        "town": "Modena",
        "groups": [],
    }
    acme = {
        "id": "acme",
        "label": "Acme Élan",
        "kind": 0,
        "x": -1150.0,
        "y": -560.0,
        "size": 8.0,
        "town": "Forlì",
        "groups": [],
    }
    return [landi, university, acme]


def _crowd_node(number: int) -> dict[str, Any]:
    hub = number % 12
    turn, ring = divmod(number // 12, 12)
    angle = 2 * math.pi * (ring / 12 + hub / 24)
    far = 0.0 if number < 12 else 70.0 + 45.0 * turn
    node: dict[str, Any] = {
        "id": f"thing-{number}",
        "label": f"Impresa inventata {number}",
        "kind": number % 5,
        "x": round((hub % 4) * 560.0 - 840.0 + far * math.cos(angle), 1),
        "y": round((hub // 4) * 480.0 - 300.0 + far * math.sin(angle), 1),
        "size": 14.0 if number < 12 else 5.0,
        "groups": [],
    }
    if number % 9 == 0:
        node["member"] = True
    if number % 4 == 0:
        node["town"] = "Reggio Emilia"
    return node


def _edge(
    start: str, relation: int, end: str, sources: list[int], when: int | None = None
) -> dict[str, Any]:
    edge: dict[str, Any] = {
        "from": start,
        "to": end,
        "relation": relation,
        "sources": sources,
    }
    if when is not None:
        edge["when"] = when
    return edge
