"""Wide characters line up at every size, in both languages."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from stage import LIBRARY, PLAN, ROBOT, dated, in_sizes, lines, press, record, text_of

from db.model.records import Batch
from tracker.domain.schedule import State
from tracker.tui.session.views import VIEWS
from tracker.tui.widgets.banner import Counts
from tracker.tui.widgets.key_bar import Hint, fitting
from tracker.words import Words
from tracker.words.cells import fit, squeeze, wrap

BETWEEN = "[2026-11-29..2026-12-31]"
TEXT = st.text(alphabet=st.sampled_from("가나a1 ,。、「」한\u0301ｱé👍-"), max_size=40)


@given(TEXT, st.integers(0, 60), st.booleans())
def test_a_text_fits_its_cells_exactly(text, width, right):
    assert cell_len(fit(text, width, right=right)) == width


@given(TEXT, st.integers(4, 60))
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    wrapped = wrap(text, width)
    assert all(cell_len(line) <= width for line in wrapped)
    assert "".join(wrapped).replace(" ", "") == text.strip().replace(" ", "")


@given(TEXT, st.integers(4, 60))
def test_a_squeezed_text_keeps_its_end(text, width):
    squeezed = squeeze(text, width)
    assert cell_len(squeezed) <= width
    assert squeezed == text or squeezed.split("…")[-1] in text


def test_hangul_is_not_cut_in_the_middle():
    assert fit("로봇센터", 6) == "로봇… "
    assert fit("로봇센터", 8) == "로봇센터"
    assert fit("e\u0301e\u0301e\u0301", 2) == "e\u0301…"


SIZES = [(60, 15), (80, 24), (120, 40), (200, 60)]


@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_no_count_of_a_state_is_cut(opened, filled, lang):
    here = replace(filled, words=Words(lang))
    async with opened(here) as pilot:
        counts = pilot.app.screen.query_one(Counts)
        numbers = [1690 + n for n in range(len(State))]
        async for width in in_sizes(pilot, [(80, 15), (60, 15)]):
            counts.show(dict(zip(State, numbers, strict=True)))
            await pilot.pause()
            shown = text_of(pilot, "#counts")
            assert cell_len(shown) <= width - 2
            told = [int(n.replace(",", "")) for n in re.findall(r"[0-9,]+", shown)]
            assert len(told) >= 4
            assert set(told) <= set(numbers), "whole numbers"


@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_every_screen_fits_every_size(opened, filled, lang):
    office = replace(filled, words=Words(lang))
    async with opened(office) as pilot:
        for keys in ((), ("enter",), ("p",), ("escape",), ("escape", "question_mark"), ("escape",)):
            await press(pilot, *keys)
            async for width in in_sizes(pilot, SIZES):
                assert all(cell_len(line) == width for line in lines(pilot))
        async for _ in in_sizes(pilot, SIZES):
            drawn = lines(pilot)
            assert "한국로봇" in "".join(drawn)
            assert Words(lang)("key.help") in drawn[-1]


async def test_columns_line_up_under_their_headings(opened):
    async with opened(size=(80, 24)) as pilot:
        drawn = lines(pilot)
        heading = next(line for line in drawn if "시설" in line and "당초 대비" in line)
        at = {
            name: cell_len(heading[: heading.index(name)]) for name in ("시설", "단계", "현재 계획")
        }
        row = next(line for line in drawn if "강변도서관" in line)
        assert cell_len(row[: row.index("강변")]) == at["시설"]
        assert cell_len(row[: row.index("개소")]) == at["단계"]
        assert cell_len(row[: row.index("2026년")]) == at["현재 계획"]
        assert cell_len(heading[: heading.index("갱신")]) == cell_len(row[: row.index("26-11-01")])


async def test_a_window_too_small_is_one_clear_line(opened):
    async with opened(size=(59, 20)) as pilot:
        async for _ in in_sizes(pilot, [(59, 20), (80, 14)]):
            drawn = [line.strip() for line in lines(pilot) if line.strip()]
            assert drawn == ["창이 너무 작습니다: 60×15 이상이어야 합니다"]
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "기한 경과" in lines(pilot)[1]


def test_the_line_of_keys_keeps_the_important_and_help():
    hints = tuple(Hint(k, "완료", k) for k in "abcdef")
    shown = fitting(hints, 22)
    assert [h.key for h in shown] == ["a", "b", "f"]
    assert fitting((), 10) == []


async def test_without_colour_the_chosen_line_can_still_be_told(opened, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(size=(80, 24)) as pilot:
        assert pilot.app.no_color
        assert "● 확인 필요" in "\n".join(lines(pilot))
        chosen = pilot.app.screen.query_one("#list").render_line(0)
        assert all(segment.style.bold for segment in chosen)


async def test_the_top_and_the_bottom_line_stay_in_the_smallest_window(opened):
    async with opened(size=(60, 15)) as pilot:
        for view in "123456":
            await press(pilot, view)
            drawn = lines(pilot)
            assert f" {view} " in drawn[0]
            assert "도움말" in drawn[-1]
            assert pilot.app.screen.max_scroll_y == 0


@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_every_view_is_called_by_its_name_at_80_cells(opened, filled, lang):
    words = Words(lang)
    async with opened(replace(filled, words=words), size=(80, 24)) as pilot:
        for view in VIEWS:
            await press(pilot, str(view.number))
            names = [f"{v.number} {words(v.label).removeprefix('weekly ')}" for v in VIEWS]
            assert all(name in lines(pilot)[0] for name in names)


async def test_a_date_in_a_narrow_column_still_says_by(opened, filled):
    by = dated(ROBOT, "opening", PLAN, "2025-06-11", "[..2026-02-20]")
    record(filled, Batch((by, dated(LIBRARY, "opening", PLAN, "2026-11-02", BETWEEN))))
    async with opened(size=(80, 24)) as pilot:
        drawn = "\n".join(lines(pilot))
        assert "2026-02-20까지" in drawn
        assert "2026-11-29~12-31" in drawn
        await press(pilot, "2")
        assert "2026-02-20까지" in "\n".join(lines(pilot))


async def test_what_a_form_says_at_its_end_is_not_cut(opened):
    async with opened(size=(80, 24)) as pilot:
        await press(pilot, "p", "text:2027", "escape")
        assert pilot.app.screen.query_one("#form-status").size.height == 2


async def test_a_click_beside_a_window_closes_it_but_no_form(opened):
    async with opened(size=(100, 30)) as pilot:
        for key, gone in (("question_mark", True), ("s", True), ("p", False)):
            below = pilot.app.screen
            await press(pilot, key)
            assert pilot.app.screen is not below
            await pilot.click(offset=(0, 0))
            await pilot.pause()
            assert (pilot.app.screen is below) is gone
