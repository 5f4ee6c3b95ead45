"""A date as people state it: exact, or a window of days with soft or open ends.

The text form is a small part of EDTF (ISO 8601-2): years, months, days, seasons
(21-24), quarters (33-36), halves (40, 41), the qualifiers `~ ? %`, and sets of
consecutive dates `[a..b]` with either end open. A milestone is a point somewhere
in its window, so the set is canonical; the interval `a/b` is read as the same
window. Rules compare windows, never text.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from typing import TYPE_CHECKING

from db.model.errors import BadPeriodError

if TYPE_CHECKING:
    from typing import Self

__all__ = ["Period"]

_ATOM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")
_QUARTER_MONTHS = {code: (3 * i + 1, 3 * i + 3) for i, code in enumerate(range(33, 37))}
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}  # 14: next February
_HALF_MONTHS = {40: (1, 6), 41: (7, 12)}
_SPANS = {**_SEASON_MONTHS, **_QUARTER_MONTHS, **_HALF_MONTHS}
_MONTHS = 12


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A window of days, both ends inclusive, either of them open (`None`).

    Attributes:
        edtf: The canonical text; `Period.parse(edtf)` gives an equal period.
        earliest: The first day it may be, or None where the window is open before.
        latest: The last day it may be, or None where the window is open after.
        approximate: The words were soft ("around June", "early 2026").

    Periods order by latest day (open last), then earliest (open first), then text.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    approximate: bool = False

    @classmethod
    def parse(cls, text: str) -> "Self":
        """Read EDTF, sets and intervals.

        Raises:
            BadPeriodError: The text is no period, names a day that does not
                exist, or ends before it starts.
        """
        stripped = text.strip()
        first, dots, last = _ends(stripped)
        if not dots:
            return cls(first, *_window(first, stripped), first.endswith("~"))
        if not first and not last:
            raise BadPeriodError(f"“{stripped}” is open at both ends: say at least one date")
        if first == last:
            return cls(first, *_window(first, stripped), first.endswith("~"))
        earliest = _window(first, stripped)[0] if first else None
        latest = _window(last, stripped)[1] if last else None
        if earliest and latest and earliest > latest:
            raise BadPeriodError(
                f"“{stripped}” ends before it starts", code="reversed-window", text=stripped
            )
        soft = first.endswith("~") or last.endswith("~")
        return cls(f"[{first}..{last}]", earliest, latest, soft)

    @classmethod
    def day(cls, day: date) -> "Self":
        """Exactly this day."""
        return cls(day.isoformat(), day, day)

    @classmethod
    def between(cls, first: date | None, last: date | None) -> "Self":
        """From one day to another, either of them open.

        Raises:
            BadPeriodError: Both ends are open, or the last is before the first.
        """
        if first is not None and first == last:
            return cls.day(first)
        return cls.parse(
            f"[{first.isoformat() if first else ''}..{last.isoformat() if last else ''}]"
        )

    def contains(self, other: "Period | date") -> bool:
        """Whether every day of `other` lies in this window; equal windows contain each other."""
        first, last = (other, other) if isinstance(other, date) else (other.earliest, other.latest)
        return _first(self.earliest) <= _first(first) and _last(last) <= _last(self.latest)

    def same_window(self, other: "Period") -> bool:
        """Whether both stand for the same days, however they are written."""
        return (self.earliest, self.latest) == (other.earliest, other.latest)

    def strictly_inside(self, other: "Period") -> bool:
        """Whether this window lies in `other` and is smaller."""
        return other.contains(self) and not self.same_window(other)

    def disjoint(self, other: "Period") -> bool:
        """Whether the two have no day in common."""
        return _last(self.latest) < _first(other.earliest) or _last(other.latest) < _first(
            self.earliest
        )

    def __str__(self) -> str:
        """Return the EDTF text; people see `tracker.words` instead."""
        return self.edtf

    def __lt__(self, other: object) -> bool:
        """Order by latest day, then earliest, then text."""
        if not isinstance(other, Period):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[date, bool, date, bool, str]:
        return (
            _last(self.latest),
            self.latest is None,
            _first(self.earliest),
            self.earliest is not None,
            self.edtf,
        )


def _first(day: date | None) -> date:
    return day or date.min


def _last(day: date | None) -> date:
    return day or date.max


def _ends(text: str) -> tuple[str, bool, str]:
    """Split into the two ends of a window, qualifiers made plain."""
    plain = text.replace("?", "~").replace("%", "~")
    if plain.startswith("[") and plain.endswith("]"):
        first, dots, last = plain[1:-1].partition("..")
        if not dots:
            raise _unreadable(text)
        return first.strip(), True, last.strip()
    if "/" in plain:
        first, _, last = plain.partition("/")
        return first.strip().removesuffix(".."), True, last.strip().removeprefix("..")
    return plain, False, ""


def _unreadable(text: str) -> BadPeriodError:
    return BadPeriodError(
        f"“{text}” is not a period: write 2025-06-30, 2025-06, 2025, 2025-40 (first half), "
        "[2025-07..2025-08] or [..2027-12]",
        code="unread-period",
        text=text,
    )


def _window(atom: str, whole: str) -> tuple[date, date]:
    """The first and last day of one EDTF date."""
    match = _ATOM.fullmatch(atom)
    if match is None or not atom.isascii():
        raise _unreadable(whole)
    year, part, day = int(match[1]), int(match[2] or 0), match[3]
    try:
        if day is not None:
            exact = date(year, part, int(day))
            return exact, exact
        if match[2] is None:
            return date(year, 1, 1), date(year, 12, 31)
        if 1 <= part <= _MONTHS:
            return date(year, part, 1), _month_end(year, part)
        if part in _SPANS:
            start, end = _SPANS[part]
            return date(year, start, 1), _month_end(year + (end > _MONTHS), (end - 1) % _MONTHS + 1)
    except ValueError:
        raise BadPeriodError(
            f"“{whole}” names a day that does not exist", code="impossible-day", text=whole
        ) from None
    raise BadPeriodError(
        f"“{whole}”: there is no month {match[2]}; halves are 40 and 41, quarters 33 to 36"
    )


def _month_end(year: int, month: int) -> date:
    if month == _MONTHS:
        return date(year, month, 31)
    return date(year, month + 1, 1) - timedelta(days=1)
