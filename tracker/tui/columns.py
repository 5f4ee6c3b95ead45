"""The columns of a list of milestones: which there are at a width, and what they say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from db.period import Period
from db.records import State
from tracker.board import Row
from tracker.schedule import Detail
from tracker.tui.cells import cell_len, fit, squeeze
from tracker.words import GLYPHS, Words

__all__ = ["Cell", "Column", "cells_of", "columns_for", "headings", "short_day", "state_text"]

_WITH_SLIP, _WITH_UPDATED = 62, 72  # cells from which there is room
_WITH_CITY, _WITH_BASELINE, _WITH_SOURCE = 108, 132, 168
_LONGEST_PERIOD = 26
_STEP, _MAX_STEP, _MAX_NAME = 8, 32, 48


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in cells, and the text of a row.

    `tone` names what colours it: the row's `state`, its `slip`, its `age`, or nothing.
    """

    name: str
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
    confirmed = state is State.OVERDUE and detail is Detail.CONFIRMED
    word = words("ui.confirmed") if confirmed else words.state(state, detail)
    return f"{GLYPHS[state]} {word}"


def short_day(iso: str) -> str:
    """A day in ISO form without its century: 25-06-10."""
    return iso[2:]


def columns_for(width: int, words: Words, *, facility: bool = True) -> list[Column]:
    """The columns that fit `width` cells; without `facility`, for a page about one."""
    columns = [
        c
        for c in _all(width, words, names=facility)
        if facility or c.name not in {"facility", "city"}
    ]
    spare = width - sum(c.width for c in columns) - (len(columns) - 1)
    name = max(1, min(_MAX_NAME, spare - _STEP)) if facility else 0
    step = max(1, min(_MAX_STEP, spare - name))
    flexible = {"facility": name, "step": step}
    return [replace(c, width=flexible.get(c.name, c.width)) for c in columns]


def _all(width: int, words: Words, *, names: bool) -> Iterable[Column]:
    """Every column there is room for, in order; those for names are still without a width."""
    period = 16 if width < _WITH_BASELINE else 20
    if width >= _WITH_SOURCE or not names:
        period = _LONGEST_PERIOD
    states = max(cell_len(words.state(s)) for s in State if s is not State.OVERDUE)
    overdue = max(cell_len(words("ui.confirmed")), cell_len(words("detail.unconfirmed")))
    yield Column(
        "state",
        words("col.state"),
        max(states, overdue) + 2,
        lambda row: state_text(row, words),
        tone="state",
    )
    yield Column("facility", words("col.facility"), 0, lambda row: row.milestone.facility_name)
    if width >= _WITH_CITY:
        yield Column("city", words("col.city"), 10, lambda row: row.milestone.city or "")
    yield Column("step", words("col.milestone"), 0, lambda row: _step(row, words))
    yield Column("when", words("col.forecast"), period, lambda row: words.period(_when(row)))
    if width >= _WITH_BASELINE:
        yield Column(
            "baseline",
            words("col.baseline"),
            period,
            lambda row: words.period(row.milestone.baseline),
        )
    yield Column(
        "d_day",
        words("col.d_day"),
        6,
        lambda row: words.d_day(row.judged.to_deadline),
        right=True,
        tone="state",
    )
    if width >= _WITH_SLIP:
        yield Column("slip", words("col.slip"), 6, _slip, right=True, tone="slip")
    if width >= _WITH_UPDATED:
        yield Column("updated", words("col.updated"), 9, _updated, tone="age")
    if width >= _WITH_SOURCE:
        yield Column("source", words("col.source"), 22, _source)


def _when(row: Row) -> Period | None:
    """The date that counts: when it did happen, else when it is forecast."""
    return row.milestone.actual or row.milestone.forecast


def _step(row: Row, words: Words) -> str:
    m = row.milestone
    return m.title or words(f"kind.short.{m.kind.value}")


def _slip(row: Row) -> str:
    days = row.judged.slip.days if row.judged.slip else None
    return "" if days is None else f"{days:+d}" if days else "0"


def _updated(row: Row) -> str:
    mark = "!" if row.judged.stale else ""
    return short_day(row.milestone.updated_on.isoformat()) + mark


def _source(row: Row) -> str:
    source = row.milestone.source
    return (source.publisher or source.title or source.url or "") if source else ""


def headings(columns: Iterable[Column]) -> str:
    """The line of headings."""
    return " ".join(fit(c.heading, c.width, right=c.right) for c in columns)


def cells_of(row: Row, columns: Iterable[Column]) -> list[Cell]:
    """The pieces of one row's line, gaps included."""
    cells: list[Cell] = []
    for column in columns:
        if cells:
            cells.append(Cell(" "))
        text = column.text(row)
        if column.name == "step":
            text = squeeze(text, column.width)
        text = fit(text, column.width, right=column.right)
        cells.append(Cell(text, _tone(column.tone, row)))
    return cells


def _tone(tone: str, row: Row) -> str:
    """The component class, without its prefix, in which a cell is drawn."""
    judged = row.judged
    if tone == "state":
        return judged.state.value.replace("_", "-")
    if tone == "slip" and judged.slip and judged.slip.days:
        return "late" if judged.slip.days > 0 else "early"
    if tone == "age" and judged.stale:
        return "stale"
    return ""
