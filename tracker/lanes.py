"""Facilities as lanes of a timeline: each with its milestones, in an order, in groups."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum

from db.period import Period
from db.reader import Filter, Reader
from db.record import record
from db.records import LIFECYCLE, Kind, Milestone, Standing
from tracker.board import (
    Row,
    Summary,
    lifecycle_order,
    read_board,
    read_facility,
    summarize,
)
from tracker.limits import Limits
from tracker.words import Words

__all__ = ["Group", "Lane", "Lanes", "Sort", "arranged", "read_lanes", "windows_of"]

MOST = 5000
"""Milestones that are read at most, the most urgent first."""

_OPEN = {Standing.OPEN, Standing.UNDATED, Standing.ON_HOLD}
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


@record
class Lane:
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
        """The longest slip of what is open, or of everything where nothing is."""
        still_open = [r for r in self.rows if r.milestone.standing in _OPEN]
        slips = [r.judged.slip.days for r in still_open or self.rows if r.judged.slip]
        return max((days for days in slips if days is not None), default=None)


@record
class Lanes:
    """What was read for a timeline.

    `left_out` counts milestones beyond the most urgent ones that are read.
    """

    as_of: date
    lanes: tuple[Lane, ...]
    left_out: int = 0


def _reached(row: Row) -> tuple[date, int]:
    m = row.milestone
    window = m.actual or m.forecast
    return (window.latest if window and window.latest else date.min, _KINDS.index(m.kind))


def read_lanes(
    reader: Reader,
    day: date,
    limits: Limits,
    wanted: Filter | None = None,
    *,
    facilities: Sequence[str] = (),
) -> Lanes:
    """The lanes of `day`: of these facilities, else of all that have a milestone that is wanted.

    Raises:
        NotFoundError: There is no facility of one of the slugs on that day.
    """
    if facilities:
        pages = [read_facility(reader, slug, day, limits) for slug in dict.fromkeys(facilities)]
        return Lanes(day, tuple(Lane(p.summary, p.rows) for p in pages))
    board = read_board(reader, day, limits, wanted, limit=MOST)
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in board.rows:
        rows[row.milestone.facility].append(row)
    lanes = tuple(_lane(reader, slug, own, day, limits) for slug, own in rows.items())
    return Lanes(day, lanes, board.total - len(board.rows))


def _lane(reader: Reader, slug: str, rows: list[Row], day: date, limits: Limits) -> Lane:
    ordered = tuple(sorted(rows, key=lambda r: lifecycle_order(r.milestone)))
    milestones = [r.milestone for r in ordered]
    return Lane(summarize(reader.facility(slug), milestones, day, limits), ordered)


def windows_of(lanes: Iterable[Lane], *, only_open: bool) -> list[Period]:
    """Every window that is drawn; with `only_open`, of what is open and has a date."""
    milestones = [r.milestone for lane in lanes for r in lane.rows]
    if only_open:
        milestones = [m for m in milestones if m.standing is Standing.OPEN]
    return [w for m in milestones for w in _windows(m)]


def _windows(m: Milestone) -> list[Period]:
    return [w for w in (m.baseline, m.actual or m.forecast) if w is not None]


def arranged(
    lanes: Iterable[Lane], sort: Sort, group: Group | None, words: Words
) -> list[tuple[str | None, list[Lane]]]:
    """The lanes in order, as one nameless group or in named ones."""
    ordered = sorted(lanes, key=_ORDERS[sort])
    if group is None:
        return [(None, ordered)] if ordered else []
    groups: dict[tuple[bool, int, str], list[Lane]] = defaultdict(list)
    for lane in ordered:
        groups[_group_key(lane, group, words)].append(lane)
    return [(key[-1], groups[key]) for key in sorted(groups)]


def _group_key(lane: Lane, group: Group, words: Words) -> tuple[bool, int, str]:
    """What sorts a group, its name last; those without one come at the end."""
    if group is Group.PHASE:
        phase = lane.summary.phase
        if phase is None:
            return (True, 0, words("timeline.group.phase.none"))
        return (False, LIFECYCLE.index(phase), words.kind(phase))
    name: str | None = getattr(lane.summary.facility, group.value)
    return (True, 0, words(f"timeline.group.{group}.none")) if name is None else (False, 0, name)


def _next_order(lane: Lane) -> tuple[int, date, str]:
    following = lane.summary.next
    if following is None:
        return (2, date.max, lane.slug)
    latest = following.forecast.latest if following.forecast else None
    return (0 if latest else 1, latest or date.max, lane.slug)


def _slip_order(lane: Lane) -> tuple[bool, int, str]:
    return (lane.slip is None, -(lane.slip or 0), lane.slug)


def _name_order(lane: Lane) -> tuple[str, str]:
    return (lane.summary.facility.name.casefold(), lane.slug)


_ORDERS: dict[Sort, Callable[[Lane], tuple[object, ...]]] = {
    Sort.NEXT: _next_order,
    Sort.SLIP: _slip_order,
    Sort.NAME: _name_order,
}
