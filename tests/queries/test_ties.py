"""Questions about ties, owners, suppliers, projects and links: their rows, and that they follow."""

from __future__ import annotations

from filiera import Ecosystem
from tests.queries.asking import Ask, Facts, answer
from tests.queries.reading import lines, table

# ties-of --------------------------------------------------------------------------------------


def test_ties_of_landi_renzo_read_from_its_side(ask: Ask) -> None:
    rows = ask("ties-of", "other start end sources source relation")
    assert lines(rows) == table("""
        metatron 2021 - 1 reggionline-metatron acquired
        metatron 2022-02 - 1 reggiosera-2022-02-metatron acquired
        safe 2012 - 1 veritaeaffari-2023-02-landi acquired
        metatron - - 1 hydronews-landi-2021 controls
        safe - - 1 corriere-2022-01-21-idromeccanica controls
        safe-cec - - 1 hydronews-landi-2021 controls
        unimore - - 1 hydronews-unimore-landi does research with
        invitalia 2024-08 - 1 marketinsight-landi-2024 has as an investor
        itaca-equity-holding 2022-03 - 1 reggiosera-itaca-2022 has as an investor
        invitalia 2024-10-24 - 1 startmag-landi-9m2024 is a partner of
        mahindra - - 1 industriaitaliana-landi is a partner of
        gbd-green-by-definition - - 2 startmag-landi-9m2024 is controlled by
        girefin - - 1 powertraininternational-landi-itaca is controlled by
        gruppo-meccatronico-unindustria-re - 2024 1 24emilia-gruppo-mecc sits on the board of
    """)


def test_ties_of_are_read_in_the_language_of_the_answer(ecosystem: Ecosystem) -> None:
    rows = answer(ecosystem, "ties-of", "relation other", organisation="five", lang="it")
    assert ("è rifornita da", "samsung") in rows
    assert ("fornisce", "wayel") in rows


def test_ties_of_sources_that_date_a_tie_differently_have_rows_of_their_own(ask: Ask) -> None:
    rows = ask("ties-of", "other start sources source relation", organisation="sovema-group")
    assert lines(row for row in rows if row[0] == "schuler") == table("""
        schuler 2022-09 1 confindustria-vr-sovema is controlled by
        schuler 2022-08 2 industrieanzeiger-2022-08-sovema was acquired by
        schuler 2022-09 1 confindustria-vr-sovema was acquired by
    """)


def test_ties_of_follow_the_facts(facts: Facts) -> None:
    supply = {"from": "samsung", "to": "five"}
    facts.edit("ties", supply, **{"from": "five", "to": "samsung", "as_of": "2020"})
    columns = "relation other asOf"
    rows = answer(facts.built(), "ties-of", columns, organisation="five")
    assert ("supplies", "samsung", "2020") in rows
    assert "is supplied by" not in {row[0] for row in rows}


# owners-at, owned-by --------------------------------------------------------------------------


def test_owners_at_a_day_and_what_stands_above_them(ask: Ask) -> None:
    assert lines(ask("owners-at")) == table("""
        1 audi acquired ducati certainly 2012-04 - 1 viaemilia-ducati-2012
        1 audi controls ducati certainly 2012 - 1 repubblica-ducati-lambo-2023
        2 volkswagen controls audi possibly - - 1 viaemilia-ducati-2012
    """)


def test_owners_at_a_day_before_the_purchase(ask: Ask) -> None:
    """Who owns Audi is not asked for when Audi does not own Ducati yet."""
    assert ask("owners-at", at="2011") == []


def test_owners_at_a_day_between_what_two_sources_say(ask: Ask) -> None:
    rows = ask("owners-at", organisation="sovema-group", at="2022-08-15")
    assert lines(rows) == table("""
        1 schuler acquired sovema-group possibly 2022-08 - 2 industrieanzeiger-2022-08-sovema
        2 andritz controls schuler possibly - - 1 autlook-sovema
    """)


