"""The page of the real ecosystem: what it shows and what it weighs."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import expect

import filiera
from tests.browser.conftest import Open


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory, ecosystem: filiera.Ecosystem) -> Path:
    """The page of the real ecosystem, in English."""
    place = tmp_path_factory.mktemp("real") / "page.html"
    html = ecosystem.network_page("en").generate_html("page.html")
    place.write_text(html, encoding="utf-8")
    return place


def test_weighs_what_it_may(real_file: Path) -> None:
    html = real_file.read_bytes()
    assert len(html) <= 850_000
    assert len(gzip.compress(html, 9)) <= 280_000


def test_shows_every_node_and_edge(
    open_page: Open, real_file: Path, ecosystem: filiera.Ecosystem
) -> None:
    network = ecosystem.network()
    state = open_page(real_file).state()
    assert state["nodes"] == network.number_of_nodes()
    assert state["edges"] == network.number_of_edges()


def test_tells_what_sources_say_of_manz_italy(open_page: Open, real_file: Path) -> None:
    page = open_page(real_file).page
    page.locator("#search").fill("manz italy")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_text("Manz Italy")
    expect(panel).to_contain_text("liquidation")
    employees = panel.locator(".disagreement", has_text="employees: 110")
    expect(employees).to_contain_text("employees: 112")
    expect(employees.locator("a[href^='https://']").first).to_be_visible()


def test_tells_how_landi_renzo_and_the_university_are_linked(
    open_page: Open, real_file: Path
) -> None:
    page = open_page(real_file, hash="#/landi-renzo").page
    page.locator("#panel a", has_text="Università di Modena e Reggio Emilia").first.click()
    expect(page.locator("#panel h2")).to_have_text("Università di Modena e Reggio Emilia")
    assert page.url.endswith("#/unimore")
    expect(page.locator("#panel a", has_text="Landi Renzo").first).to_be_attached()
