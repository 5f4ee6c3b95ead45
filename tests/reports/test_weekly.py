"""The weekly report: what it says of a week, and how each format shows it.

`GOLDEN=write pytest tests/reports` writes the golden files anew; read what changed.
"""

import json
import os
import re
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import making
import pytest
from openpyxl import load_workbook

from db.model.records import Source, State
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.cli.main import run
from tracker.domain.limits import Limits
from tracker.reports.as_html import as_html
from tracker.reports.as_markdown import as_markdown
from tracker.reports.as_text import as_text
from tracker.reports.as_xlsx import as_xlsx
from tracker.reports.compile import read_weekly
from tracker.reports.sections import document_of
from tracker.reports.weeks import Week
from tracker.words import Words

GOLDEN = Path(__file__).parent / "golden"
RENDERERS = {
    "txt": lambda d: "".join(as_text(d)).encode(),
    "md": lambda d: "".join(as_markdown(d)).encode(),
    "html": lambda d: "".join(as_html(d)).encode(),
    "xlsx": as_xlsx,
}


def weekly(path, week, *, as_of=None, known_at=None):
    chosen = Week.parse(week)
    office = Workspace(path, making.TODAY, Config(), Words("ko"))
    with office.reading() as reader:
        return read_weekly(reader, chosen, as_of or chosen.sunday, Limits(), known_at)


def steps(parts):
    return {(p.row.milestone.facility_name, p.row.milestone.kind.value) for p in parts}


def test_the_refurb_centre_was_completed_in_the_24th_week_of_2025(demo):
    report = weekly(demo, "2025-W24")
    assert ("한국로봇리퍼브센터", "completion") in steps(report.done)
    (done,) = (d for d in report.done if d.row.milestone.kind.value == "completion")
    assert done.update.reported_on == date(2025, 6, 10)
    assert not done.again
    assert done.update.source in report.sources


def test_the_virtual_centre_opened_in_the_18th_week_of_2025(demo):
    assert steps(weekly(demo, "2025-W18").done) == {("미래자동차 버추얼센터", "opening")}


def test_the_counts_differ_from_last_weeks_by_what_happened(demo):
    report = weekly(demo, "2025-W24")
    assert report.counts[State.COMPLETED] == (121, 119)
    assert len(report.overdue) == report.counts[State.OVERDUE][0] == 23
    days = [item.row.judged.to_deadline for item in report.overdue]
    assert days == sorted(days, reverse=True)


@pytest.fixture
def small(tmp_path):
    """One facility with a history of its own, told week by week."""
    path = tmp_path / "small.db"
    said = [
        making.said("set", "2026-08-03", None, value={"name": "가람관", "site": "내외동"}),
        making.plan("2026-10", "2026-08-03", "completion", source=Source("가신문")),
        making.plan("2026-11-26", "2026-08-03", "opening"),
        making.plan("2027-02", "2026-08-03", "phase-2"),
        making.said(
            "plan",
            "2026-11-17",
            "opening",
            period=making.Period.parse("2026-12-20"),
            reason="자재 수급",
            action="야간 공사",
            source=Source("나일보", "개소 늦어져"),
        ),
        making.said("progress", "2026-11-18", None, value={"planned": 90, "actual": 82.5}),
        making.actual("2026-11-18", "2026-11-19", "groundbreaking"),
        making.said("hold", "2026-11-19", "phase-2", reason="예산"),
    ]
    with making.new_store(path) as store:
        store.record(making.batch(*said), by="김", now=making.NOW, today=making.TODAY)
    return path


