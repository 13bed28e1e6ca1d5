"""A large network: the map is made first, and the facts of each thing come when it is selected."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Route, expect

from filiera.views import built_page
from filiera.views.page_template import making_policy, render_making
from tests.browser.conftest import Open, Opened, axe_violations, write_page
from tests.browser.page_data import PageData
from tests.server.conftest import RunningServer

CARDS = "**/data/card/*"
TITLE = {"it": "Una rete grande", "en": "A large network"}


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server to which the real network is a large one, when its map is made."""
    running = RunningServer(None, False, {"FILIERA_MAP_THINGS": "100"})
    while running.client.get("/").status_code == 503:
        pass
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


def test_the_facts_of_a_thing_come_when_it_is_selected(
    open_page: Open, server: RunningServer
) -> None:
    opened = open_page(server.address, query="?lang=en")
    page = opened.page
    assert page.evaluate("filiera.select('landi-renzo')")
    expect(page.locator("#panel .statement").first).to_be_visible()
    expect(page.locator("#panel .card-coming")).to_have_count(0)
    expect(page.locator("#panel .panel-tally")).to_contain_text("facts")
    cards = [part for part in opened.asked if part.startswith("data/card/")]
    assert cards == ["data/card/landi-renzo.json"]
    link = page.locator("#panel .statement a[data-thing]").first
    name = link.inner_text()
    link.click()
    expect(page.locator("#panel h2")).to_have_text(name)
    page.go_back()
    expect(page.locator("#panel .statement").first).to_be_visible()
    assert len([part for part in opened.asked if part.endswith("landi-renzo.json")]) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_facts_that_are_on_their_way_are_said_to_be(
    open_page: Open, server: RunningServer, scheme: str
) -> None:
    opened = open_page(server.address, query="?lang=it", color_scheme=scheme)
    page = opened.page
    held: list[Route] = []
    page.route(CARDS, lambda route: held.append(route))
    page.evaluate("filiera.select('landi-renzo')")
    coming = page.get_by_role("status").filter(has_text="Arrivano i fatti")
    expect(coming).to_be_visible()
    expect(page.locator("#panel h2")).to_have_text("Landi Renzo")
    expect(page.locator("#panel .panel-tally")).not_to_contain_text("fatti")
    assert axe_violations(page) == []
    page.wait_for_timeout(50)
    held[0].continue_()
    expect(page.locator("#panel .statement").first).to_be_visible()
    expect(coming).to_have_count(0)


def test_what_is_selected_now_is_not_overtaken_by_what_was(
    open_page: Open, server: RunningServer
) -> None:
    opened = open_page(server.address)
    page = opened.page
    held: list[Route] = []
    page.route("**/data/card/landi-renzo.json", lambda route: held.append(route))
    page.evaluate("filiera.select('landi-renzo')")
    expect(page.locator("#panel .card-coming")).to_be_visible()
    page.evaluate("filiera.select('manz-italy')")
    expect(page.locator("#panel .statement").first).to_be_visible()
    expect(page.locator("#panel h2")).to_have_text("Manz Italy")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_facts_that_cannot_be_had_are_asked_for_again(
    open_page: Open, server: RunningServer, scheme: str
) -> None:
    opened = open_page(server.address, query="?lang=en", color_scheme=scheme)
    page = opened.page
    page.route(CARDS, lambda route: route.fulfill(status=503))
    page.evaluate("filiera.select('landi-renzo')")
    missing = page.get_by_role("alert")
    expect(missing).to_contain_text("The facts could not be loaded")
    expect(page.locator("#panel [data-group='neighbours']")).to_be_visible()
    assert axe_violations(page) == []
    again = missing.get_by_role("button", name="Try again")
    box = again.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    page.unroute(CARDS)
    again.focus()
    again.press("Enter")
    expect(page.locator("#panel .statement").first).to_be_visible()
    expect(missing).to_have_count(0)
    expect(page.locator("#panel h2")).to_be_focused()
    complained(opened, "503")


