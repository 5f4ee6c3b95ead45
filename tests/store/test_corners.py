"""What the store refuses or survives, each by itself: names, values, rows, locks and folders."""

import pickle
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

import db.engine.connect
import db.engine.whole_files
import db.upkeep.backup
import db.upkeep.restore
import db.write.store
from db.engine.connect import connect, exists, explain, revision_of
from db.fold.folding import fold
from db.model.errors import BusyError, NotFoundError, RefusedError, StoreError
from db.model.records import Batch, Kind, Source, Statement, UpdateKind
from db.model.slugs import is_slug
from db.model.text import clean, clean_lines, clean_value
from db.model.values import check_day, check_value
from db.read.reader import Reader
from db.upkeep.backup import back_up, patience
from db.upkeep.doctor import DamageKind, examine
from db.upkeep.restore import compare, restore
from db.write.store import Store


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "office" / "t.db"
    with new_store(path) as store:
        record(store, plan("2027", "2026-01-01"))
    return path


def record(store, *statements):
    store.record(batch(*statements), by=None, now=NOW, today=TODAY)


def dumped(path):
    raw = sqlite3.connect(path)
    try:
        return list(raw.iterdump())
    finally:
        raw.close()


def poison(path, sql):
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA ignore_check_constraints = ON")
    raw.execute(sql)
    raw.commit()
    raw.close()


# -- files ---------------------------------------------------------------------------------------


def test_a_name_that_no_file_can_have():
    assert not exists(Path("a\x00b"))
    with pytest.raises(StoreError, match="too long"):
        exists(Path("x" * 5000))


def test_a_store_that_is_locked_whole_is_in_use(path):
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.execute("PRAGMA locking_mode = EXCLUSIVE")
    raw.execute("BEGIN EXCLUSIVE")
    with pytest.raises(BusyError):
        connect(path, busy_ms=50)
    raw.close()


def test_a_log_that_cannot_be_read_is_not_passed_over(path, monkeypatch):
    """What waits in the log belongs to the store: only without any is the file read alone."""
    tried = []

    def fail(_path, how, *_, **__):
        tried.append(how)
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(db.engine.connect, "_opened", fail)
    log = path.with_name("t.db-wal")
    for content, ways in ((b"an act", ["mode=ro"]), (b"", ["mode=ro", "immutable=1"])):
        log.write_bytes(content)
        tried.clear()
        with pytest.raises(StoreError, match="unable to open"):
            connect(path, busy_ms=50)
        assert tried == ways


def test_a_revision_that_cannot_be_read_is_an_error(path):
    class Broken:
        def execute(self, _):
            raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(sqlite3.OperationalError):
        revision_of(Broken())


def test_what_sqlite_quotes_of_the_data_is_cleaned():
    error = sqlite3.OperationalError("Could not decode to UTF-8 with text '\x1b[2J\x9b\u202e'")
    assert str(explain(error, "t.db")).isprintable()
    assert "RuntimeError" in str(explain(RuntimeError(), "t.db"))


def test_a_backup_whose_copy_is_not_whole(path, monkeypatch):
    """A page that nothing uses is damaged: SQLite copies it, and reading it back finds it."""
    with pytest.raises(StoreError, match="not whole"):
        back_up(path, path.with_name("c.bak"), busy_ms=BUSY_MS, check="user_version")
    assert [p.name for p in path.parent.iterdir() if "c.bak" in p.name] == []


