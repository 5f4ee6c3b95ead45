"""The report as plain text, in the marks of an office: □ for a section, ○ for an item."""

from collections.abc import Iterator

from tracker.reports.sections import Document, Section
from tracker.reports.table_cells import Cell, cell_text

__all__ = ["as_text"]

_OWN_LINE = frozenset({"reason", "action", "evidence", "address"})


def as_text(document: Document) -> Iterator[str]:
    """Yield the report as lines of text for a terminal or a mail."""
    for line in _lines(document):
        yield f"{line}\n"


def _lines(document: Document) -> Iterator[str]:
    yield document.title
    yield from (f"  {line}" for line in document.lead)
    for section in document.sections:
        yield ""
        yield f"□ {document.heading(section)}"
        if section.key == "counts":
            yield from _counts(section, document)
        elif not section.rows:
            yield f"  {section.empty}"
        for row in section.rows if section.key != "counts" else ():
            yield from _item(section, row, document)


def _counts(section: Section, document: Document) -> Iterator[str]:
    for state, now, _, change in section.rows:
        moved = f" ({cell_text(change, document.words)})" if change else ""
        yield f"  {state} {cell_text(now, document.words)}{moved}"


def _item(section: Section, row: tuple[Cell, ...], document: Document) -> Iterator[str]:
    cells = [
        (key, text)
        for key, cell in zip(section.columns, row, strict=True)
        if (text := cell_text(cell, document.words)) and key not in {"deadline", "city"}
    ]
    if section.key == "sources":
        number, *told = (text for _, text in cells)
        yield f"  {number} {', '.join(told)}"
        return
    head = " · ".join(text for key, text in cells if key in {"facility", "step"})
    rest = ", ".join(
        _labelled(key, text, document)
        for key, text in cells
        if key not in {"facility", "step", "source", *_OWN_LINE}
    )
    cited = "".join(f" {text}" for key, text in cells if key == "source")
    yield f"  ○ {head}{': ' if rest else ''}{rest}{cited}"
    for key, text in cells:
        if key in _OWN_LINE:
            yield f"    - {document.column(key)}: {text}"


_PLAIN = frozenset({"d_day", "confirmed", "state", "what", "remark", "forecast", "actual"})


def _labelled(key: str, text: str, document: Document) -> str:
    if key == "new":
        return f"→ {text}"
    return text if key in _PLAIN or key == "old" else f"{document.column(key)} {text}"
