"""What is exported and imported into an empty store is the same store, byte for byte."""

import json
import shutil
from contextlib import suppress
from datetime import timedelta

import making
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.model.errors import RefusedError
from db.model.records import ActKind, Source
from db.read.reader import Filter
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.domain.alerts import alerts_of
from tracker.domain.board import read_board, read_facility, read_status
from tracker.domain.json_shapes import Shapes
from tracker.domain.limits import Limits
from tracker.exchange.dump.checks import Clock
from tracker.exchange.dump.parse import Dump, OutOfOrderError
from tracker.exchange.dump.write import write_dump
from tracker.exchange.facts.export import facts_of
from tracker.exchange.imports.importing import import_file
from tracker.words import Words

LIMITS = Limits()
CLOCK = Clock(making.NOW, making.TODAY)
WORDS = Words("ko")


def office(path, today=making.TODAY):
    return Workspace(path, today, Config(), WORDS)


def shown(path, day=making.TODAY, *, log=True):
    """What list, status, alerts, show and log print under --json, as bytes."""
    shapes = Shapes(WORDS)
    with office(path).reading() as reader:
        board = read_board(reader, day, LIMITS)
        alerts = alerts_of(board.rows, day, LIMITS)
        pages = [
            shapes.page(read_facility(reader, f.slug, day, LIMITS)) for f in reader.facilities()
        ]
        if not log:
            pages = [(p["facility"], p["milestones"]) for p in pages]
        total, updates = reader.log() if log else (0, [])
        answers = [
            shapes.board(board),
            shapes.status(read_status(reader, day, LIMITS)) if log else None,
            shapes.alerts(day, len(alerts), alerts),
            pages,
            {"total": total, "updates": [shapes.update(u) for u in updates]},
        ]
    return json.dumps(answers, ensure_ascii=False).encode()


def dumped(path):
    with office(path).reading() as reader:
        return write_dump(reader).data.decode()


def read_through(text, name, **how):
    dump = Dump([text], name, clock=CLOCK, **how)
    return dump.rows, list(dump.acts()), list(dump.reviews()), list(dump.runs())


def copied(path, folder, form="json"):
    """The store as `form`, taken into an empty one."""
    with office(path).reading() as reader:
        text = (write_dump if form == "json" else facts_of)(reader).data.decode()
    file = folder / f"copy.{form}"
    file.write_text(text, "utf-8")
    back = folder / "copy.db"
    import_file(office(back), file)
    return back


@st.composite
def acts(draw):
    """What people did one after another: statements, undo, redo, and taking one back."""
    facilities = ["hall", "가람-도서관", "x1"]
    done = []
    for _ in range(draw(st.integers(1, 6))):
        what = draw(st.sampled_from(["say", "say", "say", "import", "undo", "redo", "retract"]))
        said = st.sampled_from(facilities).flatmap(making.statements)
        done.append(
            (
                what,
                draw(st.lists(said, min_size=1, max_size=6)),
                draw(st.sampled_from([None, "김주무관", "Kim"])),
                draw(st.integers(1, 20)),
            )
        )
    return done


def do(path, done):
    making.new_store(path.with_name("copy.db")).close()
    with making.new_store(path) as store:
        for number, (what, said, by, target) in enumerate(done):
            now = making.NOW + timedelta(minutes=number)
            common = {"by": by, "now": now, "today": making.TODAY}
            try:
                if what in {"say", "import"}:
                    kind = ActKind.ACT if what == "say" else ActKind.IMPORT
                    store.record(making.batch(*said), kind=kind, **common)
                elif what == "retract":
                    store.retract(target, **common)
                else:
                    getattr(store, what)(**common)
            except RefusedError:
                continue


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts())
@pytest.mark.timeout(600)
def test_a_store_and_its_copy_answer_byte_for_byte_alike(tmp_path_factory, done):
    folder = tmp_path_factory.mktemp("dump")
    do(folder / "a.db", done)
    back = copied(folder / "a.db", folder)
    assert shown(back) == shown(folder / "a.db")
    early = making.TODAY - timedelta(days=900)
    assert shown(back, early) == shown(folder / "a.db", early)
    assert dumped(back) == dumped(folder / "a.db")
    shutil.rmtree(folder)


