"""What the milestones of a facility say of it, kept in its row so that lists are ordered by it.

Nothing of it depends on the day that is asked about. `tracker.schedule` says the same of one
facility on one day, and a test holds the two together.
"""

from db.records import LIFECYCLE, Standing

TYPE_CHECKING = False  # as in typing, whose import a quick answer spares
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from db.fold import MilestoneFold

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

_WAITING = {Standing.OPEN, Standing.UNDATED, Standing.ON_HOLD}
_UNCOUNTED = {Standing.CANCELLED, Standing.PASSED}


def outlook(milestones: "Iterable[MilestoneFold]") -> tuple[str | int | None, ...]:
    """The values of `OUTLOOK`, once standings were judged."""
    counted = [m for m in milestones if m.standing not in _UNCOUNTED]
    if not counted:
        return (None,) * len(OUTLOOK)
    waiting = [m for m in counted if m.standing in _WAITING]
    slips = [days for m in waiting or counted if (days := slip_days(m)) is not None]
    steps = [m for m in counted if m.kind in _PLACES]
    last = max((m.kind for m in steps), key=_PLACES.__getitem__, default=None)
    done = [m.kind for m in steps if m.standing is Standing.COMPLETED]
    reached = max(done, key=_PLACES.__getitem__, default=None)
    return (
        None if reached is None else reached.value,
        min(map(_deadline, waiting), default=None),
        max(slips, default=None),
        _behind_after(counted),
        _behind_after([m for m in steps if m.kind is last]),
    )


_PLACES = {kind: place for place, kind in enumerate(LIFECYCLE)}


def slip_days(m: "MilestoneFold") -> int | None:
    """The headline slip: days from the last one of the baseline to that of what holds now."""
    window = m.window
    if window is None or m.baseline is None or not (window.latest and m.baseline.latest):
        return None
    return (window.latest - m.baseline.latest).days


def _deadline(m: "MilestoneFold") -> str:
    latest = m.forecast.latest if m.forecast else None
    return latest.isoformat() if latest else NEVER


def _behind_after(milestones: "Collection[MilestoneFold]") -> str:
    """The last day on which none of these is overdue or has slipped."""
    if any((slip_days(m) or 0) > 0 for m in milestones):
        return ALWAYS
    is_open = (m for m in milestones if m.standing is Standing.OPEN)
    return min(map(_deadline, is_open), default=NEVER)
