"""Which parts of a sheet have tables beside each other whose headers stand in different rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.exchange.grids.grid import EMPTY, Grid, GridCell

__all__ = ["Part", "blocks_of", "only", "top_with_titles", "without_title"]

_FURNITURE = 2  # cells of a line above a table


@dataclass(frozen=True, slots=True)
class Part:
    """Rows and columns that belong together; `bottom` and `right` are the first ones beyond."""

    top: int
    bottom: int
    left: int
    right: int


def blocks_of(grid: Grid) -> Iterator[list[Part]]:
    """The blocks that blank columns leave of each stretch of rows, where there are several."""
    for top, bottom in _stretches(grid):
        filled = {
            column
            for line in grid.rows[top:bottom]
            for column, given in enumerate(line)
            if given.text and not _is_furniture(line)
        }
        lefts = sorted(c for c in filled if c - 1 not in filled)
        if len(lefts) > 1:
            rights = [*lefts[1:], grid.width]
            yield [Part(top, bottom, *ends) for ends in zip(lefts, rights, strict=True)]


def top_with_titles(grid: Grid, top: int) -> int:
    """The first of the titles and units that stand above rows, or the first of these."""
    while top and _is_furniture(grid.rows[top - 1]):
        top -= 1
    return top


def only(grid: Grid, part: Part) -> Grid:
    """The sheet with nothing but a part of it, and the titles and units above that."""
    first = top_with_titles(grid, part.top)
    rows: list[list[GridCell]] = [[]] * first + grid.rows[first : part.top]
    for line in grid.rows[part.top : part.bottom]:
        inside = enumerate(line[: part.right])
        rows.append([given if c >= part.left else EMPTY for c, given in inside])
    return replace(grid, rows=rows, _width=None)


def without_title(grid: Grid, top: int, bottom: int) -> int:
    """Where rows end above the title, behind a blank row, of what begins at `bottom`."""
    row = end = bottom
    while row > top and bottom < len(grid.rows) and _is_furniture(grid.rows[row - 1]):
        row -= 1
        if not any(given.text for given in grid.rows[row]):
            end = row
    return end


def _stretches(grid: Grid) -> Iterator[tuple[int, int]]:
    """Rows between blank ones."""
    top = None
    for number, line in enumerate([*grid.rows, []]):
        if any(given.text for given in line):
            top = number if top is None else top
        elif top is not None:
            yield top, number
            top = None


def _is_furniture(line: list[GridCell]) -> bool:
    return sum(1 for given in line if given.text) <= _FURNITURE
