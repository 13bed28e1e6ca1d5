"""Every answer that is offered by name, asked about a generated ecosystem."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path
from statistics import median

from filiera.ecosystem import Ecosystem
from filiera.facts.dataset import Dataset
from filiera.offered import ANSWERS, Offered, answer
from filiera.store import Store
from tests.bench.asking import hubs
from tests.bench.ecosystem import BODY

__all__ = ["askings", "seconds"]

_REPEATS = 3
_BODIES = {"body", "without"}
"""Parameters of kind organisation that mean the cluster, not a firm."""
_THINGS = {"chain": "chain-0", "stage": "stage-0-1", "place": "bologna"}


def askings(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Parameters with which each answer is asked: what it needs, and all that it takes.

    They are those of its example, but where they name things of the real data set, generated
    ones stand in: for firms those with the most ties.
    """
    firms = hubs(folder)
    found = {}
    for name, offered in ANSWERS.items():
        everything = _stand_ins(offered, cycle(firms))
        needed = {key: everything[key] for key in offered.needed}
        found[name] = [needed, everything] if needed != everything else [needed]
    return found


def _stand_ins(offered: Offered, firms: Iterator[str]) -> dict[str, str]:
    given = {}
    for name, example in offered.parameters.items():
        kind = offered.kinds.get(name, ("",))[0]
        if kind == "organisation":
            given[name] = BODY if name in _BODIES else next(firms)
        else:
            given[name] = _THINGS.get(kind, example)
    return given


def seconds(store: Store, dataset: Dataset, name: str, parameters: Mapping[str, str]) -> float:
    """Seconds until an answer is there as JSON holds it, in a graph that was never asked before.

    So finding out what the names mean, and reading all that the answer looks at, is part of it.
    The median of some runs.
    """
    taken = []
    for _ in range(_REPEATS):
        ecosystem = Ecosystem(store, dataset, lang="it")
        start = time.perf_counter()
        answer(ecosystem, name, parameters, "it")
        taken.append(time.perf_counter() - start)
    return median(taken)
