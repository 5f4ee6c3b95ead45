"""Reading a file takes time in proportion to its length, however it is made."""

import csv
from contextlib import suppress
from io import StringIO
from time import process_time

import pytest
from effort import LONG
from making import TODAY
from sheets import first_table

from db.model.errors import RefusedError
from db.model.slugs import is_slug
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.exchange.facts import read_facts
from tracker.exchange.grids.grid import Grid, GridCell
from tracker.exchange.grids.places import SheetFaults
from tracker.exchange.imports.import_sheet import SheetFile, fresh_table, read_sheets
from tracker.exchange.imports.importing import import_file
from tracker.exchange.milestone_table.layout import header
from tracker.exchange.tables.office_sheet import OfficeSheet, Reported
from tracker.exchange.tables.row_names import Names
from tracker.words import Words

WORDS = Words("ko")
TOO_MUCH = 9
TRIES = 3


def office(path):
    return Workspace(path, TODAY, Config(), WORDS)


def weighed(file):
    read_sheets(office(file.with_name("none.db")), SheetFile(file), Reported(TODAY, None))


def of_one_facility(rows):
    """Our own table, each row another milestone of one facility."""
    given = {"name": "회관", "facility": "hall", "kind": "기타", "updated_on": "2026-01-02"}
    out = StringIO()
    writer = csv.DictWriter(out, header(WORDS))
    writer.writeheader()
    for n in range(rows):
        row = given | {"milestone": f"s{n}", "forecast": "2027"}
        writer.writerow({WORDS(f"sheet.{k}"): v for k, v in row.items()})
    return out.getvalue()


def taken_fresh(file):
    for _ in fresh_table(
        office(file.with_name("none.db")), SheetFile(file), Reported(TODAY, None)
    ).parts():
        pass


def read_wrong(file):
    with suppress(RefusedError):
        read_facts(file.read_text("utf-8"), name="a.facts", today=TODAY)


def sheet(line):
    return lambda n: "시설명,준공,비고\n" + "".join(line.format(n=i) for i in range(n))


FILES = {
    "office": (weighed, 5000, sheet("시설{n}호관,2026년 5월,비고 {n}\n")),
    "one-name": (weighed, 5000, sheet("도서관,2026년 5월,같은 말\n")),
    "one-name-many-remarks": (weighed, 5000, sheet("도서관,,비고 {n}\n")),
    "names-alike": (weighed, 5000, sheet("가" * 100 + "{n},2026년 5월,\n")),
    "one-facility": (taken_fresh, 5000, of_one_facility),
    "titles": (
        read_wrong,
        5000,
        lambda n: (
            "facility a\n  name: 가\n"
            + "".join(f'milestone s{i} other "단계 {i}"\n' for i in range(n))
            + "".join(f"2026-01-02 s{i} plan 2027\n" for i in range(n))
        ),
    ),
}


@pytest.mark.skipif(not LONG, reason="what is quadratic shows only where a file is long")
@pytest.mark.parametrize("name", FILES)
def test_four_times_the_rows_take_about_four_times_as_long(tmp_path, name):
    """Sixteen times is quadratic. The time is that of the processor."""
    read, rows, write = FILES[name]

    def seconds(n):
        file = tmp_path / f"{n}.csv"
        file.write_text(write(n), "utf-8")
        before = process_time()
        read(file)
        return process_time() - before

    seconds(rows)  # everything is imported once
    for _ in range(TRIES):
        few, many = (min(seconds(n) for _ in range(2)) for n in (rows, 4 * rows))
        if many < TOO_MUCH * few:
            return
    pytest.fail(f"{few:.3f} s became {many:.3f} s")


class CountedRow(list):
    asked = 0

    def __len__(self):
        CountedRow.asked += 1
        return super().__len__()


def test_rows_are_not_looked_through_for_each_row(tmp_path):
    """How wide a sheet is, is found out once."""
    rows = [CountedRow(map(GridCell, ("시설명", "준공")))]
    rows += [CountedRow(map(GridCell, (f"시설 {n}호", "2026년 5월"))) for n in range(500)]
    grid = Grid("", rows)
    layout = first_table(grid)
    faults = SheetFaults("a.csv", WORDS)
    ledger = OfficeSheet(grid, layout, Names((), {}), Reported(TODAY, None), faults)
    CountedRow.asked = 0
    assert len(list(ledger.claims())) == 500
    assert CountedRow.asked < 30 * len(rows)


class CountedNames(dict):
    asked = 0

    def __contains__(self, key):
        CountedNames.asked += 1
        return super().__contains__(key)


@pytest.mark.parametrize("same", ["도서관 ", "가" * 110, "a" * 98 + "-b"])
def test_names_that_make_one_slug_are_numbered_without_counting_anew(monkeypatch, same):
    names = Names((), {})
    monkeypatch.setattr(names, "_names", CountedNames())
    monkeypatch.setattr(CountedNames, "asked", 0)
    monkeypatch.setattr("tracker.exchange.tables.row_names.make_slug", lambda _: same.strip()[:100])
    slugs = [names.find(f"{same} {n}").facility for n in range(1200)]
    assert len(set(slugs)) == 1200
    assert all(map(is_slug, slugs))
    assert CountedNames.asked < 3 * 1200


@pytest.mark.parametrize("line", ["bad line {n}\n", "2026-01-02 x plan\n", "key: {n}\n", "@\n"])
def test_a_facts_file_is_given_up_after_more_faults_than_anybody_reads(tmp_path, line):
    file = tmp_path / "a.facts"
    file.write_text("".join(line.format(n=n) for n in range(30_000)), "utf-8")
    with pytest.raises(RefusedError) as refused:
        import_file(office(tmp_path / "none.db"), file)
    assert len(refused.value.problems) <= 10_000
    for lang in ("ko", "en"):
        assert "9,999" in Words(lang).error(refused.value)
    assert not (tmp_path / "none.db").exists()


def test_rows_that_say_the_same_are_recorded_once(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(sheet("도서관,2026년 5월,같은 말\n")(50), "utf-8")
    outcome = import_file(office(tmp_path / "a.db"), file)
    assert (outcome.new, outcome.same) == (3, 98)  # a name, a plan and a note; the rest again
