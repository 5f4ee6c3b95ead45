"""View 6: everything that was said, narrowed and taken back."""

from stage import LIBRARY, ROBOT, chosen, lines, milestone, page, press, text_of

from db.model.records import UpdateKind
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.form import Form


def total(pilot):
    return pilot.app.screen.listing._total  # noqa: SLF001


async def test_the_newest_stands_first_and_below_it_all_it_says(opened):
    async with opened(size=(120, 30)) as pilot:
        await press(pilot, "1", "n", "text:담당과 통화", "enter", "6")
        assert pilot.app.screen.said.value == "담당과 통화"
        pane = text_of(pilot, "#pane")
        assert "한국로봇리퍼브센터" in pane
        assert "기록" in pane
        await press(pilot, "j")
        assert "“2026-10" not in text_of(pilot, "#pane")


async def test_filters_by_kind_author_facility_and_days(opened):
    async with opened() as pilot:
        await press(pilot, "6")
        whole = total(pilot)
        await press(pilot, "f", "text:실적", "enter")
        assert total(pilot) == 2
        await press(pilot, "escape", "f", "text:colleague", "enter")
        assert total(pilot) == whole
        await press(pilot, "escape", "slash", "text:도서관", "enter")
        assert total(pilot) == 2
        await press(pilot, "escape", "d", "text:2025", "enter")
        assert total(pilot) == 2
        assert "2025-01-01 … 2025-12-31" in text_of(pilot, "#narrowed")
        await press(pilot, "escape", "home", "f", "text:수소", "enter")
        assert {u.facility for u in pilot.app.screen._page(0, 9)} == {"hydrogen-lab"}  # noqa: SLF001


async def test_what_changed_since_a_day(opened):
    async with opened() as pilot:
        await press(pilot, "6", "w", "text:2026-10-01", "enter")
        assert total(pilot) == 3
        assert "2026-10-01부터 · 유효한 것만 · 3건" in text_of(pilot, "#narrowed")


async def test_one_key_takes_back_and_one_undoes_it(opened, filled):
    async with opened() as pilot:
        await press(pilot, "6", "f", "text:실적", "enter", "j", "x")
        assert milestone(filled, ROBOT, "groundbreaking").milestone.actual is None
        assert "되돌렸습니다" in text_of(pilot, "#status")
        assert "철회됨" in "\n".join(lines(pilot))
        await press(pilot, "x")
        assert "이미 철회된" in text_of(pilot, "#status")
        await press(pilot, "u")
        assert milestone(filled, ROBOT, "groundbreaking").milestone.actual is not None


async def test_marked_ones_go_back_as_one_act(opened, filled):
    async with opened() as pilot:
        await press(pilot, "6", "f", "text:실적", "enter", "ctrl+a", "delete")
        updates = [u for u in page(filled, ROBOT).updates if u.kind is UpdateKind.RETRACT]
        assert len(updates) == 2
        assert len({u.act for u in updates}) == 1
        await press(pilot, "u")
        assert milestone(filled, ROBOT, "groundbreaking").milestone.actual is not None


async def test_it_opens_the_facility_and_acts_are_about_its_step(opened, filled):
    async with opened() as pilot:
        await press(pilot, "6", "slash", "text:도서관", "enter", "v")
        assert page(filled, LIBRARY).updates[0].kind is UpdateKind.CONFIRM
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FacilityScreen)
        assert "강변도서관" in lines(pilot)[0]


async def test_who_only_looks_at_the_log_finds_the_other_views_as_they_were(opened):
    async with opened() as pilot:
        there = chosen(pilot)
        await press(pilot, "6")
        assert chosen(pilot) != there
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, Form)
        assert "수소 시험동" in text_of(pilot, "#form-title")
        await press(pilot, "escape", "1")
        assert chosen(pilot) == there
        await press(pilot, "6", "j")
        moved = chosen(pilot)
        await press(pilot, "1")
        assert chosen(pilot)[0] == moved[0]
        assert moved != there


async def test_the_smallest_window_says_what_was_said(opened):
    async with opened(size=(60, 15)) as pilot:
        await press(pilot, "6")
        assert any("2026년 12월" in line for line in lines(pilot)[2:8])
