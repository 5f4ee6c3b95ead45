"""What a person does on the board, checked against the store through another reader."""

import sqlite3
from contextlib import closing

import pytest
from stage import LIBRARY, ROBOT, chosen, lines, milestone, page, press, refused, text_of, until

from db.model.records import Standing, State, UpdateKind
from tracker.tui.board.view import BoardScreen
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.form import Form


async def test_complete_undo_and_redo(opened, filled):
    async with opened() as pilot:
        await press(pilot, "c", "enter")
        m = milestone(filled, ROBOT, "opening").milestone
        assert str(m.actual) == "2026-11-21"
        assert page(filled, ROBOT).updates[0].by == "김주무관"
        assert chosen(pilot) == (LIBRARY, "opening"), "the next one comes to the cursor"
        status = text_of(pilot, "#status")
        assert "한국로봇리퍼브센터 · 개소 → 2026년 11월 21일 완료" in status
        assert "u 되돌리기" in status
        await press(pilot, "u")
        assert milestone(filled, ROBOT, "opening").judged.state is State.OVERDUE
        assert "되돌렸습니다: 한국로봇리퍼브센터 · 개소" in text_of(pilot, "#status")
        assert chosen(pilot) == (ROBOT, "opening"), "and back"
        await press(pilot, "ctrl+r")
        assert milestone(filled, ROBOT, "opening").judged.state is State.COMPLETED
        assert "다시 실행했습니다" in text_of(pilot, "#status")


async def test_complete_on_another_day_replaces_today(opened, filled):
    async with opened() as pilot:
        await press(pilot, "f2", "text:2025년 11월 3일", "enter")
        assert str(milestone(filled, ROBOT, "opening").milestone.actual) == "2025-11-03"


async def test_nothing_is_completed_on_a_day_to_come(opened, filled):
    async with opened() as pilot:
        await press(pilot, "c", "text:2027", "enter")
        assert isinstance(pilot.app.screen, Form)
        assert refused(pilot)
        assert milestone(filled, ROBOT, "opening").milestone.actual is None


async def test_a_plan_shows_live_what_it_understood(opened, filled):
    async with opened() as pilot:
        await press(pilot, "p", "text:2027 상반기")
        assert text_of(pilot, ".field--below") == "→ 2027년 상반기 · 2027-01-01 … 2027-06-30"
        await press(
            pilot, "tab", "text:설계 변경", "tab", "text:공정 만회", "tab", "text:시의회 보고"
        )
        await press(pilot, "enter")
        update = page(filled, ROBOT).updates[0]
        assert update.kind is UpdateKind.PLAN
        assert str(update.period) == "2027-40"
        assert (update.phrase, update.reason, update.action) == (
            "2027 상반기",
            "설계 변경",
            "공정 만회",
        )
        assert update.source is not None
        assert update.source.title == "시의회 보고"
        assert "+730일" in text_of(pilot, "#status")


async def test_a_date_that_is_none_says_why_and_keeps_the_text(opened, filled):
    before = page(filled, ROBOT).updates
    async with opened() as pilot:
        await press(pilot, "p", "text:2027 언젠가")
        assert "언젠가" in text_of(pilot, ".field--below")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Form)
        assert "언젠가" in refused(pilot)
        assert pilot.app.focused.value == "2027 언젠가"
    assert page(filled, ROBOT).updates == before


async def test_a_plan_can_be_undated_again(opened, filled):
    async with opened() as pilot:
        await press(pilot, "p", "text:미정", "enter")
        assert milestone(filled, ROBOT, "opening").judged.state is State.UNDATED


async def test_hold_needs_a_reason_and_resume_takes_it_back(opened, filled):
    async with opened() as pilot:
        await press(pilot, "s", "1", "enter")
        assert isinstance(pilot.app.screen, Form), "without a reason nothing is recorded"
        await press(pilot, "text:예산 심의", "enter")
        assert milestone(filled, ROBOT, "opening").milestone.standing is Standing.ON_HOLD
        assert page(filled, ROBOT).updates[0].reason == "예산 심의"
        await press(pilot, "s", "1")
        assert milestone(filled, ROBOT, "opening").milestone.standing is Standing.OPEN


