"""What a person decides about an import: past dates, unread cells; and what a dry run says."""

import csv
import json
import os
from pathlib import Path

import pytest
from openpyxl import Workbook

ROWS = [
    ["시설명", "담당", "착공", "준공", "개소", "비고"],
    ["해오름관", "문화과", "2024.3", "2025.6", "2027.2", ""],
    ["달빛관", "체육과", "2024.1 완료", "당초 2024.9 → 2025.8", "2027", ""],
    ["별무리관", "복지과", "2025.5", "2027.5", "", ""],
]


def table(path, *rows, header=("시설명", "착공", "준공", "비고")):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture
def past(tmp_path):
    path = tmp_path / "현황.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)
    return path


def states(tracker):
    items = tracker("list", "--json").json["items"]
    return {(i["facility_name"], i["kind"]): (i["state"], i["detail"]) for i in items}


UNCONFIRMED = ("overdue", "unconfirmed")


def test_a_past_date_of_a_table_confirms_nothing(tracker, past):
    ran = tracker("import", past)
    assert "이미 지났는데 결과가 없는 계획 4건: 확인 필요로 둡니다" in ran.out
    assert "--past as-planned" in ran.out
    found = states(tracker)
    late = {key for key, state in found.items() if state[0] == "overdue"}
    assert late == {
        ("해오름관", "groundbreaking"),
        ("해오름관", "completion"),
        ("달빛관", "completion"),
        ("별무리관", "groundbreaking"),
    }
    assert {found[key] for key in late} == {UNCONFIRMED}
    waiting = tracker("review", "--json").out
    assert "overdue_confirmed" not in waiting
    assert "지연" not in "".join(x for x in tracker("list").out.splitlines() if "확인 필요" in x)


def test_a_person_or_a_report_that_says_a_past_date_confirms_it(tracker, past, tmp_path):
    tracker("import", past)
    tracker("confirm", "해오름관", "준공")
    assert states(tracker)["해오름관", "completion"] == ("overdue", "confirmed")
    tracker("plan", "별무리관", "착공", "2025.7")
    assert states(tracker)["별무리관", "groundbreaking"] == ("overdue", "confirmed")
    facts = tmp_path / "a.facts"
    facts.write_text("facility ga\n  name: 가관\n2026-01-05  opening  plan  2025-10\n", "utf-8")
    tracker("import", facts)
    assert states(tracker)["가관", "opening"] == ("overdue", "confirmed")


def test_as_planned_records_the_planned_window_as_done_and_says_that_nobody_reported_it(
    tracker, past
):
    ran = tracker("import", past, "--past", "as-planned")
    assert "4건: 계획대로 완료로 적습니다(보고로 확인되지 않음)" in ran.out
    page = tracker("show", "달빛관", "--json").json
    done = next(m for m in page["milestones"] if m["kind"] == "completion")
    assert done["state"] == "completed"
    assert (done["baseline"]["edtf"], done["actual"]["edtf"]) == ("2024-09", "2025-08")
    actual = [u for u in page["updates"] if u["kind"] == "actual" and u["value"]]
    assert [u["value"] for u in actual] == [{"as_planned": True}]
    for told in (tracker("log").out, tracker("show", "달빛관").out):
        assert "보고로 확인되지 않음" in told
    assert states(tracker)["해오름관", "opening"][0] == "upcoming"


def test_as_planned_can_be_decided_after_the_plans_came_in(tracker, past):
    tracker("import", past)
    assert "4건" in tracker("import", past, "--past", "as-planned").out
    assert not {s for s, _ in states(tracker).values()} & {"overdue"}
    assert "건:" not in tracker("import", past, "--past", "as-planned").out


@pytest.mark.parametrize("already", [True, False], ids=["imported", "first"])
def test_as_planned_never_completes_what_somebody_has_planned_otherwise(
    tracker, past, tmp_path, already
):
    path = table(tmp_path / "b.csv", ["해오름관", "2024.3", "2025.6", ""])
    if already:
        tracker("import", path)
    else:
        tracker("add", "facility", "해오름관")
    tracker("plan", "해오름관", "준공", "2027.5")
    ran = tracker("import", path, "--past", "as-planned")
    assert "1건: 계획대로 완료로 적습니다" in ran.out
    assert states(tracker) == {
        ("해오름관", "groundbreaking"): ("completed", "on_time"),
        ("해오름관", "completion"): ("upcoming", None),
    }
    assert "확인 필요로" not in tracker("import", path).out
    told = tracker("import", path, "--past", "as-planned", "--take", "sheet")
    done = states(tracker)["해오름관", "completion"][0] == "completed"
    assert done is (not already), told.out


