"""What a file brings is checked, kept and folded as what a person types."""

import json
import shutil
import sqlite3
from dataclasses import replace

import making
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_dump import DAMAGE, dumped, office, shown

from db.engine.connect import connect
from db.model.errors import BusyError, RefusedError, StoreError
from db.model.period import Period
from db.model.records import Source, Statement, UpdateKind
from db.model.text import clean
from db.model.values import MAX_TEXT
from db.schema.statement_columns import COLUMNS, columns_of
from db.write.refold import refold_what_can_be
from tracker.exchange.dump.json_stream import Parts
from tracker.exchange.imports.importing import import_file

TEXTS = st.none() | st.text(max_size=12) | st.sampled_from([" \x1b[2J", "가" * (MAX_TEXT + 1)])
VALUES = st.none() | st.text(max_size=5) | st.fixed_dictionaries({"title": TEXTS})


@given(
    kind=st.sampled_from(UpdateKind),
    milestone=st.none() | st.just("opening"),
    period=st.none() | st.sampled_from([Period.parse("2026-40"), Period.parse("[..2027]")]),
    value=VALUES,
    texts=st.tuples(TEXTS, TEXTS, TEXTS),
    evidence=st.lists(st.text(max_size=5) | st.just("x" * (MAX_TEXT + 1)), max_size=2),
)
def test_a_statement_is_refused_or_its_columns_are_clean_and_short(
    kind, milestone, period, value, texts, evidence
):
    phrase, reason, action = texts
    said = Statement(
        *("hall", milestone, kind, making.TODAY, period, value),
        phrase=phrase,
        reason=reason,
        action=action,
        evidence=tuple(evidence),
    )
    try:
        columns = dict(zip(COLUMNS, columns_of(said), strict=True))
    except RefusedError:
        return
    for name in ("phrase", "reason", "action"):
        text = columns[name]
        assert text is None or (text == clean(text) and 0 < len(text) <= MAX_TEXT)
    kept = json.loads(columns["evidence"] or "[]")
    assert all(text == clean(text) and 0 < len(text) <= MAX_TEXT for text in kept)
    again = replace(
        said,
        value=None if columns["value"] is None else json.loads(columns["value"]),
        evidence=tuple(kept),
        **{name: columns[name] for name in ("phrase", "reason", "action")},
    )
    assert columns_of(again) == tuple(columns.values())


def test_a_value_nested_without_end_is_refused():
    value = {}
    for _ in range(100):
        value = {"in": value}
    with pytest.raises(RefusedError, match="nested"):
        columns_of(making.said("set", "2026-01-02", None, value=value))


