"""What the tables of a generated ecosystem share: how many things there are, and their ids."""

from __future__ import annotations

import csv
import random
from array import array

from filiera.facts.concepts import Concepts
from filiera.facts.dataset import Dataset
from tests.bench.draws import Weighted, low
from tests.bench.invented import CAPACITY, InventedNames

__all__ = ["BODY", "CHAINS", "STAGES", "Ecosystem", "Row"]

BODY = "cluster-meccatronico"
"""Id of the cluster that most memberships are of."""
CHAINS = 6
STAGES = 10
"""Value chains, and stages of each."""

Row = dict[str, str]

_TWICE = 0.06
"""Share of the facts that two sources state."""
_KINDS = {
    "company": 50,
    "sme": 22,
    "large-company": 7,
    "start-up": 6,
    "cooperative": 3,
    "research-laboratory": 4,
    "spin-off": 2,
    "innovation-centre": 2,
    "professional-firm": 2,
    "association": 1,
    "bank": 1,
}


class Ecosystem:
    """Numbers and ids; of the facts only the ends of the ties are kept in memory."""

    def __init__(self, organisations: int, seed: int) -> None:
        draw = random.Random(f"{seed}/whole")
        self.count = organisations
        self.names = InventedNames(draw.randrange(CAPACITY))
        self.sources = round(100 + 6 * organisations**0.5)
        self.bodies = 12 + organisations // 400
        self.projects = 5 + organisations // 50
        self.events = 5 + organisations // 300
        self.places = _real_places()
        self.kinds = Weighted(_KINDS)
        self.towns = Weighted({town: 1 / rank for rank, town in enumerate(_towns(self.places), 1)})
        self.ends = array("l")
        """Every end of every tie: drawing from it favours those that have many."""
        self._slugs = {scheme: sorted(slugs) for scheme, slugs in Concepts.read().slugs.items()}

    def source(self, draw: random.Random) -> str:
        """Some source; those with a low number speak about the most things."""
        return f"page-{low(draw, self.sources):05}"

    def two_sources(self, draw: random.Random) -> tuple[str, ...]:
        """One source, or for a small share of the facts two different ones."""
        first = low(draw, self.sources)
        if draw.random() >= _TWICE:
            return (f"page-{first:05}",)
        return (f"page-{first:05}", f"page-{(first + 1) % self.sources:05}")

    def organisation(self, number: int) -> str:
        """Id of an organisation."""
        return self.names.organisation(number)[0]

    def anyone(self, draw: random.Random) -> str:
        """Id of some organisation, all alike."""
        return self.organisation(draw.randrange(self.count))

    def body(self, number: int) -> tuple[str, str]:
        """(id, name) of a body: the cluster, its eight working groups, then networks."""
        if number == 0:
            return BODY, "Cluster Meccatronico"
        return self.names.other("Rete" if number > 8 else "Gruppo di lavoro", number)

    def project(self, number: int) -> tuple[str, str]:
        """(id, name) of a project."""
        return self.names.other("Progetto", number)

    def concept(self, draw: random.Random, scheme: str) -> str:
        """Some concept of a scheme; the first ones are the most common."""
        slugs = self._slugs[scheme]
        return slugs[low(draw, len(slugs))]


def _real_places() -> list[Row]:
    path = Dataset.find().folder / "places.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _towns(places: list[Row]) -> list[str]:
    return [row["id"] for row in places if row["kind"] in ("municipality", "locality")]
