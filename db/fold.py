"""Status updates → what they amount to. Pure, and the same for any order of loading.

The order of the fold is (`reported_on`, `original` first on a day, `recorded_at`,
`seq`, `id`). A facility is folded as a whole, since a statement about it applies to
its milestones, and since a milestone is passed when a later step is done.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from db.errors import StoreError
from db.period import Period
from db.records import LIFECYCLE, Kind, Progress, Standing, Update, UpdateKind

__all__ = [
    "FacilityFold",
    "MilestoneFold",
    "fold",
    "fold_and_tell",
    "fold_by_day",
    "folding",
    "in_force",
    "order",
    "retractions",
]

_BUILT_IN_ORDER = (Kind.GROUNDBREAKING, Kind.COMPLETION, Kind.OPENING)


@dataclass(slots=True)
class MilestoneFold:
    """What the updates of one milestone amount to; see `db.records.Milestone`.

    `stated_by` is the id of the update that gave the actual, else the forecast.
    """

    slug: str
    kind: Kind
    updated_on: date
    title: str | None = None
    baseline: Period | None = None
    forecast: Period | None = None
    actual: Period | None = None
    forecast_on: date | None = None
    actual_on: date | None = None
    confirmed_on: date | None = None
    on_hold_since: date | None = None
    cancelled_on: date | None = None
    snoozed_until: date | None = None
    forecast_by: int | None = None
    actual_by: int | None = None
    contradicted: bool = False
    breach: bool = False
    standing: Standing = Standing.UNDATED
    newest_plans: list[Update] = field(default_factory=list)

    @property
    def stated_by(self) -> int | None:
        """The update whose source stands for this milestone."""
        return self.actual_by if self.actual else self.forecast_by

    @property
    def is_open(self) -> bool:
        """Neither done nor given up."""
        return self.actual is None and self.cancelled_on is None

    @property
    def window(self) -> Period | None:
        """When it happened, else when it is expected."""
        return self.actual or self.forecast


@dataclass(slots=True)
class FacilityFold:
    """What all updates of one facility amount to; absent (`updated_on` None) if there are none.

    `first_on` is the day of the first of them, `set_on` of the newest that set an attribute.
    """

    attributes: dict[str, Any] = field(default_factory=dict)
    progress: Progress | None = None
    updated_on: date | None = None
    first_on: date | None = None
    set_on: date | None = None
    milestones: dict[str, MilestoneFold] = field(default_factory=dict)


def order(update: Update) -> tuple[date, bool, datetime, int, int]:
    """The place of an update in the fold."""
    later_on_its_day = update.kind is not UpdateKind.ORIGINAL
    return (update.reported_on, later_on_its_day, update.recorded_at, update.seq, update.id)


def retractions(updates: Iterable[Update]) -> dict[int, int]:
    """Which updates are taken back, and by which retraction that is itself in force.

    A retraction always has a higher id than what it takes back.
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
    """The statements that count, in the order of the fold.

    Args:
        updates: All updates of one facility, or of many.
        day: Leave out what was reported later; retractions of any day apply, since
            a mistake that was taken back was never said.
        known_at: Leave out all that was recorded later, retractions too.
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
    """Fold the statements in force of one facility, given in order, into what they amount to.

    Args:
        statements: As `in_force` gives them.
        kinds: The kind of each milestone of the facility, by slug.
    """
    facility = FacilityFold()
    for _ in folding(statements, kinds, facility):
        pass
    _judge_standing(facility.milestones.values(), facility.milestones.values())
    _find_breaches(facility.milestones)
    return facility


def fold_by_day(
    statements: Iterable[Update], kinds: Mapping[str, Kind], facility: FacilityFold
) -> Iterator[date]:
    """Fold into an empty `facility` day by day, giving each day of which something is said.

    At each day standings are what `fold` gives of all that was reported by it; at the end
    `facility` is what it gives of everything.
    """
    return (day for day, _ in fold_and_tell(statements, kinds, facility))


def fold_and_tell(
    statements: Iterable[Update], kinds: Mapping[str, Kind], facility: FacilityFold
) -> Iterator[tuple[date, Collection[MilestoneFold]]]:
    """Fold as `fold_by_day` does; with each day come those that may stand otherwise than before."""
    milestones = facility.milestones
    for day, said in groupby(statements, key=attrgetter("reported_on")):
        concerned: dict[str, MilestoneFold] = {}
        for update in folding(said, kinds, facility):
            if update.kind in (_MOVES_OTHERS if update.milestone else _MOVES_ALL):
                concerned = milestones
            elif update.milestone and concerned is not milestones:
                concerned[update.milestone] = milestones[update.milestone]
        _judge_standing(concerned.values(), milestones.values())
        yield day, concerned.values()
    _find_breaches(milestones)


def folding(
    statements: Iterable[Update], kinds: Mapping[str, Kind], facility: FacilityFold
) -> Iterator[Update]:
    """Fold into `facility` statement by statement, giving each after it was said.

    Standings and breaches are left unjudged; a history needs only the dates.
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
    if update.kind in _FLAGS:
        for m in facility.milestones.values():
            if m.is_open:
                _FLAGS[update.kind](m, update)
                m.updated_on = update.reported_on


