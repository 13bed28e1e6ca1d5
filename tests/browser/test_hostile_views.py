"""The whole real page with hostile texts in every part, opened in every view: nothing runs,
nothing breaks, nothing runs out of its frame."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

import filiera
from filiera.views.page_data import page_data
from tests.browser.conftest import Open, Opened, axe_violations, write_page
from tests.browser.hostile import MARKS, hostile_everywhere

VIEWS = ["network", "chain", "map", "time", "table", "questions"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

OVERFLOWING = """() => {
  // Text that stands outside its window, where nothing lets a person scroll to it.
  const wide = document.documentElement.clientWidth;
  const hidden = (element) => {
    for (let up = element; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.display === "none" || style.visibility === "hidden") return true;
      if (/auto|scroll|hidden|clip/.test(style.overflowX)) return true;
    }
    return false;
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest("svg, .unseen, .skip, script, noscript") || hidden(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.width > 0 && (box.right > wide + 1 || box.left < -1)) found.push(element.outerHTML.slice(0, 200));
  }
  return found;
}"""  # noqa: E501


@pytest.fixture(scope="module")
def hostile_real_file(
    tmp_path_factory: pytest.TempPathFactory, ecosystem: filiera.Ecosystem
) -> Path:
    """The real page, every text of it spoiled."""
    data = hostile_everywhere(page_data(ecosystem))
    return write_page(tmp_path_factory.mktemp("hostile") / "page.html", data)


def nothing_ran(opened: Opened) -> None:
    """Nothing of the data became part of the page, or ran."""
    page = opened.page
    assert page.evaluate("window.__pwned") is None
    assert opened.complaints == []
    assert opened.requests == []
    assert page.locator("script").count() == 2
    assert page.locator("body img, body iframe, body object, body embed").count() == 0
    handlers = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames())"
        ".filter(name => name.startsWith('on'))"
    )
    assert handlers == []
    addresses = page.locator("a[href]").evaluate_all("links => links.map(link => link.protocol)")
    assert set(addresses) <= {"http:", "https:", "file:"}


def in_its_frame(page: Page) -> None:
    """Nothing makes the window wider, or stands outside it."""
    size = page.viewport_size
    assert size is not None
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
    assert page.evaluate(OVERFLOWING) == []


@pytest.mark.parametrize("context", [{}, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_hostile_texts_and_runs_nothing(
    open_page: Open, hostile_real_file: Path, view: str, context: dict[str, object]
) -> None:
    opened = open_page(hostile_real_file, hash=f"#/{view}", **context)
    page = opened.page
    page.wait_for_timeout(300)
    nothing_ran(opened)
    in_its_frame(page)
    page.evaluate("filiera.select('landi-renzo')")
    opened.selected("landi-renzo")
    expect(page.locator("#panel h2")).to_contain_text("Landi Renzo")
    page.evaluate("document.querySelectorAll('#panel details').forEach(one => one.open = true)")
    nothing_ran(opened)
    in_its_frame(page)
    panel = page.locator("#panel-content")
    assert panel.evaluate("content => content.scrollWidth <= content.clientWidth")
    page.evaluate("filiera.select(null)")
    page.get_by_role("button", name="English").click()
    page.evaluate("location.hash = location.hash + '?at=2016-12-31'")
    page.wait_for_function("() => filiera.state().at === '2016-12-31'")
    nothing_ran(opened)
    in_its_frame(page)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_stays_open_to_everybody(
    open_page: Open, hostile_real_file: Path, view: str
) -> None:
    opened = open_page(hostile_real_file, hash=f"#/{view}/landi-renzo", color_scheme="dark")
    # axe would measure what of a name lies under the heads of the table, out of view.
    opened.page.evaluate("document.querySelector('.table-scroll')?.scrollTo(0, 0)")
    assert axe_violations(opened.page) == []


def test_every_chain_and_stage_opens(open_page: Open, hostile_real_file: Path) -> None:
    opened = open_page(hostile_real_file, hash="#/chain")
    for chain in ("chain-batteries", "chain-engines-vehicles", "chain-hydrogen"):
        opened.page.evaluate(f"location.hash = '#/chain?chain={chain}&compare=2016-12-31'")
        opened.page.wait_for_function("id => filiera.state().chain === id", arg=chain)
        nothing_ran(opened)
        in_its_frame(opened.page)
    opened.page.evaluate("location.hash = '#/chain?chain=chain-batteries&open=erm-bms'")
    opened.page.wait_for_function("() => filiera.state().opened === 'erm-bms'")
    nothing_ran(opened)
    in_its_frame(opened.page)


def test_every_question_opens(
    open_page: Open, hostile_real_file: Path, ecosystem: filiera.Ecosystem
) -> None:
    opened = open_page(hostile_real_file, hash="#/questions")
    for question in page_data(ecosystem)["questions"]:
        opened.page.evaluate("id => { location.hash = `#/questions?ask=${id}`; }", question["id"])
        opened.page.wait_for_function("id => filiera.state().question === id", arg=question["id"])
        nothing_ran(opened)
    in_its_frame(opened.page)


def test_searching_filtering_and_pointing(open_page: Open, hostile_real_file: Path) -> None:
    opened = open_page(hostile_real_file)
    page = opened.page
    for facet in page.locator("[data-facet]").all():
        facet.locator("summary").click()
        facet.locator(".facet-value").first.click()
        nothing_ran(opened)
        in_its_frame(page)
        facet.locator(".text-button").click()
        facet.locator("summary").click()
    page.locator("#search").fill("<script>")
    expect(page.locator("#result-list [role=option]").first).to_be_visible()
    in_its_frame(page)
    page.locator("#search").fill("")
    for thing in ("landi-renzo", "bi-rex"):
        page.mouse.move(*opened.position(thing))
    page.evaluate("location.hash = '#/landi-renzo?to=bi-rex'")
    page.wait_for_function("() => filiera.state().to === 'bi-rex'")
    nothing_ran(opened)
    in_its_frame(page)
    page.locator("#help-open").click()
    nothing_ran(opened)


def test_files_of_the_table_hold_no_formula(open_page: Open, hostile_real_file: Path) -> None:
    opened = open_page(hostile_real_file, hash="#/table", query="?lang=it")
    page = opened.page
    with page.expect_download() as download:
        page.locator("[data-key=csv]").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 479
    assert {len(row) for row in rows} == {8}
    assert not [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r\n]", cell)]
    assert any(MARKS[1] in cell for row in rows for cell in row)
    with page.expect_download() as download:
        page.locator("[data-key=xlsx]").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    assert book.worksheets[0].max_row == 479


@pytest.mark.parametrize("view", ["network", "chain", "map", "time"])
def test_drawings_that_are_taken_away_hold_no_markup_of_the_data(
    open_page: Open, hostile_real_file: Path, view: str, tmp_path: Path
) -> None:
    opened = open_page(hostile_real_file, hash=f"#/{view}")
    page = opened.page
    page.locator("#share").click()
    with page.expect_download() as download:
        page.locator("[data-share=svg]").click()
    drawing = tmp_path / "drawing.svg"
    drawing.write_bytes(download.value.path().read_bytes())
    seen = open_page(drawing, wait=False)
    assert seen.page.evaluate("document.documentElement.nodeName") == "svg"
    assert seen.page.locator("script, img, foreignObject, iframe").count() == 0
    assert seen.page.evaluate(
        "[...document.querySelectorAll('*')].every("
        "e => !e.getAttributeNames().some(name => name.startsWith('on')))"
    )
    nothing_ran(opened)
