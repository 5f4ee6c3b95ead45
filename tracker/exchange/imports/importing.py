"""Bringing files into a store: all of a file or nothing of it, and nothing twice.

A file is compared with the store first, which may take long, and recorded then, in a
transaction. Where somebody has written in between, it is compared again inside of the
transaction, so that of two imports of one file the second finds everything there.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from db.engine.deferred_indexes import collecting_seldom
from db.model.errors import BusyError, RefusedError
from db.model.records import Act, Batch, Source
from db.model.text import clean
from db.read.imports import Run
from fixtures import files
from tracker.app import clock
from tracker.app.workspace import Workspace
from tracker.exchange.diff.choices import DEFAULTS, Choices
from tracker.exchange.diff.last_import import OWN_TABLE, stem_of
from tracker.exchange.diff.lookalikes import lookalikes_of
from tracker.exchange.diff.storable import check_batch, check_reported
from tracker.exchange.dump.checks import Clock
from tracker.exchange.dump.parse import Dump, OutOfOrderError
from tracker.exchange.facts import read_facts
from tracker.exchange.grids.file_reading import read_blocks, read_file
from tracker.exchange.imports.fresh_table import FreshTable, SaidTwiceError
from tracker.exchange.imports.import_dump import DumpImport, store_contents
from tracker.exchange.imports.import_facts import unknown_part
from tracker.exchange.imports.import_sheet import SUFFIXES, SheetFile, fresh_table, read_sheets
from tracker.exchange.imports.outcome import Comparison, Outcome
from tracker.exchange.tables.claims import Verdict
from tracker.exchange.tables.office_sheet import Reported
from tracker.exchange.workbooks.foreign import refuse_unknown

if TYPE_CHECKING:
    from db.write.store import Store
    from db.write.writing import Writing

__all__ = [
    "WITHOUT_CELLS",
    "DemoContents",
    "Outcome",
    "fill_demo",
    "import_batch",
    "import_file",
]

WITHOUT_CELLS = frozenset({".json", ".facts"})
"""Suffixes of files that are taken as they are."""

_Filled = TypeVar("_Filled")


@collecting_seldom()
def import_file(
    office: Workspace,
    path: Path,
    *,
    dry_run: bool = False,
    reported: date | None = None,
    source: Source | None = None,
    hidden: bool = False,
    choices: Choices = DEFAULTS,
) -> Outcome:
    """Import a `.facts`, `.json`, `.csv` or `.xlsx` file; make the store if there is none.

    Args:
        office: Where to.
        path: The file; its suffix tells what it is.
        dry_run: Only say what would happen.
        reported: Of a spreadsheet, the day on which it was true; today by default.
        source: Of a spreadsheet, where it comes from; its name by default.
        hidden: Of a spreadsheet, whether hidden sheets, rows and columns are taken as well.
        choices: Of a spreadsheet, what becomes of conflicts, of past dates without an outcome,
            and of cells that cannot be read.

    Raises:
        RefusedError: The file has faults; all are named, and nothing was changed.
        StoreError: The store could not be written; nothing was changed.
    """
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        told = Reported(reported or office.today, source or Source(title=clean(path.name)))
        file = SheetFile(path, hidden)
        return _import_sheets(office, file, told, choices, dry_run=dry_run)
    if suffix not in WITHOUT_CELLS:
        refuse_unknown(path)
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
    )
    return import_batch(office, batch, dry_run=dry_run)


def import_batch(office: Workspace, batch: Batch, *, dry_run: bool = False) -> Outcome:
    """Record what is not known yet of a batch, as one act of import."""
    return _take(office, lambda: unknown_part(office, batch), dry_run=dry_run)


def _take(office: Workspace, compare: Callable[[], Comparison], *, dry_run: bool) -> Outcome:
    """Record what a comparison finds new, as one act, and tell what was recorded."""
    seen = _mark(office)
    found = compare()
    if dry_run:
        check_batch(found.fresh, office.today)
    if dry_run or not found.is_worth_recording:
        return found.outcome
    by, today = office.config.author, office.today

    def take_in(store: "Store | Writing", found: Comparison) -> tuple[Act | None]:
        return (store.take_in(found.fresh, by=by, now=clock.now(), today=today, run=found.run),)

    if seen is None:
        filled = _fill(office, lambda store: take_in(store, found))
        if filled is not None:
            return _done(found.outcome, *filled)
    backup = act = None
    with office.writing() as store, store.transaction() as write:
        if write.reader.mark() != seen:  # somebody has written since; nobody can now
            found = compare()
        if found.fresh.statements:
            backup = office.back_up_before("import")
        if found.is_worth_recording:
            (act,) = take_in(write, found)
    return replace(_done(found.outcome, act), backup=backup)


def _done(outcome: Outcome, act: Act | None) -> Outcome:
    """What was recorded, with the act that did it; None where nothing was."""
    return replace(outcome, act=act.id if act else None)


def _mark(office: Workspace) -> tuple[object, ...] | None:
    """What is another once somebody has written; None where there is no store."""
    if not office.exists:
        return None
    with office.reading() as reader:
        return reader.mark()


def _fill(office: Workspace, fill: "Callable[[Store], _Filled]") -> "_Filled | None":
    """Make a store that appears when it is filled; return what `fill` does.

    None where another process was faster.
    """
    try:
        with office.filling() as store:
            return fill(store)
    except BusyError:
        if not office.exists:
            raise
        return None


# -- spreadsheets --------------------------------------------------------------------------------


def _import_sheets(
    office: Workspace, file: SheetFile, reported: Reported, choices: Choices, *, dry_run: bool
) -> Outcome:
    check_reported(reported.day, office.today)
    if not (dry_run or office.exists) and choices == DEFAULTS:
        table = fresh_table(office, file, reported)
        with suppress(SaidTwiceError):
            run = Run(stem_of(file.path.stem), OWN_TABLE, reported.day, {})
            act = None if table is None else _import_fresh(office, table, run)
            if table is not None and act is not None:
                return _done(table.outcome(), act)
    return _take(office, lambda: _compare_sheets(office, file, reported, choices), dry_run=dry_run)


def _compare_sheets(
    office: Workspace, file: SheetFile, reported: Reported, choices: Choices
) -> Comparison:
    sheets = read_sheets(office, file, reported, choices)
    findings = sheets.diff.findings
    silent = not sheets.notices and sheets.run.header != OWN_TABLE
    if not (findings or sheets.left_out or sheets.past) and (
        sheets.unmapped or sheets.skipped or silent
    ):
        raise RefusedError(
            f"{file.path.name}: no row says anything that was understood",
            code="nothing-understood",
            path=file.path.name,
        )
    found = unknown_part(office, sheets.diff.batch, is_all_new=True)
    outcome = replace(
        found.outcome.judged(findings),
        same=sum(f.verdict is Verdict.SAME for f in findings),
        unmapped=sheets.unmapped,
        skipped=sheets.skipped,
        notices=(*found.outcome.notices, *sheets.notices),
        lookalikes=lookalikes_of(office, found.fresh),
        left_out=sheets.left_out,
        past=sheets.past,
        choice=choices.past,
    )
    return Comparison(found.fresh, outcome, sheets.run)


def _import_fresh(office: Workspace, table: FreshTable, run: Run) -> Act | None:
    """Record our table as one act of import, in a new store; return it.

    None where there is nothing to record, or another process has made a store meanwhile.
    """
    parts = table.parts()
    first = next(parts, None)
    if first is None:
        return None
    by, today = office.config.author, office.today
    return _fill(
        office,
        lambda store: store.take_in_parts(
            chain([first], parts), by=by, now=clock.now(), today=today, run=run
        ),
    )


# -- dumps ---------------------------------------------------------------------------------------


def _import_dump(office: Workspace, path: Path, *, dry_run: bool, in_order: bool = True) -> Outcome:
    """Take a document over: into no store at once, else when it was seen to bring anything."""

    def read() -> DumpImport:
        here = Clock(clock.now(), office.today)
        dump = Dump(read_blocks(path), path.name, clock=here, in_order=in_order)
        return DumpImport(dump, known, office.words, checking=dry_run)

    seen, known = _mark(office), store_contents(office)
    taking = read()
    if dry_run or seen is not None or not taking.dump.number:
        if not taking.brings_anything() or dry_run:
            return taking.outcome()
        taking = read()
    if seen is None:
        filled = _fill(office, lambda store: store.restore_acts(*taking.everything()))
        if filled is not None:
            return taking.outcome()
    with office.writing() as store, store.transaction() as write:
        if write.reader.mark() != seen:  # somebody has written since; nobody can now
            known = store_contents(office)
            taking = read()
            if not taking.brings_anything():
                return taking.outcome()
            taking = read()
        backup = office.back_up_before("import")
        write.restore_acts(*taking.everything())
    return replace(taking.outcome(), backup=backup)


@dataclass(frozen=True, slots=True)
class DemoContents:
    """What was put into the demo store; all zero where it already held something."""

    facilities: int
    programmes: int
    updates: int


def fill_demo(office: Workspace) -> DemoContents:
    """Fill an empty or missing store from the shipped facts; leave any other as it is.

    Raises:
        StoreError: The store could not be written.
    """
    if office.exists:
        with office.reading() as reader:
            if reader.totals():
                return DemoContents(0, 0, 0)
    parts = [
        read_facts(file.read_text("utf-8"), name=file.name, today=date.max) for file in files()
    ]
    batch = Batch(
        statements=tuple(chain.from_iterable(p.statements for p in parts)),
        facilities=tuple(chain.from_iterable(p.facilities for p in parts)),
        milestones=tuple(chain.from_iterable(p.milestones for p in parts)),
    )
    newest = max(s.reported_on for s in batch.statements)
    outcome = import_batch(replace(office, today=max(office.today, newest)), batch)
    return DemoContents(outcome.facilities, outcome.programmes, outcome.new)
