"""Views: switching, what they keep, another day, other processes, midnight."""

import pkgutil
from datetime import date

import pytest
from gallery import MIXED, fill
from rich.cells import cell_len
from stage import (
    LIBRARY,
    ROBOT,
    about,
    chosen,
    dated,
    lines,
    page,
    press,
    record,
    refused,
    text_of,
    until,
)
from test_other_processes import hold

from db.model.records import Batch, Kind, NewFacility, NewMilestone, UpdateKind
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.form import Form
from tracker.tui.session.views import VIEWS

NUMBERS = [str(view.number) for view in VIEWS]


async def test_every_number_shows_its_view_and_only_those_there_are(opened):
    async with opened() as pilot:
        for view in VIEWS:
            await press(pilot, str(view.number))
            assert pilot.app.screen.view == view.id
        await press(pilot, "9")
        assert pilot.app.screen.view == VIEWS[-1].id


@pytest.mark.parametrize(
    ("on", "back"), [("right_square_bracket", "left_square_bracket"), ("ctrl+right", "ctrl+left")]
)
async def test_the_views_go_round(opened, on, back):
    async with opened() as pilot:
        seen = []
        for _ in VIEWS:
            await press(pilot, on)
            seen.append(pilot.app.screen.view)
        assert seen == [view.id for view in (*VIEWS[1:], VIEWS[0])]
        await press(pilot, back)
        assert pilot.app.screen.view == VIEWS[-1].id


async def test_switching_keeps_the_chosen_facility(opened, filled):
    async with opened() as pilot:
        await press(pilot, "j")
        assert chosen(pilot) == (LIBRARY, "opening")
        await press(pilot, "2")
        assert pilot.app.screen.line.summary.facility.slug == LIBRARY
        await press(pilot, "home")
        slug = pilot.app.screen.line.summary.facility.slug
        await press(pilot, "1")
        assert chosen(pilot)[0] == slug


async def test_a_view_closes_the_page_above_another(opened):
    async with opened() as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FacilityScreen)
        await press(pilot, "6")
        assert pilot.app.screen.view == "log"
        await press(pilot, "1")
        assert pilot.app.screen.view == "board"


async def test_a_click_on_a_name_shows_the_view(opened):
    async with opened(size=(120, 30)) as pilot:
        line = lines(pilot)[0]
        at = cell_len(line[: line.index(" 2 ")]) + 1
        await pilot.click(offset=(at, 0))
        await pilot.pause()
        assert pilot.app.screen.view == "facilities"


@pytest.mark.parametrize("number", NUMBERS)
async def test_another_day_is_plainly_marked_and_read_only_in_every_view(opened, filled, number):
    fill(filled)
    before = page(filled, ROBOT).updates
    async with opened(size=(120, 30)) as pilot:
        await press(pilot, number, "at", "text:2025-07-01", "enter")
        assert "2025-07-01" in lines(pilot)[0]
        assert "지난 기준일 · 읽기 전용" in lines(pilot)[0]
        assert pilot.app.screen.has_class("-as-of")
        here = pilot.app.screen
        for key in ("c", "p", "n", "v", "s", "u", "ctrl+r", "m"):
            if key not in {k for e in here.entries() for k in e.keys}:
                continue
            await press(pilot, key)
            assert pilot.app.screen is here, key
            assert "읽기만" in text_of(pilot, "#status"), key
        await press(pilot, "full_stop")
        assert "2025-07-08" in lines(pilot)[0]
        await press(pilot, "comma", "comma")
        assert "2025-06-24" in lines(pilot)[0]
        await press(pilot, "at")
        assert "2026-11-21" in lines(pilot)[0]
        assert not pilot.app.screen.has_class("-as-of")
    assert page(filled, ROBOT).updates == before


async def test_the_board_of_another_day_is_what_was_known_then(opened, filled):
    async with opened() as pilot:
        await press(pilot, "f11", "text:2025-01-10", "enter")
        assert chosen(pilot)[0] == ROBOT
        assert any("2025년 상반기" in line for line in lines(pilot))
        await press(pilot, "enter")
        assert "읽기 전용" in lines(pilot)[0]
        assert "2025-06-10" not in text_of(pilot, "#updates")
        await press(pilot, "escape", "escape")
        assert "2025년 10월" in "".join(lines(pilot)), "Esc returns to today"


