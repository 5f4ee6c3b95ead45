"""The timeline: a line for a facility or one of its milestones, on an axis of days.

A window that is still to come is a bar of blocks, soft where the words were soft and
fading where it is open; what was reached is a line that ends in its mark; the baseline
is a thin line behind, and an arrow leads from it to where the milestone has gone.
Every line is as wide as asked for, to the cell.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from db.model.records import State
from tracker.charts.axis import Axis
from tracker.charts.bars import draw_lane, draw_step, is_alive
from tracker.charts.canvas import Canvas, Line, fitted, width_of
from tracker.charts.timeline_rows import TimelineRow
from tracker.domain.board import Row
from tracker.words import GLYPHS, Words
from tracker.words.cells import cell_len, fit

__all__ = [
    "Entry",
    "Layout",
    "draw",
    "draw_group",
    "entries",
    "group_text",
    "head",
    "layout_for",
    "legend",
    "slip_width",
]

_WITH_FIGURES = 100  # cells from which D-day and slip stand beside the bars
_FIGURE = 7
_NAME_SHARE, _NAME_MOST = 3, 40


@dataclass(frozen=True, slots=True)
class Layout:
    """How the cells of a line are shared: names, the axis, D-day and slip.

    `folds` tells whether a sign shows which facilities are opened.
    """

    width: int
    name: int
    figures: int
    folds: bool = False

    @property
    def axis(self) -> int:
        """Cells of the axis."""
        return max(1, self.width - self.name - 1 - self.figures)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a group, a facility, or one of its milestones (`row`)."""

    group: str | None = None
    count: int = 0
    lane: TimelineRow | None = None
    row: Row | None = None
    opened: bool = False


