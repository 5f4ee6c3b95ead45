"""View 4: the milestone trend on the screen."""

from dataclasses import replace

import pytest
from rich.cells import cell_len
from stage import LAB, LIBRARY, ROBOT, chosen, in_sizes, lines, milestone, page, press

from db.model.records import State
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.trend.trend_list import TrendList
from tracker.tui.trend.view import TrendScreen
from tracker.words import Words


async def test_it_shows_the_facility_that_was_chosen_elsewhere(opened):
    async with opened() as pilot:
        await press(pilot, "j", "4")
        assert isinstance(pilot.app.screen, TrendScreen)
        assert chosen(pilot) == (LIBRARY, "opening")
        assert "강변도서관" in lines(pilot)[0]
        await press(pilot, "1")
        assert chosen(pilot) == (LIBRARY, "opening")


async def test_every_statement_has_a_line_and_every_milestone_its_letter(opened):
    async with opened(size=(120, 40)) as pilot:
        await press(pilot, "4")
        told = pilot.app.screen.query_one(TrendList)
        reports = [u for u in page_of_robot(pilot) if u.kind.value in {"plan", "actual"}]
        assert told.virtual_size.height == len(reports)
        chart = "\n".join(lines(pilot)[4:20])
        for letter in "abc":
            assert letter in chart
        assert "╲" in chart
        assert "+123" in "\n".join(lines(pilot))


def page_of_robot(pilot):
    return page(pilot.app.session.workspace, ROBOT).updates


async def test_the_milestone_under_the_cursor_comes_to_the_front(opened):
    async with opened(size=(120, 40)) as pilot:
        await press(pilot, "4", "g", "g")
        first = "\n".join(lines(pilot)[4:20])
        await press(pilot, "end")
        assert chosen(pilot) == (ROBOT, "opening")
        assert "\n".join(lines(pilot)[4:20]) != first
        assert "░" in "\n".join(lines(pilot)[4:20])


async def test_left_and_right_go_through_the_facilities(opened):
    async with opened() as pilot:
        await press(pilot, "4")
        seen = [pilot.app.screen.session.chosen[0]]
        for key in ("l", "right", "ㅣ"):
            await press(pilot, key)
            seen.append(pilot.app.screen.session.chosen[0])
        assert len(set(seen)) == 4
        await press(pilot, "h")
        assert pilot.app.screen.session.chosen[0] == seen[-2]


async def test_a_facility_is_chosen_by_typing_part_of_a_name(opened):
    async with opened() as pilot:
        await press(pilot, "4", "slash", "text:ㅅㅅ", "escape", "slash", "text:강변", "enter")
        assert chosen(pilot) == (LIBRARY, "opening")


async def test_acts_and_the_page(opened, filled):
    async with opened() as pilot:
        await press(pilot, "4")
        assert chosen(pilot) == (ROBOT, "opening")
        await press(pilot, "v")
        assert page(filled, ROBOT).updates[0].kind.value == "confirm"
        await press(pilot, "c", "enter")
        assert milestone(filled, ROBOT, "opening").judged.state is State.COMPLETED
        assert "✓" in "\n".join(lines(pilot)[4:20])
        await press(pilot, "u", "enter")
        assert isinstance(pilot.app.screen, FacilityScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TrendScreen)


async def test_without_a_date_it_says_so(opened):
    async with opened() as pilot:
        pilot.app.session.chosen = (LAB, None)
        await press(pilot, "4")
        assert pilot.app.screen.row is None or chosen(pilot)[0] == LAB
        assert all(cell_len(line) == 100 for line in lines(pilot))


@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_it_fits_every_size(opened, filled, lang):
    async with opened(replace(filled, words=Words(lang))) as pilot:
        await press(pilot, "4")
        for keys in ((), ("home",), ("l",), ("comma",)):
            await press(pilot, *keys)
            async for width in in_sizes(pilot, [(60, 15), (80, 24), (200, 60)]):
                assert all(cell_len(line) == width for line in lines(pilot))
