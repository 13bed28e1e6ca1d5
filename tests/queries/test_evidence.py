"""Questions about sources: who says what, who disagrees, what rests on one or has no date."""

from __future__ import annotations

import csv
from collections import defaultdict

from filiera import Ecosystem
from filiera.facts.dataset import Dataset
from tests.queries.asking import Ask, Facts, Row, answer
from tests.queries.reading import lines, table


def rows_of(name: str) -> list[Row]:
    """Rows of a table of the real facts."""
    with (Dataset.find().folder / f"{name}.csv").open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


# disagreements ----------------------------------------------------------------------------------


def test_disagreements_of_numbers(ask: Ask) -> None:
    rows = ask("disagreements", "fact property value precision source")
    numbers = [(row[0], *row[2:]) for row in rows if row[1] == "ontology#value"]
    assert lines(numbers) == table("""
        flash-battery--employees--2019 48 - reggiosera-2020-11-flash
        flash-battery--employees--2019 52 - carlino-flash-battery-covid
        flash-battery--revenue--2018 13200000 - reggiosera-2019-09-kaitek
        flash-battery--revenue--2018 13260000 - qnmotori-kaitek-righi
        flash-battery--revenue--2019 13480000 - reggiosera-2020-11-flash
        flash-battery--revenue--2019 13600000 - carlino-flash-battery-covid
        flash-battery--revenue--2019 14000000 - flashbattery-tech-sole24
        landi-renzo--revenue--2023 303000000 - reggiosera-2025-04-10-landi
        landi-renzo--revenue--2023 303300000 - landi-2024-08-05-fy2023
        manz-italy--employees--2024-12 110 - carlino-2024-12-manz
        manz-italy--employees--2024-12 110 - finsubi-2024-12-28-manz
        manz-italy--employees--2024-12 112 - carlino-ex-kemet-manz
        manz-italy--employees--2025 25 - rer-2025-manz
        manz-italy--employees--2025 90 approximately carlino-ex-kemet-manz
    """)


def test_disagreements_of_dates(ask: Ask) -> None:
    """A year and a month of that year do not disagree: Manz Italy was bought in May 2014."""
    rows = ask("disagreements", "fact property value source")
    assert lines(row for row in rows if row[1] != "ontology#value") == table("""
        amulet-call1-2022 ontology#date 2020-07-20 mech-amulet-call1
        amulet-call1-2022 ontology#date 2022 interplast-amulet
        eacn--existing ontology#start 2016 eskisehir-eacn
        eacn--existing ontology#start 2017 mech-eacn
        elca-internationalization ontology#start 2020-05 amz-elca
        elca-internationalization ontology#start 2020-09-01 eccp-elca-2021
        fondazione-aldini-valeriani--existing ontology#start 1997 radiocittadelcapo-fav
        fondazione-aldini-valeriani--existing ontology#start 1998 viaemilianet-2011-05-12-fav
        schuler--acquired--sovema-group ontology#start 2022-08 industrieanzeiger-2022-08-sovema
        schuler--acquired--sovema-group ontology#start 2022-08 swp-2022-08-sovema
        schuler--acquired--sovema-group ontology#start 2022-09 confindustria-vr-sovema
    """)


def test_disagreements_about_one_thing(ask: Ask) -> None:
    facts = {row[0] for row in ask("disagreements", "fact", about="landi-renzo")}
    assert facts == {"landi-renzo--revenue--2023"}
    assert ask("disagreements", about="sacmi") == []


def test_disagreements_hear_how_a_number_is_meant(facts: Facts) -> None:
    """One pair of figures a year; only those of the years named here cannot both hold."""
    pairs = {
        "2001": (("", "100"), ("", "101")),
        "2002": (("approximately", "100"), ("", "110")),
        "2003": (("approximately", "100"), ("", "120")),
        "2004": (("", "100"), ("almost", "105")),
        "2005": (("almost", "100"), ("", "105")),
        "2006": (("at-least", "100"), ("", "900")),
        "2007": (("", "100"), ("more-than", "900")),
        "2008": (("", "100"), ("", "100.0")),
    }
    for year, pair in pairs.items():
        for (precision, value), source in zip(pair, ("seed-2020-07", "mech-eacn"), strict=True):
            figure = {"subject": "sacmi", "measure": "employees", "date": year, "value": value}
            facts.add("figures", **figure, precision=precision, source=source)
    rows = answer(facts.built(), "disagreements", "fact value", about="sacmi")
    assert lines(rows) == table("""
        sacmi--employees--2001 100
        sacmi--employees--2001 101
        sacmi--employees--2003 100
        sacmi--employees--2003 120
        sacmi--employees--2005 100
        sacmi--employees--2005 105
        sacmi--employees--2007 100
        sacmi--employees--2007 900
    """)


