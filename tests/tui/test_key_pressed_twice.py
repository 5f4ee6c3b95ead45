"""A key that is pressed twice records one act, and says when that was."""

import re

from stage import LIBRARY, ROBOT, page, press, text_of

from db.model.records import UpdateKind


def confirms(office, slug):
    return [
        u
        for u in page(office, slug).updates
        if u.kind is UpdateKind.CONFIRM and u.retracted_by is None
    ]


async def test_confirming_twice_is_one_act_which_undo_takes_back(opened, filled):
    async with opened() as pilot:
        await press(pilot, "v", "v")
        status = text_of(pilot, "#status")
        assert re.match(r"이미 .*\d\d:\d\d에 기록됨 \(작업 \d+\): 한국로봇", status)
        assert "u 되돌리기" in status
        assert len(confirms(filled, ROBOT)) == 1
        await press(pilot, "u")
        assert confirms(filled, ROBOT) == []


async def test_the_same_form_sent_twice_is_one_act(opened, filled):
    async with opened() as pilot:
        for _ in range(2):
            await press(pilot, "p", "text:2027 상반기", "enter")
        assert "이미" in text_of(pilot, "#status")
        plans = [u for u in page(filled, ROBOT).updates if u.period and str(u.period) == "2027-40"]
        assert len(plans) == 1


async def test_of_what_is_marked_the_new_ones_are_recorded(opened, filled):
    async with opened() as pilot:
        await press(pilot, "v", "m", "m", "v")
        assert "1건은 이미 기록되어 있음" in text_of(pilot, "#status")
        assert [len(confirms(filled, slug)) for slug in (ROBOT, LIBRARY)] == [1, 1]