ODD = {
    "a control character in a note": making.said("note", "2026-01-02", None, value="가\x1b[1m나"),
    "one in a source": making.plan("2026-12", "2026-03-01", source=Source("가\x07")),
    "a value that JSON keeps otherwise": making.said(
        "set", "2026-01-02", None, value={"aliases": ("하나",)}
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_a_fold_from_memory_is_the_fold_of_what_is_kept(tmp_path, odd):
    said = [making.plan("2027", "2026-02-01", source=Source("가")), ODD[odd]]
    with making.new_store(tmp_path / "a.db") as store:
        now, today = making.NOW, making.TODAY
        store.record_import(making.batch(*said), by=None, now=now, today=today)
        before = _content(tmp_path / "a.db")
        store.refold()
    assert _content(tmp_path / "a.db") == before


def _content(path):
    connection = sqlite3.connect(path)
    try:
        tables = ("facility", "milestone", "tally", "facility_name", "facility_search", "spell")
        return [sorted(map(repr, connection.execute(f"SELECT * FROM {t}"))) for t in tables]
    finally:
        connection.close()


@pytest.fixture
def two_acts(tmp_path):
    with making.new_store(tmp_path / "a.db") as store:
        for on in ("2026-03-01", "2026-04-01"):
            said = making.batch(making.plan("2026-12", on), making.plan("2027-01", on))
            store.record(said, by="김", now=making.NOW, today=making.TODAY)
        store.undo(by="김", now=making.NOW, today=making.TODAY)
    return json.loads(dumped(tmp_path / "a.db"))


@pytest.mark.parametrize(
    "order", ["as written", "backwards", "mixed", "acts last", "updates first"]
)
def test_any_order_of_a_document_comes_to_the_same_store(two_acts, tmp_path, order):
    document = dict(two_acts)
    if order == "backwards":
        document["updates"] = document["updates"][::-1]
    elif order == "mixed":
        document["updates"] = document["updates"][::2] + document["updates"][1::2]
    elif order == "acts last":
        document["acts"] = document.pop("acts")
    elif order == "updates first":
        document = {"updates": document.pop("updates"), **document}
    (tmp_path / "d.json").write_text(json.dumps(document, indent=1), "utf-8")
    for again in (False, True):
        outcome = import_file(office(tmp_path / "b.db"), tmp_path / "d.json")
        assert (outcome.new, outcome.same) == ((0, 6) if again else (6, 0))
        assert shown(tmp_path / "b.db") == shown(tmp_path / "a.db")


@pytest.mark.parametrize("number", range(0, len(DAMAGE), 4))
def test_a_refused_document_leaves_no_store_and_nothing_beside_it(two_acts, tmp_path, number):
    DAMAGE[number](two_acts)
    (tmp_path / "d.json").write_text(json.dumps(two_acts), "utf-8")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(RefusedError):
        import_file(office(tmp_path / "b.db"), tmp_path / "d.json")
    assert sorted(tmp_path.iterdir()) == before


def test_a_new_store_does_not_take_the_place_of_one_made_meanwhile(two_acts, tmp_path):
    here = office(tmp_path / "b.db")
    with pytest.raises(BusyError), here.filling():
        shutil.copy(tmp_path / "a.db", tmp_path / "b.db")
    assert shown(tmp_path / "b.db") == shown(tmp_path / "a.db")
    assert list(tmp_path.glob(".tracker-*")) == []


@pytest.mark.parametrize("taken", [False, True])
def test_a_disk_on_which_a_file_has_one_name_will_do(two_acts, tmp_path, monkeypatch, taken):
    monkeypatch.setattr("os.link", lambda *_, **__: raise_(PermissionError(1, "no links here")))
    (tmp_path / "d.json").write_text(json.dumps(two_acts), "utf-8")
    if taken:
        with pytest.raises(BusyError), office(tmp_path / "b.db").filling():
            shutil.copy(tmp_path / "a.db", tmp_path / "b.db")
    else:
        import_file(office(tmp_path / "b.db"), tmp_path / "d.json")
    assert shown(tmp_path / "b.db") == shown(tmp_path / "a.db")
    assert list(tmp_path.glob(".tracker-*")) == []


def test_a_new_store_that_does_not_come_to_the_disk_is_nowhere(two_acts, tmp_path, monkeypatch):
    (tmp_path / "d.json").write_text(json.dumps(two_acts), "utf-8")
    before = sorted(tmp_path.iterdir())
    full = OSError(28, "No space left on device")
    monkeypatch.setattr("db.upkeep.atomic_create.bring_to_disk", lambda _: raise_(full))
    with pytest.raises(StoreError):
        import_file(office(tmp_path / "b.db"), tmp_path / "d.json")
    assert sorted(tmp_path.iterdir()) == before


def raise_(error):
    raise error


def test_what_is_looked_up_may_be_forgotten_between_chunks(two_acts, tmp_path, monkeypatch):
    monkeypatch.setattr("db.write.identities._CACHED", 0)
    (tmp_path / "d.json").write_text(json.dumps(two_acts), "utf-8")
    import_file(office(tmp_path / "b.db"), tmp_path / "d.json")
    assert shown(tmp_path / "b.db") == shown(tmp_path / "a.db")


def test_a_damaged_facility_does_not_keep_others_from_being_folded(tmp_path):
    with making.new_store(tmp_path / "a.db") as store:
        said = [making.plan("2027", "2026-02-01", facility=f) for f in ("hall", "x1")]
        store.record(making.batch(*said), by=None, now=making.NOW, today=making.TODAY)
    raw = sqlite3.connect(tmp_path / "a.db")
    raw.execute("PRAGMA ignore_check_constraints = ON")
    raw.execute("UPDATE status_update SET kind = 'bogus' WHERE id = 1")
    raw.execute("UPDATE milestone SET forecast = NULL")
    refold_what_can_be(raw)
    assert raw.execute("SELECT forecast FROM milestone ORDER BY id").fetchall() == [
        (None,),
        ("2027",),
    ]
    raw.close()


def test_a_new_store_is_as_others_are(two_acts, tmp_path):
    (tmp_path / "d.json").write_text(json.dumps(two_acts), "utf-8")
    import_file(office(tmp_path / "b.db"), tmp_path / "d.json")
    connection = connect(tmp_path / "b.db", busy_ms=1000)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    assert (tmp_path / "b.db").stat().st_mode & 0o777 == 0o600


@given(
    value=st.dictionaries(
        st.text(max_size=3),
        st.recursive(
            st.none() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
            lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=2), x),
            max_leaves=6,
        ),
        max_size=4,
    ),
    size=st.integers(1, 9),
    cut=st.integers(0, 60),
)
def test_parts_are_what_the_standard_library_reads(value, size, cut):
    text = json.dumps(value, ensure_ascii=False, indent=1)
    blocks = [text[i : i + size] for i in range(0, len(text), size)]
    parts = Parts(blocks, "x.json")
    found = {
        k: list(parts.items(k)) if isinstance(v, list) else parts.value(k) for k, v in value.items()
    }
    parts.finish()
    assert found == value
    if cut < len(text.rstrip()):
        with pytest.raises(RefusedError, match=r"x\.json:"):
            Parts([text[:cut]], "x.json").finish()


@pytest.mark.parametrize(
    ("text", "line"),
    [("{", 1), ('{"a": 1,\n}', 2), ('{"a": 1}\nx', 2), ("[1,\n2", 2), ("", 1), ('{"a"\n1}', 2)],
)
def test_a_fault_of_a_document_is_told_with_its_line(text, line):
    with pytest.raises(RefusedError, match=rf"x\.json:{line}: "):
        Parts(list(text), "x.json").finish()
