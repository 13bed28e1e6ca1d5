"""Questions about organisations: where, of which kind and field, their names and figures."""

from __future__ import annotations

from decimal import Decimal

from tests.queries.asking import Ask, Facts, answer

# organisations-by-place, counts-by-place ----------------------------------------------------


def test_organisations_of_the_province_of_reggio_emilia(ask: Ask) -> None:
    assert ask("organisations-by-place", "organisation seat level sources") == [
        ("benevelli-electric-powertrain", "rubiera", "municipality", 1),
        ("comer-industries", "reggiolo", "municipality", 1),
        ("corghi", "correggio", "municipality", 1),
        ("e80-group", "viano", "municipality", 8),
        # Sources say Sant'Ilario d'Enza too, of which Calerno is a part.
        ("flash-battery", "calerno", "locality", 3),
        ("fondazione-rei", "reggio-nell-emilia", "municipality", 3),
        ("ghepi", "cavriago", "municipality", 1),
        ("gruppo-meccatronico-unindustria-re", "reggio-nell-emilia", "municipality", 1),
        ("intermech-more", "reggio-nell-emilia", "municipality", 1),
        ("interpump", "sant-ilario-d-enza", "municipality", 1),
        ("landi-renzo", "cavriago", "municipality", 5),
        ("rei-lab", "reggio-nell-emilia", "municipality", 1),
        ("silk-faw", "reggio-nell-emilia", "municipality", 1),
        ("sitem", "castelnovo-di-sotto", "municipality", 1),
        ("unindustria-reggio-emilia", "reggio-nell-emilia", "municipality", 1),
        # No source says in which town.
        ("walvoil", "provincia-reggio-emilia", "province", 1),
    ]


def test_organisations_of_a_town(ask: Ask) -> None:
    assert ask("organisations-by-place", place="Imola") == [
        ("andalo-gianni", "imola", "municipality", 1, "sabatosera-2022-04-01-flyer"),
        ("ir4i", "imola", "municipality", 1, "leggilanotizia-ir4i"),
        ("npc-spacemind", "imola", "municipality", 2, "sabatosera-npc-2018"),
        ("officina-digitale", "imola", "municipality", 1, "economyup-officina"),
        ("sacmi", "imola", "municipality", 3, "sole24-birex-2019"),
        ("sacmi-innovation-lab", "imola", "municipality", 1, "sabatosera-2019-04"),
    ]


def test_organisations_by_place_follows_the_facts(facts: Facts) -> None:
    facts.edit("organisations", {"id": "andalo-gianni"}, place="italia")
    facts.edit(
        "organisations", {"id": "walvoil", "place": "provincia-reggio-emilia"}, place="imola"
    )
    facts.edit("organisations", {"id": "sacmi", "source": "sole24-birex-2019"}, place="")
    changed = facts.built()
    assert answer(
        changed, "organisations-by-place", "organisation sources source", place="imola"
    ) == [
        ("ir4i", 1, "leggilanotizia-ir4i"),
        ("npc-spacemind", 2, "sabatosera-npc-2018"),
        ("officina-digitale", 1, "economyup-officina"),
        ("sacmi", 2, "sabatosera-2019-11"),
        ("sacmi-innovation-lab", 1, "sabatosera-2019-04"),
        ("walvoil", 1, "meccagri-walvoil-2023"),
    ]
    assert len(answer(changed, "organisations-by-place")) == 15


def test_how_many_organisations_by_province(ask: Ask) -> None:
    assert ask("counts-by-place", "place organisations") == [
        ("provincia-bologna", 40),
        ("provincia-modena", 16),
        ("provincia-reggio-emilia", 16),
        ("provincia-ravenna", 8),
        ("provincia-ferrara", 5),
        ("provincia-forli-cesena", 4),
        ("provincia-parma", 4),
        ("provincia-piacenza", 3),
        ("provincia-torino", 3),
        ("provincia-verona", 2),
        ("provincia-firenze", 1),
        ("provincia-gorizia", 1),
        ("provincia-milano", 1),
        ("provincia-pavia", 1),
        ("provincia-pisa", 1),
        ("provincia-rovigo", 1),
        ("provincia-treviso", 1),
        ("provincia-varese", 1),
    ]


