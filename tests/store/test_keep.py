"""Backups are whole and private; what a restore would change is told, and nothing is half."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect
from db.model.errors import BusyError, RefusedError, StoreError
from db.read.reader import Reader
from db.upkeep.backup import AUTOMATIC, back_up, back_up_before, backups_of
from db.upkeep.doctor import DamageKind, examine
from db.upkeep.restore import compare, restore
from db.write.store import Store

STORES = Path(__file__).parent / "stores"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "office" / "t.db"
    with new_store(path, copied=False) as store:
        record(store, "kim", said("set", "2026-01-01", None, value={"name": "회관"}))
    return path


def record(store, by, *statements):
    store.record(batch(*statements), by=by, now=NOW, today=TODAY)


def write(path, by, *statements):
    with Store.open(path, busy_ms=BUSY_MS) as store:
        record(store, by, *statements)


def authors(path):
    connection = connect(path, busy_ms=BUSY_MS, any_revision=True)
    try:
        return [act.by for act in Reader(connection).acts()]
    finally:
        connection.close()


def mode(path):
    return path.stat().st_mode & 0o777


def test_everything_is_private(path):
    """The store, its log, its index of the log, its backups, and their folders."""
    back_up(path, path.with_name("copy.bak"), busy_ms=BUSY_MS)
    automatic = back_up_before(path, "import", busy_ms=BUSY_MS)
    with Store.open(path, busy_ms=BUSY_MS) as store:
        record(store, "lee", plan("2027", "2026-01-02"))
        beside = [p for p in path.parent.iterdir() if p.is_file()]
        assert {p.name for p in beside} == {"t.db", "t.db-wal", "t.db-shm", "copy.bak"}
        assert {mode(p) for p in [*beside, automatic]} == {0o600}
    assert {mode(p) for p in (path.parent, automatic.parent)} == {0o700}
    restore(path, automatic, busy_ms=BUSY_MS)
    new = path.parent / "elsewhere" / "t.db"
    restore(new, automatic, busy_ms=BUSY_MS)
    assert (mode(path), mode(new), mode(new.parent)) == (0o600, 0o600, 0o700)


def test_an_act_that_was_acknowledged_is_on_the_disk(path):
    with Store.open(path, busy_ms=BUSY_MS) as store:
        connection = store._connected()  # noqa: SLF001 - what nothing else shows
        for pragma, wanted in (("synchronous", 2), ("journal_mode", "wal"), ("foreign_keys", 1)):
            assert connection.execute(f"PRAGMA {pragma}").fetchone() == (wanted,)


def test_the_newest_few_automatic_backups_stay(path):
    asked = path.with_name("backups") / "mine.bak"
    for number in range(AUTOMATIC + 3):
        write(path, f"act-{number}", plan("2027", "2026-01-02"))
        back_up_before(path, "import", busy_ms=BUSY_MS)
        shutil.copy(path, asked)
    kept = backups_of(path)
    assert [authors(p)[-1] for p in kept] == ["act-7", "act-6", "act-5", "act-4", "act-3"]
    assert len(list(asked.parent.iterdir())) == AUTOMATIC + 1, "one that was asked for stays too"


def test_a_backup_never_takes_the_place_of_its_store(path, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(path)
    before = path.read_bytes()
    for target in (path, link):
        with pytest.raises(RefusedError, match="itself"):
            back_up(path, target, busy_ms=BUSY_MS)
        with pytest.raises(RefusedError, match="itself"):
            restore(path, target, busy_ms=BUSY_MS)
    assert path.read_bytes() == before


def test_a_backup_that_is_not_whole_is_not_kept(path):
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    target = path.with_name("copy.bak")
    back_up(path, target, busy_ms=BUSY_MS)
    whole = target.read_bytes()
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 6)
    with pytest.raises(StoreError):
        back_up(path, target, busy_ms=BUSY_MS)
    assert target.read_bytes() == whole
    assert [d.ailment for d in examine(path, busy_ms=BUSY_MS)][:1] == [DamageKind.INTEGRITY]


def test_a_folder_that_cannot_be_made_is_named(path):
    path.with_name("backups").write_text("a file")
    with pytest.raises(StoreError, match="backups"):
        back_up_before(path, "import", busy_ms=BUSY_MS)
    assert backups_of(path) == []
    with pytest.raises(StoreError, match="no-such"):
        back_up(path, path.parent / "no-such" / "copy.bak", busy_ms=BUSY_MS)


def test_what_a_killed_process_left_is_swept(path):
    dead = 2**22 + 1  # beyond what Linux gives out
    target = path.with_name("copy.bak")
    number = "0123456789abcdef"
    left = [target.with_name(f".tracker-{dead}-{number}.part{s}") for s in ("", "-journal")]
    living = target.with_name(f".tracker-1-{number}.part")
    for file in (*left, living):
        file.touch()
    back_up(path, target, busy_ms=BUSY_MS)
    assert not any(file.exists() for file in left)
    assert living.exists(), "somebody may be at it still"


def test_what_a_restore_would_change(path):
    copy = path.with_name("copy.bak")
    write(path, "lee", plan("2027", "2026-03-01"))
    back_up(path, copy, busy_ms=BUSY_MS)
    same = compare(path, copy, busy_ms=BUSY_MS)
    assert (same.lost, same.gained, same.updates, same.updates_now) == ((), 0, 2, 2)
    write(path, "park", plan("2028", "2026-05-01"), plan("2028", "2026-05-01", "completion"))
    change = compare(path, copy, busy_ms=BUSY_MS)
    assert (change.updates, change.updates_now) == (2, 4)
    assert (str(change.newest), str(change.newest_now)) == ("2026-03-01", "2026-05-01")
    assert [(act.by, len(updates)) for act, updates in change.lost] == [("park", 2)]
    other = compare(path.with_name("none.db"), copy, busy_ms=BUSY_MS)
    assert (other.lost, other.gained, other.updates_now, other.newest_now) == ((), 2, 0, None)
    path.write_bytes(b"rubbish" * 1000)
    path.with_name("t.db-wal").unlink(missing_ok=True)
    assert compare(path, copy, busy_ms=BUSY_MS).lost is None


def test_a_restore_shows_to_those_who_have_the_store_open_and_can_be_taken_back(path):
    copy = path.with_name("copy.bak")
    back_up(path, copy, busy_ms=BUSY_MS)
    write(path, "lee", plan("2027", "2026-03-01"))
    other = connect(path, busy_ms=BUSY_MS)
    reader = Reader(other)
    assert len(list(reader.acts())) == 2
    aside = restore(path, copy, busy_ms=BUSY_MS)
    assert [a.by for a in reader.acts()] == ["kim"]
    with Store.open(path, busy_ms=BUSY_MS) as store:
        record(store, "after", plan("2029", "2026-04-01"))
    assert [a.by for a in reader.acts()] == ["kim", "after"]
    other.close()
    assert authors(aside) == ["kim", "lee"]
    restore(path, aside, busy_ms=BUSY_MS)
    assert authors(path) == ["kim", "lee"]
    assert examine(path, busy_ms=BUSY_MS) == []


DAMAGES = {
    "no header": lambda data: b"\x00" * 100 + data[100:],
    "rubbish": lambda _: b"rubbish" * 1000,
    "half": lambda data: data[: len(data) // 2],
    "pages of ones": lambda data: data[:8192] + b"\xff" * 40960 + data[49152:],
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_restored_too(path, damage):
    """And kept as it is, byte for byte, in case somebody can read more of it."""
    copy = path.with_name("copy.bak")
    back_up(path, copy, busy_ms=BUSY_MS)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    path.with_name("t.db-wal").write_bytes(b"a log that belongs to something else")
    aside = restore(path, copy, busy_ms=BUSY_MS)
    assert authors(path) == ["kim"]
    assert examine(path, busy_ms=BUSY_MS) == []
    assert aside.exists()
    assert mode(aside) == 0o600


def test_a_damaged_store_without_a_log_is_kept_as_it_is(path):
    copy = path.with_name("copy.bak")
    back_up(path, copy, busy_ms=BUSY_MS)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(b"rubbish" * 1000)
    assert restore(path, copy, busy_ms=BUSY_MS).read_bytes() == b"rubbish" * 1000
    assert authors(path) == ["kim"]


def test_a_log_that_a_deleted_store_left_is_not_played_into_a_restored_one(path):
    copy = path.with_name("copy.bak")
    back_up(path, copy, busy_ms=BUSY_MS)
    with Store.open(path, busy_ms=BUSY_MS) as store:
        record(store, "lee", plan("2027", "2026-03-01"))
        log = path.with_name("t.db-wal").read_bytes()
    path.unlink()
    path.with_name("t.db-wal").write_bytes(log)
    assert restore(path, copy, busy_ms=BUSY_MS) is None
    assert authors(path) == ["kim"]
    assert examine(path, busy_ms=BUSY_MS) == []


def test_another_programs_file_is_neither_restored_nor_overwritten(path, tmp_path):
    foreign = tmp_path / "recipes.db"
    other = sqlite3.connect(foreign)
    other.execute("CREATE TABLE recipe (id INTEGER)")
    other.commit()
    other.close()
    before = foreign.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        restore(path, foreign, busy_ms=BUSY_MS)
    assert authors(path) == ["kim"]
    copy = path.with_name("copy.bak")
    back_up(path, copy, busy_ms=BUSY_MS)
    with pytest.raises(StoreError, match="another program"):
        restore(foreign, copy, busy_ms=BUSY_MS)
    assert foreign.read_bytes() == before


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(path):
    assert compare(path, STORES / "0001.db", busy_ms=BUSY_MS).updates > 5
    before = (STORES / "0001.db").read_bytes()
    restore(path, STORES / "0001.db", busy_ms=BUSY_MS)
    assert "김주무관" in authors(path)
    assert examine(path, busy_ms=BUSY_MS) == []
    assert (STORES / "0001.db").read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir() if "t.db." in p.name) == []


@pytest.mark.parametrize("job", ["restore", "backup of a file that is being written"])
def test_a_store_that_another_process_holds_is_said_to_be_in_use(path, job):
    copy = path.with_name("copy.bak")
    back_up(path, copy, busy_ms=BUSY_MS)
    held = sqlite3.connect(path if job == "restore" else copy, isolation_level=None)
    held.execute("BEGIN IMMEDIATE" if job == "restore" else "BEGIN EXCLUSIVE")
    with pytest.raises(BusyError):
        restore(path, copy, busy_ms=100)
    held.execute("ROLLBACK")
    held.close()
    restore(path, copy, busy_ms=100)


def test_a_restore_that_fails_leaves_the_store_as_it_was(path, monkeypatch):
    copy = path.with_name("copy.bak")
    back_up(path, copy, busy_ms=BUSY_MS)
    write(path, "lee", plan("2027", "2026-03-01"))

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    for name in ("db.upkeep.restore._pour", "db.engine.whole_files.sync"):
        with monkeypatch.context() as broken:
            broken.setattr(name, fail)
            with pytest.raises(StoreError, match="No space left"):
                restore(path, copy, busy_ms=BUSY_MS)
        assert authors(path) == ["kim", "lee"]


# -- the doctor ----------------------------------------------------------------------------------

AILMENTS = {
    "UPDATE facility SET city = 'x'": DamageKind.FOLD,
    "UPDATE milestone SET forecast = '2031'": DamageKind.FOLD,
    "UPDATE status_update SET retracted_by = 1": DamageKind.FOLD,
    "DELETE FROM facility_name": DamageKind.NAMES,
    "INSERT INTO facility_name VALUES ('other', 1)": DamageKind.NAMES,
    "DELETE FROM facility_search": DamageKind.NAMES,
    "UPDATE facility_search SET grams = 'x'": DamageKind.NAMES,
    "DELETE FROM act": DamageKind.ORPHAN,
    "UPDATE status_update SET facility_id = 99": DamageKind.ORPHAN,
    "UPDATE status_update SET reported_on = '2026-13-45'": DamageKind.ROW,
    "UPDATE status_update SET value = '['": DamageKind.ROW,
    "INSERT INTO act VALUES (99, 'act', 0, NULL)": DamageKind.ROW,
    "UPDATE act SET recorded_at = 'soon'": DamageKind.ROW,
    "UPDATE milestone SET slug = '!'": DamageKind.ROW,
}


@pytest.mark.parametrize("sql", AILMENTS)
def test_the_doctor_finds_each_ailment(path, sql):
    write(path, "lee", plan("2027", "2026-03-01"))
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA ignore_check_constraints = ON")
    raw.execute(sql)
    raw.commit()
    raw.close()
    found = examine(path, busy_ms=BUSY_MS)
    assert AILMENTS[sql] in {d.ailment for d in found}
    if all(d.repairable for d in found):
        with Store.open(path, busy_ms=BUSY_MS) as store:
            store.refold()
        assert examine(path, busy_ms=BUSY_MS) == []
