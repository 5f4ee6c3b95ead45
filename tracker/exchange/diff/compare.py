"""Compare claims with the store: a verdict on each, and the statements to record."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from db.model.period import Period
from db.model.records import (
    Batch,
    NewFacility,
    NewMilestone,
    Source,
    Statement,
    UpdateKind,
)
from db.read.imports import Cell
from db.schema.fold_columns import to_json
from tracker.exchange.diff.claim_text import known_text, said_by, told, understood
from tracker.exchange.diff.field_statements import (
    UNDATED,
    FieldValue,
    cells_of,
    period_of,
    window_of,
)
from tracker.exchange.diff.field_verdicts import Judged, Known
from tracker.exchange.grids.places import Place
from tracker.exchange.tables.claims import Claim, Finding, ImportDiff, Take, Verdict
from tracker.words import Words

__all__ = ["compare_claims"]

_ASIDES = ("reason", "action")
_WINDOWS = frozenset({"baseline", "forecast", "actual"})
_WRITTEN = {Verdict.NEW, Verdict.CHANGED}


def compare_claims(
    claims: Iterable[Claim], known: Known, words: Words, take: Take | None = None
) -> ImportDiff:
    """Sort claims into new, changed, same and conflicting, and keep what has to be recorded.

    Args:
        claims: What a file says.
        known: The store, and what the table said before.
        words: The language of what is said of them.
        take: Which side of every conflict holds; without it nothing is recorded of one.
    """
    comparison = _Comparison(known, words, take)
    held = list(claims)
    for claim in held:
        comparison.expect(claim)
    for claim in held:
        comparison.compare(claim)
    comparison.add_asides()
    return comparison.result()


@dataclass(frozen=True, slots=True)
class _Aside:
    """A reason or a recovery action that is not recorded with the plan that it goes with."""

    claim: Claim
    name: str
    text: str
    judged: Judged


@dataclass(slots=True)
class _Comparison:
    known: Known
    words: Words
    take: Take | None
    statements: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    remembered: dict[Cell, str] = field(default_factory=dict)
    _facilities: dict[str, NewFacility] = field(default_factory=dict)
    _milestones: dict[tuple[str, str], NewMilestone] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)
    _before: set[tuple[object, ...]] = field(default_factory=set)
    _last: dict[Cell, tuple[str | None, Claim]] = field(default_factory=dict)
    _asides: list[_Aside] = field(default_factory=list)
    _planned: dict[tuple[str, str], str] = field(default_factory=dict)
    """The windows that steps are planned for by what is recorded."""
    _carried: set[tuple[str, int, str]] = field(default_factory=set)
    """Rows of which a statement carries the reason or the action."""

    def expect(self, claim: Claim) -> None:
        """Note what a file says of each cell in the end: the last row counts."""
        for cell, value in cells_of(claim.statement):
            self._last[cell] = value, claim

    def compare(self, claim: Claim) -> None:
        """Judge a claim and the reason and action that come with it."""
        s = claim.statement
        if s.value == {"as_planned": True} and not self._is_in_force(s):
            return
        cell, judged, other = self._judge(claim)
        said = _said(s)
        if said in self._before:  # by another row of the same file
            verdict = Verdict.SAME
        elif other is not None:
            verdict = judged.verdict
        else:
            verdict = self._decided(judged, cell, claim).verdict
        self._before.add(said)
        self.findings.append(self._finding(claim, cell, verdict, judged.mine, other))
        is_written = verdict in _WRITTEN
        kept: dict[str, Any] = {
            name: self._aside(claim, name, is_written=is_written) for name in _ASIDES
        }
        if is_written:
            kept["reason"] = kept["reason"] or self._needed_reason(claim, judged)
            self._record(claim, replace(self._as_baseline(s, judged), **kept))
            self._plan(s)

    def _plan(self, s: Statement) -> None:
        """Note the window that a step is planned for once a statement is recorded."""
        mine = self.known.mine((s.facility, s.milestone, "forecast"))
        if s.milestone is None or s.period is None:
            return
        is_first = mine is None or mine.value in {None, UNDATED}
        if s.kind is UpdateKind.ORIGINAL and is_first:
            self._planned.setdefault((s.facility, s.milestone), window_of(s.period))
        elif s.kind is UpdateKind.PLAN and (mine is None or mine.by.reported_on <= s.reported_on):
            self._planned[s.facility, s.milestone] = window_of(s.period)

    def _is_in_force(self, s: Statement) -> bool:
        """Whether a window that is taken for the outcome is the one that the step is planned for.

        What a person has planned since, and what conflicts, was not done as the table planned.
        """
        mine = self.known.mine((s.facility, s.milestone, "forecast"))
        known = None if mine is None else mine.value
        planned = self._planned.get((s.facility, s.milestone or ""), known)
        return s.period is not None and planned == window_of(s.period)

    def _judge(self, claim: Claim) -> tuple[Cell | None, Judged, Claim | None]:
        """The cell, the verdict on it, and the claim of another row that says otherwise."""
        s = claim.statement
        if s.kind is UpdateKind.NOTE:
            same = (s.facility, str(s.value)) in self.known.notes
            return None, Judged(Verdict.SAME if same else Verdict.NEW, None), None
        cell, value = next(iter(cells_of(s)))
        last, other = self._last[cell]
        if value != last:
            return cell, Judged(Verdict.CONFLICTING, None), other
        return cell, self.known.judge(cell, value, claim), None

    def _decided(self, judged: Judged, cell: Cell | None, claim: Claim) -> Judged:
        """The verdict once conflicts are decided; what is not recorded is remembered."""
        verdict = judged.verdict
        if verdict is Verdict.SAME and judged.is_told and self._is_worth_keeping(claim, judged):
            self._remember(cell)
        if verdict is not Verdict.CONFLICTING or self.take is None:
            return judged
        if self.take is Take.SHEET:
            return judged.but(Verdict.CHANGED)
        self._remember(cell)
        return judged.but(Verdict.SAME)

    def _is_worth_keeping(self, claim: Claim, judged: Judged) -> bool:
        """Our own table says itself what it knew, but for what was said on its last day."""
        if not self.known.is_ours or judged.mine is None:
            return True
        seen = claim.seen_on or self.known.written_on
        return seen is None or judged.mine.by.reported_on >= seen

    def _remember(self, cell: Cell | None) -> None:
        value = None if cell is None else self._last[cell][0]
        if cell is not None and value is not None:
            self.remembered[cell] = value

    # -- reasons and actions ---------------------------------------------------------------------

    def _aside(self, claim: Claim, name: str, *, is_written: bool) -> str | None:
        """What a statement carries of its row's reason or action; the rest is kept for later."""
        s = claim.statement
        text = getattr(s, name)
        if not text or s.milestone is None or name not in claim.asides:
            return text if is_written else None
        cell = (s.facility, s.milestone, name)
        if text != self._last[cell][0]:
            return None
        judged = self._decided(self.known.judge(cell, text, claim), cell, claim)
        place = claim.place
        if judged.verdict in _WRITTEN and is_written:
            self._carried.add((place.sheet, place.row, name))
            self.remembered.pop(cell, None)
            return str(text)
        self._asides.append(_Aside(claim, name, text, judged))
        return None

    def _needed_reason(self, claim: Claim, judged: Judged) -> str | None:
        s = claim.statement
        is_changed = s.kind is UpdateKind.ORIGINAL and self._as_baseline(s, judged) is not s
        if s.kind.spec.needs_reason or is_changed:
            return s.reason or self.words("import.no_reason")
        return None

    def _as_baseline(self, s: Statement, judged: Judged) -> Statement:
        """Where another first plan is known, a new one has to be said to be the baseline."""
        is_known = judged.mine is not None and judged.mine.value is not None
        if s.kind is not UpdateKind.ORIGINAL or not is_known:
            return s
        return replace(s, kind=UpdateKind.BASELINE, value=None)

    def add_asides(self) -> None:
        """Record reasons and actions whose plans are not recorded, as remarks that carry them."""
        said = {
            (s.facility, s.milestone, name)
            for s in self.statements
            for name in _ASIDES
            if getattr(s, name)
        }
        remarks: dict[tuple[str, str | None], tuple[Claim, dict[str, Any]]] = {}
        for aside in self._asides:
            s = aside.claim.statement
            cell = (s.facility, s.milestone, aside.name)
            if cell in said or aside.judged.verdict is Verdict.SAME:
                continue
            said.add(cell)
            if aside.judged.verdict is Verdict.CONFLICTING:
                self._find_aside(aside)
            elif self._is_of_another(aside, cell):
                self.remembered[cell] = aside.text
            else:
                self._find_aside(aside)
                _, texts = remarks.setdefault(cell[:2], (aside.claim, {}))
                texts[aside.name] = aside.text
        for claim, texts in remarks.values():
            remark = replace(
                _bare(claim.statement),
                kind=UpdateKind.NOTE,
                value=self.words("import.remark"),
                **texts,
            )
            self._record(claim, remark)

    def _is_of_another(self, aside: _Aside, cell: Cell) -> bool:
        """Whether a row's reason is about another step of the row, or the step is done."""
        place = aside.claim.place
        if cell in self.known.bases:
            return False
        done = self.known.mine((cell[0], cell[1], "actual"))
        is_done = done is not None and done.value is not None
        return is_done or (place.sheet, place.row, aside.name) in self._carried

    def _find_aside(self, aside: _Aside) -> None:
        mine, place = aside.judged.mine, aside.claim.asides[aside.name]
        finding = self._found(
            place, aside.claim, aside.judged.verdict, aside.text, (mine and mine.value) or "", mine
        )
        step, name = self._step(aside.claim), self.words.of("field", aside.name)
        moved = self.words("import.moved", was=finding.known or "–", now=aside.text)
        now = moved if finding.verdict is Verdict.CHANGED else aside.text
        self.findings.append(replace(finding, understood=f"{step} · {name} {now}"))

    # -- what comes of it ------------------------------------------------------------------------

    def _record(self, claim: Claim, statement: Statement) -> None:
        subject = claim.subject
        self._facilities.setdefault(subject.facility, NewFacility(subject.facility, subject.type))
        if subject.facility not in self._named and subject.facility not in self.known.facilities:
            self._named.add(subject.facility)
            self.statements.append(_naming(claim))
        if subject.milestone is not None:
            key = (subject.facility, subject.milestone)
            kind = self.known.kinds.get(key, subject.kind)
            self._milestones.setdefault(key, NewMilestone(*key, kind))
        self.statements.append(statement)

    def _finding(
        self,
        claim: Claim,
        cell: Cell | None,
        verdict: Verdict,
        mine: FieldValue | None,
        other: Claim | None,
    ) -> Finding:
        s, words = claim.statement, self.words
        text = told(s, words, as_read=verdict is Verdict.CONFLICTING)
        known, was = "", None
        if other is not None:
            known, mine = told(other.statement, words, as_read=True), None
        elif mine is not None and cell is not None:
            known = known_text(self.known, cell, mine, words)
        moved = other is None and verdict is Verdict.CHANGED
        if moved and mine is not None and cell is not None:
            was = self._was(cell, mine, known)
        found = self._found(claim.place, claim, verdict, text, known, mine)
        meant = understood(s, self._step(claim), was, words, moved=moved)
        return replace(found, understood=meant)

    def _was(self, cell: Cell, mine: FieldValue, known: str) -> Period | str | None:
        """What a field was before, as a window where it is one."""
        if cell[2] not in _WINDOWS or mine.value is None:
            return known
        m = self.known.now.get((cell[0], cell[1] or ""))
        window: Period | None = getattr(m, cell[2], None)
        return window or period_of(mine.value)

    def _step(self, claim: Claim) -> str:
        """What the milestone of a claim is called; empty where it is about the facility."""
        s = claim.statement
        if s.milestone is None:
            return ""
        m = self.known.now.get((s.facility, s.milestone))
        kind = self.known.kinds.get((s.facility, s.milestone), claim.subject.kind)
        return self.words.milestone(kind, m.title if m else None)

    def _found(
        self,
        place: Place,
        claim: Claim,
        verdict: Verdict,
        text: str,
        known: str,
        mine: FieldValue | None,
    ) -> Finding:
        return Finding(
            place=place,
            facility=claim.subject.name,
            step=place.column,
            verdict=verdict,
            told=text,
            known=known,
            said_by=None if mine is None else said_by(mine.by),
            said_on=None if mine is None else mine.by.reported_on,
        )

    def result(self) -> ImportDiff:
        """The batch, the findings, and what to remember of the table."""
        said = tuple(_completed(s, self.known) for s in _gathered(self.statements))
        batch = Batch(said, tuple(self._facilities.values()), tuple(self._milestones.values()))
        return ImportDiff(batch, tuple(self.findings), self.remembered)


def _said(s: Statement) -> tuple[object, ...]:
    """What a statement says, to tell whether another says the same."""
    texts = (s.phrase, s.reason, s.action)
    return (s.facility, s.milestone, s.kind, s.reported_on, s.period, to_json(s.value), *texts)


def _completed(s: Statement, known: Known) -> Statement:
    """Add what is known and not spoken of, of what is set together: shares, percentages."""
    f = known.facilities.get(s.facility)
    if f is None or not isinstance(s.value, dict):
        return s
    if s.kind is UpdateKind.PROGRESS and f.progress is not None:
        parts = {"planned": f.progress.planned, "actual": f.progress.actual}
        return replace(s, value=parts | {k: v for k, v in s.value.items() if v is not None})
    if s.kind is UpdateKind.SET and s.milestone is None and "funding" in s.value:
        return replace(s, value=s.value | {"funding": {**f.funding, **s.value["funding"]}})
    return s


def _naming(claim: Claim) -> Statement:
    return replace(
        _bare(claim.statement),
        milestone=None,
        kind=UpdateKind.SET,
        value={"name": claim.subject.name},
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
