"""What an import did, and what of a file is at odds with what the store holds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from db.model.period import Period
from db.model.records import Batch, Milestone, Statement, UpdateKind
from db.read.imports import Run
from tracker.exchange.diff.choices import Past
from tracker.exchange.diff.claim_text import conflict_text, understood
from tracker.exchange.diff.lookalikes import Lookalike
from tracker.exchange.grids.places import Fault, Place
from tracker.exchange.tables.claims import Finding, Verdict
from tracker.words import Words

__all__ = [
    "SIGNS",
    "Comparison",
    "Outcome",
    "counts",
    "finding_line",
    "findings_of",
    "listed",
    "lookalike_lines",
    "meaning",
    "passed_over",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or with a dry run would have done.

    Attributes:
        facilities, programmes: How many of each the store did not have.
        milestones: How many milestones it did not have.
        new: How many statements were recorded.
        same: How many it held already, or that say what is so already.
        changed: How many of the recorded ones say otherwise than what stood before.
        conflicting: How many are at odds with what the store holds.
        after_completion: Names of facilities and their steps of which a file says that
            they were planned after they were done.
        findings: Of a spreadsheet, every cell with its verdict; of other files, what
            changes and what conflicts.
        unmapped: Titles of columns that were not understood.
        skipped: Rows that are no facility.
        notices: What was left unread of a spreadsheet, in sentences.
        lookalikes: New facilities whose names look like others.
        left_out: Cells that could not be read, and were left out.
        past: How many plans were past when the table was true, and have no outcome.
        choice: What became of these.
        act: The number of the act of import; None where nothing was recorded.
        backup: The copy of the store that was made before.
    """

    facilities: int
    programmes: int
    milestones: int
    new: int
    same: int
    changed: int = 0
    conflicting: int = 0
    after_completion: tuple[tuple[str, str], ...] = ()
    findings: tuple[Finding, ...] = ()
    unmapped: tuple[str, ...] = ()
    skipped: tuple[Place, ...] = ()
    notices: tuple[str, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()
    left_out: tuple[Fault, ...] = ()
    past: int = 0
    choice: Past = Past.OPEN
    act: int | None = None
    backup: Path | None = None

    def judged(self, findings: tuple[Finding, ...]) -> "Outcome":
        """The same with what changes and what conflicts."""
        counts = Counter(f.verdict for f in findings)
        return replace(
            self,
            changed=counts[Verdict.CHANGED],
            conflicting=counts[Verdict.CONFLICTING],
            findings=findings,
        )

    def told(self, words: Words) -> str:
        """The numbers, in words."""
        return words(
            "import.result",
            facilities=self.facilities,
            programmes=self.programmes,
            milestones=self.milestones,
            new=self.new,
            same=self.same,
        )

    def told_briefly(self, words: Words) -> str:
        """The numbers that are not zero, for a line that has little room."""
        numbers = {name: getattr(self, name) for name in _NUMBERS}
        parts = [words.of("import.made", name, count=n) for name, n in numbers.items() if n]
        return " · ".join(parts) or words("import.nothing")


_NUMBERS = ("facilities", "programmes", "milestones", "new", "changed", "conflicting", "same")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a file says beside a store: the part to record, and what to tell of it.

    `run` is which table it is, and what it says that is known.
    """

    fresh: Batch
    outcome: Outcome
    run: Run | None = None

    @property
    def is_worth_recording(self) -> bool:
        """Whether a table says anything that it had not said before."""
        return bool(self.fresh.statements or (self.run is not None and self.run.cells))


_DATED = (UpdateKind.PLAN, UpdateKind.BASELINE, UpdateKind.ACTUAL)


def findings_of(
    statements: Iterable[Statement], known: Mapping[tuple[str, str], Milestone], words: Words
) -> tuple[Finding, ...]:
    """What of these statements changes a known milestone, or conflicts with it.

    A plan conflicts when the step is done, or when another source said a wholly other
    window on the same day; an actual when it excludes the known one. What was reported
    before the known statement is history, and neither.
    """
    findings = []
    for s in statements:
        m = known.get((s.facility, s.milestone or ""))
        verdict = _verdict(s, m) if m is not None and s.kind in _DATED else None
        if m is None or verdict is None:
            continue
        was = _standing_window(s, m) or m.actual
        findings.append(
            Finding(
                None,
                m.facility_name,
                words.milestone(m.kind, m.title),
                verdict,
                s.phrase or words.period(s.period),
                words.period(was) if was else "",
                understood(
                    s,
                    words.milestone(m.kind, m.title),
                    was,
                    words,
                    moved=verdict is Verdict.CHANGED,
                ),
            )
        )
    return tuple(findings)


def _verdict(s: Statement, m: Milestone) -> Verdict | None:
    was = _standing_window(s, m)
    said_on = {UpdateKind.PLAN: m.forecast_on, UpdateKind.ACTUAL: m.actual_on}.get(s.kind)
    if s.kind is UpdateKind.PLAN and m.actual is not None and m.actual_on is not None:
        return Verdict.CONFLICTING if s.reported_on > m.actual_on else None
    if said_on is not None and s.reported_on < said_on:
        return None
    if was is None or s.period is None or was.same_window(s.period):
        return None
    apart = was.disjoint(s.period)
    if s.kind is UpdateKind.ACTUAL:
        return Verdict.CONFLICTING if apart else Verdict.CHANGED
    same_day = said_on == s.reported_on and s.source is not None and s.source != m.source
    return Verdict.CONFLICTING if apart and same_day else Verdict.CHANGED


def _standing_window(s: Statement, m: Milestone) -> Period | None:
    if s.kind is UpdateKind.ACTUAL:
        return m.actual
    return m.baseline if s.kind is UpdateKind.BASELINE else m.forecast


SIGNS = {
    Verdict.CONFLICTING: "!",
    Verdict.CHANGED: "~",
    Verdict.NEW: "+",
    Verdict.SAME: "=",
}
_LISTED = (Verdict.CONFLICTING, Verdict.CHANGED, Verdict.NEW)


def counts(outcome: Outcome, words: Words) -> str:
    """How many findings there are of each verdict: `어긋남 1 · 바뀜 3 · 새로 12 · 같음 245`."""
    numbers = {
        Verdict.CONFLICTING: outcome.conflicting,
        Verdict.CHANGED: outcome.changed,
        Verdict.NEW: _new(outcome),
        Verdict.SAME: outcome.same,
    }
    parts = [f"{words.of('import', v.value)} {number:,}" for v, number in numbers.items()]
    if outcome.left_out:
        parts.insert(0, f"{words('import.unread')} {len(outcome.left_out):,}")
    return " · ".join(parts)


def _new(outcome: Outcome) -> int:
    """Cells that say something new; of a file without cells, statements that change nothing."""
    if any(f.place is not None for f in outcome.findings):
        return sum(f.verdict is Verdict.NEW for f in outcome.findings)
    return max(0, outcome.new - outcome.changed - outcome.conflicting)


def listed(outcome: Outcome) -> Mapping[Verdict, Sequence[Finding]]:
    """The findings that a person should see, by verdict, conflicts first."""
    return {verdict: [f for f in outcome.findings if f.verdict is verdict] for verdict in _LISTED}


def lookalike_lines(outcome: Outcome, words: Words) -> Iterator[str]:
    """A line for each new facility whose name looks like another."""
    for like in outcome.lookalikes:
        yield words(
            "import.lookalike",
            name=like.name,
            slug=like.slug,
            other=like.other_name,
            other_slug=like.other_slug,
        )


def passed_over(outcome: Outcome, words: Words) -> Iterator[str]:
    """What of a spreadsheet was passed over: columns, rows, and what was left unread."""
    if outcome.unmapped:
        yield words("import.unmapped", columns=", ".join(outcome.unmapped))
    if outcome.skipped:
        places = ", ".join(place.said(words) for place in outcome.skipped)
        yield words("import.skipped", rows=places)
    yield from outcome.notices


def finding_line(found: Finding, words: Words, *, signed: bool = True) -> str:
    """One finding: `~ 가람도서관 · 준공 2026년 하반기 → 2027년 상반기, +181일 (3행 준공)`."""
    sign = f"{SIGNS[found.verdict]} " if signed else ""
    where = f" ({found.place.said(words)})" if found.place else ""
    return f"{sign}{found.facility} · {meaning(found, words)}{where}"


def meaning(found: Finding, words: Words) -> str:
    """What a finding comes to; of a conflict both sides, and who said what is known, and when."""
    said = found.understood or found.told
    if found.verdict is not Verdict.CONFLICTING:
        return said
    return conflict_text(replace(found, told=said), words)
