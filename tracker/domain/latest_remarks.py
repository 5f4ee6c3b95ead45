"""The latest remarks on each milestone: its reason, its recovery action, its evidence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from db.model.records import Remark

__all__ = ["LatestRemarks", "latest_remarks"]


@dataclass(frozen=True, slots=True)
class LatestRemarks:
    """The newest reason (사유), recovery action (만회대책) and evidence that were stated.

    `reason_on` and `action_on` are the days on which they were.
    """

    reason: str | None = None
    reason_on: date | None = None
    action: str | None = None
    action_on: date | None = None
    evidence: tuple[str, ...] = ()


def latest_remarks(
    remarks: Iterable[Remark],
) -> Mapping[tuple[str, str | None], LatestRemarks]:
    """Map (facility slug, milestone slug) to its latest remarks, of remarks in their order.

    A remark on a facility as a whole, such as why it is on hold, counts for each of its
    milestones that had one before, and under (facility slug, None). Any other key has none.
    """
    latest: dict[tuple[str, str | None], LatestRemarks] = defaultdict(LatestRemarks)
    milestones: dict[str, set[str | None]] = {}
    for remark in remarks:
        known = milestones.setdefault(remark.facility, {None})
        known.add(remark.milestone)
        if remark.reason or remark.action or remark.evidence:
            for milestone in known if remark.milestone is None else (remark.milestone,):
                key = (remark.facility, milestone)
                latest[key] = _with(latest[key], remark)
    return latest


def _with(latest: LatestRemarks, remark: Remark) -> LatestRemarks:
    if remark.reason:
        latest = replace(latest, reason=remark.reason, reason_on=remark.reported_on)
    if remark.action:
        latest = replace(latest, action=remark.action, action_on=remark.reported_on)
    return replace(latest, evidence=remark.evidence) if remark.evidence else latest
