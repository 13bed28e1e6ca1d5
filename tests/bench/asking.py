"""The questions of the catalogue put to a generated ecosystem, in our store and in rdflib."""

from __future__ import annotations

import csv
import json
import os
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypedDict

from pyoxigraph import QuerySolutions

from filiera.answers.catalogue import Catalogue, Parameter
from filiera.labels import Labels
from filiera.network.projection import FACTS
from filiera.network.reading import select
from filiera.results import Results
from filiera.store import MemoryStore
from filiera.vocabulary import FOAF, GRAPH, ID, ORG, RDF, concept
from tests.bench.ecosystem import BODY

if TYPE_CHECKING:
    import rdflib

__all__ = ["Answer", "ask", "ask_rdflib", "hubs", "network_statements", "questions"]

_REPEATS = 3
_BODIES = {"body", "by"}
"""Parameters of type organisation that mean a cluster or a group, not a firm."""
_THINGS = {
    "chain": ID["chain-0"],
    "stage": ID["stage-0-1"],
    "event": ID["evento-0"],
    "source": GRAPH["page-00020"],
}


class Answer(TypedDict):
    """Seconds of processor, and the number of rows; ``None`` when it was broken off."""

    cpu: float
    rows: int | None


def questions(folder: Path) -> dict[str, str]:
    """SPARQL of every question, asked as by default but about generated things.

    Where a default names a firm, the firms with the most ties stand in its place, which makes
    the longest answers; what is open by default stays open.
    """
    most_tied = hubs(folder)
    texts: dict[str, str] = {}
    for question in Catalogue():
        firms = iter(most_tied)
        given = {
            parameter.name: _stand_in(parameter, firms)
            for parameter in question.parameters
            if parameter.default is not None and parameter.type not in ("date", "text", "integer")
        }
        texts[question.name] = question.sparql(given, _as_it_is)
    return texts


def _stand_in(parameter: Parameter, firms: Iterator[str]) -> str:
    scheme = parameter.type.removeprefix("concept:")
    if scheme != parameter.type:
        return concept(scheme, str(parameter.default))
    if parameter.type == "place":
        return ID[f"place/{parameter.default}"]
    if parameter.type in ("organisation", "thing"):
        return ID[BODY] if parameter.name in _BODIES else ID[next(firms)]
    return _THINGS[parameter.type]


def _as_it_is(iri: str, types: Sequence[str]) -> str:
    return iri


def hubs(folder: Path) -> list[str]:
    """The two firms of a generated data set that have the most ties, by their ids."""
    with (folder / "ties.csv").open(encoding="utf-8", newline="") as lines:
        degrees = Counter(end for row in csv.DictReader(lines) for end in (row["from"], row["to"]))
    return [slug for slug, _ in degrees.most_common(2)]


def ask(store: MemoryStore, query: str) -> Answer:
    """Answer with all rows and their labels, as a user gets it; the median of some runs."""
    seconds = []
    for _ in range(_REPEATS):
        start = time.process_time()
        solutions = store.query(query)
        assert isinstance(solutions, QuerySolutions)
        rows = len(Results.of(solutions, Labels(store), "en"))
        seconds.append(time.process_time() - start)
    return {"cpu": median(seconds), "rows": rows}


def ask_rdflib(dataset: rdflib.Dataset, query: str, limit: int) -> Answer:
    """Answer with all rows, in a forked process that the system ends after ``limit`` seconds."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        start = time.process_time()
        rows = len(list(dataset.query(query)))
        os.write(writer, json.dumps({"cpu": time.process_time() - start, "rows": rows}).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if said:
        answer: Answer = json.loads(said)
        return answer
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"rdflib cannot answer:\n{query}")
    return {"cpu": float(limit), "rows": None}


def network_statements(store: MemoryStore) -> Iterator[tuple[str, str, str]]:
    """The statements that the projection reads, as (subject, predicate, object) IRIs."""
    facts = [(family.source, family.target, family.relation) for family in FACTS.values()]
    for predicate in (*chain.from_iterable(facts), ORG.unitOf, ORG.subOrganizationOf):
        for subject, value in select(store, f"SELECT ?s ?o {{ ?s <{predicate}> ?o }}"):
            yield subject.value, predicate, value.value
    for name in (ORG.Organization, FOAF.Project):
        for (subject,) in select(store, f"SELECT ?s {{ ?s a <{name}> }}"):
            yield subject.value, RDF.type, name
