"""The cells of one sheet of a workbook, row by row as its file has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import NamedTuple
from xml.etree.ElementTree import Element

from db.model.errors import RefusedError
from db.model.text import clean
from tracker.exchange.grids.grid import EMPTY, GridCell, Span, Value
from tracker.exchange.grids.placeholders import is_placeholder
from tracker.exchange.grids.unread import Flaw, is_error
from tracker.exchange.workbooks.book import Book, Page, Style
from tracker.exchange.workbooks.number_formats import (
    day_of,
    is_elapsed,
    parts_shown,
    shown_day,
    shown_time,
)
from tracker.exchange.workbooks.xml_elements import Runs, content, decode, is_on, runs_of

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "Row", "SheetXml", "cell_of", "too_large"]

MOST_ROWS = 2**20
MOST_COLUMNS = 2**14
_MOST_RANGES = 100_000
_REFERENCE = re.compile(r"\s*\$?([A-Za-z]{1,3})\$?([0-9]+)\s*")
_RANGE = re.compile(r"\s*\$?([A-Za-z]{1,3})\$?([0-9]+)(?::\$?([A-Za-z]{1,3})\$?([0-9]+))?\s*")
_PLAIN = Style()


class Row(NamedTuple):
    """One row that has cells.

    Attributes:
        number: Counted from 0.
        hidden: Whether a person does not see it.
        cells: The cells that are not empty, by column, from 0.
    """

    number: int
    hidden: bool
    cells: dict[int, GridCell]


def too_large(name: str, most: int) -> RefusedError:
    """The refusal of a sheet with too many rows, columns or cells."""
    return RefusedError(
        f"{name}: more than {most:,} rows or cells: delete empty rows and columns",
        code="sheet-too-large",
        path=name,
        most=most,
    )


@dataclass(slots=True)
class SheetXml:
    """Reads the part of a sheet; `rows` gives what is ready, the rest is known at its end.

    Attributes:
        hidden_columns: 1 for each column that a person does not see.
        hidden_rows: The rows that a person does not see, empty ones too.
        merged: Merged ranges.
        is_sheet: Whether the part is a sheet of cells at all.
    """

    book: Book
    page: Page
    hidden_columns: bytearray = field(default_factory=lambda: bytearray(MOST_COLUMNS))
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)
    is_sheet: bool = False
    _row: int = -1
    _hidden: bool = False
    _cells: dict[int, GridCell] = field(default_factory=dict)
    _column: int = -1
    _kind: str = ""
    _style: int = 0
    _made: dict[tuple[str, int, str], GridCell] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Every row in which something stands, in the order of the file.

        Raises:
            RefusedError: The part is damaged, or speaks of more than a sheet can hold.
        """
        package = self.book.package
        whole, begun = ("c", "col", "mergeCell"), ("worksheet", "row")
        for element in package.elements(self.page.part, whole, begun):
            if element.tag == "c":
                yield from self._read_cell(element)
            elif element.tag == "row":
                yield from self._finished()
                self._start_row(element)
            elif element.tag == "col":
                self._hide_columns(element)
            elif element.tag == "mergeCell":
                self._merge(element)
            else:
                self.is_sheet = True
        yield from self._finished()

    # -- rows and columns ------------------------------------------------------------------------

    def _finished(self) -> list[Row]:
        """The row that is being read, where something stands in it; the next one begins."""
        cells, self._cells = self._cells, {}
        return [Row(self._row, self._hidden, cells)] if cells else []

    def _start_row(self, row: Element) -> None:
        number = row.get("r", "").strip()
        self._row = int(number) - 1 if number.isdecimal() and number != "0" else self._row + 1
        self._check(self._row, 0)
        self._hidden = is_on(row.get("hidden")) or _is_zero(row.get("ht"))
        if self._hidden:
            self.hidden_rows.add(self._row)
        self._column = -1

    def _hide_columns(self, columns: Element) -> None:
        if is_on(columns.get("hidden")) or _is_zero(columns.get("width")):
            first = max(_int(columns.get("min"), 1), 1)
            last = min(_int(columns.get("max"), 1), MOST_COLUMNS)
            self.hidden_columns[first - 1 : last] = b"\1" * (last - first + 1)

    def _merge(self, cells: Element) -> None:
        if span := _span(cells.get("ref", "")):
            self.merged.append(span)
            if len(self.merged) > _MOST_RANGES:
                raise too_large(self.book.package.path.name, _MOST_RANGES)

    def _check(self, row: int, column: int) -> None:
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            raise too_large(self.book.package.path.name, MOST_ROWS)

    # -- cells -----------------------------------------------------------------------------------

    def _read_cell(self, cell: Element) -> Iterator[Row]:
        """Take a cell; yield the row before it where the cell begins another."""
        if self._row < 0:
            return  # outside of any row
        yield from self._place(cell.get("r"))
        self._kind = cell.get("t", "n")
        style = cell.get("s", "0")
        self._style = int(style) if style.isdecimal() else 0
        inline, formula, stored = cell.find("is"), cell.find("f"), cell.find("v")
        value = None if stored is None else content(stored)
        if inline is not None:
            given = self._texts(runs_of(inline))
        elif formula is not None:
            given = self._computed(value, content(formula))
        elif value is None:
            return
        else:
            key = self._kind, self._style, value
            known = self._made.get(key)
            given = self._given(value) if known is None else known
            if known is None and len(self._made) < _MOST_RANGES:
                self._made[key] = given
        if given is not EMPTY:
            self._cells[self._column] = given

    def _place(self, reference: str | None) -> Iterator[Row]:
        """Go where a cell says that it stands; one that says nothing is beside the last one."""
        match = _REFERENCE.fullmatch(reference) if reference else None
        if match is None:
            self._column += 1
        else:
            self._column = _column(match[1])
            row = int(match[2]) - 1
            if row != self._row and row >= 0:
                self._check(row, 0)
                yield from self._finished()
                self._row = row
                if self._hidden:
                    self.hidden_rows.add(row)
        self._check(self._row, self._column)

    def _look(self) -> Style:
        styles = self.book.styles
        return styles[self._style] if self._style < len(styles) else _PLAIN

    def _computed(self, value: str | None, formula: str) -> GridCell:
        """A formula: what it last came to, or that nobody knows what it comes to."""
        told = value is not None and (value.strip() != "" or self._kind == "str")
        if not told or (self.book.stale and value == "0" and self._kind == "n"):
            return GridCell(None, self._look().form, Flaw.FORMULA, f"={clean(formula)}")
        return self._given(value or "")

    def _given(self, value: str) -> GridCell:
        if self._kind == "s":
            number = value.strip()
            if not number.isdecimal() or int(number) >= len(self.book.texts):
                return GridCell(None, flaw=Flaw.ERROR, stood="?")
            return self._texts(self.book.texts[int(number)])
        if self._kind == "e":
            return GridCell(None, self._look().form, Flaw.ERROR, clean(value))
        if self._kind in {"str", "inlineStr"}:
            return self._texts(decode(value))
        form, struck = self._look()
        if self._kind == "b":
            given = GridCell("TRUE" if is_on(value) else "FALSE", form)
        elif self._kind == "d":
            given = _dated(value, form)
        else:
            given = _number(value, form, mac=self.book.mac)
        return _struck(given) if struck and given.value is not None else given

    def _texts(self, text: str | Runs) -> GridCell:
        """A text without what is struck through, whether by its cell or by a run of its own."""
        form, struck = self._look()
        runs: Runs = ((text, None),) if isinstance(text, str) else text
        left = [t for t, own in runs if not (struck if own is None else own)]
        value = clean("".join(left)) or None
        if len(left) != len(runs):
            whole = clean("".join(t for t, _ in runs))
            if whole != (value or ""):
                return GridCell(value, form, Flaw.STRUCK, whole)
        if value is None:
            return EMPTY
        return GridCell(None, form, Flaw.ERROR, value) if is_error(value) else GridCell(value, form)


