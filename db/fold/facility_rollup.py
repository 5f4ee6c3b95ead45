"""What the milestones of a facility say of it, kept in its row so that lists are ordered by it.

Nothing of it depends on the day that is asked about; the verdict of a day is a comparison of
its columns with that day, in Python and in SQL.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from db.fold.state import MilestoneFold
from db.model.records import LIFECYCLE, Milestone
from db.model.states import UNCOUNTED, WAITING, Rag, Standing

__all__ = ["ALWAYS", "NEVER", "Rollup", "rag_case", "rollup", "slip_days"]

NEVER = "9999-12-31"
"""After which no day comes."""

ALWAYS = ""
"""Before every day."""

_BEHIND_AFTER = ((Rag.RED, "red_after"), (Rag.AMBER, "amber_after"))
"""A facility has the first of these grades whose day is over, else it is green."""


class Rollup(NamedTuple):
    """The columns of `facility` that its milestones give; passed and cancelled ones do not count.

    Attributes:
        phase: The latest step of the lifecycle that is completed.
        next_on: The first deadline of what still waits, `NEVER` where none of that has one, None
            where nothing waits.
        slip_days: The longest slip of what still waits, or of everything where nothing does.
        amber_after: The last day on which no milestone is overdue; `ALWAYS` where one ends
            behind its baseline, None where no milestone counts.
        red_after: The same of the last step of the lifecycle alone.
    """

    phase: str | None = None
    next_on: str | None = None
    slip_days: int | None = None
    amber_after: str | None = None
    red_after: str | None = None

    def rag(self, day: date) -> Rag | None:
        """Return the grade on `day`; None where no milestone counts."""
        if self.amber_after is None:
            return None
        behind = (g for g, column in _BEHIND_AFTER if getattr(self, column) < day.isoformat())
        return next(behind, Rag.GREEN)


def rag_case() -> str:
    """Return `Rollup.rag` as an SQL expression on `facility f`: the place of the grade in `Rag`."""
    places = list(Rag)
    cases = " ".join(
        f"WHEN f.{column} < :day THEN {places.index(grade)}" for grade, column in _BEHIND_AFTER
    )
    return f"CASE WHEN f.amber_after IS NULL THEN NULL {cases} ELSE {places.index(Rag.GREEN)} END"


def rollup(milestones: Iterable[MilestoneFold | Milestone]) -> Rollup:
    """Return what milestones say of their facility, once standings were judged."""
    told = [_told(m) for m in milestones if m.standing not in UNCOUNTED]
    if not told:
        return Rollup()
    last = max([place for place, *_ in told])
    done = max([place for place, standing, *_ in told if standing is _COMPLETED], default=-1)
    waiting = [one for one in told if one[1] in WAITING]
    return Rollup(
        LIFECYCLE[done].value if done >= 0 else None,
        min([one[3] for one in waiting]).isoformat() if waiting else None,
        max([days for _, _, days, *_ in waiting or told if days is not None], default=None),
        _text(min([one[4] for one in told])),
        _text(min([one[4] for one in told if one[0] == last])) if last >= 0 else NEVER,
    )


_OPEN, _COMPLETED = Standing.OPEN, Standing.COMPLETED
_PLACES = {kind: place for place, kind in enumerate(LIFECYCLE)}


def _told(m: MilestoneFold | Milestone) -> tuple[int, Standing, int | None, date, int]:
    """Its place in the lifecycle or -1, standing, slip, deadline, the last day it is not late.

    That day is counted from the first of year 1; it is 0 after a slip.
    """
    days = slip_days(m)
    deadline = (m.forecast.latest if m.forecast else None) or date.max
    in_time = (deadline if m.standing is _OPEN else date.max).toordinal()
    if days is not None and days > 0:
        in_time = 0
    return _PLACES.get(m.kind, -1), m.standing, days, deadline, in_time


def _text(day: int) -> str:
    return date.fromordinal(day).isoformat() if day else ALWAYS


def slip_days(m: MilestoneFold | Milestone) -> int | None:
    """The headline slip: days from the last one of the baseline to that of what holds now."""
    window = m.window
    if window is None or m.baseline is None or not (window.latest and m.baseline.latest):
        return None
    return (window.latest - m.baseline.latest).days
