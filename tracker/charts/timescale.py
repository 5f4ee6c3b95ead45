"""A time axis in terminal cells: which half cell a day falls into, and where the ticks stand.

A scale divides a span of whole days evenly among cells, each of two halves. All of it is
whole-number arithmetic on the ordinals of days, so a window drawn by two people covers
the same half cells.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from db.model.period import Period

__all__ = ["Scale", "Tick", "Unit", "Zoom", "fitting", "spanning", "tick_unit", "ticks"]

_LAST = date.max.toordinal()
_MONTHS = 12


class Zoom(StrEnum):
    """How near one looks, named after the ticks that fit then."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def days(self) -> int:
        """Days in one cell."""
        return _DAYS_A_CELL[self]


_DAYS_A_CELL = {Zoom.WEEK: 1, Zoom.MONTH: 4, Zoom.QUARTER: 14, Zoom.HALF: 24, Zoom.YEAR: 56}


class Unit(StrEnum):
    """What ticks may stand for, from the finest to the coarsest."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    YEARS_5 = "years-5"
    DECADE = "decade"
    YEARS_50 = "years-50"
    CENTURY = "century"
    YEARS_500 = "years-500"
    MILLENNIUM = "millennium"


_IN_MONTHS = {
    Unit.MONTH: 1,
    Unit.QUARTER: 3,
    Unit.HALF: 6,
    Unit.YEAR: 12,
    Unit.YEARS_5: 60,
    Unit.DECADE: 120,
    Unit.YEARS_50: 600,
    Unit.CENTURY: 1200,
    Unit.YEARS_500: 6000,
    Unit.MILLENNIUM: 12000,
}
_SHORTEST = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 28, Unit.QUARTER: 90, Unit.HALF: 181}


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a unit, and the cell it falls into."""

    day: date
    cell: int


@dataclass(frozen=True, slots=True)
class Scale:
    """`days` days from the ordinal `first` on, spread over `cells` cells.

    Cells and halves are counted from 0 at the left edge; a day before it has a negative one.
    """

    first: int
    days: int
    cells: int

    @classmethod
    def of(cls, first: int, days: int, cells: int) -> Self:
        """A scale that stays inside the calendar (years 1 to 9999)."""
        days = max(1, min(days, _LAST))
        return cls(max(1, min(first, _LAST + 1 - days)), days, max(1, cells))

    @classmethod
    def around(cls, day: date, zoom: Zoom, cells: int, at: int) -> Self:
        """The scale of a zoom that has `day` in the cell `at`."""
        return cls.of(day.toordinal() - at * zoom.days, zoom.days * max(1, cells), cells)

    # -- days and cells --------------------------------------------------------------------------

    def half(self, day: date) -> int:
        """The half cell in which a day begins."""
        return (day.toordinal() - self.first) * 2 * self.cells // self.days

    def last_half(self, day: date) -> int:
        """The half cell in which a day ends; the one it begins in, if it is shorter."""
        return -((self.first - day.toordinal() - 1) * 2 * self.cells // self.days) - 1

    def halves(self, earliest: date, latest: date) -> range:
        """Every half cell that is touched by the days from `earliest` to `latest`."""
        return range(self.half(earliest), self.last_half(latest) + 1)

    def cell(self, day: date) -> int:
        """The cell in which a day begins."""
        return self.half(day) // 2

    def day(self, cell: int) -> date:
        """The first day that begins in a cell, or after it where none does."""
        ordinal = self.first - (-cell * self.days // self.cells)
        return date.fromordinal(max(1, min(ordinal, _LAST)))

    @property
    def start(self) -> date:
        """The first day."""
        return date.fromordinal(self.first)

    @property
    def end(self) -> date:
        """The last day."""
        return date.fromordinal(self.first + self.days - 1)

    # -- looking elsewhere -----------------------------------------------------------------------

    @property
    def zoom(self) -> Zoom | None:
        """The zoom this is, or None where it was made to fit."""
        return next((z for z in Zoom if z.days * self.cells == self.days), None)

    def panned(self, cells: int) -> Self:
        """Look that many cells further right, at least a day."""
        days = cells * self.days // self.cells if cells > 0 else -(-cells * self.days // self.cells)
        step = days or (1 if cells > 0 else -1 if cells else 0)
        return self.of(self.first + step, self.days, self.cells)

    def zoomed(self, step: int) -> Self:
        """Look nearer (1) or from further away (-1), the middle staying in the middle."""
        others = [z.days * self.cells for z in Zoom]
        finer, coarser = [d for d in others if d < self.days], [d for d in others if d > self.days]
        days = finer[-1:] if step > 0 else coarser[:1]
        if not days:
            return self
        return self._centred(days[0])

    def _centred(self, days: int) -> Self:
        middle = self.first + self.days // 2
        return self.of(middle - days // 2, days, self.cells)

    def resized(self, cells: int) -> Self:
        """The same days to a cell in another width, the left edge staying where it is."""
        return self.of(self.first, max(1, self.days * max(1, cells) // self.cells), cells)


def spanning(first: date, last: date, cells: int) -> Scale:
    """All days from one to the other, both included; a reversed pair counts as its first day."""
    return Scale.of(first.toordinal(), (last - first).days + 1, cells)


def fitting(periods: Iterable[Period], also: date, cells: int) -> Scale:
    """Every known end of these windows and one day more, with a little room at both edges."""
    ends = [d.toordinal() for p in periods for d in (p.earliest, p.latest) if d is not None]
    ends.append(also.toordinal())
    first, last = min(ends), max(ends)
    room = max(1, (last - first + 1) // max(8, cells // 2))
    return Scale.of(first - room, last - first + 1 + 2 * room, cells)


def tick_unit(scale: Scale, widths: Mapping[Unit, int]) -> Unit:
    """The finest unit whose labels fit between its ticks, with a blank between."""
    for unit in Unit:
        cells = _shortest(unit) * scale.cells // scale.days
        if cells > widths[unit]:
            return unit
    return Unit.MILLENNIUM


def ticks(scale: Scale, unit: Unit) -> Iterator[Tick]:
    """The first days of a unit that the scale shows."""
    for day in _starts(unit, scale.start, scale.end):
        yield Tick(day, scale.cell(day))


def _shortest(unit: Unit) -> int:
    return _SHORTEST.get(unit) or 365 * _IN_MONTHS[unit] // _MONTHS


def _starts(unit: Unit, first: date, last: date) -> Iterator[date]:
    if unit in _IN_MONTHS:
        step = _IN_MONTHS[unit]
        begun = first.year * _MONTHS + first.month - 1 + (first.day > 1)
        for month in range(-(-begun // step) * step, last.year * _MONTHS + last.month, step):
            yield date(month // _MONTHS, month % _MONTHS + 1, 1)
        return
    step = 7 if unit is Unit.WEEK else 1
    begin = first.toordinal()
    begin += -(begin - 1) % step  # ordinal 1 is a Monday
    for ordinal in range(begin, last.toordinal() + 1, step):
        yield date.fromordinal(ordinal)
