"""Questions about members: the rows that the facts give, and that they follow the facts."""

from __future__ import annotations

from decimal import Decimal

from tests.queries.asking import Ask, Facts, answer

JOINED_2020 = "[2020-01-01..2020-07-31]"
COMPANIES_OF_2020 = [
    "arco-fuel-cells",
    "bercella",
    "daca-i-powertrain-engineering",
    "e80-group",
    "five",
    "flash-battery",
    "i-t-technologies",
    "jacobacci-partners",
    "landi-renzo",
    "manz-italy",
    "nablawave",
    "sovema-group",
    "toyota-material-handling-manufacturing-italy",
    "vection-italy",
]
SIXTEEN = sorted([*COMPANIES_OF_2020, "fondazione-aldini-valeriani", "sma-smart-mobility-agency"])


# members-at ---------------------------------------------------------------------------------


def test_members_at_the_end_of_2020(ask: Ask) -> None:
    sixteen = [
        (member, "certainly", JOINED_2020, None, "2020-07-31", 1, "seed-2020-07")
        for member in SIXTEEN
    ]
    sacmi = ("sacmi", "possibly", None, None, "2024-01-23", 1, "mech-assembly-2024-01")
    assert ask("members-at") == [*sixteen, sacmi]


def test_members_at_a_day_on_which_nobody_had_certainly_joined(ask: Ask) -> None:
    everybody = sorted([*SIXTEEN, "sacmi"])
    rows = ask("members-at", "member certainty", at="2020-03")
    assert rows == [(member, "possibly") for member in everybody]


def test_members_at_a_day_before_any_stated_start(ask: Ask) -> None:
    """Of Sacmi it is only known that it was a member in 2024."""
    assert ask("members-at", "member certainty", at="2019") == [("sacmi", "possibly")]


def test_members_at_a_day_before_the_body_was_founded(ask: Ask) -> None:
    assert ask("members-at", at="2016") == []


def test_a_day_on_which_it_held_makes_a_member_certain(ask: Ask) -> None:
    rows = ask("members-at", "member certainty", at="2024-01-23")
    assert rows == [(member, "certainly") for member in sorted([*SIXTEEN, "sacmi"])]


def test_members_at_an_applicant_is_no_member(ask: Ask) -> None:
    assert ask("members-at", body="hydrogen-europe", at="2026") == []


def test_members_at_two_sources_of_one_membership_share_a_row(ask: Ask) -> None:
    rows = ask("members-at", "member start sources source", body="rete-clust-er", at="2018")
    names = "alma-automotive capellini cat-progetti digitalmech la-meccanica-padana mcm"
    assert rows == [(name, "2017", 2, "altopascio-2017") for name in names.split()]


def test_members_at_follows_the_facts(facts: Facts) -> None:
    body = {"body": "clust-er-mech"}
    facts.edit("memberships", {"member": "landi-renzo"} | body, end="2020-10")
    facts.edit("memberships", {"member": "bercella"} | body, start="2021-03")
    facts.edit("memberships", {"member": "five"} | body, role="applicant")
    changed = facts.built()
    gone = {"landi-renzo", "bercella", "five"}
    rows = answer(changed, "members-at", "member certainty")
    assert rows == [
        *((member, "certainly") for member in SIXTEEN if member not in gone),
        ("sacmi", "possibly"),
    ]
    # In the month of an end that is said no more precisely, it may just have come.
    rows = answer(changed, "members-at", "member certainty end", at="2020-10-15")
    assert [row for row in rows if row[0] == "landi-renzo"] == [
        ("landi-renzo", "possibly", "2020-10")
    ]


def test_members_at_hears_a_source_that_disagrees(facts: Facts) -> None:
    facts.add(
        "memberships",
        member="nablawave", body="clust-er-mech", role="member", start="2021",
        source="rer-eacn-2023",
    )  # fmt: skip
    rows = answer(facts.built(), "members-at", "member certainty start sources source")
    assert [row for row in rows if row[0] == "nablawave"] == [
        ("nablawave", "possibly", f"2021 / {JOINED_2020}", 2, "seed-2020-07")
    ]


# joined-between -----------------------------------------------------------------------------


def test_who_joined_in_2020_and_of_which_kind(ask: Ask) -> None:
    def row(member: str, kind: str) -> tuple[str, str, str, str, str, int, str]:
        return (member, "certainly", kind, "member", JOINED_2020, 1, "seed-2020-07")

    assert ask("joined-between") == [
        row("sma-smart-mobility-agency", "business-network"),
        *(row(member, "company") for member in COMPANIES_OF_2020),
        row("fondazione-aldini-valeriani", "training-body"),
    ]
    assert ask("joined-between", **{"from": "2020", "to": "2020-07"}) == ask("joined-between")