def test_skip_leaves_past_plans_out_and_counts_them(tracker, past):
    ran = tracker("import", past, "--past", "skip")
    assert "4건: 가져오지 않습니다" in ran.out
    assert states(tracker) == {
        ("해오름관", "opening"): ("upcoming", None),
        ("달빛관", "groundbreaking"): ("completed", None),
        ("달빛관", "opening"): ("upcoming", None),
        ("별무리관", "completion"): ("upcoming", None),
    }
    assert tracker("show", "해오름관", "--json").json["facility"]["owner"] == "문화과"


@pytest.mark.parametrize("form", ["csv", "xlsx", "facts", "json"])
def test_what_is_not_confirmed_stays_so_through_an_export(tracker, past, tmp_path, form):
    tracker("import", past)
    tracker("import", table(tmp_path / "b.csv", ["새봄관", "2024.2", ""]), "--past", "as-planned")
    tracker("confirm", "해오름관", "준공")
    before = states(tracker)
    tracker("export", tmp_path / f"out.{form}")
    other = ("--db", tmp_path / "other.db")
    assert tracker("import", tmp_path / f"out.{form}", *other).code == 0
    items = tracker("list", "--json", *other).json["items"]
    after = {(i["facility_name"], i["kind"]): (i["state"], i["detail"]) for i in items}
    assert after == before
    again = tracker("import", tmp_path / f"out.{form}", *other)
    assert "새 변경 이력 0" in again.out


def test_all_or_nothing_stays_the_default(tracker, tmp_path):
    path = table(tmp_path / "a.csv", ["해오름관", "2027.3", "주민 반대"])
    ran = tracker("import", path)
    assert (ran.code, ran.out) == (2, "")
    assert "2행 준공" in ran.err
    assert "해오름관" in ran.err
    assert tracker("list", "--json").code != 0 or not tracker("list", "--json").json["items"]


UNREAD = [
    ["해오름관", "2027.3", "주민 반대", ""],
    ["달빛관", "2027.13", "못 정함", ""],
    ["별무리관", "2027.5", "2028.1", "=cmd|' /C calc'!A0"],
]


def test_skip_unread_imports_the_rest_and_lists_what_it_left_out(tracker, tmp_path):
    rows = [*UNREAD, ["=1+1관", "못읽음", "2027.1", ""]]
    path = table(tmp_path / "표.csv", *rows)
    tried = tracker("import", path, "--skip-unread", "--dry-run")
    assert list(tmp_path.glob("*left-out*")) == []
    ran = tracker("import", path, "--skip-unread")
    assert (tried.code, ran.code, ran.err) == (0, 0, "")
    listed = tmp_path / "표-left-out.csv"
    assert str(listed) in ran.out
    with listed.open(encoding="utf-8-sig", newline="") as file:
        header, *found = csv.reader(file)
    assert len(header) == 6
    assert [row[1:5] for row in found] == [
        ["2", "준공", "해오름관", "주민 반대"],
        ["3", "착공", "달빛관", "2027.13"],
        ["3", "준공", "달빛관", "못 정함"],
        ["5", "착공", "'=1+1관", "못읽음"],
    ]
    assert all("적으세요" in row[5] for row in found)
    kept = {(i["facility_name"], i["kind"]) for i in tracker("list", "--json").json["items"]}
    assert kept == {
        ("해오름관", "groundbreaking"),
        ("별무리관", "groundbreaking"),
        ("별무리관", "completion"),
        ("=1+1관", "completion"),
    }
    before = listed.read_bytes()
    tracker("import", path, "--skip-unread")
    assert listed.read_bytes() == before, "no list is overwritten"
    assert (tmp_path / "표-left-out-2.csv").exists()


def test_texts_in_date_cells_are_kept_as_notes_by_choice(tracker, tmp_path):
    path = table(tmp_path / "표.csv", *UNREAD)
    ran = tracker("import", path, "--unread-as-note")
    assert ran.code == 0
    assert (tmp_path / "표-left-out.csv").exists()
    notes = {
        (name, u["value"])
        for name in ("해오름관", "달빛관")
        for u in tracker("show", name, "--json").json["updates"]
        if u["kind"] == "note"
    }
    assert ("해오름관", "준공: 주민 반대") in notes
    assert ("달빛관", "준공: 못 정함") in notes
    assert not any("2027.13" in text for _, text in notes), "a mistyped date is no note"
    assert "새 변경 이력 0" in tracker("import", path, "--unread-as-note").out


