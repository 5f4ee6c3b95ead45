"""Backup, restore and doctor as commands: what they say, and what they tell to do."""

import sqlite3

import pytest
from making import NOW


@pytest.fixture
def copy(demo, tracker, tmp_path):
    copy = tmp_path / "copy.bak"
    assert tracker("backup", copy).code == 0
    return copy


def test_a_restore_says_what_would_be_lost(demo, tracker, copy):
    before = tracker("export").out
    for number in range(22):
        tracker("note", "리퍼브", f"메모 {number}", "--by", "김주무관")
    ran = tracker("restore", copy)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert "22" in lines[1]
    assert sum("김주무관" in line and "메모" in line for line in lines) == 20
    assert "2" in lines[-2]
    assert "--yes" in lines[-1]
    assert tracker("export").out != before
    done = tracker("restore", copy, "--yes")
    assert (done.code, tracker("export").out) == (0, before)
    assert "backups" in done.out
    back = demo.parent / "backups" / "tracker.db.0001-before-restore.bak"
    ran = tracker("restore", back, "--lang", "en")
    assert "no act would be lost" in ran.out
    assert "would come back: 22" in ran.out


def test_a_restore_says_what_it_took_away_as_the_copy_aside_has_it(demo, tracker, copy):
    assert "in that copy" not in tracker("restore", copy, "--yes", "--lang", "en").out
    tracker("note", "리퍼브", "나중에 적음", "--by", "김주무관")
    lines = tracker("restore", copy, "--yes", "--lang", "en").out.splitlines()
    assert "0002-before-restore" in lines[0]
    assert lines[1].endswith("in that copy: 1")
    assert "김주무관" in lines[2]
    assert "나중에 적음" in lines[2]
    demo.write_bytes(b"rubbish" * 2000)
    ran = tracker("restore", copy, "--yes", "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert "would be lost is unknown" in ran.out


def test_backups_of_one_second_have_names_of_their_own(demo, tracker, monkeypatch):
    monkeypatch.setattr("tracker.app.clock.now", lambda: NOW)
    for _ in range(3):
        assert tracker("backup").code == 0
    stamp = "tracker.db.20261121T090000"
    kept = sorted(p.name for p in demo.parent.glob("*.bak"))
    assert kept == [f"{stamp}-2.bak", f"{stamp}-3.bak", f"{stamp}.bak"]


def test_what_a_lost_store_left_is_told_of_once(demo, tracker):
    demo.unlink()
    demo.with_name("tracker.db-wal").write_bytes(b"acts of somebody")
    for lang, word in (("ko", "참고"), ("en", "note")):
        ran = tracker("add", "facility", "회관", "--slug", f"hall-{lang}", "--lang", lang)
        assert ran.code == 0
        assert ran.err.count("\n") == 1
        assert f"tracker: {word}: " in ran.err
        assert tracker("note", f"hall-{lang}", "메모").err == ""
        demo.unlink()
        for suffix in ("-wal", "-shm"):
            demo.with_name(f"tracker.db{suffix}").unlink(missing_ok=True)
        demo.with_name("tracker.db-wal").write_bytes(b"acts of somebody")


def test_a_restore_of_what_is_no_backup(demo, tracker, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("친애하는 여러분\n" * 300)
    before = tracker("export").out
    for line in (("restore", letter), ("restore", letter, "--yes"), ("restore", demo, "--yes")):
        ran = tracker(*line)
        assert ran.code in {2, 3}
        assert ran.err.count("\n") == 1
    assert tracker("export").out == before
    assert not [p for p in demo.parent.iterdir() if "restoring" in p.name]


def test_a_store_that_cannot_be_read_says_so_and_is_restored(demo, tracker, copy):
    demo.write_bytes(b"rubbish" * 2000)
    assert tracker("list").code == 3
    assert tracker("doctor").code == 3
    ran = tracker("restore", copy, "--lang", "en")
    assert "would be lost is unknown" in ran.out
    assert tracker("restore", copy, "--yes").code == 0
    assert tracker("doctor").code == 0


def test_an_import_backs_the_store_up_first(demo, tracker, tmp_path):
    file = tmp_path / "new.facts"
    file.write_text("facility lab\n  name: 실험동\n2026-01-05  opening  plan  2026-10\n")
    before = tracker("export").out
    assert tracker("import", file, "--dry-run").code == 0
    assert not (demo.parent / "backups").exists()
    assert tracker("import", file).code == 0
    assert tracker("import", file).code == 0
    (backup,) = (demo.parent / "backups").iterdir()
    assert tracker("--db", backup, "export").out == before
    assert tracker("--db", tmp_path / "other.db", "import", file).code == 0
    assert not (tmp_path / "backups").exists(), "there was nothing yet"


def test_the_doctor_names_the_command_that_mends(demo, tracker, copy, tmp_path):
    raw = sqlite3.connect(demo)
    raw.execute("UPDATE milestone SET forecast = '2031' WHERE slug = 'opening'")
    raw.commit()
    ran = tracker("doctor", "--lang", "en")
    assert (ran.code, ran.out) == (3, "")
    assert all(line.endswith("→ tracker doctor --repair") for line in ran.err.splitlines())
    assert tracker("doctor", "--repair").code == 0
    raw.execute("UPDATE status_update SET value = '['")
    raw.commit()
    raw.close()
    ran = tracker("doctor", "--repair")
    assert ran.code == 3
    assert all(line.endswith("→ tracker restore 백업파일") for line in ran.err.splitlines())
    assert tracker("restore", copy, "--yes").code == 0
    raw = sqlite3.connect(demo)
    raw.execute("UPDATE status_update SET value = '['")
    raw.commit()
    raw.close()
    backup = demo.parent / "backups" / "tracker.db.0001-before-restore.bak"
    assert all(line.endswith(f"restore {backup}") for line in tracker("doctor").err.splitlines())


def test_order_and_contradictions_are_reported_and_no_damage(demo, tracker):
    for milestone, day in (("groundbreaking", "2025-01"), ("completion", "2024-01")):
        tracker("add", "facility", "순서관", "--slug", "order", "--reported", "2023-01-01")
        tracker("plan", "order", milestone, day, "--reported", "2023-01-02")
    for source, day in (("가신문", "2027-01"), ("나일보", "2028-01")):
        tracker("plan", "order", "opening", day, "--reported", "2023-01-02", "--source", source)
    ran = tracker("doctor")
    assert ran.code == 0
    assert "order/completion" in ran.out
    assert "tracker show order" in ran.out
    assert "order/opening" in ran.out
    assert "tracker retract" in ran.out


def test_a_store_that_others_may_read_is_reported(demo, tracker):
    demo.chmod(0o644)
    ran = tracker("doctor")
    assert ran.code == 0
    assert f"chmod 600 {demo}" in ran.out
    demo.chmod(0o600)
    assert "chmod" not in tracker("doctor").out


def test_a_backup_that_goes_away_is_no_failure_of_the_doctor(demo, tracker):
    backups = demo.parent / "backups"
    backups.mkdir()
    (backups / "t.db.0001-before-import.bak").symlink_to(backups / "dropped")
    assert tracker("doctor").code == 0


@pytest.mark.parametrize("folder", ["", ".", "./", "..", "/"])
def test_a_folder_is_no_place_for_a_backup(demo, tracker, folder, monkeypatch):
    monkeypatch.chdir(demo.parent)
    before = sorted(demo.parent.iterdir())
    ran = tracker("backup", folder)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (3, "", 1)
    assert "폴더" in ran.err
    assert sorted(demo.parent.iterdir()) == before


def test_an_emptied_store_is_not_taken_for_a_new_one(demo, tracker, copy):
    demo.write_bytes(b"")
    for line in (["list"], ["alerts", "--exit-code"], ["doctor"], ["backup"], ["note", "a", "b"]):
        ran = tracker(*line)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (3, "", 1)
        assert "restore" in ran.err
    assert demo.read_bytes() == b""
    assert tracker("restore", copy, "--yes").code == 0
    assert tracker("status").code == 0
