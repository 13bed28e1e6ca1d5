"""Former ids: what the table refuses, what it says in the graph, and who follows it."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

import filiera
from filiera.answers.renames import former_ids, successor
from filiera.build.pipeline import check_facts
from filiera.errors import UnknownName
from filiera.vocabulary import DCTERMS, ID
from tests.conftest import TABLES, MakeDataset

HEADER = "former,present,date,reason,source\n"
FAULTS = [
    ("acme,bolt", "“acme”: organisations.csv, row 1, still uses this id"),
    ("place/bologna,place/italia", "“place/bologna”: places.csv, row 2, still uses this id"),
    ("old,blot", "“blot”: no row of sources.csv, places.csv, organisations.csv, "),
    ("old,bologna", "the nearest is “place/bologna”"),
    ("old,older\nolder,bolt", "“older” is a former id, too; write the present one, “bolt”"),
    ("old,older\nolder,old", "the ids lead to each other in a circle"),
    ("old,bolt\nold,acme", "row 1 sends this id to “bolt”; keep one of the two"),
    ("person/x,bolt", "before the slash goes “place” for a place or “graph” for a source"),
    ("Old Name,bolt", "use lower case, digits and single hyphens, for example “old-name”"),
    ("old,bolt,2020,lost", "no such concept in the scheme “id-change”"),
]


def rows(text: str) -> str:
    """Rows of the table: what is given, and what a row needs at least."""
    given = [line.split(",") for line in text.split("\n")]
    return HEADER + "".join(
        ",".join([*cells, *["2020-07", "renamed"][len(cells) - 2 :], "page-a"]) + "\n"
        for cells in given
    )


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_a_former_id_that_leads_nowhere_is_told(
    make_dataset: MakeDataset, text: str, said: str
) -> None:
    problems = check_facts(make_dataset(redirects=rows(text))).problems
    assert problems
    assert all(problem.file == "redirects.csv" for problem in problems)
    assert any(said in problem.text("en") for problem in problems), problems[0].text("en")


def test_two_sources_may_tell_of_the_same_change(make_dataset: MakeDataset) -> None:
    table = f"{HEADER}old,bolt,,renamed,page-a\nold,bolt,2020,renamed,page-b\n"
    assert check_facts(make_dataset(redirects=table)).problems == []


@pytest.fixture
def renamed(make_dataset: MakeDataset) -> filiera.Ecosystem:
    table = (
        f"{HEADER}old-acme,acme,2020-07,renamed,page-a\nzeta,bolt,,merged,editorial\n"
        "place/felsina,place/bologna,,renamed,editorial\ngraph/page-x,graph/page-a,,merged,page-a\n"
    )
    return filiera.open_graph(make_dataset(redirects=table).folder, lang="en")


def test_the_graph_says_what_replaces_what_and_who_says_so(renamed: filiera.Ecosystem) -> None:
    rows = renamed.query(
        "SELECT ?g ?present ?reason ?date { GRAPH ?g {"
        " id:old-acme dcterms:isReplacedBy ?present ; dcterms:type ?reason ; fil:date ?date } }"
    )
    assert isinstance(rows, filiera.Results)
    assert [[str(cell) for cell in row] for row in rows] == [
        [
            "https://w3id.org/filiera/graph/page-a",
            ID["acme"],
            "https://w3id.org/filiera/concept/id-change/renamed",
            "2020-07",
        ]
    ]
    assert former_ids(renamed.store, ID.acme) == [ID["old-acme"]]


def test_a_former_id_is_nothing_of_its_own(renamed: filiera.Ecosystem) -> None:
    kept = {quad.subject for quad in renamed.store.quads(None, NamedNode(DCTERMS.isReplacedBy))}
    assert len(kept) == 4
    organisations = renamed.query("SELECT ?s { ?s a org:Organization }")
    assert isinstance(organisations, filiera.Results)
    assert {str(row[0]).rsplit("/", 1)[-1] for row in organisations} == {"acme", "bolt", "cluster"}


@pytest.mark.parametrize(
    ("former", "present"),
    [
        ("id/old-acme", "id/acme"),
        ("id/place/felsina", "id/place/bologna"),
        ("graph/page-x", "graph/page-a"),
        ("id/membership/old-acme--cluster", "id/membership/acme--cluster"),
        ("id/tie/old-acme--supplies--zeta", "id/tie/acme--supplies--bolt"),
        ("id/tie/old-acme--partner-of--zeta", "id/tie/acme--partner-of--bolt"),
        ("id/tie/zeta--partner-of--old-acme", "id/tie/acme--partner-of--bolt"),
        ("id/seat/old-acme--felsina", "id/seat/acme--bologna"),
        ("id/membership/old-acme--bolt", ""),
        ("id/acme", ""),
        ("id/membership/acme--cluster", ""),
    ],
)
def test_what_is_named_after_a_former_id_is_found(
    renamed: filiera.Ecosystem, former: str, present: str
) -> None:
    base = renamed.dataset.base
    found = successor(renamed.store, renamed.dataset, base + former)
    assert found.removeprefix(base) == present


def test_a_former_id_is_understood_as_a_name(renamed: filiera.Ecosystem) -> None:
    assert renamed.show("old-acme").id == "acme"
    assert renamed.show("place/felsina").id == "place/bologna"
    assert renamed.resolve("felsina", ("place",)) == ID["place/bologna"]
    assert renamed.resolve("page-x", ("source",)).endswith("/graph/page-a")
    assert renamed.resolve(ID["old-acme"]) == ID.acme
    with pytest.raises(UnknownName):
        renamed.resolve("old-acme", ("place",))


def test_a_former_id_as_it_is_written_wins_over_a_name(
    make_dataset: MakeDataset,
) -> None:
    tables = {
        "organisations": TABLES["organisations"] + "bolt-two,Zeta,company,,,page-a\n",
        "redirects": f"{HEADER}zeta,bolt,,merged,editorial\n",
    }
    ecosystem = filiera.open_graph(make_dataset(**tables).folder, lang="en")
    assert ecosystem.resolve("zeta") == ID.bolt
    assert ecosystem.resolve("Zeta") == ID["bolt-two"]


def test_collected_names_of_places_lead_to_their_places(ecosystem: filiera.Ecosystem) -> None:
    assert ecosystem.show("place/villafranca").label.it == "Villafranca di Verona"
    assert ecosystem.show("place/reggio-emilia").id == "place/reggio-nell-emilia"
