"""The report as Markdown: headings and tables, with every sign in a text made harmless."""

import re
from collections.abc import Iterator

from tracker.reports.cells import Address, Cell, cell_text
from tracker.reports.sections import Document, Section

__all__ = ["as_markdown"]

_SIGNS = re.compile(r"([\\`*_\[\]{}|~#!])")
_WEB = re.compile(r"https?://[^\s<>\\`]+")
_LEADING = re.compile(r"^(\s*)(?:([-+])(?=\s)|(\d+)([.)])(?=\s))")


def as_markdown(document: Document) -> str:
    """Return the report as Markdown with tables as GitHub reads them."""
    lines = [f"# {_escaped(document.title)}", ""]
    lines += [f"- {_escaped(line)}" for line in document.lead]
    for section in document.sections:
        lines += ["", f"## {_escaped(document.heading(section))}", ""]
        lines += _table(section, document) if section.rows else [_escaped(section.empty)]
    return "\n".join(lines) + "\n"


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


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _SIGNS.sub(r"\\\1", text)
    return _LEADING.sub(lambda m: f"{m[1]}{m[3] or ''}\\{m[2] or m[4]}", text)
