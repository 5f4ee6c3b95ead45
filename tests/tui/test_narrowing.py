"""Search as one types, and the filter."""

import pytest
from stage import LIBRARY, ROBOT, chosen, press, text_of, until

from db.reader import Filter
from tracker.tui.counting import Counting
from tracker.tui.keybar import KeyBar


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

        monkeypatch.setattr("db.urgency.is_quick", never)
        count = "tracker.tui.board.Counting.run"
        with monkeypatch.context() as patch:
            patch.setattr(count, lambda _: None)
            await press(pilot, "slash", f"text:{typed}")
            assert "세는 중" in text_of(pilot, "#narrowed")
            assert listing.row == first, "in the order that it says"
            await press(pilot, "escape")
        await press(pilot, "slash", f"text:{typed}")
        await until(pilot, lambda: text_of(pilot, "#narrowed") == narrowed)
        assert (text_of(pilot, "#counts"), listing.row) == (counted, first)


async def test_a_count_that_was_given_up_shows_nothing(opened):
    async with opened() as pilot:
        board = pilot.app.screen
        before = text_of(pilot, "#counts")
        given_up = Counting(board.desk.office, board.desk.day, Filter(search="로봇"))
        given_up.give_up()
        assert given_up.run() is None
        board._show_more(given_up, {})  # noqa: SLF001 - as its thread would call it
        assert text_of(pilot, "#counts") == before


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
