"""What goes into a store that is not there yet is what goes into one that is there and empty."""

import csv
import io
import os
import sqlite3
from contextlib import closing
from threading import Thread

import making
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_dump import office

from db.model.errors import RefusedError, StoreError
from db.model.import_index import ImportIndex
from db.model.records import ActKind, Batch, Kind, NewFacility, NewMilestone, Type
from tracker.domain.limits import Limits
from tracker.exchange.imports.importing import import_file
from tracker.exchange.milestone_table.layout import COLUMNS
from tracker.exchange.milestone_table.write import csv_of
from tracker.words import Words

SOME = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
TABLES = ("facility", "milestone", "source", "tally", "facility_name", "facility_search", "spell")
TITLES = [Words("ko")(f"sheet.{key}") for key in COLUMNS]

# In parts, milestones of a facility that comes again are numbered before those of a new one.
NUMBERED_BY_PATH = """
    CREATE TEMP TABLE numbers AS
        SELECT id AS old, 1000 + row_number() OVER (ORDER BY path) AS new FROM milestone;
    UPDATE spell SET milestone_id = (SELECT new FROM numbers WHERE old = milestone_id);
    UPDATE status_update SET milestone_id = (SELECT new FROM numbers WHERE old = milestone_id)
        WHERE milestone_id IS NOT NULL;
    UPDATE milestone SET id = (SELECT new FROM numbers WHERE old = id);
"""


def content(path):
    """All that stands in a store but the instant of its acts."""
    raw = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(path)) as store:
        store.backup(raw)
    raw.executescript(NUMBERED_BY_PATH)
    try:
        found = {t: sorted(map(repr, raw.execute(f"SELECT * FROM {t}"))) for t in TABLES}
        rows = raw.execute("SELECT * FROM status_update ORDER BY id")
        titles = [c[0] for c in rows.description]
        place = titles.index("recorded_at")
        found["status_update"] = [row[:place] + row[place + 1 :] for row in rows]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        return found
    finally:
        raw.close()


def table(folder, said):
    """Our table of a store in which this was said, row by row."""
    with making.new_store(folder / "a.db") as store:
        store.record(
            making.batch(*said), by=None, now=making.NOW, today=making.TODAY, kind=ActKind.IMPORT
        )
    here = office(folder / "a.db")
    with here.reading() as reader:
        text = csv_of(reader, here.today, Limits(), here.words).data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def both(folder, rows, name="t.csv"):
    """What comes of a table in a new store and in an empty one; the refusal where there is one."""
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    making.new_store(folder / "empty.db").close()
    found = []
    for path in (folder / "new.db", folder / "empty.db"):
        try:
            outcome = import_file(office(path), folder / name)
        except RefusedError as error:
            found.append(getattr(error, "lines", str(error)))
        else:
            numbers = outcome.facilities, outcome.programmes, outcome.milestones, outcome.new
            kept = content(path) if outcome.new else None
            found.append((numbers, outcome.after_completion, kept))
    return found


@st.composite
def histories(draw):
    slugs = st.sampled_from(["hall", "가람-도서관", "x1"])
    return draw(st.lists(slugs.flatmap(making.statements), min_size=1, max_size=15))


@SOME
@given(said=histories(), chunk=st.sampled_from([1, 3, 5000]), data=st.data())
def test_our_table_is_the_same_in_a_new_store_and_in_an_empty_one(
    tmp_path_factory, monkeypatch, said, chunk, data
):
    monkeypatch.setattr("tracker.exchange.imports.fresh_table.CHUNK", chunk)
    monkeypatch.setattr("db.upkeep.migrate.run_revisions", making.copied_store)
    folder = tmp_path_factory.mktemp("table")
    head, *rows = table(folder, said)
    shuffled = data.draw(st.permutations(rows))
    again = data.draw(st.lists(st.sampled_from(rows), max_size=2)) if rows else []
    new, empty = both(folder, [head, *shuffled, *again])
    assert new == empty


