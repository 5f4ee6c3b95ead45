"""The table of all milestones as CSV and as XLSX."""

import csv
from datetime import date
from io import StringIO

from db.reader import Reader
from tracker.exchange.table import header, table_rows
from tracker.limits import Limits
from tracker.sheets import Cell, Sheet, guard, workbook
from tracker.words import Words

__all__ = ["csv_of", "xlsx_of"]


def csv_of(reader: Reader, day: date, limits: Limits, words: Words) -> bytes:
    """CSV in UTF-8 with a byte order mark, which spreadsheets need for Hangul."""
    text = StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(header(words))
    for row in table_rows(reader, day, limits, words):
        lines.writerow([_text(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    return guard(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def xlsx_of(reader: Reader, day: date, limits: Limits, words: Words) -> bytes:
    """A workbook of one sheet, with dates that are dates, a filter and a header that stays."""
    rows = table_rows(reader, day, limits, words)
    return workbook([Sheet(words("sheet.milestones"), header(words), rows, frozen=4)], day)
