"""The history: how many members when, what happened, which ties came and went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import filiera
from filiera.views.page_data import page_data
from tests.browser.conftest import Open, Opened, axe_violations, write_page
from tests.browser.hostile import MARKS
from tests.browser.page_data import PageData, invented_page
from tests.server.conftest import RunningServer

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SIZES: dict[str, dict[str, Any]] = {
    "phone": PHONE,
    "laptop": {"viewport": {"width": 1366, "height": 768}},
    "wide": {"viewport": {"width": 1920, "height": 1080}},
}
FIVE_YEARS = "#/time?compare=2020-12-31&at=2025-12-31"
KINDS = {"taken-over": "bought", "merged": "bought"}
TOLD = {"event", "decision", "joined", "left", "renamed", "bought", "founded"}
PACE = 1100
"""Milliseconds that a year stays on screen."""


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory, ecosystem: filiera.Ecosystem) -> Path:
    """The page of the real ecosystem, in English."""
    place = tmp_path_factory.mktemp("real") / "page.html"
    place.write_text(ecosystem.network_page("en").generate_html("page.html"), encoding="utf-8")
    return place


@pytest.fixture
def history(open_page: Open, real_file: Path) -> Opened:
    """The whole history, in English."""
    return open_page(real_file, hash="#/time")


def happenings(page: Page) -> list[str]:
    """What is told to have happened, without who says so."""
    return page.locator(".happening .said").all_text_contents()


def kinds(page: Page) -> Counter[str]:
    return Counter(page.locator(".happening").evaluate_all(
        "all => all.map(one => one.dataset.kind)"
    ))  # fmt: skip


# Members ---------------------------------------------------------------------------------------


def test_how_many_members_in_july_2020_and_who_says_so(
    history: Opened, ecosystem: filiera.Ecosystem
) -> None:
    page = history.page
    (stated,) = (one for one in ecosystem.history().stated if one.total and one.value == 103)
    said = page.locator(".time-page .statements .statement").filter(has_text="members: 103")
    expect(said.locator(".said")).to_have_text(stated.sentence("en"))
    expect(said).to_contain_text("in July 2020")
    links = said.locator("a").evaluate_all("all => all.map(one => one.href)")
    assert links == [source.url for source in stated.evidence.sources]
    labels = page.locator(".members-chart .stated-label").all_text_contents()
    assert "103" in labels
    assert page.locator(".members-chart circle").count() == len(labels)
    totals = [one for one in ecosystem.history().stated if one.total]
    assert page.locator(".time-page section").first.locator(".statement").count() == len(totals)


def test_the_named_members_are_those_of_the_answer(
    history: Opened, ecosystem: filiera.Ecosystem
) -> None:
    page = history.page
    page.locator(".time-named summary").click()
    rows = page.locator(".time-named tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    )
    assert len(rows) > 5
    for when, certain, possible in rows:
        year = re.search(r"at the end of (\d{4})", when)
        day = date(int(year[1]), 12, 31) if year else date.today()
        last = ecosystem.history(at=day).named[-1]
        assert (int(certain), int(possible)) == (len(last.certain), len(last.possible)), when
    bars = page.locator(".members-chart .named:not(.possible)")
    assert bars.count() == sum(int(certain) > 0 for _, certain, _ in rows)
    heights = bars.evaluate_all("all => all.map(one => Number(one.getAttribute('height')))")
    counts = [int(certain) for _, certain, _ in rows if int(certain) > 0]
    scale = heights[0] / counts[0]
    assert heights == pytest.approx([count * scale for count in counts])


def test_a_year_of_the_chart_can_be_chosen(history: Opened) -> None:
    page = history.page
    page.locator(".members-chart .reach").nth(4).click()
    expect(page.locator(".members-chart .now")).to_have_count(1)
    chosen = page.locator(".members-chart text.axis").filter(has_text=history.state()["at"][:4])
    line = page.locator(".members-chart .now").get_attribute("x1")
    assert float(str(line)) >= float(str(chosen.get_attribute("x")))
    expect(page.locator("#time-said")).to_have_text(f"at the end of {history.state()['at'][:4]}")


# What happened ---------------------------------------------------------------------------------


def test_what_changed_between_two_dates(
    open_page: Open, real_file: Path, ecosystem: filiera.Ecosystem
) -> None:
    opened = open_page(real_file, hash="#/time")
    page = opened.page
    everything = len(happenings(page))
    page.locator('[data-key="compared"]').select_option(label="at the end of 2020")
    page.locator('[data-key="moment"]').select_option(label="at the end of 2025")
    answer = ecosystem.history(start=date(2021, 1, 1), end=date(2025, 12, 31))
    assert answer.difference is not None
    expected = [change.happening for change in answer.difference.changes]
    assert 10 < len(expected) < everything
    told = happenings(page)
    assert len(told) == len(expected)
    for happening in expected:
        assert any(one.startswith(happening.text("en")) for one in told), happening.text("en")
    counted = Counter(KINDS.get(one.kind, one.kind) for one in expected)
    counts = Counter[str]()
    for kind, n in counted.items():
        counts[kind if kind in TOLD else "other"] += n
    assert kinds(page) == counts
    summary = page.locator(".time-summary").inner_text()
    assert sum(map(int, re.findall(r"\d+", summary))) == len(expected)
    assert f"{counts['event']} events" in summary
    assert page.url.endswith("#/time?at=2025-12-31&compare=2020-12-31")
    years = page.locator(".year h3").all_inner_texts()
    assert years == sorted(years)
    assert {"2021", "2025"} <= set(years)
    assert not {"2020", "2026"} & set(years)


def test_every_happening_says_who_says_so(history: Opened, ecosystem: filiera.Ecosystem) -> None:
    bare = history.page.locator(".happening").evaluate_all(
        """all => all.filter((one) => !one.querySelector(".source a[href^=http]"))
          .map((one) => one.innerText)"""
    )
    assert bare == []
    assert len(happenings(history.page)) == len(ecosystem.history().happenings)


def test_a_name_in_it_opens_its_card(history: Opened) -> None:
    page = history.page
    link = page.locator('.happening .said [data-thing="sovema-group"]').first
    link.click()
    history.selected("sovema-group")
    expect(page.locator("#panel h2")).to_have_text("Sovema Group")
    expect(page.locator("#view-time")).to_be_visible()
    assert page.locator(".happening[data-about]").count() > 0
    page.go_back()
    history.selected(None)
    assert page.locator(".happening[data-about]").count() == 0


def test_a_period_without_happenings_says_so(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/time?at=2003-12-31&compare=2002-12-31")
    expect(opened.page.locator(".time-summary")).to_have_text(
        "The graph knows of nothing in this period. That does not mean that nothing happened."
    )


def test_ties_that_came_and_went(
    open_page: Open, real_file: Path, ecosystem: filiera.Ecosystem
) -> None:
    opened = open_page(real_file, hash="#/time?compare=2020-12-31")
    page = opened.page
    data = page_data(ecosystem, lang="en")
    days = [date.fromisoformat(moment).toordinal() - date(1970, 1, 1).toordinal()
            for moment in ("2020-12-31", data["moments"][-1])]  # fmt: skip

    def there(edge: dict[str, Any], day: int) -> bool:
        """Whether the edge may hold on the day."""
        first, last = edge["days"][1]
        return (first is None or first <= day) and (last is None or day <= last)

    dated = [edge for edge in data["edges"] if "days" in edge]
    pairs = [(there(edge, days[0]), there(edge, days[1])) for edge in dated]
    come, gone = pairs.count((False, True)), pairs.count((True, False))
    assert come > 5
    assert gone > 5
    ties = page.locator(".time-page section").last
    expect(ties).to_contain_text(f"{come} ties more")
    expect(ties).to_contain_text(f"{gone} ties fewer")
    expect(ties).to_contain_text(f"Only the {len(dated)} ties with a date are counted")
    for summary in ties.locator("details:not([open]) > summary").all():
        summary.click()
    lists = ties.locator(".statements")
    assert [one.locator(":scope > li").count() for one in lists.all()] == [come, gone]
    assert lists.first.locator(".said-by").count() >= come


# The slider ------------------------------------------------------------------------------------


def test_play_walks_through_the_years_and_stops(history: Opened) -> None:
    page = history.page
    button, slider = page.locator("#play"), page.locator("#time")
    page.clock.install()
    button.click()
    expect(button).to_have_attribute("aria-label", "Pause")
    first = history.state()["at"]
    page.clock.run_for(PACE)
    second = history.state()["at"]
    page.clock.run_for(PACE)
    third = history.state()["at"]
    assert [int(day[:4]) - int(first[:4]) for day in (first, second, third)] == [0, 1, 2]
    expect(page.locator("#time-said")).to_have_text(f"at the end of {third[:4]}")
    button.click()
    expect(button).to_have_attribute("aria-label", "Play through the years")
    page.clock.run_for(4 * PACE)
    assert history.state()["at"] == third
    assert slider.input_value() == "2"


def test_play_ends_today(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/time?at=2025-12-31")
    page = opened.page
    page.clock.install()
    page.locator("#play").click()
    page.clock.run_for(PACE)
    assert opened.state()["at"] == date.today().isoformat()
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play through the years")
    page.clock.run_for(3 * PACE)
    assert opened.state()["at"] == date.today().isoformat()


def test_the_slider_by_hand_stops_the_play(history: Opened) -> None:
    page = history.page
    page.clock.install()
    page.locator("#play").click()
    page.locator("#time").focus()
    page.keyboard.press("ArrowRight")
    chosen = history.state()["at"]
    assert page.locator("#time").input_value() == "1"
    page.clock.run_for(3 * PACE)
    assert history.state()["at"] == chosen


# Address, looks, other data --------------------------------------------------------------------


def test_the_address_restores_it(open_page: Open, real_file: Path) -> None:
    first = open_page(real_file, hash=FIVE_YEARS)
    assert first.state()["at"] == "2025-12-31"
    assert first.state()["compared"] == "2020-12-31"
    told = happenings(first.page)
    first.page.locator('.happening [data-thing="sovema-group"]').first.click()
    first.selected("sovema-group")
    again = open_page(real_file, hash="#" + first.page.url.partition("#")[2])
    assert again.state()["selected"] == "sovema-group"
    assert happenings(again.page) == told
    again.page.locator("#views").get_by_text("Chain").click()
    expect(again.page.locator("#view-chain")).to_be_visible()
    again.page.go_back()
    expect(again.page.locator("#view-time")).to_be_visible()
    assert happenings(again.page) == told


def test_choosing_keeps_the_focus(history: Opened) -> None:
    page = history.page
    for key in ("compared", "moment"):
        page.locator(f'[data-key="{key}"]').focus()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.dataset.key") == key
    assert history.state()["compared"] == date.today().isoformat()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["it", "en"])
def test_it_reads_well_everywhere(
    open_page: Open, real_file: Path, lang: str, size: str, theme: str
) -> None:
    opened = open_page(
        real_file, hash=FIVE_YEARS, query=f"?lang={lang}", color_scheme=theme, **SIZES[size]
    )
    page = opened.page
    assert axe_violations(page) == []
    width = SIZES[size]["viewport"]["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    small = page.locator("#view-time *").evaluate_all(
        """all => all.filter((one) => one.checkVisibility() && !one.closest(".unseen")
          && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
          && parseFloat(getComputedStyle(one).fontSize) < 12).map((one) => one.outerHTML)"""
    )
    assert small == []
    chart = page.locator(".members-chart")
    box = chart.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    outside = chart.locator("text").evaluate_all(
        """texts => texts.filter((text) => {
          const here = text.getBoundingClientRect();
          const all = text.ownerSVGElement.getBoundingClientRect();
          return here.left < all.left || here.right > all.right + 1 || here.top < all.top;
        }).map((text) => text.textContent)"""
    )
    assert outside == []
    least = 44 if size == "phone" else 24
    heights = page.locator("#view-time select").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= least


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


def test_served_it_is_the_same(open_page: Open, server: RunningServer, real_file: Path) -> None:
    here = open_page(real_file, hash=FIVE_YEARS)
    served = open_page(server.address, hash=FIVE_YEARS, query="?lang=en")
    assert happenings(served.page) == happenings(here.page)
    expect(served.page.locator(".time-page h2").first).to_have_text(
        "Members over time: Clust-ER Mechatronics and Motoristics"
    )


def dated_page(labels: list[str]) -> PageData:
    """An invented page about Landi Renzo, with happenings of these names."""
    data = invented_page(60, ties=90)
    text = len(data["texts"])
    data["texts"] += labels
    data["focus"] = "landi-renzo"
    data["moments"] = ["2019-12-31", "2020-12-31", "2021-12-31"]
    data["history"] = {
        "stated": [{"day": 18200, "value": 9, "precision": text, "text": text, "sources": [0]}],
        "named": [[1, 0], [2, 1], [3, 0]],
        "happenings": [
            {"day": 18000 + 100 * n, "text": text + n, "when": text + n, "sources": [n % 3],
             "others": [f"thing-{n}", "acme"], "kind": "event"}
            for n in range(len(labels))
        ],
    }  # fmt: skip
    return data


def test_hostile_names_stay_names(open_page: Open, tmp_path: Path) -> None:
    data = dated_page(list(MARKS))
    for node in data["nodes"]:
        node["label"] = MARKS[0] if node["id"] == "thing-0" else f"{node['label']} {MARKS[2]}"
    opened = open_page(write_page(tmp_path / "page.html", data), hash="#/time", query="?lang=en")
    page = opened.page
    assert happenings(page)[0] == MARKS[0]
    expect(page.locator('.happening .said a[data-thing="thing-0"]')).to_have_text(MARKS[0])
    assert len(happenings(page)) == len(MARKS)
    assert page.locator("#view-time img, #view-time script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 1366
    assert axe_violations(page) == []


def test_filtered_happenings_are_left_out(open_page: Open, tmp_path: Path) -> None:
    data = dated_page(["uno", "due"])
    data["history"]["happenings"][0]["others"] = ["landi-renzo"]
    data["history"]["happenings"][1]["others"] = ["acme"]
    file = write_page(tmp_path / "page.html", data)
    opened = open_page(file, hash="#/time?hide=member:no", query="?lang=en")
    assert happenings(opened.page) == ["uno"]
    expect(opened.page.locator(".time-summary")).to_have_text("1 event")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_without_dates_the_view_says_so(open_page: Open, page_file: Path, theme: str) -> None:
    opened = open_page(page_file, hash="#/time", query="?lang=en", color_scheme=theme)
    expect(opened.page.locator("#view-time")).to_contain_text("No dates in these data")
    expect(opened.page.locator("#time-bar")).to_be_hidden()
    assert axe_violations(opened.page) == []
