"""Statements of cards: sources, dates, disagreements, remarks, and nothing lost."""

from __future__ import annotations

import pytest

import filiera
from filiera import Results
from filiera.answers.cards import Cards, card, cards
from filiera.answers.fact_lines import fact_lines
from filiera.build import build
from filiera.errors import UnknownName
from filiera.store import MemoryStore
from filiera.texts import Text
from filiera.vocabulary import GRAPH, ID
from tests.answers.card_reading import said, statements
from tests.conftest import MakeDataset
from tests.small_cluster import iri, small_store


@pytest.fixture(scope="module")
def small() -> Cards:
    return cards(small_store())


@pytest.mark.parametrize(
    ("thing", "group", "disputed"),
    [
        ("acme", "identity", ["founded in 1999", "founded in 2001"]),
        ("hub", "figures", ["members: 100 in 2020", "members: 120 in 2020"]),
        ("cogs", "ties", ["was acquired by Delta in 2015", "was acquired by Delta in 2017"]),
        (
            "hub",
            "happenings",
            ["Assembly: Chain approved in July 2020", "Assembly on 3 August 2020"],
        ),
        ("assembly", "identity", ["date in July 2020", "date on 3 August 2020"]),
        ("acme", "memberships", []),
        ("acme", "ties", []),
    ],
)
def test_only_what_cannot_all_be_true_is_a_disagreement(
    small: Cards, thing: str, group: str, disputed: list[str]
) -> None:
    found = statements(small.get(iri(thing)), group)
    assert [f"{one.text('en')} {one.when('en')}" for one in found if one.disagrees] == disputed


def test_a_statement_names_its_sources_its_inference_and_the_other_thing(small: Cards) -> None:
    bought = statements(small.get(iri("delta")), "ties")[1]
    assert bought.inferred == Text("Ricavato dai bilanci", "Worked out from the accounts")
    assert bought.other == iri("cogs")
    assert bought.pattern("it") == "ha acquisito {}"
    (source,) = bought.sources
    assert (source.title, source.publisher, source.published) == (
        "Late page",
        "Herald",
        "2021-03-05",
    )
    assert (source.url, source.language) == ("https://example.org/late", "en")


def test_sources_come_by_date_and_those_without_one_last(small: Cards) -> None:
    ids = ("undated", "late", "early")
    found = small.sources(f"https://w3id.org/filiera/graph/{name}" for name in ids)
    assert [source.id for source in found] == ["early", "late", "undated"]


def test_dates_of_any_form_are_put_in_order_by_their_last_day(make_dataset: MakeDataset) -> None:
    store = MemoryStore()
    build(
        make_dataset(
            sources="""\
id,url,title,publisher,published,language
page-a,https://example.org/a,A,Gazette,[..2020-07],it
page-b,https://example.org/b,B,Gazette,2018,it
page-c,https://example.org/c,C,Gazette,[2016-01..2016-12],it
page-d,https://example.org/d,D,Gazette,,it
""",
            organisations="""\
id,name,kind,place,founded,activity_it,activity_en,source
acme,Acme,company,bologna,1999,Viti,Screws,page-b
acme,Acme,company,bologna,1999,Motori,Motors,page-a
acme,Acme,company,bologna,1999,Ruote,Wheels,page-d
bolt,Bolt,company,,,,,page-c
cluster,Cluster,cluster,,,,,page-a
""",
        ),
        store,
    )
    found = cards(store).sources(GRAPH[f"page-{letter}"] for letter in "abcd")
    assert [source.id for source in found] == ["page-c", "page-b", "page-a", "page-d"]
    assert cards(store).get(iri("acme")).description("en") == "Motors"


def test_one_card_by_itself_is_the_same_as_out_of_all(small: Cards) -> None:
    for name in ("acme", "hub", "gear-project", "chain-batteries", "place/bologna"):
        assert card(small_store(), iri(name)) == small.get(iri(name))


def test_what_nobody_speaks_of_has_no_card(small: Cards) -> None:
    assert iri("acme") in small
    assert iri("nobody") not in small
    with pytest.raises(UnknownName, match="nobody"):
        small.get(iri("nobody"))
    with pytest.raises(UnknownName, match="nobody"):
        card(small_store(), iri("nobody"))


def test_braces_in_data_do_not_become_the_place_of_another_thing() -> None:
    store = MemoryStore()
    store.update(
        """
        PREFIX fil: <https://w3id.org/filiera/ontology#>
        PREFIX id: <https://w3id.org/filiera/id/>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        INSERT DATA { GRAPH <https://w3id.org/filiera/graph/page> {
            id:office fil:affiliation id:firm ; fil:body id:body ; fil:holder id:person ;
                dcterms:title "head of {}" .
            id:firm skos:prefLabel "Firm" .
            id:person skos:prefLabel "A {} B" .
            id:body skos:prefLabel "The {} body" .
        } GRAPH <https://w3id.org/filiera/graph/other> { id:office fil:start "2020" } }
        """
    )
    (office,) = statements(cards(store).get(iri("firm")), "offices")
    assert office.text("en") == "A { } B: head of { }, The {} body"
    assert [source.id for source in office.sources] == ["page"], "the other names no firm"


