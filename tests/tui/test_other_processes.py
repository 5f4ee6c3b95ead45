"""What another process writes, and a store that is gone or damaged."""

from datetime import date

from stage import LIBRARY, ROBOT, chosen, lines, press, record, refused, text_of, until

from db.model.records import Batch, Statement, UpdateKind
from db.upkeep.backup import back_up
from db.upkeep.restore import restore


def hold(slug: str) -> Batch:
    return Batch((Statement(slug, "opening", UpdateKind.HOLD, date(2026, 11, 20), reason="심의"),))


async def test_another_process_writing_shows_within_two_seconds_and_keeps_the_cursor(
    opened, filled
):
    async with opened() as pilot:
        await press(pilot, "j")
        assert chosen(pilot) == (LIBRARY, "opening")
        record(filled, hold(ROBOT))
        await until(pilot, lambda: "‖ 보류 1" in text_of(pilot, "#counts"))
        assert chosen(pilot) == (LIBRARY, "opening")
        assert "강변도서관" in text_of(pilot, "#pane")


async def test_a_backup_that_is_restored_shows(opened, filled, tmp_path):
    back_up(filled.path, tmp_path / "copy.db", busy_ms=1000)
    async with opened() as pilot:
        await press(pilot, "c", "enter")
        assert "✓ 완료 3" in text_of(pilot, "#counts")
        restore(filled.path, tmp_path / "copy.db", busy_ms=1000)
        await until(pilot, lambda: "✓ 완료 2" in text_of(pilot, "#counts"))


async def test_another_file_put_in_its_place_is_read(opened, filled, tmp_path):
    back_up(filled.path, tmp_path / "copy.db", busy_ms=1000)
    async with opened() as pilot:
        await press(pilot, "c", "enter")
        for beside in ("-wal", "-shm"):
            filled.path.with_name(filled.path.name + beside).unlink(missing_ok=True)
        (tmp_path / "copy.db").replace(filled.path)
        await until(pilot, lambda: "✓ 완료 2" in text_of(pilot, "#counts"))


async def test_a_store_that_is_damaged_meanwhile_is_one_line(opened, filled):
    async with opened() as pilot:
        filled.path.unlink()
        filled.path.write_bytes(b"no store at all" * 500)
        await until(pilot, lambda: "손상" in text_of(pilot, "#status"))
        await press(pilot, "j")
        assert "2026-11-21 (토)" in lines(pilot)[0], "the board is still there"
        assert "손상" in text_of(pilot, "#status")


async def test_a_write_that_finds_the_store_busy_keeps_the_form(opened, filled):
    import sqlite3
    from dataclasses import replace

    impatient = replace(filled, config=replace(filled.config, busy_ms=100))
    async with opened(impatient) as pilot:
        other = sqlite3.connect(filled.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await press(pilot, "n", "text:메모", "enter")
        assert "다른 프로세스" in refused(pilot)
        other.execute("ROLLBACK")
        other.close()
        await press(pilot, "enter")
        assert "메모: 메모" in text_of(pilot, "#status")
