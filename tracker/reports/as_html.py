"""The report as one file of HTML that needs nothing else: no script, no network, no font.

The policy in its head allows its own style alone, by hash; every text is escaped.
"""

from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import chain

from tracker.charts.svg import timeline, trend
from tracker.reports.sections import Document, Section
from tracker.reports.table_cells import Address, Amount, Cell, Days, Difference, Rating, cell_text
from tracker.words import Words

__all__ = ["as_html"]

_STYLE = files(__package__).joinpath("report.css")
_NOT_SHOWN = frozenset({"deadline"})  # the period and the D-day say it
_NARROW = frozenset(
    {
        *("d_day", "slip", "moved", "source", "number", "now", "before", "change"),
        *("published", "reported", "updated", "since", "until"),
    }
)
_SHORT = 16  # characters of a period or a share that stand in one line
_CLASSES = {"facility": "lead", "site": "wide", "forecast": "wide", "funding": "widest"}
_IN_ONE_LINE = dict.fromkeys(("forecast", "old", "new", "actual"), _SHORT) | {"city": 5, "phase": 5}


def as_html(document: Document) -> Iterator[str]:
    """Yield the report as an HTML page, for a browser, a printer on A4, and a phone."""
    style = _STYLE.read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = [
        "<!DOCTYPE html>",
        f'<html lang="{document.words.lang}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(document.title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
    ]
    for line in chain(head, _body(document), ("</body>", "</html>")):
        yield f"{line}\n"


def _body(document: Document) -> Iterator[str]:
    yield f"<header>\n<h1>{escape(document.title)}</h1>"
    for line in document.lead:
        yield f"<p>{escape(line)}</p>"
    yield "</header>\n<main>"
    for section in document.sections:
        if section.key == "facilities":
            yield from _drawings(document)
        kind = "" if section.rows else ' class="empty"'
        yield f'<section id="{section.key}"{kind}>'
        yield f"<h2>{escape(document.heading(section))}</h2>"
        if section.rows:
            yield from _table(section, document)
        else:
            yield f'<p class="none">{escape(section.empty)}</p>'
        yield "</section>"
    yield "</main>"


def _drawings(document: Document) -> Iterator[str]:
    drawings, words = document.report.drawings, document.words
    if drawings.timelines:
        yield f'<section id="timeline">\n<h2>{escape(words("report.timeline"))}</h2>'
        yield f'<p class="key">{escape(words("report.timeline_key"))}</p>'
        yield f"<figure>{timeline(drawings, words)}</figure>\n</section>"
    if drawings.trends:
        yield f'<section id="trend">\n<h2>{escape(words("report.trend"))}</h2>'
        yield f'<p class="key">{escape(words("report.trend_key"))}</p>\n<div class="trends">'
        for one in drawings.trends:
            picture = trend(one, drawings.day, words)
            yield f"<figure><figcaption>{escape(one.name)}</figcaption>{picture}</figure>"
        yield "</div>\n</section>"


def _table(section: Section, document: Document) -> Iterator[str]:
    used = [
        (i, key)
        for i, key in enumerate(section.columns)
        if key not in _NOT_SHOWN and any(row[i] not in (None, "") for row in section.rows)
    ]
    labels = {key: escape(document.column(key)) for _, key in used}
    yield "<table>\n<thead><tr>"
    yield "".join(f'<th scope="col">{label}</th>' for label in labels.values())
    yield "</tr></thead>\n<tbody>"
    for row in section.rows:
        cells = (_cell(row[i], key, labels[key], document.words) for i, key in used)
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>\n</table>"


def _cell(cell: Cell, key: str, label: str, words: Words) -> str:
    text = cell_text(cell, words)
    kind = _class(cell, key)
    if not text:
        return f"<td{kind}></td>"
    shown = _shares(text) if key == "funding" else _escaped(text)
    if isinstance(cell, Address) and text.startswith(("https://", "http://")):
        shown = f'<a href="{shown}" rel="noopener noreferrer">{shown}</a>'
    return f'<td{kind} data-label="{label}">{shown}</td>'


_escaped = lru_cache(8192)(escape)  # names, periods and owners come again and again


def _shares(text: str) -> str:
    """Shares of the funding; those that are short are not torn apart at the end of a line."""
    parts = ((escape(share), len(share) <= _SHORT) for share in text.split(" · "))
    return " · ".join(f"<span>{share}</span>" if whole else share for share, whole in parts)


def _class(cell: Cell, key: str) -> str:
    if isinstance(cell, Days | Difference | Amount) or key in _NARROW:
        late = isinstance(cell, Days) and cell > 0
        return ' class="number late"' if late else ' class="number"'
    if isinstance(cell, Rating):
        return f' class="number {cell.level}"'
    if len(str(cell)) <= _IN_ONE_LINE.get(key, 0):
        return ' class="number"'
    return f' class="{_CLASSES[key]}"' if key in _CLASSES else ""
