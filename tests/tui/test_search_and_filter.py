"""Search as one types, and the filter."""

from threading import Event

import pytest
from stage import (
    LIBRARY,
    PLAN,
    ROBOT,
    TODAY,
    chosen,
    dated,
    lines,
    press,
    record,
    text_of,
    until,
)

from db.model.records import Batch, Kind, NewFacility, NewMilestone
from db.read.reader import Filter
from tracker.tui.session.background_query import BackgroundQuery
from tracker.tui.widgets.key_bar import KeyBar


@pytest.mark.parametrize(
    ("typed", "count"),
    [("리퍼", 3), ("ㄹㅍ", 3), ("재생", 3), ("refurb", 3), ("격납", 1), ("ㄱㅂ", 1), ("없음", 0)],
)
async def test_search_finds_syllables_initials_aliases_and_latin(opened, typed, count):
    async with opened() as pilot:
        await press(pilot, "slash", f"text:{typed}")
        assert f"“{typed}” · {count}건" in text_of(pilot, "#narrowed")
        assert (chosen(pilot) is None) == (count == 0)


async def test_what_was_found_stays_until_escape(opened):
    async with opened() as pilot:
        await press(pilot, "f7", "text:강변", "enter")
        assert chosen(pilot) == (LIBRARY, "opening")
        assert pilot.app.focused.id == "list"
        await press(pilot, "escape")
        assert not pilot.app.screen.query_one("#narrowed").display
        await press(pilot, "slash", "text:강변", "escape")
        assert not pilot.app.screen.query_one("#narrowed").display


async def test_arrows_move_in_the_list_while_searching(opened):
    async with opened() as pilot:
        await press(pilot, "slash", "text:로봇", "down")
        assert chosen(pilot) == (ROBOT, "completion")
        assert "Enter" in text_of(pilot, "#keys")
        assert "c 완료" not in text_of(pilot, "#keys"), "letters are typed now"


async def test_the_filter_narrows_by_state_city_and_kind(opened):
    async with opened() as pilot:
        await press(pilot, "f", "text:창원", "enter")
        assert "창원시 · 2건" in text_of(pilot, "#narrowed")
        await press(pilot, "f", "text:준공", "enter")
        assert "창원시 · 준공 · 1건" in text_of(pilot, "#narrowed")
        await press(pilot, "f", "text:모두", "enter")
        assert not pilot.app.screen.query_one("#narrowed").display
        await press(pilot, "f", "enter")
        assert "기한 경과 · 1건" in text_of(pilot, "#narrowed")
        await press(pilot, "f", "text:기한", "enter")
        assert not pilot.app.screen.query_one("#narrowed").display, "the same again clears it"


@pytest.mark.parametrize("typed", ["로봇", "ㄹㅂ", "없음"])
async def test_what_takes_long_to_count_shows_its_first_page_before(opened, monkeypatch, typed):
    async with opened() as pilot:
        await press(pilot, "slash", f"text:{typed}")
        listing, counted = pilot.app.screen.query_one("#list"), text_of(pilot, "#counts")
        narrowed, first = text_of(pilot, "#narrowed"), listing.row
        await press(pilot, "escape")

        def never(connection, wanted):
            return wanted.by_state_alone

        monkeypatch.setattr("db.read.lists.ordering.is_quick", never)
        count = "tracker.tui.session.background_query.BackgroundQuery.run"
        with monkeypatch.context() as patch:
            patch.setattr(count, lambda _: None)
            await press(pilot, "slash", f"text:{typed}")
            assert "세는 중" in text_of(pilot, "#narrowed")
            assert listing.row == first, "in the order that it says"
            await press(pilot, "escape")
        await press(pilot, "slash", f"text:{typed}")
        await until(pilot, lambda: text_of(pilot, "#narrowed") == narrowed)
        assert (text_of(pilot, "#counts"), listing.row) == (counted, first)


@pytest.fixture
def many(office):
    """Forty facilities of one step each."""
    facilities = [f"hall-{n:02d}" for n in range(40)]
    plans = tuple(dated(f, "opening", PLAN, "2026-01-01", "2027-06") for f in facilities)
    made = tuple(NewMilestone(f, "opening", Kind.OPENING) for f in facilities)
    record(office, Batch(plans, tuple(map(NewFacility, facilities)), made))
    return office


def told(pilot):
    """The facilities that are drawn, from the top."""
    words = [line.split() for line in lines(pilot)]
    return [word for line in words for word in line if word.startswith("hall-")][:40]


HALLS = [f"hall-{n:02d}" for n in range(40)]


