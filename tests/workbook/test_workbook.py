"""Workbooks as Excel reads them: sheets, links, limits, the whole."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiera.workbook import (
    Book,
    Cell,
    Chart,
    Field,
    Goto,
    Line,
    Link,
    Page,
    Share,
    Sheet,
    limits,
    workbook_bytes,
)
from tests.workbook.making import DAY, one_sheet, written
from tests.workbook.reading import link, read, table

# Tables -------------------------------------------------------------------------------------


def test_a_sheet_is_a_table_with_frozen_header_and_filters() -> None:
    sheet = one_sheet(("a", 1), ("b", 2), notes=("First note", "Second note"))
    found = written(sheet)["Things"]
    assert [found["A1"].value, found["A2"].value, found["A3"].value] == [
        "First note",
        "Second note",
        None,
    ]
    assert found.freeze_panes == "B5"
    assert found.tables["things"].ref == "A4:B6"
    assert found.tables["things"].autoFilter.ref == "A4:B6"
    assert found.print_title_rows == "$4:$4"
    assert (found.page_setup.orientation, found.page_setup.fitToHeight) == ("landscape", 0)
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert found.oddHeader.left.text == "Title"
    assert found.oddFooter.left.text == "2026-11-22"
    assert found["A4"].alignment.wrap_text
    assert found["A5"].alignment.wrap_text


def test_a_table_without_rows_has_its_header() -> None:
    sheet = Sheet("things", "Things", (Field("One"), Field("Two")), ())
    assert table(written(sheet), "Things") == [("One", "Two"), (None, None)]


def test_headings_are_unique_and_their_help_is_a_comment() -> None:
    fields = (Field("Name", "What it is called"), Field("name"), Field(""), Field("x" * 300))
    found = written(Sheet("things", "Things", fields, (("a", "b", "c", "d"),)))
    [header, _] = table(found, "Things")
    assert header == ("Name", "name (2)", "-", "x" * 255)
    assert found["Things"]["A1"].comment.text == "What it is called"
    assert found["Things"]["B1"].comment is None


def test_marked_texts_get_their_colour() -> None:
    field = Field("Status", marks={'at "risk"': "bad", "good": "good"})
    found = written(Sheet("things", "Things", (field,), (("good",), ('at "risk"',))))["Things"]
    [(cells, rules)] = list(found.conditional_formatting._cf_rules.items())
    assert str(cells.sqref) == "A2:A3"
    assert [(rule.operator, rule.formula) for rule in rules] == [
        ("equal", ['"at ""risk"""']),
        ("equal", ['"good"']),
    ]


def test_columns_are_as_wide_as_what_they_hold() -> None:
    sheet = Sheet(
        "things",
        "Things",
        (Field("A"), Field("B"), Field("C"), Field("D", width=33)),
        (("x" * 30, "x" * 500, Goto(5, "things"), Link("", "https://example.org")),),
    )
    found = written(sheet)["Things"].column_dimensions
    assert [round(found[letter].width) for letter in "ABCD"] == [32, 61, 10, 34]


def test_rows_are_as_tall_as_what_they_hold() -> None:
    address = "https://example.org/" + "x" * 100
    sheet = Sheet(
        "things",
        "Things",
        (Field("Short", width=10), Field("A heading in two lines", width=14)),
        (
            ("one", 1),
            ("one two three four", 2),
            ("two\nlines", None),
            (Link(address, address), None),
            (Goto("word " * 2000, "things"), None),
        ),
    )
    found = written(sheet)["Things"].row_dimensions
    assert [found[row].height for row in range(1, 7)] == [30, None, 30, 30, None, 408.75]


def test_a_wide_table_is_printed_on_several_pages_side_by_side() -> None:
    for columns, across in ((6, 1), (10, 2), (20, 4)):
        fields = tuple(Field(str(number), width=40) for number in range(columns))
        found = written(Sheet("things", "Things", fields, (("a",) * columns,)))["Things"]
        assert found.page_setup.fitToWidth in (across, None if across == 1 else across)
        assert found.print_title_cols == ("$A:$A" if across > 1 else None)


def test_numbers_keep_off_the_text_beside_them() -> None:
    found = written(one_sheet(("a", 1), ("b", Share(0.5))))["Things"]
    for cell in (found["B2"], found["B3"]):
        assert (cell.alignment.horizontal, cell.alignment.indent) == ("right", 1)


# Links within the workbook ------------------------------------------------------------------


