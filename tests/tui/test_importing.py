"""An import on the screen: what a file would bring is seen before it is taken."""

import csv
from dataclasses import replace

import pytest
from openpyxl import Workbook
from stage import LIBRARY, in_sizes, lines, milestone, page, press, refused, text_of, until
from textual.events import Paste

from db.model.records import ActKind
from tracker.app.config import Config
from tracker.exchange.diff.choices import Choices
from tracker.exchange.imports.outcome import Outcome
from tracker.exchange.tables.claims import Take
from tracker.tui.board.view import BoardScreen
from tracker.tui.forms.form import Form
from tracker.tui.imports.import_list import FindingList
from tracker.tui.imports.view import ImportScreen
from tracker.tui.welcome.welcome import WelcomeScreen
from tracker.words import Words

UNSEEN = 0.6  # seconds after which a key was meant for what is shown


def table(path, *rows, header=("시설명", "담당", "착공", "준공", "개소")):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture
def sheet(tmp_path):
    return table(
        tmp_path / "현황.csv",
        ["강변도서관", "박주무관", "2024.3", "", "2027.3"],
        ["새빛관", "이주무관", "2025.2", "주민 반대", "2027.5"],
    )


async def hand_over(pilot, path, *more):
    """Paste a path into the form that asks for it: typed, a long one takes seconds."""
    pilot.app.post_message(Paste(str(path)))
    await press(pilot, "enter", *more)


async def ask(pilot, path, *more):
    """Ask for the file as a person does, from the palette."""
    await press(pilot, "colon", *"파일 가져", "enter")
    await hand_over(pilot, path, *more)


async def look(pilot, path):
    """Ask for a file, and read its preview."""
    await ask(pilot, path)
    await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen), every=0.02)
    await pilot.pause(UNSEEN)


def acts(office):
    with office.reading() as reader:
        return reader.newest_act(*ActKind)


async def test_the_preview_counts_and_lists_what_a_file_would_bring(opened, filled, sheet):
    before = acts(filled)
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, sheet)
        head = text_of(pilot, "#import-counts")
        assert "읽지 못함 1 · " in head
        assert "이미 지났는데 결과가 없는 계획 2건: 확인 필요" in head
        shown = "\n".join(lines(pilot))
        assert "표: 담당 박주무관 · 지금: 김주무관" in shown
        assert "새빛관" in shown
        assert "2행 개소" in shown
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, BoardScreen)
    assert acts(filled) == before, "looking changes nothing"


async def test_unread_cells_stop_it_until_they_are_left_out(opened, filled, sheet):
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, sheet)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportScreen)
        assert "x를 누르면" in text_of(pilot, "#status")
        await press(pilot, "x", "t")
        assert "빼고, 목록을 옆에" in text_of(pilot, "#import-counts")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, BoardScreen)
        told = text_of(pilot, "#status")
        assert "뺀 칸 1: 현황-left-out.csv" in told
        assert "새 시설 1" in told
        assert "되돌리기" in told
    assert milestone(filled, LIBRARY, "opening").milestone.forecast.edtf == "2027-03"
    assert (sheet.parent / "현황-left-out.csv").exists()


async def test_past_dates_and_unread_texts_are_chosen_by_key(opened, filled, sheet):
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, sheet)
        await press(pilot, "a")
        assert "계획대로 완료로" in text_of(pilot, "#import-counts")
        assert "착공 2024년 3월 완료" in "\n".join(lines(pilot))
        await press(pilot, "a")
        assert "가져오지 않습니다" in text_of(pilot, "#import-counts")
        await press(pilot, "ㅁ", "ㅌ", "x")  # with an input method on: open, and twice unread
        assert "확인 필요" in text_of(pilot, "#import-counts")
        assert "메모로 남기고" in text_of(pilot, "#import-counts")
        await press(pilot, "a", "t", "enter")
    assert page(filled, LIBRARY).summary.facility.owner == "박주무관"
    assert milestone(filled, LIBRARY, "groundbreaking").milestone.actual.edtf == "2024-03"
    notes = [u.value for u in page(filled, "새빛관").updates if u.kind.value == "note"]
    assert notes == ["준공: 주민 반대"]


async def test_a_new_name_that_looks_like_a_known_one_is_told(opened, filled, tmp_path):
    path = table(tmp_path / "a.csv", ["강변도서괸", "", "", "", "2027.3"])
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, path)
        assert "“강변도서괸”은 “강변도서관”과 비슷합니다" in "\n".join(lines(pilot))


