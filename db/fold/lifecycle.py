"""How the milestones of a facility stand beside each other: passed steps, and order breaches."""

from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate

from db.fold.state import MilestoneFold
from db.model.period import Period
from db.model.records import LIFECYCLE, Kind
from db.model.states import AHEAD, Standing

__all__ = ["StepOrder", "mark_breaches"]

_PLACES = {kind: place for place, kind in enumerate(LIFECYCLE)}
_MOVABLE = (*AHEAD, Standing.PASSED)
_BUILT_IN_ORDER = (Kind.GROUNDBREAKING, Kind.COMPLETION, Kind.OPENING)
_NEVER = 0  # the ordinal of no day


class StepOrder:
    """The standings of a facility's milestones, updated from one day to the next.

    A milestone is passed while a later step of the lifecycle is done that was reported done on
    the day of its own last update or after it. For each place of the lifecycle this keeps the
    days on which steps were reported done, the newest of them, and what still waits.
    """

    def __init__(self, milestones: Mapping[str, MilestoneFold]) -> None:
        """Judge `milestones`, which the caller goes on folding into."""
        self._milestones = milestones
        self._done: list[dict[str, int]] = [{} for _ in LIFECYCLE]
        self._newest = [_NEVER] * len(LIFECYCLE)
        self._waiting: list[dict[str, None]] = [{} for _ in LIFECYCLE]
        self._done_after = [_NEVER] * len(LIFECYCLE)

    def judge(self, touched: Iterable[str]) -> Collection[MilestoneFold]:
        """Judge the milestones that were spoken of, and those that this moves.

        Returns:
            All whose standing may have changed.
        """
        concerned = {slug: self._milestones[slug] for slug in touched}
        for m in concerned.values():
            if m.kind in _PLACES:
                self._note_done(m, _PLACES[m.kind])
        before = self._done_after
        later = accumulate(reversed(self._newest[1:]), max, initial=_NEVER)
        self._done_after = [*later][::-1]
        for place, waiting in enumerate(self._waiting):
            if self._done_after[place] != before[place]:
                concerned.update((slug, self._milestones[slug]) for slug in waiting)
        for m in concerned.values():
            m.standing = _standing(m, self._done_after)
            if m.kind in _PLACES:
                waiting = self._waiting[_PLACES[m.kind]]
                if m.standing in _MOVABLE:
                    waiting[m.slug] = None
                else:
                    waiting.pop(m.slug, None)
        return concerned.values()

    def _note_done(self, m: MilestoneFold, place: int) -> None:
        """Keep the day on which a step was reported done; forget it where it no longer is."""
        done, was = self._done[place], self._done[place].pop(m.slug, _NEVER)
        if m.actual is not None and m.actual_on is not None and m.cancelled_on is None:
            done[m.slug] = m.actual_on.toordinal()
            self._newest[place] = max(self._newest[place], done[m.slug])
        if was == self._newest[place] and done.get(m.slug) != was:
            self._newest[place] = max(done.values(), default=_NEVER)


def _standing(m: MilestoneFold, done_after: list[int]) -> Standing:
    if m.cancelled_on is not None:
        return Standing.CANCELLED
    if m.actual is not None:
        return Standing.COMPLETED
    if m.on_hold_since is not None:
        return Standing.ON_HOLD
    place = _PLACES.get(m.kind)
    if place is not None and done_after[place] >= m.updated_on.toordinal():
        return Standing.PASSED
    if m.forecast is None or m.forecast.latest is None:
        return Standing.UNDATED
    return Standing.OPEN


def mark_breaches(milestones: Iterable[MilestoneFold]) -> None:
    """Mark the steps whose windows cannot be in the order 착공 ≤ 준공 ≤ 개소."""
    steps: dict[Kind, list[tuple[MilestoneFold, Period]]] = {kind: [] for kind in _BUILT_IN_ORDER}
    for m in milestones:
        if m.kind in steps and m.cancelled_on is None and m.window is not None:
            steps[m.kind].append((m, m.window))
    begun = None  # the last beginning of all earlier kinds
    for kind in _BUILT_IN_ORDER:
        for m, window in steps[kind]:
            m.breach |= bool(begun and window.latest and begun > window.latest)
        own = [window.earliest for _, window in steps[kind] if window.earliest]
        begun = max([*own, begun] if begun else own, default=None)
    over = None  # the first end of all later kinds
    for kind in reversed(_BUILT_IN_ORDER):
        for m, window in steps[kind]:
            m.breach |= bool(over and window.earliest and window.earliest > over)
        ends = [window.latest for _, window in steps[kind] if window.latest]
        over = min([*ends, over] if over else ends, default=None)
