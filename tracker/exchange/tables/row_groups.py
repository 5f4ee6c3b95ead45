"""Rows of one facility that say 당초, 변경 and 실적 under each other."""

from dataclasses import dataclass, field

from tracker.exchange.grids.grid import EMPTY, Grid, GridCell
from tracker.exchange.tables.date_cells import nothing
from tracker.exchange.tables.heading_words import ROW_ROLES
from tracker.exchange.tables.headings import Layout, Role, core

__all__ = ["RowGroup", "groups_of"]


@dataclass(slots=True)
class RowGroup:
    """The rows of one facility, and what the dates of each are; None where a row says nothing."""

    name: str
    rows: dict[int, Role | None] = field(default_factory=dict)

    @property
    def main(self) -> int:
        """The row that says how things stand now, which is where the rest of it counts."""
        planned = [row for row, role in self.rows.items() if role is Role.PLAN]
        return planned[-1] if planned else next(iter(self.rows))

    def at(self, grid: Grid, column: int) -> GridCell:
        """A cell that is no date: of the main row, else of the first in which something stands."""
        for row in (self.main, *self.rows):
            given = grid.at(row, column)
            if not nothing(given):
                return given
        return EMPTY


def groups_of(grid: Grid, layout: Layout) -> dict[int, RowGroup]:
    """The group of each row of a table that has such rows."""
    found: dict[int, RowGroup] = {}
    if layout.roles is None:
        return found
    last: RowGroup | None = None
    for row in range(layout.first_row, layout.last_row or len(grid.rows)):
        word = core(grid.at(row, layout.roles).text)
        if word not in ROW_ROLES:
            last = None
            continue
        role = Role(ROW_ROLES[word]) if ROW_ROLES[word] else None
        name = grid.at(row, layout.name.number).text
        again = last is not None and role in last.rows.values()
        if last is None or again or name not in {"", last.name}:
            last = RowGroup(name)
        last.rows[row] = role
        found[row] = last
    return found
