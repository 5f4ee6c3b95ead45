"""The milestone trend chart: report days run down, forecasts run to the right.

Every milestone is a line with a letter. Straight down is stable, leaning to the right is
slipping, to the left gaining. A window is a band that ends in the line. On the diagonal
the day of the report is the day of the forecast: there every line must end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_letters

from db.model.records import State
from tracker.charts.axis import Axis
from tracker.charts.canvas import Canvas, Line, Span, span_of
from tracker.charts.timescale import Scale, fitting
from tracker.domain.board import FacilityPage, Row
from tracker.domain.forecast_history import Report, history_of
from tracker.words import GLYPHS, Words
from tracker.words.cells import cell_len

__all__ = ["GUTTER", "TONES", "Trace", "draw_trend", "traces_of"]

GUTTER = 9
"""Cells of the report days beside the chart."""

TONES = 6
"""How many styles (`line-0` …) the lines take in turn."""

_LINES = (
    ("│", "─", "╰", "╯"),
    ("┃", "━", "┗", "┛"),
    ("║", "═", "╚", "╝"),
    ("┆", "╌", "╰", "╯"),
)
"""Down, across, and the corners to the right and to the left, in turn for every milestone."""

_BEYOND_LETTERS, _SEVERAL = "•", "*"


@dataclass(frozen=True, slots=True)
class Trace:
    """One milestone's line: its letter, its place among the lines, what was reported."""

    row: Row
    place: int
    reports: tuple[Report, ...]

    @property
    def slug(self) -> str:
        """The milestone's."""
        return self.row.milestone.slug

    @property
    def letter(self) -> str:
        """What marks it; letters run out after 52."""
        return ascii_letters[self.place] if self.place < len(ascii_letters) else _BEYOND_LETTERS

    @property
    def style(self) -> str:
        """The style of its line."""
        return f"line-{self.place % TONES}"


def traces_of(page: FacilityPage) -> tuple[Trace, ...]:
    """The lines of a facility or programme, in the order of the lifecycle."""
    reports = history_of(page)
    known = [row for row in page.rows if row.milestone.slug in reports]
    return tuple(
        Trace(row, place, tuple(reports[row.milestone.slug])) for place, row in enumerate(known)
    )


def draw_trend(
    traces: Sequence[Trace], as_of: date, size: tuple[int, int], words: Words, chosen: str = ""
) -> list[Line]:
    """Draw the chart in exactly so many cells and at most so many lines.

    Args:
        traces: The lines; with none of them the chart is empty.
        as_of: The day on which it ends.
        size: Width and height, the axis of three lines included.
        words: The language.
        chosen: The slug of the milestone that stands in front, its windows shaded as long as
            they held.
    """
    width, height = size
    cells = max(1, width - GUTTER)
    windows = [r.window for t in traces for r in t.reports if r.window is not None]
    first = min((r.day for t in traces for r in t.reports), default=as_of)
    scale = fitting(windows, as_of, cells)
    axis = Axis(scale, as_of, as_of, words)
    chart = _Chart(scale, first, as_of, max(1, height - 3), chosen)
    chart.draw(words, sorted(traces, key=lambda t: t.slug == chosen))
    blank = (" " * min(GUTTER, width - 1), "")
    tops: list[Line] = [[blank, *line] for line in axis.head()]
    return [*tops, *chart.lines(traces, words, min(GUTTER, width - 1))]


