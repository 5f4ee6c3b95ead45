"""The same statement by the same person within a day is recorded once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from making import NOW, TODAY, batch, new_store, plan, said

from db.model.period import Period
from db.model.records import Batch, Source

DAY = TODAY.isoformat()
SAID = {
    "plan": plan("2027-06", DAY),
    "undated": said("plan", DAY, value={"undated": True}),
    "baseline": said("baseline", DAY, period=Period.parse("2027"), reason="재승인"),
    "actual": said("actual", DAY, period=Period.parse(DAY)),
    "hold": said("hold", DAY, reason="예산"),
    "cancel": said("cancel", DAY, reason="취소"),
    "confirm": said("confirm", DAY),
    "note": said("note", DAY, value="전화함"),
    "snooze": said("set", DAY, value={"snoozed_until": "2026-12-24"}, reason="회의 뒤"),
    "progress": said("progress", DAY, None, value={"planned": 50, "actual": 45}),
    "confidence": said("set", DAY, None, value={"confidence": "red", "confidence_note": None}),
    "hold of all": said("hold", DAY, None, reason="예산"),
}


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path / "tracker.db") as store:
        yield store


@pytest.fixture(autouse=True)
def hall(store):
    """A hall with a plan of last month, by somebody else."""
    known = (plan("2026-12", "2026-10-02"), plan("2026-10", "2026-10-02", "completion"))
    store.record(batch(*known), by="Lee", now=NOW - timedelta(days=40), today=TODAY)


def say(store, *statements, by="김주무관", after=timedelta()):
    return store.record(Batch(statements), by=by, now=NOW + after, today=TODAY)


def number_of_updates(store):
    with store.reading() as reader:
        return reader.log()[0]


@pytest.mark.parametrize("what", SAID)
def test_what_is_said_twice_is_recorded_once(store, what):
    first = say(store, SAID[what])
    before = number_of_updates(store)
    again = say(store, SAID[what], after=timedelta(hours=23))
    assert (again.act, again.updates, again.repeated) == (first.act, (), first.updates)
    assert number_of_updates(store) == before


@pytest.mark.parametrize("what", SAID)
def test_another_person_or_another_day_says_something_new(store, what):
    statement = SAID[what]
    say(store, statement)
    if what not in {"hold", "cancel", "hold of all"}:  # which make no sense twice
        assert say(store, statement, by="Lee").updates
        assert say(store, statement, by=None).updates
        assert not say(store, statement, by="").updates, "who has no name is nobody"
        assert say(store, statement, after=timedelta(hours=24, seconds=1)).updates


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "까닭"},
        {"action": "야간 작업"},
        {"source": Source(title="회의")},
        {"evidence": ("a.pdf",)},
        {"period": Period.parse("2027-07")},
        {"period": Period.parse("2027-06~")},
        {"milestone": "completion"},
        {"reported_on": TODAY - timedelta(days=1)},
    ],
)
def test_whatever_differs_is_recorded(store, change):
    say(store, SAID["plan"])
    assert say(store, replace(SAID["plan"], **change)).updates


def test_the_words_in_which_a_period_was_typed_make_no_difference(store):
    say(store, replace(SAID["plan"], phrase="내년 6월"))
    assert not say(store, replace(SAID["plan"], phrase="2027.6")).updates


@pytest.mark.parametrize(
    ("first", "between"),
    [
        ("plan", plan("2028", DAY)),
        ("plan", said("baseline", DAY, period=Period.parse("2028"), reason="재승인")),
        ("confirm", plan("2028", DAY)),
        ("snooze", plan("2028", DAY)),
        ("confidence", said("set", DAY, None, value={"confidence": "green"})),
        ("progress", said("progress", DAY, None, value={"actual": 46})),
        ("note", said("note", DAY, value="다시 전화함")),
    ],
)
def test_what_something_else_was_said_after_can_be_said_again(store, first, between):
    say(store, SAID[first])
    say(store, between, by="Lee")
    assert say(store, SAID[first]).updates


@pytest.mark.parametrize(
    ("first", "between"),
    [
        ("plan", SAID["note"]),
        ("plan", said("confirm", DAY)),
        ("plan", plan("2028", DAY, "completion")),
        ("confirm", SAID["note"]),
        ("confidence", said("set", DAY, None, value={"owner": "이주무관"})),
    ],
)
def test_what_changes_nothing_about_it_lets_it_be_a_repetition(store, first, between):
    say(store, SAID[first])
    say(store, between, by="Lee")
    assert not say(store, SAID[first]).updates


def test_what_was_taken_back_can_be_said_again(store):
    say(store, SAID["plan"])
    store.undo(by="김주무관", now=NOW, today=TODAY)
    assert say(store, SAID["plan"]).updates


def test_another_plan_that_was_taken_back_stands_in_no_way(store):
    say(store, SAID["plan"])
    say(store, plan("2028", DAY))
    store.undo(by="김주무관", now=NOW, today=TODAY)
    assert not say(store, SAID["plan"]).updates


def test_of_several_statements_the_new_ones_are_recorded(store):
    say(store, SAID["confirm"])
    both = say(store, SAID["confirm"], said("confirm", DAY, "completion"))
    assert [u.milestone for u in both.updates] == ["completion"]
    assert [u.milestone for u in both.repeated] == ["opening"]


def test_a_repetition_is_looked_for_before_checks_refuse_it(store):
    def refuse(_):
        raise AssertionError

    say(store, SAID["actual"])
    twice = Batch((SAID["actual"],), checks=(refuse,))
    assert not store.record(twice, by="김주무관", now=NOW, today=TODAY).updates


@pytest.mark.parametrize("title", [" 회의록\u200b ", "가" * 2001])
def test_a_source_is_compared_as_it_is_kept(store, title):
    statement = replace(SAID["plan"], source=Source(title=title))
    say(store, statement)
    assert say(store, statement).repeated


def test_who_leaves_the_reason_out_when_saying_it_again_says_nothing_new(store):
    """Otherwise the newest plan would stand without the reason that was given for it."""
    full = replace(SAID["plan"], reason="자재", action="야간 작업", source=Source(title="회의"))
    first = say(store, full)
    for less in (SAID["plan"], replace(full, action=None), replace(full, source=None)):
        again = say(store, less)
        assert (again.updates, again.repeated) == ((), first.updates)
    assert say(store, replace(full, reason="민원")).updates, "another reason is new"


def test_who_adds_the_reason_when_saying_it_again_says_something_new(store):
    say(store, SAID["plan"])
    assert say(store, replace(SAID["plan"], reason="자재")).updates
