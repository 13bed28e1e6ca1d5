"""The article of July 2020 comes out whole, and what came later keeps its own sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import filiera
from filiera.results import Results, Value
from filiera.vocabulary import CONCEPT, GRAPH, ID

PREFIXES = """
PREFIX fil: <https://w3id.org/filiera/ontology#>
PREFIX id: <https://w3id.org/filiera/id/>
PREFIX graph: <https://w3id.org/filiera/graph/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
"""

JOINED = {
    "arco-fuel-cells",
    "bercella",
    "daca-i-powertrain-engineering",
    "e80-group",
    "five",
    "flash-battery",
    "fondazione-aldini-valeriani",
    "i-t-technologies",
    "jacobacci-partners",
    "landi-renzo",
    "manz-italy",
    "nablawave",
    "sma-smart-mobility-agency",
    "sovema-group",
    "toyota-material-handling-manufacturing-italy",
    "vection-italy",
}


def rows(ecosystem: filiera.Ecosystem, query: str) -> list[tuple[Value, ...]]:
    answer = ecosystem.query(PREFIXES + query)
    assert isinstance(answer, Results)
    return [tuple(short(value) for value in row) for row in answer]


def short(value: Value) -> Value:
    if isinstance(value, str):
        for base in (ID.base, GRAPH.base, CONCEPT.base):
            value = str(value).removeprefix(base)
    return value


def test_sixteen_members_joined_on_some_day_of_the_first_seven_months(
    ecosystem: filiera.Ecosystem,
) -> None:
    found = rows(
        ecosystem,
        """SELECT ?member ?said ?first ?last WHERE { GRAPH graph:seed-2020-07 {
        ?m a fil:Membership ; org:member ?member ; org:organization id:clust-er-mech ;
        fil:start ?said ; fil:startEarliest ?first ; fil:startLatest ?last } }""",
    )
    assert {row[0] for row in found} == JOINED
    assert len(found) == 16
    assert {row[1:] for row in found} == {
        ("[2020-01-01..2020-07-31]", date(2020, 1, 1), date(2020, 7, 31))
    }


def test_its_figures(ecosystem: filiera.Ecosystem) -> None:
    found = rows(
        ecosystem,
        """SELECT ?measure ?kind ?value ?date WHERE { GRAPH graph:seed-2020-07 {
        ?f a fil:Figure ; fil:subject id:clust-er-mech ; fil:measure ?measure ; fil:value ?value ;
        fil:date ?date . OPTIONAL { ?f fil:ofKind ?kind } } } ORDER BY ?measure ?kind""",
    )
    assert found == [
        ("measure/members", None, Decimal(103), "2020-07"),
        ("measure/new-members", None, Decimal(16), "2020-01/2020-07"),
        ("measure/new-members", "kind/business-network", Decimal(1), "2020-01/2020-07"),
        ("measure/new-members", "kind/company", Decimal(14), "2020-01/2020-07"),
        ("measure/new-members", "kind/training-body", Decimal(1), "2020-01/2020-07"),
        ("measure/value-chains", None, Decimal(7), "2020-07"),
    ]


def test_its_president(ecosystem: filiera.Ecosystem) -> None:
    assert rows(
        ecosystem,
        """SELECT ?name ?office WHERE { GRAPH graph:seed-2020-07 { ?o a fil:OfficeTerm ;
        fil:holder ?person ; fil:role ?office ; fil:body id:clust-er-mech .
        ?person skos:prefLabel ?name } }""",
    ) == [("Mariacristina Gherpelli", "office/president")]


def test_the_assembly_was_held_online_and_took_two_decisions(ecosystem: filiera.Ecosystem) -> None:
    assert rows(
        ecosystem,
        """SELECT ?kind ?mode ?date WHERE { GRAPH graph:seed-2020-07 {
        id:assembly-2020-07 dcterms:type ?kind ; fil:mode ?mode ; fil:date ?date } }""",
    ) == [("event-kind/assembly", "event-mode/online", "2020-07")]
    assert rows(
        ecosystem,
        """SELECT ?decision ?effect ?affects ?kind ?prompt WHERE { GRAPH graph:seed-2020-07 {
        ?decision fil:takenAt id:assembly-2020-07 ; fil:decidedBy id:clust-er-mech ;
        fil:effect ?effect ; fil:affects ?affects
        OPTIONAL { ?decision fil:ofKind ?kind } OPTIONAL { ?decision fil:promptedBy ?prompt } } }
        ORDER BY ?decision ?affects""",
    ) == [
        (
            "decision-new-value-chain-2020-07",
            "effect/creates",
            affected,
            None,
            "expressions-of-interest-2020",
        )
        for affected in ("chain-batteries", "vc-e-rmes")
    ] + [
        ("decision-startup-fee-2020-07", "effect/abolishes", "clust-er-mech", "kind/start-up", None)
    ]


def test_expressions_of_interest_went_to_the_board(ecosystem: filiera.Ecosystem) -> None:
    found = rows(
        ecosystem,
        """SELECT ?concerns ?latest WHERE { GRAPH graph:seed-2020-07 {
        id:expressions-of-interest-2020 fil:concerns ?concerns ; fil:dateLatest ?latest } }""",
    )
    assert set(found) == {
        (thing, date(2020, 7, 31))
        for thing in ("vc-e-rmes", "chain-batteries", "mech-consiglio-direttivo")
    }


def test_the_manifesto_was_due_by_the_end_of_september_and_no_source_says_what_came_of_it(
    ecosystem: filiera.Ecosystem,
) -> None:
    assert rows(
        ecosystem,
        """SELECT ?by ?said ?latest ?at ?outcome WHERE {
        id:manifesto-e-rmes-2020 fil:committedBy ?by ; fil:due ?said ; fil:dueLatest ?latest ;
        fil:madeAt ?at
        OPTIONAL { id:manifesto-e-rmes-2020 fil:outcome ?outcome } }""",
    ) == [("vc-e-rmes", "2020-09", date(2020, 9, 30), "assembly-2020-07", None)]


def test_lab_talks(ecosystem: filiera.Ecosystem) -> None:
    assert rows(
        ecosystem,
        """SELECT ?kind WHERE { GRAPH graph:seed-2020-07 { id:lab-talks-2020 dcterms:type ?kind ;
        fil:concerns id:clust-er-mech } }""",
    ) == [("event-kind/webinar",)]


def test_kinds_as_far_as_names_allow(ecosystem: filiera.Ecosystem) -> None:
    found = rows(
        ecosystem,
        """SELECT ?member ?kind WHERE { ?m org:member ?member ; org:organization id:clust-er-mech .
        GRAPH graph:seed-2020-07 { ?m a fil:Membership . ?member org:classification ?kind } }""",
    )
    kinds = {row[0]: row[1] for row in found}
    assert kinds["sma-smart-mobility-agency"] == "kind/business-network"
    assert "kind/training" in str(kinds["fondazione-aldini-valeriani"])
    others = JOINED - {"sma-smart-mobility-agency", "fondazione-aldini-valeriani"}
    assert {kinds.get(member, "kind/company") for member in others} == {"kind/company"}


def test_the_planned_chain_and_its_status_over_time(ecosystem: filiera.Ecosystem) -> None:
    assert rows(ecosystem, "SELECT ?chain WHERE { id:vc-e-rmes fil:worksOn ?chain }") == [
        ("chain-batteries",)
    ]
    assert rows(
        ecosystem,
        """SELECT ?status ?said ?source WHERE { ?p fil:subject id:vc-e-rmes ; fil:status ?status .
        GRAPH ?source { ?p fil:start ?said } } ORDER BY ?said""",
    ) == [
        ("status/existing", "2020-07", "seed-2020-07"),
        ("status/decided", "[2020-06-15..2020-07-31]", "seed-2020-07"),
    ]


def test_what_came_later_keeps_its_own_source_and_date(ecosystem: filiera.Ecosystem) -> None:
    liquidation = rows(
        ecosystem,
        """SELECT ?subject ?status ?said ?source WHERE { GRAPH ?source { ?p a fil:Phase ;
        fil:subject ?subject ; fil:status ?status ; fil:start ?said }
        FILTER(?source = graph:zazoom-2026-01-14-manz) }
        ORDER BY ?subject""",
    )
    assert liquidation == [
        ("manz-ag", "status/insolvent", "2024", "zazoom-2026-01-14-manz"),
        ("manz-italy", "status/in-liquidation", "2026-01", "zazoom-2026-01-14-manz"),
    ]
    purchase = rows(
        ecosystem,
        """SELECT ?said ?source WHERE { ?t fil:from id:schuler ; fil:to id:sovema-group ;
        fil:relation <https://w3id.org/filiera/concept/relation/acquired> .
        GRAPH ?source { ?t fil:start ?said } } ORDER BY ?source""",
    )
    assert purchase == [
        ("2022-09", "confindustria-vr-sovema"),
        ("2022-08", "industrieanzeiger-2022-08-sovema"),
        ("2022-08", "swp-2022-08-sovema"),
    ]
    names = rows(
        ecosystem,
        """SELECT ?org ?name ?said WHERE { VALUES ?org { id:flash-battery id:e80-group }
        ?n fil:subject ?org ; fil:name ?name ; fil:start ?said } ORDER BY ?org ?said""",
    )
    assert names == [
        ("e80-group", "Elettric80", "1980"),
        ("flash-battery", "Kaitek", "2012"),
        ("flash-battery", "Flash Battery", "2020"),
    ]
    assert rows(
        ecosystem,
        """SELECT ?name WHERE { GRAPH graph:symbola-art-er {
        ?n fil:subject id:vc-e-rmes ; fil:name ?name } }""",
    ) == [("E-Rmes",)]
