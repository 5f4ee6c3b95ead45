"""What a milestone is on a given day: states, D-day, slip, staleness. Pure functions.

`day` is always the as-of day, a civil date; `[E, L]` the window of the forecast.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.model.period import Period
from db.model.records import Kind, Milestone
from db.model.states import CLOSED, OPEN_STATES, WAITING, Standing, State, state_of
from tracker.domain.limits import Limits

__all__ = [
    "Detail",
    "Judged",
    "Slip",
    "SlipClass",
    "facility_state",
    "judge",
    "next_up",
    "slip",
]


class Detail(StrEnum):
    """More about a state: how a completed one went, whether an overdue one was confirmed."""

    ON_TIME = "on_time"
    LATE = "late"
    UNKNOWN = "unknown"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


class SlipClass(StrEnum):
    """How one window moved against another, as far as the windows tell."""

    NONE = "none"
    REFINED = "refined"
    WIDENED = "widened"
    CERTAIN_SLIP = "certain_slip"
    CERTAIN_GAIN = "certain_gain"
    POSSIBLE_SLIP = "possible_slip"
    POSSIBLE_GAIN = "possible_gain"


@dataclass(frozen=True, slots=True)
class Slip:
    """How far a window lies behind the baseline, in days; None where an end is open.

    `days` compares the last days; between `earliest` and `latest` lies the truth.
    """

    days: int | None
    earliest: int | None
    latest: int | None
    kind: SlipClass


@dataclass(frozen=True, slots=True)
class Judged:
    """A milestone's state on one day.

    Attributes:
        to_deadline: Days from L to the day: negative before it (D-30), 0 on it, None
            where there is no deadline to count to.
        delayed: The forecast ends later than the baseline; not the same as overdue.
        stale: Open, and nobody has said anything for too long.
    """

    state: State
    detail: Detail | None
    to_deadline: int | None
    slip: Slip | None
    delayed: bool
    stale: bool

    @property
    def days_overdue(self) -> int | None:
        """Days past the deadline, 0 before it, None where there is none to count to."""
        return None if self.to_deadline is None else max(0, self.to_deadline)


def judge(m: Milestone, day: date, limits: Limits) -> Judged:
    """Judge a milestone on `day`."""
    state = state_of(m.standing, m.forecast, day, limits.due_soon)
    deadline = m.forecast.latest if m.forecast and m.standing is Standing.OPEN else None
    return Judged(
        state=state,
        detail=_detail(m, state),
        to_deadline=(day - deadline).days if deadline else None,
        slip=slip(m.baseline, m.window),
        delayed=_ends_later(m.forecast, m.baseline),
        stale=_is_stale(m, state, day, limits),
    )


def slip(baseline: Period | None, current: Period | None) -> Slip | None:
    """Compare `current` (the actual, else the forecast) with the baseline."""
    if baseline is None or current is None:
        return None
    days = _between(baseline.latest, current.latest)
    return Slip(
        days=days,
        earliest=_between(baseline.latest, current.earliest),
        latest=_between(baseline.earliest, current.latest),
        kind=_slip_class(baseline, current, days),
    )


def _slip_class(baseline: Period, current: Period, days: int | None) -> SlipClass:
    if current.same_window(baseline):
        return SlipClass.NONE
    if current.strictly_inside(baseline):
        return SlipClass.REFINED
    if baseline.strictly_inside(current):
        return SlipClass.WIDENED
    if current.disjoint(baseline):
        later = baseline.latest and current.earliest and current.earliest > baseline.latest
        return SlipClass.CERTAIN_SLIP if later else SlipClass.CERTAIN_GAIN
    goes_back = current.latest is None if days is None else days > 0
    return SlipClass.POSSIBLE_SLIP if goes_back else SlipClass.POSSIBLE_GAIN


def _between(start: date | None, end: date | None) -> int | None:
    return None if start is None or end is None else (end - start).days


def _ends_later(window: Period | None, than: Period | None) -> bool:
    days = _between(than.latest, window.latest) if window and than else None
    return days is not None and days > 0


def _detail(m: Milestone, state: State) -> Detail | None:
    if state is State.COMPLETED:
        return _punctuality(m.actual, m.baseline)
    if state is State.OVERDUE:
        deadline = m.forecast.latest if m.forecast else None
        stated_on = None if m.listed else m.forecast_on  # a table confirms nothing of a past date
        said_after = [d for d in (m.confirmed_on, stated_on) if d and deadline and d > deadline]
        return Detail.CONFIRMED if said_after else Detail.UNCONFIRMED
    return None


def _punctuality(actual: Period | None, baseline: Period | None) -> Detail | None:
    if actual is None or baseline is None:
        return None
    if baseline.latest is None:
        return Detail.UNKNOWN
    if actual.latest and actual.latest <= baseline.latest:
        return Detail.ON_TIME
    if actual.earliest and actual.earliest > baseline.latest:
        return Detail.LATE
    return Detail.UNKNOWN


def _is_stale(m: Milestone, state: State, day: date, limits: Limits) -> bool:
    if m.standing not in WAITING:
        return False
    allowed = {
        State.DUE_SOON: limits.stale_due_soon,
        State.OVERDUE: limits.stale_overdue,
    }.get(state, limits.stale_otherwise)
    return (day - m.updated_on).days > allowed


def facility_state(states: Iterable[State]) -> State | None:
    """Return the most urgent open state; where none is open, how the milestones ended."""
    present = set(states)
    return next((s for s in (*OPEN_STATES, *CLOSED) if s in present), None)


def next_up(milestones: Iterable[Milestone]) -> Milestone | None:
    """Return the open milestone with the earliest deadline; an undated one if none has any."""
    waiting = [m for m in milestones if m.standing in WAITING]

    def deadline(m: Milestone) -> tuple[date, int, str]:
        latest = m.forecast.latest if m.forecast else None
        return (latest or date.max, list(Kind).index(m.kind), m.slug)

    return min(waiting, key=deadline, default=None)
