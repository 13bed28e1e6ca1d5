"""Names as people type them: what each one means, and what happens where it is not clear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.answers.names import Names, bare, fold
from filiera.build import build
from filiera.ecosystem import Ecosystem
from filiera.errors import AmbiguousName, UnknownName
from filiera.store import MemoryStore
from tests.conftest import MakeDataset
from tests.small_cluster import iri, small_dataset, small_store

ORGANISATIONS = """\
id,name,legal_name,source
manz-ag,Manz AG,,page-a
manz-italy,Manz Italy,Manz Italy S.r.l.,page-a
nicolo,Officine Nicolò,,page-a
gear-works,Gear Works,,page-a
gear-world,Gear World,,page-a
twin-one,Twin,,page-a
twin-two,TWIN spa,,page-b
twin,Only an id,,page-a
"""


@pytest.fixture
def names(make_dataset: MakeDataset) -> Names:
    """Names of a few organisations that are easily mistaken for each other."""
    dataset = make_dataset(
        organisations=ORGANISATIONS, memberships=None, ties=None, figures=None, places=None
    )
    store = MemoryStore()
    build(dataset, store)
    return Names(store, dataset)


@pytest.fixture(scope="module")
def small() -> Names:
    """Names of the small cluster, which has every kind of thing."""
    return Names(small_store(), small_dataset(), "it")


@pytest.mark.parametrize(
    ("typed", "identifier", "how"),
    [
        ("manz-italy", "manz-italy", "id"),
        ("  manz-italy ", "manz-italy", "id"),
        ("id:manz-italy", "manz-italy", "id"),
        ("https://w3id.org/filiera/id/manz-italy", "manz-italy", "iri"),
        ("Manz Italy", "manz-italy", "name"),
        ("MANZ-ITALY SpA", "manz-italy", "name"),
        ("manzitaly", "manz-italy", "name"),
        ("Manz Italy srl", "manz-italy", "name"),
        ("manz italy s. r. l.", "manz-italy", "name"),
        ("manz", "manz-ag", "name"),
        ("officine nicolo", "nicolo", "name"),
        ("OFFICINE NICOLO'", "nicolo", "name"),
        ("twin", "twin", "id"),
        ("twin one", "twin-one", "name"),
        ("ofiicine nicolò", "nicolo", "near"),
        ("nicolò", "nicolo", "name"),
        ("officine", "nicolo", "near"),
    ],
)
def test_a_name_means_one_thing(names: Names, typed: str, identifier: str, how: str) -> None:
    found = names.find(typed)
    assert (found.id, found.how, found.iri) == (identifier, how, iri(identifier))
    assert found.type == "organisation"


def test_a_name_of_several_things_lists_them(names: Names) -> None:
    with pytest.raises(AmbiguousName) as raised:
        names.find("TWIN")
    assert raised.value.candidates == ("twin (Only an id)", "twin-one (Twin)")


def test_a_legal_form_that_is_typed_counts_before_one_that_is_left_out(names: Names) -> None:
    assert names.find("Twin S.p.A.").id == "twin-two"
    with pytest.raises(AmbiguousName):
        names.find("Twin srl")


def test_a_name_near_several_things_lists_them(names: Names) -> None:
    with pytest.raises(AmbiguousName) as raised:
        names.find("gear")
    assert raised.value.candidates == ("gear-works (Gear Works)", "gear-world (Gear World)")
    assert str(raised.value) == (
        "“gear” can mean 2 things: gear-works (Gear Works), gear-world (Gear World);"
        " give the id of the one you mean"
    )


def test_many_candidates_are_not_all_spelled_out(make_dataset: MakeDataset) -> None:
    rows = "".join(f"firm-{n},Firm {n:02},page-a\n" for n in range(20))
    dataset = make_dataset(
        organisations=f"id,name,source\n{rows}",
        memberships=None,
        ties=None,
        figures=None,
        places=None,
    )
    store = MemoryStore()
    build(dataset, store)
    with pytest.raises(AmbiguousName, match=r"can mean 20 things: .* and 8 more; give") as raised:
        Names(store, dataset).find("firm")
    assert len(raised.value.candidates) == 20


def test_an_unknown_name_tells_the_three_nearest(names: Names) -> None:
    with pytest.raises(UnknownName) as raised:
        names.find("zzzz officina")
    assert raised.value.candidates[0] == "Officine Nicolò (nicolo)"
    assert len(raised.value.candidates) == 3
    assert str(raised.value).startswith("nothing here is called “zzzz officina”; the nearest")


@pytest.mark.parametrize("typed", ["", "  ", "…", "https://example.org/x y", "id:nobody"])
def test_what_names_nothing_is_unknown(names: Names, typed: str) -> None:
    with pytest.raises(UnknownName):
        names.find(typed)


@pytest.mark.parametrize(
    ("typed", "kind", "identifier"),
    [
        ("batterie", "chain", "chain-batteries"),
        ("batteries", "chain", "chain-batteries"),
        ("celle", "stage", "cells"),
        ("assemblea", "event", "assembly"),
        ("better gears", "project", "gear-project"),
        ("GEAR", "project", "gear-project"),
        ("new chain", "decision", "new-chain"),
        ("manifesto", "commitment", "manifesto"),
        ("early", "source", "early"),
        ("graph:early", "source", "early"),
        ("Late page", "source", "late"),
        ("bologna", "place", "place/bologna"),
        ("place/bologna", "place", "place/bologna"),
        ("Metropolitan City of Bologna", "place", "place/bologna-province"),
        ("ada rossi", "person", "person/ada-rossi"),
        ("company", "concept:kind", "company"),
        ("azienda", "concept:kind", "company"),
        ("concept:kind/company", "concept:kind", "company"),
        ("acme viti", "organisation", "acme"),
        ("HUB", "organisation", "hub"),
        ("nodo", "organisation", "hub"),
    ],
)
def test_each_kind_of_thing_is_found(small: Names, typed: str, kind: str, identifier: str) -> None:
    found = small.find(typed, (kind,))
    assert (found.id, found.type) == (identifier, kind)


def test_kinds_are_kept_apart(small: Names) -> None:
    with pytest.raises(UnknownName):
        small.find("bologna", ("person",))
    with pytest.raises(UnknownName):
        small.find("acme", ("chain",))
    with pytest.raises(UnknownName):
        small.find("supplies", ("concept:kind",))
    assert small.find("Batterie").id == "chain-batteries"
    assert small.find("acme", ("chain", "thing")).id == "acme"


def test_labels_are_in_the_language_asked_for() -> None:
    assert Names(small_store(), small_dataset(), "it").find("hub").label == "Nodo"
    assert Names(small_store(), small_dataset(), "en").find("hub").label == "Hub"


def test_completion_gives_beginnings_first(names: Names) -> None:
    assert [match.id for match in names.suggest("man")] == ["manz-ag", "manz-italy"]
    assert [match.id for match in names.suggest("wor")] == ["gear-works", "gear-world"]
    assert [match.id for match in names.suggest("GEAR W", n=1)] == ["gear-works"]
    assert names.suggest("nothing like it") == []


def test_namesakes_of_the_real_data(ecosystem: Ecosystem) -> None:
    with pytest.raises(AmbiguousName) as raised:
        ecosystem.find("e-rmes")
    assert [candidate.split(" ")[0] for candidate in raised.value.candidates] == [
        "e-rmes-2015",
        "vc-e-rmes",
    ]
    for typed, identifier in (
        ("Landi-Renzo SPA", "landi-renzo"),
        ("università di modena e reggio emilia", "unimore"),
        ("University of Modena and Reggio Emilia", "unimore"),
        ("mech", "clust-er-mech"),
        ("Manz Italia", "manz-italy"),
        ("RE:Lab", "relab"),
        ("rei lab", "rei-lab"),
        ("safe", "safe"),
    ):
        assert ecosystem.find(typed).id == identifier
    assert ecosystem.find("batterie", ("chain",)).id == "chain-batteries"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_name_never_loses_all_of_itself(text: str) -> None:
    folded = fold(text)
    assert bool(bare(folded)) == bool(folded)
    assert folded.startswith(bare(folded))


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("S.p.A.", "spa"),
        ("R.C.M. Impianti", "rcm impianti"),
        ("Groß & Søn", "gross son"),
        ("L'Officina", "l officina"),
        ("Ελλάς", "ελλασ"),
    ],
)
def test_folding(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_the_nearest_names_are_those_that_resemble_most(ecosystem: Ecosystem) -> None:
    nearest = ecosystem.names.nearest("manz itali", ("organisation", "place"))
    assert [match.id for match in nearest][:2] == ["manz-italy", "manz-ag"]
    assert len(nearest) == 3
    assert {match.how for match in nearest} == {"near"}
    assert ecosystem.names.nearest("?!") == []
