"""Files that are written while the store is read: little is held, and a failure is one line."""

import gc
import json
import subprocess
import sys
import tracemalloc

import making
import pytest

from db.model.errors import RefusedError, StoreError
from db.read.reader import Reader
from db.read.statements import StatementReader
from db.read.whole_store import WholeStoreReader
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.domain.limits import Limits
from tracker.exchange.calendar.ics import ics_of
from tracker.exchange.dump.write import write_dump
from tracker.exchange.facts.export import facts_of
from tracker.exchange.milestone_table.write import csv_of
from tracker.words import Words

WORDS = Words("ko")
WRITERS = {
    "json": write_dump,
    "facts": facts_of,
    "csv": lambda reader: csv_of(reader, making.TODAY, Limits(), WORDS),
    "ics": lambda reader: ics_of(reader, WORDS),
}


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """Two stores, of which one has eight times as much in it."""
    made = {}
    for number in (60, 480):
        path = made[number] = tmp_path_factory.mktemp("large") / "t.db"
        said = []
        for n in range(number):
            slug = f"hall-{n}"
            said.append(making.said("set", "2026-01-01", None, slug, value={"name": f"회관 {n}"}))
            said += [
                making.plan(f"{2027 + m}", f"2026-0{m + 2}-01", "opening", slug) for m in range(6)
            ]
            said.append(
                making.said("note", "2026-09-01", "opening", slug, value="적" * 2000, reason="까닭")
            )
        with making.new_store(path) as store:
            store.record(making.batch(*said), by=None, now=making.NOW, today=making.TODAY)
    return made


def office(path):
    return Workspace(path, making.TODAY, Config(busy_ms=making.BUSY_MS), WORDS)


def most_held(path, form):
    """The bytes of Python objects held at once beyond the identities, the collector being off."""
    with office(path).reading() as reader:
        for _ in WRITERS[form](reader).parts:  # what is cached and imported once is there
            pass
        gc.collect()
        gc.disable()
        tracemalloc.start()
        try:
            size = sum(map(len, WRITERS[form](reader).parts))
            return size, tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            gc.enable()


@pytest.mark.parametrize("form", ["json", "facts"])
def test_what_is_held_does_not_grow_as_the_file_does(stores, form):
    """Nothing is left for the garbage collector either, which seldom looks while commands run."""
    (small, few), (large, many) = (most_held(path, form) for path in stores.values())
    assert large > small * 6
    assert many - few < (large - small) / 3


@pytest.mark.parametrize("form", WRITERS)
def test_nothing_is_made_before_it_is_asked_for(stores, form):
    with office(stores[480]).reading() as reader:
        made = WRITERS[form](reader)
        parts = list(made.parts)
    assert len(parts) > 1
    assert made.told(WORDS)


def test_a_dump_stands_as_the_encoder_of_the_library_writes_it(demo):
    with office(demo).reading() as reader:
        data = write_dump(reader).data.decode()
    assert data == json.dumps(json.loads(data), ensure_ascii=False, indent=1) + "\n"


def failing(monkeypatch, where, name):
    """Let a query fail after a hundred rows."""
    whole = getattr(where, name)

    def broken(self, *asked):
        for number, row in enumerate(whole(self, *asked)):
            if number == 100:
                raise StoreError("the disk is gone", code="io", path="t.db", why="gone")
            yield row

    monkeypatch.setattr(where, name, broken)


@pytest.mark.parametrize(
    ("form", "where", "name"),
    [
        ("json", StatementReader, "everything"),
        ("csv", WholeStoreReader, "every_facility"),
        ("ics", WholeStoreReader, "every_facility"),
    ],
)
@pytest.mark.parametrize("to_file", [True, False])
def test_a_failure_midway_is_one_line_and_leaves_the_file(
    stores, tracker, tmp_path, monkeypatch, form, where, name, to_file
):
    failing(monkeypatch, where, name)
    file = tmp_path / f"a.{form}"
    file.write_text("as it was")
    arguments = [file] if to_file else []
    ran = tracker("--db", stores[480], "export", *arguments, "--format", form)
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert file.read_text() == "as it was"
    assert [p.name for p in tmp_path.iterdir()] == [file.name]


def test_what_is_refused_after_a_part_was_printed_is_a_failure(stores, tracker, monkeypatch):
    """Half a file on standard output is no answer that a program may take for one."""
    from tracker.exchange.facts import write

    whole = write._columns  # noqa: SLF001 - where writing a part can be made to fail
    made = []

    def columns(*asked):
        made.append(asked)
        if len(made) == 300:  # of 480 facilities
            raise RefusedError("there are no words for this")
        return whole(*asked)

    monkeypatch.setattr(write, "_columns", columns)
    ran = tracker("--db", stores[480], "export", "--format", "facts")
    assert (ran.code, ran.err.count("\n")) == (3, 1)
    assert ran.out


def test_a_reader_that_leaves_ends_it_without_a_word(stores):
    program = [sys.executable, "-m", "tracker", "--db", stores[480], "export"]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_facilities_come_with_their_milestones_as_they_are_asked_for_one_by_one(demo, read_store):
    def ask(reader: Reader):
        listed = [(f, [m.slug for m in own]) for f, own in reader.every_facility()]
        assert [f for f, _ in listed] == reader.facilities()
        return listed == [
            (f, [m.slug for m in reader.milestones_of(f.slug)]) for f in reader.facilities()
        ]

    assert read_store(demo, ask)