def test_a_text_that_tells_of_a_missing_date_is_a_step_without_one_or_a_note(tracker, tmp_path):
    path = table(tmp_path / "표.csv", ["해오름관", "2027.3", "공사중"])

    def said(*choice):
        assert tracker("import", path, *choice).code == 0
        shown = tracker("show", "해오름관", "--json").json
        tracker("undo")
        notes = [u["value"] for u in shown["updates"] if u["kind"] == "note"]
        return {m["kind"]: m["state"] for m in shown["milestones"]}, notes

    assert said() == ({"groundbreaking": "upcoming", "completion": "undated"}, [])
    assert said("--unread-as-note") == ({"groundbreaking": "upcoming"}, ["준공: 공사중"])


def test_a_text_that_is_too_long_for_a_note_is_only_left_out(tracker, tmp_path):
    path = table(tmp_path / "표.csv", ["해오름관", "2027.3", "업체 부도 " * 900, ""])
    tried = tracker("import", path, "--unread-as-note", "--dry-run")
    ran = tracker("import", path, "--unread-as-note")
    assert (tried.code, ran.code, ran.err) == (0, 0, "")
    assert (tmp_path / "표-left-out.csv").exists()
    told = tracker("show", "해오름관", "--json").json["updates"]
    assert not [u for u in told if u["kind"] == "note"]


def test_two_answers_leave_both_cells_out(tracker, tmp_path):
    path = table(
        tmp_path / "a.csv", ["해오름관", "2027.3", "2027.9"], ["해오름관", "2027.3", "2028"]
    )
    assert tracker("import", path, "--skip-unread").code == 0
    assert {i["kind"] for i in tracker("list", "--json").json["items"]} == {"groundbreaking"}


