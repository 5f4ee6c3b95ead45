"""A period as people say it, in Korean and English, and as a row of days.

The words are never more exact than the period and never its EDTF code. They lose
nothing: `tracker.phrases` reads every text made here back to the same period, on
any day, so each text names its years.
"""

import re
from datetime import date
from functools import lru_cache

from db.model.period import Period

__all__ = ["figures_text", "period_text", "window_text"]

_SEASONS_KO = {21: "봄", 22: "여름", 23: "가을", 24: "겨울"}
_SEASONS_EN = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_MONTHS_EN = (
    *("", "Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_MONTHS = 12
_IN_FIGURES = {"month", "day"}
_CENTURY = re.compile(r"\b\d\d(?=\d\d-)", re.ASCII)
_ZERO = re.compile(r"(?<=[-~/])0")
_QUARTERS = range(33, 37)
_HALVES = {40: 1, 41: 2}
_MIDDLE = ("05~", "08~")
_THIRDS = {1: ("초", "early "), 11: ("중순", "mid-"), 21: ("말", "late ")}


@lru_cache(8192)  # a large store says the same few thousand over and over
def period_text(period: Period, lang: str) -> str:
    """Return the period in words.

    Args:
        period: Any period.
        lang: `ko` or `en`; anything else is English.

    >>> period_text(Period.parse("2025-40"), "ko"), period_text(Period.parse("[..2027-12]"), "en")
    ('2025년 상반기', 'by Dec 2027')
    """
    korean = lang == "ko"
    first, last = _ends(period)
    if first == last:
        return _atom(first, korean=korean)
    if not first:
        if not korean and last[4:] == "-12~":
            return f"by the end of {last[:4]}"
        return f"{_atom(last, korean=True)}까지" if korean else f"by {_atom(last, korean=False)}"
    if not last:
        text = _atom(first, korean=korean)
        return f"{text} 이후" if korean else f"{text} or later"
    return _named(first, last, korean=korean) or _joined(first, last, korean=korean)


def figures_text(period: Period, lang: str) -> list[str]:
    """The period in figures, ever shorter, for where its words are too long; perhaps none.

    They say the same as the words, open ends and doubt included. Halves, quarters and seasons
    have no figures.

    >>> figures_text(Period.parse("[..2026-02-20]"), "ko")
    ['2026-02-20까지', '26-02-20까지', '26-2-20까지']
    >>> figures_text(Period.parse("[2026-01-29..2026-07-31]"), "en")
    ['2026-01-29/07-31', '26-01-29/07-31', '26-1-29/7-31']
    """
    first, last = _ends(period)
    plain = [end.removesuffix("~") for end in (first, last)]
    if any(end.endswith("-12~") for end in (first, last)):
        return []  # the end of a year
    if any(end and (len(end) == len("YYYY") or _kind(end) not in _IN_FIGURES) for end in plain):
        return []
    start, end = plain
    if start[:5] == end[:5]:
        end = "" if start == end else end[5:]
    korean, soft = lang == "ko", first.endswith("~") or last.endswith("~")
    if first == last:
        text = start
    elif not first:
        text = f"{end}까지" if korean else f"by {end}"
    elif not last:
        text = f"{start} 이후" if korean else f"from {start}"
    else:
        text = f"{start}{'~' if korean else '/'}{end}"
    if soft:
        text = f"{text}경" if korean else f"c. {text}"
    short = _CENTURY.sub("", text)
    return [text, short, _ZERO.sub("", short)]


def window_text(period: Period, today: date) -> str:
    """Return the days of a period, with years only where today's does not say it.

    >>> window_text(Period.parse("2025-10"), date(2025, 6, 1))
    '10-01 … 10-31'
    """
    first, last = period.earliest, period.latest
    plain = all(day is None or day.year == today.year for day in (first, last))
    shown = [day.isoformat()[5 if plain else 0 :] if day else "" for day in (first, last)]
    if shown[0] == shown[1]:
        return shown[0]
    return f"{shown[0]} … {shown[1]}".strip()


def _ends(period: Period) -> tuple[str, str]:
    """The EDTF dates of both ends; an open end is empty."""
    if not period.edtf.startswith("["):
        return period.edtf, period.edtf
    first, _, last = period.edtf[1:-1].partition("..")
    return first, last


def _atom(atom: str, *, korean: bool) -> str:
    """One EDTF date in words."""
    soft = atom.endswith("~")
    year, _, rest = atom.removesuffix("~").partition("-")
    if soft and rest in {"33", "12"}:
        if korean:
            return f"{year}년 {'초' if rest == '33' else '말'}"
        return f"{'early' if rest == '33' else 'late'} {year}"
    if korean:
        return _korean(year, rest) + ("경" if soft else "")
    return ("around " if soft else "") + _english(year, rest)


def _korean(year: str, rest: str) -> str:
    if not rest:
        return f"{year}년"
    code, _, day = rest.partition("-")
    n = int(code)
    if n in _SEASONS_KO:
        return f"{year}년 {_SEASONS_KO[n]}"
    if n in _QUARTERS:
        return f"{year}년 {n - 32}분기"
    if n in _HALVES:
        return f"{year}년 {'상' if n == min(_HALVES) else '하'}반기"
    return f"{year}년 {n}월" + (f" {int(day)}일" if day else "")


def _english(year: str, rest: str) -> str:
    if not rest:
        return year
    code, _, day = rest.partition("-")
    n = int(code)
    if n in _SEASONS_EN:
        return f"{_SEASONS_EN[n]} {year}"
    if n in _QUARTERS:
        return f"Q{n - 32} {year}"
    if n in _HALVES:
        return f"H{_HALVES[n]} {year}"
    return (f"{int(day)} " if day else "") + f"{_MONTHS_EN[n]} {year}"


def _named(first: str, last: str, *, korean: bool) -> str | None:
    """A range that has a name: the early, middle or late part of a month, or mid-year."""
    year = first[:4]
    if (first, last) == (f"{year}-{_MIDDLE[0]}", f"{year}-{_MIDDLE[1]}"):
        return f"{year}년 중반" if korean else f"mid-{year}"
    if first.endswith("~") != last.endswith("~"):
        return None
    soft = first.endswith("~")
    start, end = first.removesuffix("~"), last.removesuffix("~")
    if start[:8] != end[:8] or len(start) != len(end) or len(start) != len("YYYY-MM-DD"):
        return None
    month = Period.parse(start[:7])
    opening, closing = int(start[8:]), int(end[8:])
    month_end = month.latest.day if month.latest else 0
    if closing != {1: 10, 11: 20, 21: month_end}.get(opening):
        return None
    if korean:
        return f"{_atom(start[:7], korean=True)} {_THIRDS[opening][0]}" + ("경" if soft else "")
    return ("around " if soft else "") + _THIRDS[opening][1] + _atom(start[:7], korean=False)


def _joined(first: str, last: str, *, korean: bool) -> str:
    """Two ends, said as shortly as both allow."""
    soft = first.endswith("~"), last.endswith("~")
    if soft[0] == soft[1]:
        start, end = first.removesuffix("~"), last.removesuffix("~")
        short = _short_korean(start, end) if korean else _short_english(start, end)
        if short and korean:
            return short + ("경" if soft[0] else "")
        if short:
            return ("around " if soft[0] else "") + short
    a, b = _atom(first, korean=korean), _atom(last, korean=korean)
    if _soft_word(a) == _soft_word(b):
        return f"{a} ~ {b}" if korean else f"{a} – {b}"
    return f"{a}부터 {b}까지" if korean else f"from {a} to {b}"


def _soft_word(text: str) -> bool:
    return text.endswith("경") or text.startswith("around ")


def _short_korean(start: str, end: str) -> str | None:
    """2026~2028년, 2026년 3~5월, 2026년 1~3분기, 2026년 3월 2~5일; None where nothing is shared."""
    kind = _kind(start)
    if kind == _kind(end) == "year":
        return f"{start}~{end}년"
    if kind != _kind(end) or kind in {"season", "half"} or start[:4] != end[:4]:
        return None
    first, last = int(start[5:7]), int(end[5:7])
    if kind == "quarter":
        span = f"{first - 32}~{last - 32}분기"
    elif kind == "month":
        span = f"{first}~{last}월"
    elif first == last:
        span = f"{first}월 {int(start[8:])}~{int(end[8:])}일"
    else:
        span = f"{first}월 {int(start[8:])}일 ~ {last}월 {int(end[8:])}일"
    return f"{start[:4]}년 {span}"


def _short_english(start: str, end: str) -> str | None:
    """2026–2028, Mar–May 2026, Q1–Q3 2026, 2–5 Mar 2026; None where nothing is shared."""
    kind = _kind(start)
    if kind != _kind(end) or kind in {"season", "half"}:
        return None
    if kind == "year":
        return f"{start}–{end}"
    if start[:4] != end[:4]:
        return None
    last = _atom(end, korean=False)
    if kind == "day" and start[:7] == end[:7]:
        return f"{int(start[8:])}–{last}"
    first = _atom(start, korean=False).removesuffix(f" {start[:4]}")
    return f"{first} – {last}" if kind == "day" else f"{first}–{last}"


def _kind(atom: str) -> str:
    """What one plain EDTF date is: year, month, day, season, quarter or half."""
    if len(atom) != len("YYYY-MM"):
        return "year" if len(atom) == len("YYYY") else "day"
    n = int(atom[5:])
    if n <= _MONTHS:
        return "month"
    if n in _HALVES:
        return "half"
    return "quarter" if n in _QUARTERS else "season"