def test_joining_is_possible_where_only_some_of_its_days_lie_between(ask: Ask) -> None:
    rows = ask("joined-between", "member certainty", **{"from": "2020-03", "to": "2020-12"})
    assert {row[1] for row in rows} == {"possibly"}
    assert sorted(str(row[0]) for row in rows) == SIXTEEN
    assert ask("joined-between", **{"from": "2020-08", "to": "2020-12"}) == []


def test_the_kind_of_who_joined_may_come_from_another_source(ask: Ask) -> None:
    """The source of the founders of ECOSISTER names no kinds; two others name one each."""
    rows = ask("joined-between", "member kind", body="fondazione-ecosister", to="2022")
    assert rows == [
        ("art-er", "agency"),
        ("art-er", "regional-innovation-agency"),
        ("cnr", "research-organisation"),
        ("enea", "research-organisation"),
        ("infn", "research-organisation"),
        ("politecnico-di-milano", "university"),
        ("unibo", "university"),
        ("unicatt", "university"),
        ("unife", "university"),
        ("unimore", "university"),
        ("unipr", "university"),
    ]


def test_joined_between_follows_the_facts(facts: Facts) -> None:
    body = {"body": "clust-er-mech"}
    facts.edit("memberships", {"member": "five"} | body, start="2021")
    facts.edit("memberships", {"member": "nablawave"} | body, start="[2020-12-01..2021-01-31]")
    facts.edit("memberships", {"member": "bercella"} | body, role="applicant")
    seed = {"id": "vection-italy", "source": "seed-2020-07"}
    facts.edit("organisations", seed, kind="start-up")
    rows = answer(facts.built(), "joined-between", "member certainty kind")
    changed = {"five", "nablawave", "bercella", "vection-italy"}
    assert rows == [
        ("sma-smart-mobility-agency", "certainly", "business-network"),
        *((m, "certainly", "company") for m in COMPANIES_OF_2020 if m not in changed),
        ("vection-italy", "certainly", "start-up"),
        ("fondazione-aldini-valeriani", "certainly", "training-body"),
        ("nablawave", "possibly", "company"),
    ]


# kinds-joined -------------------------------------------------------------------------------


def test_kinds_of_those_who_joined_in_2020_beside_those_stated(ask: Ask) -> None:
    """The article counts 14 companies, 1 business network and 1 training body."""
    stated = ("2020-01/2020-07", "seed-2020-07")
    unstated = (None, None, None)
    assert ask("kinds-joined") == [
        ("company", 14, 0, 1, Decimal(14), *stated),
        ("large-company", 2, 0, 1, *unstated),
        ("sme", 2, 0, 1, *unstated),
        ("business-network", 1, 0, 1, Decimal(1), *stated),
        ("foundation", 1, 0, 1, *unstated),
        ("listed-company", 1, 0, 1, *unstated),
        ("network", 1, 0, 1, *unstated),
        ("professional-firm", 1, 0, 1, *unstated),
        ("spin-off", 1, 0, 1, *unstated),
        ("training-body", 1, 0, 1, Decimal(1), *stated),
    ]


def test_kinds_joined_keep_possible_members_apart(ask: Ask) -> None:
    rows = ask("kinds-joined", "kind certainly possibly stated", **{"from": "2020-03"})
    assert rows[0] == ("company", 0, 14, None)
    assert {row[1] for row in rows} == {0}


def test_kinds_joined_follows_the_facts(facts: Facts) -> None:
    figure = {"subject": "clust-er-mech", "measure": "new-members", "of_kind": "training-body"}
    facts.edit("figures", figure, of_kind="university", value="3")
    facts.drop("memberships", member="sma-smart-mobility-agency", body="clust-er-mech")
    facts.edit(
        "memberships", {"member": "five", "body": "clust-er-mech"}, start="[2020-12-01..2021-03-31]"
    )
    rows = answer(facts.built(), "kinds-joined", "kind certainly possibly sources stated")
    assert rows[0] == ("company", 13, 1, 1, Decimal(14))
    # Nobody named is a university; the count that is stated shows all the same.
    assert ("university", 0, 0, 0, Decimal(3)) in rows
    assert ("business-network", 0, 0, 0, Decimal(1)) in rows
    assert ("training-body", 1, 0, 1, None) in rows


# stated-members -----------------------------------------------------------------------------


def test_stated_members_of_the_cluster_over_time(ask: Ask) -> None:
    hearing = (None, None, None, "cronacabianca-hearing")
    assert ask("stated-members") == [
        (
            "2018-11-28", Decimal(30), "company", "approximately", None, "2018-11-28",
            "ravennawebtv-2018-11",
        ),
        ("2020-07-31", Decimal(103), None, None, None, "2020-07", "seed-2020-07"),
        ("2023-01-31", Decimal(130), None, "more-than", None, "2023-01", "rer-eacn-2023"),
        (None, Decimal(154), None, *hearing),
        (None, Decimal(105), "company", *hearing),
        (None, Decimal(37), "research-laboratory", *hearing),
    ]  # fmt: skip


