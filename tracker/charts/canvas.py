"""One line of cells to draw on: bars with half cells, marks, arrows, and texts where there is room.

A stroke has a character for a full cell and one for each half, and what an open end
fades out into. Where no colour is shown the strokes alone tell what is what.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.model.period import Period
from tracker.charts.timescale import Scale
from tracker.words.cells import cell_len, fit, plain

__all__ = [
    "BAND",
    "FADE",
    "LINE",
    "LIVE",
    "SOFT",
    "SOFT_LINE",
    "SOFT_THIN",
    "THIN",
    "Canvas",
    "Line",
    "Span",
    "Stroke",
    "fitted",
    "join",
    "span_of",
    "width_of",
]

FADE = 4
"""Cells over which an open end fades out."""

Line = list[tuple[str, str]]
"""Texts with the names of their styles, from left to right."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """What a bar is made of; `before` and `after` follow an open end outward."""

    full: str
    left: str
    right: str
    before: str
    after: str
    point: str


LIVE = Stroke("▄", "▖", "▗", "▃▂▁◂", "▃▂▁▸", "◆")
SOFT = Stroke("▒", "▒", "▒", "▒░░◂", "▒░░▸", "◆")
LINE = Stroke("━", "╸", "╺", "╍╍╍◂", "╍╍╍▸", "◆")
SOFT_LINE = Stroke("╍", "╍", "╍", "╍╍╍◂", "╍╍╍▸", "◆")
THIN = Stroke("─", "╴", "╶", "╌╌╌◃", "╌╌╌▹", "◇")
SOFT_THIN = Stroke("╌", "╌", "╌", "╌╌╌◃", "╌╌╌▹", "◇")
BAND = Stroke("░", "░", "░", "░░░◂", "░░░▸", "░")


@dataclass(frozen=True, slots=True)
class Span:
    """The half cells of a window; an open end has only the cell of the other end.

    Attributes:
        halves: What is touched by the days that are known to belong to it.
        opens_before, opens_after: Whether an end is open there.
        point: It is exactly one day.
    """

    halves: range
    opens_before: bool
    opens_after: bool
    point: bool

    @property
    def first(self) -> int:
        """The first cell."""
        return self.halves.start // 2

    @property
    def last(self) -> int:
        """The last cell; of a point, the only one."""
        return self.first if self.point else (self.halves.stop - 1) // 2

    @property
    def anchor(self) -> int:
        """The cell of the day that a deadline is counted to: the last, unless that end is open."""
        return self.first if self.opens_after else self.last


def span_of(period: Period, scale: Scale) -> Span:
    """Where a window lies on a scale."""
    first, last = period.earliest, period.latest
    known = first or last
    if known is None:
        return Span(range(0), opens_before=True, opens_after=True, point=False)
    halves = scale.halves(first or known, last or known)
    if first is None:
        halves = range(halves.start - halves.start % 2, halves.stop)
    if last is None:
        halves = range(halves.start, halves.stop + halves.stop % 2)
    return Span(halves, first is None, last is None, first == last)


class Canvas:
    """A line of cells; what is drawn later covers what was drawn before."""

    def __init__(self, width: int) -> None:
        """Begin with blanks."""
        self.width = max(0, width)
        self._texts = [" "] * self.width
        self._styles = [""] * self.width

    def put(self, cell: int, text: str, style: str) -> None:
        """Draw one character of one cell."""
        if 0 <= cell < self.width:
            self._clear(cell)
            self._texts[cell], self._styles[cell] = text, style

    def _clear(self, cell: int) -> None:
        """Leave no half of a wide character beside a cell that is drawn over."""
        if not self._texts[cell]:
            self._texts[cell - 1] = " "
        if cell + 1 < self.width and not self._texts[cell + 1]:
            self._texts[cell + 1], self._styles[cell + 1] = " ", ""

    def is_blank(self, cell: int) -> bool:
        """Whether nothing is drawn there."""
        return 0 <= cell < self.width and (self._texts[cell], self._styles[cell]) == (" ", "")

    def at(self, cell: int) -> str:
        """What is drawn there; empty for the second cell of a wide character."""
        return self._texts[cell]

    def under(self, cell: int, text: str, style: str) -> None:
        """Draw only where nothing is drawn yet."""
        if self.is_blank(cell):
            self.put(cell, text, style)

    def bar(self, halves: range, stroke: Stroke, style: str) -> None:
        """Draw a bar over half cells."""
        shown = range(max(0, halves.start), min(2 * self.width, halves.stop))
        if not shown:
            return
        for cell in range(shown.start // 2, (shown.stop + 1) // 2):
            left, right = 2 * cell in shown, 2 * cell + 1 in shown
            self.put(
                cell,
                stroke.full if left and right else stroke.left if left else stroke.right,
                style,
            )

    def window(self, span: Span, stroke: Stroke, style: str, *, fade: bool = True) -> None:
        """Draw a window: a point, or a bar that fades out where it is open."""
        if span.point:
            self.put(span.first, stroke.point, style)
            return
        if fade and span.halves:
            for step, (before, after) in enumerate(
                zip(stroke.before, stroke.after, strict=True), 1
            ):
                if span.opens_before:
                    self.put(span.first - step, before, style)
                if span.opens_after:
                    self.put(span.last + step, after, style)
        self.bar(span.halves, stroke, style)

    def arrow(self, cells: range, style: str) -> None:
        """Draw an arrow over cells in their direction, its head in the last of them."""
        low, high = sorted((cells[0], cells[-1]))
        for cell in range(max(0, low), min(high, self.width - 1) + 1):
            self.put(cell, "╌", style)
        self.put(cells[-1], "▸" if cells.step > 0 else "◂", style)

    def text(self, cell: int, text: str, style: str) -> bool:
        """Write where all of it finds blanks, with one beside it at either end; tell whether."""
        text = plain(text)
        end = cell + sum(map(cell_len, text))
        around = range(max(0, cell - 1), min(self.width, end + 1))
        if cell < 0 or end > self.width or not all(map(self.is_blank, around)):
            return False
        self.write(cell, text, style)
        return True

    def write(self, cell: int, text: str, style: str) -> None:
        """Write over whatever is there; the text must fit."""
        for letter in text:
            size = cell_len(letter)
            if not size:
                continue  # a mark without a cell of its own
            self.put(cell, letter, style)
            for more in range(1, size):
                self._texts[cell + more], self._styles[cell + more] = "", style
            cell += size

    def runs(self, start: int = 0) -> Line:
        """The texts from a cell on, joined where they have one style."""
        return join(zip(self._texts[start:], self._styles[start:], strict=True))


def join(pieces: Iterable[tuple[str, str]]) -> Line:
    """Neighbours of one style as one text; blanks take any style."""
    line: Line = []
    for text, style in pieces:
        if line and line[-1][1] == style:
            line[-1] = (line[-1][0] + text, style)
        elif text:
            line.append((text, style))
    return line


def fitted(line: Line, width: int) -> Line:
    """Exactly so many cells of a line: cut at the end, or filled up with blanks."""
    kept: Line = []
    room = width
    for text, style in line:
        size = cell_len(text)
        if size > room:
            kept.append((fit(text, room), style))
            return kept
        kept.append((text, style))
        room -= size
    return [*kept, (" " * room, "")] if room else kept


def width_of(line: Sequence[tuple[str, str]]) -> int:
    """The cells of a line."""
    return sum(cell_len(text) for text, _ in line)
