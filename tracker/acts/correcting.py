"""What was mistyped, put right: a statement is taken back, and said again as it was meant.

Both are one act. What was taken back counts for nothing, so that a correction is no slip: the
plan that nobody meant is in no baseline, no trend and no history of the forecast.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from db.fold.folding import order
from db.fold.transition_rules import refuse_retracted
from db.model.errors import RefusedError
from db.model.fields import FIELD_OF
from db.model.kinds import UpdateKind, UpdateValue
from db.model.period import Period
from db.model.records import Batch, Statement, Update
from db.read.reader import Reader
from db.write.repetitions import bears_on
from tracker.acts.adding import read_field
from tracker.domain.statement_labels import CORRECTION
from tracker.words import LANGUAGES, Words

__all__ = ["attributes_of", "correction", "dated", "percentages", "refuse_uncorrectable"]

_AS_PLANNED = {"as_planned": True}


def refuse_uncorrectable(update: Update) -> None:
    """Refuse to correct what is taken back, or takes something back.

    Raises:
        RefusedError: It says what to do instead.
    """
    if update.kind is UpdateKind.RETRACT:
        raise RefusedError(
            f"update {update.id} takes back {update.retracts}: undo its act, tracker undo "
            f"{update.act}",
            code="corrects-retraction",
            number=update.id,
            target=update.retracts,
            act=update.act,
        )
    refuse_retracted(update)


def correction(reader: Reader, number: int, changes: Mapping[str, Any], today: date) -> Batch:
    """The act that corrects an update.

    What was said of the same thing later on the same day is said again behind it, since the
    order of a day is that of recording.

    Args:
        reader: The store, best in the transaction that records the act.
        number: The update.
        changes: What is otherwise, by the names of `db.model.records.Statement`.
        today: The day it is.

    Raises:
        NotFoundError: There is no such update.
        RefusedError: It cannot be corrected, or nothing would be otherwise.
    """
    update = reader.update(number)
    refuse_uncorrectable(update)
    before = update.statement
    right = replace(before, **changes)
    if replace(right, phrase=before.phrase) == before:
        raise RefusedError(
            f"update {number} says just that: nothing was corrected",
            code="nothing-corrected",
            number=number,
        )
    later = [u for u in reader.updates_of(update.facility) if _follows(u, update, right)]
    again = [
        s
        for u in sorted(later, key=order)
        for s in (u.statement, u.retraction(today, value=CORRECTION))
    ]
    return Batch((right, update.retraction(today, value=CORRECTION), *again))


def _follows(u: Update, update: Update, right: Statement) -> bool:
    """Whether something was said after `update` that `right`, said now, would overrule."""
    return (
        u.retracted_by is None
        and u.kind is not UpdateKind.RETRACT
        and (u.milestone, u.reported_on) == (right.milestone, right.reported_on)
        and (u.recorded_at, u.seq, u.id) > (update.recorded_at, update.seq, update.id)
        and _overrules(right, u)
    )


def _overrules(right: Statement, u: Update) -> bool:
    """Whether it makes a difference which of two statements of a day comes last."""
    if right.kind.spec.value in {UpdateValue.ATTRIBUTES, UpdateValue.PERCENTAGES}:
        return bears_on(u, right)
    group = right.kind.spec.overrules
    return bool(group) and u.kind.spec.overrules == group


def dated(update: Update, period: Period | None, text: str) -> dict[str, Any]:
    """The changes that give a statement another period, typed as `text`; a plan may have none.

    Raises:
        RefusedError: There is no date where one is needed.
    """
    if period is None and update.kind is not UpdateKind.PLAN:
        raise RefusedError(
            f"“{update.kind}” needs a date", code="needs-period", kind=update.kind.value
        )
    remark = None if update.value in ({"undated": True}, _AS_PLANNED) else update.value
    value = {"undated": True} if period is None else remark
    unreported = update.value == _AS_PLANNED and update.reason in _unreported()
    why = {"reason": None} if unreported else {}
    return {"period": period, "value": value, "phrase": text, **why}


@cache
def _unreported() -> frozenset[str]:
    """Why an import took a plan for the outcome; who gives another date knows better."""
    return frozenset(Words(lang)("import.as_planned") for lang in LANGUAGES)


def percentages(update: Update, given: Mapping[str, str]) -> dict[str, Any]:
    """The changes that give a progress other percentages; an empty text takes one away.

    Raises:
        RefusedError: A text is no percentage, or neither is left.
    """
    try:
        read = {
            name: float(text.strip().removesuffix("%")) if text.strip() else None
            for name, text in given.items()
        }
    except ValueError:
        raise RefusedError("progress is from 0 to 100 percent", code="bad-progress") from None
    return {"value": {**update.value, **read}}


def attributes_of(
    update: Update, given: Mapping[str, str], read: Callable[[str], Period]
) -> dict[str, Any]:
    """The changes that give attributes other values; an empty text takes one away.

    Args:
        update: A `set`.
        given: Texts by the names of its attributes.
        read: Reads a date.

    Raises:
        RefusedError: It says nothing of an attribute, or the text is no value for it.
    """
    for name in given:
        if name not in update.value:
            raise RefusedError(
                f"update {update.id} says nothing of “{name}”: {', '.join(update.value)}",
                code="no-attribute",
                key=name,
                allowed=", ".join(update.value),
            )
    values = {name: _attribute(name, text.strip(), read) for name, text in given.items()}
    return {"value": {**update.value, **values}}


def _attribute(name: str, text: str, read: Callable[[str], Period]) -> object:
    if not text:
        return None
    if name == "snoozed_until":
        period = read(text)
        if period.earliest is None or period.earliest != period.latest:
            raise RefusedError("one day is needed", code="not-one-day", text=text)
        return period.earliest.isoformat()
    return read_field(FIELD_OF[name], text, read) if name in FIELD_OF else text
