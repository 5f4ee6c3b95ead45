"""Formats of numbers that are days, and how much of a day they show."""

from datetime import date

import pytest

from tracker.exchange.grids.grid import Grid, GridCell
from tracker.exchange.workbooks.number_formats import BUILT_IN, day_of, parts_shown, shown_day


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        ("General", ""),
        ('G/표준"개"', ""),
        ("#,##0.00", ""),
        ("0.00E+00", ""),
        ('#,##0"억원"', ""),
        ('[Red]0"day"', ""),
        ("@", ""),
        ("yyyy-mm-dd", "ymd"),
        ('yyyy"년" m"월" d"일"', "ymd"),
        ("[$-412]yyyy/mm/dd;@", "ymd"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "ymd"),
        ("yyyy. m.", "ym"),
        ("mmm-yy", "ym"),
        ('m"월"', "m"),
        ('m"월" d"일"', "md"),
        ("yyyy", "y"),
        ('gge"년"', "y"),
        ("yyyy-mm-dd hh:mm:ss", "ymd"),
        ("h:mm AM/PM", "t"),
        ("[h]:mm:ss", "t"),
        ("mm:ss", "t"),
    ],
)
def test_what_a_format_shows(form, parts):
    assert parts_shown(form) == parts


def test_the_formats_of_korean_excel_that_files_do_not_spell_out():
    assert parts_shown(BUILT_IN[31]) == parts_shown(BUILT_IN[14]) == "ymd"
    assert parts_shown(BUILT_IN[33]) == "t"


@pytest.mark.parametrize(
    ("serial", "mac", "day"),
    [
        (46027, False, date(2026, 1, 5)),
        (46027.99999, False, date(2026, 1, 5)),
        (44565, True, date(2026, 1, 5)),
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (60, False, None),
        (61, False, date(1900, 3, 1)),
        (-1, False, None),
        (2958465, False, date(9999, 12, 31)),
        (2958465, True, None),
        (1e300, False, None),
    ],
)
def test_days_are_counted_as_spreadsheets_count_them(serial, mac, day):
    assert day_of(serial, mac=mac) == day


def test_a_day_is_never_more_exact_than_it_is_shown():
    day = date(2027, 3, 1)
    shown = [shown_day(day, parts) for parts in ("ymd", "ym", "m", "y")]
    assert shown == [day, "2027-03", "2027-03", "2027"]


def test_a_grid_knows_what_a_merged_cell_covers():
    grid = Grid("", [[GridCell("가"), GridCell(), GridCell("나")]])
    grid.spans = {(0, 0): (0, 0), (0, 1): (0, 0)}
    assert grid.at(0, 1).text == ""
    assert grid.at(0, 1, across=True).text == "가"
    assert grid.at(0, 2).text == "나"
