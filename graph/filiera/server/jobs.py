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
from filiera.server.limits import Limits
from filiera.server.sparql import SparqlRequest, answer
from filiera.server.workers import Job, Reply
from filiera.store import Store

__all__ = [
    "Jobs",
    "answer_job",
    "ask_job",
    "card_job",
    "names_job",
    "page_job",
    "sparql_job",
    "told_job",
]

_NAMES = 12
_HTML = "text/html; charset=utf-8"
_JSON = "application/json"
_TEXT = "text/plain; charset=utf-8"


def sparql_job(request: SparqlRequest) -> Job:
    """Job that answers a SPARQL request."""
    return {"kind": "sparql", **asdict(request)}


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


def told_job(thing: str) -> Job:
    """Job that tells what the panel of the map shows of a thing, given by its id."""
    return {"kind": "told", "thing": thing}


def page_job() -> Job:
    """Job that makes the data of the map page."""
    return {"kind": "page"}


class Jobs:
    """Does jobs on an ecosystem; called in the workers."""

    def __init__(self, ecosystem: Ecosystem, store: Store, limits: Limits) -> None:
        self._ecosystem = ecosystem
        self._store = store
        self._limits = limits

    def __call__(self, job: Job) -> Reply:
        """Do one job."""
        match job["kind"]:
            case "sparql":
                return answer(self._store, SparqlRequest.from_job(job), self._limits)
            case "ask":
                return _ask(self._ecosystem, job["question"], job["lang"], job["parameters"])
            case "answer":
                return _answer(self._ecosystem, job["name"], job["lang"], job["parameters"])
            case "names":
                return _names(self._ecosystem, job["typed"], job["type"], job["lang"])
            case "card":
                return _card(self._ecosystem, job)
            case "told":
                return _told_card(self._ecosystem, job["thing"])
            case "page":
                return _page(self._ecosystem, self._limits.map_things)
        raise ValueError(f"there is no job {job['kind']!r}")


def _ask(ecosystem: Ecosystem, question: str, lang: str, parameters: dict[str, Any]) -> Reply:
    try:
        results = ecosystem.ask(question, lang=lang, **parameters)
    except (UnknownQuestion, UnknownName) as error:
        return _told(404, error)
    except StoreError as error:
        return _told(502, error)
    except FilieraError as error:
        return _told(400, error)
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
        return _told(400, ParameterError(f"type={kind!r} is no kind of thing"))
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
        return _told(404, error)
    except StoreError as error:
        return _told(502, error)
    except FilieraError as error:
        return _told(400, error)
    return Reply(200, _JSON, json.dumps(content, ensure_ascii=False).encode())


def _card(ecosystem: Ecosystem, job: Job) -> Reply:
    from filiera.views.card_page import card_page, missing_page

    dataset = ecosystem.dataset
    iri = (dataset.id_base if job["space"] == "id" else dataset.graph_base) + job["path"]
    how = {"lang": job["lang"], "keep_language": job["keep_language"]}
    try:
        return Reply(200, _HTML, card_page(ecosystem, NamedNode(iri).value, **how).encode())
    except (UnknownName, ValueError):  # ValueError: a path that makes no IRI
        return Reply(404, _HTML, missing_page(ecosystem, iri, **how).encode())


def _told_card(ecosystem: Ecosystem, thing: str) -> Reply:
    from filiera.views.page_cards import page_card
    from filiera.views.page_template import data_json

    try:
        told = page_card(ecosystem.store, NamedNode(ecosystem.dataset.id_base + thing).value)
    except (UnknownName, ValueError):  # ValueError: an id that makes no IRI
        return _told(404, UnknownName(f"nothing is said of {thing!r}"))
    return Reply(200, _JSON, data_json(told))


def _page(ecosystem: Ecosystem, whole: int) -> Reply:
    from filiera.views.page_data import page_data
    from filiera.views.page_template import data_json

    data = page_data(ecosystem, whole=whole)
    del data["lang"]  # the document says it: the data is the same in all languages
    return Reply(200, _JSON, data_json(data))


def _told(status: int, error: FilieraError) -> Reply:
    return Reply(status, _TEXT, f"{error.message}\n".encode())
