"""The report as a workbook: one sheet per table, with dates that are dates."""

from collections.abc import Iterator

from tracker.exchange.grids.safe_cells import Cell, Sheet, Signed, workbook
from tracker.reports.sections import Document, Section
from tracker.reports.table_cells import Days, Difference

__all__ = ["as_xlsx"]

_DUE = ("due30", "due60", "due90")


def as_xlsx(document: Document) -> bytes:
    """Return the report as an XLSX file."""
    return workbook(_sheets(document), document.report.as_of)


def _sheets(document: Document) -> Iterator[Sheet]:
    words = document.words
    due = [s for s in document.sections if s.key in _DUE]
    for section in document.sections:
        header = tuple(document.column(c) for c in section.columns)
        rows: list[tuple[Cell, ...]] = [tuple(map(_plain, row)) for row in section.rows]
        if section.key == "counts":
            lead = (document.title, *document.lead)
            yield Sheet(words("report.summary"), header, rows, lead=lead)
        elif section.key == _DUE[0]:
            yield _together(document, due)
        elif section.key not in _DUE:
            frozen = min(2, len(header))
            yield Sheet(section.title, header, rows or [_nothing(section)], frozen)


def _together(document: Document, parts: list[Section]) -> Sheet:
    """One sheet of everything due, whose first column says within how many days."""
    header = (document.words("report.col.within"), *(document.column(c) for c in parts[0].columns))
    rows = [(part.title, *map(_plain, row)) for part in parts for row in part.rows]
    return Sheet(document.words("report.due"), header, rows or [_nothing(parts[0])], frozen=3)


def _nothing(section: Section) -> tuple[Cell, ...]:
    """A row that says that there is nothing."""
    return (section.empty, *[None] * (len(section.columns) - 1))


def _plain(cell: object) -> Cell:
    """Numbers of days and of won are numbers here, whatever they are called."""
    if isinstance(cell, Days | Difference):
        return Signed(cell)
    if isinstance(cell, bool) or not isinstance(cell, int):
        return cell  # type: ignore[return-value]
    return int(cell)
