"""What was said last of each milestone: its reason, its recovery action, its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from db.model.records import Remark

__all__ = ["Told", "told_of"]


@dataclass(frozen=True, slots=True)
class Told:
    """The newest reason (사유), recovery action (만회대책) and evidence that were stated.

    `reason_on` and `action_on` are the days on which they were.
    """

    reason: str | None = None
    reason_on: date | None = None
    action: str | None = None
    action_on: date | None = None
    evidence: tuple[str, ...] = ()


class _Tellings(dict[tuple[str, str | None], Told]):
    """What was told by facility and milestone; of one never spoken of, nothing."""

    def __missing__(self, key: tuple[str, str | None]) -> Told:
        return Told()


def told_of(remarks: Iterable[Remark]) -> "_Tellings":
    """Return what was told by (facility slug, milestone slug), of remarks in their order.

    What is said of a facility as a whole, such as why it is on hold, is told of each of
    its milestones that was spoken of before, and under (facility slug, None).
    """
    told = _Tellings()
    milestones: dict[str, set[str | None]] = {}
    for u in remarks:
        known = milestones.setdefault(u.facility, {None})
        known.add(u.milestone)
        if u.reason or u.action or u.evidence:
            for milestone in known if u.milestone is None else (u.milestone,):
                key = (u.facility, milestone)
                told[key] = _add(told[key], u)
    return told


def _add(told: Told, u: Remark) -> Told:
    if u.reason:
        told = replace(told, reason=u.reason, reason_on=u.reported_on)
    if u.action:
        told = replace(told, action=u.action, action_on=u.reported_on)
    return replace(told, evidence=u.evidence) if u.evidence else told
