"""A cell of a date, as offices write it, says what a person would read in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import first_table

from db.model.errors import RefusedError
from tracker.exchange.grids.grid import Grid, GridCell
from tracker.exchange.tables.date_cells import read_date_cell
from tracker.exchange.tables.headings import Role

REPORTED = date(2026, 1, 5)


def told(value, role=Role.PLAN, form="General"):
    return [
        (t.role.value, str(t.period)) for t in read_date_cell(GridCell(value, form), role, REPORTED)
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025.6월", [("plan", "2025-06")]),
        ("'25년 하반기", [("plan", "2025-41")]),
        ("’25. 6월 말", [("plan", "[2025-06-21..2025-06-30]")]),
        ("2026-06-30", [("plan", "2026-06-30")]),
        ("2026. 6.", [("plan", "2026-06")]),
        ("2026.6.30(화)", [("plan", "2026-06-30")]),
        ("2026.6(예정)", [("plan", "2026-06")]),
        ("2026. 6 예정", [("plan", "2026-06")]),
        ("2026.6~", [("plan", "2026-06")]),
        ("~2026.12", [("plan", "[..2026-12]")]),
        ("완료(2024.5)", [("actual", "2024-05")]),
        ("2024. 5. 완료", [("actual", "2024-05")]),
        ("준공완료('24.5)", [("actual", "2024-05")]),
        ("✓ 2024.5.3", [("actual", "2024-05-03")]),
        ("'24.11.(완)", [("actual", "2024-11")]),
        ("준공(2024.5)", [("actual", "2024-05")]),
        ("준공(2027.5)", [("plan", "2027-05")]),
        ("완료", [("actual", "[..2026-01-05]")]),
        ("기완료", [("actual", "[..2026-01-05]")]),
        ("완료예정(2027.1)", [("plan", "2027-01")]),
        ("2025.6 → 2026.3", [("original", "2025-06"), ("plan", "2026-03")]),
        ("2026.3(당초 2025.6)", [("original", "2025-06"), ("plan", "2026-03")]),
        ("당초 2025.6 / 변경 2026.3", [("original", "2025-06"), ("plan", "2026-03")]),
        ("미정", [("plan", "None")]),
        ("추후 결정", [("plan", "None")]),
        ("미착공", [("plan", "None")]),
        ("-", []),
        *((sign, []) for sign in ("－", "―", "‐", "−", "--", "- -", "․", "·", "ㆍ", "・")),
        *((f"{b}2027.5", [("plan", "2027-05")]) for b in ("-", "- ", "– ", "·", "• ", "※ ", "* ")),
        ("해당없음", []),
        ("", []),
        (2026, [("plan", "2026")]),
        (2026.6, [("plan", "2026-06")]),
        (20260630, [("plan", "2026-06-30")]),
        (date(2026, 6, 30), [("plan", "2026-06-30")]),
    ],
)
def test_a_cell_says_what_a_person_reads(value, expected):
    assert told(value) == expected


def test_a_column_of_actuals_gives_actuals_but_for_what_is_expected():
    assert told("2024.5", Role.ACTUAL) == [("actual", "2024-05")]
    assert told("2027.5 예정", Role.ACTUAL) == [("plan", "2027-05")]
    assert told("2025.6", Role.ORIGINAL) == [("original", "2025-06")]


def test_a_number_that_lost_its_zero_is_refused_and_one_that_shows_it_is_not():
    assert told(2026.1, form="0.00") == [("plan", "2026-10")]
    with pytest.raises(RefusedError, match="January or October"):
        told(2026.1)


@pytest.mark.parametrize(
    "value", ["언젠가", "2027-02-30", "2027.5 완료", 4500.0, 12, -1, -2027.5, "2025 2027"]
)
def test_what_nobody_can_read_is_refused(value):
    with pytest.raises(RefusedError):
        told(value)


@given(st.text(max_size=40) | st.floats() | st.integers() | st.dates(), st.sampled_from(list(Role)))
def test_any_cell_is_read_or_refused(value, role):
    try:
        told(value, role)
    except RefusedError as error:
        assert "\n" not in str(error)  # noqa: PT017 - both ways are right


def layout(*rows):
    return first_table(Grid("", [[GridCell(cell) for cell in row] for row in rows]))


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("준공", ("completion", "plan")),
        ("준공(예정)", ("completion", "plan")),
        ("준 공 예정일", ("completion", "plan")),
        ("준공일", ("completion", "plan")),
        ("준공실적", ("completion", "actual")),
        ("실제 준공일", ("completion", "actual")),
        ("준공(당초)", ("completion", "original")),
        ("당초 준공예정", ("completion", "original")),
        ("개관", ("opening", "plan")),
        ("개소(개관)", ("opening", "plan")),
        ("착공식", ("groundbreaking", "plan")),
        ("실시설계 완료", ("design", "plan")),
        ("공모선정", ("selection", "plan")),
        ("운영개시", ("operation", "plan")),
        ("KOLAS 인증", None),
        ("시공사", None),
        ("설계비", None),
        ("사업기간", None),
    ],
)
def test_titles_of_columns(title, what):
    found = layout(["시설명", "위치", title])
    dates = [(c.kind.value, c.role.value) for c in found.columns if c.kind]
    assert dates == ([what] if what else [])
    assert found.unmapped == (() if what else (title,))


def test_the_unit_of_money_stands_in_the_title_or_above_the_table():
    (cost,) = layout(["시설명", "총사업비(억원)"]).columns
    assert cost.unit == 10**8
    (cost,) = layout(["", "단위 : 백만원"], ["시설명", "사업비"]).columns
    assert cost.unit == 10**6
    (cost,) = layout(["시설명", "사업비"]).columns
    assert cost.unit is None
