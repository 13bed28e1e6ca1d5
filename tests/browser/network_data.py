"""Page data for the tests of the network: with chains, places, communities and dates."""

from __future__ import annotations

from tests.browser.page_data import PageData, invented_page

CROWD = 60


def network_page() -> PageData:
    """The invented ecosystem, with three other layouts, and ties that hold at some times only.

    Landi Renzo and Acme are in the chain of batteries, ``thing-0`` and ``thing-1`` in that of
    hydrogen. Of the told ties, that of 2019 certainly holds in 2020 and possibly in 2021; that of
    2021 begins in 2021.
    """
    data = invented_page(CROWD, ties=100)
    nodes = data["nodes"]
    places = [
        {"id": "re", "label": "Reggio Emilia", "kind": "province"},
        {"id": "fc", "label": "Forlì-Cesena", "kind": "province"},
        *(
            {"id": f"p{number}", "label": f"Provincia {number}", "kind": "province"}
            for number in range(5)
        ),
        {"id": "cavriago", "label": "Cavriago", "kind": "municipality", "province": 0},
        {"id": "forli", "label": "Forlì", "kind": "municipality", "province": 1},
    ]
    at = {"landi-renzo": (7, [44.69, 10.53]), "acme": (8, [44.22, 12.04])}
    stages = {"landi-renzo": [0], "acme": [0], "thing-0": [1], "thing-1": [1]}
    layouts: dict[str, list[list[int]]] = {"chain": [], "place": [], "circle": []}
    for number, node in enumerate(nodes):
        node |= {
            "community": number % 2,
            "betweenness": 0.9 if node["id"] == "landi-renzo" else 0.01,
        }
        if node["id"] in at:
            node["place"], node["at"] = at[node["id"]]
        elif number % 3 == 0:
            node["place"] = 2 + number % 5
        if node["id"] in stages:
            node["stages"] = stages[node["id"]]
        column, row = number % 9, number // 9
        layouts["chain"].append([column * 150, 400 + row * 60])
        layouts["place"].append([column * 120, 500 + row * 60])
        layouts["circle"].append([row * 130, column * 70])
    by_id = {node["id"]: number for number, node in enumerate(nodes)}
    for chain, (left, ids) in enumerate(
        [(0, ["landi-renzo", "acme"]), (900, ["thing-0", "thing-1"])]
    ):
        for row, name in enumerate(ids):
            layouts["chain"][by_id[name]] = [left + 10 * chain, row * 80]
    layouts["place"][by_id["landi-renzo"]] = [0, 0]
    layouts["place"][by_id["acme"]] = [900, 0]
    days = {0: [[17897, 18627], [17897, 18992]], 2: [[18750, None], [18750, None]]}
    for number, edge in enumerate(data["edges"]):
        if number in days:
            edge["days"] = days[number]
    return {
        **data,
        "moments": ["2018-12-31", "2020-12-31", "2021-12-31"],
        "places": places,
        "fields": [],
        "chains": [
            {"id": "batteries", "label": {"it": "Batterie", "en": "Batteries"}, "stages": [0]},
            {"id": "hydrogen", "label": {"it": "Idrogeno", "en": "Hydrogen"}, "stages": [1]},
        ],
        "stages": [
            {"id": "cells", "label": "Celle", "chain": 0, "feeds": [], "column": 0, "row": 0},
            {"id": "tanks", "label": "Serbatoi", "chain": 1, "feeds": [], "column": 0, "row": 0},
        ],
        "boards": [[], []],
        "communities": [
            {"label": "Comunità di Acme", "count": 32},
            {"label": "Le altre", "count": 31},
        ],
        "layouts": layouts,
    }
