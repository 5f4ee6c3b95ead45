"""Days and cells, counted here once more with fractions and by walking through the days."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import days, periods

from tracker.charts.timescale import Scale, Unit, Zoom, fitting, spanning, tick_unit, ticks

ANY_DAY = st.dates(date(1, 1, 1), date(9999, 12, 31))
SCALES = st.builds(
    Scale.of, st.integers(-(10**6), 4 * 10**6), st.integers(1, 4 * 10**6), st.integers(1, 300)
)
NAMED = {Zoom.WEEK: 1, Zoom.MONTH: 4, Zoom.QUARTER: 14, Zoom.HALF: 24, Zoom.YEAR: 56}
WIDTHS = dict.fromkeys(Unit, 4)


@given(SCALES, ANY_DAY)
def test_a_day_comes_back_from_its_cell_no_later_and_still_in_it(scale, day):
    cell = scale.cell(day)
    back = scale.day(cell)
    if scale.start <= day <= scale.end:
        assert 0 <= cell < scale.cells
        assert back <= day
        assert scale.cell(back) == cell


@given(SCALES, ANY_DAY, st.integers(0, 5000))
def test_a_window_touches_just_the_halves_that_its_days_overlap(scale, first, length):
    last = min(first.toordinal() + length, date.max.toordinal())
    half = Fraction(scale.days, 2 * scale.cells)
    expected = range(
        floor((first.toordinal() - scale.first) / half), ceil((last + 1 - scale.first) / half)
    )
    assert scale.halves(first, date.fromordinal(last)) == expected
    assert len(expected) > 0


@given(SCALES)
def test_a_scale_stays_inside_the_calendar(scale):
    assert date.min <= scale.start <= scale.end <= date.max
    for other in (scale.panned(50), scale.panned(-50), scale.zoomed(1), scale.zoomed(-1)):
        assert date.min <= other.start <= other.end <= date.max
        assert other.cells == scale.cells


@pytest.mark.parametrize("zoom", Zoom)
def test_a_zoom_has_its_days_to_a_cell_and_the_day_where_it_was_wanted(zoom):
    day = date(2026, 11, 21)
    scale = Scale.around(day, zoom, 60, 36)
    assert scale.zoom is zoom
    assert scale.days == NAMED[zoom] * 60
    assert scale.cell(day) == 36
    assert scale.day(36) == day


def test_zooming_goes_through_the_zooms_and_keeps_the_middle():
    scale = Scale.around(date(2026, 11, 21), Zoom.QUARTER, 60, 30)
    middle = scale.first + scale.days // 2
    assert [scale.zoomed(1).zoom, scale.zoomed(1).zoomed(1).zoom] == [Zoom.MONTH, Zoom.WEEK]
    assert scale.zoomed(-1).zoomed(-1).zoomed(-1).zoom is Zoom.YEAR
    assert scale.zoomed(1).first + scale.zoomed(1).days // 2 == middle
    fitted = spanning(date(2000, 1, 1), date(2020, 12, 31), 60)
    assert fitted.zoom is None
    assert fitted.zoomed(-1) == fitted, "there is nothing wider than years but what fits"
    assert fitted.zoomed(1).zoom is Zoom.YEAR


@given(SCALES, st.integers(1, 100))
def test_panning_there_and_back_loses_nothing(scale, cells):
    there = scale.panned(cells)
    if scale.first > 400 * 365 and there.end.year < 9900 and scale.days < 2 * 10**6:
        assert there.first > scale.first
        assert abs(there.panned(-cells).first - scale.first) <= 1


@given(st.lists(periods(), max_size=8), days(), st.integers(1, 300))
def test_what_fits_is_inside(windows, day, cells):
    scale = fitting(windows, day, cells)
    for end in [d for w in windows for d in (w.earliest, w.latest) if d] + [day]:
        assert scale.start <= end <= scale.end


@given(st.dates(date(1000, 1, 1), date(9000, 1, 1)), st.integers(0, 9000), st.integers(1, 300))
def test_from_one_day_to_another_is_just_that(first, length, cells):
    last = first + timedelta(days=length)
    scale = spanning(first, last, cells)
    assert (scale.start, scale.end) == (first, last)


BEGINS = {
    Unit.DAY: lambda d: d is not None,
    Unit.WEEK: lambda d: d.weekday() == 0,
    Unit.MONTH: lambda d: d.day == 1,
    Unit.QUARTER: lambda d: (d.month, d.day) in {(1, 1), (4, 1), (7, 1), (10, 1)},
    Unit.HALF: lambda d: (d.month, d.day) in {(1, 1), (7, 1)},
    Unit.YEAR: lambda d: (d.month, d.day) == (1, 1),
    Unit.YEARS_5: lambda d: (d.year % 5, d.month, d.day) == (0, 1, 1),
    Unit.DECADE: lambda d: (d.year % 10, d.month, d.day) == (0, 1, 1),
}


@given(days(1900, 2200), st.integers(1, 9000), st.sampled_from(list(BEGINS)))
def test_ticks_are_the_first_days_of_their_unit(first, length, unit):
    scale = Scale.of(first.toordinal(), length, 60)
    walked = [first + timedelta(days=n) for n in range(length)]
    assert [t.day for t in ticks(scale, unit)] == [d for d in walked if BEGINS[unit](d)]
    for tick in ticks(scale, unit):
        offset = Fraction((tick.day - first).days * 60, length)
        assert tick.cell == floor(offset)


@given(SCALES)
def test_labels_of_the_ticks_that_fit_do_not_touch(scale):
    unit = tick_unit(scale, WIDTHS)
    if unit is not Unit.MILLENNIUM:
        cells = [t.cell for t in ticks(scale, unit)]
        assert all(b - a > WIDTHS[unit] - 1 for a, b in pairwise(cells))


@given(SCALES, st.integers(1, 300))
def test_another_width_keeps_the_left_edge(scale, cells):
    other = scale.resized(cells)
    assert other.cells == cells
    assert other.first <= scale.first