async def test_cancel_and_reopen(opened, filled):
    async with opened() as pilot:
        await press(pilot, "f6", "2", "text:사업 철회", "enter")
        assert milestone(filled, ROBOT, "opening").milestone.standing is Standing.CANCELLED
        await press(pilot, "end", "s", "1")  # what is given up stands last
        assert milestone(filled, ROBOT, "opening").milestone.standing is Standing.OPEN


async def test_a_new_baseline_with_its_reason(opened, filled):
    async with opened() as pilot:
        await press(pilot, "s", "3", "text:2026년 12월", "tab", "text:변경 승인", "enter")
        assert str(milestone(filled, ROBOT, "opening").milestone.baseline) == "2026-12"


async def test_confidence_with_a_comment(opened, filled):
    async with opened() as pilot:
        await press(pilot, "s", "5", "text:인력 부족", "enter")
        facility = page(filled, ROBOT).summary.facility
        assert (facility.confidence, facility.confidence_note) == ("amber", "인력 부족")


async def test_note_and_confirm(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:담당과 통화", "enter")
        assert page(filled, ROBOT).updates[0].value == "담당과 통화"
        await press(pilot, "v")
        newest = page(filled, ROBOT).updates[0]
        assert newest.kind is UpdateKind.CONFIRM
        assert newest.milestone == "opening"
        assert any(line.split()[:3] == ["●", "지연", "한국로봇리퍼브센터"] for line in lines(pilot))


@pytest.mark.parametrize("leave", ["escape", "ctrl+q"])
async def test_what_was_typed_asks_before_it_goes(opened, leave):
    async with opened() as pilot:
        await press(pilot, "n", "text:담당", leave)
        assert isinstance(pilot.app.screen, Form)
        assert "저장하지 않은" in refused(pilot)
        await press(pilot, "text:과", leave)
        assert isinstance(pilot.app.screen, Form), "typing on takes the question back"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_a_form_in_which_nothing_was_typed_goes_at_once(opened):
    async with opened() as pilot:
        await press(pilot, "c", "escape")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_an_act_that_the_store_refuses_leaves_the_form_as_it_was(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:" + "가" * 3, "enter")
        await press(pilot, "n", "enter")
        assert isinstance(pilot.app.screen, Form)
        assert refused(pilot) == "메모 내용이 비었습니다"


async def test_the_facility_page_can_act_too(opened, filled):
    async with opened() as pilot:
        await press(pilot, "j", "enter", "c", "enter")
        assert isinstance(pilot.app.screen, FacilityScreen)
        assert milestone(filled, LIBRARY, "opening").judged.state is State.COMPLETED
        await press(pilot, "escape")
        assert "✓ 완료 3" in text_of(pilot, "#counts")


async def test_nothing_to_redo_says_so(opened):
    async with opened() as pilot:
        await press(pilot, "f9")
        assert text_of(pilot, "#status") == "다시 실행할 것이 없습니다"


async def test_a_saved_form_is_removed(opened):
    async with opened() as pilot:
        await press(pilot, "c")
        form = pilot.app.screen
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BoardScreen))
        await until(pilot, lambda: not form.is_running)
        assert not form.is_attached


async def test_the_log_is_emptied_after_an_act_and_not_in_the_next_one(opened, filled):
    def acts(how: str) -> int:
        address = f"{filled.path.as_uri()}?{how}"
        with closing(sqlite3.connect(address, uri=True)) as store:
            return int(store.execute("SELECT count(*) FROM act").fetchone()[0])

    async with opened() as pilot:
        before = acts("mode=ro")
        await press(pilot, "c", "enter")
        assert acts("mode=ro") == before + 1
        await until(pilot, lambda: acts("immutable=1") == before + 1)  # without what is in the log
