"""What is wrong gets one line that says what would be right, its exit code, and changes nothing."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest


@pytest.fixture
def held(demo, tracker):
    """What the store says, to be compared afterwards."""
    before = tracker("export").out

    def unchanged():
        return tracker("export").out == before

    return unchanged


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("complete nowhere opening", "tracker list"),
        ("plan 리퍼브 개소 언젠가", "언젠가"),
        ("plan 리퍼브 개소 2023-02-29", "2023-02-29"),
        ("complete 리퍼브 개소 --on 2023-02-29", "2023-02-29"),
        ("complete 리퍼브 개소 --on 2027-01-01", "tracker plan"),
        ("complete 리퍼브 개소 --reported 2027-01-01", "2026-11-21"),
        ("complete 리퍼브 개소 --reported 2026", "2026-06-30"),
        ("complete 리퍼브 없는것", "착공, 개소"),
        ("confirm 리퍼브 인증", "개소"),
        ("plan 리퍼브 준공 2027", "tracker reopen"),
        ("hold 리퍼브 개소", "--reason"),
        ("baseline 리퍼브 개소 2026", "--reason"),
        ("progress 리퍼브 --planned 120", "100"),
        ("progress 리퍼브", "--planned나 --actual을"),
        ("confidence 리퍼브 blue", "양호"),
        ("note 리퍼브", "TEXT"),
        ("snooze 리퍼브 개소 2026 --reason x", "2026-06-30"),
        ("retract 99999", "tracker log"),
        ("retract x", "수를"),
        ("undo 99999", "tracker log"),
        ("redo", "다시 실행할 것이 없습니다"),
        ("list --state lost", "기한 경과"),
        ("list --kind party", "공모 선정"),
        ("list --limit -1", "limit"),
        ("list --as-of 2026", "2026-06-30"),
        ("list --known-at noon", "2026-06-30T09:00"),
        ("list --today never", "2026"),
        ("list --lang fr", "ko"),
        ("add facility 새도서관 --slug Bad_Slug", "gimhae-robot-center"),
        ("add facility 한국로봇리퍼브센터 --slug gimhae-robot-refurb-center", "--slug"),
        ("add facility 새도서관 --cost 많이", "많이"),
        ("add facility 새도서관 --funding 국비", "national="),
        ("add milestone 리퍼브 party 2026", "개소"),
        ("add milestone 리퍼브 개소 2026", "“개소” 단계"),
        ("edit facility 리퍼브", "하나 이상"),
        ("edit programme 없는사업 --name x", "사업이 없습니다"),
        ("import nowhere.facts", "nowhere.facts"),
        ("export out.doc", ".json"),
        ("period 언젠가", "언젠가"),
        ("frobnicate", "tracker --help"),
        ("lsit", "list?"),
        ("list --lmit 3", "--limit?"),
        ("status today", "today"),
        ("add", "facility, milestone, programme"),
        ("list --limit many", "0 이상의 정수"),
        ("list --state 급함", "기한 경과"),
        ("timeline --zoom decade", "quarter"),
        ("timeline --from 2025 --to 2027 --zoom month", "--zoom"),
        ("progress 리퍼브 --actual 많이", "100"),
        ("confidence 리퍼브 보통", "주의"),
        ("show 리퍼브 --as-of 2001-01-01", "2001-01-01에는 아직"),
        ("show 없는것 --as-of 2001-01-01", "tracker list"),
        ("complete 리퍼브 준공", "--on"),
        ("confirm 리퍼브 준공", "준공은 이미 완료입니다"),
        ("hold 리퍼브 준공 --reason x", "이미 완료"),
        ("cancel 리퍼브 준공 --reason x", "이미 완료"),
        ("resume 리퍼브 개소", "보류 중이 아닙니다"),
        ("reopen 리퍼브 개소", "완료도 취소·중단도"),
        ("resume 리퍼브", "보류 중인 단계가 없습니다"),
        ("reopen 리퍼브", "취소·중단된 단계가 없습니다"),
        ("complete 리퍼브 개소 --on 2026-11-20 --reported 2026-11-01", "2026-11-01"),
        ("snooze 리퍼브 개소 2026-11-21 --reason x", "2026-11-21"),
        ("list --frob", "tracker list --help"),
        ("complete", "FACILITY"),
        ("add facility 한국로봇리퍼브센터", "gimhae-robot-refurb-center"),
        ("add programme 한국로봇리퍼브센터", "--slug"),
        ("edit 리퍼브", "facility, milestone, programme"),
        ("report monthly", "weekly"),
        ("undo that", "수를"),
        ("undo 1 that", "쓰이지 않습니다: tracker undo --help"),
        ("list --db", "--db 다음에 값을"),
        ("list --json=yes", "--json에는 값을 적지"),
        ("import nowhere.xlsx", "그런 파일이나 폴더가 없습니다"),
        ("export /nowhere/x.json", "그런 파일이나 폴더가 없습니다"),
        ("review --show 2020-W01", "tracker review"),
    ],
)
def test_a_wrong_request(demo, tracker, held, command, says):
    ran = tracker(*command.split())
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.startswith("tracker: ")
    assert ran.err.count("\n") == 1
    assert says in ran.err
    assert held()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_line_is_in_the_language_of_the_person(demo, tracker, lang):
    err = tracker("show", "nowhere", "--lang", lang).err
    assert ("시설" in err) is (lang == "ko")
    assert ("facility" in err) is (lang == "en")


def test_a_language_that_is_none_is_named_in_one_that_is(demo, tracker, monkeypatch):
    monkeypatch.setenv("TRACKER_LANG", "ko")
    assert "지원하지 않는 언어" in tracker("list", "--lang", "fr").err


@pytest.mark.parametrize("command", [["list"], ["note", "리퍼브", "x"], ["backup"]])
def test_a_folder_is_no_store(demo, tracker, tmp_path, command):
    ran = tracker("--db", tmp_path, *command)
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    assert "폴더입니다" in ran.err


def test_what_is_no_backup_is_not_said_of_the_store(demo, tracker, held, tmp_path):
    for name, says in (("none.bak", "backups"), ("letter.bak", "다른 백업을")):
        (tmp_path / "letter.bak").write_text("친애하는 여러분\n" * 300)
        ran = tracker("restore", tmp_path / name, "--yes")
        assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
        assert says in ran.err
        assert "--db" not in ran.err
        assert held()


@pytest.mark.parametrize("command", [("export", "--format", "json"), ("report", "weekly", "--out")])
def test_nothing_is_written_over_a_store(demo, tracker, held, tmp_path, command):
    """An export that is named like the store would take the place of everything."""
    other = tmp_path / "other.db"
    shutil.copy(demo, other)
    for store in (demo, other):
        before = store.read_bytes()
        ran = tracker(*command, store)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert "저장소" in ran.err
        assert store.read_bytes() == before
    assert held()


def test_a_pipe_is_no_store_and_is_not_waited_for(tracker, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    ran = tracker("--db", tmp_path / "pipe", "list")
    assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)


@pytest.mark.parametrize(
    "command",
    [
        ("show", "\udcff\udcfe"),
        ("list", "--search", "\udcff"),
        ("list", "--city", "\udcff"),
        ("note", "리퍼브", "a\udcff"),
        ("add", "facility", "\udcff"),
        ("period", "\udcff"),
        ("--db", "a" * 300, "list"),
        ("import", "\udcff.csv"),
    ],
)
def test_bytes_that_are_no_text_are_one_line(demo, tracker, command):
    """The shell hands them over as lone surrogates, which no store takes."""
    ran = tracker(*command)
    assert ran.code in {0, 2, 3}
    assert ran.err.count("\n") == (ran.code > 0)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.xlsx", b"hello", "XLSX 파일이 아닙니다"),
        ("a.json", b"{", "JSON이 아니거나"),
        ("a.json", b"{}", "tracker export"),
        ("a.csv", b"\xff\xff\xff", "UTF-8도 UTF-16도 CP949도"),
    ],
)
def test_why_a_file_is_refused_is_said_in_korean(demo, tracker, held, tmp_path, name, data, says):
    (tmp_path / name).write_bytes(data)
    ran = tracker("import", tmp_path / name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert says in ran.err
    assert held()


def test_json_stays_clean_when_something_is_wrong(demo, tracker):
    ran = tracker("show", "nowhere", "--json")
    assert (ran.code, ran.out) == (2, "")


def test_a_missing_store(tracker, tmp_path):
    ran = tracker("--db", tmp_path / "none.db", "list")
    assert ran.code == 3
    assert "tracker demo" in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("command", [["list"], ["note", "리퍼브", "x"], ["doctor"], ["backup"]])
def test_a_file_that_is_no_store(tracker, tmp_path, command):
    path = tmp_path / "letter.txt"
    path.write_text("친애하는 여러분\n" * 300)
    before = path.read_bytes()
    ran = tracker("--db", path, *command)
    assert ran.code == 3
    assert "letter.txt" in ran.err
    assert ran.err.count("\n") == 1
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_a_store_of_a_newer_version(demo, tracker):
    raw = sqlite3.connect(demo)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    before = demo.read_bytes()
    for command in (["list"], ["note", "리퍼브", "x"], ["undo"]):
        ran = tracker(*command)
        assert ran.code == 3
        assert "9999" in ran.err
    assert demo.read_bytes() == before


def test_a_locked_store(demo, tracker, held, tmp_path, monkeypatch):
    config = tmp_path / "config.toml"
    config.write_text("busy_ms = 50\n")
    monkeypatch.setenv("TRACKER_CONFIG", str(config))
    other = sqlite3.connect(demo, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ran = tracker("note", "리퍼브", "x")
    assert ran.code == 3
    assert "다른 프로세스" in ran.err
    assert ran.err.count("\n") == 1
    assert tracker("list").code == 0
    other.execute("ROLLBACK")
    other.close()
    assert held()
    assert tracker("note", "리퍼브", "x").code == 0


def test_a_folder_that_cannot_be_written(tracker, tmp_path):
    (tmp_path / "file").write_text("x")
    ran = tracker("--db", tmp_path / "file" / "new.db", "demo", "--no-tui")
    assert ran.code == 3
    assert "--db" in ran.err
    assert ran.err.count("\n") == 1


def test_a_read_only_folder(demo_master, tmp_path):
    """Root may write anywhere, so root does the same as somebody who may not."""
    warm, folder = tmp_path / "warm", tmp_path / "office"
    for place in (warm, folder):
        place.mkdir()
        shutil.copy(demo_master, place / "t.db")
    before = (folder / "t.db").read_bytes()
    (folder / "t.db").chmod(0o444)
    folder.chmod(0o555)
    if os.geteuid() == 0:
        for above in folder.parents[:4]:
            above.chmod(above.stat().st_mode | 0o055)
    code = (
        "import os, sys\n"
        "from tracker.cli.main import run\n"
        "warm, cold = sys.argv[1:]\n"
        "assert run(['--db', warm, 'note', '리퍼브', 'x']) == 0\n"
        "print('---', flush=True)\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "sys.exit(run(['--db', cold, 'note', '리퍼브', 'x']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, warm / "t.db", folder / "t.db"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TRACKER_CONFIG": "/dev/null"},
    )
    folder.chmod(0o755)
    assert (folder / "t.db").read_bytes() == before
    assert [p.name for p in folder.iterdir()] == ["t.db"]
    assert done.returncode == 3, done
    assert done.stdout.partition("---")[2].strip() == ""
    assert done.stderr.count("\n") == 1
    assert "t.db" in done.stderr


FACTS = (
    """\
