"""Plots: what a person reads off them, and that no two texts touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import matplotlib
import networkx
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import filiera
from filiera.answers.gap_model import STATUSES
from filiera.results import Column, Results
from filiera.views.drawing import COLOURS
from filiera.views.plot_chain import STATUS_COLOURS

BATTERY_SYSTEM: dict[str, Any] = {"near": "Reggio Emilia", "within": 60.0}


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    pyplot.close("all")


def texts(ax: Axes) -> list[Any]:
    """Everything that is written on the figure."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    beyond = {
        tick.label1
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    found: list[Any] = list(figure.findobj(matplotlib.text.Text))
    found = [one for one in found if one.get_visible() and one not in beyond]
    return [one for one in found if one.get_text().strip()]


def words(ax: Axes) -> str:
    return "\n".join(one.get_text() for one in texts(ax))


def labels(ax: Axes) -> list[str]:
    """Labels of the rows, in one line each."""
    return [one.get_text().replace("-\n", "-").replace("\n", " ") for one in ax.get_yticklabels()]


def bars(ax: Axes) -> list[Rectangle]:
    return [one for one in ax.patches if isinstance(one, Rectangle)]


def lengths(ax: Axes) -> list[float]:
    """Length of the bar of each row, from the top, all its parts together."""
    rows: dict[int, float] = {}
    for one in bars(ax):
        row = round(one.get_y() + one.get_height() / 2)
        rows[row] = rows.get(row, 0.0) + one.get_width()
    return [rows[row] for row in sorted(rows)]


def points(marks: Any) -> int:
    return len(marks.get_offsets())


def days(line: Any) -> list[float]:
    return list(line.get_xdata())


def untouched(ax: Axes) -> None:
    """No text touches another one, and none leaves the figure."""
    written = texts(ax)
    boxes = [one.get_window_extent() for one in written]
    figure = ax.get_figure(root=True)
    assert figure is not None
    for text, box in zip(written, boxes, strict=True):
        assert box.x0 >= -1, text.get_text()
        assert box.y0 >= -1, text.get_text()
        assert box.x1 <= figure.bbox.x1 + 1, text.get_text()
        assert box.y1 <= figure.bbox.y1 + 1, text.get_text()
    for (one, first), (other, second) in combinations(zip(written, boxes, strict=True), 2):
        assert not first.padded(-1).overlaps(second.padded(-1)), (one.get_text(), other.get_text())


def answers(eco: filiera.Ecosystem) -> dict[str, Any]:
    return {
        "gaps": eco.gaps("batteries"),
        "partners": eco.partners("battery management system", **BATTERY_SYSTEM),
        "paths": eco.paths("Toyota Material Handling Manufacturing Italy", "Manz Italy", k=5),
        "brokers": eco.brokers(),
        "history": eco.history(),
        "quality": eco.quality(),
        "suggestions": eco.suggestions(),
        "network": eco.network(),
    }


@pytest.fixture(scope="module")
def italian() -> Iterator[filiera.Ecosystem]:
    with filiera.open_graph(lang="it") as opened:
        yield opened


@pytest.mark.parametrize(
    "name",
    ["gaps", "partners", "paths", "brokers", "history", "quality", "suggestions", "network"],
)
def test_no_text_touches_another_in_either_language(
    ecosystem: filiera.Ecosystem, italian: filiera.Ecosystem, name: str
) -> None:
    for eco in (ecosystem, italian):
        untouched(eco.plot(answers(eco)[name]))


@pytest.mark.parametrize("lang", ["it", "en"])
def test_every_question_that_declares_a_drawing_is_drawn(
    ecosystem: filiera.Ecosystem, lang: str
) -> None:
    drawn = 0
    for question in ecosystem.questions():
        given = {one.name: one.example for one in question.parameters if one.required}
        answer = ecosystem.ask(question.name, lang=lang, **given)
        if question.drawing == "table":
            with pytest.raises(filiera.UsageError, match="is a table to read and has no drawing"):
                filiera.plot(answer)
            continue
        ax = filiera.plot(answer)
        assert question.title[lang] in words(ax)
        untouched(ax)
        pyplot.close("all")
        drawn += 1
    assert drawn == 27


def test_bars_are_as_long_as_the_numbers_and_say_them(ecosystem: filiera.Ecosystem) -> None:
    answer = ecosystem.ask("counts-by-kind")
    ax = ecosystem.plot(answer)
    assert lengths(ax) == answer.column("organisations")[:30]
    assert labels(ax)[0] == next(iter(answer.texts()))[0] == "company"
    assert str(answer[0][1]) in words(ax).split("\n")
    assert f"Rows not drawn: {len(answer) - 30} more." in words(ax)
    assert "Organisations" in words(ax)


def test_a_bar_of_several_numbers_is_their_sum_with_a_legend(
    ecosystem: filiera.Ecosystem,
) -> None:
    answer = ecosystem.ask("facts-by-sources", lang="it")
    ax = filiera.plot(answer)
    assert lengths(ax) == [float(str(value)) for value in answer.column("facts")]
    legend = ax.get_legend()
    assert legend is not None
    assert [one.get_text() for one in legend.get_texts()] == ["Di una fonte", "Di più fonti"]


