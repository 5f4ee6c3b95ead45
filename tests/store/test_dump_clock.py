"""A document with instants or days that no correct clock has reached is refused whole."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from making import NOW, TODAY, batch, new_store, plan, said

from db.model.records import Batch
from db.model.review_reasons import Answering, Need
from db.read.reviews import Closing, Opening, Skip
from db.write.store import Store
from tracker.app import clock
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.cli.main import run
from tracker.exchange.dump.write import write_dump
from tracker.exchange.imports.importing import import_file
from tracker.words import Words

QUEUE = (("hall", "opening", Need.STALE), ("hall", "completion", Need.STALE))


@pytest.fixture(autouse=True)
def _set_clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def office(path, lang="en"):
    return Workspace(path, TODAY, Config(busy_ms=2000), Words(lang))


@pytest.fixture
def document(tmp_path):
    """A dump with an act and a closed check, one item skipped."""
    common = {"by": "kim", "now": NOW}
    with new_store(tmp_path / "a.db") as store:
        first = batch(plan("2027", "2026-01-02"), plan("2026", "2026-01-02", "completion"))
        store.record(first, today=TODAY, **common)
        store.review(Opening("2026-W47", TODAY, QUEUE), **common)
        confirm = Batch((said("confirm", TODAY.isoformat()),), answering=Answering(1, 1, 2))
        store.record(confirm, today=TODAY, **common)
        store.review(Skip(Answering(1, 2, 3)), **common)
        store.review(Closing(1), **common)
    with office(tmp_path / "a.db").reading() as reader:
        return json.loads(write_dump(reader).data)


def put(document, where, value):
    *way, last = where
    for step in way:
        document = document[step]
    document[last] = value


INSTANTS = [
    ("acts", 0, "recorded_at"),
    ("acts", 1, "recorded_at"),
    ("reviews", 0, "closed_at"),
    ("reviews", 0, "items", 1, "skipped_at"),
]
DAYS = [("updates", 0, "reported_on"), ("reviews", 0, "day")]
FUTURE = [
    "9999-12-31T23:59:59.999999+00:00",
    "9999-12-31T23:59:59.999999-14:00",
    "2099-01-01T00:00:00+00:00",
    "2026-11-23T00:00:00+00:00",
]


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("existing", [True, False])
@pytest.mark.parametrize(
    ("where", "value"),
    [(w, v) for w in INSTANTS for v in FUTURE]
    + [(w, v) for w in DAYS for v in ("9999-12-31", "2099-01-01", "2026-11-23")],
)
def test_what_lies_ahead_is_refused_and_named(
    document, tmp_path, capsys, where, value, existing, lang
):
    put(document, where, value)
    file, path = tmp_path / "d.json", tmp_path / "b.db"
    file.write_text(json.dumps(document), "utf-8")
    if existing:
        new_store(path).close()
    before = path.read_bytes() if existing else None
    assert run(["import", str(file), "--db", str(path), "--lang", lang]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert f"{where[0]}[{where[1]}]" in err
    assert where[-1] in err
    assert "None" not in err
    assert (path.read_bytes() if path.exists() else None) == before
    assert not list(tmp_path.glob("backups/*"))


@pytest.mark.parametrize("where", [*INSTANTS[1:], *DAYS])
def test_what_lies_within_the_error_of_a_clock_is_taken(document, tmp_path, where):
    """And the acts after it stay in order."""
    day = (TODAY + timedelta(days=1)).isoformat()
    value = day if where in DAYS else (NOW + timedelta(days=1)).isoformat()
    put(document, where, value)
    (tmp_path / "d.json").write_text(json.dumps(document), "utf-8")
    import_file(office(tmp_path / "b.db"), tmp_path / "d.json")
    with Store.open(tmp_path / "b.db", busy_ms=2000) as store:
        store.record(batch(plan("2028", "2026-11-20")), by=None, now=NOW, today=TODAY)
    with office(tmp_path / "b.db").reading() as reader:
        instants = [act.recorded_at for act in reader.acts()]
    assert instants == sorted(set(instants))


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
@pytest.mark.parametrize("where", [*INSTANTS, ("reviews", 0, "opened_at")])
def test_an_instant_of_no_year_is_refused(document, tmp_path, capsys, where, text):
    put(document, where, text)
    (tmp_path / "d.json").write_text(json.dumps(document), "utf-8")
    assert run(["import", str(tmp_path / "d.json"), "--db", str(tmp_path / "b.db")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "b.db").exists()


@pytest.mark.parametrize("year", [1, 9999])
@pytest.mark.parametrize("hours", [-12, 14])
def test_an_instant_at_either_end_of_the_calendar_can_be_shown(year, hours):
    month = 1 if year == 1 else 12
    moment = datetime(year, month, 1 if year == 1 else 31, 12, tzinfo=UTC)
    zone = timezone(timedelta(hours=hours * 23 / 14))
    assert clock.local(moment, zone).year == year
