"""Another day is read beside the screen, which goes on answering."""

from datetime import date
from threading import Event

import pytest
from stage import HANGAR, ROBOT, TODAY, chosen, lines, press, record, text_of, until

import tracker.tui.session.as_of_loader
from db.model.errors import StoreError
from db.model.period import Period
from db.model.progress import Stage, counted
from db.model.records import Batch, Statement, UpdateKind
from db.read.lists.as_of import AsOf
from db.read.reader import Reader
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.session.as_of_loader import Level
from tracker.tui.shell.app import TrackerApp


@pytest.fixture
def slow(monkeypatch):
    """What comes after the first page of a day takes until it is let go."""
    going = Event()
    prepare = Reader.prepare

    def late(reader, soon_days):
        assert going.wait(20)
        prepare(reader, soon_days)

    monkeypatch.setattr(Reader, "prepare", late)
    yield going
    going.set()


@pytest.fixture
def short_page(monkeypatch):
    """A page is one row, so that this small store has a first page of what is overdue."""
    monkeypatch.setattr(tracker.tui.session.as_of_loader, "_PAGE", 1)


async def tap(pilot, *keys):
    """Press keys without waiting for anything that is read."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


async def test_keys_are_answered_while_another_day_is_read(opened, slow):
    async with opened(size=(120, 30)) as pilot:
        before = chosen(pilot)
        await tap(pilot, "comma")
        assert TODAY.isoformat() in lines(pilot)[0], "what is shown is still today's"
        await tap(pilot, "j")
        assert chosen(pilot) != before
        await until(pilot, lambda: "기준일 2026-11-14 읽는 중" in text_of(pilot, "#status"))
        await tap(pilot, "c")
        assert "읽기만" in text_of(pilot, "#status"), "nothing is written on the way there"
        slow.set()
        await until(pilot, lambda: "2026-11-14" in lines(pilot)[0])
        assert "읽는 중" not in text_of(pilot, "#status")
        assert pilot.app.session.level is Level.LISTS


async def test_the_first_page_shows_before_the_rest_is_read(opened, slow, short_page):
    async with opened(size=(120, 30)) as pilot:
        await tap(pilot, "comma")
        await until(pilot, lambda: "2026-11-14" in lines(pilot)[0])
        assert "읽는 중…" in lines(pilot)[0]
        await until(pilot, lambda: "경과 1" in lines(pilot)[1])
        assert "읽는 중…" in lines(pilot)[0], "counted, but not in order yet"
        assert chosen(pilot) == (ROBOT, "opening")
        assert "한국로봇리퍼브센터" in text_of(pilot, "#pane")
        await tap(pilot, "c")
        assert "읽기만" in text_of(pilot, "#status")
        await tap(pilot, "enter")
        assert isinstance(pilot.app.screen, FacilityScreen)
        assert "2026-11-14" in lines(pilot)[0]
        await tap(pilot, "escape")
        slow.set()
        await until(pilot, lambda: "읽는 중" not in "".join(lines(pilot)))
        assert pilot.app.session.level is Level.LISTS


@pytest.mark.parametrize("view", ["2", "3", "6"])
async def test_a_view_that_needs_more_of_the_day_waits_for_it(opened, slow, short_page, view):
    async with opened(size=(120, 30)) as pilot:
        await tap(pilot, "comma")
        await until(pilot, lambda: "2026-11-14" in lines(pilot)[0])
        await tap(pilot, view)
        assert "읽는 중…" in pilot.app.screen.listing.render_line(0).text, "in place of the rows"
        slow.set()
        await until(pilot, lambda: "읽는 중" not in "".join(lines(pilot)))
        assert "한국로봇리퍼브센터" in "".join(lines(pilot))
        assert "2026-11-14" in lines(pilot)[0]


async def test_the_last_day_that_was_asked_for_is_the_one_that_is_shown(opened, slow):
    async with opened(size=(120, 30)) as pilot:
        await tap(pilot, "comma", "comma", "comma", "full_stop")
        assert pilot.app.session.target_day == date(2026, 11, 7)
        slow.set()
        await press(pilot)
        await until(pilot, lambda: "2026-11-07" in lines(pilot)[0])
        assert pilot.app.session.reading is None


async def test_today_is_shown_at_once_whatever_is_being_read(opened, slow):
    async with opened(size=(120, 30)) as pilot:
        await tap(pilot, "comma")
        await tap(pilot, "at")
        assert pilot.app.session.target_day == TODAY
        slow.set()
        await pilot.app.workers.wait_for_complete()
        await press(pilot)
        assert TODAY.isoformat() in lines(pilot)[0]
        assert "읽기 전용" not in lines(pilot)[0]


async def test_a_past_day_is_read_anew_when_somebody_says_more_of_it(opened, filled):
    later = Statement(
        HANGAR, "completion", UpdateKind.PLAN, date(2026, 10, 20), Period.parse("2031-05")
    )
    async with opened(size=(120, 30)) as pilot:
        await press(pilot, "comma")
        assert "2031" not in "".join(lines(pilot))
        record(filled, Batch((later,)))
        await until(pilot, lambda: "2031" in "".join(lines(pilot)))
        assert "2026-11-14" in lines(pilot)[0]


def fail(path, **_more):
    raise StoreError("고장", code="io", path=str(path), why="고장")


async def test_a_day_that_cannot_be_read_is_said_and_today_stays(opened, filled, monkeypatch):
    async with opened(size=(120, 30)) as pilot:
        with monkeypatch.context() as broken:
            broken.setattr("tracker.app.workspace.connect", fail)
            await press(pilot, "comma")
        assert "고장" in text_of(pilot, "#status")
        assert TODAY.isoformat() in lines(pilot)[0]
        assert pilot.app.session.reading is None


async def test_leaving_does_not_wait_for_a_day_that_is_being_read(filled, monkeypatch):
    """The folding of everything is given up at the next facility."""
    begun, told = Event(), 0

    def folding(_past):
        nonlocal told
        begun.set()
        for _ in counted(range(10**9), 10**9, Stage.FOLD):
            told += 1

    monkeypatch.setattr(AsOf, "materialize_all", folding)
    app = TrackerApp(filled, view="facilities")
    async with app.run_test(size=(120, 30)) as pilot:
        await press(pilot, "b", "down", "enter")
        await tap(pilot, "comma")
        await until(pilot, begun.is_set)
        (worker,) = (w for w in app.workers if w.group == "past")
        app.session.cancel()
        await app.workers.wait_for_complete([worker])
    assert told < 10**9