def test_stated_members_follows_the_facts(facts: Facts) -> None:
    figure = {"subject": "clust-er-mech", "measure": "members"}
    facts.edit("figures", figure | {"source": "seed-2020-07"}, value="104", precision="at-least")
    facts.edit("figures", figure | {"source": "rer-eacn-2023"}, measure="questionnaire-replies")
    facts.edit("sources", {"id": "cronacabianca-hearing"}, published="2019-05-06")
    rows = answer(facts.built(), "stated-members", "day members precision date")
    assert rows == [
        ("2018-11-28", Decimal(30), "approximately", "2018-11-28"),
        # Without a date of its own, a figure stands where its source was published.
        ("2019-05-06", Decimal(154), None, None),
        ("2019-05-06", Decimal(105), None, None),
        ("2019-05-06", Decimal(37), None, None),
        ("2020-07-31", Decimal(104), "at-least", "2020-07"),
    ]


# coverage -----------------------------------------------------------------------------------


def test_coverage_of_the_cluster(ask: Ask) -> None:
    """16 of 103 in July 2020, while Sacmi, named in 2024, may have been there."""
    assert ask("coverage") == [
        ("2020-07-31", Decimal(103), None, 16, 1, Decimal("15.5"), "seed-2020-07"),
        ("2023-01-31", Decimal(130), "more-than", 16, 1, Decimal("12.3"), "rer-eacn-2023"),
        (None, Decimal(154), None, 17, 0, Decimal(11), "cronacabianca-hearing"),
    ]


def test_coverage_up_to_a_date(ask: Ask) -> None:
    assert ask("coverage", "day stated named", at="2020") == [("2020-07-31", Decimal(103), 16)]


def test_coverage_of_a_body_of_which_no_number_is_stated(ask: Ask) -> None:
    assert ask("coverage", body="crit") == [(None, None, None, 8, 0, None, None)]


def test_coverage_follows_the_facts(facts: Facts) -> None:
    facts.edit("figures", {"measure": "members", "value": "103"}, value="32")
    facts.drop("memberships", member="five", body="clust-er-mech")
    facts.edit("memberships", {"member": "bercella", "body": "clust-er-mech"}, end="2020-05")
    facts.edit("memberships", {"member": "nablawave", "body": "clust-er-mech"}, start="2021")
    facts.add(
        "memberships",
        member="landi-renzo", body="clust-er-mech", role="member", start="2018", end="2019",
        occurrence="2", source="rer-eacn-2023",
    )  # fmt: skip
    rows = answer(facts.built(), "coverage", "day stated named possible share", at="2020")
    # 13 of the 16 remain: one is out, one has left, one comes later; who came twice counts once.
    assert rows == [("2020-07-31", Decimal(32), 13, 1, Decimal("40.6"))]


# members-changed ----------------------------------------------------------------------------


def test_what_became_of_the_members_of_the_cluster(ask: Ask) -> None:
    schuler = ("confindustria-vr-sovema",)
    assert ask("members-changed") == [
        ("manz-italy", "in liquidation", None, "2026-01", "certainly", 1, "zazoom-2026-01-14-manz"),
        (
            "sovema-group", "was acquired by", "schuler", "2022-08", "certainly", 2,
            "industrieanzeiger-2022-08-sovema",
        ),
        ("sovema-group", "is controlled by", "schuler", "2022-09", "certainly", 1, *schuler),
        ("sovema-group", "was acquired by", "schuler", "2022-09", "certainly", 1, *schuler),
    ]  # fmt: skip


def test_what_became_of_members_elsewhere(ask: Ask) -> None:
    """Ducati was bought by Audi in 2012, before MUNER was there; Marelli after it joined."""
    assert ask("members-changed", "member change other date", body="muner") == [
        ("magneti-marelli", "was acquired by", "calsonic-kansei", "2019-05-02")
    ]
    assert ask("members-changed", "member change other", body="bi-rex") == [
        ("aster", "dissolved", None),
        ("aster", "flowed into", "art-er"),
    ]


