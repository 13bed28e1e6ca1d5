"""The questions: asked of a server as a person would, and what a page without one says instead."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

import filiera
from tests.browser.conftest import Open
from tests.browser.question_answers import BMS, TOYOTA, Asked, asking
from tests.server.conftest import RunningServer

asked = pytest.fixture(asking)


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    """A server of the real data."""
    running = RunningServer(None, False, {})
    yield running
    assert running.stop() == (0, "ended well\n", "")


def given(page: Page) -> dict[str, str]:
    """The question and its parameters, as the address holds them."""
    query = parse_qs(urlsplit(page.url).fragment.partition("?")[2])
    return {name.removeprefix("p."): value[0] for name, value in query.items()}


def download(page: Page, button: str, place: Path) -> Path:
    """The file behind a button."""
    with page.expect_download() as started:
        page.locator(".answer").get_by_role("button", name=button, exact=True).click()
    path = place / started.value.suggested_filename
    started.value.save_as(path)
    return path


def csv_rows(path: Path) -> list[list[str]]:
    """The rows of a file for spreadsheets."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_person_finds_a_question_and_asks_it(asked: Asked, ecosystem: filiera.Ecosystem) -> None:
    page = asked().page
    page.get_by_role("searchbox").fill("soci data")
    page.get_by_role("button", name="Soci a una data").click()
    expect(page.locator(".answer tbody tr")).to_have_count(
        len(ecosystem.ask("members-at", at="2020-12-31"))
    )
    page.get_by_role("textbox", name="Alla data").fill("2019")
    page.get_by_role("button", name="Chiedi").click()
    before = ecosystem.ask("members-at", at="2019")
    expect(page.locator(".answer tbody tr")).to_have_count(len(before))
    assert given(page) == {"ask": "members-at", "body": "clust-er-mech", "at": "2019"}


def test_no_rows_are_no_proof_of_absence(asked: Asked) -> None:
    page = asked("events-of-year", "p.year=1950").page
    expect(page.locator(".answer-empty")).to_contain_text("Non vuol dire che non ci sia")
    expect(page.get_by_role("button", name="CSV")).to_have_count(0)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_rows_are_those_of_the_graph(
    asked: Asked, ecosystem: filiera.Ecosystem, lang: str
) -> None:
    opened = asked("members-at", "p.at=2020-12-31", query=f"?lang={lang}")
    results = ecosystem.ask("members-at", at="2020-12-31", lang=lang)
    rows = opened.page.locator(".answer tbody tr")
    expect(rows).to_have_count(len(results))
    names = opened.page.locator(".answer tbody a[data-thing]").all_inner_texts()
    assert names == [text[0] for text in results.texts()]
    heads = opened.page.locator(".answer thead th").all_inner_texts()
    assert heads == [column.title for column in results.columns]
    source = rows.first.locator("a[target=_blank]")
    expect(source).to_have_attribute("href", re.compile("^https?://"))
    certain = "certamente" if lang == "it" else "certainly"
    expect(rows.filter(has_text=certain)).to_have_count(16)
    count = f"{len(results)} righe" if lang == "it" else f"{len(results)} rows"
    expect(opened.page.locator(".answer-bar [role=status]")).to_have_text(count)


def test_a_name_of_an_answer_opens_its_card_and_keeps_the_answer(asked: Asked) -> None:
    opened = asked("members-at", "p.at=2020-12-31")
    opened.page.get_by_role("link", name="Flash Battery").click()
    opened.selected("flash-battery")
    expect(opened.page.locator("#panel h2")).to_have_text("Flash Battery")
    expect(opened.page.locator(".answer tbody tr").first).to_be_visible()
    assert given(opened.page)["at"] == "2020-12-31"