async def test_what_is_passed_over_is_told_as_in_the_shell(opened, filled, tmp_path):
    header = ("시설명", "개소", "관리번호표")
    path = table(tmp_path / "a.csv", ["새빛관", "2027.3", "가"], ["합계", "2", ""], header=header)
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, path)
        shown = "\n".join(lines(pilot))
        assert "관리번호표" in shown
        assert "3행" in shown


async def test_keys_that_follow_each_other_quickly_are_all_taken(opened, filled, sheet):
    before = acts(filled)
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, sheet)
        screen = pilot.app.screen
        screen.action_sides()  # in one turn: none of them is compared before the last
        screen.action_past()
        screen.action_unread()
        screen.action_finish()
        assert "비교하는 중" in pilot.app.words(screen.refusal("finish"))
        await until(pilot, lambda: "표를 따릅니다" in text_of(pilot, "#import-counts"))
        head = text_of(pilot, "#import-counts")
        assert "계획대로 완료로" in head
        assert acts(filled) == before
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, BoardScreen)
    assert acts(filled) != before


async def test_both_sides_of_a_conflict_are_shown_and_one_is_taken_by_key(opened, filled, sheet):
    """The table was never imported, so what it says otherwise than the store is a conflict."""
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, sheet)
        assert "어긋나는 칸 2: 그대로 둡니다" in text_of(pilot, "#import-counts")
        shown = "\n".join(lines(pilot))
        assert "표: 개소 2027년 3월 · 지금: 2026년 12월 10일 (" in shown
        await press(pilot, "t")
        assert "표를 따릅니다" in text_of(pilot, "#import-counts")
        assert "개소 2026년 12월 10일 → 2027년 3월, +111일" in "\n".join(lines(pilot))
        await press(pilot, "t")
        assert "저장소를 따르고" in text_of(pilot, "#import-counts")
        await press(pilot, "x", "enter")
        assert isinstance(pilot.app.screen, BoardScreen)
        await look(pilot, sheet)
        assert "어긋나는 칸" not in text_of(pilot, "#import-counts"), "it is settled"
    assert milestone(filled, LIBRARY, "opening").milestone.forecast.edtf == "2026-12-10"


async def test_from_the_first_screen_a_file_is_looked_into_first(opened, office, sheet):
    office.path.unlink(missing_ok=True)
    async with opened(office) as pilot:
        await press(pilot, "2")
        assert text_of(pilot, "#form-keys") == "Enter 미리 보기 · Esc 닫기", "nothing is saved yet"
        await hand_over(pilot, sheet)
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen), every=0.02)
        assert not office.path.exists(), "looking makes nothing"
        await pilot.pause(UNSEEN)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, WelcomeScreen)
        await press(pilot, "2")
        await hand_over(pilot, sheet)
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen), every=0.02)
        await pilot.pause(UNSEEN)
        await press(pilot, "x", "enter")
        assert isinstance(pilot.app.screen, BoardScreen)
        assert "새 시설 2" in text_of(pilot, "#status")


async def test_a_second_enter_that_was_typed_too_early_imports_nothing(opened, filled, sheet):
    before = acts(filled)
    async with opened() as pilot:
        await ask(pilot, sheet, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen), every=0.02)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ImportScreen)
    assert acts(filled) == before


async def test_what_cannot_be_imported_is_one_line_in_the_form(opened, filled, tmp_path):
    path = tmp_path / "표.csv"
    path.write_text("가,나\n1,2\n", "utf-8")
    async with opened() as pilot:
        await ask(pilot, path)
        assert isinstance(pilot.app.screen, Form)
        assert "머리글" in refused(pilot)


async def test_another_write_meanwhile_is_compared_with(opened, filled, sheet):
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, sheet)
        assert "담당 박주무관 · 지금: 김주무관" in "\n".join(lines(pilot))
        other = table(sheet.parent / "b.csv", ["강변도서관", "박주무관", "", "", ""])
        pilot.app.session.import_file(other, Choices(take=Take.SHEET))
        await until(pilot, lambda: "지금: 김주무관" not in "\n".join(lines(pilot)))


