"""How many milestones need a word, counted by the store and by the rule that reads each."""

from collections import Counter
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import BUSY_MS, NOW, TODAY, batch, days, new_store, statements

from db.engine.connect import connect
from db.read.reader import Reader
from db.read.reviews import Opening
from tracker.domain.limits import Limits
from tracker.domain.review import read_needs, read_queue

FACILITIES = ("hall", "hall-2", "나래")
said_of_some = st.lists(st.sampled_from(FACILITIES).flatmap(statements), min_size=1, max_size=20)


@pytest.fixture
def filled(tmp_path):
    """Makes a store of acts, and opens a check of some of what needs a word on a day."""
    numbers, opened = count(), []

    def made(acts, day, asked):
        path = tmp_path / f"{next(numbers)}.db"
        with new_store(path) as store:
            for n, act in enumerate(acts):
                now = NOW + timedelta(hours=n)
                store.record(batch(*act), by=None, now=now, today=TODAY, as_reported=True)
            connection = connect(path, busy_ms=BUSY_MS)
            opened.append(connection)
            reader = Reader(connection)
            queue = tuple(q.key for q in read_queue(reader, day, Limits()))[:asked]
            if queue:
                store.review(Opening("2026-W47", day, queue), by=None, now=NOW)
        return reader, {key[:2] for key in queue}

    yield made
    for connection in opened:
        connection.close()


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    acts=st.lists(said_of_some, min_size=1, max_size=3),
    day=days(2017, 2029) | st.sampled_from([date.min, date.max]),
    asked=st.integers(0, 3),
)
def test_they_are_as_many_as_are_in_the_queue(filled, acts, day, asked):
    reader, in_check = filled(acts, day, asked)
    queue = read_queue(reader, day, Limits())
    assert read_needs(reader, day, Limits()) == Counter(q.need for q in queue)
    others = Counter(q.need for q in queue if q.key[:2] not in in_check)
    if in_check:
        assert read_needs(reader, day, Limits(), 1) == others
