"""When milestones were on hold, and why; a hold stays in the history after it ends."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from db.fold.folding import FacilityFold, MilestoneFold, folding
from db.model.records import Kind, Update, UpdateKind

__all__ = ["Hold", "holds"]


@dataclass(frozen=True, slots=True)
class Hold:
    """A time during which a milestone was on hold.

    Attributes:
        since: The day on which the hold was reported.
        until: The day on which a resumption, completion or cancellation was reported; None while
            it is on hold.
        reason: The reason (사유) of the newest hold, else of another statement meanwhile.
        action: The newest recovery action (만회대책) meanwhile.
    """

    since: date
    until: date | None = None
    reason: str | None = None
    action: str | None = None


def holds(statements: Iterable[Update], kinds: Mapping[str, Kind]) -> dict[str, list[Hold]]:
    """Map each milestone of one facility to its holds, the oldest first.

    Args:
        statements: Those in force, in order; see `db.fold.folding.in_force`.
        kinds: The kind of each milestone, by slug.
    """
    found: dict[str, list[Hold]] = defaultdict(list)
    resting: dict[str, None] = {}
    facility = FacilityFold()
    for update in folding(statements, kinds, facility):
        if update.milestone is not None:
            concerned: Iterable[str] = (update.milestone,)
        elif update.kind.spec.for_all:
            concerned = facility.milestones
        else:
            concerned = list(resting)
        for slug in concerned:
            _follow(found[slug], facility.milestones[slug], update)
            if found[slug] and found[slug][-1].until is None:
                resting[slug] = None
            else:
                resting.pop(slug, None)
    return {slug: own for slug, own in found.items() if own}


def _follow(found: list[Hold], m: MilestoneFold, update: Update) -> None:
    """Begin, add to or end the newest hold of a milestone after an update."""
    rests = m.on_hold_since is not None and m.cancelled_on is None
    before = found[-1] if found and found[-1].until is None else None
    if rests and before is None:
        found.append(Hold(update.reported_on, None, update.reason, update.action))
    elif before is not None and not rests:
        found[-1] = replace(before, until=update.reported_on)
    elif before is not None:
        again = update.kind is UpdateKind.HOLD or before.reason is None
        found[-1] = replace(
            before,
            reason=update.reason if again and update.reason else before.reason,
            action=update.action or before.action,
        )
