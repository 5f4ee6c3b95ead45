"""The log by page: with numbers that say where an update stands, and with gaps between them."""

import sqlite3
from contextlib import closing

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan

from db import at_sight
from db.connect import connect
from db.log_list import LogFilter
from db.reader import Reader
from db.records import ActKind

MANY = 60


@pytest.fixture(params=["whole", "with gaps"])
def asked(request, tmp_path):
    """A reader of a log, and how many rows of it SQLite looks at."""
    path = tmp_path / "t.db"
    said = [plan(f"20{30 + n % 20}", "2024-01-01", facility=f"hall-{n}") for n in range(MANY)]
    with new_store(path) as store:
        store.record(batch(*said), by=None, now=NOW, today=TODAY, kind=ActKind.IMPORT)
    if request.param == "with gaps":
        with closing(sqlite3.connect(path)) as beside:
            for number in (7, 8, 30):
                beside.execute("DELETE FROM status_update WHERE id = ?", (number,))
            beside.execute("UPDATE tally SET number = number - 3 WHERE name = 'update'")
            beside.commit()
    connection = connect(path, busy_ms=BUSY_MS)
    yield Reader(connection)
    connection.close()


def test_every_page_total_and_place_is_that_of_the_whole_log(asked):
    whole = list(asked.everything())[::-1]
    log = asked.log_list
    assert log.total(LogFilter()) == len(whole)
    for offset in range(0, len(whole) + 2, 7):
        assert log.page(LogFilter(), limit=9, offset=offset) == whole[offset : offset + 9]
    for place, update in enumerate(whole):
        assert log.place(LogFilter(), update.id) == place


def test_a_narrowed_log_is_the_whole_one_narrowed(asked):
    whole = list(asked.everything())[::-1]
    log, wanted = asked.log_list, LogFilter(facility=whole[5].facility)
    assert log.total(wanted) == 1
    assert log.page(wanted, limit=9, offset=0) == [whole[5]]
    assert log.place(wanted, whole[5].id) == 0


@pytest.mark.parametrize("worth", [-1, 12.5])
def test_a_search_gives_the_same_by_the_index_and_at_sight(asked, monkeypatch, worth):
    monkeypatch.setattr(at_sight, "_WORTH", worth)
    log, wanted = asked.log_list, LogFilter(search="hall 1")
    fitting = [u for u in list(asked.everything())[::-1] if u.facility.startswith("hall-1")]
    assert log.total(wanted) == len(fitting) == 11
    assert log.page(wanted, limit=4, offset=3) == fitting[3:7]
    assert log.place(wanted, fitting[5].id) == 5


def test_an_empty_log_has_no_page(tmp_path):
    new_store(tmp_path / "t.db").close()
    connection = connect(tmp_path / "t.db", busy_ms=BUSY_MS)
    log = Reader(connection).log_list
    assert log.total(LogFilter()) == 0
    assert log.page(LogFilter(), limit=9, offset=0) == []
    connection.close()
