"""What happens at any moment: another size, a stop, midnight, a clock that goes back."""

from datetime import date, timedelta

import pytest
from gallery import fill
from stage import TODAY, lines, press, record, refused, text_of, until
from textual.widgets import Input

from db.model.records import Batch, Statement, UpdateKind
from tracker.tui.session.views import VIEWS
from tracker.tui.shell.app import TrackerApp
from tracker.tui.terminal.driver import Resumed

VIEWED = {view.id: (str(view.number),) for view in VIEWS}
PAGES = {"page": ("2", "enter"), "help": ("question_mark",)}
FORMS = {
    "complete": ("c",),
    "plan": ("p",),
    "note": ("n",),
    "hold": ("s", "enter"),
    "state": ("s",),
    "add": ("a",),
    "edit": ("e",),
    "day": ("at",),
    "search": ("slash",),
    "filter": ("f",),
    "commands": ("ctrl+p",),
    "themes": ("f12",),
    "order": ("2", "o"),
    "group": ("2", "b"),
    "search facilities": ("2", "slash"),
    "note on the page": ("2", "enter", "n"),
    "begin a check": ("5", "enter"),
    "decide": ("5", "enter", "text:Kim", "tab", "text:Mo", "enter", "n"),
    "note in the log": ("6", "n"),
    "filter of the log": ("6", "f"),
}
ALL = {**VIEWED, **PAGES, **FORMS}
SIZES = [(60, 15), (200, 60), (59, 14), (1, 1), (100, 8), (100, 30)]
SIZE = (100, 30)


def drawn(pilot):
    """The terminal without its last column: a scrollbar may stand between two cells there."""
    return [row[:-1] for row in lines(pilot)]


async def opened_at(pilot, keys):
    """Go there, type a little where something can be typed, and tell what is shown."""
    await press(pilot, *keys)
    if isinstance(pilot.app.focused, Input):
        await press(pilot, "text:2027")
    return shown(pilot)


def shown(pilot):
    texts = [box.value for box in pilot.app.screen.query(Input)]
    return type(pilot.app.screen), texts


@pytest.mark.parametrize("keys", ALL.values(), ids=ALL)
async def test_any_size_and_a_stop_keep_what_is_shown(opened, filled, keys, monkeypatch):
    fill(filled)
    stops = []
    monkeypatch.setattr(TrackerApp, "action_to_shell", lambda _: stops.append(1))
    async with opened(size=SIZE) as pilot:
        before = await opened_at(pilot, keys)
        was = drawn(pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            lines(pilot)
            assert shown(pilot) == before
        await until(pilot, lambda: drawn(pilot) == was)
        await press(pilot, "ctrl+z")
        assert stops == [1]
        pilot.app.post_message(Resumed())
        await pilot.pause()
        await pilot.pause()
        assert shown(pilot) == before
        assert drawn(pilot) == was


@pytest.mark.parametrize("keys", ALL.values(), ids=ALL)
async def test_another_day_keeps_what_is_typed(opened, filled, keys):
    fill(filled)
    day = [TODAY]
    async with opened(clock=lambda: day[0], size=SIZE) as pilot:
        before = await opened_at(pilot, keys)
        midnight, back = TODAY + timedelta(days=1), TODAY - timedelta(days=400)
        for day[0] in (midnight, back):
            await until(pilot, lambda: pilot.app.session.today == day[0])
            await pilot.pause()
            assert shown(pilot) == before
            lines(pilot)


async def test_a_clock_that_goes_back_and_forth_is_followed_quietly(opened, filled):
    day = [TODAY]
    async with opened(clock=lambda: day[0]) as pilot:
        for today in (date(2025, 10, 17), TODAY, date(2025, 10, 17)):
            day[0] = today
            await until(pilot, lambda: pilot.app.session.today == day[0])
            assert day[0].isoformat() in lines(pilot)[0]
            assert not text_of(pilot, "#status")


async def test_acts_go_on_under_a_clock_that_went_back(opened, filled):
    record(filled, Batch((Statement("river-library", None, UpdateKind.NOTE, TODAY, value="x"),)))
    day = [date(2026, 6, 1)]
    async with opened(clock=lambda: day[0]) as pilot:
        await until(pilot, lambda: pilot.app.session.today == day[0])
        await press(pilot, "n", "text:Gravel", "enter")
        assert not pilot.app.screen.is_modal, refused(pilot)
        assert "Gravel" in text_of(pilot, "#status")
        await press(pilot, "u")
        assert "Gravel" in text_of(pilot, "#status")
