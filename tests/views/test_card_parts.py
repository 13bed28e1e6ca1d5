"""The parts of a card's page: the scale of time, the neighbours, the citation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from filiera.answers.cards import Card, CardGroup, Statement
from filiera.answers.rows import DatedRole
from filiera.facts.dataset import Dataset
from filiera.texts import Text
from filiera.views import card_page
from filiera.views.card_citation import citation, licence_name
from filiera.views.card_drawing import ego_drawing, shortened
from filiera.views.card_links import Link, web_link
from filiera.views.card_neighbours import neighbours
from filiera.views.card_timeline import Bar, timeline
from filiera.views.card_words import WORDS
from tests.browser.hostile import ADDRESSES

TODAY = date(2020, 7, 1)
NAME = Text("Nome", "Name")


def said(text: str, *days: DatedRole, other: str = "") -> Statement:
    pattern = Text.same(text)
    label = Text.same(other.rpartition("/")[2])
    return Statement(pattern, NAME, (), other=other or None, other_label=label, days=days)


def test_the_scale_runs_over_whole_years_and_holds_today() -> None:
    drawn = timeline([said("x", DatedRole("date", "2016-01-01", "2016-01-01"))], TODAY)
    assert drawn is not None
    assert drawn.years == ((2016, 0.0), (2018, 40.01), (2020, 79.97))
    assert drawn.now == 89.93
    assert timeline([said("undated")], TODAY) is None


@pytest.mark.parametrize(
    ("days", "bars", "moment", "is_open"),
    [
        ([("date", "2018-01-01", "2018-01-01")], (), 0.0, False),
        (
            [("date", "2018-01-01", "2019-01-01")],
            (Bar(0.0, 33.3, False),),
            16.65,
            False,
        ),
        ([("asOf", "", "2019-01-01")], (), 0.0, False),
        (
            [("start", "2018-01-01", "2018-01-01")],
            (Bar(0.0, 83.21, True),),
            None,
            True,
        ),
        (
            [("start", "2018-01-01", "2019-01-01"), ("end", "2020-01-01", "2020-07-01")],
            (Bar(0.0, 33.3, False), Bar(33.3, 33.31, True), Bar(66.61, 16.6, False)),
            None,
            False,
        ),
        (
            [("start", "2018-01-01", "2019-06-01"), ("end", "2019-01-01", "2020-01-01")],
            (Bar(0.0, 66.61, False),),
            None,
            False,
        ),
    ],
)
def test_what_is_certain_and_possible_is_drawn_apart(
    days: list[tuple[str, str, str]],
    bars: tuple[Bar, ...],
    moment: float | None,
    is_open: bool,
) -> None:
    drawn = timeline([said("x", *(DatedRole(*day) for day in days))], TODAY)
    assert drawn is not None
    (row,) = drawn.rows
    assert (row.bars, row.moment, row.is_open) == (bars, moment, is_open)


def card(*groups: tuple[str, list[Statement]]) -> Card:
    return Card(
        "https://x/id/a",
        "a",
        NAME,
        NAME,
        NAME,
        tuple(CardGroup(name, Text.same(name), tuple(some)) for name, some in groups),
    )


def test_neighbours_come_by_their_statements_and_events_last() -> None:
    found = neighbours(
        card(
            ("ties", [said("supplies {}", other="https://x/id/b")]),
            ("members", [said("{}", other="https://x/id/c"), said("{}", other="https://x/id/a")]),
            ("projects", [said("{} (partner): whole", other="https://x/id/b")]),
            ("happenings", [said("{}", other="https://x/id/e")] * 3),
            ("unnamed", [said("{}", other="https://x/id/f")]),
        ),
        lambda iri: 0,
    )
    assert [(one.label.en, [text.en for text in one.relations]) for one in found.shown] == [
        ("b", ["supplies", "partner"]),
        ("c", ["member"]),
        ("f", ["unnamed"]),
        ("e", ["event or decision"]),
    ]
    assert found.rest == 0


def test_of_many_neighbours_the_best_connected_are_shown() -> None:
    crowd = [said("{}", other=f"https://x/id/{number}") for number in range(20)]
    found = neighbours(card(("members", crowd)), lambda iri: int(iri.rpartition("/")[2]))
    assert [one.label.en for one in found.shown] == [str(19 - place) for place in range(14)]
    assert found.rest == 6
    drawing = ego_drawing(found, lambda iri: iri, "en")
    assert [spoke.side for spoke in drawing.wide] == [-1] * 7 + [1] * 7
    assert len({spoke.y for spoke in drawing.narrow}) == 14
    assert max(spoke.y for spoke in drawing.narrow) < drawing.narrow_height


def test_a_text_is_cut_only_where_it_does_not_fit() -> None:
    assert shortened("Acme", 90, 15) == "Acme"
    assert shortened("W" * 40, 90, 15) == "WWWWWWW…"


def test_a_citation_leaves_out_what_the_data_does_not_say() -> None:
    dataset = Dataset(Path(), "x", {"": "All & <more>"})
    cited = citation(dataset, "https://x/id/a", r"A \ 100% {sure}~^", "en", TODAY)
    assert cited.sentence == (
        "“A \\ 100% {sure}~^”, All & <more>. https://x/id/a (accessed 1 July 2020)."
    )
    assert cited.bibtex == (
        "@misc{id-a,\n"
        "  title = {{A \\textbackslash{} 100\\% \\{sure\\}"
        "\\textasciitilde{}\\textasciicircum{}}},\n"
        "  howpublished = {All \\& <more>},\n"
        "  year = {2020},\n"
        "  url = {https://x/id/a},\n"
        "  urldate = {2020-07-01},\n"
        "  language = {english},\n"
        "}"
    )


def test_a_licence_that_has_no_short_name_is_named_by_its_address() -> None:
    assert licence_name("https://creativecommons.org/licenses/by-sa/4.0/") == "CC BY-SA 4.0"
    assert licence_name("https://example.org/terms") == "https://example.org/terms"


def test_every_word_of_the_pages_is_used() -> None:
    views = Path(card_page.__file__).parent
    files = [*(views / "card").glob("*.j2"), views / "card_page.py", views / "card_citation.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    for word in WORDS:
        assert word.startswith("state_") or f'"{word}"' in text or f"'{word}'" in text, word


@pytest.mark.parametrize("address", [*ADDRESSES, "https://[", "//example.org", "ftp://x.org/"])
def test_what_is_no_address_of_the_web_is_no_link(address: str) -> None:
    assert web_link(address) == Link(address)


def test_an_address_of_the_web_is_a_link_with_its_host() -> None:
    assert web_link("http://www.acme.example/a?b=1") == Link(
        "acme.example", "http://www.acme.example/a?b=1", outward=True
    )
    assert web_link("") is None
