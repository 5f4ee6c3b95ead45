"""The axis of a drawing: its ticks in words, the lines down from it, and the days that are marked.

Three lines stand above the rows: the years, the ticks within them, and a rule on which
every tick, the as-of day and today stand over their cells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.charts.canvas import Canvas, Line
from tracker.charts.timescale import Scale, Tick, Unit, tick_unit, ticks
from tracker.words import Words
from tracker.words.cells import cell_len

__all__ = ["Axis"]

_MONTHS = range(1, 13)
_MAJOR = {
    Unit.DAY: Unit.MONTH,
    Unit.WEEK: Unit.YEAR,
    Unit.MONTH: Unit.YEAR,
    Unit.QUARTER: Unit.YEAR,
    Unit.HALF: Unit.YEAR,
}


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale with the two days that are marked on it, in one language."""

    scale: Scale
    as_of: date
    today: date
    words: Words

    @property
    def unit(self) -> Unit:
        """What the ticks stand for: what the zoom says, else the finest that fits."""
        zoom = self.scale.zoom
        return Unit(zoom.value) if zoom else tick_unit(self.scale, self._widths())

    def head(self) -> list[Line]:
        """The lines above the rows, each as wide as the scale."""
        return [self._majors(), self._minors(), self.rule()]

    def rule(self) -> Line:
        """A line with every tick at its cell, and the marked days."""
        canvas = Canvas(self.scale.cells)
        for cell in range(canvas.width):
            canvas.put(cell, "─", "axis")
        for tick in ticks(self.scale, self.unit):
            canvas.put(tick.cell, "┬", "axis")
        for day, style in self._marked():
            canvas.put(self.scale.cell(day), "▼", style)
        return canvas.runs()

    def lines_down(self, canvas: Canvas) -> None:
        """Draw what goes down from the axis through a row, where the row is blank."""
        for day, style in self._marked():
            canvas.under(self.scale.cell(day), "│" if style == "today" else "┊", style)
        for tick in self._major_ticks():
            canvas.under(tick.cell, "·", "grid")

    def _marked(self) -> Iterator[tuple[date, str]]:
        """The as-of day and today; the later one covers the other."""
        if self.as_of != self.today:
            yield self.as_of, "as_of"
        yield self.today, "today"

    def _major_ticks(self) -> list[Tick]:
        major = _MAJOR.get(self.unit)
        return [] if major is None else list(ticks(self.scale, major))

    def _majors(self) -> Line:
        """The years, the first one held at the left edge, and the names of the marked days."""
        canvas = Canvas(self.scale.cells)
        major = _MAJOR.get(self.unit)
        if major is not None:
            shown = self._major_ticks()
            held = self._label(major, self.scale.start)
            if not shown or shown[0].cell > cell_len(held):
                canvas.text(0, held, "axis")
            for tick in shown:
                canvas.text(tick.cell, self._label(major, tick.day), "axis")
        for day, style in reversed(list(self._marked())):
            cell = self.scale.cell(day)
            name = self.words.of("timeline", style)
            width = cell_len(name)
            places = (cell, *(cell - width + gap for gap in (1, 0, -1)))
            any(canvas.text(at, name, style) for at in places)
        return canvas.runs()

    def _minors(self) -> Line:
        canvas = Canvas(self.scale.cells)
        for tick in ticks(self.scale, self.unit):
            canvas.text(tick.cell, self._label(self.unit, tick.day), "axis")
        return canvas.runs()

    def _label(self, unit: Unit, day: date) -> str:
        if unit is Unit.DAY:
            return f"{day.day}"
        if unit is Unit.WEEK:
            return f"{day:%m-%d}"
        if unit is Unit.MONTH:
            month = self.words.of("timeline.month", day.month)
            alone = self.unit is Unit.DAY  # nothing else says the year then
            return self.words("timeline.month", year=day.year, month=month) if alone else month
        if unit is Unit.QUARTER:
            return self.words("timeline.quarter", quarter=(day.month + 2) // 3)
        if unit is Unit.HALF:
            return self.words.of("timeline.half", (day.month + 5) // 6)
        return f"{day.year:04d}"

    def _widths(self) -> dict[Unit, int]:
        """The widest label of every unit."""
        words = self.words
        widths = dict.fromkeys(Unit, len("2026"))
        widths[Unit.DAY], widths[Unit.WEEK] = len("31"), len("12-31")
        widths[Unit.MONTH] = max(cell_len(words.of("timeline.month", m)) for m in _MONTHS)
        widths[Unit.QUARTER] = cell_len(words("timeline.quarter", quarter=4))
        widths[Unit.HALF] = max(cell_len(words.of("timeline.half", n)) for n in (1, 2))
        return widths
