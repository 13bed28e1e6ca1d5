"""Partners for a need: a small cluster where all is obvious, the real one, and the laws."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import filiera
from filiera.answers.nearness import kilometres
from filiera.answers.needs import WORTH
from filiera.answers.partners import WEIGHTS, Partners, weights_of
from filiera.answers.standing import Standing
from filiera.errors import ParameterError, UnknownName, UsageError
from filiera.offered import answer
from filiera.vocabulary import ID
from tests.answers.test_gaps import TABLES as CHAIN
from tests.conftest import MakeDataset

TODAY = date(2026, 11, 22)
TABLES = CHAIN | {
    "organisations": """\
id,name,kind,place,founded,dissolved,activity_it,activity_en,source
acme,Acme,company,bologna,,,,,page-new
bolt,Bolt,company,modena,,,Stampa lamiere sottili,Stamps thin sheet metal,page-new
gone,Gone,company,bologna,,2019,,,page-new
liquid,Liquid,company,bologna,,,,,page-new
owned,Owned,company,bologna,,,,,page-new
below,Below,research-laboratory,bologna,,,,,page-new
stranger,Stranger,company,,,,,,page-new
far,Far AG,company,germania,,,,,page-new
parent,Parent,large-company,bologna,,,,,page-new
late,Late,company,,2030,,,,page-new
cluster,Cluster,cluster,bologna,,,,,page-new
""",
    "places": CHAIN["places"]
    + "modena,municipality,Modena,Modena,italia,036023,44.64783,10.92539,page-new\n",
    "offerings": """\
organisation,product_it,product_en,technology_it,technology_en,source
stranger,Presse idrauliche,Hydraulic presses,,,page-new
""",
    "fields": """\
