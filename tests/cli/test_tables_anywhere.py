"""Our own table and those of offices come in from wherever they stand, and nothing in silence."""

import csv
import shutil
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "own.db"))


@pytest.fixture
def exported(tracker, tmp_path):
    """Our own table of two facilities, and what `steps` finds in the store that it came from."""
    (tmp_path / "표.csv").write_text(
        "시설명,착공,준공,개소\n가람도서관,2025.3 착공,2027.3,27.하\n나래관,27.상,미정,\n", "utf-8"
    )
    assert tracker("import", tmp_path / "표.csv").code == 0
    path = tmp_path / "우리표.xlsx"
    assert tracker("export", path).code == 0
    wanted = steps(tracker)
    for file in tmp_path.glob("own.db*"):
        file.unlink()
    return path, wanted


def steps(tracker):
    items = tracker("list", "--json", "--limit", 1000).json["items"]
    return {
        (m["facility"], m["milestone"]): tuple(
            m[k] and m[k]["edtf"] for k in ("baseline", "forecast", "actual")
        )
        for m in items
    }


def rows_of(path):
    return [[c.value for c in row] for row in load_workbook(path).active.iter_rows()]


def under_a_title(book, rows):
    book.active.append(["진행 현황"])
    book.active.append([None, "(2026. 11. 20. 기준)"])
    for row in rows:
        book.active.append(row)


def on_a_second_sheet(book, rows):
    book.active.title = "앞"
    page = book.create_sheet("Milestones")
    for row in rows:
        page.append(row)


def with_columns_turned_round(book, rows):
    for row in rows:
        book.active.append(row[::-1])


def with_columns_removed(book, rows):
    """All that follow from others, and both slugs."""
    gone = {"상태", "상세", "D-day", "시설 식별자", "단계 식별자", "갱신", "오래된 정보"}
    kept = [n for n, title in enumerate(rows[0]) if title not in gone]
    for row in rows:
        book.active.append([row[n] for n in kept])


def below_a_row_of_filters(book, rows):
    book.active.append(["(모두)"] * len(rows[0]))
    for row in rows:
        book.active.append(row)


def beside_a_table_of_an_office(book, rows):
    for row in rows:
        book.active.append(row)
    page = book.create_sheet("추가")
    for row in (["시설명", "준공"], ["다온관", "2028.1"]):
        page.append(row)


PLACES: list[Callable[[Workbook, list[list[object]]], None]] = [
    under_a_title,
    on_a_second_sheet,
    with_columns_turned_round,
    with_columns_removed,
    below_a_row_of_filters,
    beside_a_table_of_an_office,
]


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.__name__)
@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_our_table_comes_back_from_wherever_an_office_puts_it(
    tracker, tmp_path, exported, place, suffix
):
    path, wanted = exported
    book = Workbook()
    place(book, rows_of(path))
    moved = tmp_path / f"옮긴 표{suffix}"
    book.save(tmp_path / "옮긴.xlsx")
    shutil.copy(tmp_path / "옮긴.xlsx", moved)
    ran = tracker("import", moved)
    assert (ran.code, ran.err) == (0, "")
    found = steps(tracker)
    if place is beside_a_table_of_an_office:
        assert found.pop(("다온관", "completion")) == ("2028-01", "2028-01", None)
    assert found == wanted
    assert "새 변경 이력 0" in tracker("import", moved).out


