"""The table of all milestones as CSV and as XLSX."""

import csv
from datetime import date
from io import StringIO

from db.reader import Reader
from db.records import Type
from tracker.exchange.exported import Exported
from tracker.exchange.table import Table, header
from tracker.limits import Limits
from tracker.sheets import Cell, Sheet, guard, workbook
from tracker.words import Words

__all__ = ["csv_of", "xlsx_of"]


def csv_of(reader: Reader, day: date, limits: Limits, words: Words) -> Exported:
    """CSV in UTF-8 with a byte order mark, which spreadsheets need for Hangul."""
    text = StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(header(words))
    table = Table(reader, day, limits, words)
    for row in table.rows():
        lines.writerow([_text(cell) for cell in row])
    return _exported(text.getvalue().encode("utf-8-sig"), table)


def _text(cell: Cell) -> str:
    return guard(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def xlsx_of(reader: Reader, day: date, limits: Limits, words: Words) -> Exported:
    """A workbook of one sheet, with dates that are dates, a filter and a header that stays."""
    table = Table(reader, day, limits, words)
    sheet = Sheet(words("sheet.milestones"), header(words), table.rows(), frozen=4)
    return _exported(workbook([sheet], day), table)


def _exported(data: bytes, table: Table) -> Exported:
    return Exported(
        data,
        facilities=table.written[Type.FACILITY],
        programmes=table.written[Type.PROGRAMME],
        milestones=table.milestones,
    )
