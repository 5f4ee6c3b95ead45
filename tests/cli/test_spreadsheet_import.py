"""Spreadsheets as offices keep them come in as a person would read them."""

import pytest
import sheets


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "own.db"))


def steps(tracker):
    """(facility name, kind) → (baseline, forecast, actual, state)."""

    def window(period):
        return period and f"{period['earliest']}…{period['latest']}"

    return {
        (m["facility_name"], m["kind"]): (
            window(m["baseline"]),
            window(m["forecast"]),
            window(m["actual"]),
            m["state"],
        )
        for m in tracker("list", "--json", "--limit", 1000).json["items"]
    }


def test_a_plain_table_with_a_title_a_unit_and_a_total(tracker, tmp_path):
    ran = tracker("import", sheets.plain(tmp_path / "현황.xlsx"), "--reported", "2026-11-20")
    assert (ran.code, ran.err) == (0, "")
    found = steps(tracker)
    assert found == {
        ("가람도서관", "groundbreaking"): (None, None, "2024-05-01…2024-05-31", "completed"),
        ("가람도서관", "completion"): (
            *["2027-06-01…2027-06-30"] * 2,
            None,
            "upcoming",
        ),
        ("가람도서관", "opening"): (*["2027-07-01…2027-12-31"] * 2, None, "upcoming"),
        ("나래체육센터", "groundbreaking"): (*["2026-06-30…2026-06-30"] * 2, None, "overdue"),
        ("나래체육센터", "completion"): (*["2027-06-01…2027-06-30"] * 2, None, "upcoming"),
        ("나래체육센터", "opening"): (None, None, None, "undated"),
        ("다온복지관", "groundbreaking"): (*["2026-03-02…2026-03-02"] * 2, None, "overdue"),
        ("다온복지관", "completion"): (*["2027-06-01…2027-06-30"] * 2, None, "upcoming"),
    }
    facility = tracker("show", "가람도서관", "--json").json
    assert facility["facility"]["cost_krw"] == 22_100_000_000
    assert facility["facility"]["site"] == "내외동 12"
    assert facility["facility"]["owner"] == "문화과 김주무관"
    phrases = {u["phrase"] for u in facility["updates"]}
    assert "완료(2024.5)" in phrases
    assert {u["reported_on"] for u in facility["updates"]} == {"2026-11-20"}
    assert {u["source"]["title"] for u in facility["updates"]} == {"현황.xlsx"}
    assert "7행, 8행" in ran.out


def test_merged_headers_over_two_rows_and_two_sheets(tracker, tmp_path):
    ran = tracker(
        "import", sheets.merged(tmp_path / "추진.xlsx"), "--source", "전략산업과 주간보고"
    )
    assert (ran.code, ran.err) == (0, "")
    found = steps(tracker)
    assert found == {
        ("라온로봇센터", "groundbreaking"): (*["2024-04-01…2024-04-30"] * 2, None, "passed"),
        ("라온로봇센터", "completion"): (
            "2025-04-01…2025-04-30",
            "2025-06-01…2025-06-30",
            "2025-06-10…2025-06-10",
            "completed",
        ),
        ("마루연구동", "groundbreaking"): (*["2025-01-01…2025-06-30"] * 2, None, "overdue"),
        ("마루연구동", "completion"): (
            "2026-12-01…2026-12-31",
            "2027-01-01…2027-06-30",
            None,
            "upcoming",
        ),
        ("바른의료센터", "completion"): (*["2026-12-01…2026-12-31"] * 2, None, "upcoming"),
        ("바른의료센터", "opening"): (*["2027-01-01…2027-06-30"] * 2, None, "upcoming"),
    }
    raon = tracker("show", "라온로봇센터", "--json").json
    assert raon["facility"]["funding"] == {"national": 10_000_000_000, "city": 12_100_000_000}
    assert raon["facility"]["cost_krw"] == 22_100_000_000
    assert any(u["value"] == "정식 개소 준비" for u in raon["updates"])
    assert raon["updates"][0]["source"]["title"] == "전략산업과 주간보고"
    bareun = tracker("show", "바른의료센터", "--json").json["facility"]
    assert bareun["owner"] == "의료과 박주무관"
    assert bareun["progress"]["actual"] == 45
    assert tracker("show", "마루연구동", "--json").json["facility"]["cost_krw"] == 15_050_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_csv_of_an_office(tracker, tmp_path, encoding):
    text = sheets.CSV_OF_AN_OFFICE
    if encoding == "cp949":
        text = text.replace("→", "->")
    path = tmp_path / "office.csv"
    path.write_bytes(text.encode(encoding))
    assert tracker("import", path).code == 0
    found = steps(tracker)
    assert found == {
        ("차오름센터", "groundbreaking"): (*["2026-03-01…2026-04-30"] * 2, None, "overdue"),
        ("차오름센터", "completion"): (*["2026-12-31…2026-12-31"] * 2, None, "upcoming"),
        ("차오름센터", "opening"): (*["2027-01-01…2027-06-30"] * 2, None, "upcoming"),
        ("카페도서관", "groundbreaking"): (None, None, "None…2026-11-21", "completed"),
        ("카페도서관", "completion"): (
            "2025-06-01…2025-06-30",
            "2026-03-01…2026-03-31",
            None,
            "overdue",
        ),
        ("카페도서관", "opening"): (None, None, None, "undated"),
    }
    assert tracker("show", "차오름센터", "--json").json["facility"]["cost_krw"] == 3_500_000_000


