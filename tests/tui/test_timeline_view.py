"""View 3: the timeline on the screen."""

from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len
from stage import (
    HANGAR,
    LIBRARY,
    PLAN,
    ROBOT,
    TODAY,
    chosen,
    dated,
    in_sizes,
    lines,
    milestone,
    page,
    press,
    record,
)

from db.model.records import Batch, Kind, NewFacility, NewMilestone, State
from tracker.charts.timeline_rows import Group, Sort
from tracker.charts.timescale import Zoom
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.form import Form
from tracker.tui.timeline.timeline_list import TimelineList
from tracker.tui.timeline.view import TimelineScreen
from tracker.words import Words


def the_list(pilot):
    return pilot.app.screen.query_one(TimelineList)


def scale(pilot):
    return the_list(pilot).axis.scale


def column(text, sign):
    return cell_len(text[: text.index(sign)])


@pytest.mark.parametrize("key", ["3", "right_square_bracket", "ctrl+right"])
async def test_the_view_has_its_keys_and_keeps_the_chosen_facility(opened, key):
    async with opened() as pilot:
        await press(pilot, "j")
        there = chosen(pilot)
        await press(pilot, "3" if key == "3" else key)
        for _ in range(5):
            if not isinstance(pilot.app.screen, TimelineScreen):
                await press(pilot, key)
        assert isinstance(pilot.app.screen, TimelineScreen)
        assert chosen(pilot) == there
        await press(pilot, "j", "1")
        assert chosen(pilot)[0] != there[0]


async def test_every_facility_has_a_line_and_today_stands_under_its_mark(opened):
    async with opened(size=(100, 30)) as pilot:
        await press(pilot, "3")
        drawn = lines(pilot)
        assert [sum(name in line for line in drawn) for name in ("한국로봇", "강변도서관")] == [
            1,
            1,
        ]
        assert "드론 격납고" in "".join(drawn)
        rule = next(line for line in drawn if "▼" in line)
        row = next(line for line in drawn if "한국로봇" in line)
        assert column(rule, "▼") == column(row, "│")
        at = scale(pilot).cell(TODAY) + 1 + the_list(pilot).shares.name + 1
        assert column(rule, "▼") == at


async def test_enter_opens_and_closes_and_opens_the_page_from_a_milestone(opened):
    async with opened() as pilot:
        await press(pilot, "3", "enter")
        assert the_list(pilot).opened == {ROBOT}
        assert sum("준공" in line[:20] for line in lines(pilot)) == 1
        await press(pilot, "j", "j")
        assert chosen(pilot) == (ROBOT, "completion")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FacilityScreen)
        assert chosen(pilot) == (ROBOT, "completion")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, TimelineScreen)
        assert chosen(pilot) == (ROBOT, "completion")
        await press(pilot, "escape")
        assert the_list(pilot).opened == set()
        assert chosen(pilot)[0] == ROBOT


async def test_zoom_pan_fit_and_today(opened):
    async with opened(size=(120, 30)) as pilot:
        await press(pilot, "3")
        first = scale(pilot)
        await press(pilot, "plus")
        assert scale(pilot).days < first.days
        await press(pilot, "minus", "minus", "minus", "minus", "minus", "minus")
        assert scale(pilot).zoom is Zoom.YEAR
        far = scale(pilot).first
        await press(pilot, "l", "right", "h", "left")
        assert scale(pilot).first == far
        assert scale(pilot).zoom is Zoom.YEAR
        await press(pilot, *["l"] * 30)
        assert scale(pilot).start > TODAY
        await press(pilot, "t")
        assert scale(pilot).start < TODAY < scale(pilot).end
        await press(pilot, "0")
        assert scale(pilot).start < date(2025, 1, 1)
        assert scale(pilot).end >= date(2027, 12, 31)
        await press(pilot, "equals_sign")
        assert scale(pilot).start < date(2023, 12, 31)
        assert scale(pilot).end < date(2027, 12, 31)


async def test_every_drawn_bar_is_where_its_days_are(opened):
    async with opened(size=(160, 30)) as pilot:
        await press(pilot, "3", "0")
        drawn, shares, axis = lines(pilot), the_list(pilot).shares, scale(pilot)
        row = next(line for line in drawn if "드론 격납고" in line)
        cells = [c for c in range(len(row)) if row[c] in "▄▖▗"]
        before = 1 + shares.name + 1
        at = [cell_len(row[:c]) - before for c in cells]
        assert min(at) == axis.half(date(2027, 12, 1)) // 2
        assert max(at) == axis.last_half(date(2027, 12, 31)) // 2


async def test_groups_and_orders_go_round(opened):
    async with opened() as pilot:
        await press(pilot, "3", "b")
        assert pilot.app.screen.group is Group.CITY
        assert any(line.startswith(" 창원시 · 2") for line in lines(pilot))
        await press(pilot, "b", "b", "b", "b")
        assert pilot.app.screen.group is None
        await press(pilot, "o", "o")
        assert pilot.app.screen.sort is Sort.NAME
        names = [line for line in lines(pilot) if "▸" in line[:4]]
        assert "강변도서관" in names[0]
        await press(pilot, "o")
        assert pilot.app.screen.sort is Sort.NEXT


