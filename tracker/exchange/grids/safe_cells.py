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

from db.model.text import clean

__all__ = ["Cell", "Sheet", "Signed", "guard", "unguard", "workbook"]

Cell = str | float | date | None

_FORMULA = re.compile(r"['\s\ufeff]*[=+\-@＝＋－＠]|[ '\ufeff]*[\t\r\n\x0b\x0c]")
_LONGEST_CELL = 32_767  # what Excel takes; a longer text would be dropped whole
_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_FIRST_DAY = date(1900, 3, 1)  # before it, the days of a spreadsheet are counted wrongly
_NARROWEST, _WIDEST = 6, 44
_TORN = 6  # cells of a line that stay empty because a word did not fit
_LINE, _TITLE, _HIGHEST = 14, 22, 400  # points
_LOOK = {"font_name": "Malgun Gothic", "font_size": 10, "valign": "top"}
_FORMS = {
    "title": {"bold": True, "font_size": 14},
    "lead": {"font_color": "#5A636B"},
    "head": {"bold": True, "bottom": 1, "bg_color": "#EDF1F4", "text_wrap": True},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "whole": {"num_format": "#,##0"},
    "broken": {"num_format": "#,##0.0#"},
    "signed": {"num_format": "+#,##0;-#,##0;0"},
    "text": {"text_wrap": True},
}


def guard(text: str) -> str:
    """Return the text as a cell of CSV that is no formula; `unguard` takes it back.

    >>> guard("=1+1"), guard("준공")
    ("'=1+1", '준공')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text that `guard` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


class Signed(int):
    """A number that is shown with its sign."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a header, and rows as long as it.

    `frozen` columns stay in sight on the left, as the header does at the top. `lead` stands
    above the header, the first line of it as the title of the whole.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    frozen: int = 1
    lead: Sequence[str] = ()


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
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": _LOOK,
        },
    )
    book.set_properties({"created": datetime.combine(made, time(), UTC)})
    forms = {name: book.add_format(form) for name, form in _FORMS.items()}
    taken: set[str] = set()
    for sheet in sheets:
        _write(book, sheet, _name(sheet.name, taken), forms)
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


def _write(book: Any, sheet: Sheet, name: str, forms: dict[str, Any]) -> None:  # noqa: ANN401 - xlsxwriter has no types
    page = book.add_worksheet(name)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer("&L&8&A&R&8&P / &N")
    for number, line in enumerate(sheet.lead):
        page.set_row(number, _LINE if number else _TITLE)
        page.write_string(number, 0, line, forms["lead" if number else "title"])
    top = len(sheet.lead) + 1 if sheet.lead else 0
    page.repeat_rows(top)
    page.freeze_panes(top + 1, sheet.frozen)
    for column, title in enumerate(sheet.header):
        page.write_string(top, column, title, forms["head"])
    widths = [_cells(title) for title in sheet.header]
    last = top
    for last, row in enumerate(sheet.rows, start=top + 1):
        wide = [_cells(str(cell or "")) for cell in row]
        if max(wide) > _WIDEST:  # not every program finds the height of a row by itself
            page.set_row(last, min(_LINE * -(-max(wide) // (_WIDEST - _TORN)), _HIGHEST))
        widths = list(map(max, widths, wide))
        for column, cell in enumerate(row):
            _put(page, last, column, cell, forms)
    page.autofilter(top, 0, last, len(sheet.header) - 1)
    for column, width in enumerate(widths):
        page.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))


def _put(page: Any, row: int, column: int, cell: Cell, forms: dict[str, Any]) -> None:  # noqa: ANN401
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        if cell >= _FIRST_DAY:
            page.write_datetime(row, column, datetime.combine(cell, time()), forms["day"])
        else:
            page.write_string(row, column, cell.isoformat(), forms["text"])
    elif isinstance(cell, str):
        page.write_string(row, column, cell[:_LONGEST_CELL], forms["text"])
    else:
        signed = "signed" if isinstance(cell, Signed) else "whole"
        form = signed if cell == int(cell) else "broken"
        page.write_number(row, column, cell, forms[form])


def _cells(text: str) -> int:
    """How wide a text is, a syllable of Hangul being two."""
    return len(text) + sum(c > "\u1100" for c in text)