def test_a_week_tells_changes_with_slip_reason_and_action(small):
    report = weekly(small, "2026-W47", as_of=making.TODAY)
    (change,) = report.changes
    assert (change.old.edtf, change.new.edtf) == ("2026-11-26", "2026-12-20")
    assert change.moved.days == 24
    assert (change.reason, change.action) == ("자재 수급", "야간 공사")
    (overdue,) = report.overdue
    assert overdue.milestone.slug == "completion"
    assert overdue.row.judged.to_deadline == 21
    (done,) = report.done
    assert (done.progress.planned, done.progress.actual) == (90, 82.5)
    assert [h.row.milestone.slug for h in report.on_hold] == ["phase-2"]
    assert [i.milestone.slug for i in report.due[30]] == ["opening"]
    text = "".join(as_text(document_of(report, Words("ko"))))
    assert "가람관 · 개소: 2026년 11월 26일, → 2026년 12월 20일, 변동 +24일 [2]" in text
    assert "- 사유: 자재 수급" in text
    assert "- 만회대책: 야간 공사" in text
    assert "공정률 계획 90% · 실적 82.5%" in text


def test_a_past_week_is_as_the_reports_of_that_week_had_it(small):
    report = weekly(small, "2026-W46")
    assert report.changes == report.done == report.on_hold == ()
    (opening,) = report.due[30]
    assert opening.milestone.forecast.edtf == "2026-11-26"


def test_next_week_has_what_ends_in_it(small):
    report = weekly(small, "2026-W47", as_of=date(2026, 11, 16))
    assert [i.milestone.slug for i in report.next_week] == ["opening"]


@pytest.fixture
def resumed(tmp_path):
    """On hold since October, and again for three days; told otherwise before and after."""
    path = tmp_path / "resumed.db"
    said = [
        making.plan("2026-09", "2026-08-03"),
        making.said("note", "2026-09-30", value="조용함", reason="옛 사유", action="옛 대책"),
        making.said("hold", "2026-10-05", reason="예산 삭감", action="추경 반영"),
        making.said("note", "2026-10-08", value="추경 심의", action="12월 추경"),
        making.said("resume", "2026-11-10"),
        making.said("hold", "2026-11-16", None, reason="소송"),
        making.said("resume", "2026-11-18", None),
        making.said("note", "2026-11-19", value="재개함", reason="자재 부족", action="대체 자재"),
    ]
    with making.new_store(path) as store:
        for one in said:
            store.record(making.batch(one), by="김", now=making.NOW, today=making.TODAY)
    return path


@pytest.mark.parametrize(
    ("week", "since", "until", "reason", "action"),
    [
        ("2026-W41", "2026-10-05", None, "예산 삭감", "12월 추경"),
        ("2026-W45", "2026-10-05", None, "예산 삭감", "12월 추경"),
        ("2026-W46", "2026-10-05", "2026-11-10", "예산 삭감", "12월 추경"),
        ("2026-W47", "2026-11-16", "2026-11-18", "소송", None),
    ],
)
def test_why_it_rested_is_told_of_every_week_in_which_it_did(
    resumed, week, since, until, reason, action
):
    report = weekly(resumed, week, as_of=min(Week.parse(week).sunday, making.TODAY))
    (held,) = report.on_hold
    told = held.hold.since.isoformat(), held.hold.until and held.hold.until.isoformat()
    assert told == (since, until)
    assert (held.hold.reason, held.hold.action) == (reason, action)
    document = document_of(report, Words("ko"))
    for face in (as_text, as_markdown, as_html):
        shown = "".join(face(document))
        assert all(said in shown for said in (since, until or since, reason, action or reason))
    assert {c for row in cells(as_xlsx(document))["보류"] for c in row} >= {since, until, reason}


def test_what_rested_before_the_week_is_not_told_again(resumed):
    assert weekly(resumed, "2026-W40").on_hold == ()


def test_an_overdue_step_tells_why_what_is_done_and_whether_it_is_confirmed(resumed):
    document = document_of(weekly(resumed, "2026-W47", as_of=making.TODAY), Words("ko"))
    text = "".join(as_text(document))
    assert "○ hall · 개소: D+52, 확인 필요, 2026년 9월" in text
    assert "    - 사유: 자재 부족\n    - 만회대책: 대체 자재" in text
    for shown in ("".join(as_markdown(document)), "".join(as_html(document))):
        assert all(said in shown for said in ("D+52", "확인 필요", "자재 부족", "대체 자재"))
    row = cells(as_xlsx(document))["기한 경과"][1]
    assert {"D+52", "확인 필요", "자재 부족", "대체 자재"} <= set(row)


