"""What the charts of a report show: the steps of the facilities that matter, and how they moved."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from db.model.period import Period
from db.model.records import Kind, State, Update, UpdateKind
from tracker.domain.board import Row

__all__ = ["Bar", "Drawings", "FacilityBars", "Trend", "TrendLine", "drawings_of"]

_MOST_TIMELINES, _MOST_TRENDS = 10, 6
_KINDS = list(Kind)


@dataclass(frozen=True, slots=True)
class Bar:
    """One step on a timeline; windows as the records have them."""

    kind: Kind
    title: str | None
    state: State
    baseline: Period | None
    forecast: Period | None
    actual: Period | None


@dataclass(frozen=True, slots=True)
class FacilityBars:
    """The steps of one facility, in the order of the lifecycle."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TrendLine:
    """How the last day of one step moved: (the day of the report, the last day it gave)."""

    kind: Kind
    title: str | None
    points: tuple[tuple[date, date], ...]
    done: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The milestone trend of one facility; only steps that moved are in it."""

    name: str
    lines: tuple[TrendLine, ...]


@dataclass(frozen=True, slots=True)
class Drawings:
    """A timeline, and a trend for each facility whose forecasts moved."""

    day: date
    timelines: tuple[FacilityBars, ...]
    trends: tuple[Trend, ...]


def drawings_of(
    facilities: Iterable[str],
    rows: Iterable[Row],
    in_force: Callable[[str], list[Update]],
    day: date,
) -> Drawings:
    """Draw the first of `facilities`, given by slug, the most important first.

    `in_force` gives the statements in force of a facility, in the order of the fold.
    """
    wanted = list(facilities)
    own: dict[str, list[Row]] = {slug: [] for slug in wanted}
    for row in rows:
        if row.milestone.facility in own:
            own[row.milestone.facility].append(row)
    for steps in own.values():
        steps.sort(key=lambda r: (_KINDS.index(r.milestone.kind), r.milestone.slug))
    drawn = [own[s] for s in wanted if own[s]][:_MOST_TIMELINES]
    timelines = tuple(
        FacilityBars(steps[0].milestone.facility_name, _bars(steps)) for steps in drawn
    )
    trends = (
        Trend(own[s][0].milestone.facility_name, lines)
        for s in wanted
        if own[s] and (lines := _lines(own[s], _moves(in_force(s))))
    )
    return Drawings(day, timelines, tuple(islice(trends, _MOST_TRENDS)))


def _bars(rows: Iterable[Row]) -> tuple[Bar, ...]:
    return tuple(
        Bar(m.kind, m.title, row.judged.state, m.baseline, m.forecast, m.actual)
        for row in rows
        if (m := row.milestone).actual or m.forecast
    )


_Moves = dict[tuple[str, str | None], list[tuple[date, date]]]
_GIVES_A_DATE = {UpdateKind.PLAN, UpdateKind.ORIGINAL, UpdateKind.ACTUAL}


def _moves(updates: Iterable[Update]) -> _Moves:
    """The last days that were given of each step, one for each day of a report."""
    moves: _Moves = {}
    for u in updates:
        if u.kind in _GIVES_A_DATE and u.period is not None and u.period.latest is not None:
            points = moves.setdefault((u.facility, u.milestone), [])
            if points and points[-1][0] == u.reported_on and u.kind is not UpdateKind.ORIGINAL:
                points.pop()
            points.append((u.reported_on, u.period.latest))
    return moves


def _lines(rows: Iterable[Row], moves: _Moves) -> tuple[TrendLine, ...]:
    lines = []
    for row in rows:
        m = row.milestone
        points = moves.get((m.facility, m.slug), [])
        if len({given for _, given in points}) > 1:
            done = row.judged.state is State.COMPLETED
            lines.append(TrendLine(m.kind, m.title, tuple(points), done))
    return tuple(lines)
