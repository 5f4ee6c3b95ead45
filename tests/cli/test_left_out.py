"""What a person does not see of a spreadsheet, or cannot use, is left out and named."""

from datetime import date

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from workbook_writers import Cell, Page, by_hand

HEADER = ("시설명", "착공", "준공", "개소", "비고")


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "own.db"))


def page(*rows, name="현황"):
    made = Page(name)
    for number, row in enumerate((HEADER, *rows), start=1):
        made.put(number, row)
    return made


def steps(tracker):
    return {
        (m["facility_name"], m["kind"]): m["forecast"] and m["forecast"]["edtf"]
        for m in tracker("list", "--json").json["items"]
    }


def notes(tracker, name):
    updates = tracker("show", name, "--json").json["updates"]
    return [u["value"] for u in updates if u["kind"] == "note"]


def test_hidden_rows_columns_and_sheets_are_named_and_taken_only_when_asked(tracker, tmp_path):
    shown = page(("가람관", "2026-12", "2027-03", "2027-05"), ("나래관", None, "2028-03"))
    shown.hidden_rows.add(3)
    shown.hidden_columns.add(4)
    away = page(("다온관", None, "2029-03"), name="옛것")
    away.hidden = True
    path = tmp_path / "a.xlsx"
    by_hand(path, [shown, away])
    for option in ([], ["--dry-run"]):
        ran = tracker("import", path, *option)
        assert ran.code == 0
        for told in ("숨긴 행 1개(3행)", "숨긴 열 1개(D열)", "숨긴 시트 1개(옛것)", "--hidden"):
            assert told in ran.out
    assert {name for name, _ in steps(tracker)} == {"가람관"}
    ran = tracker("import", path, "--hidden")
    assert "숨긴" not in ran.out
    assert steps(tracker) == {
        ("가람관", "groundbreaking"): "2026-12",
        ("가람관", "completion"): "2027-03",
        ("가람관", "opening"): "2027-05",
        ("나래관", "completion"): "2028-03",
        ("다온관", "completion"): "2029-03",
    }


