"""What the milestones of a facility say of it, kept in its row so that lists are ordered by it.

Nothing of it depends on the day that is asked about. `tracker.domain.schedule` says the same of one
facility on one day, and a test holds the two together.
"""

from datetime import date
from typing import TYPE_CHECKING

from db.model.records import LIFECYCLE, UNCOUNTED, WAITING, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.fold.folding import MilestoneFold

__all__ = ["ALWAYS", "NEVER", "OUTLOOK", "outlook", "slip_days"]

NEVER = "9999-12-31"
"""After which no day comes."""

ALWAYS = ""
"""Before every day."""

OUTLOOK = ("phase", "next_on", "slip_days", "amber_after", "red_after")
"""The columns of `facility` that its milestones give:

- `phase`: the latest step of the lifecycle that is completed.
- `next_on`: the first deadline of what still waits, `NEVER` where none of that has one, null
  where nothing waits.
- `slip_days`: the longest slip of what still waits, or of everything where nothing does.
- `amber_after`, `red_after`: the last day on which the facility is not yet behind, and its last
  step not; `ALWAYS` after a slip, null where no step counts.
"""


def outlook(milestones: "Iterable[MilestoneFold]") -> tuple[str | int | None, ...]:
    """The values of `OUTLOOK`, once standings were judged."""
    told = [_told(m) for m in milestones if m.standing not in UNCOUNTED]
    if not told:
        return _SILENT
    last = max([place for place, *_ in told])
    done = max([place for place, standing, *_ in told if standing is _COMPLETED], default=-1)
    waiting = [one for one in told if one[1] in WAITING]
    return (
        LIFECYCLE[done].value if done >= 0 else None,
        min([one[3] for one in waiting]).isoformat() if waiting else None,
        max([days for _, _, days, *_ in waiting or told if days is not None], default=None),
        _text(min([one[4] for one in told])),
        _text(min([one[4] for one in told if one[0] == last])) if last >= 0 else NEVER,
    )


_OPEN, _COMPLETED = Standing.OPEN, Standing.COMPLETED
_PLACES = {kind: place for place, kind in enumerate(LIFECYCLE)}
_SILENT = (None,) * len(OUTLOOK)


def _told(m: "MilestoneFold") -> tuple[int, Standing, int | None, date, int]:
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


def slip_days(m: "MilestoneFold") -> int | None:
    """The headline slip: days from the last one of the baseline to that of what holds now."""
    window = m.window
    if window is None or m.baseline is None or not (window.latest and m.baseline.latest):
        return None
    return (window.latest - m.baseline.latest).days