class _Chart:
    """The cells of the chart, and when its rows are."""

    def __init__(self, scale: Scale, first: date, last: date, height: int, chosen: str) -> None:
        days = max(1, (last - first).days + 1)
        self._scale = scale
        self._down = Scale.of(first.toordinal(), days, min(height, days))
        self._rows = [Canvas(scale.cells) for _ in range(self._down.cells)]
        self._marked: dict[tuple[int, int], str] = {}
        self._chosen = chosen

    def _row(self, day: date) -> int:
        return max(0, min(self._down.cell(day), len(self._rows) - 1))

    def _day(self, row: int) -> date:
        """A day that falls into a row: the first one at the top, the last one at the bottom."""
        last = max(1, len(self._rows) - 1)
        return date.fromordinal(self._down.first + row * (self._down.days - 1) // last)

    def draw(self, words: Words, traces: Sequence[Trace]) -> None:
        """Draw the traces, the last in front, and behind them the diagonal."""
        for trace in traces:
            self._line(trace)
        for trace in traces:
            self._marks(trace)
        for trace in reversed(traces):
            self._name(trace, words)
        for trace in reversed(traces):
            self._bands(trace)
        for y, canvas in enumerate(self._rows):
            canvas.under(self._scale.cell(self._day(y)), "╲", "diagonal")

    def _span(self, report: Report) -> Span | None:
        return span_of(report.window, self._scale) if report.window else None

    def _stretches(self, trace: Trace) -> list[tuple[Report, Span | None, int, int]]:
        """Every report with its place, its row, and the row up to which it held."""
        rows = [self._row(r.day) for r in trace.reports]
        ends = [*rows[1:], len(self._rows)]
        return [
            (report, self._span(report), row, row if report.is_over else end)
            for report, row, end in zip(trace.reports, rows, ends, strict=True)
        ]

    def _line(self, trace: Trace) -> None:
        down, across, right, left = _LINES[trace.place % len(_LINES)]
        before: tuple[int, int] | None = None
        for report, span, row, end in self._stretches(trace):
            if span is None:
                before = None
                continue
            x = span.anchor
            if before is not None and before[0] != x:
                was, since = before
                for cell in range(min(was, x) + 1, max(was, x)):
                    self._rows[row].put(cell, across, trace.style)
                corner = right if x > was else left
                self._rows[row].put(was, corner if since < row else across, trace.style)
            for y in range(row + 1, end):
                self._rows[y].put(x, down, trace.style)
            before = None if report.is_over else (x, row)

    def _marks(self, trace: Trace) -> None:
        stretches = self._stretches(trace)
        for report, span, row, _ in stretches:
            if span is not None:
                self._mark(row, span.anchor, trace, _sign(report))
        report, span, row, end = stretches[-1]
        if span is not None and row < end - 1:
            self._mark(end - 1, span.anchor, trace, _sign(report))

    def _name(self, trace: Trace, words: Words) -> None:
        """Call a line by its name where it ends, if there is room."""
        m = trace.row.milestone
        name = words.milestone(m.kind, m.title)
        report, span, row, end = self._stretches(trace)[-1]
        y = max(row, end - 1)
        if span is None or self._marked.get((y, span.anchor)) != trace.slug:
            return  # another line ends on top of it
        shaded = span.first - 3 * span.opens_before
        first = shaded if trace.slug == self._chosen or y == row else span.anchor
        if not self._rows[y].text(span.anchor + 2 + bool(_sign(report)), name, trace.style):
            self._rows[y].text(first - 1 - cell_len(name), name, trace.style)

    def _mark(self, y: int, x: int, trace: Trace, sign: str) -> None:
        """Put a letter and its sign; beside another letter, or a star where there is no room."""
        free = {None, trace.slug}
        if self._marked.get((y, x)) not in free and trace.slug != self._chosen:
            x += 1
        alone = self._marked.get((y, x)) in free or trace.slug == self._chosen
        self._marked[y, x] = trace.slug
        self._rows[y].put(x, trace.letter if alone else _SEVERAL, trace.style)
        if sign and (y, x + 1) not in self._marked:
            self._rows[y].put(x + 1, sign, trace.style)

    def _bands(self, trace: Trace) -> None:
        """Shade the windows: on the row of the report, or as long as they held."""
        for _, span, row, end in self._stretches(trace):
            if span is None or span.point:
                continue
            first = span.first - 3 if span.opens_before else span.first
            last = span.last + 3 if span.opens_after else span.last
            for y in range(row, end if trace.slug == self._chosen else row + 1):
                for x in range(first, last + 1):
                    self._rows[y].under(x, "▒" if y == row else "░", trace.style)

    def lines(self, traces: Sequence[Trace], words: Words, gutter: int) -> list[Line]:
        """The rows, each with the day of the last report that falls into it."""
        newest: dict[int, Report] = {}
        for report in sorted((r for t in traces for r in t.reports), key=lambda r: r.day):
            newest[self._row(report.day)] = report
        end = len(self._rows) - 1
        lines: list[Line] = []
        for y, canvas in enumerate(self._rows):
            text, style = "", "axis"
            if y in newest:
                text = words.reported(newest[y].update)[2:]
            elif y == end:
                text, style = self._down.end.isoformat()[2:], "today"
            lines.append([(text.ljust(gutter)[:gutter], style), *canvas.runs()])
        return lines


def _sign(report: Report) -> str:
    """How a milestone stands since a report, if it does not simply go on."""
    if report.cancelled:
        return GLYPHS[State.CANCELLED]
    if report.reached:
        return GLYPHS[State.COMPLETED]
    return GLYPHS[State.ON_HOLD] if report.on_hold else ""