def test_how_many_organisations_by_region(ask: Ask) -> None:
    assert ask("counts-by-place", level="region") == [
        ("emilia-romagna", 101, 154),
        ("veneto", 5, 7),
        ("lombardia", 3, 3),
        ("piemonte", 3, 5),
        ("toscana", 2, 2),
        ("friuli-venezia-giulia", 1, 1),
    ]


def test_counts_by_place_follow_the_facts(facts: Facts) -> None:
    facts.edit("organisations", {"id": "corghi", "place": "correggio"}, place="pisa")
    facts.edit("organisations", {"id": "comer-industries", "place": "reggiolo"}, place="italia")
    # A second seat in the same province counts once, but its source counts.
    facts.add("organisations", id="ghepi", place="viano", source="rer-eacn-2023")
    rows = answer(facts.built(), "counts-by-place")
    assert rows[1] == ("provincia-modena", 16, 21)
    assert rows[2] == ("provincia-reggio-emilia", 14, 36)
    assert ("provincia-pisa", 2, 2) in rows


# organisations-by-kind, counts-by-kind ------------------------------------------------------


def test_research_laboratories_of_every_kind(ask: Ask) -> None:
    assert ask("organisations-by-kind") == [
        ("sacmi-innovation-lab", "company-laboratory", 2, "sabatosera-2019-04"),
        ("musp", "consortium-laboratory", 2, "liberta-musp-2021"),
        ("t3lab", "consortium-laboratory", 2, "radioer-2010"),
        ("hipert-lab", "research-laboratory", 1, "mech-saxony"),
        ("lav-ferrara", "research-laboratory", 1, "sassuolo2000-2008"),
        ("mectron", "research-laboratory", 1, "sassuolo2000-2008"),
        ("mister", "research-laboratory", 1, "mister-9-progetti"),
        ("musp", "research-laboratory", 1, "musp-org"),
        ("simech", "research-laboratory", 1, "sassuolo2000-2008"),
        ("sup-rman", "research-laboratory", 1, "sassuolo2000-2008"),
        ("ciri-aerospace", "university-laboratory", 1, "ilbuonsenso-uam-2022"),
        ("intermech-more", "university-laboratory", 2, "viaemilianet-2012"),
        ("mechlav", "university-laboratory", 5, "tecnopolofe-2021-04"),
    ]


def test_training_bodies_include_foundations_and_schools(ask: Ask) -> None:
    assert ask("organisations-by-kind", kind="training-body") == [
        ("bologna-business-school", "business-school", 1, "aster-birex-2018"),
        ("its-bologna", "higher-technical-institute", 1, "lacitta-itsmaker"),
        ("its-modena", "higher-technical-institute", 1, "lacitta-itsmaker"),
        ("its-reggio-emilia", "higher-technical-institute", 1, "lacitta-itsmaker"),
        ("muner", "training-association", 3, "gazzettaparma-muner-2017"),
        ("fondazione-aldini-valeriani", "training-body", 2, "sole24-2016-11-18-fav"),
        ("nuova-didactica", "training-body", 1, "provinciamo-its-2011"),
        ("its-maker", "training-foundation", 3, "sulpanaro-itsmaker"),
    ]


def test_organisations_by_kind_follow_the_facts(facts: Facts) -> None:
    facts.edit("organisations", {"id": "t3lab"}, kind="foundation")
    facts.edit("organisations", {"id": "hipert-lab"}, kind="university-laboratory")
    facts.edit("organisations", {"id": "ghepi"}, kind="company-laboratory")
    rows = answer(facts.built(), "organisations-by-kind", "organisation said")
    assert rows == [
        ("ghepi", "company-laboratory"),
        ("sacmi-innovation-lab", "company-laboratory"),
        ("musp", "consortium-laboratory"),
        ("lav-ferrara", "research-laboratory"),
        ("mectron", "research-laboratory"),
        ("mister", "research-laboratory"),
        ("musp", "research-laboratory"),
        ("simech", "research-laboratory"),
        ("sup-rman", "research-laboratory"),
        ("ciri-aerospace", "university-laboratory"),
        ("hipert-lab", "university-laboratory"),
        ("intermech-more", "university-laboratory"),
        ("mechlav", "university-laboratory"),
    ]


def test_how_many_organisations_by_kind(ask: Ask) -> None:
    rows = ask("counts-by-kind")
    assert len(rows) == 64
    assert rows[:5] == [
        ("company", 257, 235, 192),
        ("association", 39, 7, 26),
        ("research-organisation", 28, 10, 28),
        ("cluster", 24, 24, 10),
        ("university", 17, 17, 12),
    ]
    # MUSP, of two kinds of laboratory, counts once among them.
    assert ("research-laboratory", 12, 7, 18) in rows


