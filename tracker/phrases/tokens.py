"""The pieces a phrase is made of, whatever the language it is said in."""

from enum import Enum, auto
from typing import NamedTuple

__all__ = ["DATE_KINDS", "Kind", "Token"]


class Kind(Enum):
    """What a piece says. `n` and `name` below are fields of its token."""

    YEAR = auto()  # n: the year
    YEAR_SHIFT = auto()  # n: years from the reference day's
    YEAR_AFTER = auto()  # n: years from the one just mentioned (이듬해, 같은 해)
    NEW_YEAR = auto()  # 새해: the year that begins, or has just begun
    SPAN = auto()  # n: EDTF code of a half, quarter or season; name: which of the three
    SPAN_SHIFT = auto()  # n: halves or quarters from the current one; name: which
    MONTH = auto()  # n: 1 to 12
    MONTH_SHIFT = auto()  # n: months from the reference day's
    MONTH_AFTER = auto()  # n: months from the one just mentioned (같은 달, 익월)
    WEEK_SHIFT = auto()  # n: weeks from the reference day's, Monday to Sunday
    DAY = auto()  # n: day of the month
    DAY_SHIFT = auto()  # n: days from the reference day
    WEEKDAY = auto()  # n: 0 is Monday; only ever a remark beside a day
    PART = auto()  # name: early, mid, late, … ; unit: of what, if the word says
    AIM = auto()  # name: coming, next, last, this, same
    UNIT = auto()  # name: year, half, quarter, month, week, day: a bare word for a unit
    NUMBER = auto()  # n: a number without its unit yet
    ORDINAL = auto()  # n: first, second, 15th
    COUNT = auto()  # n: so many; name: of which unit
    LATER = auto()  # after a count: from now
    IN = auto()  # before a count: from now; otherwise nothing
    UNTIL = auto()  # 까지, by
    WITHIN = auto()  # 안에, within
    BEFORE = auto()  # 전, before; after a count: ago
    SINCE = auto()  # 이후, or later
    FROM = auto()  # 부터, from
    SOFT = auto()  # 경, around
    BETWEEN = auto()  # 사이, between: there must be two dates
    RANGE = auto()  # ~ to 부터…까지
    HYPHEN = auto()  # - without blanks: a range, or nothing (mid-2026)
    OR = auto()  # 또는, or
    COMMA = auto()
    EVENT = auto()  # 준공, opening: what the date is of; only ever after it
    NOISE = auto()  # in the, 중, particles


DATE_KINDS = frozenset(kind for kind in Kind if kind.value <= Kind.COUNT.value)
"""What a date is made of: the kinds up to COUNT."""


class Token(NamedTuple):
    """One piece of a phrase.

    Attributes:
        kind: What it says.
        n: A number, see `Kind`.
        name: A name, see `Kind`; for words that stand before or after their date,
            `before` or `after`.
        unit: For a part, the unit the word itself names (연말: year; 하순: month).
        word: As it stands in the phrase.
        latin: Written in Latin letters, so that English order holds around it.
    """

    kind: Kind
    n: int = 0
    name: str = ""
    unit: str = ""
    word: str = ""
    latin: bool = False
