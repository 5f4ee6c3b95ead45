"""Spreadsheet files as grids of cells: CSV and XLSX, read without trusting either.

An XLSX file is a zip of XML. Before anything of it is unpacked its stated sizes are
weighed, and a part that declares entities is refused; openpyxl then reads values only,
never formulas, links or pictures.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache, partial
from io import BytesIO, StringIO
from itertools import chain
from pathlib import Path
from typing import Any

from db.errors import RefusedError
from db.text import clean
from tracker.exchange.archive import Packed
from tracker.exchange.reading import MOST_BYTES, lines_of, no_file, read_blocks, read_file
from tracker.sheets import unguard

__all__ = [
    "MOST_CELLS",
    "Given",
    "Grid",
    "Value",
    "read_csv",
    "read_xlsx",
    "shown",
    "stream_csv",
    "stream_xlsx",
]

MOST_CELLS = 400_000  # of a workbook that has to be held whole, because of its merged cells
_MOST_ROWS = 2**20  # of a sheet in any file
_LOOKED_AT = 5000  # characters of CSV from which the delimiter is guessed
_DELIMITERS = ",\t;|"
_REMEMBERED = 10_000  # cells of CSV that are different

Value = str | float | date | None
"""What stands in a cell; an empty one holds nothing."""


@dataclass(frozen=True, slots=True)
class Given:
    """One cell: its value, and the number format that tells how it was shown."""

    value: Value = None
    form: str = "General"

    @property
    def text(self) -> str:
        """The cell as text, for messages and for words."""
        return shown(self.value)


def shown(value: Value) -> str:
    """The value of a cell as text; nothing where there is none."""
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


EMPTY = Given()


@dataclass(slots=True)
class Grid:
    """One sheet. Rows and columns count from 0; `spans` maps a cell inside a merged range
    to the range's first cell, `remarks` a row and a column to the comment that hangs there.
    """  # noqa: D205 - one sentence

    name: str
    rows: list[list[Given]]
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    remarks: dict[int, dict[int, str]] = field(default_factory=dict)
    _width: int | None = None

    def at(self, row: int, column: int, *, across: bool = False) -> Given:
        """The cell; inside a merged range, the range's, sideways only if `across`."""
        top, left = self.spans.get((row, column), (row, column))
        if left != column and not across:
            return EMPTY
        line = self.rows[top]
        return line[left] if left < len(line) else EMPTY

    @property
    def width(self) -> int:
        """How many columns the widest row has; looked for once."""
        if self._width is None:
            self._width = max(map(len, self.rows), default=0)
        return self._width

    def remarks_in(self, row: int) -> list[tuple[int, str]]:
        """The comments of a row with their columns, from the left."""
        return sorted(self.remarks.get(row, {}).items())


def read_csv(path: Path) -> Grid:
    """Read CSV whole, as `stream_csv` reads it.

    Raises:
        RefusedError: The file cannot be read, is too large to be held, or a quote is left open.
    """
    text = read_file(path, MOST_BYTES)
    lines = _split(StringIO(text, newline=""), _delimiter(text), path)
    return Grid("", [list(map(_cell, line)) for line in lines])


def stream_csv(path: Path) -> Iterator[list[Value]]:
    """Go through CSV in UTF-8 or CP949, with commas, semicolons or tabs between the cells.

    Raises:
        RefusedError: The file cannot be read, or a quote is left open.
    """
    blocks = read_blocks(path)
    first = next(blocks, "")
    cleaned = _Cleaned()
    for line in _split(lines_of(chain([first], blocks), path), _delimiter(first), path):
        yield list(map(cleaned.__getitem__, line))
        if len(cleaned) > _REMEMBERED:
            cleaned.clear()


def _split(lines: Iterable[str], delimiter: str, path: Path) -> Iterator[list[str]]:
    cells = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        yield from cells
    except csv.Error as error:
        why = f"{cells.line_num}: {error}"
        raise no_file(path, why) from None


def _delimiter(text: str) -> str:
    """What stands between the cells of a text."""
    try:
        delimiter = csv.Sniffer().sniff(text[:_LOOKED_AT], _DELIMITERS).delimiter
    except csv.Error:
        delimiter = ","
    first = text.partition("\n")[0]
    return max(_DELIMITERS, key=first.count) if delimiter not in first else delimiter


class _Cleaned(dict[str, str | None]):
    """What a cell of CSV holds, made once: tables say the same over and over, mostly nothing."""

    def __missing__(self, text: str) -> str | None:
        value = self[text] = clean(unguard(text)) or None
        return value


@lru_cache(10_000)
def _cell(text: str) -> Given:
    return Given(clean(unguard(text)) or None)


def stream_xlsx(packed: Packed) -> Iterator[list[Value]]:
    """Go through the first sheet row by row; merged cells are not known here.

    Raises:
        RefusedError: The file is damaged.
    """
    book = _load(packed, read_only=True)
    try:
        for page in book.worksheets[:1]:  # a damaged file may have none
            page.reset_dimensions()  # what the file says of its size need not be true
            width = 0
            for number, row in enumerate(_reading(packed.path, page.iter_rows)):
                if number > _MOST_ROWS:
                    raise _too_large(packed, _MOST_ROWS)
                values = [_given(cell).value for cell in row]
                width = width or len(values)
                yield values + [None] * (width - len(values))
    finally:
        book.close()


