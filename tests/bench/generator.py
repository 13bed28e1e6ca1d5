"""Realistic ecosystems of any size, made from a seed, as a data set folder.

The tables are those of a real data set: concepts come from the schemes of the ontology, places
from the places of the real data set, sources speak about unequally many things, a few facts are
stated twice, and a few organisations have very many ties. All names are invented.

    python -m tests.bench.generator --organisations 100000 --seed 7 FOLDER
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from filiera.facts.dataset import Dataset
from filiera.facts.tables import TABLES
from tests.bench import statements, things
from tests.bench.ecosystem import BODY, Ecosystem, Row
from tests.bench.invented import CAPACITY

__all__ = ["generate"]

_TABLES: dict[str, Callable[[Ecosystem, random.Random], Iterator[Row]]] = {
    "sources": things.sources,
    "places": things.places,
    "organisations": things.organisations,
    "bodies": things.bodies,
    "names": things.names,
    "projects": things.projects,
    "chains": things.chains,
    "stages": things.stages,
    "events": things.events,
    "decisions": things.decisions,
    "commitments": things.commitments,
    "redirects": things.redirects,
    "memberships": statements.memberships,
    "ties": statements.ties,
    "offices": statements.offices,
    "participations": statements.participations,
    "capabilities": statements.capabilities,
    "fields": statements.fields,
    "offerings": statements.offerings,
    "phases": statements.phases,
    "figures": statements.figures,
}
"""Tables in the order in which they are made: participations favour those with many ties."""

_DESCRIPTION = """\
id = "generated"
body = "{body}"
publisher = "Filiera"
collected = 2026-11-22

[title]
it = "Ecosistema generato: {organisations} organizzazioni, seme {seed}"
en = "Generated ecosystem: {organisations} organisations, seed {seed}"
"""


def generate(folder: Path, organisations: int, seed: int) -> Dataset:
    """Write a data set into ``folder``; the same numbers give the same bytes.

    Raises ValueError for fewer than ten organisations or more than names can be invented for.
    """
    if not 10 <= organisations <= CAPACITY // 1.1:
        raise ValueError(f"organisations must lie between 10 and {CAPACITY // 1.1:.0f}")
    folder.mkdir(parents=True, exist_ok=True)
    description = _DESCRIPTION.format(body=BODY, organisations=organisations, seed=seed)
    (folder / "dataset.toml").write_text(description, encoding="utf-8")
    ecosystem = Ecosystem(organisations, seed)
    for name, rows in _TABLES.items():
        header = TABLES[name].header
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as output:
            writer = csv.DictWriter(output, header, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows(ecosystem, random.Random(f"{seed}/{name}")))
    return Dataset.read(folder)


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line of the generator."""
    parser = argparse.ArgumentParser(description="Write a generated data set.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--organisations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args(arguments)
    generate(chosen.folder, chosen.organisations, chosen.seed)


if __name__ == "__main__":
    main()
