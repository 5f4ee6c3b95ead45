"""The values in a facts file: days, amounts, shares, and the attributes of a facility."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from db.model.errors import RefusedError
from db.model.fields import FIELD_OF, FieldType
from db.model.records import Basis
from db.model.slugs import check_slug
from tracker.exchange.facts.entries import Field, split_tail
from tracker.exchange.facts.faults import Faults, fault, shown, unknown
from tracker.exchange.facts.keywords import ATTRIBUTE_WORDS, MILESTONE_WORDS
from tracker.phrases import read
from tracker.words.money import read_money

__all__ = [
    "facility_attributes",
    "milestone_attributes",
    "plain_number",
    "read_day",
    "read_number",
    "read_reported",
    "read_slug",
    "read_text",
]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,19}")
_NUMBER = re.compile(
    r"((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.[0-9]{1,20})?)(?: ?(?:m2|㎡))?"
)
_MOST = 2**63 - 1
_LONGEST_NAME = 300
_LONGEST_TEXT = 4000
_CONFIDENCES = ("green", "amber", "red")


def read_day(text: str) -> date:
    """Read a day in ISO form.

    Raises:
        RefusedError: The text is no such day, or the day does not exist.
    """
    if _DAY.fullmatch(text) is None:
        raise fault("not-a-day", word=shown(text))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise fault("no-such-day", word=shown(text)) from None


def read_reported(text: str, today: date) -> tuple[date, Basis]:
    """Read the day of a report, with `~` behind it where it is not known exactly.

    Raises:
        RefusedError: It is no day, or one after today.
    """
    day = read_day(text.removesuffix("~"))
    if day > today:
        raise fault("after-today", day=day.isoformat(), today=today.isoformat())
    return day, Basis.APPROXIMATE if text.endswith("~") else Basis.EXACT


def read_slug(text: str) -> str:
    """Read a slug: small Latin letters, Hangul and digits, with single hyphens between them.

    Raises:
        RefusedError: It is no slug, or longer than a slug may be.
    """
    try:
        check_slug(text)
    except RefusedError:
        raise fault("slug", word=shown(text)) from None
    return text


def read_text(text: str, longest: int = _LONGEST_TEXT) -> str:
    """Return the text when it is there and not too long.

    Raises:
        RefusedError: It is empty or longer than `longest`.
    """
    if not text:
        raise fault("empty")
    if len(text) > longest:
        raise fault("long-text", most=longest)
    return text


def plain_number(text: str) -> int:
    """Read a whole number, thousands with or without commas.

    >>> plain_number("22,100,000,000")
    22100000000

    Raises:
        RefusedError: It is no such number.
    """
    if _WHOLE.fullmatch(text) is None:
        raise fault("not-whole", word=shown(text))
    return _in_range(int(text.replace(",", "")), text)


def read_number(text: str) -> float:
    """Read a number such as `2,033`, `2033.5` or `2033 m2`; a whole one stays whole.

    Raises:
        RefusedError: It is no such number.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise fault("not-a-number", word=shown(text))
    digits = match[1].replace(",", "")
    return float(digits) if "." in digits else int(digits)


def _in_range(amount: int, text: str) -> int:
    if not 0 <= amount <= _MOST:
        raise fault("out-of-range", word=shown(text))
    return amount


def _amount(text: str) -> int:
    """Read won; bare digits up to what a store holds, since files are written with them."""
    if _WHOLE.fullmatch(text):
        return plain_number(text)
    return _in_range(read_money(text), text)


def facility_attributes(
    fields: Iterable[Field], day: date, faults: Faults, *, clearing: bool
) -> dict[str, Any]:
    """Read the attributes of a facility, named as in `db.model.records.Facility`.

    Args:
        fields: The lines.
        day: The day on which they were said; words such as "until next year" start there.
        faults: Where faults go.
        clearing: Whether nothing after the colon clears the attribute; else it is a fault.
    """
    values: dict[str, Any] = {}
    for f in fields:
        faults.attempt(f.line, lambda f=f: _put(values, f, day, clearing))  # type: ignore[misc]
    return values


def _put(
    values: dict[str, Any],
    f: Field,
    day: date,
    clearing: bool,  # noqa: FBT001 - handed through from a keyword
) -> None:
    name = ATTRIBUTE_WORDS.get(f.key.casefold())
    type_ = FIELD_OF[name].type if name else None
    if name is None or (f.share and type_ is not FieldType.SHARES):
        raise unknown("key", f"{f.key} {f.share}".strip(), ATTRIBUTE_WORDS, fault("hint-docs"))
    empty = clearing and not f.value
    if type_ is FieldType.NAMES:
        values.setdefault(name, [])
        if not empty:
            values[name].append(read_text(f.value, _LONGEST_NAME))
    elif type_ is FieldType.SHARES:
        shares = values.setdefault(name, {})
        if f.share or not empty:
            _put_share(shares, f)
    elif name in values:
        raise fault("twice", word=shown(f.key))
    elif empty and name != "name":
        values[name] = None
    else:
        values[name] = _attribute(name, f.value, day)


def _put_share(shares: dict[str, int | str], f: Field) -> None:
    """A share of the funding: an amount, or a remark where it is none or stands in quotes."""
    if not f.share:
        raise fault("whose-share")
    if f.share in shares:
        raise fault("share-twice", word=shown(f.share))
    text = read_text(f.value)
    if text.startswith('"'):
        tail = split_tail(text)
        shares[f.share] = tail.quoted or text
        return
    try:
        shares[f.share] = _amount(text)
    except (RefusedError, ValueError, OverflowError):
        shares[f.share] = text


def _attribute(name: str, text: str, day: date) -> str | float:
    match FIELD_OF[name].type:
        case FieldType.MONEY:
            return _amount(read_text(text))
        case FieldType.COUNT:
            return plain_number(text)
        case FieldType.AREA:
            return read_number(text)
        case FieldType.PERIOD:
            return str(read(read_text(text), day))
        case FieldType.RATING if text not in _CONFIDENCES:
            raise unknown("confidence", text, _CONFIDENCES)
    return read_text(text, _LONGEST_NAME)


def milestone_attributes(fields: Iterable[Field], faults: Faults) -> dict[str, Any]:
    """Read what can be set on a milestone; nothing after the colon clears it."""
    values: dict[str, Any] = {}
    for f in fields:
        faults.attempt(f.line, lambda f=f: _put_on_milestone(values, f))  # type: ignore[misc]
    return values


def _put_on_milestone(values: dict[str, Any], f: Field) -> None:
    name = MILESTONE_WORDS.get(f.key.casefold())
    if name is None or f.share:
        raise unknown("key", f"{f.key} {f.share}".strip(), ("title", "snoozed_until"))
    if name in values:
        raise fault("twice", word=shown(f.key))
    if not f.value:
        values[name] = None
    elif name == "snoozed_until":
        values[name] = read_day(f.value).isoformat()
    else:
        values[name] = read_text(f.value, _LONGEST_NAME)
