"""A view's style sheet leaves the other views alone."""

from stage import press

from tracker.tui.trend.trend_list import TrendList


async def test_lists_keep_their_heights_whatever_view_was_seen_before(opened):
    async with opened(size=(100, 40)) as pilot:
        before = pilot.app.screen.query_one("#list").size
        await press(pilot, "4")
        trend = pilot.app.screen.query_one(TrendList).size
        await press(pilot, "3", "1")
        assert pilot.app.screen.query_one("#list").size == before
        await press(pilot, "4")
        assert pilot.app.screen.query_one(TrendList).size == trend
