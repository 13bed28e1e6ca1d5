"""Questions about chains, stages and activities: their rows, and that they follow the facts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from filiera import Ecosystem
from tests.queries.asking import Ask, Cell, Facts, answer
from tests.queries.reading import lines, table

ORDER_OF_BATTERIES = table("""
    erm-production-equipment
    erm-inspection-equipment
    erm-winding-stacking-equipment
    erm-formation-equipment
    erm-raw-materials
    erm-active-materials
    erm-motor-production-equipment
    erm-power-electronics
    erm-bms
    erm-cell-manufacturing
    erm-electrode-manufacturing
    erm-cell-assembly
    erm-formation
    erm-electric-motors
    erm-charging
    erm-drivetrain
    erm-module-pack
    erm-vehicle-integration
    erm-automotive
    erm-material-handling
    erm-micro-mobility
    erm-motorcycles
    erm-off-highway
    erm-second-life
    erm-recycling
    erm-engineering-simulation
    erm-financing
    erm-ip-patents
    erm-research
    erm-testing-validation
    erm-training
""")
GAPS_OF_BATTERIES = table("""
    erm-raw-materials
    erm-active-materials
    erm-cell-manufacturing
    erm-electrode-manufacturing
    erm-cell-assembly
    erm-formation
    erm-financing
