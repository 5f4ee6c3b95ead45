"""Workbooks of many writers come in as they are, or what is left out of them is named."""

import re
from random import Random

import pytest
from effort import either
from making import TODAY
from openpyxl.utils.cell import rows_from_range
from workbook_writers import LIBERTIES, WRITERS, by_hand
from workbooks import made

from db.model.records import UpdateKind
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.exchange.grids.places import SheetError
from tracker.exchange.imports.import_sheet import SheetFile, read_sheets
from tracker.exchange.tables.office_sheet import Reported
from tracker.words import Words

WORDS = Words("ko")
BOOKS = either(160, 500)
LOTS = 8


def written(path, whole, seed):
    """Write with the writer of this seed; openpyxl stores no results of formulas."""
    random = Random(seed)  # noqa: S311 - nothing secret
    writer = ("openpyxl", "xlsxwriter", "by hand", "by hand")[seed % 4]
    if writer == "openpyxl" and any(
        cell.formula and cell.value is not None
        for page in whole.pages
        for cell in page.cells.values()
    ):
        writer = "by hand"
    if writer == "by hand":
        by_hand(path, whole.pages, random.sample(LIBERTIES, random.randint(0, 5)))
    else:
        WRITERS[writer](path, whole.pages)


def read(path):
    office = Workspace(path.with_name("none.db"), TODAY, Config(), WORDS)
    return read_sheets(office, SheetFile(path), Reported(TODAY, None))


def found_in(sheets):
    """What the sheets say, as `Made` has it."""
    batch = sheets.diff.batch
    names = {
        s.facility: s.value["name"]
        for s in batch.statements
        if s.kind is UpdateKind.SET and "name" in s.value
    }
    kinds = {(m.facility, m.slug): m.kind.value for m in batch.milestones}
    said, noted, sites = set(), set(), set()
    for s in batch.statements:
        name = names[s.facility]
        if s.kind is UpdateKind.PLAN:
            window = str(s.period.earliest), str(s.period.latest)
            said.add((name, kinds[s.facility, s.milestone], *window))
        elif s.kind is UpdateKind.NOTE:
            noted.add((name, s.value.rpartition(": ")[2]))  # a comment begins with its column
        elif s.kind is UpdateKind.SET and "site" in s.value:
            sites.add((name, s.value["site"]))
        else:
            assert s.kind is UpdateKind.SET
    return said, noted, sites, set(names.values())


def cells_of(sentence):
    """The cells of the ranges that a sentence names."""
    for area in re.findall("[A-Z]+[0-9]+:[A-Z]+[0-9]+", sentence):
        yield from (cell for row in rows_from_range(area) for cell in row)


def check(path, seed):
    whole = made(seed)
    written(path, whole, seed)
    if whole.faults:
        with pytest.raises(SheetError) as refused:
            read(path)
        told = "\n".join(refused.value.lines)
        assert all(place in told for place in whole.faults), (seed, told)
        return
    if not whole.said:
        return  # no row in sight has anything to say
    sheets = read(path)
    said, noted, sites, names = found_in(sheets)
    assert (said, noted, sites) == (whole.said, whole.noted, whole.sites), seed
    assert not names & whole.absent, seed
    told = [*sheets.notices, *sheets.unmapped, *(p.said(WORDS) for p in sheets.skipped)]
    told += [cell for line in sheets.notices for cell in cells_of(line)]
    missing = {n for n in whole.named if not any(n in line for line in told)}
    assert not missing, (seed, missing, told)


@pytest.mark.parametrize("lot", range(LOTS))
def test_every_datum_of_a_workbook_is_taken_or_named(tmp_path, lot):
    for seed in range(lot, BOOKS, LOTS):
        check(tmp_path / f"{seed}.xlsx", seed)


@pytest.mark.parametrize("liberty", LIBERTIES)
def test_a_liberty_of_the_format_changes_nothing(tmp_path, liberty):
    """What is read is the same as of the plainest file."""
    for seed in (3, 11, 19, 27):
        whole = made(seed)
        plain, free = tmp_path / f"plain{seed}.xlsx", tmp_path / f"free{seed}.xlsx"
        by_hand(plain, whole.pages)
        by_hand(free, whole.pages, [liberty])

        def told(path):
            try:
                sheets = read(path)
            except SheetError as error:
                return [line.partition(": ")[2] for line in error.lines]
            return found_in(sheets), sheets.notices, sheets.skipped, sheets.unmapped

        assert told(free) == told(plain)
