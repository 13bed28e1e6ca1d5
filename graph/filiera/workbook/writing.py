"""A workbook as bytes: the same book always gives the same ones."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

from filiera.texts import Text
from filiera.workbook import limits
from filiera.workbook.cells import Cells, Remark, SheetCells, heading
from filiera.workbook.fitting import (
    LINE_HEIGHT,
    column_width,
    row_height,
    text_lines,
)
from filiera.workbook.placing import Part, Places, header_row
from filiera.workbook.printing import print_page, print_table
from filiera.workbook.sheets import Book, Chart, Field, Line, Page, Sheet

__all__ = ["workbook_bytes"]

_TABLE_CELLS = 400_000
"""More cells than this are filtered without being a table, which would take memory for each."""

_NO_DAY = date(1980, 1, 1)
"""Day of a workbook without one: with it begins the time of the archives that workbooks are."""

_PAGE_WIDTHS = (34, 24, 24, 24, 24)
_CHART_WIDTH = 900
_ROW_PIXELS = 20
_APART = 120
"""Days that two points of a line lie apart at least, if both bear their number."""

_REMARKS = Text("Osservazioni", "Remarks")
_REMARK_FIELDS = (
    Text("Foglio", "Sheet"),
    Text("Cella", "Cell"),
    Text("Osservazione", "Remark"),
    Text("Testo", "Text"),
)
_COLOURS = ("#3584DC", "#B84A10", "#057A5F", "#6D1D6E", "#AE880C", "#5A6069")


def workbook_bytes(book: Book) -> bytes:
    """The workbook as the content of an ``.xlsx`` file.

    What Excel cannot hold is not dropped: a table that is too long goes on on another sheet,
    and the rest of a text that is too long stands, like all that was changed, on a last sheet
    of remarks, which is there only if needed.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    writer = _Writer(Workbook(out, {"in_memory": True}), book)
    writer.write()
    return out.getvalue()


