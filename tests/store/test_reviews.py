"""The record of a weekly check: written with its acts, opened by undo, never decided twice."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect
from db.model.errors import NotFoundError, RefusedError, StoreError
from db.model.records import Batch, Source
from db.model.review_reasons import Answering, Need
from db.read.reader import Reader
from db.read.reviews import Closing, Opening, Skip, Teller
from db.upkeep.doctor import examine
from db.write.store import Store

QUEUE = (
    ("hall", "completion", Need.OVERDUE_UNCONFIRMED),
    ("hall", "opening", Need.STALE),
)
OPENING = Opening("2026-W47", TODAY, QUEUE, Source(publisher="김주무관", title="주간회의"))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "t.db"
    with new_store(path) as store:
        store.record(
            batch(plan("2026-03", "2025-01-01", "completion"), plan("2027", "2025-01-01")),
            by=None,
            now=NOW,
            today=TODAY,
        )
    return path


@pytest.fixture
def store(path):
    with Store.open(path, busy_ms=BUSY_MS) as store:
        yield store


@pytest.fixture
def ask(path):
    def ask(question):
        connection = connect(path, busy_ms=BUSY_MS)
        try:
            return question(Reader(connection).reviews)
        finally:
            connection.close()

    return ask


def confirming(position, seen, milestone="completion"):
    statement = said("confirm", TODAY.isoformat(), milestone)
    return Batch((statement,), answering=Answering(1, position, seen))


def record(store, what, by="김주무관", later=0):
    return store.record(what, by=by, now=NOW + timedelta(seconds=later), today=TODAY)


def step(store, what, by="김주무관", later=0):
    return store.review(what, by=by, now=NOW + timedelta(seconds=later))


def test_a_check_holds_what_is_asked_in_which_order_and_who_says_so(store, ask):
    assert step(store, OPENING) == 1
    (review,) = ask(lambda r: r.heads())
    assert (review.week, review.day, review.opened_by) == ("2026-W47", TODAY, "김주무관")
    assert review.opened_at == NOW
    assert review.closed_at is None
    assert review.source == Source(publisher="김주무관", title="주간회의")
    asked = ask(lambda r: r.asked(1))
    assert [(a.position, a.facility, a.milestone, a.need) for a in asked] == [
        (1, *QUEUE[0]),
        (2, *QUEUE[1]),
    ]
    assert [m.slug for m in ask(lambda r: list(r.milestones(1)))] == ["completion", "opening"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE review SET day = '2026-02-30'",
        "UPDATE review_item SET need = 'x'",
        "UPDATE review_item SET skipped_at = 9e18",
    ],
)
def test_a_check_that_the_program_did_not_write_is_damage(path, store, ask, sql):
    step(store, OPENING)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA ignore_check_constraints = ON")
    raw.execute(sql)
    raw.commit()
    raw.close()
    with pytest.raises(StoreError, match="damaged"):
        ask(lambda r: (r.heads(), r.asked(1)))


def test_opening_again_goes_on_and_adds_what_is_new_at_the_end(store, ask):
    step(store, replace(OPENING, queue=QUEUE[1:]))
    assert step(store, replace(OPENING, source=None)) == 1
    assert [a.milestone for a in ask(lambda r: r.asked(1))] == ["opening", "completion"]
    assert ask(lambda r: r.heads())[0].source is not None, "who says so is remembered"


def test_another_week_closes_what_was_left_open(store, ask):
    step(store, OPENING)
    assert step(store, replace(OPENING, week="2026-W48"), later=60) == 2
    newest, older = ask(lambda r: r.heads())
    assert (newest.week, newest.closed_at) == ("2026-W48", None)
    assert older.closed_at == NOW + timedelta(seconds=60)


def test_an_act_and_its_item_are_written_together(store, ask):
    step(store, OPENING)
    receipt = record(store, confirming(1, 1))
    assert [a.acts for a in ask(lambda r: r.asked(1))] == [(receipt.act.id,), ()]
    assert [u.act for u in ask(lambda r: list(r.said(1)))] == [receipt.act.id]


def test_an_act_that_is_refused_decides_nothing(store, ask):
    step(store, OPENING)
    with pytest.raises(RefusedError):
        record(store, Batch((said("hold", TODAY.isoformat()),), answering=Answering(1, 1, 1)))
    assert [a.acts for a in ask(lambda r: r.asked(1))] == [(), ()]


def test_an_undone_act_is_no_decision_until_it_is_redone(store, ask):
    step(store, OPENING)
    act = record(store, confirming(1, 1)).act.id
    record(store, batch(said("note", TODAY.isoformat(), value="다른 일")))
    store.undo(by=None, now=NOW, today=TODAY, act=act)
    (update,) = ask(lambda r: list(r.said(1)))
    assert update.retracted_by is not None, "the one that was named, not the newest"
    store.redo(by=None, now=NOW, today=TODAY)
    (update,) = ask(lambda r: list(r.said(1)))
    assert update.retracted_by is None


def test_an_act_cannot_be_undone_twice(store):
    act = record(store, batch(said("confirm", TODAY.isoformat()))).act.id
    store.undo(by=None, now=NOW, today=TODAY, act=act)
    with pytest.raises(RefusedError, match="nothing to undo"):
        store.undo(by=None, now=NOW, today=TODAY, act=act)


def test_what_another_just_said_of_an_item_has_to_be_seen_first(store, ask):
    step(store, OPENING)
    seen = ask(lambda r: r.newest(1))[1]
    record(store, confirming(1, seen), by="박팀장")
    with pytest.raises(RefusedError, match="박팀장") as refused:
        record(store, confirming(1, seen))
    assert refused.value.code == "review-moved"
    with pytest.raises(RefusedError):
        step(store, Skip(Answering(1, 1, seen)))
    assert len(ask(lambda r: r.asked(1))[0].acts) == 1
    record(store, confirming(1, ask(lambda r: r.newest(1))[1]))
    assert len(ask(lambda r: r.asked(1))[0].acts) == 2, "knowingly it may be decided anew"


@pytest.mark.parametrize(
    ("other", "moves"),
    [
        (said("note", TODAY.isoformat(), "completion", value="여기"), True),
        (said("hold", TODAY.isoformat(), None, reason="예산"), True),
        (said("note", TODAY.isoformat(), None, value="시설 전체"), False),
        (said("confirm", TODAY.isoformat(), "opening"), False),
    ],
    ids=["the milestone", "a hold of the facility", "a note on the facility", "another milestone"],
)
def test_only_what_concerns_the_milestone_counts_as_news(store, ask, other, moves):
    step(store, OPENING)
    seen = ask(lambda r: r.newest(1))[1]
    record(store, batch(other), by="박팀장")
    if moves:
        with pytest.raises(RefusedError, match="박팀장"):
            record(store, confirming(1, seen))
    else:
        record(store, confirming(1, seen))


def test_an_item_is_skipped_and_taken_up_again(store, ask):
    step(store, OPENING)
    item = Answering(1, 2, ask(lambda r: r.newest(1))[2])
    step(store, Skip(item), later=5)
    skipped = ask(lambda r: r.asked(1))[1]
    assert (skipped.skipped_at, skipped.skipped_by) == (NOW + timedelta(seconds=5), "김주무관")
    step(store, Skip(item, back=True))
    skipped = ask(lambda r: r.asked(1))[1]
    assert (skipped.skipped_at, skipped.skipped_by) == (None, None)


def test_who_says_so_can_change(store, ask):
    step(store, OPENING)
    step(store, Teller(1, Source(publisher="박팀장")))
    assert ask(lambda r: r.heads())[0].source == Source(publisher="박팀장")
    step(store, Teller(1, None))
    assert ask(lambda r: r.heads())[0].source is None


def test_a_closed_check_takes_no_more_until_it_is_opened_again(store, ask):
    step(store, OPENING)
    step(store, Closing(1), by="박팀장", later=9)
    (review,) = ask(lambda r: r.heads())
    assert (review.closed_at, review.closed_by) == (NOW + timedelta(seconds=9), "박팀장")
    for what in (lambda: record(store, confirming(1, 1)), lambda: step(store, Closing(1))):
        with pytest.raises(RefusedError, match="closed") as refused:
            what()
        assert refused.value.code == "review-closed"
    step(store, OPENING)
    record(store, confirming(1, 1))


def test_what_is_not_there_is_named(store):
    with pytest.raises(NotFoundError, match="no check 7"):
        step(store, Closing(7))
    step(store, OPENING)
    with pytest.raises(NotFoundError, match="no item 9"):
        record(store, confirming(9, 1))


def test_the_clock_may_be_set_back(store, ask):
    step(store, OPENING)
    step(store, Closing(1), later=-3600)
    assert ask(lambda r: r.heads())[0].closed_at == NOW


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE review SET week = 'soon'",
        "UPDATE review SET closed_by = 'x'",
        "UPDATE review SET closed_at = opened_at - 1",
        "UPDATE review_item SET need = 'curiosity'",
        "UPDATE review_item SET skipped_by = 'x'",
        "UPDATE review_item SET position = 0 WHERE position = 1",
        "UPDATE review_item SET milestone_id = 1",
    ],
)
def test_the_schema_refuses_nonsense(path, store, sql):
    step(store, OPENING)
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(sql)
    raw.close()


def test_the_doctor_finds_nothing_wrong_in_a_check(path, store):
    step(store, OPENING)
    act = record(store, confirming(1, 1)).act.id
    store.undo(by=None, now=NOW, today=TODAY, act=act)
    step(store, Closing(1))
    assert not list(examine(path, busy_ms=BUSY_MS))


def _decide(path, position, start, told):
    with Store.open(path, busy_ms=20_000) as store:
        start.wait()
        try:
            record(store, confirming(position, 1), by=str(os.getpid()))
        except RefusedError as error:
            told.put(error.code)
        else:
            told.put("decided")


def test_of_two_processes_that_decide_at_once_one_learns_of_the_other(path, store, ask):
    step(store, OPENING)
    processes = multiprocessing.get_context("spawn")
    start, told = processes.Event(), processes.Queue()
    both = [processes.Process(target=_decide, args=(path, 1, start, told)) for _ in range(2)]
    for process in both:
        process.start()
    start.set()
    assert sorted(told.get(timeout=60) for _ in both) == ["decided", "review-moved"]
    for process in both:
        process.join()
    assert len(ask(lambda r: r.asked(1))[0].acts) == 1


def test_killed_in_the_middle_nothing_that_was_acknowledged_is_lost(path, store, ask):
    """A process decides and notes item after item, and is killed with SIGKILL while it does."""
    step(store, OPENING)
    code = textwrap.dedent(
        f"""
        import sys; sys.path[:0] = {[p for p in sys.path if p]!r}
        from pathlib import Path
        from test_reviews import *
        with Store.open(Path({str(path)!r}), busy_ms=BUSY_MS) as store:
            seen = 1
            while True:
                receipt = record(store, confirming(1, seen))
                seen = receipt.updates[-1].id
                print(receipt.act.id, flush=True)
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.path.dirname(__file__)},  # noqa: PTH120 - a string is wanted
    )
    told = [int(process.stdout.readline()) for _ in range(3)]
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    told += [int(line) for line in process.stdout]
    process.wait()
    process.stdout.close()
    acts = ask(lambda r: r.asked(1))[0].acts
    assert set(told) <= set(acts)
    assert len(acts) <= len(told) + 1, "at most one that was written but not yet told"
    assert sorted(acts) == sorted({u.act for u in ask(lambda r: list(r.said(1)))})
    assert not list(examine(path, busy_ms=BUSY_MS))
    raw = sqlite3.connect(path)
    alone = raw.execute(
        "SELECT count(*) FROM act a JOIN status_update u ON u.act_id = a.id"
        " WHERE u.kind = 'confirm' AND a.id NOT IN (SELECT act_id FROM review_act)"
    ).fetchone()
    raw.close()
    assert alone == (0,), "no act of the check without the item that it decided"