ROW = {
    "name": "가람관",
    "kind": "준공",
    "forecast": "2027년",
    "forecast_on": "2026-01-02",
    "updated_on": "2026-01-02",
    "facility": "hall",
    "milestone": "completion",
}


def written(*rows):
    lines = [[{**ROW, **row}.get(key, "") for key in COLUMNS] for row in rows]
    return [TITLES, *lines]


@pytest.mark.parametrize(
    "rows",
    {
        "no row": [],
        "an empty row": [dict.fromkeys(ROW, "")],
        "a facility alone": [{"kind": "", "milestone": "", "forecast": "", "forecast_on": ""}],
        "a name without a slug": [{"facility": ""}, {"facility": "", "milestone": "other-1"}],
        "done before it was planned": [
            {"actual": "2025년", "actual_on": "2026-01-01", "title": "1단계"}
        ],
        "two answers": [{}, {"forecast": "2028년"}],
        "one answer twice": [{}, {}],
        "two kinds": [{}, {"kind": "개소"}],
        "another facility between": [{}, {"facility": "x1"}, {"milestone": "opening"}],
        "a programme": [{"type": "사업", "cost_krw": "1,000", "floor_area_m2": "10.5"}],
        "faults in several rows": [
            {"forecast": "언젠가"},
            {"facility": "NO SLUG"},
            {"milestone": "opening", "updated_on": "2030-01-01", "cost_krw": "많이"},
            {"facility": "x1", "cost_krw": "1e5"},
            {"facility": "x2", "kind": "무엇"},
        ],
    }.values(),
)
def test_odd_tables_are_the_same_in_either(tmp_path, rows):
    new, empty = both(tmp_path, written(*rows))
    assert new == empty
    says = isinstance(new, tuple) and isinstance(new[0], tuple) and new[0][-1] > 0
    assert (tmp_path / "new.db").exists() is says


