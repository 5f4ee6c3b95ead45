"""Every reading is one instant: what a command says is true of one state of the store.

Other processes write all the while acts that each change several things. A reading that mixed
two states would show a part of one.
"""

import csv
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from effort import either
from making import BUSY_MS, TODAY, new_store
from moving import NAMES, REPORTED, STEPS, begin
from openpyxl import load_workbook
from rfc5545 import read_calendar
from running import tracker  # noqa: F401 - a fixture

from db.engine.connect import connect
from db.model.records import State
from db.read.reader import Filter, Reader
from db.upkeep.doctor import examine
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.domain.limits import Limits
from tracker.exchange.imports.importing import import_file
from tracker.tui.session.store_session import StoreSession
from tracker.words import Words

HERE = Path(__file__).parent
WRITERS = 2
SECONDS = either(6, 60)
FACILITIES = 600  # at first: more than one query reads
ORDER = [state.value for state in State]
THEN = "2026-11-19"  # a past day; everything was reported before it
ARTICLE = """한빛회관 문 여는 날 늦어진다

가람일보 한나래 기자
입력 2026-11-18 10:42

김해시는 '한빛회관' 개소 시기를 오는 2033년 9월로 조정했다고 18일 밝혔다.
"""


@contextmanager
def written(path):
    """Have the store written by others meanwhile."""
    tests = HERE.parent
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(HERE), str(tests), str(tests.parent)]),
        "TRACKER_CONFIG": os.devnull,
    }
    command = [sys.executable, HERE / "moving.py", path]
    started = [
        subprocess.Popen([*command, str(n)], env=environment, stdout=subprocess.PIPE, text=True)
        for n in range(WRITERS)
    ]
    try:
        for process in started:
            assert process.stdout.readline() == "ready\n"
        yield
        assert all(process.poll() is None for process in started)
    finally:
        path.with_name("stop").touch()
        codes = [process.wait(60) for process in started]
        for process in started:
            process.stdout.close()
    assert codes == [0] * WRITERS


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    path = tmp_path_factory.mktemp("first") / "t.db"
    with new_store(path) as store:
        begin(store, FACILITIES)
    connection = connect(path, busy_ms=BUSY_MS)
    connection.close()
    return path.read_bytes()


@pytest.fixture
def path(first, tmp_path, monkeypatch):
    path = tmp_path / "office" / "t.db"
    path.parent.mkdir()
    path.write_bytes(first)
    monkeypatch.setenv("TRACKER_DB", str(path))
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    return path


# -- what holds of every state -------------------------------------------------------------------


def check_counts(by_state, facilities):
    """Every facility has one step, but two of them have two."""
    assert sum(by_state.values()) == facilities + 2
    assert by_state["overdue"] in {0, 4}


def check_together(periods):
    """Four steps have one date."""
    assert len(periods) == 4
    assert len(set(periods)) == 1, periods


def of_both(milestones):
    return [m["forecast"]["edtf"] for m in milestones if m["facility"] in NAMES]


def check_status(data):
    check_counts(data["by_state"], data["facilities"])
    assert data["milestones"] == sum(data["by_state"].values())
    overdue = {m["facility"] for m in data["next"]} & {*NAMES}
    assert not (overdue and data["by_state"]["overdue"])


def check_list(data):
    items = data["items"]
    assert data["total"] == len(items)
    assert len({m["facility"] for m in items}) == len(items) - 2
    places = [ORDER.index(m["state"]) for m in items]
    assert places == sorted(places)
    check_together(of_both(items))


def check_alerts(data):
    assert data["total"] == len(data["alerts"])
    found = [a["milestone"] for a in data["alerts"] if a["type"] == "overdue"]
    assert len(found) in {0, 4}
    if found:
        check_together(of_both(found))


def check_show(data):
    assert {m["milestone"] for m in data["milestones"]} == {*STEPS}
    assert data["facility"]["next"] in STEPS
    for m in data["milestones"]:
        own = [u for u in data["updates"] if u["milestone"] == m["milestone"]]
        newest = next(u for u in own if u["kind"] == "plan" and u["retracted_by"] is None)
        assert newest["period"] == m["forecast"]
    assert data["milestones"][0]["forecast"] == data["milestones"][1]["forecast"]
    assert data["facility"]["state"] == data["milestones"][0]["state"]


def check_timeline(data):
    assert data["total"] == len(data["lanes"])
    check_together(of_both(m for lane in data["lanes"] for m in lane["milestones"]))
    for lane in data["lanes"]:
        assert lane["facility"]["state"] == lane["milestones"][0]["state"]


