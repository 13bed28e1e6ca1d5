"""The report as a file: HTML, Markdown, an Excel workbook or JSON, by the ending of its name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from filiera.errors import UsageError
from filiera.texts import Text
from filiera.views.files import new_file, refuse_unwritable

if TYPE_CHECKING:
    from filiera.answers.report_model import Report
    from filiera.ecosystem import Ecosystem

__all__ = ["FORMATS", "report_bytes", "report_format", "write_report"]

FORMATS = ("html", "md", "xlsx", "json")
"""Formats of a report, which are also the endings of its files."""


def report_format(path: Path) -> str:
    """Format that the ending of a file names. Raises UsageError for any other ending."""
    ending = path.suffix.lower().removeprefix(".")
    if ending in FORMATS:
        return ending
    endings, last = ", ".join(f".{name}" for name in FORMATS[:-1]), FORMATS[-1]
    raise UsageError(
        Text(
            f"l'estensione di {path} non indica un formato; usa {endings} o .{last}",
            f"the ending of {path} names no format; end it in {endings} or .{last}",
        )
    )


def report_bytes(ecosystem: Ecosystem, report: Report, form: str, lang: str) -> bytes:
    """The report in one of ``FORMATS``; the ecosystem is the one that it was made from."""
    if form == "html":
        from filiera.views.report_html import report_page

        return report_page(report, lang).encode()
    if form == "xlsx":
        from filiera.views.report_workbook import report_workbook

        return report_workbook(ecosystem, report, lang)
    if form == "md":
        return report.markdown(lang).encode()
    return (json.dumps(report.to_dict(lang), ensure_ascii=False, indent=2) + "\n").encode()


def write_report(
    ecosystem: Ecosystem,
    report: Report,
    path: Path,
    lang: str,
    *,
    form: str = "",
    force: bool = False,
) -> None:
    """Write the report to a file, in a format or in that of the ending.

    Raises UsageError for an ending that names no format, OutputError when ``path`` exists and
    ``force`` is false, or cannot be written; then nothing is left behind.
    """
    settled = form or report_format(path)
    refuse_unwritable(path, force=force)
    data = report_bytes(ecosystem, report, settled, lang)
    with new_file(path, force=force) as output:
        output.write(data)
