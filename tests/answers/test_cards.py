"""Cards of a small cluster: what they say of each kind of fact."""

from __future__ import annotations

import pytest

from filiera.answers.cards import Cards, cards
from filiera.texts import Text
from tests.answers.card_reading import said, statements
from tests.small_cluster import iri, small_store


@pytest.fixture(scope="module")
def small() -> Cards:
    return cards(small_store())


def test_a_card_opens_with_what_the_thing_is(small: Cards) -> None:
    acme = small.get(iri("acme"))
    assert (acme.id, acme.label("it"), acme.kind("en")) == (
        "acme",
        "Acme",
        "company, listed company",
    )
    assert acme.aliases == ("Acme S.p.A.", "Acme Viti")
    assert acme.place is not None
    assert acme.place("it") == "Bologna", "the narrowest of the two seats"
    assert acme.website == "https://acme.example"
    assert acme.description("en") == "Makes gears and screws, since 2020 also motors"
    assert [group.id for group in acme.groups] == [
        "identity",
        "names",
        "memberships",
        "fields",
        "offerings",
        "ties",
        "projects",
        "offices",
        "figures",
    ]
    assert acme.groups[2].title("it") == "Aderisce a"


def test_identity_tells_kind_seat_founding_and_activity_by_source(small: Cards) -> None:
    assert said(small.get(iri("acme")), "identity", "it") == [
        ("tipo: impresa", "", ["early"]),
        ("tipo: società quotata", "", ["late"]),
        ("sede: Bologna (Città metropolitana di Bologna)", "", ["early"]),
        ("sede: Italia", "", ["late"]),
        ("fondazione", "nel 1999", ["early"]),
        ("fondazione", "nel 2001", ["late"]),
        ("sito: https://acme.example", "", ["early"]),
        ("Fa ingranaggi", "", ["early"]),
        ("Fa ingranaggi e viti, dal 2020 anche motori", "", ["late"]),
        ("nota: In seguito rinominata motors", "", ["late"]),
    ]
    assert said(small.get(iri("cogs")), "identity") == [
        ("kind: company", "", ["late"]),
        ("founded", "in 2004", ["late"]),
        ("dissolved", "in 2015", ["late"]),
    ]


def test_names_are_told_with_their_kind_and_time(small: Cards) -> None:
    assert said(small.get(iri("acme")), "names") == [
        ("Acme", "", ["early", "late"]),
        ("Acme S.p.A. (registered name)", "", ["early"]),
        ("Acme Viti (former name)", "from 1999 to 2001", ["late"]),
    ]


def test_a_membership_is_told_from_both_sides_and_an_open_end_is_unknown(small: Cards) -> None:
    joined = "since some day between January and July 2020, end unknown"
    assert said(small.get(iri("acme")), "memberships") == [
        ("Hub (member)", joined, ["early"]),
        ("Hub (member)", "since 2020, end unknown", ["late"]),
    ]
    assert said(small.get(iri("hub")), "members") == [
        ("Cogs (member)", "from 2010 to 2012", ["early"]),
        ("Bolt (founding member)", "from 2018 to 2022", ["late"]),
        ("Cogs (member)", "since 2019, end unknown", ["late"]),
        ("Acme (member)", joined, ["early"]),
        ("Acme (member)", "since 2020, end unknown", ["late"]),
        ("Università", "as of March 2021", ["late"]),
    ]
    assert statements(small.get(iri("acme")), "memberships")[0].note == Text(
        "Entrata con altri", "Joined with others"
    )


def test_a_tie_reads_from_the_side_of_the_card(small: Cards) -> None:
    assert said(small.get(iri("acme")), "ties") == [
        ("controls Bolt", "as of 2021", ["late"]),
        ("supplies Bolt", "since 2018", ["early"]),
        ("is a partner of Bolt", "since 2019", ["early"]),
        ("is a partner of Bolt", "since March 2019", ["late"]),
    ]
    assert said(small.get(iri("bolt")), "ties", "it") == [
        ("è controllata da Acme", "risulta nel 2021", ["late"]),
        ("è partner di Acme", "dal 2019", ["early"]),
        ("è partner di Acme", "da marzo 2019", ["late"]),
        ("è rifornita da Acme", "dal 2018", ["early"]),
    ]
    assert said(small.get(iri("bank")), "ties") == [
        ("lends to Delta", "from 2010 to 2012", ["early"])
    ]