async def test_the_cursor_steps_over_the_lines_of_groups(opened):
    async with opened() as pilot:
        await press(pilot, "3", "b", "g", "g")
        seen = []
        for _ in range(6):
            seen.append(chosen(pilot)[0])
            await press(pilot, "j")
        assert set(seen) == {ROBOT, LIBRARY, HANGAR, "hydrogen-lab"}


async def test_acts_are_about_the_milestone_under_the_cursor(opened, filled):
    async with opened() as pilot:
        await press(pilot, "3", "enter", *"jjj")
        assert chosen(pilot) == (ROBOT, "opening")
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, Form)
        await press(pilot, "enter")
        assert milestone(filled, ROBOT, "opening").judged.state is State.COMPLETED
        assert isinstance(pilot.app.screen, TimelineScreen)
        assert chosen(pilot) == (ROBOT, "opening")
        assert any("✓ 개소" in line for line in lines(pilot))
        await press(pilot, "u")
        assert milestone(filled, ROBOT, "opening").judged.state is State.OVERDUE


async def test_marks_make_one_act(opened, filled):
    async with opened() as pilot:
        await press(pilot, "3", "m", "m", "v")
        said = [page(filled, slug).updates[0] for slug in (ROBOT, LIBRARY)]
        assert {u.kind.value for u in said} == {"confirm"}
        assert said[0].act == said[1].act


async def test_a_korean_input_method_drives_it(opened):
    async with opened() as pilot:
        await press(pilot, "3", "ㅓ")
        assert chosen(pilot)[0] != ROBOT
        before = scale(pilot)
        await press(pilot, "ㅣ")
        assert scale(pilot).first > before.first
        await press(pilot, "ㅗ")
        assert scale(pilot).first == before.first
        await press(pilot, "ㅠ", "ㅐ")
        assert pilot.app.screen.group is Group.CITY
        assert pilot.app.screen.sort is Sort.SLIP
        await press(pilot, "f7", "text:강변", "enter")
        assert sum("▸" in line[:4] for line in lines(pilot)) == 1
        await press(pilot, "escape")
        assert sum("▸" in line[:4] for line in lines(pilot)) == 4


async def test_another_process_shows(opened, filled):
    async with opened() as pilot:
        await press(pilot, "3", "0")
        record(filled, Batch((dated(HANGAR, "completion", PLAN, "2026-11-20", "2029"),)))
        await pilot.pause(2.2)
        await press(pilot, "0")
        assert scale(pilot).end >= date(2029, 12, 31)


async def test_the_board_of_another_day_has_both_days_marked(opened):
    async with opened(size=(140, 30)) as pilot:
        await press(pilot, "3", "comma", "comma", "comma", "comma", "plus", "plus")
        text = "".join(lines(pilot))
        assert "┊" in text
        assert "기준일 2026-10-24" in text


SIZES = [(60, 15), (80, 24), (200, 60)]


@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_it_fits_every_size(opened, filled, lang):
    async with opened(replace(filled, words=Words(lang))) as pilot:
        await press(pilot, "3")
        for keys in ((), ("enter",), ("b",), ("plus", "plus"), ("0",), ("slash",)):
            await press(pilot, *keys)
            async for width in in_sizes(pilot, SIZES):
                assert all(cell_len(line) == width for line in lines(pilot))


async def test_without_colour_states_are_told_by_signs(opened, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(size=(120, 30)) as pilot:
        await press(pilot, "3", "enter", "0")
        text = "\n".join(lines(pilot))
        assert pilot.app.no_color
        for sign in ("● ", "✓ ", "━✓", "▄", "▼", "─", "▸"):
            assert sign in text


async def test_hundreds_of_lines_are_drawn_only_where_they_are_seen(opened, office, monkeypatch):
    from tracker.tui.timeline import timeline_list

    facilities = [f"hall-{n:03d}" for n in range(400)]
    plans = tuple(dated(f, "opening", PLAN, "2026-01-01", "2027-06") for f in facilities)
    made = tuple(NewMilestone(f, "opening", Kind.OPENING) for f in facilities)
    record(office, Batch(plans, tuple(map(NewFacility, facilities)), made))
    drawn = []
    real = timeline_list.draw
    monkeypatch.setattr(timeline_list, "draw", lambda *a: drawn.append(1) or real(*a))
    async with opened(office) as pilot:
        await press(pilot, "3")
        await press(pilot, "end", "k", "k")
        assert chosen(pilot) == ("hall-399", "opening")
        assert len(drawn) < 300


async def test_a_click_on_its_sign_opens_a_facility_that_was_not_chosen(opened):
    async with opened() as pilot:
        await press(pilot, "3")
        at = next(y for y, line in enumerate(lines(pilot)) if "강변도서관" in line)
        await pilot.click(offset=(1, at))
        await pilot.pause()
        assert the_list(pilot).opened == {LIBRARY}


async def test_today_is_named_whatever_stands_beside_it(opened, filled):
    async with opened(replace(filled, today=date(2026, 12, 20)), size=(120, 30)) as pilot:
        await press(pilot, "3")
        assert any("오늘" in line for line in lines(pilot)[1:3])
