"""Dates in digits: 2025. 6. 30., ’25.12월, 8.12, 2025/06/30, 20250630.

Dots follow Korean usage: year, month, day, or month and day. Slashed and hyphened
dates that do not begin with a four-digit year have no agreed order, so every
reading that exists is offered and none is taken.
"""

import re
from functools import cache

from db.model.errors import BadPeriodError
from db.model.period import Period
from tracker.phrases.errors import PhrasePartError
from tracker.phrases.tokens import Kind, Token

__all__ = ["numeric_date", "two_digit_year"]

_MONTHS = 12
_FULL, _SHORT = 4, 2  # digits of a year
_PIVOT = 70  # ’69 is 2069, ’70 is 1970: a facility's dates lie ahead more often than behind
_CODES = {
    **dict.fromkeys(range(21, 25), "season"),
    **dict.fromkeys(range(33, 37), "quarter"),
    **dict.fromkeys((40, 41), "half"),
}
_Found = tuple[tuple[Token, ...], int] | None


@cache
def _pattern() -> re.Pattern[str]:
    one = r"(\d{1,4})(?!\d)"
    return re.compile(rf"(')?(\d{{1,8}})(?!\d)(?:(\. ?|-|/){one}(?:(\. ?|-|/){one})?)?", re.ASCII)


def two_digit_year(n: int) -> int:
    """Return the year that ’25 or ’98 stands for."""
    return n + (2000 if n < _PIVOT else 1900)


def numeric_date(low: str, at: int, year: int) -> _Found:
    """Read a date written in digits, with the length it takes; None where there is none.

    Args:
        low: The phrase in lower case.
        at: Where to read.
        year: The reference year, to name both readings of 8/12.

    Raises:
        PhrasePartError: The digits have the form of a date but no such date exists, or
            they can be read in more than one way.
    """
    match = _pattern().match(low, at)
    if match is None:
        return None
    quoted, a, dot, b, dot2, c = match.groups()
    if c and dot.strip() == dot2.strip():
        return _three(low, at, (a, b, c), dot.strip(), match.end(), quoted=bool(quoted))
    if b:
        found = _two(low, at, (a, b), dot, match.end(4), quoted=bool(quoted), this=year)
        if found:
            return found
    return _one(low, at, a, match.end(2), quoted=bool(quoted))


def _one(low: str, at: int, a: str, end: int, *, quoted: bool) -> _Found:
    """’25, 20250630, 250630, and 26. before 상반기."""
    tail = low[end:]
    if quoted and len(a) in {_SHORT, _FULL}:
        year = two_digit_year(int(a)) if len(a) == _SHORT else int(a)
        end += len(_leading(tail, ("년도", "년", " 년")))
        return (Token(Kind.YEAR, year, "digits"),), end - at
    if len(a) == len("YYYYMMDD"):
        return _ymd(int(a[:4]), int(a[4:6]), int(a[6:])), end - at
    if len(a) == len("YYMMDD"):  # or YYYYMM
        orders = (
            (two_digit_year(int(a[:2])), int(a[2:4]), int(a[4:])),
            (int(a[:4]), int(a[4:]), 0),
        )
        return _only(orders, a), end - at
    if len(a) == _SHORT and tail.startswith((".상", ".하", ". 상", ". 하")):
        return (Token(Kind.YEAR, two_digit_year(int(a)), "digits"),), end + 1 - at
    return None


def _two(
    low: str, at: int, parts: tuple[str, str], dot: str, end: int, *, quoted: bool, this: int
) -> _Found:
    """2025.6, 25.12월, 8.12, 2025-40, 8/12, 26.3분기."""
    a, b = parts
    tail = low[end:].lstrip()
    if tail.startswith(("분기", "/4분기", "/4 분기")):
        return _quarter(low, at, parts, dot, end, quoted=quoted)
    if len(b) > _SHORT:
        return _year_last(parts, dot, end - at)
    month, day = low.startswith("월", end), low.startswith("일", end)
    found: tuple[Token, ...] | None = None
    if tail.startswith("년"):
        pass
    elif len(a) == _FULL:
        found = None if day else _coded(a, b, dot)
    elif dot.strip() == ".":
        found = _dotted(a, b, quoted=quoted, month=month)
    elif dot == "/" and not (quoted or month):
        found = _month_and_day(low, a, b, this)
    return (found, end + (month or day) - at) if found else None


