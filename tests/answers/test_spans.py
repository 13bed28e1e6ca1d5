"""Spans: on which days a fact certainly, and possibly, holds; and lifetimes made of them."""

from __future__ import annotations

import pytest

from filiera.answers.happenings import Days
from filiera.answers.index import LazyIndex
from filiera.answers.lifetimes import lifetime
from filiera.answers.spans import Span, span_between
from filiera.build import build
from filiera.store import MemoryStore
from filiera.vocabulary import ID
from tests.conftest import MakeDataset

OPEN = ("", "")
YEAR = Days("2020-01-01", "2020-12-31")


@pytest.mark.parametrize(
    ("start", "held", "end", "since", "expected"),
    [
        (YEAR, "", Days(), "", Span(("2020-12-31", ""), ("2020-01-01", ""))),
        (YEAR, "2020-06-30", Days(), "", Span(("2020-06-30", ""), ("2020-01-01", ""))),
        (Days(), "2020-06-30", Days(), "", Span(("2020-06-30", ""), OPEN)),
        (Days(), "2020-06-30", Days(), "2018-01-01",
         Span(("2020-06-30", ""), ("2018-01-01", ""))),
        (Days(), "2016-06-30", Days(), "2018-01-01",
         Span(("2018-01-01", ""), ("2018-01-01", ""))),
        (Days(), "", Days(), "", Span(None, OPEN)),
        (YEAR, "", Days("2022-01-01", "2022-12-31"), "",
         Span(("2020-12-31", "2022-01-01"), ("2020-01-01", "2022-12-31"))),
        (YEAR, "", YEAR, "", Span(None, ("2020-01-01", "2020-12-31"))),
        (YEAR, "", Days("", "2022-12-31"), "", Span(None, ("2020-01-01", "2022-12-31"))),
    ],
)  # fmt: skip
def test_spans(start: Days, held: str, end: Days, since: str, expected: Span) -> None:
    assert span_between(start, held, end, since) == expected


def test_a_span_on_a_day() -> None:
    span = Span(("2020-12-31", "2022-01-01"), ("2020-01-01", "2022-12-31"))
    assert [span.at(day) for day in ("2019-12-31", "2020-01-01", "2020-12-31", "2022-01-01")] == [
        "",
        "possibly",
        "certainly",
        "certainly",
    ]
    assert [span.at(day) for day in ("2022-01-02", "2023-01-01")] == ["possibly", ""]
    assert Span(None, OPEN).at("2020-01-01") == "possibly"


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        ("acme,existing,2000,,", Span(("2000-12-31", ""), ("2000-01-01", ""))),
        ("acme,existing,2000,2010,",
         Span(("2000-12-31", "2010-01-01"), ("2000-01-01", "2010-12-31"))),
        ("acme,existing,2000,,\nacme,dissolved,2010,,",
         Span(("2000-12-31", "2010-01-01"), ("2000-01-01", "2010-12-31"))),
        ("acme,existing,2000,,\nacme,merged,,,2010", Span(None, ("2000-01-01", "2010-12-31"))),
        ("acme,existing,2000,2009,\nacme,dissolved,2010,,",
         Span(("2000-12-31", "2009-01-01"), ("2000-01-01", "2010-12-31"))),
        ("acme,existing,2000,2009,\nacme,dissolved,,,",
         Span(("2000-12-31", "2009-01-01"), ("2000-01-01", "2009-12-31"))),
        ("acme,existing,2000,,\nacme,dissolved,,,", Span(None, ("2000-01-01", ""))),
        ("acme,dissolved,,,", None),
        ("acme,in-liquidation,2010,,", None),
    ],
)  # fmt: skip
def test_lifetimes(make_dataset: MakeDataset, phases: str, expected: Span | None) -> None:
    rows = "\n".join(f"{row},page-a" for row in phases.split("\n"))
    store = MemoryStore()
    build(
        make_dataset(
            organisations="id,name,kind,source\nacme,Acme,company,page-a\nbolt,Bolt,company,page-a\n"
            "cluster,Cluster,cluster,page-a\n",
            phases=f"subject,status,start,end,as_of,source\n{rows}\n",
        ),
        store,
    )
    assert lifetime(LazyIndex(store), f"{ID.base}acme") == expected
