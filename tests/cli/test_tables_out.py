"""What leaves the store as CSV, XLSX and iCalendar, and comes back."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import making
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook
from rfc5545 import read_calendar

from db.model.records import ActKind
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.domain.board import read_board
from tracker.domain.limits import Limits
from tracker.exchange.calendar.ics import ics_of
from tracker.exchange.grids.safe_cells import guard, unguard
from tracker.exchange.imports.importing import import_file
from tracker.exchange.milestone_table.write import csv_of, xlsx_of
from tracker.words import Words

WRITERS = {"csv": csv_of, "xlsx": xlsx_of}
KEPT = ("facility", "facility_name", "city", "milestone", "kind", "title", "state", "detail",
        "baseline", "forecast", "actual", "d_day", "slip", "delayed", "stale", "on_hold_since",
        "updated_on")  # fmt: skip


def office(path, lang="ko"):
    return Workspace(path, making.TODAY, Config(), Words(lang))


def exported(here, form):
    with here.reading() as reader:
        return WRITERS[form](reader, here.today, Limits(), here.words).data


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_comes_back_with_every_milestone_window_state_and_name(
    demo, tracker, tmp_path, form, lang
):
    out, back = tmp_path / f"a.{form}", tmp_path / "back.db"
    assert tracker("export", out, "--lang", lang).code == 0
    assert tracker("import", out, "--db", back).code == 0
    there = tracker("list", "--json", "--limit", 5000).json["items"]
    here = tracker("list", "--json", "--limit", 5000, "--db", back).json["items"]
    assert [{k: m[k] for k in KEPT} for m in here] == [{k: m[k] for k in KEPT} for m in there]
    again = tmp_path / f"b.{form}"
    tracker("export", again, "--db", back, "--lang", lang)
    if form == "csv":
        assert again.read_bytes() == out.read_bytes()
    assert "새 변경 이력 0" in tracker("import", out, "--db", back).out
    assert "새 변경 이력 0" in tracker("import", out).out


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(making.statements(), min_size=1, max_size=20), st.sampled_from(["csv", "xlsx"]))
def test_any_store_keeps_its_table(tmp_path_factory, said, form):
    folder = tmp_path_factory.mktemp("table")
    making.new_store(folder / "b.db").close()
    with making.new_store(folder / "a.db") as store:
        store.record(
            making.batch(*said),
            by="가",
            now=making.NOW,
            today=making.TODAY,
            kind=ActKind.IMPORT,
        )
    table = exported(office(folder / "a.db"), form)
    (folder / f"t.{form}").write_bytes(table)
    import_file(office(folder / "b.db"), folder / f"t.{form}")
    assert shown(office(folder / "b.db")) == shown(office(folder / "a.db"))


def shown(here):
    """The table without where it was read and why, which it keeps for one statement only."""
    lost = {"reason", "action", "publisher", "source", "url", "published"}
    words = here.words
    dropped = {words(f"sheet.{key}") for key in lost}
    rows = csv.DictReader(io.StringIO(exported(here, "csv").decode("utf-8-sig")))
    return [{k: v for k, v in row.items() if k not in dropped} for row in rows]


def test_csv_begins_with_a_byte_order_mark_and_ends_its_lines_as_windows_does(demo, tracker):
    data = exported(office(demo), "csv")
    assert data.startswith("\ufeff시설,".encode())
    assert (
        data.count(b"\n")
        == data.count(b"\r\n")
        == len(list(csv.reader(io.StringIO(data.decode("utf-8-sig")))))
    )


def test_the_workbook_has_dates_a_filter_and_a_header_that_stays(demo):
    page = load_workbook(BytesIO(exported(office(demo), "xlsx"))).active
    titles = [cell.value for cell in page[1]]
    assert page.freeze_panes == "E2"
    assert page.auto_filter.ref.startswith("A1:")
    for title in ("현재 계획 끝", "계획 보고일", "갱신"):
        column = titles.index(title)
        values = [row[column] for row in page.iter_rows(min_row=2) if row[column].value]
        assert values
        assert all(cell.is_date for cell in values)


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000@x", "＝1", "＋1",
            "－1", "＠x", "'=1", "\ufeff=1", "  \t-2", "'-", "\tx"]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_would_compute_is_guarded(text):
    assert guard(text) == f"'{text}"
    assert unguard(guard(text)) == text


@given(st.text() | st.sampled_from(FORMULAS))
def test_the_guard_can_always_be_taken_away(text):
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+82 55", "-센터", "@센터", "＝센터", "=1"])
def test_names_that_begin_like_formulas_are_text_everywhere(tmp_path, tracker, name):
    path = tmp_path / "a.db"
    said = [
        making.said("set", "2026-11-01", None, value={"name": name, "site": name}),
        making.plan("2026-12", "2026-11-01"),
    ]
    with making.new_store(path) as store:
        store.record(making.batch(*said), by=None, now=making.NOW, today=making.TODAY)
    data = exported(office(path), "csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(data)):
        assert not [c for c in row if c.lstrip().startswith(tuple("=+-@＝＋－＠"))]
    page = load_workbook(BytesIO(exported(office(path), "xlsx"))).active
    assert page["A2"].value == name
    assert page["A2"].data_type == "s"
    for form in WRITERS:
        (tmp_path / f"t.{form}").write_bytes(exported(office(path), form))
        back = tmp_path / f"{form}.db"
        assert tracker("import", tmp_path / f"t.{form}", "--db", back).code == 0
        assert tracker("show", "hall", "--json", "--db", back).json["facility"]["name"] == name


def test_a_changed_cell_of_our_table_is_one_new_statement(demo, tracker, tmp_path):
    out = tmp_path / "a.csv"
    tracker("export", out)
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    (row,) = (r for r in rows if r["시설"] == "한국로봇리퍼브센터" and r["구분"] == "개소")
    row |= {
        "현재 계획": "2027년 3월",
        "현재 계획 처음": "",
        "현재 계획 끝": "",
        "사유": "장비 반입",
    }
    changed = tmp_path / "b.csv"
    with changed.open("w", newline="", encoding="utf-8-sig") as file:
        lines = csv.DictWriter(file, rows[0].keys())
        lines.writeheader()
        lines.writerows(rows)
    assert "새 변경 이력 1" in tracker("import", changed).out
    newest = tracker("log", "--json", "--limit", 1).json["updates"][0]
    assert (newest["period"]["edtf"], newest["reason"]) == ("2027-03", "장비 반입")
    assert newest["reported_on"] == making.TODAY.isoformat()


def test_a_period_that_its_days_contradict_is_a_faulty_cell(demo, tracker, tmp_path):
    out = tmp_path / "a.csv"
    tracker("export", out)
    text = out.read_text("utf-8-sig").replace("2025년 10월,", "2025년 11월,", 1)
    out.write_text(text, "utf-8-sig")
    ran = tracker("import", out)
    assert ran.code == 2
    assert "a.csv: " in ran.err
    assert "현재 계획: “2025년 11월”" in ran.err


# -- calendar ------------------------------------------------------------------------------------


def calendar_of(path):
    with office(path).reading() as reader:
        return ics_of(reader, Words("ko")).data


def test_a_window_is_an_all_day_event_on_its_last_day(demo):
    events = {str(e["summary"]): e for e in Calendar.from_ical(calendar_of(demo)).walk("VEVENT")}
    event = events["한국로봇리퍼브센터 개소 · 2025년 10월"]
    assert event["dtstart"].dt == date(2025, 10, 31)
    assert event["dtend"].dt == date(2025, 11, 1)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert "당초 계획: 2025년 상반기" in str(event["description"])


def test_the_calendar_is_what_the_standard_and_another_library_read(demo):
    """As RFC 5545 has it: 75 octets a line, in Hangul too, CRLF, escapes; the same events."""
    data = calendar_of(demo)
    strict = read_calendar(data)
    other = vobject.readOne(data.decode())
    other.validate(raiseException=True)
    with office(demo).reading() as reader:
        rows = read_board(reader, making.TODAY, Limits()).rows
    dated = [m.actual or m.forecast for m in (r.milestone for r in rows)]
    assert len(strict) == sum(p is not None and p.latest is not None for p in dated)
    assert [(e["UID"], e["SUMMARY"], e["DTSTART"]) for e in strict] == [
        (e.uid.value, e.summary.value, f"{e.dtstart.value:%Y%m%d}") for e in other.vevent_list
    ]
    assert [e["DESCRIPTION"] for e in strict] == [e.description.value for e in other.vevent_list]


def test_an_export_after_a_change_updates_the_event_and_never_doubles_it(demo, tracker):
    def events():
        found = Calendar.from_ical(calendar_of(demo)).walk("VEVENT")
        assert len({str(e["uid"]) for e in found}) == len(found)
        return {str(e["uid"]): e for e in found}

    before = events()
    files = [demo.with_name(f"{n}.ics") for n in range(2)]
    for file, days in zip(files, (0, 60), strict=True):
        day = making.TODAY + timedelta(days=days)
        assert tracker("export", file, "--today", day).code == 0
    assert files[0].read_bytes() == files[1].read_bytes() == calendar_of(demo)
    tracker("plan", "리퍼브", "개소", "2027-03")
    after = events()
    assert after.keys() == before.keys()
    (uid,) = (u for u, e in before.items() if "리퍼브센터 개소" in str(e["summary"]))
    assert after[uid]["sequence"] == before[uid]["sequence"] + 1
    assert after[uid]["last-modified"].dt >= before[uid]["last-modified"].dt
    assert after[uid]["dtstart"].dt == date(2027, 3, 31)
    tracker("undo")
    assert events()[uid]["sequence"] == before[uid]["sequence"] + 2


def test_texts_of_a_calendar_are_escaped(tmp_path):
    path = tmp_path / "a.db"
    said = [
        making.said("set", "2026-11-01", None, value={"name": "가,나;다\\라"}),
        making.plan("2026-12", "2026-11-01"),
        making.said("cancel", "2026-11-02", reason="예산: 없음"),
    ]
    with making.new_store(path) as store:
        store.record(
            making.batch(*said), by=None, now=datetime(2026, 11, 3, tzinfo=UTC), today=making.TODAY
        )
    data = calendar_of(path)
    (strict,) = read_calendar(data)
    assert strict["SUMMARY"].startswith("가,나;다\\라 개소")
    assert "SUMMARY:가\\,나\\;다\\\\라 개소".encode() in data
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["summary"]).startswith("가,나;다\\라 개소")
    assert str(event["status"]) == "CANCELLED"
    assert "사유: 예산: 없음" in str(event["description"])
    assert event["last-modified"].dt == datetime(2026, 11, 3, tzinfo=UTC)


def test_a_note_changes_no_event(demo, tracker):
    before = calendar_of(demo)
    tracker("note", "리퍼브", "전화함")
    tracker("note", "리퍼브", "다시 전화함", "--milestone", "개소")
    tracker("progress", "리퍼브", "--actual", "70")
    assert calendar_of(demo) == before


def by_summary(path, part):
    """The events of which the summary has a part, and which a library finds in the calendar."""
    events = read_calendar(calendar_of(path))
    return [e for e in events if part in e["SUMMARY"]]


def test_a_change_of_one_step_leaves_the_others_as_they_were(demo, tracker):
    before = {e["UID"]: e for e in read_calendar(calendar_of(demo))}
    tracker("plan", "리퍼브", "개소", "2027-03")
    after = {e["UID"]: e for e in read_calendar(calendar_of(demo))}
    (changed,) = (uid for uid in after if after[uid] != before[uid])
    assert "리퍼브센터 개소" in after[changed]["SUMMARY"]


@pytest.mark.parametrize(
    "act",
    [("plan", "리퍼브", "개소", "미정"), ("plan", "리퍼브", "개소", "[2027..]"), None],
)
def test_a_step_that_loses_its_date_is_cancelled_under_its_identity(demo, tracker, act):
    (before,) = by_summary(demo, "리퍼브센터 개소")
    if act is None:
        numbers = [
            u["id"]
            for u in tracker("log", "리퍼브", "--json", "--limit", 500).json["updates"]
            if u["milestone"] == "opening"
        ]
        for number in numbers:
            assert tracker("retract", number).code == 0
    else:
        assert tracker(*act).code == 0
    (after,) = by_summary(demo, "리퍼브센터 개소")
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["LAST-MODIFIED"] > before["LAST-MODIFIED"]
    assert after["DTSTART"], "the day on which it was last"
    if act is not None:
        assert after["DTSTART"] == before["DTSTART"]
    tracker("plan", "리퍼브", "개소", "2027-03")
    (again,) = by_summary(demo, "리퍼브센터 개소")
    assert (again["UID"], again["STATUS"]) == (before["UID"], "CONFIRMED")
    assert int(again["SEQUENCE"]) > int(after["SEQUENCE"])


def test_a_facility_that_is_merged_or_undone_leaves_cancelled_events(demo, tracker):
    tracker("add", "facility", "새 체육관", "--slug", "gym")
    tracker("plan", "gym", "준공", "2027-06")
    (before,) = by_summary(demo, "새 체육관 준공")
    tracker("merge", "리퍼브", "gym")
    gone, *_ = by_summary(demo, "새 체육관 준공")
    assert (gone["UID"], gone["STATUS"]) == (before["UID"], "CANCELLED")
    tracker("undo")
    assert by_summary(demo, "새 체육관 준공")[0]["STATUS"] == "CONFIRMED"
    tracker("undo")
    tracker("undo")
    (undone,) = by_summary(demo, "새 체육관 준공")
    assert (undone["UID"], undone["STATUS"]) == (before["UID"], "CANCELLED")
    assert tracker("show", "gym").code == 2


def test_what_never_had_a_date_is_in_no_calendar(demo, tracker):
    before = calendar_of(demo)
    tracker("add", "facility", "새 체육관", "--slug", "gym")
    tracker("plan", "gym", "준공", "미정")
    tracker("undo")
    assert calendar_of(demo) == before


# -- the command ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "facts", "csv", "xlsx", "ics"])
def test_the_suffix_tells_the_format_and_the_file_is_the_owners_alone(
    demo, tracker, tmp_path, form
):
    out = tmp_path / f"out.{form}"
    assert tracker("export", out).code == 0
    assert out.stat().st_mode & 0o777 == 0o600
    assert out.stat().st_size > 1000


def test_an_unknown_suffix_is_refused(demo, tracker, tmp_path):
    assert tracker("export", tmp_path / "a.doc").code == 2
    assert tracker("import", tmp_path / "a.doc").code == 2
    assert json.loads(tracker("export").out)["format"] == "tracker"