def layout_for(width: int, *, slip: int = _FIGURE, folds: bool = False) -> Layout:
    """Share a width out; `slip` is as `slip_width` tells it."""
    figures = _FIGURE + slip if width >= _WITH_FIGURES else 0
    name = min(_NAME_MOST, width // _NAME_SHARE)
    return Layout(width, max(1, min(name, width - 2)), figures, folds)


def slip_width(words: Words) -> int:
    """The cells of the slip and its heading."""
    return max(_FIGURE, cell_len(words("col.slip")) + 1)


def entries(
    groups: Iterable[tuple[str | None, Sequence[TimelineRow]]], opened: Container[str]
) -> list[Entry]:
    """The lines of these groups, the facilities in `opened` with a line for every milestone."""
    lines: list[Entry] = []
    for name, lanes in groups:
        if name is not None:
            lines.append(Entry(group=name, count=len(lanes)))
        for lane in lanes:
            is_open = lane.slug in opened
            lines.append(Entry(lane=lane, opened=is_open))
            if is_open:
                lines += [Entry(lane=lane, row=row) for row in lane.rows]
    return lines


def head(axis: Axis, layout: Layout, corner: Sequence[str] = ()) -> list[Line]:
    """The axis above the lines, what is said in the corner, and the headings of the figures."""
    blank = " " * layout.figures
    d_day = fit(axis.words("col.d_day"), _FIGURE, right=True)
    names = d_day + fit(axis.words("col.slip"), layout.figures - _FIGURE, right=True)
    ends = (blank, names if layout.figures else "", blank)
    said = [*corner, "", "", ""]
    return [
        [(fit(text, layout.name), "muted"), (" ", ""), *line, (end, "axis")]
        for text, line, end in zip(said, axis.head(), ends, strict=False)
    ]


def draw(entry: Entry, axis: Axis, layout: Layout) -> Line:
    """One line, as wide as the layout."""
    if entry.lane is None:
        return draw_group(group_text(entry.group or "", entry.count), axis, layout)
    canvas = Canvas(layout.axis)
    if entry.row is not None:
        draw_step(canvas, axis, entry.row)
    else:
        draw_lane(canvas, axis, entry.lane)
    axis.lines_down(canvas)
    name = _name(entry, axis.words, layout)
    return [*name, (" ", ""), *canvas.runs(), *_figures(entry, axis, layout)]


def group_text(name: str, count: int) -> str:
    """What stands over a group."""
    return f"{name} · {count:,}"


def draw_group(text: str, axis: Axis, layout: Layout) -> Line:
    """A group's name over the whole width, the lines of the axis going on after it."""
    canvas = Canvas(layout.axis)
    axis.lines_down(canvas)
    used = max(layout.name, min(cell_len(text), layout.width - 1)) + 1
    return fitted([(fit(text, used), "group"), *canvas.runs(used - layout.name - 1)], layout.width)


def _name(entry: Entry, words: Words, layout: Layout) -> Line:
    """The glyph and the name, in exactly the cells there are for it."""
    lane, row = entry.lane, entry.row
    before = ("▾ " if entry.opened else "▸ ") if layout.folds else ""
    state: State | None = None
    text, style = "", "name"
    if row is not None:
        m = row.milestone
        before, state = "    " if layout.folds else "  ", row.judged.state
        text, style = words.milestone(m.kind, m.title), "step"
    elif lane is not None:
        state, text = lane.summary.state, lane.summary.facility.name
    if state is not None and not is_alive(state):
        style = "muted"
    glyph = GLYPHS[state] if state else " "
    pieces = [(before, "muted"), (glyph, state.value if state else ""), (" ", "")]
    room = layout.name - width_of(pieces)
    if room <= 0:
        return [(fit(glyph, layout.name), state.value if state else "")]
    return [*pieces, (fit(text, room), style)]


def _figures(entry: Entry, axis: Axis, layout: Layout) -> Line:
    """D-day and slip of a milestone; of a facility, the next one's and the longest."""
    lane, row = entry.lane, entry.row
    if not layout.figures or lane is None:
        return []
    shown = row or lane.focus
    d_day = axis.words.d_day(shown.judged.to_deadline) if shown else ""
    moved = row.judged.slip if row else None
    days = (moved.days if moved else None) if row else lane.slip
    return [
        (fit(d_day, _FIGURE, right=True), shown.judged.state.value if shown else ""),
        (
            fit(f"{days:+,}" if days else "", layout.figures - _FIGURE, right=True),
            "late" if (days or 0) > 0 else "early",
        ),
    ]


# -- the legend ----------------------------------------------------------------------------------

_SIGNS: tuple[tuple[str, str, str], ...] = (
    ("▄▄", "upcoming", "timeline.sign.window"),
    ("◆", "upcoming", "timeline.sign.day"),
    ("▒▒", "upcoming", "timeline.sign.soft"),
    ("◂▁▂▃▄", "upcoming", "timeline.sign.open"),
    ("───", "baseline", "timeline.sign.baseline"),
    ("╌╌▸", "late", "timeline.sign.slip"),
    ("━✓", "completed", "timeline.sign.actual"),
    ("━‖", "on_hold", "timeline.sign.on_hold"),
    ("━→", "off", "timeline.sign.passed"),
    ("─✗", "off", "timeline.sign.cancelled"),
    ("│", "today", "timeline.sign.today"),
    ("┊", "as_of", "timeline.sign.as_of"),
    ("‹›", "muted", "timeline.sign.beyond"),
)


def legend(axis: Axis, width: int) -> list[Line]:
    """What the signs mean, in as many lines as it takes."""
    lines: list[Line] = [[]]
    for piece in _signs(axis):
        gap = [("   ", "")] if lines[-1] else []
        if gap and width_of([*lines[-1], *gap, *piece]) > width:
            lines.append([])
            gap = []
        lines[-1] += [*gap, *piece]
    return [fitted(line, width) for line in lines]


def _signs(axis: Axis) -> Iterator[Line]:
    days = {"today": axis.today, "as_of": axis.as_of}
    for sign, style, key in _SIGNS:
        if style != "as_of" or axis.as_of != axis.today:
            meaning = axis.words.lookup(key, day=axis.words.day(days.get(style)))
            yield [(sign, style), (f" {meaning}", "muted")]