def test_the_shipped_facts_and_their_copy_answer_byte_for_byte_alike(demo, tmp_path):
    back = copied(demo, tmp_path)
    assert shown(back) == shown(demo)
    assert dumped(back) == dumped(demo)


def test_what_was_taken_back_elsewhere_is_taken_back_here(tmp_path):
    """A retraction finds its update in a store that numbers it otherwise."""
    common = {"by": "김", "today": making.TODAY}
    for name in ("a", "b"):
        with making.new_store(tmp_path / f"{name}.db") as store:
            if name == "b":
                said = [making.plan("2027", "2026-01-01", facility="x1") for _ in range(5)]
                store.record(making.batch(*said), now=making.NOW, **common)
            else:
                said = making.batch(making.plan("2026-12", "2026-03-01"))
                store.record(said, now=making.NOW + timedelta(hours=1), **common)
    (tmp_path / "a1.json").write_text(dumped(tmp_path / "a.db"), "utf-8")
    import_file(office(tmp_path / "b.db"), tmp_path / "a1.json")
    with office(tmp_path / "a.db").writing() as store:
        store.undo(now=making.NOW + timedelta(hours=2), **common)
    (tmp_path / "a2.json").write_text(dumped(tmp_path / "a.db"), "utf-8")
    import_file(office(tmp_path / "b.db"), tmp_path / "a2.json")
    with office(tmp_path / "b.db").reading() as reader:
        assert [m.facility for m in reader.milestones(making.TODAY, 30, Filter())] == ["x1"]


def test_a_copy_taken_in_again_adds_nothing(demo, tmp_path):
    back = copied(demo, tmp_path)
    outcome = import_file(office(back), tmp_path / "copy.json")
    assert (outcome.facilities, outcome.milestones, outcome.new) == (0, 0, 0)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts())
@pytest.mark.timeout(600)
def test_a_facts_file_keeps_what_holds(tmp_path_factory, done):
    folder = tmp_path_factory.mktemp("facts")
    named = making.said("set", "2018-01-01", None, value={"name": "가람관"})
    first = [making.as_statement(named, f) for f in ("hall", "가람-도서관", "x1")]
    do(folder / "a.db", [("import", first, None, 1), *done])
    back = copied(folder / "a.db", folder, "facts")
    assert shown(back, log=False) == shown(folder / "a.db", log=False)
    with office(back).reading() as here, office(folder / "a.db").reading() as there:
        assert facts_of(here).data == facts_of(there).data
    shutil.rmtree(folder)


def test_the_facts_of_the_shipped_facts_keep_what_holds(demo, tmp_path):
    back = copied(demo, tmp_path, "facts")
    assert shown(back, log=False) == shown(demo, log=False)


def test_both_orders_of_two_stores_come_to_the_same(tmp_path):
    """Acts of two offices, exchanged as files, are one history in either."""
    for name, on in (("a", "2026-03-01"), ("b", "2026-04-01")):
        with making.new_store(tmp_path / f"{name}.db") as store:
            said = making.plan("2026-12" if name == "a" else "2027-03", on, source=Source(name))
            now = making.NOW + timedelta(seconds=ord(name))
            store.record(making.batch(said), by=name, now=now, today=making.TODAY)
        (tmp_path / f"{name}.json").write_text(dumped(tmp_path / f"{name}.db"), "utf-8")
    for path, other in (("a", "b"), ("b", "a")):
        import_file(office(tmp_path / f"{path}.db"), tmp_path / f"{other}.json")
    assert shown(tmp_path / "a.db", log=False) == shown(tmp_path / "b.db", log=False)


