"""A disk that is full or broken while somebody types: said in a line, and nothing typed is lost."""

import sqlite3

from stage import press, refused, text_of

import db.write.store


def fill_up(monkeypatch):
    """From now on the store may not grow."""
    prepare = db.write.store._prepare  # noqa: SLF001 - the place where connections are made ready

    def narrow(connection, pragmas):
        prepare(connection, pragmas)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    monkeypatch.setattr(db.write.store, "_prepare", narrow)


async def test_a_full_disk_keeps_what_was_typed_until_there_is_room(opened, filled, monkeypatch):
    long = "가" * 3000
    async with opened() as pilot:
        with monkeypatch.context() as full:
            fill_up(full)
            await press(pilot, "n")
            pilot.app.focused.value = long
            await press(pilot, "enter")
            assert "full" in refused(pilot)
            assert pilot.app.focused.value == long
        await press(pilot, "enter")
        assert "메모" in text_of(pilot, "#status")


async def test_a_broken_disk_is_one_line_and_the_screen_goes_on(opened, filled, monkeypatch):
    async with opened() as pilot:
        with monkeypatch.context() as broken:

            def fail(*_):
                raise sqlite3.OperationalError("disk I/O error")

            broken.setattr(db.write.store, "write_transaction", fail)
            await press(pilot, "v")
            assert "디스크 오류" in text_of(pilot, "#status")
            await press(pilot, "p", "text:2027")
            await press(pilot, "enter")
            assert "디스크 오류" in refused(pilot)
        await press(pilot, "enter")
        assert "2027년" in text_of(pilot, "#status")
