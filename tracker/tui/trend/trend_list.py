"""The statements beneath the trend chart: a line for each, with a cursor."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tracker.charts.canvas import Line
from tracker.charts.trend import Trace
from tracker.charts.trend_table import statement_lines
from tracker.domain.forecast_history import Report
from tracker.tui.widgets.columns import Column
from tracker.tui.widgets.row_list import LEAD, RowList
from tracker.words import Words

__all__ = ["StatementLine", "TrendList"]

StatementLine = tuple[Trace, Report, Line]
"""A statement, the line of its milestone, and how it is drawn."""


class TrendList(RowList[StatementLine]):
    """What was said of each milestone, by milestone and day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "key.open", id="list.open"),
        Binding("right,l", "screen.turn(1)", "key.next_facility", id="trend.next"),
        Binding("left,h", "screen.turn(-1)", "key.previous_facility", id="trend.previous"),
    ]

    def __init__(self, words: Words, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        """Show nothing yet."""
        super().__init__(words, id)
        self._traces: Sequence[Trace] = ()
        self._statements: list[StatementLine] = []

    def show_traces(self, traces: Sequence[Trace], milestone: str | None) -> None:
        """Show what was reported, the cursor on the last report of a milestone."""
        before = self.row
        self._traces = traces
        self._draw_lines()
        places = [n for n, (trace, _, _) in enumerate(self._statements) if trace.slug == milestone]
        same = [
            n
            for n, (_, report, _) in enumerate(self._statements)
            if before is not None and report.update.id == before[1].update.id and n in places
        ]
        self.show(
            len(self._statements),
            lambda offset, limit: self._statements[offset : offset + limit],
            cursor=next(iter(same or places[-1:]), 0),
            empty=self._words("trend.nothing"),
        )

    def _draw_lines(self) -> None:
        width = max(1, self.scrollable_content_region.width - LEAD)
        self._statements = list(statement_lines(self._traces, self._words, width))

    @property
    def trace(self) -> Trace | None:
        """The milestone under the cursor."""
        return self.row[0] if self.row else None

    def columns(self, width: int) -> list[Column[StatementLine]]:
        """None: a line is drawn as a whole."""
        del width
        return []

    def key(self, row: StatementLine) -> tuple[str, str]:
        """Facility and milestone."""
        m = row[0].row.milestone
        return m.facility, m.slug

    def measure(self) -> None:
        """Draw every line in another width."""
        self._draw_lines()
        self._chunks.clear()
        super().measure()

    def draw(self, row: StatementLine, *, chosen: bool) -> Line:
        """Return the line of a statement; the chosen one is of one tone."""
        line = [(text, "cursor") for text, _ in row[2]] if chosen else row[2]
        return [self.lead(row), *line]