def check_trend(data):
    forecasts = [m["milestone"]["forecast"] for m in data["milestones"]]
    assert forecasts[0] == forecasts[1]
    for m in data["milestones"]:
        assert m["reports"][-1]["period"] == m["milestone"]["forecast"]


def check_log(data):
    assert data["total"] == len(data["updates"])
    numbers = [u["id"] for u in data["updates"]]
    assert numbers == list(range(len(numbers), 0, -1))
    taken_back = {u["retracts"] for u in data["updates"] if u["retracts"]}
    assert taken_back == {u["id"] for u in data["updates"] if u["retracted_by"]}
    check_whole_acts(data["updates"])


def check_whole_acts(updates):
    acts = {}
    for u in updates:
        acts.setdefault(u["act"], []).append(u["seq"])
    assert all(sorted(seqs) == list(range(len(seqs))) for seqs in acts.values())
    assert all(len(seqs) in {2, 4} for act, seqs in acts.items() if act > 1)


def check_review(data):
    assert data["total"] == len(data["items"])
    own = [i["now"] for i in data["items"] if i["facility"] in NAMES]
    assert len(own) in {0, 4}
    if own:
        check_together(of_both(own))


def check_read(data):
    (proposal,) = data["proposals"]
    assert proposal["known_as"] == "hall"
    assert proposal["verdict"] in {"new_forecast", "contradicts"}


def check_report(text):
    """The counts in the table are those of the lists below it."""
    lines = text.splitlines()
    totals = next(line for line in lines if "facilities" in line)
    numbers = [int(w.replace(",", "")) for w in totals.split() if w.replace(",", "").isdigit()]
    facilities, _, milestones = numbers if len(numbers) == 3 else (numbers[0], 0, numbers[1])
    assert milestones == facilities + 2
    counts = {}
    for line in lines[lines.index(next(x for x in lines if x.startswith("| State"))) + 2 :]:
        if not line:
            break
        cells = line.strip("| ").split(" | ")
        counts[cells[0]] = int(cells[1].replace(",", ""))
    assert sum(counts.values()) == milestones
    (heading,) = (line for line in lines if line.startswith("## Overdue"))
    overdue = int("".join(c for c in heading if c.isdigit()) or 0)
    assert overdue in {0, 4}
    assert overdue == counts.get("overdue", 0), (heading, counts)
    (heading,) = (line for line in lines if line.startswith("## Facilities"))
    assert int("".join(c for c in heading if c.isdigit())) == facilities


# -- files ---------------------------------------------------------------------------------------


def bring(file, tmp_path):
    """Import a file into an empty store, and examine what came of it."""
    path = tmp_path / "into" / "t.db"
    shutil.rmtree(path.parent, ignore_errors=True)
    new_store(path).close()
    import_file(Workspace(path, TODAY, Config(busy_ms=BUSY_MS), Words("en")), file)
    assert examine(path, busy_ms=BUSY_MS) == []
    connection = connect(path, busy_ms=BUSY_MS)
    try:
        found = Reader(connection).milestones(TODAY, 30, Filter())
    finally:
        connection.close()
    check_together([str(m.forecast) for m in found if m.facility in NAMES])
    assert len({m.facility for m in found}) == len(found) - 2


def check_dump(file, tmp_path):
    import json

    data = json.loads(file.read_text("utf-8"))
    updates = data["updates"]
    assert {u["act"] for u in updates} == {a["id"] for a in data["acts"]}
    assert {u["facility"] for u in updates} == {f["slug"] for f in data["facilities"]}
    steps = {(m["facility"], m["slug"]) for m in data["milestones"]}
    assert {(u["facility"], u["milestone"]) for u in updates if u["milestone"]} == steps
    check_whole_acts(updates)
    bring(file, tmp_path)


def check_table(rows):
    head, *rows = rows
    columns = [head.index(title) for title in ("Facility slug", "Forecast", "State")]
    own = [tuple(row[c] for c in columns) for row in rows]
    check_together([row[1:] for row in own if row[0] in NAMES])
    assert len({row[0] for row in own}) == len(own) - 2


def check_csv(file, tmp_path):
    text = file.read_text("utf-8-sig")
    check_table(list(csv.reader(StringIO(text, newline=""))))


def check_xlsx(file, tmp_path):
    sheet = load_workbook(BytesIO(file.read_bytes()), read_only=True).worksheets[0]
    check_table([list(row) for row in sheet.iter_rows(values_only=True)])


