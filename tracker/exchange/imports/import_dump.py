"""DumpImport the document of another store over: what of it is new here, told as it passes by."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from db.model.import_index import ImportIndex
from db.model.progress import Stage, counted
from db.model.records import (
    Act,
    ActKind,
    Milestone,
    NewFacility,
    NewMilestone,
    Type,
    Update,
)
from db.read.imports import Run
from tracker.app.workspace import Workspace
from tracker.exchange.diff.storable import check_statement
from tracker.exchange.dump.parse import Dump
from tracker.exchange.dump.weekly_checks import RecordedReview
from tracker.exchange.imports.outcome import Outcome, findings_of
from tracker.exchange.tables.claims import Finding
from tracker.words import Words

__all__ = ["DumpImport", "StoreContents", "store_contents"]


_Everything = tuple[
    Iterator[tuple[Act, list[Update]]], ImportIndex, Iterator[RecordedReview], Iterator[Run]
]


@dataclass(frozen=True, slots=True)
class StoreContents:
    """What a store holds of what a document may bring."""

    acts: frozenset[tuple[datetime, str | None, ActKind]] = frozenset()
    facilities: frozenset[NewFacility] = frozenset()
    milestones: frozenset[NewMilestone] = frozenset()
    standing: dict[tuple[str, str], Milestone] = field(default_factory=dict)
    runs: frozenset[datetime | None] = frozenset()


def store_contents(office: Workspace) -> StoreContents:
    """What the store holds; nothing where there is none."""
    if not office.exists:
        return StoreContents()
    with office.reading() as reader:
        rows = reader.identities()
        return StoreContents(
            frozenset((a.recorded_at, a.by, a.kind) for a in reader.acts()),
            frozenset(rows.facilities),
            frozenset(rows.milestones),
            {
                (m.facility, m.slug): m
                for f in counted(rows.facilities, len(rows.facilities), Stage.COMPARE)
                for m in reader.milestones_of(f.slug)
            },
            frozenset(run.recorded_at for run in reader.runs()),
        )


@dataclass(slots=True)
class DumpImport:
    """One pass through a document.

    Attributes:
        new: How many updates passed by that are not here, so far.
        same: How many that are.
        findings: What of the new ones changes something here, or conflicts with it.
        checking: Whether to ask of the new ones what the store asks, as nothing is written.
    """

    dump: Dump
    here: StoreContents
    words: Words
    new: int = 0
    same: int = 0
    findings: list[Finding] = field(default_factory=list)
    checking: bool = False

    def acts(self) -> Iterator[tuple[Act, list[Update]]]:
        """Every act of the document with its updates."""
        for act, updates in self.dump.acts():
            if (act.recorded_at, act.by, act.kind) in self.here.acts:
                self.same += len(updates)
            else:
                self.new += len(updates)
                for update in updates if self.checking else ():
                    check_statement(update)
                self.findings += findings_of(updates, self.here.standing, self.words)
            yield act, updates

    def everything(self) -> _Everything:
        """What `Store.restore_acts` takes, to be read in this order."""
        return self.acts(), self.dump.rows, self.dump.reviews(), self.dump.runs()

    def brings_anything(self) -> bool:
        """Read it all; tell whether it holds what is not here, or weekly checks."""
        for _ in self.acts():
            pass
        more = sum(1 for _ in self.dump.reviews())
        more += sum(run.recorded_at not in self.here.runs for run in self.dump.runs())
        return bool(self.new or self._facilities().total() or self._milestones() or more)

    def outcome(self) -> Outcome:
        """What it did, when all has passed by."""
        made = self._facilities()
        return Outcome(
            facilities=made[Type.FACILITY],
            programmes=made[Type.PROGRAMME],
            milestones=self._milestones(),
            new=self.new,
            same=self.same,
        ).judged(tuple(self.findings))

    def _facilities(self) -> Counter[Type]:
        known, rows = self.here.facilities, self.dump.rows
        return (
            Counter(f.type for f in rows.facilities() if f not in known) if known else rows.types()
        )

    def _milestones(self) -> int:
        known, rows = self.here.milestones, self.dump.rows
        return (
            sum(m not in known for m in rows.milestones()) if known else rows.number_of_milestones
        )
