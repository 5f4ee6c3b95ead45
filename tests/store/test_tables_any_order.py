"""Any tables, decisions and imports: no decision is followed by what a table said before."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from making import BUSY_MS, TODAY, new_store, said

from db.fold.folding import in_force
from db.model.errors import RefusedError
from db.model.period import Period
from db.model.records import Batch, UpdateKind
from db.read.imports import Cell
from tracker.app import clock
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.exchange.diff.choices import Choices
from tracker.exchange.diff.field_statements import (
    UNDATED,
    fields_of,
    histories,
    period_of,
    window_of,
)
from tracker.exchange.imports.importing import import_file
from tracker.exchange.tables.claims import Take
from tracker.words import Words

FACILITIES = ("가람도서관", "나래센터")
STEPS = {"준공": "completion", "개소": "opening"}
DATES = ("2027.3", "2027.5", "2027년 하반기", "미정")
REASONS = ("자재 수급", "인력 부족")
OWNERS = ("문화과", "건설과")
TABLES = ("도로과", "건축과")

cells = st.fixed_dictionaries(
    {
        "준공": st.sampled_from(("", *DATES)),
        "개소": st.sampled_from(("", *DATES)),
        "사유": st.sampled_from(("", *REASONS)),
        "담당": st.sampled_from(("", *OWNERS)),
    }
)
rows = st.fixed_dictionaries(dict.fromkeys(FACILITIES, cells))
imports = st.tuples(
    st.just("import"),
    st.sampled_from(TABLES),
    st.none() | rows,  # the file as it was, or another one
    st.sampled_from([None, None, None, Take.BOARD, Take.SHEET]),
)
decisions = st.tuples(
    st.just("decide"),
    st.sampled_from(FACILITIES),
    st.sampled_from(list(STEPS.values())),
    st.sampled_from(["plan", "undated", "owner", "reason", "actual", "reopen"]),
    st.integers(0, 2),
)
backs = st.tuples(st.sampled_from(["undo", "undo import", "retract"]), st.integers(0, 50))
first = st.tuples(st.just("import"), st.just(TABLES[0]), rows, st.none())
days = st.tuples(first, st.lists(imports | decisions | backs, min_size=4, max_size=12)).map(
    lambda drawn: [drawn[0], *drawn[1]]  # something is there to be decided
)


def histories_of(reader, updates):
    """The values that the fields of every facility had."""
    told = {}
    for slug in {u.facility for u in updates}:
        said = in_force(u for u in updates if u.facility == slug)
        told |= histories(said, reader.kinds_of(slug))
    return told


class World:
    """A store, its tables, and what each said at its last import that was not undone."""

    def __init__(self, folder):
        self.folder = folder
        new_store(folder / "t.db").close()
        self.office = Workspace(folder / "t.db", TODAY, Config(busy_ms=BUSY_MS), Words("ko"))
        self.files = {}
        self.said = {name: [] for name in TABLES}  # (act or None, what each cell said)

    def everything(self):
        with self.office.reading() as reader:
            return list(reader.everything()), reader.undone()

    def bring(self, name, rows, take):
        rows = self.files.setdefault(name, rows) if rows is None else rows
        if rows is None:
            self.files.pop(name)
            return
        self.files[name] = rows
        path = self.folder / f"{name}.csv"
        columns = ["준공", "개소", "사유", "담당"]
        with path.open("w", newline="", encoding="utf-8") as file:
            lines = csv.writer(file)
            lines.writerow(["시설명", *columns])
            lines.writerows([f, *(cells[c] for c in columns)] for f, cells in rows.items())
        before, undone = self.everything()
        told = {}
        if self.office.exists:
            with self.office.reading() as reader:
                told = histories_of(reader, before)
        last = self.last_of(name, undone)
        try:
            outcome = import_file(self.office, path, choices=Choices(take=take))
        except RefusedError:
            return
        new = self.everything()[0][len(before) :]
        if take is not Take.SHEET:
            check(new, told, last)
        asked = {(f.place.row, f.step) for f in outcome.findings if f.verdict == "conflicting"}
        said = {
            cell: value
            for place, cell, value in cells_of(rows)
            if place not in asked and last.get(cell, ("", 0))[0] != value
        }
        newest = max((u.act for u in (*before, *new)), default=0)
        act = new[0].act if new else None
        self.said[name].append((act, {cell: (value, newest) for cell, value in said.items()}))

    def last_of(self, name, undone):
        """What a table said last of each cell, and after which act."""
        found = {}
        for act, cells in self.said[name]:
            if act is None or act not in set(undone.values()):
                found |= cells
        return found

    def decide(self, facility, step, what, number):
        kinds = {"owner": "set", "undated": "plan", "reason": "note"}
        more = {
            "plan": {"period": Period.parse(("2027-04", "2027-05", "2027-08")[number])},
            "undated": {"value": {"undated": True}},
            "owner": {"value": {"owner": (*OWNERS, "복지과")[number]}},
            "reason": {"value": "말", "reason": (*REASONS, "설계 변경")[number]},
            "actual": {"period": Period.parse("2026-10")},
            "reopen": {"reason": "하자"},
        }[what]
        milestone = None if what == "owner" else step
        statement = said(kinds.get(what, what), TODAY.isoformat(), milestone, facility, **more)
        with self.office.writing() as store:
            store.record(Batch((statement,)), by="김주무관", now=clock.now(), today=TODAY)

    def take_back(self, how, number):
        with self.office.writing() as store:
            if how == "retract":
                updates, _ = self.everything()
                there = [u for u in updates if u.kind is not UpdateKind.RETRACT]
                target = there[number % len(there)] if there else None
                if target is not None and target.retracted_by is None:
                    store.retract(target.id, by="김주무관", now=clock.now(), today=TODAY)
            else:
                by = "김주무관" if how == "undo" else None
                store.undo(by=by, now=clock.now(), today=TODAY)

    def live(self, step):
        try:
            if step[0] == "import":
                self.bring(*step[1:])
            elif step[0] == "decide":
                self.decide(*step[1:])
            else:
                self.take_back(*step)
        except RefusedError:
            pass  # nothing is there to speak of, or to take back


def check(new, told, last):
    """Nothing that a table had said before, or never, is said over somebody's word."""
    for u in new:
        for field, value in fields_of(u):
            cell = (u.facility, u.milestone, field)
            now = told.get(cell, [])
            if now and now[-1].by.by is not None:
                assert cell in last, f"never imported, and known otherwise: {cell}"
                assert last[cell][0] != value, f"said before: {cell} {value}"
                assert now[-1].by.act <= last[cell][1], f"decided since: {cell} {value}"


