"""What tests make: periods, updates and stores, by hand and by Hypothesis."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from db.model.errors import BadPeriodError
from db.model.period import Period
from db.model.records import (
    Batch,
    Kind,
    NewFacility,
    NewMilestone,
    Source,
    Statement,
    Update,
    UpdateKind,
)
from db.upkeep import migrate
from db.write.store import Store
from tracker.domain.alerts import AlertType, alert_of

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BUSY_MS = 2000

_RUN_REVISIONS = migrate.run_revisions  # as it is, though a test may replace it

_CODES = [f"{m:02d}" for m in (*range(1, 13), *range(21, 25), *range(33, 37), 40, 41)]


def days(first: int = 2015, last: int = 2030) -> st.SearchStrategy[date]:
    return st.dates(date(first, 1, 1), date(last, 12, 31))


_MARKS = {UpdateKind.ORIGINAL: {"listed": True}, UpdateKind.ACTUAL: {"as_planned": True}}


@st.composite
def atoms(draw: st.DrawFn, first: int = 1000, last: int = 9998) -> str:
    year = draw(st.integers(first, last))
    soft = draw(st.sampled_from(["", "", "~"]))
    shape = draw(st.sampled_from(["year", "part", "day"]))
    if shape == "year":
        return f"{year:04d}{soft}"
    if shape == "part":
        return f"{year:04d}-{draw(st.sampled_from(_CODES))}{soft}"
    return draw(st.dates(date(year, 1, 1), date(year, 12, 31))).isoformat() + soft


@st.composite
def periods(draw: st.DrawFn, first: int = 1000, last: int = 9998) -> Period:
    atom = atoms(first, last)
    texts = st.one_of(
        atom,
        atom.map(lambda a: f"[..{a}]"),
        atom.map(lambda a: f"[{a}..]"),
        st.tuples(atom, atom).map(lambda ab: f"[{ab[0]}..{ab[1]}]"),
    )

    def parsed(text: str) -> Period | None:
        try:
            return Period.parse(text)
        except BadPeriodError:
            return None

    return draw(texts.map(parsed).filter(lambda p: p is not None))  # type: ignore[return-value]


SOURCES = [None, Source(publisher="가신문", key="a"), Source(publisher="나일보", key="b")]
STEPS = {
    "selection": Kind.SELECTION,
    "groundbreaking": Kind.GROUNDBREAKING,
    "completion": Kind.COMPLETION,
    "opening": Kind.OPENING,
    "phase-2": Kind.OTHER,
}


@st.composite
def statements(draw: st.DrawFn, facility: str = "hall", last: date = TODAY) -> Statement:
    kind = draw(st.sampled_from([k for k in UpdateKind if k is not UpdateKind.RETRACT]))
    about_facility = {
        UpdateKind.SET,
        UpdateKind.PROGRESS,
        UpdateKind.NOTE,
        UpdateKind.HOLD,
        UpdateKind.RESUME,
        UpdateKind.CANCEL,
        UpdateKind.REOPEN,
    }
    milestone = draw(st.sampled_from(list(STEPS)))
    if kind in about_facility and draw(st.booleans()):
        milestone = None
    period, value = None, None
    if kind in {UpdateKind.ORIGINAL, UpdateKind.BASELINE, UpdateKind.ACTUAL}:
        period = draw(periods(2015, 2030))
        if draw(st.booleans()):
            value = _MARKS.get(kind)
    elif kind is UpdateKind.PLAN:
        period = draw(st.none() | periods(2015, 2030))
        if draw(st.booleans()):
            value = {"undated": True} if period is None else {"listed": True}
    elif kind is UpdateKind.NOTE:
        value = draw(st.sampled_from(["공사 중", "note"]))
    elif kind is UpdateKind.PROGRESS:
        value = {"planned": draw(st.integers(0, 100)), "actual": draw(st.integers(0, 100))}
    elif kind is UpdateKind.SET and milestone:
        value = {"title": draw(st.sampled_from(["1단계", "2단계"]))}
    elif kind is UpdateKind.SET:
        value = draw(
            st.sampled_from(
                [
                    {"name": "가람도서관"},
                    {"name": "나래센터", "city": "김해시"},
                    {"cost_krw": 100},
                    {"aliases": ["다온관"]},
                    {"confidence": "red"},
                ]
            )
        )
    return Statement(
        facility,
        milestone,
        kind,
        draw(st.dates(date(2018, 1, 1), last)),
        period,
        value,
        reason="까닭",
        source=draw(st.sampled_from(SOURCES)),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Update]:
    """Updates of one facility as a store would hold them, some taken back, some that back."""
    said = draw(st.lists(statements(), min_size=1, max_size=25))
    updates = [as_update(s, n) for n, s in enumerate(said, 1)]
    for _ in range(draw(st.integers(0, 4))):
        target = draw(st.sampled_from(updates))
        number = len(updates) + 1
        retraction = Statement(
            target.facility, target.milestone, UpdateKind.RETRACT, TODAY, retracts=target.id
        )
        updates.append(as_update(retraction, number))
    return updates


def as_update(s: Statement, number: int) -> Update:
    return Update(
        s.facility,
        s.milestone,
        s.kind,
        s.reported_on,
        s.period,
        s.value,
        s.phrase,
        s.reported_basis,
        s.reason,
        s.action,
        s.evidence,
        s.source,
        s.retracts,
        id=number,
        act=number,
        seq=0,
        recorded_at=NOW + timedelta(seconds=number),
    )


@cache
def _empty() -> bytes:
    """A store without anything; making one takes longer than filling it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        path.touch()
        _RUN_REVISIONS(path, busy_ms=BUSY_MS)
        Store.open(path, busy_ms=BUSY_MS).close()
        return path.read_bytes()


