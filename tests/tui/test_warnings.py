"""What is odd about a facility is told in a few sentences, however many steps it has."""

from datetime import date
from itertools import count

from making import NOW, TODAY, new_store
from work import calls_of

from db.engine.connect import connect
from db.model.period import Period
from db.model.records import Batch, Kind, NewFacility, NewMilestone, Source, Statement, UpdateKind
from db.read.reader import Reader
from tracker.domain.board import read_facility
from tracker.domain.limits import Limits
from tracker.tui.facility.warnings import findings
from tracker.words import Words

KINDS = (Kind.GROUNDBREAKING, Kind.COMPLETION, Kind.OPENING)
NUMBERS = count()


def page_of(folder, steps):
    """A page of steps, each of which two sources contradict, and all in the wrong order."""
    path = folder / f"{next(NUMBERS)}.db"
    said = [
        Statement(
            "hall",
            f"{kind.value}-{n}",
            UpdateKind.PLAN,
            date(2025, 1, 1),
            period=Period.parse(f"{2040 - 2 * place + shift}"),
            source=Source(publisher=f"신문 {shift}"),
        )
        for n in range(steps)
        for place, kind in enumerate(KINDS)
        for shift in (0, 1)
    ]
    made = [NewMilestone("hall", f"{k.value}-{n}", k) for n in range(steps) for k in KINDS]
    with new_store(path) as store:
        whole = Batch(tuple(said), (NewFacility("hall"),), tuple(made))
        store.take_in(whole, by=None, now=NOW, today=TODAY)
    connection = connect(path, busy_ms=1000)
    try:
        return read_facility(Reader(connection), "hall", TODAY, Limits())
    finally:
        connection.close()


def told(page, lang="ko"):
    return findings(page, Words(lang), 500).plain.split("\n")


def test_a_few_are_told_and_that_there_are_more(tmp_path):
    few = told(page_of(tmp_path, 1))
    assert [line.count("!") for line in few] == [1] * 6  # three pairs and three contradictions
    many = page_of(tmp_path, 20)
    for lang, last in (("ko", "! 이 밖에도 더 있습니다"), ("en", "! and there are more")):
        lines = told(many, lang)
        assert len(lines) == 21
        assert lines[-1] == last


def test_four_times_the_steps_take_about_four_times_the_work(tmp_path):
    small, large = page_of(tmp_path, 50), page_of(tmp_path, 200)
    told(small)
    assert calls_of(lambda: told(large)) < 5 * calls_of(lambda: told(small))
