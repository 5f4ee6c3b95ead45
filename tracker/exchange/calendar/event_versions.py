"""How often, and when last, what a calendar shows of a step has changed; from its log alone.

A calendar that was exported after any act may have been taken in elsewhere. So the acts are
replayed in the order of recording, and after each of them what would have been shown is
compared with what was shown before: another day, another name, another state is a change, a
note is none. A step that was shown once and is no longer has to be cancelled there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from db.fold.folding import FacilityFold, folding, order
from db.fold.lifecycle import StepOrder
from db.fold.state import MilestoneFold
from db.model.period import Period
from db.model.records import Kind, Standing, Update, UpdateKind

__all__ = ["Shown", "Version", "shown_day", "versions_of"]

"""Said of a facility, it applies to its steps."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an event shows of a step."""

    facility_name: str
    title: str | None
    kind: Kind
    window: Period
    day: date
    standing: Standing


@dataclass(frozen=True, slots=True)
class Version:
    """The state of an event.

    Attributes:
        number: How often what it shows has changed; 0 as it was first shown.
        changed: When that was last, an instant in UTC.
        last: What it shows, or showed last.
        gone: It is shown no longer.
    """

    number: int
    changed: datetime
    last: Shown
    gone: bool = False


def shown_day(window: Period | None) -> date | None:
    """The last day of a window, on which its event is; None where there is no such day."""
    latest = None if window is None else window.latest
    return None if latest == date.max else latest


def versions_of(
    slug: str, updates: Iterable[Update], kinds: Mapping[str, Kind]
) -> dict[str, Version]:
    """The versions of the events of one facility, by milestone; of those that ever were any.

    Args:
        slug: Of the facility.
        updates: All that was ever said of it, retracted or not.
        kinds: The kind of each of its milestones, by slug.
    """
    replay = _Replay(slug, kinds)
    recorded = sorted(updates, key=lambda u: (u.recorded_at, u.act, u.seq, u.id))
    for _, act in groupby(recorded, key=lambda u: (u.recorded_at, u.act)):
        replay.record(list(act))
    return replay.versions


class _Step:
    """The statements in force that one milestone is folded from, and their fold so far."""

    def __init__(self, slug: str, kinds: Mapping[str, Kind]) -> None:
        self._slug, self._kinds = slug, kinds
        self._fold = FacilityFold()
        self._newest: tuple[Any, ...] | None = None

    def add(self, update: Update) -> bool:
        """Fold one more, if it comes after all the others."""
        if self._newest is not None and order(update) < self._newest:
            return False
        for _ in folding((update,), self._kinds, self._fold):
            self._newest = order(update)
        return True

    def again(self, updates: Iterable[Update]) -> None:
        """Fold these, and no others."""
        self._fold, self._newest = FacilityFold(), None
        for update in sorted(updates, key=order):
            self.add(update)

    @property
    def fold(self) -> MilestoneFold | None:
        """What they amount to; None where nothing is said of it."""
        return self._fold.milestones.get(self._slug)


class _Replay:
    """What was known of a facility from act to act."""

    def __init__(self, slug: str, kinds: Mapping[str, Kind]) -> None:
        self.versions: dict[str, Version] = {}
        self._slug, self._kinds = slug, kinds
        self._name = slug
        self._all: dict[int, Update] = {}
        self._holding: Counter[int] = Counter()  # how many retractions in force hold it back
        self._own: dict[str | None, list[Update]] = {None: []}
        self._steps: dict[str, _Step] = {}
        self._folds: dict[str, MilestoneFold] = {}
        self._standings = StepOrder(self._folds)

    def record(self, act: list[Update]) -> None:
        """Take one act in, and compare what is shown with what was."""
        moved: dict[str | None, bool] = {}  # whether it has to be folded again
        for update in act:
            self._all[update.id] = update
            if update.kind is UpdateKind.RETRACT:
                target = self._take_back(update)
                if target is not None:
                    moved[target.milestone] = True
            else:
                self._own.setdefault(update.milestone, []).append(update)
                moved.setdefault(update.milestone, False)
        renamed = None in moved and self._rename()
        touched = self._fold(act, moved)
        concerned = {m.slug for m in self._standings.judge(touched)}
        for step in self._steps if renamed else concerned | touched.keys():
            self._compare(step, act[0].recorded_at)

    def _take_back(self, retraction: Update) -> Update | None:
        """Note that something is taken back; of a chain, that its first is or is not any more.

        Returns:
            The statement that counts otherwise than before; None where none does, since another
            retraction holds.
        """
        update, out = self._all.get(retraction.retracts or 0), True
        while update is not None:
            self._holding[update.id] += 1 if out else -1
            if self._holding[update.id] != int(out):
                return None
            if update.kind is not UpdateKind.RETRACT:
                return update
            update, out = self._all.get(update.retracts or 0), not out
        return None

    def _counts(self, update: Update) -> bool:
        return not self._holding[update.id]

    def _in_force(self, step: str | None) -> Iterator[Update]:
        return (u for u in self._own.get(step, ()) if self._counts(u))

    def _rename(self) -> bool:
        """Whether the facility is called otherwise now."""
        before, self._name = self._name, self._slug
        named = [u for u in self._in_force(None) if u.kind is UpdateKind.SET]
        for update in sorted(named, key=order):
            self._name = update.value.get("name") or self._name
        return self._name != before

    def _fold(self, act: list[Update], moved: Mapping[str | None, bool]) -> dict[str, None]:
        """Fold what an act says; tell which milestones it may have moved."""
        of_all = [u for u in act if u.milestone is None and u.kind.spec.for_all]
        wanted = {m for m in moved if m is not None}
        if of_all or moved.get(None):
            wanted |= self._steps.keys()
        for slug in sorted(wanted):
            new = slug not in self._steps
            step = self._steps.setdefault(slug, _Step(slug, self._kinds))
            said = [u for u in act if u.milestone == slug or (u.milestone is None and u in of_all)]
            again = new or moved.get(slug) or moved.get(None)
            if again or not self._append(step, said):
                step.again([*self._in_force(slug), *self._said_of_all()])
            fold = step.fold
            self._folds[slug] = fold or MilestoneFold(slug, self._kinds[slug], date.min)
        return dict.fromkeys(sorted(wanted))

    def _append(self, step: _Step, said: Iterable[Update]) -> bool:
        """Fold more statements, if all of them come after those that are folded."""
        in_force = (u for u in said if u.kind is not UpdateKind.RETRACT and self._counts(u))
        return all(step.add(u) for u in sorted(in_force, key=order))

    def _said_of_all(self) -> Iterator[Update]:
        return (u for u in self._in_force(None) if u.kind.spec.for_all)

    def _compare(self, step: str, moment: datetime) -> None:
        shown, before = self._shown(step), self.versions.get(step)
        if before is None:
            if shown is not None:
                self.versions[step] = Version(0, moment, shown)
        elif shown is None:
            if not before.gone:
                self.versions[step] = Version(before.number + 1, moment, before.last, gone=True)
        elif before.gone or before.last != shown:
            self.versions[step] = Version(before.number + 1, moment, shown)

    def _shown(self, step: str) -> Shown | None:
        fold = self._steps[step].fold
        window = fold.window if fold else None
        day = shown_day(window)
        if fold is None or window is None or day is None:
            return None
        return Shown(self._name, fold.title, fold.kind, window, day, fold.standing)