@pytest.mark.parametrize("lang", ["ko", "en"])
async def test_it_fits_every_window_in_both_languages(opened, filled, sheet, lang):
    here = replace(filled, config=Config(author="김주무관"), words=Words(lang))
    async with opened(here, size=(80, 24)) as pilot:
        await press(pilot, "colon", *("파일 가져" if lang == "ko" else "import a"), "enter")
        await hand_over(pilot, sheet)
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen), every=0.02)
        sizes = [(80, 24), (120, 40), (60, 15)]
        async for _ in in_sizes(pilot, sizes):
            assert "강변도" in "\n".join(lines(pilot))
        await press(pilot, "x")
        async for _ in in_sizes(pilot, sizes):
            assert ("가져오기" if lang == "ko" else "import") in text_of(pilot, "#keys")


async def test_what_an_import_did_fits_the_line_of_a_small_window(opened, filled, sheet):
    async with opened(size=(80, 24)) as pilot:
        await look(pilot, sheet)
        await press(pilot, "x", "enter")
        told = text_of(pilot, "#status")
        for part in ("뺀 칸 1: 현황-left-out.csv", "새 시설 1", "변경 4", "u 되돌리기"):
            assert part in told
        assert "새 사업" not in told, "there is none"


@pytest.fixture
def book(tmp_path):
    """A workbook with a hidden row, an error value, a column nobody knows, and a total."""
    made = Workbook()
    page = made.active
    for row in (
        ["시설명", "착공", "개소", "부지형태"],
        ["강변도서관", "2027.3", "#REF!", "평지"],
        ["새빛관", "2027.2", "2027.5", ""],
        ["합계", "", "", ""],
    ):
        page.append(row)
    page.row_dimensions[3].hidden = True
    path = tmp_path / "현황.xlsx"
    made.save(path)
    return path


async def test_all_that_was_passed_over_is_listed_and_never_cut(opened, filled, book):
    async with opened(size=(80, 24)) as pilot:
        await look(pilot, book)
        async for _ in in_sizes(pilot, [(80, 24), (60, 15)]):
            await passed_over_is_listed(pilot)


async def passed_over_is_listed(pilot):
    assert "지나친 것 4건: 아래 목록의 - 줄" in text_of(pilot, "#import-counts")
    head = text_of(pilot, "#import-counts").splitlines()
    assert all(line.strip() for line in head), "no line is left empty by one that is too long"
    told = []
    await press(pilot, "home")  # conflicts and unread cells would come before: there are none
    findings = pilot.app.screen.query_one(FindingList)
    while findings.row.sign == "-":
        told.append("".join(text_of(pilot, "#finding").split()))
        await press(pilot, "down")
    assert len(told) == 4
    for part in ("알아보지못한열:부지형태", "건너뛴행:4행", "숨긴행1개(3행)", "오류값1칸(C2)"):
        assert any(part in line for line in told), part


async def test_no_move_goes_through_all_that_a_file_says(opened, filled, sheet, monkeypatch):
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, sheet)
        monkeypatch.setattr(Outcome, "findings", property(lambda _: pytest.fail("once more")))
        await press(pilot, "down", "up", "end")
        assert "새빛관" in text_of(pilot, "#finding")


async def test_every_line_is_shown_from_its_beginning(opened, filled, tmp_path):
    long = "주민 반대로 부지를 다시 고르는 중 " * 60
    rows = [[name, "", long, "", "2027.3"] for name in ("새빛관", "달빛관")]
    async with opened(size=(60, 15)) as pilot:
        await look(pilot, table(tmp_path / "a.csv", *rows))
        pane = pilot.app.screen.query_one("#finding-pane")
        await press(pilot, "shift+down", "shift+down")
        further = pane.scroll_y
        await press(pilot, "shift+up")
        assert further > pane.scroll_y > 0
        await press(pilot, "down")
        assert pane.scroll_y == 0


async def test_hidden_rows_are_read_by_key(opened, filled, book):
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, book)
        assert "새빛관" not in "\n".join(lines(pilot))
        assert "읽으려면 --hidden" in "\n".join(lines(pilot))
        assert "h 숨긴 것" in text_of(pilot, "#keys")
        await press(pilot, "h")
        assert "숨긴 행·열·시트도 읽습니다" in text_of(pilot, "#import-counts")
        assert "새빛관" in "\n".join(lines(pilot))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, BoardScreen)
    assert milestone(filled, "새빛관", "opening").milestone.forecast.edtf == "2027-05"


async def test_a_file_without_hidden_rows_has_none_to_read(opened, filled, sheet):
    async with opened(size=(120, 40)) as pilot:
        await look(pilot, sheet)
        assert "h 숨긴 것" not in text_of(pilot, "#keys")
        await press(pilot, "h")
        assert "숨긴 행이나 열이 있을 수 없습니다" in text_of(pilot, "#status")
