"""Weekly checks leave a store with it and come back without loss."""

import json

import pytest
from making import NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect
from db.model.errors import RefusedError
from db.model.records import Batch, Source
from db.model.review_reasons import Answering, Need
from db.read.reader import Reader
from db.read.reviews import Closing, Opening, Skip
from db.upkeep.doctor import examine
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.exchange.dump.checks import Clock
from tracker.exchange.dump.parse import Dump
from tracker.exchange.dump.write import write_dump
from tracker.exchange.imports.importing import import_file
from tracker.words import Words

BUSY_MS = 2000
QUEUE = (
    ("hall", "completion", Need.OVERDUE_UNCONFIRMED),
    ("hall", "opening", Need.STALE),
    ("hall", "selection", Need.STALE),
)


def dump_of(path):
    connection = connect(path, busy_ms=BUSY_MS)
    try:
        return write_dump(Reader(connection)).data.decode()
    finally:
        connection.close()


def office(path):
    return Workspace(path, TODAY, Config(), Words("en"))


def act(store, position, step, by="김주무관"):
    statement = said("confirm", TODAY.isoformat(), step)
    what = Batch((statement,), answering=Answering(1, position, 99))
    return store.record(what, by=by, now=NOW, today=TODAY)


@pytest.fixture
def path(tmp_path):
    """A store with a check: one item decided, one decided and undone, one skipped."""
    path = tmp_path / "t.db"
    with new_store(path) as store:
        plans = [plan("2026-03", "2025-01-01", step) for _, step, _ in QUEUE]
        store.record(batch(*plans), by=None, now=NOW, today=TODAY)
        opening = Opening("2026-W47", TODAY, QUEUE, Source(publisher="박팀장", title="회의"))
        store.review(opening, by="김주무관", now=NOW)
        act(store, 1, "completion")
        undone = act(store, 2, "opening")
        store.undo(by=None, now=NOW, today=TODAY, act=undone.act.id)
        store.review(Skip(Answering(1, 3, 99)), by="이주임", now=NOW)
    return path


def imported(text, path, name="dump.json"):
    file = path.with_name(name)
    file.write_text(text)
    import_file(office(path), file)
    return dump_of(path)


def test_a_dump_goes_into_an_empty_store_and_comes_out_the_same(path, tmp_path):
    text = dump_of(path)
    assert imported(text, tmp_path / "other.db") == text
    assert not examine(tmp_path / "other.db", busy_ms=BUSY_MS)


def test_a_dump_that_is_taken_in_twice_changes_nothing(path, tmp_path):
    text = dump_of(path)
    imported(text, tmp_path / "other.db")
    assert imported(text, tmp_path / "other.db") == text


def test_a_later_dump_brings_what_was_decided_since(path, tmp_path):
    other = tmp_path / "other.db"
    imported(dump_of(path), other)
    with office(path).writing() as store:
        act(store, 3, "selection")
        store.review(Closing(1), by="박팀장", now=NOW)
    later = dump_of(path)
    assert imported(later, other, "later.json") == later


def test_the_checks_of_two_stores_stand_beside_each_other(path, tmp_path):
    other = tmp_path / "other.db"
    with new_store(other) as store:
        store.record(batch(plan("2026-03", "2025-01-01")), by="x", now=NOW, today=TODAY)
        opening = Opening("2026-W47", TODAY, (("hall", "opening", Need.STALE),))
        store.review(opening, by="이주임", now=NOW)
        act(store, 1, "opening", by="이주임")
    merged = json.loads(imported(dump_of(path), other))
    mine, theirs = merged["reviews"]
    assert (mine["opened_by"], theirs["opened_by"]) == ("이주임", "김주무관")
    said_by_act = {u["act"]: u["milestone"] for u in merged["updates"] if u["kind"] == "confirm"}
    assert [said_by_act[a] for i in theirs["items"] for a in i["acts"]] == ["completion", "opening"]
    assert [said_by_act[a] for i in mine["items"] for a in i["acts"]] == ["opening"]


def test_a_dump_of_before_there_were_checks_is_still_read(path, tmp_path):
    document = json.loads(dump_of(path))
    old = document | {"version": 1}
    del old["reviews"]
    new = json.loads(imported(json.dumps(old), tmp_path / "other.db"))
    assert (new["version"], new["reviews"]) == (2, [])
    assert new["updates"] == document["updates"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda r: r.update(week="soon"), "no week"),
        (lambda r: r.update(id=10**30), "between"),
        (lambda r: r.update(opened_by=7), "no text"),
        (lambda r: r.update(closed_at="2001-01-01T00:00:00+00:00"), "before it was opened"),
        (lambda r: r.update(opened_at="2026-11-21T09:00:00"), "time zone"),
        (lambda r: r.pop("day"), "'day' is missing"),
        (lambda r: r["items"][0].update(acts=[99]), "no act 99"),
        (lambda r: r["items"][0].update(need="curiosity"), "curiosity"),
        (lambda r: r["items"][0].update(position=0), "between"),
    ],
)
def test_a_part_that_is_wrong_is_named(path, change, why):
    document = json.loads(dump_of(path))
    change(document["reviews"][0])
    dump = Dump([json.dumps(document)], "dump.json", clock=Clock(NOW, TODAY))
    list(dump.acts())
    with pytest.raises(RefusedError, match=why) as refused:
        list(dump.reviews())
    assert "reviews[0]" in str(refused.value)