DAMAGE = [
    lambda d: d.pop("updates"),
    lambda d: d["acts"].pop(),
    lambda d: d["updates"][0].update(act=99),
    lambda d: d["updates"][0].update(kind="bogus"),
    lambda d: d["updates"][0].update(reported_on="2026-02-30"),
    lambda d: d["updates"][0].update(facility="nowhere"),
    lambda d: d["updates"][0].update(facility="NO SLUG"),
    lambda d: d["updates"][0].update(milestone="nothing"),
    lambda d: d["updates"][0].update(milestone=7),
    lambda d: d["updates"][0].update(period=7),
    lambda d: d["updates"][0].update(period="2026-13"),
    lambda d: d["updates"][0].update(evidence="abc"),
    lambda d: d["updates"][0].update(evidence=[1]),
    lambda d: d["updates"][0].update(reason=5),
    lambda d: d["updates"][0].update(phrase=["x"]),
    lambda d: d["updates"][0].update(source={"url": 5}),
    lambda d: d["updates"][0].update(source="x"),
    lambda d: d["updates"][0].update(retracts="x"),
    lambda d: d["updates"][0].update(retracts=77),
    lambda d: d["updates"][0].update(id="x"),
    lambda d: d["updates"][0].update(id=-1),
    lambda d: d["updates"][0].update(id=10**30),
    lambda d: d["updates"][0].update(seq=None),
    lambda d: d["updates"].append(d["updates"][0]),
    lambda d: d["updates"].append(7),
    lambda d: d["acts"].append(d["acts"][0]),
    lambda d: d["acts"][0].update(kind="bogus"),
    lambda d: d["acts"][0].update(by=7),
    lambda d: d["acts"][0].update(recorded_at="2026-01-01T00:00:00"),
    lambda d: d["acts"][0].update(recorded_at="soon"),
    lambda d: d["acts"][0].update(recorded_at=7),
    lambda d: d["facilities"][0].update(slug="no slug"),
    lambda d: d["facilities"][0].update(type="house"),
    lambda d: d["facilities"].append("x"),
    lambda d: d["milestones"][0].update(kind="bogus"),
    lambda d: d["milestones"][0].update(slug="no slug"),
    lambda d: d["milestones"][0].update(facility="nowhere"),
    lambda d: d["acts"][0].update(id=True),
    lambda d: d["updates"][0].update(source={"published": "soon"}),
    lambda d: d.update(version=99),
    lambda d: d.update(format="other"),
]


@pytest.mark.parametrize("number", range(len(DAMAGE)))
def test_a_damaged_dump_is_refused_whole(tmp_path, number):
    with making.new_store(tmp_path / "a.db") as store:
        said = making.plan("2026-12", "2026-03-01", source=Source("가"))
        store.record(making.batch(said), by="김", now=making.NOW, today=making.TODAY)
    document = json.loads(dumped(tmp_path / "a.db"))
    DAMAGE[number](document)
    (tmp_path / "d.json").write_text(json.dumps(document), "utf-8")
    with pytest.raises(RefusedError) as refused:
        import_file(office(tmp_path / "b.db"), tmp_path / "d.json")
    assert "\n" not in str(refused.value)
    with pytest.raises(RefusedError):
        import_file(office(tmp_path / "b.db"), tmp_path / "d.json", dry_run=True)
    if (tmp_path / "b.db").exists():
        with office(tmp_path / "b.db").reading() as reader:
            assert reader.log()[0] == 0
            assert reader.milestones(making.TODAY, 30, Filter()) == []
            assert reader.identities().facilities == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
        max_leaves=20,
    )
)
def test_any_json_is_read_or_refused(value):
    for document in (
        value,
        {
            "format": "tracker",
            "version": 1,
            "facilities": value,
            "milestones": [],
            "acts": value,
            "updates": value,
        },
    ):
        with suppress(RefusedError, OutOfOrderError):
            read_through(json.dumps(document), "x.json")
