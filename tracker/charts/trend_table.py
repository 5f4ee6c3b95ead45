"""What was reported of every milestone, beneath the trend chart: a line for each statement."""

from collections.abc import Iterator, Sequence

from db.model.period import Period
from db.model.records import UpdateKind
from tracker.charts.canvas import Line, fitted, width_of
from tracker.charts.trend import Trace
from tracker.domain.forecast_history import Report
from tracker.domain.statement_labels import is_past, label_of, source_label
from tracker.words import Words
from tracker.words.cells import fit, wrap

__all__ = [
    "headings",
    "moved_by",
    "printed_in",
    "said_as",
    "stated",
    "statement_lines",
    "trend_legend",
]

_WIDE = 110
_DAY, _WHAT, _MOVED = 10, 8, 6
_SIGNS = (
    ("▒▒", "label", "trend.sign.window"),
    ("╲", "diagonal", "trend.sign.diagonal"),
    ("✓", "completed", "timeline.sign.actual"),
    ("‖", "on_hold", "timeline.sign.on_hold"),
    ("✗", "off", "timeline.sign.cancelled"),
    ("*", "label", "trend.sign.several"),
)


def _widths(width: int) -> tuple[int, int]:
    """Cells of the milestone and of its date."""
    return (20, 28) if width >= _WIDE else (12, 22)


def headings(words: Words, width: int) -> Line:
    """What stands over the columns."""
    step, window = _widths(width)
    texts = (
        fit("", 2),
        fit(words("col.milestone"), step),
        fit(words("col.day"), _DAY),
        fit(words("col.what"), _WHAT),
        fit(words("col.forecast"), window),
        fit(words("trend.moved"), _MOVED, right=True),
        words("col.source"),
    )
    return fitted([(" ".join(texts), "axis")], width)


def statement_lines(
    traces: Sequence[Trace], words: Words, width: int
) -> Iterator[tuple[Trace, Report, Line]]:
    """Every statement, by milestone and day, in exactly `width` cells."""
    for trace in traces:
        for report in trace.reports:
            first = report is trace.reports[0]
            yield trace, report, fitted(_cells(trace, report, words, width, named=first), width)


def _cells(trace: Trace, report: Report, words: Words, width: int, *, named: bool) -> Line:
    step, window = _widths(width)
    m, update = trace.row.milestone, report.update
    moved, tone = moved_by(report)
    state = "completed" if report.reached else "off" if report.cancelled else ""
    return [
        (fit(trace.letter, 3), trace.style),
        (fit(words.milestone(m.kind, m.title), step), "" if named else "muted"),
        (" ", ""),
        (fit(words.reported(update), _DAY), "muted"),
        (" ", ""),
        (fit(said_as(report, words), _WHAT), state),
        (" ", ""),
        (fit(_window(report, words, window), window), state),
        (" ", ""),
        (fit(moved, _MOVED, right=True), tone),
        (" ", ""),
        (printed_in(report), "muted"),
    ]


def said_as(report: Report, words: Words) -> str:
    """What sort of statement it was; a confirmation of what was past is a confirmed delay."""
    past = report.window is not None and is_past(report.window.latest, report.update)
    return label_of(report.update, words, {report.update.id} if past else frozenset())


def moved_by(report: Report) -> tuple[str, str]:
    """The days that a statement moved the date, and their tone."""
    days = report.moved.days if report.moved else None
    moved = "" if days is None else f"{days:+,}" if days else "0"
    return moved, "late" if (days or 0) > 0 else "early" if days else "muted"


def _window(report: Report, words: Words, room: int) -> str:
    """The window in words, or in figures where these are too long."""
    forms = [words.period(stated(report)), *words.briefer(stated(report))]
    return next((form for form in forms if width_of([(form, "")]) <= room), forms[0])


def stated(report: Report) -> Period | None:
    """The window in force; of a target that is only quoted or re-approved, that one."""
    quoted = report.update.kind in {UpdateKind.ORIGINAL, UpdateKind.BASELINE}
    return report.update.period if quoted else report.window


def printed_in(report: Report) -> str:
    """Who printed it, and the words as printed."""
    printed = source_label(report.update.source)
    phrase = f"“{report.update.phrase}”" if report.update.phrase else ""
    return "  ".join(text for text in (printed, phrase) if text)


def trend_legend(words: Words, width: int) -> list[Line]:
    """What the signs mean, and how a line is read."""
    pieces: Line = []
    for sign, style, key in _SIGNS:
        piece = [("   " if pieces else "", ""), (sign, style), (f" {words.lookup(key)}", "muted")]
        if width_of([*pieces, *piece]) <= width:
            pieces += piece
    reading = wrap(words("trend.reading"), max(1, width))
    return [fitted(line, width) for line in (pieces, *([(text, "muted")] for text in reading))]
