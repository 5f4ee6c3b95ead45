"""The report as Markdown: headings and tables, with every sign in a text made harmless."""

import re
from collections.abc import Iterator
from functools import lru_cache

from tracker.reports.sections import Document, Section
from tracker.reports.table_cells import Address, Cell, cell_text

__all__ = ["as_markdown"]

_SIGNS = re.compile(r"([\\`*_\[\]{}|~#!])")
_WEB = re.compile(r"https?://[^\s<>\\`]+")
_LEADING = re.compile(r"^(\s*)(?:([-+])(?=\s)|(\d+)([.)])(?=\s))")


def as_markdown(document: Document) -> Iterator[str]:
    """Yield the report as Markdown with tables as GitHub reads them."""
    yield f"# {_escaped(document.title)}\n\n"
    for line in document.lead:
        yield f"- {_escaped(line)}\n"
    for section in document.sections:
        yield f"\n## {_escaped(document.heading(section))}\n\n"
        for line in _table(section, document) if section.rows else (_escaped(section.empty),):
            yield f"{line}\n"


def _table(section: Section, document: Document) -> Iterator[str]:
    used = [
        i
        for i, key in enumerate(section.columns)
        if key != "deadline" and any(row[i] not in (None, "") for row in section.rows)
    ]
    yield _line(_escaped(document.column(section.columns[i])) for i in used)
    yield _line("---" for _ in used)
    for row in section.rows:
        yield _line(_cell(row[i], document) for i in used)


def _line(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, document: Document) -> str:
    if isinstance(cell, Address) and _WEB.fullmatch(cell):
        return f"<{cell.replace('|', '%7C')}>"
    return _escaped(cell_text(cell, document.words))


@lru_cache(8192)  # names, periods and owners come again and again
def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _SIGNS.sub(r"\\\1", text)
    return _LEADING.sub(lambda m: f"{m[1]}{m[3] or ''}\\{m[2] or m[4]}", text)