def read_xlsx(packed: Packed) -> list[Grid]:
    """Every visible sheet whole, with its merged cells.

    Raises:
        RefusedError: The file is damaged, or has more than `MOST_CELLS` cells.
    """
    _count_cells(packed)
    with _merging_at_most(packed):
        book = _load(packed, read_only=False)
    pages = [page for page in book.worksheets if page.sheet_state == "visible"]
    if sum(page.max_row * page.max_column for page in pages) > MOST_CELLS:
        raise _too_large(packed, MOST_CELLS)  # a cell may stand elsewhere than its row does
    return [
        Grid(
            clean(page.title),
            [[_given(cell) for cell in row] for row in page.iter_rows()],
            _spans(page.merged_cells.ranges),
            _remarks(page.iter_rows()),
        )
        for page in pages
    ]


@contextmanager
def _merging_at_most(packed: Packed) -> Iterator[None]:
    """Refuse merged cells beyond `MOST_CELLS`: openpyxl makes each of them while it loads."""
    from openpyxl.worksheet.worksheet import (  # type: ignore[import-untyped]  # noqa: PLC0415 - as below
        Worksheet,
    )

    merge, left = Worksheet._clean_merge_range, MOST_CELLS  # noqa: SLF001 - nothing public bounds it

    def merge_at_most(page: Any, area: Any) -> None:  # noqa: ANN401 - openpyxl has no types
        nonlocal left
        left -= area.size["rows"] * area.size["columns"]
        if left < 0:
            raise _too_large(packed, MOST_CELLS)
        merge(page, area)

    Worksheet._clean_merge_range = merge_at_most  # noqa: SLF001 - the same
    try:
        yield
    finally:
        Worksheet._clean_merge_range = merge  # noqa: SLF001 - the same


def _spans(ranges: Any) -> dict[tuple[int, int], tuple[int, int]]:  # noqa: ANN401 - openpyxl has no types
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for area in ranges:
        top, left = area.min_row - 1, area.min_col - 1
        for row in range(top, area.max_row):
            for column in range(left, area.max_col):
                spans[row, column] = (top, left)
    return spans


def _remarks(rows: Iterable[Sequence[Any]]) -> dict[int, dict[int, str]]:
    """Comments without the name of their author, which spreadsheets put in the first line."""
    remarks: dict[int, dict[int, str]] = {}
    for cell in chain.from_iterable(rows):
        if cell.comment is not None:
            text = str(cell.comment.text).removeprefix(f"{cell.comment.author}:").strip()
            if remark := clean(" ".join(text.split())):
                remarks.setdefault(cell.row - 1, {})[cell.column - 1] = remark
    return remarks


def _count_cells(packed: Packed) -> None:
    book = _load(packed, read_only=True)
    cells = 0
    try:
        for page in book.worksheets:
            page.reset_dimensions()  # what the file says of its size need not be true
            before, widest = cells, 0
            rows = _reading(packed.path, partial(page.iter_rows, values_only=True))
            for number, row in enumerate(rows, start=1):
                widest = max(widest, len(row), 1)
                cells = before + number * widest  # all of them are made, empty ones too
                if cells > MOST_CELLS:
                    raise _too_large(packed, MOST_CELLS)
    finally:
        book.close()


def _too_large(packed: Packed, most: int) -> RefusedError:
    name = packed.path.name
    return RefusedError(
        f"{name}: more than {most:,} rows or cells: delete empty rows and columns",
        code="sheet-too-large",
        path=name,
        most=most,
    )


def _load(packed: Packed, *, read_only: bool) -> Any:  # noqa: ANN401 - openpyxl has no types
    import warnings  # noqa: PLC0415 - only where a workbook is read

    from openpyxl import load_workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - the same

    stream = BytesIO(packed.data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that do not concern values
        try:
            return load_workbook(stream, read_only=read_only, data_only=True, keep_links=False)
        except RefusedError:
            raise
        except Exception as error:  # noqa: BLE001 - openpyxl raises whatever the file makes it raise
            raise _damaged(packed.path, error) from None


def _reading(path: Path, start: Callable[[], Iterable[Sequence[Any]]]) -> Iterator[Sequence[Any]]:
    """Go through rows; whatever openpyxl stumbles over is a damaged file."""
    try:
        yield from start()
    except RefusedError:
        raise
    except Exception as error:  # noqa: BLE001 - the same
        raise _damaged(path, error) from None


def _damaged(path: Path, error: Exception) -> RefusedError:
    return no_file(path, f"damaged ({type(error).__name__})")


def _given(cell: Any) -> Given:  # noqa: ANN401 - openpyxl has no types
    value = cell.value
    if value is None:
        return EMPTY
    form = str(cell.number_format or "General")
    if isinstance(value, datetime):
        return Given(_shown_day(value.date(), form), form)
    if isinstance(value, date):
        return Given(_shown_day(value, form), form)
    if isinstance(value, bool | time):
        return Given(str(value), form)
    if isinstance(value, int | float):
        return Given(value, form)
    return Given(clean(str(value)) or None, form)


def _shown_day(day: date, form: str) -> Value:
    """A day, or only its month or year where the format shows no more of it."""
    plain = "".join(part for i, part in enumerate(form.lower().split('"')) if i % 2 == 0)
    plain = plain.partition(";")[0].replace("general", "")
    plain = plain.rpartition("]")[2]  # the language and colour in front
    if "d" in plain or "y" not in plain:
        return day
    return day.isoformat()[:7] if "m" in plain else day.isoformat()[:4]
