"""Text with commas, tabs or semicolons between cells → rows, as spreadsheet programs read it."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import NoReturn

from db.model.errors import RefusedError
from db.model.text import clean
from tracker.exchange.grids.file_reading import MOST_BYTES, lines_of, read_blocks, read_file
from tracker.exchange.grids.grid import EMPTY, Grid, GridCell, Value
from tracker.exchange.grids.safe_cells import unguard
from tracker.exchange.grids.unread import Flaw, Unread, is_error

__all__ = ["read_csv", "stream_csv"]

_LOOKED_AT = 20_000  # characters from which the delimiter is told
_DELIMITERS = ",\t;|"
_WIDE = 3  # columns beyond which more of them tell nothing
_STATED = re.compile(r"\ufeff?sep=(.)\1*\s*", re.IGNORECASE)
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_ESCAPED_BREAK = re.compile(r"_x00(?:0[DdAa9]|A0|a0)_")
_UNFINISHED, _TOO_LONG = "unexpected end of data", "field larger than"  # how csv says it
_END = "-"


def read_csv(path: Path) -> Grid:
    """Read CSV whole, as `stream_csv` reads it.

    Raises:
        RefusedError: The file cannot be read, is too large to be held, or a quote is left open.
    """
    text = read_file(path, MOST_BYTES)
    lines = _records(StringIO(text, newline=""), text, path)
    grid = Grid("", [list(map(_cell, line)) for line in lines])
    for number, row in enumerate(grid.rows):
        for column, given in enumerate(row):
            if given.flaw:
                grid.unread.note(given.flaw, number, column)
    return grid


def stream_csv(path: Path, unread: Unread | None = None) -> Iterator[list[Value]]:
    """Go through CSV row by row; what is left out of it is noted in `unread`.

    The delimiter is the one that makes the most of the first lines, or the one that a first
    line `sep=;` states.

    Raises:
        RefusedError: The file cannot be read, or a quote is left open.
    """
    blocks = read_blocks(path)
    first = next(blocks, "")
    for number, line in enumerate(_records(lines_of(chain([first], blocks), path), first, path)):
        cells = list(map(_cell, line))
        yield [cell.value for cell in cells]
        for column, cell in enumerate(cells if unread is not None else ()):
            if cell.flaw and unread is not None:
                unread.note(cell.flaw, number, column)


class _Held:
    """Lines on their way to the reader of CSV; those of the record that it is at are kept."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.record: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.record.append(line)
            self.number += 1
            yield line


def _records(lines: Iterable[str], head: str, path: Path) -> Iterator[list[str]]:
    """The cells of each record.

    A quote in the midst of a cell is taken as it stands, as long as the cell ends in its line:
    beyond that, rows would be swallowed.
    """
    stated = _STATED.fullmatch(re.split(r"[\r\n]", head, maxsplit=1)[0])
    delimiter = stated[1] if stated else _delimiter(head)
    held = _Held(lines)
    left = iter(held)
    if stated:
        next(left, None)
        held.record.clear()
    while True:
        try:
            for cells in csv.reader(left, delimiter=delimiter, strict=True):
                held.record.clear()
                yield cells
        except csv.Error as error:
            first = held.number - len(held.record) + 1
            if len(held.record) != 1 or str(error).startswith((_UNFINISHED, _TOO_LONG)):
                raise _bad_record(path, first, error) from None
            yield _leniently(held.record[0], delimiter) or _refuse(path, first, error)
            held.record.clear()
        else:
            return


def _leniently(line: str, delimiter: str) -> list[str] | None:
    """The cells of a line with stray quotes; None where a quote is open at its end."""
    try:
        rows = list(csv.reader([line, _END], delimiter=delimiter))
    except csv.Error:
        return None
    return rows[0] if rows[1:] == [[_END]] else None


def _refuse(path: Path, line: int, error: csv.Error) -> NoReturn:
    raise _bad_record(path, line, error) from None


def _bad_record(path: Path, line: int, error: csv.Error) -> RefusedError:
    if str(error).startswith(_TOO_LONG):
        return RefusedError(
            f"{path.name}: {line}: a cell of more than {csv.field_size_limit():,} characters",
            code="csv-long-cell",
            path=path.name,
            line=line,
            most=csv.field_size_limit(),
        )
    return RefusedError(
        f"{path.name}: {line}: a quote stands astray or is not closed",
        code="csv-quote",
        path=path.name,
        line=line,
    )


def _delimiter(text: str) -> str:
    """What stands between the cells: with it most lines have several, and the same number."""
    head = text[:_LOOKED_AT]
    if len(text) > _LOOKED_AT and "\n" in head:
        head = head[: head.rindex("\n")]

    def worth(delimiter: str) -> int:
        try:
            rows = list(csv.reader(StringIO(head, newline=""), delimiter=delimiter))
        except csv.Error:
            return 0
        widths = Counter(map(len, rows))
        return max((min(width - 1, _WIDE) * count**2 for width, count in widths.items()), default=0)

    return max(_DELIMITERS, key=worth)


@lru_cache(10_000)  # tables say the same over and over, mostly nothing
def _cell(text: str) -> GridCell:
    value = _plain(text)
    if value is None:
        return EMPTY
    return GridCell(None, flaw=Flaw.ERROR, stood=value) if is_error(value) else GridCell(value)


def _plain(text: str) -> str | None:
    """The text that a person meant by a cell: `="2026-01"` is how programs keep it a text."""
    as_text = _AS_TEXT.fullmatch(text.strip())
    if as_text:
        return clean(as_text[1].replace('""', '"')) or None
    if "_x00" in text:
        text = _ESCAPED_BREAK.sub(" ", text)
    return clean(unguard(text)) or None
