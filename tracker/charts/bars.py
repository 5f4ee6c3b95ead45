"""The bars of a milestone, and of all milestones of a facility, on one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from db.model.period import Period
from db.model.records import Milestone
from db.model.states import OPEN_STATES, State
from tracker.charts.axis import Axis
from tracker.charts.canvas import (
    FADE,
    LINE,
    LIVE,
    SOFT,
    SOFT_LINE,
    SOFT_THIN,
    THIN,
    Canvas,
    Span,
    Stroke,
    span_of,
)
from tracker.charts.timeline_rows import TimelineRow
from tracker.charts.timescale import Scale
from tracker.domain.board import Row
from tracker.words import GLYPHS, Words
from tracker.words.cells import cell_len

__all__ = ["Placed", "draw_lane", "draw_step", "is_alive"]

_TO_COME = set(OPEN_STATES) - {State.ON_HOLD}
_GIVEN_UP = {State.PASSED, State.CANCELLED}
_STATES = list(State)


def is_alive(state: State) -> bool:
    """Whether a step is still to be reached, be it on hold."""
    return state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class Placed:
    """A milestone on a scale.

    Attributes:
        now: Where it was reached, else where it is forecast.
        was: Where the baseline is, unless that is the same window.
    """

    row: Row
    now: Span | None
    was: Span | None

    @classmethod
    def on(cls, scale: Scale, row: Row) -> Self:
        """Place a row."""
        m = row.milestone
        current = _current(m)
        moved = m.baseline is not None and not (current and current.same_window(m.baseline))
        return cls(
            row,
            span_of(current, scale) if current else None,
            span_of(m.baseline, scale) if m.baseline and moved else None,
        )

    @property
    def gap(self) -> range | None:
        """The cells of the arrow, in its direction, from the baseline to where it is now."""
        was, now = self.was, self.now
        if was is None or now is None:
            return None
        if not was.opens_after and now.first > was.last + 1:
            return range(was.last + 1, now.first)
        if not now.opens_after and now.last < was.first - 1:
            return range(was.first - 1, now.last, -1)
        return None


def _current(m: Milestone) -> Period | None:
    return m.actual or m.forecast


def draw_step(canvas: Canvas, axis: Axis, row: Row) -> None:
    """One milestone: its baseline, its window, and the arrow between."""
    placed = Placed.on(axis.scale, row)
    _draw_baseline(canvas, placed)
    _draw_window(canvas, placed)
    _draw_edges(canvas, [placed])


def draw_lane(canvas: Canvas, axis: Axis, lane: TimelineRow) -> None:
    """All milestones of a facility, the most urgent in front; a baseline for the next one alone."""
    rows = sorted(lane.rows, key=lambda r: _STATES.index(r.judged.state), reverse=True)
    placed = [Placed.on(axis.scale, row) for row in rows if row is not lane.focus]
    for one in placed:
        _draw_window(canvas, Placed(one.row, one.now, None))
    if lane.focus is not None:
        front = Placed.on(axis.scale, lane.focus)
        _draw_baseline(canvas, front)
        _draw_window(canvas, front)
        placed.append(front)
    waiting = [p for p in reversed(placed) if is_alive(p.row.judged.state)]
    _draw_edges(canvas, waiting)
    for one in waiting:
        _name(canvas, one, axis.words)


def _draw_baseline(canvas: Canvas, placed: Placed) -> None:
    baseline = placed.row.milestone.baseline
    if placed.was is None or baseline is None:
        return
    stroke = SOFT_THIN if baseline.approximate else THIN
    canvas.window(placed.was, stroke, "baseline", fade=placed.gap is None)
    if placed.gap is not None:
        canvas.arrow(placed.gap, "late" if placed.gap.step > 0 else "early")


def _draw_window(canvas: Canvas, placed: Placed) -> None:
    window, state = _current(placed.row.milestone), placed.row.judged.state
    if placed.now is None or window is None:
        return
    style = "off" if state in _GIVEN_UP else state.value
    stroke = _stroke(state, soft=window.approximate)
    canvas.window(placed.now, stroke, style, fade=placed.gap is None)
    if state not in _TO_COME:
        canvas.put(placed.now.anchor, GLYPHS[state], style)


def _stroke(state: State, *, soft: bool) -> Stroke:
    """Blocks for what is to come, lines for what is over or rests."""
    if state in _TO_COME:
        return SOFT if soft else LIVE
    if state is State.CANCELLED:
        return SOFT_THIN if soft else THIN
    return SOFT_LINE if soft else LINE


def _draw_edges(canvas: Canvas, placed: Iterable[Placed]) -> None:
    """Show at an edge that there is something beyond it."""
    for one in placed:
        if one.now is not None and one.now.last < 0:
            canvas.under(0, "‹", "muted")
        elif one.now is not None and one.now.first >= canvas.width:
            canvas.under(canvas.width - 1, "›", "muted")


def _name(canvas: Canvas, placed: Placed, words: Words) -> None:
    """What a milestone is called, beside its bar if there is room."""
    m, span = placed.row.milestone, placed.now
    if span is None or span.last < 0 or span.first >= canvas.width:
        return
    after = span.last + 2 + (FADE if span.opens_after else 0)
    before = span.first - 1 - (FADE if span.opens_before else 0)
    for name in (words.milestone(m.kind, m.title), words.brief_milestone(m.kind, m.title)):
        if canvas.text(after, name, "label"):
            return
        if canvas.text(before - sum(map(cell_len, name)), name, "label"):
            return
