"""What holds of every answer on the real data: its sources state its facts, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from itertools import pairwise
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

import filiera
from filiera.answers.cards import SourceRef
from filiera.answers.evidence import Evidence
from filiera.offered import ANSWERS
from filiera.texts import Text
from filiera.vocabulary import DCTERMS, FIL, SCHEMA, concept

CHAINS = (
    "chain-batteries",
    "chain-hydrogen",
    "chain-automation-robotics",
    "chain-engines-vehicles",
    "chain-fluid-power",
)
NEEDS = ("battery", "idrogeno", "chain-hydrogen", "robotics", "erm-production-equipment", "BMS")
ENDS = (
    ("toyota-material-handling-manufacturing-italy", "manz-italy"),
    ("ferrari", "flash-battery"),
    ("unimore", "ima"),
    ("ducati", "bi-rex"),
)
CASES: dict[str, list[dict[str, str]]] = {
    "gaps": [{"chain": chain} for chain in CHAINS] + [{"chain": CHAINS[0], "at": "2015"}],
    "partners": [{"need": need, "limit": "30"} for need in NEEDS],
    "paths": [{"from": one, "to": other, "k": "8"} for one, other in ENDS],
    "brokers": [{"at": "2020", "top": "30"}],
    "history": [{"body": "elca-network"}, {"at": "2021"}],
    "quality": [{"at": "2021", "stale_years": "2"}],
}
"""Ways in which answers are asked beside those of their examples."""
QUOTED = {"reference", "formula", "words", "title", "publisher"}
"""Keys of what is not translated: works, formulas, what was typed, who published."""


@dataclass(frozen=True)
class Said:
    """What the graph holds, for looking things up by graph and node."""

    facts: dict[tuple[str, str], dict[str, set[str]]]
    literals: set[str]

    def values(self, graph: str, node: str, predicate: str) -> set[str]:
        return self.facts.get((graph, node), {}).get(predicate, set())


@pytest.fixture(scope="module")
def said(ecosystem: filiera.Ecosystem) -> Said:
    facts: dict[tuple[str, str], dict[str, set[str]]] = {}
    literals = set()
    for quad in ecosystem.store.graph_quads():
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        about = facts.setdefault((graph, quad.subject.value), {})
        about.setdefault(quad.predicate.value, set()).add(quad.object.value)
        if isinstance(quad.object, Literal):
            literals.add(quad.object.value)
    return Said(facts, literals)


def asked() -> list[tuple[str, dict[str, str]]]:
    found = []
    for name, offered in ANSWERS.items():
        needed = {key: offered.parameters[key] for key in offered.needed}
        for given in (needed, dict(offered.parameters), *CASES.get(name, [])):
            if (name, given) not in found:
                found.append((name, given))
    return found


@pytest.fixture(
    scope="module", params=asked(), ids=lambda case: "-".join((case[0], *case[1].values()))
)
def told(request: pytest.FixtureRequest, ecosystem: filiera.Ecosystem) -> Any:
    """Each answer, asked in each way."""
    name, given = request.param
    return ANSWERS[name].answering(ecosystem, given)


def parts(value: Any) -> Iterator[Evidence | SourceRef | Text]:
    """All evidence, sources and texts in an answer."""
    if isinstance(value, Evidence | SourceRef | Text):
        yield value
    if isinstance(value, Text):
        return
    inner: Any = ()
    if is_dataclass(value):
        inner = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, dict):
        inner = value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        inner = value
    for one in inner:
        yield from parts(one)


def test_every_answer_rests_on_sources(told: Any) -> None:
    assert any(isinstance(one, SourceRef) for one in parts(told))


def test_every_source_of_a_sentence_states_its_fact(told: Any, said: Said) -> None:
    for one in parts(told):
        if isinstance(one, Evidence):
            assert one.sources, one.fact
            for source in one.sources:
                assert said.facts.get((source.iri, one.fact)), (source.iri, one.fact)


def test_every_date_that_is_told_is_the_date_of_its_fact(told: Any, said: Said) -> None:
    for one in parts(told):
        if isinstance(one, Evidence):
            graphs = [source.iri for source in one.sources]
            stated = {
                (role, edtf)
                for role in ("start", "end", "asOf", "date", "due")
                for graph in graphs
                for edtf in said.values(graph, one.fact, FIL[role])
            }
            assert {(date.role, date.edtf) for date in one.dates} <= stated
            assert bool(one.when("it")) == bool(one.when("en"))
            assert stated or not one.when("en")
            for date in one.dates:
                for side, day in (("Earliest", date.earliest), ("Latest", date.latest)):
                    days = {
                        day
                        for graph in graphs
                        for day in said.values(graph, one.fact, FIL[date.role + side])
                    }
                    assert not day or day in days


def test_every_source_can_be_looked_up(told: Any, said: Said) -> None:
    for one in parts(told):
        if isinstance(one, SourceRef):
            assert one.id
            assert one.url.startswith(("https://", "http://"))
            assert one.url in said.values("", one.iri, SCHEMA.url)
            assert {one.title} - {""} <= said.values("", one.iri, DCTERMS.title)
            assert bool(one.title) == bool(said.values("", one.iri, DCTERMS.title))


def test_every_text_is_in_both_languages_or_a_name(told: Any, said: Said) -> None:
    sources = {one.id for one in parts(told) if isinstance(one, SourceRef)}
    for one in parts(told):
        if isinstance(one, Text):
            assert bool(one.it) == bool(one.en), one
            assert one.it != one.en or not one.it or one.it in said.literals | sources, one


def _same(one: Any, other: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Texts that two answers have in common, with the key under which they stand."""
    assert type(one) is type(other), key
    if isinstance(one, dict):
        assert one.keys() == other.keys(), key
        for inner, value in one.items():
            yield from _same(value, other[inner], inner)
    elif isinstance(one, list):
        assert len(one) == len(other), key
        for first, second in zip(one, other, strict=True):
            yield from _same(first, second, key)
    elif isinstance(one, str):
        assert bool(one) == bool(other), key
        if one == other:
            yield key, one
    else:
        assert one == other, key