def _struck(given: GridCell) -> GridCell:
    return GridCell(None, given.form, Flaw.STRUCK, given.text)


def _number(text: str, form: str, *, mac: bool) -> GridCell:
    plain = text.strip()
    try:
        number = float(plain)
    except ValueError:
        number = float("nan")
    if not isfinite(number):
        value = clean(decode(text)) or None
        return GridCell(value, form) if value else EMPTY
    parts = parts_shown(form)
    if not parts:
        whole = plain.lstrip("-").isdecimal()
        return GridCell(int(plain) if whole else number, form)
    if parts == "t" and (0 <= number < 1 or is_elapsed(form)):
        return GridCell(shown_time(number), form)
    day = day_of(number, mac=mac)
    if day is None or is_placeholder(day) or (mac and number < 1):
        return GridCell(None, form, Flaw.PLACEHOLDER, day.isoformat() if day else plain)
    return GridCell(shown_day(day, parts), form)


def _dated(text: str, form: str) -> GridCell:
    """A day in ISO 8601, maybe with a time behind it."""
    value: Value
    try:
        value = date.fromisoformat(text.strip()[:10])
    except ValueError:
        value = clean(text) or None
        return GridCell(value, form) if value else EMPTY
    if is_placeholder(value):
        return GridCell(None, form, Flaw.PLACEHOLDER, value.isoformat())
    return GridCell(shown_day(value, parts_shown(form) or "d"), form)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_of(reference: str) -> tuple[int, int] | None:
    """The row and the column of a cell, from 0; of a range, those of its first one."""
    match = _RANGE.fullmatch(reference)
    return (int(match[2]) - 1, _column(match[1])) if match else None


def _span(reference: str) -> Span | None:
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    left, top = _column(match[1]), int(match[2]) - 1
    right = _column(match[3]) if match[3] else left
    bottom = int(match[4]) - 1 if match[4] else top
    span = Span(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    return span if (span.top, span.left) != (span.bottom, span.right) else None


def _is_zero(text: str | None) -> bool:
    try:
        return text is not None and float(text) == 0
    except ValueError:
        return False


def _int(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.strip().isdecimal() else otherwise
