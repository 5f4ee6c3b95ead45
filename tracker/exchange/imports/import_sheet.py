"""Spreadsheets into claims: our own table, or one as an office keeps it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from db.fold.folding import in_force
from db.model.progress import Stage, counted
from db.model.records import Statement, Update, UpdateKind
from db.read.imports import Run
from tracker.app.workspace import Workspace
from tracker.exchange.diff.choices import DEFAULTS, Choices, Unread
from tracker.exchange.diff.compare import compare_claims
from tracker.exchange.diff.field_statements import Histories, cells_of, histories
from tracker.exchange.diff.field_verdicts import Known
from tracker.exchange.diff.last_import import OWN_TABLE, Bases, stem_of
from tracker.exchange.diff.left_out import texts_as_notes, without_unread
from tracker.exchange.diff.past_plans import handle_past
from tracker.exchange.diff.storable import storable
from tracker.exchange.grids.csv_file import read_csv, stream_csv
from tracker.exchange.grids.file_reading import count_lines, refuse_larger
from tracker.exchange.grids.grid import Grid, Value
from tracker.exchange.grids.places import Fault, Place, SheetFaults
from tracker.exchange.grids.unread import Unread as LeftUnread
from tracker.exchange.grids.unread import sentences
from tracker.exchange.imports.fresh_table import FreshTable
from tracker.exchange.imports.sheet_claims import Reading, claims_of_grids
from tracker.exchange.milestone_table.parse_row import own_columns
from tracker.exchange.tables.claims import Claim, ImportDiff
from tracker.exchange.tables.office_sheet import Reported, without_idle
from tracker.exchange.tables.row_names import Names
from tracker.exchange.workbooks.book import count_pages
from tracker.exchange.workbooks.foreign import refuse_foreign_text
from tracker.exchange.workbooks.package import Packed, open_safely
from tracker.exchange.workbooks.workbook import read_xlsx, stream_xlsx
from tracker.words import Words

__all__ = ["SUFFIXES", "SheetFile", "Sheets", "fresh_table", "read_sheets"]

_TEXTS = (".csv", ".tsv", ".txt")
SUFFIXES = (*_TEXTS, ".xlsx", ".xlsm", ".xltx", ".xltm")


@dataclass(slots=True)
class SheetFile:
    """A spreadsheet that can be read more than once, even where it comes through a pipe.

    Attributes:
        path: Its suffix tells what it is.
        hidden: Whether hidden sheets, rows and columns are read as well.
        unread: What the last reading left out, sheet by sheet; of `rows`, as they are met.
    """

    path: Path
    hidden: bool = False
    unread: list[LeftUnread] = field(default_factory=list)
    _grid: Grid | None = None
    _packed: Packed | None = None

    @property
    def is_csv(self) -> bool:
        """Whether every cell is a text or empty."""
        return self.path.suffix.lower() in _TEXTS

    def rows(self) -> Iterator[Sequence[Value]]:
        """Every row of the first sheet in sight, the header too."""
        self.unread = []
        if not self.is_csv:
            return stream_xlsx(self._archive(), hidden=self.hidden, unread=self.unread)
        if _is_file(self.path):
            refuse_foreign_text(self.path)
            self.unread.append(LeftUnread())
            rows: Iterable[Sequence[Value]] = stream_csv(self.path, self.unread[0])
            return iter(counted(rows, lambda: count_lines(self.path), Stage.READ))
        grid = self._whole()
        self.unread.append(grid.unread)
        return iter([given.value for given in row] for row in grid.rows)

    def grids(self) -> list[Grid]:
        """Every sheet in sight, whole."""
        if self.is_csv:
            grids = [self._whole()]
            self.unread = [grids[0].unread]
        else:
            grids, self.unread = read_xlsx(self._archive(), hidden=self.hidden)
        return grids

    def uncomputed(self, row: int) -> Sequence[int]:
        """The columns in which a row that `rows` went through has formulas without results.

        Rows and columns count from 0.
        """
        return self.unread[-1].uncomputed.get(row, ()) if self.unread else ()

    def notices(self, words: Words) -> tuple[str, ...]:
        """What the last reading left out, in sentences."""
        return sentences(self.unread, words)

    def has_several(self) -> bool:
        """Whether a person sees more than one sheet in it."""
        return not self.is_csv and count_pages(self._archive(), hidden=self.hidden) > 1

    def _whole(self) -> Grid:
        if _is_file(self.path):
            refuse_foreign_text(self.path)
            return read_csv(self.path)
        if self._grid is None:
            self._grid = read_csv(self.path)
        return self._grid

    def _archive(self) -> Packed:
        if self._packed is None:
            self._packed = open_safely(self.path)
        return self._packed


@dataclass(slots=True)
class Sheets:
    """What a file of spreadsheets comes to.

    Attributes:
        run: Which table it is, and what its cells say that is not recorded.
        unmapped: Titles of columns that stand for nothing known.
        skipped: Rows that are no facility: headings, totals, footnotes.
        notices: What was left unread of the file, in sentences.
        left_out: Cells that cannot be read, where the rest is wanted.
        past: How many plans were past when the table was true, and have no outcome.
    """

    diff: ImportDiff
    run: Run
    unmapped: tuple[str, ...] = ()
    skipped: tuple[Place, ...] = ()
    notices: tuple[str, ...] = ()
    left_out: tuple[Fault, ...] = ()
    past: int = 0


def read_sheets(
    office: Workspace, file: SheetFile, reported: Reported, choices: Choices = DEFAULTS
) -> Sheets:
    """Read `.csv` or `.xlsx`, and compare it with the store.

    Raises:
        SheetError: Cells cannot be read; every one is named, and nothing is kept.
        RefusedError: The file is no spreadsheet, is unsafe, or has no header.
    """
    faults, known = SheetFaults(file.path.name, office.words), _known(office)
    names = Names(known.facilities.values(), known.now)
    reading = Reading(file.path.name, reported, office.words, faults, names, frozenset(known.now))
    read = storable(_claims(reading, file), faults, office.words("sheet.name"))
    claims = list(read)
    _refuse_two_answers(claims, faults, office.words)
    if choices.unread is Unread.REFUSE:
        faults.raise_if_any("import.unread.how")
    left_out = faults.found
    if left_out:
        claims = without_unread(claims, left_out, choices.unread, names, reported)
        if not claims:  # nothing is left to import
            faults.raise_if_any()
    if choices.unread is Unread.NOTE:
        claims = texts_as_notes(claims, reported)
    claims = without_idle(claims)
    as_planned = office.words("import.as_planned")
    handled = handle_past(claims, known.now, reported.day, choices.past, as_planned)
    bases = Bases(stem_of(file.path.stem), reading.header, reported.day)
    known = _with_past(office, known, handled.claims, bases)
    diff = compare_claims(handled.claims, known, office.words, choices.take)
    return Sheets(
        diff,
        Run(bases.stem, bases.header, reported.day, diff.remembered),
        tuple(dict.fromkeys(reading.unmapped)),
        tuple(reading.skipped),
        (*file.notices(office.words), *(n.said(office.words) for n in reading.notices)),
        left_out,
        handled.number(diff.batch.statements),
    )


def fresh_table(office: Workspace, file: SheetFile, reported: Reported) -> FreshTable | None:
    """Our own table, to be taken into a store that is not there yet; None if it is another's.

    Raises:
        RefusedError: The file is no spreadsheet, or is unsafe.
    """
    if not _is_file(file.path) or file.has_several():
        return None
    faults = SheetFaults(file.path.name, office.words)
    rows = file.rows()
    columns = own_columns(next(rows, ()))
    if columns is None:
        return None
    reading = Reading(file.path.name, reported, office.words, faults, Names((), {}), frozenset())
    table = reading.own_table(columns, file.uncomputed, plain=file.is_csv)
    return FreshTable(table, rows, faults, file.notices)


def _claims(reading: Reading, file: SheetFile) -> Iterator[Claim]:
    refuse_larger(file.path)
    rows = file.rows()
    columns = own_columns(next(rows, ()))
    several = file.has_several()
    if columns is None:
        grids = file.grids()
        concealed = any(one.conceals for one in file.unread)
        yield from claims_of_grids(reading, grids, several=several, concealed=concealed)
        return
    table = reading.own_table(columns, file.uncomputed, plain=file.is_csv)
    yield from table.claims(rows)
    if several:
        yield from claims_of_grids(reading, file.grids()[1:], several=True, found=True)


def _is_file(path: Path) -> bool:
    """Whether it can be read more than once, unlike a pipe."""
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file fails where a name is too long


def _known(office: Workspace) -> Known:
    """What the store holds, as far as it is needed to read a table."""
    if not office.exists:
        return Known()
    with office.reading() as reader:
        facilities = {f.slug: f for f in reader.facilities()}
        now = {(m.facility, m.slug): m for f in facilities for m in reader.milestones_of(f)}
        kinds = {(m.facility, m.slug): m.kind for m in reader.identities().milestones}
    return Known(facilities, now, kinds)


def _with_past(office: Workspace, known: Known, claims: Sequence[Claim], bases: Bases) -> Known:
    """Add what was said before of all that a table speaks of, and what the table had said."""
    if not office.exists:
        return known
    updates: list[Update] = []
    told: Histories = {}
    with office.reading() as reader:
        undone = reader.undone()
        bases.learn(reader.runs(), undone)
        slugs = dict.fromkeys(claim.subject.facility for claim in claims)
        for slug in counted(slugs, len(slugs), Stage.COMPARE):
            said = reader.updates_of(slug)
            told |= histories(in_force(said), reader.kinds_of(slug))
            updates += said
    in_notes = {
        (u.facility, str(u.value))
        for u in updates
        if u.kind is UpdateKind.NOTE and u.milestone is None and u.retracted_by is None
    }
    back = [u for u in updates if u.retracted_by is not None]
    is_ours = bases.header == OWN_TABLE
    days = [claim.seen_on for claim in claims if claim.seen_on is not None]
    return replace(
        known,
        told=told,
        bases=bases.of(updates, told),
        taken_back=frozenset(
            said for u in back if not (u.id in undone and bases.is_own(u)) for said in cells_of(u)
        ),
        notes=frozenset(in_notes | bases.notes(updates)),
        is_own=bases.is_own,
        is_ours=is_ours,
        written_on=max(days, default=None) if is_ours else None,
    )


def _refuse_two_answers(claims: Iterable[Claim], faults: SheetFaults, words: Words) -> None:
    """Note cells that say different things of the same step in one file, each with the other."""
    first: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        s = claim.statement
        if s.kind not in _ONE_ANSWER:
            continue
        before = first.setdefault((s.facility, s.milestone, s.kind, s.reported_on), claim)
        if _window(before.statement) != _window(s) and not (claim.soft or before.soft):
            _refuse_both(claim, before, faults, words)


def _refuse_both(claim: Claim, before: Claim, faults: SheetFaults, words: Words) -> None:
    for one, other in ((claim, before), (before, claim)):
        said = f"{other.statement.phrase or ''} ({other.place.said(words)})"
        faults.add(one.place, "import.two_answers", f"{one.statement.phrase or ''} ≠ {said}")


_ONE_ANSWER = (UpdateKind.PLAN, UpdateKind.ORIGINAL, UpdateKind.ACTUAL)


def _window(s: Statement) -> tuple[object, object] | None:
    return None if s.period is None else (s.period.earliest, s.period.latest)
