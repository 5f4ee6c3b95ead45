"""What proposals mean beside what is known: which facility, and what is new about it.

Names are compared in the form of `db.schema.search_columns.name_key`: exactly, without the city,
one inside the other, then by the pairs of letters they share. Two facilities that
fit alike are none: a person decides.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from db.fold.report_effect import BaselineMove, baseline_moves
from db.model.period import Period
from db.model.records import Facility, Kind, Milestone, Statement, Update, UpdateKind
from db.schema.search_columns import name_key
from tracker.announcements.model.proposals import Proposal, Status
from tracker.announcements.names.registry import dice

__all__ = ["Known", "Match", "Verdict", "judged", "judged_as", "known_as"]


class Verdict(StrEnum):
    """What a proposal is to the store."""

    NEW_FACILITY = "new_facility"  # no such facility is known
    NEW_MILESTONE = "new_milestone"  # the facility has no such step yet
    NEW_FORECAST = "new_forecast"  # a planned date other than the one in force
    OLDER = "older"  # of a step that is known by a later report; it takes its place before that
    COMPLETED = "completed"  # an open step has happened, or its day is now known better
    SAME = "same"  # it repeats what is in force
    ALREADY_REPORTED = (
        "already_reported"  # this very statement of this day, or an older one, is there
    )
    DOUBTS = "doubts"  # it casts doubt on what is planned
    CONTRADICTS = "contradicts"  # it cannot be true beside what is known


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows.

    Attributes:
        facilities: All of them.
        milestones: By slug of the facility, best as they were on the day of the article.
        updates: By slug of the facility, in any order.
        now: Milestones by slug of the facility, as they are by now.
    """

    facilities: Sequence[Facility]
    milestones: Mapping[str, Sequence[Milestone]] = field(default_factory=dict)
    updates: Mapping[str, Sequence[Update]] = field(default_factory=dict)
    now: Mapping[str, Sequence[Milestone]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal beside what is known.

    Attributes:
        facility: Slug of the facility, or None where none is known or several fit.
        milestone: Slug of the milestone it speaks of, or of the one to be made.
        likeness: How alike the names are, from 0 to 1; 1 is the same name.
        slip_days: For a new forecast, days from the last day in force to the new one.
        known: The period in force that it was held against.
        moves: The baseline that it would change by being older than what had set it.
    """

    proposal: Proposal
    verdict: Verdict
    facility: str | None = None
    milestone: str | None = None
    likeness: float = 0.0
    slip_days: int | None = None
    known: Period | None = None
    moves: BaselineMove | None = None


_LEAST_ALIKE, _MARGIN = 0.72, 0.04
_WITHOUT_CITY = 0.91
_SHORTEST = 4
_ENOUGH = 200  # characters of a sentence by which a note is known again
_REMARK = re.compile(r"\([^)]*\)")
_TAIL = re.compile(r"(?:구축|건립|조성|신축|증축|확장|설립)?(?:사업|공사)?$")
_CITY = re.compile(r"(?:특별자치시|특례시|광역시|특별시|시|군|구)$")


def judged(proposals: Sequence[Proposal], known: Known, dated: date) -> list[Match]:
    """Every proposal beside what is known, in their order."""
    return [_judged(p, known, dated) for p in proposals]


def known_as(names: Sequence[str], facilities: Sequence[Facility]) -> tuple[str | None, float]:
    """The slug of the one facility that any of these names means, and how alike they are."""
    scored = (
        sorted(((max(_likeness(n, f) for n in names), f.slug) for f in facilities), reverse=True)
        if names
        else []
    )
    if not scored or scored[0][0] < _LEAST_ALIKE:
        return None, 0.0
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _MARGIN:
        return None, scored[0][0]
    return scored[0][1], scored[0][0]


def _likeness(name: str, facility: Facility) -> float:
    """How surely a printed name means a facility."""
    if name == facility.slug:
        return 1.0
    city = _CITY.sub("", facility.city or "")
    printed = _forms(name)
    best = 0.0
    for given in (facility.name, facility.name_en or "", *facility.aliases):
        own = _forms(given)
        best = max(best, *(_alike(p, o) for p in printed for o in own), 0.0)
        if city and best < _WITHOUT_CITY:
            bare = _without(city, own)
            if bare & printed or _without(city, printed) & (own | bare):
                best = _WITHOUT_CITY
    return best


def _forms(name: str) -> set[str]:
    """The comparable forms of a name: whole, without remarks, without 구축 사업."""
    forms = {name_key(name), name_key(_REMARK.sub("", name))}
    forms |= {name_key(inside[1:-1]) for inside in _REMARK.findall(name)}
    forms |= {_TAIL.sub("", form) for form in forms}
    return {
        form.replace("산업단지", "산단").replace("솔루션", "설루션")
        for form in forms
        if len(form) > 1
    }


def _without(city: str, forms: set[str]) -> set[str]:
    """The forms that begin with the city, without it; too little of a name is none."""
    bare = {form.removeprefix(city) for form in forms if form.startswith(city)}
    return {form for form in bare if len(form) >= _SHORTEST}


def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if _digits(a) != _digits(b):
        return 0.0
    short, long = sorted((a, b), key=len)
    if len(short) < _SHORTEST:
        return 0.0
    share = len(short) / len(long)
    if long.endswith(short) or (short in long and share > 0.6):  # noqa: PLR2004
        return 0.7 + 0.25 * share
    return 0.92 * dice(a, b)


def _digits(key: str) -> str:
    return "".join(c for c in key if c.isdigit())


def _judged(proposal: Proposal, known: Known, dated: date) -> Match:
    slug, likeness = known_as([proposal.facility, *proposal.also_called], known.facilities)
    return judged_as(proposal, slug, likeness, known, dated)


def judged_as(
    proposal: Proposal, slug: str | None, likeness: float, known: Known, dated: date
) -> Match:
    """A proposal beside what is known of the facility that it means; None: of no known one."""
    if slug is None:
        return Match(proposal, Verdict.NEW_FACILITY, likeness=likeness)
    then, now = known.milestones.get(slug, ()), known.now.get(slug, ())
    milestone = _milestone(proposal, then)
    later = next((m for m in now if milestone and m.slug == milestone.slug), None)
    if milestone is None and (later := _milestone(proposal, now)) is None:
        step = _free_slug(proposal, (*then, *now))
        return Match(proposal, Verdict.NEW_MILESTONE, slug, step, likeness)
    milestone = milestone or later
    assert milestone is not None  # noqa: S101 - one of both is known
    said = [u for u in known.updates.get(slug, ()) if u.milestone == milestone.slug]
    verdict = Verdict.OLDER if milestone is later else _verdict(proposal, milestone, said, dated)
    if verdict in _NEWER and later is not None and _is_older(proposal, later, dated):
        verdict = Verdict.OLDER
    in_force = milestone.actual or milestone.forecast
    return Match(
        proposal,
        verdict,
        slug,
        milestone.slug,
        likeness,
        _days(milestone.forecast, proposal.period) if verdict is Verdict.NEW_FORECAST else None,
        milestone.baseline if proposal.status is Status.BASELINE else in_force,
        None if verdict in _RECORDED else _moves(proposal, slug, milestone.slug, said, dated),
    )


_NEWER = frozenset({Verdict.NEW_FORECAST, Verdict.COMPLETED})
_RECORDED = frozenset({Verdict.SAME, Verdict.ALREADY_REPORTED})


def _is_older(proposal: Proposal, now: Milestone, dated: date) -> bool:
    """Whether what is known by now of the same was reported after the article."""
    known_on = now.actual_on if proposal.status is Status.ACTUAL else now.forecast_on
    return known_on is not None and known_on > dated


def _moves(
    proposal: Proposal, facility: str, step: str, said: Sequence[Update], dated: date
) -> BaselineMove | None:
    """The baseline that would change because the article is older than what had set it."""
    kind = _SETS.get(proposal.status)
    if kind is None or proposal.period is None:
        return None
    statement = Statement(facility, step, kind, dated, proposal.period)
    return next(iter(baseline_moves(said, [statement])), None)


_SETS = {Status.PLANNED: UpdateKind.PLAN, Status.BASELINE: UpdateKind.ORIGINAL}


def _milestone(proposal: Proposal, milestones: Sequence[Milestone]) -> Milestone | None:
    """The milestone that is meant: of this kind, and of the same part where one is named."""
    part = re.search(r"제?(\d+)\s?(공구|구간|단계|차)", f"{proposal.facility} {proposal.sentence}")
    own = [m for m in milestones if m.kind is proposal.kind]
    if proposal.kind in {Kind.EVENT, Kind.OTHER}:
        own = [m for m in own if _speaks_of(m, proposal)]
    if part:
        titled = [m for m in own if m.title and part[1] in m.title and part[2] in m.title]
        if titled:
            return titled[0]
    plain = [m for m in own if m.slug == proposal.kind.value]
    return next(iter(plain or own), None)


def _speaks_of(milestone: Milestone, proposal: Proposal) -> bool:
    """Whether the title of a milestone has the word that decided."""
    title = milestone.title or ""
    return any(word and word in title for word in proposal.decided_by)


def _free_slug(proposal: Proposal, milestones: Sequence[Milestone]) -> str:
    taken = {m.slug for m in milestones}
    slug = proposal.kind.value
    number = 1
    while slug in taken:
        number += 1
        slug = f"{proposal.kind.value}-{number}"
    return slug


def _verdict(
    proposal: Proposal, milestone: Milestone, said: Sequence[Update], dated: date
) -> Verdict:
    period = proposal.period
    if period is None:
        return _of_undecided(milestone)
    if proposal.status is Status.DOUBTED:
        return _of_doubt(period, milestone, said, proposal, dated)
    there = [u for u in said if u.period and u.period.same_window(period)]
    if any(u.reported_on == dated and _alike_said(u, proposal) for u in there):
        return Verdict.ALREADY_REPORTED
    if proposal.status is Status.BASELINE:
        return _of_old_plan(period, milestone, there)
    if proposal.status is Status.ACTUAL:
        return _of_actual(period, milestone)
    return _of_plan(period, milestone, dated, heard=bool(there))


def _of_doubt(
    period: Period,
    milestone: Milestone,
    said: Sequence[Update],
    proposal: Proposal,
    dated: date,
) -> Verdict:
    """A doubted date beside the one in force, which it may be about or not."""
    noted = (u for u in said if u.kind is UpdateKind.NOTE and u.retracted_by is None)
    sentence = " ".join(proposal.sentence.split())[:_ENOUGH]
    if any(u.reported_on == dated and sentence in str(u.value) for u in noted):
        return Verdict.ALREADY_REPORTED
    if milestone.actual is not None:
        return Verdict.SAME if milestone.actual.disjoint(period) else Verdict.CONTRADICTS
    forecast = milestone.forecast
    return Verdict.SAME if forecast and forecast.disjoint(period) else Verdict.DOUBTS


def _of_plan(period: Period, milestone: Milestone, dated: date, *, heard: bool) -> Verdict:
    """A planned date beside the one in force; `heard`: it was stated before, on any day."""
    if milestone.actual is not None:
        return Verdict.SAME if milestone.actual.contains(period) else Verdict.CONTRADICTS
    forecast, stated = milestone.forecast, milestone.forecast_on
    if forecast is None:
        return Verdict.NEW_FORECAST
    if forecast.same_window(period):
        return Verdict.SAME
    if stated == dated and forecast.disjoint(period):
        return Verdict.CONTRADICTS
    older = stated is not None and dated < stated
    return Verdict.ALREADY_REPORTED if older and heard else Verdict.NEW_FORECAST


def _of_undecided(milestone: Milestone) -> Verdict:
    if milestone.actual is not None:
        return Verdict.CONTRADICTS
    return Verdict.SAME if milestone.forecast is None else Verdict.NEW_FORECAST


def _alike_said(update: Update, proposal: Proposal) -> bool:
    """Whether an update is the same sort of statement."""
    done = proposal.status is Status.ACTUAL
    return (update.kind is UpdateKind.ACTUAL) == done and update.retracted_by is None


def _of_old_plan(period: Period, milestone: Milestone, there: Sequence[Update]) -> Verdict:
    if milestone.baseline is not None and milestone.baseline.same_window(period):
        return Verdict.SAME
    return Verdict.ALREADY_REPORTED if there else Verdict.CONTRADICTS


def _of_actual(period: Period, milestone: Milestone) -> Verdict:
    if milestone.actual is None:
        return Verdict.COMPLETED
    if period.contains(milestone.actual):
        return Verdict.SAME
    if period.strictly_inside(milestone.actual):
        return Verdict.COMPLETED
    return Verdict.CONTRADICTS if period.disjoint(milestone.actual) else Verdict.SAME


def _days(old: Period | None, new: Period | None) -> int | None:
    if old is None or new is None or old.latest is None or new.latest is None:
        return None
    return (new.latest - old.latest).days
