"""Forms that add and edit; nothing invalid can be saved."""

import pytest
from stage import LAB, LIBRARY, ROBOT, milestone, page, press, refused, text_of

from db.model.records import Standing, Type
from tracker.tui.forms.form import Form


async def fill_in(pilot, **texts):
    """Type into the fields of a form by their names."""
    form = pilot.app.screen
    boxes = {box.field.name: box for box in form._boxes}  # noqa: SLF001
    for name, text in texts.items():
        boxes[name.replace("__", ".")].choose()
        await pilot.pause()
        await press(pilot, "ctrl+a", "end", "ctrl+u", f"text:{text}")


async def test_a_facility_with_its_usual_steps(opened, filled):
    async with opened() as pilot:
        await press(pilot, "a", "2")
        await fill_in(
            pilot,
            name="새빛 연구소",
            city="김해시",
            cost="1,105억 8천만",
            funding="국비 100억, 시비 5억",
            step__selection="2024-03 완료",
            step__completion="2027 상반기",
        )
        await press(pilot, "enter")
        found = page(filled, "새빛-연구소").summary
        assert found.facility.cost_krw == 110_580_000_000
        assert dict(found.facility.funding) == {"national": 10**10, "city": 5 * 10**8}
        selection = milestone(filled, "새빛-연구소", "selection").milestone
        assert (selection.standing, str(selection.actual)) == (Standing.COMPLETED, "2024-03")
        assert str(milestone(filled, "새빛-연구소", "completion").milestone.forecast) == "2027-40"
        acts = {u.act for u in page(filled, "새빛-연구소").updates}
        assert len(acts) == 1
        await press(pilot, "u", "2")
        assert "시설·사업 4건" in str(pilot.app.screen.banner.visual)


async def test_a_programme(opened, filled):
    async with opened() as pilot:
        await press(pilot, "insert", "3")
        await fill_in(pilot, name="새 사업", target_count="12", duration="2024")
        await press(pilot, "enter")
        facility = page(filled, "새-사업").summary.facility
        assert (facility.type, facility.target_count) == (Type.PROGRAMME, 12)
        assert str(facility.duration) == "2024"


async def test_a_milestone_of_the_chosen_facility(opened, filled):
    async with opened() as pilot:
        await press(pilot, "j", "ㅁ", "1")
        assert "강변도서관" in text_of(pilot, "#form-title")
        await fill_in(pilot, kind="준공", title="2단계 준공", when="2027-06")
        await press(pilot, "enter")
        m = milestone(filled, LIBRARY, "2단계-준공").milestone
        assert (m.title, str(m.forecast)) == ("2단계 준공", "2027-06")


@pytest.mark.parametrize(
    ("keys", "texts", "why"),
    [
        ("2", {"name": ""}, "꼭 적어야"),
        ("2", {"name": "강변", "cost": "많이"}, "금액으로 읽지"),
        ("2", {"name": "강변", "funding": "국비 많이"}, "재원이 아닙니다"),
        ("2", {"name": "강변", "floor_area": "넓음"}, "수가 아닙니다"),
        ("2", {"name": "river library"}, "이미 있습니다: 그것이면 Esc"),
        ("2", {"name": "강변", "step__opening": "2027 언젠가"}, "언젠가"),
        ("2", {"name": "강변", "step__opening": "2027 완료"}, "뒤입니다"),
        ("1", {"kind": "나중"}, "구분은 없습니다"),
        ("1", {"kind": "개소"}, "이미 있습니다"),
        ("3", {"name": "사업", "duration": "오래"}, "오래"),
    ],
)
async def test_nothing_invalid_is_saved_and_the_fault_is_said(opened, filled, keys, texts, why):
    with filled.reading() as reader:
        before = reader.log(limit=0)[0]
    async with opened() as pilot:
        await press(pilot, "a", keys)
        await fill_in(pilot, **texts)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Form)
        assert why in refused(pilot)
    with filled.reading() as reader:
        assert reader.log(limit=0)[0] == before


async def test_the_fault_stands_beside_its_field_and_the_cursor_is_in_it(opened):
    async with opened() as pilot:
        await press(pilot, "a", "2")
        await fill_in(pilot, name="강변", cost="많이", owner="이주임")
        await press(pilot, "enter")
        box = next(b for b in pilot.app.screen._boxes if b.field.name == "cost")  # noqa: SLF001
        assert box.query_one("Line").has_focus
        assert "금액으로 읽지" in str(box.query_one(".field--below").visual)


async def test_editing_says_only_what_changed(opened, filled):
    async with opened() as pilot:
        await press(pilot, "ㄷ")
        await fill_in(pilot, owner="박주무관", cost="", title="정식 개소")
        await press(pilot, "enter")
        newest = page(filled, ROBOT).updates[:2]
        assert [u.value for u in newest][::-1] == [
            {"owner": "박주무관", "cost_krw": None},
            {"title": "정식 개소"},
        ]
        await press(pilot, "f10", "enter")
        assert "바뀐 것이 없습니다" in refused(pilot)


async def test_an_old_name_becomes_an_alias(opened, filled):
    async with opened() as pilot:
        await press(pilot, "2", "slash", "text:수소", "enter", "e")
        await fill_in(pilot, name="수소 시험센터")
        await press(pilot, "enter")
        facility = page(filled, LAB).summary.facility
        assert (facility.name, facility.aliases) == ("수소 시험센터", ("수소 시험동",))


async def test_letters_typed_right_after_ctrl_u_stay(opened):
    """As one chunk, without a pause between, as a terminal sends what was typed fast."""
    from textual import events

    async with opened() as pilot:
        await press(pilot, "c")
        line = pilot.app.focused
        for key, letter in (("ctrl+u", None), *((c, c) for c in "2025")):
            pilot.app.post_message(events.Key(key, letter))
        await pilot.pause()
        await pilot.pause()
        assert line.value == "2025"


async def test_a_name_that_looks_like_a_known_one_is_asked_about_once(opened, filled):
    name = page(filled, LIBRARY).summary.facility.name
    async with opened() as pilot:
        await press(pilot, "a", "2")
        await fill_in(pilot, name=f"{name}(신축)")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, Form)
        assert f"비슷한 시설: {name}" in refused(pilot)
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, Form)
