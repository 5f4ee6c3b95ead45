"""A search finds the same by the full-text index and by looking at names one by one."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect
from db.model.records import ActKind
from db.read.lists import ordering, scan_search
from db.read.reader import Filter
from db.schema.search_columns import grams, match_query

LETTERS = "로봇리퍼브센터ㄱㅎㅅaAbé1 2-·()ßü김αの館"
TEXTS = st.text(LETTERS, max_size=12)


@pytest.fixture(scope="module")
def index():
    """A full-text index like that of a store."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE facility_search"
        ' USING fts5(grams, tokenize="unicode61 remove_diacritics 0")'
    )
    yield connection
    connection.close()


@given(names=st.lists(TEXTS, min_size=1, max_size=4), typed=TEXTS)
def test_a_name_fits_at_sight_if_the_index_finds_it(index, names, typed):
    index.execute("DELETE FROM facility_search")
    rows = [(number, grams([name])) for number, name in enumerate(names)]
    index.executemany("INSERT INTO facility_search (rowid, grams) VALUES (?, ?)", rows)
    query = match_query(typed)
    found = set()
    if query is not None:
        sql = "SELECT rowid FROM facility_search WHERE facility_search MATCH ?"
        found = {number for (number,) in index.execute(sql, (query,))}
    fits, values = scan_search.condition(typed, ":number")
    seen = {
        number
        for number, _ in rows
        if index.execute(f"SELECT {fits}", values | {"number": number}).fetchone()[0]
    }
    assert seen == found


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """What statements a list runs in a store of 60 centres and 40 halls."""
    path = tmp_path_factory.mktemp("search") / "t.db"
    names = [(f"f{n}", f"{n}호 {'센터' if n % 5 < 3 else '회관'}") for n in range(100)]
    with new_store(path) as store:
        store.record(
            batch(
                *(said("set", "2024-01-01", None, slug, value={"name": n}) for slug, n in names),
                *(plan("2030", "2024-01-01", facility=slug) for slug, _ in names),
            ),
            by=None,
            now=NOW,
            today=TODAY,
            kind=ActKind.IMPORT,
        )
    connection = connect(path, busy_ms=BUSY_MS)

    def ask(text, **window):
        run = []
        connection.set_trace_callback(run.append)
        found = list(ordering.ids(connection, TODAY, 30, Filter(search=text), **window))
        connection.set_trace_callback(None)
        return found, any("MATCH" in sql and "milestone" in sql for sql in run)

    yield ask
    connection.close()


@pytest.mark.parametrize(("offset", "limit"), [(0, 10), (10, 10), (55, 10), (70, 5), (0, 0)])
def test_the_first_of_very_many_are_met_without_the_index(asked, monkeypatch, offset, limit):
    whole, by_index = asked("센터")
    assert by_index
    assert len(whole) == 60
    monkeypatch.setattr(scan_search, "_WORTH", 1)
    page, by_index = asked("센터", offset=offset, limit=limit)
    assert page == whole[offset : offset + limit]
    assert not by_index


def test_the_few_are_found_by_the_index(asked):
    page, by_index = asked("37호", limit=10)
    assert len(page) == 1
    assert by_index


def test_what_is_rare_at_the_beginning_is_found_by_the_index(asked, monkeypatch):
    whole, _ = asked("센터")
    monkeypatch.setattr(scan_search, "_WORTH", 1)
    monkeypatch.setattr(scan_search, "LOOKED_AT", 20)
    page, by_index = asked("센터", offset=5, limit=20)
    assert page == whole[5:25]
    assert by_index