def _dotted(a: str, b: str, *, quoted: bool, month: bool) -> tuple[Token, ...] | None:
    """’25.12 and 25.12월 are year and month, 8.12 month and day."""
    if quoted or int(a) > _MONTHS or (month and len(a) == _SHORT):
        return _ymd(_year(a), int(b), 0)
    return None if month else _ymd(0, int(a), int(b))


def _quarter(
    low: str, at: int, parts: tuple[str, str], dot: str, end: int, *, quoted: bool
) -> _Found:
    """26.3분기 and 2026.3/4분기; in 1/4분기 the digits are no date."""
    a, b = parts
    dated = quoted or len(a) == _FULL or (len(a) == _SHORT and dot != "/")
    if not dated or (dot == "/" and b == "4"):
        return None
    end = low.index("분기", end) + len("분기")
    return (Token(Kind.YEAR, _year(a), "digits"), Token(Kind.SPAN, int(b), "quarter")), end - at


def _year_last(parts: tuple[str, str], dot: str, length: int) -> _Found:
    """12.2026 and 6/2026; 2026-2028 is two years."""
    month, year = parts
    if len(month) > _SHORT or int(month) > _MONTHS or len(year) != _FULL or dot not in {".", "/"}:
        return None
    return _ymd(int(year), int(month), 0), length


def _three(
    low: str, at: int, parts: tuple[str, str, str], dot: str, end: int, *, quoted: bool
) -> _Found:
    """2025. 6. 30., 25.6.30, 30/06/2025."""
    a, b, c = (int(part) for part in parts)
    tail = low[end:].lstrip()
    if tail.startswith(("월", "년", "분기")):
        return None
    end += low.startswith("일", end)
    if len(parts[0]) == _FULL:
        return _ymd(a, b, c), end - at
    if len(parts[2]) == _FULL:
        return _only(((c, a, b), (c, b, a)), f"{a}{dot}{b}{dot}{c}"), end - at
    if quoted or dot == "." or _korean(low):
        return _ymd(two_digit_year(a), b, c), end - at
    year_last = two_digit_year(c)
    orders = ((two_digit_year(a), b, c), (year_last, a, b), (year_last, b, a))
    return _only(orders, dot.join(parts)), end - at


def _year(digits: str) -> int:
    return int(digits) if len(digits) == _FULL else two_digit_year(int(digits))


def _ymd(year: int, month: int, day: int) -> tuple[Token, ...]:
    """Tokens for the parts that are not nought."""
    if not 1 <= month <= _MONTHS:
        raise PhrasePartError(f"there is no month {month}", str(month))
    return (
        *((Token(Kind.YEAR, year, "digits"),) if year else ()),
        Token(Kind.MONTH, month),
        *((Token(Kind.DAY, day),) if day else ()),
    )


def _coded(a: str, b: str, dot: str) -> tuple[Token, ...]:
    """A year with a month, or with the EDTF code of a season, quarter or half."""
    name = _CODES.get(int(b)) if dot == "-" else None
    if name is None:
        return _ymd(int(a), int(b), 0)
    return (Token(Kind.YEAR, int(a), "digits"), Token(Kind.SPAN, int(b), name))


def _month_and_day(low: str, a: str, b: str, year: int) -> tuple[Token, ...]:
    """8/12 is month and day where the phrase is Korean; elsewhere only if nothing else fits."""
    month, day = int(a), int(b)
    if _korean(low) or month == day or day > _MONTHS:
        return _ymd(0, month, day)
    if month > _MONTHS:
        return _ymd(0, day, month)
    return _only(((year, month, day), (year, day, month)), f"{a}/{b}")


def _only(orders: tuple[tuple[int, int, int], ...], shown: str) -> tuple[Token, ...]:
    """The one order of year, month and day that exists."""
    readings: dict[Period, tuple[int, int, int]] = {}
    for year, month, day in orders:
        text = f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
        try:
            readings.setdefault(Period.parse(text), (year, month, day))
        except BadPeriodError:
            continue
    if not readings:
        raise PhrasePartError(f"“{shown}” names a day that does not exist", shown)
    if len(readings) > 1:
        raise PhrasePartError(
            f"“{shown}” can be read in {len(readings)} ways", shown, tuple(sorted(readings))
        )
    return _ymd(*readings.popitem()[1])


def _leading(tail: str, words: tuple[str, ...]) -> str:
    return next((word for word in words if tail.startswith(word)), "")


def _korean(low: str) -> bool:
    return any("가" <= c <= "힣" for c in low)
