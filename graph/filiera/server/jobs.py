"""What the workers do: answer SPARQL and questions, give answers by name, make the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from filiera.ecosystem import Ecosystem
from filiera.errors import FilieraError, UnknownName, UnknownQuestion
from filiera.offered import answer as offered_answer
from filiera.server.limits import Limits
from filiera.server.sparql import SparqlRequest, answer
from filiera.server.workers import Job, Reply
from filiera.store import MemoryStore

__all__ = ["Jobs", "answer_job", "ask_job", "page_job", "sparql_job"]

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


def page_job(lang: str) -> Job:
    """Job that makes the map page in a language."""
    return {"kind": "page", "lang": lang}


class Jobs:
    """Does jobs on an ecosystem; called in the workers."""

    def __init__(self, ecosystem: Ecosystem, store: MemoryStore, limits: Limits) -> None:
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
            case "page":
                html = self._ecosystem.network_page(job["lang"]).generate_html()
                return Reply(200, "text/html; charset=utf-8", html.encode())
        raise ValueError(f"there is no job {job['kind']!r}")


def _ask(ecosystem: Ecosystem, question: str, lang: str, parameters: dict[str, Any]) -> Reply:
    try:
        results = ecosystem.ask(question, lang=lang, **parameters)
    except (UnknownQuestion, UnknownName) as error:
        return _told(404, error)
    except FilieraError as error:
        return _told(400, error)
    content = {
        "question": question,
        "title": results.title,
        "lang": lang,
        "columns": [asdict(column) for column in results.columns],
        "rows": json.loads(results.to_json(indent=None)),
    }
    return Reply(200, _JSON, json.dumps(content, ensure_ascii=False).encode())


def _answer(ecosystem: Ecosystem, name: str, lang: str, parameters: dict[str, str]) -> Reply:
    try:
        content = offered_answer(ecosystem, name, parameters, lang)
    except (UnknownQuestion, UnknownName) as error:
        return _told(404, error)
    except FilieraError as error:
        return _told(400, error)
    return Reply(200, _JSON, json.dumps(content, ensure_ascii=False).encode())


def _told(status: int, error: FilieraError) -> Reply:
    return Reply(status, _TEXT, f"{error.message}\n".encode())
