"""The window a phrase stands for: one date or two, opened, closed or softened."""

from datetime import timedelta

from db.model.period import Period
from tracker.phrases.ends import End
from tracker.phrases.errors import PhrasePartError
from tracker.phrases.numerals import two_digit_year
from tracker.phrases.resolving import ResolvedDate, counted, resolved
from tracker.phrases.tokens import Kind, Token
from tracker.phrases.units import Reference, months_on, said

__all__ = ["understood"]

_SPREADING = frozenset({Kind.RANGE, Kind.OR})


def understood(ends: list[End], before: Reference) -> Period:
    """Return the period that one or two ends give together.

    Raises:
        PhrasePartError: A part was not understood.
        BadPeriodError: A day does not exist, or the range ends before it starts.
    """
    return _single(ends[0], before) if len(ends) == 1 else _range(ends[0], ends[1], before)


def _single(end: End, before: Reference) -> Period:
    spoken = _spoken(end, before)
    first, last = _softened(spoken, soft=bool(end.soft))
    if end.before and not end.count:
        part_is_late = any(t.kind is Kind.PART and t.name == "late" for t in end.units)
        return _window("", last) if part_is_late else _just_before(spoken)
    if end.until or end.within:
        return _window("", last)
    if end.since and not end.count:
        return _just_after(spoken) if end.since.n else _window(first, "")
    return _window(first, last)


def _range(left: End, right: End, before: Reference) -> Period:
    """Two dates: from the first day of one to the last day of the other."""
    _adopt_units(left, right)
    if left.count is None and (right.sign or left.sign) and right.count is None:
        left.sign = right.sign = 0
    left.sign = left.sign or right.sign
    right.sign = right.sign or left.sign
    first = _first_of_range(left, right, before)
    second = _spoken(right, before._replace(year=first.year, month=first.month, span=first.span))
    second = _moved_on(first, second)
    soft_left, soft_right = bool(left.soft), bool(right.soft)
    if right.link and right.link.kind in _SPREADING and not left.start:
        soft_left = soft_left or bool(right.soft and right.soft.name == "after")
        soft_right = soft_right or bool(left.soft and left.soft.name == "before")
    opening = _softened(first, soft=soft_left)[0]
    closing = _softened(second, soft=soft_right)[1]
    open_start = left.until or (right.link and right.link.kind is Kind.OR and right.until)
    return _window("" if open_start else opening, closing)


def _first_of_range(left: End, right: End, before: Reference) -> ResolvedDate:
    """The first date; in English its year may stand behind the second: March to May 2026."""
    context = _context_of_first(left, right, before)
    first = _spoken(left, context)
    if context.year is None or context == before:
        return first
    second = _spoken(right, context._replace(month=first.month or context.month))
    if Period.parse(first.first) > Period.parse(second.last):
        first = _spoken(left, context._replace(year=context.year - 1))
    return first


def _spoken(end: End, before: Reference) -> ResolvedDate:
    """The dates of one end."""
    count = end.count
    if count is None:
        bare = bool(end.until or end.within or end.before)
        return resolved(said(end.units, before), before, bare=bare)
    sign = end.sign or (1 if end.within or end.since else 0)
    if not sign:
        raise PhrasePartError(f"“{count.word}” is a length of time, not a date", count.word)
    spoken = counted(count, sign, before.today)
    rest = [token for token in end.units if token is not count]
    if not rest:
        return spoken
    named = resolved(said(rest, before), before)  # 2년 뒤인 2027년 3월 says it twice
    if not spoken.window.contains(named.window):
        raise PhrasePartError.second(rest[0].word)
    return named


def _softened(spoken: ResolvedDate, *, soft: bool) -> tuple[str, str]:
    if not soft:
        return spoken.first, spoken.last
    return spoken.first.removesuffix("~") + "~", spoken.last.removesuffix("~") + "~"


def _just_before(spoken: ResolvedDate) -> Period:
    """Up to the end of the year, month or day that comes before."""
    earliest = spoken.window.earliest
    if earliest is None:  # pragma: no cover - what is said has both ends
        raise PhrasePartError("there is no day before it")
    day = (earliest - timedelta(days=1)).isoformat()
    length = len(spoken.first) if spoken.first == spoken.last and spoken.span is None else 10
    return _window("", day[:length])


def _just_after(spoken: ResolvedDate) -> Period:
    """From the year, month or day on that comes after."""
    latest = spoken.window.latest
    if latest is None:  # pragma: no cover - what is said has both ends
        raise PhrasePartError("there is no day after it")
    day = (latest + timedelta(days=1)).isoformat()
    last = spoken.last.removesuffix("~")
    return _window(day[: 7 if spoken.span is not None else len(last)], "")


def _window(first: str, last: str) -> Period:
    return Period.parse(first if first == last else f"[{first}..{last}]")


_LENDABLE = frozenset({Kind.YEAR, Kind.SPAN, Kind.MONTH, Kind.DAY, Kind.COUNT})
_YEARS = frozenset({Kind.YEAR, Kind.YEAR_SHIFT})
_FINER = frozenset({Kind.SPAN, Kind.MONTH, Kind.DAY, Kind.NUMBER, Kind.ORDINAL})
_BARE = frozenset({Kind.NUMBER, Kind.ORDINAL})
_QUARTERS, _MONTHS, _DAYS = 4, 12, 31


def _adopt_units(left: End, right: End) -> None:
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


def _context_of_first(left: End, right: End, before: Reference) -> Reference:
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


def _moved_on(first: ResolvedDate, second: ResolvedDate) -> ResolvedDate:
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
