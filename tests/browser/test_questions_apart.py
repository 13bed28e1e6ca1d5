"""The questions when something is in the way: no server, a slow one, hostile answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Route, expect

import filiera
from filiera.views.network_page import write_page as write_real_page
from tests.browser.conftest import Open, axe_violations
from tests.browser.hostile import ADDRESSES, MARKS
from tests.browser.question_answers import BMS, TOYOTA, Asked, asking
from tests.server.conftest import RunningServer

asked = pytest.fixture(asking)


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    assert running.stop() == (0, "ended well\n", "")


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory, ecosystem: filiera.Ecosystem) -> Path:
    """The page of the real data, as a file."""
    place = tmp_path_factory.mktemp("real") / "page.html"
    write_real_page(ecosystem, place, "it")
    return place


@pytest.mark.parametrize(
    ("question", "parameters", "title", "said"),
    [
        ("members-at", "p.at=domani", "Così la domanda non si può porre", "'domani'"),
        ("members-at", "p.body=zzzzzz", "Un nome non è noto", "zzzzzz"),
        ("brokers", "p.top=molti", "Così la domanda non si può porre", "'molti'"),
    ],
)
def test_a_wrong_parameter_is_told(
    asked: Asked, question: str, parameters: str, title: str, said: str
) -> None:
    opened = asked(question, parameters, answered=False)
    trouble = opened.page.get_by_role("alert")
    expect(trouble).to_contain_text(title)
    expect(trouble.locator("[lang=en]")).to_contain_text(said)
    assert axe_violations(opened.page) == []
    assert len(opened.complaints) == 1  # the browser's own line on the status
    opened.complaints.clear()


def test_a_server_that_is_away_and_one_that_is_at_its_limit_are_told(asked: Asked) -> None:
    opened = asked("members-at", "p.at=2020-12-31")
    page = opened.page
    page.route("**/ask/**", lambda route: route.abort())
    page.get_by_role("textbox", name="Alla data").fill("2021")
    page.get_by_role("button", name="Chiedi").click()
    expect(page.get_by_role("alert")).to_contain_text("Il server non risponde")
    page.unroute_all()
    page.route(
        "**/ask/**",
        lambda route: route.fulfill(status=503, body="A query may run 30 seconds.\n"),
    )
    page.get_by_role("button", name="Riprova").click()
    expect(page.get_by_role("alert")).to_contain_text("La domanda costa troppo")
    expect(page.get_by_role("alert")).to_contain_text("30 seconds")
    page.unroute_all()
    page.get_by_role("button", name="Riprova").click()
    expect(page.locator(".answer tbody tr").first).to_be_visible()
    assert len(opened.complaints) == 2
    opened.complaints.clear()


def test_a_server_that_never_answers_is_given_up(asked: Asked) -> None:
    opened = asked()
    page = opened.page
    page.clock.install()
    waiting: list[Route] = []
    page.route("**/ask/**", lambda route: waiting.append(route))
    page.get_by_role("button", name="Soci a una data").click()
    expect(page.locator(".answer[aria-busy] [role=status]")).to_have_text(
        "Il grafo sta rispondendo…"
    )
    page.clock.fast_forward(61_000)
    expect(page.get_by_role("alert")).to_contain_text("La risposta non arriva")
    assert len(waiting) == 1
    opened.complaints.clear()


def test_back_from_another_view_gives_the_answer_again(asked: Asked) -> None:
    opened = asked("members-at", "p.at=2020-12-31")
    page = opened.page
    page.get_by_role("button", name="Tutte le domande").click()
    page.get_by_role("button", name="Tabella", exact=True).click()
    expect(page.locator("#view-table")).to_be_visible()
    page.goto(f"{opened.address}#/questions?ask=members-at&p.at=2019")
    expect(page.locator(".answer tbody tr")).to_have_count(1)
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.locator(".answer tbody tr")).to_have_count(17)
    asked_for = [request for request in opened.asked if request.startswith("ask/")]
    assert len(asked_for) == 2


def test_hostile_answers_run_nothing(asked: Asked) -> None:
    opened = asked()
    turn = iter(range(10**6))

    def spoil(value: Any, key: str = "") -> Any:
        if isinstance(value, str) and key == "url":
            return ADDRESSES[next(turn) % len(ADDRESSES)]
        if isinstance(value, str) and key not in ("drawing", "kind", "name", "status"):
            return f"{value} {MARKS[next(turn) % len(MARKS)]}"
        if isinstance(value, list):
            return [spoil(item, key) for item in value]
        if isinstance(value, dict):
            return {name: spoil(item, name) for name, item in value.items()}
        return value

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json=spoil(response.json()))

    opened.page.route(re.compile("/(ask|answers)/"), answer)
    for question in (
        *("gaps&p.chain=chain-batteries", f"partners&{BMS}", "brokers", "history", "quality"),
        *(f"paths&p.from={TOYOTA}&p.to=manz-italy", "members-at", "counts-by-place", "ties-of"),
        *("figures-of", "commitments", "counts-by-kind"),
    ):
        opened.page.evaluate("hash => { location.hash = hash }", f"#/questions?ask={question}")
        name = question.partition("&")[0]
        opened.page.wait_for_function("name => filiera.state().question === name", arg=name)
        expect(opened.page.locator(".answer-content")).to_be_visible(timeout=20_000)
    assert opened.page.locator("a[href^='javascript' i], a[href^='data' i]").count() == 0


def test_a_hostile_address_asks_and_runs_nothing(open_page: Open, server: RunningServer) -> None:
    mark = "%3Cimg%20src=x%20onerror=window.__pwned=1%3E"
    opened = open_page(server.address, hash=f"#/questions?ask={mark}")
    expect(opened.page.locator(".notice-line")).to_contain_text(unquote(mark))
    expect(opened.page.get_by_role("searchbox")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_wrong(asked: Asked, theme: str, width: int) -> None:
    look = {"color_scheme": theme, "viewport": {"width": width, "height": 800}}
    assert axe_violations(asked(**look).page) == []
    for question, parameters in (
        ("members-at", "p.at=2020-12-31"),
        ("partners", BMS),
        ("gaps", "p.chain=chain-batteries"),
        ("counts-by-place", ""),
    ):
        page = asked(question, parameters, **look).page
        assert axe_violations(page) == []
        assert page.evaluate(
            "(view => view.scrollWidth <= view.clientWidth)"
            "(document.querySelector('#view-questions'))"
        )


def test_a_file_says_how_to_ask(open_page: Open, real_file: Path) -> None:
    opened = open_page(real_file, hash="#/questions")
    page = opened.page
    page.get_by_role("button", name="Soci a una data").click()
    page.get_by_role("textbox", name="Alla data").fill("2021")
    command = page.locator(".offline pre").first
    expect(command).to_have_text("filiera ask members-at body=clust-er-mech at=2021 --lang it")
    expect(page.locator(".offline")).to_contain_text("filiera serve --open")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Tutte le domande").click()
    page.get_by_role("button", name="Partner per una richiesta").click()
    page.get_by_role("combobox", name="Che cosa serve").fill("l'auto elettrica")
    page.get_by_role("combobox", name="Vicino a").fill("Reggio nell'Emilia")
    page.get_by_role("textbox", name="Entro (km)").fill("60")
    expect(command).to_have_text(
        "filiera partners 'l'\\''auto elettrica' --near reggio-nell-emilia --within 60 --lang it"
    )
    page.get_by_role("button", name="Tutte le domande").click()
    page.get_by_role("button", name="Vuoti di una filiera").click()
    page.get_by_role("combobox", name="Filiera").select_option("chain-batteries")
    expect(command).to_have_text("filiera gaps chain-batteries --lang it")
    page.locator(".offline").get_by_role("link", name="nella vista Filiera").click()
    expect(page.locator("#view-chain")).to_be_visible()
    assert opened.requests == []