def test_disagreements_follow_the_facts(facts: Facts) -> None:
    facts.edit("figures", {"subject": "landi-renzo", "value": "303000000"}, value="303300000")
    facts.edit("ties", {"from": "manz-ag", "source": "photovoltaik-eu-manz"}, start="2015-05")
    facts.edit("ties", {"from": "landi-renzo", "to": "safe", "relation": "acquired"}, end="2018")
    again = {"from": "landi-renzo", "relation": "acquired", "to": "safe"}
    facts.add("ties", **again, end="2019-02", source="seed-2020-07")
    changed = facts.built()
    columns = "fact property value source published"
    assert lines(answer(changed, "disagreements", columns, about="landi-renzo")) == table("""
        landi-renzo--acquired--safe ontology#end 2018 veritaeaffari-2023-02-landi 2023-02
        landi-renzo--acquired--safe ontology#end 2019-02 seed-2020-07 2020-07
    """)
    rows = answer(changed, "disagreements", "property value", about="manz-ag")
    assert sorted(rows) == [
        ("ontology#start", when) for when in ("2014", "2014", "2014", "2015-05")
    ]


# single-source-facts, facts-by-sources ----------------------------------------------------------


def test_single_source_facts_about_schuler(ask: Ask) -> None:
    """That it bought Sovema Group is said by three sources, and so is left out."""
    assert lines(ask("single-source-facts", about="schuler")) == table("""
        ontology#Seat schuler--germania confindustria-vr-sovema -
        ontology#Seat schuler--goppingen swp-2022-08-sovema 2022-08
        ontology#Tie andritz--controls--schuler autlook-sovema -
        ontology#Tie schuler--controls--sovema-group confindustria-vr-sovema -
    """)


def test_single_source_facts_follow_the_facts(facts: Facts) -> None:
    seat = {"id": "schuler", "place": "germania"}
    facts.edit("organisations", seat, place="goppingen")
    facts.drop("ties", source="industrieanzeiger-2022-08-sovema")
    facts.drop("ties", source="swp-2022-08-sovema")
    rows = answer(facts.built(), "single-source-facts", about="schuler")
    assert lines(rows) == table("""
        ontology#Tie andritz--controls--schuler autlook-sovema -
        ontology#Tie schuler--acquired--sovema-group confindustria-vr-sovema -
        ontology#Tie schuler--controls--sovema-group confindustria-vr-sovema -
    """)


def counted(name: str, *keys: str) -> tuple[int, int, int]:
    """Facts of a table, those with one source, and those with more, counted in its rows."""
    sources: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows_of(name):
        sources[tuple(row[key] for key in keys)].add(row["source"])
    one = sum(len(stating) == 1 for stating in sources.values())
    return len(sources), one, len(sources) - one


def test_facts_by_sources_are_those_of_the_tables(ask: Ask) -> None:
    rows = {row[0]: row[1:] for row in ask("facts-by-sources")}
    tables = {
        "CapabilityClaim": counted("capabilities", "organisation", "stage"),
        "Membership": counted("memberships", "member", "body", "occurrence"),
        "Participation": counted("participations", "project", "organisation", "occurrence"),
        "FieldClaim": counted("fields", "organisation", "field", "focus"),
        "Decision": counted("decisions", "id"),
    }
    assert {name: rows[f"ontology#{name}"] for name in tables} == tables
    assert tables["CapabilityClaim"] == (110, 108, 2)


def test_facts_by_sources_follow_the_facts(facts: Facts) -> None:
    facts.add("capabilities", organisation="sacmi", stage="erm-bms", source="mech-eacn")
    facts.add("capabilities", organisation="sacmi", stage="erm-bms", source="seed-2020-07")
    facts.add("capabilities", organisation="sacmi", stage="erm-formation", source="seed-2020-07")
    rows = {row[0]: row[1:] for row in answer(facts.built(), "facts-by-sources")}
    assert rows["ontology#CapabilityClaim"] == (112, 109, 3)


# undated-facts ------------------------------------------------------------------------------------


