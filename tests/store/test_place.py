"""A file that is put where a store is looked for: alone, whole, and nobody's acts lost."""

import fcntl
import os
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

import db.upkeep.placement
from db.engine.connect import connect, open_file
from db.engine.notices import listening
from db.model.errors import BusyError, StoreError
from db.read.reader import Reader
from db.upkeep.atomic_create import atomic_create
from db.upkeep.backup import AUTOMATIC, back_up, back_up_before
from db.upkeep.doctor import examine
from db.upkeep.migrate import create
from db.upkeep.restore import restore
from db.write.store import Store

LEFT = {"-wal": b"a log", "-journal": b"a journal", "-shm": b"an index"}


def record(store, by):
    store.record(batch(plan("2027", "2026-01-02")), by=by, now=NOW, today=TODAY)


def write(path, by):
    with Store.open(path, busy_ms=BUSY_MS) as store:
        record(store, by)


def authors(path):
    with closing(connect(path, busy_ms=BUSY_MS)) as connection:
        return [act.by for act in Reader(connection).acts()]


@contextmanager
def noted():
    told = []
    with listening(lambda notice: told.append(notice.fields)):
        yield told


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "office" / "t.db"
    path.parent.mkdir()
    return path


@pytest.fixture
def copy(tmp_path):
    """A backup with one act."""
    with new_store(tmp_path / "other.db") as store:
        record(store, "copied")
    back_up(tmp_path / "other.db", tmp_path / "copy.bak", busy_ms=BUSY_MS)
    return tmp_path / "copy.bak"


def make_beside(path, _):
    with atomic_create(path, busy_ms=BUSY_MS) as store:
        record(store, "made")


WAYS = {
    "create": lambda path, _: create(path, busy_ms=BUSY_MS),
    "made beside": make_beside,
    "restored": lambda path, copy: restore(path, copy, busy_ms=BUSY_MS),
    "backed up": lambda path, copy: back_up(copy, path, busy_ms=BUSY_MS),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_left_beside_a_name_is_kept_and_told_of(path, copy, way):
    for suffix, content in LEFT.items():
        path.with_name(f"t.db{suffix}").write_bytes(content)
    with noted() as told:
        WAYS[way](path, copy)
    kept = {p.name: p.read_bytes() for p in path.with_name("backups").iterdir()}
    assert sorted(kept.values()) == [b"a journal", b"a log"]
    assert [t["kept"].rpartition("/")[2] for t in told] == sorted(kept)
    assert all(name.endswith(("-left-beside.bak-wal", "-left-beside.bak-journal")) for name in kept)
    assert examine(path, busy_ms=BUSY_MS) == []
    write(path, "after")
    assert "after" in authors(path)


@pytest.mark.parametrize("way", WAYS)
def test_an_empty_log_is_no_matter(path, copy, way):
    path.with_name("t.db-wal").touch()
    path.with_name("t.db-shm").write_bytes(b"an index")
    with noted() as told:
        WAYS[way](path, copy)
    assert told == []
    assert not path.with_name("backups").exists()


def test_a_backup_over_a_store_in_use_keeps_that_store(path, copy):
    """Its log holds acts; it is kept with them."""
    with new_store(path) as store:
        record(store, "kim")
        back_up(copy, path, busy_ms=BUSY_MS)
        with pytest.raises(StoreError, match="replaced"):
            record(store, "into the old file")
    assert authors(path) == ["copied"]
    (kept,) = path.parent.glob("backups/*-before-backup.bak")
    assert authors(kept) == ["kim"]


def test_a_store_in_which_somebody_writes_is_not_replaced(path, copy):
    with new_store(path) as store:
        record(store, "kim")
        held = open_file(path)
        held.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError):
            back_up(copy, path, busy_ms=100)
        held.close()
        record(store, "lee")
    assert authors(path) == ["kim", "lee"]


@pytest.mark.parametrize("fails", ["rename", "name of the log", "second name"])
def test_a_file_that_cannot_be_replaced_is_as_it_was_with_its_log(path, copy, monkeypatch, fails):
    with new_store(path) as store:
        record(store, "kim")

        real = Path.replace

        def fail(*_, **__):
            raise OSError(28, "No space left on device")

        def replace(file, target):
            return fail() if target == path else real(file, target)

        places = {
            "rename": ("pathlib.Path.replace", replace),
            "name of the log": ("pathlib.Path.rename", fail),
            "second name": ("db.upkeep.placement.keep_as_is", fail),
        }
        with monkeypatch.context() as broken:
            broken.setattr(*places[fails])
            with pytest.raises(StoreError, match="No space"):
                back_up(copy, path, busy_ms=BUSY_MS)
        assert authors(path) == ["kim"]
        record(store, "lee")
        assert authors(path) == ["kim", "lee"]
    assert examine(path, busy_ms=BUSY_MS) == []


@pytest.mark.parametrize("how", ["moved", "deleted", "replaced"])
def test_no_act_is_recorded_in_a_file_that_its_path_does_not_lead_to(path, copy, how):
    moved = path.with_name("moved.db")
    with new_store(path) as store:
        record(store, "kim")
        path.rename(moved) if how != "deleted" else path.unlink()
        if how == "replaced":
            restore(path, copy, busy_ms=BUSY_MS)
        with pytest.raises(StoreError) as caught:
            record(store, "lee")
        assert caught.value.code == "store-moved"
    if how == "replaced":
        assert authors(path) == ["copied"]
        (left,) = path.with_name("backups").glob("*-wal")
        moved.rename(left.with_name(left.name.removesuffix("-wal")))
        assert authors(left.with_name(left.name.removesuffix("-wal"))) == ["kim"]


