"""The board: milestones and facilities as they stand on one as-of day.

Screens, commands and reports are all made from these; none of them asks the store.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from db.fold.facility_rollup import rollup
from db.model.records import Facility, Kind, Milestone, State, Type, Update
from db.model.states import Rag
from db.read.reader import Filter, Reader
from tracker.domain.limits import Limits
from tracker.domain.schedule import (
    Judged,
    facility_state,
    judge,
    next_up,
)

if TYPE_CHECKING:
    from db.read.lists.facility_list import FacilityOrder

__all__ = [
    "MOST_CHANGED",
    "Board",
    "FacilityLine",
    "FacilityPage",
    "Row",
    "Status",
    "Summary",
    "lifecycle_order",
    "read_board",
    "read_facilities",
    "read_facility",
    "read_rows",
    "read_status",
    "summarize",
    "summary_of",
]

CHANGED_DAYS = 7
MOST_CHANGED = 200
"""The most statements of the last week in a `Status`, newest first."""

_NEXT = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One milestone as it stands on the day."""

    milestone: Milestone
    judged: Judged


@dataclass(frozen=True, slots=True)
class Board:
    """Milestones in order of urgency.

    Attributes:
        as_of: The day on which everything is judged.
        counts: How many milestones there are in each state, under the same filter
            but whatever states it names.
        total: How many rows there would be without `limit`.
    """

    as_of: date
    facilities: int
    programmes: int
    counts: dict[State, int]
    total: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A facility with what its milestones say of it on the day."""

    facility: Facility
    state: State | None
    phase: Kind | None
    next: Milestone | None
    rag: Rag | None


@dataclass(frozen=True, slots=True)
class FacilityLine:
    """A facility as one line of a list.

    Attributes:
        next: The open milestone that is due first, as it stands on the day.
        slip: How many days the latest of the open milestones ends behind its baseline; of
            all, where none is open.
        stale: About some open milestone nobody has said anything for too long.
    """

    summary: Summary
    next: Row | None
    slip: int | None
    stale: bool


@dataclass(frozen=True, slots=True)
class FacilityPage:
    """All that is known of one facility; rows in the order of the lifecycle."""

    as_of: date
    summary: Summary
    rows: tuple[Row, ...]
    updates: tuple[Update, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The office at a glance: counts, what was said in the last week, what comes next."""

    board: Board
    changed: tuple[Update, ...]
    next: tuple[Row, ...]


def read_board(
    reader: Reader,
    day: date,
    limits: Limits,
    wanted: Filter | None = None,
    *,
    limit: int = -1,
    offset: int = 0,
) -> Board:
    """Return the board of `day` with `limit` rows from `offset` on, all by default."""
    wanted = wanted or Filter()
    counts = reader.counts(day, limits.due_soon, replace(wanted, states=()))
    totals = reader.totals()
    rows = read_rows(reader, day, limits, wanted, (offset, limit), counts)
    return Board(
        as_of=day,
        facilities=totals.get(Type.FACILITY, 0),
        programmes=totals.get(Type.PROGRAMME, 0),
        counts=counts,
        total=sum(n for state, n in counts.items() if state in (wanted.states or State)),
        rows=rows,
    )


def read_rows(
    reader: Reader,
    day: date,
    limits: Limits,
    wanted: Filter,
    window: tuple[int, int],
    known: Mapping[State, int] | None = None,
) -> tuple[Row, ...]:
    """Return rows of the board of `day` without its counts.

    Args:
        reader: Where from.
        day: On which they are judged.
        limits: By which.
        wanted: Which.
        window: How many to leave out before, and how many to give.
        known: How many there are in each state, if that was counted already.
    """
    offset, limit = window
    soon = limits.due_soon
    found = reader.milestones(day, soon, wanted, limit=limit, offset=offset, known=known)
    return tuple(Row(m, judge(m, day, limits)) for m in found)


def read_facility(reader: Reader, slug: str, day: date, limits: Limits) -> FacilityPage:
    """Return one facility as it stands on `day`.

    Raises:
        NotFoundError: There is none of this slug on that day.
    """
    facility = reader.facility(slug)
    milestones = sorted(reader.milestones_of(slug), key=lifecycle_order)
    return FacilityPage(
        as_of=day,
        summary=summarize(facility, milestones, day, limits),
        rows=tuple(Row(m, judge(m, day, limits)) for m in milestones),
        updates=tuple(reader.updates_of(slug)),
    )


def summarize(
    facility: Facility, milestones: Iterable[Milestone], day: date, limits: Limits
) -> Summary:
    """Judge the milestones of a facility on `day` and summarize them."""
    return summary_of(facility, [Row(m, judge(m, day, limits)) for m in milestones], day)


def summary_of(facility: Facility, rows: Iterable[Row], day: date) -> Summary:
    """Summarize the milestones of a facility, which were judged on `day`."""
    judged = tuple(rows)
    own = tuple(row.milestone for row in judged)
    said = rollup(own)
    return Summary(
        facility=facility,
        state=facility_state(row.judged.state for row in judged),
        phase=Kind(said.phase) if said.phase else None,
        next=next_up(own),
        rag=said.rag(day),
    )


def read_facilities(
    reader: Reader, order: "FacilityOrder", window: tuple[int, int], day: date, limits: Limits
) -> list[FacilityLine]:
    """Return a window (offset, limit) of the facilities of `day` in an order."""
    page = reader.facility_list.page(order, *window)
    return [_line(facility, steps, day, limits) for facility, steps in page]


def _line(
    facility: Facility, milestones: Sequence[Milestone], day: date, limits: Limits
) -> FacilityLine:
    rows = [Row(m, judge(m, day, limits)) for m in milestones]
    summary = summary_of(facility, rows, day)
    following = summary.next
    return FacilityLine(
        summary=summary,
        next=Row(following, judge(following, day, limits)) if following else None,
        slip=rollup(milestones).slip_days,
        stale=any(row.judged.stale for row in rows),
    )


def read_status(reader: Reader, day: date, limits: Limits) -> Status:
    """Return counts, the reports of the seven days up to `day` and the next deadlines."""
    since = _days_before(day, CHANGED_DAYS - 1)
    return Status(
        board=read_board(reader, day, limits, limit=0),
        changed=tuple(reader.changed(since, day, limit=MOST_CHANGED)),
        next=tuple(Row(m, judge(m, day, limits)) for m in reader.next_deadlines(day, _NEXT)),
    )


def lifecycle_order(m: Milestone) -> tuple[int, date, str]:
    """Return the sort key of a milestone in its facility: by kind, then by deadline."""
    return (list(Kind).index(m.kind), _deadline(m), m.slug)


def _deadline(m: Milestone) -> date:
    return (m.window.latest if m.window else None) or date.max


def _days_before(day: date, days: int) -> date:
    """Return a day so many days earlier, at least the first of the calendar."""
    return date.fromordinal(max(1, day.toordinal() - days))
