"""The tools of the network: layouts, colours, sizes, steps, expanding, dates; large networks."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.bench.drawn import write_ours
from tests.browser.conftest import Open, Opened, axe_violations, write_page
from tests.browser.network_data import network_page

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def network_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the invented ecosystem with chains, places, communities and dates."""
    return write_page(tmp_path_factory.mktemp("network") / "page.html", network_page())


@pytest.fixture
def network(open_page: Open, network_file: Path) -> Opened:
    """That page, drawn."""
    return open_page(network_file)


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network too large to be drawn anew in every frame."""
    place = tmp_path_factory.mktemp("large") / "page.html"
    write_ours(place, 6_000, 12_000)
    return place


def tool(opened: Opened, name: str) -> Locator:
    """One of the choices above the map."""
    return opened.page.locator("#network-tools").get_by_label(name, exact=True)


def expand(opened: Opened, thing: str) -> None:
    """Click the mark for the hidden neighbours of a thing: above its shape, to the right."""
    x, y = opened.position(thing)
    opened.page.mouse.click(x + 20, y - 14)


def still(opened: Opened) -> None:
    """Wait until the drawing is done with what has changed."""
    opened.drawn_texts()


def legend_section(opened: Opened, name: str) -> Locator:
    return opened.page.locator(f"#legend [data-section='{name}']")


def test_a_layout_moves_things_and_stands_in_the_address(network: Opened) -> None:
    before = network.position("acme")
    tool(network, "Disposizione").select_option("Per filiera")
    assert network.state()["layout"] == "chain"
    assert network.page.url.endswith("#/?layout=chain")
    assert network.position("acme") != before
    one, other = network.position("landi-renzo"), network.position("acme")
    assert one[0] == pytest.approx(other[0], abs=1)
    assert network.position("thing-0")[0] > one[0] + 300
    tool(network, "Disposizione").select_option("Per legami")
    assert network.position("acme") == pytest.approx(before, abs=1)
    assert network.page.url.endswith("#/")


def test_an_address_opens_a_layout(open_page: Open, network_file: Path) -> None:
    opened = open_page(network_file, hash="#/?layout=place&colour=province&size=same")
    state = opened.state()
    assert (state["layout"], state["colouring"], state["sizing"]) == ("place", "province", "same")
    expect(tool(opened, "Disposizione")).to_have_value("place")
    x, y = opened.position("acme")
    assert x > opened.position("landi-renzo")[0] + 300
    assert y == pytest.approx(opened.position("landi-renzo")[1], abs=1)


def test_things_glide_where_motion_is_welcome(open_page: Open, network_file: Path) -> None:
    opened = open_page(network_file, reduced_motion="no-preference")
    tool(opened, "Disposizione").select_option("circle")
    first = opened.position("acme")
    opened.page.wait_for_function(
        "at => { const { x, y } = filiera.screenPos('acme');"
        " return Math.hypot(x - at.x, y - at.y) > 2; }",
        arg={"x": first[0], "y": first[1]},
    )
    opened.page.wait_for_timeout(900)
    settled = opened.position("acme")
    still(opened)
    assert opened.position("acme") == settled


@pytest.mark.parametrize(
    ("layout", "captions"),
    [("chain", {"Batterie", "Idrogeno", "In nessuna filiera"}), ("place", {"Cavriago", "Forlì"})],
)
def test_groups_are_named_and_no_name_lies_over_another(
    open_page: Open, network_file: Path, layout: str, captions: set[str]
) -> None:
    opened = open_page(network_file, hash=f"#/?layout={layout}")
    texts = opened.drawn_texts()
    assert captions <= {text["text"] for text in texts}
    for one, other in combinations(texts, 2):
        apart_across = abs(one["x"] - other["x"]) >= (one["width"] + other["width"]) / 2
        apart_along = abs(one["y"] - other["y"]) >= (one["size"] + other["size"]) / 2
        assert apart_across or apart_along, (one, other)


def test_no_group_is_named_in_the_layout_by_ties(network: Opened) -> None:
    assert "Batterie" not in {text["text"] for text in network.drawn_texts()}


def test_colours_mean_the_five_most_frequent_and_the_rest_is_said(network: Opened) -> None:
    expect(legend_section(network, "colours")).to_have_count(0)
    tool(network, "Colore").select_option("Provincia")
    assert network.state()["colouring"] == "province"
    colours = legend_section(network, "colours")
    expect(colours.locator("h2")).to_have_text("Colore: provincia")
    rows = colours.locator("li")
    expect(rows).to_have_count(7)
    expect(rows.nth(5)).to_contain_text("altri 2 valori")
    expect(rows.nth(6)).to_contain_text("non noto in questo grafo")
    hues = rows.locator(".shape").evaluate_all("all => all.map(one => one.dataset.hue)")
    assert hues == ["1", "2", "3", "4", "5", "0", "0"]
    counts = [int(text) for text in rows.locator(".entry-count").all_inner_texts()]
    assert sum(counts) == network.state()["nodes"]
    assert counts[:5] == sorted(counts[:5], reverse=True)
    kinds = network.page.locator(".entry[data-key^='kind:'] .shape")
    assert set(kinds.evaluate_all("all => all.map(one => one.dataset.hue)")) == {"0"}


def test_colours_by_chain_member_and_community_have_their_names(network: Opened) -> None:
    colours = legend_section(network, "colours")
    tool(network, "Colore").select_option("Filiera")
    expect(colours).to_contain_text("Batterie")
    expect(colours).to_contain_text("In nessuna filiera")
    expect(colours).to_contain_text("quella in cui copre più stadi")
    tool(network, "Colore").select_option("Soci")
    expect(colours.locator("li")).to_have_count(2)
    expect(colours).to_contain_text("Socio del cluster")
    tool(network, "Colore").select_option("Comunità")
    expect(colours).to_contain_text("Comunità di Acme")
    network.page.get_by_role("button", name="English").click()
    expect(colours.locator("h2")).to_have_text("Colour: community")
    tool(network, "Colour").select_option("Kind")
    expect(colours).to_have_count(0)


def test_pointing_at_a_colour_makes_its_things_stand_out(network: Opened) -> None:
    tool(network, "Colore").select_option("Filiera")
    legend_section(network, "colours").locator("li", has_text="Batterie").hover()
    names = {text["text"] for text in network.drawn_texts()}
    assert {"Landi Renzo", "Acme Élan"} <= names
    assert "Università di Modena" not in names


def test_sizes_differ_by_what_is_chosen(network: Opened) -> None:
    def reach(thing: str) -> int:
        """How far beside the middle of a thing the pointer still finds it."""
        x, y = network.position(thing)
        for aside in range(1, 60):
            network.page.mouse.move(x - aside, y)
            if network.state()["hovered"] != thing:
                return aside
        return 60

    by_ties = reach("landi-renzo"), reach("acme")
    assert by_ties[0] > by_ties[1] + 2
    tool(network, "Grandezza").select_option("Tutti uguali")
    assert abs(reach("landi-renzo") - reach("acme")) <= 1
    tool(network, "Grandezza").select_option("Quanto fa da ponte")
    assert network.state()["sizing"] == "betweenness"
    assert reach("landi-renzo") > reach("acme") + 2


def test_steps_need_a_selection_and_leave_what_is_near(network: Opened) -> None:
    steps = tool(network, "Intorno alla voce")
    expect(steps).to_be_disabled()
    network.page.evaluate("filiera.select('landi-renzo')")
    expect(steps).to_be_enabled()
    steps.select_option("1 passo")
    state = network.state()
    assert (state["nodes"], state["edges"], state["steps"]) == (3, 3, 1)
    assert network.page.url.endswith("#/landi-renzo?steps=1")
    expect(network.page.locator("#legend-shown")).to_contain_text("In vista 3 di 63 voci")
    steps.select_option("2 passi")
    assert network.state()["nodes"] == 4
    steps.select_option("Tutta la rete")
    assert network.state()["nodes"] == 63


def test_a_mark_adds_the_hidden_neighbours_and_takes_them_away(
    open_page: Open, network_file: Path
) -> None:
    opened = open_page(network_file, hash="#/landi-renzo?steps=1")
    assert "+1" in {text["text"] for text in opened.drawn_texts()}
    assert opened.page.evaluate("filiera.screenPos('thing-4')") is None
    expand(opened, "universita-di-modena")
    assert opened.state()["expanded"] == ["universita-di-modena"]
    opened.position("thing-4")
    expect(opened.page.locator("#announce")).to_have_text(
        "Aggiunto un vicino di Università di Modena"
    )
    assert opened.page.url.endswith("?steps=1&expand=universita-di-modena")
    texts = {text["text"] for text in opened.drawn_texts()}
    assert "−" in texts
    assert any(re.fullmatch(r"\+\d+", text) for text in texts)
    expand(opened, "universita-di-modena")
    assert opened.state()["expanded"] == []
    assert opened.page.evaluate("filiera.screenPos('thing-4')") is None


def test_the_key_e_and_the_card_add_neighbours_too(open_page: Open, network_file: Path) -> None:
    opened = open_page(network_file, hash="#/landi-renzo?steps=1")
    opened.page.mouse.move(*opened.position("universita-di-modena"))
    opened.page.wait_for_function("() => filiera.state().hovered === 'universita-di-modena'")
    opened.page.keyboard.press("e")
    opened.position("thing-4")
    opened.page.evaluate("filiera.select('universita-di-modena')")
    assert opened.state()["nodes"] == 3
    opened.page.locator("#panel").get_by_role("button", name="Nascondi i vicini aggiunti").click()
    assert opened.state()["expanded"] == []
    opened.page.evaluate("filiera.select('landi-renzo')")
    assert opened.state()["nodes"] == 3


def test_what_was_expanded_stays_when_the_selection_moves_on(
    open_page: Open, network_file: Path
) -> None:
    opened = open_page(
        network_file, hash="#/landi-renzo?steps=1&expand=universita-di-modena,nobody"
    )
    assert opened.state()["expanded"] == ["universita-di-modena"]
    assert opened.state()["nodes"] == 4
    opened.page.evaluate("filiera.select('acme')")
    opened.position("thing-4")
    opened.page.get_by_role("button", name="Mostra tutto").first.click()
    assert opened.state()["nodes"] == 63
    assert opened.state()["expanded"] == []


DASHES = """
window.dashed = 0;
const dash = CanvasRenderingContext2D.prototype.setLineDash;
CanvasRenderingContext2D.prototype.setLineDash = function (parts) {
  if (parts.length > 0) window.dashed += 1;
  return dash.call(this, parts);
};
"""


def test_what_is_only_possible_is_dashed_and_explained_when_a_date_is_set(
    open_page: Open, network_file: Path
) -> None:
    opened = open_page(network_file, script=DASHES)
    still(opened)
    assert opened.page.evaluate("window.dashed") == 0
    expect(legend_section(opened, "certainty")).to_have_count(0)
    opened.page.goto(opened.address + "#/?at=2020")
    opened.page.wait_for_function("() => window.dashed > 0")
    rows = legend_section(opened, "certainty").locator("li")
    expect(rows.nth(0)).to_have_text(re.compile("Legame certo\\s*1$"))
    expect(rows.nth(1)).to_contain_text("Legame possibile")
    edges = opened.state()["edges"]
    opened.page.goto(opened.address + "#/?at=2021")
    expect(rows.nth(0)).to_have_text(re.compile("Legame certo\\s*1$"))
    assert opened.state()["edges"] == edges + 1


def test_the_tools_fold_away_on_a_phone(open_page: Open, network_file: Path) -> None:
    phone = open_page(network_file, **PHONE)
    button = phone.page.get_by_role("button", name="Aspetto", exact=True)
    expect(tool(phone, "Colore")).to_be_hidden()
    button.tap()
    expect(button).to_have_attribute("aria-expanded", "true")
    box = tool(phone, "Colore").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    tool(phone, "Disposizione").select_option("Per luogo")
    assert phone.state()["layout"] == "place"
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 390
    tool(phone, "Disposizione").focus()
    phone.page.keyboard.press("Escape")
    expect(tool(phone, "Colore")).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"viewport": {"width": 1920, "height": 1080}}])
def test_nobody_is_shut_out(
    open_page: Open, network_file: Path, theme: str, size: dict[str, Any]
) -> None:
    opened = open_page(
        network_file, hash="#/landi-renzo?colour=chain&at=2020", color_scheme=theme, **size
    )
    assert axe_violations(opened.page) == []


def test_only_tools_that_tell_something_are_offered(opened: Opened) -> None:
    expect(tool(opened, "Disposizione")).to_have_count(0)
    assert tool(opened, "Colore").locator("option").all_inner_texts() == ["Tipo", "Soci"]
    assert tool(opened, "Grandezza").locator("option").all_inner_texts() == [
        "Legami",
        "Tutti uguali",
    ]


def test_a_large_network_is_drawn_and_follows_the_hand(open_page: Open, large_file: Path) -> None:
    opened = open_page(large_file)
    assert opened.state()["nodes"] == 6_000

    def inked() -> int:
        """How many of the pixels of the map are drawn on."""
        count: int = opened.page.evaluate(
            """() => {
              const canvas = document.querySelector('#map canvas');
              const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
              copy.drawImage(canvas, 0, 0);
              const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
              let drawn = 0;
              for (let at = 3; at < data.length; at += 4) drawn += data[at] > 0;
              return drawn;
            }"""
        )
        return count

    opened.page.wait_for_timeout(1000)
    whole = inked()
    assert whole > 100_000
    x, y = opened.position("n0")
    opened.page.mouse.move(800, 400)
    opened.page.mouse.down()
    opened.page.mouse.move(1200, 500, steps=8)
    still(opened)
    assert opened.position("n0") == pytest.approx((x + 400, y + 100), abs=1)
    assert inked() > whole / 4
    opened.page.mouse.up()
    opened.page.keyboard.press("f")
    opened.page.wait_for_timeout(600)
    assert inked() == pytest.approx(whole, rel=0.02)


def test_of_very_many_things_the_communities_come_first(open_page: Open, tmp_path: Path) -> None:
    place = tmp_path / "page.html"
    write_ours(place, 20_160, 30_000)
    opened = open_page(place)
    fold = opened.page.get_by_role("button", name="Fold the communities")
    names = {text["text"] for text in opened.drawn_texts()}
    assert "Comunità 0 · 120" in names
    assert not any(name.startswith("Impresa") for name in names)
    expect(fold).to_be_hidden()
    opened.page.mouse.click(*opened.position("n0"))
    assert opened.state()["expanded"] == ["community:0"]
    assert opened.page.url.endswith("#/?expand=community:0")
    names = {text["text"] for text in opened.drawn_texts()}
    assert any(name.startswith("Impresa") for name in names)
    assert "Comunità 0 · 120" not in names
    opened.page.mouse.click(*opened.position("n0"))
    opened.selected("n0")
    opened.page.keyboard.press("Escape")
    fold.click()
    opened.page.keyboard.press("f")
    assert "Comunità 0 · 120" in {text["text"] for text in opened.drawn_texts()}
    opened.page.evaluate("filiera.select('n1')")
    assert "Impresa inventata 1" in {text["text"] for text in opened.drawn_texts()}


def test_names_in_a_large_network_never_collide_and_a_click_still_selects(
    open_page: Open, large_file: Path
) -> None:
    opened = open_page(large_file)
    opened.page.mouse.move(*opened.position("n0"))
    for _ in range(6):
        opened.page.mouse.wheel(0, -300)
    opened.page.mouse.move(320, 120)
    texts = [text for text in opened.drawn_texts() if text["upright"]]
    assert len(texts) > 8
    for one, other in combinations(texts, 2):
        apart_across = abs(one["x"] - other["x"]) >= (one["width"] + other["width"]) / 2
        apart_along = abs(one["y"] - other["y"]) >= (one["size"] + other["size"]) / 2
        assert apart_across or apart_along, (one, other)
    opened.page.mouse.click(*opened.position("n0"))
    opened.selected("n0")
    expect(opened.page.locator("#panel h2")).to_have_text("Impresa inventata 0")
