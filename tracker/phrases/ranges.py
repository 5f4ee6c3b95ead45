"""What the two dates of a range lend each other: 7~8월, March to May 2026, 11월~2월."""

from db.model.period import Period
from tracker.phrases.ends import End
from tracker.phrases.errors import PhrasePartError
from tracker.phrases.numerals import two_digit_year
from tracker.phrases.resolving import ResolvedDate
from tracker.phrases.tokens import Kind, Token
from tracker.phrases.units import Reference, months_on

__all__ = ["adopt_units", "context_of_first", "moved_on"]

_LENDABLE = frozenset({Kind.YEAR, Kind.SPAN, Kind.MONTH, Kind.DAY, Kind.COUNT})
_YEARS = frozenset({Kind.YEAR, Kind.YEAR_SHIFT})
_FINER = frozenset({Kind.SPAN, Kind.MONTH, Kind.DAY, Kind.NUMBER, Kind.ORDINAL})
_BARE = frozenset({Kind.NUMBER, Kind.ORDINAL})
_QUARTERS, _MONTHS, _DAYS = 4, 12, 31


def adopt_units(left: End, right: End) -> None:
    """Give a bare number of one end the unit that the other end names.

    Raises:
        PhrasePartError: The number does not fit the unit.
    """
    if left.units[-1].kind in _BARE and not _named_month(left):
        if _named_month(right) and any(token.kind in _BARE for token in right.units):
            left.units[-1] = _day(left.units[-1])
        else:
            _adopt(left, len(left.units) - 1, _lender(right.units))
    bare = [i for i, token in enumerate(right.units) if token.kind in _BARE]
    if bare and not _named_month(right):
        lender = _lender(list(reversed(left.units)))
        if _named_month(left):
            right.units[bare[0]] = _day(right.units[bare[0]])
        else:
            _adopt(right, bare[0], lender)


def _named_month(end: End) -> bool:
    return any(token.kind is Kind.MONTH and token.latin for token in end.units)


def _lender(units: list[Token]) -> Token | None:
    return next((token for token in units if token.kind in _LENDABLE), None)


def _day(token: Token) -> Token:
    return token._replace(kind=Kind.DAY)


def _adopt(end: End, at: int, lender: Token | None) -> None:
    """Put the lender's unit to the number at one place."""
    number = end.units[at]
    spelled = (
        number.kind is Kind.NUMBER and number.name and lender and lender.kind is not Kind.COUNT
    )
    if lender is None or spelled or (lender.latin and lender.kind is Kind.MONTH):
        raise PhrasePartError.unknown(number.word)
    n, fits = number.n, True
    if lender.kind is Kind.YEAR:
        n, fits = two_digit_year(n), n >= 10  # noqa: PLR2004 - ’26~’28년
    elif lender.kind is Kind.SPAN:
        base, most = {"quarter": (32, _QUARTERS), "half": (39, 2)}.get(lender.name, (0, 0))
        n, fits = base + n, 1 <= n <= most
    elif lender.kind is Kind.MONTH:
        fits = 1 <= n <= _MONTHS
    elif lender.kind is Kind.DAY:
        fits = 1 <= n <= _DAYS
    if not fits:
        raise PhrasePartError.unknown(number.word)
    end.units[at] = lender._replace(n=n, word=number.word)


def context_of_first(left: End, right: End, before: Reference) -> Reference:
    """What the second date leaves understood for the first, where English has it behind both."""
    kinds = {token.kind for token in left.units}
    at = next((i for i, token in enumerate(right.units) if token.kind in _YEARS), None)
    if kinds & _YEARS or Kind.AIM in kinds:
        return before
    part_alone = kinds == {Kind.PART}
    year: int | None = None
    if at and (part_alone or any(token.kind in _FINER for token in right.units)):
        token = right.units[at]
        year = token.n + (0 if token.kind is Kind.YEAR else before.today.year)
    month = next((t for t in right.units if t.kind is Kind.MONTH), None)
    span = next((t for t in right.units if t.kind is Kind.SPAN), None)
    lends_month = month is not None and month.latin and not kinds & {Kind.MONTH, Kind.SPAN}
    if part_alone and not (year or lends_month):
        year = before.today.year if month or span else None
    if year is None and not lends_month:
        return before
    return Reference(
        before.today,
        year or before.year or before.today.year,
        month.n if month and (lends_month or part_alone) else None,
        span.n if span and part_alone else None,
    )


def moved_on(first: ResolvedDate, second: ResolvedDate) -> ResolvedDate:
    """Let an unsaid year or month of the second date be the next: 11월~2월, 28일부터 3일까지."""
    if not second.implied or second.year is None:
        return second
    opening, closing = Period.parse(first.first).earliest, Period.parse(second.last).latest
    if opening is None or closing is None or closing >= opening:
        return second
    if second.implied == "year":
        return _shifted(second, second.year + 1, second.month)
    year, month = months_on(second.year, second.month or 1, 1)
    return _shifted(second, year, month)


def _shifted(spoken: ResolvedDate, year: int, month: int | None) -> ResolvedDate:
    """The same date in another year or month."""
    old = f"{spoken.year:04d}" + (f"-{spoken.month:02d}" if spoken.month else "")
    new = f"{year:04d}" + (f"-{month:02d}" if month else "")
    return spoken._replace(
        first=spoken.first.replace(old, new, 1),
        last=spoken.last.replace(old, new, 1),
        year=year,
        month=month,
    )
