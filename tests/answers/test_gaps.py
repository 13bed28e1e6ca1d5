"""Gaps of a value chain: a small chain where all is obvious, the real one, and the laws."""

from __future__ import annotations

import io
import json
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import filiera
from filiera.answers.days import given_day
from filiera.answers.firms import Firm
from filiera.answers.gaps import GAP_STATUSES, STATUSES, Gaps, gaps
from filiera.build import build
from filiera.errors import ParameterError, UnknownName, UnknownQuestion, UsageError
from filiera.offered import ANSWERS, answer
from filiera.store import MemoryStore
from filiera.vocabulary import FIL, ID, RDF
from tests.conftest import MakeDataset

TODAY = date(2026, 11, 22)
ORGANISATIONS = (
    "acme", "bolt", "gone", "liquid", "owned", "below", "stranger", "far", "parent", "late",
)  # fmt: skip
STAGES = ("ore", "make", "make-cut", "make-weld", "test", "use", "reuse", "help")
TABLES = {
    "sources": """\
id,url,title,publisher,published,language
page-new,https://example.org/new,New page,Gazette,2025-07,en
page-old,https://example.org/old,Old page,Herald,2015-03-05,en
page-bare,https://example.org/bare,Bare page,,,en
""",
    "organisations": """\
id,name,kind,place,founded,dissolved,source
acme,Acme,company,bologna,,,page-new
bolt,Bolt,company,,,,page-new
gone,Gone,company,,,2019,page-new
liquid,Liquid,company,,,,page-new
owned,Owned,company,bologna,,,page-new
below,Below,company,bologna,,,page-new
stranger,Stranger,company,,,,page-new
far,Far AG,company,germania,,,page-new
parent,Parent,company,bologna,,,page-new
late,Late,company,,2030,,page-new
cluster,Cluster,cluster,bologna,,,page-new
""",
    "places": """\
id,kind,label_it,label_en,parent,code,latitude,longitude,source
italia,country,Italia,Italy,,IT,,,editorial
germania,country,Germania,Germany,,DE,,,editorial
bologna,municipality,Bologna,Bologna,italia,037006,44.49381,11.33875,page-new
""",
    "memberships": """\
member,body,role,start,end,source
acme,cluster,,2019,,page-new
bolt,cluster,,,,page-new
gone,cluster,,2010,,page-new
liquid,cluster,,2018,,page-new
owned,cluster,,2018,,page-new
below,cluster,,2018,,page-new
late,cluster,,2018,,page-new
""",
    "ties": """\
from,relation,to,start,end,source
far,acquired,owned,2022,,page-new
parent,controls,below,,,page-new
""",
    "phases": """\
subject,status,start,source
liquid,in-liquidation,2024,page-new
""",
    "figures": """\
subject,measure,precision,value,date,source
cluster,members,more-than,40,2024,page-new
cluster,members,,50,2030,page-new
""",
    "chains": """\
id,label_it,label_en,source
chain-things,Cose,Things,editorial
chain-empty,Vuota,Empty,editorial
""",
    "stages": """\
id,chain,label_it,label_en,parent,feeds,kind,source
ore,chain-things,Minerale,Ore,,make,stage,page-new
make,chain-things,Produzione,Making,,use,stage,page-new
make-cut,chain-things,Taglio,Cutting,make,make-weld,stage,page-new
make-weld,chain-things,Saldatura,Welding,make,use,stage,page-new
test,chain-things,Prove,Testing,,use,stage,page-new
use,chain-things,Uso,Use,,reuse,stage,page-new
reuse,chain-things,Riuso,Reuse,,,stage,page-new
help,chain-things,Aiuto,Help,,make,cross-cutting,page-new
""",
    "capabilities": """\
organisation,stage,what_it,what_en,as_of,source
acme,make-cut,Taglia,Cuts,,page-new
bolt,make-cut,,,,page-new
acme,make-weld,,,,page-new
parent,make,,,,page-new
owned,test,,,,page-new
liquid,test,,,,page-new
far,test,,,,page-new
stranger,use,,,,page-new
liquid,reuse,,,,page-new
gone,reuse,,,,page-new
late,ore,,,,page-new
acme,help,,,2016,page-old
""",
}


@pytest.fixture
def things(make_dataset: MakeDataset) -> filiera.Ecosystem:
    """The graph of the small chain."""
    return filiera.open_graph(make_dataset(**TABLES).folder, lang="en")


@pytest.fixture
def answered(things: filiera.Ecosystem) -> Gaps:
    """Its gaps."""
    return things.gaps("things", at=TODAY)


