"""View 2: order, groups, columns, views by name, filter, acts and merging."""

from dataclasses import replace

import pytest
from gallery import FUND, MIXED, fill
from rich.cells import cell_len
from stage import HANGAR, LAB, LIBRARY, ROBOT, lines, milestone, page, press, text_of

from db.model.errors import NotFoundError
from db.model.records import Standing
from db.read.lists.facility_list import FacilityFilter, Ordering
from tracker.domain.board import read_facilities
from tracker.tui.facilities.arranged_list import order_label
from tracker.tui.facilities.arrangement import Arrangement, load_views, save_views
from tracker.tui.facilities.facility_columns import COLUMNS, RAG_GLYPHS
from tracker.tui.facility.page import FacilityScreen
from tracker.tui.forms.chooser import Chooser
from tracker.words import Words


@pytest.fixture(autouse=True)
def _full(filled):
    fill(filled)


def names(pilot):
    screen = pilot.app.screen
    rows = screen.listing
    return [rows._line(n).summary.facility.slug for n in range(rows._total)]  # noqa: SLF001


async def test_it_lists_everything_by_deadline_with_what_is_next(opened):
    async with opened(size=(120, 30)) as pilot:
        await press(pilot, "2")
        assert names(pilot)[0] == ROBOT
        assert set(names(pilot)) == {ROBOT, LIBRARY, HANGAR, LAB, MIXED, FUND}
        shown = "\n".join(lines(pilot))
        for part in ("● 개소", "D+386", "■ 위험", "▣ 주의", "+123", "25-06-10!", "시설·사업 6건"):
            assert part in shown
        assert text_of(pilot, "#headings").count("↑") == 1


KEYS = {
    "name": lambda line: line.summary.facility.name,
    "city": lambda line: line.summary.facility.city,
    "slip": lambda line: line.slip,
    "rag": lambda line: line.summary.rag and list(RAG_GLYPHS).index(line.summary.rag.value),
    "confidence": lambda line: (
        line.summary.facility.confidence
        and list(RAG_GLYPHS).index(line.summary.facility.confidence)
    ),
    "updated": lambda line: line.summary.facility.updated_on,
    "cost": lambda line: line.summary.facility.cost_krw,
    "d_day": lambda line: (
        line.next and line.next.milestone.forecast and line.next.milestone.forecast.latest
    ),
}


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("by", KEYS)
def test_the_store_orders_as_the_rules_say(filled, by, falling):
    with filled.reading() as reader:
        day, limits = filled.today, filled.config.limits
        order = reader.facility_list.order(day, FacilityFilter(), Ordering(by, falling))
        read = read_facilities(reader, order, (0, order.total), day, limits)
    values = [KEYS[by](line) for line in read]
    known = [v for v in values if v is not None]
    assert known == sorted(known, reverse=falling)
    if by != "d_day":  # an undated step is next too, but has no day
        assert values[len(known) :] == [None] * (len(values) - len(known))


async def test_order_by_key_and_by_a_click_on_the_heading(opened):
    async with opened(size=(120, 30)) as pilot:
        await press(pilot, "2", "o", "text:이름", "escape", "o", "text:시설", "enter")
        first = names(pilot)
        assert "시설↑" in text_of(pilot, "#headings")
        await press(pilot, "o", "text:시설", "enter")
        assert names(pilot) == first[::-1]
        assert "시설↓" in text_of(pilot, "#headings")
        heading = text_of(pilot, "#headings")
        at = cell_len(heading[: heading.index("당초 대비")]) + 2
        await pilot.click("#headings", offset=(at, 0))
        await pilot.pause()
        assert names(pilot)[0] == MIXED, "the longest slip"
        assert "당초 대비↓" in text_of(pilot, "#headings")


async def test_groups_with_their_sizes_and_a_cursor_that_passes_over_them(opened):
    async with opened() as pilot:
        await press(pilot, "2", "b", "down", "enter")
        drawn = "\n".join(lines(pilot))
        for head in ("경산시 · 1", "김해시 · 2", "창원시 · 2", "없음 · 1"):
            assert head in drawn
        await press(pilot, "home")
        seen = [pilot.app.screen.line.summary.facility.slug]
        for _ in range(5):
            await press(pilot, "j")
            seen.append(pilot.app.screen.line.summary.facility.slug)
        assert len(set(seen)) == 6
        await press(pilot, "j", "k", "k")
        assert pilot.app.screen.line is not None
        await press(pilot, "b", "enter")
        assert "김해시 · 2" not in "\n".join(lines(pilot)).replace("  ", "")


