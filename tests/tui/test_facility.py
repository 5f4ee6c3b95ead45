"""The page of one facility."""

from stage import ROBOT, chosen, lines, press, text_of


async def test_the_page_has_everything_that_is_known(opened):
    async with opened() as pilot:
        await press(pilot, "enter")
        about = text_of(pilot, "#attributes")
        for known in (
            "Korea Robot Refurb Center",
            "로봇 재생 센터",
            "김해시",
            "물류·로봇",
            "221억 원",
        ):
            assert known in about
        updates = text_of(pilot, "#updates")
        assert "“2025-10 예정”" in updates
        assert "강변일보 · 센터 소식 · 2025-06-10" in updates
        assert "2025년 10월 (2025-10-01 … 2025-10-31)" in updates


async def test_the_cursor_is_on_the_milestone_it_was_opened_from_and_moves(opened):
    async with opened() as pilot:
        await press(pilot, "enter")
        assert chosen(pilot) == (ROBOT, "opening")
        await press(pilot, "k")
        assert chosen(pilot) == (ROBOT, "completion")


async def test_moving_past_the_last_milestone_scrolls_the_page(opened):
    async with opened(size=(80, 16)) as pilot:
        await press(pilot, "enter", "end")
        assert pilot.app.screen.query_one("#page").scroll_y > 0
        assert any("2023-01-02" in line for line in lines(pilot))
        await press(pilot, "g", "g")
        assert pilot.app.screen.query_one("#page").scroll_y == 0
        await press(pilot, "end", "home", "j", "j", "j", "j", "j")
        assert pilot.app.screen.query_one("#page").scroll_y > 0


async def test_what_was_taken_back_stays_readable(opened):
    async with opened() as pilot:
        await press(pilot, "n", "text:틀린 메모", "enter", "u", "enter")
        assert "틀린 메모 · 철회됨" in text_of(pilot, "#updates")
