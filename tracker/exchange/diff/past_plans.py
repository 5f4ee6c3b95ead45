"""Plans of an office's table that were past when the table was true, and have no outcome.

Nobody reported that they slipped, nor that they happened: what becomes of them is for a
person to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from db.model.records import Milestone, Statement, UpdateKind
from tracker.exchange.diff.choices import Past
from tracker.exchange.tables.claims import Claim

__all__ = ["PastPlans", "handle_past"]

_PLANNED = frozenset({UpdateKind.PLAN, UpdateKind.ORIGINAL})
_ENDED = frozenset({UpdateKind.ACTUAL, UpdateKind.CANCEL, UpdateKind.HOLD})
_Step = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class PastPlans:
    """The claims that remain or were added.

    Attributes:
        claims: In order of reading.
        steps: Those whose plans are past.
        skipped: How many of these plans were left out, and are not known.
        choice: What becomes of them.
    """

    claims: list[Claim]
    steps: frozenset[_Step]
    skipped: int
    choice: Past

    def number(self, recorded: Iterable[Statement]) -> int:
        """How many plans were dealt with so, of what is recorded in the end."""
        if self.choice is Past.SKIP:
            return self.skipped
        kinds = _PLANNED if self.choice is Past.OPEN else {UpdateKind.ACTUAL}
        told = {(s.facility, s.milestone) for s in recorded if s.kind in kinds}
        return len(told & self.steps)


def handle_past(
    claims: list[Claim],
    now: Mapping[tuple[str, str], Milestone],
    day: date,
    choice: Past,
    reason: str,
) -> PastPlans:
    """Deal with the plans that were past on `day` as was chosen.

    Args:
        claims: In order of reading.
        now: What the store knows of the steps; those over or on hold there have an outcome.
        day: The one on which the table was true.
        choice: What becomes of them.
        reason: Why a window counts as done that nobody reported, in words.
    """
    past = _past_plans(claims, now, day)
    if choice is Past.OPEN:
        return PastPlans(claims, frozenset(past), 0, choice)
    if choice is Past.SKIP:
        left = [c for c in claims if not _plans_one_of(c, past)]
        unknown = sum(not _is_known(claim, now) for claim in past.values())
        return PastPlans(left, frozenset(past), unknown, choice)
    given = []
    for claim in claims:
        given.append(claim)
        if past.get(_step(claim)) is claim:
            done = replace(
                claim.statement, kind=UpdateKind.ACTUAL, value={"as_planned": True}, reason=reason
            )
            given.append(Claim(claim.place, claim.subject, done))
    return PastPlans(given, frozenset(past), 0, choice)


def _past_plans(
    claims: Iterable[Claim], now: Mapping[tuple[str, str], Milestone], day: date
) -> dict[_Step, Claim]:
    """The plan in force of each step that is past and has no outcome, here or in the store."""
    plans: dict[_Step, Claim] = {}
    ended: set[_Step] = set()
    for claim in claims:
        s = claim.statement
        if s.kind in _ENDED:
            ended.add(_step(claim))
        elif s.kind in _PLANNED and _is_listed(claim):
            first = plans.get(_step(claim))
            if first is None or s.kind is UpdateKind.PLAN:
                plans[_step(claim)] = claim
        elif s.kind is UpdateKind.PLAN:  # taken back, or reported
            plans.pop(_step(claim), None)
    return {
        step: claim
        for step, claim in plans.items()
        if step not in ended
        and not _is_over(now.get((step[0], step[1] or "")))
        and (window := claim.statement.period)
        and window.latest
        and window.latest < day
    }


def _step(claim: Claim) -> _Step:
    return claim.statement.facility, claim.statement.milestone


def _is_listed(claim: Claim) -> bool:
    value = claim.statement.value
    return isinstance(value, dict) and bool(value.get("listed"))


def _plans_one_of(claim: Claim, past: Mapping[_Step, Claim]) -> bool:
    return claim.statement.kind in _PLANNED and _step(claim) in past


def _is_over(m: Milestone | None) -> bool:
    return m is not None and (m.actual or m.cancelled_on or m.on_hold_since) is not None


def _is_known(claim: Claim, now: Mapping[tuple[str, str], Milestone]) -> bool:
    """Whether the store has the same plan, so that the table says nothing new of it."""
    s = claim.statement
    m = now.get((s.facility, s.milestone or ""))
    known = m.forecast if m else None
    return known is not None and s.period is not None and known.same_window(s.period)
