"""Answers as plain text: lined up, fitted to the terminal, never cut in a file."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filiera.results import Column, Iri, Results, Value
from filiera.views.terminal import markdown_table, shortened, table_text

COLUMNS = [Column("who", "Who", "thing"), Column("n", "Staff", "number"), Column("note", "Note")]
ROWS: list[tuple[Value, ...]] = [
    (Iri("https://example.org/acme", "Acme"), 12, "Makes gears and screws for tractors"),
    (Iri("https://example.org/bolt", "Bolt & Söhne"), Decimal("7.5"), None),
]


def results(rows: list[tuple[Value, ...]] = ROWS, lang: str = "en") -> Results:
    return Results(COLUMNS, rows, lang=lang)


def test_a_table_for_a_file_is_lined_up_and_whole() -> None:
    assert table_text(results()) == (
        "Who           Staff  Note\n"
        "────────────────────────────────────────────────────────\n"
        "Acme             12  Makes gears and screws for tractors\n"
        "Bolt & Söhne    7.5\n"
    )


def test_a_table_for_a_terminal_wraps_and_counts() -> None:
    assert table_text(results(), 40) == (
        "Who       Staff  Note\n"
        "────────────────────────────────────────\n"
        "Acme         12  Makes gears and screws\n"
        "                 for tractors\n"
        "Bolt &      7.5\n"
        "Söhne\n"
        "\n"
        "(2 rows)\n"
    )


@pytest.mark.parametrize("width", range(20, 90, 7))
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = table_text(results(), width).splitlines()
    assert max(len(line) for line in lines) <= width


def test_a_table_that_does_not_fit_becomes_a_list() -> None:
    assert table_text(results(lang="it"), 20) == (
        "1.\n"
        "  Who: Acme\n"
        "  Staff: 12\n"
        "  Note: Makes gears\n"
        "    and screws for\n"
        "    tractors\n"
        "\n"
        "2.\n"
        "  Who: Bolt & Söhne\n"
        "  Staff: 7.5\n"
        "\n"
        "(2 righe)\n"
    )


def test_columns_without_a_value_are_named_below() -> None:
    text = table_text(results([(Iri("https://example.org/acme", "Acme"), None, None)]), 60)
    assert text == "Who\n────\nAcme\n\n(1 row; always empty: Staff, Note)\n"


def test_long_cells_are_cut_on_a_terminal_only() -> None:
    long = results([(None, 1, "word " * 100)])
    assert "…" in table_text(long, 80)
    assert "…" not in table_text(long)
    assert table_text(long).count("word") == 100


def test_only_a_colour_terminal_gets_escapes() -> None:
    assert "\x1b" in table_text(results(), 60, colour=True)
    assert "\x1b" not in table_text(results(), 60)


def test_hostile_text_is_shown_as_it_stands() -> None:
    text = table_text(results([(None, 1, "[bold]not markup[/bold] :smile:")]), 60)
    assert "[bold]not markup[/bold] :smile:" in text


def test_markdown_escapes_what_would_break_the_table() -> None:
    assert markdown_table(results([(None, 3, "a|b\\c\nd")])) == (
        "| Who | Staff | Note |\n| --- | ---: | --- |\n|  | 3 | a\\|b\\\\c d |\n"
    )


def test_shortening_keeps_to_the_length() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "ab…"
    assert shortened("a bcd", 3) == "a…"
