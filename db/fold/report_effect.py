"""Baselines that change when an older report is recorded later; pure, no SQL.

A statement takes its place in the fold by the day on which it was reported. An older report
that comes later may so come before the one that had set the baseline, and set another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from db.fold.folding import FacilityFold, folding, in_force, order
from db.model.kinds import PLANNED, UpdateKind
from db.model.period import Period
from db.model.records import Kind, Statement, Update

__all__ = ["BaselineMove", "baseline_moves"]

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BaselineMove:
    """A baseline that is replaced by one of an earlier report, made on `reported_on`."""

    facility: str
    milestone: str
    was: Period
    now: Period
    reported_on: date


def baseline_moves(known: Iterable[Update], said: Iterable[Statement]) -> list[BaselineMove]:
    """Return the baselines that change only because statements were reported earlier.

    Folds what is known with the statements and without. A milestone whose baseline they also
    approve on purpose is left out.

    Args:
        known: All that is known of one facility, without the statements.
        said: Statements about the same facility that `known` leaves out: new ones, or of an act.
    """
    given = list(said)
    approved = {s.milestone for s in given if s.kind is UpdateKind.BASELINE}
    setting = [s for s in given if s.kind in PLANNED and s.period and s.milestone not in approved]
    if not setting:
        return []
    before = list(known)
    new = [_as_update(s, number) for number, s in enumerate(given) if s.retracts is None]
    was, now = _folded(before), _folded([*before, *new])
    moves = []
    for slug in sorted({s.milestone for s in setting if s.milestone}):
        old, after = was.milestones.get(slug), now.milestones[slug]
        if old is None or old.baseline is None or after.baseline is None:
            continue
        if after.baseline.same_window(old.baseline):
            continue
        by = min((u for u in new if u.milestone == slug and u.period == after.baseline), key=order)
        moves.append(BaselineMove(by.facility, slug, old.baseline, after.baseline, by.reported_on))
    return moves


def _folded(updates: list[Update]) -> FacilityFold:
    """Fold the dates of every milestone, on which the kind of the milestone has no effect."""
    facility = FacilityFold()
    kinds = dict.fromkeys((u.milestone for u in updates if u.milestone), Kind.OTHER)
    for _ in folding(in_force(updates), kinds, facility):
        pass
    return facility


def _as_update(s: Statement, number: int) -> Update:
    """Return a statement as if it were recorded after all others."""
    given = (getattr(s, name) for name in Statement.__match_args__)
    return Update(*given, id=2**62 + number, act=2**62, seq=number, recorded_at=_LAST)
