"""The map moved by every means, from a server, and with hostile places and none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import filiera
from filiera.views.page_outline import page_outline
from tests.browser.conftest import Open, axe_violations, write_page
from tests.browser.hostile import MARKS, hostile_page
from tests.browser.map_marks import REGGIO, at_rest, on_map
from tests.browser.page_data import PageData, invented_page
from tests.server.conftest import RunningServer

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory, ecosystem: filiera.Ecosystem) -> Path:
    """The page of the real ecosystem, in English."""
    place = tmp_path_factory.mktemp("real") / "page.html"
    place.write_text(ecosystem.network_page("en").generate_html("page.html"), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


@pytest.fixture(scope="module")
def in_reggio(ecosystem: filiera.Ecosystem) -> dict[str, str]:
    """Names by id of who has its seat in the province of Reggio Emilia, as the question says."""
    rows = ecosystem.ask("organisations-by-place", place=REGGIO).to_dicts()
    return {
        str(row["organisation"]).rsplit("/", 1)[-1]: str(row["organisation_label"]) for row in rows
    }


def placed_page(data: PageData, labels: list[str]) -> PageData:
    """The page with its crowd at four towns of Emilia, or at places of these names."""
    points = [(44.6471, 10.9252), (44.698, 10.6301), (44.4949, 11.3426), (44.8015, 10.3279)]
    places: list[dict[str, Any]] = [
        {"id": f"town-{n}", "label": label, "at": list(points[n % 4]), "kind": "municipality"}
        for n, label in enumerate(labels)
    ]
    for number, node in enumerate(data["nodes"]):
        if number % 3:
            place = number % len(places)
            node |= {"place": place, "at": places[place]["at"]}
    return {**data, "places": places, "outline": page_outline(places)}


def test_the_map_moves_by_buttons_keys_wheel_and_drag(open_page: Open, real_file: Path) -> None:
    opened = on_map(open_page(real_file, hash="#/map"))
    page = opened.page
    home = opened.state()["scale"]
    page.locator('.map-zoom [data-zoom="in"]').click()
    assert opened.state()["scale"] > home
    page.keyboard.press("-")
    page.keyboard.press("f")
    assert opened.state()["scale"] == pytest.approx(home)
    page.mouse.move(800, 400)
    page.mouse.wheel(0, -300)
    page.wait_for_function("home => filiera.state().scale > home", arg=home)
    page.keyboard.press("f")
    before = opened.position("e80-group")
    page.mouse.move(700, 620)
    page.mouse.down()
    page.mouse.move(760, 590, steps=4)
    page.mouse.up()
    moved = opened.position("e80-group")
    assert moved == pytest.approx((before[0] + 60, before[1] - 30), abs=2)
    page.locator(".map-ground").focus()
    page.keyboard.press("ArrowRight")
    assert opened.position("e80-group")[0] == pytest.approx(moved[0] - 90, abs=2)
    page.get_by_role("button", name="outside the frame").click()
    at_rest(page)
    expect(page.get_by_role("button", name="outside the frame")).to_have_count(0)


def test_all_on_the_map_can_be_reached_by_keyboard(open_page: Open, real_file: Path) -> None:
    opened = on_map(open_page(real_file, hash="#/map"))
    page = opened.page
    page.locator('.map-keys [data-key="thing:e80-group"]').focus()
    page.keyboard.press("Enter")
    opened.selected("e80-group")
    page.keyboard.press("Escape")
    opened.selected(None)
    at_rest(page)
    key = page.locator(f'.map-keys [data-key="shape:{REGGIO}"]')
    key.focus()
    page.keyboard.press("Enter")
    assert opened.state()["chosen"] == {"province": [REGGIO]}
    at_rest(page)
    expect(key).to_have_attribute("aria-pressed", "true")
    expect(key).to_be_focused()
    page.keyboard.press("Escape")
    assert opened.state()["chosen"] == {}


@pytest.mark.parametrize("width", [390, 1366, 1920])
@pytest.mark.parametrize("lang", ["it", "en"])
def test_names_never_cover_each_other(
    open_page: Open, real_file: Path, width: int, lang: str
) -> None:
    size = {"width": width, "height": 844 if width == 390 else 900}
    opened = on_map(open_page(real_file, hash="#/map", query=f"?lang={lang}", viewport=size))
    page = opened.page
    for step in range(3):
        texts = [
            one
            for one in page.evaluate("window.drawnTexts")
            if one["x"] + one["width"] > 0 and not one["text"].isdigit()
        ]
        assert len(texts) > 8
        assert all(one["size"] >= 12 for one in texts)
        for one, other in combinations(texts, 2):
            apart = (
                one["x"] + one["width"] <= other["x"]
                or other["x"] + other["width"] <= one["x"]
                or abs(one["y"] - other["y"]) >= min(one["size"], other["size"])
            )
            assert apart, (one, other, step)
        page.keyboard.press("-" if step == 0 else "+")
        at_rest(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("context", [{}, PHONE], ids=["desk", "phone"])
def test_nothing_stands_in_the_way_of_anybody(
    open_page: Open, real_file: Path, theme: str, context: dict[str, Any]
) -> None:
    opened = open_page(real_file, hash="#/map", color_scheme=theme, **context)
    assert axe_violations(on_map(opened).page) == []
    opened.page.evaluate(f"location.hash = '#/map?province={REGGIO}'")
    expect(opened.page.locator(".map-list")).to_be_visible()
    at_rest(opened.page)
    assert axe_violations(opened.page) == []
    opened.page.evaluate("location.hash = '#/map/landi-renzo?open=abroad'")
    opened.selected("landi-renzo")
    at_rest(opened.page)
    assert axe_violations(opened.page) == []


def test_by_finger_on_a_phone(open_page: Open, real_file: Path, in_reggio: dict[str, str]) -> None:
    opened = on_map(open_page(real_file, hash="#/map?hide=member:no", **PHONE))
    page = opened.page
    key = page.locator('.map-keys [data-key^="town:"]').first
    box = key.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    links = page.locator(".map-list a")
    expect(links.first).to_be_visible()
    assert all(
        link["height"] >= 44
        for link in page.locator(".map-list li").evaluate_all(
            "items => items.map(item => ({ height: item.getBoundingClientRect().height }))"
        )
    )
    chosen = links.first.get_attribute("data-thing")
    links.first.tap()
    opened.selected(chosen)
    expect(page.locator(".map-list")).to_be_hidden()
    page.locator("#panel-close").tap()
    expect(page.locator(".map-list")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_served_page_has_the_same_map(open_page: Open, server: RunningServer) -> None:
    opened = on_map(open_page(server.address, hash="#/map", query="?lang=it"))
    page = opened.page
    expect(page.locator(".map-bar")).to_contain_text("voci nel loro comune")
    page.get_by_role("button", name="English").click()
    expect(page.locator(".map-bar")).to_contain_text("entries in their towns")
    page.evaluate("filiera.select('landi-renzo')")
    expect(page.locator(".map-note")).to_contain_text("without a known town")
    assert opened.position("landi-renzo")[0] > 300


def test_hostile_names_do_no_harm(open_page: Open, tmp_path: Path) -> None:
    data = hostile_page(placed_page(invented_page(60, ties=90), [f"Town {mark}" for mark in MARKS]))
    opened = on_map(open_page(write_page(tmp_path / "hostile.html", data), hash="#/map"))
    page = opened.page
    towns = page.locator('.map-keys [data-key^="town:"]')
    assert towns.count() > 0
    for number in range(towns.count()):
        towns.nth(number).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".map-list a").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 1366
    page.locator(".map-list a").first.click()
    assert opened.state()["selected"] is not None
    assert page.locator("script").count() == 2


def test_a_page_without_places_says_so(open_page: Open, page_file: Path) -> None:
    opened = on_map(open_page(page_file, hash="#/map", query="?lang=en"))
    expect(opened.page.locator(".map-bar")).to_contain_text(
        "Of no entry in view the town is known."
    )
    opened.page.keyboard.press("f")
    opened.page.keyboard.press("+")
    assert axe_violations(opened.page) == []
