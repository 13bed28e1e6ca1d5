"""Each rule concludes exactly what its example expects, and less when the example says less.

An example is a TriG file: the graphs of sources, and three graphs of the test. ``test:expected``
is what the rule must add; ``test:withdrawn`` is then taken out of what is stated, and
``test:remaining`` is what the rule must add after that.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import rdflib
import yaml
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from filiera.build.derive import conclude
from filiera.store import MemoryStore
from tests.ontology.sources import HERE, ONTOLOGY

RULES = sorted((ONTOLOGY / "rules").glob("*.rq"))
DERIVED = NamedNode("https://w3id.org/filiera/graph/derived")


def example(rule: Path) -> tuple[Store, dict[str, set[Triple]]]:
    """Store of what is stated, merged in the default graph, and the graphs of the test."""
    stated = Store()
    ours: dict[str, set[Triple]] = {}
    path = HERE / "rules" / f"{rule.stem}.trig"
    for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TRIG):
        graph = quad.graph_name
        assert isinstance(graph, NamedNode), "an example states nothing outside a graph"
        if graph.value.startswith("urn:test:"):
            ours.setdefault(graph.value.removeprefix("urn:test:"), set()).add(quad.triple)
        else:
            stated.add(quad)
            stated.add(Quad(quad.subject, quad.predicate, quad.object))
    assert set(ours) == {"expected", "withdrawn", "remaining"}
    return stated, ours


def concluded(rule: Path, store: Store) -> set[Triple]:
    """What a rule adds to a store: the same to the default graph and to the derived one."""
    before = set(store)
    conclude(MemoryStore(store), rule.read_text(encoding="utf-8"))
    added = set(store) - before
    derived = {quad.triple for quad in added if quad.graph_name == DERIVED}
    assert {quad.triple for quad in added if quad.graph_name == DefaultGraph()} == derived
    assert len(added) == 2 * len(derived)
    return derived


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_the_rule_concludes_exactly_what_is_expected(rule: Path) -> None:
    stated, ours = example(rule)
    assert concluded(rule, stated) == ours["expected"]


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_the_rule_concludes_less_when_less_is_stated(rule: Path) -> None:
    stated, ours = example(rule)
    gone = [quad for quad in stated if quad.triple in ours["withdrawn"]]
    assert {quad.triple for quad in gone} == ours["withdrawn"]
    for quad in gone:
        stated.remove(quad)
    assert concluded(rule, stated) == ours["remaining"] != ours["expected"]


# rdflib calls its own deprecated names.
@pytest.mark.filterwarnings("ignore:Dataset[.]:DeprecationWarning")
@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_another_engine_concludes_the_same(rule: Path) -> None:
    stated, ours = example(rule)
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(data=stated.dump(format=pyoxigraph.RdfFormat.N_QUADS), format="nquads")
    found = dataset.query(rule.read_text(encoding="utf-8")).graph
    assert found is not None
    expected = rdflib.Graph()
    for triple in ours["expected"]:
        expected.parse(data=f"{triple} .", format="nt")
    assert set(found) == set(expected)


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_the_rule_says_what_it_does_in_both_languages(rule: Path) -> None:
    lines = rule.read_text(encoding="utf-8").splitlines()
    header = yaml.safe_load("\n".join(line[3:] for line in lines if line.startswith("#+ ")))
    assert set(header) == {"title", "description"}
    for texts in header.values():
        assert set(texts) == {"it", "en"}
        assert all(isinstance(text, str) and text.strip() for text in texts.values())
    assert header["description"]["it"].endswith(".")
    assert header["description"]["en"].endswith(".")


def test_every_rule_has_its_example() -> None:
    assert {path.stem for path in (HERE / "rules").glob("*.trig")} == {r.stem for r in RULES}


def test_rules_run_in_the_order_of_their_names() -> None:
    numbers = [rule.stem.partition("-")[0] for rule in RULES]
    assert all(len(number) == 2 and number.isdecimal() for number in numbers)
    assert len(set(numbers)) == len(numbers)