def test_links_lead_to_the_row_with_a_key() -> None:
    target = Sheet(
        "far", "It's far", (Field("Id"),), (("a",), ("b",)), notes=("Note",), keys={"b": 1}
    )
    source = one_sheet(
        (
            Goto("B", "far", "b"),
            Goto(7, "far", "b"),
            Goto("C", "far", "c"),
            Goto("Top", "far"),
            Goto("None", "nowhere", "b"),
            Goto("Page", "page", "b"),
        )
    )
    found = written(source, target, Page("page", "Page", ()))
    cells = list(found["Things"][2])
    assert [(cell.value, link(cell)) for cell in cells] == [
        ("B", "'It''s far'!A5"),
        (7, "'It''s far'!A5"),
        ("C", ""),
        ("Top", "'It''s far'!A1"),
        ("None", ""),
        ("Page", ""),
    ]
    assert found["It's far"]["A5"].value == "b"


# Limits -------------------------------------------------------------------------------------


def test_a_text_that_is_too_long_goes_on_among_the_remarks() -> None:
    text = "".join(chr(ord("a") + number % 26) for number in range(2 * limits.CELL_TEXT + 10))
    found = written(one_sheet(("short",), (text,)))
    cell = found["Things"]["A3"].value
    assert len(cell) == limits.CELL_TEXT
    assert cell.endswith(" […]")
    header, *rows = table(found, "Remarks")
    assert header == ("Sheet", "Cell", "Remark", "Text")
    assert {row[:2] for row in rows} == {("Things", "A3")}
    assert cell.removesuffix(" […]") + "".join(row[3] for row in rows) == text


def test_length_counts_as_excel_counts() -> None:
    found = written(one_sheet(("😀" * 20_000,)))
    parts = [found["Things"]["A2"].value.removesuffix(" […]")]
    parts += [row[3] for row in table(found, "Remarks")[1:]]
    assert "".join(parts) == "😀" * 20_000
    assert all(limits.length(part) <= limits.CELL_TEXT for part in parts)


def test_a_book_where_all_fits_has_no_remarks() -> None:
    assert written(one_sheet(("a" * limits.CELL_TEXT,))).sheetnames == ["Things"]


def test_an_address_that_is_too_long_is_a_text() -> None:
    fits = "https://example.org/".ljust(limits.URL_TEXT, "x")
    found = written(one_sheet((Link("Fits", fits), Link("Long", fits + "x"))))
    one, other = found["Things"][2]
    assert (one.value, link(one)) == ("Fits", fits)
    assert (other.value, link(other)) == (f"Long <{fits}x>", "")
    said = "Addresses written as text because they are longer than 2079 characters: 1"
    assert table(found, "Remarks")[1:] == [("Things", None, said, None)]


def test_links_beyond_what_a_sheet_takes_are_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHEET_LINKS", 2)
    rows = [(Link(f"T{number}", f"https://example.org/{number}"),) for number in range(4)]
    found = written(one_sheet(*rows), lang="it")
    assert [(cell.value, link(cell)) for [cell] in found["Things"]["A2:A5"]] == [
        ("T0", "https://example.org/0"),
        ("T1", "https://example.org/1"),
        ("T2 <https://example.org/2>", ""),
        ("T3 <https://example.org/3>", ""),
    ]
    assert table(found, "Osservazioni")[1][2] == (
        "Link scritti come testo perché Excel ne tiene al massimo 2 per foglio: 2"
    )


def test_rows_beyond_what_a_sheet_takes_stand_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SHEET_ROWS", 4)
    keys = {str(number): number for number in range(5)}
    rows = [(Goto(f"row {number}", "things", str((number + 2) % 5)),) for number in range(5)]
    found = written(one_sheet(*rows, keys=keys))
    assert found.sheetnames == ["Things", "Things (2)"]
    assert [table(found, name)[1:] for name in found.sheetnames] == [
        [("row 0",), ("row 1",), ("row 2",)],
        [("row 3",), ("row 4",)],
    ]
    assert link(found["Things"]["A3"]) == "'Things (2)'!A2"
    assert link(found["Things (2)"]["A2"]) == "'Things'!A2"


def test_a_great_many_cells_are_filtered_without_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filiera.workbook.writing._TABLE_CELLS", 3)
    found = written(one_sheet(("a", 1), ("b", 2)))["Things"]
    assert not found.tables
    assert found.auto_filter.ref == "A1:B3"
    assert [cell.value for cell in found[1]] == ["Column 0", "Column 1"]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("By chain / kind", "By chain kind"),
        ("'quoted'", "quoted"),
        ("", "-"),
        ("HISTORY", "HISTORY (2)"),
        ("[a]:*?\\", "a"),
        ("x" * 40, "x" * 31),
        ("Things", "Things (2)"),
        ("thingS", "thingS (2)"),
    ],
)
def test_names_of_sheets_are_made_to_fit(wanted: str, name: str) -> None:
    other = Sheet("other", wanted, (Field("A"),), (("a",),))
    assert written(one_sheet(("a",)), other).sheetnames == ["Things", name]


def test_long_names_stay_apart() -> None:
    sheets = [Sheet(f"sheet_{n}", "y" * 31 + str(n), (Field("A"),), (("a",),)) for n in range(3)]
    assert written(*sheets).sheetnames == ["y" * 31, "y" * 27 + " (2)", "y" * 27 + " (3)"]