organisation,field,source
below,robotics,page-new
""",
    "ties": CHAIN["ties"]
    + "acme,supplies,bolt,,,page-new\nparent,partner-of,acme,,,page-new\n"
    + "parent,partner-of,stranger,,,page-new\n",
    "capabilities": CHAIN["capabilities"]
    + "liquid,make-cut,,,,page-new\ngone,make-cut,,,,page-new\nlate,make-cut,,,,page-new\n"
    + "below,make-weld,,,,page-new\n",
}


@pytest.fixture
def things(make_dataset: MakeDataset) -> filiera.Ecosystem:
    """The graph of the small cluster."""
    return filiera.open_graph(make_dataset(**TABLES).folder, lang="en")


def _ids(found: Partners) -> list[str]:
    return [partner.iri.removeprefix(ID.base) for partner in found.partners]


def _out(found: Partners) -> dict[str, str]:
    return {one.iri.removeprefix(ID.base): one.why for one in found.excluded}


def test_a_stage_by_name_in_either_language(things: filiera.Ecosystem) -> None:
    found = things.partners("cutting", at=TODAY)
    assert _ids(found) == _ids(things.partners("Taglio", at=TODAY))
    assert set(_ids(found)[:2]) == {"acme", "bolt"}
    exact = {partner.iri.removeprefix(ID.base) for partner in found.partners if partner.exact}
    assert exact == {"acme", "bolt"}
    assert _out(found) == {"gone": "closed", "liquid": "trouble", "late": "not-yet-founded"}


def test_each_reason_is_told_with_its_fact(things: filiera.Ecosystem) -> None:
    acme = things.partners("cutting", at=TODAY).partners[0]
    assert acme.iri == ID.acme
    fit = acme.reasons[0]
    assert fit.text("it") == "lavora allo stadio Taglio: Taglia"
    assert [one.fact for one in fit.evidence] == [ID["capability/acme--make-cut"]]
    assert [source.id for source in fit.evidence[0].sources] == ["page-new"]


@pytest.mark.parametrize(
    ("words", "who", "reason"),
    [
        ("pressa idraulica", "stranger", "offers: Hydraulic presses"),
        ("hydraulic press", "stranger", "offers: Hydraulic presses"),
        ("lamiera sottile", "bolt", "activity: Stamps thin sheet metal"),
        ("robotica", "below", "active in the field: robotics"),
    ],
)
def test_free_words(things: filiera.Ecosystem, words: str, who: str, reason: str) -> None:
    found = things.partners(words, at=TODAY)
    assert _ids(found) == [who]
    assert found.partners[0].reasons[0].text("en") == reason


def test_words_that_nobody_says(things: filiera.Ecosystem) -> None:
    found = things.partners("submarine", at=TODAY)
    assert (found.partners, found.excluded) == ((), ())
    assert "there may be some whom the graph does not know" in found.markdown("en")


def test_distance(things: filiera.Ecosystem) -> None:
    near = things.partners("cutting", near="modena", within=30, at=TODAY)
    assert _ids(near) == ["bolt"]
    assert near.partners[0].kilometres == 0
    here = next(one for one in near.partners[0].reasons if one.part == "distance")
    assert here.text("it") == "sede proprio a Modena"
    assert here.text("en") == "a seat in Modena itself"
    out = _out(near)
    assert (out["acme"], out["far"]) == ("far", "unplaced")  # a country is too wide a place
    away = next(one for one in near.excluded if one.iri == ID.acme)
    assert away.text("it") == "a 37 km, sede a Bologna"
    assert [one.fact for one in away.evidence] == [ID["seat/acme--bologna"]]
    with pytest.raises(UsageError, match="near"):
        things.partners("cutting", within=30)
    with pytest.raises(UsageError, match="near"):
        things.partners("cutting", near="germania", within=30)


def test_kilometres_of_known_distances() -> None:
    equator = kilometres((0, 0), (0, 90))
    assert equator == pytest.approx(10007.5, abs=0.1)
    assert kilometres((0, 0), (90, 50)) == pytest.approx(equator)


def test_who_asks_counts(things: filiera.Ecosystem) -> None:
    found = things.partners("making", asker="stranger", at=TODAY)
    acme = next(partner for partner in found.partners if partner.iri == ID.acme)
    texts = {reason.part: reason.text("en") for reason in acme.reasons}
    assert texts["ties"] == "partners in common with Stranger: Parent"
    parent = next(partner for partner in found.partners if partner.iri == ID.parent)
    assert parent.parts["ties"] == 1
    assert "stranger" not in _ids(found)
    bolt = things.partners("cutting", asker="acme", at=TODAY).partners[0]
    shared = next(reason for reason in bolt.reasons if reason.part == "shared")
    assert shared.text("it") == "progetti e reti in comune: Cluster"


def test_ones_own_group_is_left_out(things: filiera.Ecosystem) -> None:
    found = things.partners("welding", asker="parent", at=TODAY)
    assert _out(found)["below"] == "same-group"
    (group,) = [one for one in found.excluded if one.iri == ID.below]
    assert [one.fact for one in group.evidence] == [ID["tie/parent--controls--below"]]
    assert "below" in _ids(things.partners("welding", at=TODAY))


def test_kind_and_membership(things: filiera.Ecosystem) -> None:
    assert _ids(things.partners("welding", kind="research-laboratory", at=TODAY)) == ["below"]
    companies = _ids(things.partners("welding", kind="company", at=TODAY))
    assert "below" not in companies
    assert "parent" in companies  # a large company is a company
    members = _ids(things.partners("welding", member=True, at=TODAY))
    others = _ids(things.partners("welding", member=False, at=TODAY))
    assert "acme" in members
    assert "parent" in others
    assert not set(members) & set(others)


def test_weights_change_the_order(things: filiera.Ecosystem) -> None:
    first = _ids(things.partners("welding", near="modena", at=TODAY))[0]
    near = _ids(things.partners("welding", near="modena", at=TODAY, weights={"distance": 500}))[0]
    assert (first, near) == ("acme", "bolt")
    for wrong in ({"beauty": 1.0}, {"ties": -1.0}, {"fit": 0.0}, {"ties": float("nan")}):
        with pytest.raises(UsageError):
            things.partners("welding", weights=wrong)
    assert weights_of(["distance=30", "", "ties=0"]) == {"distance": 30, "ties": 0}
    with pytest.raises(UsageError, match="far"):
        weights_of(["distance=far"])


def test_the_date_decides(things: filiera.Ecosystem) -> None:
    before = things.partners("cutting", at=date(2018, 6, 30))
    assert {"gone", "liquid"} <= set(_ids(before))
    assert "late" in _ids(things.partners("cutting", at=date(2031, 1, 1)))


def test_the_answer_as_data_and_as_text(things: filiera.Ecosystem) -> None:
    given = {"need": "cutting", "near": "modena", "member": "yes", "at": "2026", "limit": "1"}
    content = answer(things, "partners", given | {"weights": "distance=500"}, "en")
    assert json.loads(json.dumps(content)) == content
    assert [partner["label"] for partner in content["partners"]] == ["Bolt"]
    assert content["found"] > 1
    text = things.partners("cutting", near="modena", within=60, asker="below").markdown("en")
    assert text.startswith("# Partners for: Cutting\n\nOn ")
    assert "Below asks. Near Modena. Within 60 km." in text
    assert "## Who is missing, and why\n\n- Gone: dissolved" in text
    assert "how well the need is answered (50)" in text
    for wrong in ({"member": "maybe"}, {"within": "far"}, {"limit": "0"}):
        with pytest.raises(ParameterError):
            answer(things, "partners", given | wrong, "en")
    with pytest.raises(UnknownName):
        answer(things, "partners", given | {"near": "zzzzzzz"}, "en")
    with pytest.raises(UsageError, match="no need"):
        things.partners("  - ")


# Real data ----------------------------------------------------------------------------------


def test_three_partners_for_battery_management_near_reggio(ecosystem: filiera.Ecosystem) -> None:
    found = ecosystem.partners(
        "battery management system", near="Reggio Emilia", within=60, at=TODAY, limit=3
    )
    assert _ids(found) == ["flash-battery", "ferrari", "rei-lab"]
    assert [partner.exact for partner in found.partners] == [True, False, False]
    assert _out(found)["energica"] == "trouble"
    assert all((partner.kilometres or 0) <= 60 for partner in found.partners)


def test_bms_is_understood_as_words(ecosystem: filiera.Ecosystem) -> None:
    assert _ids(ecosystem.partners("BMS", at=TODAY))[0] == "flash-battery"


# Laws ---------------------------------------------------------------------------------------


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    need=st.sampled_from(
        ["macchine", "batteries", "chain-hydrogen", "robotics", "erm-production-equipment",
         "erm-motorcycles", "ricerca", "engine", "celle a combustibile", "training"]
    ),
    at=st.dates(date(2005, 1, 1), date(2027, 1, 1)),
    asker=st.sampled_from([None, "flash-battery", "manz-italy", "comer-industries", "ima"]),
    weights=st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.floats(0.1, 100), max_size=6),
)  # fmt: skip
def test_no_closed_firm_and_no_score_out_of_range(
    ecosystem: filiera.Ecosystem,
    need: str,
    at: date,
    asker: str | None,
    weights: dict[str, float],
) -> None:
    found = ecosystem.partners(need, at=at, asker=asker, weights=weights, limit=1000)
    standing = Standing(ecosystem.store, at)
    scores = [partner.score for partner in found.partners]
    assert scores == sorted(scores, reverse=True)
    assert found.found == len(found.partners)
    for partner in found.partners:
        assert not standing.closed(partner.iri)
        assert not standing.troubles(partner.iri)
        assert 0 <= partner.score <= 100
        assert all(0 <= value <= 1 for value in partner.parts.values())
        for reason in partner.reasons:
            assert reason.part == "recency" or all(one.sources for one in reason.evidence)
    assert {one.iri for one in found.excluded}.isdisjoint(p.iri for p in found.partners)


def test_worths_are_shares() -> None:
    assert all(0 < worth <= 1 for worth in WORTH.values())
