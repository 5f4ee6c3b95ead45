"""Which statements of a person are refused, by the standing of the milestone.

They would change nothing, or mislead. Imports are exempt: files repeat what was recorded
elsewhere, in any order.
"""

from collections.abc import Iterable, Mapping

from db.model.errors import RefusedError
from db.model.kinds import Refusal, UpdateKind
from db.model.records import Milestone, Statement, Update
from db.model.states import Standing

__all__ = ["check_dates", "check_transition", "refusal_of", "refuse_retracted"]

_STANDS = {
    Standing.COMPLETED: Refusal("is-completed", "is already completed: tracker reopen it first"),
    Standing.CANCELLED: Refusal("is-cancelled", "is cancelled: tracker reopen it first"),
    Standing.ON_HOLD: Refusal("is-on-hold", "is already on hold"),
}


def refusal_of(kind: UpdateKind, standing: Standing) -> Refusal | None:
    """Return why a kind cannot be recorded of a milestone that stands so; None if it can."""
    if standing in kind.spec.refused_on:
        return _STANDS[standing]
    only_on = kind.spec.only_on
    return kind.spec.otherwise if only_on and standing not in only_on else None


def check_transition(statement: Statement, milestones: Mapping[str, Milestone]) -> None:
    """Refuse a statement that the standing of its milestone, or of all of a facility, forbids.

    A report from before the last update of a milestone passes: it adds to a past that is not
    known here. A plan of a completed milestone is refused whatever its day.

    Raises:
        RefusedError: It names the standing.
    """
    if statement.milestone is None:
        _check_any(statement, milestones.values())
        return
    m = milestones.get(statement.milestone)
    if m is None:
        return
    if statement.reported_on >= m.updated_on or statement.kind is UpdateKind.PLAN:
        refusal = refusal_of(statement.kind, m.standing)
        if refusal is not None:
            raise RefusedError(
                f"{m.facility_name} {m.slug} {refusal.why}",
                code=refusal.code,
                facility=m.facility_name,
                milestone=m.slug,
            )


def refuse_retracted(target: Update) -> None:
    """Refuse to retract an update twice.

    Raises:
        RefusedError: The update is retracted.
    """
    if target.retracted_by is not None:
        raise RefusedError(
            f"update {target.id} is already taken back by {target.retracted_by}",
            code="already-retracted",
            number=target.id,
            by=target.retracted_by,
        )


def _check_any(statement: Statement, milestones: Iterable[Milestone]) -> None:
    """Refuse a statement about a facility that fits none of its milestones."""
    if not statement.kind.spec.for_all:
        return
    # Reopening a facility reopens what was cancelled, not what was completed.
    steps = list(milestones)
    standings = {m.standing for m in steps}
    if statement.kind is UpdateKind.REOPEN:
        standings -= {Standing.COMPLETED}
    if all(refusal_of(statement.kind, standing) for standing in standings):
        name = steps[0].facility_name if steps else statement.facility
        raise RefusedError(
            f"{name} has no step to {statement.kind.value}",
            code=f"nothing-to-{statement.kind.value}",
            facility=name,
        )


def check_dates(statement: Statement) -> None:
    """Refuse a completion in the future, and a snooze until a day that is over.

    Raises:
        RefusedError: It names both days.
    """
    said, first = statement.reported_on, statement.period.earliest if statement.period else None
    if statement.kind is UpdateKind.ACTUAL and first is not None and first > said:
        raise RefusedError(
            f"{first} is after {said}, when it was said: what is to come is a plan",
            code="completed-in-future",
            day=first.isoformat(),
            today=said.isoformat(),
        )
    if statement.kind is UpdateKind.SET and statement.milestone is not None:
        until = (statement.value or {}).get("snoozed_until")
        if until is not None and until <= said.isoformat():
            raise RefusedError(
                f"{until} is not after {said}: there would be nothing to wait for",
                code="snoozed-into-past",
                day=until,
                today=said.isoformat(),
            )
