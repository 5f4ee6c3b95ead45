"""A table that comes again: its cells are held against its own last import.

The rules are those of one field; they hold for spreadsheets, CSV and our own table alike.
"""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from making import BUSY_MS, NOW, TODAY, new_store, said
from openpyxl import Workbook

from db.model.errors import RefusedError
from db.model.period import Period
from db.model.records import Batch, Kind, NewFacility, NewMilestone
from tracker.app import clock
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.cli.commands.exchange import exported
from tracker.domain.latest_remarks import latest_remarks
from tracker.exchange.diff.choices import Choices
from tracker.exchange.diff.last_import import stem_of
from tracker.exchange.dump.write import write_dump
from tracker.exchange.imports.importing import import_file
from tracker.exchange.tables.claims import Take, Verdict
from tracker.words import Words

SLUG, STEP = "가람도서관", "completion"
COLUMNS = ("시설명", "준공", "사유", "담당", "국비(백만원)", "공정률")


@dataclass
class StoreSession:
    """A store, the table that an office keeps beside it, and a clock that goes on by minutes."""

    folder: object
    form: str = "csv"
    minutes: int = 0
    row: dict = field(default_factory=dict)

    def __post_init__(self):
        new_store(self.folder / "t.db").close()

    @property
    def office(self):
        return Workspace(self.folder / "t.db", TODAY, Config(busy_ms=BUSY_MS), Words("ko"))

    def table(self, name="현황", **cells):
        """The file as it is with these cells; without any, as it was."""
        self.row |= cells
        columns = [c for c in COLUMNS if c in {"시설명", "준공", *self.row}]
        rows = [columns, [self.row.get(c, "") if c != "시설명" else SLUG for c in columns]]
        path = self.folder / f"{name}.{'csv' if self.form == 'csv' else 'xlsx'}"
        if self.form == "csv":
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(rows)
        else:
            book = Workbook()
            for line in rows:
                book.active.append(line)
            book.save(path)
        return path

    def bring(self, name="현황", take=None, reported=None, **cells):
        path = self.table(name, **cells)
        return import_file(self.office, path, reported=reported, choices=Choices(take=take))

    def say(self, kind, milestone=STEP, by="김주무관", on=None, **more):
        """A person speaks."""
        self.minutes += 1
        statement = said(kind, (on or TODAY).isoformat(), milestone, SLUG, **more)
        with self.office.writing() as store:
            now = max(NOW + timedelta(minutes=self.minutes), clock.now())
            return store.record(Batch((statement,)), by=by, now=now, today=TODAY)

    def plan(self, period, **more):
        return self.say("plan", period=Period.parse(period), **more)

    def undo(self, by=None, act=None):
        with self.office.writing() as store:
            return store.undo(by=by, now=clock.now(), today=TODAY, act=act)

    def retract(self, number):
        with self.office.writing() as store:
            store.retract(number, by="김주무관", now=clock.now(), today=TODAY)

    @property
    def milestone(self):
        with self.office.reading() as reader:
            return next((m for m in reader.milestones_of(SLUG) if m.slug == STEP), None)

    @property
    def forecast(self):
        m = self.milestone
        return str(m.forecast) if m and m.forecast else None

    @property
    def facility(self):
        with self.office.reading() as reader:
            return reader.facility(SLUG)

    @property
    def reason(self):
        with self.office.reading() as reader:
            return latest_remarks(reader.remarks())[SLUG, STEP].reason

    def log(self):
        with self.office.reading() as reader:
            return [(u.kind.value, str(u.period), u.retracted_by) for u in reader.everything()]


@pytest.fixture(params=["csv", "xlsx"])
def desk(request, tmp_path):
    return StoreSession(tmp_path, request.param)


def verdicts(outcome):
    return {f.step: f.verdict for f in outcome.findings}


# -- one cell ------------------------------------------------------------------------------------

