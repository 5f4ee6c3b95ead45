"""Search as one types, and the filter."""

import pytest
from stage import LIBRARY, ROBOT, chosen, press, text_of


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
