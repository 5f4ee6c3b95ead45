"""Which numbers of a workbook are days, and how much of a day their format shows.

The numbers of formats that files do not spell out follow ECMA-376, 18.8.30, with those
that Korean Excel adds.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from tracker.exchange.grids.grid import Value

__all__ = ["BUILT_IN", "day_of", "is_elapsed", "parts_shown", "shown_day", "shown_time"]

_KOREAN = {
    27: 'yyyy"年" mm"月" dd"日"', 28: "mm-dd", 29: "mm-dd", 30: "mm-dd-yy",
    31: 'yyyy"년" mm"월" dd"일"', 32: 'h"시" mm"분"', 33: 'h"시" mm"분" ss"초"',
    34: "yyyy-mm-dd", 35: "yyyy-mm-dd", 36: 'yyyy"年" mm"月" dd"日"',
    50: 'yyyy"年" mm"月" dd"日"', 51: "mm-dd", 52: "yyyy-mm-dd", 53: "yyyy-mm-dd", 54: "mm-dd",
    55: "yyyy-mm-dd", 56: "mm-dd", 57: 'yyyy"年" mm"月" dd"日"', 58: "mm-dd",
}  # fmt: skip
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0",
    42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@",
    **_KOREAN,
}  # fmt: skip
"""Formats by their number, as far as files leave them out."""

_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_ASIDE = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_MORNING = re.compile(r"am/pm|a/p|e[+-]|general", re.IGNORECASE)
_MINUTES = re.compile(r"(?<=h)([^a-z]*)m+|m+(?=[^a-z]*s)")
_DAY_OF_MONTH = re.compile(r"(?<!d)d{1,2}(?!d)")
_NOT_A_LEAP_DAY = 60  # the serial number of 29 February 1900, which spreadsheets count
_BEFORE, _BEFORE_LEAP_DAY, _MAC = date(1899, 12, 30), date(1899, 12, 31), date(1904, 1, 1)
_LAST = 2_958_465  # 9999-12-31
_MILLISECONDS = 86_400_000
_SECONDS = 86_400
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


@lru_cache(1024)
def parts_shown(form: str) -> str:
    """Which parts of a moment a format shows: some of `ymdt`; nothing where it is none of a day.

    >>> parts_shown('yyyy"년" m"월"'), parts_shown("#,##0"), parts_shown("h:mm")
    ('ym', '', 't')
    """
    plain = _ASIDE.sub("", _LITERAL.sub("", form)).partition(";")[0]
    plain = _MORNING.sub("", plain).lower()
    if not re.search("[ymdhse]", plain):
        return ""
    plain = _MINUTES.sub(r"\1n", plain)
    year = "y" if re.search("[ye]", plain) else ""
    month = "m" if "m" in plain and "[m" not in plain else ""
    day = "d" if _DAY_OF_MONTH.search(plain) or ("d" in plain and not month) else ""
    return year + month + day or "t"


def day_of(serial: float, *, mac: bool) -> date | None:
    """The day that a number stands for; None where the calendar of spreadsheets has none.

    Args:
        serial: Days, and the part of one.
        mac: Whether the workbook counts from 1904.
    """
    days = round(serial * _MILLISECONDS) // _MILLISECONDS
    if not 0 <= days <= _LAST or (days == _NOT_A_LEAP_DAY and not mac):
        return None
    start = _MAC if mac else _BEFORE_LEAP_DAY if days < _NOT_A_LEAP_DAY else _BEFORE
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def shown_time(part: float) -> str:
    """The time of day, or the hours that went by, of a number of days.

    >>> shown_time(0.375), shown_time(1.5)
    ('09:00', '36:00')
    """
    minutes, seconds = divmod(round(part * _SECONDS), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def is_elapsed(form: str) -> bool:
    """Whether a format shows how much time went by, and no moment."""
    return _ELAPSED.search(_LITERAL.sub("", form)) is not None


def shown_day(day: date, parts: str) -> Value:
    """A day, or only its month or year where the format shows no more of it."""
    if "d" in parts or "t" in parts:
        return day
    if "m" in parts:
        return day.isoformat()[:7]
    return day.isoformat()[:4] if "y" in parts else day
