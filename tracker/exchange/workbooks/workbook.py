"""XLSX workbooks as grids, read without trusting them.

A workbook is a zip of XML, written by many programs of which few keep to the letter of the
format. What is needed of it is little: the cells, what is merged, hidden or struck through, and
the comments. So it is read by a reader of its own (`book`, `sheet_xml`), which holds one row at a
time, knows no formula, link or picture, and does not stumble over what it does not need.
"""

from collections.abc import Iterator, Sequence

from tracker.exchange.grids.grid import EMPTY, Grid, GridCell, Span, Value
from tracker.exchange.grids.unread import Unread
from tracker.exchange.workbooks.book import Book, Page, open_book
from tracker.exchange.workbooks.comments import remarks_of
from tracker.exchange.workbooks.package import Packed
from tracker.exchange.workbooks.sheet_xml import MOST_COLUMNS, Row, SheetXml, too_large

__all__ = ["MOST_CELLS", "read_xlsx", "stream_xlsx"]

MOST_CELLS = 400_000  # of a workbook that has to be held whole, because of its merged cells
_MOST_MERGED = 2**24  # cells of one merged range; a column or a few rows, but no whole sheet


def stream_xlsx(
    packed: Packed, *, hidden: bool = False, unread: list[Unread] | None = None
) -> Iterator[list[Value]]:
    """Go through the first sheet in sight row by row; merged cells are not known here.

    Args:
        packed: The file.
        hidden: Whether hidden sheets, rows and columns are read as well.
        unread: Takes what was left out, as it is met; a cell with a flaw is empty here.

    Raises:
        RefusedError: The file is damaged.
    """
    book = open_book(packed)
    page = next((p for p in book.pages if hidden or not p.hidden), None)
    left = [] if unread is None else unread
    left += _hidden_pages(book, hidden=hidden)
    if page is None:
        return
    noted = Unread(page.name)
    left.append(noted)
    sheet = SheetXml(book, page)
    columns = bytearray(MOST_COLUMNS) if hidden else sheet.hidden_columns
    number = 0
    for row in sheet.rows():
        cells = _in_sight(row._replace(hidden=False) if hidden else row, columns, noted)
        if not cells:
            continue
        while number < row.number:  # an empty row, which the file need not mention
            yield []
            number += 1
        yield _values(cells)
        number += 1
    said = _remarks_in_sight(sheet, hidden=hidden)
    noted.remarks = {row: sorted(columns) for row, columns in sorted(said.items())}


def _values(cells: dict[int, GridCell]) -> list[Value]:
    values: list[Value] = [None] * (max(cells) + 1)
    for column, given in cells.items():
        values[column] = given.value
    return values


def read_xlsx(packed: Packed, *, hidden: bool = False) -> tuple[list[Grid], list[Unread]]:
    """Every sheet in sight whole, with its merged cells, and what was left out of the file.

    Args:
        packed: The file.
        hidden: Whether hidden sheets, rows and columns are read as well.

    Raises:
        RefusedError: The file is damaged, or has more than `MOST_CELLS` cells.
    """
    book = open_book(packed)
    grids: list[Grid] = []
    room = MOST_CELLS
    for page in book.pages:
        if page.hidden and not hidden:
            continue
        grid, size = _grid(packed, book, page, room, hidden=hidden)
        if grid is not None:
            room -= size
            grids.append(grid)
    unread = [grid.unread for grid in grids]
    return grids, unread + _hidden_pages(book, hidden=hidden)


def _hidden_pages(book: Book, *, hidden: bool) -> list[Unread]:
    """The hidden sheets that are not read and in which something stands."""
    return [
        Unread(page.name, hidden=True)
        for page in book.pages
        if page.hidden and not hidden and any(True for _ in SheetXml(book, page).rows())
    ]


def _in_sight(row: Row, hidden_columns: Sequence[int], unread: Unread) -> dict[int, GridCell]:
    """The cells of a row that are not hidden; the others and those with a flaw are noted."""
    if row.hidden:
        unread.rows.append(row.number)
        return {}
    for column in [column for column in row.cells if hidden_columns[column]]:
        unread.hide(column)
        del row.cells[column]
    for column, given in sorted(row.cells.items()):
        if given.flaw is not None:
            unread.note(given.flaw, row.number, column)
    return row.cells


