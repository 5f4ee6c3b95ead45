"""A mistyped statement is put right where it is listed."""

from dataclasses import replace

import pytest
from stage import PLAN, ROBOT, dated, milestone, page, press, record, text_of
from textual.events import Paste
from textual.widgets import Input

from db.model.records import Batch, Source, UpdateKind
from tracker.tui.forms.form import Form


def values(pilot):
    return [line.value for line in pilot.app.screen.query(Input)]


async def test_a_statement_in_the_log_stands_filled_in_and_is_corrected(opened, filled):
    async with opened() as pilot:
        await press(pilot, "p", "text:2072년 6월", "tab", "text:설계 변경", "enter")
        number = page(filled, ROBOT).updates[0].id
        await press(pilot, "6", "e")
        assert values(pilot) == ["2072년 6월", "설계 변경", "", "", "2026-11-21"]
        await press(pilot, "ctrl+u", "text:2027년 6월")
        assert text_of(pilot, ".field--below").startswith("→ 2027년 6월")
        await press(pilot, "enter")
        status = text_of(pilot, "#status")
        assert f"{number}번 정정: 한국로봇리퍼브센터 · 개소 → 2027년 6월" in status
        m = milestone(filled, ROBOT, "opening").milestone
        assert (str(m.forecast), str(m.baseline)) == ("2027-06", "2025-40")
        by_id = {u.id: u for u in page(filled, ROBOT).updates}
        assert by_id[number].retracted_by is not None
        assert by_id[number + 1].reason == "설계 변경"
        await press(pilot, "u")
        assert str(milestone(filled, ROBOT, "opening").milestone.forecast) == "2072-06"


async def test_saving_what_was_not_changed_says_so(opened, filled):
    before = len(page(filled, ROBOT).updates)
    async with opened() as pilot:
        await press(pilot, "n", "text:메모", "enter", "6", "e", "enter")
        assert isinstance(pilot.app.screen, Form)
        assert text_of(pilot, "#form-status")
        await press(pilot, "escape")
    assert len(page(filled, ROBOT).updates) == before + 1


async def test_what_was_taken_back_or_takes_back_is_not_corrected(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:메모", "enter", "u", "6", "e")
        assert "되돌린 기록은 고치지 않습니다" in text_of(pilot, "#status")
        await press(pilot, "j", "e")
        assert not isinstance(pilot.app.screen, Form)


async def test_on_the_page_of_a_facility_the_statement_is_chosen_first(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n", "text:매모", "enter", "enter", "r")
        assert "어느 기록" in text_of(pilot, "#chooser-title")
        await press(pilot, "text:매모", "enter")
        assert values(pilot)[0] == "매모"
        await press(pilot, "ctrl+u", "text:메모", "enter")
    notes = [u for u in page(filled, ROBOT).updates if u.kind is UpdateKind.NOTE]
    assert [u.value for u in notes if u.retracted_by is None] == ["메모"]


SOURCE = ["tab"] * 3  # the field of it in the form of a plan
ADDRESS = "https://example.org/1"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            f"강변일보 · 센터 소식 · 2026-11-20 · {ADDRESS}",
            Source("강변일보", "센터 소식", "2026-11-20", url=ADDRESS),
        ),
        (f"강변일보 · {ADDRESS}", Source(title="강변일보", url=ADDRESS)),
        (ADDRESS, Source(url=ADDRESS)),
        ("강변일보 · 센터 소식", Source(title="강변일보 · 센터 소식")),
        ("", None),
    ],
)
async def test_what_is_changed_of_a_source_stays_what_it_was(opened, filled, typed, kept):
    source = Source("강변일버", "센터 소식", "2026-11-20", url=ADDRESS)
    said = dated(ROBOT, "opening", PLAN, "2026-11-20", "2027-06")
    record(filled, Batch((replace(said, source=source),)))
    async with opened() as pilot:
        await press(pilot, "6", "e", *SOURCE)
        assert pilot.app.focused.value == f"강변일버 · 센터 소식 · 2026-11-20 · {ADDRESS}"
        await press(pilot, "ctrl+u")
        pilot.app.post_message(Paste(typed))
        await press(pilot, "enter")
        assert not isinstance(pilot.app.screen, Form)
    right = [u for u in page(filled, ROBOT).updates if str(u.period) == "2027-06"]
    assert [u.source for u in right if u.retracted_by is None] == [kept]


@pytest.mark.parametrize(("typed", "kept"), [("강변일보", Source("강변일보")), ("", None)])
async def test_a_source_of_one_part_is_corrected_or_taken_away(opened, filled, typed, kept):
    said = dated(ROBOT, "opening", PLAN, "2026-11-20", "2027-06")
    record(filled, Batch((replace(said, source=Source("강변일버")),)))
    async with opened() as pilot:
        await press(pilot, "6", "e", *SOURCE, "ctrl+u")
        await press(pilot, *([f"text:{typed}"] if typed else []), "enter")
    right = [u for u in page(filled, ROBOT).updates if str(u.period) == "2027-06"]
    assert [u.source for u in right if u.retracted_by is None] == [kept]
