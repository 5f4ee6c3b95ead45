"""Rows in columns, laid out as Rich lays out a table without a box, in a small part of the time.

Rich wraps and pads each cell by itself. Here only a cell that is wider than its column is
wrapped; the others are padded, and a line is put together from its cells at once.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from tracker.cli.output.column_widths import APART, Cell, Layout, Rule, broken, form_of, lay_out

__all__ = ["Columns"]

_BROKEN = frozenset("\n\t")
_INDENT = 4  # cells before what stands below its row


class Columns:
    """A table that Rich can print; where it is too wide, `column_widths` says what gives way."""

    def __init__(
        self,
        header_style: str = "",
        *,
        headed: bool = True,
        left_out: Callable[[Sequence[str]], str] | None = None,
    ) -> None:
        """Have no columns and no rows yet.

        Args:
            header_style: The style of the headings and of what is said of the table.
            headed: Whether to show the headings.
            left_out: Says in one line which columns there was no room for.
        """
        self._header_style, self._headed, self._left_out = header_style, headed, left_out
        self._headers: list[Text] = []
        self._rules: list[Rule] = []
        self._rows: list[tuple[Cell, ...]] = []

    def add_column(self, header: Text, rule: Rule) -> None:
        """Add a column at the right."""
        self._headers.append(Text(header.plain, self._header_style))
        self._rules.append(rule)

    def add_row(self, *cells: Cell) -> None:
        """Add a row with a cell for each column; a text has one style."""
        self._rows.append(cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give line after line."""
        rows: list[tuple[Cell, ...]] = [tuple(self._headers)] if self._headed else []
        rows += self._rows
        layout = lay_out(self._rules, rows, options.max_width if options.is_terminal else None)
        styles: dict[str, Style | None] = {"": None}
        for number, row in enumerate(rows):
            heading = self._headed and not number
            for line in self._beside(row, layout, heading=heading):
                yield from _segments(console, line, styles)
            if not heading:
                for lower in _under(row, layout, options.max_width):
                    yield from _segments(console, lower, styles)
        if layout.left_out and self._left_out is not None:
            said = self._left_out([self._headers[p].plain for p in layout.left_out])
            for part in broken(said, options.max_width):
                yield from _segments(console, [(part, self._header_style)], styles)

    def _beside(
        self, row: Sequence[Cell], layout: Layout, *, heading: bool
    ) -> Iterator[list[tuple[str, str]]]:
        """The lines of a row; headings stand at the foot of theirs."""
        cells: list[list[tuple[str, str]]] = []
        ends = len(layout.shown) - 1
        for at, (place, width) in enumerate(zip(layout.shown, layout.widths, strict=True)):
            text = form_of(row[place], layout.brief[place])
            apart = " " * (APART if at < ends else 0)
            right = self._rules[place].right
            cells.append([(t + apart, str(text.style)) for t in _lines(text.plain, width, right)])
        height = max(map(len, cells))
        blanks = [(" " * cell_len(cell[0][0]), "") for cell in cells]
        if heading:
            cells = [
                [blank] * (height - len(cell)) + cell
                for cell, blank in zip(cells, blanks, strict=True)
            ]
        for line in zip_longest(*cells):
            yield [part or blank for part, blank in zip(line, blanks, strict=True)]


def _lines(text: str, width: int, right: bool) -> list[str]:
    """The lines of a cell, each as wide as its column."""
    if cell_len(text) <= width and _BROKEN.isdisjoint(text):
        parts = [text]
    else:
        parts = broken(text, width) or [""]
    blanks = [" " * (width - cell_len(part)) for part in parts]
    return [b + p if right else p + b for p, b in zip(parts, blanks, strict=True)]


def _under(row: Sequence[Cell], layout: Layout, room: int) -> Iterator[list[tuple[str, str]]]:
    """The lines below a row: the sentences that had no room beside it."""
    indent = min(_INDENT, room // 4)
    for place in layout.below:
        text = form_of(row[place], layout.brief[place])
        if text.plain:
            for part in broken(text.plain, max(1, room - indent)):
                yield [(" " * indent, ""), (part, str(text.style))]


def _segments(
    console: Console, line: Sequence[tuple[str, str]], styles: dict[str, Style | None]
) -> Iterator[Segment]:
    """One line, neighbours without a style together."""
    plain: list[str] = []
    for text, style in line:
        if style not in styles:
            styles[style] = console.get_style(style)
        if styles[style] is None:
            plain.append(text)
            continue
        if plain:
            yield Segment("".join(plain))
            plain.clear()
        yield Segment(text, styles[style])
    yield Segment("".join(plain).rstrip(" ") + "\n")
