"""The page on which the table is tested, and the files that the table gives."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

import filiera
from filiera.views.page_data import page_data
from tests.browser.conftest import write_page
from tests.browser.page_data import PageData


def italian_data(ecosystem: filiera.Ecosystem) -> PageData:
    """The data of the real page."""
    return page_data(ecosystem)


def italian_page(tmp_path_factory: pytest.TempPathFactory, real_data: PageData) -> Path:
    """The page of the real ecosystem, in Italian."""
    return write_page(tmp_path_factory.mktemp("table") / "page.html", real_data)


def taken(page: Page, form: str) -> bytes:
    """The file that a button of the table gives."""
    with page.expect_download() as download:
        page.locator(f".table-bar [data-key={form}]").click()
    assert re.fullmatch(
        rf"filiera-\w+(-\d{{4}}-\d\d-\d\d)?\.{form}", download.value.suggested_filename
    )
    return download.value.path().read_bytes()


def csv_rows(page: Page) -> list[list[str]]:
    """The rows of the CSV file, read back."""
    content = taken(page, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
