"""The board: what it shows, and how one moves on it."""

from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len
from stage import HANGAR, LAB, LIBRARY, ROBOT, chosen, lines, press, text_of, until

from db.read.reader import Filter
from tracker.tui.board.view import BoardScreen
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.form import Form
from tracker.tui.session.store_session import StoreSession
from tracker.words import Words


async def test_the_board_lists_by_urgency_under_day_totals_and_counts(opened):
    async with opened(size=(120, 30)) as pilot:
        shown = lines(pilot)
        assert "2026-11-21 (토) W47" in shown[0]
        assert "시설 4곳 · 사업 0건 · 마일스톤 6건" in shown[0]
        assert "● 기한 경과 1" in shown[1]
        assert "✓ 완료 2" in shown[1]
        rows = [" ".join(line.split()[:3]) for line in shown[3:9]]
        assert rows == [
            "● 확인 필요",
            "◐ 임박 강변도서관",
            "? 미정 수소",
            "· 예정 드론",
            "✓ 완료 한국로봇리퍼브센터",
            "✓ 완료 한국로봇리퍼브센터",
        ]
        assert chosen(pilot) == (ROBOT, "opening")


async def test_the_chosen_facility_stands_under_the_list(opened):
    async with opened() as pilot:
        pane = text_of(pilot, "#pane")
        assert "한국로봇리퍼브센터  김해시 · 물류·로봇 · 221억 원" in pane
        assert "착공 2024-04 ✓  준공 2025-06 ✓  개소 2025-10 ●" in pane
        assert "25-06-10  개소 계획" in pane
        assert "“2025-10 예정”" in pane
        assert "강변일보" in pane
        await press(pilot, "j")
        assert "강변도서관" in text_of(pilot, "#pane")


MOVES = [
    ("j", (LIBRARY, "opening")),
    ("down", (LAB, "design")),
    ("k", (LIBRARY, "opening")),
    ("up", (ROBOT, "opening")),
    ("G", (ROBOT, "groundbreaking")),
    ("home", (ROBOT, "opening")),
    ("end", (ROBOT, "groundbreaking")),
    ("pageup", (ROBOT, "opening")),
    ("pagedown", (ROBOT, "groundbreaking")),
]


async def test_every_key_of_moving_moves(opened):
    async with opened() as pilot:
        for key, place in MOVES:
            await press(pilot, key)
            assert chosen(pilot) == place, key
        await press(pilot, "g")
        assert chosen(pilot) == (ROBOT, "groundbreaking")
        await press(pilot, "g")
        assert chosen(pilot) == (ROBOT, "opening")
        await press(pilot, "j", "g", "j", "g")
        assert chosen(pilot) == (LAB, "design"), "another key between forgets the first g"


@pytest.mark.parametrize(("there", "back"), [("enter", "escape"), ("right", "left")])
async def test_a_facility_opens_and_goes_back(opened, there, back):
    async with opened() as pilot:
        await press(pilot, there)
        assert isinstance(pilot.app.screen, FacilityScreen)
        await press(pilot, back)
        assert isinstance(pilot.app.screen, BoardScreen)
        assert chosen(pilot) == (ROBOT, "opening")


async def test_a_click_chooses_and_a_second_click_opens(opened):
    async with opened() as pilot:
        await pilot.click("#list", offset=(10, 1))
        await pilot.pause()
        assert chosen(pilot) == (LIBRARY, "opening")
        await pilot.click("#list", offset=(10, 1))
        await pilot.pause()
        assert isinstance(pilot.app.screen, FacilityScreen)


async def test_at_midnight_the_day_moves_on(opened):
    days = iter([date(2026, 11, 21), date(2026, 11, 22)])
    async with opened(clock=lambda: next(days, date(2026, 12, 11))) as pilot:
        await until(pilot, lambda: "2026-12-11" in lines(pilot)[0])
        assert "● 기한 경과 2" in lines(pilot)[1]


async def test_q_leaves(opened):
    async with opened() as pilot:
        await press(pilot, "q")
        assert pilot.app.return_code == 0


async def test_only_keys_that_work_are_shown(opened):
    async with opened() as pilot:
        assert "c 완료" in text_of(pilot, "#keys")
        assert "u 되돌리기" not in text_of(pilot, "#keys"), "the store has acts of others alone"
        await press(pilot, "v")
        await until(pilot, lambda: "u 되돌리기" in text_of(pilot, "#keys"))
        await press(pilot, "end")
        assert "c 완료" not in text_of(pilot, "#keys"), "it is completed"
        assert "? 도움말" in text_of(pilot, "#keys")
        await press(pilot, "c")
        assert "이미 완료입니다" in text_of(pilot, "#status")


async def test_the_help_lists_the_keys_of_the_screen(opened):
    async with opened() as pilot:
        await press(pilot, "question_mark")
        shown = "\n".join(lines(pilot))
        assert "c Space F2" in shown
        assert "완료: 날짜를 묻는다" in shown
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BoardScreen)


@pytest.mark.parametrize("name", ["보류", "hold", "HOLD"])
async def test_the_palette_finds_acts_by_name_in_both_languages(opened, name):
    async with opened() as pilot:
        await press(pilot, "ctrl+p", f"text:{name}", "enter")
        assert "보류" in text_of(pilot, "#form-title")


async def test_a_hangar_far_ahead_is_upcoming(opened):
    async with opened() as pilot:
        await press(pilot, "j", "j", "j")
        assert chosen(pilot) == (HANGAR, "completion")
        assert any("· 예정" in line and "2027년 12월" in line for line in lines(pilot))


@pytest.mark.parametrize(("hint", "screen"), [("열기", FacilityScreen), ("계획", Form)])
async def test_a_click_on_a_key_does_what_the_key_does(opened, hint, screen):
    async with opened() as pilot:
        bar = text_of(pilot, "#keys")
        at = cell_len(bar[: bar.index(hint)])
        await pilot.click("#keys", offset=(at + 1, 0))
        await pilot.pause()
        assert isinstance(pilot.app.screen, screen)


async def test_in_english_too(opened, filled):
    async with opened(replace(filled, words=Words("en"))) as pilot:
        shown = lines(pilot)
        assert "2026-11-21 (Sat) W47" in shown[0]
        assert "● overdue 1" in shown[1]
        assert "c complete" in shown[-1]
        await press(pilot, "c", "enter")
        assert "u undo" in text_of(pilot, "#status")


def test_where_a_facility_stands_is_told_without_going_through_the_list(filled, monkeypatch):
    session = StoreSession(filled)
    session.open()
    order = [row.milestone.facility for row in session.rows(Filter(), 0, -1)]

    def walk(*_):
        raise AssertionError

    monkeypatch.setattr(session, "rows", walk)
    for slug in dict.fromkeys(order):
        assert session.place(Filter(), slug, None) == order.index(slug)
        assert session.place(Filter(), slug, "no-such-step") == order.index(slug)
    assert session.place(Filter(), "nobody", None) is None
    assert session.place(Filter(city="창원시"), ROBOT, "opening") is None
    session.close()