def test_a_website_is_an_address_even_if_it_looks_like_an_id() -> None:
    store = MemoryStore()
    store.update(
        """
        PREFIX foaf: <http://xmlns.com/foaf/0.1/>
        PREFIX id: <https://w3id.org/filiera/id/>
        INSERT DATA { GRAPH <https://w3id.org/filiera/graph/page> {
            id:firm foaf:homepage <https://example.org/id/7> } }
        """
    )
    (website,) = statements(cards(store).get(iri("firm")), "identity")
    assert website.text("en").endswith(": https://example.org/id/7")
    assert website.other is None


def test_no_row_of_the_real_data_is_missing_from_the_cards(ecosystem: filiera.Ecosystem) -> None:
    index = cards(ecosystem.store).index
    facts = ecosystem.query(
        """
        SELECT DISTINCT ?fact ?source WHERE {
          ?class rdfs:subClassOf fil:Fact .
          GRAPH ?source { ?fact a ?class }
          FILTER (?class NOT IN (fil:Decision, fil:Commitment))
        }
        """
    )
    assert isinstance(facts, Results)
    stated: dict[str, set[str]] = {}
    for fact, source in facts:
        stated.setdefault(str(fact), set()).add(str(source))
    assert len(stated) > 1500
    for fact, sources in stated.items():
        told = {
            source
            for side in index.properties(fact)
            for line in fact_lines(index, fact, side)
            for source in line.sources
        }
        assert told == sources, fact


def test_a_statement_has_the_days_between_which_its_dates_lie(small: Cards) -> None:
    acme = small.get(iri("acme"))
    days = {one.text("en"): one.days for group in acme.groups for one in group.statements}
    assert days["founded"] == (("date", "2001-01-01", "2001-12-31"),), "a founding happens"
    assert days["controls Bolt"] == (("asOf", "2021-01-01", "2021-12-31"),)
    assert days["Better gears (partner)"] == (
        ("start", "2020-01-01", "2020-12-31"),
        ("end", "2021-01-01", "2021-12-31"),
    )
    assert days["kind: company"] == ()


def test_what_is_a_matter_of_a_moment_has_the_day_on_which_it_happened(
    ecosystem: filiera.Ecosystem,
) -> None:
    ties = statements(ecosystem.show("manz-italy"), "ties")
    bought = [one for one in ties if one.text("en") == "was acquired by Manz AG"]
    assert {day.role for one in bought for day in one.days} == {"date"}


def test_a_place_tells_who_is_there_and_what_lies_within(small: Cards) -> None:
    bologna = iri("place/bologna")
    assert said(small.get(bologna), "seats") == [
        ("Acme", "", ["early"]),
        ("Università", "", ["early"]),
    ]
    assert small.around(bologna) == (
        bologna,
        iri("place/bologna-province"),
        iri("place/italy"),
    )
    assert said(small.get(iri("place/italy")), "places") == [
        ("Metropolitan city of Bologna", "", ["undated"])
    ]


def test_a_place_tells_what_happened_there(ecosystem: filiera.Ecosystem) -> None:
    place = card(ecosystem.store, ecosystem.dataset.id_base + "place/bologna")
    (told, *_) = statements(place, "happenings")
    assert told.text("en") == "Members' assembly, December 2022"
    assert told.when("en") == "in December 2022"


def test_a_stage_is_named_as_another_thing(ecosystem: filiera.Ecosystem) -> None:
    stages = statements(ecosystem.show("manz-italy"), "stages")
    base = ecosystem.dataset.id_base
    assert [one.other for one in stages] == [
        f"{base}erm-production-equipment",
        f"{base}erm-winding-stacking-equipment",
    ]
    assert stages[0].pattern.en.startswith("{} (Batteries and mobile electrification): Prototype")


def test_a_note_in_one_language_is_shown_in_both(make_dataset: MakeDataset) -> None:
    dataset = make_dataset(
        memberships="member,body,source,note_it,note_en,inferred_it\n"
        "acme,cluster,page-a,,Joined early,Desunto dal nome\n"
        "bolt,cluster,page-a,Entrata tardi,Joined late,\n"
    )
    with filiera.open_graph(dataset.folder) as ecosystem:
        known = cards(ecosystem.store)
    of_acme, of_bolt = statements(known.get(f"{ID.base}cluster"), "members")
    assert (of_acme.note("it"), of_acme.note("en")) == ("Joined early", "Joined early")
    assert (of_acme.inferred("it"), of_acme.inferred("en")) == ("Desunto dal nome",) * 2
    assert (of_bolt.note("it"), of_bolt.note("en")) == ("Entrata tardi", "Joined late")