def cells_of(rows):
    """Row and column, cell and value of all that a file says."""
    for number, (facility, cells) in enumerate(rows.items(), start=2):
        if cells["담당"]:
            yield (number, "담당"), (facility, None, "owner"), f'"{cells["담당"]}"'
        for column, step in STEPS.items():
            if cells[column]:
                period = _PERIODS[cells[column]]
                value = window_of(period) if period else UNDATED
                yield (number, column), (facility, step, "forecast"), value
                if cells["사유"]:
                    yield (number, "사유"), (facility, step, "reason"), cells["사유"]


_PERIODS = {
    "2027.3": Period.parse("2027-03"),
    "2027.5": Period.parse("2027-05"),
    "2027년 하반기": Period.parse("2027-41"),
    "미정": None,
}


@settings(max_examples=20)
@given(days)
def test_no_decision_is_followed_by_what_a_table_had_said_before(steps):
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        for step in steps:
            world.live(step)


@settings(max_examples=8)
@given(days)
def test_any_table_a_second_time_says_nothing_new(steps):
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        for step in steps:
            world.live(step)
        for name, rows in world.files.items():
            path = world.folder / f"{name}.csv"
            if not path.exists() or not list(cells_of(rows)):
                continue  # of which nothing is understood, which is refused
            import_file(world.office, path)
            before = world.everything()
            again = import_file(world.office, path)
            assert again.new == 0
            assert world.everything() == before


@settings(max_examples=8)
@given(days)
def test_what_fields_are_follows_the_fold(steps):
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        for step in steps:
            world.live(step)
        with world.office.reading() as reader:
            told = histories_of(reader, list(reader.everything()))
            for facility in reader.facilities():
                assert now(told, (facility.slug, None, "owner")) == (
                    f'"{facility.owner}"' if facility.owner else None
                )
                for m in reader.milestones_of(facility.slug):
                    for name in ("baseline", "forecast", "actual"):
                        value = now(told, (m.facility, m.slug, name))
                        window = getattr(m, name)
                        held = period_of(value) if value else None
                        assert (held is None) == (window is None)
                        assert held is None or held.same_window(window)


def now(told, cell: Cell):
    said = told.get(cell)
    return said[-1].value if said else None
