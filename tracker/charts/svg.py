"""The charts of a report as inline SVG: no script, no font, no style of its own.

Colours come from classes of the page; shapes tell the same without them, since a report
is often printed in black.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from db.model.period import Period
from tracker.charts.report_charts import Bar, Drawings, Trend, TrendLine
from tracker.words import GLYPHS, Words

__all__ = ["timeline", "trend"]

_WIDTH, _LABEL, _RIGHT = 760, 196, 16
_LANE, _TOP = 17, 24
_BACK, _AHEAD = 3 * 365, 4 * 365  # days around the day that are drawn at most
_OPEN = timedelta(days=75)  # how much of a window without an end is drawn
_T_WIDTH, _T_HEIGHT, _T_LEFT, _T_RIGHT, _T_TOP, _T_BOTTOM = 370, 230, 46, 44, 10, 24
_YEAR, _TODAY = 58, 28  # how near a year may come to the day of the report, before and after
_MANY_YEARS = 8
_WORDS = 100  # how far the words of a window reach


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to places on a line; days beyond it lie at its ends."""

    first: date
    last: date
    start: float
    end: float

    def at(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        share = (min(max(day, self.first), self.last) - self.first).days / days
        return round(self.start + share * (self.end - self.start), 1)

    def years(self) -> Iterator[date]:
        """The first days of the years inside, not more than fit."""
        years = range(self.first.year, self.last.year + 1)
        step = 1 + len(years) // _MANY_YEARS
        return (date(y, 1, 1) for y in years[::step] if self.first <= date(y, 1, 1) <= self.last)


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" class="{kind}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" class="{kind}"/>'


def _svg(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    inside = "\n".join(parts)
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(title)}">\n'
        f"<title>{escape(title)}</title>\n{inside}\n</svg>"
    )


def timeline(drawings: Drawings, words: Words) -> str:
    """Every step of the facilities that matter, its baseline above its forecast or actual."""
    days = [d for t in drawings.timelines for b in t.bars for d in _days(b)]
    near = [d for d in days if -_BACK <= (d - drawings.day).days <= _AHEAD]
    scale = _around([*near, drawings.day], 45, _LABEL, _WIDTH - _RIGHT)
    parts: list[str] = []
    y = _TOP
    for facility in drawings.timelines:
        y += 6
        parts.append(_text(0, y + 12, _short(facility.name, 30), "name"))
        y += _LANE
        for bar in facility.bars:
            parts += _bar(bar, y, scale, words)
            y += _LANE
    height = y + 8
    grid = [_line(scale.at(d), _TOP - 6, scale.at(d), height - 4, "grid") for d in scale.years()]
    x = scale.at(drawings.day)
    grid += [
        _text(scale.at(d) + 3, _TOP - 10, str(d.year), "axis")
        for d in scale.years()
        if not x - _YEAR < scale.at(d) < x + _TODAY  # the day of the report says it
    ]
    today = [
        _line(x, _TOP - 6, x, height - 4, "today"),
        _text(x, 8, drawings.day.isoformat(), "now", "middle"),
    ]
    return _svg(_WIDTH, height, words("report.timeline"), [*grid, *parts, *today])


def _around(days: list[date], margin: int, start: float, end: float) -> _Scale:
    """A scale of these days with some more at both ends, as far as the calendar goes."""
    first = max(min(days).toordinal() - margin, 1)
    last = min(max(days).toordinal() + margin, date.max.toordinal())
    return _Scale(date.fromordinal(first), date.fromordinal(last), start, end)


def _days(bar: Bar) -> Iterator[date]:
    for period in (bar.baseline, bar.actual or bar.forecast):
        yield from (d for d in (period.earliest, period.latest) if d) if period else ()


def _bar(bar: Bar, y: float, scale: _Scale, words: Words) -> Iterator[str]:
    label = _short(f"{GLYPHS[bar.state]} {words.milestone(bar.kind, bar.title)}", 26)
    yield _text(10, y + 11, label, "step")
    window = bar.actual or bar.forecast
    if bar.baseline is not None and not (window and window.same_window(bar.baseline)):
        yield from _rect(bar.baseline, y + 2, 3, "base", scale)
    if window is not None:
        soft = window.approximate or window.earliest is None
        done = "done loose" if soft else "done"
        yield from _rect(window, y + 6, 7, done if bar.actual else f"plan {bar.state.value}", scale)
        yield _when(window, y + 13, scale, words)