def test_a_broken_table_changes_nothing_and_names_each_faulty_cell(tracker, tmp_path):
    assert tracker("import", sheets.plain(tmp_path / "a.xlsx")).code == 0
    before = tracker("log", "--json").out
    ran = tracker("import", sheets.broken(tmp_path / "표.xlsx"))
    assert (ran.code, ran.out) == (2, "")
    lines = ran.err.splitlines()
    starts = [
        "표.xlsx: 2행 준공: 한 파일 안의 내용이 서로 다릅니다: 2026.12 ≠ 2027.12",
        "표.xlsx: 3행 사업비: “85”",
        "표.xlsx: 3행 착공: “언제쯤일까”",
        "표.xlsx: 3행 개소: “2027-02-30”",
        "표.xlsx: 4행 시설명: 시설 이름이 비었습니다",
        "표.xlsx: 5행 사업비: “백억쯤”",
        "표.xlsx: 5행 착공: “2026.1”",
        "표.xlsx: 5행 준공: “2028.5 완료”",
        "표.xlsx: 6행 준공: 한 파일 안의 내용이 서로 다릅니다: 2027.12 ≠ 2026.12",
    ]
    *faults, how = lines
    assert "--skip-unread" in how
    for line, start in zip(faults, starts, strict=True):
        assert line.startswith(f"tracker: {start}")
    assert tracker("log", "--json").out == before


def test_a_dry_run_shows_new_changed_same_and_conflicting_by_row_and_column(tracker, tmp_path):
    tracker("import", sheets.plain(tmp_path / "현황.xlsx"), "--reported", "2026-11-01")
    tracker("complete", "나래체육센터", "준공", "--on", "2026-11-10", "--reported", "2026-11-11")
    before = tracker("log", "--json").out
    path = tmp_path / "현황_12월.csv"  # the same table by its name
    path.write_text(
        "시설명,위치,착공,준공,개소\n"
        "가람도서관,내외동 12,완료,2027.6,2028.3\n"
        "나래체육센터,,,2027.7,\n"
        "타래센터,,2027.1,,\n",
        "utf-8",
    )
    ran = tracker("import", path, "--dry-run")
    *lines, numbers, last = ran.out.splitlines()
    assert lines == [
        "어긋남 1 · 바뀜 1 · 새로 1 · 같음 3",
        "! 나래체육센터 · 표: 준공 2027년 7월 · 지금: 2026년 11월 10일 (2026-11-11) (3행 준공)",
        "~ 가람도서관 · 개소 2027년 하반기 → 2028년 3월, +91일 (2행 개소)",
        "+ 타래센터 · 착공 2027년 1월 (4행 착공)",
    ]
    assert numbers.startswith("새 시설 1곳, 새 사업 0건, 새 마일스톤 1건, ")
    assert last == "시험 실행입니다: 아무것도 바뀌지 않았습니다"
    assert tracker("log", "--json").out == before


