from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import days, periods

from db.model.errors import BadPeriodError
from db.model.period import Period

TABLE = [
    ("2025-06-30", "2025-06-30", "2025-06-30", False),
    ("2025-06", "2025-06-01", "2025-06-30", False),
    ("2025", "2025-01-01", "2025-12-31", False),
    ("2025-01", "2025-01-01", "2025-01-31", False),
    ("[2025-06..2025-06-01]", "2025-06-01", "2025-06-01", False),
    ("2025-40", "2025-01-01", "2025-06-30", False),
    ("2025-41", "2025-07-01", "2025-12-31", False),
    ("2025-33", "2025-01-01", "2025-03-31", False),
    ("2025-35", "2025-07-01", "2025-09-30", False),
    ("2025-36", "2025-10-01", "2025-12-31", False),
    ("2025-21", "2025-03-01", "2025-05-31", False),
    ("2025-22", "2025-06-01", "2025-08-31", False),
    ("2025-23", "2025-09-01", "2025-11-30", False),
    ("2025-24", "2025-12-01", "2026-02-28", False),
    ("2027-24", "2027-12-01", "2028-02-29", False),
    ("2026-33~", "2026-01-01", "2026-03-31", True),
    ("2025-12~", "2025-12-01", "2025-12-31", True),
    ("[2025-06-01..2025-06-10]", "2025-06-01", "2025-06-10", False),
    ("[..2027-12]", None, "2027-12-31", False),
    ("[..2025]", None, "2025-12-31", False),
    ("[2023..]", "2023-01-01", None, False),
    ("[2017-07..2017-08]", "2017-07-01", "2017-08-31", False),
    ("[2026-05~..2026-08~]", "2026-05-01", "2026-08-31", True),
    ("[2026-05~..2026-08]", "2026-05-01", "2026-08-31", True),
    ("[2026-05..2026-08~]", "2026-05-01", "2026-08-31", True),
    ("2024-02", "2024-02-01", "2024-02-29", False),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "approximate"), TABLE)
def test_the_table_of_periods(text, earliest, latest, approximate):
    period = Period.parse(text)
    assert str(period.earliest or None) == str(earliest)
    assert str(period.latest or None) == str(latest)
    assert period.approximate is approximate
    assert str(period) == text


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("2026/2028", "[2026..2028]"),
        ("../2027-12", "[..2027-12]"),
        ("2023/..", "[2023..]"),
        ("/2027-12", "[..2027-12]"),
        ("2026-06?", "2026-06~"),
        ("2026-06%", "2026-06~"),
        ("[2025..2025]", "2025"),
        (" 2025 ", "2025"),
        ("[ 2025 .. 2026 ]", "[2025..2026]"),
    ],
)
def test_other_notations_mean_the_same_window(said, same):
    assert Period.parse(said) == Period.parse(same)


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2025-13", "2025-00", "2025-06-31", "0000", "9999-24", "2025-37", "2025-06-00"],
)
def test_dates_that_do_not_exist_are_refused_by_name(text):
    with pytest.raises(BadPeriodError, match=text):
        Period.parse(text)


def test_a_day_that_does_not_exist_is_told_from_a_month_that_does_not():
    with pytest.raises(BadPeriodError, match="does not exist"):
        Period.parse("2023-02-29")
    for code in (13, 37):
        with pytest.raises(BadPeriodError, match=f"no month {code}"):
            Period.parse(f"2025-{code}")


@pytest.mark.parametrize("text", ["[2026..2025]", "2026/2025", "[2025-06-02..2025-06-01]"])
def test_reversed_windows_are_refused_by_name(text):
    with pytest.raises(BadPeriodError, match="ends before it starts"):
        Period.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[..]",
        "..",
        "/",
        "12",
        "June",
        "2025-6",
        "20256",
        "[2025]",
        "2025..2026",
        "[2025..2026",
        "[2025..2026x",
        "x2025..2026]",
        "２０２５",
        "2025-06-30T00:00",
        "2025~~",
        "[a..b]",
        "2025/2026/2027",
        "\x00",
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(BadPeriodError):
        Period.parse(text)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        period = Period.parse(text)
    except BadPeriodError:
        return
    assert Period.parse(str(period)) == period


@given(periods())
def test_round_trip(period):
    assert Period.parse(str(period)) == period


@given(periods(), periods(), periods())
def test_order_is_total_and_agrees_with_equality(a, b, c):
    assert (a < b) + (b < a) + (a == b) == 1
    if a < b < c:
        assert a < c


@given(periods(2015, 2030), periods(2015, 2030))
def test_order_is_by_last_day_first(a, b):
    if a.latest and b.latest and a.latest < b.latest:
        assert a < b
    if a.latest and b.latest is None:
        assert a < b


@given(periods(2015, 2030), days(2010, 2035))
def test_a_window_contains_just_the_days_between_its_ends(period, day):
    inside = (period.earliest is None or period.earliest <= day) and (
        period.latest is None or day <= period.latest
    )
    assert period.contains(day) is inside
    assert period.contains(Period.day(day)) is inside
    assert period.disjoint(Period.day(day)) is (not inside)


@given(periods(2015, 2030), periods(2015, 2030))
def test_containment_is_an_order_on_windows(a, b):
    assert a.contains(a)
    if a.contains(b) and b.contains(a):
        assert a.same_window(b)
    assert a.strictly_inside(b) is (b.contains(a) and not a.same_window(b))
    assert a.disjoint(b) is b.disjoint(a)
    if a.disjoint(b):
        assert not a.contains(b)


@pytest.mark.parametrize("text", ["[..]", "/", "../.."])
def test_a_window_without_any_end_is_told_so(text):
    with pytest.raises(BadPeriodError, match="at least one date"):
        Period.parse(text)


@given(days())
def test_a_day_is_the_period_of_its_text(day):
    assert Period.day(day) == Period.parse(day.isoformat())
    assert Period.day(day).approximate is False


def test_windows_that_share_a_single_day_are_not_disjoint():
    june, from_its_end = Period.parse("2025-06"), Period.parse("[2025-06-30..2025-07-10]")
    assert not june.disjoint(from_its_end)
    assert not from_its_end.disjoint(june)
    july = Period.parse("2025-07")
    assert june.disjoint(july)
    assert july.disjoint(june)


def test_an_open_end_lies_beyond_the_last_day_of_the_calendar_and_before_the_first():
    assert Period.parse("[2025..9999-12-31]") < Period.parse("[2025..]")
    assert Period.parse("[..2025]") < Period.parse("[0001-01-01..2025]")


@given(days(), days())
def test_between_two_days(a, b):
    if a > b:
        with pytest.raises(BadPeriodError):
            Period.between(a, b)
    else:
        period = Period.between(a, b)
        assert (period.earliest, period.latest) == (a, b)


def test_between_needs_one_end():
    with pytest.raises(BadPeriodError):
        Period.between(None, None)
    assert Period.between(None, date(2025, 1, 1)) == Period.parse("[..2025-01-01]")
    assert Period.between(date(2025, 1, 1), None) == Period.parse("[2025-01-01..]")


def test_a_period_is_comparable_with_periods_only():
    assert Period.parse("2025") != "2025"
    with pytest.raises(TypeError):
        assert Period.parse("2025") < "2025"


@given(periods(2015, 2030))
def test_windows_agree_with_a_walk_over_the_days(period):
    if period.earliest is None or period.latest is None:
        return
    assert not period.contains(period.earliest - timedelta(1))
    assert not period.contains(period.latest + timedelta(1))
