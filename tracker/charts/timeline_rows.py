"""Facilities as lanes of a timeline: each with its milestones, in an order, in groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from db.fold.facility_rollup import rollup
from db.model.period import Period
from db.model.records import Facility, Kind, Milestone, Standing
from db.read.lists.facility_list import FacilityFilter, FacilityOrder, Ordering
from db.read.reader import Reader
from tracker.domain.board import Row, Summary, lifecycle_order, summarize
from tracker.domain.limits import Limits
from tracker.domain.schedule import judge
from tracker.words import Words

__all__ = [
    "MOST",
    "Group",
    "Sort",
    "Timeline",
    "TimelineRow",
    "group_name",
    "ordering",
    "read_timeline",
    "read_timeline_rows",
    "windows_of",
]

MOST = 2000
"""Facilities that are drawn at most where they cannot be drawn as they are looked at."""

_KINDS = list(Kind)


class Group(StrEnum):
    """What lanes can be put together by."""

    CITY = "city"
    PROGRAMME = "programme"
    CLUSTER = "cluster"
    PHASE = "phase"


class Sort(StrEnum):
    """What lanes can be ordered by: the next deadline, the longest slip, the name."""

    NEXT = "next"
    SLIP = "slip"
    NAME = "name"


_ORDERS = {
    Sort.NEXT: ("next", False),
    Sort.SLIP: ("slip", True),
    Sort.NAME: ("name", False),
}


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A facility or programme with its milestones in the order of the lifecycle."""

    summary: Summary
    rows: tuple[Row, ...]

    @property
    def slug(self) -> str:
        """The facility's."""
        return self.summary.facility.slug

    @property
    def focus(self) -> Row | None:
        """The milestone that stands for it: the next one, else the last that was reached."""
        following = self.summary.next
        if following is not None:
            return next(r for r in self.rows if r.milestone.slug == following.slug)
        return max(self.rows, key=_reached, default=None)

    @property
    def slip(self) -> int | None:
        """The longest slip of what still waits, or of everything where nothing does."""
        return rollup(r.milestone for r in self.rows).slip_days


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was read for a timeline: groups by their names, or one that has none.

    `left_out` counts facilities beyond those that are read.
    """

    as_of: date
    groups: list[tuple[str | None, list[TimelineRow]]]
    left_out: int = 0

    @property
    def lanes(self) -> list[TimelineRow]:
        """All of them."""
        return [lane for _, own in self.groups for lane in own]


def _reached(row: Row) -> tuple[date, int]:
    m = row.milestone
    window = m.actual or m.forecast
    return (window.latest if window and window.latest else date.min, _KINDS.index(m.kind))


def ordering(sort: Sort, group: Group | None) -> Ordering:
    """How facilities are put in order for lanes to be."""
    by, falling = _ORDERS[sort]
    return Ordering(by, falling, None if group is None else group.value)


def group_name(group: Group | None, name: str | None, words: Words) -> str:
    """What a group is called, by the name that its order has for it."""
    if name is None:
        return words.of("timeline.without", str(group))
    return words.kind(Kind(name)) if group is Group.PHASE else name


def read_timeline_rows(
    reader: Reader, order: FacilityOrder, window: tuple[int, int], day: date, limits: Limits
) -> list[TimelineRow]:
    """Timeline of `day` in an order: how many to leave out before, and how many to give."""
    page = reader.facility_list.page(order, *window)
    return [_lane(facility, steps, day, limits) for facility, steps in page]


def _lane(facility: Facility, steps: Sequence[Milestone], day: date, limits: Limits) -> TimelineRow:
    ordered = sorted(steps, key=lifecycle_order)
    rows = tuple(Row(m, judge(m, day, limits)) for m in ordered)
    return TimelineRow(summarize(facility, ordered, day, limits), rows)


def read_timeline(
    reader: Reader,
    day: date,
    limits: Limits,
    words: Words,
    *,
    sort: Sort = Sort.NEXT,
    group: Group | None = None,
    among: Sequence[str] = (),
) -> Timeline:
    """The first `MOST` lanes of `day`, of all facilities or those among some slugs."""
    order = reader.facility_list.order(day, FacilityFilter(), ordering(sort, group), among)
    lanes = iter(read_timeline_rows(reader, order, (0, MOST), day, limits))
    groups = [
        (group_name(group, name, words) if group else None, list(islice(lanes, size)))
        for name, size in order.groups or [(None, MOST)]
    ]
    return Timeline(day, [(name, own) for name, own in groups if own], max(0, order.total - MOST))


def windows_of(lanes: Iterable[TimelineRow], *, only_open: bool) -> list[Period]:
    """Every window that is drawn; with `only_open`, of what is open and has a date."""
    milestones = [r.milestone for lane in lanes for r in lane.rows]
    if only_open:
        milestones = [m for m in milestones if m.standing is Standing.OPEN]
    return [w for m in milestones for w in _windows(m)]


def _windows(m: Milestone) -> list[Period]:
    return [w for w in (m.baseline, m.actual or m.forecast) if w is not None]
