"""The map itself: pointing, clicking, zooming, names without clutter, ties with their names."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened


def test_a_click_selects_and_a_click_beside_selects_nothing(opened: Opened) -> None:
    opened.page.mouse.click(*opened.position("landi-renzo"))
    opened.selected("landi-renzo")
    expect(opened.page.locator("#panel h2")).to_have_text("Landi Renzo")
    x, y = opened.position("landi-renzo")
    opened.page.mouse.click(x - 25, y - 15)
    opened.selected(None)


def test_a_selected_thing_is_not_left_under_the_card(opened: Opened) -> None:
    farthest = opened.page.evaluate(
        "[...Array(440).keys()].map(n => 'thing-' + n).sort((a, b) =>"
        " filiera.screenPos(b).x - filiera.screenPos(a).x)[0]"
    )
    before, _ = opened.position(farthest)
    opened.page.mouse.click(*opened.position(farthest))
    opened.selected(farthest)
    panel = opened.page.locator("#panel").bounding_box()
    assert panel is not None
    assert before > panel["x"]
    assert opened.position(farthest)[0] < panel["x"]


def test_pointing_dims_everything_but_the_neighbours(opened: Opened) -> None:
    def strength(thing: str) -> int:
        """How much of its colour a shape has: 255 is all."""
        alpha: int = opened.page.evaluate(
            """id => {
              const canvas = document.querySelector('#map canvas');
              const box = canvas.getBoundingClientRect();
              const { x, y } = filiera.screenPos(id);
              const pixel = new OffscreenCanvas(1, 1).getContext('2d');
              pixel.drawImage(canvas, Math.round(box.left - x), Math.round(box.top - y));
              return pixel.getImageData(0, 0, 1, 1).data[3];
            }""",
            thing,
        )
        return alpha

    assert strength("acme") == strength("thing-9") == 255
    opened.page.mouse.move(*opened.position("landi-renzo"))
    opened.page.wait_for_function("() => filiera.state().hovered === 'landi-renzo'")
    opened.drawn_texts()
    assert strength("acme") == 255
    assert strength("thing-9") < 100
    opened.page.mouse.move(320, 20)
    opened.page.wait_for_function("() => filiera.state().hovered === null")
    opened.drawn_texts()
    assert strength("thing-9") == 255


def test_relations_are_named_around_the_selected_thing(opened: Opened) -> None:
    assert "fa ricerca con" not in {text["text"] for text in opened.drawn_texts()}
    opened.page.evaluate("filiera.select('landi-renzo')")
    assert "fa ricerca con" in {text["text"] for text in opened.drawn_texts()}


def test_parallel_ties_stay_two_and_tell_their_direction(opened: Opened) -> None:
    opened.page.evaluate("filiera.select('landi-renzo')")
    (ax, ay), (bx, by) = opened.position("landi-renzo"), opened.position("acme")
    length = math.hypot(bx - ax, by - ay)
    told = set()
    for aside in range(-20, 21, 2):
        opened.page.mouse.move(
            (ax + bx) / 2 - (by - ay) / length * aside, (ay + by) / 2 + (bx - ax) / length * aside
        )
        hint = opened.page.locator("#hint")
        if hint.is_visible():
            told.add(hint.inner_text())
    assert told == {
        "Landi Renzo fornisce Acme Élan · nel 2019",
        "Acme Élan ha acquisito Landi Renzo · il 3 maggio 2021",
    }


@pytest.mark.parametrize("zooms", [0, 2, 5])
def test_names_never_lie_over_each_other(opened: Opened, zooms: int) -> None:
    for _ in range(zooms):
        opened.page.get_by_role("button", name="Ingrandisci").click()
    texts = [text for text in opened.drawn_texts() if text["upright"]]
    assert len(texts) > 12
    for one, other in combinations(texts, 2):
        apart_across = abs(one["x"] - other["x"]) >= (one["width"] + other["width"]) / 2
        apart_along = abs(one["y"] - other["y"]) >= (one["size"] + other["size"]) / 2
        assert apart_across or apart_along, (one, other)


def test_names_can_be_read_and_come_with_the_zoom(opened: Opened) -> None:
    whole = opened.drawn_texts()
    assert {f"Impresa inventata {hub}" for hub in range(8)} <= {text["text"] for text in whole}
    assert all(text["size"] >= 12 for text in whole)
    hidden_name = "Impresa inventata 12"
    assert hidden_name not in {text["text"] for text in whole}
    opened.page.evaluate("filiera.select('thing-12'); filiera.select(null)")
    for _ in range(3):
        opened.page.keyboard.press("+")
    near = opened.drawn_texts()
    assert hidden_name in {text["text"] for text in near}
    assert all(text["size"] >= 12 for text in near)


def test_the_wheel_zooms_where_the_pointer_is(opened: Opened) -> None:
    before = opened.state()["scale"]
    x, y = opened.position("landi-renzo")
    opened.page.mouse.move(x, y)
    opened.page.mouse.wheel(0, -300)
    opened.page.wait_for_function("scale => filiera.state().scale > scale * 1.2", arg=before)
    assert opened.position("landi-renzo") == pytest.approx((x, y), abs=1)


def test_dragging_moves_the_map_and_fit_brings_it_back(opened: Opened) -> None:
    x, y = opened.position("landi-renzo")
    opened.page.mouse.move(700, 300)
    opened.page.mouse.down()
    opened.page.mouse.move(760, 340, steps=6)
    opened.page.mouse.move(800, 360, steps=6)
    opened.page.mouse.up()
    moved = opened.position("landi-renzo")
    assert moved[0] > x + 60
    assert moved[1] > y + 30
    assert opened.state()["selected"] is None
    opened.page.keyboard.press("f")
    assert opened.position("landi-renzo") == pytest.approx((x, y), abs=1)


def test_arrows_go_to_the_neighbour_in_their_direction(opened: Opened) -> None:
    opened.page.evaluate("filiera.select('landi-renzo')")
    opened.page.locator("#map").focus()
    opened.page.keyboard.press("ArrowRight")
    opened.selected("universita-di-modena")
    opened.page.keyboard.press("ArrowLeft")
    opened.selected("landi-renzo")
    opened.page.keyboard.press("ArrowDown")
    opened.selected("acme")


def test_arrows_move_the_map_when_nothing_is_selected(opened: Opened) -> None:
    x, y = opened.position("acme")
    opened.page.locator("#map").focus()
    opened.page.keyboard.press("ArrowRight")
    assert opened.position("acme") == pytest.approx((x - 90, y), abs=1)


def test_the_map_says_what_it_is(opened: Opened) -> None:
    label = opened.page.locator("#map").get_attribute("aria-label")
    assert label is not None
    assert label.startswith("Rete dell’ecosistema: 443 voci, ")
    assert "Frecce" in label


def test_another_window_size_keeps_the_whole_network_in_view(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": 1000, "height": 700})
    opened.page.wait_for_function("() => filiera.screenPos('thing-3').x < 1000")
    for thing in ("landi-renzo", "thing-3", "thing-11", "thing-8"):
        x, y = opened.position(thing)
        assert 300 < x < 1000
        assert 0 < y < 700