def test_as_data_it_is_the_same_in_both_languages_but_for_its_words(told: Any, said: Said) -> None:
    italian, english = (json.loads(_json(told, lang)) for lang in ("it", "en"))
    for key, text in _same(italian, english):
        if not text:
            assert key in {"when", "published", "publisher"}, key
        if " " in text and key not in QUOTED:
            assert text in said.literals, (key, text)


def _json(told: Any, lang: str) -> str:
    return json.dumps(told.to_dict(lang), allow_nan=False)


def test_as_text_it_is_in_one_language_and_cites_its_sources(told: Any) -> None:
    italian, english = told.markdown("it"), told.markdown("en")
    assert italian != english
    cites = any(isinstance(one, Evidence) for one in parts(told))
    for text, heading in ((italian, "## Fonti"), (english, "## Sources")):
        assert text.startswith("# ")
        assert "{}" not in text
        assert "None" not in text
        assert heading in text or not cites


@pytest.mark.parametrize(("one", "other"), ENDS)
def test_a_path_has_its_reverse(ecosystem: filiera.Ecosystem, one: str, other: str) -> None:
    there, back = ecosystem.paths(one, other, k=5), ecosystem.paths(other, one, k=5)
    assert there.paths
    halts = [[halt.iri for halt in path.halts] for path in there.paths]
    assert [[halt.iri for halt in path.halts][::-1] for path in back.paths] == halts
    for path in there.paths:
        for step, ends in zip(path.steps, pairwise(path.halts), strict=True):
            assert all((link.left, link.right) == tuple(end.iri for end in ends) for link in step)


@pytest.mark.parametrize("need", NEEDS)
def test_no_partner_has_closed(ecosystem: filiera.Ecosystem, need: str) -> None:
    closed = " ".join(f"<{concept('status', slug)}>" for slug in ("dissolved", "merged"))
    rows = ecosystem.query(
        "SELECT DISTINCT ?firm { ?phase fil:subject ?firm ; fil:status ?status"
        f" VALUES ?status {{ {closed} }} }}"
    )
    assert isinstance(rows, filiera.Results)
    found = ecosystem.partners(need, limit=1000)
    assert found.partners
    assert len(rows)
    assert {partner.iri for partner in found.partners}.isdisjoint(map(str, rows.column("firm")))