def test_where_nothing_is_left_it_is_refused_all_the_same(tracker, tmp_path):
    path = table(tmp_path / "a.csv", ["해오름관", "언제쯤", "주민 반대"])
    ran = tracker("import", path, "--skip-unread")
    assert (ran.code, ran.out) == (2, "")
    assert list(tmp_path.glob("*left-out*")) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_list_that_cannot_stand_beside_the_file_stands_beside_the_store(tracker, tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    path = table(folder / "표.csv", *UNREAD)
    folder.chmod(0o500)
    try:
        ran = tracker("import", path, "--skip-unread", "--db", tmp_path / "t.db")
    finally:
        folder.chmod(0o700)
    assert str(tmp_path / "t-left-out.csv") in ran.out


def test_a_dry_run_counts_first_and_never_lists_what_is_the_same(tracker, past):
    tracker("import", past)
    rows = [*ROWS[:3], ["별무리관", "총무과", "2025.5", "2028.1", "", "착공 지연"]]
    with past.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    tracker("complete", "달빛관", "준공", "--on", "2025-09-01")
    lines = tracker("import", past, "--dry-run").out.splitlines()
    assert lines[0].startswith("어긋남 ")
    assert not [x for x in lines if x.startswith("=")]
    assert [x for x in lines if x.startswith("~")] == [
        "~ 별무리관 · 준공 2027년 5월 → 2028년 1월, +245일 (4행 준공)",
        "~ 별무리관 · 담당 복지과 → 총무과 (4행 담당)",
    ]
    assert [x for x in lines if x.startswith("+")] == ["+ 별무리관 · 메모: 착공 지연 (4행 비고)"]
    signs = [x[0] for x in lines if x[1] == " " and x[0] in "!~+"]
    assert signs == sorted(signs, key="!~+".index)


def test_long_lists_end_with_how_many_more_there_are(tracker, tmp_path):
    rows = [[f"{n}호 체육관", f"2027.{n % 12 + 1}", ""] for n in range(80)]
    path = table(tmp_path / "a.csv", *rows)
    lines = tracker("import", path, "--dry-run").out.splitlines()
    assert len([x for x in lines if x.startswith("+")]) == 50
    assert any("그 밖에 30건" in x and "--all" in x for x in lines)
    whole = tracker("import", path, "--dry-run", "--all").out.splitlines()
    assert len([x for x in whole if x.startswith("+")]) == 80


def test_the_result_says_how_to_undo_it_and_where_the_backup_is(tracker, past, tmp_path):
    assert "tracker undo 1" in tracker("import", past).out
    ran = tracker("import", table(tmp_path / "b.csv", ["새봄관", "2027.2", ""]))
    assert "tracker undo 2" in ran.out
    backup = next(x for x in ran.out.splitlines() if ".bak" in x).split(": ", 1)[1]
    assert Path(backup).stat().st_size


LONG = "가" * 4001
WRONG = {
    "a long note": ["해오름관", "2027.3", "", LONG],
    "a long name": ["관" * 301, "2027.3", "", ""],
    "a date": ["해오름관", "곧", "", ""],
    "a name of signs": ["★☆", "2027.3", "", ""],
    "no name": ["", "2027.3", "", ""],
}
HEADED = {
    "a long owner": ("담당", "과" * 301),
    "a long site": ("위치", "동" * 301),
    "a long reason": ("지연사유", LONG),
    "money": ("사업비(원)", "9" * 19),
    "a share": ("공정률", "140%"),
    "an area": ("연면적", "큼"),
}


def books(folder):
    """Many bad tables, and a few good ones, as CSV and as XLSX."""
    for name, row in WRONG.items():
        yield name, [["시설명", "착공", "준공", "비고"], row, ["온누리관", "2027.1", "", ""]]
    for name, (title, text) in HEADED.items():
        yield name, [["시설명", "착공", title], ["온누리관", "2027.1", text]]
    yield "nothing", [["시설명", "착공"], ["합계", "3"], ["온누리관", ""]]
    yield "names alone", [["시설명", "착공"], ["온누리관", ""], ["한울관", ""]]
    yield "good", [["시설명", "착공"], ["온누리관", "2027.1"]]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_dry_run_refuses_what_the_import_refuses(tracker, tmp_path, form):
    codes = {}
    for name, rows in books(tmp_path):
        path = tmp_path / f"{name}.{form}"
        if form == "csv":
            table(path, *rows[1:], header=rows[0])
        else:
            book = Workbook()
            for row in rows:
                book.active.append(row)
            book.save(path)
        db = ("--db", tmp_path / f"{name}.db")
        tried = tracker("import", path, "--dry-run", *db)
        done = tracker("import", path, *db)
        assert (tried.code, tried.err) == (done.code, done.err), name
        codes[name] = done.code
        if done.code and name not in {"nothing", "names alone"}:
            assert "행 " in done.err, "a fault names its row"
            assert not (tmp_path / f"{name}.db").exists()
    assert {name for name, code in codes.items() if code == 0} == {"good"}
    assert set(codes.values()) == {0, 2}


@pytest.mark.parametrize("seen", [False, True])
def test_our_own_table_with_faults_is_refused_alike(tracker, tmp_path, seen):
    tracker("import", table(tmp_path / "a.csv", ["온누리관", "2027.1", "2028.1"]))
    out = tmp_path / "out.csv"
    tracker("export", out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        header, first, second = csv.reader(file)
    wrong = {
        "시설": "관" * 301,
        "사유": LONG,
        "사업비(원)": "9" * 25,
        "위치": "동" * 301,
        "현재 계획": "곧",
        "단계 이름": "제" * 301,
        "층수": "층" * 400,
    }
    for title, text in wrong.items():
        at = header.index(title)
        shared = title in {"시설", "사업비(원)", "위치", "층수"}  # said in its first row
        good, bad = (second, [*first]) if shared else (first, [*second])
        bad[at] = text
        if title == "현재 계획":
            bad[header.index("현재 계획 처음")] = bad[header.index("현재 계획 끝")] = ""
        table(out, *((bad, good) if shared else (good, bad)), header=header)
        db = () if seen else ("--db", tmp_path / f"{title}.db")
        tried, done = tracker("import", out, "--dry-run", *db), tracker("import", out, *db)
        assert (tried.code, tried.err) == (done.code, done.err), title
        assert done.code == 2, title
        assert "행 " in done.err, title


@pytest.mark.parametrize("form", ["facts", "json"])
def test_facts_and_dumps_are_refused_alike(tracker, tmp_path, form):
    tracker("import", table(tmp_path / "a.csv", ["온누리관", "2027.1", "", "짧은 메모"]))
    out = tmp_path / f"out.{form}"
    tracker("export", out)
    out.write_text(out.read_text("utf-8").replace("짧은 메모", LONG), "utf-8")
    db = ("--db", tmp_path / "b.db")
    tried, done = tracker("import", out, "--dry-run", *db), tracker("import", out, *db)
    assert (tried.code, tried.err) == (done.code, done.err)
    assert done.code in {2, 3}
    assert "4,000" in done.err


def test_a_table_of_which_no_row_is_understood_says_what_was_looked_for(tracker, tmp_path):
    path = table(tmp_path / "a.csv", ["합계", "3", ""], ["온누리관", "", ""])
    for extra in ((), ("--dry-run",)):
        ran = tracker("import", path, *extra)
        assert (ran.code, ran.out) == (2, "")
        assert "시설명" in ran.err


def test_what_stops_an_import_names_the_way_to_the_rest(tracker, tmp_path):
    path = table(tmp_path / "a.csv", ["해오름관", "2027.3", "2025.13.40", ""])
    for extra in ((), ("--dry-run",)):
        ran = tracker("import", path, *extra)
        assert ran.code == 2
        assert ran.err.splitlines()[-1].endswith("읽지 못한 칸만 빼려면 --skip-unread")
    assert tracker("import", path, "--skip-unread").code == 0
    only = table(tmp_path / "b.csv", ["달빛관", "2025.13.40", "", ""])
    ran = tracker("import", only, "--skip-unread")
    assert ran.code == 2
    assert "--skip-unread" not in ran.err, "nothing would be left to import"


def test_after_an_import_the_status_is_still_an_overview(tracker, tmp_path):
    rows = [[f"{n}호관", "2027.3", "2028.3", ""] for n in range(30)]
    tracker("import", table(tmp_path / "a.csv", *rows))
    lines = tracker("status").out.splitlines()
    assert len(lines) < 50
    assert lines[-1] == "그 밖에 70건: tracker log"
    assert len(json.loads(tracker("status", "--json").out)["changed"]) == 90


def test_a_text_beside_the_date_of_its_step_is_kept_as_a_note_where_that_is_chosen(
    tracker, tmp_path
):
    path = tmp_path / "a.csv"
    head, row = (
        ["시설명", "준공(당초)", "준공(변경)", "준공(실적)"],
        ["온누리관", "2026.12", "27.상", "공사중"],
    )
    path.write_text("\n".join(map(",".join, (head, row))), "utf-8")
    plain = tracker("import", path, "--dry-run").out
    assert "공사중" not in plain, "another cell has the date"
    assert tracker("import", path, "--unread-as-note").code == 0
    shown = tracker("show", "온누리관", "--json").json
    assert [u["value"] for u in shown["updates"] if u["kind"] == "note"] == ["준공(실적): 공사중"]
    assert shown["milestones"][0]["forecast"]["edtf"] == "2027-40"
    assert "새 변경 이력 0" in tracker("import", path, "--unread-as-note").out


def test_the_status_never_says_that_fewer_are_left_than_there_are(tracker, tmp_path):
    rows = [[f"{n}호관", "2027.3", "2028.3", ""] for n in range(100)]
    tracker("import", table(tmp_path / "a.csv", *rows))  # 300 statements
    assert tracker("status").out.splitlines()[-1] == "그 밖에 180건 이상: tracker log"


@pytest.mark.parametrize("form", ["facts", "json"])
@pytest.mark.parametrize(
    "option",
    [
        ("--past", "open"),
        ("--past", "skip"),
        ("--take", "sheet"),
        ("--skip-unread",),
        ("--unread-as-note",),
        ("--hidden",),
    ],
    ids=" ".join,
)
def test_what_decides_about_cells_is_refused_of_a_file_without_cells(
    tracker, tmp_path, form, option
):
    tracker("import", table(tmp_path / "a.csv", ["온누리관", "2027.1", "", ""]))
    out, other = tmp_path / f"out.{form.upper()}", tmp_path / "b.db"
    tracker("export", out)
    for extra in ((), ("--dry-run",)):
        ran = tracker("import", out, *option, *extra, "--db", other, "--lang", "en")
        assert (ran.code, ran.out) == (2, "")
        line = f"tracker: {out}: {option[0]} is only for tables (.csv, .xlsx)"
        assert ran.err.splitlines() == [line]
        assert not other.exists()
    assert tracker("import", out, "--db", other).code == 0


@pytest.mark.parametrize("both", [True, False], ids=["of two facilities", "of a new one"])
def test_a_note_of_our_own_table_goes_to_the_facility_of_its_row(tracker, tmp_path, both):
    """Two facilities may be called the same; the row says which by its slug."""
    tracker("add", "facility", "가람관", "--slug", "first")
    tracker("add", "facility", "가람관", "--slug", "second")
    tracker("plan", "second", "준공", "2027-03")
    out, db = tmp_path / "out.csv", ("--db", tmp_path / "b.db")
    tracker("export", out)
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    row = next(row for row in rows if "second" in row)
    words = {"현재 계획": "주민 동의 뒤 언젠가", "현재 계획 처음": "", "현재 계획 끝": ""}
    for title, text in words.items():
        row[rows[0].index(title)] = text
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows if both else [rows[0], row])
    if not both:
        tracker("add", "facility", "가람관", "--slug", "first", *db)
    where = () if both else db
    assert tracker("import", out, "--unread-as-note", *where).code == 0
    log = tracker("log", "--json", *where).json["updates"]
    noted = {u["facility"] for u in log if u["kind"] == "note"}
    assert noted == {"second"}