def test_owners_at_before_and_after_a_sale(ask: Ask) -> None:
    columns = "step owner relation certainty start end"
    assert lines(ask("owners-at", columns, organisation="mcm", at="2025")) == table("""
        1 rifa controls possibly - [..2026-02-02]
    """)
    assert lines(ask("owners-at", columns, organisation="mcm", at="2026-06")) == table("""
        1 mcm-manufacturing-technologies acquired certainly 2026-01-30 -
        2 genfin controls possibly - -
    """)


def test_owners_at_follow_several_ways_up(ask: Ask) -> None:
    rows = ask("owners-at", "step owner relation owned", organisation="idro-meccanica", at="2024")
    assert list(dict.fromkeys(lines(rows))) == table("""
        1 safe acquired idro-meccanica
        2 landi-renzo acquired safe
        2 landi-renzo controls safe
        2 safe-cec controls safe
        3 gbd-green-by-definition controls landi-renzo
        3 girefin controls landi-renzo
        3 landi-renzo controls safe-cec
    """)


def test_owners_at_reach_four_steps_up(facts: Facts) -> None:
    """And not a fifth; and nothing above a tie that does not hold."""
    facts.drop("ties", **{"from": "landi-renzo", "to": "safe"})
    fifth = {"from": "sacmi", "relation": "controls", "to": "girefin", "source": "seed-2020-07"}
    facts.add("ties", **fifth)
    columns = "step owner owned"
    asked = {"organisation": "idro-meccanica", "at": "2024"}
    rows = answer(facts.built(), "owners-at", columns, **asked)
    assert ("girefin", "landi-renzo") in {row[1:] for row in rows if row[0] == 4}
    assert "sacmi" not in {row[1] for row in rows}
    facts.edit("ties", {"from": "safe-cec", "to": "safe"}, end="2023")
    rows = answer(facts.built(), "owners-at", columns, **asked)
    assert set(rows) == {(1, "safe", "idro-meccanica")}


def test_owners_at_a_purchase_is_over_once_the_control_after_it_is(facts: Facts) -> None:
    bought = {"from": "audi", "relation": "acquired", "to": "ducati"}
    facts.edit("ties", bought | {"relation": "controls"}, end="2019")
    columns = "owner relation"
    changed = facts.built()
    assert answer(changed, "owners-at", columns, at="2018") == [
        ("audi", "acquired"),
        ("audi", "controls"),
        ("volkswagen", "controls"),
    ]
    assert answer(changed, "owners-at", columns) == []
    # What is bought again later is owned again.
    facts.add("ties", **bought, start="2021", occurrence="2", source="seed-2020-07")
    assert answer(facts.built(), "owners-at", columns) == [
        ("audi", "acquired"),
        ("volkswagen", "controls"),
    ]


def test_owned_by_a_group_at_a_day(ask: Ask) -> None:
    rows = ask("owned-by", owner="volkswagen", at="2021")
    assert lines(rows) == table("""
        1 audi controls volkswagen possibly - - 1 viaemilia-ducati-2012
        2 ducati acquired audi certainly 2012-04 - 1 viaemilia-ducati-2012
        2 ducati controls audi certainly 2012 - 1 repubblica-ducati-lambo-2023
        2 lamborghini controls audi possibly - - 1 repubblica-ducati-lambo-2023
    """)


def test_owned_by_a_holding_leaves_out_what_is_bought_later(ask: Ask) -> None:
    """Idro Meccanica was bought in January 2022; one source does not say when."""
    columns = "step owned relation by start"
    rows = ask("owned-by", columns, owner="girefin", at="2021")
    assert lines(rows) == table("""
        1 landi-renzo controls girefin -
        2 metatron acquired landi-renzo 2021
        2 metatron controls landi-renzo -
        2 safe acquired landi-renzo 2012
        2 safe controls landi-renzo -
        2 safe-cec controls landi-renzo -
        3 safe controls safe-cec -
    """)