def _ids(found: tuple[Firm, ...] | tuple[str, ...]) -> list[str]:
    iris = [one if isinstance(one, str) else one.iri for one in found]
    return [iri.removeprefix(ID.base) for iri in iris]


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("ore", "nobody-known"),
        ("make", "covered"),
        ("make-cut", "covered"),
        ("make-weld", "one-only"),
        ("test", "at-risk"),
        ("use", "outside-only"),
        ("reuse", "at-risk"),
        ("help", "at-risk"),
    ],
)
def test_each_status(answered: Gaps, stage: str, status: str) -> None:
    assert answered[stage].status == status
    assert answered[stage].is_gap == (status in GAP_STATUSES)


def test_who_works_at_a_part_works_at_the_whole(answered: Gaps) -> None:
    assert _ids(answered["make"].members) == ["acme", "bolt"]
    assert _ids(answered["make"].others) == ["parent"]
    assert _ids(answered["make-weld"].wider) == ["parent"]
    assert answered["make"].gaps_within == ()


def test_what_comes_next_suffers_and_then_what_comes_after(answered: Gaps) -> None:
    assert _ids(answered["ore"].breaks) == ["make"]
    assert _ids(answered["ore"].breaks_further) == ["use", "reuse"]
    assert _ids(answered["make-cut"].breaks) == ["make-weld"]
    assert answered["help"].breaks == ()  # what is cross-cutting feeds no stage in particular


def test_risks_have_their_evidence(answered: Gaps) -> None:
    liquid, owned = answered["test"].members
    (abroad,) = owned.risks
    assert (abroad.kind, abroad.text("en")) == ("owner-abroad", "owned by Far AG (Germany)")
    assert [one.fact for one in abroad.evidence] == [ID["tie/far--acquired--owned"]]
    (trouble,) = liquid.risks
    assert (trouble.kind, trouble.text("it")) == ("trouble", "in liquidazione (dal 2024)")
    assert [source.id for source in trouble.evidence[0].sources] == ["page-new"]
    (stale,) = answered["help"].members[0].risks
    assert (stale.kind, stale.text("en")) == ("stale", "last confirmed: 2016")


def test_an_owner_in_the_same_country_is_no_risk(make_dataset: MakeDataset) -> None:
    claims = TABLES["capabilities"] + "below,ore,,,,page-bare\n"
    with filiera.open_graph(make_dataset(**TABLES | {"capabilities": claims}).folder) as graph:
        (firm,) = graph.gaps("things", at=TODAY)["ore"].members
        assert (firm.risks, [note.text("en") for note in firm.notes]) == ((), ["owned by Parent"])
        assert firm.confirmed is None  # no day is known, so it is not old either


def test_who_is_closed_or_not_founded_yet_does_not_count(answered: Gaps) -> None:
    assert _ids(answered["reuse"].members) == ["liquid"]
    assert _ids(answered["reuse"].gone) == ["gone"]
    assert _ids(answered["ore"].gone) == ["late"]


def test_the_date_decides(things: filiera.Ecosystem) -> None:
    then = things.gaps("things", at=date(2018, 12, 31))
    assert _ids(then["make-cut"].others) == ["acme"]  # became a member in 2019
    (bolt,) = then["make-cut"].members
    assert (bolt.member, bolt.only_later) == ("possibly", True)
    assert [firm.risks for firm in then["test"].members] == [(), ()]
    assert _ids(then["reuse"].members) == ["gone", "liquid"]
    assert then["help"].others[0].risks == ()
    assert (then.knowledge.stated, then.knowledge.stated_evidence) == (None, ())
    assert _ids(things.gaps("things", at=date(2030, 1, 1))["ore"].members) == ["late"]


def test_years_until_a_claim_is_stale(things: filiera.Ecosystem) -> None:
    assert things.gaps("things", at=TODAY, stale_years=10)["help"].status == "one-only"
    leap = things.gaps("things", at=date(2028, 2, 29), stale_years=3)
    assert leap["make-cut"].status == "covered"
    assert things.gaps("things", at=date(2028, 8, 1), stale_years=3)["make-cut"].status == "at-risk"


def test_whom_to_invite(answered: Gaps) -> None:
    assert _ids(answered["use"].invite) == ["stranger"]
    assert _ids(answered["test"].invite) == ["far"]