async def test_before_anything_was_known_the_board_is_empty_not_new(opened):
    async with opened() as pilot:
        await press(pilot, "at", "text:2001-01-01", "enter")
        assert pilot.app.screen.view == "board"
        assert "맞는 마일스톤이 없습니다" in "".join(lines(pilot))


async def test_a_day_to_come_is_refused_beside_its_field(opened):
    async with opened() as pilot:
        await press(pilot, "at", "text:2027-01-01", "enter")
        assert isinstance(pilot.app.screen, Form)
        assert "아직 오지 않은" in refused(pilot)


async def test_weeks_step_from_today_and_back_to_it(opened):
    async with opened() as pilot:
        await press(pilot, "comma")
        assert "2026-11-14" in lines(pilot)[0]
        await press(pilot, "full_stop")
        assert "읽기 전용" not in lines(pilot)[0]


@pytest.mark.parametrize("number", ["1", "2", "6"])
async def test_another_process_shows_in_every_view_and_keeps_the_cursor(opened, filled, number):
    fill(filled)
    async with opened() as pilot:
        await press(pilot, number, "j", "j")
        listing = pilot.app.screen.listing
        here, was = listing.key(listing.row), "".join(lines(pilot))
        record(filled, hold(ROBOT))
        await until(pilot, lambda: "".join(lines(pilot)) != was)
        assert listing.key(listing.row) == here


@pytest.mark.parametrize("number", NUMBERS)
async def test_at_midnight_the_day_moves_on_in_every_view(opened, filled, number):
    day = [date(2026, 11, 21)]
    async with opened(clock=lambda: day[0]) as pilot:
        await press(pilot, number)
        day[0] = date(2026, 11, 22)
        await until(pilot, lambda: "2026-11-22" in lines(pilot)[0])


async def test_the_page_says_what_is_odd(opened, filled):
    fill(filled)
    async with opened() as pilot:
        pilot.app.session.chosen = (MIXED, "completion")
        await press(pilot, "2", "enter")
        odd = text_of(pilot, "#findings")
        assert "준공: 2026-02-10 보고가 서로 엇갈립니다" in odd
        assert "가람일보 “2026년 상반기”" in odd
        assert "○ 준공" not in text_of(pilot, "#lifecycle")
        assert "· 준공 2027년" in text_of(pilot, "#lifecycle")


@pytest.mark.parametrize(
    ("view", "read"),
    [
        ("2", "db.read.lists.facility_list.FacilityList.order"),
        ("3", "db.read.lists.facility_list.FacilityList.order"),
    ],
)
async def test_what_is_known_of_a_view_is_not_read_again_for_another_choice(
    opened, filled, monkeypatch, view, read
):
    module, _, name = read.rpartition(".")
    owner = pkgutil.resolve_name(module)
    real, readings = getattr(owner, name), []

    def counting(*args, **more):
        readings.append(name)
        return real(*args, **more)

    monkeypatch.setattr(owner, name, counting)
    async with opened() as pilot:
        await press(pilot, view, "1", "j", view, "1", "j", view)
        assert len(readings) == 1
        assert pilot.app.screen.row.milestone.facility == pilot.app.session.chosen[0]
        await press(pilot, "n", "text:늦음", "enter")
        assert len(readings) == 2  # what was said may have changed it
        record(filled, Batch((about(ROBOT, owner="이주무관"),), (), ()))
        await until(pilot, lambda: len(readings) == 3)


async def test_what_another_wrote_while_a_past_day_was_looked_at_is_there_afterwards(
    opened, filled
):
    async with opened() as pilot:
        await press(pilot, "2", "1", "comma")
        new = NewFacility("annex"), NewMilestone("annex", "opening", Kind.OPENING)
        said = dated("annex", "opening", UpdateKind.PLAN, "2026-11-01", "2024")
        record(filled, Batch((said,), new[:1], new[1:]))
        await press(pilot, "escape", "2")
        assert pilot.app.session.as_of is None
        await until(pilot, lambda: "annex" in "".join(lines(pilot)))