async def test_a_first_page_fills_a_high_window_with_one_line_for_each(opened, many, monkeypatch):
    monkeypatch.setattr("db.read.lists.ordering.is_quick", lambda _, wanted: wanted.by_state_alone)
    async with opened(many, size=(120, 70)) as pilot:
        with monkeypatch.context() as patch:
            patch.setattr(
                "tracker.tui.session.background_query.BackgroundQuery.run", lambda _: None
            )
            await press(pilot, "slash", "text:hall")
            assert told(pilot) == HALLS
            await press(pilot, "escape")
        await press(pilot, "slash", "text:hall")
        await until(pilot, lambda: "40건" in text_of(pilot, "#narrowed"))
        assert told(pilot) == HALLS


@pytest.mark.parametrize("view", ["2", "3"])
async def test_an_order_that_takes_long_is_read_aside(opened, many, monkeypatch, view):
    monkeypatch.setattr("db.read.lists.facility_list._QUICK", 0)
    async with opened(many, size=(120, 30)) as pilot:
        await press(pilot, view, "j", "j")
        there = chosen(pilot)
        with monkeypatch.context() as patch:
            patch.setattr(
                "tracker.tui.session.background_query.BackgroundQuery.run", lambda _: None
            )
            await press(pilot, "slash", "text:hall")
            assert told(pilot)[:10] == HALLS[:10]
            assert pilot.app.screen.listing.virtual_size.height == 25
            await press(pilot, "escape", "home", "j", "j")
            await press(pilot, "b", *(["down", "enter"] if view == "2" else []))
            assert told(pilot) == []
            assert "읽는 중" in "".join(lines(pilot))
        await press(pilot, "o", *(["text:당초", "enter"] if view == "2" else []))
        await until(pilot, lambda: told(pilot) != [])
        assert chosen(pilot)[0] == there[0]
        assert "없음 · 40" in "".join(lines(pilot))


async def test_a_log_that_takes_long_to_count_shows_its_first_page_before(
    opened, many, monkeypatch
):
    monkeypatch.setattr("db.read.lists.log_list._QUICK", 0)
    real, counted = BackgroundQuery.run, Event()
    monkeypatch.setattr(BackgroundQuery, "run", lambda aside: counted.wait(20) and real(aside))
    async with opened(many, size=(120, 60)) as pilot:
        await press(pilot, "6", "slash", "text:hall", "enter", "ctrl+a")
        assert not pilot.app.screen.marks
        assert "읽는 중" in text_of(pilot, "#status")
        newest = told(pilot)
        assert newest[:3] == ["hall-39", "hall-38", "hall-37"]
        assert "세는 중" in text_of(pilot, "#narrowed")
        counted.set()
        await until(pilot, lambda: "40건" in text_of(pilot, "#narrowed"))
        assert told(pilot)[:30] == newest[:30]
        await press(pilot, "end")
        assert chosen(pilot) == ("hall-00", "opening")


async def test_an_answer_waits_until_its_screen_is_looked_at_again(opened):
    async with opened() as pilot:
        board, told, go = pilot.app.screen, [], Event()
        board.run_query(lambda _: go.wait(20) and "the answer", told.append)
        await press(pilot, "2")
        go.set()
        await pilot.pause(0.2)
        assert told == []
        await press(pilot, "1")
        await until(pilot, lambda: told == ["the answer"])


async def test_an_answer_that_was_given_up_is_not_told(opened):
    async with opened() as pilot:
        board, told = pilot.app.screen, []
        given_up = BackgroundQuery(board.session.workspace, lambda r: r.counts(TODAY, 30, Filter()))
        given_up.cancel()
        assert given_up.run() is None
        board.run_query(lambda _: "the first", told.append)
        board.run_query(lambda _: "the second", told.append)
        await until(pilot, lambda: told)
        await pilot.pause(0.1)
        assert told == ["the second"]


async def test_the_line_of_keys_stays_as_it_is_while_one_types(opened, monkeypatch):
    async with opened() as pilot:
        await pilot.press("slash")
        await pilot.pause()
        drawn = []
        monkeypatch.setattr(KeyBar, "_draw", drawn.append)
        await pilot.press("센", "터")
        await pilot.pause()
        assert drawn == []


async def test_a_list_that_becomes_longer_moves_nothing_around_it(opened):
    async with opened() as pilot:
        await pilot.press("slash", "센")
        await pilot.pause()
        laid, screen = [], pilot.app.screen
        screen.screen_layout_refresh_signal.subscribe(screen, laid.append)
        await pilot.press("터")
        await pilot.pause()
        assert "“센터”" in text_of(pilot, "#narrowed")
        assert laid == []