def _when(window: Period, y: float, scale: _Scale, words: Words) -> str:
    """The words of a window beside its bar; an arrow where it lies beyond the drawing."""
    first, last = _drawn(window)
    said = words.period(window)
    if last < scale.first:
        return _text(scale.start, y, f"◂ {said}", "when")
    if first > scale.last:
        return _text(scale.end, y, f"{said} ▸", "when", "end")
    if scale.at(last) > scale.end - _WORDS:
        return _text(scale.at(first) - 4, y, said, "when", "end")
    return _text(scale.at(last) + 4, y, said, "when")


def _drawn(period: Period) -> tuple[date, date]:
    """From where to where a window is drawn, an open end being shown by a short stretch."""
    if period.earliest is None:
        last = period.latest or date.max
        return max(last, date.min + _OPEN) - _OPEN, last
    if period.latest is None:
        return period.earliest, min(period.earliest, date.max - _OPEN) + _OPEN
    return period.earliest, period.latest


def _rect(period: Period, y: float, height: float, kind: str, scale: _Scale) -> Iterator[str]:
    """A window; an end that is open, or not exact, is dashed."""
    first, last = _drawn(period)
    if last < scale.first or first > scale.last:
        return
    x = scale.at(first)
    width = max(round(scale.at(last) - x, 1), 3)
    loose = period.earliest is None or period.latest is None or period.approximate
    dashed = ' stroke-dasharray="3 2"' if loose else ""
    yield (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="1.5" '
        f'class="{kind}"{dashed}/>'
    )


def trend(one: Trend, day: date, words: Words) -> str:
    """How the last days of a facility's steps moved: reported to the right, expected upward."""
    reported = [p[0] for line in one.lines for p in line.points]
    given = [p[1] for line in one.lines for p in line.points]
    xs = _Scale(min(reported), max([*reported, day]), _T_LEFT, _T_WIDTH - _T_RIGHT)
    ys = _around(given, 40, _T_HEIGHT - _T_BOTTOM, _T_TOP)
    parts = [_line(xs.at(d), _T_TOP, xs.at(d), _T_HEIGHT - _T_BOTTOM, "grid") for d in xs.years()]
    parts += [_text(xs.at(d), _T_HEIGHT - 10, str(d.year), "axis", "middle") for d in xs.years()]
    parts += [_line(_T_LEFT, ys.at(d), _T_WIDTH - _T_RIGHT, ys.at(d), "grid") for d in ys.years()]
    parts += [_text(_T_LEFT - 4, ys.at(d) + 3, str(d.year), "axis", "end") for d in ys.years()]
    first, last = max(xs.first, ys.first), min(xs.last, ys.last)
    if first < last:
        parts.append(_line(xs.at(first), ys.at(first), xs.at(last), ys.at(last), "today"))
    for place, line in enumerate(one.lines):
        parts += _moves(line, place, xs, ys, words)
    return _svg(_T_WIDTH, _T_HEIGHT, f"{words('report.trend')}: {one.name}", parts)


def _moves(line: TrendLine, place: int, xs: _Scale, ys: _Scale, words: Words) -> Iterator[str]:
    spots = [(xs.at(reported), ys.at(given)) for reported, given in line.points]
    path = f"M{spots[0][0]:g} {spots[0][1]:g}"
    for x, y in spots[1:]:
        path += f" H{x:g} V{y:g}"
    if not line.done:
        path += f" H{xs.end:g}"
    kind = f"move m{place % 4}"
    yield f'<path d="{path}" class="{kind}"/>'
    for x, y in spots:
        yield f'<circle cx="{x:g}" cy="{y:g}" r="2.4" class="{kind}"/>'
    end = spots[-1][0] if line.done else xs.end
    step = words.brief_milestone(line.kind, line.title)
    mark = "✓ " if line.done else ""
    x, anchor = (end - 5, "end") if line.done and end > xs.end - 30 else (end + 4, "start")
    yield _text(x, spots[-1][1] - 4, _short(f"{mark}{step}", 8), f"when t{place % 4}", anchor)


def _short(text: str, most: int) -> str:
    """What fits into `most` cells, a syllable of Hangul being two."""
    taken = 0
    for place, letter in enumerate(text):
        taken += 2 if letter > "\u1100" else 1
        if taken > most:
            return text[: max(place - 1, 0)] + "…"
    return text
