"""The table of all milestones, as CSV and XLSX have it: its columns, and what stands in them.

One row is one milestone; a facility without any has a row of its own. Periods stand as
people say them, with the days they mean beside them, so that nothing of them is lost.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from db.model.fields import FIELDS
from db.model.period import Period
from db.model.progress import Stage, counted
from db.model.records import Basis, Facility, Kind, Milestone, Type
from db.read.reader import Reader
from tracker.domain.board import Row
from tracker.domain.latest_remarks import LatestRemarks, latest_remarks
from tracker.domain.limits import Limits
from tracker.domain.schedule import judge
from tracker.exchange.grids.safe_cells import Cell
from tracker.words import Words

__all__ = ["ALIASES", "COLUMNS", "WINDOWS", "Table", "header"]

ALIASES = " | "  # between the other names of a facility
WINDOWS = ("baseline", "forecast", "actual")


@dataclass(frozen=True, slots=True)
class _Line:
    facility: Facility
    row: Row | None
    told: LatestRemarks
    words: Words


def _of_milestone(take: Callable[[Milestone], Cell]) -> Callable[[_Line], Cell]:
    return lambda line: take(line.row.milestone) if line.row else None


def _of_facility(name: str) -> Callable[[_Line], Cell]:
    def take(line: _Line) -> Cell:
        value = getattr(line.facility, name)
        if isinstance(value, tuple):
            return ALIASES.join(value)
        return line.words.period(value) if isinstance(value, Period) else value

    return take


def _period(name: str) -> Callable[[_Line], Cell]:
    def take(line: _Line) -> Cell:
        period = getattr(line.row.milestone, name) if line.row else None
        return line.words.period(period) if isinstance(period, Period) else None

    return take


def _end(name: str, end: str) -> Callable[[_Line], Cell]:
    def take(line: _Line) -> Cell:
        day: date | None = getattr(
            getattr(line.row.milestone, name) if line.row else None, end, None
        )
        return day

    return take


def _source(name: str) -> Callable[[_Line], Cell]:
    return _of_milestone(lambda m: getattr(m.source, name) if m.source else None)


def _published(line: _Line) -> Cell:
    """The day of the source; its month as text where the day is not known."""
    source = line.row.milestone.source if line.row else None
    if source is None or source.published is None:
        return None
    if source.basis == Basis.APPROXIMATE:
        return source.published[:7]
    try:
        return date.fromisoformat(source.published)
    except ValueError:
        return source.published


def _state(line: _Line) -> Cell:
    return line.words.of("state", line.row.judged.state.value) if line.row else None


def _detail(line: _Line) -> Cell:
    detail = line.row.judged.detail if line.row else None
    return line.words.of("detail", detail.value) if detail else None


def _d_day(line: _Line) -> Cell:
    return line.words.d_day(line.row.judged.to_deadline) if line.row else None


def _moved(sign: int) -> Callable[[_Line], Cell]:
    """Days later (1) or earlier (-1) than the baseline; nothing where it is the other way."""

    def take(line: _Line) -> Cell:
        moved = line.row.judged.slip if line.row else None
        days = sign * moved.days if moved and moved.days is not None else 0
        return days if days > 0 else None

    return take


def _stale(line: _Line) -> Cell:
    return line.words("sheet.yes") if line.row and line.row.judged.stale else None


def _listed(line: _Line) -> Cell:
    """Whether the forecast stood in an office's table, and nobody reported it."""
    listed = line.row is not None and line.row.milestone.listed
    return line.words("sheet.yes") if listed else None


COLUMNS: Mapping[str, Callable[[_Line], Cell]] = {
    "name": _of_facility("name"),
    "city": _of_facility("city"),
    "kind": lambda line: line.words.kind(line.row.milestone.kind) if line.row else None,
    "title": _of_milestone(lambda m: m.title),
    "state": _state,
    "detail": _detail,
    "d_day": _d_day,
    **{name: _period(name) for name in WINDOWS},
    "late_days": _moved(1),
    "early_days": _moved(-1),
    "stale": _stale,
    **{f"{name}_{end}": _end(name, end) for name in WINDOWS for end in ("earliest", "latest")},
    "forecast_on": _of_milestone(lambda m: m.forecast_on),
    "listed": _listed,
    "actual_on": _of_milestone(lambda m: m.actual_on),
    "confirmed_on": _of_milestone(lambda m: m.confirmed_on),
    "on_hold_since": _of_milestone(lambda m: m.on_hold_since),
    "cancelled_on": _of_milestone(lambda m: m.cancelled_on),
    "snoozed_until": _of_milestone(lambda m: m.snoozed_until),
    "updated_on": lambda line: (line.row.milestone if line.row else line.facility).updated_on,
    "reason": lambda line: line.told.reason,
    "action": lambda line: line.told.action,
    "publisher": _source("publisher"),
    "source": _source("title"),
    "published": _published,
    "url": _source("url"),
    "owner": _of_facility("owner"),
    "type": lambda line: line.words.type(line.facility.type),
    # Name, city and owner keep the places that they have above.
    **{field.name: _of_facility(field.name) for field in FIELDS if field.exported},
    "facility": _of_facility("slug"),
    "milestone": _of_milestone(lambda m: m.slug),
}


def header(words: Words) -> tuple[str, ...]:
    """The titles of the columns in one language."""
    return tuple(words.of("sheet", key) for key in COLUMNS)


@dataclass(slots=True)
class Table:
    """The milestones of a store on `day`; it counts what it hands out.

    Attributes:
        written: How many facilities and how many programmes were handed out.
        milestones: How many milestones were.
    """

    reader: Reader
    day: date
    limits: Limits
    words: Words
    written: Counter[Type] = field(default_factory=Counter)
    milestones: int = 0

    def rows(self) -> Iterator[list[Cell]]:
        """Every milestone, by facility and in the order of the lifecycle."""
        told = latest_remarks(self.reader.remarks())
        number = sum(self.reader.totals().values())
        for facility, milestones in counted(self.reader.every_facility(), number, Stage.WRITE):
            self.written[facility.type] += 1
            for m in sorted(milestones, key=_lifecycle):
                self.milestones += 1
                row = Row(m, judge(m, self.day, self.limits))
                yield self._cells(facility, row, told[facility.slug, m.slug])
            if not milestones:
                yield self._cells(facility, None, told[facility.slug, None])

    def _cells(self, facility: Facility, row: Row | None, told: LatestRemarks) -> list[Cell]:
        line = _Line(facility, row, told, self.words)
        return [cell(line) for cell in COLUMNS.values()]


_KINDS = list(Kind)


def _lifecycle(m: Milestone) -> tuple[int, str]:
    return (_KINDS.index(m.kind), m.slug)
