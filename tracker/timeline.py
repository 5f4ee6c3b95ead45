"""The timeline: a line for a facility or one of its milestones, on an axis of days.

A window that is still to come is a bar of blocks, soft where the words were soft and
fading where it is open; what was reached is a line that ends in its mark; the baseline
is a thin line behind, and an arrow leads from it to where the milestone has gone.
Every line is as wide as asked for, to the cell.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from db.records import State
from tracker.axis import Axis
from tracker.bars import draw_lane, draw_step, is_alive
from tracker.board import Row
from tracker.cells import cell_len, fit
from tracker.lanes import Lane
from tracker.strokes import Line, Track, width_of
from tracker.words import GLYPHS, Words

__all__ = ["Entry", "Layout", "draw", "entries", "head", "layout_for", "legend"]

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
    lane: Lane | None = None
    row: Row | None = None
    opened: bool = False


def layout_for(width: int, *, folds: bool = False) -> Layout:
    """Share a width out."""
    figures = 2 * _FIGURE if width >= _WITH_FIGURES else 0
    name = min(_NAME_MOST, width // _NAME_SHARE)
    return Layout(width, max(1, min(name, width - 2)), figures, folds)


def entries(
    groups: Iterable[tuple[str | None, Sequence[Lane]]], opened: Container[str]
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


def head(axis: Axis, layout: Layout, words: Words) -> list[Line]:
    """The axis above the lines, and the headings of the figures."""
    names = [fit(words(f"col.{n}"), _FIGURE, right=True) for n in ("d_day", "slip")]
    blank = " " * layout.figures
    ends = (blank, "".join(names) if layout.figures else "", blank)
    return [
        [(" " * (layout.name + 1), ""), *line, (end, "axis")]
        for line, end in zip(axis.head(), ends, strict=True)
    ]


def draw(entry: Entry, axis: Axis, layout: Layout) -> Line:
    """One line, as wide as the layout."""
    track = Track(layout.axis)
    if entry.lane is None:
        return _group(entry, axis, layout, track)
    row = entry.row or entry.lane.focus
    if entry.row is not None:
        draw_step(track, axis, entry.row)
    else:
        draw_lane(track, axis, entry.lane)
    axis.lines_down(track)
    return [*_name(entry, axis.words, layout), (" ", ""), *track.runs(), *_figures(row, axis, layout)]


def _group(entry: Entry, axis: Axis, layout: Layout, track: Track) -> Line:
    """A group's name over the whole width, the lines of the axis going on after it."""
    text = f"{entry.group} · {entry.count:,}"
    used = max(layout.name, min(cell_len(text), layout.width - 1)) + 1
    axis.lines_down(track)
    line = [(fit(text, used), "group"), *track.runs(used - layout.name - 1)]
    return [*line, (" " * (layout.width - width_of(line)), "")]


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


def _figures(row: Row | None, axis: Axis, layout: Layout) -> Line:
    """D-day and slip of a milestone, where there is room."""
    if not layout.figures:
        return []
    d_day = axis.words.d_day(row.judged.to_deadline) if row else ""
    days = row.judged.slip.days if row and row.judged.slip else None
    slip = f"{days:+,}" if days else ""
    return [
        (fit(d_day, _FIGURE, right=True), row.judged.state.value if row else ""),
        (fit(slip, _FIGURE, right=True), "late" if (days or 0) > 0 else "early"),
    ]


# -- the legend ----------------------------------------------------------------------------------

_SIGNS: tuple[tuple[str, str, str], ...] = (
    ("██", "upcoming", "timeline.sign.window"),
    ("◆", "upcoming", "timeline.sign.day"),
    ("▒▒", "upcoming", "timeline.sign.soft"),
    ("◂░▒▓█", "upcoming", "timeline.sign.open"),
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
    return [_cut(line, width) for line in lines]


def _signs(axis: Axis) -> Iterator[Line]:
    days = {"today": axis.today, "as_of": axis.as_of}
    for sign, style, key in _SIGNS:
        if style != "as_of" or axis.as_of != axis.today:
            meaning = axis.words(key, day=axis.words.day(days.get(style)))
            yield [(sign, style), (f" {meaning}", "muted")]


def _cut(line: Line, width: int) -> Line:
    """A line that is no wider than `width`."""
    if width_of(line) <= width:
        return line
    return [(fit("".join(text for text, _ in line), width), "muted")]
