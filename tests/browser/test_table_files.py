"""What the table gives to take away: CSV and Excel."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from tests.browser.conftest import Open, table_rows, write_page
from tests.browser.hostile import FORMULAS
from tests.browser.page_data import PageData, invented_page
from tests.browser.table_files import csv_rows, italian_data, italian_page, taken

real_data = pytest.fixture(scope="module")(italian_data)
real_file = pytest.fixture(scope="module")(italian_page)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_csv_says_what_the_table_says(
    open_page: Open, real_file: Path, real_data: PageData, lang: str
) -> None:
    opened = open_page(real_file, hash="#/table?sort=-ties", query=f"?lang={lang}")
    head, *body = csv_rows(opened.page)
    assert head[0] == {"it": "Nome", "en": "Name"}[lang]
    assert len(body) == len(real_data["nodes"])
    assert all(len(row) == len(head) for row in body)
    ties = [int(row[6]) for row in body]
    assert ties == sorted(ties, reverse=True)
    labels = [node["label"] for node in real_data["nodes"]]
    names = {label if isinstance(label, str) else label[lang] for label in labels}
    assert {row[0] for row in body} == names
    narrowed = open_page(
        real_file, hash="#/table?hide=member:no&columns=name,website", query=f"?lang={lang}"
    )
    head, *body = csv_rows(narrowed.page)
    assert len(head) == 2
    assert len(body) == table_rows(narrowed.page).count()


def test_excel_has_texts_numbers_a_frozen_head_and_filters(
    open_page: Open, real_file: Path, real_data: PageData
) -> None:
    opened = open_page(real_file, hash="#/table?at=2022", query="?lang=en")
    book = openpyxl.load_workbook(io.BytesIO(taken(opened.page, "xlsx")))
    assert book.sheetnames == ["Table", "About"]
    sheet = book["Table"]
    n = opened.state()["nodes"]
    assert n < len(real_data["nodes"])
    assert sheet.max_row == n + 1
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:H{n + 1}"
    assert [cell.value for cell in sheet[1]] == [
        "Name", "Kind", "Member", "Place", "Province", "Stages", "Ties in view", "Tied to",
    ]  # fmt: skip
    assert all(cell.font.bold for cell in sheet[1])
    assert {type(cell.value) for cell in sheet["G"][1:]} == {int}
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "n"}
    told = [row[0].value for row in book["About"].iter_rows()]
    assert told[0] == real_data["title"]["en"]
    assert "2022" in str(told[2])
    assert "CC BY 4.0" in str(told[3])


STRANGE = ["a\x00b\x1fc", 'line\nand "quote", comma', "\u202eright", "y" * 40_000]


def test_no_text_of_a_file_is_a_formula(open_page: Open, tmp_path: Path) -> None:
    data = invented_page(30, ties=40)
    texts = [*FORMULAS, "\r=1", *STRANGE]
    for node, text in zip(data["nodes"][3:], texts, strict=False):
        node["label"] = text
    opened = open_page(write_page(tmp_path / "strange.html", data), hash="#/table?columns=name")
    names = [row[0] for row in csv_rows(opened.page)[1:]]
    for text in (*FORMULAS, "\r=1"):
        assert f"'{text}" in names
    assert not [name for name in names if re.match(r"[=+\-@\t\r\n]", name)]
    assert 'line\nand "quote", comma' in names
    book = openpyxl.load_workbook(io.BytesIO(taken(opened.page, "xlsx")))
    cells = [row[0] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert len(cells) == len(data["nodes"])
    assert {cell.data_type for cell in cells} == {"s"}
    values = [str(cell.value) for cell in cells]
    assert {*FORMULAS} <= set(values)
    assert "a\ufffdb\ufffdc" in values
    assert max(map(len, values)) == 32_767