def test_counts_by_kind_follow_the_facts(facts: Facts) -> None:
    facts.edit("organisations", {"id": "t3lab"}, kind="foundation")
    facts.edit("organisations", {"id": "hipert-lab"}, kind="university-laboratory")
    facts.edit("organisations", {"id": "mit"}, kind="")
    rows = answer(facts.built(), "counts-by-kind", "kind organisations exactly")
    assert ("research-laboratory", 11, 6) in rows
    assert ("university-laboratory", 4, 4) in rows
    assert ("foundation", 13, 11) in rows
    assert ("university", 16, 16) in rows


# organisations-by-field, counts-by-field ----------------------------------------------------


def test_who_is_active_in_automation_and_what_belongs_to_it(ask: Ask) -> None:
    assert ask("organisations-by-field") == [
        ("e80-group", "automated-logistics", None, 1, "corriere-2020-07-08-elettric80"),
        ("bucci-automations", "automation", None, 1, "ravennawebtv-bucci"),
        ("bucci-industries", "automation", None, 1, "ravennawebtv-bucci"),
        ("vc-arer", "automation", "technology", 1, "mech-profiling-2022"),
        ("iprel", "industrial-automation", None, 1, "sacmi-innovation-lab"),
        ("t3lab", "industrial-automation", None, 1, "unibo-t3lab"),
        ("e80-group", "intralogistics", None, 1, "sole24-e80-carpineti"),
        ("e80-group", "robotics", None, 1, "qneconomia-elettric80-bema"),
        ("intermech-more", "robotics", None, 1, "viaemilianet-2012"),
        ("musp", "robotics", None, 1, "liberta-musp-2021"),
        ("vc-arer", "robotics", "technology", 1, "mech-profiling-2022"),
    ]


def test_organisations_by_field_follow_the_facts(facts: Facts) -> None:
    facts.drop("fields", organisation="e80-group", field="intralogistics")
    facts.edit("fields", {"organisation": "musp", "field": "robotics"}, field="batteries")
    facts.edit("fields", {"organisation": "iprel"}, focus="application")
    facts.add("fields", organisation="t3lab", field="robotics", source="rer-eacn-2023")
    facts.add("fields", organisation="t3lab", field="robotics", source="viaemilianet-2012")
    rows = answer(facts.built(), "organisations-by-field", "organisation said focus sources source")
    assert ("iprel", "industrial-automation", "application", 1, "sacmi-innovation-lab") in rows
    assert ("t3lab", "robotics", None, 2, "viaemilianet-2012") in rows
    assert [row[0] for row in rows if row[1] == "robotics"] == [
        "e80-group",
        "intermech-more",
        "t3lab",
        "vc-arer",
    ]
    assert len(rows) == 10


def test_how_many_are_active_by_field(ask: Ask) -> None:
    rows = ask("counts-by-field")
    assert rows[:3] == [
        ("vehicles-and-mobility", 18, 0, 22),
        ("manufacturing", 14, 0, 15),
        ("mechanical-engineering", 10, 3, 12),
    ]
    # Eight, although E80 and A&RER stand at several fields under automation.
    assert ("automation", 8, 3, 9) in rows
    assert ("robotics", 4, 4, 4) in rows


def test_counts_by_field_follow_the_facts(facts: Facts) -> None:
    facts.drop("fields", organisation="bucci-industries", field="automation")
    facts.add("fields", organisation="ghepi", field="robotics", source="rer-eacn-2023")
    facts.add("fields", organisation="mcm", field="robotics", source="rer-eacn-2023")
    rows = answer(facts.built(), "counts-by-field")
    assert ("automation", 9, 2, 10) in rows
    assert ("robotics", 6, 6, 5) in rows


# name-history -------------------------------------------------------------------------------