def test_known_at_leaves_out_what_was_recorded_later(small):
    before = making.NOW - timedelta(seconds=1)
    assert weekly(small, "2026-W47", as_of=making.TODAY, known_at=before).facilities == 0
    report = weekly(small, "2026-W47", as_of=making.TODAY, known_at=making.NOW)
    assert report.facilities == 1
    assert report.known_at == making.NOW


# -- formats -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("form", ["txt", "md", "html", "xlsx"])
def test_each_format_is_as_it_was(demo, form, lang):
    document = document_of(weekly(demo, "2025-W24"), Words(lang))
    made = RENDERERS[form](document)
    golden = GOLDEN / f"weekly-2025-W24.{lang}.{form}{'.json' if form == 'xlsx' else ''}"
    if form == "xlsx":
        made = (json.dumps(cells(made), ensure_ascii=False, indent=1) + "\n").encode()
    if os.environ.get("GOLDEN") == "write":
        golden.write_bytes(made)
    assert made.decode() == golden.read_text("utf-8")


def cells(data):
    book = load_workbook(BytesIO(data))
    return {
        page.title: [
            [v.date().isoformat() if isinstance(v, datetime) else v for v in row]
            for row in page.iter_rows(values_only=True)
        ]
        for page in book.worksheets
    }


def test_the_workbook_has_dates_a_filter_and_a_header_that_stays(demo):
    book = load_workbook(BytesIO(as_xlsx(document_of(weekly(demo, "2025-W24"), Words("ko")))))
    page = book["기한 경과"]
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref == f"A1:K{page.max_row}"
    deadline = [c.value for c in page[1]].index("기한")
    assert all(c[deadline].is_date for c in page.iter_rows(min_row=2))
    assert book["시설별 현황"]["D2"].data_type == "n"
    summary = book["요약"]
    assert summary["A1"].value == "2025년 24주차 주간 업무보고"
    top = next(row[0].row for row in summary.iter_rows() if row[0].value == "상태")
    assert summary.freeze_panes == f"B{top + 1}"
    assert (summary[f"D{top + 1}"].value, summary[f"D{top + 1}"].number_format[0]) == (-2, "+")
    assert book["다음 주"]["A2"].value == "없음"


def test_facilities_and_programmes_have_a_line_each_in_tables_of_their_own(demo):
    report = weekly(demo, "2025-W24")
    tables = {s.key: s for s in document_of(report, Words("en")).sections}
    assert len(tables["facilities"].rows) == report.facilities
    assert len(tables["programmes"].rows) == report.programmes


def test_no_share_of_the_funding_is_told_by_its_key(demo):
    text = "".join(as_text(document_of(weekly(demo, "2025-W24"), Words("ko"))))
    assert not re.search(r"(재원|·) [a-z_]+ [\d,]+억", text)


HOSTILE = '=HYPERLINK("http://x","y")<script>alert(1)</script>|`*_[a](javascript:x)"\'&amp;'


@pytest.fixture
def hostile(tmp_path):
    path = tmp_path / "hostile.db"
    source = Source(HOSTILE, HOSTILE, url="javascript:alert(1)")
    said = [
        making.said("set", "2026-11-01", None, value={"name": HOSTILE, "site": HOSTILE}),
        making.plan("2026-11-10", "2026-11-01", source=source),
        making.said(
            "plan",
            "2026-11-17",
            reason=HOSTILE,
            action=HOSTILE,
            source=source,
            period=making.Period.parse("2026-11-12"),
        ),
        making.said("set", "2026-11-17", value={"title": HOSTILE}),
    ]
    with making.new_store(path) as store:
        store.record(making.batch(*said), by=None, now=making.NOW, today=making.TODAY)
    return path


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [v for name, v in attrs if name in {"href", "src"}]


