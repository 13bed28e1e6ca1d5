"""On a phone: the map upright, the card as a sheet, targets for fingers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Opened

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


@pytest.fixture
def phone(open_page: Open, page_file: Path) -> Opened:
    """The page on a phone."""
    return open_page(page_file, **PHONE)


def test_nothing_is_wider_than_the_screen(phone: Opened) -> None:
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    phone.page.evaluate("filiera.select('landi-renzo')")
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_layout_stands_upright(phone: Opened) -> None:
    xs, ys = zip(*(phone.position(f"thing-{n}") for n in range(440)), strict=True)
    assert max(ys) - min(ys) > max(xs) - min(xs)
    assert max(xs) - min(xs) > 390 * 0.65


def test_a_tap_near_a_thing_opens_its_sheet(phone: Opened) -> None:
    x, y = phone.position("landi-renzo")
    phone.page.touchscreen.tap(x - 14, y - 6)
    phone.selected("landi-renzo")
    panel = phone.page.locator("#panel").bounding_box()
    assert panel is not None
    assert panel["width"] == 390
    assert 0.4 * 844 < panel["height"] < 0.5 * 844
    assert phone.position("landi-renzo")[1] < panel["y"]
    phone.page.get_by_role("button", name="Allarga o riduci la scheda").tap()
    expect(phone.page.get_by_text("1.350 addetti")).to_be_in_viewport()
    taller = phone.page.locator("#panel").bounding_box()
    assert taller is not None
    assert taller["height"] > 0.85 * 844
    phone.page.get_by_role("button", name="Chiudi la scheda").tap()
    expect(phone.page.locator("#panel")).to_be_hidden()


def test_a_tap_on_a_tie_tells_it(phone: Opened) -> None:
    phone.page.evaluate("filiera.select('landi-renzo')")
    (ax, ay), (bx, by) = phone.position("landi-renzo"), phone.position("universita-di-modena")
    phone.page.touchscreen.tap((ax + bx) / 2, (ay + by) / 2)
    hint = phone.page.locator("#hint")
    expect(hint).to_have_text("Landi Renzo fa ricerca con Università di Modena")
    box = hint.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_two_fingers_zoom_and_move(phone: Opened) -> None:
    before, (x, y) = phone.state()["scale"], phone.position("thing-5")
    touch = phone.page.context.new_cdp_session(phone.page)

    def fingers(kind: str, apart: float, down: float = 0) -> None:
        points = [
            {"x": x - apart, "y": y + down, "id": 1},
            {"x": x + apart, "y": y + down, "id": 2},
        ]
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [] if kind == "touchEnd" else points},
        )

    fingers("touchStart", 30)
    for step in range(1, 7):
        fingers("touchMove", 30 + 5 * step, 10 * step)
    fingers("touchEnd", 60)
    assert phone.state()["scale"] == pytest.approx(2 * before, rel=0.15)
    assert phone.position("thing-5") == pytest.approx((x, y + 60), abs=20)
    assert phone.state()["selected"] is None


def test_a_tablet_shows_card_and_map_together(open_page: Open, page_file: Path) -> None:
    tablet = open_page(page_file, hash="#/landi-renzo", viewport={"width": 1024, "height": 768})
    panel = tablet.page.locator("#panel").bounding_box()
    assert panel is not None
    x, y = tablet.position("landi-renzo")
    assert 300 < x < panel["x"]
    assert 0 < y < 768


def test_escape_closes_the_legend(phone: Opened) -> None:
    phone.page.get_by_role("button", name="Legenda", exact=True).tap()
    phone.page.keyboard.press("Escape")
    expect(phone.page.locator("#legend")).to_be_hidden()
    expect(phone.page.get_by_role("button", name="Legenda", exact=True)).to_be_focused()


def test_the_legend_opens_and_filters(phone: Opened) -> None:
    legend = phone.page.locator("#legend")
    expect(legend).to_be_hidden()
    phone.page.get_by_role("button", name="Legenda", exact=True).tap()
    expect(legend).to_be_visible()
    before = phone.state()["nodes"]
    legend.get_by_role("button", name="Università", exact=False).first.tap()
    assert phone.state()["nodes"] < before
    phone.page.get_by_role("button", name="Chiudi la legenda").tap()
    expect(legend).to_be_hidden()


def test_search_works_with_a_finger(phone: Opened) -> None:
    phone.page.locator("#search").tap()
    phone.page.keyboard.type("unimore")
    phone.page.locator("#result-list [role=option]").tap()
    phone.selected("universita-di-modena")
    expect(phone.page.locator("#panel h2")).to_be_in_viewport()


def test_targets_are_large_enough_for_fingers(phone: Opened) -> None:
    phone.page.evaluate("filiera.select('landi-renzo')")
    for name in ("Chiudi la scheda", "Tutta la rete", "English", "Passa al tema scuro"):
        box = phone.page.get_by_role("button", name=name).bounding_box()
        assert box is not None, name
        assert min(box["width"], box["height"]) >= 44, name
