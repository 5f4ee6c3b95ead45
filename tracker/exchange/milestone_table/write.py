"""The table of all milestones as CSV and as XLSX."""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO

from db.model.records import Type
from db.read.reader import Reader
from tracker.app.parts import in_parts
from tracker.domain.limits import Limits
from tracker.exchange.export_file import Exported
from tracker.exchange.grids.safe_cells import Cell, Sheet, guard, workbook
from tracker.exchange.milestone_table.layout import Table, header
from tracker.words import Words

__all__ = ["csv_of", "xlsx_of"]


def csv_of(reader: Reader, day: date, limits: Limits, words: Words) -> Exported:
    """CSV in UTF-8 with a byte order mark, which spreadsheets need for Hangul."""
    made = Exported()
    made.parts = in_parts(_lines(Table(reader, day, limits, words), made))
    return made


def _lines(table: Table, made: Exported) -> Iterator[str]:
    text = StringIO(newline="")
    lines = csv.writer(text)
    text.write("\ufeff")
    lines.writerow(header(table.words))
    for row in table.rows():
        lines.writerow([_text(cell) for cell in row])
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()
    _count(made, table)


def _text(cell: Cell) -> str:
    return guard(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def xlsx_of(reader: Reader, day: date, limits: Limits, words: Words) -> Exported:
    """A workbook of one sheet, with dates that are dates, a filter and a header that stays."""
    made = Exported()
    made.parts = _workbook(Table(reader, day, limits, words), made)
    return made


def _workbook(table: Table, made: Exported) -> Iterator[bytes]:
    words = table.words
    sheet = Sheet(words("sheet.milestones"), header(words), table.rows(), frozen=4)
    yield workbook([sheet], table.day)
    _count(made, table)


def _count(made: Exported, table: Table) -> None:
    made.facilities = table.written[Type.FACILITY]
    made.programmes = table.written[Type.PROGRAMME]
    made.milestones = table.milestones
