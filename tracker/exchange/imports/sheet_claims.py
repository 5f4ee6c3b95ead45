"""What whole sheets claim: our own table or tables of an office, wherever in a sheet they stand."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from db.model.errors import RefusedError
from tracker.exchange.diff.last_import import OWN_TABLE
from tracker.exchange.grids.grid import Grid
from tracker.exchange.grids.places import Notice, Place, SheetFaults
from tracker.exchange.milestone_table.parse import OwnTable
from tracker.exchange.milestone_table.parse_row import RowReader, own_columns
from tracker.exchange.tables.claims import Claim
from tracker.exchange.tables.headings import core
from tracker.exchange.tables.office_sheet import OfficeSheet, Reported
from tracker.exchange.tables.row_names import Names
from tracker.exchange.tables.sheet_tables import find_tables
from tracker.words import Words

__all__ = ["Reading", "claims_of_grids"]

_SEARCHED = 40  # rows from the top in which the header of our table stands


@dataclass(slots=True)
class Reading:
    """What is read, and what was noted on the way.

    Attributes:
        unmapped: Titles that stand for nothing known, and sheets without a header.
        skipped: Rows that are no facility.
        notices: What was not taken without being wrong.
        columns: What the titles of those that are understood come to.
        is_ours: Whether it is the table that `tracker export` writes.
    """

    name: str
    reported: Reported
    words: Words
    faults: SheetFaults
    names: Names
    known: Container[tuple[str, str]]
    unmapped: list[str] = field(default_factory=list)
    skipped: list[Place] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    is_ours: bool = False

    def own_table(
        self,
        columns: Mapping[str, int],
        uncomputed: Callable[[int], Sequence[int]],
        *,
        plain: bool = False,
        sheet: str = "",
    ) -> OwnTable:
        """Return the reader of our own table, whose columns stand in these places."""
        self.is_ours = True
        day, words = self.reported.day, self.words
        rows = RowReader(columns, self.names, day, words, self.faults, plain, sheet, uncomputed)
        return OwnTable(rows, self.known, self.reported, words)

    @property
    def header(self) -> str:
        """What tells this table from others by its columns."""
        return OWN_TABLE if self.is_ours else " ".join(dict.fromkeys(self.columns))


def claims_of_grids(
    reading: Reading,
    grids: list[Grid],
    *,
    several: bool,
    found: bool = False,
    concealed: bool = False,
) -> list[Claim]:
    """Every claim of every sheet.

    Args:
        reading: Takes notes.
        grids: The sheets.
        several: Whether places name their sheets.
        found: Whether a table was found already, in a sheet that is none of these.
        concealed: Whether something was left out because it is hidden.

    Raises:
        RefusedError: None of them has a table.
    """
    claims: list[Claim] = []
    for grid in grids:
        told = list(_of_grid(reading, grid, several=several))
        found = found or bool(told)
        for part in told:
            claims += part
    if not found and concealed:
        raise RefusedError(
            f"{reading.name}: no header in sight: show what is hidden, or use --hidden",
            code="no-header-in-sight",
            path=reading.name,
        )
    if not found:
        raise RefusedError(
            f"{reading.name}: no header with 시설명 and a step such as 준공",
            code="no-header",
            path=reading.name,
        )
    return claims


def _uncomputed(grid: Grid, row: int) -> Sequence[int]:
    return grid.unread.uncomputed.get(row, ())


def _of_grid(reading: Reading, grid: Grid, *, several: bool) -> Iterator[list[Claim]]:
    """The claims of each table of a sheet."""
    name, grid.name = grid.name, grid.name if several else ""
    for number, row in enumerate(grid.rows[:_SEARCHED]):
        columns = own_columns([given.value for given in row])
        if columns is not None:
            table = reading.own_table(columns, partial(_uncomputed, grid), sheet=grid.name)
            rows = ([given.value for given in line] for line in grid.rows[number + 1 :])
            yield list(table.claims(rows, number + 2))
            return
    sheet = find_tables(grid)
    if not sheet.tables and any(given.text for row in grid.rows for given in row):
        reading.unmapped.append(f"[{name}]")
    for layout in sheet.tables:
        reading.unmapped += layout.unmapped
        reading.columns += [core(c.title) for c in (layout.name, *layout.columns)]
        ledger = OfficeSheet(grid, layout, reading.names, reading.reported, reading.faults)
        yield list(ledger.claims())
        reading.skipped += ledger.skipped
        reading.notices += ledger.notices
    reading.notices += [
        Notice("import.other_table", Place(grid.name, row + 1)) for row in sheet.unread
    ]
