"""How the milestones of a facility stand beside each other: passed steps, and order breaches.

Everything here takes n log n for n statements and the changes that follow from them: a
facility may have thousands of steps, and thousands of statements about one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import heappop, heappush

from db.fold.state import MilestoneFold
from db.model.period import Period
from db.model.records import LIFECYCLE, Kind
from db.model.states import AHEAD, Standing

__all__ = ["StepOrder", "mark_breaches"]

_PLACES = {kind: place for place, kind in enumerate(LIFECYCLE)}
_BUILT_IN_ORDER = (Kind.GROUNDBREAKING, Kind.COMPLETION, Kind.OPENING)
_Heap = list[tuple[int, str]]
_NEVER = 0  # the ordinal of no day


class StepOrder:
    """The standings of a facility's milestones, kept right from one day to the next.

    For each place of the lifecycle there are three heaps: which steps are done, by the day
    on which that was reported, the newest first; which are ahead, by the day of their last
    update, the oldest first; and which are passed, by the same day, the newest first. An
    entry that no longer holds is dropped when it comes to the top.
    """

    def __init__(self, milestones: Mapping[str, MilestoneFold]) -> None:
        """Judge `milestones`, which the caller goes on folding into."""
        self._milestones = milestones
        self._done: list[_Heap] = [[] for _ in LIFECYCLE]
        self._ahead: list[_Heap] = [[] for _ in LIFECYCLE]
        self._passed: list[_Heap] = [[] for _ in LIFECYCLE]
        self._entered: dict[str, tuple[bool, int]] = {}

    def judge(self, touched: Iterable[str]) -> Collection[MilestoneFold]:
        """Judge the milestones of which something was said, and those that this moves.

        Returns:
            All that may stand otherwise than before.
        """
        concerned = {slug: self._milestones[slug] for slug in touched}
        for m in concerned.values():
            if _is_done(m):
                heappush(self._done[_PLACES[m.kind]], (-_done_on(m), m.slug))
        done_after = self._done_after()
        for place, newest in enumerate(done_after):
            ahead, passed = self._ahead[place], self._passed[place]
            if ahead and ahead[0][0] <= newest:
                concerned.update((m.slug, m) for m in self._overtaken(place, newest))
            if passed and -passed[0][0] > newest:
                concerned.update((m.slug, m) for m in self._released(place, newest))
        for m in concerned.values():
            m.standing = _standing(m, done_after)
            self._enter(m)
        return concerned.values()

    def _done_after(self) -> list[int]:
        """For each place, the newest day on which a step of a later place was reported done."""
        newest, found = _NEVER, [_NEVER] * len(LIFECYCLE)
        for place in reversed(range(len(LIFECYCLE))):
            found[place] = newest
            heap = self._done[place]
            while heap and not self._is_done_on(heap[0][1], -heap[0][0]):
                heappop(heap)
            if heap:
                newest = max(newest, -heap[0][0])
        return found

    def _is_done_on(self, slug: str, day: int) -> bool:
        m = self._milestones[slug]
        return _is_done(m) and _done_on(m) == day

    def _overtaken(self, place: int, newest: int) -> Iterator[MilestoneFold]:
        """Those ahead of which nothing was said after a later step was reported done."""
        heap = self._ahead[place]
        while heap and heap[0][0] <= newest:
            day, slug = heappop(heap)
            yield from self._left(slug, passed=False, day=day)

    def _released(self, place: int, newest: int) -> Iterator[MilestoneFold]:
        """Those passed of which something was said after any later step was reported done."""
        heap = self._passed[place]
        while heap and -heap[0][0] > newest:
            day, slug = heappop(heap)
            yield from self._left(slug, passed=True, day=-day)

    def _left(self, slug: str, *, passed: bool, day: int) -> Iterator[MilestoneFold]:
        """Forget an entry; give its milestone if the entry was its newest."""
        if self._entered.get(slug) == (passed, day):
            del self._entered[slug]
            yield self._milestones[slug]

    def _enter(self, m: MilestoneFold) -> None:
        place = _PLACES.get(m.kind)
        passed = m.standing is Standing.PASSED
        if place is None or not (passed or m.standing in AHEAD):
            self._entered.pop(m.slug, None)
            return
        day = m.updated_on.toordinal()
        if self._entered.get(m.slug) != (passed, day):
            self._entered[m.slug] = passed, day
            heap, key = (self._passed, -day) if passed else (self._ahead, day)
            heappush(heap[place], (key, m.slug))


def _is_done(m: MilestoneFold) -> bool:
    known = m.actual is not None and m.actual_on is not None
    return known and m.cancelled_on is None and m.kind in _PLACES


def _done_on(m: MilestoneFold) -> int:
    return _NEVER if m.actual_on is None else m.actual_on.toordinal()


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
