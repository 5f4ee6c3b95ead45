"""What is drawn, compared with cells that are counted here in another way."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from drawing import cells, lanes
from hypothesis import given
from hypothesis import strategies as st
from making import BUSY_MS, TODAY, days

from db.engine.connect import connect
from db.model.period import Period
from db.model.records import State
from db.read.reader import Reader
from tracker.charts.axis import Axis
from tracker.charts.canvas import width_of
from tracker.charts.timeline import Entry, draw, entries, head, layout_for, legend
from tracker.charts.timeline_rows import Group, Sort, group_name, read_timeline, windows_of
from tracker.charts.timescale import Scale, Zoom, fitting, spanning
from tracker.domain.limits import Limits
from tracker.words import GLYPHS, Words

KO, EN = Words("ko"), Words("en")
DAYS = {Zoom.WEEK: 1, Zoom.MONTH: 4, Zoom.QUARTER: 14, Zoom.HALF: 24, Zoom.YEAR: 56}
WIDTH = 190
TO_COME = {State.OVERDUE, State.DUE_SOON, State.IN_WINDOW, State.UNDATED, State.UPCOMING}


@pytest.fixture(scope="module")
def timeline(demo_master):
    """The timeline of the shipped facts, in any order and groups."""
    connection = connect(demo_master, busy_ms=BUSY_MS)
    reader = Reader(connection)

    def read(sort=Sort.NEXT, group=None):
        return read_timeline(reader, TODAY, Limits(), KO, sort=sort, group=group)

    yield read
    connection.close()


@pytest.fixture(scope="module")
def shipped(timeline):
    return timeline()


def thirty(found):
    """Thirty steps: every kind of state and window that the facts have, then by name."""
    steps = [(lane, row) for lane in found.lanes for row in lane.rows]
    steps = [s for s in steps if s[1].milestone.actual or s[1].milestone.forecast]

    def sort_of(step):
        m = step[1].milestone
        w = m.actual or m.forecast
        shape = (w.earliest is None, w.latest is None, w.approximate, w.earliest == w.latest)
        return (step[1].judged.state, shape, m.baseline is None)

    firsts = {}
    for step in sorted(steps, key=lambda s: (s[1].milestone.facility, s[1].milestone.slug)):
        firsts.setdefault(sort_of(step), step)
    rest = [s for s in steps if s not in firsts.values()]
    rest.sort(key=lambda s: (s[1].milestone.slug, s[1].milestone.facility))
    return [*firsts.values(), *rest][:30]


def half_is_touched(half: int, first: date, per_cell: int, window: Period) -> bool:
    """Whether a half cell and a window overlap, both as stretches of time."""
    begin = Fraction(half * per_cell, 2)
    end = begin + Fraction(per_cell, 2)
    known = [d for d in (window.earliest, window.latest) if d]
    days_from = (min(known) - first).days
    days_to = (max(known) - first).days + 1
    return begin < days_to and end > days_from


@pytest.mark.parametrize("zoom", Zoom)
def test_thirty_shipped_milestones_are_drawn_in_the_cells_of_their_days(shipped, zoom):
    layout = layout_for(WIDTH)
    drawn = thirty(shipped)
    assert len(drawn) == 30
    for lane, row in drawn:
        m, state = row.milestone, row.judged.state
        window = m.actual or m.forecast
        around = window.latest or window.earliest
        axis = Axis(Scale.around(around, zoom, layout.axis, 60), TODAY, TODAY, KO)
        line = cells(draw(Entry(lane=lane, row=row), axis, layout))
        assert len(line) == WIDTH
        bar = line[layout.name + 1 : layout.name + 1 + layout.axis]
        style = "off" if state in {State.PASSED, State.CANCELLED} else state.value
        first = around - timedelta(days=60 * DAYS[zoom])
        expect(bar, window, first, DAYS[zoom], style, state)


def expect(bar, window, first, per_cell, style, state):
    signs = {GLYPHS[state], "◆"}
    inner = set()
    for cell in range(len(bar)):
        left, right = (half_is_touched(2 * cell + side, first, per_cell, window) for side in (0, 1))
        if left or right:
            inner.add(cell)
    if window.earliest == window.latest:
        inner = {min(inner)}
    for cell in inner:
        sign, tone = bar[cell]
        assert tone == style, (cell, bar[cell], window)
        left, right = (half_is_touched(2 * cell + side, first, per_cell, window) for side in (0, 1))
        if sign in {"▄", "▖", "▗"} and window.earliest and window.latest:
            assert sign == ("▄" if left and right else "▖" if left else "▗")
        else:
            assert sign in {*signs, "━", "╸", "╺", "╍", "▒", "▄", "▖", "▗"}
    opened = set()
    if window.earliest is None:
        opened |= {min(inner) - n for n in range(1, 5)}
    if window.latest is None:
        opened |= {max(inner) + n for n in range(1, 5)}
    others = {c for c, (sign, tone) in enumerate(bar) if tone == style and sign.strip()}
    assert others - inner <= opened, "nothing is drawn where the window is not"
    if state not in TO_COME:
        anchor = max(inner) if window.latest else min(inner)
        assert bar[anchor][0] == GLYPHS[state]


@pytest.mark.parametrize("zoom", Zoom)
def test_today_and_the_ticks_stand_over_their_cells(zoom):
    as_of = TODAY - timedelta(days=3 * DAYS[zoom])
    axis = Axis(Scale.around(TODAY, zoom, 100, 70), as_of, TODAY, EN)
    rule = cells(axis.rule())
    first = TODAY - timedelta(days=70 * DAYS[zoom])
    begins = {
        Zoom.WEEK: lambda d: d.weekday() == 0,
        Zoom.MONTH: lambda d: d.day == 1,
        Zoom.QUARTER: lambda d: d.day == 1 and d.month % 3 == 1,
        Zoom.HALF: lambda d: d.day == 1 and d.month % 6 == 1,
        Zoom.YEAR: lambda d: d.day == 1 and d.month == 1,
    }[zoom]
    walked = [first + timedelta(days=n) for n in range(100 * DAYS[zoom])]
    expected = {(d - first).days // DAYS[zoom] for d in walked if begins(d)} - {67, 70}
    assert {c for c, (sign, _) in enumerate(rule) if sign == "┬"} == expected
    assert rule[70] == ("▼", "today")
    assert rule[67] == ("▼", "as_of")


@pytest.mark.parametrize("words", [KO, EN])
@pytest.mark.parametrize("zoom", Zoom)
def test_labels_stand_at_their_ticks(words, zoom):
    axis = Axis(Scale.around(TODAY, zoom, 120, 60), TODAY, TODAY, words)
    _, minors, rule = map(cells, axis.head())
    ticks = [c for c, (sign, _) in enumerate(rule) if sign in "┬▼"]
    starts = [
        c
        for c, (sign, _) in enumerate(minors)
        if sign.strip() and (not c or minors[c - 1][0] == " ")
    ]
    assert len(starts) > 5
    assert set(starts) <= set(ticks)


def test_the_rows_go_through_the_line_of_today_and_of_the_as_of_day(shipped):
    layout = layout_for(80)
    as_of = TODAY - timedelta(days=200)
    axis = Axis(Scale.around(TODAY, Zoom.HALF, layout.axis, 40), as_of, TODAY, KO)
    at = axis.scale.cell(as_of)
    for entry in entries(shipped.groups, ())[:60]:
        bar = cells(draw(entry, axis, layout))[layout.name + 1 :]
        assert bar[40][1] in {"today", "label"} | {s.value for s in State}
        assert bar[at][0] != " "


def test_an_arrow_leads_from_the_baseline_to_where_it_is_now(shipped):
    lane = next(a for a in shipped.lanes if a.slug == "wanju-goun-sambong-library")
    row = next(r for r in lane.rows if r.milestone.slug == "opening")
    layout = layout_for(190)
    axis = Axis(Scale.around(TODAY, Zoom.QUARTER, layout.axis, 100), TODAY, TODAY, KO)
    bar = cells(draw(Entry(lane=lane, row=row), axis, layout))[layout.name + 1 :]
    signs = "".join(sign or " " for sign, _ in bar)
    baseline, head_ = axis.scale.cell(date(2025, 6, 30)), axis.scale.cell(date(2026, 7, 1))
    assert signs[head_ - 1] == "▸"
    assert set(signs[baseline + 1 : head_ - 1]) == {"╌"}
    assert signs[baseline] in "─╴╶"
    assert signs[head_] in "▄▗"


def test_without_colour_every_state_is_told_by_its_signs(shipped):
    signs = {}
    layout = layout_for(190)
    for lane, row in thirty(shipped):
        window = row.milestone.actual or row.milestone.forecast
        near = Scale.around(window.latest or window.earliest, Zoom.MONTH, layout.axis, 60)
        bar = cells(draw(Entry(lane=lane, row=row), Axis(near, TODAY, TODAY, KO), layout))
        name, bar = bar[: layout.name], bar[layout.name + 1 :]
        assert any(sign == GLYPHS[row.judged.state] for sign, _ in name)
        signs.setdefault(row.judged.state in TO_COME, set()).update(
            sign for sign, style in bar if style in {"off", row.judged.state.value}
        )
    assert "▄" in signs[True]
    assert not signs[False] & {"▄", "▖", "▗", "▒"}


# -- orders and groups ---------------------------------------------------------------------------


def test_groups_hold_every_lane_once_and_the_nameless_come_last(shipped, timeline):
    for group in Group:
        found = timeline(Sort.NAME, group).groups
        slugs = [lane.slug for _, own in found for lane in own]
        assert sorted(slugs) == sorted(lane.slug for lane in shipped.lanes)
        last = {
            a.summary.phase if group is Group.PHASE else getattr(a.summary.facility, group)
            for a in found[-1][1]
        }
        assert last == {None}


def test_orders(shipped, timeline):
    by_slip = timeline(Sort.SLIP).lanes
    slips = [lane.slip for lane in by_slip]
    known = [s for s in slips if s is not None]
    assert known == sorted(known, reverse=True)
    assert slips[len(known) :] == [None] * (len(slips) - len(known))
    by_next = shipped.lanes
    deadlines = [
        a.summary.next.forecast.latest
        for a in by_next
        if a.summary.next and a.summary.next.forecast and a.summary.next.forecast.latest
    ]
    assert deadlines == sorted(deadlines)
    by_name = timeline(Sort.NAME).lanes
    assert [a.summary.facility.name.casefold() for a in by_name] == sorted(
        a.summary.facility.name.casefold() for a in shipped.lanes
    )


def test_opened_facilities_have_a_line_for_every_milestone(shipped):
    slug = "gimhae-robot-refurb-center"
    lines = entries(shipped.groups, {slug})
    lane = next(a for a in shipped.lanes if a.slug == slug)
    at = next(n for n, e in enumerate(lines) if e.lane is lane)
    assert [e.row for e in lines[at : at + 1 + len(lane.rows)]] == [None, *lane.rows]
    assert len(lines) == len(shipped.lanes) + len(lane.rows)


# -- any board ------------------------------------------------------------------------------------

SCALES = st.one_of(
    st.tuples(st.just("zoom"), st.sampled_from(Zoom), days(1000, 9998)),
    st.tuples(st.just("span"), st.integers(0, 3_000_000), days(1000, 9998)),
    st.just(("fit", None, None)),
)


def scale_of(asked, found, width):
    how, what, day = asked
    if how == "zoom":
        return Scale.around(day, what, width, width // 2)
    if how == "span":
        last = date.fromordinal(min(day.toordinal() + what, date.max.toordinal()))
        return spanning(day, last, width)
    return fitting(windows_of(found, only_open=False), TODAY, width)


@given(
    st.lists(lanes(), max_size=3),
    st.integers(20, 300),
    SCALES,
    days(1000, 9998),
    st.sampled_from([KO, EN]),
    st.sampled_from([None, *Group]),
    st.booleans(),
)
def test_any_board_is_drawn_in_exactly_its_width(found, width, asked, as_of, words, group, folds):
    layout = layout_for(width, folds=folds)
    assert layout.name + 1 + layout.axis + layout.figures == width
    axis = Axis(scale_of(asked, found, layout.axis), as_of, TODAY, words)
    lines = [*head(axis, layout, [words("timeline.zoom.half")]), *legend(axis, width)]
    groups = [(None if group is None else group_name(group, None, words), found)]
    lines += [draw(e, axis, layout) for e in entries(groups, {"hall"})]
    assert [width_of(line) for line in lines] == [width] * len(lines)
    assert not any("\n" in text or "\x1b" in text for line in lines for text, _ in line)
