"""Questions about what happened: events, decisions, commitments, offices, value chains."""

from __future__ import annotations

from tests.queries.asking import Ask, Facts, answer

# value-chains-at ----------------------------------------------------------------------------

BEFORE_2020 = [
    ("vc-arer", "chain-automation-robotics", 1, "mech-profiling-2022"),
    ("vc-daama", "chain-digital-manufacturing", 1, "mech-profiling-2022"),
    ("vc-fluidpower", "chain-fluid-power", 1, "limprenditore-mech"),
    ("vc-flyer", "chain-aerospace", 1, "mech-profiling-2022"),
    ("vc-mammer", "chain-advanced-materials", 1, "mech-profiling-2022"),
    ("vc-moves", "chain-engines-vehicles", 2, "mech-profiling-2022"),
    ("vc-nautica", "chain-nautical", 1, "limprenditore-mech"),
]


def test_seven_value_chains_before_the_new_one(ask: Ask) -> None:
    assert ask("value-chains-at", at="2019") == [
        (group, chain, "unstated", None, None, None, None, sources, source)
        for group, chain, sources, source in BEFORE_2020
    ]


def test_the_eighth_value_chain_at_the_end_of_2020(ask: Ask) -> None:
    rows = ask("value-chains-at", "group chain status certainty start source")
    new = ("vc-e-rmes", "chain-batteries")
    assert [row for row in rows if row[0] == "vc-e-rmes"] == [
        (*new, "existing", "certainly", "2020-07", "seed-2020-07"),
        (*new, "decided", "certainly", "[2020-06-15..2020-07-31]", "seed-2020-07"),
    ]
    assert sorted({str(row[0]) for row in rows} - {"vc-e-rmes"}) == [row[0] for row in BEFORE_2020]


def test_the_new_value_chain_may_have_been_decided_in_june(ask: Ask) -> None:
    rows = ask("value-chains-at", "group status certainty", at="2020-06")
    assert [row for row in rows if row[1] != "unstated"] == [("vc-e-rmes", "decided", "possibly")]


def test_value_chains_that_a_source_shows_at_work(ask: Ask) -> None:
    rows = ask("value-chains-at", "group status certainty asOf source", at="2022-01-31")
    assert [row for row in rows if row[1] == "active"] == [
        (group, "active", "certainly", "2022-01", "mech-profiling-2022")
        for group in ("vc-arer", "vc-daama", "vc-flyer", "vc-mammer", "vc-moves")
    ]
    assert [row[0] for row in rows if row[1] == "unstated"] == ["vc-fluidpower", "vc-nautica"]
    at_once = ask("value-chains-at", "group certainty status", at="2022-01-10")
    assert ("vc-arer", "possibly", "active") in at_once


def test_value_chains_at_follows_the_facts(facts: Facts) -> None:
    facts.edit("phases", {"subject": "vc-e-rmes"}, start="2020-09", end="2020-12-01")
    facts.edit("phases", {"subject": "vc-arer"}, as_of="2020-12")
    facts.add("phases", subject="vc-nautica", status="planned", start="2021", source="seed-2020-07")
    facts.edit("bodies", {"id": "vc-flyer"}, parent="clust-er-greentech")
    rows = answer(facts.built(), "value-chains-at", "group status certainty start asOf")
    assert rows == [
        ("vc-arer", "active", "certainly", None, "2020-12"),
        ("vc-daama", "unstated", None, None, None),
        # The decision is over; Nautica begins later; Fly.ER belongs to another cluster.
        ("vc-e-rmes", "existing", "certainly", "2020-07", None),
        ("vc-fluidpower", "unstated", None, None, None),
        ("vc-mammer", "unstated", None, None, None),
        ("vc-moves", "unstated", None, None, None),
    ]


# offices-at ---------------------------------------------------------------------------------


