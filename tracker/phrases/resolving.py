"""From what was said to EDTF dates: the missing year, the next March, the end of a quarter."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from db.model.errors import BadPeriodError
from db.model.period import Period
from tracker.phrases.errors import PhrasePartError
from tracker.phrases.tokens import Token
from tracker.phrases.units import DateParts, Reference, months_on

__all__ = ["ResolvedDate", "counted", "resolved"]

_YEARS_SEARCHED = 9  # 29 February comes back within eight years, even across 2100
_MONTHS_SEARCHED = 3  # a 31st comes back within two months
_LAST_MONTH = {21: 5, 22: 8, 23: 11, 24: 14, 33: 3, 34: 6, 35: 9, 36: 12, 40: 6, 41: 12}
_CURRENT = frozenset({"year", "half", "quarter", "month"})
_FIRST_QUARTER, _FIRST_HALF = 33, 40
_THIRDS = {  # first and last day; 0 is the end of the month
    "early": (1, 10),
    "mid": (11, 20),
    "late": (21, 0),
    "early-mid": (1, 20),
    "mid-late": (11, 0),
}


class ResolvedDate(NamedTuple):
    """One date as the EDTF dates of its ends, with what it leaves understood for the next.

    `implied` names the unit that was not said and may have to move on: year, month or none.
    """

    first: str
    last: str
    year: int | None = None
    month: int | None = None
    span: int | None = None
    implied: str = ""

    @property
    def window(self) -> Period:
        """The days from the first end to the last."""
        return Period.parse(
            self.first if self.first == self.last else f"[{self.first}..{self.last}]"
        )


def resolved(said: DateParts, before: Reference, *, bare: bool = False) -> ResolvedDate:
    """Fill in what was left unsaid and return the dates.

    Args:
        said: The parts that were said.
        before: The reference day, and the date said before.
        bare: A bare “the year” may stand for this year, since a word such as
            “within” makes a date of it.

    Raises:
        PhrasePartError: Too little was said, or something people do not agree on.
        BadPeriodError: The day does not exist.
    """
    if said.week is not None:
        return _week(said, said.week)
    if said.aim is not None and said.aim.name == "same":
        raise PhrasePartError.unknown(said.aim.word)
    _take_bare_unit(said, before, bare=bare)
    _take_part(said, before)
    _take_span_shift(said, before)
    if said.day is not None and said.span is not None:
        raise PhrasePartError.second(said.last_word)
    if said.day is not None and said.month is None:
        spoken = _with_month(said, before)
    else:
        spoken = _with_year(said, before)
    _check_weekday(said, spoken)
    return spoken


def counted(count: Token, sign: int, today: date) -> ResolvedDate:
    """Return the year, month or day that lies so many of them from `today`.

    A count of years gives that year, of months that month (the convention of Korean
    notices); of weeks and days the very day (민법 제160조).

    Raises:
        PhrasePartError: The calendar does not reach so far.
    """
    n = count.n * sign
    try:
        if count.name == "year":
            return _dated(date(today.year + n, 1, 1).isoformat()[:4])
        if count.name == "month":
            year, month = months_on(today.year, today.month, n)
            return _dated(date(year, month, 1).isoformat()[:7])
        if count.name in {"week", "day"}:
            days = n * (7 if count.name == "week" else 1)
            return _dated((today + timedelta(days=days)).isoformat())
    except (ValueError, OverflowError):
        raise PhrasePartError(f"“{count.word}” reaches beyond the calendar", count.word) from None
    raise PhrasePartError.unknown(count.word)


def _dated(atom: str) -> ResolvedDate:
    parts = [int(part) for part in atom.split("-")]
    return ResolvedDate(atom, atom, parts[0], parts[1] if len(parts) > 1 else None)


def _week(said: DateParts, monday: date) -> ResolvedDate:
    """Monday to Sunday; a day or part of it is left to a date."""
    if said.part or said.weekday or said.year or said.month or said.day or said.span or said.unit:
        raise PhrasePartError.vague(said.last_word)
    sunday = monday + timedelta(days=6)
    return ResolvedDate(monday.isoformat(), sunday.isoformat(), monday.year, monday.month)


def _take_bare_unit(said: DateParts, before: Reference, *, bare: bool) -> None:
    """“The end of the year”, 연내: the unit that holds the reference day."""
    unit = said.unit
    if unit is None:
        return
    if unit.name == "year" and said.year is not None:
        return
    of_year = unit.name == "year" and said.span is not None  # the first half of the year
    if unit.name not in _CURRENT or not (bare or said.part or of_year):
        raise PhrasePartError.unknown(unit.word)
    if said.year is not None or said.month is not None or (said.span is not None and not of_year):
        raise PhrasePartError.second(unit.word)
    said.year = before.today.year
    if unit.name == "month":
        said.month = before.today.month
    elif unit.name != "year":
        said.span = _current_span(unit.name, before.today, 0)[1]


def _take_part(said: DateParts, before: Reference) -> None:
    """See to it that an early, middle or late part has something to be part of."""
    part = said.part
    if part is None:
        return
    if said.day is not None or (part.unit == "year" and (said.month or said.span)):
        raise PhrasePartError.second(part.word)
    nothing = said.year is None and said.month is None and said.span is None
    if part.unit == "this month":
        if not nothing:
            raise PhrasePartError.second(part.word)
        said.year, said.month = before.today.year, before.today.month
    elif nothing and part.unit != "year" and said.span_shift is None:
        if before.year is None:
            raise PhrasePartError.unknown(part.word)
        said.year, said.month, said.span = before.year, before.month, before.span
    if part.unit == "month" and said.month is None:
        raise PhrasePartError.vague(part.word)


def _take_span_shift(said: DateParts, before: Reference) -> None:
    """This, next and last quarter; the last quarter of a named year is its fourth."""
    shift = said.span_shift
    if shift is None:
        return
    if said.span is not None or said.month is not None:
        raise PhrasePartError.second(shift.word)
    if said.year is None:
        said.year, said.span = _current_span(shift.name, before.today, shift.n)
    elif shift.n < 0:
        said.span = _FIRST_QUARTER + 3 if shift.name == "quarter" else _FIRST_HALF + 1
    else:
        raise PhrasePartError.second(shift.word)


def _current_span(name: str, today: date, shift: int) -> tuple[int, int]:
    """The quarter or half that holds a day, or one some way on."""
    length = 3 if name == "quarter" else 6
    year, month = months_on(today.year, today.month, shift * length)
    first = _FIRST_QUARTER if name == "quarter" else _FIRST_HALF
    return year, first + (month - 1) // length


def _with_year(said: DateParts, before: Reference) -> ResolvedDate:
    """A date that names its month, its part of the year, or its year."""
    if said.year is not None:
        return _spoken(said, said.year, said.month, "")
    if said.month is None and said.span is None and said.part is None:
        raise PhrasePartError.unknown(said.last_word)
    aim = said.aim.name if said.aim else ""
    if aim in {"coming", "next", "last"}:
        step = -1 if aim == "last" else 1
        years = ((before.today.year + step * i, said.month) for i in range(_YEARS_SEARCHED))
        return _searched(said, before.today, years)
    implied = "" if aim else "year"
    return _spoken(said, before.year or before.today.year, said.month, implied)


def _with_month(said: DateParts, before: Reference) -> ResolvedDate:
    """A day whose month is understood: the month just mentioned, else the current one."""
    today = before.today
    aim = said.aim.name if said.aim else ""
    if aim in {"coming", "next", "last"} and said.year is None:
        step = -1 if aim == "last" else 1
        months = (months_on(today.year, today.month, step * i) for i in range(_MONTHS_SEARCHED))
        return _searched(said, today, months)
    if before.month is not None:
        year = said.year or before.year or today.year
        return _spoken(said, year, before.month, "" if said.year else "month")
    if said.year is not None:
        raise PhrasePartError("a day of a year needs its month", said.last_word)
    return _spoken(said, today.year, today.month, "month")


def _searched(
    said: DateParts, today: date, places: Iterator[tuple[int, int | None]]
) -> ResolvedDate:
    """The first of some years or months in which the date exists and lies where it is aimed."""
    aim = said.aim.name if said.aim else "coming"
    whole = said.day is None and (said.part is None or said.month is None)
    for year, month in islice(places, _YEARS_SEARCHED):
        try:
            spoken = _spoken(said, year, month, "")
            window = spoken.window
        except BadPeriodError:
            continue
        if _is_aimed_at(window, aim, today, whole=whole):
            return spoken
    raise PhrasePartError("there is no such day near the reference day", said.last_word)


def _is_aimed_at(window: Period, aim: str, today: date, *, whole: bool) -> bool:
    """Whether a date lies where it is aimed: coming, next or last.

    A whole month or season must be over to be the last; a day or a part of a month has come.
    """
    if window.earliest is None or window.latest is None:  # pragma: no cover - both ends are said
        return False
    if aim == "last":
        return window.latest < today if whole else window.earliest <= today
    return window.latest >= today if aim == "coming" else window.earliest > today


def _spoken(said: DateParts, year: int, month: int | None, implied: str) -> ResolvedDate:
    first, last = _atoms(said, f"{year:04d}", month)
    return ResolvedDate(first, last, year, month, said.span, implied)


def _atoms(said: DateParts, year: str, month: int | None) -> tuple[str, str]:
    """The EDTF dates of both ends."""
    part = said.part.name if said.part else ""
    word = said.part.word if said.part else ""
    if said.day is not None:
        return _same(f"{year}-{month:02d}-{said.day:02d}")
    if month is not None:
        if said.span is not None:
            raise PhrasePartError.second(said.last_word)
        return _of_month(f"{year}-{month:02d}", part) if part else _same(f"{year}-{month:02d}")
    if said.span is not None:
        if not part:
            return _same(f"{year}-{said.span}")
        if part != "late":
            raise PhrasePartError.vague(word)
        y, m = months_on(int(year), 1, _LAST_MONTH[said.span] - 1)
        return _same(f"{y:04d}-{m:02d}~")
    if part == "mid":
        return f"{year}-05~", f"{year}-08~"
    return _same(year + {"early": "-33~", "late": "-12~"}.get(part, ""))


def _of_month(month: str, part: str) -> tuple[str, str]:
    """초순, 중순, 하순, and the first or last day."""
    end = Period.parse(month).latest
    last_day = end.day if end else 0
    if part in {"first", "last"}:
        return _same(f"{month}-{1 if part == 'first' else last_day:02d}")
    first, last = _THIRDS[part]
    return f"{month}-{first:02d}", f"{month}-{last or last_day:02d}"


def _same(atom: str) -> tuple[str, str]:
    return atom, atom


def _check_weekday(said: DateParts, spoken: ResolvedDate) -> None:
    """A weekday is only a remark beside a day, and must be that day's."""
    if said.weekday is None:
        return
    if said.day is None:
        raise PhrasePartError.unknown(said.weekday.word)
    day = spoken.window.earliest
    if day is not None and day.weekday() != said.weekday.n:
        raise PhrasePartError(
            f"“{said.weekday.word}” is not the weekday of {day}", said.weekday.word
        )
