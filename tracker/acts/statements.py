"""The acts of a person as statements for the store. Pure functions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from db.model.errors import RefusedError
from db.model.period import Period
from db.model.records import (
    Batch,
    Milestone,
    Source,
    Statement,
    Type,
    Update,
    UpdateKind,
)
from tracker.acts.adding import new_facility, slug_of
from tracker.acts.typed_date import Reading

__all__ = [
    "complete",
    "confidence",
    "first_facility",
    "joined",
    "plan",
    "rebaseline",
    "retract",
    "say",
    "source_from",
]


def say(
    m: Milestone,
    kind: UpdateKind,
    today: date,
    *,
    value: Any = None,  # noqa: ANN401 - as in `Statement`
    reason: str | None = None,
) -> Batch:
    """Return one statement about a milestone that needs no date."""
    return _one(Statement(m.facility, m.slug, kind, today, value=value, reason=reason or None))


def complete(m: Milestone, when: Reading, today: date) -> Batch:
    """Return the completion of a milestone.

    Raises:
        RefusedError: There is no date, or it is in the future.
    """
    period = _needed(when, UpdateKind.ACTUAL)
    if period.earliest is not None and period.earliest > today:
        raise RefusedError(
            f"{period} has not begun yet on {today}: what is to come is a plan",
            code="completed-in-future",
            day=period.earliest.isoformat(),
            today=today.isoformat(),
        )
    return _one(_dated(m, UpdateKind.ACTUAL, when, today))


def plan(
    m: Milestone, when: Reading, today: date, *, reason: str, action: str, source: str
) -> Batch:
    """Return a new forecast of a milestone, or that it is undated again.

    Raises:
        RefusedError: Nothing was typed.
    """
    if not when.given:
        raise _no_date(UpdateKind.PLAN)
    return _one(
        _dated(
            m,
            UpdateKind.PLAN,
            when,
            today,
            reason=reason or None,
            action=action or None,
            source=source_from(source),
        )
    )


def rebaseline(m: Milestone, when: Reading, today: date, reason: str) -> Batch:
    """Return a new approved baseline.

    Raises:
        RefusedError: No date.
    """
    _needed(when, UpdateKind.BASELINE)
    return _one(_dated(m, UpdateKind.BASELINE, when, today, reason=reason or None))


def confidence(facility: str, grade: str, comment: str, today: date) -> Batch:
    """Return a person's own judgement of a facility: green, amber or red, and why."""
    value = {"confidence": grade, "confidence_note": comment or None}
    return _one(Statement(facility, None, UpdateKind.SET, today, value=value))


def first_facility(name: str, city: str, today: date) -> Batch:
    """Return a new facility with a name and perhaps a city.

    Raises:
        RefusedError: The name is empty or has no letter that can stay in a slug.
    """
    value = {"name": name, **({"city": city} if city else {})}
    return new_facility(slug_of(name), Type.FACILITY, value, today)


def retract(updates: Iterable[Update], today: date) -> Batch:
    """Retract these updates."""
    return Batch(tuple(u.retraction(today) for u in updates))


def joined(batches: Iterable[Batch]) -> Batch:
    """Return several acts as one."""
    given = list(batches)
    return Batch(
        tuple(s for b in given for s in b.statements),
        tuple(f for b in given for f in b.facilities),
        tuple(m for b in given for m in b.milestones),
        checks=tuple(c for b in given for c in b.checks),
    )


def source_from(text: str) -> Source | None:
    """Return the source that was typed into one field: an address, else a title."""
    if not text:
        return None
    return Source(url=text) if "://" in text else Source(title=text)


def _one(statement: Statement) -> Batch:
    return Batch((statement,))


def _needed(when: Reading, kind: UpdateKind) -> Period:
    if when.period is None:
        raise _no_date(kind)
    return when.period


def _no_date(kind: UpdateKind) -> RefusedError:
    return RefusedError(f"“{kind}” needs a date", code="needs-period", kind=kind.value)


def _dated(
    m: Milestone,
    kind: UpdateKind,
    when: Reading,
    today: date,
    **more: Any,  # noqa: ANN401
) -> Statement:
    """Return a statement with a date, and the typed words where they say more."""
    exact = when.period is not None and when.text == str(when.period)
    return Statement(
        m.facility,
        m.slug,
        kind,
        today,
        period=when.period,
        value={"undated": True} if when.undated else None,
        phrase=None if exact else when.text,
        **more,
    )