def test_where_everything_is_hidden_the_way_out_is_named(tracker, tmp_path):
    only = page(("가람관", None, "2027-03"))
    only.hidden_rows = {1, 2}
    by_hand(tmp_path / "a.xlsx", [only])
    ran = tracker("import", tmp_path / "a.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert "--hidden" in ran.err


def test_a_merged_name_counts_for_the_rows_in_sight_though_its_first_row_is_hidden(
    tracker, tmp_path
):
    made = page(("가람관", "2026-12"), (None, None, "2027-03"), (None, None, None, "2027-05"))
    made.merged.append((2, 1, 4, 1))
    made.hidden_rows.add(2)
    by_hand(tmp_path / "a.xlsx", [made])
    assert "숨긴 행 1개(2행)" in tracker("import", tmp_path / "a.xlsx").out
    assert steps(tracker) == {("가람관", "completion"): "2027-03", ("가람관", "opening"): "2027-05"}


def test_rows_of_an_outline_that_is_folded_are_hidden(tracker, tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    for row, values in enumerate((HEADER, ("가람관", "", "2027-03"), ("나래관", "", "2028-03"))):
        sheet.write_row(row, 0, values)
    sheet.set_row(2, None, None, {"level": 1, "hidden": True})
    sheet.set_row(3, None, None, {"collapsed": True})
    book.close()
    assert "숨긴 행 1개(3행)" in tracker("import", tmp_path / "a.xlsx").out
    assert {name for name, _ in steps(tracker)} == {"가람관"}


def test_struck_text_is_left_out_in_whole_cells_in_parts_and_in_names(tracker, tmp_path):
    made = page(
        ("가람관", Cell("2026-12", struck=True), Cell("2027-03", also=" 2026-12")),
        (Cell("나래관", struck=True), None, "2028-03"),
    )
    by_hand(tmp_path / "a.xlsx", [made])
    ran = tracker("import", tmp_path / "a.xlsx")
    assert "취소선을 그은 내용 3칸(B2:C2, A3)" in ran.out
    assert "건너뛴 행: 3행" in ran.out
    assert steps(tracker) == {("가람관", "completion"): "2027-03"}


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "Err:502", "########"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_error_is_no_text(tracker, tmp_path, form, error):
    path = tmp_path / f"a.{form}"

    def write(*rows):
        if form == "xlsx":
            book = Workbook()
            for row in (HEADER, *rows):
                book.active.append(row)
            book.save(path)
        else:
            lines = (",".join(cell or "" for cell in row) for row in (HEADER, *rows))
            path.write_text("\n".join(lines), "utf-8")

    write(("가람관", error, "2027-03", None, error))
    ran = tracker("import", path)
    assert ran.code == 0
    assert "오류 값 2칸(B2, E2)" in ran.out
    assert steps(tracker) == {("가람관", "completion"): "2027-03"}
    assert not notes(tracker, "가람관")
    write((error, None, "2027-03", None, None))
    ran = tracker("import", path)
    assert (ran.code, ran.out) == (2, "")
    assert f"2행 시설명: 시설 이름 자리에 오류 값({error})" in ran.err


def test_formulas_without_results_are_faults_in_dates_and_named_elsewhere(tracker, tmp_path):
    by_hand(tmp_path / "a.xlsx", [page(("가람관", None, "2027-03", None, Cell(formula="A2&B2")))])
    assert "값이 저장되지 않은 수식 1칸(E2)" in tracker("import", tmp_path / "a.xlsx").out
    made = page(("나래관", None, Cell(formula="B2+1")), (Cell(formula="A1"), None, "2027-03"))
    by_hand(tmp_path / "a.xlsx", [made])
    ran = tracker("import", tmp_path / "a.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert "2행 준공: 값이 저장되지 않은 수식" in ran.err
    assert "3행 시설명: 값이 저장되지 않은 수식" in ran.err


def test_the_nought_that_a_writer_stores_for_a_formula_is_no_result(tracker, tmp_path):
    """Xlsxwriter stores 0, and asks spreadsheet programs to compute the book anew."""
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ("가람관", ""))
    sheet.write_formula("C2", "=DATE(2027,5,1)", book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    ran = tracker("import", tmp_path / "a.xlsx")
    assert ran.code == 2
    assert "2행 준공: 값이 저장되지 않은 수식" in ran.err


def test_a_formula_without_a_result_in_our_own_table_is_a_fault(demo, tracker, tmp_path):
    path = tmp_path / "own.xlsx"
    tracker("--db", demo, "export", path)
    book = load_workbook(path)
    titles = [cell.value for cell in book.active[1]]
    book.active.cell(3, titles.index("현재 계획") + 1).value = "=B1"
    book.save(path)
    ran = tracker("import", path)
    assert (ran.code, ran.out) == (2, "")
    assert "3행 현재 계획: 값이 저장되지 않은 수식" in ran.err


def test_what_is_hidden_in_our_own_table_is_named(demo, tracker, tmp_path):
    path = tmp_path / "own.xlsx"
    tracker("--db", demo, "export", path)
    book = load_workbook(path)
    rows = book.active.max_row - 1
    book.active.row_dimensions[4].hidden = True
    book.active["B3"].comment = Comment("살펴볼 것", "누구")
    behind = book.create_sheet("지난달")
    behind.append(["가람관", "2027.5"])
    behind.sheet_state = "hidden"
    book.save(path)
    ran = tracker("import", path)
    assert ran.code == 0
    assert "숨긴 시트 1개(지난달)" in ran.out
    assert "숨긴 행 1개(4행)" in ran.out
    assert "메모 1개(B3)" in ran.out
    hidden = tracker("import", path, "--hidden")
    assert "숨긴" not in hidden.out
    assert tracker("list", "--json").json["total"] <= rows


@pytest.mark.parametrize("serial", [0, 0.5, 1, 60, date(9999, 12, 31), 2958466, -1])
def test_a_day_that_stands_for_none_is_no_date(tracker, tmp_path, serial):
    made = page(("가람관", Cell(serial, "yyyy-mm-dd"), Cell(date(2027, 3, 2), "yyyy-mm-dd")))
    by_hand(tmp_path / "a.xlsx", [made])
    ran = tracker("import", tmp_path / "a.xlsx")
    assert ran.code == 0
    assert "날짜 자리만 채운 값 1칸(B2)" in ran.out
    assert steps(tracker) == {("가람관", "completion"): "2027-03-02"}


def test_days_of_books_that_count_from_1904(tracker, tmp_path):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(HEADER)
    book.active.append(("가람관", 0, date(2027, 3, 2)))
    book.active["B2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "a.xlsx")
    assert "날짜 자리만 채운 값 1칸(B2)" in tracker("import", tmp_path / "a.xlsx").out
    assert steps(tracker) == {("가람관", "completion"): "2027-03-02"}


def test_comments_elsewhere_than_on_facilities_are_named(tracker, tmp_path):
    made = page(("가람관", None, Cell("2027-03", comment="자재 수급")))
    made.cells[1, 3].comment = "변경 기준"
    by_hand(tmp_path / "a.xlsx", [made])
    assert "메모 1개(C1)" in tracker("import", tmp_path / "a.xlsx").out
    assert notes(tracker, "가람관") == ["준공: 자재 수급"]


def test_names_struck_in_part_keep_the_rest(tracker, tmp_path):
    book = Workbook()
    book.active.append(HEADER)
    book.active.append(("가람관", None, "2027-03"))
    book.active["C2"].font = Font(strike=False)
    book.save(tmp_path / "plain.xlsx")
    assert "취소선" not in tracker("import", tmp_path / "plain.xlsx").out
    made = page((Cell("나래관", also="(옛 나래회관)"), None, "2027-03"))
    by_hand(tmp_path / "a.xlsx", [made])
    assert "취소선을 그은 내용 1칸(A2)" in tracker("import", tmp_path / "a.xlsx").out
    assert ("나래관", "completion") in steps(tracker)
