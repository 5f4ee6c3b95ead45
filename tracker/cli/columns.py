"""Rows in columns, laid out as Rich lays out a table without a box, in a small part of the time.

Rich wraps and pads each cell by itself. Here only a cell that is wider than its column is
wrapped; the others are padded, and a line is put together from its cells at once.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, JustifyMethod, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from db.record import record

__all__ = ["Columns"]

_APART = 2
_BROKEN = frozenset("\n\t")
_Lines = Sequence[tuple[str, str]]


@record
class _Column:
    header: Text
    justify: JustifyMethod
    no_wrap: bool


class Columns:
    """A table that Rich can print; long columns give way first, and their cells wrap."""

    def __init__(self, header_style: str = "") -> None:
        """Have no columns and no rows yet."""
        self._header_style = header_style
        self._columns: list[_Column] = []
        self._rows: list[tuple[Text, ...]] = []

    def add_column(self, header: Text, *, justify: JustifyMethod, no_wrap: bool) -> None:
        """Add a column at the right."""
        header.stylize(self._header_style)
        self._columns.append(_Column(header, justify, no_wrap))

    def add_row(self, *cells: Text) -> None:
        """Add a row with a cell for each column; a cell has one style."""
        self._rows.append(cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give line after line."""
        headers = tuple(Text(c.header.plain, self._header_style) for c in self._columns)
        widths = self._widths(headers, options.max_width)
        styles: dict[str, Style | None] = {"": None}
        for row in (headers, *self._rows):
            wrapped = [
                list(self._lines(console, cell, width, column))
                for cell, width, column in zip(row, widths, self._columns, strict=True)
            ]
            height = max(map(len, wrapped))
            if row is headers:  # they stand at the foot of their line
                wrapped = [[("", "")] * (height - len(cell)) + cell for cell in wrapped]
            for line in zip_longest(*wrapped):
                yield from _segments(console, line, widths, styles)

    # -- widths ----------------------------------------------------------------------------------

    def _widths(self, headers: Sequence[Text], room: int) -> list[int]:
        """The cells that each column takes, the space after it included."""
        widest = [
            max((_cells(row[place]) for row in (headers, *self._rows)), default=0)
            for place in range(len(self._columns))
        ]
        last = len(widest) - 1
        wanted = [w + (_APART if place < last else 0) for place, w in enumerate(widest)]
        widths = [min(room, width) or 1 for width in wanted]
        if sum(widths) <= room:
            return widths
        widths = _collapsed(widths, [not c.no_wrap for c in self._columns], room)
        if (excess := sum(widths) - room) > 0:
            widths = _reduced(excess, [1] * len(widths), widths, widths)
        return [min(width, most) for width, most in zip(widths, wanted, strict=True)]

    # -- lines -----------------------------------------------------------------------------------

    def _lines(
        self, console: Console, cell: Text, width: int, column: _Column
    ) -> Iterator[tuple[str, str]]:
        """The lines of a cell, each as wide as its column, and their style."""
        apart = 0 if column is self._columns[-1] else min(width, _APART)
        room = width - apart
        style = str(cell.style)
        if room < 1:
            return
        size = cell_len(cell.plain)
        if size <= room and _BROKEN.isdisjoint(cell.plain):
            blank, after = " " * (room - size), " " * apart
            right = column.justify == "right"
            yield (blank + cell.plain if right else cell.plain + blank) + after, style
            return
        lines = cell.wrap(
            console, room, justify=column.justify, overflow="fold", no_wrap=column.no_wrap
        )
        for line in lines:
            yield set_cell_size(line.plain, room) + " " * apart, style


def _segments(
    console: Console,
    line: Sequence[tuple[str, str] | None],
    widths: Sequence[int],
    styles: dict[str, Style | None],
) -> Iterator[Segment]:
    """One line of a row, neighbours without a style together."""
    plain: list[str] = []
    for part, width in zip(line, widths, strict=True):
        text, style = part if part and part[0] else (" " * width, "")
        if style not in styles:
            styles[style] = console.get_style(style)
        if styles[style] is None:
            plain.append(text)
            continue
        if plain:
            yield Segment("".join(plain))
            plain.clear()
        yield Segment(text, styles[style])
    yield Segment("".join(plain) + "\n")


def _cells(text: Text) -> int:
    if _BROKEN.isdisjoint(text.plain):
        return cell_len(text.plain)
    return max(map(cell_len, text.plain.expandtabs(8).splitlines()), default=0)


def _collapsed(widths: list[int], wrapable: Sequence[bool], room: int) -> list[int]:
    """The widest of the columns that wrap are made narrower together, until all fit."""
    excess = sum(widths) - room
    while excess > 0 and any(wrapable):
        wraps = [w if may else 0 for w, may in zip(widths, wrapable, strict=True)]
        widest = max(wraps)
        step = widest - max((w for w in wraps if w != widest), default=0)
        if not step or not widest:
            break
        ratios = [int(w == widest) for w in wraps]
        widths = _reduced(excess, ratios, [min(excess, step)] * len(widths), widths)
        excess = sum(widths) - room
    return widths


def _reduced(
    total: int, ratios: Sequence[int], most: Sequence[int], widths: Sequence[int]
) -> list[int]:
    """Take `total` off widths by their ratios, from each at most so much."""
    parts = [ratio if limit else 0 for ratio, limit in zip(ratios, most, strict=True)]
    left, found = sum(parts), []
    for ratio, limit, width in zip(parts, most, widths, strict=True):
        off = min(limit, round(ratio * total / left)) if ratio and left > 0 else 0
        found.append(width - off)
        total -= off
        left -= ratio
    return found