@pytest.mark.parametrize("chunk", [1, 3, 5000])
def test_a_facility_may_come_again_after_others(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr("tracker.exchange.imports.fresh_table.CHUNK", chunk)
    steps = {"opening": "개관", "completion": "준공"}
    rows = [
        {"facility": facility, "milestone": step, "kind": kind, "name": facility}
        for step, kind in steps.items()
        for facility in ("hall", "x1", "x2")
    ]
    new, empty = both(tmp_path, written(*rows))
    assert new == empty
    assert new[0][:3] == (3, 0, 6)


def test_a_number_that_is_written_as_no_person_would_is_a_faulty_cell(tmp_path):
    line, _ = both(tmp_path, written({"cost_krw": "1e5"}))[0]
    assert line.startswith("t.csv: 2행 사업비(원): “1e5”")


def test_a_quote_that_is_left_open_at_the_end_leaves_no_store(tmp_path):
    text = io.StringIO()
    csv.writer(text).writerows(written({}))
    (tmp_path / "t.csv").write_text(text.getvalue() + '"가', "utf-8")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(RefusedError, match=r"t\.csv: 3"):
        import_file(office(tmp_path / "new.db"), tmp_path / "t.csv")
    assert sorted(tmp_path.iterdir()) == before


def test_what_has_to_be_held_whole_may_not_be_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr("tracker.exchange.grids.file_reading.refuse_larger.__defaults__", (100,))
    new, empty = both(tmp_path, written({}))
    assert new[0] == (1, 0, 1, 2)
    assert "100" in empty


def test_a_table_may_come_through_a_pipe(tmp_path):
    text = io.StringIO()
    csv.writer(text).writerows(written({}))
    os.mkfifo(tmp_path / "t.csv")
    Thread(target=(tmp_path / "t.csv").write_text, args=(text.getvalue(), "utf-8")).start()
    assert import_file(office(tmp_path / "new.db"), tmp_path / "t.csv").new == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("block", [1, 7, 1 << 20])
def test_a_table_that_is_read_in_pieces_is_the_table(tmp_path, monkeypatch, end, block):
    monkeypatch.setattr("tracker.exchange.grids.file_reading._BLOCK", block)
    text = io.StringIO()
    rows = written({"name": "가람\r\n관\u2028"}, {"facility": "x1", "reason": "하나,\n둘"})
    csv.writer(text, lineterminator=end).writerows(rows)
    (tmp_path / "t.csv").write_bytes(text.getvalue().encode("utf-8-sig"))
    import_file(office(tmp_path / "new.db"), tmp_path / "t.csv")
    with office(tmp_path / "new.db").reading() as reader:
        assert [f.name for f in reader.facilities()] == ["가람 관", "가람관"]


def test_an_orphan_in_a_new_store_is_seen_before_it_is_there(tmp_path, monkeypatch):
    monkeypatch.setattr("db.write.identities.Identities.source", lambda *_: 77)
    csv_text = io.StringIO()
    csv.writer(csv_text).writerows(written({}))
    (tmp_path / "t.csv").write_text(csv_text.getvalue(), "utf-8")
    with pytest.raises(StoreError, match="status_update"):
        import_file(office(tmp_path / "new.db"), tmp_path / "t.csv")
    assert not (tmp_path / "new.db").exists()


# -- rosters -------------------------------------------------------------------------------------


def roster(facilities, milestones):
    made = ImportIndex()
    for slug in facilities:
        made.add_facility(slug, Type.FACILITY)
    for facility, slug in milestones:
        made.add_milestone(facility, slug, Kind.OTHER)
    return made


@given(
    st.lists(st.sampled_from("abc"), unique=True),
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), unique=True),
)
def test_a_roster_has_the_milestones_of_each_facility_in_their_order(facilities, milestones):
    known = [(f, m) for f, m in milestones if f in facilities]
    made = roster(facilities, known)
    made.check()
    for place, facility in enumerate(facilities):
        assert made.place(facility) == place
        numbered = [(n, m, Kind.OTHER) for n, (f, m) in enumerate(known) if f == facility]
        assert made.steps_at(place) == numbered
    assert [(m.facility, m.slug) for m in made.milestones()] == known
    assert [f.slug for f in made.facilities()] == facilities


@pytest.mark.parametrize(
    ("facilities", "milestones", "why"),
    [
        (["a", "a"], [], "the facility a stands twice"),
        (["a"], [("a", "x"), ("a", "y"), ("a", "x")], "the milestone a/x stands twice"),
        (["a"], [("b", "x"), ("b", "x")], "the milestone b/x stands twice"),
        (["a"], [("a", "x"), ("b", "y")], "the facility “b” of “y” is missing"),
        (["A"], [], "no slug"),
        (["a"], [("a", "X"), ("b", "y")], "“X” is no slug"),
    ],
)
def test_a_roster_that_is_wrong_says_what_is(facilities, milestones, why):
    with pytest.raises((ValueError, RefusedError), match=why):
        roster(facilities, milestones).check()


def test_a_milestone_of_a_facility_that_is_there_needs_no_other_word_of_it(tmp_path):
    with making.new_store(tmp_path / "a.db") as store:
        common = {"by": None, "now": making.NOW, "today": making.TODAY}
        store.record_import(making.batch(making.plan("2027", "2026-01-02")), **common)
        said = making.plan("2028", "2026-01-03", "opening")
        more = Batch((said,), (), (NewMilestone("hall", "opening", Kind.OPENING),))
        store.record_import(more, **common)
        both_kinds = (NewMilestone("x1", "a", Kind.EVENT), NewMilestone("x1", "a", Kind.OTHER))
        with pytest.raises(RefusedError, match="already a milestone of kind"):
            store.record_import(Batch((said,), (NewFacility("x1"),), both_kinds), **common)
        before = content(tmp_path / "a.db")
        store.refold()
    assert content(tmp_path / "a.db") == before