def test_owned_by_follows_the_facts(facts: Facts) -> None:
    facts.edit("ties", {"from": "audi", "to": "lamborghini"}, end="2015-06")
    facts.edit("ties", {"from": "volkswagen", "to": "audi"}, as_of="1999")
    columns = "owned certainty"
    rows = answer(facts.built(), "owned-by", columns, owner="volkswagen", at="2021")
    assert rows == [("audi", "certainly"), ("ducati", "certainly"), ("ducati", "certainly")]


# suppliers-of-suppliers -------------------------------------------------------------------------


def test_suppliers_of_the_members(ask: Ask) -> None:
    """Of the suppliers of the members no source says who supplies them."""
    columns = "customer supplier second firstSource"
    assert lines(ask("suppliers-of-suppliers", columns)) == table("""
        e80-group flash-battery - vaielettrico-flash
        five samsung - elettricomag-italwin
        sacmi npc-spacemind - sabatosera-npc-2018
    """)


def test_suppliers_of_the_suppliers_of_one_organisation(ask: Ask) -> None:
    columns = "customer supplier second firstStart firstSource secondSource"
    rows = ask("suppliers-of-suppliers", columns, organisation="wayel")
    assert lines(rows) == ["wayel five samsung 2013 cosvig-five elettricomag-italwin"]


def test_suppliers_of_suppliers_follow_the_facts(facts: Facts) -> None:
    facts.edit("ties", {"from": "samsung", "to": "five"}, to="flash-battery", start="2015")
    facts.edit("memberships", {"member": "sacmi"}, role="applicant")
    columns = "customer supplier second secondStart"
    assert lines(answer(facts.built(), "suppliers-of-suppliers", columns)) == table("""
        e80-group flash-battery samsung 2015
        flash-battery samsung - -
    """)


# projects-shared --------------------------------------------------------------------------------


def test_projects_that_landi_renzo_and_unimore_share(ask: Ask) -> None:
    source = "hydronews-unimore-landi"
    assert lines(ask("projects-shared")) == [
        f"unimore-landi-fuel-cells promoter {source} coordinator {source} - -"
    ]


def test_projects_shared_with_roles_that_sources_see_differently(ask: Ask) -> None:
    columns = "project roleOfA sourceOfA roleOfB sourceOfB"
    assert lines(ask("projects-shared", columns, a="unibo", b="ferrari")) == table("""
        e-cells-lab coordinator tuttotech-ecells-2024 promoter aci-ecells-2024
        e-cells-lab scientific-lead aci-ecells-2024 promoter aci-ecells-2024
    """)


def test_projects_shared_follow_the_facts(facts: Facts) -> None:
    facts.drop("participations", project="unimore-landi-fuel-cells", organisation="unimore")
    facts.add("participations", project="h2-ice", organisation="unimore", source="seed-2020-07")
    facts.edit("projects", {"id": "h2-ice"}, start="2022", end="2025")
    columns = "project sourceOfA roleOfB sourceOfB start end"
    assert lines(answer(facts.built(), "projects-shared", columns)) == table("""
        h2-ice monitorcsr-h2-ice - seed-2020-07 2022 2025
        h2-ice trasporti-italia-h2-ice - seed-2020-07 2022 2025
    """)


# links-between ----------------------------------------------------------------------------------


def test_links_between_landi_renzo_and_unimore(ask: Ask) -> None:
    columns = "via step from what how to source"
    assert lines(ask("links-between", columns)) == table("""
        - 1 landi-renzo ontology#Tie research-partner-of unimore hydronews-unimore-landi
        unimore-landi-fuel-cells 1 landi-renzo ontology#Participation promoter \
            unimore-landi-fuel-cells hydronews-unimore-landi
        unimore-landi-fuel-cells 2 unimore ontology#Participation coordinator \
            unimore-landi-fuel-cells hydronews-unimore-landi
    """)


