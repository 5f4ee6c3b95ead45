"""The window a phrase stands for: one date or two, opened, closed or softened."""

from datetime import timedelta

from db.model.period import Period
from tracker.phrases.ends import End
from tracker.phrases.errors import PhrasePartError
from tracker.phrases.ranges import adopt_units, context_of_first, moved_on
from tracker.phrases.resolving import ResolvedDate, counted, resolved
from tracker.phrases.tokens import Kind
from tracker.phrases.units import Reference, said

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
    adopt_units(left, right)
    if left.count is None and (right.sign or left.sign) and right.count is None:
        left.sign = right.sign = 0
    left.sign = left.sign or right.sign
    right.sign = right.sign or left.sign
    first = _first_of_range(left, right, before)
    second = _spoken(right, before._replace(year=first.year, month=first.month, span=first.span))
    second = moved_on(first, second)
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
    context = context_of_first(left, right, before)
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
