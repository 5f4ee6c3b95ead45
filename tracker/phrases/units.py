"""The units one date was said in, before they become days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tracker.phrases.errors import PhrasePartError
from tracker.phrases.tokens import Kind, Token

__all__ = ["DateParts", "Reference", "months_on", "said"]

_MONTHS = 12
_NEW_YEAR_LASTS = 2  # in January and February 새해 is the year that has begun
_WEEK = 7


class Reference(NamedTuple):
    """The reference day, and what a date said just before leaves understood."""

    today: date
    year: int | None = None
    month: int | None = None
    span: int | None = None


@dataclass(slots=True)
class DateParts:
    """The parts of one date as they were said; what was not said is None.

    A `span` is the EDTF code of a half, quarter or season; `week` is its Monday.
    """

    year: int | None = None
    span: int | None = None
    month: int | None = None
    day: int | None = None
    week: date | None = None
    part: Token | None = None
    aim: Token | None = None
    unit: Token | None = None
    count: Token | None = None
    weekday: Token | None = None
    span_shift: Token | None = None
    last_word: str = ""

    def put(self, name: str, value: object, word: str) -> None:
        """Set one part.

        Raises:
            PhrasePartError: It was said before, and differently.
        """
        known = getattr(self, name)
        if known is not None and known != value:
            raise PhrasePartError.second(word)
        if known is None and self.part and not self.part.latin and name not in _REMARKS:
            raise PhrasePartError.second(word)  # Korean says the part last: 6월 말, not 말 6월
        setattr(self, name, value)


_REMARKS = frozenset({"weekday", "aim"})
_WHOLE_TOKENS = {
    Kind.PART: "part",
    Kind.AIM: "aim",
    Kind.UNIT: "unit",
    Kind.COUNT: "count",
    Kind.WEEKDAY: "weekday",
    Kind.SPAN_SHIFT: "span_shift",
}
_NUMBERS = {Kind.YEAR: "year", Kind.SPAN: "span", Kind.MONTH: "month", Kind.DAY: "day"}


def said(tokens: list[Token], before: Reference) -> DateParts:
    """Gather the tokens of one date.

    Raises:
        PhrasePartError: They give two dates, or a number without its unit.
    """
    so_far = DateParts(last_word=tokens[-1].word if tokens else "")
    numbers: list[Token] = []
    for token in tokens:
        if token.kind in {Kind.NUMBER, Kind.ORDINAL}:
            numbers.append(token)
        elif token.kind in _WHOLE_TOKENS:
            so_far.put(_WHOLE_TOKENS[token.kind], token, token.word)
        elif token.kind in _NUMBERS:
            so_far.put(_NUMBERS[token.kind], token.n, token.word)
        else:
            _put_relative(so_far, token, before)
    beside_month = any(token.kind is Kind.MONTH for token in tokens)
    for token in numbers:
        if token.kind is Kind.NUMBER and (token.name or not beside_month):
            raise PhrasePartError.unknown(token.word)
        so_far.put("day", token.n, token.word)
    return so_far


def _put_relative(so_far: DateParts, token: Token, before: Reference) -> None:
    """Set the parts that a word counts from the reference day, or from the date before."""
    today = before.today
    if token.kind is Kind.YEAR_SHIFT:
        so_far.put("year", today.year + token.n, token.word)
    elif token.kind is Kind.YEAR_AFTER:
        so_far.put("year", (before.year or today.year) + token.n, token.word)
    elif token.kind is Kind.NEW_YEAR:
        so_far.put("year", today.year + (today.month > _NEW_YEAR_LASTS), token.word)
    elif token.kind is Kind.MONTH_SHIFT:
        _put_month(so_far, months_on(today.year, today.month, token.n), token.word)
    elif token.kind is Kind.MONTH_AFTER:
        year, month = before.year or today.year, before.month or today.month
        _put_month(so_far, months_on(year, month, token.n), token.word)
    elif token.kind is Kind.WEEK_SHIFT:
        monday = today - timedelta(days=today.weekday())
        so_far.put("week", monday + timedelta(weeks=token.n), token.word)
    else:
        day = today + timedelta(days=token.n)
        _put_month(so_far, (day.year, day.month), token.word)
        so_far.put("day", day.day, token.word)


def _put_month(so_far: DateParts, year_and_month: tuple[int, int], word: str) -> None:
    so_far.put("year", year_and_month[0], word)
    so_far.put("month", year_and_month[1], word)


def months_on(year: int, month: int, n: int) -> tuple[int, int]:
    """Return the year and month that lie `n` months on."""
    months = year * _MONTHS + month - 1 + n
    return months // _MONTHS, months % _MONTHS + 1
