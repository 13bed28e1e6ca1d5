"""How two things are linked: asked from the card, by a click, by an address, of a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, axe_violations, write_page
from tests.browser.network_data import network_page
from tests.server.conftest import RunningServer


@pytest.fixture(scope="module")
def network_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented ecosystem; nothing is tied to ``hermit``."""
    data = network_page()
    hermit = {
        "id": "hermit",
        "label": "Eremita",
        "kind": 0,
        "x": 0,
        "y": 900,
        "size": 5,
        "groups": [],
    }
    data["nodes"] = [*data["nodes"], hermit]
    data["counts"] = {**data["counts"], "nodes": len(data["nodes"])}
    data["layouts"] = {}
    return write_page(tmp_path_factory.mktemp("path") / "page.html", data)


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    running.client.close()
    assert running.stop() == (0, "ended well\n", "")


def test_the_card_asks_and_the_search_answers(open_page: Open, network_file: Path) -> None:
    opened = open_page(network_file, hash="#/acme")
    page, panel = opened.page, opened.page.locator("#panel")
    panel.get_by_role("button", name="Com’è legato a…").click()
    expect(panel).to_contain_text("Scegliere l’altra voce")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("unimore")
    page.keyboard.press("Enter")
    expect(panel.locator("h2")).to_have_text("Acme Élan – Università di Modena")
    expect(panel).to_contain_text("La catena più corta di legami tra ciò che è in vista: 2 passi.")
    expect(panel).to_contain_text(
        "Acme Élan e Università di Modena sono collegati attraverso Landi Renzo"
    )
    steps = panel.locator(".path-step")
    expect(steps).to_have_count(2)
    expect(steps.nth(0).locator(".statement")).to_have_count(2)
    expect(steps.nth(0)).to_contain_text("Landi Renzo fornisce Acme Élan")
    expect(steps.nth(0)).to_contain_text("nel 2019")
    expect(steps.nth(0).get_by_role("link", name="Sedici nuovi soci").first).to_be_visible()
    expect(steps.nth(1)).to_contain_text("data non indicata")
    assert opened.state()["path"] == [["acme", "landi-renzo", "universita-di-modena"]]
    assert page.url.endswith("#/acme?to=universita-di-modena")
    expect(page.locator("#announce")).to_contain_text("attraverso Landi Renzo")
    names = {text["text"] for text in opened.drawn_texts()}
    assert {"Acme Élan", "Landi Renzo", "Università di Modena"} <= names
    assert not any(name.startswith("Impresa inventata") for name in names)
    assert axe_violations(page) == []


def test_an_address_restores_a_path_and_escape_leaves_it(
    open_page: Open, network_file: Path
) -> None:
    opened = open_page(network_file, hash="#/acme?to=landi-renzo")
    panel = opened.page.locator("#panel")
    expect(panel).to_contain_text("Acme Élan e Landi Renzo sono collegati direttamente")
    box = panel.bounding_box()
    assert box is not None
    for end in ("acme", "landi-renzo"):
        x, y = opened.position(end)
        assert 300 < x < box["x"]
        assert 100 < y < 768
    opened.page.keyboard.press("Escape")
    expect(panel.locator("h2")).to_have_text("Acme Élan")
    assert opened.page.url.endswith("#/acme")
    opened.page.go_back()
    expect(panel.locator("h2")).to_have_text("Acme Élan – Landi Renzo")
    opened.page.get_by_role("button", name="Chiudi la scheda").click()
    expect(panel.locator("h2")).to_have_text("Acme Élan")
    assert opened.state()["to"] is None


def test_shift_and_a_click_choose_the_other_end(open_page: Open, network_file: Path) -> None:
    opened = open_page(network_file)
    opened.page.mouse.click(*opened.position("landi-renzo"))
    opened.selected("landi-renzo")
    opened.page.keyboard.down("Shift")
    opened.page.mouse.click(*opened.position("universita-di-modena"))
    opened.page.keyboard.up("Shift")
    expect(opened.page.locator("#panel h2")).to_have_text("Landi Renzo – Università di Modena")
    assert opened.state()["selected"] == "landi-renzo"
    opened.page.locator("#panel").get_by_role("link", name="Università di Modena").click()
    opened.selected("universita-di-modena")
    assert opened.state()["to"] is None


def test_not_linked_is_an_answer(open_page: Open, network_file: Path) -> None:
    opened = open_page(network_file, hash="#/acme?to=hermit")
    panel = opened.page.locator("#panel")
    expect(panel).to_contain_text("Acme Élan e Eremita non sono collegati tra ciò che è in vista")
    expect(panel).to_contain_text("nessuna fonte del grafo racconta")
    assert opened.state()["path"] == []
    opened.page.get_by_role("button", name="English").click()
    expect(panel).to_contain_text("are not linked among what is shown")


def test_a_path_follows_the_filters(open_page: Open, network_file: Path) -> None:
    opened = open_page(network_file, hash="#/acme?to=landi-renzo")
    steps = opened.page.locator(".path-step .statement")
    expect(steps).to_have_count(2)
    opened.page.locator(".entry[data-key='group:supply']").click()
    expect(steps).to_have_count(1)
    expect(steps).to_contain_text("Acme Élan ha acquisito Landi Renzo")


def test_choosing_can_be_called_off(open_page: Open, network_file: Path) -> None:
    opened = open_page(network_file, hash="#/acme")
    panel = opened.page.locator("#panel")
    panel.get_by_role("button", name="Com’è legato a…").click()
    panel.get_by_role("button", name="Annulla").click()
    expect(panel.get_by_role("button", name="Com’è legato a…")).to_be_focused()
    opened.page.evaluate("filiera.select('landi-renzo')")
    opened.selected("landi-renzo")
    assert opened.state()["to"] is None


def test_a_served_page_asks_the_program(open_page: Open, server: RunningServer) -> None:
    opened = open_page(server.address, hash="#/landi-renzo?to=unimore", query="?lang=it")
    panel = opened.page.locator("#panel")
    told = server.client.get(
        "/answers/paths", params={"from": "landi-renzo", "to": "unimore", "lang": "it"}
    ).json()
    expect(panel.locator(".path-said")).to_have_text(told["text"])
    expect(panel.locator(".path-way")).to_have_count(len(told["paths"]))
    for number, way in enumerate(told["paths"]):
        expect(panel.locator(".path-way").nth(number)).to_contain_text(way["summary"])
        for step in way["steps"]:
            for link in step:
                expect(panel).to_contain_text(link["text"])
    expect(panel).to_contain_text("log2")
    assert any(asked.startswith("answers/paths?") for asked in opened.asked)
    opened.page.get_by_role("button", name="English").click()
    expect(panel.locator(".path-said")).to_contain_text("are linked in this graph")


def test_without_an_answer_the_page_finds_a_path_itself(
    open_page: Open, server: RunningServer
) -> None:
    opened = open_page(server.address, hash="#/landi-renzo", query="?lang=it")
    opened.page.context.route("**/answers/paths*", lambda route: route.fulfill(status=503))
    panel = opened.page.locator("#panel")
    panel.get_by_role("button", name="Com’è legato a…").click()
    opened.page.evaluate("filiera.select('unimore')")
    expect(panel).to_contain_text("Il programma non risponde")
    expect(panel).to_contain_text("sono collegati direttamente")
    assert len(opened.complaints) == 1
    assert "503" in opened.complaints.pop()
