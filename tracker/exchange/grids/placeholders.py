"""Dates that databases and forms put where there is none: 1900-01-01, 9999-12-31 and their like."""

import re
from datetime import date

__all__ = ["is_placeholder", "is_placeholder_text", "without_time"]

_FIRST_YEAR, _LAST_YEAR = 1901, 2899
_DAY = re.compile(
    r"\s*([0-9]{4})\s*[-./년]\s*([0-9]{1,2})\s*[-./월]\s*([0-9]{1,2})\s*[.일]?"
    r"(?:[T\s]\s*(?:(?:오전|오후|[AaPp][Mm])\s*)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"(?:\s*[AaPp][Mm])?\s*(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?\s*"
)
_COMPACT = re.compile(r"(?:0000|9999)[0-9]{4}|1900010[01]|189912(?:30|31)")


def is_placeholder(day: date) -> bool:
    """Whether a day stands for none: the first ones of a spreadsheet's calendar, or the last.

    No step of a public work is planned for a year before 1901 or after 2899.
    """
    return not _FIRST_YEAR <= day.year <= _LAST_YEAR


def is_placeholder_text(text: str) -> bool:
    """Whether a text is such a day, with or without a time behind it, or no day at all.

    >>> [is_placeholder_text(t) for t in ("9999-12-31", "0000-00-00 00:00:00", "2027-03-01")]
    [True, True, False]
    """
    match = _DAY.fullmatch(text)
    if match is None:
        return _COMPACT.fullmatch(text.strip()) is not None
    year, month, day = map(int, match.groups())
    return not (_FIRST_YEAR <= year <= _LAST_YEAR) or (month == 0 and day == 0)


def without_time(text: str) -> str:
    """The day alone, where a text is one day with a time of day behind it.

    >>> without_time("2026-01-05 00:00:00"), without_time("2027-03-02T09:30:00Z")
    ('2026-01-05', '2027-03-02')
    """
    match = _DAY.fullmatch(text)
    if match is None or ":" not in text:
        return text
    year, month, day = match.groups()
    return f"{year}-{int(month):02}-{int(day):02}"