def test_undated_facts_are_those_of_the_tables(ask: Ask) -> None:
    """Of one capability alone a source says for when it holds; no seat has a date."""
    rows = {row[0]: row[1:] for row in ask("undated-facts")}
    dated = {(row["organisation"], row["stage"]) for row in rows_of("capabilities") if row["as_of"]}
    assert dated == {("arcotronics-fuel-cells", "hyd-fuel-cell-stack")}
    assert rows["ontology#CapabilityClaim"] == (110, 109)
    memberships: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows_of("memberships"):
        dates = {row["start"], row["end"], row["as_of"]} - {""}
        memberships[row["member"], row["body"], row["occurrence"]] |= dates
    undated = sum(not dates for dates in memberships.values())
    assert rows["ontology#Membership"] == (len(memberships), undated)
    assert rows["ontology#Phase"][1] == 0
    facts, without = rows["ontology#Seat"]
    assert facts == without


def test_undated_facts_follow_the_facts(facts: Facts) -> None:
    facts.edit("capabilities", {"organisation": "safe"}, as_of="2022-01")
    facts.edit("capabilities", {"organisation": "arcotronics-fuel-cells"}, as_of="")
    facts.edit("phases", {"subject": "energica"}, start="")
    rows = {row[0]: row[1:] for row in answer(facts.built(), "undated-facts")}
    assert rows["ontology#CapabilityClaim"] == (110, 109)
    assert rows["ontology#Phase"][1] == 1


# said-by ------------------------------------------------------------------------------------------


def test_said_by_the_report_on_the_liquidation(ask: Ask) -> None:
    rows = ask("said-by", source="zazoom-2026-01-14-manz")
    told = [row for row in rows if row[2] not in ("description", "rdf-schema#comment")]
    assert lines(told) == table("""
        org#Organization andritz org#classification large-company -
        org#Organization manz-italy org#classification company -
        ontology#Figure manz-italy--employees--2026-01-14 ontology#date - 2026-01-14
        ontology#Figure manz-italy--employees--2026-01-14 ontology#measure employees -
        ontology#Figure manz-italy--employees--2026-01-14 ontology#subject manz-italy -
        ontology#Figure manz-italy--employees--2026-01-14 ontology#value - 25
        ontology#Naming andritz--andritz type name -
        ontology#Naming andritz--andritz ontology#name - ANDRITZ
        ontology#Naming andritz--andritz ontology#subject andritz -
        ontology#Naming manz-italy--manz-italy type name -
        ontology#Naming manz-italy--manz-italy ontology#name - Manz Italy
        ontology#Naming manz-italy--manz-italy ontology#subject manz-italy -
        ontology#Phase manz-ag--insolvent ontology#start - 2024
        ontology#Phase manz-ag--insolvent ontology#status insolvent -
        ontology#Phase manz-ag--insolvent ontology#subject manz-ag -
        ontology#Phase manz-italy--in-liquidation ontology#start - 2026-01
        ontology#Phase manz-italy--in-liquidation ontology#status in-liquidation -
        ontology#Phase manz-italy--in-liquidation ontology#subject manz-italy -
        ontology#Seat andritz--austria org#siteOf andritz -
        ontology#Seat andritz--austria ontology#place austria -
        ontology#Seat manz-italy--sasso-marconi org#siteOf manz-italy -
        ontology#Seat manz-italy--sasso-marconi ontology#place sasso-marconi -
        ontology#Tie manz-ag--controls--manz-italy ontology#from manz-ag -
        ontology#Tie manz-ag--controls--manz-italy ontology#relation controls -
        ontology#Tie manz-ag--controls--manz-italy ontology#to manz-italy -
    """)


def test_said_by_the_article_of_july_2020(ask: Ask) -> None:
    """All sixteen memberships, and the figures of the fourteen, the one and the one."""
    rows = ask("said-by", "class fact property other text")
    joined = {row[1] for row in rows if row[0] == "ontology#Membership"}
    assert len(joined) == 16
    assert {row[4] for row in rows if row[0] == "ontology#Membership" and row[4]} >= {
        "[2020-01-01..2020-07-31]"
    }
    numbers = sorted(int(str(row[4])) for row in rows if row[2] == "ontology#value")
    assert numbers == [1, 1, 7, 14, 16, 103]