def test_offices_of_the_cluster_in_july_2020(ask: Ask) -> None:
    """Of the president there is word before and after; of Angelo Pucci no date is known."""
    assert ask("offices-at", body="clust-er-mech") == [
        (
            "clust-er-mech", "cluster-manager", "federico-capucci", "possibly", None, None, None,
            "2024-01-23", "2025-05-12", 5, "mech-assembly-2024-01",
        ),
        (
            "clust-er-mech", "president", "mariacristina-gherpelli", "certainly", None, None, None,
            "2018-11-28", "2024-01-23", 3, "ravennawebtv-2018-11",
        ),
        (
            "clust-er-mech", "president", "angelo-pucci", "possibly", None, None, None,
            None, None, 1, "cronacabianca-hearing",
        ),
        (
            "clust-er-mech", "representative", "nicolo-bertolini", "possibly",
            "speaker on European projects", None, None,
            "2024-01-23", "2024-01-23", 1, "mech-assembly-2024-01",
        ),
    ]  # fmt: skip


def test_offices_around_the_day_on_which_a_president_left(ask: Ask) -> None:
    columns = "office person certainty start end"
    incoming = ("president", "aldo-tomasi", "certainly", "2021-07-30", None)
    outgoing = ("president", "roberta-buti", "possibly", None, "2021-07-30")
    day = ask("offices-at", columns, body="clust-er-health", at="2021-07-30")
    assert [row for row in day if row[0] == "president"] == [incoming, outgoing]
    later = ask("offices-at", columns, body="clust-er-health", at="2021-08")
    assert [row for row in later if row[0] == "president"] == [incoming]
    earlier = ask("offices-at", columns, body="clust-er-health", at="2021-07-29")
    assert [row for row in earlier if row[0] == "president"] == [outgoing]


def test_offices_everywhere(ask: Ask) -> None:
    rows = ask("offices-at", "body office person certainty")
    assert [row[:3] for row in rows if row[3] == "certainly"] == [
        ("ciri-aerospace", "director", "alessandro-talamelli"),
        ("clust-er-mech", "president", "mariacristina-gherpelli"),
        ("ir4i", "president", "gaetano-bergami"),
        ("mech-consiglio-direttivo", "board-member", "antonio-cibotti"),
        ("muner", "president", "andrea-pontremoli"),
        ("regione-emilia-romagna", "regional-councillor", "palma-costi"),
        ("regione-emilia-romagna", "regional-councillor", "vincenzo-colla"),
        ("regione-emilia-romagna", "regional-councillor", "vincenzo-colla"),
    ]
    assert len(rows) == 35


def test_offices_at_follow_the_facts(facts: Facts) -> None:
    own = {"body": "clust-er-mech"}
    chair = own | {"person": "Mariacristina Gherpelli", "source": "seed-2020-07"}
    facts.edit("offices", chair, end="2019-12-31", as_of="")
    facts.edit("offices", own | {"person": "Angelo Pucci"}, start="2020-01-07")
    facts.drop("offices", body="clust-er-mech", person="Federico Capucci")
    facts.edit("offices", own | {"person": "Nicolò Bertolini"}, start="2021")
    rows = answer(
        facts.built(), "offices-at", "person certainty start firstKnown", body="clust-er-mech"
    )
    assert rows == [("angelo-pucci", "certainly", "2020-01-07", "2020-01-07")]


# decisions-of -------------------------------------------------------------------------------


def test_decisions_of_the_assembly_of_2020(ask: Ask) -> None:
    new = ("decision-new-value-chain-2020-07", "2020-07", "clust-er-mech", "creates")
    told = (None, "expressions-of-interest-2020", "seed-2020-07")
    assert ask("decisions-of") == [
        (*new, "chain-batteries", *told),
        (*new, "vc-e-rmes", *told),
        (
            "decision-startup-fee-2020-07", "2020-07", "clust-er-mech", "abolishes",
            "clust-er-mech", "start-up", None, "seed-2020-07",
        ),
    ]  # fmt: skip


def test_decisions_of_the_regional_assembly(ask: Ask) -> None:
    assert ask(
        "decisions-of", "decision effect affects", meeting="regional-assembly-2021-06-30"
    ) == [("s3-approval-2021-06-30", "approves", "s3-emilia-romagna-2021-2027")]


def test_decisions_of_follow_the_facts(facts: Facts) -> None:
    facts.edit("decisions", {"id": "decision-startup-fee-2020-07"}, meeting="assembly-2024-01-23")
    facts.edit(
        "decisions", {"id": "decision-new-value-chain-2020-07"},
        effect="approves", affects="vc-nautica", prompted_by="",
    )  # fmt: skip
    facts.edit("decisions", {"id": "s3-approval-2021-06-30"}, meeting="assembly-2020-07")
    assert answer(facts.built(), "decisions-of", "decision effect affects kind promptedBy") == [
        ("decision-new-value-chain-2020-07", "approves", "vc-nautica", None, None),
        ("s3-approval-2021-06-30", "approves", "s3-emilia-romagna-2021-2027", None, None),
    ]


