"""After any acts of two people and imports, an undo leaves what was said by everybody else.

The reference is a new store in which only what should be in force is said, in the same order.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from effort import either
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import NOW, TODAY, batch, new_store, said, statements
from test_store import LIMITS, SHAPES, Reading

from db.model.errors import RefusedError
from db.model.records import ActKind, Statement, UpdateKind
from db.upkeep.doctor import examine
from tracker.domain.alerts import read_alerts
from tracker.domain.board import read_board, read_facility, read_status

KIM, LEE = "김주무관", "Lee"
FACILITIES = ("hall", "annex", "library")


def reads(path):
    """What list, status, alerts and show answer, but for the log and the numbers of updates."""
    with Reading(path) as reader:
        status = SHAPES.status(read_status(reader, TODAY, LIMITS))
        for update in status["changed"]:
            for name in ("id", "act", "seq", "recorded_at", "retracted_by"):
                del update[name]
        pages = [read_facility(reader, f.slug, TODAY, LIMITS) for f in reader.facilities()]
        told = [
            SHAPES.board(read_board(reader, TODAY, LIMITS)),
            status,
            [SHAPES.page(p) | {"updates": None} for p in pages],
            SHAPES.alerts(TODAY, *read_alerts(reader, TODAY, LIMITS)),
        ]
    return json.dumps(told, ensure_ascii=False, default=str)


@dataclass
class Told:
    """An act as the reference knows it: what it said, and which of that is in force."""

    by: str | None
    kind: ActKind
    said: list[Statement]
    in_force: list[bool] = field(init=False)

    def __post_init__(self):
        self.in_force = [True] * len(self.said)

    def living(self):
        return [s for s, there in zip(self.said, self.in_force, strict=True) if there]


class Reference:
    """Which statements should be in force after acts, undos and redos."""

    def __init__(self):
        self.acts: list[Told] = []
        self.undos: list[tuple[str | None, Told, list[int]]] = []

    def undo(self, by):
        """Take the newest act of a person back; None where there is none, or all of it stays."""
        undone = {id(act) for _, act, _ in self.undos}
        mine = [a for a in self.acts if a.by == by and any(a.in_force) and id(a) not in undone]
        if not mine:
            return None
        act = mine[-1]
        stays = self._stays(act)
        taken = [n for n, s in enumerate(act.said) if act.in_force[n] and not stays(s)]
        if not taken:
            return None
        for n in taken:
            act.in_force[n] = False
        self.undos.append((by, act, taken))
        return act

    def _stays(self, act):
        place = self.acts.index(act)
        before = [s for a in self.acts[:place] for s in a.living()]
        after = [s for a in self.acts[place + 1 :] for s in a.living()]

        def stays(s):
            step, whole = s.milestone, s.milestone is None
            made = not any(
                b.facility == s.facility and (whole or b.milestone == step) for b in before
            )
            again = any(a.facility == s.facility and (whole or a.milestone == step) for a in after)
            return made and again and (act.kind is ActKind.IMPORT or s.kind is UpdateKind.SET)

        return stays

    def redo(self, by):
        """Bring the newest undo of a person back; None where there is none."""
        mine = [undo for undo in self.undos if undo[0] == by]
        if not mine:
            return None
        _, act, taken = mine[-1]
        self.undos.remove(mine[-1])
        for n in taken:
            act.in_force[n] = True
        return act

    def write(self, path):
        """A new store that was told nothing but what is in force."""
        with new_store(path) as store:
            for number, act in enumerate(self.acts):
                living = act.living()
                if living:
                    how = {"by": act.by, "now": NOW + timedelta(seconds=number), "today": TODAY}
                    store.record(batch(*living), **how, as_reported=True)


_said = st.one_of(*(statements(facility) for facility in FACILITIES))
_acts = st.tuples(
    st.sampled_from(["act", "act", "import"]),
    st.sampled_from([KIM, LEE, None]),
    st.lists(_said, min_size=1, max_size=4),
)
_back = st.tuples(st.sampled_from(["undo", "undo", "redo"]), st.sampled_from([KIM, LEE, None]))


@settings(
    max_examples=either(40, 400),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(_acts | _back, min_size=2, max_size=9))
def test_undo_leaves_what_everybody_else_said(steps):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        reference = Reference()
        with new_store(path) as store:
            for number, (what, by, *told) in enumerate(steps):
                how = {"by": by, "now": NOW + timedelta(seconds=number), "today": TODAY}
                if what in {"undo", "redo"}:
                    _take_back(store, what, reference, how)
                    beside = Path(folder) / f"reference-{number}.db"
                    reference.write(beside)
                    assert reads(path) == reads(beside)
                else:
                    _tell(store, what, told[0], reference, how)
        assert examine(path, busy_ms=1000) == []


def _tell(store, what, told, reference, how):
    try:
        if what == "import":
            store.record_import(batch(*told), **how)
        else:
            store.record(batch(*told), **how)
    except RefusedError:  # such as a plan of what is done
        return
    kind = ActKind.IMPORT if what == "import" else ActKind.ACT
    reference.acts.append(Told(how["by"], kind, list(told)))


def _take_back(store, what, reference, how):
    expected = getattr(reference, what)(how["by"])
    try:
        receipt = getattr(store, what)(**how)
    except RefusedError:
        assert expected is None
    else:
        assert expected is not None
        assert (receipt.of.by, receipt.of.kind) == (expected.by, expected.kind)


def test_a_name_that_was_given_before_comes_back(tmp_path):
    """Undo goes by what is left in force, whatever else was said of the facility meanwhile."""
    path = tmp_path / "store.db"
    how = {"now": NOW, "today": TODAY}
    with new_store(path) as store:
        first = said("set", "2025-01-01", None, value={"name": "가람도서관"})
        store.record_import(batch(first), by=KIM, **how)
        before = reads(path)
        second = said("set", "2025-02-01", None, value={"name": "나래도서관", "city": "김해시"})
        store.record_import(batch(second), by=LEE, **how)
        store.undo(by=LEE, **how)
    assert reads(path) == before
