"""Completion as planned: each milestone gets its own window, and none that is to come."""

from datetime import date

import pytest
from making import NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect
from db.model.errors import RefusedError
from db.read.reader import Reader
from tracker.acts.as_planned import as_planned, is_as_planned, lies_ahead, told
from tracker.words import Words

KO, EN = Words("ko"), Words("en")


@pytest.fixture
def planned(tmp_path):
    """What a store knows of a milestone after one plan."""

    def planned(*periods):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        plans = [plan(p, "2020-01-01", facility=f"hall-{n}") for n, p in enumerate(periods) if p]
        none = [
            said("plan", "2020-01-01", facility=f"hall-{n}") for n, p in enumerate(periods) if not p
        ]
        with new_store(path) as store:
            store.record(batch(*plans, *none), by=None, now=NOW, today=TODAY)
        connection = connect(path, busy_ms=1000)
        try:
            reader = Reader(connection)
            return [m for f in reader.facilities() for m in reader.milestones_of(f.slug)]
        finally:
            connection.close()

    return planned


@pytest.mark.parametrize(
    "text", ["계획대로", " 계획대로  각각", "예정대로", "as planned", "As-Planned", "AS PLANNED"]
)
def test_the_words_are_read_however_they_are_spaced(text):
    assert is_as_planned(text)


@pytest.mark.parametrize(
    "text", ["", "계획", "2026", "today", "오늘", "계획대로 2026", "unplanned"]
)
def test_nothing_else_is(text):
    assert not is_as_planned(text)


@pytest.mark.parametrize(
    ("period", "ahead"),
    [
        ("2026-11-21", False),
        ("2026-11-22", True),
        ("2026-11", False),
        ("2026-41", False),
        ("2026-12", True),
        ("2027", True),
        ("[..2026-10]", False),
        ("[..2026-12]", True),
        ("[2026-10..]", False),
        ("[2027-10..]", True),
        (None, True),
    ],
)
def test_what_has_not_begun_or_is_only_bounded_by_a_later_day_lies_ahead(planned, period, ahead):
    (m,) = planned(period)
    assert lies_ahead(m, TODAY) is ahead


def test_each_gets_its_own_window_and_what_is_to_come_is_left_out(planned):
    both = planned("2025-06", "2026-35", "2027-10")
    statements = as_planned(both, TODAY, "계획대로", KO)
    assert [(s.facility, str(s.period)) for s in statements] == [
        ("hall-0", "2025-06"),
        ("hall-1", "2026-35"),
    ]
    assert {(s.kind.value, s.phrase, s.reported_on) for s in statements} == {
        ("actual", "계획대로", TODAY)
    }
    line = told(both, TODAY, KO)
    assert "hall-0 개소 2025년 6월, hall-1 개소 2026년 3분기" in line
    assert "빠지는 1건: hall-2 개소 2027년 10월" in line


def test_where_all_are_to_come_they_are_named(planned):
    with pytest.raises(RefusedError) as refusal:
        as_planned(planned("2027-10", None), TODAY, "as planned", EN)
    assert refusal.value.fields["listed"] == "hall-0 opening Oct 2027, hall-1 opening undated"


def test_of_many_the_first_are_named_and_the_rest_counted(planned):
    line = told(planned(*["2025-06"] * 9), date(2026, 1, 1), KO)
    assert line.endswith("외 4건")
