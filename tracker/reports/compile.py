"""Making the weekly report from the boards of two days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.fold.folding import in_force
from db.model.period import Period
from db.model.records import (
    WAITING,
    Kind,
    Milestone,
    Source,
    Standing,
    State,
    Type,
    Update,
    UpdateKind,
)
from db.read.reader import Filter, Reader
from tracker.charts.report_charts import drawings_of
from tracker.domain.board import Board, Row, Summary, read_board, summary_of
from tracker.domain.holds import holds
from tracker.domain.latest_remarks import told_of
from tracker.domain.limits import Limits
from tracker.domain.schedule import judge, slip
from tracker.reports.weekly import AHEAD, Change, Done, FacilityLine, Held, Item, WeeklyReport
from tracker.reports.weeks import Week

__all__ = ["read_weekly"]


def read_weekly(
    reader: Reader,
    week: Week,
    as_of: date,
    limits: Limits,
    known_at: datetime | None = None,
) -> WeeklyReport:
    """Make the report of `week` as reports of that week had it.

    Args:
        reader: On a connection of its own; it is left looking at `as_of`.
        week: Which.
        as_of: Its last day, which lies in it.
        limits: The settings of judging.
        known_at: Also leave out what was recorded after this instant.
    """
    before = _read_before(reader, week, as_of, limits, known_at)
    if known_at is None and reader.is_of_today(as_of):
        reader.at_today()  # the same, without a copy of everything
    else:
        reader.at(as_of, known_at)
    now = read_board(reader, as_of, limits)
    return _Maker(reader, week, now, before, limits).made(known_at)


@dataclass(frozen=True, slots=True)
class _Before:
    """What was so on the Sunday before; rows of the facilities that the week speaks of.

    Others stand as they stood, as far as the report compares.
    """

    counts: Mapping[State, int]
    rows: Mapping[tuple[str, str], Row]
    concerned: frozenset[str]


def _read_before(
    reader: Reader, week: Week, as_of: date, limits: Limits, known_at: datetime | None
) -> _Before:
    """Read it; nothing was so where the calendar begins with the week."""
    concerned, day = reader.spoken_of_between(week.monday, as_of), week.day_before
    if day is None:
        return _Before(dict.fromkeys(State, 0), {}, frozenset(concerned))
    reader.at(day, known_at)
    milestones = (m for slug in concerned for m in reader.milestones_of(slug))
    return _Before(
        counts=reader.counts(day, limits.due_soon, Filter()),
        rows={_key(m): Row(m, judge(m, day, limits)) for m in milestones},
        concerned=frozenset(concerned),
    )


class _Maker:
    """Puts the report together; what is held is a row for each milestone, never a statement."""

    def __init__(
        self, reader: Reader, week: Week, now: Board, before: _Before, limits: Limits
    ) -> None:
        self.reader = reader
        self.week, self.now, self.before, self.limits = week, now, before, limits
        self.told = told_of(reader.remarks())
        self.said = reader.changed(week.monday, now.as_of)  # newest first
        self.rows = {_key(r.milestone): r for r in now.rows}
        self.summaries = self._summaries(reader)
        self.plans = self._plans()

    def _summaries(self, reader: Reader) -> dict[str, Summary]:
        own: dict[str, list[Row]] = {}
        for row in self.now.rows:
            own.setdefault(row.milestone.facility, []).append(row)
        return {
            f.slug: summary_of(f, own.get(f.slug, ()), self.now.as_of) for f in reader.facilities()
        }

    def _plans(self) -> dict[tuple[str, str], list[Update]]:
        """The plans that were told of in the week, the newest first, by what they are of."""
        plans: dict[tuple[str, str], list[Update]] = {}
        for u in self.said:
            if u.milestone is not None and u.kind in {UpdateKind.PLAN, UpdateKind.ORIGINAL}:
                plans.setdefault((u.facility, u.milestone), []).append(u)
        return plans

    def _in_force(self, facility: str) -> list[Update]:
        return in_force(self.reader.updates_of(facility))

    def made(self, known_at: datetime | None) -> WeeklyReport:
        day = self.now.as_of
        overdue = self._items(filter(_is_overdue, self.now.rows))
        due = self._due()
        done, changes, announced = self._done(), self._changes(), self._announced()
        matter = [
            *(d.row.milestone.facility for d in done if not d.again),
            *(c.row.milestone.facility for c in changes),
            *(i.milestone.facility for i in overdue),
            *(i.milestone.facility for i in due[AHEAD[0]]),
        ]
        next_week = self._items(self._next_week())
        looked_at = {
            "stale": [r for r in self.now.rows if r.judged.stale and not _is_overdue(r)],
            "undated": [r for r in self.now.rows if r.judged.state is State.UNDATED],
            "contradictory": [
                r
                for r in self.now.rows
                if r.milestone.standing in WAITING
                and (r.milestone.contradicted or r.milestone.breach)
            ],
        }
        items = {name: self._items(rows) for name, rows in looked_at.items()}
        cited = [
            *(i.milestone.source for i in overdue),
            *(i.milestone.source for part in due.values() for i in part),
            *(d.update.source for d in done),
            *(c.source for c in (*changes, *announced)),
            *(i.milestone.source for i in (*next_week, *items["contradictory"])),
        ]
        return WeeklyReport(
            week=self.week,
            as_of=day,
            known_at=known_at,
            facilities=self.now.facilities,
            programmes=self.now.programmes,
            counts={s: (self.now.counts[s], self.before.counts[s]) for s in State},
            overdue=overdue,
            due=due,
            done=done,
            changes=changes,
            announced=announced,
            next_week=next_week,
            on_hold=tuple(self._held()),
            **items,
            lines=tuple(self._lines()),
            drawings=drawings_of(dict.fromkeys(matter), self.now.rows, self._in_force, day),
            numbers=_numbered(s for s in cited if s is not None),
        )

    def _items(self, rows: Iterable[Row]) -> tuple[Item, ...]:
        return tuple(Item(row, self.told[_key(row.milestone)]) for row in rows)

    def _due(self) -> dict[int, tuple[Item, ...]]:
        """Open milestones by the days that are left, the nearest first."""
        waiting = [
            (-row.judged.to_deadline, row)
            for row in self.now.rows
            if row.judged.to_deadline is not None and row.judged.to_deadline <= 0
        ]
        waiting.sort(key=lambda pair: (pair[0], _key(pair[1].milestone)))
        edges = (-1, *AHEAD)
        return {
            days: self._items(row for left, row in waiting if edges[i] < left <= days)
            for i, days in enumerate(AHEAD)
        }

    def _done(self) -> tuple[Done, ...]:
        newest: dict[tuple[str, str], Update] = {}
        for u in self.said:
            if u.kind is UpdateKind.ACTUAL and u.milestone is not None:
                newest.setdefault((u.facility, u.milestone), u)
        done = [
            Done(row, u, self.summaries[u.facility].facility.progress, self._was_done(key))
            for key, u in newest.items()
            if (row := self.rows.get(key)) and row.judged.state is State.COMPLETED
        ]
        return tuple(sorted(done, key=lambda d: (d.again, _key(d.row.milestone))))

    def _was_done(self, key: tuple[str, str]) -> bool:
        return key in self.before.rows and self.before.rows[key].judged.state is State.COMPLETED

    def _changes(self) -> tuple[Change, ...]:
        changes = []
        for key, was in self.before.rows.items():
            row = self.rows.get(key)
            if row is None:
                continue
            old, new = was.milestone.forecast, row.milestone.forecast
            if old != new and not (old and new and old.same_window(new)):
                changes.append(self._change(row, old, new))
        return tuple(sorted(changes, key=_farthest))

    def _announced(self) -> tuple[Change, ...]:
        return tuple(
            self._change(row, None, row.milestone.forecast)
            for key, row in sorted(self.rows.items())
            if key[0] in self.before.concerned
            and key not in self.before.rows
            and row.milestone.forecast
            and row.milestone.standing in WAITING
        )

    def _change(self, row: Row, old: Period | None, new: Period | None) -> Change:
        said = self.plans.get(_key(row.milestone), ())
        return Change(
            row=row,
            old=old,
            new=new,
            moved=slip(old, new),
            reason=next((u.reason for u in said if u.reason), None),
            action=next((u.action for u in said if u.action), None),
            source=next((u.source for u in said if u.source), None),
        )

    def _held(self) -> Iterator[Held]:
        """What rests, the longest first, then what rested until a day of the week."""
        said = {u.facility for u in self.said if u.kind is UpdateKind.HOLD}
        rested = filter(_rests, (*self.before.rows.values(), *self.now.rows))
        facilities = said | {r.milestone.facility for r in rested}
        kinds: dict[str, dict[str, Kind]] = {slug: {} for slug in facilities}
        for facility, milestone in self.rows:
            if facility in kinds:
                kinds[facility][milestone] = self.rows[facility, milestone].milestone.kind
        held = [
            Held(self.rows[slug, step], hold)
            for slug in facilities
            for step, found in holds(self._in_force(slug), kinds[slug]).items()
            for hold in found
            if hold.until is None or hold.until >= self.week.monday
        ]
        held.sort(key=lambda h: (h.hold.until or date.min, h.hold.since, _key(h.row.milestone)))
        yield from (h for h in held if h.hold.until is not None or _rests(h.row))

    def _next_week(self) -> Iterator[Row]:
        following = self.week.following
        if following is None:
            return
        rows = [r for r in self.now.rows if r.milestone.standing is Standing.OPEN]
        rows.sort(key=lambda r: (_last(r), _key(r.milestone)))
        for row in rows:
            forecast = row.milestone.forecast
            if forecast and any(d and d in following for d in (forecast.latest, forecast.earliest)):
                yield row

    def _lines(self) -> Iterator[FacilityLine]:
        order = sorted(
            self.summaries.values(),
            key=lambda s: (
                s.facility.type is Type.PROGRAMME,
                s.facility.city or "",
                s.facility.slug,
            ),
        )
        for s in order:
            row = Row(s.next, judge(s.next, self.now.as_of, self.limits)) if s.next else None
            yield FacilityLine(s, row)


def _key(m: Milestone) -> tuple[str, str]:
    return (m.facility, m.slug)


def _is_overdue(row: Row) -> bool:
    return row.judged.state is State.OVERDUE


def _numbered(cited: Iterable[Source]) -> dict[Source, int]:
    return {source: number for number, source in enumerate(dict.fromkeys(cited), start=1)}


def _rests(row: Row) -> bool:
    return row.judged.state is State.ON_HOLD


def _last(row: Row) -> date:
    forecast = row.milestone.forecast
    return (forecast.latest if forecast else None) or date.max


def _farthest(change: Change) -> tuple[int, tuple[str, str]]:
    """The largest slip first."""
    days = change.moved.days if change.moved else None
    return (-(days or 0), _key(change.row.milestone))
