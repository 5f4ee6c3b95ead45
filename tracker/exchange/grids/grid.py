"""Spreadsheets as grids of cells, whatever file they came in."""

from dataclasses import dataclass, field
from datetime import date

from tracker.exchange.grids.unread import Flaw, Unread

__all__ = ["EMPTY", "Grid", "GridCell", "Span", "Value", "shown"]

Value = str | float | date | None
"""What stands in a cell; an empty one holds nothing."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell.

    Attributes:
        value: The content; None where it was not taken.
        form: The number format, which tells how the value was shown.
        flaw: Why nothing was taken, or only a part.
        stood: What the cell shows instead, such as `#REF!`, for messages.
    """

    value: Value = None
    form: str = "General"
    flaw: Flaw | None = None
    stood: str = ""

    @property
    def text(self) -> str:
        """The cell as text, for messages and for words."""
        return shown(self.value)


def shown(value: Value) -> str:
    """The value of a cell as text; nothing where there is none."""
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


EMPTY = GridCell()


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range; its bounds count from 0 and belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """One sheet. Rows and columns count from 0.

    Attributes:
        spans: From a cell inside a merged range to the range's first cell that is in sight.
        remarks: From a row and a column to the comment that hangs there.
        unread: What of the sheet was left out.
    """

    name: str
    rows: list[list[GridCell]]
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    remarks: dict[int, dict[int, str]] = field(default_factory=dict)
    unread: Unread = field(default_factory=Unread)
    _width: int | None = None

    def at(self, row: int, column: int, *, across: bool = False) -> GridCell:
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
        self.unread.remarks.pop(row, None)
        return sorted(self.remarks.get(row, {}).items())
