"""An act about what somebody merged or took back since it was put together."""

from dataclasses import replace

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect
from db.model.errors import NotFoundError
from db.read.reader import Reader

WHO = {"by": None, "now": NOW, "today": TODAY}


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path / "t.db") as opened:
        yield opened


def numbers(path):
    connection = connect(path, busy_ms=BUSY_MS)
    try:
        return len(list(Reader(connection).acts())), Reader(connection).totals()
    finally:
        connection.close()


def refused(store, path, about):
    before = numbers(path)
    with pytest.raises(NotFoundError, match="no longer there") as error:
        store.record(about, **WHO)
    assert error.value.code == "gone-meanwhile"
    assert numbers(path) == before


@pytest.mark.parametrize("kind", ["note", "plan", "hold", "set"])
def test_a_facility_that_is_gone_does_not_come_back_without_a_name(store, tmp_path, kind):
    store.record(batch(said("set", "2026-01-01", None, value={"name": "회관"})), **WHO)
    acts = {
        "note": said("note", "2026-01-02", None, value="전화함"),
        "plan": plan("2028", "2026-01-02"),
        "hold": said("hold", "2026-01-02", None, reason="예산"),
        "set": said("set", "2026-01-02", None, value={"city": "김해시"}),
    }
    about = replace(batch(acts[kind]), facilities=())
    store.undo(**WHO)
    refused(store, tmp_path / "t.db", about)


def test_a_milestone_that_is_gone_does_not_come_back_either(store, tmp_path):
    store.record(batch(said("set", "2026-01-01", None, value={"name": "회관"})), **WHO)
    store.record(batch(plan("2027", "2026-01-02")), **WHO)
    store.undo(**WHO)
    about = replace(batch(said("confirm", "2026-01-03")), facilities=(), milestones=())
    refused(store, tmp_path / "t.db", about)


def test_what_the_act_itself_makes_is_there(store):
    store.record(batch(plan("2027", "2026-01-02")), **WHO)
    store.undo(**WHO)
    assert store.record(batch(plan("2028", "2026-01-03")), **WHO).milestones
