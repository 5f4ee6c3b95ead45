"""Marks: acts apply to all that are marked, as one act."""

from stage import HANGAR, LIBRARY, ROBOT, chosen, lines, milestone, page, press, refused, text_of

from db.model.records import Standing, State, UpdateKind


async def test_m_marks_and_goes_on_and_an_act_is_one(opened, filled):
    async with opened() as pilot:
        await press(pilot, "m", "ㅡ")
        assert "2개 선택" in text_of(pilot, "#status")
        assert sum(line.startswith("*") for line in lines(pilot)) == 2
        await press(pilot, "c")
        assert text_of(pilot, "#form-title") == "2개 선택 — 완료"
        await press(pilot, "enter")
        for slug in (ROBOT, LIBRARY):
            assert milestone(filled, slug, "opening").judged.state is State.COMPLETED
        acts = {page(filled, slug).updates[0].act for slug in (ROBOT, LIBRARY)}
        assert len(acts) == 1
        assert text_of(pilot, "#status").startswith("모두 2건, "), "never cut: it comes first"
        assert not pilot.app.screen.marks
        await press(pilot, "u")
        for slug in (ROBOT, LIBRARY):
            assert milestone(filled, slug, "opening").milestone.standing is Standing.OPEN


async def test_all_of_the_filter_are_marked_and_what_does_not_fit_is_left_out(opened, filled):
    async with opened() as pilot:
        await press(pilot, "slash", "text:로봇", "enter", "ctrl+a", "p")
        assert text_of(pilot, "#form-title") == "3개 가운데 1개 — 계획"
        await press(pilot, "text:2027 상반기", "tab", "text:장비", "enter")
        assert page(filled, ROBOT).updates[0].reason == "장비"


async def test_confirm_note_and_hold_on_several(opened, filled):
    async with opened() as pilot:
        await press(pilot, "m", "m", "v")
        for slug in (ROBOT, LIBRARY):
            assert page(filled, slug).updates[0].kind is UpdateKind.CONFIRM
        await press(pilot, "home", "m", "m", "n", "text:전화함", "enter")
        for slug in (ROBOT, LIBRARY):
            assert page(filled, slug).updates[0].value == "전화함"
        await press(pilot, "home", "m", "m", "s", "1", "text:심의", "enter")
        for slug in (ROBOT, LIBRARY):
            assert milestone(filled, slug, "opening").milestone.standing is Standing.ON_HOLD


async def test_nothing_that_is_marked_fits(opened, filled):
    async with opened() as pilot:
        await press(pilot, "end", "m", "c")
        assert "할 수 있는 것이 없습니다" in text_of(pilot, "#status")


async def test_escape_and_the_same_key_take_marks_away(opened):
    async with opened() as pilot:
        await press(pilot, "m", "k", "m")
        assert not pilot.app.screen.marks
        await press(pilot, "ctrl+a")
        assert len(pilot.app.screen.marks) == 6
        await press(pilot, "ctrl+a")
        assert not pilot.app.screen.marks
        await press(pilot, "m", "escape")
        assert not pilot.app.screen.marks
        assert chosen(pilot) is not None


async def test_facilities_that_are_marked_have_their_next_steps_done(opened, filled):
    async with opened() as pilot:
        await press(pilot, "2", "f", "text:창원시", "enter", "ctrl+a", "c", "enter")
        assert milestone(filled, LIBRARY, "opening").judged.state is State.COMPLETED
        assert milestone(filled, HANGAR, "completion").judged.state is State.COMPLETED


async def test_marked_milestones_are_completed_each_as_planned(opened, filled):
    async with opened() as pilot:
        await press(pilot, "ctrl+a", "c")
        assert "계획대로" in " ".join(lines(pilot)), "the form says that it can be said"
        await press(pilot, "ctrl+u", "text:계획대로")
        shown = " ".join(lines(pilot))
        assert "한국로봇리퍼브센터 개소 2025년 10월" in shown
        assert "빠지는 3건" in shown
        await press(pilot, "enter")
        done = milestone(filled, ROBOT, "opening").milestone
        assert (done.standing, str(done.actual)) == (Standing.COMPLETED, "2025-10")
        assert milestone(filled, LIBRARY, "opening").milestone.standing is Standing.OPEN
        await press(pilot, "u")
        assert milestone(filled, ROBOT, "opening").milestone.standing is Standing.OPEN


async def test_where_every_plan_is_to_come_nothing_is_completed(opened, filled):
    async with opened() as pilot:
        await press(pilot, "j", "c", "ctrl+u", "text:as planned", "enter")
        assert "계획이 아직 오지 않았습니다: 강변도서관 개소" in refused(pilot)
        assert milestone(filled, LIBRARY, "opening").milestone.standing is Standing.OPEN
