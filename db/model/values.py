"""What the value of a statement may be, by its kind: attributes, percentages, a text.

Checked before a statement is stored, and again whenever one is read, since other
programs can write the file too.
"""

import json
from collections.abc import Callable
from datetime import date

from db.model.errors import RefusedError
from db.model.fields import FIELD_OF, FIELDS, FieldType
from db.model.kinds import UpdateKind, UpdateValue
from db.model.period import Period

__all__ = [
    "EXPECTED",
    "MAX_NAME",
    "MAX_TEXT",
    "check_attribute",
    "check_day",
    "check_kind",
    "check_reported",
    "check_value",
    "too_long",
]

MAX_NAME = 300
MAX_TEXT = 4000
_FACILITY_ATTRIBUTES = set(FIELD_OF)
_MILESTONE_ATTRIBUTES = {"title", "snoozed_until"}
_SHORT = {"title"} | {field.name for field in FIELDS if field.type is FieldType.TEXT}
_CONFIDENCES = ("green", "amber", "red")
_MAX_AREA = 10**12
_PERCENT = 100


def check_kind(kind: UpdateKind, *, of_milestone: bool, dated: bool, reason: str | None) -> None:
    """Refuse a statement that lacks what its kind needs: a milestone, a date or a reason.

    Raises:
        RefusedError: It says what is missing.
    """
    if kind.spec.needs_milestone and not of_milestone:
        raise RefusedError(
            f"“{kind}” is said of a milestone: name one",
            code="needs-milestone",
            kind=kind.value,
        )
    if kind.spec.needs_period and not dated:
        raise RefusedError(f"“{kind}” needs a date", code="needs-period", kind=kind.value)
    if kind.spec.needs_reason and not reason:
        raise RefusedError(f"“{kind}” needs a reason", code="needs-reason", kind=kind.value)


def check_value(kind: UpdateKind, value: object, *, of_milestone: bool) -> None:
    """Refuse a value that does not belong to a statement of this kind.

    Raises:
        RefusedError: It says what would be right.
    """
    holds = kind.spec.value
    if holds is UpdateValue.ATTRIBUTES:
        _check_attributes(value, _MILESTONE_ATTRIBUTES if of_milestone else _FACILITY_ATTRIBUTES)
    elif holds is UpdateValue.PERCENTAGES:
        _check_progress(value)
    elif holds is UpdateValue.TEXT and not (isinstance(value, str) and value):
        raise RefusedError("a note needs a text", code="empty-note")
    elif not (value is None or isinstance(value, str) or _is_mark(kind, value)):
        raise RefusedError(
            f"“{kind}” takes no such value", code="bad-attribute", key=kind.value, what="a text"
        )
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise too_long("note", len(value), MAX_TEXT)


def _is_mark(kind: UpdateKind, value: object) -> bool:
    """Whether a value says what a date is worth, or that there is none."""
    return value == {"undated": True} or any(value == {mark: True} for mark in kind.spec.marks)


def _check_attributes(value: object, allowed: set[str]) -> None:
    if not isinstance(value, dict) or not value:
        raise RefusedError("nothing to set", code="nothing-to-set")
    for key, item in value.items():
        if key not in allowed:
            raise RefusedError(
                f"there is no attribute “{key}”: {', '.join(sorted(allowed))}",
                code="no-attribute",
                key=key,
                allowed=", ".join(sorted(allowed)),
            )
        check_attribute(key, item)


def check_attribute(key: str, item: object) -> None:
    """Refuse a value that this attribute cannot have; None takes any attribute away but the name.

    Raises:
        RefusedError: It says what would be right.
    """
    if key == "name" and not item:
        raise RefusedError("a name is needed", code="needs-name")
    if item is not None:
        if isinstance(item, str) and len(item) > MAX_NAME and key in _SHORT:
            raise too_long(key, len(item), MAX_NAME)
        what, fits = EXPECTED[key]
        if not fits(item):
            raise RefusedError(f"“{key}” takes {what}", code="bad-attribute", key=key, what=what)


def too_long(key: str, length: int, limit: int) -> RefusedError:
    """The refusal of a text that has more characters than its place takes."""
    return RefusedError(
        f"“{key}” takes at most {limit:,} characters: there are {length:,}",
        code="text-too-long",
        key=key,
        length=length,
        limit=limit,
    )


def check_day(text: str) -> None:
    """Refuse what is no day in ISO form.

    Raises:
        RefusedError: It says how one is written.
    """
    if not _is_day(text):
        raise RefusedError(
            f"“{text}” is no day: write one like 2026-06-30", code="bad-day", text=text
        )


def check_reported(day: date, today: date) -> None:
    """Refuse a day of reporting that is yet to come.

    Raises:
        RefusedError: It is after `today`.
    """
    if day > today:
        raise RefusedError(
            f"reported on {day}, which is after today, {today}",
            code="reported-in-future",
            day=day.isoformat(),
            today=today.isoformat(),
        )


def _is_name(item: object) -> bool:
    return isinstance(item, str) and 0 < len(item) <= MAX_NAME


def _are_names(item: object) -> bool:
    return isinstance(item, list) and all(map(_is_name, item))


def _are_shares(item: object) -> bool:
    return (
        isinstance(item, dict)
        and all(_is_count(v) or isinstance(v, str) for v in item.values())
        and len(json.dumps(item)) <= MAX_TEXT
    )


def _is_count(item: object) -> bool:
    return isinstance(item, int) and not isinstance(item, bool) and 0 <= item < 2**63


def _is_area(item: object) -> bool:
    number = isinstance(item, int | float) and not isinstance(item, bool)
    return number and 0 <= item < _MAX_AREA  # type: ignore[operator]


def _is_day(item: object) -> bool:
    try:
        return isinstance(item, str) and date.fromisoformat(item).isoformat() == item
    except ValueError:
        return False


def _is_period(item: object) -> bool:
    return isinstance(item, str) and bool(Period.parse(item))


_BY_TYPE: dict[FieldType, tuple[str, Callable[[object], bool]]] = {
    FieldType.TEXT: ("a text", _is_name),
    FieldType.MONEY: ("a whole number of won", _is_count),
    FieldType.AREA: ("a number of square metres", _is_area),
    FieldType.NAMES: ("a list of names", _are_names),
    FieldType.SHARES: ("shares by name", _are_shares),
    FieldType.COUNT: ("a whole number", _is_count),
    FieldType.PERIOD: ("a period", _is_period),
    FieldType.RATING: ("green, amber or red", _CONFIDENCES.__contains__),
}
EXPECTED: dict[str, tuple[str, Callable[[object], bool]]] = {
    **{field.name: _BY_TYPE[field.type] for field in FIELDS},
    "title": _BY_TYPE[FieldType.TEXT],
    "snoozed_until": ("a day such as 2026-12-01", _is_day),
}
"""What an attribute takes, in English, and whether a value is that."""


def _check_progress(value: object) -> None:
    parts = value if isinstance(value, dict) and value.keys() <= {"planned", "actual"} else {}
    given = [parts.get("planned"), parts.get("actual")]
    numbers = [
        n
        for n in given
        if isinstance(n, int | float) and not isinstance(n, bool) and 0 <= n <= _PERCENT
    ]
    if not numbers or len(numbers) != sum(n is not None for n in given):
        raise RefusedError("progress is from 0 to 100 percent", code="bad-progress")