def test_names_of_flash_battery(ask: Ask) -> None:
    """Kaitek, then Kaitek Flash Battery (as in the article of 2020), then Flash Battery."""
    in_2020 = ("2020-12-31", "2021-12-31")
    assert ask("name-history") == [
        ("Kaitek", "former", "2012", None, None, None, 1, "sole24-flash-battery-fabbrica"),
        (
            "Kaitek Flash Battery", "name", None, None, "2019-09-30", "2020-07-31", 5,
            "reggiosera-2019-09-kaitek",
        ),
        ("Flash Battery", "name", "2020", None, *in_2020, 1, "issuu-sollevare-2021"),
        ("Flash Battery", "name", None, None, *in_2020, 7, "flashbattery-tech-sole24"),
        ("Flash Battery srl", "legal", None, None, None, None, 1, "qnmotori-flash-battery"),
    ]  # fmt: skip


def test_names_of_e80_group(ask: Ask) -> None:
    rows = ask("name-history", "name start sources source", organisation="E80 Group")
    assert rows == [
        ("Elettric80", "1980", 1, "cavalieri-2024-02-19"),
        ("Elettric80", None, 4, "reggiosera-2015-11-26"),
        ("Elettric 80", None, 2, "seed-2020-07"),
        ("E80 Group", None, 5, "gazzettareggio-2021-12-09"),
    ]


def test_name_history_follows_the_facts(facts: Facts) -> None:
    own = {"organisation": "flash-battery"}
    facts.edit("names", own | {"name": "Flash Battery"}, start="2011", end="2030")
    facts.edit("names", own | {"name": "Kaitek"}, name="Kaitek Batterie")
    facts.edit("sources", {"id": "qnmotori-flash-battery"}, published="2018-03-01")
    rows = answer(facts.built(), "name-history", "name kind start end firstUsed")
    assert rows == [
        ("Flash Battery", "name", "2011", "2030", "2018-03-01"),
        ("Kaitek Batterie", "former", "2012", None, None),
        ("Flash Battery", "name", None, None, "2018-03-01"),
        ("Flash Battery srl", "legal", None, None, "2018-03-01"),
        ("Kaitek Flash Battery", "name", None, None, "2019-09-30"),
    ]


# figures-of ---------------------------------------------------------------------------------


def test_figures_of_manz_italy(ask: Ask) -> None:
    """Three sources give two numbers for December 2024, and both stay."""

    def employees(date: str | None, value: int, source: str, about: str | None = None) -> object:
        return ("employees", date, Decimal(value), "persons", about, None, source)

    columns = "measure date value unit precision nature source"
    assert ask("figures-of", columns) == [
        (
            "bank-funding", None, Decimal(10_000_000), "EUR", None, None,
            "electricmotorengineering-manz",
        ),
        employees("2014-04", 83, "pvmagazine-2014-04-04"),
        employees("2014", 83, "elettronicanews-kemet-manz"),
        employees("2024-05", 120, "ansa-2025-05-16-manz"),
        employees("2024-12", 110, "carlino-2024-12-manz"),
        employees("2024-12", 110, "finsubi-2024-12-28-manz"),
        employees("2024-12", 112, "carlino-ex-kemet-manz"),
        employees("2025-05-16", 72, "ansa-2025-05-16-manz"),
        employees("2025-12-18", 26, "zazoom-2025-12-18-manz"),
        employees("2025", 25, "rer-2025-manz"),
        employees("2025", 90, "carlino-ex-kemet-manz", "approximately"),
        employees("2026-01-14", 25, "zazoom-2026-01-14-manz"),
        employees(None, 90, "emiliapost-manz-tesla"),
        ("revenue", "2014", Decimal(15_000_000), "EUR", None, "forecast", "pvmagazine-2014-04-04"),
    ]  # fmt: skip


def test_figures_of_one_measure(ask: Ask) -> None:
    rows = ask("figures-of", "date value nature lastKnown", organisation="five", measure="revenue")
    assert rows == [("2020", Decimal(5_500_000), None, "2020-12-31")]


def test_figures_of_follow_the_facts(facts: Facts) -> None:
    own = {"subject": "manz-italy", "measure": "employees"}
    facts.edit("figures", own | {"date": "2024-05"}, value="121", precision="almost")
    facts.edit("figures", own | {"date": "2025-12-18"}, subject="manz-ag")
    facts.edit("figures", own | {"source": "emiliapost-manz-tesla"}, nature="forecast", date="2013")
    rows = answer(facts.built(), "figures-of", "date value precision nature", measure="employees")
    assert rows[0] == ("2013", Decimal(90), None, "forecast")
    assert ("2024-05", Decimal(121), "almost", None) in rows
    assert Decimal(26) not in {row[1] for row in rows}
    assert len(rows) == 11
