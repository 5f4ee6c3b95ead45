"""What a spreadsheet claims, cell by cell, and how it lies against what the store holds.

A spreadsheet says how things stand, not what changed. So each claim is weighed against
the store as of the day the spreadsheet was true: what is so already is not said again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from db.folded import to_json
from db.period import Period
from db.record import record, replace
from db.records import (
    Batch,
    Facility,
    Kind,
    Milestone,
    NewFacility,
    NewMilestone,
    Progress,
    Source,
    Statement,
    Type,
    UpdateKind,
)
from tracker.echo import progress_text, shown
from tracker.exchange.places import Place
from tracker.words import Words

__all__ = ["Claim", "Finding", "Known", "Subject", "Verdict", "Weighed", "weigh"]


class Verdict(StrEnum):
    """How a claim lies against the store: unknown to it, newer, the same, or at odds with it."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICTING = "conflicting"


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim with its verdict, in words; `known` is what the store has instead."""

    place: Place | None
    facility: str
    step: str
    verdict: Verdict
    told: str
    known: str = ""


@record
class Subject:
    """Who a claim is about; `kind` and `title` matter where the milestone is made for it."""

    facility: str
    name: str
    milestone: str | None = None
    kind: Kind = Kind.OTHER
    type: Type = Type.FACILITY


@dataclass(frozen=True, slots=True)
class Claim:
    """What one cell says.

    Attributes:
        statement: It, as it would be recorded.
        soft: Says only that there is no date yet; it takes no known one back.
    """

    place: Place
    subject: Subject
    statement: Statement
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The store on the day the spreadsheet was true (`then`) and today (`now`).

    Milestones are keyed by (facility, milestone); `kinds` has every one that ever was.
    `notes` are the remarks in force, by (facility, text).
    """

    facilities: Mapping[str, Facility] = field(default_factory=dict)
    then: Mapping[tuple[str, str], Milestone] = field(default_factory=dict)
    now: Mapping[tuple[str, str], Milestone] = field(default_factory=dict)
    kinds: Mapping[tuple[str, str], Kind] = field(default_factory=dict)
    notes: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Weighed:
    """The statements that say something new, with everything found on the way."""

    batch: Batch
    findings: tuple[Finding, ...]


def weigh(claims: Iterable[Claim], known: Known, words: Words) -> Weighed:
    """Sort claims into new, changed, same and conflicting, and keep what has to be recorded."""
    statements: list[Statement] = []
    findings: list[Finding] = []
    facilities: dict[str, NewFacility] = {}
    milestones: dict[tuple[str, str], NewMilestone] = {}
    named: set[str] = set(known.facilities)
    before: set[tuple[object, ...]] = set()
    for claim in claims:
        verdict, was = _verdict(claim, known, words)
        if (what := _said(claim.statement)) in before:  # by another row of the same file
            verdict = Verdict.SAME
        before.add(what)
        subject = claim.subject
        findings.append(_finding(claim, verdict, was, words))
        if verdict is Verdict.SAME or _is_vain(verdict, claim):
            continue
        facilities.setdefault(subject.facility, NewFacility(subject.facility, subject.type))
        if subject.facility not in named:
            named.add(subject.facility)
            statements.append(_naming(claim))
        if subject.milestone is not None:
            key = (subject.facility, subject.milestone)
            kind = known.kinds.get(key, subject.kind)
            milestones.setdefault(key, NewMilestone(*key, kind))
        statements.append(claim.statement)
    said = tuple(_with_other_shares(s, known) for s in _gathered(statements))
    batch = Batch(said, tuple(facilities.values()), tuple(milestones.values()))
    return Weighed(batch, tuple(findings))


def _said(s: Statement) -> tuple[object, ...]:
    """What a statement says, to tell whether another says the same."""
    texts = (s.phrase, s.reason, s.action)
    return (s.facility, s.milestone, s.kind, s.reported_on, s.period, to_json(s.value), *texts)


def _is_vain(verdict: Verdict, claim: Claim) -> bool:
    """Whether recording it would change nothing: another first plan than the known one."""
    return verdict is Verdict.CONFLICTING and claim.statement.kind is UpdateKind.ORIGINAL


def _with_other_shares(s: Statement, known: Known) -> Statement:
    """Add the shares of the funding that are known and not spoken of, as all are set together."""
    f = known.facilities.get(s.facility)
    if f is None or s.kind is not UpdateKind.SET or s.milestone or "funding" not in s.value:
        return s
    return replace(s, value=s.value | {"funding": {**f.funding, **s.value["funding"]}})


def _naming(claim: Claim) -> Statement:
    s = claim.statement
    return replace(
        _bare(s), milestone=None, kind=UpdateKind.SET, value={"name": claim.subject.name}
    )


def _bare(s: Statement) -> Statement:
    return Statement(
        s.facility,
        s.milestone,
        s.kind,
        s.reported_on,
        reported_basis=s.reported_basis,
        source=s.source,
    )