def test_the_same_table_a_second_time_says_nothing_new(tracker, tmp_path):
    path = sheets.merged(tmp_path / "추진.xlsx")
    tracker("import", path, "--reported", "2026-10-01")
    before = tracker("log", "--json").out
    ran = tracker("import", path)
    assert ran.code == 0
    assert "새 변경 이력 0" in ran.out
    assert tracker("log", "--json").out == before


def test_columns_that_are_not_understood_are_named(tracker, tmp_path):
    path = tmp_path / "표.csv"
    path.write_text("시설명,준공,사업기간,규모\n파랑센터,2027.1,'22~'27,3층\n", "utf-8")
    assert "알아보지 못한 열: 사업기간, 규모" in tracker("import", path).out


def test_a_table_without_a_header_is_refused(tracker, tmp_path):
    path = tmp_path / "표.csv"
    path.write_text("가,나\n1,2\n", "utf-8")
    ran = tracker("import", path)
    assert ran.code == 2
    assert "머리글" in ran.err


def test_a_known_facility_is_found_by_another_name(demo, tracker, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", str(demo))
    path = tmp_path / "표.csv"
    path.write_text("시설명,개소\n로봇 리퍼브센터,2027.3\n", "utf-8")
    asked = tracker("import", path)  # the press said otherwise, and the table never spoke of it
    assert "새 변경 이력 0" in asked.out
    assert "한국로봇리퍼브센터 · 표: 개소 2027년 3월 · 지금: 2025년 10월" in asked.err
    assert "--take sheet" in asked.err
    ran = tracker("import", path, "--take", "sheet")
    assert "새 시설 0곳, 새 사업 0건, 새 마일스톤 0건, 새 변경 이력 1" in ran.out
    page = tracker("show", "gimhae-robot-refurb-center", "--json").json
    opening = next(m for m in page["milestones"] if m["kind"] == "opening")
    assert opening["forecast"]["edtf"] == "2027-03"
    assert page["facility"]["name"] == "한국로봇리퍼브센터"


def test_two_shares_of_a_known_facility_are_both_taken(demo, tracker, tmp_path):
    """One of them must not bring back what the store had for the other."""
    path = tmp_path / "재원.csv"
    path.write_text("시설명,개소,도비(억원),시비(억원)\n한국로봇리퍼브센터,2027.3,50,71\n", "utf-8")
    tried = tracker("import", path, "--dry-run").out
    assert "! 한국로봇리퍼브센터 · 표: 재원 도비 50억 원 · 지금: 도비 12억 원" in tried
    assert "{" not in tried
    tracker("import", path, "--take", "sheet")
    funding = tracker("show", "리퍼브", "--json").json["facility"]["funding"]
    assert (funding["province"], funding["city"]) == (5_000_000_000, 7_100_000_000)
    assert funding["national"] == 10_000_000_000
    assert "새 변경 이력 0" in tracker("import", path).out


def test_what_would_change_is_said_in_peoples_words(demo, tracker, tmp_path):
    path = tmp_path / "표.csv"
    tracker("export", path)
    rows = path.read_text("utf-8-sig").replace("로봇 리퍼브센터", "새 이름 | 로봇 리퍼브센터", 1)
    path.write_text(rows, "utf-8-sig")
    changed = [x for x in tracker("import", path, "--dry-run").out.splitlines() if x[0] in "~+"]
    assert changed
    assert not any(sign in line for line in changed for sign in "[]{}'")


def test_units_over_the_shares_comments_and_telephones(tracker, tmp_path):
    ran = tracker("import", sheets.remarked(tmp_path / "추진.xlsx"))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "알아보지 못한 열: 구분"
    page = tracker("show", "누리센터", "--json").json
    assert page["facility"]["funding"] == {"national": 10_000_000_000, "city": 11_800_000_000}
    assert page["facility"]["owner"] == "로봇과 한주무관 330-1111"
    notes = [u["value"] for u in page["updates"] if u["kind"] == "note"]
    assert notes == ["준공: 당초 2026.6월, 자재 수급으로 연기"]
    other = tracker("show", "가온미술관", "--json").json
    assert other["facility"]["cost_krw"] == 32_000_000_000
