"""Suggestions: what holds whatever the ties are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from filiera.vocabulary import ID
from tests.answers.suggesting import asked, ids

_PEOPLE = ["miner", "smelter", "wheel", "tyre", "axle", "sister", "friend", "lab", "uni", "team"]


_TIES = st.lists(
    st.tuples(st.sampled_from([*_PEOPLE, "gone", "liquid", "parent"]), st.sampled_from(_PEOPLE)),
    max_size=12,
    unique=True,
)


@settings(max_examples=25, deadline=None)
@given(_TIES)
def test_what_holds_of_every_pair(ties: list[tuple[str, str]]) -> None:
    told = asked(*ties)
    tied = {frozenset(tie) for tie in ties}
    assert len(told.pairs) == told.found
    for (one, other), pair in zip(ids(told), told.pairs, strict=True):
        assert one < other
        assert frozenset((one, other)) not in tied
        assert {one, other}.isdisjoint({"gone", "liquid", "cluster", "group-one"})
        assert 0 <= pair.score <= 100
        assert all(0 <= value <= 1 for value in pair.parts.values())
        assert pair.parts["common"] or pair.parts["stages"]
        assert {one, other} != {"lab", "uni"}
        assert not pair.places
        assert {reason.part for reason in pair.reasons} == {
            part for part, value in pair.parts.items() if value
        }
    assert [pair.score for pair in told.pairs] == sorted(
        (p.score for p in told.pairs), reverse=True
    )


@settings(max_examples=15, deadline=None)
@given(_TIES, st.data())
def test_a_pair_is_the_same_from_both_sides_and_a_tie_removes_it(
    ties: list[tuple[str, str]], data: st.DataObject
) -> None:
    told = asked(*ties)
    pair = data.draw(st.sampled_from(told.pairs))
    one, other = (end.iri.removeprefix(ID.base) for end in (pair.one, pair.other))
    for here, there in ((one, other), (other, one)):
        mine = asked(*ties, name=here)
        (found,) = (p for p in mine.pairs if p.other.iri == ID.base + there)
        assert found.one.iri == ID.base + here
        assert (found.score, found.parts, found.kilometres) == (
            pair.score,
            pair.parts,
            pair.kilometres,
        )
        assert {reason.part for reason in found.reasons} == {r.part for r in pair.reasons}
        assert (one, other) not in ids(asked(*ties, (here, there)))


@settings(max_examples=15, deadline=None)
@given(_TIES)
def test_met_adds_pairs_and_changes_none(ties: list[tuple[str, str]]) -> None:
    told, all_of_them = asked(*ties), asked(*ties, met=True)
    assert [pair for pair in all_of_them.pairs if not pair.places] == list(told.pairs)
    meet = [pair for pair in all_of_them.pairs if pair.places]
    assert len(meet) == told.meeting == all_of_them.meeting
    for pair in meet:
        assert [reason.part for reason in pair.reasons].count("met") == min(len(pair.places), 4)