@pytest.mark.parametrize("group", ["클러스터", "사업", "현 단계"])
async def test_every_group_shows_all(opened, group):
    async with opened(size=(100, 40)) as pilot:
        await press(pilot, "2", "b", f"text:{group}", "enter")
        drawn = "\n".join(lines(pilot))
        for name in ("한국로봇리퍼브센터", "강변도서관", "성장동력"):
            assert name in drawn


async def test_columns_are_chosen_one_by_one(opened):
    async with opened(size=(120, 30)) as pilot:
        await press(pilot, "2", "i", "text:클러스터", "enter", "escape")
        assert "클러스터" in text_of(pilot, "#headings")
        await press(pilot, "i", "text:위치", "enter", "escape")
        assert "진례면" in "\n".join(lines(pilot))


async def test_a_view_is_kept_by_name_and_shown_again(opened):
    async with opened(size=(120, 30)) as pilot:
        await press(pilot, "2", "o", "text:당초", "enter", "f", "text:김해", "enter")
        await press(pilot, "w", "text:저장", "enter", "text:김해 지연", "enter")
        assert "“김해 지연” 보기를 저장" in text_of(pilot, "#status")
        await press(pilot, "w", "text:기본", "enter")
        assert len(names(pilot)) == 6
        await press(pilot, "w", "text:김해", "enter")
        assert len(names(pilot)) == 2
        assert "당초 대비↓" in text_of(pilot, "#headings")
        await press(pilot, "w", "text:지우기", "enter", "w")
        assert isinstance(pilot.app.screen, Chooser)
        assert "김해 지연" not in [choice.label for choice in pilot.app.screen._choices]  # noqa: SLF001


def test_views_survive_their_file(tmp_path):
    path = tmp_path / "deep" / "views.toml"
    views = {
        'a "quoted" [name]\\': Arrangement(("name", "rag"), "rag", falling=True),
        "도시별": Arrangement(group="city", filters=FacilityFilter(city="김해시", search="리")),
    }
    save_views(path, views)
    assert load_views(path) == views


async def test_a_damaged_file_of_views_is_one_line(opened, filled):
    from tracker.app.paths import views_file

    views_file().parent.mkdir(parents=True, exist_ok=True)
    views_file().write_text("[x]\nby = 'nothing'\n")
    async with opened() as pilot:
        await press(pilot, "2", "w")
        assert "views.toml" in text_of(pilot, "#status")


async def test_filter_and_search(opened):
    async with opened() as pilot:
        await press(pilot, "2", "f", "text:사업", "enter")
        assert names(pilot) == [FUND]
        await press(pilot, "escape", "slash", "text:ㄱㅂㄷ", "enter")
        assert names(pilot) == [LIBRARY]
        await press(pilot, "escape")
        assert len(names(pilot)) == 6


async def test_acts_are_about_the_next_step_of_the_facility(opened, filled):
    async with opened() as pilot:
        await press(pilot, "2", "c")
        assert "한국로봇리퍼브센터 · 개소" in text_of(pilot, "#form-title")
        await press(pilot, "enter")
        assert milestone(filled, ROBOT, "opening").milestone.standing is Standing.COMPLETED
        await press(pilot, "end", "c")
        assert "열린 단계가 없습니다" in text_of(pilot, "#status")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FacilityScreen)


async def test_two_marked_are_merged_and_undone(opened, filled):
    async with opened() as pilot:
        await press(pilot, "2", "slash", "text:도서관", "enter", "m", "escape", "escape")
        await press(pilot, "slash", "text:격납", "enter", "m", "equals_sign")
        assert "어느 시설과" in "\n".join(lines(pilot))
        await press(pilot, "text:도서관", "enter", "1")
        assert page(filled, HANGAR).summary.facility.aliases == ("강변도서관",)
        with pytest.raises(NotFoundError):
            page(filled, LIBRARY)
        assert "합쳤습니다" in text_of(pilot, "#status")
        await press(pilot, "u")
        assert page(filled, LIBRARY).summary.facility.name == "강변도서관"
        assert page(filled, HANGAR).summary.facility.aliases == ()


async def test_two_that_are_marked_together_are_merged(opened, filled):
    async with opened() as pilot:
        await press(pilot, "2", "f", "text:창원시", "enter", "ctrl+a", "equals_sign", "2")
        assert "합쳤습니다" in text_of(pilot, "#status")


async def test_in_english_and_narrow_it_fits(opened, filled):
    async with opened(replace(filled, words=Words("en")), size=(60, 15)) as pilot:
        await press(pilot, "2")
        assert all(cell_len(line) == 60 for line in lines(pilot))


def test_the_columns_are_named_in_one_manner():
    labels = {order_label(name, Words("en")) for name in COLUMNS} - {"D-day", "RAG"}
    assert labels == {label.lower() for label in labels}
