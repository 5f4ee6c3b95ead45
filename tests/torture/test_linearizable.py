"""Acts, imports, backups, exports and restores at once: one order explains all that was seen.

A restore begins a new epoch: what the store was just before it is in the copy aside, and what
it is afterwards begins with the backup. So the copies aside and the store at the end are the
states of the epochs, and every act, backup and export has to fit into one of them.
"""

import json
import time
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from effort import either
from making import BUSY_MS, NOW, TODAY, batch, new_store, said

from db.engine.connect import connect
from db.read.reader import Reader
from db.upkeep.doctor import examine

SECONDS = either(6, 60)
CAST = (
    "writes",
    "writes",
    "writes",
    "imports",
    "imports",
    "backups",
    "exports",
    "examines",
    "restores",
)


@dataclass(frozen=True)
class Event:
    who: str
    name: str
    tried: int
    ended: int
    outcome: str
    said: str


def events_of(role, log):
    begun = {}
    for line in log.read_text().splitlines():
        word, _, what = line.partition(" ")
        name, at, *said_ = what.split("=", 2)
        if word == "try":
            begun[name] = int(at)
        else:
            yield Event(role, name, begun[name], int(at), word, said_[0] if said_ else "")


def acts_in(path):
    """The acts of a store in their order: who, and when they were recorded."""
    connection = connect(path, busy_ms=BUSY_MS)
    try:
        return [(act.by, act.recorded_at) for act in Reader(connection).acts()]
    finally:
        connection.close()


def is_prefix(some, whole):
    return whole[: len(some)] == some


def run_all(killing, path):
    started = [(role, *killing.start(role, path, seed=n)) for n, role in enumerate(CAST)]
    time.sleep(SECONDS)
    path.with_name("stop").touch()
    events = []
    for role, number, log in started:
        killing.end(number, log, kill=False)
        events += events_of(role, log)
    return events


def check_epochs(restored, states):
    """Each epoch begins with what was restored, and goes on in the order of the instants."""
    for start, state in zip(restored, states[1:], strict=True):
        assert is_prefix(start, state)
    for state in states:
        instants = [at for _, at in state]
        assert instants == sorted(set(instants))


def check_acts(acts, states):
    """What was acknowledged is in some state in its order, what was refused in none."""
    places = [{by: number for number, (by, _) in enumerate(state)} for state in states]
    held = set().union(*places)
    lost = [e.name for e in acts if e.outcome == "done" and e.name not in held]
    assert not lost, f"{len(lost)} of {len(acts)} acknowledged acts are nowhere"
    assert not [e.name for e in acts if e.outcome == "busy" and e.name in held]
    for place in places:
        here = [e for e in acts if e.name in place]
        ended = sorted((e.ended, place[e.name]) for e in here)
        latest = list(accumulate((at for _, at in ended), max))
        for e in here:
            earlier = bisect_left(ended, (e.tried, -1))
            assert not earlier or latest[earlier - 1] < place[e.name], e


def check_copy(copy, states):
    """A backup is a state as it was at one instant."""
    acts = acts_in(copy)
    assert any(is_prefix(acts, state) for state in states), copy


def check_export(file, states):
    """So is an export."""
    document = json.loads(file.read_text("utf-8"))
    assert {u["act"] for u in document["updates"]} == {act["id"] for act in document["acts"]}
    authors = [act["by"] for act in document["acts"]]
    assert any(is_prefix(authors, [by for by, _ in state]) for state in states), file


def check_shared(store):
    """Every shared file was taken once, however many imported it at once."""
    connection = connect(store, busy_ms=BUSY_MS)
    try:
        plans = [u.facility for u in Reader(connection).everything() if u.period is not None]
    finally:
        connection.close()
    taken = Counter(slug for slug in plans if slug.startswith("shared-"))
    assert set(taken.values()) <= {1}, taken


def test_one_order_explains_everything(killing, tmp_path):
    path = tmp_path / "t.db"
    with new_store(path) as store:
        first = batch(said("set", "2026-01-01", None, value={"name": "회관"}))
        store.record(first, by="start", now=NOW, today=TODAY)
    events = run_all(killing, path)
    done = sorted((e for e in events if e.outcome == "done"), key=lambda e: e.ended)
    assert {e.who for e in done} == {*CAST}, "everybody came to do something"
    assert not [e for e in events if e.outcome == "refused"]

    asides = [Path(e.said) for e in done if e.who == "restores"]
    restored = [path.with_name(f"{e.name}.bak") for e in done if e.who == "restores"]
    states = [acts_in(store) for store in (*asides, path)]
    check_epochs([acts_in(copy) for copy in restored], states)
    check_acts([e for e in events if e.who == "writes"], states)
    for e in done:
        if e.who == "backups":
            check_copy(path.with_name(f"{e.name}.bak"), states)
        elif e.who == "exports":
            check_export(path.with_name(f"{e.name}.json"), states)
    for store in (*asides, path):
        check_shared(store)
    assert {e.said for e in done if e.who in {"exports", "examines"}} == {"0"}
    assert examine(path, busy_ms=BUSY_MS) == []