VERDICTS = {
    "unchanged, nobody said": ("2027.3", None, Verdict.SAME, "2027-03"),
    "unchanged, decided since": ("2027.3", "2027-05", Verdict.SAME, "2027-05"),
    "written otherwise, decided since": ("2027년 3월", "2027-05", Verdict.SAME, "2027-05"),
    "changed, nobody said": ("2027.4", None, Verdict.CHANGED, "2027-04"),
    "changed to what was decided": ("2027.5", "2027-05", Verdict.SAME, "2027-05"),
    "changed, something else decided": ("2027.4", "2027-05", Verdict.CONFLICTING, "2027-05"),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_a_cell_is_held_against_the_last_import(desk, case):
    cell, decided, verdict, forecast = VERDICTS[case]
    desk.bring(준공="2027.3")
    if decided:
        desk.plan(decided)
    before = desk.log()
    outcome = desk.bring(준공=cell)
    assert verdicts(outcome)["준공"] is verdict
    assert desk.forecast == forecast
    if verdict is not Verdict.CHANGED:
        assert desk.log() == before
        assert outcome.new == 0


def test_a_conflict_names_both_sides_and_who_said_what_is_known(desk):
    desk.bring(준공="2027.3", reported=TODAY - timedelta(days=9))
    desk.plan("2027-05", on=TODAY - timedelta(days=1))
    (found,) = (f for f in desk.bring(준공="2027.4").findings if f.step == "준공")
    assert (found.told, found.known) == ("2027년 4월", "2027년 5월")
    assert (found.said_by, found.said_on) == ("김주무관", TODAY - timedelta(days=1))


def test_what_a_table_never_said_conflicts_with_what_is_known_otherwise(desk):
    desk.bring("표", 준공="2027.3", 담당="문화과")
    other = desk.bring("다른표", 준공="2027.6")
    assert verdicts(other)["준공"] is Verdict.CONFLICTING
    assert verdicts(other)["담당"] is Verdict.SAME
    assert desk.forecast == "2027-03"


def test_a_conflict_stays_until_it_is_taken_and_blocks_nothing_else(desk):
    desk.bring(준공="2027.3", 담당="문화과")
    desk.plan("2027-05")
    for _ in range(2):
        outcome = desk.bring(준공="2027.4", 담당="건설과")
        assert outcome.conflicting == 1
        assert desk.facility.owner == "건설과"
    assert desk.bring(take=Take.SHEET).new == 1
    assert desk.forecast == "2027-04"
    assert desk.bring().conflicting == 0


def test_a_conflict_that_is_settled_for_the_board_is_not_asked_again(desk):
    desk.bring(준공="2027.3")
    desk.plan("2027-05")
    before = desk.log()
    assert desk.bring(준공="2027.4", take=Take.BOARD).new == 0
    for _ in range(2):
        outcome = desk.bring()
        assert (outcome.conflicting, outcome.new) == (0, 0)
    assert desk.log() == before


def test_what_was_kept_against_a_table_is_asked_again_when_it_says_something_new(desk):
    """Whoever decided for the board decided against one date, not for the next one."""
    desk.bring(준공="2027.3")
    desk.plan("2027-05")
    desk.bring(준공="2027.4", take=Take.BOARD)
    outcome = desk.bring(준공="2027.7")
    assert (outcome.conflicting, outcome.new) == (1, 0)
    assert desk.forecast == "2027-05"
    assert desk.bring(take=Take.SHEET).changed == 1
    assert desk.forecast == "2027-07"


def test_a_dry_run_remembers_nothing(desk):
    desk.bring(준공="2027.3")
    desk.plan("2027-05")
    path = desk.table(준공="2027.5")
    before = (desk.folder / "t.db").read_bytes()
    import_file(desk.office, path, dry_run=True, choices=Choices(take=Take.BOARD))
    assert (desk.folder / "t.db").read_bytes() == before


def test_what_is_said_again_is_what_the_table_said_last(desk):
    """The cell follows a decision, so that the next one is held against that."""
    desk.bring(준공="2027.3")
    desk.plan("2027-05")
    desk.bring(준공="2027.5")
    desk.plan("2027-09")
    assert desk.bring().same == 1
    assert desk.forecast == "2027-09"
    assert desk.bring(준공="2027.3").conflicting == 1


# -- every field for itself ----------------------------------------------------------------------

FIELDS = {
    "담당": ("문화과", "건설과", "체육과", {"owner": "건설과"}, lambda f: f.owner, "체육과"),
    "국비(백만원)": (
        *(100, 200, 300),
        {"funding": {"national": 200_000_000}},
        lambda f: f.funding["national"],
        300_000_000,
    ),
    "공정률": (
        *("10%", "20%", "30%"),
        None,
        lambda f: f.progress.actual,
        30,
    ),
}


@pytest.mark.parametrize("column", FIELDS)
def test_every_field_follows_the_rule_for_itself(desk, column):
    first, decided, later, value, shown, wanted = FIELDS[column]
    desk.bring(준공="2027.3", **{column: first})

    def decide():
        if value is None:
            desk.say("progress", None, value={"planned": 50, "actual": 20})
        else:
            desk.say("set", None, value=value)

    decide()
    held = shown(desk.facility)
    assert desk.bring(준공="2027.4").changed == 1
    assert shown(desk.facility) == held
    outcome = desk.bring(**{column: later})
    assert verdicts(outcome)[column] is Verdict.CONFLICTING
    assert shown(desk.facility) == held
    assert verdicts(desk.bring(**{column: decided}))[column] is Verdict.SAME
    assert desk.bring(**{column: later}).changed == 1
    assert shown(desk.facility) == wanted
    if value is None:
        assert desk.facility.progress.planned == 50  # of which the table says nothing


def test_a_share_that_was_only_carried_along_is_not_of_the_table(desk):
    desk.bring(준공="2027.3", 담당="문화과")
    desk.say("set", None, value={"funding": {"city": 5_000_000}})
    desk.bring(**{"국비(백만원)": 100})
    assert desk.facility.funding == {"city": 5_000_000, "national": 100_000_000}
    desk.say("set", None, value={"funding": {"city": 7_000_000, "national": 100_000_000}})
    assert desk.bring(**{"국비(백만원)": 200}).changed == 1
    assert desk.facility.funding == {"city": 7_000_000, "national": 200_000_000}


def test_a_reason_stays_a_persons_as_long_as_the_table_says_the_same(desk):
    desk.bring(준공="2027.3", 사유="자재 수급")
    desk.plan("2027-05", reason="설계 변경")
    assert desk.bring().new == 0
    assert desk.reason == "설계 변경"
    outcome = desk.bring(사유="인력 부족")
    assert verdicts(outcome)["사유"] is Verdict.CONFLICTING
    assert desk.reason == "설계 변경"
    desk.bring(take=Take.SHEET)
    assert (desk.reason, desk.forecast) == ("인력 부족", "2027-05")


def test_a_reason_that_changes_alone_is_a_remark_and_no_new_plan(desk):
    desk.bring(준공="2027.3", 사유="자재 수급")
    outcome = desk.bring(사유="인력 부족")
    assert verdicts(outcome)["사유"] is Verdict.CHANGED
    assert [kind for kind, *_ in desk.log()].count("plan") == 1
    assert desk.reason == "인력 부족"
    assert desk.bring().new == 0


def test_a_new_plan_does_not_bring_an_old_reason_back(desk):
    desk.bring(준공="2027.3", 사유="자재 수급")
    desk.say("note", value="말", reason="설계 변경")
    outcome = desk.bring(준공="2027.4")
    assert (outcome.changed, outcome.conflicting) == (1, 0)
    assert (desk.forecast, desk.reason) == ("2027-04", "설계 변경")


def test_a_note_never_conflicts_and_is_not_brought_back(tmp_path):
    desk = StoreSession(tmp_path)
    path = tmp_path / "현황.csv"
    path.write_text(f"시설명,준공,비고\n{SLUG},2027.3,토지 협의\n", "utf-8")
    import_file(desk.office, path)
    with desk.office.reading() as reader:
        (note,) = (u for u in reader.everything() if u.kind == "note")
    desk.retract(note.id)
    assert import_file(desk.office, path).new == 0


# -- what is done --------------------------------------------------------------------------------


def test_a_plan_that_moves_conflicts_with_a_completion_that_was_recorded_since(desk):
    desk.bring(준공="2026.12")
    desk.say("actual", period=Period.parse("2026-11-10"))
    assert desk.bring().new == 0
    (found,) = desk.bring(준공="2027.4").findings
    assert (found.verdict, found.known) == (Verdict.CONFLICTING, "2026년 11월 10일")


def test_done_until_the_day_of_the_report_is_the_same_on_any_day(desk):
    desk.bring(준공="완료", reported=TODAY - timedelta(days=30))
    desk.say("reopen", reason="하자")
    assert desk.bring().new == 0
    assert desk.milestone.actual is None


def test_a_finer_day_of_completion_is_the_same(desk):
    desk.bring(준공="완료(2026.10)")
    desk.say("actual", period=Period.parse("2026-10-12"))
    assert desk.bring().new == 0
    assert str(desk.milestone.actual) == "2026-10-12"


def test_what_somebody_cancelled_is_not_completed_by_a_table(desk):
    desk.bring(준공="2026.10")
    desk.say("cancel", reason="사업 취소")
    (found,) = desk.bring(준공="완료(2026.10)").findings
    assert found.verdict is Verdict.CONFLICTING
    assert desk.milestone.cancelled_on is not None


# -- taking back ---------------------------------------------------------------------------------


def test_an_import_that_was_undone_comes_again_in_full(desk):
    first = desk.bring(준공="2027.3", 사유="자재 수급", 담당="문화과")
    desk.undo()
    assert desk.milestone is None
    again = desk.bring()
    assert (again.new, again.facilities, again.milestones) == (
        first.new,
        first.facilities,
        first.milestones,
    )
    assert (desk.forecast, desk.reason, desk.facility.owner) == ("2027-03", "자재 수급", "문화과")


def test_what_was_remembered_beside_an_undone_import_is_forgotten(desk):
    desk.bring(준공="2027.3")
    desk.plan("2027-05")
    desk.bring(준공="2027.5", 담당="문화과")  # the plan is known, the owner is not
    desk.undo()
    outcome = desk.bring(준공="2027.3")
    assert verdicts(outcome) == {"준공": Verdict.SAME, "담당": Verdict.NEW}
    assert desk.forecast == "2027-05"


def test_what_a_person_took_back_is_not_brought_back(desk):
    desk.bring(준공="2027.3", 담당="문화과")
    with desk.office.reading() as reader:
        (plan,) = (u for u in reader.everything() if u.kind == "plan")
    desk.retract(plan.id)
    assert desk.bring().new == 0
    assert desk.milestone is None
    assert desk.bring(준공="2027.4").new == 1
    assert desk.forecast == "2027-04"


def test_a_decision_that_was_undone_leaves_the_table_in_force(desk):
    desk.bring(준공="2027.3")
    desk.plan("2027-05")
    desk.undo(by="김주무관")
    assert desk.bring(준공="2027.4").changed == 1


def test_a_value_that_a_table_says_again_later_is_recorded_again(desk):
    for cell in ("2027.3", "2027.4", "2027.3"):
        desk.bring(준공=cell)
    assert desk.forecast == "2027-03"
    assert [kind for kind, *_ in desk.log()].count("plan") == 3


# -- which table ---------------------------------------------------------------------------------

SAME_NAMES = (
    *("현황", "현황_2026-10", "현황 (1)", "현황(26.11.20 기준)", "현황_최종", "현황 사본"),
    *(
        "2026년 11월 현황",
        "현황_v2",
        "Copy of 현황",
        "현황_수정_최종2",
        "현황 Nov 2026",
        "하반기현황",
    ),
)


def test_a_table_is_known_by_its_name_without_days_and_copies():
    assert {stem_of(name) for name in SAME_NAMES} == {"현황"}
    assert stem_of("도로과 현황") != stem_of("건축과 현황")
    assert stem_of("2026-11") == stem_of("11월") == ""
    assert stem_of("market") == "market"


@pytest.mark.parametrize("name", SAME_NAMES[1:])
def test_next_months_file_is_the_same_table(tmp_path, name):
    desk = StoreSession(tmp_path)
    desk.bring(준공="2027.3")
    desk.plan("2027-05")
    assert desk.bring(name).new == 0
    assert desk.bring(name, 준공="2027.4").conflicting == 1
    assert desk.forecast == "2027-05"


def test_a_name_that_says_nothing_is_told_by_its_columns(desk):
    desk.bring("2026-10", 준공="2027.3")
    desk.plan("2027-05")
    assert desk.bring("2026-11").new == 0
    assert desk.forecast == "2027-05"


def test_two_tables_that_disagree_do_not_take_turns(desk):
    desk.bring("도로과", 준공="2027.3")
    other = desk.bring("건축과", 준공="2027.5")
    assert other.conflicting == 1
    desk.bring("건축과", take=Take.SHEET)
    before = desk.log()
    for _ in range(2):
        assert desk.bring("도로과", 준공="2027.3").new == 0
        assert desk.bring("건축과", 준공="2027.5").new == 0
    assert desk.log() == before
    assert desk.forecast == "2027-05"
    assert desk.bring("도로과", 준공="2027.9").conflicting == 1


def test_a_table_of_an_earlier_day_takes_its_place_by_that_day(desk):
    early, late = TODAY - timedelta(days=40), TODAY - timedelta(days=10)
    desk.bring(준공="2027.3", reported=late)
    desk.bring(준공="2027.1", reported=early)
    assert desk.forecast == "2027-03"
    desk.plan("2027-05")
    assert desk.bring(준공="2027.3").new == 0
    assert desk.forecast == "2027-05"


def test_rows_that_say_different_things_do_not_take_turns(tmp_path):
    desk = StoreSession(tmp_path)
    path = tmp_path / "현황.csv"
    path.write_text(f"시설명,준공,담당\n{SLUG},2027.3,문화과\n{SLUG},,건설과\n", "utf-8")
    outcome = import_file(desk.office, path)
    assert outcome.conflicting == 1
    assert desk.facility.owner == "건설과"
    assert import_file(desk.office, path).new == 0


# -- our own table -------------------------------------------------------------------------------


@pytest.fixture
def ours(tmp_path):
    desk = StoreSession(tmp_path)
    days = (TODAY - timedelta(days=60)).isoformat(), (TODAY - timedelta(days=50)).isoformat()
    statements = (
        said("set", days[0], None, SLUG, value={"name": SLUG, "owner": "문화과"}),
        said("plan", days[0], STEP, SLUG, period=Period.parse("2027-03"), reason="자재 수급"),
        said("plan", days[1], "opening", SLUG, period=Period.parse("2027-06")),
    )
    steps = [NewMilestone(SLUG, kind.value, kind) for kind in (Kind.COMPLETION, Kind.OPENING)]
    batch = Batch(statements, (NewFacility(SLUG),), tuple(steps))
    with desk.office.writing() as store:
        store.record(batch, by=None, now=NOW, today=TODAY)
    return desk


def export(desk, name="a", form="csv"):
    path = desk.folder / f"{name}.{form}"
    with desk.office.reading() as reader:
        path.write_bytes(exported(reader, desk.office, form).data)
    return path


def edit(path, name="b", step=STEP, form="csv", **cells):
    """The exported table with other cells in the row of a step."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    titles = rows[0]
    (row,) = (r for r in rows[1:] if r[titles.index(Words("ko")("sheet.milestone"))] == step)
    for key, text in cells.items():
        title = Words("ko")(f"sheet.{key}")
        row[titles.index(title)] = text
    out = path.with_name(f"{name}.{form}")
    with out.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return out


FORECAST = ("forecast", "forecast_earliest", "forecast_latest")


def with_forecast(path, text, **more):
    return edit(path, **dict(zip(FORECAST, (text, "", ""), strict=True)), **more)


def test_our_table_unchanged_changes_nothing_whatever_was_decided_since(ours):
    path = export(ours)
    ours.plan("2027-05", reason="설계 변경")
    ours.say("set", None, value={"owner": "건설과"})
    before = ours.log()
    outcome = import_file(ours.office, path)
    assert (outcome.new, outcome.conflicting) == (0, 0)
    assert ours.log() == before
    assert (ours.forecast, ours.reason) == ("2027-05", "설계 변경")


def test_a_cell_that_was_changed_in_our_table_is_new(ours):
    outcome = import_file(ours.office, with_forecast(export(ours), "2027년 4월"))
    assert (outcome.new, outcome.changed, outcome.conflicting) == (1, 1, 0)
    assert ours.forecast == "2027-04"


def test_a_cell_that_was_changed_in_our_table_and_by_somebody_conflicts(ours):
    path = with_forecast(export(ours), "2027년 4월", reason="인력 부족")
    ours.plan("2027-05", reason="설계 변경")
    outcome = import_file(ours.office, path)
    assert (outcome.new, outcome.conflicting) == (0, 2)
    assert (ours.forecast, ours.reason) == ("2027-05", "설계 변경")
    assert import_file(ours.office, path, choices=Choices(take=Take.BOARD)).new == 0
    assert import_file(ours.office, path).conflicting == 0
    ours.plan("2027-06")
    sheet = Choices(take=Take.SHEET)
    assert import_file(ours.office, path, choices=sheet).new == 0, "it was settled"
    path = with_forecast(path, "2027년 9월", name="c")
    assert import_file(ours.office, path, choices=Choices(take=Take.SHEET)).new == 1
    assert ours.forecast == "2027-09"


def test_a_changed_cell_of_our_table_comes_once(ours):
    path = with_forecast(export(ours), "2027년 4월", reason="인력 부족")
    assert import_file(ours.office, path).new == 1
    ours.plan("2027-05", reason="설계 변경")
    before = ours.log()
    assert import_file(ours.office, path).new == 0
    assert ours.log() == before
    assert (ours.forecast, ours.reason) == ("2027-05", "설계 변경")


def test_an_export_of_what_was_decided_is_edited_without_conflict(ours):
    import_file(ours.office, with_forecast(export(ours), "2027년 4월"))
    ours.plan("2027-05", on=TODAY)
    path = with_forecast(export(ours), "2027년 8월", owner="체육과")
    outcome = import_file(ours.office, path)
    assert (outcome.changed, ours.forecast) == (2, "2027-08")


def test_what_may_be_old_or_changed_back_on_purpose_is_asked(ours):
    """The table has days and no hours: of one day it may know the first statement alone."""
    ours.plan("2027-04")
    path = export(ours)
    ours.plan("2027-05")
    assert import_file(ours.office, path).conflicting == 1
    assert ours.forecast == "2027-05"


def test_our_table_does_not_bring_back_what_was_taken_back(ours):
    ours.plan("2027-04")
    path = export(ours)
    ours.undo(by="김주무관")
    import_file(ours.office, path)
    assert ours.forecast == "2027-03"


def test_our_table_in_another_store_comes_again_after_an_undo(ours, tmp_path):
    path = export(ours)
    (tmp_path / "other").mkdir()
    other = StoreSession(tmp_path / "other")
    (other.folder / "t.db").unlink()
    first = import_file(other.office, path)
    assert import_file(other.office, path).new == 0
    other.plan("2027-05")
    assert import_file(other.office, path).new == 0
    assert other.forecast == "2027-05"
    other.undo(by="김주무관")
    other.undo()
    assert other.milestone is None
    assert import_file(other.office, path).new == first.new
    assert (other.forecast, other.reason) == ("2027-03", "자재 수급")


def test_a_hold_that_was_lifted_is_not_put_back_by_our_table(ours):
    ours.say("hold", reason="예산", on=TODAY - timedelta(days=5))
    path = export(ours)
    ours.say("resume")
    assert import_file(ours.office, path).new == 0
    assert ours.milestone.on_hold_since is None


# -- moved with its store ------------------------------------------------------------------------


def moved(desk, folder, change=None):
    """The same store elsewhere, by way of a JSON document."""
    path = desk.folder / "all.json"
    with desk.office.reading() as reader:
        path.write_bytes(write_dump(reader).data)
    if change is not None:
        document = json.loads(path.read_text("utf-8"))
        change(document)
        path.write_text(json.dumps(document), "utf-8")
    folder.mkdir()
    other = StoreSession(folder, desk.form, row=dict(desk.row))
    import_file(other.office, path)
    assert import_file(other.office, path).new == 0
    return other


def test_a_store_that_moves_keeps_what_its_tables_said(desk, tmp_path):
    desk.bring(준공="2027.3", 담당="문화과")
    desk.plan("2027-05")
    desk.bring(준공="2027.5")  # remembered, not recorded
    desk.plan("2027-09")
    other = moved(desk, tmp_path / "other")
    with desk.office.reading() as here, other.office.reading() as there:
        assert there.runs() == here.runs()
    assert other.bring().new == 0
    assert other.forecast == "2027-09"
    assert other.bring(준공="2027.3").conflicting == 1


def test_the_imports_of_a_document_from_before_are_of_any_table(desk, tmp_path):
    """As in a store of that time, whose imports are marked so when it is migrated."""
    desk.bring(준공="2027.3", 담당="문화과")
    desk.plan("2027-05")
    other = moved(desk, tmp_path / "other", lambda document: document.pop("imports"))
    assert other.bring().new == 0
    assert other.forecast == "2027-05"
    assert other.bring(담당="복지과").changed == 1
    assert other.bring(준공="2027.8").conflicting == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"act": 99},
        {"after": -1},
        {"stem": 5},
        {"cells": []},
        {"cells": {"가": {"": {"owner": 1}}}},
        {"recorded_at": "2026-11-21T00:00:00"},
        {"reported_on": "2126-11-21"},
    ],
)
def test_a_wrong_import_in_a_document_is_named(tmp_path, wrong):
    desk = StoreSession(tmp_path)
    desk.bring(준공="2027.3")
    with pytest.raises(RefusedError, match="imports"):
        moved(desk, tmp_path / "other", lambda document: document["imports"][0].update(wrong))


# -- together ------------------------------------------------------------------------------------


def test_of_two_imports_at_once_the_second_finds_everything_there(desk):
    path = desk.table(준공="2027.3", 사유="자재 수급", 담당="문화과")
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda _: import_file(desk.office, path), range(2)))
    assert sorted(o.new for o in outcomes) == [0, max(o.new for o in outcomes)]
    with desk.office.reading() as reader:
        assert len(reader.runs()) == 1


def test_an_import_that_only_remembers_moves_the_mark(desk):
    desk.bring(준공="2027.3")
    desk.plan("2027-05")
    with desk.office.reading() as reader:
        before = reader.mark()
    desk.bring(준공="2027.5")
    with desk.office.reading() as reader:
        assert reader.mark() != before