def test_the_body_is_no_member_of_itself(make_dataset: MakeDataset) -> None:
    claims = TABLES["capabilities"] + "cluster,ore,,,,page-new\ncluster,use,,,,page-new\n"
    tables = TABLES | {"capabilities": claims}
    answered = filiera.open_graph(make_dataset(**tables).folder).gaps("things", at=TODAY)
    assert (answered["ore"].status, answered["use"].status) == ("nobody-known", "outside-only")
    assert _ids(answered["ore"].others) == ["cluster"], "what it claims is told all the same"
    assert _ids(answered["use"].invite) == ["stranger"]
    assert "is the cluster itself" in answered.markdown("en")
    assert "With reservations: Cluster" not in answered.markdown("en")


def test_before_it_is_founded_a_body_has_no_members(make_dataset: MakeDataset) -> None:
    founded = TABLES["organisations"].replace("cluster,bologna,,,", "cluster,bologna,2012,,")
    graph = filiera.open_graph(make_dataset(**TABLES | {"organisations": founded}).folder)
    assert graph.gaps("things", at=date(2011, 12, 31)).knowledge.named == 0
    assert graph.gaps("things", at=date(2013, 1, 1)).knowledge.named > 0


def test_how_much_is_known(answered: Gaps) -> None:
    known = answered.knowledge
    assert (known.stated, known.stated_text("it")) == (40, "più di 40")
    assert (known.named, known.placed, known.placed_here) == (7, 6, 6)
    assert known.organisations_placed_here == 9


def test_it_is_told_with_numbered_sources(answered: Gaps) -> None:
    text = answered.markdown("en")
    assert text.startswith("# Gaps of the value chain: Things\n")
    assert "a source states more than 40 members in 2024 [1]" in text
    assert "- **Use**. To invite: Stranger. Feels it first: Reuse.\n" in text
    assert "A stage where the graph knows nobody may well have somebody." in text
    assert "1. New page, Gazette, 2025-07. <https://example.org/new>\n" in text
    italian = answered.markdown("it")
    assert "- **Uso**. Da invitare: Stranger. Ne risentono subito: Riuso.\n" in italian
    assert "\n\n\n" not in text + italian


def test_a_chain_without_stages(things: filiera.Ecosystem) -> None:
    empty = things.gaps("empty")
    assert empty.stages == ()
    assert "No gap in this graph." in empty.markdown("en")
    with pytest.raises(KeyError):
        empty["ore"]


def test_json_holds_everything(things: filiera.Ecosystem) -> None:
    content = answer(things, "gaps", {"chain": "things", "at": "2026-11-22"}, "it")
    assert json.loads(json.dumps(content)) == content
    stages = {stage["stage"]: stage for stage in content["stages"]}
    claim = stages[ID["make-cut"]]["members"][0]["claims"][0]
    assert claim["fact"] == ID["capability/acme--make-cut"]
    assert claim["sources"][0]["url"] == "https://example.org/new"
    dates = stages[ID.help]["members"][0]["claims"][0]["dates"]
    assert dates == [
        {"role": "asOf", "edtf": "2016", "earliest": "2016-01-01", "latest": "2016-12-31"}
    ]


def test_wrong_use_is_told(things: filiera.Ecosystem) -> None:
    with pytest.raises(UnknownQuestion, match="gaps"):
        answer(things, "gap", {}, "en")
    with pytest.raises(ParameterError, match="colour"):
        answer(things, "gaps", {"chain": "things", "colour": "red"}, "en")
    with pytest.raises(ParameterError, match="needs chain"):
        answer(things, "gaps", {}, "en")
    with pytest.raises(UnknownName):
        answer(things, "gaps", {"chain": "zzzzzzz"}, "en")
    with pytest.raises(UsageError, match="soon"):
        answer(things, "gaps", {"chain": "things", "at": "soon"}, "en")


def test_every_answer_has_an_example_of_what_it_needs() -> None:
    for offered in ANSWERS.values():
        assert all(offered.parameters[needed] for needed in offered.needed)
        assert offered.title.it != offered.title.en


def test_days_are_read_as_people_give_them() -> None:
    assert given_day("2020-02") == date(2020, 2, 29)
    assert given_day(None) is None
    assert given_day("today") == date.today()


# Real data ----------------------------------------------------------------------------------


