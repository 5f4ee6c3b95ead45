"""Bringing files into a store: all of a file or nothing of it, and nothing twice."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from db.bulk import collecting_seldom
from db.errors import RefusedError
from db.folded import to_json
from db.records import (
    Batch,
    Kind,
    Milestone,
    NewMilestone,
    Source,
    Statement,
    Type,
    UpdateKind,
)
from db.text import clean, clean_value
from db.watch import Stage, counted
from tracker import clock
from tracker.exchange.claims import Finding, Verdict
from tracker.exchange.dump_read import Dump, OutOfOrderError
from tracker.exchange.facts import read_facts
from tracker.exchange.fresh_table import FreshTable, SaidTwiceError
from tracker.exchange.ledger import Reported
from tracker.exchange.outcome import Outcome, findings_of
from tracker.exchange.reading import read_blocks, read_file
from tracker.exchange.sheet_import import SUFFIXES, fresh_table, read_sheets
from tracker.exchange.taking import Taking, known_here
from tracker.office import Office
from tracker.phrases import read as read_period
from tracker.words import Words
from tracker.words.money import read_money

__all__ = ["Outcome", "import_batch", "import_file"]


@collecting_seldom()
def import_file(
    office: Office,
    path: Path,
    *,
    dry_run: bool = False,
    reported: date | None = None,
    source: Source | None = None,
) -> Outcome:
    """Import a `.facts`, `.json`, `.csv` or `.xlsx` file; make the store if there is none.

    Args:
        office: Where to.
        path: The file; its suffix tells what it is.
        dry_run: Only say what would happen.
        reported: Of a spreadsheet, the day on which it was true; today by default.
        source: Of a spreadsheet, where it comes from; its name by default.

    Raises:
        RefusedError: The file has faults; all are named, and nothing was changed.
        StoreError: The store could not be written; nothing was changed.
    """
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        told = Reported(reported or office.today, source or Source(title=clean(path.name)))
        return _import_sheets(office, path, told, dry_run=dry_run)
    if suffix not in {".json", ".facts"}:
        raise RefusedError(
            f"{path}: unknown format: .facts, .json, .csv or .xlsx",
            code="unknown-format",
            path=str(path),
        )
    if suffix == ".json":
        try:
            return _import_dump(office, path, dry_run=dry_run)
        except OutOfOrderError:
            return _import_dump(office, path, dry_run=dry_run, in_order=False)
    text = read_file(path)
    batch = read_facts(
        text,
        name=path.name,
        today=office.today,
        read_period=read_period,
        read_money=read_money,
    )
    return import_batch(office, batch, dry_run=dry_run)


def _import_sheets(office: Office, path: Path, reported: Reported, *, dry_run: bool) -> Outcome:
    if reported.day > office.today:
        raise RefusedError(
            f"reported on {reported.day}, which is after today, {office.today}",
            code="reported-in-future",
            day=reported.day.isoformat(),
            today=office.today.isoformat(),
        )
    if not (dry_run or office.exists):
        table = fresh_table(office, path, reported)
        with suppress(SaidTwiceError):
            if table is not None and _import_fresh(office, table):
                return table.outcome()
    sheets = read_sheets(office, path, reported)
    findings = sheets.weighed.findings
    outcome = import_batch(office, sheets.weighed.batch, dry_run=dry_run)
    counts = Counter(f.verdict for f in findings)
    return replace(
        outcome,
        same=counts[Verdict.SAME],
        changed=counts[Verdict.CHANGED],
        conflicting=counts[Verdict.CONFLICTING],
        findings=findings,
        unmapped=sheets.unmapped,
        skipped=sheets.skipped,
    )


def _import_fresh(office: Office, table: FreshTable) -> bool:
    """Record our table as one act of import, in a new store; tell whether it says anything."""
    parts = table.parts()
    first = next(parts, None)
    if first is None:
        return False
    with office.importing() as store:
        store.take_in_parts(
            chain([first], parts), by=office.config.author, now=clock.now(), today=office.today
        )
    return True


def import_batch(office: Office, batch: Batch, *, dry_run: bool = False) -> Outcome:
    """Record what is not known yet of a batch, as one act of import."""
    fresh, outcome = _sift(office, batch)
    if not dry_run and fresh.statements:
        with office.importing() as store:
            store.take_in(fresh, by=office.config.author, now=clock.now(), today=office.today)
    return outcome


def _import_dump(office: Office, path: Path, *, dry_run: bool, in_order: bool = True) -> Outcome:
    """Take a document over: into no store at once, else when it was seen to bring anything."""

    def read() -> Taking:
        return Taking(Dump(read_blocks(path), path.name, in_order=in_order), known, office.words)

    known = known_here(office)
    taking = read()
    if dry_run or office.exists or not taking.dump.number:
        if not taking.brings_anything() or dry_run:
            return _judged(taking.outcome(), tuple(taking.findings))
        taking = read()
    with office.importing() as store:
        store.restore_acts(taking.acts(), taking.dump.rows, taking.dump.reviews())
    return _judged(taking.outcome(), tuple(taking.findings))


def _judged(outcome: Outcome, findings: tuple[Finding, ...]) -> Outcome:
    counts = Counter(f.verdict for f in findings)
    return replace(
        outcome,
        changed=counts[Verdict.CHANGED],
        conflicting=counts[Verdict.CONFLICTING],
        findings=findings,
    )


def _sift(office: Office, batch: Batch) -> tuple[Batch, Outcome]:
    """What of a batch the store does not know yet; a statement that was taken back counts
    as known, so that a file does not bring it back.
    """  # noqa: D205 - one sentence
    known: Counter[tuple[object, ...]] = Counter()
    facilities: set[str] = set()
    milestones: dict[tuple[str, str], Kind] = {}
    standing: dict[tuple[str, str], Milestone] = {}
    done: dict[tuple[str, str], Statement] = {}
    if office.exists:
        with office.reading() as reader:
            slugs = dict.fromkeys(f.slug for f in batch.facilities)
            for slug in counted(slugs, len(slugs), Stage.COMPARE):
                kinds = reader.kinds_of(slug)
                milestones |= {(slug, m): kind for m, kind in kinds.items()}
                standing |= {(slug, m.slug): m for m in reader.milestones_of(slug)}
                updates = reader.updates_of(slug)
                facilities |= {slug} if updates else set()
                known.update(_identity(u) for u in updates)
                done |= _completions(u for u in updates if u.retracted_by is None)
    _refuse_other_kinds(batch.milestones, milestones)
    fresh = [s for s in batch.statements if not _take(known, _identity(s))]
    done |= _completions(batch.statements)
    late = {
        (s.facility, s.milestone)
        for s in fresh
        if s.kind is UpdateKind.PLAN
        and s.milestone
        and (actual := done.get((s.facility, s.milestone)))
        and actual.reported_on < s.reported_on
    }
    made = Counter(f.type for f in batch.facilities if f.slug not in facilities)
    outcome = Outcome(
        facilities=made[Type.FACILITY],
        programmes=made[Type.PROGRAMME],
        milestones=sum((m.facility, m.slug) not in milestones for m in batch.milestones),
        new=len(fresh),
        same=len(batch.statements) - len(fresh),
        after_completion=_called(late, batch, standing, office.words),
    )
    fresh_batch = Batch(tuple(fresh), batch.facilities, batch.milestones)
    return fresh_batch, _judged(outcome, findings_of(fresh, standing, office.words))


def _called(
    steps: Iterable[tuple[str, str]],
    batch: Batch,
    standing: dict[tuple[str, str], Milestone],
    words: Words,
) -> tuple[tuple[str, str], ...]:
    """The names of facilities and their steps, as a file has them, else the store."""
    said = [s for s in batch.statements if s.kind is UpdateKind.SET]
    names = {s.facility: s.value["name"] for s in said if s.milestone is None and "name" in s.value}
    titles = {(s.facility, s.milestone): s.value.get("title") for s in said if s.milestone}
    kinds = {(m.facility, m.slug): m.kind for m in batch.milestones}
    called = []
    for key in sorted(steps):
        m = standing.get(key)
        name = names.get(key[0]) or (m.facility_name if m else key[0])
        title = titles.get(key) or (m.title if m else None)
        kind = kinds.get(key) or (m.kind if m else None)
        called.append((name, words.milestone(kind, title) if kind else key[1]))
    return tuple(called)


def _take(known: Counter[tuple[object, ...]], identity: tuple[object, ...]) -> bool:
    """Whether this is known; each known statement answers for one in the file."""
    if known[identity] > 0:
        known[identity] -= 1
        return True
    return False


def _completions(statements: Iterable[Statement]) -> dict[tuple[str, str], Statement]:
    return {
        (s.facility, s.milestone): s
        for s in statements
        if s.kind is UpdateKind.ACTUAL and s.milestone
    }


def _identity(s: Statement) -> tuple[object, ...]:
    return (
        s.facility,
        s.milestone,
        s.kind,
        s.reported_on,
        s.period,
        to_json(clean_value(s.value)),
        clean(s.phrase) if s.phrase else None,
        s.source.url or s.source.key or s.source.title if s.source else None,
    )


def _refuse_other_kinds(wanted: Iterable[NewMilestone], known: dict[tuple[str, str], Kind]) -> None:
    for m in wanted:
        kind = known.get((m.facility, m.slug))
        if kind is not None and kind is not m.kind:
            raise RefusedError(
                f"{m.facility}/{m.slug} is already a milestone of kind “{kind}”",
                code="other-kind",
                path=f"{m.facility}/{m.slug}",
                kind=kind.value,
            )
