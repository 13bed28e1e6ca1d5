"""What the workers do: answer SPARQL and questions, give answers by name, make the page."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pyoxigraph import NamedNode

from filiera.answers.cards import Cards
from filiera.answers.evidence import source_data
from filiera.answers.index import LazyIndex
from filiera.answers.names import KINDS
from filiera.ecosystem import Ecosystem
from filiera.errors import (
    AmbiguousName,
    FilieraError,
    ParameterError,
    StoreError,
    UnknownName,
    UnknownQuestion,
)
from filiera.languages import best
from filiera.offered import answer as offered_answer
from filiera.results import Iri, Results
from filiera.server import linked_jobs
from filiera.server.description import describe_dataset, describe_service
from filiera.server.graphs import GraphRequest, read_graph
from filiera.server.limits import Limits
from filiera.server.messages import Job, Reply
from filiera.server.protocol import UpdateRequest
from filiera.server.sparql import SparqlRequest, answer
from filiera.store import Store
from filiera.texts import Text

__all__ = [
    "Jobs",
    "answer_job",
    "ask_job",
    "card_job",
    "description_job",
    "editor_job",
    "graph_job",
    "names_job",
    "ontology_job",
    "overview_job",
    "page_job",
    "rdf_job",
    "sparql_job",
    "told_job",
    "update_job",
    "whereabouts_job",
]

_NAMES = 12
_JSON = "application/json"
_TEXT = "text/plain; charset=utf-8"


def sparql_job(request: SparqlRequest) -> Job:
    """Job that answers a SPARQL request."""
    return {"kind": "sparql", **asdict(request)}


def description_job(what: str, address: str, accept: str | None) -> Job:
    """Job that describes the ``service`` or the ``dataset`` of the server at an address."""
    return {"kind": "description", "what": what, "address": address, "accept": accept}


def graph_job(request: GraphRequest) -> Job:
    """Job that reads or changes a graph."""
    return {"kind": "graph", **asdict(request)}


def update_job(request: UpdateRequest) -> Job:
    """Job that runs an update."""
    return {"kind": "update", **asdict(request)}


def ask_job(question: str, lang: str, parameters: Mapping[str, str]) -> Job:
    """Job that answers a question of the catalogue."""
    return {"kind": "ask", "question": question, "lang": lang, "parameters": dict(parameters)}


def answer_job(name: str, lang: str, parameters: Mapping[str, str]) -> Job:
    """Job that gives one of the offered answers."""
    return {"kind": "answer", "name": name, "lang": lang, "parameters": dict(parameters)}


def names_job(typed: str, kind: str, lang: str) -> Job:
    """Job that lists what a name may mean, as it is being typed."""
    return {"kind": "names", "typed": typed, "type": kind, "lang": lang}


def card_job(space: str, path: str, lang: str, *, keep_language: bool) -> Job:
    """Job that makes the page of a thing (``space`` ``id``) or of a source (``graph``)."""
    return {
        "kind": "card",
        "space": space,
        "path": path,
        "lang": lang,
        "keep_language": keep_language,
    }


def ontology_job(lang: str, *, keep_language: bool) -> Job:
    """Job that makes the page of the ontology."""
    return {"kind": "ontology", "lang": lang, "keep_language": keep_language}


def whereabouts_job(path: str, lang: str, *, page: bool, keep_language: bool) -> Job:
    """Job that says whether an IRI, given by its path, is known, or what stands for it now.

    ``page`` says whether one for whom there is nothing is told so with a page.
    """
    return {
        "kind": "whereabouts",
        "path": path,
        "lang": lang,
        "page": page,
        "keep_language": keep_language,
    }


def rdf_job(path: str, ending: str, lang: str) -> Job:
    """Job that writes the data of an IRI, given by its path, in the format of an ending.

    ``lang`` is that of what is told if there is none.
    """
    return {"kind": "rdf", "path": path, "ending": ending, "lang": lang}


def editor_job() -> Job:
    """Job that tells what the SPARQL page offers to whoever writes."""
    return {"kind": "editor"}


def told_job(thing: str, lang: str) -> Job:
    """Job that tells what the panel of the map shows of a thing, given by its id."""
    return {"kind": "told", "thing": thing, "lang": lang}


def page_job() -> Job:
    """Job that makes the data of the map page."""
    return {"kind": "page"}


def overview_job() -> Job:
    """Job that makes what the map page of a very large network opens on."""
    return {"kind": "overview"}


class Jobs:
    """Does jobs on an ecosystem; called in the workers. None changes the store."""

    def __init__(
        self, ecosystem: Ecosystem, store: Store, limits: Limits, *, writable: bool = False
    ) -> None:
        self._ecosystem = ecosystem
        self._store = store
        self._limits = limits
        self._writable = writable

    def __call__(self, job: Job) -> Reply:
        """Do one job."""
        match job["kind"]:
            case "sparql":
                return answer(
                    self._store,
                    SparqlRequest.from_job(job),
                    self._limits,
                    self._ecosystem.dataset.id_base,
                    writable=self._writable,
                )
            case "graph":
                return read_graph(self._store, GraphRequest.from_job(job), self._limits)
            case "description":
                return self._described(job)
            case "ask":
                return _ask(self._ecosystem, job["question"], job["lang"], job["parameters"])
            case "answer":
                return _answer(self._ecosystem, job["name"], job["lang"], job["parameters"])
            case "names":
                return _names(self._ecosystem, job["typed"], job["type"], job["lang"])
            case "card":
                return linked_jobs.card(self._ecosystem, job)
            case "ontology":
                return linked_jobs.ontology(self._ecosystem, job)
            case "whereabouts":
                return linked_jobs.whereabouts(self._ecosystem, job)
            case "rdf":
                return linked_jobs.described(self._ecosystem, job, self._limits)
            case "editor":
                return _editor(self._ecosystem)
            case "told":
                return _told_card(self._ecosystem, job["thing"], job["lang"])
            case "overview":
                return _overview(self._ecosystem, self._limits)
            case "page":
                return _page(self._ecosystem, self._limits)
        raise ValueError(f"there is no job {job['kind']!r}")

    def _described(self, job: Job) -> Reply:
        store, dataset, limits = self._store, self._ecosystem.dataset, self._limits
        address, accept = job["address"], job["accept"]
        if job["what"] == "dataset":
            return describe_dataset(store, dataset, limits, address, accept)
        return describe_service(store, dataset, limits, address, accept, writable=self._writable)


def _ask(ecosystem: Ecosystem, question: str, lang: str, parameters: dict[str, Any]) -> Reply:
    try:
        results = ecosystem.ask(question, lang=lang, **parameters)
    except (UnknownQuestion, UnknownName) as error:
        return _told(404, error, lang)
    except StoreError as error:
        return _told(502, error, lang)
    except FilieraError as error:
        return _told(400, error, lang)
    asked = ecosystem.catalogue[question]
    content = {
        "question": question,
        "title": results.title,
        "description": best(asked.description, lang),
        "drawing": asked.drawing,
        "lang": lang,
        "columns": [asdict(column) for column in results.columns],
        "rows": json.loads(results.to_json(indent=None)),
        "texts": list(results.texts()),
        "sources": _sources(ecosystem, results),
        "sparql": asked.sparql(parameters, ecosystem.resolve, lang, ecosystem.dataset.body),
    }
    return Reply(200, _JSON, json.dumps(content, ensure_ascii=False).encode())


def _sources(ecosystem: Ecosystem, results: Results) -> dict[str, dict[str, Any]]:
    """The sources that the rows name, by their IRIs."""
    known = Cards(LazyIndex(ecosystem.store))
    iris = {value for row in results for value in row if isinstance(value, Iri)}
    base = ecosystem.dataset.graph_base
    return {iri: source_data(known.source(iri)) for iri in sorted(iris) if iri.startswith(base)}


def _names(ecosystem: Ecosystem, typed: str, kind: str, lang: str) -> Reply:
    if kind not in (*KINDS, "thing") and not kind.startswith("concept:"):
        said = Text(
            f"type={kind!r} non è un tipo di cosa; ci sono {', '.join(KINDS)} e thing",
            f"type={kind!r} is no kind of thing; there are {', '.join(KINDS)} and thing",
        )
        return _told(400, ParameterError(said), lang)
    found = ecosystem.names.suggest(typed, (kind,), _NAMES)
    with contextlib.suppress(UnknownName, AmbiguousName):
        exact = ecosystem.find(typed, (kind,))
        found = [exact, *(match for match in found if match.iri != exact.iri)]
    content = [{"id": match.id, "label": ecosystem.label(match.iri, lang)} for match in found]
    return Reply(200, _JSON, json.dumps(content, ensure_ascii=False).encode())


def _answer(ecosystem: Ecosystem, name: str, lang: str, parameters: dict[str, str]) -> Reply:
    try:
        content = offered_answer(ecosystem, name, parameters, lang)
    except (UnknownQuestion, UnknownName) as error:
        return _told(404, error, lang)
    except StoreError as error:
        return _told(502, error, lang)
    except FilieraError as error:
        return _told(400, error, lang)
    return Reply(200, _JSON, json.dumps(content, ensure_ascii=False).encode())


def _editor(ecosystem: Ecosystem) -> Reply:
    from filiera.server.editor_terms import editor_terms

    content = json.dumps(editor_terms(ecosystem), ensure_ascii=False)
    return Reply(200, _JSON, content.encode())


def _told_card(ecosystem: Ecosystem, thing: str, lang: str) -> Reply:
    from filiera.views.page_cards import page_card
    from filiera.views.page_template import data_json

    try:
        told = page_card(ecosystem.store, NamedNode(ecosystem.dataset.id_base + thing).value)
    except (UnknownName, ValueError):  # ValueError: an id that makes no IRI
        said = Text(f"di {thing!r} non si dice nulla", f"nothing is said of {thing!r}")
        return _told(404, UnknownName(said), lang)
    return Reply(200, _JSON, data_json(told))


def _overview(ecosystem: Ecosystem, limits: Limits) -> Reply:
    from filiera.views.page_overview import page_overview
    from filiera.views.page_template import data_json

    return Reply(200, _JSON, data_json(page_overview(ecosystem, at_once=limits.map_at_once)))


def _page(ecosystem: Ecosystem, limits: Limits) -> Reply:
    from filiera.views.page_data import page_data
    from filiera.views.page_template import data_json

    data = page_data(ecosystem, whole=limits.map_things, at_once=limits.map_at_once)
    del data["lang"]  # the document says it: the data is the same in all languages
    return Reply(200, _JSON, data_json(data))


def _told(status: int, error: FilieraError, lang: str) -> Reply:
    return Reply(status, _TEXT, f"{error.text(lang)}\n".encode())
