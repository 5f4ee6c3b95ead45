"""The same walk with a Korean input method switched on."""

import pytest
from stage import LIBRARY, ROBOT, chosen, milestone, page, press

from db.model.records import State
from tracker.tui.board.view import BoardScreen
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.form import Form
from tracker.tui.keys.hangul import latin_of

LATIN = "qwertyuiopasdfghjklzxcvbnm"
JAMO = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"


def test_every_letter_of_the_layout_stands_for_the_latin_one():
    assert "".join(map(latin_of, JAMO)) == LATIN
    assert "".join(map(latin_of, "ㅃㅉㄸㄲㅆㅒㅖ")) == "qwertop"
    assert latin_of("\u1165") == "j", "conjoining jamo, as some systems send them"
    assert [latin_of(c) for c in ("가", "ㅘ", "j", "1", None)] == [None] * 5


async def test_the_walk_with_jamo(opened, filled):
    async with opened() as pilot:
        await press(pilot, "ㅓ")
        assert chosen(pilot) == (LIBRARY, "opening")
        await press(pilot, "ㅏ")
        assert chosen(pilot) == (ROBOT, "opening")
        await press(pilot, "ㅊ", "enter")
        assert milestone(filled, ROBOT, "opening").judged.state is State.COMPLETED
        await press(pilot, "ㅕ")
        assert milestone(filled, ROBOT, "opening").judged.state is State.OVERDUE
        await press(pilot, "ㅍ")
        assert page(filled, ROBOT).updates[0].kind.value == "confirm"
        await press(pilot, "ㅎ", "ㅎ", "ㅔ")
        assert isinstance(pilot.app.screen, Form)
        await press(pilot, "escape", "enter")
        assert isinstance(pilot.app.screen, FacilityScreen)
        await press(pilot, "ㅂ")
        assert isinstance(pilot.app.screen, BoardScreen)


async def test_jamo_are_typed_where_text_is_typed(opened):
    async with opened() as pilot:
        await press(pilot, "n", "text:ㅊㅓ완")
        assert pilot.app.focused.value == "ㅊㅓ완"


@pytest.mark.parametrize("syllable", ["처", "페", "쳐", "하", "완", "뷁"])
async def test_a_composed_syllable_writes_nothing_and_opens_nothing(opened, filled, syllable):
    before = page(filled, ROBOT)
    async with opened() as pilot:
        await press(pilot, syllable, syllable)
        assert isinstance(pilot.app.screen, BoardScreen)
        assert "한/영" in str(pilot.app.screen.query_one("#status").visual)
    assert page(filled, ROBOT) == before


async def test_every_binding_has_an_id_and_a_name_in_both_languages(opened):
    from tracker.words import Words

    async with opened() as pilot:
        found = {entry.id: entry.label for entry in pilot.app.screen.entries()}
        assert len(found) > 20
        for words in map(Words, ("ko", "en")):
            assert all(words.has(label) for label in found.values())


async def test_a_key_can_be_remapped(opened):
    async with opened() as pilot:
        pilot.app.set_keymap({"sheet.note": "x"})
        await press(pilot, "ㅌ")
        assert isinstance(pilot.app.screen, Form)
