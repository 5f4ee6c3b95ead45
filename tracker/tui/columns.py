"""The columns of a list of milestones: which there are at a width, and what they say."""

from collections.abc import Callable
from dataclasses import dataclass

from db.period import Period
from db.records import State
from tracker.board import Row
from tracker.schedule import Detail
from tracker.tui.cells import cell_len, fit
from tracker.words import GLYPHS, Words

__all__ = ["Cell", "Column", "cells_of", "columns_for", "headings", "state_text"]

_GAP = 1
_WIDE, _WIDER, _WIDEST = 108, 132, 168  # from here on there is room for city, baseline, source
_MIN_NAME, _MAX_NAME, _MAX_STEP = 16, 48, 32


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in cells, and the text of a row.

    `tone` names what colours it: the row's `state`, its `slip`, its `age`, or nothing.
    """

    heading: str
    width: int
    text: Callable[[Row], str]
    right: bool = False
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line and the tone it is drawn in."""

    text: str
    tone: str = ""


def state_text(row: Row, words: Words) -> str:
    """Glyph and word of a row's state, short enough for a column."""
    state, detail = row.judged.state, row.judged.detail
    word = words.state(state, detail)
    if state is State.OVERDUE and detail is Detail.CONFIRMED:
        word = words("ui.confirmed")
    return f"{GLYPHS[state]} {word}"


def when(row: Row) -> Period | None:
    """The date that counts: when it did happen, else when it is forecast."""
    return row.milestone.actual or row.milestone.forecast


def columns_for(width: int, words: Words, *, facility: bool = True) -> list[Column]:
    """The columns that fit `width` cells; without `facility`, for a page of one facility."""
    fixed = _fixed(width, words)
    spare = width - sum(c.width for c in fixed) - _GAP * (len(fixed) + facility)
    step = max(_step_width(words), min(_MAX_STEP, _step_width(words) + spare - _MAX_NAME))
    step = _step_width(words) if spare - step < _MIN_NAME else step
    if not facility:
        step = spare
    columns = [fixed[0]]
    if facility:
        name = max(1, min(spare - step, _MAX_NAME))
        columns.append(Column(words("col.facility"), name, lambda r: r.milestone.facility_name))
    columns.append(Column(words("col.milestone"), max(1, step), lambda r: _step(r, words, step)))
    return columns + fixed[1:]


def _fixed(width: int, words: Words) -> list[Column]:
    """The columns whose width does not depend on the names in them, the state first."""
    period = 16 if width < _WIDE else 20
    columns = [
        Column(words("col.state"), _state_width(words), lambda r: state_text(r, words), tone="state")
    ]
    if width >= _WIDE:
        columns.append(Column(words("col.city"), 12, lambda r: r.milestone.city or ""))
    columns.append(Column(words("col.forecast"), period, lambda r: words.period(when(r))))
    if width >= _WIDER:
        columns.append(
            Column(words("col.baseline"), period, lambda r: words.period(r.milestone.baseline))
        )
    columns += [
        Column(words("col.d_day"), 6, lambda r: words.d_day(r.judged.to_deadline), True, "state"),
        Column(words("col.slip"), 6, _slip, True, "slip"),
        Column(words("col.updated"), 9, _updated, True, "age"),
    ]
    if width >= _WIDEST:
        columns.append(Column(words("col.source"), 24, _source))
    return columns
