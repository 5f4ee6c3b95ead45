"""The log by page: with numbers that say where an update stands, and with gaps between them."""

import sqlite3
from contextlib import closing

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect
from db.model.records import ActKind
from db.read.lists import log_list
from db.read.lists.log_acts import WholeAct
from db.read.lists.log_list import LogFilter
from db.read.reader import Reader

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


@pytest.mark.parametrize("few", [0, 50])
def test_a_search_gives_the_same_walked_and_sorted(asked, monkeypatch, few):
    monkeypatch.setattr(log_list, "_FEW", few)
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


# -- acts in one row -----------------------------------------------------------------------------


@pytest.fixture
def acts(tmp_path):
    """A reader of a store with single acts, two imports, undos and a redo, and all its updates."""
    path = tmp_path / "acts.db"
    with new_store(path) as store:

        def tell(number, kind=ActKind.ACT):
            told = [said("note", "2025-01-04", None, value=str(n)) for n in range(number)]
            store.record(batch(*told), by="김", now=NOW, today=TODAY, kind=kind)

        how = {"by": "김", "now": NOW, "today": TODAY}
        tell(1)
        tell(5, ActKind.IMPORT)
        tell(4)
        tell(3, ActKind.IMPORT)
        store.undo(**how)  # the second import
        tell(2)
        store.undo(**how, act=3)  # the four notes
        store.redo(**how)
        tell(1)
        store.undo(**how)
    connection = connect(path, busy_ms=BUSY_MS)
    yield Reader(connection)
    connection.close()


def rows_of(updates, whole):
    """What the log should show: an update, or of a whole act its number, the newest first."""
    rows = [u.act if u.act in whole else u for u in updates]
    return [row for n, row in enumerate(rows) if n == 0 or row != rows[n - 1]]


def test_what_was_undone_and_the_undoing_are_a_row_each(acts):
    log, everything = acts.log_list, acts.log()[1]
    wanted = rows_of(everything, {4, 5, 7, 8})
    shown = [r.act if isinstance(r, WholeAct) else r for r in _all_of(log)]
    assert shown == wanted
    assert log.total(LogFilter()) == len(wanted)
    assert log.statements(LogFilter()) == len(everything)
    for offset in range(len(wanted) + 1):
        page = log.page(LogFilter(), limit=3, offset=offset)
        assert page == _all_of(log)[offset : offset + 3]
    for update in everything:
        place = log.place(LogFilter(), update.id)
        assert wanted[place] in {update, update.act}


def test_a_row_tells_whose_act_it_takes_back_and_what_was_undone(acts):
    whole = {r.act: r for r in _all_of(acts.log_list) if isinstance(r, WholeAct)}
    told = {n: (w.number, w.of and w.of.id, w.undone) for n, w in whole.items()}
    assert told == {4: (3, None, True), 5: (3, 4, False), 7: (4, 3, False), 8: (4, 3, False)}


def test_a_large_import_in_force_is_one_row_and_opens(acts, monkeypatch):
    monkeypatch.setattr("db.read.lists.log_acts.MANY", 4)
    log = acts.log_list
    assert [r.act for r in _all_of(log) if isinstance(r, WholeAct)] == [8, 7, 5, 4, 2]
    opened = LogFilter(act=2)
    assert log.total(opened) == len(log.page(opened, limit=99, offset=0)) == 5


def _all_of(log):
    return log.page(LogFilter(), limit=99, offset=0)
