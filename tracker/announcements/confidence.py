"""How sure a proposal is, and which of several that say the same is kept.

Confidence is a product: of the tie between date and step, of the owner's, of the
step word's weight; each doubt takes a share away, as the table says.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from db.model.period import Period
from db.model.records import Kind
from tracker.announcements.model.proposals import Proposal, Status

__all__ = ["DOUBTS", "Draft", "confidence", "kept"]

DOUBTS: dict[str, float] = {
    "headline": 0.7,  # headlines leave out whose and which
    "speech": 0.75,  # somebody's quoted words
    "coined": 0.8,  # quoted, but not known to be a facility
    "unclear": 0.85,  # verb and calendar do not agree
    "existing": 0.6,  # called 기존 or 옛
    "leant": 0.95,  # the year was taken from a date before it
}
"""What each doubt leaves of the confidence."""

_OPEN = 100_000
_PUT_OFF = re.compile(
    r"밀[려렸린릴]|미뤄|미룬|늦[춰어]|연기|순연|put off|push|delay|postpon", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal with what is needed to choose between those that say the same."""

    proposal: Proposal
    period: Period
    facility: int
    part: str
    headline: bool
    moved: bool = False

    @property
    def step(self) -> tuple[int, str, Kind]:
        """Whose step it is, and which."""
        return self.facility, self.part, self.proposal.kind


def confidence(shares: Iterable[float], doubts: Iterable[str]) -> float:
    """The product of all shares and of what each doubt leaves, to two places."""
    product = 1.0
    for share in shares:
        product *= share
    for doubt in doubts:
        product *= DOUBTS[doubt]
    return round(max(0.0, min(1.0, product)), 2)


def kept(drafts: Sequence[Draft]) -> list[Proposal]:
    """One proposal for each milestone: the most precise phrase of those that agree."""
    steps: dict[tuple[int, str, Kind], list[Draft]] = {}
    for draft in drafts:
        steps.setdefault(draft.step, []).append(draft)
    drafts = [_replaced(d, steps[d.step]) for d in drafts]
    drafts = [d for d in drafts if not _is_doubted(d, drafts)]
    body = [d for d in drafts if not d.headline]
    chosen: list[Draft] = []
    for draft in [*body, *_news_of_headline(drafts, body)]:
        twin = next((i for i, other in enumerate(chosen) if _same_step(draft, other)), None)
        if twin is None:
            chosen.append(draft)
        elif _better(draft, chosen[twin]):
            chosen[twin] = _surer(draft, chosen[twin])
        else:
            chosen[twin] = _surer(chosen[twin], draft)
    chosen = [d for d in chosen if not _is_former(d, chosen)]
    return [d.proposal for d in sorted(chosen, key=lambda d: d.proposal.date_span)]


def _is_doubted(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """A plan whose date the article elsewhere doubts is none, unless it is the newer one."""
    p = draft.proposal
    if p.status is not Status.PLANNED or draft.moved:
        return False
    return any(
        d.proposal.status is Status.DOUBTED
        and d.step == draft.step
        and (d.period.contains(draft.period) or _edge(d.period).contains(draft.period))
        for d in drafts
    )


def _replaced(draft: Draft, same_step: Sequence[Draft]) -> Draft:
    """A plan that was told before the same step was put off to another day is an old one."""
    p = draft.proposal
    if p.status is not Status.PLANNED or not any(_puts_off(d, draft) for d in same_step):
        return draft
    return replace(draft, proposal=replace(p, status=Status.BASELINE))


def _puts_off(new: Draft, old: Draft) -> bool:
    """Whether what is told later of a step is another day, once more put off."""
    p, q = new.proposal, old.proposal
    if p.date_span <= q.date_span or not new.period.disjoint(old.period):
        return False
    if not (old.moved and _PUT_OFF.search(q.sentence)):
        return new.moved
    first, last = new.period.earliest, old.period.latest
    later = first is not None and last is not None and first > last
    return later and p.status is Status.PLANNED


def _news_of_headline(drafts: Sequence[Draft], body: Sequence[Draft]) -> list[Draft]:
    """What only the headline says; the rest of it is told again below."""
    return [
        d
        for d in drafts
        if d.headline
        and not any(
            b.proposal.kind is d.proposal.kind
            and (b.facility == d.facility or _touch(b.period, d.period))
            for b in body
        )
    ]


def _touch(a: Period, b: Period) -> bool:
    return not a.disjoint(b)


def _same_step(a: Draft, b: Draft) -> bool:
    """Whether two drafts state one milestone: same step, and dates of which one holds the other."""
    p, q = a.proposal, b.proposal
    if a.step != b.step:
        return False
    if (p.status is Status.BASELINE) != (q.status is Status.BASELINE):
        return a.period.same_window(b.period)
    if (p.status is Status.DOUBTED) != (q.status is Status.DOUBTED):
        return False
    first, second = _edge(a.period), _edge(b.period)
    return first.contains(second) or second.contains(first)


def _edge(period: Period) -> Period:
    """A window that is open at one end as the date at its other end."""
    if period.earliest and period.latest:
        return period
    return Period.parse(period.edtf.strip("[]").replace("..", ""))


def _better(new: Draft, old: Draft) -> bool:
    if (new.proposal.status is Status.BASELINE) != (old.proposal.status is Status.BASELINE):
        return new.proposal.status is Status.BASELINE
    return _width(new.period) < _width(old.period)


def _width(period: Period) -> tuple[int, bool]:
    """How many days the date spans; of two alike the closed window is the finer."""
    edge = _edge(period)
    if edge.earliest is None or edge.latest is None:
        return _OPEN, True
    return (edge.latest - edge.earliest).days, None in {period.earliest, period.latest}


def _surer(kept_one: Draft, other: Draft) -> Draft:
    """Said twice is surer than said once."""
    most = max(kept_one.proposal.confidence, other.proposal.confidence)
    return replace(kept_one, proposal=replace(kept_one.proposal, confidence=most))


def _is_former(draft: Draft, chosen: Sequence[Draft]) -> bool:
    """A plan that the article elsewhere calls old."""
    p = draft.proposal
    return p.status is Status.PLANNED and any(
        d is not draft
        and d.facility == draft.facility
        and d.proposal.kind is p.kind
        and d.proposal.status is Status.BASELINE
        and d.period.same_window(draft.period)
        for d in chosen
    )
