"""Where the tables of a sheet are: every header with the rows and columns that are its own.

Titles, dates and units may stand above a header, a second table below the first or to its
right, and the same header again on every printed page. A row is never read by the header
of another table; what looks like a table and cannot be read is named.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.exchange.grids.grid import EMPTY, Grid, GridCell
from tracker.exchange.tables.heading_words import (
    CONTRACTS,
    NAMES,
    NUMBERING,
    ROW_ROLES,
    UNDERTAKINGS,
)
from tracker.exchange.tables.headings import Layout, core, layout_at, units_of

__all__ = ["SheetTables", "find_tables"]

_SEARCHED = 40  # rows from the top in which the first header stands
_TALLEST = 3  # rows of a header
_LONGEST = 40  # characters of a title
_FURNITURE = 2  # cells of a line between two tables
_ENOUGH = 3  # titles that make a header wherever they stand
_NAMING = NAMES | CONTRACTS | UNDERTAKINGS


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows and columns that belong together; `bottom` and `right` are the first ones beyond."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class SheetTables:
    """What a sheet has: tables, and the first rows of what looks like one and is not read."""

    tables: tuple[Layout, ...] = ()
    unread: tuple[int, ...] = ()


def find_tables(grid: Grid) -> SheetTables:
    """Every table of a sheet, in the order of their rows."""
    shifted = list(_shifted(grid))
    if not shifted:
        return _in_columns(grid, _SEARCHED)
    rest = replace(grid, rows=[*grid.rows], _width=None)
    tops = sorted({part.top for part in shifted})
    for part in shifted:
        rest.rows[part.top : part.bottom] = [[] for _ in range(part.top, part.bottom)]
    around = _in_columns(rest, len(grid.rows) if tops[0] < _SEARCHED else _SEARCHED)
    if not around.tables and tops[0] >= _SEARCHED:
        return around
    tables, unread = [], set(around.unread)
    for t in around.tables:
        ends = [end for end in (t.last_row, *tops) if end is not None and end > t.top]
        tables.append(replace(t, last_row=min(ends, default=None)))
    for part in shifted:
        told = _in_part(grid, part)
        unread.update(told.unread)
        for t in told.tables:
            last = t.last_row or part.bottom
            tables.append(replace(t, left=part.left, right=part.right, last_row=last))
    tables.sort(key=lambda t: (t.top, t.left))
    return SheetTables(tuple(tables), tuple(sorted(unread)))


def _shifted(grid: Grid) -> Iterator[_Part]:
    """Parts that have a table each, beside each other, under headers in different rows."""
    named = [
        (row, column)
        for row, line in enumerate(grid.rows)
        for column, given in enumerate(line)
        if _word(given) in _NAMING
    ]
    if len({column for _, column in named}) < 2:  # noqa: PLR2004 - each has a name of its own
        return
    for blocks in _blocks_of(grid):
        top = _top_with_titles(grid, blocks[0].top)
        if bisect_left(named, (top, 0)) == bisect_left(named, (blocks[0].bottom, 0)):
            continue  # rows without a header, of which there are many below one that has it
        tables = [(part, _in_part(grid, part).tables) for part in blocks]
        parts = [part for part, found in tables if any(map(_is_dated, found))]
        heads = {tuple((t.top, t.first_row) for t in found) for _, found in tables if found}
        if len(parts) < 2 or len(heads) < 2:  # noqa: PLR2004 - one table, or under one header
            continue
        bottom = next((row for row, _ in named if row >= parts[0].bottom), len(grid.rows))
        bottom = _without_title(grid, parts[0].bottom, bottom)
        lefts = [blocks[0].left, *(part.left for part in parts[1:])]
        rights = [*lefts[1:], blocks[-1].right]
        for left, right in zip(lefts, rights, strict=True):
            yield _Part(parts[0].top, bottom, left, right)


def _in_part(grid: Grid, part: _Part) -> SheetTables:
    """The tables of a part of a sheet, without those of the lines above it."""
    told = _in_columns(_only(grid, part), part.bottom)
    return SheetTables(
        tuple(t for t in told.tables if t.top >= part.top),
        tuple(row for row in told.unread if row >= part.top),
    )


def _in_columns(grid: Grid, searched: int) -> SheetTables:
    """The tables of a sheet that has none beside each other but under one header."""
    units = units_of(grid)
    candidates = list(_candidates(grid, units))
    early = [c for c in candidates if c[1].top < searched]
    if not early:
        return SheetTables()
    main = max(early, key=lambda c: (c[0], -c[1].top))[1]
    found = [main]
    for _, layout in sorted(candidates, key=lambda c: (-c[0], c[1].top)):
        apart = all(not _overlap(layout, other) for other in found)
        if apart and 2 * layout.known >= layout.titled and _begins_anew(grid, layout, found):
            found.append(layout)
    found.sort(key=lambda layout: layout.top)
    strangers = [r for r in _strangers(grid, found) if r > found[0].first_row]
    undated = [t.top for t in found if not _is_of_facilities(t, main)]
    tops = sorted({*(t.top for t in found), *strangers})
    tables: list[Layout] = []
    for table in found:
        if table.top in undated:
            continue
        end = next((top for top in tops if top > table.top), None)
        last = None if end is None else _without_furniture(grid, table, end)
        tables += _beside(grid, replace(table, last_row=last), units)
    return SheetTables(
        tuple(_with_roles(grid, t) for t in tables), tuple(sorted([*undated, *strangers]))
    )


def _is_of_facilities(table: Layout, main: Layout) -> bool:
    """Whether a table is about facilities, and no summary that counts them."""
    same = core(table.name.title) == core(main.name.title)
    return same or _is_dated(table) or table.known > _ENOUGH


def _is_dated(layout: Layout) -> bool:
    return any(c.what in {"date", "works"} for c in layout.columns)


def _overlap(a: Layout, b: Layout) -> bool:
    return a.top < b.first_row and b.top < a.first_row


def _candidates(grid: Grid, units: Sequence[int | None]) -> Iterator[tuple[int, Layout]]:
    """Whatever might be a header, with how much is understood of it."""
    starts: dict[int, None] = {}
    for row, line in enumerate(grid.rows):
        if any(_word(given) in _NAMING for given in line):
            starts |= dict.fromkeys(range(max(0, row - _TALLEST + 1), row + 1))
    for row in sorted(starts):
        bonus = 0
        for height in range(1, min(_TALLEST, len(grid.rows) - row) + 1):
            if not any(given.text for given in grid.rows[row + height - 1]):
                break
            bonus += _belongs(grid, row + height - 1) if height > 1 else 0
            layout = layout_at(grid, row, height, units)
            if layout is not None:
                yield 2 * len(layout.columns) + bonus, layout


def _word(given: GridCell) -> str:
    """The title that a cell may be; empty where it is none."""
    value = given.value
    return core(value) if isinstance(value, str) and len(value) <= _LONGEST else ""


def _belongs(grid: Grid, row: int) -> int:
    """1 where a row belongs to the header above it: merged into it, or with units alone.

    -2 where nothing says so: a line above the header is no part of it.
    """
    titles = [grid.at(row, c, across=True).text for c in range(grid.width)]
    merged = any(grid.spans.get((row, c), (row, c))[0] < row for c in range(grid.width))
    return 1 if merged or not any(core(t) for t in titles) else -2


def _begins_anew(grid: Grid, layout: Layout, found: Iterable[Layout]) -> bool:
    """Whether this is a header, and no row of the table above it."""
    above = [other for other in found if other.top < layout.top]
    if not above:
        return True
    table = max(above, key=lambda other: other.top)
    for row in range(layout.top, layout.first_row):
        word = _word(grid.at(row, table.name.number, across=True))
        if word and word == core(layout.name.title):
            return True
    here = {layout.name.number, *(c.number for c in layout.columns)}
    return layout.known >= _ENOUGH or table.name.number in here


def _strangers(grid: Grid, found: list[Layout]) -> Iterator[int]:
    """Rows that begin a table of something else: 연번 and titles, but no facility."""
    headers = {row for t in found for row in range(t.top, t.first_row)}
    for number, line in enumerate(grid.rows):
        filled = [given for given in line if given.text]
        if number in headers or len(filled) < _ENOUGH or _word(filled[0]) not in NUMBERING:
            continue
        if all(isinstance(given.value, str) for given in filled):
            yield number


def _without_furniture(grid: Grid, table: Layout, end: int) -> int:
    """Where a table ends above the title and the units of the next one."""
    row = end
    while row > table.first_row:
        line = grid.rows[row - 1]
        filled = {n for n, given in enumerate(line) if given.text}
        if not filled:
            break
        named = bool(grid.at(row - 1, table.name.number).text)
        if len(filled) > _FURNITURE or (named and filled != {table.name.number}):
            break
        row -= 1
    return row


def _beside(grid: Grid, table: Layout, units: Sequence[int | None]) -> list[Layout]:
    """The tables that stand beside each other under one header, each with its columns."""
    cuts = _cuts(grid, table)
    if len(cuts) == 1:
        return [table]
    height = table.first_row - table.top
    parts = [
        layout_at(grid, table.top, height, units, left, right)
        for left, right in zip(cuts, [*cuts[1:], table.right], strict=True)
    ]
    if not all(part is not None and _is_dated(part) for part in parts):
        return [table]
    return [replace(part, last_row=table.last_row) for part in parts if part is not None]


def _cuts(grid: Grid, table: Layout) -> list[int]:
    """Where a table begins beside another: at a second 연번, a second name, behind a gap."""
    rows = range(table.top, table.first_row)
    cuts = [table.left]
    named = numbered = gap = False
    for column in range(table.left, min(grid.width, table.right)):
        words = [_word(grid.at(row, column, across=True)) for row in rows]
        if not any(words):
            gap = named
            continue
        is_name = any(word in _NAMING for word in words)
        is_number = any(word in NUMBERING for word in words)
        again = is_name and named and core(table.name.title) in words
        if (gap and (is_name or is_number)) or (is_number and numbered and named) or again:
            cuts.append(column)
            named = False
        named, numbered, gap = named or is_name, numbered or is_number, False
    return cuts


def _with_roles(grid: Grid, table: Layout) -> Layout:
    """Find the column that says 당초, 변경 or 실적 of each row, whatever its title is."""
    read = {table.name.number, *(c.number for c in table.columns)}
    rows = range(table.first_row, table.last_row or len(grid.rows))
    for column in range(table.left, min(grid.width, table.right)):
        if column in read:
            continue
        words = {word for row in rows if (word := _word(grid.at(row, column)))}
        if len(words) > 1 and words <= ROW_ROLES.keys():
            title = " ".join(
                dict.fromkeys(
                    text
                    for row in range(table.top, table.first_row)
                    if (text := grid.at(row, column, across=True).text)
                )
            )
            unmapped = tuple(t for t in table.unmapped if t != title)
            return replace(table, roles=column, unmapped=unmapped)
    return table


def _blocks_of(grid: Grid) -> Iterator[list[_Part]]:
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
            yield [_Part(top, bottom, *ends) for ends in zip(lefts, rights, strict=True)]


def _top_with_titles(grid: Grid, top: int) -> int:
    """The first of the titles and units that stand above rows, or the first of these."""
    while top and _is_furniture(grid.rows[top - 1]):
        top -= 1
    return top


def _only(grid: Grid, part: _Part) -> Grid:
    """The sheet with nothing but a part of it, and the titles and units above that."""
    first = _top_with_titles(grid, part.top)
    rows: list[list[GridCell]] = [[]] * first + grid.rows[first : part.top]
    for line in grid.rows[part.top : part.bottom]:
        inside = enumerate(line[: part.right])
        rows.append([given if c >= part.left else EMPTY for c, given in inside])
    return replace(grid, rows=rows, _width=None)


def _without_title(grid: Grid, top: int, bottom: int) -> int:
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