def test_partners_come_ranked_with_reasons_and_sources(
    asked: Asked, ecosystem: filiera.Ecosystem
) -> None:
    page = asked().page
    page.get_by_role("button", name="Partner per una richiesta").click()
    page.get_by_role("button", name="Chiedi").click()
    expect(page.locator(".field-lack:visible")).to_have_count(1)
    need = page.get_by_role("combobox", name="Che cosa serve")
    expect(need).to_be_focused()
    need.fill("battery management system")
    near = page.get_by_role("combobox", name="Vicino a")
    near.press_sequentially("reggio nell")
    expect(page.get_by_role("option", name="Reggio nell'Emilia comune")).to_be_visible()
    near.press("ArrowDown")
    near.press("Enter")
    expect(near).to_have_value("Reggio nell'Emilia")
    page.get_by_role("textbox", name="Entro (km)").fill("60")
    page.get_by_role("button", name="Chiedi").click()
    found = ecosystem.partners(
        "battery management system", near="reggio-nell-emilia", within=60, limit=10
    ).to_dict("it")
    cards = page.locator(".partner")
    expect(cards).to_have_count(len(found["partners"]))
    assert cards.locator("h3").all_inner_texts() == [each["label"] for each in found["partners"]]
    first = cards.first
    for reason in found["partners"][0]["reasons"]:
        expect(first).to_contain_text(reason["text"])
    first.locator("summary").first.click()
    expect(first.locator("details[open] a[target=_blank]").first).to_be_visible()
    assert given(page)["near"] == "reggio-nell-emilia"
    for each in found["excluded"]:
        expect(page.locator(".excluded")).to_contain_text(each["text"])


@pytest.mark.parametrize("lang", ["it", "en"])
def test_paths_are_chains_of_sentences(
    asked: Asked, ecosystem: filiera.Ecosystem, lang: str
) -> None:
    page = asked("paths", f"p.from={TOYOTA}&p.to=manz-italy", query=f"?lang={lang}").page
    told = ecosystem.paths(TOYOTA, "manz-italy").to_dict(lang)
    expect(page.locator(".path")).to_have_count(len(told["paths"]))
    for place, path in enumerate(told["paths"]):
        shown = page.locator(".path").nth(place)
        names = shown.locator(".path-thing a[data-thing]").all_inner_texts()
        assert names == [thing["label"] for thing in path["things"]]
        sentences = shown.locator(".path-step .said").all_inner_texts()
        assert sentences == [said["text"] for step in path["steps"] for said in step]
    assert page.locator(".path-step a[target=_blank]").count() > 0


def test_gaps_lead_to_the_chain_view(asked: Asked, ecosystem: filiera.Ecosystem) -> None:
    opened = asked("gaps", "p.chain=chain-batteries")
    page = opened.page
    told = ecosystem.gaps("chain-batteries").to_dict("it")
    nobody = [stage["label"] for stage in told["stages"] if stage["status"] == "nobody-known"]
    shown = page.locator(".analysis section").first.locator("h4").all_inner_texts()
    assert sorted(shown) == sorted(nobody)
    page.get_by_role("link", name=nobody[0]).first.click()
    expect(page.locator("#view-chain")).to_be_visible()
    assert opened.state()["chain"] == "chain-batteries"


def test_brokers_history_and_quality_are_told(asked: Asked, ecosystem: filiera.Ecosystem) -> None:
    brokers = ecosystem.brokers(top=3).to_dict("it")
    page = asked("brokers", "p.top=3").page
    ranking = page.locator(".ranking").first.locator("h4")
    assert ranking.all_inner_texts() == [each["label"] for each in brokers["brokers"]]
    expect(page.locator(".ranking").first).to_contain_text(brokers["brokers"][0]["text"])

    history = ecosystem.history().to_dict("it")
    page = asked("history").page
    years = [str(each["year"]) for each in history["years"] if each["year"]]
    shown = page.locator(".history-year h3").all_inner_texts()
    assert [year for year in shown if year.isdecimal()] == years[::-1]
    page.get_by_role("link", name="La storia disegnata").click()
    expect(page.locator("#view-time")).to_be_visible()

    quality = ecosystem.quality().to_dict("it")
    page = asked("quality").page
    expect(page.locator(".quality-score")).to_contain_text(f"{quality['score']:.0%}")
    expect(page.locator(".answer")).to_contain_text(quality["formula"])
    expect(page.locator(".asks").first).to_contain_text(quality["to_ask"][0]["question"])


@pytest.mark.parametrize(
    ("question", "drawing"),
    [
        ("counts-by-field", ".bars"),
        ("counts-by-place", ".places svg .spot"),
        ("ties-of", ".layers .layer a[data-thing=landi-renzo]"),
        ("figures-of", ".line-chart svg circle"),
        ("name-history", ".timeline li"),
    ],
)
def test_a_question_is_drawn_as_it_declares(asked: Asked, question: str, drawing: str) -> None:
    given = "p.organisation=landi-renzo" if question in ("ties-of", "figures-of") else ""
    page = asked(question, given).page
    expect(page.locator(f".answer {drawing}").first).to_be_attached()
    expect(page.locator(".answer-table")).to_have_count(1)