def test_gaps_show_each_stage_with_its_status_and_who_works_there(
    ecosystem: filiera.Ecosystem,
) -> None:
    gaps = ecosystem.gaps("batteries")
    ax = filiera.plot(gaps, lang="it")
    said = words(ax)
    assert "Vuoti della filiera: Batterie ed elettrificazione mobile" in said
    for text in ("FIVE, Flash Battery", "(Marposs)", "nessuno noto", "Materie prime"):
        assert text in said.split("\n")
    drawn = [to_hex(one.get_facecolor()) for one in bars(ax)]
    assert drawn == [STATUS_COLOURS[stage.status] for stage in gaps.stages]
    depths = [round(one.get_x() / 0.18) for one in bars(ax)]
    assert depths == [stage.depth for stage in gaps.stages]
    assert STATUS_COLOURS.keys() == STATUSES.keys()


def test_the_parts_of_a_partner_make_its_score(ecosystem: filiera.Ecosystem) -> None:
    answer = ecosystem.partners("battery management system", asker="e80-group", **BATTERY_SYSTEM)
    ax = ecosystem.plot(answer)
    assert lengths(ax) == pytest.approx([partner.score for partner in answer.partners])
    assert labels(ax) == [partner.label.en for partner in answer.partners]
    first = answer.partners[0]
    assert f"{first.score:.1f} · {first.kilometres:.0f} km" in words(ax)
    legend = ax.get_legend()
    assert legend is not None
    assert {one.get_text() for one in legend.get_texts()} == {
        "answers the need",
        "how many sources say so",
        "recently confirmed",
        "ties to the asker",
        "shared projects and networks",
        "nearness",
    }


def test_the_parts_of_a_pair_make_its_score(ecosystem: filiera.Ecosystem) -> None:
    answer = ecosystem.suggestions(top=5)
    ax = filiera.plot(answer, lang="it")
    assert lengths(ax) == pytest.approx([pair.score for pair in answer.pairs])
    first = answer.pairs[0]
    assert labels(ax)[0] == f"{first.one.label.it} – {first.other.label.it}"
    assert "Chi dovrebbe conoscersi" in words(ax)


def test_an_organisation_without_a_match_makes_no_pair(ecosystem: filiera.Ecosystem) -> None:
    answer = replace(ecosystem.suggestions(top=1), pairs=())
    assert "Nobody in this graph" in words(ecosystem.plot(answer))
    alone = replace(ecosystem.brokers(top=1), brokers=())
    assert "Nessuno in questo grafo" in words(filiera.plot(alone, lang="it"))


def test_a_history_without_numbers_still_has_a_title(ecosystem: filiera.Ecosystem) -> None:
    empty = replace(ecosystem.history(), stated=(), named=())
    assert "Members over time" in words(ecosystem.plot(empty))


def test_paths_are_chains_of_things_and_facts(ecosystem: filiera.Ecosystem) -> None:
    answer = ecosystem.paths("Toyota Material Handling Manufacturing Italy", "Manz Italy")
    ax = ecosystem.plot(answer)
    bold = [one.get_text() for one in texts(ax) if one.get_weight() == "bold"]
    assert bold.count("Manz Italy") == 3
    assert "Arco Fuel Cells" in bold
    assert "Manz Italy, in 2014" in words(ax)
    assert "further facts: 1" in words(ax)
    halts = [points(one) for one in ax.collections]
    assert halts == [len(path.halts) for path in answer.paths]


def test_no_path_is_told_and_so_is_nobody(ecosystem: filiera.Ecosystem) -> None:
    apart = ecosystem.paths("landi-renzo", "sea-vision", at=filiera_day("1950"))
    assert not apart.paths
    assert "Nessun legame in questo grafo" in words(filiera.plot(apart, lang="it"))
    nobody = ecosystem.partners("battery management system", near="Pisa", within=1)
    assert not nobody.partners
    assert "Nobody in this graph" in words(ecosystem.plot(nobody))


def filiera_day(text: str) -> Any:
    from filiera.answers.days import given_day

    return given_day(text)


def test_brokers_are_bars_of_betweenness_marked_by_what_they_cut_off(
    ecosystem: filiera.Ecosystem,
) -> None:
    answer = ecosystem.brokers(top=20)
    ax = filiera.plot(answer, lang="it")
    assert lengths(ax) == pytest.approx([100 * one.betweenness for one in answer.brokers])
    assert [to_hex(one.get_facecolor()) for one in bars(ax)] == [
        COLOURS[2] if one.loss else COLOURS[1] for one in answer.brokers
    ]
    first = answer.brokers[0]
    assert first.loss is not None
    assert f"48,9% · ne stacca {len(first.loss.cut_off)}" in words(ax)


def test_history_steps_from_one_number_stated_to_the_next(ecosystem: filiera.Ecosystem) -> None:
    answer = ecosystem.history()
    ax = ecosystem.plot(answer)
    lines: dict[str, Any] = {str(one.get_label()): one for one in ax.lines}
    stated = lines["stated by a source"]
    assert list(stated.get_ydata()) == [103, 130, 130]
    assert stated.get_drawstyle() == "steps-post"
    assert list(lines["named in this graph"].get_ydata()) == [
        len(one.certain) for one in answer.named
    ]
    said = words(ax)
    assert "103 [1]" in said.split("\n")
    assert "more than 130 [2]" in said.split("\n")
    assert "Without a date, not drawn: 154 [3]." in said
    assert "1. Sedici nuovi soci e una nuova value chain" in said


def test_quality_shows_the_five_shares(ecosystem: filiera.Ecosystem) -> None:
    answer = ecosystem.quality()
    ax = ecosystem.plot(answer)
    score = answer.score
    assert lengths(ax) == pytest.approx(
        [
            100 * one
            for one in (score.dated, score.confirmed, score.fresh, score.placed, score.in_field)
        ]
    )
    assert f": {100 * score.value:.1f}%" in words(ax)


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