def test_our_table_under_a_title_as_csv(tracker, tmp_path, exported):
    path, wanted = exported
    with (tmp_path / "우리.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["진행 현황"], [], *rows_of(path)])
    assert tracker("import", tmp_path / "우리.csv").code == 0
    assert steps(tracker) == wanted


def test_a_fault_in_our_table_names_its_sheet_and_row(tracker, tmp_path, exported):
    path, _ = exported
    rows = rows_of(path)
    rows[1][rows[0].index("현재 계획")] = "언젠가"
    book = Workbook()
    book.active.title = "앞"
    page = book.create_sheet("우리")
    for row in ([None], ["현황"], *rows):
        page.append(row)
    book.save(tmp_path / "b.xlsx")
    ran = tracker("import", tmp_path / "b.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert "[우리] 4행 현재 계획" in ran.err


def test_a_workbook_with_no_table_at_all_is_refused_and_a_sheet_without_one_is_named(
    tracker, tmp_path
):
    book = Workbook()
    book.active.append(["아무", "표"])
    book.active.title = "메모"
    book.save(tmp_path / "a.xlsx")
    assert tracker("import", tmp_path / "a.xlsx").code == 2
    page = book.create_sheet("현황")
    for row in (["시설명", "준공"], ["가람관", "2027.3"]):
        page.append(row)
    book.save(tmp_path / "a.xlsx")
    ran = tracker("import", tmp_path / "a.xlsx")
    assert ran.code == 0
    assert "[메모]" in ran.out


def written(tmp_path, text):
    path = tmp_path / "표.csv"
    path.write_text(text, "utf-8")
    return path


def test_dates_that_stand_for_none_are_named_with_their_cells(tracker, tmp_path):
    path = written(tmp_path, "시설명,준공,개소\n가람관,2999.12,2027.3\n나래관,00.00,2027.5\n")
    ran = tracker("import", path, "--dry-run")
    assert "2행 준공: “2999.12”" in ran.out
    assert "3행 준공: “00.00”" in ran.out
    assert tracker("import", path).code == 0
    assert {step for _, step in steps(tracker)} == {"opening"}


def test_a_table_of_something_else_is_named(tracker, tmp_path):
    text = "연번,시설명,준공\n1,가람관,2027.3\n\n연번,담당자,직책\n1,홍길동,팀장\n"
    ran = tracker("import", written(tmp_path, text))
    assert "4행: 시설명과 날짜 열이 함께 없는 표" in ran.out
    assert set(steps(tracker)) == {("가람관", "completion")}


def test_two_answers_are_named_with_both_their_cells(tracker, tmp_path):
    text = "시설명,준공\n가람관,2027.3\n나래관,2027.5\n1. 가람관,2027.4\n"
    ran = tracker("import", written(tmp_path, text))
    assert ran.code == 2
    assert "4행 준공" in ran.err
    assert "2027.4 ≠ 2027.3 (2행 준공)" in ran.err


def test_names_written_otherwise_are_found_and_asked_for(tracker, tmp_path):
    text = "시설명,준공\n㈜다라,2027.3\n(주)다라,2027.3\nＡ동,2027.3\n마바·사아센터,2027.3\n"
    assert tracker("import", written(tmp_path, text)).code == 0
    assert len(steps(tracker)) == 3
    for name, known in (
        ("(주)다라", "㈜다라"),
        ("A동", "Ａ동"),
        ("마바ㆍ사아센터", "마바·사아센터"),
    ):
        page = tracker("show", name, "--json")
        assert page.code == 0
        assert page.json["facility"]["name"] == known
    assert tracker("doctor").code == 0


def test_a_plan_is_typed_as_tables_abbreviate_it(tracker, tmp_path):
    assert tracker("import", written(tmp_path, "시설명,준공\n가람관,2027.3\n")).code == 0
    assert tracker("plan", "가람관", "준공", "28.상").code == 0
    assert steps(tracker)["가람관", "completion"][1] == "2028-40"


# -- what a person writes into our own table -----------------------------------------------------


@pytest.fixture
def ours(tracker, tmp_path):
    """Write our table of a store again with other cells; return its path."""
    (tmp_path / "표.csv").write_text("시설명,착공,준공\n가람도서관,2025.3 착공,2027.3\n", "utf-8")
    tracker("import", tmp_path / "표.csv", "--today", "2026-11-20")
    path = tmp_path / "우리표.csv"
    tracker("export", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        before = list(csv.DictReader(file))

    def write(**cells):
        rows = [row | cells if row["구분"] == "준공" else row for row in before]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, before[0])
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


NO_DAYS = {"현재 계획 처음": "", "현재 계획 끝": ""}


@pytest.mark.parametrize("is_known", [True, False])
def test_what_our_table_says_is_done_does_not_lie_ahead(tracker, ours, tmp_path, is_known):
    path = ours(실적="2027년 10월")
    more = [] if is_known else ["--db", tmp_path / "새.db"]
    for dry in ([], ["--dry-run"]):
        ran = tracker("import", path, *dry, "--today", "2026-11-21", *more)
        assert ran.code == 2
        assert "3행 실적: “2027년 10월”" in ran.err


def test_somebody_may_write_into_our_table_that_there_is_no_date_yet(tracker, ours):
    assert tracker("import", ours(**{"현재 계획": "미정"} | NO_DAYS)).code == 0
    assert steps(tracker)["가람도서관", "completion"] == ("2027-03", None, None)
    ran = tracker("import", ours(**{"현재 계획": "미정"}))
    assert ran.code == 2
    assert "3행 현재 계획: “미정”이 옆의 날짜와 다릅니다" in ran.err


@pytest.mark.parametrize(
    ("state", "column"), [("완료", "실적"), ("보류", "보류한 날"), ("취소·중단", "취소·중단한 날")]
)
def test_a_state_that_only_its_word_says_is_not_passed_over(tracker, ours, state, column):
    ran = tracker("import", ours(상태=state))
    assert ran.code == 2
    assert f"3행 상태: 상태는 날짜를 따릅니다: “{state}”이면 ‘{column}’ 칸도 적으세요" in ran.err


def test_a_table_of_an_earlier_version_is_read_with_its_words(tracker, ours, tmp_path):
    path = ours()
    now = path.read_text("utf-8")
    assert "취소·중단한 날" in now
    old = tmp_path / "예전표.csv"
    text = now.replace("취소·중단한 날", "폐기한 날")
    assert tracker("cancel", "가람도서관", "준공", "--reason", "재검토").code == 0
    tracker("export", path)
    cancelled = path.read_text("utf-8-sig")
    assert ",취소·중단," in cancelled
    cancelled = cancelled.replace("취소·중단한 날", "폐기한 날").replace(",취소·중단,", ",폐기,")
    for content, state in ((text, "upcoming"), (cancelled, "cancelled")):
        old.write_text(content, "utf-8")
        store = tmp_path / f"{state}.db"
        assert tracker("import", old, "--db", store).code == 0
        items = tracker("list", "--json", "--db", store).json["items"]
        assert {m["state"] for m in items if m["milestone"] == "completion"} == {state}


@pytest.mark.parametrize("word", ["취소·중단", "취소", "중단", "폐기"])
def test_cancelled_is_filtered_by_its_word_and_by_the_one_before(tracker, ours, word):
    ours()
    assert tracker("cancel", "가람도서관", "준공", "--reason", "재검토").code == 0
    items = tracker("list", "--state", word, "--json").json["items"]
    assert [m["milestone"] for m in items] == ["completion"]


def test_a_table_without_a_row_is_said_to_have_none(tracker, tmp_path):
    path = tmp_path / "표.csv"
    for text in ("시설명,준공\n", "시설명,준공\n,\n\n"):
        path.write_text(text, "utf-8")
        for dry in ([], ["--dry-run"]):
            ran = tracker("import", path, *dry)
            assert (ran.code, ran.out) == (2, "")
            assert "알아볼 수 있는 행이 없습니다" in ran.err