def test_members_changed_follows_the_facts(facts: Facts) -> None:
    facts.edit("phases", {"subject": "manz-italy"}, start="2019-12")
    facts.edit("ties", {"relation": "acquired", "to": "sovema-group"}, start="2020-05")
    facts.drop("ties", relation="controls", to="sovema-group")
    facts.add("phases", subject="five", status="insolvent", as_of="2023-02", source="rer-eacn-2023")
    facts.add(
        "ties",
        **{"from": "kemet", "relation": "acquired", "to": "bercella", "source": "rer-eacn-2023"},
    )
    facts.edit("memberships", {"member": "landi-renzo", "body": "clust-er-mech"}, end="2021")
    facts.add(
        "phases", subject="landi-renzo", status="insolvent", start="2023", source="rer-eacn-2023"
    )
    rows = answer(facts.built(), "members-changed", "member change other date certainty sources")
    assert rows == [
        # That it held in 2023 does not say when it began.
        ("five", "insolvent", None, "2023-02", "possibly", 1),
        # In May 2020 it may have been a member already, or not yet.
        ("sovema-group", "was acquired by", "schuler", "2020-05", "possibly", 3),
    ]


# membership-of, organisations-in-several-networks -------------------------------------------


def test_memberships_of_landi_renzo(ask: Ask) -> None:
    """E-Rmes of 2015 is another network than the value chain E-Rmes of 2020."""
    assert ask("membership-of") == [
        (
            "clust-er-mech", "member", JOINED_2020, None, None, "2020-07-31", 1, "seed-2020-07",
        ),
        ("e-rmes-2015", "member", None, "2015-12-22", None, "2015-12-22", 1, "bancaifis-2015"),
    ]  # fmt: skip


def test_sources_that_say_different_things_of_a_membership_stand_apart(ask: Ask) -> None:
    assert ask("membership-of", "body role start asOf source", organisation="ducati") == [
        ("bi-rex", "partner", None, "2019", "sole24-birex-2019"),
        ("motor-valley-development", "member", None, "2023-02", "messaggero-mvd-2023"),
        ("muner", "founding-member", "2017-04", None, "gazzettaparma-muner-2017"),
        ("muner", "member", None, "2021-12", "art-er-muner-2021-12"),
    ]


def test_membership_of_follows_the_facts(facts: Facts) -> None:
    former = {"member": "landi-renzo", "body": "e-rmes-2015"}
    facts.edit("memberships", former, end="2018-06", source="seed-2020-07")
    facts.edit("memberships", {"member": "landi-renzo", "body": "clust-er-mech"}, body="bepa")
    assert answer(facts.built(), "membership-of", "body start end lastKnown") == [
        ("bepa", JOINED_2020, None, "2020-07-31"),
        ("e-rmes-2015", None, "2018-06", "2018-06-30"),
    ]


def test_organisations_in_four_networks_or_more(ask: Ask) -> None:
    assert ask("organisations-in-several-networks", min=4) == [
        ("unimore", 5, "bi-rex", 1, "aster-birex-2018"),
        ("unimore", 5, "fondazione-democenter", 1, "comunemo-democenter-2011"),
        ("unimore", 5, "fondazione-ecosister", 1, "ecosister-about"),
        ("unimore", 5, "its-modena", 1, "provinciamo-its-2011"),
        ("unimore", 5, "muner", 1, "gazzettaparma-muner-2017"),
        ("sacmi", 4, "bi-rex", 1, "sole24-birex-2019"),
        ("sacmi", 4, "clust-er-mech", 1, "mech-assembly-2024-01"),
        ("sacmi", 4, "crit", 1, "crit-tec-eurolab-2013"),
        ("sacmi", 4, "officina-digitale", 1, "economyup-officina"),
        ("unibo", 4, "bi-rex", 1, "aster-birex-2018"),
        ("unibo", 4, "fondazione-democenter", 1, "comunemo-democenter-2011"),
        ("unibo", 4, "fondazione-ecosister", 1, "ecosister-about"),
        ("unibo", 4, "muner", 1, "gazzettaparma-muner-2017"),
    ]


def test_organisations_in_two_networks(ask: Ask) -> None:
    rows = ask("organisations-in-several-networks", "organisation networks network")
    assert len(rows) == 53
    assert [row for row in rows if row[0] == "five"] == [
        ("five", 2, "clust-er-mech"),
        ("five", 2, "e-rmes-2015"),
    ]
    # Applying is not joining: the Region is a shareholder of ART-ER only.
    assert not [row for row in rows if row[0] == "regione-emilia-romagna"]


def test_organisations_in_several_networks_follows_the_facts(facts: Facts) -> None:
    facts.drop("memberships", member="unimore", body="its-modena")
    facts.drop("memberships", member="unimore", body="muner")
    facts.edit("memberships", {"member": "sacmi", "body": "crit"}, role="applicant")
    facts.add(
        "memberships", member="unibo", body="crit", role="shareholder", source="rer-eacn-2023"
    )
    rows = answer(facts.built(), "organisations-in-several-networks", min=4)
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("unibo", 5, "bi-rex"),
        ("unibo", 5, "crit"),
        ("unibo", 5, "fondazione-democenter"),
        ("unibo", 5, "fondazione-ecosister"),
        ("unibo", 5, "muner"),
    ]
