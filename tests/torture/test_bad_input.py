"""Whatever a file holds: a clear line, no traceback, no hang, and nothing half imported."""

import json
import shutil
import sqlite3

import pytest
from bad_input import CSV, DUMP, FACTS, OWN, dumps, texts, workbooks
from effort import either
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import BUSY_MS, TODAY

from db.model.errors import TrackerError
from db.model.period import Period
from db.upkeep import migrate
from db.upkeep.doctor import examine
from tracker.app.config import Config, load
from tracker.app.workspace import Workspace
from tracker.domain.board import read_status
from tracker.exchange.imports.importing import import_file
from tracker.phrases import read
from tracker.tui.facilities.arrangement import load_views
from tracker.tui.session.toml_file import read_state
from tracker.tui.shell.keymap import load_keymap
from tracker.words import Words

SOME = settings(
    max_examples=either(40, 3000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def master(tmp_path_factory):
    """An empty store, to be copied for every file."""
    path = tmp_path_factory.mktemp("master") / "t.db"
    migrate.create(path, busy_ms=BUSY_MS)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return path


@pytest.fixture
def office(tmp_path):
    return Workspace(tmp_path / "t.db", TODAY, Config(busy_ms=BUSY_MS), Words("ko"))


def check_said(error):
    assert str(error).strip()
    for lang in ("ko", "en"):
        assert Words(lang).error(error).strip()


def check_empty(path):
    raw = sqlite3.connect(path)
    try:
        for table in ("act", "status_update", "facility", "milestone", "source"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    finally:
        raw.close()


def bring(office, master, name, data):
    """Import bytes into a fresh store: refused with a sentence and nothing there, or whole."""
    shutil.copy(master, office.path)
    for suffix in ("-wal", "-shm"):
        office.path.with_name(office.path.name + suffix).unlink(missing_ok=True)
    file = office.path.with_name(name)
    file.write_bytes(data)
    try:
        import_file(office, file)
    except TrackerError as error:
        check_said(error)
        check_empty(office.path)
    else:
        assert examine(office.path, busy_ms=BUSY_MS) == []
        with office.reading() as reader:
            read_status(reader, office.today, office.config.limits)
            list(reader.everything())


@SOME
@given(dumps())
def test_a_dump_with_parts_that_are_something_else(office, master, data):
    bring(office, master, "a.json", data)


@SOME
@given(texts(FACTS))
def test_a_fact_file_with_pieces_out_of_place(office, master, data):
    bring(office, master, "a.facts", data)


@SOME
@given(texts(CSV) | texts(OWN))
def test_a_csv_with_pieces_out_of_place(office, master, data):
    bring(office, master, "a.csv", data)


@settings(SOME, max_examples=either(15, 1000))
@given(workbooks())
def test_a_workbook_with_cells_of_any_kind(office, master, data):
    bring(office, master, "a.xlsx", data)


@SOME
@given(st.binary(max_size=300), st.sampled_from(["facts", "json", "csv", "xlsx"]))
def test_bytes_of_any_kind(office, master, data, suffix):
    bring(office, master, f"a.{suffix}", data)


@settings(SOME, max_examples=either(300, 50_000))
@given(
    texts("2025년 상반기부터 2027년 12월까지, [2026-05~..2026-08] 6월 하순")
    | st.text().map(str.encode)
)
def test_any_text_is_a_period_or_is_refused(data):
    text = data.decode("utf-8", "replace")
    for how in (lambda: read(text, TODAY), lambda: Period.parse(text)):
        try:
            period = how()
        except TrackerError as error:
            check_said(error)
        else:
            assert Period.parse(str(period)) == period


BIG = 100_000_000

TOML = """\
author = "김주무관"
lang = "ko"
timezone = "Asia/Seoul"
busy_ms = 5000
[limits]
due_soon = 30
delayed = 90
"""


def read_any_settings(file):
    """Read a file as each of those that people may write; each says in a line what is wrong."""
    for reader in (load, load_views):
        try:
            reader(file)
        except TrackerError as error:
            check_said(error)
            assert "\n" not in str(error)  # noqa: PT017 - only some are refused
    for lang in ("ko", "en"):
        assert "\n" not in load_keymap(file, Words(lang)).wrong
    assert isinstance(read_state(file), dict)


@SOME
@given(texts(TOML) | st.binary(max_size=200))
def test_settings_with_pieces_out_of_place(tmp_path, data):
    file = tmp_path / "a.toml"
    file.write_bytes(data)
    read_any_settings(file)


ODD_SETTINGS = {
    "lists in lists": b"a = " + b"[" * 5000,
    "tables in tables": b"a = " + b"{a = " * 5000,
    "a name of many parts": b"[" + b"a." * 5000 + b"a]\nb = 1",
    "one long line": b"x" * either(BIG // 10, BIG),
    "a number of many digits": b"busy_ms = 1" + b"0" * 10_000,
    "NUL": b'author = "\x00"',
    "a surrogate": b'author = "\xed\xa0\x80"',
    "a surrogate, escaped": b'author = "\\ud800"',
    "CP949": 'author = "김"'.encode("cp949"),
    "UTF-16": 'author = "김"'.encode("utf-16"),
    "escapes": b'"sheet.note" = "\x1b[2J"\n"\x1b[2J" = "x"',
}


@pytest.mark.parametrize("name", ODD_SETTINGS)
def test_an_odd_file_of_settings_is_said_to_be_so(tmp_path, name):
    file = tmp_path / "a.toml"
    file.write_bytes(ODD_SETTINGS[name])
    with pytest.raises(TrackerError):
        load(file)
    assert load_keymap(file, Words("ko")).wrong
    read_any_settings(file)


def test_settings_as_other_editors_write_them(tmp_path):
    file = tmp_path / "a.toml"
    file.write_bytes(b"\xef\xbb\xbf" + TOML.replace("\n", "\r\n").encode())
    assert load(file).author == "김주무관"
    file.write_bytes(b"\xef\xbb\xbf" + b'"sheet.note" = "y"\r\n')
    assert load_keymap(file, Words("ko")).keys == {"sheet.note": "y"}


@pytest.mark.parametrize(
    "text", ["[limits]\ndue_soon = 99999999999", "busy_ms = 1" + "0" * 400, "busy_ms = 0"]
)
def test_a_setting_out_of_all_proportion_is_refused_or_works(
    office, tracker, tmp_path, text, monkeypatch
):
    file = tmp_path / "config.toml"
    file.write_text(text)
    monkeypatch.setenv("TRACKER_CONFIG", str(file))
    migrate.create(office.path, busy_ms=BUSY_MS)
    for line in ("list", "status", "alerts"):
        ran = tracker("--db", office.path, line)
        assert ran.code in {0, 2}
        assert ran.err.count("\n") == ran.code / 2


ODD = {
    "one long line.facts": b"facility lab\n  name: " + b"x" * either(BIG // 10, BIG),
    "one long word.facts": b"x" * either(BIG // 10, BIG),
    "deep.json": b"[" * either(BIG // 10, BIG),
    "long text.json": b'{"format": "' + b"x" * either(BIG // 10, BIG) + b'"}',
    "long number.json": b'{"format": ' + b"9" * either(BIG // 10, BIG) + b"}",
    "one long cell.csv": CSV.encode() + b"x" * either(BIG // 10, BIG),
    "open quote.csv": b'"' + b"x" * either(BIG // 10, BIG),
    "large.xlsx": b"x" * either(BIG // 10, BIG),
    "NUL.facts": FACTS.encode().replace(b" ", b"\x00"),
    "NUL.csv": CSV.encode().replace("가".encode(), b"\x00"),
    "NUL.json": b"\x00" * 100,
    "surrogate.json": b'{"format": "tracker", "version": 1, "\\ud800": "\xed\xa0\x80"}',
    "surrogate.facts": b"facility a\n  name: \xed\xa0\x80\n",
    "neither.facts": b"facility a\n  name: \xff\xfe\xfd\n",
    "neither.csv": b"\xff\xff\xff,\xfd\n",
    "empty.facts": b"",
    "empty.json": b"",
    "empty.csv": b"",
    "empty.xlsx": b"",
    "mark only.csv": b"\xef\xbb\xbf",
    "directory.facts": None,
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_said_to_be_so(office, tracker, tmp_path, name):
    file = tmp_path / name
    if ODD[name] is None:
        file.mkdir()
    else:
        file.write_bytes(ODD[name])
    ran = tracker("--db", office.path, "import", file)
    assert ran.code in {0, 2}, ran
    assert 0 < len(ran.out + ran.err) < 10_000
    if ran.code:
        assert ran.out == ""
        assert all(line.startswith("tracker: ") for line in ran.err.splitlines())
        assert not office.path.exists()


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["a.facts", "a.csv", "own.csv", "a.json"])
def test_files_as_other_programs_write_them(office, tracker, tmp_path, code, ends, name):
    dump = json.dumps(DUMP, ensure_ascii=False, indent=1)
    right = {"a.facts": FACTS, "a.csv": CSV, "own.csv": OWN, "a.json": dump}[name]
    (tmp_path / name).write_bytes(right.replace("\n", ends).encode(code))
    ran = tracker("--db", office.path, "import", tmp_path / name)
    if ends == "\r" and ran.code:
        assert ran.err
        return
    assert ran.code == 0, ran
    assert "회관" in tracker("--db", office.path, "log").out


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0001-01-02", "9999-12-30"])
def test_the_ends_of_the_calendar(office, tracker, tmp_path, day):
    (tmp_path / "a.facts").write_text(FACTS)
    assert tracker("--db", office.path, "import", tmp_path / "a.facts").code == 0
    for command in ("status", "list", "alerts", "log"):
        for option in ("--today", "--as-of", "--known-at"):
            ran = tracker("--db", office.path, command, option, day)
            assert ran.code in {0, 2}, ran
            assert "Traceback" not in ran.err


def test_a_file_with_very_many_faults_lists_the_first_thousand(office, tracker, tmp_path):
    (tmp_path / "a.facts").write_text("x\n" * 5000)
    ran = tracker("--db", office.path, "import", tmp_path / "a.facts")
    assert ran.code == 2
    assert ran.err.count("\n") == 1001
    assert "4,000" in ran.err.splitlines()[-1]


def test_an_import_is_all_or_nothing_when_the_last_line_is_wrong(office, tracker, tmp_path):
    (tmp_path / "a.facts").write_text(FACTS + "2025-09-01  opening  plan  2023-02-29\n")
    assert tracker("--db", office.path, "import", tmp_path / "a.facts").code == 2
    assert not office.path.exists()


def test_no_path_from_data_is_opened(office, tracker, tmp_path, monkeypatch):
    """Evidence and addresses are texts: nothing follows them."""
    (tmp_path / "a.facts").write_text(
        FACTS + f'2025-09-01  -  note  "x"\n  evidence: file://{tmp_path}/secret\n'
        f"  evidence: {tmp_path}/secret\n"
    )
    opened = []
    real = open
    monkeypatch.setattr("builtins.open", lambda *a, **k: opened.append(str(a[0])) or real(*a, **k))
    monkeypatch.setattr("io.open", lambda *a, **k: opened.append(str(a[0])) or real(*a, **k))
    assert tracker("--db", office.path, "import", tmp_path / "a.facts").code == 0
    for line in (("list",), ("show", "garam-hall"), ("log",), ("export", "--format", "csv")):
        assert tracker("--db", office.path, *line).code == 0
    assert not [path for path in opened if "secret" in path]
