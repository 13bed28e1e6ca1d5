"""How sheets are printed: on A4, legible, with the title on top and pages counted below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from filiera.texts import Text
from filiera.workbook import limits
from filiera.workbook.cells import heading
from filiera.workbook.sheets import Book

__all__ = ["print_page", "print_table"]

_A4 = 9
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.8, "bottom": 0.7}
_TABLE_CHARACTERS = 240
"""Characters that stand side by side on a sheet of paper and can still be read."""
_PAGE_SCALE = 66
"""Per cent at which the columns of a page fill the width of a sheet of paper that stands."""
_PAGE_PIXELS = 1440
"""Height of what one sheet of paper holds of a page at this scale."""
_PRINTED_PAGE = Text("Pagina &P di &N", "Page &P of &N")
_DAY = Text("%d/%m/%Y", "%Y-%m-%d")


def print_table(worksheet: Any, book: Book, widths: Sequence[int], frozen: int) -> None:
    """Print a table lying; one too wide for a sheet goes on on others, its first columns again."""
    worksheet.set_landscape()
    across = math.ceil(sum(widths) / _TABLE_CHARACTERS)
    worksheet.fit_to_pages(max(across, 1), 0)
    if across > 1 and frozen:
        worksheet.repeat_columns(0, frozen - 1)
    _frame(worksheet, book)


def print_page(worksheet: Any, book: Book, heights: Sequence[int], rows: Sequence[int]) -> None:
    """Print a page standing, and tear none of its charts.

    ``heights`` are where its parts end, in pixels from the top; ``rows`` where each begins.
    """
    worksheet.set_portrait()
    worksheet.set_print_scale(_PAGE_SCALE)
    breaks: list[int] = []
    top = 0
    for number in range(1, len(heights)):
        if heights[number] - top > _PAGE_PIXELS:
            breaks.append(rows[number])
            top = heights[number - 1]
    if breaks:
        worksheet.set_h_pagebreaks(breaks)
    _frame(worksheet, book)


def _frame(worksheet: Any, book: Book) -> None:
    worksheet.set_paper(_A4)
    worksheet.set_margins(**_MARGINS)
    # An ampersand is written twice, and takes the room of two.
    title, _ = limits.cut(heading(book.title), (limits.HEADER_TEXT - 10) // 2)
    worksheet.set_header(f"&L{title.replace('&', '&&')}&R&A")
    day = f"&L{book.day.strftime(_DAY(book.lang))}" if book.day else ""
    worksheet.set_footer(f"{day}&R{_PRINTED_PAGE(book.lang)}")
