"""Plots of tables and networks, and what cannot be plotted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib
import networkx
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex

import filiera
from filiera.results import Column, Results
from tests.views.plotted import bars, days, labels, points, words


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    pyplot.close("all")


def test_a_map_sets_towns_by_their_coordinates_and_names_those_far_off(
    ecosystem: filiera.Ecosystem,
) -> None:
    answer = ecosystem.ask("counts-by-place", level="municipality")
    ax = ecosystem.plot(answer)
    circles: Any = ax.collections[0]
    assert circles.get_offsets().tolist()[0] == pytest.approx([11.33875, 44.49381])
    said = words(ax)
    assert "Bologna 20" in said.split("\n")
    assert "Outside the frame: Turin 3" in said
    countries = ecosystem.ask("counts-by-place", level="country")
    unknown = [
        one for one in countries.column("place") if one not in countries.details["coordinates"]
    ]
    assert unknown
    assert f"Without coordinates, not drawn: {len(unknown)}." in words(ecosystem.plot(countries))


def test_a_network_is_an_arrow_for_each_pair(ecosystem: filiera.Ecosystem) -> None:
    answer = ecosystem.ask("owned-by", owner="volkswagen")
    ax = ecosystem.plot(answer)
    said = words(ax).split("\n")
    for text in ("Volkswagen", "Audi", "Ducati", "Automobili Lamborghini", "Nodes: 4; edges: 3"):
        assert text in said
    arrows = [one for one in ax.texts if one.get_text() == ""]
    assert len(arrows) == 3


def test_a_large_network_tells_members_and_names_the_most_linked(
    ecosystem: filiera.Ecosystem,
) -> None:
    network = ecosystem.network()
    ax = ecosystem.plot(network, lang="it")
    legend = ax.get_legend()
    assert legend is not None
    assert [one.get_text() for one in legend.get_texts()] == ["nel cluster", "altri"]
    counts = [points(one) for one in ax.collections[1:]]
    assert counts == [17, len(network) - 17]
    assert f"Nodi: {len(network)}; archi: {network.number_of_edges()}" in words(ax)


def test_a_plain_graph_is_drawn_with_lines(ecosystem: filiera.Ecosystem) -> None:
    graph: networkx.Graph[str] = networkx.path_graph(["a", "b", "x" * 60])
    ax = filiera.plot(graph, lang="en")
    assert "x" * 41 + "…" in words(ax)
    assert "Nodes: 3; edges: 2" in words(ax)
    assert "Nodes: 0; edges: 0" in words(filiera.plot(networkx.Graph(), lang="en"))


def test_a_time_line_runs_from_the_first_to_the_last_day() -> None:
    table = Results(
        [Column("what", "What"), Column("when", "When", "edtf")],
        [("Late", "2021"), ("Early", "2020-07-08"), ("Never", None), ("Odd", "unreadable")],
        "Times",
        details={"drawing": "timeline"},
    )
    ax = filiera.plot(table)
    assert labels(ax) == ["Early", "Late"]
    from datetime import date

    assert [days(one) for one in ax.lines] == [
        [date(2020, 7, 8).toordinal()] * 2,
        [date(2021, 1, 1).toordinal(), date(2021, 12, 31).toordinal()],
    ]
    assert "Without a date, not drawn: 2." in words(ax)
    assert "8 July 2020" in words(ax)


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        ("timeline", "no row of the answer bears a date"),
        ("network", "no row of the answer joins two things"),
    ],
)
def test_a_table_without_what_it_takes_is_refused(drawing: str, said: str) -> None:
    table = Results([Column("a", "A")], [("x",)], details={"drawing": drawing})
    with pytest.raises(filiera.UsageError, match=said):
        filiera.plot(table)


def test_what_cannot_be_plotted_is_said(ecosystem: filiera.Ecosystem) -> None:
    with pytest.raises(filiera.UsageError, match="there is no plot of a int"):
        filiera.plot(3)
    with pytest.raises(filiera.UsageError, match="the language is it or en, not “de”"):
        filiera.plot(ecosystem.quality(), lang="de")
    with pytest.raises(filiera.UsageError, match="no rows, so there is nothing to draw"):
        filiera.plot(Results([Column("a", "A")], [], details={"drawing": "bar"}))
    free = ecosystem.query("SELECT ?a { VALUES ?a { 1 } }")
    with pytest.raises(filiera.UsageError, match="the answer to free SPARQL is a table"):
        filiera.plot(free)
    nowhere = ecosystem.ask("counts-by-place", level="country")
    nowhere.details["coordinates"] = {}
    with pytest.raises(filiera.UsageError, match="no place of the answer has coordinates"):
        filiera.plot(nowhere)


def test_the_axes_given_are_drawn_on_as_far_as_there_is_room(
    ecosystem: filiera.Ecosystem,
) -> None:
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(12, 4))
    assert ecosystem.plot(ecosystem.ask("counts-by-kind"), left) is left
    assert len(bars(left)) < 20
    assert "more." in left.get_xlabel()
    assert left.get_title(loc="left").startswith("How many organisations by kind\nOrganisations")
    assert ecosystem.plot(ecosystem.gaps("batteries"), right) is right
    assert 0 < len(bars(right)) < 31
    assert "Rows not drawn" in right.get_xlabel()
    assert pyplot.get_fignums() == [figure.number]


def test_the_settings_of_the_session_are_left_alone(ecosystem: filiera.Ecosystem) -> None:
    with matplotlib.rc_context({"font.size": 21.0, "axes.facecolor": "red"}):
        before = dict(matplotlib.rcParams)
        ax = ecosystem.plot(ecosystem.quality())
        assert dict(matplotlib.rcParams) == before
        assert to_hex(ax.get_facecolor()) == "#fbfaf7"


def test_the_same_answer_gives_the_same_picture(ecosystem: filiera.Ecosystem) -> None:
    pictures = []
    for _ in range(2):
        figure: Any = ecosystem.plot(ecosystem.ask("ties-of", organisation="e80-group")).figure
        figure.canvas.draw()
        pictures.append(bytes(figure.canvas.buffer_rgba()))
    assert pictures[0] == pictures[1]


def test_matplotlib_missing_is_told(
    ecosystem: filiera.Ecosystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(filiera.MissingPart, match=r"pip install 'filiera\[notebook\]'"):
        ecosystem.plot(ecosystem.quality())