def _set_attributes(attributes: dict[str, Any], value: Mapping[str, Any]) -> None:
    """Take new attributes over; an old name becomes an alias."""
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
    say = _FLAGS.get(update.kind) or _DATES.get(update.kind)
    if say is not None:
        say(m, update)


def _plan(m: MilestoneFold, update: Update) -> None:
    if update.period is None:
        if isinstance(update.value, dict) and update.value.get("undated"):
            m.forecast, m.forecast_on, m.forecast_by = None, update.reported_on, update.id
            m.snoozed_until = None
        return
    if m.forecast is None or not m.forecast.same_window(update.period):
        m.snoozed_until = None
    m.forecast, m.forecast_on, m.forecast_by = update.period, update.reported_on, update.id
    if m.baseline is None:
        m.baseline = update.period
    _weigh_sources(m, update)


def _weigh_sources(m: MilestoneFold, update: Update) -> None:
    """Note whether two sources of the newest reported day exclude each other."""
    m.newest_plans = [p for p in m.newest_plans if p.reported_on == update.reported_on]
    m.newest_plans.append(update)
    m.contradicted = any(
        a.source and b.source and a.source != b.source and a.period.disjoint(b.period)
        for i, a in enumerate(m.newest_plans)
        for b in m.newest_plans[i + 1 :]
        if a.period and b.period
    )


def _original(m: MilestoneFold, update: Update) -> None:
    if update.period is None:
        return
    if m.baseline is None:
        m.baseline = update.period
    if m.forecast is None:
        m.forecast, m.forecast_on, m.forecast_by = update.period, update.reported_on, update.id


def _baseline(m: MilestoneFold, update: Update) -> None:
    if update.period is None:
        return
    m.baseline = update.period
    if m.forecast is None:
        m.forecast, m.forecast_on, m.forecast_by = update.period, update.reported_on, update.id


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


def _hold(m: MilestoneFold, update: Update) -> None:
    m.on_hold_since = m.on_hold_since or update.reported_on


def _resume(m: MilestoneFold, update: Update) -> None:
    del update
    m.on_hold_since = None


def _cancel(m: MilestoneFold, update: Update) -> None:
    m.cancelled_on = update.reported_on


def _reopen(m: MilestoneFold, update: Update) -> None:
    del update
    m.cancelled_on = m.actual = m.actual_on = m.actual_by = None


def _confirm(m: MilestoneFold, update: Update) -> None:
    m.confirmed_on = update.reported_on


_DATES = {
    UpdateKind.PLAN: _plan,
    UpdateKind.ORIGINAL: _original,
    UpdateKind.BASELINE: _baseline,
    UpdateKind.ACTUAL: _actual,
    UpdateKind.SET: _set,
    UpdateKind.REOPEN: _reopen,
}
_FLAGS = {
    UpdateKind.HOLD: _hold,
    UpdateKind.RESUME: _resume,
    UpdateKind.CANCEL: _cancel,
    UpdateKind.CONFIRM: _confirm,
}


_MOVES_OTHERS = {UpdateKind.ACTUAL, UpdateKind.CANCEL, UpdateKind.REOPEN}
"""Said of one step, it may change whether others are passed."""
_MOVES_ALL = {*_FLAGS, UpdateKind.REOPEN}
"""Said of a facility, it applies to its steps."""


def _judge_standing(milestones: Iterable[MilestoneFold], siblings: Iterable[MilestoneFold]) -> None:
    """Judge some milestones of a facility that has these."""
    done = [
        (_PLACES[s.kind], s.actual_on)
        for s in siblings
        if s.actual is not None
        and s.cancelled_on is None
        and s.actual_on is not None
        and s.kind in _PLACES
    ]
    for m in milestones:
        if m.cancelled_on is not None:
            m.standing = Standing.CANCELLED
        elif m.actual is not None:
            m.standing = Standing.COMPLETED
        elif m.on_hold_since is not None:
            m.standing = Standing.ON_HOLD
        elif done and _is_passed(m, done):
            m.standing = Standing.PASSED
        elif m.forecast is None or m.forecast.latest is None:
            m.standing = Standing.UNDATED
        else:
            m.standing = Standing.OPEN


_PLACES = {kind: place for place, kind in enumerate(LIFECYCLE)}


def _is_passed(m: MilestoneFold, done: Iterable[tuple[int, date]]) -> bool:
    """Whether a later step of the lifecycle is known done since this one was last spoken of."""
    own = _PLACES.get(m.kind)
    return own is not None and any(place > own and on >= m.updated_on for place, on in done)


def _find_breaches(milestones: Mapping[str, MilestoneFold]) -> None:
    """Mark pairs whose windows cannot be in the order 착공 ≤ 준공 ≤ 개소."""
    steps = [m for m in milestones.values() if m.kind in _BUILT_IN_ORDER and m.cancelled_on is None]
    for before in steps:
        for after in steps:
            if _BUILT_IN_ORDER.index(before.kind) < _BUILT_IN_ORDER.index(after.kind):
                first, then = before.window, after.window
                if (
                    first
                    and then
                    and first.earliest
                    and then.latest
                    and first.earliest > then.latest
                ):
                    before.breach = after.breach = True
