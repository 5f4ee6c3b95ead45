"""In every view `u` takes back the act that is named beside it, and names none that it would not.

Somebody else, and the same person elsewhere, write between any two keys.
"""

import pytest
from stage import HANGAR, LIBRARY, NOW, press, text_of, until

from db.model.records import ActKind, Batch, Statement, UpdateKind

HINT = "u 되돌리기"
VIEWS = ("1", "2", "3", "4", "6", "page", "check")


def elsewhere(office, text, by="Lee", facility=HANGAR):
    """Write through another connection."""
    note = Statement(facility, None, UpdateKind.NOTE, office.today, value=text)
    with office.writing() as store:
        return store.record(Batch((note,)), by=by, now=NOW, today=office.today).act.id


def newest(office, *kinds):
    with office.reading() as reader:
        return reader.newest_act(*(kinds or (ActKind.ACT,)))


def undone(office):
    """The acts that were taken back, the last first."""
    with office.reading() as reader:
        undos = [a for a in reader.acts() if a.kind is ActKind.UNDO]
        firsts = [reader.updates_of_act(a.id)[0].retracts for a in reversed(undos)]
        return [reader.update(number).act for number in firsts]


async def go(pilot, view):
    """Show a view, from wherever one is."""
    if view in {"page", "check"}:
        await press(pilot, "1" if view == "page" else "5", "enter")
        if view == "check":
            await press(pilot, "enter")
    else:
        await press(pilot, view)


async def leave(pilot, view, other):
    """Go to another view; from a page by its key too."""
    await press(pilot, *(["escape"] if view == "page" else []))
    await go(pilot, other)


async def write(pilot, office, name):
    """Write a note on what is chosen; the number of the act."""
    await press(pilot, "n", f"text:{name}", "enter")
    return newest(office).id


@pytest.mark.parametrize("view", VIEWS)
async def test_the_act_beside_the_key_is_the_one_taken_back(opened, filled, view):
    async with opened() as pilot:
        await go(pilot, view)
        mine = await write(pilot, filled, "mine")
        assert HINT in text_of(pilot, "#status")
        elsewhere(filled, "theirs")
        elsewhere(filled, "mine, elsewhere", by="김주무관")
        await until(pilot, lambda: HINT in text_of(pilot, "#status"))
        await press(pilot, "u")
        assert undone(filled) == [mine]
        assert f"김주무관의 {mine}번" in text_of(pilot, "#status")


@pytest.mark.parametrize("view", VIEWS)
async def test_a_view_that_is_come_back_to_offers_only_what_was_done_last(opened, filled, view):
    other = "6" if view == "2" else "2"
    async with opened() as pilot:
        await go(pilot, view)
        first = await write(pilot, filled, "first")
        await leave(pilot, view, other)
        second = await write(pilot, filled, "second")
        await go(pilot, view)
        assert HINT not in text_of(pilot, "#status"), "it was done in another view"
        await leave(pilot, view, other)
        assert HINT in text_of(pilot, "#status")
        await press(pilot, "u")
        assert undone(filled) == [second]
        await go(pilot, view)
        assert HINT not in text_of(pilot, "#status")
        await leave(pilot, view, other)
        await press(pilot, "u")
        assert undone(filled) == [first, second]
        await go(pilot, view)
        assert HINT not in text_of(pilot, "#status"), "what it named is gone"


@pytest.mark.parametrize("view", VIEWS)
async def test_what_another_took_back_is_offered_no_longer(opened, filled, view):
    async with opened() as pilot:
        await go(pilot, view)
        mine = await write(pilot, filled, "mine")
        assert HINT in text_of(pilot, "#status")
        with filled.writing() as store:
            store.undo(by="Lee", now=NOW, today=filled.today, act=mine)
        await until(pilot, lambda: HINT not in text_of(pilot, "#status"))
        elsewhere(filled, "theirs", facility=LIBRARY)
        await press(pilot, "u")
        assert undone(filled) == [mine], "nothing of this person is left"


@pytest.mark.parametrize("view", VIEWS)
async def test_before_it_is_seen_that_another_took_it_back_no_other_act_goes(
    opened, filled, monkeypatch, view
):
    monkeypatch.setattr("tracker.tui.shell.app._POLL", 3600)  # it does not look by itself
    async with opened() as pilot:
        elsewhere(filled, "mine, earlier", by="김주무관")
        await go(pilot, view)
        mine = await write(pilot, filled, "mine")
        with filled.writing() as store:
            store.undo(by="Lee", now=NOW, today=filled.today, act=mine)
        await press(pilot, "u")
        assert undone(filled) == [mine]


@pytest.mark.parametrize("view", VIEWS)
async def test_a_redo_by_another_is_followed(opened, filled, view):
    async with opened() as pilot:
        await go(pilot, view)
        mine = await write(pilot, filled, "mine")
        await press(pilot, "u")
        assert "ctrl+r" in text_of(pilot, "#status")
        number = newest(filled, ActKind.UNDO).id
        with filled.writing() as store:
            store.redo(by="Lee", now=NOW, today=filled.today, act=number)
        await until(pilot, lambda: "ctrl+r 다시" not in text_of(pilot, "#status"))
        await press(pilot, "u")
        assert undone(filled) == [mine, mine]


async def test_before_a_check_undo_takes_ones_own_newest_act_as_anywhere(opened, filled):
    async with opened() as pilot:
        mine = await write(pilot, filled, "mine")
        await go(pilot, "5")
        assert HINT not in text_of(pilot, "#status")
        await press(pilot, "u")
        assert undone(filled) == [mine]
        assert f"김주무관의 {mine}번" in text_of(pilot, "#status")
        elsewhere(filled, "theirs")
        await press(pilot, "u")
        assert "김주무관이 한 작업 가운데 되돌릴 것이 없습니다" in text_of(pilot, "#status")
        assert undone(filled) == [mine]