# commitments --------------------------------------------------------------------------------

MANIFESTO = ("manifesto-e-rmes-2020", "vc-e-rmes", "assembly-2020-07", "2020-09")


def test_no_source_says_whether_the_manifesto_came(ask: Ask) -> None:
    rest = ("unstated", None, None, 1, "seed-2020-07")
    assert ask("commitments") == [(*MANIFESTO, "certainly", *rest)]
    assert ask("commitments", at="2020-09-15") == [(*MANIFESTO, "possibly", *rest)]
    assert ask("commitments", at="2020-08") == [(*MANIFESTO, None, *rest)]


def test_commitments_of_one_body(ask: Ask) -> None:
    assert len(ask("commitments", by="vc-e-rmes")) == 1
    assert ask("commitments", by="clust-er-mech") == []


def test_commitments_follow_the_facts(facts: Facts) -> None:
    """A later source that tells the outcome settles it, from the day of the outcome on."""
    facts.add(
        "commitments", id="manifesto-e-rmes-2020", name_it="Manifesto", name_en="Manifesto",
        outcome="kept-late", outcome_date="2020-11-20", source="rer-eacn-2023",
    )  # fmt: skip
    changed = facts.built()
    rest = ("kept-late", "2020-11-20", "rer-eacn-2023", 2, "seed-2020-07")
    assert answer(changed, "commitments") == [(*MANIFESTO, None, *rest)]
    assert answer(changed, "commitments", at="2020-10") == [(*MANIFESTO, "certainly", *rest)]


# events-of-year -----------------------------------------------------------------------------


def test_events_of_2020(ask: Ask) -> None:
    """One source puts the first AMULET call in July 2020, another in 2022."""
    assert ask("events-of-year") == [
        (
            "amulet-call1-2022", "2020-07-20", "possibly", "open-call", None, None, None,
            "mech-amulet-call1",
        ),
        (
            "assembly-2020-07", "2020-07", "certainly", "assembly", "online", None,
            "clust-er-mech", "seed-2020-07",
        ),
        (
            "expressions-of-interest-2020", "[..2020-07-31]", "possibly",
            "expression-of-interest", None, None, None, "seed-2020-07",
        ),
        (
            "elca-general-assembly-2020-12-16", "2020-12-16", "certainly", "assembly", "online",
            None, "elca-network", "elcanetwork-2020-12",
        ),
        ("lab-talks-2020", "2020", "certainly", "webinar", "online", None, None, "seed-2020-07"),
    ]  # fmt: skip


def test_events_of_another_year(ask: Ask) -> None:
    assert ask("events-of-year", "event date certainty", year=2017) == [
        ("fly-er-seminar-2017-07", "2017-07", "certainly"),
        ("cna-seminar-2017", "2017", "certainly"),
    ]
    assert ask("events-of-year", year=2010) == []


def test_events_of_year_follow_the_facts(facts: Facts) -> None:
    facts.edit("events", {"id": "assembly-2020-07"}, date="2019-12/2020-01", mode="hybrid")
    facts.edit("events", {"id": "lab-talks-2020"}, date="2021")
    facts.edit("events", {"id": "amulet-call1-2022", "date": "2022"}, date="")
    facts.edit("events", {"id": "cna-seminar-2017"}, date="[2020-05..]")
    facts.drop("events", id="elca-general-assembly-2020-12-16")
    changed = facts.built()
    assert answer(changed, "events-of-year", "event date certainty mode") == [
        ("assembly-2020-07", "2019-12/2020-01", "possibly", "hybrid"),
        ("cna-seminar-2017", "[2020-05..]", "possibly", "in-person"),
        ("amulet-call1-2022", "2020-07-20", "certainly", None),
        ("expressions-of-interest-2020", "[..2020-07-31]", "possibly", None),
    ]
    assert answer(changed, "events-of-year", "event certainty", year=2019) == [
        ("clust-er-operational-2019", "certainly"),
        ("assembly-2020-07", "possibly"),
    ]