def test_a_process_that_may_not_be_asked_after_is_alive(monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(db.engine.whole_files.os, "kill", refuse)
    assert db.engine.whole_files._is_alive(1)  # noqa: SLF001 - what nothing else shows


def test_a_copy_waits_as_long_as_is_allowed_and_no_longer(path, monkeypatch):
    instant = 0.0
    monkeypatch.setattr(db.upkeep.backup, "monotonic", lambda: instant)
    progress = patience(path, 1000)
    instant = 1.0
    progress(sqlite3.SQLITE_BUSY, 1, 1)
    progress(sqlite3.SQLITE_OK, 1, 1)
    instant = 2.0
    progress(sqlite3.SQLITE_LOCKED, 1, 1)
    instant = 2.1
    with pytest.raises(BusyError):
        progress(sqlite3.SQLITE_BUSY, 1, 1)


def test_a_restore_waits_for_nobody_for_ever_and_takes_no_failing_disk_for_a_damaged_file(
    path, monkeypatch, tmp_path
):
    copy = tmp_path / "c.bak"
    back_up(path, copy, busy_ms=BUSY_MS)
    with Store.open(path, busy_ms=BUSY_MS) as store:
        record(store, plan("2028", "2026-01-02"))
    before = dumped(path)

    def busy(*_, **__):
        raise BusyError("in use", code="busy")

    with monkeypatch.context() as m:
        m.setattr(db.upkeep.restore, "back_up_before", busy)
        with pytest.raises(BusyError):
            restore(path, copy, busy_ms=BUSY_MS)
    assert dumped(path) == before

    class Failing(sqlite3.Connection):
        def backup(self, *_, **__):
            raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(
        db.upkeep.restore, "open_file", lambda p, **_: sqlite3.connect(p, factory=Failing)
    )
    with pytest.raises(StoreError, match="I/O"):
        restore(path, copy, busy_ms=BUSY_MS)
    assert dumped(path) == before


def test_a_store_where_no_folder_can_be_made(path, tmp_path):
    copy = tmp_path / "c.bak"
    back_up(path, copy, busy_ms=BUSY_MS)
    (tmp_path / "file").touch()
    for job in (compare, restore):
        with pytest.raises(StoreError):
            job(tmp_path / "file" / "t.db", copy, busy_ms=BUSY_MS)


def test_a_damaged_store_whose_copy_cannot_be_kept_is_not_overwritten(path, monkeypatch, tmp_path):
    copy = tmp_path / "c.bak"
    back_up(path, copy, busy_ms=BUSY_MS)
    path.write_bytes(b"rubbish" * 1000)

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.upkeep.numbered_files.os.link", fail)
    monkeypatch.setattr("db.upkeep.numbered_files.shutil.copyfileobj", fail)
    with pytest.raises(StoreError, match="No space"):
        restore(path, copy, busy_ms=BUSY_MS)
    assert path.read_bytes() == b"rubbish" * 1000


def test_a_store_of_another_sort_of_failure_is_not_overwritten(path, monkeypatch, tmp_path):
    copy = tmp_path / "c.bak"
    back_up(path, copy, busy_ms=BUSY_MS)

    def fail(*_, **__):
        raise StoreError("disk I/O error", code="io")

    monkeypatch.setattr(db.upkeep.restore, "back_up_before", fail)
    with pytest.raises(StoreError, match="I/O"):
        restore(path, copy, busy_ms=BUSY_MS)


@pytest.mark.parametrize("sql", ["UPDATE status_update SET reported_on = 'x'", "DROP TABLE source"])
def test_a_store_of_which_rows_are_damaged_can_be_compared(path, tmp_path, sql):
    copy = tmp_path / "c.bak"
    back_up(path, copy, busy_ms=BUSY_MS)
    poison(path, sql)
    assert compare(path, copy, busy_ms=BUSY_MS).lost is None


# -- rows ----------------------------------------------------------------------------------------

DAMAGED = {
    "UPDATE milestone SET forecast = '[2027..]'": lambda r: r.milestones_of("hall"),
    "UPDATE milestone SET standing = 'completed'": lambda r: r.milestones_of("hall"),
    "UPDATE milestone SET kind = 'x'": lambda r: r.kinds_of("hall"),
    "UPDATE status_update SET evidence = '[1]'": lambda r: r.updates_of("hall"),
    "UPDATE status_update SET seq = 'x'": lambda r: r.updates_of("hall"),
    "UPDATE status_update SET value = '{\"a\": 1}'": lambda r: r.updates_of("hall"),
    "UPDATE act SET author = 1, recorded_at = 9e18": lambda r: list(r.acts()),
    "UPDATE facility SET cost_krw = 'x'": lambda r: r.facilities(),
    "UPDATE facility SET progress = '[1]'": lambda r: r.facility("hall"),
    "UPDATE facility SET progress = '[101, 1, \"2026-01-01\"]'": lambda r: r.facility("hall"),
    "UPDATE facility SET slug = 'Not a slug'": lambda r: r.facilities(),
    "UPDATE facility SET aliases = '" + "[" * 5000 + "'": lambda r: r.facilities(),
}


@pytest.mark.parametrize("sql", DAMAGED)
def test_a_row_that_the_program_did_not_write_is_damage(path, sql):
    poison(path, sql)
    connection = connect(path, busy_ms=BUSY_MS)
    with pytest.raises(StoreError, match="damaged"):
        DAMAGED[sql](Reader(connection))
    connection.close()
    assert examine(path, busy_ms=BUSY_MS) != []


def test_a_statement_about_a_milestone_that_is_gone_is_damage(path):
    connection = connect(path, busy_ms=BUSY_MS)
    updates = Reader(connection).updates_of("hall")
    connection.close()
    with pytest.raises(StoreError, match="damaged"):
        fold(updates, {})


def test_a_path_that_is_not_the_milestones_is_damage(path):
    poison(path, "UPDATE milestone SET path = 'elsewhere'")
    assert DamageKind.ROW in {d.ailment for d in examine(path, busy_ms=BUSY_MS)}


def test_a_facility_that_was_taken_back_is_not_found_by_name(path):
    with Store.open(path, busy_ms=BUSY_MS) as store:
        record(store, said("set", "2026-01-01", None, "annex", value={"name": "별관"}))
        store.undo(by=None, now=NOW, today=TODAY)
    assert examine(path, busy_ms=BUSY_MS) == []
    poison(path, "INSERT INTO facility_name SELECT 'x', id FROM facility WHERE slug = 'annex'")
    assert DamageKind.NAMES in {d.ailment for d in examine(path, busy_ms=BUSY_MS)}


# -- statements ----------------------------------------------------------------------------------

WRONG = {
    "hold": [(1,), {"a": 1}, [1]],
    "note": [None, "", 1, "x" * 4001],
    "set": [None, {}, {"aliases": "a"}, {"cost_krw": True}, {"cost_krw": 2**63}, {"name": None}],
    "progress": [{"planned": 101}, {"actual": True}, {"planned": 1, "more": 2}, {"planned": "1"}],
}


@pytest.mark.parametrize(("kind", "value"), [(k, v) for k, values in WRONG.items() for v in values])
def test_a_value_that_does_not_belong_to_its_kind(kind, value):
    with pytest.raises(RefusedError):
        check_value(UpdateKind(kind), value, of_milestone=False)


@pytest.mark.parametrize("day", ["2026-02-30", "20260101", "2026-W01-1", 20260101, "", None])
def test_a_day_is_written_in_one_way(day):
    with pytest.raises(RefusedError):
        check_day(day)
    with pytest.raises(RefusedError):
        check_value(UpdateKind.SET, {"snoozed_until": day or "x"}, of_milestone=True)


def test_taking_other_names_away_leaves_none(path):
    with Store.open(path, busy_ms=BUSY_MS) as store:
        for aliases in (["별칭"], None):
            record(store, said("set", "2026-01-02", None, value={"aliases": aliases}))
    connection = connect(path, busy_ms=BUSY_MS)
    assert Reader(connection).facility("hall").aliases == ()
    connection.close()


REFUSED = {
    "nothing": Batch(()),
    "an unknown milestone": Batch((plan("2027", "2026-01-01", "completion"),)),
    "evidence that is no text": batch(said("hold", "2026-01-01", reason="x", evidence=(1,))),
    "evidence too long": batch(said("hold", "2026-01-01", reason="x", evidence=("x" * 5000,))),
    "a source of no day": batch(plan("2027", "2026-01-01", source=Source(published="soon"))),
    "a value too deep": batch(
        Statement("hall", None, UpdateKind.SET, date(2026, 1, 1), value={"funding": [[[[]]]]})
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_statement_that_cannot_be_is_refused_and_nothing_is_recorded(path, what):
    with Store.open(path, busy_ms=BUSY_MS) as store:
        with pytest.raises((RefusedError, NotFoundError)):
            store.record(REFUSED[what], by=None, now=NOW, today=TODAY)
        record(store, plan("2028", "2026-01-03"))
    assert examine(path, busy_ms=BUSY_MS) == []


def test_a_mistake_of_the_program_is_not_passed_off_as_the_disks(path, monkeypatch):
    def wrong(*_, **__):
        raise LookupError("ours")

    monkeypatch.setattr("db.write.act_writer.ActWriter.write", wrong)
    with Store.open(path, busy_ms=BUSY_MS) as store, pytest.raises(LookupError):
        record(store, plan("2028", "2026-01-03"))


# -- text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (" \u0301e", "e"),
        ("\u0301 \u0301 e", "e"),
        ("e" + "\u0301" * 50, "é" + "\u0301" * 8),
        ("\u1100" + "\u1161" * 50, "가" + "\u1161" * 8),
        ("a\u0903\u0903b", "a\u0903\u0903b"),
        ("가\u3164나", "가나"),
        ("a\u2800b", "ab"),
        ("a\u034fb", "ab"),
        ("x\x1b]0;t", "x"),
        ("\x1b[", ""),
        ("a\tb\nc\u2028d", "a b c d"),
        ("\ud800x", "x"),
    ],
)
def test_what_is_left_of_a_text(text, seen):
    assert clean(text) == seen
    assert clean(seen) == seen


def test_lines_are_cleaned_each_by_itself():
    assert clean_lines("a\n  b\x1b[1m\n\nc\t") == "a\n  b\n\nc"


def test_values_are_cleaned_to_the_depth_that_people_say():
    assert clean_value({"a\x1b[1m": ["b\x07", 1, None, True]}) == {"a": ["b", 1, None, True]}
    deep = "x"
    for _ in range(21):
        deep = [deep]
    with pytest.raises(ValueError, match="deeper"):
        clean_value(deep)


@pytest.mark.parametrize("slug", ["", "A", "a--b", "-a", "a-", "a b", "a\n", "x" * 101, 1, None])
def test_what_is_no_slug(slug):
    assert not is_slug(slug)


def test_names_that_cannot_be_searched_are_not_found(path):
    connection = connect(path, busy_ms=BUSY_MS)
    reader = Reader(connection)
    for name in ("", "·", " - "):
        with pytest.raises(NotFoundError):
            reader.resolve(name)
    with pytest.raises(ValueError, match="slug"):
        reader.values_of("slug")
    connection.close()


def test_records_are_values(path):
    connection = connect(path, busy_ms=BUSY_MS)
    (update,) = Reader(connection).updates_of("hall")
    (again,) = Reader(connection).updates_of("hall")
    connection.close()
    assert update == again
    assert hash(Source(title="a")) == hash(Source(title="a"))
    assert update != "something else"
    assert pickle.loads(pickle.dumps(update)) == update  # noqa: S301 - our own
    assert "plan" in repr(update)
    with pytest.raises(AttributeError):
        update.kind = Kind.OTHER
    with pytest.raises(AttributeError):
        del update.kind


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("e" + "\u0308" * 500_000 + "가", "\u00eb" + "\u0308" * 8 + "가"),
        (" \u0301 \u0301가" + "\u20dd\u0301" * 20, "가" + "\u20dd\u0301" * 4),
        ("가\u1161^]-\\\u0301", "가\u1161^]-\\\u0301"),
    ],
)
@pytest.mark.timeout(60)
def test_marks_without_end_are_cut_at_once(text, cleaned):
    assert clean(text) == cleaned