def test_projects_and_who_takes_part_in_them(small: Cards) -> None:
    assert said(small.get(iri("acme")), "projects") == [
        ("Better gears (partner)", "from 2020 to 2021", ["late"])
    ]
    project = small.get(iri("gear-project"))
    assert said(project, "participants") == [
        ("Università (coordinator, scientific head)", "", ["late"]),
        ("Acme (partner)", "from 2020 to 2021", ["late"]),
    ]
    assert ("duration", "from 2020 to June 2022", ["late"]) in said(project, "identity")
    assert project.kind("it") == "progetto"


def test_offices_are_told_of_body_person_and_origin(small: Cards) -> None:
    since = "since 2019, end unknown"
    assert said(small.get(iri("hub")), "offices") == [
        ("Ada Rossi: president (Acme)", since, ["late"])
    ]
    assert said(small.get(iri("acme")), "offices") == [
        ("Ada Rossi: president, Hub", since, ["late"])
    ]
    assert said(small.get(iri("person/ada-rossi")), "offices") == [
        ("president, Hub", since, ["late"])
    ]


def test_figures_are_written_with_measure_kind_nature_and_precision(small: Cards) -> None:
    assert said(small.get(iri("hub")), "figures") == [
        ("members: 100", "in 2020", ["early"]),
        ("members: 120", "in 2020", ["late"]),
        ("members: 140", "in 2021", ["late"]),
        ("members (company): approximately 80", "in 2020", ["late"]),
    ]
    assert said(small.get(iri("acme")), "figures", "it") == [
        ("ricavi (previsione): 14,5 milioni di euro", "da gennaio a settembre 2020", ["late"])
    ]


def test_what_an_organisation_does_and_offers(small: Cards) -> None:
    assert said(small.get(iri("delta")), "stages") == [
        ("Packs (Batteries): Custom packs", "as of 2020", ["late"])
    ]
    assert said(small.get(iri("acme")), "fields") == [("mechatronics: application", "", ["early"])]
    assert said(small.get(iri("acme")), "offerings") == [("Gears (Milling)", "", ["early"])]
    assert said(small.get(iri("delta")), "phases") == [
        ("in liquidation", "since January 2021", ["late"])
    ]
    assert said(small.get(iri("bank")), "identity")[-1] == ("existing", "as of May 2019", ["early"])


def test_chains_stages_and_groups_have_cards_too(small: Cards) -> None:
    chain = small.get(iri("chain-batteries"))
    assert chain.kind("it") == "filiera"
    assert said(chain, "structure", "it") == [("se ne occupa Gruppo batterie", "", ["late"])]
    assert said(chain, "stages") == [("Cells", "", ["late"]), ("Packs", "", ["late"])]
    assert said(small.get(iri("packs")), "claims") == [
        ("Delta: Custom packs", "as of 2020", ["late"])
    ]
    assert ("feeds: Packs", "", ["late"]) in said(small.get(iri("cells")), "stages")
    assert said(small.get(iri("team")), "structure") == [
        ("works on: Batteries", "", ["late"]),
        ("unit of: Hub", "", ["late"]),
    ]
    assert said(small.get(iri("region")), "structure") == [("comprises: Hub", "", ["early"])]
    assert said(small.get(iri("place/bologna")), "identity")[-2:] == [
        ("latitude: 44.49381", "", ["undated"]),
        ("longitude: 11.33875", "", ["undated"]),
    ]


def test_events_decisions_and_commitments_are_told_once_each_source(small: Cards) -> None:
    assert said(small.get(iri("hub")), "happenings") == [
        ("Assembly: Chain approved", "in July 2020", ["early"]),
        ("Assembly", "on 3 August 2020", ["late"]),
        ("New chain (creates)", "in July 2020", ["early"]),
    ]
    assert said(small.get(iri("team")), "happenings") == [
        ("New chain (creates)", "in July 2020", ["early"]),
        ("Manifesto (kept late, due: September 2020)", "in November 2020", ["late"]),
    ]
    assert ("due: September 2020", "", ["late"]) in said(small.get(iri("manifesto")), "identity")
    assert ("date", "in July 2020", ["early"]) in said(small.get(iri("assembly")), "identity")
