"""How often, and when last, what a calendar shows of a step has changed; from its log alone.

A calendar that was exported after any act may have been imported elsewhere. So the acts are
folded in the order of recording, and what each milestone shows is compared with what it showed
before the act: another day, name or state is a change, a note is none. An act that takes
something back, or is older than what was folded, begins the fold anew. A step that was shown
once and is no longer has to be cancelled there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from db.fold.folding import FacilityFold, folding, in_force, order
from db.fold.lifecycle import StepOrder
from db.fold.state import MilestoneFold
from db.model.period import Period
from db.model.records import Kind, Standing, Update, UpdateKind

__all__ = ["Shown", "Version", "shown_day", "versions_of"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an event shows of a step."""

    facility_name: str
    title: str | None
    kind: Kind
    window: Period
    day: date
    standing: Standing


@dataclass(frozen=True, slots=True)
class Version:
    """The state of an event.

    Attributes:
        number: How often what it shows has changed; 0 as it was first shown.
        changed: When that was last, an instant in UTC.
        last: What it shows, or showed last.
        gone: It is shown no longer.
    """

    number: int
    changed: datetime
    last: Shown
    gone: bool = False


def shown_day(window: Period | None) -> date | None:
    """The last day of a window, on which its event is; None where there is no such day."""
    latest = None if window is None else window.latest
    return None if latest == date.max else latest


def versions_of(
    slug: str, updates: Iterable[Update], kinds: Mapping[str, Kind]
) -> dict[str, Version]:
    """The versions of the events of one facility, by milestone; of those that ever were any.

    Args:
        slug: Of the facility.
        updates: All that was ever said of it, retracted or not.
        kinds: The kind of each of its milestones, by slug.
    """
    versions: dict[str, Version] = {}
    known: list[Update] = []
    facility, newest = FacilityFold(), None
    standings = StepOrder(facility.milestones)
    recorded = sorted(updates, key=lambda u: (u.recorded_at, u.act, u.seq, u.id))
    for (moment, _), act in groupby(recorded, key=lambda u: (u.recorded_at, u.act)):
        said = list(act)
        known += said
        following = in_force(said)
        is_earlier = bool(newest and following and order(following[0]) < newest)
        is_anew = is_earlier or any(u.kind is UpdateKind.RETRACT for u in said)
        if is_anew:
            following, facility = in_force(known), FacilityFold()
            standings = StepOrder(facility.milestones)
        name = facility.attributes.get("name")
        touched: dict[str, None] = {}
        for update in folding(following, kinds, facility):
            own = update.milestone
            if own is not None or update.kind.spec.for_all:
                touched |= dict.fromkeys(facility.milestones if own is None else (own,))
            newest = order(update)
        concerned = {m.slug for m in standings.judge(touched)}
        if is_anew or name != facility.attributes.get("name"):
            concerned = facility.milestones.keys() | versions.keys()
        for step in sorted(concerned):
            shown = _shown(facility, facility.milestones.get(step), slug)
            version = _following(versions.get(step), shown, moment)
            if version is not None:
                versions[step] = version
    return versions


def _following(before: Version | None, shown: Shown | None, moment: datetime) -> Version | None:
    """The version of an event that shows this from an instant on; None where it never did."""
    if before is None:
        return Version(0, moment, shown) if shown is not None else None
    if shown is None:
        gone = Version(before.number + 1, moment, before.last, gone=True)
        return before if before.gone else gone
    if before.gone or before.last != shown:
        return Version(before.number + 1, moment, shown)
    return before


def _shown(facility: FacilityFold, fold: MilestoneFold | None, slug: str) -> Shown | None:
    window = fold.window if fold else None
    day = shown_day(window)
    if fold is None or window is None or day is None:
        return None
    name = facility.attributes.get("name") or slug
    return Shown(name, fold.title, fold.kind, window, day, fold.standing)