def test_the_page_is_one_file_without_script_or_network(hostile, demo):
    for path, week in ((hostile, "2026-W47"), (demo, "2025-W24")):
        page = "".join(as_html(document_of(weekly(path, week), Words("ko"))))
        seen = Tags()
        seen.feed(page)
        assert seen.tags.isdisjoint({"script", "link", "img", "iframe", "object", "base", "form"})
        assert not {a for a in seen.attributes if a.startswith("on") or a in {"style", "src"}}
        assert all(link.startswith(("https://", "http://")) for link in seen.links)
        assert "url(" not in page.split("</style>")[0]
        assert "@import" not in page


def test_the_policy_of_the_page_allows_its_own_style_alone(demo):
    page = "".join(as_html(document_of(weekly(demo, "2025-W24"), Words("ko"))))
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = re.search('Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_no_text_is_markup_in_markdown_or_a_formula_in_a_workbook(hostile):
    document = document_of(weekly(hostile, "2026-W47"), Words("ko"))
    text = "".join(as_markdown(document))
    assert "<script" not in text
    assert "](" not in text.replace("\\](", "")
    widths = {
        line.count("|") - line.count("\\|") for line in text.splitlines() if HOSTILE[:9] in line
    }
    assert all(width > 2 for width in widths)
    book = load_workbook(BytesIO(as_xlsx(document)))
    for page in book.worksheets:
        for row in page.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            assert all(cell.hyperlink is None for cell in row)


def test_the_years_of_the_timeline_keep_clear_of_the_day(demo):
    """At the turn of a year the label of the day would stand on that of the year."""
    page = "".join(as_html(document_of(weekly(demo, "2026-W47", as_of=making.TODAY), Words("ko"))))
    drawn = page.partition("<figure>")[2]
    (day,) = re.findall(r'<text x="([\d.]+)" y="8" class="now"', drawn)
    years = re.findall(r'<text x="([\d.]+)" y="[\d.]+" class="axis" text-anchor="start">', drawn)
    assert all(not -57 < float(x) - float(day) < 27 for x in years)


# -- the command ---------------------------------------------------------------------------------


@pytest.fixture
def tracker(capsys):
    def ran(*arguments):
        code = run([str(a) for a in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def test_the_command_writes_every_format(demo, tracker, tmp_path):
    code, text, _ = tracker("report", "weekly", "--week", "2025-W24")
    assert code == 0
    assert text.startswith("2025년 24주차 주간 업무보고\n")
    for form, start in (("md", b"# 2025"), ("html", b"<!DOCTYPE html>"), ("xlsx", b"PK")):
        out = tmp_path / f"w24.{form}"
        code, said, _ = tracker("report", "weekly", "--week", "2025-W24", "--out", out)
        assert (code, out.name in said) == (0, True)
        assert out.read_bytes().startswith(start)


def test_the_week_that_runs_ends_today(demo, tracker):
    _, text, _ = tracker("report", "weekly")
    assert "2026-11-16 (월) – 2026-11-22 (일) · 2026-11-21 기준" in text


def test_as_of_names_the_week_and_its_last_day(demo, tracker):
    _, text, _ = tracker("report", "weekly", "--as-of", "2025-06-09")
    assert "2025년 24주차" in text
    assert "이번 주 완료 보고 (0건)" in text


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--week", "2025-W54"], "2025-W54"),
        (["--week", "다음 주"], "다음 주"),
        (["--week", "2026-W48"], "아직 시작하지"),
        (["--week", "2025-W24", "--as-of", "2025-06-16"], "들지 않습니다"),
    ],
)
def test_a_week_that_cannot_be_is_refused(demo, tracker, arguments, why):
    code, out, err = tracker("report", "weekly", *arguments)
    assert (code, out) == (2, "")
    assert why in err


def test_a_week_is_read_by_name_or_by_a_day_of_it():
    assert Week.parse("2026-W47") == Week.parse("2026w47") == Week.parse("2026-11-22")
    assert str(Week.parse("2024-12-30")) == "2025-W01"
    assert Week(2020, 53).following == Week(2021, 1)
    assert datetime(2026, 11, 21, tzinfo=UTC).date() in Week(2026, 47)
