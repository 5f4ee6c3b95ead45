"""What is pasted into a field is kept, whatever lines it has, and is never taken for keys."""

import pytest
from stage import LIBRARY, ROBOT, milestone, page, press, text_of
from textual import events
from textual.pilot import Pilot

from tracker.tui.board.view import BoardScreen
from tracker.tui.forms.form import Form

COLUMN = "설계 변경\n예산 부족\n\n민원 발생\n"
TOGETHER = "설계 변경 / 예산 부족 / 민원 발생"


async def paste(pilot: Pilot[None], text: str) -> None:
    """Paste as a terminal does that brackets it."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()
    await pilot.pause()


def newest(office, slug=ROBOT):
    return page(office, slug).updates[0]


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        (COLUMN, TOGETHER),
        (COLUMN.replace("\n", "\r"), TOGETHER),
        (COLUMN.replace("\n", "\r\n"), TOGETHER),
        ("\n\n  둘째 줄  \n셋째 줄", "둘째 줄 / 셋째 줄"),
        ("강변도서관\t2027.6\t지연", "강변도서관 2027.6 지연"),  # a row of a spreadsheet
        ("붉은 \x1b[31m글\x00\x07\u202e 끝\x1b]0;제목\x07", "붉은 글 끝"),  # it would be obeyed
    ],
    ids=["LF", "CR", "CRLF", "empty-first", "tabs", "controls"],
)
async def test_what_is_pasted_into_a_note_is_kept_in_one_line(opened, filled, pasted, kept):
    async with opened() as pilot:
        await press(pilot, "n")
        await paste(pilot, pasted)
        await press(pilot, "enter")
    assert newest(filled).value == kept


async def test_lines_of_a_name_or_a_date_are_words_of_one_line(opened, filled):
    async with opened() as pilot:
        await press(pilot, "p")
        await paste(pilot, "2027년\n상반기\n")
        await press(pilot, "tab")
        await paste(pilot, COLUMN)
        await press(pilot, "tab", "tab")
        await paste(pilot, "시의회\n업무보고\n")
        await press(pilot, "enter")
    update = newest(filled)
    assert str(update.period) == "2027-40"
    assert update.reason == TOGETHER
    assert update.source.title == "시의회 업무보고"


async def test_what_is_pasted_replaces_what_is_marked_and_comes_where_the_cursor_is(opened, filled):
    async with opened() as pilot:
        await press(pilot, "c")  # today stands there, marked
        await paste(pilot, "2025년\n11월 3일")
        assert pilot.app.focused.value == "2025년 11월 3일"
        await press(pilot, "escape", "escape", "n", "text:앞뒤", "left")
        await paste(pilot, " 하나\n둘 ")
        assert pilot.app.focused.value == "앞하나 / 둘뒤"


async def test_of_what_is_too_long_the_beginning_is_kept_and_it_is_said(opened, filled):
    async with opened() as pilot:
        await press(pilot, "n")
        await paste(pilot, "가" * 3000)
        assert len(pilot.app.focused.value) == 2000
        assert "2,000자" in text_of(pilot, ".field--below")
        await press(pilot, "backspace")
        assert text_of(pilot, ".field--below") == "", "until typing goes on"


async def test_lines_pasted_into_the_search_are_searched_for_together(opened, filled):
    async with opened() as pilot:
        await press(pilot, "/")
        await paste(pilot, "강변\n도서관\n")
        assert pilot.app.focused.value == "강변 도서관"
        await press(pilot, "enter")
        assert pilot.app.screen.row.milestone.facility == LIBRARY


async def test_a_paste_is_no_keys(opened, filled):
    before = page(filled, ROBOT).updates
    async with opened() as pilot:
        await paste(pilot, "c\nv\nq\n1\nu\n")
        assert isinstance(pilot.app.screen, BoardScreen)
        await press(pilot, "n")
        await paste(pilot, "메모\n\n")
        assert isinstance(pilot.app.screen, Form), "nothing that is pasted saves a form"
    assert page(filled, ROBOT).updates == before
    assert milestone(filled, ROBOT, "opening").milestone.actual is None