def copied_store(path: Path, **_: object) -> None:
    """A store without anything, in place of what `db.upkeep.migrate` would make."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_empty())


def new_store(path: Path, *, copied: bool = True) -> Store:
    """An open store without anything: a copy of one that was made, or made here and now."""
    if copied:
        copied_store(path)
    else:
        migrate.create(path, busy_ms=BUSY_MS)
    return Store.open(path, busy_ms=BUSY_MS)


def plan(
    period: str,
    on: str,
    milestone: str = "opening",
    facility: str = "hall",
    source: Source | None = None,
) -> Statement:
    return Statement(
        facility,
        milestone,
        UpdateKind.PLAN,
        date.fromisoformat(on),
        Period.parse(period),
        source=source,
    )


def actual(period: str, on: str, milestone: str = "opening", facility: str = "hall") -> Statement:
    return Statement(
        facility, milestone, UpdateKind.ACTUAL, date.fromisoformat(on), Period.parse(period)
    )


def said(
    kind: str, on: str, milestone: str | None = "opening", facility: str = "hall", **more: object
) -> Statement:
    return Statement(facility, milestone, UpdateKind(kind), date.fromisoformat(on), **more)  # type: ignore[arg-type]


def batch(*said_: Statement) -> Batch:
    """Statements with everything that they need to exist."""
    facilities = dict.fromkeys(s.facility for s in said_)
    steps = dict.fromkeys((s.facility, s.milestone) for s in said_ if s.milestone)
    return Batch(
        said_,
        tuple(NewFacility(f) for f in facilities),
        tuple(NewMilestone(f, m, STEPS.get(m) or Kind(m)) for f, m in steps if m),
    )


def as_statement(s: Statement, facility: str) -> Statement:
    """The same, said of another facility."""
    return replace(s, facility=facility)


def alerts_of(rows, day, limits):
    """The alerts of `day`: by type, the longest overdue first, then by slug."""

    def weight(alert):
        m, first = alert.row.milestone, alert.type is AlertType.OVERDUE
        overdue = -(alert.row.judged.days_overdue or 0) if first else 0
        return (list(AlertType).index(alert.type), overdue, m.facility, m.slug)

    return sorted(filter(None, (alert_of(row, day, limits) for row in rows)), key=weight)