def test_the_battery_chain(ecosystem: filiera.Ecosystem) -> None:
    found = ecosystem.gaps("chain-batteries", at=TODAY)
    by_status = {
        status: {s.iri.removeprefix(ID.base) for s in found.stages if s.status == status}
        for status in STATUSES
    }
    assert by_status["nobody-known"] == {
        "erm-raw-materials", "erm-active-materials", "erm-cell-manufacturing",
        "erm-electrode-manufacturing", "erm-cell-assembly", "erm-formation", "erm-financing",
    }  # fmt: skip
    assert by_status["one-only"] == {
        "erm-bms", "erm-charging", "erm-off-highway", "erm-second-life", "erm-ip-patents",
    }  # fmt: skip
    assert by_status["at-risk"] == {
        "erm-production-equipment", "erm-formation-equipment", "erm-winding-stacking-equipment",
        "erm-micro-mobility", "erm-training",
    }  # fmt: skip
    assert "erm-module-pack" in by_status["covered"]
    motorcycles = found["erm-motorcycles"]
    assert _ids(motorcycles.invite) == ["ducati"]
    assert set(_ids(motorcycles.others)) == {"ducati", "energica"}
    assert (found.knowledge.stated, found.knowledge.named) == (130, 17)


def test_the_battery_chain_in_2020(ecosystem: filiera.Ecosystem) -> None:
    winding = ecosystem.gaps("batteries", at=date(2020, 12, 31))["erm-winding-stacking-equipment"]
    (manz,) = winding.members
    assert manz.member == "certainly"
    assert [risk.kind for risk in manz.risks] == ["owner-abroad"]


# Laws ---------------------------------------------------------------------------------------


@cache
def _base() -> bytes:
    """The small chain without any claim, as N-Quads."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from filiera.facts.dataset import Dataset
    from tests.conftest import DESCRIPTION

    store = MemoryStore()
    with TemporaryDirectory() as folder:
        Path(folder, "dataset.toml").write_text(DESCRIPTION, encoding="utf-8")
        for name, content in TABLES.items():
            if name != "capabilities":
                Path(folder, f"{name}.csv").write_text(content, encoding="utf-8")
        build(Dataset.find(Path(folder)), store)
    output = io.BytesIO()
    store.dump(output)
    return output.getvalue()


Claim = tuple[str, str, str, int]
_CLAIMS = st.tuples(
    st.sampled_from(ORGANISATIONS),
    st.sampled_from(STAGES),
    st.sampled_from(["page-new", "page-old", "page-bare"]),
    st.sampled_from([0, 2000, 2012, 2024]),
)


def _with(claims: list[Claim]) -> Gaps:
    lines = []
    # A source states a claim once: what it says first counts.
    stated = {claim[:3]: claim for claim in reversed(claims)}
    for organisation, stage, source, year in stated.values():
        node = f"<{ID.base}capability/{organisation}--{stage}>"
        said = [
            f"<{RDF.type}> <{FIL.CapabilityClaim}>",
            f"<{FIL.subject}> <{ID.base}{organisation}>",
            f"<{FIL.stage}> <{ID.base}{stage}>",
        ]
        if year:
            day = '"^^<http://www.w3.org/2001/XMLSchema#date>'
            said.append(f'<{FIL.asOfEarliest}> "{year}-01-01{day}')
            said.append(f'<{FIL.asOfLatest}> "{year}-12-31{day}')
        for part in said:
            graph = f"<https://w3id.org/filiera/graph/{source}>"
            lines += [f"{node} {part} .\n", f"{node} {part} {graph} .\n"]
    store = MemoryStore()
    store.load([_base(), "".join(lines).encode()])
    return gaps(store, ID["chain-things"], ID.cluster, at=TODAY)


@settings(max_examples=40, deadline=None)
@given(st.lists(_CLAIMS, max_size=10), _CLAIMS)
def test_a_capability_never_creates_a_gap(claims: list[Claim], another: Claim) -> None:
    ranks = list(STATUSES)
    before, after = _with(claims), _with([*claims, another])
    for stage in before.stages:
        assert ranks.index(after[stage.iri].status) >= ranks.index(stage.status)
    assert after.knowledge.organisations_placed_here >= before.knowledge.organisations_placed_here


@settings(max_examples=20, deadline=None)
@given(st.lists(_CLAIMS, max_size=10))
def test_a_whole_is_no_worse_than_its_parts(claims: list[Claim]) -> None:
    ranks = list(STATUSES)
    found = _with(claims)
    for stage in found.stages:
        if stage.parent:
            assert ranks.index(found[stage.parent].status) >= ranks.index(stage.status)
        listed = {firm.iri for firm in (*stage.members, *stage.others)}
        assert listed.isdisjoint({ID.gone, ID.late})
        assert set(stage.invite) <= {firm.iri for firm in stage.others}