def _gathered(statements: list[Statement]) -> tuple[Statement, ...]:
    """Make one `set` of all that are said of a facility on one day; funding is one attribute."""
    gathered: list[Statement] = []
    places: dict[tuple[str, date, Source | None], int] = {}
    for s in statements:
        key = (s.facility, s.reported_on, s.source)
        if s.kind is not UpdateKind.SET or s.milestone is not None:
            gathered.append(s)
        elif key in places:
            before = gathered[places[key]]
            gathered[places[key]] = replace(before, value=_merged(before.value, s.value))
        else:
            places[key] = len(gathered)
            gathered.append(s)
    return tuple(gathered)


def _merged(before: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    shares = {**before.get("funding", {}), **value.get("funding", {})}
    return before | value | ({"funding": shares} if shares else {})


def _told(s: Statement, words: Words) -> str:
    """What a claim without a period says."""
    if not isinstance(s.value, dict):
        return str(s.value or s.reason or "")
    if s.kind is UpdateKind.PROGRESS:
        progress = Progress(s.value.get("planned"), s.value.get("actual"), s.reported_on)
        return progress_text(progress, words)
    if s.kind is UpdateKind.PLAN:
        return words("done.undated" if s.value.get("undated") else "undated")
    return ", ".join(shown(name, v, words) for name, v in s.value.items())


def _verdict(claim: Claim, known: Known, words: Words) -> tuple[Verdict, Period | str | None]:
    """The verdict, and what the store has instead."""
    s = claim.statement
    key = (s.facility, s.milestone or "")
    if s.milestone is None:
        return _verdict_of_facility(claim, known, words)
    then, now = known.then.get(key), known.now.get(key)
    if then is None and now is None:
        return Verdict.NEW, None
    was = None if then is None else _window(then, s.kind)
    if then is not None and _is_same(claim, then, was):
        return Verdict.SAME, was
    if now is not None and _is_overruled(s, now):
        return Verdict.CONFLICTING, _window(now, s.kind) or now.actual
    return (Verdict.NEW if was is None and then is None else Verdict.CHANGED), was


def _window(m: Milestone, kind: UpdateKind) -> Period | None:
    if kind is UpdateKind.ACTUAL:
        return m.actual
    return m.baseline if kind in {UpdateKind.ORIGINAL, UpdateKind.BASELINE} else m.forecast


def _is_same(claim: Claim, m: Milestone, was: Period | None) -> bool:
    s = claim.statement
    if s.kind in _FLAGGED:
        return _FLAGGED[s.kind](s, m)
    if s.period is None:
        return was is None or claim.soft
    if was is None:
        return False
    if s.kind is UpdateKind.ACTUAL:
        return s.period.contains(was)
    return was.same_window(s.period)


_FLAGGED: Mapping[UpdateKind, Callable[[Statement, Milestone], bool]] = {
    UpdateKind.SET: lambda s, m: all(_attribute(m, k) == v for k, v in s.value.items()),
    UpdateKind.HOLD: lambda s, m: m.on_hold_since == s.reported_on,
    UpdateKind.CANCEL: lambda s, m: m.cancelled_on == s.reported_on,
    UpdateKind.CONFIRM: lambda s, m: (m.confirmed_on or date.min) >= s.reported_on,
}


def _attribute(m: Milestone, name: str) -> object:
    """An attribute as a statement sets it."""
    value = getattr(m, name)
    return value.isoformat() if isinstance(value, date) else value


def _is_overruled(s: Statement, now: Milestone) -> bool:
    """Whether the store knows better or otherwise: done, told later, or done another day."""
    if s.kind is UpdateKind.ACTUAL:
        return bool(now.actual and s.period and now.actual.disjoint(s.period))
    if s.kind is UpdateKind.ORIGINAL:
        return now.baseline is not None
    if s.kind is not UpdateKind.PLAN:
        return False
    later = now.forecast_on is not None and now.forecast_on > s.reported_on
    return now.actual is not None or later


def _verdict_of_facility(
    claim: Claim, known: Known, words: Words
) -> tuple[Verdict, Period | str | None]:
    s = claim.statement
    f = known.facilities.get(s.facility)
    if f is None:
        return Verdict.NEW, None
    if s.kind is UpdateKind.NOTE:
        same = (s.facility, s.value) in known.notes
        return (Verdict.SAME if same else Verdict.NEW), None
    if s.kind is UpdateKind.PROGRESS:
        p = f.progress
        same = p is not None and (p.planned, p.actual) == (s.value["planned"], s.value["actual"])
        return (Verdict.SAME if same else Verdict.CHANGED), None
    olds = {name: getattr(f, name) for name in s.value}
    if "funding" in s.value:
        same = s.value["funding"].items() <= dict(f.funding).items()
    else:
        same = all(_plain(olds[name]) == _plain(value) for name, value in s.value.items())
    if same:
        return Verdict.SAME, None
    known_as = ", ".join(
        shown(name, v, words) for name, v in olds.items() if v not in (None, (), {})
    )
    return (Verdict.CHANGED if known_as else Verdict.NEW), known_as


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _finding(claim: Claim, verdict: Verdict, was: Period | str | None, words: Words) -> Finding:
    s = claim.statement
    return Finding(
        place=claim.place,
        facility=claim.subject.name,
        step=claim.place.column,
        verdict=verdict,
        told=s.phrase or (words.period(s.period) if s.period else _told(s, words)),
        known=words.period(was) if isinstance(was, Period) else was or "",
    )
