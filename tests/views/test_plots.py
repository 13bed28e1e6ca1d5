"""Plots of the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import matplotlib
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex

import filiera
from filiera.answers.gap_model import STATUSES
from filiera.views.drawing import COLOURS
from filiera.views.plot_chain import STATUS_COLOURS
from tests.views.plotted import bars, labels, lengths, points, texts, untouched, words

BATTERY_SYSTEM: dict[str, Any] = {"near": "Reggio Emilia", "within": 60.0}


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    pyplot.close("all")


ANSWERS: dict[str, Callable[[filiera.Ecosystem], Any]] = {
    "gaps": lambda eco: eco.gaps("batteries"),
    "partners": lambda eco: eco.partners("battery management system", **BATTERY_SYSTEM),
    "paths": lambda eco: eco.paths(
        "Toyota Material Handling Manufacturing Italy", "Manz Italy", k=5
    ),
    "brokers": lambda eco: eco.brokers(),
    "history": lambda eco: eco.history(),
    "quality": lambda eco: eco.quality(),
    "suggestions": lambda eco: eco.suggestions(),
    "network": lambda eco: eco.network(),
}


@pytest.fixture(scope="module")
def italian() -> Iterator[filiera.Ecosystem]:
    with filiera.open_graph(lang="it") as opened:
        yield opened


@pytest.mark.parametrize("name", ANSWERS)
def test_no_text_touches_another_in_either_language(
    ecosystem: filiera.Ecosystem, italian: filiera.Ecosystem, name: str
) -> None:
    for eco in (ecosystem, italian):
        untouched(eco.plot(ANSWERS[name](eco)))


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