def test_said_by_tells_a_text_in_the_language_of_the_answer_only(ecosystem: Ecosystem) -> None:
    asked = {"source": "zazoom-2026-01-14-manz"}
    told = {
        lang: {
            row
            for row in answer(ecosystem, "said-by", "fact property text", lang=lang, **asked)
            if row[1] == "description"
        }
        for lang in ("it", "en")
    }
    assert (
        {row[0] for row in told["it"]}
        == {row[0] for row in told["en"]}
        == {
            "andritz",
            "manz-italy",
        }
    )
    assert len(told["it"]) == len(told["en"]) == 2
    assert not told["it"] & told["en"]


def test_said_by_follows_the_facts(facts: Facts) -> None:
    source = {"source": "zazoom-2026-01-14-manz"}
    facts.drop("phases", **source)
    facts.edit("figures", source, value="24")
    facts.edit("organisations", source | {"id": "andritz"}, activity_en="", activity_it="Gruppo")
    rows = answer(facts.built(), "said-by", "class fact property text", **source)
    assert ("org#Organization", "andritz", "description", "Gruppo") in rows
    assert [row[3] for row in rows if row[2] == "ontology#value"] == ["24"]
    assert "ontology#Phase" not in {row[0] for row in rows}


# sources-of, sources-by-year-and-publisher --------------------------------------------------------


def test_sources_of_schuler(ask: Ask) -> None:
    """Confindustria tells its kind, name, seat, and two ties: what it is itself counts as one."""
    rows = ask("sources-of", "source publisher published facts", about="schuler")
    assert lines(rows) == table("""
        industrieanzeiger-2022-08-sovema industrieanzeiger 2022-08 1
        swp-2022-08-sovema sudwest-presse 2022-08 4
        autlook-sovema autlook - 1
        confindustria-vr-sovema confindustria-verona - 5
    """)


def test_sources_of_come_latest_first_with_their_address(ask: Ask) -> None:
    rows = ask("sources-of", "source published address", about="manz-italy")
    assert rows[0] == (
        "zazoom-2026-01-14-manz",
        "2026-01-14",
        "https://www.zazoom.it/2026-01-14/manz-italy-a-sasso-marconi-si-apre-la-liquidazione-"
        "giudiziale-paura-per-i-25-lavoratori/18459186/",
    )
    days = [published for _, published, _ in rows]
    assert days[:5] == ["2026-01-14", "2025", "2025-12-18", "2025-05-16", "2024"]
    assert days[-1] is None


def test_sources_of_are_sources_only(ask: Ask) -> None:
    """The project names every thing, and is no source."""
    named = {row["source"] for name in ("figures", "events") for row in rows_of(name)}
    found = {source for (source,) in ask("sources-of", "source", about="clust-er-mech")}
    assert "seed-2020-07" in found & named
    assert not found & {"editorial", "derived", "meta"}


def test_sources_of_follow_the_facts(facts: Facts) -> None:
    facts.edit("sources", {"id": "autlook-sovema"}, published="2022-10", publisher="ANDRITZ")
    facts.drop("ties", source="industrieanzeiger-2022-08-sovema")
    rows = answer(facts.built(), "sources-of", "source publisher facts", about="schuler")
    assert lines(rows) == table("""
        autlook-sovema andritz 1
        swp-2022-08-sovema sudwest-presse 4
        confindustria-vr-sovema confindustria-verona 5
    """)


def test_sources_by_year_and_publisher_count_all(ask: Ask) -> None:
    rows = ask("sources-by-year-and-publisher")
    assert sum(int(str(count)) for _, _, count in rows) == len(rows_of("sources"))
    assert ("2024", "landi-renzo-financialreports-eu", 3) in rows
    years = [year for year, _, _ in rows]
    assert years[0] == "2026"
    assert years[-1] is None


def test_sources_since_2026(ask: Ask) -> None:
    assert lines(ask("sources-by-year-and-publisher", **{"from": "2026"})) == table("""
        2026 geonames-istat 1
        2026 liberta 1
        2026 quotidiano-piemontese 1
        2026 zazoom 1
    """)


def test_sources_by_year_and_publisher_follow_the_facts(facts: Facts) -> None:
    facts.edit("sources", {"id": "liberta-mcm-2026"}, published="2025-12/2026-01")
    facts.edit("sources", {"id": "qpiemontese-mcm"}, published="", publisher="Zazoom")
    facts.edit("sources", {"id": "seed-2020-07"}, published="2026-02", publisher="Zazoom")
    rows = answer(facts.built(), "sources-by-year-and-publisher", **{"from": "2026"})
    assert lines(rows) == table("""
        2026 zazoom 2
        2026 geonames-istat 1
        2025/2026 liberta 1
    """)
