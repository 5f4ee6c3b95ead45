"""A cell says the same whatever stands first in it: the date, the step or that it is done."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.model.errors import RefusedError
from db.model.records import Kind
from tracker.exchange.grids.grid import GridCell
from tracker.exchange.tables.date_cells import read_date_cell, stands_for_none
from tracker.exchange.tables.headings import Role
from tracker.phrases import read

REPORTED = date(2026, 1, 5)
STEPS = {
    Kind.GROUNDBREAKING: ("착공", "기공", "공사착공"),
    Kind.COMPLETION: ("준공", "완공", "사용승인"),
    Kind.OPENING: ("개소", "개관", "개장", "개교", "개통", "입주"),
}
PAST = ("2024.5", "'24.5", "24. 5월", "2024년 5월", "2024-05-31", "2024. 5. 31.", "24.상")
AHEAD = ("2027.5", "'27.5월", "2027년 하반기", "27.하", "2027-05-31", "27. 8월 말", "27.12월限")
DONE = ("완료", "완", "(완)", "됨", "완료됨", "함")
AHEAD_WORDS = ("예정", "(예정)", "계획", "목표", "예상")


def told(text, role=Role.PLAN, kind=None):
    found = read_date_cell(GridCell(text), role, REPORTED, kind)
    return [(t.role.value, t.period and t.period.edtf) for t in found]


@st.composite
def spoken(draw, dates, words):
    """A date, a step and a word in some order, and what the date alone is."""
    kind = draw(st.sampled_from(list(STEPS)))
    when, step, word = draw(st.sampled_from(dates)), draw(st.sampled_from(STEPS[kind])), ""
    said = step
    if words:
        word = draw(st.sampled_from(words))
        said = step + draw(st.sampled_from(("", " "))) + word
        if word in {"됨", "함"}:
            said = step + word
    order = draw(st.sampled_from(("{d} {s}", "{s} {d}", "{s}({d})", "{d}({s})", "{s}: {d}")))
    if "(" in said:
        order = order.replace("({s})", " {s}")
    return kind, order.format(d=when, s=said), read(when, REPORTED).edtf


@settings(max_examples=150)
@given(spoken(PAST, ()) | spoken(PAST, DONE))
def test_a_past_date_with_its_step_is_done_in_any_order(drawn):
    kind, text, edtf = drawn
    for role in (Role.PLAN, Role.ACTUAL, Role.OUTCOME):
        assert told(text, role, kind) == [("actual", edtf)], text


@settings(max_examples=100)
@given(spoken(AHEAD, ()) | spoken(AHEAD, AHEAD_WORDS))
def test_a_date_ahead_with_its_step_is_a_plan_in_any_order(drawn):
    kind, text, edtf = drawn
    assert told(text, Role.PLAN, kind) == [("plan", edtf)], text


@settings(max_examples=60)
@given(spoken(PAST, AHEAD_WORDS))
def test_what_is_expected_is_a_plan_even_where_it_is_past(drawn):
    kind, text, edtf = drawn
    for role in (Role.PLAN, Role.ACTUAL, Role.OUTCOME):
        assert told(text, role, kind) == [("plan", edtf)], text


@settings(max_examples=60)
@given(spoken(AHEAD, DONE))
def test_what_is_done_cannot_lie_ahead(drawn):
    kind, text, _ = drawn
    with pytest.raises(RefusedError) as caught:
        told(text, Role.PLAN, kind)
    assert caught.value.code == "done-in-future", text


@settings(max_examples=60)
@given(spoken(PAST, DONE) | spoken(AHEAD, ()), st.sampled_from(list(STEPS)))
def test_a_cell_that_names_another_step_is_refused(drawn, column):
    kind, text, _ = drawn
    if column is kind:
        return
    with pytest.raises(RefusedError) as caught:
        told(text, Role.PLAN, column)
    assert caught.value.code == "other-step", text


@pytest.mark.parametrize(
    "text",
    [
        *("24.5 완", "'24.5 완료", "2024.5.(완)", "완료 24.5", "2024. 5월 준공완료", "24.5월준공"),
        *("준공 24.5월", "기준공(2024.5)", "旣준공 '24.5", "2024.5 준공됨", "2024.5(실적)"),
        *("공사완료 2024.5", "2024.5 ✓", "준공식 개최(2024.5)", "completed May 2024", "24.5 完"),
    ],
)
def test_short_ways_to_say_that_it_is_done(text):
    assert told(text, Role.PLAN, Kind.COMPLETION) == [("actual", "2024-05")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026.3(당초)", [("original", "2026-03")]),
        ("당초 2026.3", [("original", "2026-03")]),
        ("(당초) 2026.3 (변경) 2027.3", [("original", "2026-03"), ("plan", "2027-03")]),
        ("2026.3(당초) → 2027.3(변경)", [("original", "2026-03"), ("plan", "2027-03")]),
        ("2026.3 → 미정", [("original", "2026-03"), ("plan", None)]),
        ("2027.3으로 연기", [("plan", "2027-03")]),
        ("준공 지연(2027.3)", [("plan", "2027-03")]),
        ("2027년 3월 준공을 목표로 추진", [("plan", "2027-03")]),
    ],
)
def test_a_plan_that_was_another_first(text, expected):
    assert told(text, Role.PLAN, Kind.COMPLETION) == expected


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        *(("미정(예산확보 후)", True), ("미정", True), ("미정 - 협의중", True)),
        *(("추후", False), ("추후 결정", False), ("협의중", False), ("예산 확보 시", False)),
        *(("용역 결과에 따라", False), ("국비 확보 시 착공", False), ("토지보상 완료 후", False)),
        *(("공사중", False), ("2단계 사업 완료 후", False), ("착공 전", False), ("미착수", False)),
    ],
)
def test_why_there_is_no_date_is_an_undated_plan(text, firm):
    """Only 미정 takes a known date back; nothing of it is done because of a word in it."""
    (found,) = read_date_cell(GridCell(text), Role.PLAN, REPORTED, Kind.COMPLETION)
    assert (found.role, found.period, found.firm) == (Role.PLAN, None, firm)
    (found,) = read_date_cell(GridCell(text), Role.ACTUAL, REPORTED, Kind.COMPLETION)
    assert not found.firm


@pytest.mark.parametrize(
    "text",
    [
        *("9999-12-31", "1900-01-01", "1899-12-30", "2999.12", "2999-01-01", "0000-00-00"),
        *("00.00", "0", "9999", "99.99.99", "1970-01-01", "2099.12.31", "0000.00.00."),
    ],
)
def test_dates_that_stand_for_none(text):
    assert stands_for_none(GridCell(text))
    assert told(text) == []


@pytest.mark.parametrize("value", ["2027-03", "2027.12.31", "2000.1.1", "1901-05-05", 2026, "완료"])
def test_dates_that_are_dates(value):
    assert not stands_for_none(GridCell(value))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2206.5", "unlikely-year"),
        (date(2206, 5, 1), "unlikely-year"),
        ("27/8", "unread-period"),  # August 2027, or the 27th of August
        ("2026.3/2027.3", "unread-period"),  # two dates, and no window
        ("준공 지연(2024.5)", "unread-period"),  # from it, or to it
        ("2024.5 부분준공", "other-step"),
        ("2024.5 임시개관", "other-step"),
        ("2027.5", "actual-ahead"),
        ("~27.12", "actual-ahead"),
    ],
)
def test_a_fault_says_its_true_reason(value, code):
    with pytest.raises(RefusedError) as caught:
        read_date_cell(GridCell(value), Role.ACTUAL, REPORTED)
    assert caught.value.code == code


@pytest.mark.parametrize("value", ["46023", 46023, 46023.0])
def test_the_number_by_which_spreadsheets_count_days_is_its_day(value):
    (found,) = read_date_cell(GridCell(value), Role.PLAN, REPORTED)
    assert found.period.edtf == "2026-01-01"


def test_a_plain_column_beside_planned_dates_is_what_happened_where_it_is_past():
    assert told("2025.6", Role.OUTCOME) == [("actual", "2025-06")]
    assert told("2026.6", Role.OUTCOME) == [("plan", "2026-06")]