def _grid(
    packed: Packed, book: Book, page: Page, room: int, *, hidden: bool
) -> tuple[Grid | None, int]:
    """A sheet and how much room it takes; None where it is no sheet of cells."""
    sheet = SheetXml(book, page)
    content: dict[int, dict[int, GridCell]] = {}
    size = last = 0
    for row in sheet.rows():
        content.setdefault(row.number, {}).update(row.cells)
        size += max(row.cells)
        last = max(last, row.number)
        if size + last > room:
            raise too_large(packed.path.name, MOST_CELLS)
    if not sheet.is_sheet:
        return None, 0
    view = _View(sheet, content, Unread(page.name), hidden=hidden)
    grid = view.grid(packed)
    grid.remarks = _remarks_in_sight(sheet, hidden=hidden)
    grid.unread.remarks = {row: sorted(said) for row, said in sorted(grid.remarks.items())}
    return grid, size + last


def _remarks_in_sight(sheet: SheetXml, *, hidden: bool) -> dict[int, dict[int, str]]:
    """The comments that a person sees, or all of them."""
    return {
        row: seen
        for row, said in remarks_of(sheet.book.package, sheet.page.part).items()
        if hidden or row not in sheet.hidden_rows
        if (
            seen := {
                column: text
                for column, text in said.items()
                if hidden or not sheet.hidden_columns[column]
            }
        )
    }


class _View:
    """What of a sheet a person sees, or all of it."""

    def __init__(
        self,
        sheet: SheetXml,
        content: dict[int, dict[int, GridCell]],
        unread: Unread,
        *,
        hidden: bool,
    ) -> None:
        self._content = content
        self._merged = sheet.merged
        self._unread = unread
        self._rows: set[int] = set() if hidden else sheet.hidden_rows
        self._columns = bytes(MOST_COLUMNS) if hidden else bytes(sheet.hidden_columns)

    def is_seen(self, row: int, column: int) -> bool:
        """Whether a cell is in sight."""
        return row not in self._rows and not self._columns[column]

    def grid(self, packed: Packed) -> Grid:
        """The sheet, where everything out of sight is empty and noted."""
        height = max(self._content, default=-1) + 1
        width = max((max(cells) + 1 for cells in self._content.values()), default=0)
        grid = Grid(self._unread.sheet, [[] for _ in range(height)], unread=self._unread)
        room = MOST_CELLS
        for whole in self._merged:
            if (whole.bottom - whole.top + 1) * (whole.right - whole.left + 1) > _MOST_MERGED:
                raise too_large(packed.path.name, MOST_CELLS)
            span = _clipped(whole, height, width)
            if span is None:
                continue
            room -= (span.bottom - span.top + 1) * (span.right - span.left + 1)
            if room < 0:
                raise too_large(packed.path.name, MOST_CELLS)
            self._merge(grid, span)
        for row, cells in sorted(self._content.items()):
            self._show(grid, row, cells)
        return grid

    def _merge(self, grid: Grid, span: Span) -> None:
        """Let the first cell in sight stand for a merged range, and nothing for the others."""
        first = None
        value = self._content.get(span.top, {}).get(span.left, EMPTY)
        columns = [c for c in range(span.left, span.right + 1) if self.is_seen(-1, c)]
        for row in range(span.top, span.bottom + 1):
            line = self._content.get(row, {})
            for column in range(span.left, span.right + 1) if line else ():
                line.pop(column, None)
            if row in self._rows or not columns:
                continue
            first = first or (row, columns[0])
            for column in columns:
                grid.spans[row, column] = first
        if first is None:
            self._content.setdefault(span.top, {})[span.left] = value
        else:
            self._content.setdefault(first[0], {})[first[1]] = value

    def _show(self, grid: Grid, row: int, cells: dict[int, GridCell]) -> None:
        filled = {c: given for c, given in cells.items() if given is not EMPTY}
        hidden = row in self._rows
        seen = _in_sight(Row(row, hidden, filled), self._columns, self._unread) if filled else {}
        if seen:
            grid.rows[row] = [seen.get(column, EMPTY) for column in range(max(seen) + 1)]


def _clipped(span: Span, height: int, width: int) -> Span | None:
    """The part of a merged range that lies where something stands."""
    if span.top >= height or span.left >= width:
        return None
    return Span(span.top, span.left, min(span.bottom, height - 1), min(span.right, width - 1))
