"""The report in a browser: it opens from a file, prints, and nothing in the data runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import filiera
from filiera.answers.cards import SourceRef
from filiera.answers.report_model import Member, Report
from filiera.texts import Text
from filiera.views.report_html import report_page
from tests.browser.conftest import Open
from tests.browser.hostile import ADDRESSES, MARKS


@pytest.fixture(scope="module")
def real(ecosystem: filiera.Ecosystem) -> Report:
    return ecosystem.report(at=date(2026, 11, 22), since=date(2025, 1, 1))


@pytest.fixture(scope="module")
def files(real: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report in both languages, as files."""
    folder = tmp_path_factory.mktemp("report")
    for lang in ("it", "en"):
        (folder / f"{lang}.html").write_text(report_page(real, lang), encoding="utf-8")
    return {lang: folder / f"{lang}.html" for lang in ("it", "en")}


def hostile(report: Report) -> Report:
    """The same report with a hostile mark in every text and a hostile address in every link."""
    turn = count()
    known: dict[int, Any] = {}

    def spoil(value: Any) -> Any:
        if isinstance(value, Text):
            mark = MARKS[next(turn) % len(MARKS)]
            return Text(f"{value.it} {mark}", f"{value.en} {mark}") if value.it else value
        if isinstance(value, tuple):
            return tuple(map(spoil, value))
        if isinstance(value, dict):
            return {key: spoil(one) for key, one in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            if id(value) not in known:
                changed = {f.name: spoil(getattr(value, f.name)) for f in fields(value)}
                if isinstance(value, SourceRef):
                    changed |= {"title": MARKS[next(turn) % len(MARKS)], "url": address(turn)}
                if isinstance(value, Member):
                    changed |= {"website": address(turn), "legal_name": MARKS[0]}
                known[id(value)] = replace(value, **changed)
            return known[id(value)]
        return value

    spoilt: Report = spoil(report)
    return replace(spoilt, website=ADDRESSES[0], acronym=MARKS[1])


def address(turn: Iterator[int]) -> str:
    return ADDRESSES[next(turn) % len(ADDRESSES)]


@pytest.mark.parametrize("lang", ["it", "en"])
def test_it_opens_from_a_file(open_page: Open, files: dict[str, Path], lang: str) -> None:
    page = open_page(files[lang], wait=False).page
    expect(page.locator("html")).to_have_attribute("lang", lang)
    title = {
        "it": "Clust-ER Meccatronica e Motoristica",
        "en": "Clust-ER Mechatronics and Motoristics",
    }
    expect(page.get_by_role("heading", level=1)).to_have_text(title[lang])
    expect(page.locator(".members tbody tr")).to_have_count(17)
    chart = {"it": "Soci dichiarati dalle fonti", "en": "Members stated by sources"}
    expect(page.get_by_role("img", name=re.compile(chart[lang]))).to_be_visible()
    page.locator("nav a").last.click()
    expect(page.locator("#sources h2")).to_be_in_viewport()


def test_a_mark_leads_to_its_source(open_page: Open, files: dict[str, Path]) -> None:
    page = open_page(files["en"], wait=False).page
    page.locator(".members tbody tr", has_text="Bercella").locator(".cite a").click()
    expect(page.locator("li:target")).to_be_in_viewport()
    expect(page.locator("li:target")).to_contain_text("Sedici nuovi soci e una nuova value chain")


def test_a_member_takes_the_whole_width_of_a_phone(open_page: Open, files: dict[str, Path]) -> None:
    page = open_page(files["it"], wait=False, viewport={"width": 390, "height": 800}).page
    cells = page.locator(".members tbody tr", has_text="Bercella").locator("th, td").all()
    boxes = [cell.bounding_box() for cell in cells]
    assert {round(box["width"]) for box in boxes if box} == {358}
    joined = cells[4].evaluate("cell => getComputedStyle(cell, '::before').content")
    assert joined == '"Ingresso: "'


@pytest.mark.parametrize("width", [360, 390, 768, 1366, 2560])
def test_no_width_makes_the_page_wider_than_the_window(
    open_page: Open, files: dict[str, Path], width: int
) -> None:
    viewport = {"width": width, "height": 800}
    page = open_page(files["it"], wait=False, viewport=viewport).page
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_the_ground(
    open_page: Open, files: dict[str, Path], scheme: str
) -> None:
    page = open_page(files["it"], wait=False, color_scheme=scheme).page
    faint = page.evaluate(
        """() => {
          const often = { willReadFrequently: true };
          const canvas = document.createElement("canvas").getContext("2d", often);
          const light = colour => {
            canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
            const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => {
              const share = part / 255;
              return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
          };
          const ground = element => {
            for (let here = element; here; here = here.parentElement) {
              const colour = getComputedStyle(here).backgroundColor;
              if (!/, 0\\)$/.test(colour)) return light(colour);
            }
          };
          const all = "p, li, td:not(.zero), th, h1, h2, h3, a, b, .cite";
          const texts = [...document.querySelectorAll(all)];
          return texts.filter(element => element.textContent.trim()).filter(element => {
            const [one, other] = [light(getComputedStyle(element).color), ground(element)];
            return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) < 4.5;
          }).map(element => `${element.className} ${element.textContent.slice(0, 40)}`);
        }"""
    )
    assert faint == []


def test_it_prints_on_a4(open_page: Open, files: dict[str, Path]) -> None:
    page = open_page(files["it"], wait=False).page
    document = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", document)
    sizes = [(round(float(width)), round(float(height))) for width, height in boxes]
    upright, across = sizes.count((595, 842)), sizes.count((842, 595))
    assert upright + across == len(sizes)
    assert across == 1  # the map
    assert 12 <= len(sizes) <= 30
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == (
        "table-header-group"
    )


def test_paper_is_light_whatever_the_screen(open_page: Open, files: dict[str, Path]) -> None:
    page = open_page(files["it"], wait=False, color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 30, 34)"


def test_hostile_names_run_nothing(open_page: Open, real: Report, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(report_page(hostile(real), "it"), encoding="utf-8", errors="replace")
    page = open_page(path, wait=False).page
    shown = page.locator("body").inner_text()
    assert "<img src=x onerror=window.__pwned=1>" in shown
    assert "</script><script>window.__pwned=1</script>" in shown
    assert page.locator("script, img, [onload], [onerror], [onclick]").count() == 0
    links = page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert {link.split(":")[0] for link in links if not link.startswith("#")} <= {"https", "http"}
    assert page.evaluate("document.documentElement.scrollWidth") == 1366
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