def check_ics(file, tmp_path):
    events = read_calendar(file.read_bytes())
    own = [e for e in events if any(name in e["SUMMARY"] for name in NAMES.values())]
    check_together([e["DTEND"] for e in own])
    for name in NAMES.values():
        assert len({(e["SEQUENCE"], e["DTSTAMP"]) for e in own if name in e["SUMMARY"]}) == 1


def check_backup(file, tmp_path):
    assert examine(file, busy_ms=BUSY_MS) == []


READ = {
    "status": (["status", "--json"], check_status),
    "status, a past day": (["status", "--json", "--as-of", THEN], check_status),
    "list": (["list", "--json", "--limit", "100000"], check_list),
    "list, a past day": (["list", "--json", "--limit", "100000", "--as-of", THEN], check_list),
    "alerts": (["alerts", "--json", "--limit", "100000"], check_alerts),
    "show": (["show", "hall", "--json"], check_show),
    "show, a past day": (["show", "hall", "--json", "--as-of", THEN], check_show),
    "timeline": (["timeline", "--json"], check_timeline),
    "trend": (["trend", "annex", "--json"], check_trend),
    "log": (["log", "--json", "--limit", "1000000"], check_log),
    "review": (["review", "--json"], check_review),
}
FILES = {
    "json": check_dump,
    "facts": bring,
    "csv": check_csv,
    "xlsx": check_xlsx,
    "ics": check_ics,
}


def every_reading(tracker, tmp_path):  # noqa: F811
    """Each command by name, to be run and checked."""

    def of_json(line, check):
        ran = tracker(*line)
        assert (ran.code, ran.err) == (0, "")
        check(ran.json)

    def of_file(form, check):
        file = tmp_path / f"out.{form}"
        file.unlink(missing_ok=True)
        ran = tracker("export", file, "--format", form, "--lang", "en")
        assert (ran.code, ran.err) == (0, "")
        check(file, tmp_path)

    def of_text(*line):
        ran = tracker(*line, "--lang", "en")
        assert (ran.code, ran.err) == (0, "")
        return ran.out

    def backed_up():
        file = tmp_path / "copy.db"
        of_text("backup", file)
        check_backup(file, tmp_path)

    for name, (line, check) in READ.items():
        yield name, lambda line=line, check=check: of_json(line, check)
    for form, check in FILES.items():
        yield f"export {form}", lambda form=form, check=check: of_file(form, check)
    article = ["read", tmp_path / "article.txt", "--dated", REPORTED, "--json"]
    yield "read", lambda: of_json(article, check_read)
    yield "report", lambda: check_report(of_text("report", "weekly", "--format", "md"))
    yield "doctor", lambda: of_text("doctor")
    yield "notify", lambda: of_text("notify", "--dry-run")
    yield "backup", backed_up


@pytest.mark.timeout(600)
def test_every_command_reads_one_instant(tracker, path, tmp_path):  # noqa: F811
    readings = dict(every_reading(tracker, tmp_path))
    failed, rounds = {}, 0
    with written(path):
        end = time.monotonic() + SECONDS
        while time.monotonic() < end or not rounds:
            rounds += 1
            for name, read in readings.items():
                if name in failed:
                    continue
                try:
                    read()
                except Exception as error:  # noqa: BLE001 - all of them are told together
                    failed[name] = f"{type(error).__name__}: {error}"[:300]
    assert failed == {}
    assert examine(path, busy_ms=BUSY_MS) == []


@pytest.mark.parametrize("day", [None, date.fromisoformat(THEN)])
@pytest.mark.timeout(600)
def test_every_question_of_the_screens_is_one_instant(path, day):
    """The reader of a screen stays open; it sees every act, and nothing between two."""
    session = StoreSession(Workspace(path, TODAY, Config(busy_ms=BUSY_MS), Words("en")))
    session.as_of = day
    session.open()
    seen = 0

    def board(reader):
        del reader
        counts = session.board(Filter())
        rows = session.rows(Filter(), 0, counts.total + 10, counts.counts)
        assert len(rows) == counts.total == counts.facilities + 2
        both = [str(r.milestone.forecast) for r in rows if r.milestone.facility in NAMES]
        check_together(both)
        found = session.milestones((where, step) for where in NAMES for step in STEPS)
        check_together([str(m.forecast) for m in found])
        page = session.facility("hall")
        assert str(page.rows[0].milestone.forecast) == both[0]
        assert page.updates[0].milestone in (*STEPS, None)

    with written(path):
        end = time.monotonic() + SECONDS / 3
        while time.monotonic() < end or seen < 2:
            seen += session.changed()
            session.ask(board)
    session.close()
    assert seen > 1
    assert session.limits == Limits()
