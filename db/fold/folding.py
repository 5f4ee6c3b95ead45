"""Fold status updates into the state of a facility. Pure; the order of loading has no effect.

The order of the fold is (`reported_on`, `original` first on a day, `recorded_at`,
`seq`, `id`). A facility is folded as a whole, since a statement about it applies to
its milestones, and since a milestone is passed when a later step is done.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from db.fold.lifecycle import StepOrder, mark_breaches
from db.fold.state import FacilityFold, MilestoneFold
from db.model.errors import StoreError
from db.model.records import Kind, Progress, Update, UpdateKind

__all__ = [
    "FacilityFold",
    "MilestoneFold",
    "fold",
    "fold_by_day",
    "folding",
    "in_force",
    "order",
    "retractions",
]


def order(update: Update) -> tuple[date, bool, datetime, int, int]:
    """Return the sort key of an update in the fold."""
    later_on_its_day = update.kind is not UpdateKind.ORIGINAL
    return (update.reported_on, later_on_its_day, update.recorded_at, update.seq, update.id)


def retractions(updates: Iterable[Update]) -> dict[int, int]:
    """Map each retracted update to the retraction in force that retracts it, by id.

    A retraction always has a higher id than its target.
    """
    taken_back: dict[int, int] = {}
    takes_back = [u for u in updates if u.retracts is not None]
    for u in sorted(takes_back, key=lambda u: u.id, reverse=True):
        if u.retracts is not None and u.id not in taken_back:
            taken_back.setdefault(u.retracts, u.id)
    return taken_back


def in_force(
    updates: Iterable[Update], *, day: date | None = None, known_at: datetime | None = None
) -> list[Update]:
    """Return the statements in force, in the order of the fold.

    Args:
        updates: All updates of one facility, or of many.
        day: Leave out later reports; retractions of any day apply, since a mistake that was
            retracted was never made.
        known_at: Leave out what was recorded later, retractions too.
    """
    known = [u for u in updates if known_at is None or u.recorded_at <= known_at]
    taken_back = retractions(known)
    return sorted(
        (
            u
            for u in known
            if u.kind is not UpdateKind.RETRACT
            and u.id not in taken_back
            and (day is None or u.reported_on <= day)
        ),
        key=order,
    )


def fold(statements: Iterable[Update], kinds: Mapping[str, Kind]) -> FacilityFold:
    """Fold the statements in force of one facility, in order, into its state.

    Args:
        statements: As `in_force` gives them.
        kinds: The kind of each milestone of the facility, by slug.
    """
    facility = FacilityFold()
    for _ in folding(statements, kinds, facility):
        pass
    StepOrder(facility.milestones).judge(facility.milestones)
    mark_breaches(facility.milestones.values())
    return facility


def fold_by_day(
    statements: Iterable[Update], kinds: Mapping[str, Kind], facility: FacilityFold
) -> Iterator[tuple[date, Collection[MilestoneFold]]]:
    """Fold into an empty `facility` day by day; give each day that has statements.

    At each day standings are what `fold` gives of all that was reported by it; at the end
    `facility` is what it gives of everything. With each day come the milestones whose standing
    may have changed.
    """
    standings = StepOrder(facility.milestones)
    for day, said in groupby(statements, key=attrgetter("reported_on")):
        touched: dict[str, None] = {}
        for update in folding(said, kinds, facility):
            if update.milestone is not None:
                touched[update.milestone] = None
            elif update.kind.spec.for_all:
                touched.update(dict.fromkeys(facility.milestones))
        yield day, standings.judge(touched)
    mark_breaches(facility.milestones.values())


def folding(
    statements: Iterable[Update], kinds: Mapping[str, Kind], facility: FacilityFold
) -> Iterator[Update]:
    """Fold into `facility` statement by statement; yield each after it was folded.

    Standings and breaches are not judged; a history needs only the dates.
    """
    for update in statements:
        facility.updated_on = update.reported_on
        facility.first_on = facility.first_on or update.reported_on
        if update.kind is UpdateKind.PROGRESS:
            facility.progress = _progress(update)
        if update.milestone is None:
            _say_of_facility(facility, update)
        else:
            _say_of_milestone(facility, update, _kind(kinds, update))
        yield update


def _kind(kinds: Mapping[str, Kind], update: Update) -> Kind:
    kind = kinds.get(update.milestone or "")
    if kind is None:
        raise StoreError(
            f"the store is damaged at update {update.id}: {update.facility} has no milestone "
            f"{update.milestone}; tracker doctor says what can be done",
            code="damaged-row",
            where=f"update {update.id}",
            why=f"{update.facility}/{update.milestone}",
        )
    return kind


def _progress(update: Update) -> Progress:
    value = update.value or {}
    return Progress(value.get("planned"), value.get("actual"), update.reported_on)


def _say_of_facility(facility: FacilityFold, update: Update) -> None:
    if update.kind is UpdateKind.SET:
        facility.set_on = update.reported_on
        _set_attributes(facility.attributes, update.value)
        return
    if update.kind is UpdateKind.REOPEN:
        concerned = [m for m in facility.milestones.values() if m.cancelled_on]
        for m in concerned:
            m.cancelled_on = None
            m.updated_on = update.reported_on
        return
    if update.kind.spec.for_all:
        for m in facility.milestones.values():
            if m.is_open:
                _mark(m, update)
                m.updated_on = update.reported_on


def _set_attributes(attributes: dict[str, Any], value: Mapping[str, Any]) -> None:
    """Set attributes; an old name becomes an alias."""
    before = attributes.get("name")
    aliases = list(value.get("aliases", attributes.get("aliases")) or ())
    attributes.update(value)
    if before is not None and before not in aliases:
        aliases.append(before)
    attributes["aliases"] = [a for a in aliases if a != attributes.get("name")]


def _say_of_milestone(facility: FacilityFold, update: Update, kind: Kind) -> None:
    slug = update.milestone or ""
    m = facility.milestones.get(slug)
    if m is None:
        m = facility.milestones[slug] = MilestoneFold(slug, kind, update.reported_on)
    m.updated_on = update.reported_on
    _OWN.get(update.kind, _mark)(m, update)


def _plan(m: MilestoneFold, update: Update) -> None:
    if update.period is None:
        if isinstance(update.value, dict) and update.value.get("undated"):
            _expect(m, update)
            m.snoozed_until = None
        return
    if m.forecast is None or not m.forecast.same_window(update.period):
        m.snoozed_until = None
    _expect(m, update)
    if m.baseline is None:
        m.baseline = update.period
    m.plans_of_day.add(update.reported_on, update.period, update.source)
    m.contradicted = m.plans_of_day.contradicted


def _expect(m: MilestoneFold, update: Update) -> None:
    """Set the forecast to the period of an update; None where it withdraws the date."""
    m.forecast, m.forecast_on, m.forecast_by = update.period, update.reported_on, update.id
    m.listed = isinstance(update.value, dict) and bool(update.value.get("listed"))


def _original(m: MilestoneFold, update: Update) -> None:
    if update.period is None:
        return
    if m.baseline is None:
        m.baseline = update.period
    if m.forecast is None:
        _expect(m, update)


def _baseline(m: MilestoneFold, update: Update) -> None:
    if update.period is None:
        return
    m.baseline = update.period
    if m.forecast is None:
        _expect(m, update)


def _actual(m: MilestoneFold, update: Update) -> None:
    if update.period is None:
        return
    m.on_hold_since = m.cancelled_on = m.snoozed_until = None
    m.actual_on = update.reported_on
    if m.actual is None or not m.actual.strictly_inside(update.period):
        m.actual, m.actual_by = update.period, update.id


def _set(m: MilestoneFold, update: Update) -> None:
    value = update.value or {}
    if "title" in value:
        m.title = value["title"]
    if "snoozed_until" in value:
        until = value["snoozed_until"]
        m.snoozed_until = date.fromisoformat(until) if until else None


def _mark(m: MilestoneFold, update: Update) -> None:
    """Set and clear what the kind declares."""
    spec = update.kind.spec
    if spec.sets and not (spec.keeps_first and getattr(m, spec.sets) is not None):
        setattr(m, spec.sets, update.reported_on)
    for name in spec.clears:
        setattr(m, name, None)


_OWN = {
    UpdateKind.PLAN: _plan,
    UpdateKind.ORIGINAL: _original,
    UpdateKind.BASELINE: _baseline,
    UpdateKind.ACTUAL: _actual,
    UpdateKind.SET: _set,
}
"""Kinds that do more to a milestone than set and clear its fields."""
