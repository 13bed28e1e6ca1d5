"""The same answers from every store: questions, analyses, cards, the page."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest

from filiera import Ecosystem
from filiera.offered import ANSWERS, answer
from filiera.store.rdflib_store import RdflibStore
from filiera.store.remote import RemoteStore
from filiera.views.page_data import page_data
from tests.small_cluster import small_dataset, small_store

TODAY = date(2026, 11, 28)
PARAMETERS = {
    "members-at": {"at": "2023", "body": "eacn"},
    "activities-of": {"organisation": "landi-renzo"},
    "links-between": {"a": "unibo", "b": "ferrari"},
    "said-by": {"source": "hdmotori-reinova"},
}
"""Other parameters than those of the catalogue, for questions that take different ways."""


def told(ecosystem: Ecosystem) -> Iterator[tuple[str, Callable[[], object]]]:
    """Everything that can be asked, by a name, with how to ask it."""
    for question in ecosystem.catalogue:
        yield f"ask {question.name}", partial(asked, ecosystem, question.name, {})
    for name in ("landi-renzo", "clust-er-mech", "chain-batteries", "e-rmes-2015"):
        yield f"show {name}", partial(shown, ecosystem, name)
    for name, offered in ANSWERS.items():
        yield name, partial(answer, ecosystem, name, dict(offered.parameters), "en")


def asked(ecosystem: Ecosystem, name: str, parameters: dict[str, str]) -> object:
    """Rows with the full terms, in the order in which they come."""
    results = ecosystem.ask(name, **parameters)
    return [[(type(cell).__name__, cell) for cell in row] for row in results], list(results.texts())


def shown(ecosystem: Ecosystem, name: str) -> object:
    """The card of a thing."""
    return ecosystem.show(name).to_dict("it")


def test_all_answers_are_the_same(ecosystem: Ecosystem, engines: dict[str, Ecosystem]) -> None:
    """One table: what is asked by engine; every cell must say the same as memory."""
    expected = {name: ask() for name, ask in told(ecosystem)}
    assert len(expected) > 50
    assert sum(1 for rows in expected.values() if rows) > 50
    unlike = [
        (engine, name)
        for engine, other in engines.items()
        for name, ask in told(other)
        if ask() != expected[name]
    ]
    assert unlike == []


@pytest.mark.parametrize("name", PARAMETERS)
def test_answers_to_other_parameters_are_the_same(
    ecosystem: Ecosystem, engines: dict[str, Ecosystem], name: str
) -> None:
    expected = asked(ecosystem, name, PARAMETERS[name])
    assert expected[0]  # type: ignore[index]
    for engine, other in engines.items():
        assert asked(other, name, PARAMETERS[name]) == expected, engine


def test_the_page_is_the_same(ecosystem: Ecosystem, engines: dict[str, Ecosystem]) -> None:
    expected = _document(ecosystem)
    for engine in ("oxigraph", "virtuoso"):
        assert _document(engines[engine]) == expected, engine


def _document(ecosystem: Ecosystem) -> str:
    return json.dumps(page_data(ecosystem, today=TODAY), default=str)


def test_every_quad_is_the_same(ecosystem: Ecosystem, engines: dict[str, Ecosystem]) -> None:
    expected = _dump(ecosystem)
    assert expected.count(b"\n") == len(ecosystem.store) > 50_000
    for engine, other in engines.items():
        assert len(other.store) == len(ecosystem.store), engine
        assert _dump(other) == expected, engine


def _dump(ecosystem: Ecosystem) -> bytes:
    written = io.BytesIO()
    ecosystem.store.dump(written)
    return written.getvalue()


def test_rdflib_answers_the_same() -> None:
    """Over the small cluster: rdflib takes minutes for the real graph."""
    here = Ecosystem(small_store(), small_dataset(), lang="en")
    store = RdflibStore()
    store.load([_dump(here)])
    there = Ecosystem(store, small_dataset(), lang="en")
    assert len(store) == len(small_store())
    assert _dump(there) == _dump(here)
    unlike = [
        question.name
        for question in here.catalogue
        if _small(here, question.name) != _small(there, question.name)
    ]
    assert unlike == []


SMALL = {
    "organisation": "acme",
    "chain": "chain-batteries",
    "stage": "packs",
    "source": "late",
    "place": "bologna",
}
"""A thing of the small cluster of each type."""


def _small(ecosystem: Ecosystem, name: str) -> object:
    """An answer about the small cluster."""
    named = {
        parameter.name: SMALL[parameter.type]
        for parameter in ecosystem.catalogue[name].parameters
        if parameter.type in SMALL
    }
    if "body" in named:
        named["body"] = "hub"
    if "b" in named:
        named["b"] = "uni"
    return asked(ecosystem, name, named)


def test_an_answer_takes_few_requests(oxigraph: str) -> None:
    """Bulk, not one by one: a question with 124 rows of labelled things, a card, an analysis."""
    import filiera

    with filiera.open_graph(store=oxigraph, lang="en") as afar:
        assert isinstance(afar.store, RemoteStore)

        def requests(ask: Callable[[], object]) -> int:
            assert isinstance(afar.store, RemoteStore)
            before = afar.store.server.requests
            ask()
            return afar.store.server.requests - before

        assert requests(lambda: afar.ask("counts-by-field")) <= 4
        assert requests(lambda: afar.show("clust-er-mech")) <= 20
        assert requests(lambda: afar.quality(at=TODAY)) <= 60