def test_a_store_that_is_moved_during_an_act_does_not_acknowledge_it(path, monkeypatch):
    """Between the end of the transaction and the answer."""
    with new_store(path) as store:
        real = Store.transaction

        @contextmanager
        def moving(self):
            with real(self) as write:
                yield write
                path.rename(path.with_name("moved.db"))

        monkeypatch.setattr(Store, "transaction", moving)
        with pytest.raises(StoreError) as caught:
            record(store, "kim")
    assert caught.value.code == "store-moved"


def test_stores_are_put_into_a_folder_one_after_the_other(path, copy):
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        for way in ("create", "made beside", "restored"):
            with pytest.raises(BusyError):
                restore(path, copy, busy_ms=50) if way == "restored" else _make(way, path)
        assert list(path.parent.iterdir()) == []
    finally:
        os.close(folder)


def _make(way, path):
    if way == "create":
        create(path, busy_ms=50)
    else:
        with atomic_create(path, busy_ms=50):
            pass


def test_a_file_system_without_such_locks_will_do(path, monkeypatch):
    def refuse(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    create(path, busy_ms=BUSY_MS)
    write(path, "kim")
    assert authors(path) == ["kim"]


def test_a_store_that_another_process_makes_first_is_taken(path, copy, monkeypatch):
    """Restoring into it keeps what it has; creating leaves it as it is."""

    def appear(real):
        def put(unfinished, to, **more):
            if not path.exists():
                with new_store(path, copied=False) as store:
                    record(store, "faster")
            return real(unfinished, to, **more)

        return put

    real = db.upkeep.placement.put_new
    with monkeypatch.context() as racing:
        racing.setattr("db.upkeep.restore.put_new", appear(real))
        aside = restore(path, copy, busy_ms=BUSY_MS)
    assert authors(path) == ["copied"]
    assert authors(aside) == ["faster"]
    create(path, busy_ms=BUSY_MS)
    assert authors(path) == ["copied"]


def test_a_number_that_another_process_took_meanwhile_is_left_to_it(path, monkeypatch):
    with new_store(path) as store:
        record(store, "kim")
    monkeypatch.setattr("db.upkeep.numbered_files._numbered", lambda _: [])
    kept = [back_up_before(path, "import", busy_ms=BUSY_MS) for _ in range(3)]
    assert len({p.stat().st_ino for p in kept}) == len({*kept}) == 3


def test_copies_before_a_restore_are_never_dropped(path, copy):
    with new_store(path) as store:
        record(store, "first")
    for number in range(AUTOMATIC + 2):
        write(path, f"act-{number}")
        restore(path, copy, busy_ms=BUSY_MS)
        back_up_before(path, "import", busy_ms=BUSY_MS)
    held = set().union(*map(authors, path.parent.glob("backups/*-before-restore.bak")))
    assert held >= {"first", *(f"act-{n}" for n in range(AUTOMATIC + 2))}
    assert len(list(path.parent.glob("backups/*-before-import.bak"))) == AUTOMATIC


def test_a_backup_within_a_transaction_holds_what_was_there_before_it(path):
    with new_store(path) as store, store.transaction() as inside:
        named = batch(said("set", "2026-01-01", None, value={"name": "회관"}))
        inside.record(named, by=None, now=NOW, today=TODAY)
        kept = back_up_before(path, "import", busy_ms=BUSY_MS)
    assert authors(kept) == []
    with closing(connect(kept, busy_ms=BUSY_MS)) as connection:
        assert Reader(connection).facilities() == []


def test_a_backup_over_a_store_that_is_worked_with_keeps_that_store(tmp_path):
    """Its log may be empty: whoever has it open can write at any moment."""
    store, target = tmp_path / "t.db", tmp_path / "other.db"
    for path, who in ((store, "of the store"), (target, "of the other")):
        new_store(path, copied=False).close()
        write(path, who)
    assert not (tmp_path / "other.db-wal").exists()
    back_up(store, target, busy_ms=BUSY_MS)
    assert authors(target) == ["of the store"]
    (kept,) = (tmp_path / "backups").glob("other.db.*-before-backup.bak")
    assert authors(kept) == ["of the other"]
    back_up(store, tmp_path / "b.bak", busy_ms=BUSY_MS)
    back_up(store, tmp_path / "b.bak", busy_ms=BUSY_MS)
    assert not list((tmp_path / "backups").glob("b.bak.*")), "a backup is replaced by the next one"


def test_what_a_backup_was_put_over_is_never_dropped(tmp_path):
    store, target = tmp_path / "t.db", tmp_path / "other.db"
    for path in (store, target):
        new_store(path, copied=False).close()
        write(path, "somebody")
    back_up(store, target, busy_ms=BUSY_MS)
    for _ in range(AUTOMATIC + 2):
        back_up_before(target, "import", busy_ms=BUSY_MS)
    kept = sorted(p.name.split(".", 3)[2] for p in (tmp_path / "backups").glob("other.db.*"))
    assert [name.partition("-")[2] for name in kept] == [
        "before-backup",
        *["before-import"] * AUTOMATIC,
    ]
