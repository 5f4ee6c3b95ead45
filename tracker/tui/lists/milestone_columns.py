"""The columns of a list of milestones: which there are at a width, and what they say."""

from collections.abc import Iterable
from dataclasses import replace

from db.model.period import Period
from db.model.records import State
from tracker.domain.board import Row
from tracker.domain.schedule import Detail
from tracker.domain.statement_labels import source_label
from tracker.tui.widgets.columns import Column, days_text, in_years, short_day, spread
from tracker.words import GLYPHS, Words
from tracker.words.cells import cell_len

__all__ = ["columns_for", "slip_tone", "state_text", "state_tone", "step_columns"]

_WITH_SLIP, _WITH_UPDATED = 62, 72  # cells from which there is room
_WITH_CITY, _WITH_BASELINE, _WITH_SOURCE = 108, 132, 168
_LONGEST_PERIOD = 26
_STEP, _MAX_STEP, _MAX_NAME = 8, 32, 48


def state_text(row: Row, words: Words) -> str:
    """Glyph and word of a row's state, short enough for a column."""
    state, detail = row.judged.state, row.judged.detail
    if state is State.OVERDUE and detail is Detail.CONFIRMED:
        word = words("ui.confirmed")
    elif state is State.PASSED:
        word = words("ui.passed")
    else:
        word = words.state(state, detail)
    return f"{GLYPHS[state]} {word}"


def state_tone(row: Row) -> str:
    """The tone of a row's state."""
    return row.judged.state.value


def slip_tone(days: int | None) -> str:
    """The tone of a slip: late, early, or none."""
    return "" if not days else "late" if days > 0 else "early"


def columns_for(width: int, words: Words) -> list[Column[Row]]:
    """The columns that fit `width` cells in a list of milestones of many facilities."""
    columns = list(_board(width, words))
    spare = width - sum(c.width for c in columns) - (len(columns) - 1)
    name = max(1, min(_MAX_NAME, spare - max(_STEP, spare // 4)))
    flexible = {"facility": name, "step": max(1, min(_MAX_STEP, spare - name))}
    return [replace(c, width=flexible.get(c.name, c.width)) for c in columns]


def _board(width: int, words: Words) -> Iterable[Column[Row]]:
    """Every column there is room for, in order; those for names are still without a width."""
    period = 16 if width < _WITH_BASELINE else 20
    if width >= _WITH_SOURCE:
        period = _LONGEST_PERIOD
    yield _state(words)
    yield Column("facility", words("col.facility"), 0, lambda row: row.milestone.facility_name)
    if width >= _WITH_CITY:
        yield Column("city", words("col.city"), 10, lambda row: row.milestone.city or "")
    yield _step(words, 0)
    yield Column(
        "when",
        words("col.forecast"),
        period,
        lambda row: words.period(_when(row)),
        briefer=lambda row: words.briefer(_when(row)),
    )
    if width >= _WITH_BASELINE:
        yield _baseline(words, period)
    yield _d_day(words)
    if width >= _WITH_SLIP:
        yield _slip(words)
    if width >= _WITH_UPDATED:
        yield _updated(words)
    if width >= _WITH_SOURCE:
        yield Column(
            "source", words("col.source"), 22, lambda row: source_label(row.milestone.source)
        )


def step_columns(width: int, words: Words) -> list[Column[Row]]:
    """The columns that fit `width` cells in the list of one facility's milestones."""
    period = 16
    columns = [
        _state(words),
        _step(words, _STEP),
        _baseline(words, period),
        Column(
            "forecast",
            words("col.forecast"),
            period,
            lambda r: _said(r, words),
            briefer=lambda r: words.briefer(r.milestone.forecast),
        ),
        Column(
            "actual",
            words("col.actual"),
            period,
            lambda r: _happened(r, words),
            briefer=lambda r: words.briefer(r.milestone.actual),
        ),
        _d_day(words),
        _slip(words),
        _updated(words),
        Column("source", words("col.source"), 22, lambda row: source_label(row.milestone.source)),
    ]
    if width < _WITH_STEPS:
        columns = [replace(c, width=_NARROW.get(c.name, c.width)) for c in columns]
    most = {"step": _MAX_STEP, "baseline": 20, "forecast": 20, "actual": 20, "source": 40}
    return spread(columns, width, most)


_WITH_STEPS = 92
_NARROW = {"baseline": 13, "forecast": 13, "actual": 13}


def _state(words: Words) -> Column[Row]:
    known = [words.state(s) for s in State if s not in {State.OVERDUE, State.PASSED}]
    known += [words("ui.confirmed"), words("ui.passed"), words("detail.unconfirmed")]
    width = max(map(cell_len, known)) + 2
    return Column(
        "state", words("col.state"), width, lambda row: state_text(row, words), tone=state_tone
    )


def _step(words: Words, width: int) -> Column[Row]:
    def text(row: Row) -> str:
        return words.milestone(row.milestone.kind, row.milestone.title)

    def briefer(row: Row) -> list[str]:
        return [words.brief_milestone(row.milestone.kind, row.milestone.title)]

    return Column("step", words("col.milestone"), width, text, squeezed=True, briefer=briefer)


def _baseline(words: Words, width: int) -> Column[Row]:
    def text(row: Row) -> str:
        baseline = row.milestone.baseline
        return _short(baseline, words) if baseline else ""

    def briefer(row: Row) -> list[str]:
        return words.briefer(row.milestone.baseline)

    return Column("baseline", words("col.baseline"), width, text, briefer=briefer)


def _d_day(words: Words) -> Column[Row]:
    def text(row: Row) -> str:
        return words.d_day(row.judged.to_deadline)

    def briefer(row: Row) -> list[str]:
        return in_years(row.judged.to_deadline, words)

    return Column(
        "d_day", words("col.d_day"), 6, text, right=True, tone=state_tone, briefer=briefer
    )


def _slip(words: Words) -> Column[Row]:
    def days(row: Row) -> int | None:
        return row.judged.slip.days if row.judged.slip else None

    return Column(
        "slip",
        words("col.slip"),
        max(6, cell_len(words("col.slip"))),
        lambda row: days_text(days(row)),
        right=True,
        tone=lambda row: slip_tone(days(row)),
        briefer=lambda row: in_years(days(row), words),
    )


def _updated(words: Words) -> Column[Row]:
    def text(row: Row) -> str:
        day = short_day(row.milestone.updated_on.isoformat())
        return f"{day}!" if row.judged.stale else day

    return Column(
        "updated", words("col.updated"), 9, text, tone=lambda r: "stale" if r.judged.stale else ""
    )


def _when(row: Row) -> Period | None:
    """The date that counts: when it did happen, else when it is forecast."""
    return row.milestone.actual or row.milestone.forecast


def _short(period: Period | None, words: Words) -> str:
    """A period, a single day in figures."""
    if period is not None and period.edtf == str(period.latest):
        return period.edtf
    return words.period(period)


def _said(row: Row, words: Words) -> str:
    m = row.milestone
    return "" if m.forecast is None and m.actual is not None else _short(m.forecast, words)


def _happened(row: Row, words: Words) -> str:
    return _short(row.milestone.actual, words) if row.milestone.actual else ""
