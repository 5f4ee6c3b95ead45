"""What the dates mean that options and arguments give; nothing here needs click."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time

from db.model.errors import BadPeriodError, RefusedError
from db.model.period import Period

__all__ = ["is_day", "not_one_day", "parse_day", "parse_instant", "read_period"]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_period(text: str, today: date) -> Period:
    """A PERIOD argument: what people say, ISO or EDTF.

    Raises:
        BadPeriodError: It cannot be read.
    """
    if text == "today":
        return Period.day(today)
    if _DAY.fullmatch(text):  # what takes the grammar of phrases 20 ms to load and find
        with suppress(BadPeriodError):  # which says it better
            return Period.parse(text)
    from tracker.phrases import read

    return read(text, today)


def parse_day(text: str, today: date) -> date:
    """A DATE argument: one exact day, in any way of saying it.

    Raises:
        RefusedError: It is no date, or more than one day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        period = read_period(text, today)
    if period.earliest is None or not is_day(period):
        raise not_one_day(text)
    return period.earliest


def not_one_day(text: str) -> RefusedError:
    """The refusal of a text that should have been one day."""
    return RefusedError(
        f"“{text}” is not one day: write one like 2026-06-30", code="not-one-day", text=text
    )


def parse_instant(text: str) -> datetime:
    """An INSTANT argument: ISO, in UTC unless it says otherwise; a bare day means its end.

    Raises:
        RefusedError: It is no instant.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise RefusedError(
            f"“{text}” is no instant: write 2026-06-30T09:00", code="bad-instant", text=text
        ) from None
    if "T" not in text and " " not in text.strip():
        moment = datetime.combine(moment.date(), time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def is_day(period: Period) -> bool:
    """Whether both ends are one day."""
    return period.earliest == period.latest
