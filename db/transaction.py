"""The inside of one transaction: rows, then statements, then the folds they change."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert
from sqlmodel import Session

from db import tally
from db.bulk import CHUNK, chunks, indexes_afterwards, is_worth_it
from db.errors import NotFoundError, RefusedError
from db.models import (
    ActRow,
    FacilityRow,
    MilestoneRow,
    SourceRow,
    StatementIn,
    UpdateRow,
)
from db.reader import Reader
from db.record import replace
from db.records import (
    Act,
    ActKind,
    Kind,
    Milestone,
    NewFacility,
    NewMilestone,
    Receipt,
    Source,
    Statement,
    Update,
)
from db.refold import refold
from db.rows import from_micros, micros, milestone_values, to_json
from db.sense import check_sense, check_when
from db.slugs import check_slug, path_of
from db.text import clean
from db.values import check_day
from db.watch import Stage, counted

__all__ = ["Transaction"]

_MAX_AUTHOR = 100
_ABSENT = milestone_values(None)


class Transaction:
    """What can be written on one open session; nothing here commits."""

    def __init__(self, session: Session) -> None:
        """Write on `session`, whose transaction has begun."""
        self._session = session
        raw = session.connection().connection.driver_connection
        assert raw is not None  # noqa: S101 - an open session has a connection
        self.reader = Reader(raw)
        self._raw: sqlite3.Connection = raw
        self._facilities: dict[str, int] = {}
        self._milestones: dict[tuple[str, str], int] = {}
        self._sources: dict[Source, int] = {}

    # -- rows ------------------------------------------------------------------------------------

    def make_facilities(self, facilities: Iterable[NewFacility]) -> None:
        """Make those that are not there yet."""
        for chunk in chunks(facilities):
            missing = {}
            for new in chunk:
                check_slug(new.slug)
                if self._facility_id(new.slug) is None:
                    missing[new.slug] = new.type
            first = self._next(FacilityRow)
            numbers = {slug: first + place for place, slug in enumerate(missing)}
            self._insert(
                FacilityRow,
                [
                    {"id": numbers[slug], "slug": slug, "type": kind.value}
                    for slug, kind in missing.items()
                ],
            )
            self._facilities |= numbers

    def make_milestones(self, milestones: Iterable[NewMilestone]) -> None:
        """Make those that are not there yet; a known one keeps its kind."""
        for chunk in chunks(milestones):
            missing: dict[tuple[str, str], Kind] = {}
            for new in chunk:
                check_slug(new.slug)
                path = new.facility, new.slug
                known = missing.get(path) or self._kind_of(*path)
                if known is None:
                    missing[path] = new.kind
                elif known is not new.kind:
                    raise _other_kind("/".join(path), known)
            first = self._next(MilestoneRow)
            rows = [
                {
                    "id": first + place,
                    "facility_id": self._need_facility(facility),
                    "slug": slug,
                    "path": path_of(facility, slug),
                    "kind": kind.value,
                    **_ABSENT,
                }
                for place, ((facility, slug), kind) in enumerate(missing.items())
            ]
            self._insert(MilestoneRow, rows)
            self._milestones |= {path: row["id"] for path, row in zip(missing, rows, strict=True)}

    def _kind_of(self, facility: str, slug: str) -> Kind | None:
        row = self._raw.execute(
            "SELECT kind FROM milestone WHERE path = ?", (path_of(facility, slug),)
        ).fetchone()
        return None if row is None else Kind(row[0])

    def _insert(self, model: type, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._session.execute(insert(_table(model)), rows)

    def _facility_id(self, slug: str) -> int | None:
        if slug not in self._facilities:
            row = self._raw.execute("SELECT id FROM facility WHERE slug = ?", (slug,)).fetchone()
            if row is None:
                return None
            self._facilities[slug] = row[0]
        return self._facilities[slug]

    def _need_facility(self, slug: str) -> int:
        number = self._facility_id(slug)
        if number is None:
            raise NotFoundError(
                f"there is no facility “{slug}”: tracker list shows them",
                code="no-facility",
                name=slug,
            )
        return number

    def _need_milestone(self, facility: str, slug: str) -> int:
        key = (facility, slug)
        if key not in self._milestones:
            row = self._raw.execute(
                "SELECT id FROM milestone WHERE path = ?", (path_of(facility, slug),)
            ).fetchone()
            if row is None:
                raise NotFoundError(
                    f"{facility} has no milestone “{slug}”: tracker show {facility} lists them, "
                    "tracker add milestone makes one",
                    code="no-milestone",
                    facility=facility,
                    milestone=slug,
                )
            self._milestones[key] = row[0]
        return self._milestones[key]

    def _source_id(self, source: Source | None) -> int | None:
        if source is None:
            return None
        if source not in self._sources:
            columns = ("publisher", "title", "published", "basis", "url", "key")
            values = {c: _cleaned(getattr(source, c)) for c in columns}
            if values["published"] is not None:
                check_day(values["published"])
            where = " AND ".join(f"{c} IS :{c}" for c in columns)
            row = self._raw.execute(
                f"SELECT id FROM source WHERE {where}",
                values,
            ).fetchone()
            if row is None:
                row = (self._next(SourceRow),)
                self._session.execute(insert(_table(SourceRow)), [values | {"id": row[0]}])
            self._sources[source] = row[0]
        return self._sources[source]

    def _next(self, model: type) -> int:
        name = _table(model).name
        row = self._raw.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {name}")
        return int(row.fetchone()[0])

    def refold_everything(self) -> None:
        """Fold every facility that ever was, and count anew."""
        slugs = [slug for (slug,) in self._raw.execute("SELECT slug FROM facility ORDER BY id")]
        refold(self._raw, slugs, anew=True)
        tally.recount(self._raw)

    # -- statements ------------------------------------------------------------------------------

    def check(self, statement: Statement, today: date, *, of_person: bool) -> None:
        """Refuse what no store should hold; kinds and lengths are checked when it is written."""
        if statement.reported_on > today:
            raise RefusedError(
                f"reported on {statement.reported_on}, which is after today, {today}",
                code="reported-in-future",
                day=statement.reported_on.isoformat(),
                today=today.isoformat(),
            )
        if of_person:
            check_when(statement)
            check_sense(statement, self.reader.milestones_of(statement.facility))

    def act(
        self, kind: ActKind, statements: Sequence[Statement], by: str | None, now: datetime
    ) -> Receipt:
        """Write an act with its statements, and the folds of all that they concern."""
        moment = max(micros(now), self._last_instant() + 1)
        act = Act(self._next(ActRow), kind, from_micros(moment), _cleaned(by, _MAX_AUTHOR))
        self._insert(ActRow, [_act_row(act)])
        first = self._next(UpdateRow)
        rows = [
            self._update_row(statement) | {"id": first + seq, "act_id": act.id, "seq": seq}
            for seq, statement in enumerate(counted(statements, len(statements), Stage.WRITE))
        ]
        for row in rows:
            row["recorded_at"] = moment
        self._session.execute(insert(_table(UpdateRow)), rows)
        touched = list(dict.fromkeys(s.facility for s in statements))
        tally.add(self._raw, {("update", "", ""): len(rows)})
        refold(self._raw, touched)
        updates = tuple(self.reader.updates_of_act(act.id))
        return Receipt(act, updates, self._milestones_of(updates))

    def restore(self, acts: Collection[tuple[Act, list[Update]]]) -> int:
        """Write acts with their own instants; numbers are kept where they are free."""
        known = {
            tuple(row): number
            for *row, number in self._raw.execute("SELECT recorded_at, author, kind, id FROM act")
        }
        fresh = [(act, said) for act, said in acts if _key(act) not in known]
        new = sum(len(said) for _, said in fresh)
        numbers: dict[int, int] = {}
        for act, said in acts:
            if (here := known.get(_key(act))) is not None:
                numbers |= self._numbers_here(here, said)
        saving = indexes_afterwards(self._raw) if is_worth_it(self._raw, new) else nullcontext()
        with saving:
            told = iter(counted((u for _, said in fresh for u in said), new, Stage.WRITE))
            for chunk in _chunks_of_acts(fresh):
                self._restore(chunk, numbers, told)
            tally.add(self._raw, {("update", "", ""): new})
            refold(self._raw, dict.fromkeys(u.facility for _, said in fresh for u in said))
        return new

    def _restore(
        self,
        acts: Sequence[tuple[Act, list[Update]]],
        numbers: dict[int, int],
        told: Iterator[Update],
    ) -> None:
        """Write some acts, whose updates come from `told` too, one after the other.

        `numbers` learns what their updates are numbered here.
        """
        act_rows, rows = [], []
        number, update = self._next(ActRow) - 1, self._next(UpdateRow) - 1
        for act, said in acts:
            number = max(act.id, number + 1)
            act_rows.append(_act_row(replace(act, id=number)))
            for u in islice(told, len(said)):
                update = numbers[u.id] = max(u.id, update + 1)
                target = None if u.retracts is None else numbers.get(u.retracts, u.retracts)
                rows.append(
                    self._update_row(u)
                    | {
                        "id": update,
                        "act_id": number,
                        "seq": u.seq,
                        "recorded_at": micros(u.recorded_at),
                        "retracts": target,
                    }
                )
        self._insert(ActRow, act_rows)
        self._insert(UpdateRow, rows)

    def _numbers_here(self, act: int, updates: Iterable[Update]) -> dict[int, int]:
        """What the updates of an act that is here already are numbered in this store."""
        rows = self._raw.execute("SELECT seq, id FROM status_update WHERE act_id = ?", (act,))
        by_seq = dict(rows.fetchall())
        return {u.id: by_seq[u.seq] for u in updates if u.seq in by_seq}

    def _last_instant(self) -> int:
        row = self._raw.execute("SELECT coalesce(max(recorded_at), 0) FROM act").fetchone()
        return int(row[0])

    def _update_row(self, statement: Statement) -> dict[str, Any]:
        checked = StatementIn(
            kind=statement.kind,
            reported_on=statement.reported_on,
            reported_basis=statement.reported_basis,
            about_milestone=statement.milestone is not None,
            period=statement.period,
            value=statement.value,
            phrase=statement.phrase,
            reason=statement.reason,
            action=statement.action,
            evidence=statement.evidence,
        )
        period = checked.period
        return {
            "facility_id": self._need_facility(statement.facility),
            "milestone_id": (
                None
                if statement.milestone is None
                else self._need_milestone(statement.facility, statement.milestone)
            ),
            "kind": checked.kind.value,
            "period": str(period) if period else None,
            "earliest": str(period.earliest) if period and period.earliest else None,
            "latest": str(period.latest) if period and period.latest else None,
            "value": to_json(checked.value),
            "phrase": checked.phrase,
            "reported_on": checked.reported_on.isoformat(),
            "reported_basis": checked.reported_basis.value,
            "reason": checked.reason,
            "action": checked.action,
            "evidence": to_json(checked.evidence),
            "source_id": self._source_id(statement.source),
            "retracts": statement.retracts,
        }

    def _milestones_of(self, updates: Iterable[Update]) -> tuple[Milestone, ...]:
        wanted = dict.fromkeys((u.facility, u.milestone) for u in updates if u.milestone)
        found = {
            (m.facility, m.slug): m
            for facility in dict.fromkeys(f for f, _ in wanted)
            for m in self.reader.milestones_of(facility)
        }
        return tuple(found[key] for key in wanted if key in found)


def _act_row(act: Act) -> dict[str, Any]:
    return {
        "id": act.id,
        "kind": act.kind.value,
        "recorded_at": micros(act.recorded_at),
        "author": act.by,
    }


def _key(act: Act) -> tuple[int, str | None, str]:
    """What tells an act apart in any store."""
    return micros(act.recorded_at), act.by, act.kind.value


def _chunks_of_acts(
    acts: Iterable[tuple[Act, list[Update]]],
) -> Iterator[list[tuple[Act, list[Update]]]]:
    """Acts with at least `CHUNK` updates together."""
    chunk: list[tuple[Act, list[Update]]] = []
    held = 0
    for pair in acts:
        chunk.append(pair)
        held += len(pair[1])
        if held >= CHUNK:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def _other_kind(path: str, kind: Kind) -> RefusedError:
    return RefusedError(
        f"{path} is already a milestone of kind “{kind}”",
        code="other-kind",
        path=path,
        kind=kind.value,
    )


def _cleaned(value: str | None, limit: int = 2000) -> str | None:
    return (clean(value)[:limit] or None) if value else None


def _table(model: type) -> Table:
    table = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table)  # noqa: S101 - every table model has one
    return table