""")


def stages(rows: Sequence[Sequence[Cell]]) -> list[Cell]:
    """Stages of an answer, each once, in its order."""
    return list(dict.fromkeys(row[0] for row in rows))


# stages-of ----------------------------------------------------------------------------------


def test_stages_of_hydrogen_and_who_works_there(ask: Ask) -> None:
    columns = "stage kind downstream organisation asOf source"
    assert lines(ask("stages-of", columns, chain="chain-hydrogen")) == table("""
        hyd-production stage 3 - - -
        hyd-compression-storage stage 2 idro-meccanica - ansa-idro-2022
        hyd-compression-storage stage 2 safe - corriere-2022-01-21-idromeccanica
        hyd-distribution-refuelling stage 1 idro-meccanica - canaleenergia-greentech-idromeccanica
        hyd-fuel-cell-stack stage 1 arcotronics-fuel-cells 2006 modena2000-2006-02-15
        hyd-onboard-components stage 1 landi-renzo - ansa-idro-2022
        hyd-onboard-components stage 1 metatron - hydronews-landi-2021
        hyd-vehicle-integration stage 0 toyota-material-handling-manufacturing-italy - \
            tuttocarrelli-toyota
        hyd-testing-research cross-cutting 0 fondazione-rei - rei-hyer-2025
        hyd-testing-research cross-cutting 0 marposs - formulapassion-marposs
        hyd-testing-research cross-cutting 0 unimore - carlino-snam-unimore
    """)


def test_stages_of_batteries_come_in_flow_order(ask: Ask) -> None:
    """Recycling feeds raw materials again, and still comes last; parts stand below their whole."""
    rows = ask("stages-of", "stage partOf")
    assert stages(rows) == ORDER_OF_BATTERIES
    assert ("erm-formation", "erm-cell-manufacturing") in rows


def test_stages_of_a_chain_that_is_one_circle_begin_where_nothing_is_recovered(ask: Ask) -> None:
    rows = ask("stages-of", "stage kind downstream", chain="chain-advanced-materials")
    assert list(dict.fromkeys(lines(rows))) == table("""
        mm-fibres-resins stage 3
        mm-part-manufacturing stage 2
        mm-application stage 1
        mm-recycling recovery 0
    """)


def test_stages_of_tell_what_is_done_in_the_language_of_the_answer(ecosystem: Ecosystem) -> None:
    def said(lang: str) -> list[Cell]:
        rows = answer(
            ecosystem, "stages-of", "organisation what", chain="chain-hydrogen", lang=lang
        )
        return [what for organisation, what in rows if organisation == "metatron"]

    assert said("en") == ["Gas and hydrogen parts for medium and heavy vehicles"]
    assert said("it") == ["Parti per gas e idrogeno per veicoli medi e pesanti"]


def test_stages_of_fall_back_on_the_other_language(facts: Facts) -> None:
    facts.edit("capabilities", {"organisation": "metatron"}, what_en="", what_it="Parti per gas")
    rows = answer(facts.built(), "stages-of", "organisation what", chain="chain-hydrogen")
    assert ("metatron", "Parti per gas") in rows


def test_stages_of_follow_the_facts(facts: Facts) -> None:
    facts.edit("stages", {"id": "mm-recycling"}, kind="stage")
    facts.edit("stages", {"id": "hyd-production"}, feeds="hyd-distribution-refuelling")
    facts.drop("capabilities", organisation="safe")
    changed = facts.built()
    rows = answer(changed, "stages-of", "stage organisation", chain="chain-hydrogen")
    assert ("hyd-compression-storage", "safe") not in rows
    assert stages(rows)[:2] == ["hyd-compression-storage", "hyd-production"]
    # Without a stage of recovery a circle has no beginning: all come after all.
    circle = answer(changed, "stages-of", "downstream", chain="chain-advanced-materials")
    assert set(circle) == {(4,)}


# stages-without-anybody ---------------------------------------------------------------------


def test_stages_without_anybody_in_batteries(ask: Ask) -> None:
    """Nobody makes cells, materials or finance; 32 organisations are known, 154 members stated."""
    rows = ask(
        "stages-without-anybody",
        "stage partOf kind inChain inGraph stated",
        chain="chain-batteries",
    )
    assert lines(rows) == table("""
        erm-raw-materials - stage 32 71 154
        erm-active-materials - stage 32 71 154
        erm-cell-manufacturing - stage 32 71 154
        erm-electrode-manufacturing erm-cell-manufacturing stage 32 71 154
        erm-cell-assembly erm-cell-manufacturing stage 32 71 154
        erm-formation erm-cell-manufacturing stage 32 71 154
        erm-financing - cross-cutting 32 71 154
    """)


def test_stages_without_anybody_in_all_chains(ask: Ask) -> None:
    rows = ask("stages-without-anybody", "chain stage inChain")
    assert lines(row for row in rows if row[0] != "chain-batteries") == table("""
        chain-advanced-materials mm-fibres-resins 4
        chain-advanced-materials mm-recycling 4
        chain-aerospace fl-ground-data 7
        chain-automation-robotics ar-end-use 12
        chain-digital-manufacturing dm-digital-design 7
        chain-digital-manufacturing dm-materials 7
        chain-digital-manufacturing dm-post-processing 7
        chain-fluid-power fp-machine-use 4
        chain-hydrogen hyd-production 9
        chain-nautical na-hull-composites 3
        chain-nautical na-systems-interiors 3
        chain-nautical na-refit 3
    """)
    assert [stage for chain, stage, _ in rows if chain == "chain-batteries"] == GAPS_OF_BATTERIES


def test_a_covered_part_covers_its_whole(facts: Facts) -> None:
    """And only figures of all members together say how many there are."""
    part = "erm-electrode-manufacturing"
    facts.add("capabilities", organisation="sacmi", stage=part, source="seed-2020-07")
    facts.edit("figures", {"subject": "clust-er-mech", "value": "154"}, of_kind="training-body")
    columns = "stage inChain stated"
    rows = answer(facts.built(), "stages-without-anybody", columns, chain="chain-batteries")
    left = [stage for stage in GAPS_OF_BATTERIES if stage not in (part, "erm-cell-manufacturing")]
    # What is left is the source that says there were more than 130.
    assert rows == [(stage, 33, Decimal(130)) for stage in left]


# chain-members, capabilities-at ---------------------------------------------------------------


def test_chain_members_of_hydrogen(ask: Ask) -> None:
    assert lines(ask("chain-members", chain="chain-hydrogen")) == table("""
        idro-meccanica - 2 2
        arcotronics-fuel-cells - 1 1
        fondazione-rei - 1 1
        landi-renzo clust-er-mech 1 1
        marposs - 1 1
        metatron - 1 1
        safe - 1 1
        toyota-material-handling-manufacturing-italy clust-er-mech 1 1
        unimore - 1 1
    """)


def test_chain_members_of_another_body(ask: Ask) -> None:
    rows = ask("chain-members", "organisation memberOf", body="bi-rex", chain="chain-hydrogen")
    assert [member for member, body in rows if body == "bi-rex"] == ["marposs", "unimore"]


def test_chain_members_follow_the_facts(facts: Facts) -> None:
    facts.edit("memberships", {"member": "landi-renzo"}, role="applicant")
    facts.edit("capabilities", {"organisation": "metatron"}, organisation="safe")
    rows = answer(facts.built(), "chain-members", chain="chain-hydrogen")
    assert rows[:2] == [("idro-meccanica", None, 2, 2), ("safe", None, 2, 2)]
    assert ("landi-renzo", None, 1, 1) in rows
    assert "metatron" not in {row[0] for row in rows}


def test_capabilities_at_a_stage_and_its_parts(ask: Ask) -> None:
    columns = "organisation at published source"
    rows = ask("capabilities-at", columns, stage="erm-vehicle-integration")
    assert lines(rows) == table("""
        cnh-industrial erm-off-highway 2023 vaielettrico-cnh-cesena
        ducati erm-motorcycles 2025-09-22 messaggero-ducati-2025
        ducati-energia erm-micro-mobility 2015-12-22 bancaifis-2015
        e80-group erm-material-handling - vaielettrico-flash
        energica erm-motorcycles 2024-10-14 energica-nota-2024
        ferrari erm-automotive 2024-04-09 tuttotech-ecells-2024
        five erm-micro-mobility 2017-05-23 motoit-2017-05-23
        flash-battery erm-material-handling - reggionline-flash-battery-sede
        flash-battery erm-off-highway - qnmotori-flash-battery
        sampierana erm-off-highway 2023 vaielettrico-cnh-cesena
        silk-faw erm-automotive 2021-11-09 gazzetta-silkfaw-2021
        toyota-material-handling-manufacturing-italy erm-material-handling 2023-12 \
            carlino-2023-12-toyota
    """)


def test_capabilities_at_follow_the_facts(facts: Facts) -> None:
    five = {"organisation": "five", "stage": "erm-module-pack"}
    facts.edit("capabilities", five, stage="erm-bms", as_of="2017", what_en="Boards", what_it="")
    changed = facts.built()
    assert answer(changed, "capabilities-at", "organisation") == [("flash-battery",)]
    rows = answer(changed, "capabilities-at", "organisation what asOf source", stage="erm-bms")
    assert rows[0] == ("five", "Boards", "2017", "elettricomag-italwin")


# activities-of --------------------------------------------------------------------------------


def test_activities_of_a_maker_of_fuel_cells(ask: Ask) -> None:
    columns = "aspect activity within asOf published"
    rows = ask("activities-of", columns, organisation="arcotronics-fuel-cells")
    assert lines(rows) == table("""
        ontology#stage hyd-fuel-cell-stack chain-hydrogen 2006 2006-02-15
        ontology#Offering arcotronics-fuel-cells--hydrogen-scooter-powertrain - - 2006-02-15
        ontology#Offering arcotronics-fuel-cells--penta5-residential-cogeneration-module-5-kw - - \
            2006-02-15
        - - - - 2006-02-15
    """)


def test_activities_of_name_fields_and_every_source(ask: Ask) -> None:
    rows = ask("activities-of", "aspect activity source", organisation="arco-fuel-cells")
    assert lines(row for row in rows if row[0] in ("ontology#field", None)) == table("""
        ontology#field batteries lautomobile-2020-01-23
        ontology#field electric-mobility sole24-2020-01-22-toyota-arco-fc
        ontology#field fuel-cells lautomobile-2020-01-23
        - - sole24-arco-fc-borsa
        - - sole24-2020-01-22-toyota-arco-fc
        - - lautomobile-2020-01-23
    """)


def test_activities_of_follow_the_facts(facts: Facts) -> None:
    arco = {"organisation": "arco-fuel-cells"}
    facts.drop("offerings", organisation="arco-fuel-cells")
    facts.edit("fields", arco | {"field": "batteries"}, focus="priority", field="automation")
    facts.edit("organisations", {"id": "arco-fuel-cells"}, activity_it="Celle", activity_en="Cells")
    columns = "aspect activity within what"
    rows = answer(facts.built(), "activities-of", columns, organisation="arco-fuel-cells")
    assert rows[0] == ("ontology#field", "automation", "priority", None)
    assert not [row for row in rows if row[0] == "ontology#Offering"]
    assert {row[3] for row in rows if row[0] is None} == {"Cells"}
