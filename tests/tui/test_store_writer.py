"""The store stays open between acts, as long as it is the one that is there."""

import shutil
import sqlite3

import pytest
from stage import BATCH, LIBRARY, ROBOT, page, press, record, until

from db.model.errors import NoStoreError, StoreError
from db.model.records import Batch, Statement, UpdateKind
from db.write.store import Store
from tracker.app.workspace import Workspace
from tracker.tui.session.store_writer import StoreWriter


def note(office, text, facility=ROBOT):
    said = Statement(facility, None, UpdateKind.NOTE, office.today, value=text)
    return Batch((said,), (), ())


def notes(office, facility=ROBOT):
    said = page(office, facility).updates
    return [u.value for u in said if u.kind is UpdateKind.NOTE]


@pytest.fixture
def writer(filled):
    writer = StoreWriter(filled)
    yield writer
    writer.close_store()


@pytest.fixture
def openings(monkeypatch):
    """How often the store was opened for writing."""
    opened = []
    real = Store.open.__func__

    def counting(cls, path, **more):
        opened.append(path)
        return real(cls, path, **more)

    monkeypatch.setattr(Store, "open", classmethod(counting))
    return opened


def test_it_is_opened_once(writer, filled, openings):
    writer.record(note(filled, "하나"))
    writer.record(note(filled, "둘"))
    writer.undo()
    writer.redo()
    assert len(openings) == 1
    assert notes(filled) == ["둘", "하나"]


def test_another_file_in_its_place_is_opened_anew(writer, filled, tmp_path, openings):
    writer.record(note(filled, "하나"))
    other = Workspace(tmp_path / "other.db", filled.today, filled.config, filled.words)
    record(other, BATCH)
    shutil.move(other.path, filled.path)
    for beside in ("-wal", "-shm"):
        filled.path.with_name(filled.path.name + beside).unlink(missing_ok=True)
    writer.record(note(filled, "둘"))
    assert notes(filled) == ["둘"]
    assert openings.count(filled.path) == 2


def test_one_that_is_gone_is_not_written_any_more(writer, filled):
    writer.record(note(filled, "하나"))
    filled.path.unlink()
    with pytest.raises(NoStoreError):
        writer.undo()


def test_one_that_a_newer_version_has_changed_meanwhile_is_refused(writer, filled):
    writer.record(note(filled, "하나"))
    newer = sqlite3.connect(filled.path)
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()
    with pytest.raises(StoreError, match="newer"):
        writer.record(note(filled, "둘"))
    assert notes_of(filled.path) == 1


def notes_of(path):
    connection = sqlite3.connect(path)
    try:
        sql = "SELECT count(*) FROM status_update WHERE kind = 'note'"
        return connection.execute(sql).fetchone()[0]
    finally:
        connection.close()


def test_after_a_failure_it_is_opened_anew(writer, filled, openings, monkeypatch):
    writer.record(note(filled, "하나"))

    def fail(*_, **__):
        raise StoreError("broken")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "record", fail)
        with pytest.raises(StoreError):
            writer.record(note(filled, "둘"))
    writer.record(note(filled, "셋"))
    assert len(openings) == 2
    assert notes(filled) == ["셋", "하나"]


def test_the_first_act_makes_the_store(office):
    writer = StoreWriter(office)
    assert not office.exists
    writer.record(BATCH)
    assert page(office, LIBRARY).summary.facility.name == "강변도서관"
    writer.close_store()


async def test_the_screens_let_go_of_it_at_the_end(opened, filled, monkeypatch):
    closed = []

    def close(self):
        closed.append(self)

    monkeypatch.setattr(Store, "close", close)
    async with opened() as pilot:
        await press(pilot, "v")
        await until(pilot, lambda: pilot.app.session._store is not None)  # noqa: SLF001 - what is held
        assert closed == []
    assert len(closed) == 1