def test_bars_are_as_long_as_their_numbers(asked: Asked, ecosystem: filiera.Ecosystem) -> None:
    page = asked("counts-by-kind").page
    results = ecosystem.ask("counts-by-kind", lang="it")
    numbers = [row[1] for row in results]
    fills = page.locator(".bars .bar-fill").evaluate_all(
        "fills => fills.map(fill => parseFloat(fill.style.width))"
    )
    greatest = max(int(str(number)) for number in numbers)
    expected = [100 * int(str(number)) / greatest for number in numbers]
    assert fills == pytest.approx(expected, abs=0.01)


def test_back_and_forward_walk_through_the_answers(asked: Asked) -> None:
    opened = asked()
    page = opened.page
    page.get_by_role("button", name="Soci a una data").click()
    expect(page.locator(".answer-content")).to_be_visible()
    page.get_by_role("textbox", name="Alla data").fill("2022")
    page.get_by_role("button", name="Chiedi").click()
    expect(page).to_have_url(re.compile("p.at=2022"))
    page.go_back()
    expect(page.get_by_role("textbox", name="Alla data")).to_have_value("2020-12-31")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(page.get_by_role("textbox", name="Alla data")).to_have_value("2022")
    expect(page.locator(".answer-content")).to_be_visible()
    page.get_by_role("button", name="Tutte le domande").click()
    expect(page.get_by_role("searchbox")).to_be_visible()
    assert opened.state()["question"] is None


def test_a_link_gives_the_same_answer(asked: Asked, open_page: Open, server: RunningServer) -> None:
    first = asked("partners", BMS).page
    text = first.locator(".answer").inner_text()
    second = open_page(server.address, hash=first.url[first.url.index("#") :])
    expect(second.page.locator(".answer-content")).to_be_visible(timeout=20_000)
    assert second.page.locator(".answer").inner_text() == text
    expect(second.page.get_by_role("combobox", name="Vicino a")).to_have_value("Reggio nell'Emilia")


def test_the_language_changes_question_and_answer(asked: Asked) -> None:
    page = asked("members-at", "p.at=2020-12-31").page
    page.get_by_role("button", name="English").click()
    expect(page.locator(".questions-head h2")).to_have_text("Members at a date")
    expect(page.locator(".answer thead th").first).to_have_text("Member")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_the_date_of_the_slider_is_offered(asked: Asked) -> None:
    page = asked("members-at", "p.at=2020-12-31&at=2023-12-31").page
    page.get_by_role("button", name="Usa la data del cursore").click()
    expect(page.get_by_role("textbox", name="Alla data")).to_have_value("2023-12-31")
    page.get_by_role("button", name="Tutte le domande").click()
    page.get_by_role("button", name="Vuoti di una filiera").click()
    expect(page.get_by_role("textbox", name="Alla data")).to_have_value("2023-12-31")


def test_the_sparql_is_the_one_that_was_asked(
    asked: Asked, server: RunningServer, ecosystem: filiera.Ecosystem
) -> None:
    page = asked("members-at", "p.at=2020-12-31").page
    page.get_by_text("Mostra la SPARQL").click()
    sparql = page.locator(".ways pre").first.inner_text()
    assert '"2020-12-31"' in sparql
    answer = server.ask(sparql, "application/sparql-results+json").json()
    assert len(answer["results"]["bindings"]) == len(ecosystem.ask("members-at", at="2020-12-31"))


def test_downloads_hold_the_answer(
    asked: Asked, ecosystem: filiera.Ecosystem, tmp_path: Path
) -> None:
    page = asked("members-at", "p.at=2020-12-31").page
    results = ecosystem.ask("members-at", at="2020-12-31", lang="it")
    table = download(page, "CSV", tmp_path)
    assert table.name == "filiera-members-at-clust-er-mech-2020-12-31.csv"
    rows = csv_rows(table)
    assert rows[0] == [column.title for column in results.columns]
    assert rows[1:] == [list(texts) for texts in results.texts()]
    told = json.loads(download(page, "JSON", tmp_path).read_text(encoding="utf-8"))
    assert told["rows"] == json.loads(results.to_json())
    assert download(page, "Excel", tmp_path).read_bytes()[:2] == b"PK"

    page = asked("partners", BMS).page
    rows = csv_rows(download(page, "CSV", tmp_path))
    assert [row[1] for row in rows[1:]] == page.locator(".partner h3").all_inner_texts()
    assert "http" in rows[1][5]
