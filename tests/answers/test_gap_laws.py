"""Gaps: what holds whatever is claimed."""

from __future__ import annotations

import io
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from filiera.answers.gaps import STATUSES, Gaps, gaps
from filiera.build import build
from filiera.store import MemoryStore
from filiera.vocabulary import FIL, ID, RDF
from tests.answers.gap_tables import ORGANISATIONS, STAGES, TABLES, TODAY


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
