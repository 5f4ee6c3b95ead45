"""Cells of a table that are left out because they cannot be read: what remains, and their list."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import StringIO
from itertools import count
from pathlib import Path

from db.engine.whole_files import move_to_new_name, named_after, sync, unfinished_file
from db.model.errors import StoreError
from db.model.records import Statement, UpdateKind
from db.model.slugs import check_slug
from db.model.text import clean
from db.model.values import MAX_TEXT
from tracker.exchange.diff.choices import Unread
from tracker.exchange.diff.storable import refusal
from tracker.exchange.grids.places import Fault, Place
from tracker.exchange.grids.safe_cells import guard
from tracker.exchange.tables.claims import Claim, Subject
from tracker.exchange.tables.office_sheet import Reported
from tracker.exchange.tables.row_names import Names
from tracker.words import Words

__all__ = ["list_left_out", "texts_as_notes", "without_unread"]

_NO_DATE = frozenset({"unread-word", "unread-period"})  # codes of texts that are no date
_LONGEST = MAX_TEXT // 2  # characters, so that the title of the column has room beside them
_COLUMNS = ("sheet", "row", "column", "facility", "text", "why")


def without_unread(
    claims: Iterable[Claim],
    faults: Sequence[Fault],
    choice: Unread,
    names: Names,
    reported: Reported,
) -> list[Claim]:
    """The claims of the cells without a fault; with `NOTE`, texts of dates become notes.

    Args:
        claims: In order of reading.
        faults: What is wrong with the table.
        choice: `NOTE` keeps such texts.
        names: Finds the facility of a row by its name, where the row gives no slug.
        reported: Of which day the table is, and what it is called.
    """
    wrong = {fault.place for fault in faults}
    kept = [claim for claim in claims if claim.place not in wrong]
    if choice is Unread.NOTE:
        kept += [_note(f, names, reported) for f in faults if _is_worth_a_note(f)]
    return kept


def texts_as_notes(claims: Iterable[Claim], reported: Reported) -> list[Claim]:
    """The claims, where a text that only tells of a missing date (공사중) is a note."""
    return [
        _note_of(c.subject, c.place, c.statement.phrase, reported)
        if c.soft and c.statement.phrase
        else c
        for c in claims
    ]


def _is_worth_a_note(fault: Fault) -> bool:
    """Whether a date is none, but words that a note has room for."""
    words = any(map(str.isalpha, fault.text)) and len(fault.text) <= _LONGEST
    known = bool(fault.facility) and not (fault.slug and refusal(check_slug, fault.slug))
    return fault.code in _NO_DATE and known and words


def _note(fault: Fault, names: Names, reported: Reported) -> Claim:
    by_slug = Subject(fault.slug, fault.facility) if fault.slug else None
    return _note_of(by_slug or names.find(fault.facility), fault.place, fault.text, reported)


def _note_of(subject: Subject, place: Place, text: str, reported: Reported) -> Claim:
    said = Statement(
        subject.facility,
        None,
        UpdateKind.NOTE,
        reported.day,
        value=clean(f"{place.column}: {text}" if place.column else text),
        source=reported.source,
    )
    return Claim(place, replace(subject, milestone=None), said)


def list_left_out(faults: Sequence[Fault], beside: Iterable[Path], words: Words) -> Path:
    """Write the cells that were left out into a new CSV file, which replaces no other.

    Args:
        faults: The cells, with what would be right.
        beside: Files beside which it may stand, named after them; the first place that can
            be written is taken.
        words: The language of its header.

    Returns:
        The file.

    Raises:
        StoreError: None of the places can be written.
    """
    data = _listed(faults, words)
    failure: OSError | None = None
    for path in beside:
        try:
            return _write_new(path, data)
        except OSError as error:
            failure = error
    why = failure.strerror if failure and failure.strerror else str(failure)
    raise StoreError(f"the list was not written: {why}", code="no-list", why=why)


def _listed(faults: Sequence[Fault], words: Words) -> bytes:
    text = StringIO(newline="")
    lines = csv.writer(text)
    text.write("\ufeff")  # spreadsheets need it for Hangul
    lines.writerow([words.of("left_out", column) for column in _COLUMNS])
    for fault in faults:
        place = fault.place
        told = (place.sheet, place.row, place.column, fault.facility, fault.text, fault.why)
        lines.writerow([guard(clean(t)) if isinstance(t, str) else t for t in told])
    return text.getvalue().encode("utf-8")


def _write_new(path: Path, data: bytes) -> Path:
    """Write under the first name that nothing has yet."""
    with unfinished_file(path.parent) as unfinished:
        with unfinished.open("r+b") as file:
            file.write(data)
            file.flush()
        sync(unfinished)
        for number in count(1):
            ending = "-left-out.csv" if number == 1 else f"-left-out-{number}.csv"
            target = named_after(path.with_suffix(""), ending)
            try:
                move_to_new_name(unfinished, target)
            except FileExistsError:
                continue
            return target
    raise AssertionError  # pragma: no cover - there is always another number