@settings(deadline=None)
@given(st.text(max_size=60), st.integers(1, 40))
def test_cutting_loses_nothing_and_tears_nothing(text: str, most: int) -> None:
    first, rest = limits.cut(text, most)
    assert first + rest == text
    assert limits.length(first) <= most
    if rest:
        assert limits.length(first + rest[0]) > most


# The whole ----------------------------------------------------------------------------------


def test_the_same_book_gives_the_same_bytes_and_bears_its_day() -> None:
    sheets = (one_sheet(("a", Link("b", "https://example.org")), keys={"a": 0}),)
    book = Book("A & B", sheets, DAY, "en", "Somebody", "CC BY 4.0")
    assert workbook_bytes(book) == workbook_bytes(book)
    found = read(workbook_bytes(book))
    said = found.properties
    assert (said.title, said.creator, said.description) == ("A & B", "Somebody", "CC BY 4.0")
    assert said.created == said.modified == datetime(2026, 11, 22)
    assert found["Things"].oddHeader.left.text == "A && B"
    assert found["Things"].oddHeader.right.text == "&A"


def test_a_book_without_a_day_bears_none() -> None:
    found = read(workbook_bytes(Book("A", (one_sheet(("a",)),))))
    assert found.properties.created == datetime(1980, 1, 1)
    assert found["Things"].oddFooter.left.text is None
    assert found["Things"].oddFooter.right.text == "Page &P of &N"


def test_a_page_is_read_from_top_to_bottom() -> None:
    page = Page(
        "page",
        "Page",
        (
            Line(("Title",), "title"),
            Line(("Things", Goto(1, "things")), "pair"),
            Line(("A sentence that needs more than one line. " * 8,)),
            Line(()),
            Line((Goto("Things", "things"), 1, "What they are")),
        ),
    )
    found = written(page, one_sheet(("a",)))["Page"]
    assert [[cell.value for cell in row][:3] for row in found.iter_rows()] == [
        ["Title", None, None],
        ["Things", 1, None],
        ["A sentence that needs more than one line. " * 8, None, None],
        [None, None, None],
        ["Things", 1, "What they are"],
    ]
    assert link(found["B2"]) == link(found["A5"]) == "'Things'!A1"
    assert {str(cells) for cells in found.merged_cells.ranges} == {"A3:E3", "C5:E5"}
    assert found.row_dimensions[3].height == 45
    assert found["A1"].font.size == 18


def test_no_chart_is_torn_between_two_printed_pages() -> None:
    things = one_sheet(*((str(number), number) for number in range(30)))
    bars = Chart("Bars", "bar", "things", 0, (1,), 30)
    found = written(Page("page", "Page", (), (bars, bars, bars)), things)["Page"]
    tops = [chart.anchor._from.row for chart in found._charts]
    assert [one.id for one in found.row_breaks.brk] == tops[1:]
    assert found.page_setup.orientation == "portrait"


def test_numbers_along_a_line_do_not_collide() -> None:
    days = (date(2020, 12, 31), date(2021, 12, 31), date(2022, 1, 31), date(2022, 12, 31))
    things = one_sheet(*(("a", number, day) for number, day in enumerate(days)))
    line = Chart("Line", "line", "things", 2, (1,), 4)
    [chart] = written(Page("page", "Page", (), (line,)), things)["Page"]._charts
    [series] = chart.series
    assert [label.idx for label in series.dLbls.dLbl] == [1], "the later of two stands for both"


def test_charts_draw_columns_of_a_table() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("company", 3, 1, date(2020, 12, 31)),
        ("university", 2, 0, date(2021, 12, 31)),
    )
    sheet = one_sheet(*rows, notes=("Note",))
    bar = Chart("Members & more", "bar", "things", 0, (1, 2), 2)
    line = Chart("Over the years", "line", "things", 3, (1,), 2)
    found = written(Page("page", "Page", (), (bar, line)), sheet)["Page"]._charts
    assert len(found) == 2
    assert [
        (series.tx.strRef.f, series.cat.strRef.f, series.val.numRef.f) for series in found[0].series
    ] == [
        ("Things!$B$3", "Things!$A$4:$A$5", "Things!$B$4:$B$5"),
        ("Things!$C$3", "Things!$A$4:$A$5", "Things!$C$4:$C$5"),
    ]
    assert (found[0].barDir, found[0].grouping) == ("bar", "stacked")
    assert found[0].x_axis.scaling.orientation == "maxMin", "the first row is on top"
    assert (found[0].x_axis.delete, found[0].y_axis.delete) == (None, True)
    [series] = found[1].series
    assert series.cat.numRef.f == "Things!$D$4:$D$5"
    assert found[1].tagname == "lineChart"
    tops = [chart.anchor._from.row for chart in found]
    assert tops[1] - found[0].anchor.to.row >= 1, "they do not cover each other"
