"""Content negotiation by the letter of RFC 9110."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.server.negotiation import best_media_type, media_ranges, preferred_language

OFFERED = ["application/json", "text/csv", "text/turtle"]


@pytest.mark.parametrize(
    ("accept", "best"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("nonsense", "application/json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;charset=utf-8", "text/csv"),
        ("text/*", "text/csv"),
        ("*/*", "application/json"),
        ("text/csv;q=0.5, text/turtle;q=0.8", "text/turtle"),
        ("text/csv;q=.5, application/json;q=.2", "text/csv"),
        ("text/csv; Q=0.1 , */*;q=0.05", "text/csv"),
        ("*/*, application/json;q=0", "text/csv"),
        ("text/*;q=0.9, text/csv;q=0.1", "text/turtle"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("*/*;q=0", None),
        ("*/csv", None),
        ("text/csv;q=2, text/turtle", "text/turtle"),
        ("text/csv;q=x, text/turtle;q=0.1", "text/turtle"),
    ],
)
def test_the_format_that_is_liked_best(accept: str | None, best: str | None) -> None:
    assert best_media_type(accept, OFFERED) == best


@given(st.text(max_size=60))
def test_no_header_breaks_it(header: str) -> None:
    assert best_media_type(header, OFFERED) in {*OFFERED, None}
    assert preferred_language(header, ["it", "en"]) in {"it", "en", None}


@given(
    st.lists(st.tuples(st.sampled_from(OFFERED), st.integers(0, 1000)), unique_by=lambda e: e[0])
)
def test_the_highest_quality_wins(wishes: list[tuple[str, int]]) -> None:
    header = ", ".join(f"{name};q={quality / 1000:.3f}" for name, quality in wishes)
    assert len(media_ranges(header)) == len(wishes)
    best = best_media_type(header, OFFERED)
    qualities = dict(wishes)
    if not wishes:
        assert best == OFFERED[0]
    elif max(qualities.values()) == 0:
        assert best is None
    else:
        assert best is not None
        assert qualities[best] == max(qualities.values())


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        (None, None),
        ("", None),
        ("it", "it"),
        ("it-IT,it;q=0.9,en;q=0.8", "it"),
        ("en;q=0.5, IT;q=0.7", "it"),
        ("fr, en;q=0", None),
        ("*", None),
    ],
)
def test_the_language_that_is_ranked_first(header: str | None, lang: str | None) -> None:
    assert preferred_language(header, ["it", "en"]) == lang
