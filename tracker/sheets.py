"""Cells of spreadsheets: text that no program takes for a formula, dates that are dates.

A text is a formula to a spreadsheet when it begins with `= + - @`, their full-width
forms, a tab or a line end, with or without blanks before. An XLSX file says of each
cell that it is text; in CSV an apostrophe in front says so.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

from db.text import clean

__all__ = ["Cell", "Sheet", "guard", "unguard", "workbook"]

Cell = str | float | date | None

_FORMULA = re.compile(r"['\s\ufeff]*[=+\-@＝＋－＠]|[ '\ufeff]*[\t\r\n\x0b\x0c]")
_LONGEST_CELL = 32_767  # what Excel takes; a longer text would be dropped whole
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_FIRST_DAY = date(1900, 3, 1)  # before it, the days of a spreadsheet are counted wrongly
_NARROWEST, _WIDEST = 6, 60


def guard(text: str) -> str:
    """Return the text as a cell of CSV that is no formula; `unguard` takes it back.

    >>> guard("=1+1"), guard("준공")
    ("'=1+1", '준공')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text that `guard` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a header, and rows as long as it.

    `frozen` columns stay in sight on the left, as the header does at the top.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    frozen: int = 1


def workbook(sheets: Iterable[Sheet], made: date) -> bytes:
    """Return an XLSX file.

    Args:
        sheets: In their order; names are shortened to what a spreadsheet takes.
        made: The day that the file is said to be of, so that equal contents are equal files.
    """
    from xlsxwriter import (  # type: ignore[import-untyped]  # noqa: PLC0415 - reading has no use for it
        Workbook,
    )

    file = BytesIO()
    book = Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"created": datetime.combine(made, time(), UTC)})
    taken: set[str] = set()
    for sheet in sheets:
        _write(book, sheet, _name(sheet.name, taken))
    book.close()
    return file.getvalue()


def _name(wish: str, taken: set[str]) -> str:
    base = _NOT_IN_A_NAME.sub(" ", clean(wish)).strip("' ")[:_LONGEST_NAME] or "-"
    name, n = base, 1
    while name.casefold() in taken:
        n += 1
        name = f"{base[: _LONGEST_NAME - 4]} {n}"
    taken.add(name.casefold())
    return name


def _write(book: Any, sheet: Sheet, name: str) -> None:  # noqa: ANN401 - xlsxwriter has no types
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    plain = book.add_format({"valign": "top"})
    page = book.add_worksheet(name)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    widths = [_cells(title) for title in sheet.header]
    page.freeze_panes(1, sheet.frozen)
    for column, title in enumerate(sheet.header):
        page.write_string(0, column, title, head)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _put(page, last, column, cell, day, plain)
            widths[column] = max(widths[column], _cells(str(cell or "")))
    page.autofilter(0, 0, last, len(sheet.header) - 1)
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))


def _put(page: Any, row: int, column: int, cell: Cell, day: Any, plain: Any) -> None:  # noqa: ANN401
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        if cell >= _FIRST_DAY:
            page.write_datetime(row, column, datetime.combine(cell, time()), day)
        else:
            page.write_string(row, column, cell.isoformat(), plain)
    elif isinstance(cell, str):
        page.write_string(row, column, cell[:_LONGEST_CELL], plain)
    else:
        page.write_number(row, column, cell, plain)


def _cells(text: str) -> int:
    """How wide a text is, a syllable of Hangul being two."""
    return len(text) + sum(c > "\u1100" for c in text)