facility new-hall
  name: 새 회관
  city: 김해시

"""
    + "\n".join(["# 빈 줄 대신"] * 34)
    + """
2025-01-06  opening  plan  2025-10
2025-01-06  openning plan  2025-10
2025-01-07  opening  plan  2023-02-29
"""
)


def test_a_fact_file_with_mistakes_names_each_line_and_changes_nothing(
    demo, tracker, held, tmp_path
):
    path = tmp_path / "mine.facts"
    path.write_text(FACTS)
    ran = tracker("import", path)
    assert ran.code == 2
    lines = ran.err.splitlines()
    assert [line.split(":")[2] for line in lines] == ["40", "41"]
    assert "openning" in lines[0]
    assert "opening" in lines[0]
    assert "2023-02-29" in lines[1]
    assert held()


@pytest.mark.parametrize(
    "text",
    [
        "busy_ms = 'soon'",
        "busy_ms = -1",
        "colour = 'red'",
        "limits = 3",
        "[limits]\nsoon = 1",
        "= broken",
        "timezone = 'Mars/Olympus'",
        "author = 3",
    ],
)
def test_a_settings_file_with_a_mistake(demo, tracker, tmp_path, monkeypatch, text):
    config = tmp_path / "config.toml"
    config.write_text(text)
    monkeypatch.setenv("TRACKER_CONFIG", str(config))
    ran = tracker("list")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("적으세요\n") or "설정은 없습니다: " in ran.err


def test_the_settings_are_used(demo, tracker, tmp_path, monkeypatch):
    config = tmp_path / "config.toml"
    config.write_text('author = "김주무관"\n[limits]\ndue_soon = 400\n')
    monkeypatch.setenv("TRACKER_CONFIG", str(config))
    tracker("note", "리퍼브", "x")
    assert tracker("log", "--json", "--limit", 1).json["updates"][0]["by"] == "김주무관"
    assert tracker("status", "--json").json["by_state"]["due_soon"] > 0


@pytest.mark.parametrize("command", [[], ["review"], ["demo"]])
def test_without_a_terminal_the_screen_says_so_or_prints(demo, command):
    done = subprocess.run(
        [sys.executable, "-m", "tracker", *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == (0 if command else 2)
    assert done.stderr.count("\n") == (0 if command else 1)


def test_nobody_reading_on_is_no_failure(demo):
    line = f"{sys.executable} -m tracker list | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_a_limit_of_nothing_does_not_say_that_there_is_nothing(demo, tracker):
    assert "알릴 것이 없습니다" not in tracker("alerts", "--limit", "0").out