def test_a_file_says_where_the_facts_are(open_page: Open, data: PageData, tmp_path: Path) -> None:
    apart = deepcopy(data)
    apart["cards"] = "apart"
    for node in apart["nodes"]:
        for key in ("groups", "description", "website", "town"):
            node.pop(key, None)
    opened = open_page(write_page(tmp_path / "large.html", apart))
    page = opened.page
    page.evaluate("id => filiera.select(id)", apart["nodes"][0]["id"])
    expect(page.locator("#panel .card-missing")).to_contain_text("filiera serve")
    expect(page.locator("#panel .panel-empty")).to_have_count(0)
    assert axe_violations(page) == []


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_map_that_is_being_made_opens_by_itself(
    open_page: Open, server: RunningServer, width: int, scheme: str
) -> None:
    opened = open_page(
        "about:blank", wait=False, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = opened.page
    page.context.unroute("**/*")
    style = built_page.asset_name(built_page.style(), "css")
    waiting = render_making(TITLE, lang="en", style=f"assets/{style}", failed=False)
    headers = {"content-security-policy": making_policy()}
    page.route(
        server.address,
        lambda route: route.fulfill(body=waiting, content_type="text/html", headers=headers),
    )
    page.goto(f"{server.address}#/manz-italy")
    expect(page.get_by_role("heading")).to_have_text("The map is being made")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.unroute(server.address)
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#panel h2")).to_have_text("Manz Italy")


def test_a_map_that_could_not_be_made_can_be_asked_for_again(
    open_page: Open, server: RunningServer
) -> None:
    opened = open_page("about:blank", wait=False)
    page = opened.page
    page.context.unroute("**/*")
    style = built_page.asset_name(built_page.style(), "css")
    failed = render_making(TITLE, lang="it", style=f"assets/{style}", failed=True)
    page.route(server.address, lambda route: route.fulfill(body=failed, content_type="text/html"))
    page.goto(server.address)
    expect(page.get_by_role("heading")).to_have_text("La mappa non si è potuta preparare")
    assert axe_violations(page) == []
    page.unroute(server.address)
    page.get_by_role("link", name="Riprova").click()
    page.wait_for_selector("html[data-ready]")


@pytest.fixture(scope="module")
def folded() -> Iterator[RunningServer]:
    """A server to which the real network is too large to be shown at once, when all is made."""
    limits = {"FILIERA_MAP_THINGS": "100", "FILIERA_MAP_AT_ONCE": "100"}
    running = RunningServer(None, False, limits)
    while running.client.get("/").status_code == 503:
        pass
    while running.client.get("/data/map.json").status_code == 503:
        pass
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1366), ("dark", 390)])
def test_the_overview_is_there_before_the_entries_and_a_community_opens(
    open_page: Open, folded: RunningServer, scheme: str, width: int
) -> None:
    opened = open_page(
        "about:blank", wait=False, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = opened.page
    page.context.unroute("**/*")
    held: list[Route] = []
    page.route("**/data/map.json", lambda route: held.append(route))
    page.goto(f"{folded.address}?lang=en")
    page.wait_for_selector("html[data-overview]")
    notice = page.get_by_role("status").filter(has_text="single entries")
    expect(notice).to_be_visible()
    picture = page.get_by_role("img", name="communities of the network")
    overview = folded.client.get(
        "/" + (page.locator("#page-data").get_attribute("href") or "")
    ).json()
    largest = max(overview["communities"], key=lambda one: one["r"])
    box = picture.bounding_box()
    assert box is not None
    middle = inside(opened, box, largest["count"])
    assert axe_violations(page) == []
    # What is clicked now opens as soon as it can.
    page.mouse.click(*middle)
    expect(notice).to_contain_text("opens in a moment")
    held[0].fulfill(status=503)
    expect(notice).to_contain_text("The server is preparing")
    page.unroute("**/data/map.json")
    opened.wait_ready()
    expect(notice).to_have_count(0)
    expect(picture).to_have_count(0)
    (key,) = opened.state()["expanded"]
    number = overview["communities"].index(largest)
    assert key == f"community:{number}"
    assert opened.state()["nodes"] == overview["counts"]["nodes"]
    expect(page.get_by_role("button", name="Fold the communities")).to_be_attached()
    complained(opened, "503")


def inside(opened: Opened, box: FloatRect, count: int) -> tuple[float, float]:
    """A point inside the bubble of this number: its name stands there, or right above or below."""
    opened.page.wait_for_function("window.drawnTexts.length > 0")
    texts = opened.drawn_texts()
    (name,) = [text for text in texts if text["text"].split(" · ")[-1] == str(count)]
    beside = "·" in name["text"]
    return box["x"] + name["x"], box["y"] + name["y"] + (24 if beside else 0)


def told(opened: Opened, text: str) -> None:
    """Wait until a screen reader is told this."""
    expect(opened.page.locator("#announce")).to_have_text(text)


def italian(community: dict[str, Any]) -> str:
    """The name of a community in Italian."""
    label: str | dict[str, str] = community["label"]
    return label if isinstance(label, str) else label["it"]


def plates(opened: Opened, said: str) -> list[str]:
    """The names in full with their sizes that are written over the bubbles."""
    return [text["text"] for text in opened.drawn_texts() if text["text"].endswith(said)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_community_of_the_overview_opens_by_keyboard(
    open_page: Open, folded: RunningServer, scheme: str
) -> None:
    opened = open_page("about:blank", wait=False, color_scheme=scheme)
    page = opened.page
    page.context.unroute("**/*")
    held: list[Route] = []
    page.route("**/data/map.json", lambda route: held.append(route))
    page.goto(f"{folded.address}?lang=it")
    page.wait_for_selector("html[data-overview]")
    overview = folded.client.get(
        "/" + (page.locator("#page-data").get_attribute("href") or "")
    ).json()
    largest = max(overview["communities"], key=lambda one: one["r"])
    number = overview["communities"].index(largest)
    name, size = italian(largest), f"{largest['count']} voci"
    page.locator("#map").focus()
    assert plates(opened, " voci") == []
    page.keyboard.press("ArrowRight")
    told(opened, f"{name}: comunità di {size}. Invio la apre.")
    assert plates(opened, " voci") == [f"{name} · {size}"]
    assert axe_violations(page) == []
    page.keyboard.press("ArrowRight")
    expect(page.locator("#announce")).not_to_contain_text(name)
    named = page.locator("#announce").inner_text().partition(":")[0]
    (other,) = [one for one in overview["communities"] if italian(one) == named]
    assert other["x"] > largest["x"]
    # The mark is there for who has the focus; Escape takes it away.
    page.locator("#search").focus()
    assert plates(opened, " voci") == []
    page.locator("#map").focus()
    assert plates(opened, " voci") == [f"{named} · {other['count']} voci"]
    page.keyboard.press("Escape")
    assert plates(opened, " voci") == []
    # What is opened now opens as soon as it can, unless a person thinks better of it.
    notice = page.get_by_role("status").filter(has_text="Arrivano le singole voci")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(notice).to_contain_text(f"{name} si apre tra poco")
    page.keyboard.press("Escape")
    expect(notice).not_to_contain_text("si apre")
    page.keyboard.press("Enter")
    held[0].continue_()
    opened.wait_ready()
    told(
        opened,
        f"{name}: comunità aperta, di {size}. Invio va alla prima voce, Esc la richiude.",
    )
    assert opened.state()["expanded"] == [f"community:{number}"]
    expect(page.locator("#map")).to_be_focused()


def test_keys_go_into_a_community_and_out_again(open_page: Open, folded: RunningServer) -> None:
    opened = open_page(folded.address, query="?lang=en")
    page = opened.page
    page.locator("#map").focus()
    page.keyboard.press("ArrowUp")
    mark = page.locator("#announce")
    expect(mark).to_contain_text("entries. Enter opens it.")
    name = mark.inner_text().partition(":")[0]
    page.keyboard.press("Enter")
    expect(mark).to_contain_text(f"{name}: an open community of")
    (community,) = opened.state()["expanded"]
    page.keyboard.press("Enter")
    page.wait_for_function("filiera.state().selected !== null")
    page.keyboard.press("Escape")
    expect(mark).to_contain_text(f"{name}: an open community of")
    assert opened.state()["selected"] is None
    assert opened.state()["expanded"] == [community]
    page.keyboard.press("Escape")
    expect(mark).to_contain_text(f"{name}: a community of")
    assert opened.state()["expanded"] == []
    # With Shift the view moves and the mark stays.
    x, y = opened.position("landi-renzo")
    page.keyboard.press("Shift+ArrowLeft")
    assert opened.position("landi-renzo") == (x + 90, y)
    assert len(plates(opened, " entries")) == 1
    page.mouse.click(*opened.position("landi-renzo"))
    assert plates(opened, " entries") == []


def test_arrows_reach_every_community(open_page: Open, folded: RunningServer) -> None:
    opened = open_page(folded.address, query="?lang=en")
    opened.page.locator("#map").focus()
    reached = opened.page.evaluate(WALK)
    overview = folded.client.get(
        "/" + (opened.page.locator("#page-data").get_attribute("href") or "")
    ).json()
    assert len(reached) == len(overview["communities"])


WALK = """
(() => {
  const map = document.querySelector("#map");
  const arrows = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
  const reached = new Set();
  let draw = 1;
  for (let step = 0; step < 2000; step++) {
    draw = (draw * 48271) % 2147483647;
    map.dispatchEvent(new KeyboardEvent("keydown", { key: arrows[draw % 4], bubbles: true }));
    reached.add(document.querySelector("#announce").textContent);
  }
  return [...reached];
})()
"""
"""Two thousand arrows in all directions, and what is told on the way."""


def test_an_address_that_names_something_waits_for_it(
    open_page: Open, folded: RunningServer
) -> None:
    opened = open_page(folded.address, hash="#/landi-renzo")
    expect(opened.page.locator("#panel h2")).to_have_text("Landi Renzo")
    assert not opened.page.evaluate("document.documentElement.hasAttribute('data-overview')")


def test_data_that_cannot_be_had_is_said_in_place_of_the_overview(
    open_page: Open, folded: RunningServer
) -> None:
    opened = open_page("about:blank", wait=False)
    page = opened.page
    page.context.unroute("**/*")
    page.route("**/data/map.json", lambda route: route.fulfill(status=500))
    page.goto(f"{folded.address}?lang=it")
    expect(page.locator("#message")).to_contain_text("Il server non dà i dati")
    page.unroute("**/data/map.json")
    page.get_by_role("button", name="Riprova").click()
    expect(page.locator("#message")).to_be_hidden()
    page.wait_for_function("window.filiera?.state().nodes > 100")
    complained(opened, "")


def complained(opened: Opened, of: str) -> None:
    """The browser, or the page, complained of this and of nothing else."""
    assert opened.complaints
    assert all(of in complaint for complaint in opened.complaints)
    opened.complaints.clear()
