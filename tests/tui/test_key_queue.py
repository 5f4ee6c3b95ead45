"""Keys that come faster than screens open."""

import pytest
from stage import HANGAR, LAB, LIBRARY, ROBOT, chosen, milestone, page, until
from textual import events
from textual.widgets import Input

from db.model.records import UpdateKind
from tracker.tui.facilities.view import FacilitiesScreen
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.chooser import Chooser
from tracker.tui.forms.form import Form
from tracker.tui.keys import key_queue
from tracker.tui.log.view import LogScreen

NAMED = {"\r": "enter", "@": "at", ":": "colon", " ": "space", "-": "minus"}


def at_once(pilot, keys):
    """Send keys as a terminal does that has them all in one piece."""
    for key in keys:
        pilot.app.post_message(events.Key(NAMED.get(key, key), key if key.isprintable() else None))


def typed(pilot):
    return [field.value for field in pilot.app.screen.query(Input)]


@pytest.mark.parametrize(
    ("keys", "screens", "text"),
    [
        ("p2027 H1", [Form], "2027 H1"),
        ("n장비 늦음", [Form], "장비 늦음"),
        ("@2025-07", [Form], "2025-07"),
        ("\rn늦음", [FacilityScreen, Form], "늦음"),
        ("2wabc", [FacilitiesScreen, Chooser], "abc"),
        ("6d2025", [LogScreen, Form], "2025"),
        (":log", [Chooser], "log"),
        ("s1예산", [Form], "예산"),
    ],
)
async def test_what_is_typed_at_once_reaches_the_screen_that_it_opens(opened, keys, screens, text):
    async with opened() as pilot:
        at_once(pilot, keys)
        await until(pilot, lambda: typed(pilot)[:1] == [text])
        stack = [type(s) for s in pilot.app.screen_stack]
        assert stack[-len(screens) :] == screens


async def test_keys_wait_until_a_form_is_saved(opened, filled):
    def notes():
        updates = [u for slug in (ROBOT, LIBRARY, HANGAR, LAB) for u in page(filled, slug).updates]
        return [u.value for u in updates if u.kind is UpdateKind.NOTE]

    async with opened() as pilot:
        assert chosen(pilot) == (ROBOT, "opening")
        at_once(pilot, "p2027 H1\rjn물어봄\r")
        await until(pilot, lambda: bool(notes()))
        assert notes() == ["물어봄"]
        assert str(milestone(filled, ROBOT, "opening").milestone.forecast) == "2027-40"
        await until(pilot, lambda: not isinstance(pilot.app.screen, Form))


async def test_a_key_that_is_lost_on_its_way_holds_the_others_up_for_a_while_only(
    opened, monkeypatch
):
    async with opened() as pilot:
        monkeypatch.setattr(key_queue, "_PATIENCE", -1)
        monkeypatch.setattr(pilot.app.key_queue, "_probe", lambda *_: None)
        at_once(pilot, "jj")
        await until(pilot, lambda: pilot.app.screen.listing.cursor == 2)