class _Writer:
    """Writes one book."""

    def __init__(self, workbook: Any, book: Book) -> None:
        self._workbook = workbook
        self._book = book
        self._places = Places(book)
        self._cells = Cells(workbook, self._places, book.lang)

    def write(self) -> None:
        """Write all sheets, and close the workbook."""
        book = self._book
        self._workbook.set_properties(
            {
                "title": limits.clean(book.title),
                "author": limits.clean(book.author),
                "comments": limits.clean(book.comments),
                "created": datetime.combine(book.day or _NO_DAY, time()),
            }
        )
        # Every sheet is there before the first is written: charts and links look ahead.
        for sheet in book.sheets:
            for part in self._places.parts[sheet.key]:
                self._workbook.add_worksheet(part.name)
        for sheet in book.sheets:
            if isinstance(sheet, Sheet):
                for part in self._places.parts[sheet.key]:
                    self._table(sheet, part)
            else:
                self._page(sheet)
        self._remarks(self._cells.remarks())
        self._workbook.close()

    def _remarks(self, remarks: list[Remark]) -> None:
        if not remarks:
            return
        name = limits.sheet_name(_REMARKS(self._book.lang), self._places.taken)
        fields = tuple(Field(title(self._book.lang)) for title in _REMARK_FIELDS)
        sheet = Sheet("remarks", name, fields, tuple(tuple(remark) for remark in remarks))
        self._workbook.add_worksheet(name)
        self._table(sheet, Part(name, "remarks", 0, len(remarks)))

    # A table ---------------------------------------------------------------------------------

    def _table(self, sheet: Sheet, part: Part) -> None:
        worksheet = self._workbook.get_worksheet_by_name(part.name)
        cells, top = self._cells.on(worksheet), header_row(sheet)
        for index, note in enumerate(sheet.notes):
            cells.write(index, 0, note, "note")
        headings = self._headings(sheet)
        rows = sheet.rows[part.start : part.start + part.rows]
        widths = [
            field.width or column_width(headings[column], (row[column] for row in rows))
            for column, field in enumerate(sheet.fields)
        ]
        for number, row in enumerate(rows, top + 1):
            if height := row_height(row, widths):
                worksheet.set_row(number, height)
            for column, cell in enumerate(row):
                cells.write(number, column, cell)
        if height := row_height(headings, widths):
            worksheet.set_row(top, height)
        self._frame(worksheet, part, headings, top, top + max(len(rows), 1))
        for column, (field, width) in enumerate(zip(sheet.fields, widths, strict=True)):
            worksheet.set_column(column, column, width)
            if field.help:
                worksheet.write_comment(top, column, limits.clean(field.help), {"x_scale": 2})
            for text, tone in field.marks.items():
                worksheet.conditional_format(
                    top + 1,
                    column,
                    top + max(len(rows), 1),
                    column,
                    {
                        "type": "cell",
                        "criteria": "==",
                        "value": '"' + text.replace('"', '""') + '"',
                        "format": self._cells.formats[tone],
                    },
                )
        # A code such as 037006 is a text on purpose, and needs no warning.
        worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        worksheet.freeze_panes(top + 1, sheet.frozen_columns)
        worksheet.repeat_rows(top)
        print_table(worksheet, self._book, widths, sheet.frozen_columns)

    def _headings(self, sheet: Sheet) -> list[str]:
        taken: set[str] = set()
        return [
            limits.unique(heading(field.title) or "-", taken, limits.HEADER_TEXT)
            for field in sheet.fields
        ]

    def _frame(
        self, worksheet: Any, part: Part, headings: list[str], top: int, bottom: int
    ) -> None:
        """Header and filters; a table of Excel unless there are too many cells for one."""
        look, last = self._cells.formats["header"], len(headings) - 1
        if (bottom - top) * len(headings) > _TABLE_CELLS:
            for column, text in enumerate(headings):
                worksheet.write_string(top, column, text, look)
            worksheet.autofilter(top, 0, bottom, last)
            return
        worksheet.add_table(
            top,
            0,
            bottom,
            last,
            {
                "name": part.table,
                "style": "Table Style Light 1",
                "columns": [{"header": text, "header_format": look} for text in headings],
            },
        )

    # A page ----------------------------------------------------------------------------------

    def _page(self, page: Page) -> None:
        worksheet = self._workbook.get_worksheet_by_name(self._places.parts[page.key][0].name)
        cells = self._cells.on(worksheet)
        worksheet.hide_gridlines(2)
        for column, width in enumerate(_PAGE_WIDTHS):
            worksheet.set_column(column, column, width)
        lines = sum(self._line(worksheet, cells, *one) for one in enumerate(page.lines))
        row = len(page.lines) + 1
        rows, heights = [0], [lines * _ROW_PIXELS]
        for chart in page.charts:
            worksheet.insert_chart(row, 0, self._chart(chart), {"object_position": 2})
            rows.append(row)
            row += _height(chart) // _ROW_PIXELS + 2
            heights.append((lines + row - len(page.lines)) * _ROW_PIXELS)
        print_page(worksheet, self._book, heights, rows)

    def _line(self, worksheet: Any, cells: SheetCells, number: int, line: Line) -> int:
        """Write a line of a page; how many lines it needs."""
        last, edge, needed = len(line.cells) - 1, len(_PAGE_WIDTHS) - 1, 1
        for column, cell in enumerate(line.cells):
            look = line.style
            if line.style == "pair":
                look = "text" if column else "name"
            if line.style in ("text", "pair") and column == last < edge and isinstance(cell, str):
                # The last text takes the rest of the width, and as many lines as it needs.
                form = self._cells.formats["text"]
                worksheet.merge_range(number, column, number, edge, "", form)
                needed = text_lines(cell, sum(_PAGE_WIDTHS[column:]))
                worksheet.set_row(number, LINE_HEIGHT * needed)
            cells.write(number, column, cell, look)
        return needed

    def _chart(self, chart: Chart) -> Any:
        sheet = next(one for one in self._book.sheets if one.key == chart.sheet)
        assert isinstance(sheet, Sheet)
        name, top = self._places.parts[chart.sheet][0].name, header_row(sheet)
        near = _near(sheet, chart) if chart.kind == "line" else []
        options = {"type": chart.kind, **({"subtype": "stacked"} if chart.kind == "bar" else {})}
        drawn = self._workbook.add_chart(options)
        for number, column in enumerate(chart.values):
            drawn.add_series(
                {
                    "name": [name, top, column],
                    "categories": [name, top + 1, chart.names, top + chart.rows, chart.names],
                    "values": [name, top + 1, column, top + chart.rows, column],
                    **_series_look(chart, number, near),
                }
            )
        drawn.set_title({"name": heading(chart.title), "name_font": {"size": 13}})
        if len(chart.values) == 1:
            drawn.set_legend({"none": True})
        else:
            drawn.set_legend({"position": "bottom"})
        pale = {"visible": True, "line": {"color": "#D9D9D9"}}
        if chart.kind == "bar":
            # The first row on top; each bar bears its number, so the axis of values need not.
            # For bars, which lie, XlsxWriter calls the axis of the names the y axis.
            drawn.set_y_axis({"reverse": True, "major_tick_mark": "none"})
            drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        else:
            years = {"major_unit": 1, "major_unit_type": "years", "num_format": "yyyy"}
            drawn.set_x_axis({"date_axis": True, **years})
            drawn.set_y_axis({"min": 0, "major_gridlines": pale})
        drawn.set_size({"width": _CHART_WIDTH, "height": _height(chart)})
        return drawn


def _height(chart: Chart) -> int:
    """Height in pixels: that of a picture, or what the bars need."""
    return 120 + 32 * chart.rows if chart.kind == "bar" else 360


def _near(sheet: Sheet, chart: Chart) -> list[bool]:
    """Of each point of a line: whether the next one is so near that two numbers would collide."""
    days = [row[chart.names] for row in sheet.rows[: chart.rows]]
    return [
        isinstance(one, date) and isinstance(next_one, date) and (next_one - one).days < _APART
        for one, next_one in zip(days, [*days[1:], None], strict=True)
    ]


def _series_look(chart: Chart, number: int, near: list[bool]) -> dict[str, Any]:
    colour = _COLOURS[number % len(_COLOURS)]
    if chart.kind == "line":
        marker = {"type": "circle", "size": 7, "fill": {"color": colour}}
        return {
            "line": {"color": colour, "width": 2.25},
            "marker": {**marker, "border": {"color": colour}},
            "data_labels": {
                "value": True,
                "position": "above",
                "custom": [{"delete": True} if hidden else None for hidden in near],
            },
        }
    # A zero bears no number.
    labels = {"value": True, "num_format": "0;;", "font": {"color": "#FFFFFF", "bold": True}}
    return {"fill": {"color": colour}, "gap": 60, "data_labels": labels}