def test_links_between_over_a_company_a_body_and_a_project(ask: Ask) -> None:
    columns = "via step from how to start source"
    assert lines(ask("links-between", columns, a="unibo", b="ferrari")) == table("""
        - 1 ferrari research-partner-of unibo 2024-04 tuttotech-ecells-2024
        e-cells-lab 1 unibo coordinator e-cells-lab - tuttotech-ecells-2024
        e-cells-lab 1 unibo scientific-lead e-cells-lab - aci-ecells-2024
        e-cells-lab 2 ferrari promoter e-cells-lab - aci-ecells-2024
        hpe-coxa 1 hpe-coxa research-partner-of unibo 2020-10 sole24-hpe-2020
        hpe-coxa 2 hpe-coxa supplies ferrari - modenatoday-hpe-2016
        muner 1 unibo founding-member muner 2017-04 gazzettaparma-muner-2017
        muner 1 unibo founded muner 2017-04 unimore-muner
        muner 2 ferrari founding-member muner 2017-04 gazzettaparma-muner-2017
        muner 2 ferrari member muner - art-er-muner-2021-12
        muner 2 ferrari founded muner 2017-04 unimore-muner
    """)


def test_links_between_do_not_depend_on_who_is_named_first(ask: Ask) -> None:
    columns = "via from how to source"
    there = ask("links-between", columns, a="unibo", b="ferrari")
    back = ask("links-between", columns, a="ferrari", b="unibo")
    assert sorted(lines(there)) == sorted(lines(back))


def test_links_between_an_organisation_and_itself(ask: Ask) -> None:
    assert ask("links-between", a="unibo", b="unibo") == []


def test_links_between_follow_the_facts(facts: Facts) -> None:
    """A body that one has joined and the other coordinates joins the two."""
    facts.drop("ties", **{"from": "landi-renzo", "to": "unimore"})
    facts.drop("participations", project="unimore-landi-fuel-cells", organisation="unimore")
    coordination = {"from": "unimore", "relation": "coordinates", "to": "e-rmes-2015"}
    facts.add("ties", **coordination, start="2015", end="2018", source="seed-2020-07")
    columns = "via step from how to start end asOf source"
    assert lines(answer(facts.built(), "links-between", columns)) == table("""
        e-rmes-2015 1 landi-renzo member e-rmes-2015 - - 2015-12-22 bancaifis-2015
        e-rmes-2015 2 unimore coordinates e-rmes-2015 2015 2018 - seed-2020-07
    """)


# partners-of ------------------------------------------------------------------------------------


def test_partners_of_landi_renzo(ask: Ask) -> None:
    """Its owners and the companies it owns are no partners."""
    columns = "other partnerships research supply projects"
    assert lines(ask("partners-of", columns, organisation="landi-renzo")) == table("""
        unimore 0 1 0 1
        invitalia 1 0 0 0
        avl-italia 0 0 0 1
        industria-italiana-autobus 0 0 0 1
        mahindra 1 0 0 0
        punch-torino 0 0 0 1
        tper 0 0 0 1
    """)


def test_partners_of_with_what_is_last_known_and_how_many_say_so(ask: Ask) -> None:
    rows = ask("partners-of")
    assert ("politecnico-di-milano", 1, 1, 0, 1, "2022-01-31", 2) in rows
    assert ("e80-group", 1, 0, 1, 0, "", 2) in rows


def test_partners_of_follow_the_facts(facts: Facts) -> None:
    facts.edit("ties", {"from": "landi-renzo", "to": "mahindra"}, relation="joint-venture-with")
    facts.edit("ties", {"from": "invitalia", "to": "landi-renzo"}, relation="lends-to")
    facts.add("participations", project="h2-ice", organisation="mahindra", source="seed-2020-07")
    again = {"project": "h2-ice", "organisation": "mahindra", "occurrence": "2"}
    facts.add("participations", **again, start="2025", source="seed-2020-07")
    rows = answer(facts.built(), "partners-of", organisation="landi-renzo")
    assert rows[0] == ("mahindra", 1, 0, 0, 1, "2025-12-31", 2)
    assert "invitalia" not in {row[0] for row in rows}
